//! Sensitivity: each assumption at its break-even value gives a ratio of 1, proved by valuing the map again.

use trede_base::exact::Exact;
use trede_base::share::Share;
use trede_rules::sroi::{Convention, DropOff, Outcome, Reduction, ValueMap, Varied, VariedResult};

use crate::builders::value_map::{Written, a_value_map, an_outcome, lasting, taking};
use crate::builders::x;

fn a_map() -> Written {
    let first = Outcome {
        deadweight: taking(20),
        displacement: taking(10),
        attribution: taking(25),
        ..an_outcome("first", 4, 100)
    };
    let second = Outcome { start_offset_years: 1, ..lasting(an_outcome("second", 3, 90), 3, 40) };
    a_value_map(600).rate(5, Convention::EndOfYear).outcome(lasting(first, 2, 30)).outcome(second)
}

/// The map with one assumption of one outcome, or the rate, set to a value.
fn set(map: &ValueMap, found: &VariedResult, to: &Exact) -> ValueMap {
    let mut map = map.clone();
    let share = || Share::of_fraction(to.rounded(20, trede_base::exact::Half::Up).finite().unwrap()).unwrap();
    if found.varied == Varied::Rate {
        map.discounting.rate = to.clone();
        return map;
    }
    let outcome =
        map.outcomes.iter_mut().find(|outcome| Some(&outcome.id) == found.outcome.as_ref()).unwrap();
    match found.varied {
        Varied::Quantity => outcome.quantity = to.clone(),
        Varied::Proxy => outcome.proxy.euros = to.clone(),
        Varied::Deadweight => outcome.deadweight.share = share(),
        Varied::Displacement => outcome.displacement.share = share(),
        Varied::Attribution => outcome.attribution.share = share(),
        Varied::DropOff => outcome.drop_off = DropOff::Yearly(Reduction { share: share(), ..taking(0) }),
        Varied::Rate => {}
    }
    map
}

fn ratio(map: ValueMap) -> Exact {
    Written(map).valued().ratio.unwrap()
}

fn nearly(a: &Exact, b: &Exact) -> bool {
    let gap = a.minus(b);
    gap < x("0.0000001") && gap > x("-0.0000001")
}

#[test]
fn every_assumption_is_varied_and_the_rate_comes_last() {
    let found = a_map().sensitivity().unwrap().varied;
    let told: Vec<_> = found.iter().map(|found| (found.varied, found.outcome.as_deref())).collect();
    let each = [
        Varied::Quantity,
        Varied::Proxy,
        Varied::Deadweight,
        Varied::Displacement,
        Varied::Attribution,
        Varied::DropOff,
    ];
    let expected: Vec<_> = ["first", "second"]
        .into_iter()
        .flat_map(|outcome| each.map(|varied| (varied, Some(outcome))))
        .chain([(Varied::Rate, None)])
        .collect();
    assert_eq!(told, expected);
    let single = a_value_map(10).outcome(an_outcome("o", 1, 20)).sensitivity().unwrap().varied;
    assert!(single.iter().all(|found| found.varied != Varied::DropOff), "one year has no drop-off");
    assert_eq!(single.len(), 6);
}

#[test]
fn at_its_break_even_value_an_assumption_makes_the_ratio_one() {
    let map = a_map();
    let mut proved = 0;
    for found in map.sensitivity().unwrap().varied {
        let Some(at) = &found.break_even else { continue };
        let reached = ratio(set(&map.0, &found, at));
        assert!(nearly(&reached, &Exact::ONE), "{:?} at {}: {}", found.varied, at.shown(), reached.shown());
        proved += 1;
    }
    assert!(proved >= 9, "{proved}");
}

#[test]
fn a_varied_assumption_gives_the_ratio_that_valuing_again_gives() {
    let map = a_map().varying(10);
    let sensitivity = map.sensitivity().unwrap();
    let mut ratios = Vec::new();
    for found in &sensitivity.varied {
        let (lower, higher) = (found.lower.as_ref().unwrap(), found.higher.as_ref().unwrap());
        assert_eq!(lower.0, found.declared.times(&x("0.9")), "{:?}", found.varied);
        assert_eq!(higher.0, found.declared.times(&x("1.1")), "{:?}", found.varied);
        for (value, told) in [lower, higher] {
            assert_eq!(*told, ratio(set(&map.0, found, value)), "{:?} at {}", found.varied, value.shown());
            ratios.push(told.clone());
        }
    }
    let range = sensitivity.range.unwrap();
    assert_eq!((&range.0, &range.1), (ratios.iter().min().unwrap(), ratios.iter().max().unwrap()));
}

