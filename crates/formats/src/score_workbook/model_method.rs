//! What the method declares, and where and how is rounded.

use rust_decimal::Decimal;
use trede_base::exact::{Exact, Half};
use trede_rules::award::DeclaredModel;
use trede_rules::award::base_price::{DiscountOnBase, TwoSlopes};
use trede_rules::award::model::Method;
use trede_rules::award::rounding::{Decimals, Stages};

use super::book::Book;
use super::formula::Place;
use super::model_sheet::ModelSheet;
use super::words::Words;

/// A rounding: the cell with its decimals, and how a half is rounded.
#[derive(Clone, Copy, Debug)]
pub(super) struct RoundedAt {
    /// How many decimals stay.
    pub decimals: Place,
    /// How a half is rounded.
    pub half: Half,
}

/// Each stage at which is rounded.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct RoundedStages {
    /// A score that is calculated from those of the assessors.
    pub assessed: Option<RoundedAt>,
    /// The price as it counts.
    pub price: Option<RoundedAt>,
    /// The share of its weight that a criterion earns.
    pub share: Option<RoundedAt>,
    /// The score of a criterion.
    pub criterion: Option<RoundedAt>,
    /// The total.
    pub total: Option<RoundedAt>,
}

impl ModelSheet {
    /// The parameter of the method with this index.
    pub fn parameter(&self, index: usize) -> Option<Place> {
        self.parameters.get(index).copied()
    }

    /// Writes the parameters of the method.
    pub fn method(&mut self, book: &mut Book, method: &Method, words: Words) {
        let base_price = words.of("basisprijs (B)", "base price (B)");
        let declared: Vec<(&str, Decimal)> = match method {
            Method::Logarithmic(base) => vec![(words.of("grondtal A", "base A"), *base)],
            Method::PriceQualityRatio(constant) => vec![(words.of("constante c", "constant c"), *constant)],
            Method::ExtendedRatio(percent, _) => {
                vec![(words.of("breedte van de corridor in %", "width of the corridor in %"), *percent)]
            }
            Method::DiscountOnBase(DiscountOnBase { base, significant_percent, floor: _ }) => vec![
                (base_price, *base),
                (
                    words.of(
                        "korting die telt voor alle punten, in % van B",
                        "discount that counts for all points, in % of B",
                    ),
                    *significant_percent,
                ),
            ],
            Method::TwoSlopes(TwoSlopes { base, at_mean_percent }) => vec![
                (base_price, *base),
                (
                    words.of(
                        "wat de gemiddelde korting oplevert, in % van de weging (X)",
                        "what the mean discount earns, in % of the weight (X)",
                    ),
                    *at_mean_percent,
                ),
            ],
            Method::AbsoluteLinear
            | Method::RelativeLowest
            | Method::LinearOnLowest(_)
            | Method::LowestToHighest
            | Method::RelativeToMean(_)
            | Method::LevelPoints(_)
            | Method::QualityOnly
            | Method::RelativeQuality
            | Method::LowestPrice
            | Method::LowestCost
            | Method::FictitiousDiscount
            | Method::AwardOnValue
            | Method::QualityMarkUp
            | Method::PricePerPoint
            | Method::UtilityIndex
            | Method::Features => Vec::new(),
        };
        self.parameters = declared
            .into_iter()
            .map(|(what, number)| self.number(book, "", what, &Exact::from(number)))
            .collect();
    }

    /// Writes the decimals of each stage at which is rounded.
    pub fn rounding(&mut self, book: &mut Book, declared: &DeclaredModel, words: Words) {
        let Stages { price, share, criterion, total } = declared.model.rounding.stages();
        let assessed = declared.model.assessment.as_ref().and_then(|assessment| assessment.rounded_to);
        let mut written = |dutch, english, at: Option<Decimals>| {
            let Decimals { decimals, half } = at?;
            let half_way = match half {
                Half::Up => words.of("een half van nul af", "a half away from zero"),
                Half::Even => words.of("een half naar het even cijfer", "a half to the even digit"),
            };
            let what = format!("{}; {half_way}", words.of(dutch, english));
            let number = Exact::from(Decimal::from(decimals));
            let decimals = self.number(book, words.of("Afronding", "Rounding"), &what, &number);
            Some(RoundedAt { decimals, half })
        };
        self.rounding = RoundedStages {
            assessed: written(
                "decimalen van de score van de beoordelaars",
                "decimals of the score of the assessors",
                assessed,
            ),
            price: written("decimalen van de prijs die telt", "decimals of the price that counts", price),
            share: written(
                "decimalen van het deel van de weging",
                "decimals of the share of the weight",
                share,
            ),
            criterion: written(
                "decimalen van de score van een criterium",
                "decimals of the score of a criterion",
                criterion,
            ),
            total: written("decimalen van het totaal", "decimals of the total", total),
        };
    }
}
