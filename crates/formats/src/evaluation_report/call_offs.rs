//! What the report tells of orders under a framework agreement: to whom each went, how, and who declined it.

use rust_decimal::Decimal;

use super::EvaluationReport;
use super::dutch::{bidder, day, euros};
use crate::dossier::{CallOffOrder, CallOffWay, Fact};

/// The orders by number; none where nothing was ordered.
pub(super) fn lines(report: &EvaluationReport) -> Vec<String> {
    let orders = report.dossier.iter().filter_map(|entry| match &entry.fact {
        Fact::CallOffPlaced(order) => Some(order),
        _ => None,
    });
    let mut orders: Vec<&CallOffOrder> = orders.collect();
    orders.sort_by_key(|order| order.number);
    orders.into_iter().map(|order| line(report, order)).collect()
}

fn line(report: &EvaluationReport, order: &CallOffOrder) -> String {
    let how = match order.by {
        CallOffWay::Ranking => "op volgorde van de rangorde",
        CallOffWay::Rotation => "bij rotatie",
        CallOffWay::MiniCompetition => "na een minicompetitie",
    };
    let who = |bid: &trede_model::bidding::bid::BidId| bidder(report, &bid.to_string());
    let declined: String = order
        .declined
        .iter()
        .map(|decline| format!("; geweigerd door {}: {}", who(&decline.bid_id), decline.reason))
        .collect();
    let deviation = order.deviation.as_ref().map_or_else(String::new, |reason| {
        let whose = order.turn_bid_id.as_ref().map_or_else(|| "niemand".to_owned(), who);
        format!("; aan de beurt was {whose}, hiervan is afgeweken: {reason}")
    });
    format!(
        "{} ({}), {}, {} zonder btw, aan {} {how}{declined}{deviation}",
        order.title,
        order.reference,
        day(order.placed_on),
        euros(&Decimal::new(order.value_cents, 2).to_string()),
        who(&order.bid_id),
    )
}
