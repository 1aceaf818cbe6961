//! No name, date of birth or BSN can be given, and what is refused is not repeated.

use serde_json::{Value, json};

use crate::pso::support::*;

/// Numbers that pass the eleven test, made up for this test.
const BSNS: [&str; 3] = ["123456782", "111222333", "999990019"];

fn refused(file: &Value) -> String {
    outcome(file).unwrap_err().remove(0)
}

fn named(reference: &str) -> Value {
    with_workers("10", json!([worker(reference, "40")]))
}

#[test]
fn a_bsn_is_refused_wherever_it_stands_and_is_not_repeated() {
    for bsn in BSNS {
        let places: [(Value, &str); 5] = [
            (named(bsn), "/workers/0/reference"),
            (
                with(named("W-1"), "organisation", json!({ "name": bsn, "totalFte": "10" })),
                "/organisation/name",
            ),
            (
                with(
                    named("W-1"),
                    "organisation",
                    json!({ "name": format!("dossier {bsn}, ja"), "totalFte": "10" }),
                ),
                "/organisation/name",
            ),
            (with(named("W-1"), "purchases", json!([purchase(bsn, "S", "1.00")])), "/purchases/0/order"),
            (with(named("W-1"), bsn, json!(1)), "/"),
        ];
        for (file, pointer) in places {
            let error = refused(&file);
            assert!(error.starts_with(&format!("{pointer}: nine digits")), "{error}");
            assert!(!error.contains(bsn), "{error}");
        }
        let number: u32 = bsn.parse().unwrap();
        assert!(refused(&with(named("W-1"), "assumedSuppliers", json!([number]))).contains("BSN"));
    }
}

#[test]
fn a_bsn_with_spaces_dots_or_hyphens_is_a_bsn() {
    for text in ["123 456 782", "123.456.782", "123-456-782", "1234.56.782", "BSN:123456782.", "x123456782x"]
    {
        let file = with(named("W-1"), "organisation", json!({ "name": text, "totalFte": "10" }));
        assert!(refused(&file).contains("BSN"), "{text}");
    }
}

#[test]
fn other_numbers_are_no_bsn() {
    for text in
        ["123456783", "12345678", "1234567820", "000000000", "2025-12-31", "12345-6782", "12 34 56 782"]
    {
        let file = with(named("W-1"), "organisation", json!({ "name": text, "totalFte": "10" }));
        assert!(outcome(&file).is_ok(), "{text}");
    }
}

#[test]
fn an_amount_of_nine_digits_is_an_amount() {
    let suppliers = json!([supplier("S", "123456782", "20", "30")]);
    assert!(outcome(&fifty(suppliers, json!([purchase("O", "S", "111222333")]))).is_ok());
}

#[test]
fn names_and_dates_of_birth_are_no_pseudonyms() {
    for reference in [
        "Jan",
        "Jan de Vries",
        "J.deVries",
        "jansen@voorbeeld.nl",
        "1985-03-12",
        "12-03-1985",
        "19850312",
        "850312",
        "W-123456",
        "WW-1",
        "w-1",
        "W-",
        "-1",
        "W1",
        "",
        "W-１",
    ] {
        let error = refused(&named(reference));
        assert!(error.contains("/workers/0/reference") && error.contains("no pseudonym"), "{error}");
        assert!(reference.len() < 3 || !error.contains(reference), "{error}");
    }
}

#[test]
fn short_numbers_and_uuids_are_pseudonyms() {
    for reference in ["W-1", "A-00000", "Z-99999", "0192f3a4-7b1c-7d2e-8f30-123456789abc"] {
        assert!(outcome(&named(reference)).is_ok(), "{reference}");
    }
}

#[test]
fn a_worker_has_no_field_for_a_name_or_a_date_of_birth() {
    for field in ["name", "naam", "firstName", "birthDate", "bornOn", "geboortedatum", "bsn", "email"] {
        let mut file = named("W-1");
        file["workers"][0][field] = json!("x");
        assert!(refused(&file).contains(&format!("unknown field `{field}`")), "{field}");
    }
}

#[test]
fn a_month_is_asked_and_a_day_is_refused() {
    for text in ["1985-03-12", "2025", "2025-13", "2025-00", "25-01", "2025-1", "jan 2025", "0985-03"] {
        let mut file = named("W-1");
        file["workers"][0]["countsFrom"] = json!(text);
        assert_eq!(refused(&file), "invalid-month /workers/0/countsFrom", "{text}");
    }
}
