use proptest::prelude::*;

use super::*;
use crate::explaining::Language;

fn those(places: &[usize]) -> Vec<Operator> {
    places.iter().map(|place| Operator { place: *place }).collect()
}

fn orders(way: Way, places: &[usize]) -> Vec<Order> {
    those(places).into_iter().map(|to| Order { to, way }).collect()
}

/// Whose turn it is, by place, and why.
fn turn(way: Way, operators: &[usize], orders: &[Order], declined: &[usize]) -> (usize, Reason) {
    let agreement = Agreement { operators: &those(operators), orders };
    let turn = agreement.turn_after(way, &those(declined)).unwrap();
    (turn.operator.map_or(0, |operator| operator.place), turn.reason)
}

#[test]
fn by_ranking_the_first_who_did_not_decline_gets_each_order() {
    let before = orders(Way::Ranking, &[1, 1, 2]);
    assert_eq!(turn(Way::Ranking, &[1, 2, 3], &before, &[]), (1, Reason::FirstInRank));
    assert_eq!(turn(Way::Ranking, &[1, 2, 3], &before, &[1]), (2, Reason::NextInRank));
    assert_eq!(turn(Way::Ranking, &[1, 2, 3], &before, &[1, 2]), (3, Reason::NextInRank));
    assert_eq!(turn(Way::Ranking, &[1, 2, 3], &before, &[1, 2, 3]), (0, Reason::AllDeclined));
    assert_eq!(turn(Way::Ranking, &[2, 3, 4], &before, &[]), (2, Reason::FirstInRank));
}

#[test]
fn by_rotation_the_next_in_rank_after_the_last_order_gets_the_next() {
    let after = |places: &[usize]| turn(Way::Rotation, &[1, 2, 3], &orders(Way::Rotation, places), &[]);
    assert_eq!(after(&[]), (1, Reason::FirstOrder));
    assert_eq!(after(&[1]), (2, Reason::NextInRotation));
    assert_eq!(after(&[1, 2]), (3, Reason::NextInRotation));
    assert_eq!(after(&[1, 2, 3]), (1, Reason::RoundBeginsAgain));
    assert_eq!(after(&[1, 2, 3, 1]), (2, Reason::NextInRotation));
}

#[test]
fn who_declines_has_had_its_turn() {
    let before = orders(Way::Rotation, &[1]);
    assert_eq!(turn(Way::Rotation, &[1, 2, 3], &before, &[2]), (3, Reason::NextAfterDeclines));
    assert_eq!(turn(Way::Rotation, &[1, 2, 3], &before, &[2, 3]), (1, Reason::NextAfterDeclines));
    assert_eq!(turn(Way::Rotation, &[1, 2, 3], &before, &[2, 3, 1]), (0, Reason::AllDeclined));
    let after = orders(Way::Rotation, &[1, 3]);
    assert_eq!(turn(Way::Rotation, &[1, 2, 3], &after, &[]), (1, Reason::RoundBeginsAgain));
}

#[test]
fn who_lost_its_place_is_passed_over_and_who_came_from_the_reserve_list_stands_last() {
    let before = orders(Way::Rotation, &[1]);
    assert_eq!(turn(Way::Rotation, &[1, 3, 4], &before, &[]), (3, Reason::NextInRotation));
    // Also where the one who dropped out got the last order.
    let before = orders(Way::Rotation, &[1, 2]);
    assert_eq!(turn(Way::Rotation, &[1, 3, 4], &before, &[]), (3, Reason::NextInRotation));
    let before = orders(Way::Rotation, &[1, 2, 3]);
    assert_eq!(turn(Way::Rotation, &[1, 3, 4], &before, &[]), (4, Reason::NextInRotation));
    assert_eq!(turn(Way::Rotation, &[1, 2], &before, &[]), (1, Reason::RoundBeginsAgain));
}

#[test]
fn in_a_mixed_agreement_an_order_by_another_way_passes_no_turn_on() {
    let mut before = orders(Way::Rotation, &[1]);
    before.extend(orders(Way::MiniCompetition, &[3]));
    before.extend(orders(Way::Ranking, &[1]));
    assert_eq!(turn(Way::Rotation, &[1, 2, 3], &before, &[]), (2, Reason::NextInRotation));
    assert_eq!(turn(Way::Ranking, &[1, 2, 3], &before, &[]), (1, Reason::FirstInRank));
    let others = orders(Way::MiniCompetition, &[3]);
    assert_eq!(turn(Way::Rotation, &[1, 2, 3], &others, &[]), (1, Reason::FirstOrder));
}

#[test]
fn a_competition_gives_nobody_a_turn_and_nobody_can_decline_one() {
    assert_eq!(turn(Way::MiniCompetition, &[1, 2], &[], &[]), (0, Reason::Competition));
    let agreement = Agreement { operators: &those(&[1, 2]), orders: &[] };
    let refused = agreement.turn_after(Way::MiniCompetition, &those(&[1])).unwrap_err();
    assert_eq!((refused.index, refused.turn.reason), (0, Reason::Competition));
}

#[test]
fn nobody_is_left_where_all_dropped_out() {
    for way in [Way::Ranking, Way::Rotation] {
        assert_eq!(turn(way, &[], &[], &[]), (0, Reason::NobodyHoldsAPlace));
    }
}

