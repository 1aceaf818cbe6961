//! Tables and rules of real authorities, each with its source and with values that were published or follow from what
//! was published by the rules that it says.

use serde_json::{Value, json};

use crate::support::{during, owed, policy, with, worth, year};

/// What a table says of one of its blocks: what is handed in, and what it counts for.
type Row = (Value, &'static str);

fn check(table: &str, policy: &Value, rows: &[Row]) {
    for (entry, euros) in rows {
        assert_eq!(worth(policy, entry).as_deref(), Ok(*euros), "{table}: {entry}");
    }
}

fn check_owed(table: &str, obligation: Value, rows: &[Row]) {
    let policy = policy(json!({"obligation": obligation}));
    for (contract, euros) in rows {
        assert_eq!(owed(&policy, contract).as_deref(), Ok(*euros), "{table}: {contract}");
    }
}

fn template(name: &str, more: Value) -> Value {
    let path = format!("{}/../../examples/policies/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let file: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    with(file, more)
}

fn block(code: &str, measure: &str, more: Value) -> Value {
    with(json!({"code": code, "name": code, "measure": measure}), more)
}

/// Source: denhaag.nl, social-return-bouwblokken: contracts from 1 July 2023.
#[test]
fn haaglanden_and_zuid_holland_centraal() {
    let policy = template(
        "haaglanden-zuid-holland-centraal-2023",
        json!({"bonusProration": "flat", "bonusesCumulate": true}),
    );
    let twice = |block: &str, more: Value| during(block, "2026-01-01", "2029-12-31", more);
    let started =
        |day: &str| year("ww", json!({"placementStartedOn": day, "contractStartedOn": "2026-01-01"}));
    check(
        "Haaglanden",
        &policy,
        &[
            // 24 hours, 8 months.
            (
                during("participatiewet", "2026-01-01", "2026-08-31", json!({"hoursPerWeek": "24"})),
                "17777.78",
            ),
            (twice("nug", json!({})), "5000.00"),
            (twice("jongere-zonder-startkwalificatie", json!({})), "10000.00"),
            (twice("stage-mbo-hbo", json!({})), "5000.00"),
            (twice("stage-vso-pro", json!({})), "15000.00"),
            (twice("bbl-tot-en-met-2", json!({})), "50000.00"),
            (twice("bbl-3-en-hoger", json!({})), "45000.00"),
            (twice("ww", json!({})), "20000.00"),
            (twice("wia", json!({})), "60000.00"),
            (twice("participatiewet", json!({})), "80000.00"),
            (twice("banenafspraak", json!({})), "200000.00"),
            (json!({"block": "scholing-en-begeleiding", "amount": "1234.56"}), "1234.56"),
            // As long as wage-cost subsidy runs.
            (twice("participatiewet", json!({"wageCostSubsidyUntil": "2028-12-31"})), "120000.00"),
            // Started within 12 months before the contract.
            (started("2025-01-01"), "20000.00"),
            (started("2024-12-31"), "0.00"),
            (year("wia", json!({"bonuses": ["55-plus"]})), "40000.00"),
            (year("wia", json!({"bonuses": ["55-plus", "baan-met-beperking"]})), "50000.00"),
            // A job after an internship of at least 6 months; without it the block counts by itself.
            (year("nug", json!({"bonuses": ["baan-na-stage-vso-pro"], "internshipMonths": "6"})), "30000.00"),
            (
                year("nug", json!({"bonuses": ["baan-na-stage-vso-pro"], "internshipMonths": "5.9"})),
                "5000.00",
            ),
        ],
    );
}

/// Source: utrecht.nl, social-return-berekenen-bouwblokken.
#[test]
fn utrecht_newest() {
    let terms = |proration: &str| {
        template("utrecht-nieuwste", json!({"bonusProration": proration, "bonusesCumulate": true}))
    };
    let register = during(
        "banenafspraak",
        "2026-01-01",
        "2026-12-31",
        json!({"hoursPerWeek": "20", "bonuses": ["50-plus", "vast-contract"]}),
    );
    check("Utrecht", &terms("like-block"), &[(register.clone(), "38888.89")]);
    check(
        "Utrecht",
        &terms("flat"),
        &[
            (register, "47777.78"),
            (year("ww", json!({"bonuses": ["statushouder-taal"]})), "30000.00"),
            // Cost, or 100 for each hour of a worker: the entry says which.
            (json!({"block": "maatschappelijke-activiteit", "quantity": "7.5"}), "750.00"),
            (
                json!({"block": "maatschappelijke-activiteit", "unit": "actual-cost", "amount": "812.25"}),
                "812.25",
            ),
            (json!({"block": "inkoop-sociale-onderneming-sw", "amount": "1234.56"}), "1234.56"),
            (json!({"block": "ontwikkeling-mobiliteit", "amount": "2500"}), "2500.00"),
        ],
    );
}

/// Source: utrecht.nl, bouwblokkenmodel-social-return, since 2015.
#[test]
fn utrecht_2015() {
    let policy = template(
        "utrecht-2015",
        json!({"bonusProration": "flat", "bonusesCumulate": true, "proration": {"by": "calendar-months"}}),
    );
    let since = |block: &str, months: u32| year(block, json!({"benefitMonths": months}));
    check(
        "Utrecht 2015",
        &policy,
        &[
            (since("participatiewet", 23), "30000.00"),
            (since("participatiewet", 24), "40000.00"),
            (since("ww", 11), "15000.00"),
            (since("ww", 12), "20000.00"),
            (with(since("ww", 12), json!({"bonuses": ["vast-contract", "50-plus"]})), "35000.00"),
            (json!({"block": "maatschappelijke-activiteit", "quantity": "3"}), "300.00"),
            (
                json!({"block": "maatschappelijke-activiteit", "unit": "invoice", "amount": "450.10"}),
                "450.10",
            ),
            (json!({"block": "wsw", "amount": "999.99"}), "999.99"),
        ],
    );
}

/// Sources: dzb.nl/bouwblokkenmethode (from 1 September 2023) and rijnvicus.nl, SROI_bouwblokkenmethode.
#[test]
fn leiden_and_rijnvicus() {
    let silent = json!({
        "proration": {"by": "calendar-months"}, "fullTime": {"basis": "weekly-hours", "weeklyHours": "36"},
        "bonusProration": "flat", "bonusesCumulate": true
    });
    // 26 of 52 weeks.
    let half = |block: &str| during(block, "2026-01-05", "2026-07-05", json!({}));
    check(
        "Leiden",
        &template("leiden-2023", silent.clone()),
        &[
            (half("bol"), "5000.00"),
            (year("pro-vso", json!({"bonuses": ["pro-vso-na-stage"], "internshipMonths": "6"})), "35000.00"),
            (year("pro-vso", json!({"bonuses": ["pro-vso-na-stage"], "internshipMonths": "5"})), "25000.00"),
            (json!({"block": "maatschappelijke-activiteit", "amount": "3500", "quantity": "3"}), "3000.00"),
            (year("participatiewet-beperking", json!({"bonuses": ["55-plus"]})), "65000.00"),
        ],
    );
    check(
        "Rijnvicus",
        &template("rijnvicus", silent),
        &[
            (half("bol"), "2500.00"),
            (year("participatiewet", json!({"benefitMonths": 23})), "25000.00"),
            (year("participatiewet", json!({"benefitMonths": 24})), "30000.00"),
            (json!({"block": "sw-bedrijf", "amount": "100.01"}), "100.01"),
        ],
    );
}

/// Source: harlingen.nl, vormen-van-invulling-social-return: 36 hours, at least 12 hours a week; WW from 3 months.
#[test]
fn harlingen() {
    let steps = |steps: &[(u32, &str)]| -> Vec<Value> {
        steps.iter().map(|(from, amount)| json!({"fromMonths": from, "amount": amount})).collect()
    };
    let hours = json!({"leastHoursPerWeek": "12"});
    let table = policy(json!({
        "bonusProration": "like-block",
        "sanction": {"factor": "1", "cureDays": 90, "excusable": true},
        "blocks": [
            block("p-wet", "year", with(hours.clone(), json!({"amountByBenefitMonths": steps(&[(0, "35000"), (24, "40000")])}))),
            block("ww", "year", with(hours.clone(), json!({"amountByBenefitMonths": steps(&[(0, "0"), (3, "15000"), (12, "20000")])}))),
            block("wia", "year", with(hours.clone(), json!({"amount": "35000"}))),
            block("wajong", "year", with(hours.clone(), json!({"amount": "40000"}))),
            block("werkervaringsplaats", "year", with(hours.clone(), json!({"amount": "7500"}))),
            block("bbl-nieuw", "year", json!({"amount": "15000"})),
            block("bbl-bestaand", "year", json!({"amount": "10000"})),
            block("stage-mbo-1-2", "year", json!({"amount": "5000"})),
            block("stage-mbo-3-4-hbo", "year", json!({"amount": "2500"})),
            block("onderaanneming-sw", "invoice", json!({"invoice": {"recognised": "wage-part"}})),
            block("opleiding", "actual-cost", json!({})),
            block("maatwerk", "agreed", json!({}))
        ],
        "bonuses": [
            {"code": "50-plus", "name": "50 jaar of ouder", "amount": "5000", "group": "leeftijd",
             "blocks": ["p-wet", "ww", "wia", "wajong"]},
            {"code": "55-plus", "name": "55 jaar of ouder", "amount": "7500", "group": "leeftijd",
             "blocks": ["p-wet", "ww", "wia", "wajong"]}
        ]
    }));
    check(
        "Harlingen",
        &table,
        &[
            (year("p-wet", json!({"benefitMonths": 23})), "35000.00"),
            (year("p-wet", json!({"benefitMonths": 24})), "40000.00"),
            (year("ww", json!({"benefitMonths": 2})), "0.00"),
            (year("ww", json!({"benefitMonths": 3})), "15000.00"),
            (year("ww", json!({"benefitMonths": 12})), "20000.00"),
            (year("wia", json!({"hoursPerWeek": "11"})), "0.00"),
            (year("wia", json!({"hoursPerWeek": "12"})), "11666.67"),
            (year("wajong", json!({"bonuses": ["50-plus"]})), "45000.00"),
            // Who is 55 is 50 as well: the higher counts.
            (year("wajong", json!({"bonuses": ["50-plus", "55-plus"]})), "47500.00"),
            (during("werkervaringsplaats", "2026-01-01", "2026-06-30", json!({})), "3750.00"),
            (year("bbl-bestaand", json!({})), "10000.00"),
            (year("stage-mbo-3-4-hbo", json!({})), "2500.00"),
            (json!({"block": "onderaanneming-sw", "amount": "4321.09"}), "4321.09"),
            (json!({"block": "opleiding", "amount": "99.95"}), "99.95"),
            (json!({"block": "maatwerk", "amount": "1000"}), "1000.00"),
        ],
    );
}

/// Source: impactoost.nl/bouwblokken: the uniform model of the east of the country.
#[test]
fn oost_nederland() {
    let steps = |low: &str, high: &str, from: u32| json!([{"fromMonths": 0, "amount": low}, {"fromMonths": from, "amount": high}]);
    let table = policy(json!({"blocks": [
        block("p-wet", "year", json!({"amountByBenefitMonths": steps("30000", "40000", 24), "countsMonths": 24})),
        block("register", "year", json!({"amount": "40000", "countsAlways": true})),
        block("ww", "year", json!({"amountByBenefitMonths": steps("10000", "15000", 12), "countsMonths": 12})),
        block("nug", "year", json!({"amount": "10000", "countsMonths": 12})),
        block("werkervaringsplek", "month", json!({"amount": "750", "byHours": false})),
        block("bbl-1-2", "learning-year", json!({"amount": "20000"}))
    ]}));
    let three = |block: &str, more: Value| during(block, "2026-01-01", "2028-12-31", more);
    check(
        "Oost-Nederland",
        &table,
        &[
            (three("p-wet", json!({"benefitMonths": 10})), "60000.00"),
            (three("p-wet", json!({"benefitMonths": 30})), "80000.00"),
            (three("register", json!({})), "120000.00"),
            (three("ww", json!({"benefitMonths": 12})), "15000.00"),
            (three("nug", json!({"hoursPerWeek": "18"})), "5000.00"),
            (during("werkervaringsplek", "2026-01-01", "2026-03-31", json!({})), "2250.00"),
            (three("bbl-1-2", json!({"quantity": "1.5"})), "30000.00"),
        ],
    );
}

/// Sources: socialreturnregiotilburg.nl (2017), hilversum.nl, and what a Rotterdam adviser said on lerenenwerken.nl.
#[test]
fn tilburg_hilversum_and_rotterdam() {
    let tilburg = policy(json!({"blocks": [
        block("bijstand-ww", "year", json!({"amountByBenefitMonths": [
            {"fromMonths": 0, "amount": "15000"}, {"fromMonths": 12, "amount": "25000"}]})),
        block("nug", "year", json!({"amount": "15000"})),
        block("arbeidsbeperking", "year", json!({"amount": "30000"})),
        block("bbl", "year", json!({"amount": "10000", "byHours": false})),
        block("bol-vso-pro", "year", json!({"amount": "5000", "byHours": false}))
    ]}));
    check(
        "Tilburg",
        &tilburg,
        &[
            (year("bijstand-ww", json!({"benefitMonths": 11})), "15000.00"),
            (year("bijstand-ww", json!({"benefitMonths": 12})), "25000.00"),
            (year("arbeidsbeperking", json!({"hoursPerWeek": "18"})), "15000.00"),
            // By the year, whatever the hours.
            (json!({"block": "bbl", "period": {"from": "2026-01-01", "until": "2026-06-30"}}), "5000.00"),
            (year("bol-vso-pro", json!({"hoursPerWeek": "8"})), "5000.00"),
        ],
    );
    let hilversum = policy(json!({
        "bonusProration": "flat",
        "blocks": [
            block("bijstand", "year", json!({"amountByBenefitMonths": [
                {"fromMonths": 0, "amount": "30000"}, {"fromMonths": 24, "amount": "40000"}]})),
            block("wsw", "invoice", json!({"invoice": {"recognised": "share", "percent": "100"}})),
            block("mvo", "hour", json!({"amount": "100"}))
        ],
        "bonuses": [{"code": "55-plus", "name": "55+", "amount": "5000"}]
    }));
    check(
        "Hilversum",
        &hilversum,
        &[
            (year("bijstand", json!({"benefitMonths": 24, "bonuses": ["55-plus"]})), "45000.00"),
            (json!({"block": "wsw", "amount": "10.05"}), "10.05"),
            (json!({"block": "mvo", "quantity": "2.25"}), "225.00"),
        ],
    );
    let rotterdam = policy(json!({"blocks": [
        block("orientatiebezoek", "piece", json!({"amount": "1000"})),
        block("wajong", "year", json!({"amount": "35000"}))
    ]}));
    check(
        "Rotterdam",
        &rotterdam,
        &[
            (json!({"block": "orientatiebezoek", "quantity": "2"}), "2000.00"),
            (year("wajong", json!({})), "35000.00"),
        ],
    );
}

/// Source: sudwestfryslan.nl/onderwerp/infosocialreturn: 2 percent with a maximum, offers up to 5 percent, and a
/// candidate who counts for two years, told in hours worked over the contractor's own hours of a year.
#[test]
fn sudwest_fryslan() {
    let any = json!([{"from": "0"}]);
    check_owed(
        "Súdwest-Fryslân",
        json!({"thresholds": any, "base": {"kind": "contract-sum", "percent": "2"}, "cap": "300000"}),
        &[
            (json!({}), "20000.00"),
            (json!({"contractSum": "15000000"}), "300000.00"),
            (json!({"contractSum": "20000000"}), "300000.00"),
        ],
    );
    check_owed(
        "Súdwest-Fryslân, offered",
        json!({"thresholds": any, "base": {"kind": "offered", "minimumPercent": "2", "maximumPercent": "5"}}),
        &[(json!({"offeredPercent": "3.5"}), "35000.00")],
    );
    let table = policy(json!({
        "fullTime": {"basis": "contractor-year"}, "proration": {"by": "hours-worked"},
        "blocks": [block("p-wet", "year", json!({"amount": "40000", "countsMonths": 24}))]
    }));
    let worked = |hours: &str, more: Value| {
        let plain = json!({"quantity": hours, "fullTimeYearHours": "1800"});
        with(during("p-wet", "2026-01-01", "2028-12-31", plain), more)
    };
    check(
        "Súdwest-Fryslân",
        &table,
        &[
            (worked("900", json!({})), "20000.00"),
            (worked("3600", json!({})), "80000.00"),
            // Three calendar years part-time: not two years, but as many hours.
            (worked("4000", json!({})), "80000.00"),
            (worked("900", json!({"earlierQuantity": "3150"})), "10000.00"),
            // No more than full time in the period.
            (worked("1000", json!({"period": {"from": "2026-01-01", "until": "2026-06-30"}})), "20000.00"),
        ],
    );
}

/// Sources: the policies of the authorities that are named, as docs/social-return.md lists the bases and thresholds.
#[test]
fn obligations_of_other_authorities() {
    let any = json!([{"from": "0"}]);
    let five = json!({"kind": "contract-sum", "percent": "5"});
    check_owed(
        "Lekstroom",
        json!({"thresholds": [{"from": "100000"}], "base": five}),
        &[(json!({"contractSum": "99999.99"}), "0.00"), (json!({"contractSum": "100000"}), "5000.00")],
    );
    check_owed(
        "Leidschendam-Voorburg 2025",
        json!({"thresholds": any, "base": five, "lowLabour": {"belowPercent": "30", "percent": "2"}}),
        &[(json!({"labourPercent": "29.99"}), "20000.00"), (json!({"labourPercent": "30"}), "50000.00")],
    );
    check_owed(
        "Rijksoverheid",
        json!({"thresholds": [{"from": "250000", "fromMonths": 6}], "base": {"kind": "wage-sum", "percent": "5"}}),
        &[
            (json!({"wageSum": "400000", "termMonths": 6}), "20000.00"),
            (json!({"wageSum": "400000", "termMonths": 5}), "0.00"),
        ],
    );
    check_owed(
        "assumed wages",
        json!({"thresholds": any, "base": {"kind": "assumed-wages", "wagePercent": "40", "percent": "5"}}),
        &[(json!({}), "20000.00")],
    );
    check_owed(
        "services and works",
        json!({"thresholds": [{"kind": "services", "from": "125000"}, {"kind": "works", "from": "225000"}], "base": five}),
        &[
            (json!({"contractSum": "125000"}), "6250.00"),
            (json!({"kind": "works", "contractSum": "224999"}), "0.00"),
            (json!({"kind": "works", "contractSum": "225000"}), "11250.00"),
            (json!({"kind": "supplies"}), "0.00"),
        ],
    );
    check_owed(
        "Midden-Gelderland: fixed amounts, by the value of the contract",
        json!({"thresholds": any, "base": {"kind": "fixed", "amount": "5000"}, "tiers": [
            {"from": "500000", "base": {"kind": "fixed", "amount": "10000"}},
            {"kind": "works", "from": "0", "base": {"kind": "assumed-wages", "wagePercent": "30", "percent": "5"}}
        ]}),
        &[
            (json!({"contractSum": "499999"}), "5000.00"),
            (json!({"contractSum": "500000"}), "10000.00"),
            (json!({"kind": "works"}), "15000.00"),
        ],
    );
    check_owed(
        "a rate by the share of labour in more steps, and a least amount",
        json!({"thresholds": any, "base": five, "least": "2500", "labourTiers": [
            {"belowPercent": "50", "percent": "3"}, {"belowPercent": "20", "percent": "1"}]}),
        &[
            (json!({"labourPercent": "50"}), "50000.00"),
            (json!({"labourPercent": "49"}), "30000.00"),
            (json!({"labourPercent": "19"}), "10000.00"),
            (json!({"labourPercent": "19", "contractSum": "100000"}), "2500.00"),
        ],
    );
}

/// Source: the reductions for PSO levels that several policies know: 10, 25 and 50 percent, and 30+ exempt; 25, 50 and
/// 75 percent; exempt from trede 2; exempt only as far as a rate of 5 percent.
#[test]
fn reductions_for_pso_levels() {
    let levels = |levels: &[(&str, &str)]| -> Vec<Value> {
        levels.iter().map(|(level, percent)| json!({"level": level, "percent": percent})).collect()
    };
    let rules = |percent: &str, pso: Value| json!({"thresholds": [{"from": "0"}], "base": {"kind": "contract-sum", "percent": percent}, "pso": pso});
    let at = |level: &str| json!({"psoLevel": level});
    let first = [("trede-1", "10"), ("trede-2", "25"), ("trede-3", "50"), ("30-plus", "100")];
    check_owed(
        "10/25/50 and 30+",
        rules("5", json!({"levels": levels(&first)})),
        &[
            (at("trede-1"), "45000.00"),
            (at("trede-2"), "37500.00"),
            (at("trede-3"), "25000.00"),
            (at("30-plus"), "0.00"),
        ],
    );
    let second = [("trede-1", "25"), ("trede-2", "50"), ("trede-3", "75")];
    check_owed("25/50/75", rules("5", json!({"levels": levels(&second)})), &[(at("trede-3"), "12500.00")]);
    let exempt = [("trede-1", "0"), ("trede-2", "100")];
    check_owed(
        "exempt as far as 5 percent",
        rules("8", json!({"levels": levels(&exempt), "upToPercent": "5"})),
        &[(at("trede-1"), "80000.00"), (at("trede-2"), "30000.00")],
    );
}

/// Source: invoices of PSO suppliers by level: 10, 20 and 30 percent, and all of it for 30+ and recognised social
/// enterprises; nothing at trede 1; 100 percent for one register and 50 for another.
#[test]
fn purchases_by_register_and_level() {
    let shares = |rows: &[(&str, &str)]| -> Vec<Value> {
        rows.iter().map(|(register, percent)| json!({"register": register, "percent": percent})).collect()
    };
    let table = |rows: &[(&str, &str)]| {
        policy(json!({
            "invoiceShares": shares(rows),
            "blocks": [block("inkoop", "invoice", json!({"invoice": {"recognised": "by-register"}}))]
        }))
    };
    let bought = |register: &str| json!({"block": "inkoop", "amount": "1000.05", "register": register});
    check(
        "by level",
        &table(&[
            ("trede-1", "10"),
            ("trede-2", "20"),
            ("trede-3", "30"),
            ("30-plus", "100"),
            ("cso", "100"),
        ]),
        &[
            (bought("trede-1"), "100.01"),
            (bought("trede-2"), "200.01"),
            (bought("trede-3"), "300.02"),
            (bought("30-plus"), "1000.05"),
            (bought("cso"), "1000.05"),
        ],
    );
    check("nothing at trede 1", &table(&[("trede-1", "0")]), &[(bought("trede-1"), "0.00")]);
    check("by register", &table(&[("a", "100"), ("b", "50")]), &[(bought("b"), "500.03")]);
}
