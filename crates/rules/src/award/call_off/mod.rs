//! Whose turn it is to get an order under a framework agreement with several operators (nadere opdracht onder een
//! raamovereenkomst; dir. 2014/24 art. 33(4), Aw 2012 art. 2.143).
//!
//! An operator is known by its place: first the winners in the order of the ranking, then the reserve list. A place is
//! kept when others drop out, so that who came from the reserve list stands last, and the order in which turns go
//! round can be redone from the record at any later time.

mod finding;
mod reason;

pub use finding::FindingCode;
pub use reason::Reason;

use super::winners::CallOff;

/// How one order goes to an operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// To the first of the ranking that does not decline (cascade; art. 33(4)(a)).
    Ranking,
    /// To each in its turn (rotatie; art. 33(4)(a)).
    Rotation,
    /// To the winner of a tender among the operators (minicompetitie; art. 33(4)(c)).
    MiniCompetition,
}

impl Way {
    /// The ways that a framework agreement allows. A mixed one (art. 33(4)(b)) does not say here by which of both ways
    /// an order goes without a reopened competition: its documents do, and each order names its way.
    #[must_use]
    pub const fn allowed_by(call_off: CallOff) -> &'static [Self] {
        match call_off {
            CallOff::Ranking => &[Self::Ranking],
            CallOff::Rotation => &[Self::Rotation],
            CallOff::MiniCompetition => &[Self::MiniCompetition],
            CallOff::Mixed => &[Self::Ranking, Self::Rotation, Self::MiniCompetition],
        }
    }
}

/// An operator (ondernemer) that is, or was, party to the framework agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Operator {
    /// Its place, from 1; no two have the same, and it never changes.
    pub place: usize,
}

/// An order (nadere opdracht) that was placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// Who got it.
    pub to: Operator,
    /// How it went there.
    pub way: Way,
}

/// What is known when an order is placed.
#[derive(Clone, Copy, Debug)]
pub struct Agreement<'a> {
    /// Those who hold a place now, in any order.
    pub operators: &'a [Operator],
    /// The orders so far, in the order in which turns were given.
    pub orders: &'a [Order],
}

/// Whose turn it is, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Whose; none where a competition decides, or where nobody is left.
    pub operator: Option<Operator>,
    /// Why.
    pub reason: Reason,
    /// Who got the last order by rotation, where that decides.
    pub last: Option<Operator>,
}

impl Turn {
    const fn nobody(reason: Reason) -> Self {
        Self { operator: None, reason, last: None }
    }
}

/// A decline by somebody whose turn had not come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfTurn {
    /// Which of the declines, from 0.
    pub index: usize,
    /// Whose turn it was after those before it.
    pub turn: Turn,
}

impl Agreement<'_> {
    /// Whose turn it is by a way, when these have declined the order.
    ///
    /// By rotation only the orders that went by rotation count: an order by another way passes no turn on. Who got one
    /// has had its turn, also where that deviated from whose turn it was.
    #[must_use]
    pub fn turn(&self, way: Way, declined: &[Operator]) -> Turn {
        let mut standing = self.operators.to_vec();
        standing.sort_unstable();
        if way == Way::MiniCompetition {
            return Turn::nobody(Reason::Competition);
        }
        if standing.is_empty() {
            return Turn::nobody(Reason::NobodyHoldsAPlace);
        }
        let last = self.orders.iter().rfind(|order| order.way == Way::Rotation).map(|order| order.to);
        let last = last.filter(|_| way == Way::Rotation);
        let after = |operator: &&Operator| last.is_some_and(|last| **operator > last);
        let behind = standing.iter().filter(after);
        let mut round = behind.chain(standing.iter().filter(|operator| !after(operator)));
        let Some(operator) = round.find(|operator| !declined.contains(operator)).copied() else {
            return Turn::nobody(Reason::AllDeclined);
        };
        let reason = match (way, last) {
            (Way::Ranking, _) if declined.is_empty() => Reason::FirstInRank,
            (Way::Ranking, _) => Reason::NextInRank,
            (_, _) if !declined.is_empty() => Reason::NextAfterDeclines,
            (_, None) => Reason::FirstOrder,
            (_, Some(last)) if operator > last => Reason::NextInRotation,
            (_, Some(_)) => Reason::RoundBeginsAgain,
        };
        Turn { operator: Some(operator), reason, last }
    }

    /// Whose turn it is after these declined, one after another.
    ///
    /// # Errors
    /// [`OutOfTurn`] for the first of them whose turn had not come: who holds no place, declined already or stands
    /// behind somebody who did not decline; and for any where a competition decides.
    pub fn turn_after(&self, way: Way, declined: &[Operator]) -> Result<Turn, OutOfTurn> {
        for (index, operator) in declined.iter().enumerate() {
            let turn = self.turn(way, declined.get(..index).unwrap_or_default());
            if turn.operator != Some(*operator) {
                return Err(OutOfTurn { index, turn });
            }
        }
        Ok(self.turn(way, declined))
    }
}

#[cfg(test)]
mod tests;
