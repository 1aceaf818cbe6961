//! What a letter about a proposed award tells, and how a template makes a text of it.
//!
//! Templates are Jinja (minijinja). A name that the letter does not know is an error, and so is a template that
//! does not end: it has fuel for a long letter and no more.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, escape_formatter};
use serde::Serialize;

use crate::markdown::legible;
use trede_model::awarding::award_letter::{LetterKind, LetterLanguage};

/// Steps that a template may take; a letter about fifty criteria takes a few thousand.
const FUEL: u64 = 200_000;
/// The most characters of a text.
const LONGEST: usize = 200_000;

/// The template that comes with the service.
#[must_use]
pub const fn shipped(language: LetterLanguage) -> &'static str {
    match language {
        LetterLanguage::Dutch => include_str!("nl.md"),
        LetterLanguage::English => include_str!("en.md"),
    }
}

/// What a letter tells (inhoud van de brief): nothing of others but what the reader must be told.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Letter {
    /// What it tells its reader.
    pub kind: LetterKind,
    /// Title of the tender.
    pub tender: String,
    /// Reference of the tender, when it has one.
    pub reference: Option<String>,
    /// The contracting authority.
    pub buyer: String,
    /// Number of the lot.
    pub lot_number: u16,
    /// Title of the lot.
    pub lot: String,
    /// The day of sending, as the country of the language writes days.
    pub sent_on: String,
    /// Who is written to.
    pub bidder: String,
    /// Who will win; of several winners the names of all, as the language lists them.
    pub winner: String,
    /// The names of several winners, in the order of the ranking (de partijen bij de raamovereenkomst; Aw 2012 art.
    /// 2.130); empty where one wins.
    pub winners: Vec<String>,
    /// Whether they become party to a framework agreement (raamovereenkomst), or each gets a contract.
    pub framework: bool,
    /// Whether the reader wins by taking the place of a winner that dropped out.
    pub promoted: bool,
    /// The reader's place on the reserve list (reservelijst); none when it is not on it.
    pub reserve: Option<usize>,
    /// The rank of the reader's bid; none when it is not ranked.
    pub rank: Option<usize>,
    /// How many bids are ranked.
    pub ranked: usize,
    /// The total of the reader's bid; none when it is not ranked.
    pub total: Option<String>,
    /// The total of the winner.
    pub winner_total: Option<String>,
    /// The scores of the reader's bid.
    pub scores: Vec<OwnScore>,
    /// Where the winner scored better: the relative advantages (kenmerken en relatieve voordelen).
    pub advantages: Vec<Advantage>,
    /// Of several winners: what each did better, in the order of the ranking. `advantages` are then those of the last.
    pub comparisons: Vec<Comparison>,
    /// Why the reader's bid takes no part; empty when it does.
    pub reasons: Vec<String>,
    /// Why the winner wins.
    pub motivation: String,
    /// How many days the standstill has; 0 when there is none.
    pub standstill_days: u16,
    /// The last day of the standstill, when there is one.
    pub standstill_until: Option<String>,
    /// The court before which the decision can be brought.
    pub court: Option<String>,
    /// Whom to turn to.
    pub contact: Option<String>,
    /// How the audit trail stood when the letter was written: whose, the place and the first digits of the hash of each
    /// head (stand van het controlespoor).
    pub audit_heads: Vec<String>,
}

/// The score of the reader's bid on a criterion.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OwnScore {
    /// The criterion, by its title or else its id.
    pub criterion: String,
    /// What a full score earns, when that is known.
    pub full: Option<String>,
    /// The score as it counts.
    pub score: String,
    /// The score of the winner, when it may be compared and there is one.
    pub winner: Option<String>,
    /// Why, in the words of the assessors.
    pub motivations: Vec<String>,
}

impl OwnScore {
    /// The same with its numbers written another way.
    #[must_use]
    pub fn with_numbers(self, write: impl Fn(String) -> String) -> Self {
        OwnScore {
            full: self.full.map(&write),
            score: write(self.score),
            winner: self.winner.map(&write),
            ..self
        }
    }
}

