//! One lot as text: the ranking, and why.

use super::{Page, analysis};
use trede_wire::score_result::{BestTotal, BidResult, LotResult, LotStatus, StepResult};

pub(super) fn write(page: &mut Page, lot: &LotResult) {
    let title = lot.title.as_ref().map(|title| format!(": {title}")).unwrap_or_default();
    let heading = format!("{} {}{title}", page.words.lot, lot.id);
    page.heading(2, &heading);
    let best = match lot.best_total {
        BestTotal::Highest => page.words.highest_wins,
        BestTotal::Lowest => page.words.lowest_wins,
    };
    page.line(&format!("{}: {} ({best})", page.words.method, lot.method));
    page.line("");
    ranking(page, lot);
    verdict(page, lot);
    excluded(page, lot);
    ties(page, lot);
    flags(page, lot);
    for bid in &lot.ranking {
        explanation(page, bid);
    }
    if let Some(found) = &lot.analysis {
        analysis::write(page, lot, found);
    }
    warnings(page, lot);
}

/// The name of a bid: its identifier, and who made it.
pub(super) fn name(id: &str, bidder: Option<&str>) -> String {
    bidder.map_or_else(|| id.to_owned(), |bidder| format!("{id} {bidder}"))
}

fn ranking(page: &mut Page, lot: &LotResult) {
    let Some(first) = lot.ranking.first() else { return };
    let words = page.words;
    let has_price = lot.ranking.iter().any(|bid| bid.price.is_some());
    let has_level = lot.ranking.iter().any(|bid| bid.level.is_some());
    let has_factor = lot.ranking.iter().any(|bid| bid.award_factor.is_some());
    let in_euros = lot.best_total == BestTotal::Lowest;
    let mut header = vec![words.rank.to_owned(), words.bid.to_owned()];
    header.extend(has_level.then(|| words.level.to_owned()));
    let left = header.len();
    header.extend(has_price.then(|| words.price.to_owned()));
    header.extend(
        first
            .criteria
            .iter()
            .filter(|c| c.full.is_some())
            .map(|score| score.title.as_ref().unwrap_or(&score.id).clone()),
    );
    header.push(if in_euros { words.evaluated_total } else { words.total }.to_owned());
    if has_factor {
        header.extend([words.award_factor.to_owned(), words.worth.to_owned()]);
    }
    let row = |bid: &BidResult| {
        let mut row = vec![bid.rank.to_string(), name(&bid.id, bid.bidder.as_deref())];
        let level = |level: &str| if level == "none" { words.no_level.to_owned() } else { level.to_owned() };
        row.extend(has_level.then(|| bid.level.as_deref().map(level).unwrap_or_default()));
        row.extend(has_price.then(|| bid.price.as_ref().map(|price| page.euros(price)).unwrap_or_default()));
        row.extend(
            bid.criteria.iter().filter(|c| c.full.is_some()).map(|score| page.number(&score.declared)),
        );
        row.push(page.number(&bid.total.declared));
        if has_factor {
            let factor = bid.award_factor.as_ref().map(|factor| &factor.together);
            let points = factor.and_then(|factor| factor.points.as_ref());
            row.push(points.map(|points| page.number(points)).unwrap_or_else(|| "–".to_owned()));
            let euros = factor.and_then(|factor| factor.euros.as_ref());
            row.push(euros.map(|euros| page.euros(euros)).unwrap_or_else(|| "–".to_owned()));
        }
        row
    };
    let rows: Vec<Vec<String>> = lot.ranking.iter().map(row).collect();
    page.table(left, &header, &rows);
}

fn verdict(page: &mut Page, lot: &LotResult) {
    let named = |id: &String| {
        let bid = lot.ranking.iter().find(|bid| bid.id == *id);
        name(id, bid.and_then(|bid| bid.bidder.as_deref()))
    };
    let all = |ids: &[String]| ids.iter().map(named).collect::<Vec<_>>().join(", ");
    if let Some(chosen) = &lot.winners {
        let told = [
            (page.words.winners, &chosen.bids),
            (page.words.reserves, &chosen.reserves),
            (page.words.tie_open, &chosen.waiting),
        ];
        for (what, ids) in told.iter().filter(|(_, ids)| !ids.is_empty()) {
            page.paragraph(&format!("{what}: {}", all(ids)));
        }
        return;
    }
    let text = match lot.status {
        LotStatus::Decided => format!("{}: {}", page.words.winner, all(&lot.first)),
        LotStatus::TieOpen => format!("{}: {}", page.words.tie_open, all(&lot.first)),
        LotStatus::NoBidLeft => page.words.no_bid_left.to_owned(),
    };
    page.paragraph(&text);
}

fn excluded(page: &mut Page, lot: &LotResult) {
    if lot.excluded.is_empty() {
        return;
    }
    page.paragraph(page.words.excluded);
    for bid in &lot.excluded {
        let reasons: Vec<&str> = bid.reasons.iter().map(|reason| reason.detail.as_str()).collect();
        page.bullet(&format!("{}: {}", name(&bid.id, bid.bidder.as_deref()), reasons.join("; ")));
    }
}

fn ties(page: &mut Page, lot: &LotResult) {
    if lot.ties.is_empty() {
        return;
    }
    page.paragraph(page.words.ties);
    for tie in &lot.ties {
        let mut text = tie.bids.join(" = ");
        if let Some(step) = &tie.decided_by {
            text.push_str(&format!(": {} {}", page.words.decided_by, page.words.tie_step(step)));
        }
        if !tie.open.is_empty() {
            text.push_str(&format!(": {} {}", tie.open.join(", "), page.words.waits_for_lot));
        }
        page.bullet(&text);
    }
}

fn flags(page: &mut Page, lot: &LotResult) {
    if lot.abnormally_low.is_empty() {
        return;
    }
    page.paragraph(page.words.abnormally_low);
    for flag in &lot.abnormally_low {
        let (price, against) = (page.euros(&flag.price), page.euros(&flag.against));
        page.bullet(&format!(
            "{}: {price} {} {against} ({} {})",
            flag.id, page.words.against, flag.rule, flag.bound
        ));
    }
}

fn explanation(page: &mut Page, bid: &BidResult) {
    let Some(steps) = &bid.explanation else { return };
    let words = page.words;
    let heading = format!("{} {}", words.explanation, name(&bid.id, bid.bidder.as_deref()));
    page.heading(3, &heading);
    let header =
        [words.criterion, words.rule, words.calculation, words.result, words.source].map(str::to_owned);
    let row = |step: &StepResult| {
        let result = match &step.fraction {
            Some(fraction) => format!("{} ({fraction})", page.number(&step.result)),
            None => page.language.localised(&step.result),
        };
        let calculation = format!("{} = {}", step.formula, step.calculation);
        vec![
            step.criterion.clone().unwrap_or_default(),
            step.name.clone(),
            calculation,
            result,
            step.source.clone(),
        ]
    };
    let rows: Vec<Vec<String>> = steps.iter().map(row).collect();
    page.table(header.len(), &header, &rows);
}

fn warnings(page: &mut Page, lot: &LotResult) {
    if lot.warnings.is_empty() {
        return;
    }
    page.paragraph(page.words.warnings);
    for warning in &lot.warnings {
        page.bullet(&format!("{} [{}] → {}", warning.detail, warning.code, warning.remedy));
    }
}
