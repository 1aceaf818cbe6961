//! The words of the tables of a contribution, in two languages.

use trede_rules::explaining::Language;
use trede_wire::pso_result::{LeftOutCode, NotCountedCode};

/// Words and short phrases.
pub(super) struct PsoWords {
    pub title: &'static str,
    pub size: &'static str,
    pub weighted_fte: &'static str,
    pub direct: &'static str,
    pub purchased_fte: &'static str,
    pub indirect: &'static str,
    pub counted_indirect: &'static str,
    pub total: &'static str,
    pub direct_share: &'static str,
    pub level_reached: &'static str,
    pub level_unknown: &'static str,
    pub level_none: &'static str,
    pub no_norm_for: &'static str,
    pub level: &'static str,
    pub norm: &'static str,
    pub interpolated: &'static str,
    pub reached: &'static str,
    pub yes: &'static str,
    pub no: &'static str,
    pub short: &'static str,
    pub fte_more: &'static str,
    pub euros_more: &'static str,
    pub direct_too_low: &'static str,
    pub at_supplier: &'static str,
    pub above_turnover: &'static str,
    pub routes: &'static str,
    pub thirty_plus: &'static str,
    pub of_workers: &'static str,
    pub enough: &'static str,
    pub not_enough: &'static str,
    pub not_on_highest: &'static str,
    pub left_out: &'static str,
    pub purchases: &'static str,
    pub order: &'static str,
    pub supplier: &'static str,
    pub value: &'static str,
    pub alternatives: &'static str,
    pub instead_of: &'static str,
    pub chain: &'static str,
    pub first_link: &'static str,
    pub second_link: &'static str,
    pub missing: &'static str,
    pub about: &'static str,
    pub norms: &'static str,
    pub weights: &'static str,
    pub given: &'static str,
    pub code: &'static str,
    pub name: &'static str,
    pub weight: &'static str,
    pub calculation: &'static str,
}

impl PsoWords {
    pub fn of(language: Language) -> &'static PsoWords {
        match language {
            Language::Dutch => &DUTCH,
            Language::English => &ENGLISH,
        }
    }
}

/// Why a purchase does not count.
pub(super) fn left_out(reason: LeftOutCode, language: Language) -> &'static str {
    let (dutch, english) = match reason {
        LeftOutCode::AlreadyDirect => ("telt al als direct", "counts as direct already"),
        LeftOutCode::DoesNotQualify => ("leverancier telt niet", "supplier does not qualify"),
        LeftOutCode::DataMissing => ("gegevens ontbreken", "data missing"),
    };
    in_language(language, dutch, english)
}

/// Why somebody does not count for PSO 30+.
pub(super) fn not_counted(reason: NotCountedCode, language: Language) -> &'static str {
    let (dutch, english) = match reason {
        NotCountedCode::Placement => ("leerwerkplek", "on a placement"),
        NotCountedCode::Unpublished => {
            ("niet gepubliceerd of de positie telt", "not published whether the position counts")
        }
        NotCountedCode::NotOnPayroll => ("niet op de eigen loonlijst", "not on the own payroll"),
        NotCountedCode::NoMonth => ("geen maand die telt", "no month that counts"),
    };
    in_language(language, dutch, english)
}

fn in_language(language: Language, dutch: &'static str, english: &'static str) -> &'static str {
    match language {
        Language::Dutch => dutch,
        Language::English => english,
    }
}

static DUTCH: PsoWords = PsoWords {
    title: "Sociale bijdrage",
    size: "Omvang in fte",
    weighted_fte: "Gewogen fte van de doelgroep",
    direct: "Directe bijdrage (%)",
    purchased_fte: "Ingekochte fte (F)",
    indirect: "Indirecte bijdrage (%)",
    counted_indirect: "Indirect dat telt (%)",
    total: "Totale bijdrage (%)",
    direct_share: "Deel dat direct is (%)",
    level_reached: "De bijdrage haalt de norm van",
    level_unknown: "Trede onbekend: de bijdrage ligt onder de eerste norm.",
    level_none: "De bijdrage ligt onder de norm van de laagste trede.",
    no_norm_for: "Geen norm gepubliceerd voor",
    level: "Trede",
    norm: "Norm (%)",
    interpolated: "geïnterpoleerd",
    reached: "Gehaald",
    yes: "ja",
    no: "nee",
    short: "Tekort (%-punt)",
    fte_more: "Nodig: gewogen fte",
    euros_more: "Of: inkoop",
    direct_too_low: "directe bijdrage te laag",
    at_supplier: "bij",
    above_turnover: "meer dan de omzet toelaat",
    routes: "Elke weg op zich: fte van de doelgroep bij gelijke totale fte, of inkoop bij de genoemde leverancier bij gelijke directe bijdrage.",
    thirty_plus: "PSO 30+",
    of_workers: "% van de werknemers telt",
    enough: "minstens 30 %",
    not_enough: "minder dan 30 %",
    not_on_highest: "maar 30+ wordt alleen gelezen boven op de hoogste trede, en die is niet gehaald",
    left_out: "telt niet",
    purchases: "Inkoop",
    order: "Opdracht",
    supplier: "Leverancier",
    value: "Waarde",
    alternatives: "Een andere leverancier",
    instead_of: "in plaats van",
    chain: "Keten",
    first_link: "Eerste schakel, telt in de eigen bijdrage: fte",
    second_link: "Tweede schakel, telt niet in de eigen bijdrage: fte",
    missing: "Ontbreekt",
    about: "Betreft",
    norms: "Normen",
    weights: "Wegingen",
    given: "zelf opgegeven",
    code: "Code",
    name: "Naam",
    weight: "Weging",
    calculation: "Berekening van de bijdrage",
};

static ENGLISH: PsoWords = PsoWords {
    title: "Social contribution",
    size: "Size in fte",
    weighted_fte: "Weighted fte of the target group",
    direct: "Direct contribution (%)",
    purchased_fte: "Purchased fte (F)",
    indirect: "Indirect contribution (%)",
    counted_indirect: "Indirect that counts (%)",
    total: "Total contribution (%)",
    direct_share: "Share that is direct (%)",
    level_reached: "The contribution reaches the norm of",
    level_unknown: "Level unknown: the contribution is below the first norm.",
    level_none: "The contribution is below the norm of the lowest level.",
    no_norm_for: "No norm published for",
    level: "Level",
    norm: "Norm (%)",
    interpolated: "interpolated",
    reached: "Reached",
    yes: "yes",
    no: "no",
    short: "Short (% points)",
    fte_more: "Needed: weighted fte",
    euros_more: "Or: purchases",
    direct_too_low: "direct contribution too low",
    at_supplier: "from",
    above_turnover: "more than the turnover leaves",
    routes: "Each route on its own: fte of the target group with the total fte unchanged, or purchases from the supplier named with the direct contribution unchanged.",
    thirty_plus: "PSO 30+",
    of_workers: "% of the workers counts",
    enough: "at least 30 %",
    not_enough: "less than 30 %",
    not_on_highest: "but 30+ is only read on top of the highest level, which is not reached",
    left_out: "not counted",
    purchases: "Purchases",
    order: "Order",
    supplier: "Supplier",
    value: "Value",
    alternatives: "Another supplier",
    instead_of: "instead of",
    chain: "Chain",
    first_link: "First link, counts in the own contribution: fte",
    second_link: "Second link, does not count in the own contribution: fte",
    missing: "Missing",
    about: "About",
    norms: "Norms",
    weights: "Weights",
    given: "given in the file",
    code: "Code",
    name: "Name",
    weight: "Weight",
    calculation: "Calculation of the contribution",
};
