//! What a buyer can put into the award guide (gunningsleidraad): what the model does, in words.

use rust_decimal::Decimal;

use crate::study::Study;
use trede_rules::explaining::Language;
use trede_wire::lab_result::{DecisiveResult, KindResult, LabModelResult, LevelEffectResult, SpreadResult};

/// The paragraphs of a model.
pub(super) fn paragraphs(study: &Study, model: &LabModelResult, language: Language) -> Vec<String> {
    let say = Say(language);
    let mut text = vec![say.opening(study), say.winners(model)];
    text.extend(
        model.level_effect.as_ref().filter(|_| model.awarded.count > 0).map(|found| say.levels(found, model)),
    );
    text.extend(say.criteria(&model.criteria));
    text.push(say.firmness(study, model));
    text
}

/// Says things in a language.
struct Say(Language);

impl Say {
    fn opening(&self, study: &Study) -> String {
        let (tenders, bidders) = (self.whole(&study.tenders.to_string()), study.market.bidders.len());
        let assumptions: Vec<&str> = study.assumptions.iter().map(|text| text.trim()).collect();
        let assumptions = assumptions.join(" ");
        match self.0 {
            Language::Dutch => format!(
                "Dit gunningsmodel is vooraf beproefd op {tenders} nagebootste aanbestedingen met {bidders} mogelijke inschrijvers. Uitgangspunten: {assumptions}"
            ),
            Language::English => format!(
                "This award model was tried beforehand on {tenders} imagined tenders with {bidders} possible bidders. Assumptions: {assumptions}"
            ),
        }
    }

    fn winners(&self, model: &LabModelResult) -> String {
        let wins = |kind: &KindResult| {
            let name = kind.title.as_deref().unwrap_or(&kind.id);
            format!("{} ({}): {} %", name, kind.count, self.tenth(&kind.wins.percent))
        };
        let kinds: Vec<String> = model.winners.iter().map(wins).collect();
        let kinds = kinds.join("; ");
        let (price, low, high) = self.spread(&model.price);
        match self.0 {
            Language::Dutch => format!(
                "Zo vaak wint elke soort inschrijver (met hun aantal): {kinds}. De prijs van de winnaar is gemiddeld {price}, en ligt in acht van de tien aanbestedingen tussen {low} en {high}."
            ),
            Language::English => format!(
                "So often each kind of bidder wins (with their number): {kinds}. The price of the winner is {price} in the mean, and lies between {low} and {high} in eight of ten tenders."
            ),
        }
    }

    fn levels(&self, found: &LevelEffectResult, model: &LabModelResult) -> String {
        let changed = self.tenth(&found.changes_winner.percent);
        let steps = self.tenth(found.levels.expected.trim_start_matches('-'));
        let (price, dearer) = self.difference(&found.price.expected, ["meer", "more"], ["minder", "less"]);
        let (_, low, high) = self.spread(&found.price);
        let higher = self.higher(&found.levels.expected);
        let mut text = match self.0 {
            Language::Dutch => format!(
                "Doordat de PSO-trede meetelt, wint in {changed} % van de aanbestedingen een andere inschrijver. De winnaar staat daardoor gemiddeld {steps} trede {higher}, en de opdrachtgever betaalt gemiddeld {price} {dearer} (in acht van de tien aanbestedingen tussen {low} en {high} meer)."
            ),
            Language::English => format!(
                "Because the PSO level counts, another bidder wins in {changed} % of the tenders. The winner therefore stands {steps} levels {higher} in the mean, and the buyer pays {price} {dearer} in the mean (between {low} and {high} more in eight of ten tenders)."
            ),
        };
        if model.commitment_euros.is_some() {
            let (euros, more) =
                self.difference(&found.commitment_euros.expected, ["meer", "more"], ["minder", "less"]);
            text += &match self.0 {
                Language::Dutch => format!(" De winnaar zegt gemiddeld {euros} {more} social return toe."),
                Language::English => {
                    format!(" The winner commits to {euros} {more} social return in the mean.")
                }
            };
        }
        if let Some(per_level) = &found.price_per_level {
            let per_level = self.euros(per_level);
            text += &match self.0 {
                Language::Dutch => format!(" Eén trede hoger kost zo gemiddeld {per_level}."),
                Language::English => format!(" One level higher costs {per_level} in the mean."),
            };
        }
        text
    }