#[test]
fn without_a_variation_nothing_is_varied_and_without_inputs_there_is_no_sensitivity() {
    let found = a_map().sensitivity().unwrap();
    assert!(
        found.range.is_none()
            && found.varied.iter().all(|found| found.lower.is_none() && found.higher.is_none())
    );
    assert!(a_value_map(0).outcome(an_outcome("o", 1, 1)).sensitivity().is_none());
}

#[test]
fn a_share_is_varied_up_to_the_whole_and_no_further() {
    let outcome = Outcome { deadweight: taking(80), ..an_outcome("o", 1, 100) };
    let found = a_value_map(10).varying(50).outcome(outcome).sensitivity().unwrap().varied;
    let deadweight = found.iter().find(|found| found.varied == Varied::Deadweight).unwrap();
    assert_eq!(deadweight.higher, Some((x(1), x(0))));
    let quantity = found.iter().find(|found| found.varied == Varied::Quantity).unwrap();
    assert_eq!(quantity.higher, Some((x("1.5"), x(3))));
    assert!(
        Varied::Rate.is_share()
            && Varied::DropOff.is_share()
            && !Varied::Proxy.is_share()
            && !Varied::Quantity.is_share()
    );
}

fn break_even(map: &Written, varied: Varied) -> Option<Exact> {
    map.sensitivity().unwrap().varied.into_iter().find(|found| found.varied == varied).unwrap().break_even
}

#[test]
fn a_value_that_cannot_be_breaks_nothing_even() {
    // 100 of impact and 50 of inputs: half may be taken off, and nothing less than half is left.
    let map = |inputs: i64| a_value_map(inputs).outcome(an_outcome("o", 1, 100));
    assert_eq!(break_even(&map(50), Varied::Deadweight), Some(x("0.5")));
    assert_eq!(break_even(&map(100), Varied::Deadweight), Some(x(0)), "the bound itself can be");
    assert_eq!(break_even(&map(101), Varied::Deadweight), None);
    assert_eq!(break_even(&map(50), Varied::Quantity), Some(x("0.5")));
    let beside =
        |other: i64| a_value_map(50).outcome(an_outcome("o", 1, 100)).outcome(an_outcome("p", 1, other));
    assert_eq!(break_even(&beside(50), Varied::Quantity), Some(x(0)));
    assert_eq!(break_even(&beside(60), Varied::Quantity), None, "a quantity is not negative");
    assert_eq!(break_even(&beside(60), Varied::Proxy), Some(x(-10)), "a proxy can be");
    assert_eq!(break_even(&beside(50), Varied::Deadweight), Some(x(1)));
    assert_eq!(break_even(&beside(60), Varied::Deadweight), None);
}

#[test]
fn the_rate_that_breaks_even_lies_between_nothing_and_a_thousand_percent() {
    let map = |inputs: i64, proxy: i64| {
        a_value_map(inputs).rate(5, Convention::EndOfYear).outcome(an_outcome("o", 1, proxy))
    };
    assert_eq!(break_even(&map(100, 125), Varied::Rate), Some(x("0.25")));
    assert_eq!(break_even(&map(125, 125), Varied::Rate), Some(x(0)));
    assert_eq!(break_even(&map(126, 125), Varied::Rate), None);
    assert_eq!(break_even(&map(10, 100), Varied::Rate), Some(x(9)));
    assert_eq!(break_even(&map(9, 110), Varied::Rate), None);
}

#[test]
fn the_drop_off_that_breaks_even_lies_between_nothing_and_everything() {
    let map = |inputs: &str| a_value_map(inputs).outcome(lasting(an_outcome("o", 1, 100), 2, 30));
    assert_eq!(break_even(&map("150"), Varied::DropOff), Some(x("0.5")));
    assert_eq!(break_even(&map("200"), Varied::DropOff), Some(x(0)));
    assert_eq!(break_even(&map("201"), Varied::DropOff), None);
    assert_eq!(break_even(&map("99"), Varied::DropOff), None);
}
