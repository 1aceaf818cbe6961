//! Exact numbers against big rationals and decimals written out: sums, products, quotients, order, rounding, text.

// A test may panic: that is how it fails.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};
use proptest::prelude::*;
use rust_decimal::Decimal;
use trede_base::exact::{Exact, Half};
use trede_base::money::{Price, PriceError};
use trede_base::share::Share;

fn d(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn x(text: &str) -> Exact {
    Exact::from(d(text))
}

fn over(numer: &str, denom: &str) -> Exact {
    x(numer).over(&x(denom)).unwrap()
}

/// A number in all three ways it is kept: a short decimal, a quotient, a big rational.
fn kept_ways() -> Vec<(Exact, BigRational)> {
    let big = |numer: i128, denom: i128| BigRational::new(BigInt::from(numer), BigInt::from(denom));
    let huge = x("9999999999999999999999.5");
    vec![
        (x("0"), big(0, 1)),
        (x("1"), big(1, 1)),
        (x("-2.5"), big(-5, 2)),
        (x("0.000001"), big(1, 1_000_000)),
        (over("1", "3"), big(1, 3)),
        (over("-2", "7"), big(-2, 7)),
        (over("10", "4"), big(5, 2)),
        (over("1.5", "0.07"), big(150, 7)),
        (huge.clone(), big(19_999_999_999_999_999_999_999, 2)),
        (huge.over(&x("3")).unwrap(), big(19_999_999_999_999_999_999_999, 6)),
        (huge.negated(), big(-19_999_999_999_999_999_999_999, 2)),
        (x("9223372036854775807"), big(9_223_372_036_854_775_807, 1)),
        (x("-9223372036854775808"), big(-9_223_372_036_854_775_808, 1)),
        (x("0.000000000000000000000001"), big(1, 1_000_000_000_000_000_000_000_000)),
    ]
}

fn fraction(number: &BigRational) -> String {
    format!("{}/{}", number.numer(), number.denom())
}

#[test]
fn every_pair_adds_multiplies_divides_and_compares_as_big_rationals_do() {
    for (a, big_a) in kept_ways() {
        assert_eq!(a.fraction(), fraction(&big_a));
        assert_eq!(a.negated().fraction(), fraction(&-big_a.clone()));
        assert_eq!(
            (a.is_zero(), a.is_negative(), a.is_positive()),
            (big_a.is_zero(), big_a.is_negative(), big_a.is_positive())
        );
        for (b, big_b) in kept_ways() {
            assert_eq!(a.plus(&b).fraction(), fraction(&(&big_a + &big_b)), "{} + {}", a.shown(), b.shown());
            assert_eq!(a.minus(&b).fraction(), fraction(&(&big_a - &big_b)));
            assert_eq!(a.times(&b).fraction(), fraction(&(&big_a * &big_b)));
            assert_eq!(a.cmp(&b), big_a.cmp(&big_b), "{} against {}", a.shown(), b.shown());
            assert_eq!((a == b, a < b, a > b), (big_a == big_b, big_a < big_b, big_a > big_b));
            assert_eq!(*a.at_most(&b) == a, big_a <= big_b);
            assert_eq!(*a.at_least(&b) == a, big_a >= big_b);
            match a.over(&b) {
                None => assert!(big_b.is_zero()),
                Some(quotient) => assert_eq!(quotient.fraction(), fraction(&(&big_a / &big_b))),
            }
        }
    }
}

#[test]
fn a_sum_of_many_is_the_sum_of_each() {
    let (numbers, bigs): (Vec<Exact>, Vec<BigRational>) = kept_ways().into_iter().unzip();
    let sum = bigs.iter().fold(BigRational::zero(), |sum, number| sum + number);
    assert_eq!(Exact::sum(&numbers).fraction(), fraction(&sum));
    let many: Vec<Exact> =
        (1..60).map(|denom| x("1").over(&Exact::from(9_999_900_i32 + denom)).unwrap()).collect();
    let one_by_one = many.iter().fold(Exact::ZERO, |sum, number| sum.plus(number));
    assert_eq!(Exact::sum(&many), one_by_one);
    assert_eq!(Exact::sum(&many).fraction(), one_by_one.fraction());
    assert_eq!(Exact::sum(&[]), Exact::ZERO);
    let nearly_full = x("9000000000000000000");
    assert_eq!(Exact::sum(&[nearly_full.clone(), nearly_full]), x("18000000000000000000"));
}

#[test]
fn the_named_numbers_are_what_they_say() {
    assert_eq!([Exact::ZERO, Exact::ONE, Exact::HUNDRED], [x("0"), x("1"), x("100")]);
    assert_eq!(Exact::default(), Exact::ZERO);
    assert_eq!([Exact::from(7_i32), Exact::from(7_usize)], [x("7"), x("7")]);
}

#[test]
fn a_number_is_finite_when_it_has_a_decimal_of_at_most_28_digits() {
    assert_eq!(over("1", "8").finite(), Some(d("0.125")));
    assert_eq!(over("10", "4").finite(), Some(d("2.5")));
    assert_eq!(over("0", "7").finite(), Some(d("0")));
    assert_eq!(over("21", "7").finite(), Some(d("3")));
    assert_eq!(over("1", "3").finite(), None);
    assert_eq!(x("2.500").finite().map(|number| number.to_string()).as_deref(), Some("2.5"));
    let tiny = over("1", "1000000000").times(&over("1", "1000000000")).times(&over("1", "10000000000"));
    assert_eq!(tiny.finite(), Some(d("0.0000000000000000000000000001")));
    assert_eq!(tiny.over(&x("10")).unwrap().finite(), None, "29 decimals are one too many");
    assert_eq!(x("9999999999999999999999.5").finite(), Some(d("9999999999999999999999.5")));
    assert_eq!(over("1", "3").simplified().fraction(), "1/3");
    assert_eq!(over("10", "4").simplified().as_short(), Some((25, 1)));
}

#[test]
fn numbers_are_shown_with_all_their_decimals_or_with_28_digits_half_up() {
    assert_eq!(x("1234.50").shown(), "1234.5");
    assert_eq!(over("2", "3").shown(), "0.6666666666666666666666666667");
    assert_eq!(over("-200", "3").shown(), "-66.66666666666666666666666667");
    assert_eq!(over("1", "7000000").shown(), "0.0000001428571428571428571428571429");
    assert_eq!(over("9999999999999999999999.5", "3").shown(), "3333333333333333333333.166667");
    assert_eq!(over("-1", "3").shown(), "-0.3333333333333333333333333333");
}

#[test]
fn fractions_are_reduced_and_carry_their_sign_above_the_line() {
    assert_eq!(over("1.50", "0.99").fraction(), "50/33");
    assert_eq!(over("2", "-6").fraction(), "-1/3");
    assert_eq!(over("-2", "-6").fraction(), "1/3");
    assert_eq!(x("0.25").fraction(), "1/4");
}

#[test]
fn a_half_is_rounded_up_or_to_the_even_neighbour_whatever_the_way_it_is_kept() {
    let rounded = |number: &Exact, decimals, half| number.rounded(decimals, half).shown();
    for (number, up, even) in [
        ("0.125", "0.13", "0.12"),
        ("0.135", "0.14", "0.14"),
        ("-0.125", "-0.13", "-0.12"),
        ("0.1249", "0.12", "0.12"),
    ] {
        assert_eq!([rounded(&x(number), 2, Half::Up), rounded(&x(number), 2, Half::Even)], [up, even]);
        let quotient = x(number).times(&x("7")).over(&x("7")).unwrap();
        assert_eq!([rounded(&quotient, 2, Half::Up), rounded(&quotient, 2, Half::Even)], [up, even]);
        let big = x(number).plus(&x("9999999999999999999999")).plus(&over("1", "3"));
        let back = big.minus(&over("1", "3")).minus(&x("9999999999999999999999"));
        assert_eq!([rounded(&back, 2, Half::Up), rounded(&back, 2, Half::Even)], [up, even]);
    }
    let large = x("9999999999999999999999.125").times(&x("7")).over(&x("7")).unwrap();
    assert_eq!(
        [rounded(&large, 2, Half::Up), rounded(&large, 2, Half::Even)],
        ["9999999999999999999999.13", "9999999999999999999999.12"]
    );
    assert_eq!(rounded(&large.negated(), 2, Half::Up), "-9999999999999999999999.13");
    assert_eq!(rounded(&over("2", "3"), 0, Half::Up), "1");
    assert_eq!(rounded(&over("1", "3"), 0, Half::Up), "0");
    // Just below a half by less than 28 digits tell.
    let below = x("0.5").minus(&over("1", "3000000000000000").times(&over("1", "1000000000000000")));
    assert_eq!(rounded(&below, 0, Half::Up), "0");
    let above = x("0.5").plus(&over("1", "3000000000000000").times(&over("1", "1000000000000000")));
    assert_eq!(rounded(&above, 0, Half::Even), "1");
}

#[test]
fn whole_hundredths_and_billionths_are_cut_off() {
    assert_eq!(x("1.239").floor_hundredths(), Some(123));
    assert_eq!(x("-1.231").floor_hundredths(), Some(-124));
    assert_eq!(over("1", "3").floor_hundredths(), Some(33));
    assert_eq!(x("99999999999999999999").floor_hundredths(), None);
    assert_eq!(x("1.5").whole_billionths(), Some(1_500_000_000));
    assert_eq!(over("1", "3").whole_billionths(), Some(333_333_333));
    assert_eq!(over("-1", "0.3").whole_billionths(), Some(-3_333_333_333));
    assert_eq!(over("0.001", "3").whole_billionths(), Some(333_333));
    let long = x("-9999999999999999999999.5");
    assert_eq!(long.whole_billionths(), Some(-9_999_999_999_999_999_999_999_500_000_000));
    assert_eq!(long.times(&long).whole_billionths(), None);
    // The numerator in billionths is too long for words, and the outcome is not.
    let on_the_way = over("999999999999999989", "0.999999999999999877");
    assert_eq!(on_the_way.whole_billionths(), Some(1_000_000_000_000_000_112_000_000_000));
}

#[test]
fn a_short_number_travels_as_mantissa_and_scale() {
    assert_eq!(x("2.5").as_short(), Some((25, 1)));
    assert_eq!(Exact::from_short((25, 1)), x("2.5"));
    assert_eq!(over("1", "3").as_short(), None);
}

#[test]
fn logarithms_and_powers_have_twenty_decimals_and_stay_within_their_domain() {
    assert_eq!(x("8").logarithm(&x("2")).unwrap(), x("3"));
    assert_eq!(x("1").logarithm(&x("2")).unwrap(), x("0"));
    assert_eq!(over("3", "2").logarithm(&x("2")).unwrap().shown(), "0.58496250072115618145");
    assert_eq!(x("0").logarithm(&x("2")), None);
    assert_eq!(x("-1").logarithm(&x("2")), None);
    assert_eq!(x("2").to_the_power(&x("10")).unwrap(), x("1024"));
    assert_eq!(x("2").to_the_power(&x("0.5")).unwrap().rounded(10, Half::Up).shown(), "1.4142135624");
}

fn decimals() -> impl Strategy<Value = Decimal> {
    (any::<i64>(), 0_u32..19).prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale))
}

