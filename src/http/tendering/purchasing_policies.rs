//! What an authority asks of its award models (inkoopbeleid), and why tenders depart from it.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::frame::auth::Tenant;
use crate::http::frame::body::Json;
use crate::http::frame::etag::IfMatch;
use crate::http::frame::path::{MunicipalityParams, TenderParams};
use crate::http::frame::problem::Problem;
use crate::http::frame::resource;
use crate::http::state::AppState;
use trede_base::exact::Half;
use trede_model::tendering::purchasing_policy::{PolicyException, PurchasingPolicy};
use trede_rules::award::purchasing_policy::{Judgement, Unknown};
use trede_service::tendering::purchasing_policies::{self, CheckedRule, PolicyCheck};
use trede_wire::number::Number;
use trede_wire::purchasing_policy::{PurchasingPolicyInput, PurchasingRuleInput};

/// What is asked of award models (inkoopbeleid).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "version": 2,
    "rules": [{
        "code": "psoEis",
        "text": "Boven de Europese drempel is een PSO-trede een eis en geen gunningscriterium.",
        "scope": {"aboveThreshold": true},
        "demand": {"notRewarded": {"kinds": ["pso-level"]}}
    }],
    "writtenAt": "2026-01-05T09:00:00Z",
    "writtenBy": "beheerder-1"
}))]
pub struct PurchasingPolicyResponse {
    /// Its version; 1 asks nothing.
    #[schema(minimum = 1)]
    version: i64,
    /// The rules.
    rules: Vec<PurchasingRuleInput>,
    /// When it was written; left out while nobody did.
    #[serde(skip_serializing_if = "Option::is_none")]
    written_at: Option<DateTime<Utc>>,
    /// By whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    written_by: Option<String>,
}

/// How a tender stands to the purchasing policy.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "policyVersion": 2,
    "isKept": false,
    "rules": [{
        "code": "sociaal-10",
        "text": "Sociale criteria wegen voor minstens 10 procent mee.",
        "lots": [{"number": 1, "outcome": "broken", "sharePercent": "5"}]
    }]
}))]
pub struct PurchasingPolicyCheckResponse {
    /// Which version was asked: that of the day of publication, or the current one for a draft.
    #[schema(minimum = 1)]
    policy_version: i64,
    /// Whether nothing of it keeps the tender from being published.
    is_kept: bool,
    /// Every rule, in the policy's order.
    rules: Vec<CheckedRuleResponse>,
}

/// How the lots of a tender stand to one rule.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CheckedRuleResponse {
    /// The code of the rule.
    code: String,
    /// Its text.
    text: String,
    /// Each lot that has an award model.
    lots: Vec<JudgedLotResponse>,
    /// Why the tender departs from it (afwijking).
    #[serde(skip_serializing_if = "Option::is_none")]
    exception: Option<PolicyExceptionResponse>,
}

/// How a lot stands to a rule.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct JudgedLotResponse {
    /// The number of the lot.
    #[schema(minimum = 1)]
    number: u16,
    /// Whether it keeps the rule.
    outcome: RuleOutcome,
    /// The share of the weight that was found, in percent, rounded to two decimals.
    #[serde(skip_serializing_if = "Option::is_none")]
    share_percent: Option<Number>,
    /// What is not known, so that a person must judge.
    #[serde(skip_serializing_if = "Option::is_none")]
    unknown: Option<UnknownFact>,
}

/// Whether a rule is kept.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RuleOutcome {
    /// The rule is not about this tender.
    OutOfScope,
    /// It is kept.
    Kept,
    /// It is broken.
    Broken,
    /// A person must judge.
    Undecided,
}

/// What a rule needs and the tender does not say.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum UnknownFact {
    /// The estimated value (geraamde waarde).
    EstimatedValue,
    /// Whether that lies above the European threshold (Europese drempel).
    Threshold,
    /// A share of the weight: the method has none, or a criterion lowers the price.
    Weight,
}

/// Why a tender departs from a rule (afwijking).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "rule": "sociaal-10",
    "reason": "De levering kent geen arbeid van betekenis; social return is een uitvoeringsvoorwaarde."
}))]
pub struct PolicyExceptionRequest {
    /// The code of the rule.
    #[schema(min_length = 1, max_length = 64)]
    rule: String,
    /// The reason (motivering).
    #[schema(min_length = 1, max_length = 20000)]
    reason: String,
}

/// Why a tender departs from a rule (afwijking), as it was recorded.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0190a5c8-0000-7000-8000-000000000001",
    "rule": "sociaal-10",
    "reason": "De levering kent geen arbeid van betekenis; social return is een uitvoeringsvoorwaarde.",
    "recordedAt": "2026-03-10T09:00:00Z",
    "recordedBy": "inkoper-1"
}))]
pub struct PolicyExceptionResponse {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    id: String,
    /// The code of the rule.
    rule: String,
    /// The reason.
    reason: String,
    /// When.
    recorded_at: DateTime<Utc>,
    /// By whom.
    recorded_by: String,
}

impl From<PolicyException> for PolicyExceptionResponse {
    fn from(exception: PolicyException) -> Self {
        Self {
            id: exception.id.to_string(),
            rule: exception.rule,
            reason: exception.reason,
            recorded_at: exception.at,
            recorded_by: exception.actor,
        }
    }
}

