//! The texts of the workbook, in Dutch and in English.

use trede_rules::award::model::Method;
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
        let (dutch, english) = match method.code() {
            "absolute-linear" => (
                "Gewogen factor: W × (Psetmax − P) / (Psetmax − Psetmin)",
                "Weighted factor: W × (Psetmax − P) / (Psetmax − Psetmin)",
            ),
            "relative-lowest" => (
                "Ten opzichte van de laagste prijs: W × Pmin / P",
                "Relative to the lowest price: W × Pmin / P",
            ),
            "linear-on-lowest" => (
                "Rechtlijnig ten opzichte van de laagste prijs: W × (2 − P / Pmin)",
                "Linear on the lowest price: W × (2 − P / Pmin)",
            ),
            "lowest-to-highest" => (
                "Van de hoogste naar de laagste prijs: W × (Pmax − P) / (Pmax − Pmin)",
                "From the highest to the lowest price: W × (Pmax − P) / (Pmax − Pmin)",
            ),
            "logarithmic" => (
                "Log-formule: W × (1 − log(P / Pmin) / log A)",
                "Logarithmic: W × (1 − log(P / Pmin) / log A)",
            ),
            "level-points" => (
                "Punten voor de trede naast W × (2 − P / Pmin)",
                "Points for the level beside W × (2 − P / Pmin)",
            ),
            "quality-only" => ("Alleen kwaliteit", "Quality only"),
            "relative-quality" => (
                "Kwaliteit ten opzichte van de beste: W × K / Kmax",
                "Quality relative to the best: W × K / Kmax",
            ),
            "lowest-price" => ("Laagste prijs", "Lowest price"),
            "lowest-cost" => ("Laagste kosten over de levenscyclus", "Lowest cost over the life cycle"),
            "fictitious-discount" => ("Fictieve korting op de prijs", "Fictitious discount on the price"),
            "award-on-value" => ("Gunnen op waarde: P − V", "Award on value: P − V"),
            "quality-mark-up" => (
                "Opslag voor ontbrekende kwaliteit: P × (1 + (WQ − L) / WP)",
                "Mark-up for missing quality: P × (1 + (WQ − L) / WP)",
            ),
            "price-quality-ratio" => {
                ("Kwaliteitspunten per euro: c × L / P", "Performance points per euro: c × L / P")
            }
            "extended-ratio" => (
                "Kwaliteitspunten per euro met een corridor: L / P",
                "Performance points per euro with a corridor: L / P",
            ),
            "price-per-point" => ("Prijs per kwaliteitspunt: P / L", "Price per quality point: P / L"),
            "utility-index" => (
                "Nutsindex: (1 − (Qbest − Q) × WQ / WP) × Pmin / P",
                "Utility index: (1 − (Qbest − Q) × WQ / WP) × Pmin / P",
            ),
            "features" => ("Eigenschappen: P / (1 + L / (1 − WQ))", "Features: P / (1 + L / (1 − WQ))"),
            "discount-on-base" => ("Korting op een basisprijs", "Discount on a base price"),
            "two-slopes" => {
                ("Korting op een basisprijs, op twee hellingen", "Discount on a base price, on two slopes")
            }
            "relative-to-mean" => {
                ("Prijs ten opzichte van de gemiddelde prijs", "Price relative to the mean price")
            }
            _ => ("Zie het gunningsmodel", "See the award model"),
        };
        self.of(dutch, english)
    }
}