fn small() -> impl Strategy<Value = Decimal> {
    (-1_000_000_i64..1_000_000, 0_u32..7).prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale))
}

fn rational(number: Decimal) -> BigRational {
    BigRational::new(BigInt::from(number.mantissa()), BigInt::from(10).pow(number.scale()))
}

proptest! {
    #[test]
    fn any_two_decimals_add_multiply_divide_and_compare_exactly(a in decimals(), b in decimals()) {
        let (exact_a, exact_b) = (Exact::from(a), Exact::from(b));
        let (big_a, big_b) = (rational(a), rational(b));
        prop_assert_eq!(exact_a.plus(&exact_b).fraction(), fraction(&(&big_a + &big_b)));
        prop_assert_eq!(exact_a.times(&exact_b).fraction(), fraction(&(&big_a * &big_b)));
        prop_assert_eq!(exact_a.cmp(&exact_b), big_a.cmp(&big_b));
        if !b.is_zero() {
            prop_assert_eq!(exact_a.over(&exact_b).unwrap().fraction(), fraction(&(&big_a / &big_b)));
        }
    }

    #[test]
    fn quotients_of_short_decimals_add_multiply_and_compare_exactly(
        a in small(), b in small(), c in small(), d in small()
    ) {
        prop_assume!(!b.is_zero() && !d.is_zero());
        let (left, right) = (Exact::from(a).over(&Exact::from(b)).unwrap(), Exact::from(c).over(&Exact::from(d)).unwrap());
        let (big_left, big_right) = (rational(a) / rational(b), rational(c) / rational(d));
        prop_assert_eq!(left.plus(&right).fraction(), fraction(&(&big_left + &big_right)));
        prop_assert_eq!(left.times(&right).fraction(), fraction(&(&big_left * &big_right)));
        prop_assert_eq!(left.cmp(&right), big_left.cmp(&big_right));
        let billionths = (&big_left * BigInt::from(1_000_000_000)).trunc().to_integer();
        prop_assert_eq!(left.whole_billionths().map(BigInt::from), Some(billionths));
    }

    #[test]
    fn a_rounded_quotient_is_the_nearest(a in small(), b in small(), decimals in 0_u32..5) {
        prop_assume!(!b.is_zero());
        let quotient = Exact::from(a).over(&Exact::from(b)).unwrap();
        for half in [Half::Up, Half::Even] {
            let rounded = quotient.rounded(decimals, half);
            let gap = quotient.minus(&rounded);
            let gap = if gap.is_negative() { gap.negated() } else { gap };
            prop_assert!(gap <= Exact::from(Decimal::new(5, decimals + 1)));
            prop_assert!(rounded.finite().unwrap().normalize().scale() <= decimals);
        }
    }
}

