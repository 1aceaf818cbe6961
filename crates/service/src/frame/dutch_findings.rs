//! What is told of rows of tables in Dutch: an office reads its tables in that language.

use crate::frame::error::Finding;
use trede_rules::explaining::Language;

/// What a finding says in a language; in English where it has no other words.
pub(crate) fn told(finding: Finding, language: Language) -> String {
    match language {
        Language::English => finding.detail,
        Language::Dutch => finding.in_dutch().unwrap_or(finding.detail),
    }
}

/// The findings that rows of tables can have, beside those that have words of their own.
pub(crate) fn dutch(code: &str) -> Option<&'static str> {
    let text = match code {
        "text-needed" => "hier is een tekst nodig",
        "text-too-long" => "de tekst is te lang",
        "text-has-control-characters" => {
            "een tekst heeft geen besturingstekens, en een titel of kenmerk staat op één regel"
        }
        "text-has-unseen-characters" => "de tekst bevat een onzichtbaar teken; laat het weg",
        "name-reserved" | "name-of-two-scripts" => "een naam van een persoon, in één schrift",
        "date-out-of-range" => "een jaar van 1900 tot en met 2200",
        "term-reversed" => "een opdracht eindigt niet voordat zij begint",
        "not-a-percentage" => "een getal van 0 tot en met 100",
        "wages-above-sum" => "de loonsom is een deel van de opdrachtsom",
        "too-many" => "dit zijn er te veel",
        "candidate-needed" => {
            "een plaatsing of stage heeft de referentie of de sleutel van de kandidaat nodig"
        }
        "fact-missing" => "dit gegeven is nodig bij deze soort invulling",
        "field-unused" => "dit gegeven hoort niet bij deze soort invulling",
        "not-an-effort" => "wat een andere opdracht overhield, hevelt de coördinator over",
        "part-above-whole" => "ten minste het deel dat wordt verantwoord",
        "bsn-refused" => {
            "dit doorstaat de proef voor een BSN, dat niet gegeven of bewaard mag worden; gebruik een eigen referentie"
        }
        "no-party" => "een partij van de opdracht",
        "malformed-person-key" => "een persoonssleutel heeft 64 hexadecimale tekens in kleine letters",
        "malformed-candidate-reference" => {
            "een referentie van een kandidaat heeft ten hoogste twee letters en zeven cijfers, zoals K-12: geen naam, adres of telefoonnummer"
        }
        "supplier-is-party" => {
            "niemand koopt van zichzelf: een leverancier die geen partij van de opdracht is en niet van haar concern"
        }
        "kind-does-not-fit" => "de soort invulling past niet bij het bouwblok",
        "no-placement" => "het bouwblok van de plaatsing die wordt opgevolgd",
        "one-day" => "een opvolging gaat over één dag: geef twee keer dezelfde dag",
        "not-your-entry" => {
            "een opdrachtnemer schrijft en dient verantwoordingen van het eigen KvK-nummer in"
        }
        _ => return None,
    };
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_is_told_in_dutch_where_there_are_words_and_else_as_it_is() {
        let told = |code, dutch: Option<&str>, language| {
            let finding = Finding { dutch: dutch.map(str::to_owned), ..Finding::new("", code, "in English") };
            told(finding, language)
        };
        assert_eq!(told("term-reversed", None, Language::English), "in English");
        assert_eq!(
            told("term-reversed", None, Language::Dutch),
            "een opdracht eindigt niet voordat zij begint"
        );
        assert_eq!(told("unknown-block", Some("geen bouwblok"), Language::Dutch), "geen bouwblok");
        assert_eq!(told("unknown-block", None, Language::Dutch), "in English");
    }
}
