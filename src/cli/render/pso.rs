//! A contribution as text: the figures, the level, how far the next ones are, and why.

use super::pso_words::{PsoWords, left_out, not_counted};
use super::words::Words;
use super::{Page, Style};
use trede_wire::pso_result::{
    ContributionStepResult, CountedPurchaseResult, DistanceResult, LevelStatus, NormResult, NormSourceCode,
    PsoResult, QuantityResult, SupplierRouteResult, WeightResult,
};
use trede_wire::score_result::{FindingResult, LanguageCode};

/// The result as tables with the reasons under them.
#[must_use]
pub fn tables(result: &PsoResult, language: LanguageCode, style: Style) -> String {
    let mut page =
        Page { words: Words::of(language.into()), language: language.into(), style, text: String::new() };
    let words = PsoWords::of(language.into());
    let name = result.organisation.name.as_ref();
    page.heading(1, &name.map_or(words.title.to_owned(), |name| format!("{}: {name}", words.title)));
    page.line(&result.notice);
    page.line("");
    figures(&mut page, words, result);
    level(&mut page, words, result);
    norms(&mut page, words, result);
    thirty_plus(&mut page, words, result);
    weights(&mut page, words, result);
    purchases(&mut page, words, result);
    alternatives(&mut page, words, result);
    chain(&mut page, words, result);
    explanation(&mut page, words, result);
    findings(&mut page, words.missing, &result.missing);
    let warnings = page.words.warnings;
    findings(&mut page, warnings, &result.warnings);
    footer(&mut page, words, result);
    page.text
}

fn rounded(page: &Page, quantity: &QuantityResult) -> String {
    page.language.localised(&quantity.rounded)
}

fn figures(page: &mut Page, words: &PsoWords, result: &PsoResult) {
    let size = result.organisation.total_fte.0.normalize().to_string();
    let mut rows = vec![(words.size, page.language.localised(&size))];
    for (name, quantity) in [
        (words.weighted_fte, &result.weighted_fte),
        (words.direct, &result.direct),
        (words.purchased_fte, &result.purchased_fte),
        (words.indirect, &result.indirect),
        (words.counted_indirect, &result.counted_indirect),
        (words.total, &result.total),
    ] {
        rows.push((name, rounded(page, quantity)));
    }
    rows.extend(result.direct_share.iter().map(|share| (words.direct_share, rounded(page, share))));
    let rows: Vec<Vec<String>> =
        rows.into_iter().map(|(name, number)| vec![name.to_owned(), number]).collect();
    page.table(1, &[words.title.to_owned(), page.words.result.to_owned()], &rows);
}

fn level(page: &mut Page, words: &PsoWords, result: &PsoResult) {
    let reached = &result.level;
    let text = match reached.status {
        LevelStatus::Reached => {
            format!("{} {}", words.level_reached, reached.name.as_deref().unwrap_or_default())
        }
        LevelStatus::Unknown => {
            format!(
                "{} {}: {}",
                words.level_unknown,
                words.no_norm_for,
                reached.levels_without_norm.join(", ")
            )
        }
        LevelStatus::None => words.level_none.to_owned(),
    };
    page.paragraph(&text);
    page.line("");
}

fn norms(page: &mut Page, words: &PsoWords, result: &PsoResult) {
    let header = [words.level, words.norm, words.reached, words.short, words.fte_more, words.euros_more];
    let row = |norm: &NormResult| {
        let interpolated = norm.norm_source == NormSourceCode::Interpolated;
        let source = if interpolated { format!(" ({})", words.interpolated) } else { String::new() };
        let distance = norm.distance.as_ref();
        vec![
            norm.name.clone(),
            rounded(page, &norm.norm) + &source,
            if norm.reached { words.yes } else { words.no }.to_owned(),
            distance.map(|distance| page.number(&distance.percent_points.exact)).unwrap_or_default(),
            distance.map(|distance| page.number(&distance.direct.weighted_fte.exact)).unwrap_or_default(),
            distance.map(|distance| purchases_needed(page, words, distance)).unwrap_or_default(),
        ]
    };
    let rows: Vec<Vec<String>> = result.norms.levels.iter().map(row).collect();
    page.table(1, &header.map(str::to_owned), &rows);
    if result.norms.levels.iter().any(|norm| !norm.reached) {
        page.line(words.routes);
    }
}

fn purchases_needed(page: &Page, words: &PsoWords, distance: &DistanceResult) -> String {
    if !distance.purchasing.possible {
        return words.direct_too_low.to_owned();
    }
    let route = |route: &SupplierRouteResult| {
        let euros = route.euros.as_ref().map_or_else(|| "–".to_owned(), |euros| page.euros(euros));
        let note = if route.above_turnover { format!(" ({})", words.above_turnover) } else { String::new() };
        format!("{euros} {} {}{note}", words.at_supplier, route.supplier)
    };
    let routes: Vec<String> = distance.purchasing.suppliers.iter().map(route).collect();
    if routes.is_empty() { "–".to_owned() } else { routes.join("; ") }
}