impl Advantage {
    /// The same with its numbers written another way.
    #[must_use]
    pub fn with_numbers(self, write: impl Fn(String) -> String) -> Self {
        Advantage {
            own: write(self.own),
            winner: write(self.winner),
            difference: write(self.difference),
            ..self
        }
    }
}

/// A criterion on which the winner scored better.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Advantage {
    /// The criterion, by its title or else its id.
    pub criterion: String,
    /// The score of the reader's bid.
    pub own: String,
    /// The score of the winner.
    pub winner: String,
    /// By how much it is better.
    pub difference: String,
}

/// One of several winners beside the reader's bid.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// Who wins.
    pub winner: String,
    /// The rank of its bid.
    pub rank: usize,
    /// Its total: of the last winner only. From a total and the scores beside it follows what a price earned, and the
    /// winners may still compete with each other.
    pub total: Option<String>,
    /// Where it scored better: of the last winner on every criterion that earns points, of the others on those that rest
    /// on no price.
    pub advantages: Vec<Advantage>,
}

impl Comparison {
    /// The same with its numbers written another way.
    #[must_use]
    pub fn with_numbers(self, write: impl Fn(String) -> String) -> Self {
        Comparison {
            total: self.total.map(&write),
            advantages: self.advantages.into_iter().map(|found| found.with_numbers(&write)).collect(),
            ..self
        }
    }
}

/// Names as a sentence of the language lists them: `A, B en C`.
#[must_use]
pub fn listed(names: &[String], language: LetterLanguage) -> String {
    let and = match language {
        LetterLanguage::Dutch => "en",
        LetterLanguage::English => "and",
    };
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [before @ .., last] => format!("{} {and} {last}", before.join(", ")),
    }
}

/// What is wrong with a template, and on which line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {detail}")]
pub struct TemplateError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub detail: String,
}

/// The text that a template makes of a letter.
///
/// # Errors
/// When the template is not written well, uses a name that there is none of, or does not end.
pub fn render(template: &str, letter: &Letter) -> Result<String, TemplateError> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    // The template is the municipality's; what is filled in was written by others, bidders among them.
    environment.set_formatter(|out, state, value| match value.as_str() {
        Some(text) if !value.is_safe() => Ok(out.write_str(&legible(text))?),
        _ => escape_formatter(out, state, value),
    });
    // A line that holds a block only leaves no line behind.
    if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
        environment.set_syntax(syntax);
    }
    let text = environment.render_str(template, Serde(letter)).map_err(|error| TemplateError {
        line: error.line().unwrap_or(1),
        detail: format!(
            "{}{}",
            error.kind(),
            error.detail().map(|more| format!(": {more}")).unwrap_or_default()
        ),
    })?;
    if text.chars().count() > LONGEST {
        let detail = format!("the text is longer than {LONGEST} characters");
        return Err(TemplateError { line: 1, detail });
    }
    Ok(text)
}

