//! What an authority asks of its award models (inkoopbeleid): held against each lot before its tender is published.
//! What breaks a rule, or what a rule cannot decide, needs an exception with a reason.

use chrono::{DateTime, Utc};

use crate::Services;
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::acts::{expect_version, new_id};
use crate::frame::dutch_time::dutch_day;
use crate::frame::error::ServiceError;
use crate::frame::findings::{Findings, TEXT};
use crate::frame::load;
use crate::tendering::declared_models::award_model;
use trede_base::ids::MunicipalityId;
use trede_base::record::Version;
use trede_model::tendering::lot::Lot;
use trede_model::tendering::purchasing_policy::{PolicyException, PurchasingPolicy};
use trede_model::tendering::tender::{Tender, TenderId};
use trede_rules::award::purchasing_policy::{Judgement, PlannedTender, PurchasingRule, Unknown};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;
use trede_wire::purchasing_policy::PurchasingPolicyInput;

/// How the lots of a tender stand to one rule.
#[derive(Clone, Debug)]
pub struct CheckedRule {
    /// The rule.
    pub rule: PurchasingRule,
    /// Each lot by its number; a lot without an award model is left out.
    pub lots: Vec<(u16, Judgement)>,
    /// Why the tender departs from it; the last one given.
    pub exception: Option<PolicyException>,
}

impl CheckedRule {
    /// Whether the rule still keeps the tender from being published.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.exception.is_none() && self.lots.iter().any(|(_, judgement)| judgement.needs_exception())
    }
}

/// How a tender stands to the policy.
#[derive(Clone, Debug)]
pub struct PolicyCheck {
    /// Which version was asked: the one in force when the tender was published, or now.
    pub version: Version,
    /// Every rule, in the policy's order.
    pub rules: Vec<CheckedRule>,
}

/// What the authority asks now.
///
/// # Errors
/// [`ServiceError::Forbidden`] when the caller may not read it.
pub fn get(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
) -> Result<PurchasingPolicy, ServiceError> {
    authorise(actor, municipality, Operation::GetPurchasingPolicy)?;
    let now = services.now();
    services.db.read(|c| {
        let found = store::frame::municipalities::find(c, municipality)?;
        found.ok_or(ServiceError::NotFound { what: "municipality" })?;
        Ok(store::tendering::purchasing_policies::in_force(c, municipality, now)?)
    })
}

/// Says what is asked from now on. What is public already is not asked again.
///
/// # Errors
/// [`ServiceError::Invalid`] with everything that is wrong; [`ServiceError::VersionMismatch`] when it changed since
/// `seen`.
pub fn replace(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    (seen, policy): (Version, &PurchasingPolicyInput),
) -> Result<PurchasingPolicy, ServiceError> {
    const OPERATION: Operation = Operation::ReplacePurchasingPolicy;
    authorise(actor, municipality, OPERATION)?;
    Findings::default().unless_found("", policy.read())?;
    let content = serde_json::to_string(policy).map_err(|error| ServiceError::Internal(error.into()))?;
    let act = services.act(actor, municipality, OPERATION, "purchasing-policy".to_owned());
    services.db.write(&act, |c| {
        let found = store::frame::municipalities::find(c, municipality)?;
        found.ok_or(ServiceError::NotFound { what: "municipality" })?;
        let before = store::tendering::purchasing_policies::in_force(c, municipality, act.at)?;
        expect_version(before.version, seen)?;
        let written = PurchasingPolicy {
            municipality,
            version: before.version.next(),
            content: Some(content.clone()),
            written: Some((act.at, act.actor.clone())),
        };
        store::tendering::purchasing_policies::insert(c, &written)?;
        Ok(written)
    })
}

/// How a tender stands to the policy: to the one in force when it was published, or now.
///
/// # Errors
/// [`ServiceError::NotFound`] when the municipality has no such tender that the caller may see.
pub fn check(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    id: TenderId,
) -> Result<PolicyCheck, ServiceError> {
    authorise(actor, municipality, Operation::GetPurchasingPolicyCheck)?;
    let now = services.now();
    services.db.read(|c| {
        let tender = load::tender(c, actor, municipality, id)?;
        let lots = store::tendering::lots::all_of_tender(c, municipality, id)?;
        let at = tender.published_at.unwrap_or(now);
        checked(c, &tender, &lots, at)
    })
}

