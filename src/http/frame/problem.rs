//! Every error of the API in one shape: `application/problem+json` (RFC 9457).

use std::fmt;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpResponse, HttpResponseBuilder, ResponseError};
use serde::Serialize;
use utoipa::ToSchema;

use super::problem_dutch;
use crate::identity::error::TokenError;
use trede_rules::explaining::Language;
use trede_service::frame::error::{Finding, ServiceError};

/// The media type of a problem.
pub const PROBLEM_JSON: HeaderValue = HeaderValue::from_static("application/problem+json");

/// A request that was not carried out, and why (RFC 9457; Dutch: foutmelding).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Problem, example = json!({
    "type": "urn:problem:trede:invalid",
    "title": "The request is not valid",
    "status": 400,
    "detail": "the request breaks 1 rule(s)",
    "instance": "urn:trace:4bf92f3577b34da6a3ce929d0e0e4736",
    "errors": [{
        "pointer": "/title",
        "code": "missing-text",
        "detail": "a title is needed"
    }]
}))]
pub struct ProblemBody {
    /// What kind of problem it is, for programs: a URN whose last part is a stable code.
    #[serde(rename = "type")]
    #[schema(format = "uri")]
    kind: String,
    /// What kind of problem it is, for people.
    title: &'static str,
    /// The HTTP status.
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    /// What happened here, in the language that the caller accepts where there are words for it.
    detail: String,
    /// The same in Dutch.
    #[serde(skip)]
    dutch: Option<String>,
    /// The trace that led here; name it when you ask for help.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "uri")]
    instance: Option<String>,
    /// What is wrong with the request, each with its place; empty when it is not about a place.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<ProblemPlace>,
}

/// One thing that is wrong with a request, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({
    "pointer": "/lots/0/title",
    "code": "missing-text",
    "detail": "a title is needed"
}))]
pub struct ProblemPlace {
    /// A JSON pointer (RFC 6901) into the request body.
    pointer: String,
    /// What is wrong, for programs.
    code: String,
    /// What is wrong, for people.
    detail: String,
    /// The same in Dutch.
    #[serde(skip)]
    dutch: Option<String>,
}

/// A request that was not carried out: the answer's body and the header that goes with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    // Boxed, since most results that could be a problem are none.
    body: Box<ProblemBody>,
    hint: Hint,
    /// Whether all that it tells is told in Dutch.
    in_dutch: bool,
}

/// The header that goes with some problems.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Hint {
    #[default]
    None,
    Authenticate(String),
    RetryAfter(u64),
}

impl Problem {
    /// A problem without a place.
    #[must_use]
    pub fn new(status: StatusCode, code: &str, title: &'static str, detail: impl Into<String>) -> Self {
        let body = ProblemBody {
            kind: format!("urn:problem:trede:{code}"),
            title,
            status: status.as_u16(),
            detail: detail.into(),
            dutch: None,
            instance: None,
            errors: Vec::new(),
        };
        Self { body: Box::new(body), hint: Hint::None, in_dutch: false }
    }

    /// Why, for programs: stable and kebab-case.
    #[must_use]
    pub fn code(&self) -> &str {
        self.body.kind.rsplit(':').next().unwrap_or_default()
    }

    /// The answer for an id that names nothing the caller may see.
    #[must_use]
    pub fn not_found(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", "Not found", detail)
    }

    /// The answer to a request whose body or query breaks rules.
    #[must_use]
    pub fn invalid(findings: Vec<Finding>) -> Self {
        let detail = format!("the request breaks {} rule(s)", findings.len());
        let mut problem = Self::new(StatusCode::BAD_REQUEST, "invalid", "The request is not valid", detail);
        problem.body.errors = findings
            .into_iter()
            .map(|finding| ProblemPlace {
                dutch: finding.in_dutch(),
                pointer: finding.pointer,
                code: finding.code.to_owned(),
                detail: finding.detail,
            })
            .collect();
        problem
    }

    /// The answer to a request without a token.
    #[must_use]
    pub fn no_token() -> Self {
        let mut problem = Self::new(
            StatusCode::UNAUTHORIZED,
            "no-token",
            "Not authenticated",
            "send a bearer token in the Authorization header",
        );
        problem.hint = Hint::Authenticate("Bearer realm=\"trede\"".to_owned());
        problem
    }

