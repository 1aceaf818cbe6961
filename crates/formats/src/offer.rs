//! What a bidder offers: the sealed content of a bid, without the scores that others give it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use trede_model::bidding::bid::Bid;
use trede_wire::number::Number;
use trede_wire::score_file::{BidInput, BidderInput, FactInput, LifeCycleInput, MemberInput, PsoClaimInput};

/// What is offered (inhoud van de inschrijving).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OfferInput {
    /// Name of the bidder; of a consortium, of its lead member (penvoerder).
    #[schema(min_length = 1, max_length = 500)]
    pub bidder_name: String,
    /// The price in euros excluding VAT, when the model has one price criterion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Number>,
    /// The prices by criterion, when the model has several price criteria.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub prices: BTreeMap<String, Number>,
    /// The price as first offered, before an auction or negotiation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub initial_price: Option<Number>,
    /// The costs by life-cycle criterion.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub life_cycle: BTreeMap<String, LifeCycleInput>,
    /// The claim of a PSO level; left out: no level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pso: Option<PsoClaimInput>,
    /// The offer by commitment criterion, in its measure; left out: no commitment.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub commitments: BTreeMap<String, Number>,
    /// The facts by numeric criterion and knock-out: a number in quotes, or `true`/`false`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, FactInput>,
    /// The members of a consortium (combinanten).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub consortium: Vec<MemberInput>,
}

/// The prices of an offer: everything from which a price can be told (prijsdeel).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PricesOfOffer {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    price: Option<Number>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    prices: BTreeMap<String, Number>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    initial_price: Option<Number>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    life_cycle: BTreeMap<String, LifeCycleInput>,
}

impl From<BidInput> for OfferInput {
    /// What the bidder offered, without what others found of it. A bidder without a name goes by
    /// the identifier of the bid.
    fn from(bid: BidInput) -> Self {
        Self {
            bidder_name: bid.bidder.map_or(bid.id, |bidder| bidder.name),
            price: bid.price,
            prices: bid.prices,
            initial_price: bid.initial_price,
            life_cycle: bid.life_cycle,
            pso: bid.pso,
            commitments: bid.commitments,
            facts: bid.facts,
            consortium: bid.consortium,
        }
    }
}

impl OfferInput {
    /// The offer without anything from which its price can be told, and its prices.
    #[must_use]
    pub fn split(mut self) -> (Self, PricesOfOffer) {
        let prices = PricesOfOffer {
            price: self.price.take(),
            prices: std::mem::take(&mut self.prices),
            initial_price: self.initial_price.take(),
            life_cycle: std::mem::take(&mut self.life_cycle),
        };
        (self, prices)
    }

    /// The offer with these prices.
    #[must_use]
    pub fn with_prices(self, prices: PricesOfOffer) -> Self {
        let PricesOfOffer { price, prices, initial_price, life_cycle } = prices;
        Self { price, prices, initial_price, life_cycle, ..self }
    }

    /// The bid as the engine takes it: the offer, who made it and when it was received, not scored
    /// yet.
    #[must_use]
    pub fn into_bid(self, bid: &Bid) -> BidInput {
        let received_at: DateTime<Utc> = bid.received_at;
        BidInput {
            id: bid.id.to_string(),
            bidder: Some(BidderInput { name: self.bidder_name, kvk_number: Some(bid.bidder.to_string()) }),
            received_at: Some(received_at.fixed_offset()),
            price: self.price,
            prices: self.prices,
            initial_price: self.initial_price,
            life_cycle: self.life_cycle,
            scores: BTreeMap::new(),
            assessor_scores: BTreeMap::new(),
            pso: self.pso,
            commitments: self.commitments,
            facts: self.facts,
            consortium: self.consortium,
            exclusion: None,
            lot_preference: None,
        }
    }
}