/// Says why a draft departs from a rule of the policy.
///
/// # Errors
/// [`ServiceError::Invalid`] when the policy has no such rule; [`ServiceError::Refused`] once the tender is public.
pub fn depart(
    services: &Services,
    actor: &Actor,
    (municipality, id): (MunicipalityId, TenderId),
    (rule, reason): (String, String),
) -> Result<PolicyException, ServiceError> {
    const OPERATION: Operation = Operation::DepartFromPurchasingPolicy;
    authorise(actor, municipality, OPERATION)?;
    let mut findings = Findings::default();
    findings.needed_text("/reason", &reason, TEXT);
    findings.into_result()?;
    let exception = PolicyException {
        id: new_id(),
        tender: id,
        rule,
        reason,
        at: services.now(),
        actor: actor.subject.clone(),
    };
    let object = format!("tenders/{id}/purchasing-policy-exceptions/{}", exception.id);
    let act = services.act(actor, municipality, OPERATION, object);
    services.db.write(&act, |c| {
        let tender = load::tender(c, actor, municipality, id)?;
        if tender.published_at.is_some() {
            let detail = "an exception is made before the tender is published, when it can still be another";
            return Err(ServiceError::refused("published-already", detail));
        }
        let policy = store::tendering::purchasing_policies::in_force(c, municipality, act.at)?;
        let rules = rules_of(&policy)?;
        if !rules.iter().any(|rule| rule.code == exception.rule) {
            let known: Vec<_> = rules.iter().map(|rule| rule.code.as_str()).collect();
            let detail = match known.as_slice() {
                [] => "the authority has no purchasing policy, so nothing departs from it".to_owned(),
                known => format!("a code of a rule of the policy: {}", known.join(", ")),
            };
            return Err(ServiceError::invalid("/rule", "unknown-rule", detail));
        }
        store::tendering::purchasing_policies::insert_exception(c, municipality, &exception)?;
        Ok(())
    })?;
    Ok(exception)
}

/// Refuses a publication that breaks the policy without a reason; everything that it breaks is told.
pub(crate) fn expect_kept(
    c: &mut AnyConnection,
    tender: &Tender,
    lots: &[Lot],
    at: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let check = checked(c, tender, lots, at)?;
    let told: Vec<String> = check.rules.iter().filter(|rule| rule.is_open()).map(told).collect();
    if told.is_empty() {
        return Ok(());
    }
    Err(ServiceError::refused(
        "purchasing-policy",
        format!(
            "the tender departs from the purchasing policy; change it, or give an exception with a reason: {}",
            told.join("; ")
        ),
    ))
}

fn checked(
    c: &mut AnyConnection,
    tender: &Tender,
    lots: &[Lot],
    at: DateTime<Utc>,
) -> Result<PolicyCheck, ServiceError> {
    let policy = store::tendering::purchasing_policies::in_force(c, tender.municipality, at)?;
    let rules = rules_of(&policy)?;
    if rules.is_empty() {
        return Ok(PolicyCheck { version: policy.version, rules: Vec::new() });
    }
    let exceptions = store::tendering::purchasing_policies::exceptions_of(c, tender.municipality, tender.id)?;
    let mut models = Vec::new();
    for lot in lots.iter().filter(|lot| lot.award_model.is_some()) {
        let declared = award_model(lot)?.declare(tender.facts.above_threshold);
        let declared =
            declared.map_err(|_| ServiceError::Internal("a stored award model is unusable".into()))?;
        models.push((lot.facts.number, declared.model));
    }
    let cpv_codes: Vec<String> = tender.facts.cpv_codes.0.iter().map(ToString::to_string).collect();
    let rules = rules.into_iter().map(|rule| {
        let judged = models.iter().map(|(number, model)| {
            let planned = PlannedTender {
                model,
                value_cents: tender.facts.estimated_value_cents,
                above_threshold: tender.facts.above_threshold,
                published_on: dutch_day(at),
                cpv_codes: &cpv_codes,
            };
            (*number, rule.judge(&planned))
        });
        let lots = judged.collect();
        let exception = exceptions.iter().rfind(|it| it.rule == rule.code).cloned();
        CheckedRule { rule, lots, exception }
    });
    Ok(PolicyCheck { version: policy.version, rules: rules.collect() })
}

/// The document of a stored policy; without rules while nobody wrote one.
///
/// # Errors
/// [`ServiceError::Internal`] when what is stored cannot be read.
pub fn document(policy: &PurchasingPolicy) -> Result<PurchasingPolicyInput, ServiceError> {
    let Some(content) = &policy.content else { return Ok(PurchasingPolicyInput::default()) };
    serde_json::from_str(content).map_err(|error| ServiceError::Internal(error.into()))
}

fn rules_of(policy: &PurchasingPolicy) -> Result<Vec<PurchasingRule>, ServiceError> {
    document(policy)?
        .read()
        .map_err(|_| ServiceError::Internal("a stored purchasing policy is unusable".into()))
}

/// A rule that is open, in the policy's words, with what was found.
fn told(checked: &CheckedRule) -> String {
    let lots = checked.lots.iter().filter(|(_, judgement)| judgement.needs_exception());
    let lots: Vec<String> = lots
        .map(|(number, judgement)| match judgement {
            Judgement::Broken(Some(share)) => format!("lot {number} has {} %", share.shown()),
            Judgement::Undecided(Unknown::Value) => format!("lot {number}: its estimated value is not given"),
            Judgement::Undecided(Unknown::Threshold) => {
                format!("lot {number}: whether it lies above the European threshold is not given")
            }
            Judgement::Undecided(Unknown::Share) => format!("lot {number} has no weights to measure"),
            _ => format!("lot {number}"),
        })
        .collect();
    format!("{} «{}» ({})", checked.rule.code, checked.rule.text, lots.join(", "))
}
