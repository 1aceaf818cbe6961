//! The known defects of methods, told at design time.

use rust_decimal::Decimal;

use crate::award::commitment::{AboveMaximum, OfferScoring, Steps};
use crate::award::criterion::Content;
use crate::award::layout::{Layout, Leaf, Role};
use crate::award::model::{AwardModel, Method, Shape};
use crate::award::numeric::{NumericScoring, PointTable};
use crate::award::price_formula::{Corridor, Floor};
use crate::award::pso_level::LevelMeasure;
use crate::award::quality::{Normalisation, Scale};
use crate::award::straight_line::Outside;
use crate::explaining::finding::{Finding, FindingCode};
use trede_base::exact::Exact;

use super::criteria::visit;

pub(super) fn warn(model: &AwardModel, layout: &Layout, found: &mut Vec<Finding>) {
    let by_criterion = !layout.nodes.is_empty() || !layout.numbers.is_empty();
    if model.method.can_reverse_ranks() || by_criterion {
        found.push(Finding::new(FindingCode::RankReversal, "/method", []));
    }
    for (english, dutch) in known_defects(&model.method) {
        let details = [model.method.code().to_owned(), (*english).to_owned(), (*dutch).to_owned()];
        found.push(Finding::new(FindingCode::MethodDefect, "/method", details));
    }
    if model.method == Method::UtilityIndex && layout.quality_weight > layout.price_weight {
        let details = [layout.quality_weight.shown(), layout.price_weight.shown()];
        found.push(Finding::new(FindingCode::BracketCanBeNegative, "/criteria", details));
    }
    if by_price_alone(&model.method) && model.motivation.is_none() {
        found.push(Finding::new(FindingCode::NoMotivation, "/motivation", []));
    }
    level_twice(layout, found);
    for leaf in layout.leaves.iter().filter(|leaf| leaf.role != Role::Discount) {
        out_of_reach(leaf, found);
    }
    visit(&model.criteria, "/criteria", &mut |criterion, place| match &criterion.content {
        Content::AssessedQuality(scale) if !model.method.values_in_euros() && !criterion.is_discount() => {
            if let Some((lowest, highest)) = uneven(scale) {
                let details = [criterion.id.clone(), lowest, highest];
                found.push(Finding::new(FindingCode::UnequalScales, format!("{place}/scale"), details));
            }
        }
        content if content.is_price() => {
            if let Some(corridor) = content.corridor() {
                clipped(corridor, found);
            }
        }
        Content::Commitment(terms) if terms.above_maximum == AboveMaximum::Clip => {
            let place = format!("{place}/commitment/aboveMaximum");
            found.push(Finding::new(FindingCode::MoreIsWorthless, place, [terms.maximum.to_string()]));
        }
        _ => {}
    });
}

fn level_twice(layout: &Layout, found: &mut Vec<Finding>) {
    let scored = layout.leaves.iter().filter(|leaf| matches!(leaf.content, Content::PsoLevel(_)));
    let ids: Vec<&str> = scored.map(|leaf| leaf.id.as_str()).collect();
    if ids.len() > 1 {
        found.push(Finding::new(FindingCode::LevelCountedTwice, "/criteria", [ids.join(", ")]));
    }
}

/// A table whose highest row earns less than the weight makes that weight mean less than it says.
fn out_of_reach(leaf: &Leaf, found: &mut Vec<Finding>) {
    let most_of = |steps: &Steps| steps.0.iter().map(|(_, percent)| *percent).max().map(Exact::from);
    let most_points = |table: &PointTable| {
        let most = table.0.iter().map(|(_, points)| *points).max().map(Exact::from)?;
        most.times(&Exact::HUNDRED).over(&leaf.full)
    };
    let percent = match &leaf.content {
        Content::PsoLevel(table) => {
            let most = table.values.iter().max().copied().map(Exact::from).unwrap_or_default();
            match &table.measure {
                LevelMeasure::Points => most.times(&Exact::HUNDRED).over(&leaf.full),
                LevelMeasure::Score(line) => Some(line.share(&most).times(&Exact::HUNDRED)),
                _ => None,
            }
        }
        Content::Commitment(terms) => match &terms.scoring {
            OfferScoring::Steps(steps) => most_of(steps),
            OfferScoring::Points(table) => most_points(table),
            OfferScoring::Line(_) => None,
        },
        Content::Numeric(NumericScoring::Steps(steps)) => most_of(steps),
        Content::Numeric(NumericScoring::Points(table) | NumericScoring::Interpolated { table, .. }) => {
            most_points(table)
        }
        _ => None,
    };
    if let Some(percent) = percent.filter(|percent| *percent < Exact::HUNDRED) {
        let details = [leaf.id.clone(), percent.rounded(1, trede_base::exact::Half::Up).shown()];
        found.push(Finding::new(FindingCode::WeightOutOfReach, leaf.place.clone(), details));
    }
}

fn clipped(corridor: &Corridor, found: &mut Vec<Finding>) {
    if corridor.below == Outside::Clip {
        let details = [corridor.line.full().to_string()];
        found.push(Finding::new(
            FindingCode::CorridorClipsBelow,
            format!("{}/below", corridor.place),
            details,
        ));
    }
    if corridor.above == Outside::Clip {
        let details = [corridor.line.zero().to_string()];
        found.push(Finding::new(
            FindingCode::CorridorClipsAbove,
            format!("{}/above", corridor.place),
            details,
        ));
    }
}

