//! What is counted in a tender is what the engine says of it.

use serde_json::{Value, json};
use trede_rules::explaining::Language;

use crate::support::{
    assert_share, assessed, discount, file, number, only, quality, ran, ran_on, relative, uniform,
    whole_market, whole_model,
};

/// One fixed market: every tender is the same, so each share is nothing or all.
fn fixed(model: Value, bids: Value) -> Value {
    let kinds: Vec<Value> = bids
        .as_array()
        .unwrap()
        .iter()
        .enumerate()
        .map(|(n, bid)| json!({ "id": format!("b{n}"), "count": 1, "past": [bid] }))
        .collect();
    let mut file = file(json!([model]), json!({ "bidders": kinds }));
    file["tenders"] = json!(1_000);
    file
}

fn bid(price: &str, plan: &str, milieu: &str, level: &str, offer: &str) -> Value {
    json!({ "price": price, "scores": { "plan": plan, "milieu": milieu }, "level": level, "commitments": { "toezegging": offer } })
}

#[test]
fn a_drop_out_that_turns_the_ranking_is_counted() {
    // `examples/rangwisseling.json` in small: C alone makes the price points of A and B lie close.
    let model = |method: Value| {
        json!({ "id": "m", "awardModel": {
            "method": method, "weightUnit": "percent", "dropOut": "recompute",
            "criteria": [ { "id": "prijs", "kind": "price", "weight": "50" }, assessed("plan", "50") ], "ties": [ { "by": "lot" } ]
        } })
    };
    let bids = json!([
        { "price": "100000", "scores": { "plan": "60" } },
        { "price": "130000", "scores": { "plan": "82" } },
        { "price": "55000", "scores": { "plan": "0" } }
    ]);
    // With C: A 50·55/100 + 30 = 57.5, B 50·55/130 + 41 = 62.15. Without: A 80, B 50·100/130 + 41 = 79.46.
    let found = only(&fixed(model(relative()), bids.clone()));
    assert_eq!(
        (found.drop_out_turns.percent.as_str(), found.winners[1].wins.percent.as_str()),
        ("100", "100")
    );
    let line = json!({ "code": "absolute-linear", "corridor": {
        "fullPointsAt": "50000", "zeroPointsAt": "150000", "below": "extrapolate", "above": "extrapolate" } });
    assert_eq!(only(&fixed(model(line), bids)).drop_out_turns.count, 0);
}

#[test]
fn one_point_decides_up_to_the_gap_and_no_further() {
    // A leads by 30 − 29.4 = 0.6 points: 6 points of one of three assessors on a weight of 30 are 0.6, and 5 are 0.5.
    let model = quality(json!([assessed("plan", "30"), assessed("milieu", "70")]));
    let bids = json!([
        { "scores": { "plan": "100", "milieu": "50" } }, { "scores": { "plan": "98", "milieu": "50" } }
    ]);
    let mut file = fixed(model[0].clone(), bids);
    let decides = |file: &Value| only(file).assessor_point_decides.unwrap().percent;
    file["assessorPoint"] = json!({ "points": "2.58", "assessors": 3 });
    // On `milieu` 0.86 of a point is 0.602.
    assert_eq!(decides(&file), "100");
    file["assessorPoint"] = json!({ "points": "2.57", "assessors": 3 });
    assert_eq!(decides(&file), "0");
    file.as_object_mut().unwrap().remove("assessorPoint");
    assert!(only(&file).assessor_point_decides.is_none());
}

#[test]
fn one_point_beyond_the_end_of_the_scale_decides_nothing() {
    // B is behind by 1 point on a criterion where it has everything, and A has nothing to lose elsewhere.
    let model = quality(json!([assessed("plan", "99"), assessed("milieu", "1")]));
    let bids = json!([
        { "scores": { "plan": "100", "milieu": "100" } }, { "scores": { "plan": "100", "milieu": "0" } }
    ]);
    let mut file = fixed(model[0].clone(), bids);
    // One point of 0.5 on `plan` is 0.495 < 1; of 1.5 it is 1.485, but B is at the end, while A can lose it.
    for (points, percent) in [("0.5", "0"), ("1.5", "100")] {
        file["assessorPoint"] = json!({ "points": points, "assessors": 1 });
        assert_eq!(only(&file).assessor_point_decides.unwrap().percent, percent);
    }
}

#[test]
fn a_level_that_counts_is_told_with_what_it_costs_and_brings() {
    let model = whole_model(
        "m",
        json!({ "code": "absolute-linear", "corridor": {
        "fullPointsAt": "80000", "zeroPointsAt": "120000", "below": "extrapolate", "above": "extrapolate" } }),
    );
    let bids = json!([bid("96000", "50", "50", "none", "2"), bid("100000", "50", "50", "trede-3", "4")]);
    // The cheaper has 24 points for its price, the other 20 + 8 for its level + 6.67 for its offer; without the level 26.67.
    let found = only(&fixed(model.clone(), bids));
    assert_eq!(found.winners[1].wins.percent, "100");
    let effect = found.level_effect.unwrap();
    assert_eq!(effect.changes_winner.count, 0, "without the level it wins too: {effect:?}");
    let bids = json!([bid("96000", "50", "50", "none", "2"), bid("100000", "50", "50", "trede-3", "2.5")]);
    let effect = only(&fixed(model, bids)).level_effect.unwrap();
    assert_eq!(effect.changes_winner.percent, "100");
    assert_eq!((effect.price.expected.as_str(), effect.price.p10.as_str()), ("4000", "4000"));
    // 2.5 percent of 100,000 less 2 percent of 96,000.
    assert_eq!((effect.commitment_euros.expected.as_str(), effect.levels.expected.as_str()), ("580", "5"));
    assert_eq!(effect.price_per_level.as_deref(), Some("800"));
    assert_eq!(effect.commitment_euros_per_level.as_deref(), Some("116"));
}

