//! The result of `trede lab` as text.

use super::words::Words;
use super::{Page, Style};
use trede_rules::explaining::Language;
use trede_wire::lab_result::{LabModelResult, LabResult, ShareResult, SpreadResult};
use trede_wire::score_result::LanguageCode;

/// The result as tables: the models side by side, then each by itself with its text for the award guide.
#[must_use]
pub fn lab_tables(result: &LabResult, language: LanguageCode, style: Style) -> String {
    let language = Language::from(language);
    let mut page = Page { words: Words::of(language), language, style, text: String::new() };
    page.heading(1, &result.title);
    let (tenders, seed) =
        (page.say("nagebootste aanbestedingen", "imagined tenders"), page.say("toevalsgetal", "seed"));
    let count = page.number(&result.tenders.to_string());
    page.line(&format!("{count} {tenders} · {seed} {}", result.seed));
    page.paragraph(page.say("Uitgangspunten", "Assumptions"));
    for assumption in &result.assumptions {
        page.bullet(assumption);
    }
    side_by_side(&mut page, result);
    frontier(&mut page, result);
    for model in &result.models {
        one_model(&mut page, model);
    }
    page.heading(2, page.say("Hoe dit te lezen", "How to read this"));
    for note in &result.notes {
        page.bullet(note);
    }
    let footer = format!(
        "{} {} · SHA-256 {} {}",
        page.words.engine, result.engine_version, page.words.of_input, result.fingerprint
    );
    page.paragraph(&footer);
    page.text
}

impl Page {
    fn say(&self, dutch: &'static str, english: &'static str) -> &'static str {
        match self.language {
            Language::Dutch => dutch,
            Language::English => english,
        }
    }

    fn percent(&self, share: &ShareResult) -> String {
        format!("{} % ± {}", self.number(&share.percent), self.number(&share.margin))
    }

    fn amounts(&self, spread: &SpreadResult) -> [String; 3] {
        let mean = format!("{} ± {}", self.euros(&spread.expected), self.number(&spread.margin));
        [mean, self.euros(&spread.p10), self.euros(&spread.p90)]
    }

    fn headed(&self, names: &[(&'static str, &'static str)]) -> Vec<String> {
        names.iter().map(|(dutch, english)| self.say(dutch, english).to_owned()).collect()
    }
}

fn side_by_side(page: &mut Page, result: &LabResult) {
    page.heading(2, page.say("De modellen naast elkaar", "The models side by side"));
    let mut header = vec![page.say("Per aanbesteding", "In a tender").to_owned()];
    header.extend(result.models.iter().map(|model| model.id.clone()));
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut add = |name: String, cell: &dyn Fn(&LabModelResult) -> String| {
        rows.push(std::iter::once(name).chain(result.models.iter().map(cell)).collect());
    };
    let none = || "–".to_owned();
    add(page.say("Methode", "Method").to_owned(), &|model| model.method.clone());
    let kinds = result.models.first().map(|model| model.winners.as_slice()).unwrap_or_default();
    for (index, kind) in kinds.iter().enumerate() {
        let name = kind.title.as_deref().unwrap_or(&kind.id);
        let name = format!("{} {name} ({})", page.say("Wint:", "Wins:"), kind.count);
        add(name, &|model| model.winners.get(index).map_or_else(none, |kind| page.percent(&kind.wins)));
    }
    let [mean, low, high] = [("gemiddeld", "mean"), ("p10", "p10"), ("p90", "p90")];
    for (index, (dutch, english)) in [mean, low, high].into_iter().enumerate() {
        let name = format!(
            "{} {}",
            page.say("Prijs van de winnaar,", "Price of the winner,"),
            page.say(dutch, english)
        );
        add(name, &|model| page.amounts(&model.price).get(index).cloned().unwrap_or_default());
    }
    add(page.say("Trede van de winnaar, gemiddeld", "Level of the winner, mean").to_owned(), &|model| {
        model.level.as_ref().map_or_else(none, |level| page.number(&level.expected))
    });
    add(page.say("Toezegging, gemiddeld", "Commitment, mean").to_owned(), &|model| {
        model.commitment_euros.as_ref().map_or_else(none, |found| page.euros(&found.expected))
    });
    add(
        page.say("De trede wijst een andere winnaar aan", "The level changes the winner").to_owned(),
        &|model| model.level_effect.as_ref().map_or_else(none, |effect| page.percent(&effect.changes_winner)),
    );
    add(page.say("Eén trede hoger kost", "One level higher costs").to_owned(), &|model| {
        let cost = model.level_effect.as_ref().and_then(|effect| effect.price_per_level.as_ref());
        cost.map_or_else(none, |cost| page.euros(cost))
    });
    add(
        page.say("Eén trede hoger brengt aan toezegging", "One level higher brings in commitments")
            .to_owned(),
        &|model| {
            let effect = model.level_effect.as_ref().filter(|_| model.commitment_euros.is_some());
            let gain = effect.and_then(|effect| effect.commitment_euros_per_level.as_ref());
            gain.map_or_else(none, |gain| page.euros(gain))
        },
    );
    add(page.say("Een afvaller keert de rangorde", "A drop-out turns the ranking").to_owned(), &|model| {
        page.percent(&model.drop_out_turns)
    });
    add(
        page.say("Eén punt van één beoordelaar beslist", "One point of one assessor decides").to_owned(),
        &|model| model.assessor_point_decides.as_ref().map_or_else(none, |share| page.percent(share)),
    );
    add(page.say("De bandbreedte wordt geraakt", "The corridor is hit").to_owned(), &|model| {
        model.corridor.as_ref().map_or_else(none, |corridor| page.percent(&corridor.tenders))
    });
    add(page.say("Er wordt geloot", "Lots are drawn").to_owned(), &|model| page.percent(&model.drawn_by_lot));
    add(page.say("Er is een winnaar", "There is a winner").to_owned(), &|model| page.percent(&model.awarded));
    page.table(1, &header, &rows);
}

