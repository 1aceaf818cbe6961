//! Several winners of one lot: the parties to a framework agreement (raamovereenkomst; dir. 2014/24 art. 33, Aw 2012
//! art. 2.140 to 2.143) or several contracts, and the reserve list (wachtlijst) behind them.

use super::ranking::{Place, Ranking};

/// How many bids win at the most, and how many stand by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Winners {
    /// The most bids that win, at least one.
    pub maximum: usize,
    /// The most bids that stand by, in the order of the ranking.
    pub reserves: usize,
    /// What the winners get: a framework agreement, or else a contract each.
    pub framework: Option<Framework>,
}

/// A framework agreement (raamovereenkomst).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Framework {
    /// How orders go to its operators; none with one operator.
    pub call_off: Option<CallOff>,
}

/// How orders under a framework agreement go to its operators (nadere overeenkomsten; dir. 2014/24 art. 33(4)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallOff {
    /// The competition is reopened among them (minicompetitie; art. 33(4)(c)).
    MiniCompetition,
    /// The first of the ranking that can, without reopening (cascade; art. 33(4)(a)).
    Ranking,
    /// Each in its turn, without reopening (rotatie; art. 33(4)(a)).
    Rotation,
    /// Partly with a reopened competition, partly without (art. 33(4)(b)).
    Mixed,
}

impl CallOff {
    /// Whether the order of the winners among themselves decides who gets an order.
    #[must_use]
    pub const fn goes_by_order(self) -> bool {
        matches!(self, Self::Ranking | Self::Rotation | Self::Mixed)
    }
}

/// Who wins, by a ranking.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chosen {
    /// The bids that win, best first.
    pub winners: Vec<usize>,
    /// The bids that stand by, best first.
    pub reserves: Vec<usize>,
    /// Equal bids whose order decides and is not known: they wait for a drawing of lots.
    pub waiting: Vec<usize>,
}

impl Winners {
    /// Who wins and who stands by. Bids of equal rank wait for a drawing of lots where it matters which of them comes
    /// first: around the last place that wins, on the reserve list, and among winners whose orders go by their order.
    #[must_use]
    pub fn chosen(&self, ranking: &Ranking) -> Chosen {
        let by_order =
            self.framework.and_then(|framework| framework.call_off).is_some_and(CallOff::goes_by_order);
        let end = self.maximum.saturating_add(self.reserves);
        let mut chosen = Chosen::default();
        let mut from = 0;
        for equal in ranking.places.chunk_by(|a, b| a.rank == b.rank) {
            let until = from + equal.len();
            let across = until > self.maximum && from < end;
            let bids = equal.iter().map(|place: &Place| place.bid);
            if equal.len() > 1 && (across || (by_order && from < self.maximum)) {
                chosen.waiting.extend(bids);
            } else if from < self.maximum {
                chosen.winners.extend(bids);
            } else if from < end {
                chosen.reserves.extend(bids);
            }
            from = until;
        }
        chosen
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ranking(ranks: &[usize]) -> Ranking {
        let places = ranks.iter().enumerate();
        let places = places.map(|(bid, rank)| Place { bid, rank: *rank, inside_corridor: None });
        Ranking { places: places.collect(), ..Ranking::default() }
    }

    fn of(maximum: usize, reserves: usize, call_off: Option<CallOff>) -> Winners {
        Winners { maximum, reserves, framework: call_off.map(|how| Framework { call_off: Some(how) }) }
    }

    fn chosen(winners: Winners, ranks: &[usize]) -> (Vec<usize>, Vec<usize>, Vec<usize>) {
        let Chosen { winners, reserves, waiting } = winners.chosen(&ranking(ranks));
        (winners, reserves, waiting)
    }

    #[test]
    fn the_first_of_the_ranking_win_and_the_next_stand_by() {
        assert_eq!(chosen(of(3, 1, None), &[1, 2, 3, 4, 5]), (vec![0, 1, 2], vec![3], vec![]));
        assert_eq!(chosen(of(3, 0, None), &[1, 2, 3, 4, 5]), (vec![0, 1, 2], vec![], vec![]));
    }

    #[test]
    fn fewer_bids_make_fewer_winners() {
        assert_eq!(chosen(of(3, 2, None), &[1, 2]), (vec![0, 1], vec![], vec![]));
        assert_eq!(chosen(of(3, 2, None), &[]), (vec![], vec![], vec![]));
    }

    #[test]
    fn a_tie_across_the_last_winning_place_waits() {
        assert_eq!(chosen(of(3, 0, None), &[1, 2, 3, 3, 5]), (vec![0, 1], vec![], vec![2, 3]));
        assert_eq!(chosen(of(3, 0, None), &[1, 2, 2, 4, 5]), (vec![0, 1, 2], vec![], vec![]));
    }

    #[test]
    fn a_tie_on_the_reserve_list_waits_and_one_behind_it_does_not() {
        assert_eq!(chosen(of(1, 2, None), &[1, 2, 2, 4]), (vec![0], vec![], vec![1, 2]));
        assert_eq!(chosen(of(1, 2, None), &[1, 2, 3, 4, 4]), (vec![0], vec![1, 2], vec![]));
        assert_eq!(chosen(of(1, 2, None), &[1, 2, 3, 3]), (vec![0], vec![1], vec![2, 3]));
    }

    #[test]
    fn a_tie_among_winners_waits_where_orders_go_by_their_order() {
        for call_off in [CallOff::Ranking, CallOff::Rotation, CallOff::Mixed] {
            assert_eq!(chosen(of(3, 0, Some(call_off)), &[1, 1, 3, 4]), (vec![2], vec![], vec![0, 1]));
        }
        let competing = of(3, 0, Some(CallOff::MiniCompetition));
        assert_eq!(chosen(competing, &[1, 1, 3, 4]), (vec![0, 1, 2], vec![], vec![]));
    }

    proptest! {
        #[test]
        fn nobody_wins_over_the_number_and_nobody_equal_is_passed_over(
            equal in prop::collection::vec(any::<bool>(), 0..9), maximum in 1_usize..6, reserves in 0_usize..4,
        ) {
            let mut ranks: Vec<usize> = Vec::new();
            for (index, equal) in equal.iter().enumerate() {
                let before = ranks.last().copied().filter(|_| *equal);
                ranks.push(before.unwrap_or(index + 1));
            }
            let (winners, standing_by, waiting) = chosen(of(maximum, reserves, None), &ranks);
            prop_assert!(winners.len() <= maximum && standing_by.len() <= reserves);
            // Without a tie that matters the places are filled as far as there are bids.
            if waiting.is_empty() {
                prop_assert_eq!(winners.len(), maximum.min(ranks.len()));
                prop_assert_eq!(standing_by.len(), reserves.min(ranks.len().saturating_sub(maximum)));
            }
            let rank = |bid: &usize| ranks[*bid];
            let out = (0..ranks.len()).filter(|bid| !winners.contains(bid) && !waiting.contains(bid));
            for bid in out {
                prop_assert!(winners.iter().all(|winner| rank(winner) < rank(&bid)));
            }
        }
    }
}
