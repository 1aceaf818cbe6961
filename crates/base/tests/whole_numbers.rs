//! Exact numbers as whole numbers over one denominator, and back.

// A test may panic: that is how it fails.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use num_rational::BigRational;
use proptest::prelude::*;
use rust_decimal::Decimal;
use trede_base::exact::{Denominator, Exact, greatest_common_divisor};

fn x(text: &str) -> Exact {
    Exact::from(text.parse::<Decimal>().unwrap())
}

fn rational(number: &Exact) -> BigRational {
    number.fraction().parse().unwrap()
}

fn over(numer: &str, denom: &str) -> Exact {
    x(numer).over(&x(denom)).unwrap()
}

#[test]
fn a_number_tells_what_it_is_a_whole_number_of_one_over() {
    let denominators = [x("8"), x("7.25"), over("10", "3"), over("0.5", "0.75"), over("-6", "9.6")];
    assert_eq!(denominators.map(|number| number.denominator()), [1, 100, 3, 3, 8].map(Some));
    assert_eq!(x("9999999999999999999999.5").denominator(), None);
}

#[test]
fn a_number_times_a_factor_is_given_where_that_is_whole_and_fits() {
    assert_eq!(x("7.25").whole_times(100), Some(725));
    assert_eq!(x("7.25").whole_times(4), Some(29));
    assert_eq!(x("-7.25").whole_times(1_000), Some(-7_250));
    assert_eq!(x("7.25").whole_times(10), None);
    assert_eq!(over("10", "3").whole_times(21), Some(70));
    assert_eq!(over("10", "3").whole_times(20), None);
    assert_eq!(x("9223372036854775807").whole_times(1), Some(i64::MAX));
    assert_eq!(x("9223372036854775807").whole_times(2), None);
    assert_eq!(x("9999999999999999999999.5").whole_times(2), None);
}

#[test]
fn a_denominator_of_twos_and_fives_is_a_power_of_ten() {
    let whole = |numbers: &[i64]| {
        numbers.iter().try_fold(Denominator::ONE, |both, number| both.and(*number)).map(Denominator::whole)
    };
    assert_eq!(whole(&[]), Some(1));
    assert_eq!(whole(&[8]), Some(1_000));
    assert_eq!(whole(&[5, 4, 10]), Some(100));
    assert_eq!(whole(&[100, 3]), Some(300));
    assert_eq!(whole(&[3, 7, 6]), Some(42));
    assert_eq!(whole(&[0]), None);
    assert_eq!(whole(&[i64::MAX, 2]), None);
    assert_eq!(greatest_common_divisor(84, 36), 12);
    assert_eq!(greatest_common_divisor(5, 7), 1);
}

#[test]
fn a_whole_number_that_outgrows_a_word_stays_exact() {
    let tenths = Denominator::ONE.and(10).unwrap();
    assert_eq!(Exact::of_whole(123, tenths), x("12.3"));
    assert_eq!(Exact::of_whole(92_233_720_368_547_758_080, tenths), x("9223372036854775808"));
    let thirds = Denominator::ONE.and(3).unwrap();
    assert_eq!(Exact::of_whole(-10, thirds), over("-10", "3"));
    assert_eq!(Exact::of_whole(30_000_000_000_000_000_000, thirds), x("10000000000000000000"));
}

proptest! {
    #[test]
    fn a_number_comes_back_from_its_whole_number(mantissa: i64, scale in 0_u32..19, denom in 1_i64..1_000) {
        for number in [Exact::from(Decimal::new(mantissa, scale)), over(&mantissa.to_string(), &denom.to_string())] {
            let denominator = number.denominator().and_then(|own| Denominator::ONE.and(own));
            let Some(denominator) = denominator else { continue };
            if let Some(whole) = number.whole_times(denominator.whole()) {
                prop_assert_eq!(Exact::of_whole(whole.into(), denominator), number);
            }
        }
    }

    #[test]
    fn the_sum_of_many_is_what_adding_one_by_one_gives(
        numbers in prop::collection::vec((any::<i64>(), 1_i64..9_999_999_999, 0_u32..12), 0..40)
    ) {
        let number = |(mantissa, denom, scale): &(i64, i64, u32)| {
            Exact::from(Decimal::new(*mantissa, *scale)).over(&Exact::from(Decimal::from(*denom))).unwrap()
        };
        let numbers: Vec<Exact> = numbers.iter().map(number).collect();
        let one_by_one = numbers.iter().fold(Exact::ZERO, |sum, number| sum.plus(number));
        prop_assert_eq!(Exact::sum(&numbers).fraction(), one_by_one.fraction());
    }

    #[test]
    fn numbers_with_a_long_denominator_in_common_are_what_big_rationals_are(
        denoms in prop::collection::vec(100_000_000_i64..9_999_999_999, 12),
        numers in prop::collection::vec((any::<i32>(), any::<i32>(), 0_u32..11), 12),
        own in (1_i64..99_999, 1_i64..99_999)
    ) {
        let sum = |numers: Vec<(i32, u32)>, own: i64| {
            let parts = numers.iter().zip(&denoms).map(|((numer, scale), denom)| {
                let numer = Exact::from(Decimal::new((*numer).into(), *scale));
                numer.over(&Exact::from(Decimal::from(*denom))).unwrap()
            });
            let own = Exact::ONE.over(&Exact::from(Decimal::from(own))).unwrap();
            Exact::sum(&parts.collect::<Vec<_>>()).plus(&own)
        };
        let a = sum(numers.iter().map(|(a, _, scale)| (*a, *scale)).collect(), own.0);
        let b = sum(numers.iter().map(|(_, b, scale)| (*b, *scale)).collect(), own.1);
        let (big_a, big_b) = (rational(&a), rational(&b));
        prop_assert_eq!(a.cmp(&b), big_a.cmp(&big_b));
        prop_assert_eq!(rational(&a.plus(&b)), &big_a + &big_b);
        prop_assert_eq!(rational(&a.minus(&b)), &big_a - &big_b);
        prop_assert_eq!(rational(&a.times(&b)), &big_a * &big_b);
        prop_assert_eq!(rational(&a.simplified()), big_a.clone());
        if let Some(quotient) = a.over(&b) {
            prop_assert_eq!(rational(&quotient), &big_a / &big_b);
        }
    }
}