fn frontier(page: &mut Page, result: &LabResult) {
    page.paragraph(page.say(
        "Prijs tegenover sociale waarde, de goedkoopste eerst",
        "Price against social value, the cheapest first",
    ));
    let header = page.headed(&[
        ("Model", "Model"),
        ("Prijs", "Price"),
        ("Trede", "Level"),
        ("Toezegging", "Commitment"),
        ("Plekken", "Places"),
        ("Op de grens", "On the frontier"),
    ]);
    let rows: Vec<Vec<String>> = result
        .frontier
        .iter()
        .map(|point| {
            vec![
                point.id.clone(),
                page.euros(&point.price),
                page.number(&point.level),
                page.euros(&point.commitment_euros),
                page.number(&point.places),
                if point.on_frontier { page.say("ja", "yes") } else { page.say("nee", "no") }.to_owned(),
            ]
        })
        .collect();
    page.table(1, &header, &rows);
}

fn one_model(page: &mut Page, model: &LabModelResult) {
    page.heading(2, model.title.as_deref().unwrap_or(&model.id));
    page.line(page.say("Welk criterium in feite beslist", "Which criterion decides in fact"));
    let header = page.headed(&[
        ("Criterium", "Criterion"),
        ("Weging %", "Weight %"),
        ("Beslist in feite %", "Decides in fact %"),
        ("Zonder dit wint een ander", "Without it another wins"),
    ]);
    let shown = |page: &Page, number: &Option<String>| {
        number.as_ref().map_or_else(|| "–".to_owned(), |number| page.number(number))
    };
    let rows: Vec<Vec<String>> = model
        .criteria
        .iter()
        .map(|criterion| {
            vec![
                criterion.title.clone().unwrap_or_else(|| criterion.id.clone()),
                shown(page, &criterion.weight_percent),
                shown(page, &criterion.decides_percent),
                page.percent(&criterion.turns),
            ]
        })
        .collect();
    page.table(1, &header, &rows);
    levels(page, model);
    level_effect(page, model);
    for excluded in &model.excluded {
        let text = page.say("van de inschrijvingen valt af:", "of the bids are excluded:");
        page.bullet(&format!("{} {text} {}", page.percent(&excluded.bids), excluded.code));
    }
    page.paragraph(page.say("Voor de gunningsleidraad", "For the award guide"));
    for paragraph in &model.guide {
        page.paragraph(paragraph);
    }
    if !model.warnings.is_empty() {
        page.paragraph(page.words.warnings);
    }
    for warning in &model.warnings {
        page.bullet(&format!("{}: {} ({})", warning.code, warning.detail, warning.remedy));
    }
}

fn levels(page: &mut Page, model: &LabModelResult) {
    if model.levels.is_empty() {
        return;
    }
    page.line("");
    let header = page.headed(&[
        ("Trede", "Level"),
        ("Inschrijvingen", "Bids"),
        ("Wint", "Wins"),
        ("Kans om te winnen", "Chance to win"),
    ]);
    let rows: Vec<Vec<String>> = model
        .levels
        .iter()
        .map(|level| {
            let name = if level.level == "none" { page.words.no_level } else { &level.level };
            vec![
                name.to_owned(),
                page.percent(&level.bids),
                page.percent(&level.wins),
                page.percent(&level.chance),
            ]
        })
        .collect();
    page.table(1, &header, &rows);
}

fn level_effect(page: &mut Page, model: &LabModelResult) {
    let Some(effect) = &model.level_effect else { return };
    page.paragraph(page.say(
        "Wat het kost en brengt dat de trede meetelt (winnaar met, min winnaar zonder)",
        "What it costs and brings that the level counts (the winner with it, less the winner without)",
    ));
    let header = page.headed(&[
        ("Treden hoger", "Levels higher"),
        ("Aanbestedingen", "Tenders"),
        ("Prijs, gemiddeld", "Price, mean"),
        ("p10", "p10"),
        ("p90", "p90"),
        ("Toezegging, gemiddeld", "Commitment, mean"),
        ("p10", "p10"),
        ("p90", "p90"),
    ]);
    let row = |page: &Page, name: String, tenders: String, price: &SpreadResult, euros: &SpreadResult| {
        let cells = page.amounts(price).into_iter().chain(page.amounts(euros));
        [name, tenders].into_iter().chain(cells).collect::<Vec<String>>()
    };
    let all = page.say("alle", "all").to_owned();
    let mut rows = vec![row(page, all, "100 %".to_owned(), &effect.price, &effect.commitment_euros)];
    for gain in &effect.by_gain {
        let steps = page.number(&gain.levels.to_string());
        rows.push(row(page, steps, page.percent(&gain.tenders), &gain.price, &gain.commitment_euros));
    }
    page.table(1, &header, &rows);
}
