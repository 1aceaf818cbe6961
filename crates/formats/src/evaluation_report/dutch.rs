//! How the report writes moments, days, numbers, codes and bids for a Dutch reader: one way in the whole document.

use chrono::{DateTime, Timelike, Utc};
use chrono_tz::Europe::Amsterdam;
use rust_decimal::Decimal;
use trede_base::verdict::Verdict;
use trede_model::bidding::opening::Envelope;
use trede_model::tendering::procedure::Step;
use trede_rules::explaining::Language;

use super::EvaluationReport;
use crate::dutch;
pub(super) use crate::dutch::day;

/// A moment on the clock of the Netherlands, such as `15 mei 2026 om 14.03 uur`.
pub(super) fn moment(at: DateTime<Utc>) -> String {
    let here = at.with_timezone(&Amsterdam);
    format!("{} om {}.{:02} uur", day(here.date_naive()), here.hour(), here.minute())
}

/// A number in plain notation, to four decimals; below one to four digits, for the totals of ratios.
pub(super) fn number(text: &str) -> String {
    let shortened = |number: Decimal| {
        let to_digits =
            Some(number).filter(|number| number.abs() < Decimal::ONE).and_then(|small| small.round_sf(4));
        to_digits.unwrap_or_else(|| number.round_dp(4)).normalize().to_string()
    };
    let short = text.parse::<Decimal>().map(shortened);
    Language::Dutch.localised(short.as_deref().unwrap_or(text))
}

/// An amount in euros, such as `€ 1.250.000,50`.
pub(super) fn euros(text: &str) -> String {
    text.parse::<Decimal>().map_or_else(
        |_| format!("€ {}", Language::Dutch.localised(text)),
        |amount| dutch::euros(amount.round_dp(2)),
    )
}

/// Who made a bid, by name or else by KvK number, as it was typed.
pub(super) fn bidder(report: &EvaluationReport, bid: &str) -> String {
    let found = report.candidates.iter().find(|candidate| candidate.bid_id == bid);
    match found {
        Some(candidate) => candidate.name.clone().unwrap_or_else(|| format!("KvK {}", candidate.kvk_number)),
        None => "een inschrijver die er niet meer is".to_owned(),
    }
}

/// What a reader calls a criterion.
pub(super) fn criterion(report: &EvaluationReport, id: &str) -> String {
    fn title(criteria: &[trede_wire::score_file::CriterionInput], id: &str) -> Option<String> {
        criteria.iter().find_map(|criterion| {
            let own = (criterion.id == id).then(|| criterion.title.clone()).flatten();
            own.or_else(|| title(&criterion.criteria, id))
        })
    }
    let model = report.award_model.as_ref();
    model.and_then(|model| title(&model.criteria, id)).unwrap_or_else(|| id.to_owned())
}

pub(super) fn envelope(envelope: Envelope) -> &'static str {
    match envelope {
        Envelope::Whole => "de hele inschrijving",
        Envelope::Quality => "de kwalitatieve envelop",
        Envelope::Price => "de prijsenvelop",
    }
}

pub(super) fn custody(code: &str) -> &'static str {
    if code == "platform" { "bij het aanbestedingsplatform" } else { "bij de dienst zelf" }
}

pub(super) fn envelopes(code: &str) -> &'static str {
    if code == "two" { "twee, de prijs apart" } else { "één" }
}

pub(super) fn step(step: Step) -> &'static str {
    match step {
        Step::Publish => "Publicatie",
        Step::Open => "Opening",
        Step::FixQuality => "Vaststelling van de kwaliteit",
        Step::ReopenQuality => "Heropening van de kwaliteit",
        Step::OpenPrices => "Opening van de prijsenveloppen",
        Step::Evaluate => "Beoordeling",
        Step::ProposeAward => "Voornemen tot gunning",
        Step::WithdrawProposal => "Intrekking van het voornemen",
        Step::Award => "Definitieve gunning",
        Step::DeclareUnsuccessful => "Mislukking",
        Step::Cancel => "Intrekking",
    }
}