#[test]
fn nobody_declines_before_its_turn_or_twice() {
    let before = orders(Way::Rotation, &[1]);
    let agreement = Agreement { operators: &those(&[1, 2, 3]), orders: &before };
    let refused = |way, declined: &[usize]| {
        let refused = agreement.turn_after(way, &those(declined)).unwrap_err();
        (refused.index, refused.turn.operator.map_or(0, |operator| operator.place))
    };
    assert_eq!(refused(Way::Ranking, &[2]), (0, 1));
    assert_eq!(refused(Way::Ranking, &[1, 3]), (1, 2));
    assert_eq!(refused(Way::Ranking, &[1, 1]), (1, 2));
    assert_eq!(refused(Way::Rotation, &[1]), (0, 2));
    assert_eq!(refused(Way::Rotation, &[2, 9]), (1, 3));
    assert_eq!(refused(Way::Rotation, &[2, 3, 1, 2]), (3, 0));
}

#[test]
fn each_call_off_allows_its_own_way_and_a_mixed_one_each() {
    assert_eq!(Way::allowed_by(CallOff::Ranking), [Way::Ranking]);
    assert_eq!(Way::allowed_by(CallOff::Rotation), [Way::Rotation]);
    assert_eq!(Way::allowed_by(CallOff::MiniCompetition), [Way::MiniCompetition]);
    assert_eq!(Way::allowed_by(CallOff::Mixed).len(), 3);
}

#[test]
fn each_reason_is_told_in_both_languages_with_the_names_that_it_asks() {
    let mut codes: Vec<&str> = Reason::ALL.iter().map(|reason| reason.code()).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), Reason::ALL.len());
    for reason in Reason::ALL {
        let [dutch, english] = [Language::Dutch, Language::English].map(|language| reason.text(language));
        assert_ne!(dutch, english);
        for hole in ["{0}", "{1}"] {
            assert_eq!(dutch.contains(hole), english.contains(hole), "{}", reason.code());
        }
        let told = reason.told(Language::English, "{1} & Zn", "Jansen");
        assert_eq!(told.contains("{1} & Zn"), english.contains("{0}"), "{told}");
        assert_eq!(told.contains("Jansen"), english.contains("{1}"), "{told}");
    }
}

/// What happens to a framework agreement: an order, or one of the operators drops out.
#[derive(Clone, Copy, Debug)]
enum Event {
    Order,
    DropOut { index: usize },
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let event = prop_oneof![
        5 => Just(Event::Order),
        1 => (0_usize..6).prop_map(|index| Event::DropOut { index }),
    ];
    prop::collection::vec(event, 0..60)
}

/// Plays it with so many winners and reserves; answers who holds a place at the end, and the orders.
fn played(winners: usize, reserves: usize, events: &[Event]) -> (Vec<Operator>, Vec<Order>) {
    let mut operators: Vec<Operator> = (1..=winners).map(|place| Operator { place }).collect();
    let mut standing_by = (winners + 1..=winners + reserves).map(|place| Operator { place });
    let mut orders = Vec::new();
    for event in events {
        match event {
            Event::Order => {
                let turn = Agreement { operators: &operators, orders: &orders }.turn(Way::Rotation, &[]);
                orders.extend(turn.operator.map(|to| Order { to, way: Way::Rotation }));
            }
            Event::DropOut { index } => {
                if *index < operators.len() {
                    operators.remove(*index);
                    operators.extend(standing_by.next());
                }
            }
        }
    }
    (operators, orders)
}

proptest! {
    #[test]
    fn by_rotation_who_held_a_place_all_along_get_as_many_orders_but_for_one(
        winners in 1_usize..6, reserves in 0_usize..4, events in events(),
    ) {
        let (operators, orders) = played(winners, reserves, &events);
        let all_along = operators.iter().filter(|operator| operator.place <= winners);
        let numbers: Vec<usize> = all_along
            .map(|operator| orders.iter().filter(|order| order.to == *operator).count())
            .collect();
        if let (Some(least), Some(most)) = (numbers.iter().min(), numbers.iter().max()) {
            prop_assert!(most - least <= 1, "{numbers:?}");
        }
    }

    #[test]
    fn a_turn_is_of_who_holds_a_place_and_did_not_decline_whatever_the_order_of_the_list(
        places in prop::collection::hash_set(1_usize..9, 0..7), got in prop::collection::vec(1_usize..9, 0..9),
        declines in 0_usize..7, by_rotation in any::<bool>(),
    ) {
        let way = if by_rotation { Way::Rotation } else { Way::Ranking };
        let orders = orders(way, &got);
        let operators: Vec<Operator> = places.iter().map(|place| Operator { place: *place }).collect();
        let mut turned = operators.clone();
        turned.reverse();
        let (one, other) = (
            Agreement { operators: &operators, orders: &orders }, Agreement { operators: &turned, orders: &orders },
        );
        let mut declined = Vec::new();
        for _ in 0..declines {
            let turn = one.turn_after(way, &declined).unwrap();
            prop_assert_eq!(turn, other.turn(way, &declined));
            // As long as one is left who did not decline, it is somebody's turn.
            prop_assert_eq!(turn.operator.is_none(), declined.len() == operators.len());
            let Some(operator) = turn.operator else { break };
            prop_assert!(operators.contains(&operator) && !declined.contains(&operator));
            declined.push(operator);
        }
    }
}