/// A letter of each kind, to try a template with.
#[must_use]
pub fn samples(language: LetterLanguage) -> [Letter; 3] {
    let (day, until) = match language {
        LetterLanguage::Dutch => ("15 mei 2026", "4 juni 2026"),
        LetterLanguage::English => ("15 May 2026", "4 June 2026"),
    };
    let winner = Letter {
        kind: LetterKind::Winner,
        tender: "Groenonderhoud 2026-2030".to_owned(),
        reference: Some("2026-17".to_owned()),
        buyer: "Gemeente Utrecht".to_owned(),
        lot_number: 1,
        lot: "Wijk Noord".to_owned(),
        sent_on: day.to_owned(),
        bidder: "Groen & Zo B.V.".to_owned(),
        winner: "Groen & Zo B.V.".to_owned(),
        winners: Vec::new(),
        framework: false,
        promoted: false,
        reserve: None,
        rank: Some(1),
        ranked: 2,
        total: Some("86".to_owned()),
        winner_total: Some("86".to_owned()),
        scores: vec![OwnScore {
            criterion: "Plan van aanpak".to_owned(),
            full: Some("40".to_owned()),
            score: "36".to_owned(),
            winner: Some("36".to_owned()),
            motivations: vec!["Het plan noemt per wijk de werkwijze en de bezetting.".to_owned()],
        }],
        advantages: Vec::new(),
        comparisons: Vec::new(),
        reasons: Vec::new(),
        motivation: "De beste prijs-kwaliteitverhouding.".to_owned(),
        standstill_days: 20,
        standstill_until: Some(until.to_owned()),
        court: Some("Rechtbank Midden-Nederland".to_owned()),
        contact: Some("inkoop@utrecht.example".to_owned()),
        audit_heads: vec![
            "gm0344 0/1204 3f2a9c1d5e6b7a80c1d2e3f4".to_owned(),
            "gm0344 1/988 9b74c9897bac770ffc029102".to_owned(),
        ],
    };
    let advantage = Advantage {
        criterion: "Plan van aanpak".to_owned(),
        own: "24".to_owned(),
        winner: "36".to_owned(),
        difference: "12".to_owned(),
    };
    let ranked = Letter {
        kind: LetterKind::Ranked,
        bidder: "Plantsoen Partners B.V.".to_owned(),
        rank: Some(2),
        total: Some("84".to_owned()),
        advantages: vec![advantage],
        ..winner.clone()
    };
    let excluded = Letter {
        kind: LetterKind::Excluded,
        rank: None,
        total: None,
        advantages: Vec::new(),
        reasons: vec!["De inschrijving is niet rechtsgeldig ondertekend.".to_owned()],
        // What a bid without a reference, a standstill and scores lacks, a template must do without.
        reference: None,
        standstill_days: 0,
        standstill_until: None,
        court: None,
        contact: None,
        audit_heads: Vec::new(),
        scores: Vec::new(),
        winner_total: None,
        ..ranked.clone()
    };
    [winner, ranked, excluded]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_sample(template: &str) -> Result<String, TemplateError> {
        let [winner, ..] = samples(LetterLanguage::Dutch);
        render(template, &winner)
    }

    #[test]
    fn what_bidders_wrote_makes_no_heading_and_no_link() {
        let [_, ranked, _] = samples(LetterLanguage::Dutch);
        let hostile = "Winnaar B.V.\n\n# LET OP\n\n[betaal](http://kwaad.example) <script>";
        let letter = Letter { winner: hostile.to_owned(), ..ranked };
        for language in LetterLanguage::ALL {
            let text = render(shipped(*language), &letter).unwrap();
            assert!(text.contains("Winnaar B.V."), "{text}");
            for danger in ["\n# LET OP", "B.V.\n\n#"] {
                assert!(!text.contains(danger), "{danger}: {text}");
            }
            for escaped in ["\\# LET OP", "\\[betaal\\]", "\\<script\\>"] {
                assert!(text.contains(escaped), "{escaped}: {text}");
            }
        }
    }

    #[test]
    fn the_shipped_templates_tell_all_that_the_law_asks_for() {
        for language in LetterLanguage::ALL {
            let [_, ranked, excluded] = samples(*language);
            let text = render(shipped(*language), &ranked).unwrap();
            let told = [
                &ranked.winner,
                "36",
                "24",
                "12",
                "Het plan noemt per wijk",
                "Rechtbank Midden-Nederland",
                "inkoop@utrecht.example",
                "prijs-kwaliteitverhouding",
            ];
            for told in told.into_iter().chain(ranked.standstill_until.as_deref()) {
                assert!(text.contains(told), "{language} lacks {told}: {text}");
            }
            let text = render(shipped(*language), &excluded).unwrap();
            assert!(text.contains("niet rechtsgeldig ondertekend"), "{text}");
        }
    }

    /// A letter about a framework agreement with three operators, to who came fourth.
    fn of_several(language: LetterLanguage) -> Letter {
        let [_, ranked, _] = samples(language);
        let advantage = ranked.advantages[0].clone();
        let of = |winner: &str, rank, total: Option<&str>| Comparison {
            winner: winner.to_owned(),
            rank,
            total: total.map(str::to_owned),
            advantages: vec![advantage.clone()],
        };
        let winners = ["Eerste B.V.", "Tweede B.V.", "Derde B.V."].map(str::to_owned).to_vec();
        Letter {
            winner: listed(&winners, language),
            winners,
            framework: true,
            reserve: Some(1),
            rank: Some(4),
            ranked: 5,
            winner_total: None,
            scores: ranked.scores.iter().map(|own| OwnScore { winner: None, ..own.clone() }).collect(),
            comparisons: vec![
                of("Eerste B.V.", 1, None),
                of("Tweede B.V.", 2, None),
                of("Derde B.V.", 3, Some("85")),
            ],
            ..ranked
        }
    }

    #[test]
    fn a_letter_names_all_parties_to_a_framework_agreement_and_what_each_did_better() {
        for (language, words) in [
            (
                LetterLanguage::Dutch,
                [
                    "Eerste B.V., Tweede B.V. en Derde B.V.",
                    "raamovereenkomst",
                    "plaats 1 van de reservelijst",
                ],
            ),
            (
                LetterLanguage::English,
                [
                    "Eerste B.V., Tweede B.V. and Derde B.V.",
                    "framework agreement",
                    "place 1 on the reserve list",
                ],
            ),
        ] {
            let text = render(shipped(language), &of_several(language)).unwrap();
            for told in words.iter().chain(&["85", "### Eerste B.V. (1)", "### Derde B.V. (3)"]) {
                assert!(text.contains(told), "{language} lacks {told}: {text}");
            }
            assert_eq!(
                text.matches("36").count(),
                4,
                "the own score, and three times that of a winner: {text}"
            );
        }
    }

    #[test]
    fn a_winner_of_several_reads_who_wins_beside_it_and_nothing_of_their_scores() {
        for language in LetterLanguage::ALL {
            let letter = Letter {
                kind: LetterKind::Winner,
                rank: Some(2),
                reserve: None,
                comparisons: Vec::new(),
                advantages: Vec::new(),
                ..of_several(*language)
            };
            let text = render(shipped(*language), &letter).unwrap();
            assert!(text.contains("Eerste B.V.") && text.contains("2.129"), "{text}");
            for promoted in ["uitgevallen", "dropped out"] {
                assert!(!text.contains(promoted), "{text}");
            }
            let text = render(shipped(*language), &Letter { promoted: true, ..letter }).unwrap();
            assert!(text.contains("uitgevallen") || text.contains("dropped out"), "{text}");
        }
    }

    #[test]
    fn a_template_of_before_makes_a_true_letter_of_several_winners() {
        let template = "{% if kind == 'winner' %}U wint.{% elif kind == 'ranked' %}Plaats {{ rank }}; gegund aan \
                        {{ winner }}.{% else %}{{ reasons | join }}{% endif %}{% if winner_total %}{{ winner_total }}{% endif %}\
                        {% for own in scores %}{% if own.winner %}{{ own.winner }}{% endif %}{% endfor %}\
                        {% for it in advantages %}{{ it.winner }}{% endfor %}";
        let letter = Letter { scores: Vec::new(), ..of_several(LetterLanguage::Dutch) };
        let text = render(template, &letter).unwrap();
        assert_eq!(text, "Plaats 4; gegund aan Eerste B.V., Tweede B.V. en Derde B.V..36");
    }

    #[test]
    fn an_error_names_its_line() {
        assert_eq!(of_sample("a\nb {{ winnaar }}").unwrap_err().line, 2);
        assert_eq!(of_sample("a\n\n{% if rank %}").unwrap_err().line, 3);
        assert_eq!(of_sample("{{ bidder.kvk }}").unwrap_err().line, 1);
    }

    #[test]
    fn a_template_that_does_not_end_is_stopped() {
        let endless = "{% for a in range(9000) %}{% for b in range(9000) %}x{% endfor %}{% endfor %}";
        assert!(of_sample(endless).unwrap_err().detail.contains("fuel"));
    }

    #[test]
    fn a_template_reaches_no_file_and_no_other_template() {
        for template in ["{% include '/etc/hostname' %}", "{% extends 'nl.md' %}", "{% import 'x' as y %}"] {
            assert!(of_sample(template).is_err(), "{template}");
        }
    }
}