/// The percentages of the weight that a scale can earn, when these are not 0 to 100.
fn uneven(scale: &Scale) -> Option<(String, String)> {
    let line = scale.line()?;
    let scores = || scale.marks.iter().map(|(_, score)| *score);
    let lowest = scores().min().unwrap_or(scale.lowest);
    let highest = scores().max().unwrap_or(scale.highest);
    let percent = |score: Decimal| {
        line.share(&Exact::from(score)).times(&Exact::HUNDRED).rounded(1, trede_base::exact::Half::Up)
    };
    let (from, to) = (percent(lowest), percent(highest));
    let even = from.is_zero() && to == Exact::HUNDRED;
    (!even && scale.normalisation == Normalisation::ShareOfHighest || to != Exact::HUNDRED)
        .then(|| (from.shown(), to.shown()))
}

/// Whether the award asks for a motivation (Aw 2012 art. 2.114): on price or cost, with nothing that speaks for quality.
fn by_price_alone(method: &Method) -> bool {
    method.shape() == Shape::PlainPrice && *method != Method::FictitiousDiscount
}

/// In English and in Dutch, from the literature on each method.
fn known_defects(method: &Method) -> &'static [(&'static str, &'static str)] {
    match method {
        Method::RelativeLowest => &[
            (
                "the score is hyperbolic: a euro counts less the dearer a bid is",
                "de score is hyperbolisch: een euro telt minder naarmate een inschrijving duurder is",
            ),
            (
                "a price near zero, or a support bid, decides the scores of all others",
                "een prijs dicht bij nul, of een steuninschrijving, bepaalt de scores van alle andere",
            ),
        ],
        Method::LinearOnLowest(Floor::None) | Method::LevelPoints(Floor::None) => &[(
            "points become negative above twice the lowest price",
            "punten worden negatief boven tweemaal de laagste prijs",
        )],
        Method::LinearOnLowest(Floor::Zero) => &[(
            "a price near zero leaves all others without price points",
            "een prijs dicht bij nul laat alle andere zonder prijspunten",
        )],
        Method::LevelPoints(Floor::Zero) => &[
            (
                "a price near zero leaves all others without price points",
                "een prijs dicht bij nul laat alle andere zonder prijspunten",
            ),
            (
                "points for a level are not earned on the contract itself",
                "punten voor een trede worden niet op de opdracht zelf verdiend",
            ),
        ],
        Method::LowestToHighest => &[(
            "one outlier compresses all other scores; with two bids one scores all and the other nothing",
            "één uitschieter drukt alle andere scores samen; bij twee inschrijvingen scoort de ene alles en de andere niets",
        )],
        Method::Logarithmic(_) => &[(
            "hard to explain; points are negative beyond A times the lowest price",
            "moeilijk uit te leggen; punten zijn negatief boven A maal de laagste prijs",
        )],
        Method::FictitiousDiscount => &[(
            "a percentage is worth more euros to a dear bid; the level must be held during the contract",
            "een percentage is voor een dure inschrijving meer euro's waard; de trede moet tijdens de opdracht behouden blijven",
        )],
        Method::AwardOnValue => &[(
            "the values in euros are often set by feel",
            "de waarden in euro's worden vaak op gevoel bepaald",
        )],
        Method::QualityMarkUp => &[(
            "the mark-up depends on the weights only, not on what quality is worth",
            "de opslag hangt alleen van de wegingen af, niet van wat kwaliteit waard is",
        )],
        Method::PriceQualityRatio(_) | Method::ExtendedRatio(..) | Method::PricePerPoint => &[(
            "price and quality always count equally; cheap poor bids win; weights between them cannot be expressed",
            "prijs en kwaliteit tellen altijd even zwaar; goedkope slechte inschrijvingen winnen; wegingen daartussen zijn niet uit te drukken",
        )],
        Method::UtilityIndex => &[(
            "the index depends on the best quality and the best price together",
            "de index hangt af van de beste kwaliteit en de beste prijs samen",
        )],
        Method::RelativeQuality => &[(
            "a second source of rank reversal; the weight of quality is silently raised",
            "een tweede bron van rangwisseling; de weging van kwaliteit wordt stilzwijgend verhoogd",
        )],
        Method::DiscountOnBase(_) => &[(
            "one very high discount lowers the points of all others; where nobody reaches the significant discount nobody gets all points",
            "één zeer hoge korting verlaagt de punten van alle andere; waar niemand de significante korting haalt krijgt niemand alle punten",
        )],
        Method::TwoSlopes(_) => &[(
            "a discount above the mean earns little more, and every bid moves the mean: support bids decide",
            "een korting boven het gemiddelde verdient weinig extra, en elke inschrijving verschuift het gemiddelde: steuninschrijvingen beslissen",
        )],
        Method::RelativeToMean(_) => &[(
            "every bid moves the mean, so a dear support bid raises the points of all others",
            "elke inschrijving verschuift het gemiddelde, zodat een dure steuninschrijving de punten van alle andere verhoogt",
        )],
        Method::AbsoluteLinear
        | Method::QualityOnly
        | Method::LowestPrice
        | Method::LowestCost
        | Method::Features => &[],
    }
}
