//! The most lots for one bidder, on the wire.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The most lots that one bidder may win (maximum aantal percelen, dir. 2014/24 art. 46(2)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LotLimitInput {
    /// The most lots for one bidder. Bids of one bidder are told by its KvK number, else by its name.
    #[schema(minimum = 1, format = Int64)]
    pub maximum: u32,
    /// Which lots a bidder keeps that is first on more; the others go to the next in rank.
    pub keeps: LotKeepsInput,
}

/// Which lots a bidder keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LotKeepsInput {
    /// The first in the order of this file.
    LotOrder,
    /// Those that it prefers itself, by `lotPreference` on its bids.
    BidderPreference,
    /// Those on which its total is furthest ahead of the next in rank.
    LargestLead,
}