fn thirty_plus(page: &mut Page, words: &PsoWords, result: &PsoResult) {
    let Some(found) = &result.thirty_plus else { return };
    let enough = if found.enough { words.enough } else { words.not_enough };
    let share = rounded(page, &found.share);
    let mut text = format!("{}: {share} {}, {enough}", words.thirty_plus, words.of_workers);
    if found.enough && !found.on_highest_level {
        text.push_str(&format!(", {}", words.not_on_highest));
    }
    page.paragraph(&text);
    for reason in &found.left_out {
        let why = not_counted(reason.reason, page.language);
        page.bullet(&format!("{}: {} ({why})", words.left_out, reason.people));
    }
}

fn weights(page: &mut Page, words: &PsoWords, result: &PsoResult) {
    let weights = &result.weights;
    if weights.positions.is_empty() {
        return;
    }
    page.paragraph(words.weights);
    let header = [words.code, words.name, words.weight].map(str::to_owned);
    let row = |known: &WeightResult| {
        let weight = known.weight.as_ref().map(|weight| page.language.localised(weight));
        vec![known.code.clone(), known.name.clone(), weight.unwrap_or_else(|| words.missing.to_lowercase())]
    };
    let rows: Vec<Vec<String>> = weights.positions.iter().chain(&weights.contracts).map(row).collect();
    page.table(2, &header, &rows);
}

fn purchases(page: &mut Page, words: &PsoWords, result: &PsoResult) {
    if result.purchases.is_empty() {
        return;
    }
    page.paragraph(words.purchases);
    let header = [words.order, words.supplier, words.value, words.purchased_fte].map(str::to_owned);
    let row = |purchase: &CountedPurchaseResult| {
        let fte = match (&purchase.purchased_fte, purchase.left_out) {
            (Some(fte), _) => rounded(page, fte),
            (None, Some(reason)) => left_out(reason, page.language).to_owned(),
            (None, None) => String::new(),
        };
        vec![purchase.order.clone(), purchase.supplier.clone(), page.euros(&purchase.value), fte]
    };
    let rows: Vec<Vec<String>> = result.purchases.iter().map(row).collect();
    page.table(2, &header, &rows);
}

fn alternatives(page: &mut Page, words: &PsoWords, result: &PsoResult) {
    if result.alternatives.is_empty() {
        return;
    }
    page.paragraph(words.alternatives);
    for found in &result.alternatives {
        let level = found.level.name.as_deref().unwrap_or("–");
        let difference = page.number(&found.difference.exact);
        let sign = if difference.starts_with('−') || found.difference.exact == "0" { "" } else { "+" };
        let reason = found.left_out.map(|reason| format!(", {}", left_out(reason, page.language)));
        page.bullet(&format!(
            "{}: {} {} {}: {} {} ({sign}{difference}), {level}{}",
            found.order,
            found.to,
            words.instead_of,
            found.from,
            words.total,
            rounded(page, &found.total),
            reason.unwrap_or_default()
        ));
    }
}

fn chain(page: &mut Page, words: &PsoWords, result: &PsoResult) {
    let Some(chain) = &result.chain else { return };
    page.paragraph(words.chain);
    for (name, fte) in
        [(words.first_link, &chain.first_link_fte), (words.second_link, &chain.second_link_fte)]
    {
        let fte = rounded(page, fte);
        page.bullet(&format!("{name} {fte}"));
    }
}

fn explanation(page: &mut Page, words: &PsoWords, result: &PsoResult) {
    let Some(steps) = &result.explanation else { return };
    page.heading(2, words.calculation);
    let shared = page.words;
    let header = [words.about, shared.rule, shared.calculation, shared.result, shared.source];
    let row = |step: &ContributionStepResult| {
        let shown = match &step.fraction {
            Some(fraction) => format!("{} ({fraction})", page.number(&step.result)),
            None => page.language.localised(&step.result),
        };
        let calculation = format!("{} = {}", step.formula, step.calculation);
        let about = step.about.clone().unwrap_or_default();
        vec![about, step.name.clone(), calculation, shown, step.source.clone()]
    };
    let rows: Vec<Vec<String>> = steps.iter().map(row).collect();
    page.table(header.len(), &header.map(str::to_owned), &rows);
}

fn findings(page: &mut Page, heading: &str, findings: &[FindingResult]) {
    if findings.is_empty() {
        return;
    }
    page.paragraph(heading);
    for finding in findings {
        page.bullet(&format!("{} [{}] → {}", finding.detail, finding.code, finding.remedy));
    }
}

fn footer(page: &mut Page, words: &PsoWords, result: &PsoResult) {
    let given = &result.weights.given;
    let given =
        if given.is_empty() { String::new() } else { format!(" ({}: {})", words.given, given.join(", ")) };
    page.paragraph(&format!(
        "{}: {}; {}: {}{given} · SHA-256 {} {}",
        words.norms,
        result.norms.version,
        words.weights,
        result.weights.version,
        page.words.of_input,
        result.input_fingerprint
    ));
}
