//! Every value of the five published tables, for a full-time year of 36 hours, to the cent.

use serde_json::{Value, json};

use crate::social_return::support::*;

/// What the tables do not say and a value needs.
fn silent() -> Value {
    json!({
        "proration": {"by": "calendar-months"}, "fullTime": {"basis": "weekly-hours", "weeklyHours": "36"},
        "bonusProration": "flat", "bonusesCumulate": true
    })
}

fn year(block: &str, more: Value) -> Value {
    with(with(entry("2026-01-01", "2026-12-31", "36", json!({})), json!({"block": block})), more)
}

const A_YEAR: &[(&str, &[(&str, u32)])] = &[
    (
        "haaglanden-zuid-holland-centraal-2023",
        &[
            ("nug", 5_000),
            ("jongere-zonder-startkwalificatie", 10_000),
            ("stage-mbo-hbo", 5_000),
            ("stage-vso-pro", 7_500),
            ("bbl-tot-en-met-2", 25_000),
            ("bbl-3-en-hoger", 15_000),
            ("ww", 20_000),
            ("wia", 30_000),
            ("participatiewet", 40_000),
            ("banenafspraak", 50_000),
        ],
    ),
    (
        "utrecht-nieuwste",
        &[
            ("participatiewet", 40_000),
            ("banenafspraak", 50_000),
            ("leerwerkplek", 35_000),
            ("wia-wao", 40_000),
            ("ww", 20_000),
            ("bbl-2-4", 35_000),
            ("bol-2-4", 20_000),
            ("geen-uitkering", 10_000),
        ],
    ),
    (
        "utrecht-2015",
        &[("wia-wao", 30_000), ("banenafspraak", 35_000), ("bbl", 15_000), ("bol", 10_000), ("nug", 10_000)],
    ),
    (
        "leiden-2023",
        &[
            ("geen-uitkering", 5_000),
            ("geen-uitkering-beperking", 10_000),
            ("bol", 10_000),
            ("bbl", 25_000),
            ("pro-vso", 25_000),
            ("ww", 15_000),
            ("wia", 40_000),
            ("wajong", 25_000),
            ("participatiewet", 30_000),
            ("participatiewet-beperking", 50_000),
            ("wsw", 50_000),
        ],
    ),
    (
        "rijnvicus",
        &[
            ("geen-uitkering", 5_000),
            ("geen-uitkering-beperking", 10_000),
            ("bol", 5_000),
            ("bbl", 25_000),
            ("pro-vso", 25_000),
            ("ww", 10_000),
            ("wia", 20_000),
            ("wajong", 25_000),
            ("participatiewet-beperking", 50_000),
            ("wsw", 50_000),
        ],
    ),
];

#[test]
fn a_full_time_year_of_every_block_is_worth_what_its_table_says() {
    for (table, blocks) in A_YEAR {
        let policy = template(table, silent());
        for (block, euros) in *blocks {
            assert_eq!(
                worth(&policy, year(block, json!({}))).unwrap(),
                format!("{euros}.00"),
                "{table} {block}"
            );
        }
    }
}

#[test]
fn amounts_by_the_duration_of_the_benefit_are_those_of_their_tables() {
    for (table, block, steps) in [
        ("utrecht-2015", "participatiewet", [(23, "30000.00"), (24, "40000.00")]),
        ("utrecht-2015", "ww", [(11, "15000.00"), (12, "20000.00")]),
        ("rijnvicus", "participatiewet", [(23, "25000.00"), (24, "30000.00")]),
    ] {
        for (months, euros) in steps {
            let facts = year(block, json!({"benefitMonths": months}));
            assert_eq!(worth(&template(table, silent()), facts).unwrap(), euros, "{table} {block} {months}");
        }
    }
}

#[test]
fn bonuses_are_those_of_their_tables_and_on_their_blocks_only() {
    for (table, block, bonus, euros) in [
        ("haaglanden-zuid-holland-centraal-2023", "wia", "55-plus", "40000.00"),
        ("haaglanden-zuid-holland-centraal-2023", "nug", "baan-na-stage-vso-pro", "30000.00"),
        ("utrecht-nieuwste", "ww", "statushouder-taal", "30000.00"),
        ("utrecht-2015", "bbl", "50-plus", "20000.00"),
        ("leiden-2023", "ww", "55-plus", "30000.00"),
        ("leiden-2023", "pro-vso", "pro-vso-na-stage", "35000.00"),
        ("rijnvicus", "ww", "55-plus", "20000.00"),
    ] {
        let facts = year(block, json!({"bonuses": [bonus], "internshipMonths": "6"}));
        assert_eq!(worth(&template(table, silent()), facts).unwrap(), euros, "{table} {block} {bonus}");
    }
    let elsewhere = year("ww", json!({"bonuses": ["pro-vso-na-stage"]}));
    assert_eq!(
        worth(&template("leiden-2023", silent()), elsewhere).unwrap_err(),
        ["bonus-of-other-blocks /entries/0/bonuses/0"]
    );
}

#[test]
fn what_is_not_measured_in_time_is_worth_what_its_table_says() {
    for (table, facts, euros) in [
        ("utrecht-nieuwste", json!({"block": "maatschappelijke-activiteit", "quantity": "7.5"}), "750.00"),
        (
            "utrecht-nieuwste",
            json!({"block": "inkoop-sociale-onderneming-sw", "amount": "1234.56"}),
            "1234.56",
        ),
        ("utrecht-2015", json!({"block": "wsw", "amount": "999.99"}), "999.99"),
        (
            "leiden-2023",
            json!({"block": "maatschappelijke-activiteit", "amount": "3500", "quantity": "3"}),
            "3000.00",
        ),
        ("leiden-2023", json!({"block": "sw-bedrijf", "amount": "100.01"}), "100.01"),
        (
            "rijnvicus",
            json!({"block": "maatschappelijke-activiteit", "amount": "800", "quantity": "1"}),
            "800.00",
        ),
    ] {
        assert_eq!(worth(&template(table, silent()), facts).unwrap(), euros, "{table}");
    }
}
