//! What is known of a procedure, from which its public data are made.

use chrono::{DateTime, Utc};

use trede_base::ids::KvkNumber;
use trede_model::bidding::bid::BidId;
use trede_model::following::contract::Contract;
use trede_model::frame::municipality::Municipality;
use trede_model::telling::open_data::OcidPrefix;
use trede_model::tendering::lot::Lot;
use trede_model::tendering::tender::Tender;
use trede_wire::number::Number;
use trede_wire::score_file::AwardModelInput;
use trede_wire::score_result::LotResult;

/// A published procedure (procedure).
#[derive(Clone, Debug)]
pub struct Process {
    /// The publisher's prefix of its ids.
    pub prefix: OcidPrefix,
    /// Who buys.
    pub municipality: Municipality,
    /// The tender.
    pub tender: Tender,
    /// Its lots as they stand now, by number.
    pub lots: Vec<LotProcess>,
    /// The contracts that followed.
    pub contracts: Vec<ContractFacts>,
}

/// A lot, and what may be told of it.
#[derive(Clone, Debug)]
pub struct LotProcess {
    /// The lot.
    pub lot: Lot,
    /// How it is awarded.
    pub model: Option<AwardModelInput>,
    /// How many bids were opened; none before the opening.
    pub bids: Option<usize>,
    /// When it ended without an award.
    pub ended_at: Option<DateTime<Utc>>,
    /// The award, once it is final.
    pub award: Option<AwardFacts>,
}

/// A final award.
#[derive(Clone, Debug)]
pub struct AwardFacts {
    /// When what is told of it last changed: when it became final, or a winner dropped out.
    pub changed_at: DateTime<Utc>,
    /// Who wins, and who won and dropped out; one where the lot has one winner.
    pub winners: Vec<WinnerFacts>,
    /// What the evaluation made of the bids.
    pub result: LotResult,
}

/// A winner of a lot.
#[derive(Clone, Debug)]
pub struct WinnerFacts {
    /// Under which id its award is told.
    pub award_id: String,
    /// Its bid.
    pub bid: BidId,
    /// Its number in the trade register.
    pub supplier: KvkNumber,
    /// Its name.
    pub supplier_name: Option<String>,
    /// Its price in euros, where the award model knows one.
    pub price: Option<Number>,
    /// When it was awarded.
    pub awarded_at: DateTime<Utc>,
    /// Whether it dropped out since.
    pub has_dropped_out: bool,
}

/// A contract whose social return is followed.
#[derive(Clone, Debug)]
pub struct ContractFacts {
    /// The contract.
    pub contract: Contract,
    /// The award that it follows from.
    pub award_id: String,
    /// What counts of what was done, in cents.
    pub approved_cents: i64,
}