#[test]
fn every_kind_of_method_decides_by_shares_that_add_up() {
    let codes = [
        relative(),
        json!({ "code": "linear-on-lowest", "floor": "zero" }),
        json!({ "code": "lowest-to-highest" }),
        json!({ "code": "logarithmic", "base": "3" }),
        json!({ "code": "quality-mark-up" }),
    ];
    for method in codes {
        let mut file = file(json!([whole_model("m", method.clone())]), whole_market());
        // A criterion that goes together with a higher price can work against the outcome.
        file["market"]["correlations"] = json!([]);
        for level in file["market"]["bidders"][1]["levels"].as_array_mut().unwrap() {
            level.as_object_mut().unwrap().remove("premiumPercent");
        }
        file["tenders"] = json!(1_000);
        file["assessorPoint"] = json!({ "points": "5", "assessors": 2 });
        let found = only(&file);
        let multiplies = method["code"] == "quality-mark-up";
        if multiplies {
            assert!(found.criteria.iter().all(|criterion| criterion.decides_percent.is_none()), "{method}");
            assert!(found.criteria.iter().all(|criterion| criterion.turns.count > 0), "{method}");
            continue;
        }
        let shares: Vec<f64> =
            found.criteria.iter().map(|c| number(c.decides_percent.as_ref().unwrap())).collect();
        let sum: f64 = shares.iter().sum();
        assert!((sum - 100.0).abs() < 0.2, "{method}: {shares:?}");
        assert!(shares.iter().all(|share| *share > 0.0), "{method}: {shares:?}");
        assert!(found.criteria.iter().all(|criterion| criterion.turns.count > 0), "{method}");
        assert!(found.assessor_point_decides.unwrap().count > 0, "{method}");
    }
}

#[test]
fn the_real_price_and_the_discount_decide_apart() {
    let market = json!({ "bidders": [ { "id": "b", "count": 3, "price": uniform("90000", "110000", 2),
        "levels": [ { "level": "none", "percent": "50" }, { "level": "trede-1", "percent": "50" } ] } ] });
    let found = only(&file(discount("10"), market));
    // With prices P of variance 20,000²/12 and a discount D of 0 or 10 percent: Var(P)·E(1 − D) of Var(P·(1 − D)) is
    // 31.7 of 55.2 million.
    let shares: Vec<f64> =
        found.criteria.iter().map(|c| number(c.decides_percent.as_ref().unwrap())).collect();
    assert!((shares[0] - 57.4).abs() < 1.5 && (shares[0] + shares[1] - 100.0).abs() < 0.011, "{shares:?}");
    assert!(found.level_effect.unwrap().changes_winner.count > 0);
}

#[test]
fn models_stand_side_by_side_on_the_frontier() {
    let mut only_price = crate::support::lowest_price();
    only_price[0]["awardModel"]["ties"] = json!([{ "by": "lot" }]);
    let models = json!([whole_model("sociaal", relative()), only_price[0]]);
    let result = ran(&file(models, whole_market()));
    let ids: Vec<&str> = result.frontier.iter().map(|point| point.id.as_str()).collect();
    assert_eq!(ids, ["laagste", "sociaal"], "the cheapest first");
    assert!(result.frontier.iter().all(|point| point.on_frontier));
    assert!(number(&result.frontier[1].level) > number(&result.frontier[0].level));
    assert_eq!(
        result.frontier[0].commitment_euros, "0",
        "a model that does not ask commitments binds nobody to them"
    );
}

#[test]
fn marks_and_steps_hold_for_what_is_drawn() {
    let mut model = quality(json!([assessed("plan", "100")]));
    model[0]["awardModel"]["criteria"][0]["scale"] = json!({ "lowest": "0", "highest": "10", "marks": [
            { "mark": "matig", "score": "2" }, { "mark": "goed", "score": "8" }, { "mark": "uitstekend", "score": "10" } ] });
    let market = json!({ "bidders": [ { "id": "b", "count": 1, "scores": { "plan": uniform("0", "10", 2) } },
        { "id": "vast", "count": 1, "past": [ { "scores": { "plan": "8" } } ] } ] });
    // From 9 up a draw is the mark 10 and wins; from 5 to 9 it is 8, and lots are drawn.
    let found = only(&file(model, market));
    assert_share(&found.winners[0].wins, 30.0);
    assert_share(&found.drawn_by_lot, 40.0);
}

#[test]
fn the_text_for_the_award_guide_says_the_figures_in_both_languages() {
    let mut file = file(json!([whole_model("m", relative())]), whole_market());
    file["tenders"] = json!(1_000);
    file["assessorPoint"] = json!({ "points": "10", "assessors": 3 });
    for (language, words) in [
        (
            Language::Dutch,
            ["nagebootste aanbestedingen", "Verzonnen.", "trede hoger", "beslist één punt", "weging 40,0 %"],
        ),
        (
            Language::English,
            ["imagined tenders", "Verzonnen.", "levels higher", "one point of one", "weight 40.0 %"],
        ),
    ] {
        let result = ran_on(&file, 1, language);
        let text = result.models[0].guide.join("\n");
        for word in words {
            assert!(text.contains(word), "`{word}` is not in: {text}");
        }
        assert!(!text.contains("NaN") && !text.contains("{}"), "{text}");
        assert_eq!(result.notes.len(), 5);
    }
}