    /// The answer to who asks more than their limit; `wait` is how many seconds to wait.
    #[must_use]
    pub fn too_many_requests(wait: u64) -> Self {
        let detail = format!("wait {wait} s; RateLimit-Policy says how much may be asked in which time");
        let mut problem =
            Self::new(StatusCode::TOO_MANY_REQUESTS, "too-many-requests", "Too many requests", detail);
        problem.hint = Hint::RetryAfter(wait);
        problem
    }

    /// The answer to a key of a request that is not finished yet.
    #[must_use]
    pub fn still_running() -> Self {
        let detail = "a request with this Idempotency-Key is under way; ask again to hear its answer";
        let mut problem = Self::new(StatusCode::CONFLICT, "idempotency-key-in-use", "Still running", detail);
        problem.hint = Hint::RetryAfter(1);
        problem
    }

    /// The problem for a status that something else than our own code answered with.
    #[must_use]
    pub fn of_status(status: StatusCode) -> Self {
        let (code, title, detail) = match status {
            StatusCode::NOT_FOUND => ("not-found", "Not found", "there is nothing at this path"),
            StatusCode::METHOD_NOT_ALLOWED => (
                "method-not-allowed",
                "Method not allowed",
                "the Allow header names the methods of this resource",
            ),
            StatusCode::PAYLOAD_TOO_LARGE => {
                ("too-large", "Too large", "the body is larger than this resource accepts")
            }
            StatusCode::REQUEST_TIMEOUT => ("too-slow", "Too slow", "the request did not arrive in time"),
            status if status.is_client_error() => {
                ("bad-request", "Bad request", "the request could not be read")
            }
            _ => ("internal", "Internal error", "something went wrong here; the trace leads to the cause"),
        };
        Self::new(status, code, title, detail)
    }

    /// What is wrong with the request, each with its place.
    #[must_use]
    pub fn into_places(self) -> Vec<ProblemPlace> {
        self.body.errors
    }

    /// What the answer says.
    #[must_use]
    pub fn body(&self) -> &ProblemBody {
        &self.body
    }

    /// The same problem, told in a language; in English where it has no other words.
    #[must_use]
    pub fn told_in(mut self, language: Language) -> Self {
        if language == Language::English {
            return self;
        }
        let words = self.body.errors.iter().map(|place| &place.dutch).chain([&self.body.dutch]);
        self.in_dutch = words.into_iter().all(Option::is_some);
        self.body.title = problem_dutch::title(self.body.title).unwrap_or(self.body.title);
        if let Some(dutch) = self.body.dutch.take() {
            self.body.detail = dutch;
        }
        for place in &mut self.body.errors {
            if let Some(dutch) = place.dutch.take() {
                place.detail = dutch;
            }
        }
        self
    }

    /// The same problem, with the trace that led to it.
    #[must_use]
    pub fn traced(mut self, instance: Option<String>) -> Self {
        self.body.instance = instance;
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.body.detail)
    }
}

impl std::error::Error for Problem {}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.body.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        let mut builder = HttpResponseBuilder::new(self.status_code());
        builder.insert_header((header::CONTENT_TYPE, PROBLEM_JSON));
        if self.in_dutch {
            builder.insert_header((header::CONTENT_LANGUAGE, "nl"));
        }
        match &self.hint {
            Hint::None => {}
            Hint::Authenticate(challenge) => {
                builder.insert_header((header::WWW_AUTHENTICATE, challenge.as_str()));
            }
            Hint::RetryAfter(seconds) => {
                builder.insert_header((header::RETRY_AFTER, *seconds));
            }
        }
        builder.body(serde_json::to_string(&self.body).unwrap_or_default())
    }
}

impl Problem {
    /// More long calculations are asked than run at once.
    #[must_use]
    pub fn crowded() -> Self {
        let detail = "as many large calculations as run at once are under way";
        let mut problem = Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "Too busy", detail.to_owned());
        problem.hint = Hint::RetryAfter(2);
        problem
    }
}

impl Problem {
    /// The store did not answer in time.
    #[must_use]
    pub fn too_slow_a_store() -> Self {
        let detail = "the store does not answer in time".to_owned();
        let mut problem = Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "Too busy", detail);
        problem.hint = Hint::RetryAfter(2);
        problem
    }

    /// As many bytes of large bodies are held as can be.
    #[must_use]
    pub fn full() -> Self {
        let detail = "as many bytes of large bodies as are held at once are under way";
        let mut problem = Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "Too busy", detail.to_owned());
        problem.hint = Hint::RetryAfter(5);
        problem
    }
}

