//! The analyses as text.

use super::Page;
use trede_wire::score_result::{
    AnalysisResult, BestTotal, IntervalResult, LotResult, MarginResult, VariedKind,
};

pub(super) fn write(page: &mut Page, lot: &LotResult, analysis: &AnalysisResult) {
    drop_outs(page, lot, analysis);
    stability(page, analysis);
    margins(page, analysis);
    level_worth(page, lot, analysis);
}

fn drop_outs(page: &mut Page, lot: &LotResult, analysis: &AnalysisResult) {
    if analysis.drop_outs.is_empty() {
        return;
    }
    page.paragraph(page.words.drop_outs);
    for effect in &analysis.drop_outs {
        if effect.reverses || lot.first.contains(&effect.without) {
            let first =
                if effect.first.is_empty() { page.words.nobody.to_owned() } else { effect.first.join(" = ") };
            let note = if effect.reverses { format!(" — {}", page.words.reversal) } else { String::new() };
            page.bullet(&format!(
                "{} {}: {} {first}{note}",
                page.words.without, effect.without, page.words.wins
            ));
        }
    }
    if analysis.drop_outs.iter().all(|effect| !effect.reverses) {
        page.bullet(page.words.stable);
    }
}

fn stability(page: &mut Page, analysis: &AnalysisResult) {
    if analysis.stability.is_empty() {
        return;
    }
    page.paragraph(page.words.stability);
    for found in &analysis.stability {
        let in_euros = found.varied == VariedKind::Value;
        let shown = |number: &str| if in_euros { page.euros(number) } else { page.number(number) };
        let interval = |interval: &IntervalResult| match &interval.to {
            Some(to) => format!("{} {} {}", shown(&interval.from), page.words.to, shown(to)),
            None => format!("{} {}", shown(&interval.from), page.words.and_up),
        };
        let intervals: Vec<String> = found.intervals.iter().map(interval).collect();
        let intervals = if intervals.is_empty() { page.words.never.to_owned() } else { intervals.join("; ") };
        let of = found
            .level
            .as_ref()
            .map_or(found.criterion.clone(), |level| format!("{} ({level})", found.criterion));
        let declared = shown(&found.declared);
        page.bullet(&format!(
            "{of}: {} {declared}, {} {intervals}",
            page.words.declared, page.words.winner_stays
        ));
    }
}

fn margins(page: &mut Page, analysis: &AnalysisResult) {
    if analysis.margins.is_empty() {
        return;
    }
    page.paragraph(page.words.margins);
    for margin in &analysis.margins {
        let text = margin_text(page, margin);
        page.bullet(&text);
    }
}

fn margin_text(page: &Page, margin: &MarginResult) -> String {
    let words = page.words;
    let mut ways: Vec<String> = Vec::new();
    ways.extend(margin.behind.as_ref().map(|behind| format!("{} {}", words.behind, page.number(behind))));
    ways.extend(
        margin.points.as_ref().map(|points| format!("{} {}", words.more_points, page.number(points))),
    );
    if let (Some(price), Some(reduction)) = (&margin.price, &margin.price_reduction) {
        ways.push(format!("{} {} (−{})", words.price_at_most, page.euros(price), page.euros(reduction)));
    }
    for score in &margin.scores {
        ways.push(format!("{} {} {}", score.criterion, words.offer_from, page.number(&score.score)));
    }
    ways.extend(margin.level.as_ref().map(|level| format!("{} {level}", words.level_from)));
    for commitment in &margin.commitments {
        let offer = commitment.offer.as_ref();
        ways.extend(
            offer
                .map(|offer| format!("{} {} {}", commitment.criterion, words.offer_from, page.number(offer))),
        );
    }
    format!("{}: {}", margin.id, ways.join("; "))
}

fn level_worth(page: &mut Page, lot: &LotResult, analysis: &AnalysisResult) {
    if analysis.level_worth.is_empty() {
        return;
    }
    page.paragraph(page.words.level_worth);
    for worth in &analysis.level_worth {
        let level = if worth.level == "none" { page.words.no_level } else { &worth.level };
        let no_price = || page.words.no_price.to_owned();
        let euros = worth.euros.as_ref().map_or_else(no_price, |euros| page.euros(euros));
        // Where the lowest total wins, what a level adds is in euros itself.
        let points = match lot.best_total {
            BestTotal::Highest => format!("{} {}, ", page.number(&worth.points), page.words.points),
            BestTotal::Lowest => String::new(),
        };
        page.bullet(&format!("{level}: {points}{euros}"));
    }
}
