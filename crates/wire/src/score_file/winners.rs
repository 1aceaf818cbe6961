//! Several winners on the wire: how many, how many stand by, and what they get.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use trede_rules::award::winners::{CallOff, Framework, Winners};

/// How many bids win a lot, and how many stand by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WinnersInput {
    /// The most bids that win: with a framework agreement the most operators that are party to it (eForms BT-113).
    #[schema(minimum = 1, maximum = 65535)]
    pub maximum: u16,
    /// The most bids that stand by in the order of the ranking, and take the place of a winner that drops out
    /// (wachtlijst). Left out: none.
    #[serde(default, skip_serializing_if = "is_zero")]
    #[schema(minimum = 0, maximum = 65535)]
    pub reserves: u16,
    /// That the winners become party to a framework agreement (raamovereenkomst; Aw 2012 art. 2.140 to 2.143). Left
    /// out: each gets a contract.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub framework_agreement: Option<FrameworkAgreementInput>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
const fn is_zero(number: &u16) -> bool {
    *number == 0
}

/// A framework agreement (raamovereenkomst) that the winners become party to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FrameworkAgreementInput {
    /// How orders go to its operators (nadere overeenkomsten). Needed where more than one can win, and left out
    /// where one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call_off: Option<CallOffInput>,
}

/// How orders under a framework agreement go to its operators (dir. 2014/24 art. 33(4)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CallOffInput {
    /// The competition is reopened among them (minicompetitie).
    MiniCompetition,
    /// The first of the ranking that can, without reopening (cascade).
    Ranking,
    /// Each in its turn, without reopening (rotatie).
    Rotation,
    /// Partly with a reopened competition, partly without.
    Mixed,
}

impl WinnersInput {
    /// The number of winners as the rules take it.
    #[must_use]
    pub fn to_winners(self) -> Winners {
        let call_off = |framework: FrameworkAgreementInput| {
            framework.call_off.map(|how| match how {
                CallOffInput::MiniCompetition => CallOff::MiniCompetition,
                CallOffInput::Ranking => CallOff::Ranking,
                CallOffInput::Rotation => CallOff::Rotation,
                CallOffInput::Mixed => CallOff::Mixed,
            })
        };
        Winners {
            maximum: self.maximum.into(),
            reserves: self.reserves.into(),
            framework: self.framework_agreement.map(|told| Framework { call_off: call_off(told) }),
        }
    }
}