#[test]
fn a_payable_amount_has_cents_and_a_unit_price_six_decimals() {
    assert_eq!(Price::payable(d("12.34")).unwrap().euros(), d("12.34"));
    assert_eq!(Price::payable(d("12.340")).unwrap().euros(), d("12.34"));
    assert_eq!(Price::payable(d("12.345")), Err(PriceError::TooManyDecimals));
    assert_eq!(Price::per_unit(d("0.123456")).unwrap().euros(), d("0.123456"));
    assert_eq!(Price::per_unit(d("0.1234567")), Err(PriceError::TooManyDecimals));
}

#[test]
fn a_price_is_zero_or_more_and_at_most_ten_trillion_euros() {
    assert_eq!(Price::payable(d("0")), Ok(Price::ZERO));
    assert_eq!(Price::payable(d("-0")), Ok(Price::ZERO));
    assert_eq!(Price::payable(d("-0.01")), Err(PriceError::Negative));
    assert!(Price::payable(d("10000000000000")).is_ok());
    assert_eq!(Price::payable(d("10000000000000.01")), Err(PriceError::TooLarge));
    assert_eq!(Exact::from(Price::payable(d("12.34")).unwrap()), x("12.34"));
}

#[test]
fn a_share_lies_from_nothing_to_everything() {
    assert_eq!(Share::of_percent(d("25")).map(Share::exact), Some(x("0.25")));
    assert_eq!(["0", "100"].map(|percent| Share::of_percent(d(percent)).is_some()), [true, true]);
    assert_eq!(["-0.1", "100.1"].map(|percent| Share::of_percent(d(percent))), [None, None]);
    assert_eq!(["0", "1"].map(|share| Share::of_fraction(d(share)).is_some()), [true, true]);
    assert_eq!(["-0.1", "1.1"].map(|share| Share::of_fraction(d(share))), [None, None]);
    let quarter = Share::of_percent(d("25")).unwrap();
    assert_eq!([quarter.rest(), quarter.percent(), Share::NOTHING.exact()], [x("0.75"), x("25"), x("0")]);
}
