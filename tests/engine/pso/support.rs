//! Short ways to write a PSO file and to read its result.

use num_bigint::BigInt;
use num_rational::BigRational;
use serde_json::{Value, json};
use trede_rules::explaining::Language;
use trede_wire::pso_file::parse_pso_file;
use trede_wire::pso_result::{PsoResult, PsoResultOptions, QuantityResult, measure_file};
use trede_wire::score_result::LanguageCode;

/// An organisation of so many fte, with these workers, suppliers and purchases.
pub fn organisation(fte: &str, workers: Value, suppliers: Value, purchases: Value) -> Value {
    json!({
        "organisation": { "totalFte": fte, "referenceYearFrom": "2025-01" },
        "workers": workers, "suppliers": suppliers, "purchases": purchases
    })
}

/// An organisation that buys nothing.
pub fn with_workers(fte: &str, workers: Value) -> Value {
    organisation(fte, workers, json!([]), json!([]))
}

/// A worker in regular work with a Wsw indication, whose weights are 1, in a full-time week of 40 hours.
pub fn worker(reference: &str, hours: &str) -> Value {
    json!({ "reference": reference, "position": "wsw", "contract": "regular", "hoursPerWeek": hours })
}

/// The organisation of the worked example: 50 fte, of which 1 weighted, with these purchases.
pub fn fifty(suppliers: Value, purchases: Value) -> Value {
    organisation("50", json!([worker("W-1", "40")]), suppliers, purchases)
}

/// A PSO-certified supplier.
pub fn supplier(id: &str, turnover: &str, fte: &str, share: &str) -> Value {
    json!({ "id": id, "kind": "pso-certified", "turnover": turnover, "fte": fte, "directSharePercent": share })
}

/// A purchase.
pub fn purchase(order: &str, supplier: &str, value: &str) -> Value {
    json!({ "order": order, "supplier": supplier, "value": value })
}

/// The file with another value for a member at its top.
pub fn with(mut file: Value, member: &str, value: Value) -> Value {
    file[member] = value;
    file
}

/// Measures a file with explanation; the errors as `code pointer`.
pub fn outcome(file: &Value) -> Result<PsoResult, Vec<String>> {
    let file = parse_pso_file(file.to_string().as_bytes()).map_err(|error| vec![error.to_string()])?;
    let options = PsoResultOptions { language: LanguageCode::En, explain: true };
    measure_file(&file, options).map_err(|failure| {
        let findings = failure.findings(Language::English);
        findings.into_iter().map(|finding| format!("{} {}", finding.code, finding.pointer)).collect()
    })
}

/// Measures a file; panics with the findings when it cannot be measured.
pub fn measured(file: &Value) -> PsoResult {
    outcome(file).unwrap_or_else(|errors| panic!("{errors:#?}"))
}

/// The code of the level reached, or `unknown`.
pub fn level(result: &PsoResult) -> &str {
    result.level.code.as_deref().unwrap_or("unknown")
}

/// The codes of what is missing and of what a reader must know.
pub fn codes(result: &PsoResult) -> Vec<&str> {
    result.missing.iter().chain(&result.warnings).map(|finding| finding.code.as_str()).collect()
}

/// A number of a result, exact.
pub fn exact(quantity: &QuantityResult) -> BigRational {
    match quantity.fraction.as_deref().and_then(|fraction| fraction.split_once('/')) {
        Some((numerator, denominator)) => {
            BigRational::new(numerator.parse().unwrap(), denominator.parse().unwrap())
        }
        None => rational(&quantity.exact),
    }
}

/// A decimal text, exact.
pub fn rational(text: &str) -> BigRational {
    let decimal: rust_decimal::Decimal = text.parse().unwrap();
    BigRational::new(decimal.mantissa().into(), BigInt::from(10).pow(decimal.scale()))
}

/// A number with a finite decimal as text.
pub fn decimal(number: &BigRational) -> String {
    let scaled = number * BigRational::from(BigInt::from(10).pow(12));
    assert!(scaled.is_integer(), "{number} has no short decimal");
    let mantissa: i128 = scaled.to_integer().try_into().unwrap();
    rust_decimal::Decimal::from_i128_with_scale(mantissa, 12).normalize().to_string()
}
