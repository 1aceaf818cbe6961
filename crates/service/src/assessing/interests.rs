//! Declarations of interests: nobody scores without one, and nobody with an interest unless it was decided so.

use std::collections::BTreeSet;

use crate::Services;
use crate::assessing::disqualifications::stage_of;
use crate::assessing::dossier::{Dossier, Told, record};
use crate::frame::access::Operation;
use crate::frame::actor::Actor;
use crate::frame::error::{Bilingual, ServiceError};
use crate::frame::findings::{Findings, TEXT};
use trede_formats::dossier::{Fact, InterestDeclaration, InterestMeasure};
use trede_formats::evaluation_report::ReportInterest;
use trede_model::assessing::dossier::DossierEntry;
use trede_model::tendering::lot::{Lot, LotPath};
use trede_wire::score_file::ExclusionStageInput;

/// Declares for the caller whether there is an interest in who wins. The last declaration counts, but lifts no
/// measure.
///
/// # Errors
/// [`ServiceError::Invalid`] for an interest that is not explained, [`ServiceError::Refused`] when the lot has
/// ended.
pub fn declare(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    declaration: InterestDeclaration,
) -> Result<Told, ServiceError> {
    record(services, actor, at, Operation::DeclareInterests, |_, scene, _| {
        let mut findings = Findings::default();
        findings.optional_text("/explanation", declaration.explanation.as_deref(), TEXT);
        if declaration.has_interest && declaration.explanation.is_none() {
            findings.add("/explanation", "text-needed", "say which interest there is");
        }
        findings.into_result()?;
        expect_going_on(&scene.lot)?;
        Ok(Fact::InterestDeclared(declaration.clone()))
    })
}

/// Decides what part an assessor has after a declaration. The last measure on a declaration counts.
///
/// # Errors
/// [`ServiceError::Invalid`] when there is no such declaration, [`ServiceError::Refused`] when the quality is
/// fixed: whose scores count cannot change any more. Once prices are known it can be decided that they stand; else the
/// lot is called off.
pub fn take_measure(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    measure: InterestMeasure,
) -> Result<Told, ServiceError> {
    record(services, actor, at, Operation::TakeInterestMeasure, |_, scene, _| {
        let mut findings = Findings::default();
        findings.needed_text("/measure", &measure.measure, TEXT);
        if !declarations(&scene.dossier).any(|(entry, _)| entry.id == measure.declaration_id) {
            let detail = "the dossier of the lot has no such declaration of interests";
            findings.add("/declarationId", "declaration-unknown", detail);
        }
        findings.into_result()?;
        expect_going_on(&scene.lot)?;
        // Once prices are known no score changes any more: what can be decided then is that the scores stand.
        let are_prices_known = stage_of(&scene.tender, &scene.lot)? == ExclusionStageInput::AfterRanking;
        let of_whom = declarations(&scene.dossier).find(|(entry, _)| entry.id == measure.declaration_id);
        let is_undecided =
            of_whom.is_some_and(|(entry, _)| standing(&scene.dossier, &entry.actor) == Standing::Undecided);
        if !(measure.may_score && are_prices_known && is_undecided) {
            expect_quality_open(&scene.lot)?;
        }
        Ok(Fact::InterestMeasureTaken(measure.clone()))
    })
}

fn expect_going_on(lot: &Lot) -> Result<(), ServiceError> {
    if lot.state.is_final() {
        let told =
            Bilingual::new(format!("het perceel is «{}»", lot.state), format!("the lot is «{}»", lot.state));
        return Err(ServiceError::refused_in_both("state-forbids", told));
    }
    Ok(())
}

/// Refuses a change of what the quality rests on after it was fixed.
pub(crate) fn expect_quality_open(lot: &Lot) -> Result<(), ServiceError> {
    match lot.quality_fixed_at {
        None => Ok(()),
        Some(at) => Err(ServiceError::refused(
            "quality-fixed",
            format!(
                "the scores for quality were fixed at {at}; they can be reopened only where prices are in \
                 envelopes of their own that nobody opened (`quality-reopenings`)"
            ),
        )),
    }
}

