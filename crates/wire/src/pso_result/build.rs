//! From a PSO file to its result.

use std::collections::HashSet;

use rust_decimal::Decimal;

use super::parts::{alternative, chain, purchase, step, thirty_plus, worker};
use super::{
    CONTRIBUTION_VERSION, NormsResult, PsoResult, QuantityResult, WeightResult, WeightsResult, level,
};
use crate::canonical::{canonical_json, sha256_hex};
use crate::pso_file::{Measured, PsoFile};
use crate::score_result::{FindingResult, LanguageCode};
use trede_rules::explaining::Language;
use trede_rules::pso::contribution::Finding;

/// What a result holds besides the contribution.
#[derive(Clone, Copy, Debug, Default)]
pub struct PsoResultOptions {
    /// The language of its texts.
    pub language: LanguageCode,
    /// Whether it holds every step of the calculation.
    pub explain: bool,
}

/// Why a file cannot be measured.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} errors in the PSO file", .0.len())]
pub struct PsoFailure(pub Vec<Finding>);

impl PsoFailure {
    /// The errors on the wire.
    #[must_use]
    pub fn findings(&self, language: Language) -> Vec<FindingResult> {
        texts(&self.0, language)
    }
}

/// Measures the contribution of the organisation of a file.
///
/// # Errors
/// All errors of the file, each with its JSON pointer.
pub fn measure_file(file: &PsoFile, options: PsoResultOptions) -> Result<PsoResult, PsoFailure> {
    let measured = file.measured().map_err(PsoFailure)?;
    let Measured { contribution, norms, .. } = &measured;
    let language: Language = options.language.into();
    let measure = &contribution.measure;
    let steps = || contribution.steps(norms).into_iter().map(|(about, found)| step(about, found, language));
    Ok(PsoResult {
        indicative: true,
        notice: notice(language).to_owned(),
        contribution_version: CONTRIBUTION_VERSION.to_owned(),
        input_fingerprint: sha256_hex(&canonical_json(&file.in_order())),
        organisation: file.organisation.clone(),
        complete: contribution.missing.is_empty(),
        level: level::level(measure, norms),
        weighted_fte: QuantityResult::of(&contribution.workforce.weighted_fte.result),
        direct: QuantityResult::of(&measure.direct.result),
        purchased_fte: QuantityResult::of(&contribution.purchasing.fte.result),
        indirect: QuantityResult::of(&measure.indirect.result),
        counted_indirect: QuantityResult::of(&measure.counted_indirect.result),
        total: QuantityResult::of(&measure.total.result),
        direct_share: measure.direct_share.as_ref().map(|share| QuantityResult::of(&share.result)),
        somebody_at_work: contribution.workforce.has_somebody_at_work(),
        norms: norms_result(&measured),
        weights: weights_result(&measured, file),
        thirty_plus: contribution.thirty_plus.as_ref().map(|found| thirty_plus(found, norms)),
        workers: contribution.workforce.workers.iter().map(worker).collect(),
        purchases: contribution.purchasing.purchases.iter().map(purchase).collect(),
        alternatives: contribution
            .alternatives
            .iter()
            .map(|effect| alternative(effect, measure, norms))
            .collect(),
        chain: chain(contribution),
        missing: texts(&contribution.missing, language),
        warnings: texts(&contribution.warnings, language),
        explanation: options.explain.then(|| steps().collect()),
    })
}

fn notice(language: Language) -> &'static str {
    match language {
        Language::Dutch => {
            "Een indicatieve zelftoets en nooit een certificaat. Een trede geeft alleen PSO-Nederland, na een audit die ook kwalitatieve eisen toetst."
        }
        Language::English => {
            "An indicative self-check and never a certificate. Only PSO-Nederland grants a level, after an audit that also tests qualitative requirements."
        }
    }
}

fn texts(findings: &[Finding], language: Language) -> Vec<FindingResult> {
    findings.iter().map(|finding| FindingResult::new(finding, language)).collect()
}

fn norms_result(measured: &Measured) -> NormsResult {
    let Measured { contribution, norms, .. } = measured;
    let rows = contribution.norms.iter();
    NormsResult {
        version: norms.version().to_owned(),
        source: norms.source().to_owned(),
        ladder_version: norms.ladder().version().to_owned(),
        levels: rows.map(|norm| level::norm(norm, norms, &contribution.distances)).collect(),
    }
}

fn weights_result(measured: &Measured, file: &PsoFile) -> WeightsResult {
    let weights = &measured.weights;
    let positions = weights.positions().iter().map(|position| (position.given, &position.code));
    let contracts = weights.contracts().iter().map(|contract| (contract.given, &contract.code));
    let given =
        positions.chain(contracts).filter(|(given, _)| *given).map(|(_, code)| code.clone()).collect();
    let used_positions: HashSet<&str> = file.workers.iter().map(|worker| worker.position.as_str()).collect();
    let used_contracts: HashSet<&str> = file.workers.iter().map(|worker| worker.contract.as_str()).collect();
    let positions = weights.positions().iter().filter(|known| used_positions.contains(known.code.as_str()));
    let contracts = weights.contracts().iter().filter(|known| used_contracts.contains(known.code.as_str()));
    WeightsResult {
        version: weights.version().to_owned(),
        source: weights.source().to_owned(),
        given,
        positions: positions.map(|known| weight_result(&known.code, &known.name, known.weight)).collect(),
        contracts: contracts.map(|known| weight_result(&known.code, &known.name, known.weight)).collect(),
    }
}

fn weight_result(code: &str, name: &str, weight: Option<Decimal>) -> WeightResult {
    WeightResult {
        code: code.to_owned(),
        name: name.to_owned(),
        weight: weight.map(|weight| weight.normalize().to_string()),
    }
}