impl From<TokenError> for Problem {
    fn from(error: TokenError) -> Self {
        if error == TokenError::NoKeysYet {
            let title = "The issuer does not answer";
            let mut problem =
                Self::new(StatusCode::SERVICE_UNAVAILABLE, "no-issuer-keys", title, error.to_string());
            problem.hint = Hint::RetryAfter(30);
            return problem;
        }
        let mut problem =
            Self::new(StatusCode::UNAUTHORIZED, "invalid-token", "Not authenticated", error.to_string());
        // RFC 6750 §3 has no quotes and no backslashes in a description.
        let described = error.to_string().replace(['"', '\\'], "'").replace('`', "'");
        let challenge =
            format!("Bearer realm=\"trede\", error=\"invalid_token\", error_description=\"{described}\"");
        problem.hint = Hint::Authenticate(challenge);
        problem
    }
}

impl From<ServiceError> for Problem {
    fn from(error: ServiceError) -> Self {
        let dutch = error.in_dutch();
        let mut problem = Self::in_english(error);
        problem.body.dutch = dutch;
        problem
    }
}

impl Problem {
    fn in_english(error: ServiceError) -> Self {
        let detail = error.to_string();
        match error {
            ServiceError::ForeignMunicipality => {
                forbidden("foreign-municipality", "Another municipality", detail)
            }
            ServiceError::Forbidden { .. } => forbidden("forbidden", "Not allowed", detail),
            ServiceError::NotTheirs { code, .. } => forbidden(code, "Not allowed", detail),
            ServiceError::NotFound { .. } => Self::not_found(detail),
            ServiceError::Invalid(findings) => Self::invalid(findings),
            ServiceError::Refused { code, .. } => {
                Self::new(StatusCode::CONFLICT, code, "Refused by a rule of the procedure", detail)
            }
            ServiceError::VersionMismatch => {
                Self::new(StatusCode::PRECONDITION_FAILED, "changed", "Changed in the meantime", detail)
            }
            ServiceError::VersionNeeded => {
                Self::new(StatusCode::PRECONDITION_REQUIRED, "if-match-needed", "If-Match needed", detail)
            }
            ServiceError::Expired { .. } => {
                Self::new(StatusCode::GONE, "cursor-expired", "No longer kept", detail)
            }
            ServiceError::TooLarge { .. } => Self {
                body: Box::new(ProblemBody {
                    detail,
                    ..*Self::of_status(StatusCode::PAYLOAD_TOO_LARGE).body
                }),
                ..Self::of_status(StatusCode::PAYLOAD_TOO_LARGE)
            },
            ServiceError::Unavailable { cause, .. } => {
                tracing::warn!(cause = %chain(cause.as_ref()), "{detail}");
                let mut problem =
                    Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", "Not available", detail);
                problem.hint = Hint::RetryAfter(30);
                problem
            }
            ServiceError::Busy(cause) => {
                tracing::warn!(%cause, "the store is busy");
                let mut problem = Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "Too busy", detail);
                problem.hint = Hint::RetryAfter(2);
                problem
            }
            ServiceError::Elsewhere { .. } => {
                let title = "Another system does not answer";
                let mut problem = Self::new(StatusCode::SERVICE_UNAVAILABLE, "elsewhere", title, detail);
                problem.hint = Hint::RetryAfter(30);
                problem
            }
            ServiceError::Internal(cause) => {
                tracing::error!(cause = %chain(cause.as_ref()), "internal error");
                Self::of_status(StatusCode::INTERNAL_SERVER_ERROR)
            }
        }
    }
}

fn forbidden(code: &str, title: &'static str, detail: String) -> Problem {
    let mut problem = Problem::new(StatusCode::FORBIDDEN, code, title, detail);
    problem.hint = Hint::Authenticate("Bearer realm=\"trede\", error=\"insufficient_scope\"".to_owned());
    problem
}

/// An error and what caused it, in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut line = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        line.push_str(": ");
        line.push_str(&next.to_string());
        cause = next.source();
    }
    line
}
