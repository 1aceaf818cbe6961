//! The texts of the workbook, in Dutch and in English.

use trede_rules::award::model::Method;
use trede_rules::award::relative_mean::MeanFormula;
use trede_rules::explaining::Language;

/// Picks the text of a language.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words(pub Language);

impl Words {
    /// The Dutch or the English text.
    pub fn of<'t>(self, dutch: &'t str, english: &'t str) -> &'t str {
        match self.0 {
            Language::Dutch => dutch,
            Language::English => english,
        }
    }

    /// What a method is called, with its formula.
    pub fn method(self, method: &Method) -> &'static str {
        let (dutch, english) = match method {
            Method::AbsoluteLinear => (
                "Gewogen factor: W × (Psetmax − P) / (Psetmax − Psetmin)",
                "Weighted factor: W × (Psetmax − P) / (Psetmax − Psetmin)",
            ),
            Method::RelativeLowest => (
                "Ten opzichte van de laagste prijs: W × Pmin / P",
                "Relative to the lowest price: W × Pmin / P",
            ),
            Method::LinearOnLowest(_) => (
                "Rechtlijnig ten opzichte van de laagste prijs: W × (2 − P / Pmin)",
                "Linear on the lowest price: W × (2 − P / Pmin)",
            ),
            Method::LowestToHighest => (
                "Van de hoogste naar de laagste prijs: W × (Pmax − P) / (Pmax − Pmin)",
                "From the highest to the lowest price: W × (Pmax − P) / (Pmax − Pmin)",
            ),
            Method::Logarithmic(_) => (
                "Log-formule: W × (1 − log(P / Pmin) / log A)",
                "Logarithmic: W × (1 − log(P / Pmin) / log A)",
            ),
            Method::LevelPoints(_) => (
                "Punten voor de trede naast W × (2 − P / Pmin)",
                "Points for the level beside W × (2 − P / Pmin)",
            ),
            Method::QualityOnly => ("Alleen kwaliteit", "Quality only"),
            Method::RelativeQuality => (
                "Kwaliteit ten opzichte van de beste: W × K / Kmax",
                "Quality relative to the best: W × K / Kmax",
            ),
            Method::LowestPrice => ("Laagste prijs", "Lowest price"),
            Method::LowestCost => ("Laagste kosten over de levenscyclus", "Lowest cost over the life cycle"),
            Method::FictitiousDiscount => {
                ("Fictieve korting op de prijs", "Fictitious discount on the price")
            }
            Method::AwardOnValue => ("Gunnen op waarde: P − V", "Award on value: P − V"),
            Method::QualityMarkUp => (
                "Opslag voor ontbrekende kwaliteit: P × (1 + (WQ − L) / WP)",
                "Mark-up for missing quality: P × (1 + (WQ − L) / WP)",
            ),
            Method::PriceQualityRatio(_) => {
                ("Kwaliteitspunten per euro: c × L / P", "Performance points per euro: c × L / P")
            }
            Method::ExtendedRatio(..) => (
                "Kwaliteitspunten per euro met een corridor: L / P",
                "Performance points per euro with a corridor: L / P",
            ),
            Method::PricePerPoint => ("Prijs per kwaliteitspunt: P / L", "Price per quality point: P / L"),
            Method::UtilityIndex => (
                "Nutsindex: (1 − (Qbest − Q) × WQ / WP) × Pmin / P",
                "Utility index: (1 − (Qbest − Q) × WQ / WP) × Pmin / P",
            ),
            Method::Features => ("Eigenschappen: P / (1 + L / (1 − WQ))", "Features: P / (1 + L / (1 − WQ))"),
            Method::DiscountOnBase(_) => (
                "Korting op een basisprijs B: W × (B − P) / max(Bs; B − Pmin)",
                "Discount on a base price B: W × (B − P) / max(Bs; B − Pmin)",
            ),
            Method::TwoSlopes(_) => (
                "Korting op een basisprijs B, op twee hellingen: X × W × (B − P) / (B − Pgem) tot het gemiddelde, vandaar W × (X + (1 − X) × (Pgem − P) / (Pgem − Pmin))",
                "Discount on a base price B, on two slopes: X × W × (B − P) / (B − Pmean) up to the mean, from there W × (X + (1 − X) × (Pmean − P) / (Pmean − Pmin))",
            ),
            Method::RelativeToMean(MeanFormula::Ratio { .. }) => (
                "Ten opzichte van de gemiddelde prijs: W × Pgem / P",
                "Relative to the mean price: W × Pmean / P",
            ),
            Method::RelativeToMean(MeanFormula::Linear { .. }) => (
                "Rechtlijnig ten opzichte van de gemiddelde prijs: W × (2 − P / Pgem)",
                "Linear on the mean price: W × (2 − P / Pmean)",
            ),
        };
        self.of(dutch, english)
    }
}