impl From<PolicyCheck> for PurchasingPolicyCheckResponse {
    fn from(check: PolicyCheck) -> Self {
        Self {
            policy_version: check.version.0,
            is_kept: !check.rules.iter().any(CheckedRule::is_open),
            rules: check.rules.into_iter().map(CheckedRuleResponse::from).collect(),
        }
    }
}

impl From<CheckedRule> for CheckedRuleResponse {
    fn from(checked: CheckedRule) -> Self {
        Self {
            code: checked.rule.code,
            text: checked.rule.text,
            lots: checked.lots.into_iter().map(judged).collect(),
            exception: checked.exception.map(PolicyExceptionResponse::from),
        }
    }
}

fn judged((number, judgement): (u16, Judgement)) -> JudgedLotResponse {
    let (outcome, share_percent, unknown) = match judgement {
        Judgement::OutOfScope => (RuleOutcome::OutOfScope, None, None),
        Judgement::Kept => (RuleOutcome::Kept, None, None),
        Judgement::Broken(share) => (
            RuleOutcome::Broken,
            share.and_then(|share| share.rounded(2, Half::Up).finite()).map(Number),
            None,
        ),
        Judgement::Undecided(unknown) => (RuleOutcome::Undecided, None, Some(unknown.into())),
    };
    JudgedLotResponse { number, outcome, share_percent, unknown }
}

impl From<Unknown> for UnknownFact {
    fn from(unknown: Unknown) -> Self {
        match unknown {
            Unknown::Value => Self::EstimatedValue,
            Unknown::Threshold => Self::Threshold,
            Unknown::Share => Self::Weight,
        }
    }
}

fn answer(policy: PurchasingPolicy) -> Result<HttpResponse, Problem> {
    let rules = purchasing_policies::document(&policy)?.rules;
    let (written_at, written_by) = policy.written.unzip();
    let response = PurchasingPolicyResponse { version: policy.version.0, rules, written_at, written_by };
    Ok(resource::found(policy.version, &response))
}

/// Shows what is asked of award models
///
/// The rules of the purchasing policy (inkoopbeleid) that a tender is held against before its publication.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/purchasing-policy",
    tag = "procedure",
    params(MunicipalityParams),
    responses((status = 200, description = "What is asked", body = PurchasingPolicyResponse))
)]
pub async fn get_purchasing_policy(state: Data<AppState>, tenant: Tenant) -> Result<HttpResponse, Problem> {
    let Tenant { actor, municipality } = tenant;
    answer(state.run(move |services| purchasing_policies::get(services, &actor, municipality)).await?)
}

/// Says what is asked of award models
///
/// From now on a tender is published only when each of its lots keeps these rules (inkoopbeleid), or an exception with
/// a reason was recorded. What is public already is not asked again.
#[utoipa::path(
    put,
    path = "/municipalities/{municipality}/purchasing-policy",
    tag = "procedure",
    params(MunicipalityParams, IfMatch),
    request_body = PurchasingPolicyInput,
    responses((status = 200, description = "The new version", body = PurchasingPolicyResponse))
)]
pub async fn replace_purchasing_policy(
    state: Data<AppState>,
    tenant: Tenant,
    seen: IfMatch,
    body: Json<PurchasingPolicyInput>,
) -> Result<HttpResponse, Problem> {
    let Tenant { actor, municipality } = tenant;
    let replaced = state
        .run(move |services| purchasing_policies::replace(services, &actor, municipality, (seen.0, &body.0)))
        .await?;
    answer(replaced)
}

/// Holds a tender against the purchasing policy
///
/// How each lot stands to each rule (inkoopbeleid): for a draft to the rules of now, for a published tender to those of
/// its day of publication.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/tenders/{tenderId}/purchasing-policy-check",
    tag = "procedure",
    params(MunicipalityParams, TenderParams),
    responses((status = 200, description = "How it stands", body = PurchasingPolicyCheckResponse))
)]
pub async fn get_purchasing_policy_check(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<TenderParams>,
) -> Result<HttpResponse, Problem> {
    let check = state
        .run(move |services| {
            purchasing_policies::check(services, &tenant.actor, tenant.municipality, path.tender_id)
        })
        .await?;
    Ok(HttpResponse::Ok().json(PurchasingPolicyCheckResponse::from(check)))
}

/// Departs from a rule of the purchasing policy
///
/// Records why a draft departs from a rule (afwijking van het inkoopbeleid), so that it can be published all the same.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/tenders/{tenderId}/purchasing-policy-exceptions",
    tag = "procedure",
    params(MunicipalityParams, TenderParams),
    request_body = PolicyExceptionRequest,
    responses(
        (status = 201, description = "The exception is recorded", body = PolicyExceptionResponse),
        (status = 409, description = "The tender is public already")
    )
)]
pub async fn create_purchasing_policy_exception(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<TenderParams>,
    body: Json<PolicyExceptionRequest>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let PolicyExceptionRequest { rule, reason } = body.0;
    let exception = state
        .run(move |services| {
            let tender = (tenant.municipality, path.tender_id);
            purchasing_policies::depart(services, &tenant.actor, tender, (rule, reason))
        })
        .await?;
    Ok(resource::recorded(&request, exception.id, &PolicyExceptionResponse::from(exception)))
}