/// What part an assessor has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Nothing was declared.
    Undeclared,
    /// There is an interest, and nothing was decided about it.
    Undecided,
    /// Takes no part.
    Barred,
    /// Scores.
    Scores,
}

/// What part the assessor has. Who was barred stays so until another measure, whatever they declare; else the last
/// declaration counts, and a measure on it.
pub(crate) fn standing(dossier: &Dossier, assessor: &str) -> Standing {
    let own = || declarations(dossier).filter(|(entry, _)| entry.actor == assessor);
    let Some((last, declared)) = own().next_back() else {
        return Standing::Undeclared;
    };
    let is_on_own = |measure: &InterestMeasure| own().any(|(entry, _)| entry.id == measure.declaration_id);
    match measures(dossier).rfind(|(_, measure)| is_on_own(measure)) {
        Some((_, measure)) if !measure.may_score => Standing::Barred,
        Some((_, measure)) if measure.declaration_id == last.id => Standing::Scores,
        _ if declared.has_interest => Standing::Undecided,
        _ => Standing::Scores,
    }
}

/// Refuses a score by who declared nothing, or has an interest.
pub(crate) fn expect_may_score(dossier: &Dossier, assessor: &str) -> Result<(), ServiceError> {
    let (code, detail) = match standing(dossier, assessor) {
        Standing::Scores => return Ok(()),
        Standing::Undeclared => (
            "interests-undeclared",
            "an assessor declares the own interests in this lot before the first score",
        ),
        Standing::Undecided => (
            "interest-undecided",
            "an interest was declared; who leads the procedure decides first what to do",
        ),
        Standing::Barred => ("interest-barred", "it was decided that this assessor does not score"),
    };
    Err(ServiceError::refused(code, detail))
}

/// Those who score this lot: they declared their interests and were not barred.
pub(crate) fn panel(dossier: &Dossier) -> BTreeSet<&str> {
    let declared = declarations(dossier).map(|(entry, _)| entry.actor.as_str());
    declared.filter(|assessor| standing(dossier, assessor) == Standing::Scores).collect()
}

/// Refuses while nothing was decided about somebody's interest; `remedy` ends the sentence that says so, in Dutch
/// and in English.
pub(crate) fn expect_all_decided(dossier: &Dossier, remedy: [&str; 2]) -> Result<(), ServiceError> {
    let declared = declarations(dossier).map(|(entry, _)| entry.actor.as_str());
    let waiting: BTreeSet<_> =
        declared.filter(|assessor| standing(dossier, assessor) == Standing::Undecided).collect();
    if waiting.is_empty() {
        return Ok(());
    }
    let waiting: Vec<_> = waiting.into_iter().collect();
    let (names, [dutch, english]) = (waiting.join(", "), remedy);
    let told = Bilingual::new(
        format!("over het belang van {names} is nog niet besloten{dutch}"),
        format!("nothing was decided about the interest of {names}{english}"),
    );
    Err(ServiceError::refused_in_both("interest-undecided", told))
}

/// Every declaration with the last measure on it, the first first.
pub(crate) fn declared(dossier: &Dossier) -> Vec<ReportInterest> {
    let told = declarations(dossier).map(|(entry, declared)| {
        let taken = measures(dossier).rfind(|(_, measure)| measure.declaration_id == entry.id);
        ReportInterest {
            assessor: entry.actor.clone(),
            declared_at: entry.at,
            has_interest: declared.has_interest,
            explanation: declared.explanation.clone(),
            measure: taken.map(|(_, measure)| measure.measure.clone()),
            may_score: taken.map(|(_, measure)| measure.may_score),
        }
    });
    told.collect()
}

fn declarations(dossier: &Dossier) -> impl DoubleEndedIterator<Item = (&DossierEntry, &InterestDeclaration)> {
    dossier.facts(|fact| match fact {
        Fact::InterestDeclared(declaration) => Some(declaration),
        _ => None,
    })
}

fn measures(dossier: &Dossier) -> impl DoubleEndedIterator<Item = (&DossierEntry, &InterestMeasure)> {
    dossier.facts(|fact| match fact {
        Fact::InterestMeasureTaken(measure) => Some(measure),
        _ => None,
    })
}
