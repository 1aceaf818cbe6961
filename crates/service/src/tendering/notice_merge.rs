//! Brings a draft up to date with a later notice.

use trede_formats::eforms::{Replaced, TO_COMPLETE};
use trede_model::tendering::lot::LotFacts;
use trede_model::tendering::tender::{BidCustody, TenderFacts};

/// What a notice does not say, somebody may have completed meanwhile: that stays.
fn take_text(place: &mut String, said: &str) {
    if !said.is_empty() && said != TO_COMPLETE {
        said.clone_into(place);
    }
}

/// Puts what a notice says in the place of what a draft says, lists what stood there, and answers whether
/// anything changed.
pub(crate) fn merge_tender(
    present: &mut TenderFacts,
    said: &TenderFacts,
    custody: Option<BidCustody>,
    replaced: &mut Vec<Replaced>,
) -> bool {
    let before = present.clone();
    take_text(&mut present.title, &said.title);
    take_text(&mut present.description, &said.description);
    take_text(&mut present.buyer, &said.buyer);
    if !said.cpv_codes.0.is_empty() {
        present.cpv_codes = said.cpv_codes.clone();
    }
    present.estimated_value_cents = said.estimated_value_cents.or(present.estimated_value_cents);
    present.max_lots_per_bidder = said.max_lots_per_bidder.or(present.max_lots_per_bidder);
    present.deadline_at = said.deadline_at.or(present.deadline_at);
    present.bid_custody = custody.unwrap_or(present.bid_custody);
    list_replaced(&before, present, replaced);
    before != *present
}

/// As [`merge_tender`], for a lot.
pub(crate) fn merge_lot(present: &mut LotFacts, said: &LotFacts, replaced: &mut Vec<Replaced>) -> bool {
    let before = present.clone();
    take_text(&mut present.title, &said.title);
    take_text(&mut present.description, &said.description);
    present.estimated_value_cents = said.estimated_value_cents.or(before.estimated_value_cents);
    let fields = |facts: &LotFacts| {
        [
            ("title", Some(facts.title.clone())),
            ("description", Some(facts.description.clone())),
            ("estimatedValue", facts.estimated_value_cents.map(cents_in_words)),
        ]
    };
    for ((field, was), (_, is)) in fields(&before).into_iter().zip(fields(present)) {
        if was != is {
            replaced.push(Replaced::by_notice(format!("lots/{}/{field}", before.number), was));
        }
    }
    before != *present
}

fn list_replaced(was: &TenderFacts, is: &TenderFacts, into: &mut Vec<Replaced>) {
    let fields = |facts: &TenderFacts| {
        [
            ("title", Some(facts.title.clone())),
            ("description", Some(facts.description.clone())),
            ("buyer", Some(facts.buyer.clone())),
            ("cpvCodes", Some(facts.cpv_codes.to_string())),
            ("estimatedValue", facts.estimated_value_cents.map(cents_in_words)),
            ("maxLotsPerBidder", facts.max_lots_per_bidder.map(|most| most.to_string())),
            ("deadlineAt", facts.deadline_at.map(|at| at.to_rfc3339())),
            ("bidCustody", Some(facts.bid_custody.to_string())),
        ]
    };
    for ((field, was), (_, is)) in fields(was).into_iter().zip(fields(is)) {
        if was != is {
            into.push(Replaced::by_notice(field, was));
        }
    }
}

fn cents_in_words(cents: i64) -> String {
    rust_decimal::Decimal::new(cents, 2).to_string()
}