    fn criteria(&self, criteria: &[DecisiveResult]) -> Option<String> {
        let part = |criterion: &DecisiveResult| {
            let name = criterion.title.as_deref().unwrap_or(&criterion.id);
            let decides = self.tenth(criterion.decides_percent.as_ref()?);
            let weight = criterion.weight_percent.as_ref().map(|weight| match self.0 {
                Language::Dutch => format!(" (weging {} %)", self.tenth(weight)),
                Language::English => format!(" (weight {} %)", self.tenth(weight)),
            });
            Some(format!("{name} {decides} %{}", weight.unwrap_or_default()))
        };
        let parts: Vec<String> = criteria.iter().filter_map(part).collect();
        let parts = (!parts.is_empty()).then(|| parts.join("; "))?;
        Some(match self.0 {
            Language::Dutch => {
                format!("Van de verschillen tussen de totalen van inschrijvingen komt in feite: {parts}.")
            }
            Language::English => {
                format!("Of the differences between the totals of bids comes in fact: {parts}.")
            }
        })
    }

    fn firmness(&self, study: &Study, model: &LabModelResult) -> String {
        let turns = self.tenth(&model.drop_out_turns.percent);
        let mut text = match self.0 {
            Language::Dutch => format!(
                "In {turns} % van de aanbestedingen zou een ander winnen als een inschrijver die niet won, afviel en de scores opnieuw werden berekend."
            ),
            Language::English => format!(
                "In {turns} % of the tenders another would win if a bidder that did not win dropped out and the scores were computed again."
            ),
        };
        if let (Some(found), Some(point)) = (&model.assessor_point_decides, &study.assessor_point) {
            let (percent, point) = (self.tenth(&found.percent), self.0.number(point));
            text += &match self.0 {
                Language::Dutch => format!(
                    " In {percent} % beslist één punt van één beoordelaar (de score van het team verandert dan {point})."
                ),
                Language::English => format!(
                    " In {percent} % one point of one assessor decides (the score of the team then changes by {point})."
                ),
            };
        }
        if let Some(corridor) = &model.corridor {
            let percent = self.tenth(&corridor.tenders.percent);
            let by_price = corridor.below.is_some();
            text += &match (self.0, by_price) {
                (Language::Dutch, true) => format!(" In {percent} % ligt een prijs buiten de bandbreedte."),
                (Language::English, true) => format!(" In {percent} % a price lies outside the corridor."),
                (Language::Dutch, false) => {
                    format!(
                        " In {percent} % liggen meer inschrijvingen binnen de bandbreedte, en beslist het tweede criterium."
                    )
                }
                (Language::English, false) => {
                    format!(
                        " In {percent} % several bids lie inside the corridor, and the second criterion decides."
                    )
                }
            };
        }
        text
    }

    fn spread(&self, spread: &SpreadResult) -> (String, String, String) {
        (self.euros(&spread.expected), self.euros(&spread.p10), self.euros(&spread.p90))
    }

    /// An amount without its sign, and the word that says which sign that was.
    fn difference(
        &self,
        plain: &str,
        [more, more_english]: [&str; 2],
        [less, less_english]: [&str; 2],
    ) -> (String, String) {
        let is_less = plain.starts_with('-');
        let word = match (self.0, is_less) {
            (Language::Dutch, false) => more,
            (Language::Dutch, true) => less,
            (Language::English, false) => more_english,
            (Language::English, true) => less_english,
        };
        (self.euros(plain.trim_start_matches('-')), word.to_owned())
    }

    fn higher(&self, plain: &str) -> &'static str {
        match (self.0, plain.starts_with('-')) {
            (Language::Dutch, false) => "hoger",
            (Language::Dutch, true) => "lager",
            (Language::English, false) => "higher",
            (Language::English, true) => "lower",
        }
    }

    /// Whole euros.
    fn euros(&self, plain: &str) -> String {
        format!("€ {}", self.whole(&to_decimals(plain, 0)))
    }

    fn whole(&self, plain: &str) -> String {
        self.0.localised(plain)
    }

    /// A number with one decimal.
    fn tenth(&self, plain: &str) -> String {
        self.0.localised(&to_decimals(plain, 1))
    }
}

fn to_decimals(plain: &str, decimals: u32) -> String {
    let number: Decimal = plain.parse().unwrap_or_default();
    let strategy = rust_decimal::RoundingStrategy::MidpointAwayFromZero;
    let rounded = number.round_dp_with_strategy(decimals, strategy);
    // No minus before a zero.
    let rounded = if rounded.is_zero() { rounded.abs() } else { rounded };
    format!("{rounded:.0$}", usize::try_from(decimals).unwrap_or_default())
}