pub(super) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Confirmed => "bevestigd door het register",
        Verdict::Contradicted => "weersproken: het register geeft een lagere trede",
        Verdict::Expired => "niet geldig op de peildatum",
        Verdict::NotFound => "niet gevonden in het register",
        Verdict::EquivalentClaimed => "gelijkwaardig bewijs aangevoerd, nog niet beslist",
        Verdict::EquivalentAccepted => "gelijkwaardig bewijs aanvaard",
    }
}

/// A PSO level by its name on the published ladders, or else as it is given.
pub(super) fn level(ladder: &str, code: &str) -> String {
    let known = trede_rules::pso::Ladder::published(ladder);
    let name = known.as_ref().and_then(|ladder| ladder.levels().iter().find(|level| level.code == code));
    name.map_or(code, |level| level.name.as_str()).to_owned()
}

/// A PSO level by its name on the ladder of the award model, or else as it is given.
pub(super) fn claimed_level(report: &EvaluationReport, code: &str) -> String {
    let rules = report.award_model.as_ref().and_then(|model| model.pso.as_ref());
    let own = rules.and_then(|rules| rules.ladder.as_ref()).map(|ladder| &ladder.levels);
    let own = own.and_then(|levels| levels.iter().find(|level| level.code == code)?.name.as_deref());
    let published = rules.and_then(|rules| rules.ladder_version.as_deref()).unwrap_or_default();
    own.map_or_else(|| level(published, code), str::to_owned)
}

/// Whose an audit chain is.
pub(super) fn chain_scope(scope: &str) -> &'static str {
    match scope {
        "nl" => "Landelijke gegevens",
        scope if scope.contains("/tenders/") => "Kluis van de aanbesteding",
        _ => "Gemeente",
    }
}

/// The award method in words.
pub(super) fn method(code: &str) -> &str {
    match code {
        "absolute-linear" => "gewogen factor",
        "relative-lowest" => "prijs ten opzichte van de laagste prijs",
        "linear-on-lowest" => "rechtlijnig ten opzichte van de laagste prijs",
        "lowest-to-highest" => "rechtlijnig van de hoogste naar de laagste prijs",
        "logarithmic" => "log-formule",
        "level-points" => "punten per trede naast de prijs",
        "quality-only" => "alleen kwaliteit",
        "relative-quality" => "alleen kwaliteit, ten opzichte van de beste",
        "lowest-price" => "laagste prijs",
        "lowest-cost" => "laagste kosten over de levensduur",
        "fictitious-discount" => "fictieve korting",
        "award-on-value" => "gunnen op waarde",
        "quality-mark-up" => "opslag op de prijs voor ontbrekende kwaliteit",
        "price-quality-ratio" => "kwaliteit per euro",
        "extended-ratio" => "kwaliteit per euro met een corridor",
        "price-per-point" => "prijs per kwaliteitspunt",
        "utility-index" => "nutsindex",
        "features" => "prijs gedeeld door de coëfficiënt van eigenschappen",
        "discount-on-base" => "korting op een basisprijs ten opzichte van de hoogste korting",
        "two-slopes" => "korting op een basisprijs, op twee hellingen rond het gemiddelde",
        "relative-to-mean" => "prijs ten opzichte van de gemiddelde prijs",
        _ => "zie het gunningsmodel zoals het is bekendgemaakt",
    }
}

/// A rule for abnormally low bids in words, with its bound.
pub(super) fn low_price_rule(rule: &str, bound: &str) -> String {
    match rule {
        "below-mean-of-others" => {
            format!("minstens {} procent onder het gemiddelde van de andere", number(bound))
        }
        "below-mean" => format!("minstens {} procent onder het gemiddelde van alle", number(bound)),
        "below-next" => format!("minstens {} procent onder de eerstvolgende prijs", number(bound)),
        "below-median" => format!("minstens {} procent onder de mediaan", number(bound)),
        "below-estimate" => format!("minstens {} procent onder de raming", number(bound)),
        "below-deviations" => format!("minstens {} standaardafwijkingen onder het gemiddelde", number(bound)),
        "above-discount-threshold" => {
            format!("een korting op de basisprijs van minstens de drempel van {} procent", number(bound))
        }
        _ => format!("hoogstens {}", euros(bound)),
    }
}
