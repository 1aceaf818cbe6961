//! What holds for every operation, said once: the version header, who may do it, and the problems
//! that follow from its shape.

use utoipa::openapi::header::Header;
use utoipa::openapi::path::{Operation, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::security::SecurityRequirement;
use utoipa::openapi::{ContentBuilder, OpenApi, PathItem, Ref, RefOr, Required, Response, ResponseBuilder};

use trede_service::frame::access;

const IDEMPOTENCY_KEY: &str = "Idempotency-Key";

/// A problem that operations can answer with, as a shared response of the document.
struct Cause {
    status: &'static str,
    description: &'static str,
    applies: fn(&Operation) -> bool,
}

const CAUSES: &[Cause] = &[
    Cause {
        status: "400",
        description: "The query or the body is not valid; `errors` names each place",
        applies: |operation| has_body(operation) || has_query(operation) || !is_read(operation),
    },
    Cause { status: "401", description: "No token, or one that is not accepted", applies: is_secured },
    Cause {
        status: "403",
        description: "The token does not name the municipality, or its roles do not suffice",
        applies: is_secured,
    },
    Cause {
        status: "404",
        description: "There is no such resource where the caller may look",
        applies: |operation| has_parameter_in(operation, ParameterIn::Path),
    },
    Cause { status: "406", description: "The client accepts no JSON", applies: |_| true },
    Cause { status: "412", description: "The resource has changed since it was read", applies: has_if_match },
    Cause { status: "413", description: "The body is larger than this resource accepts", applies: has_body },
    Cause {
        status: "414",
        description: "The path and its query are longer than 8192 bytes",
        applies: has_query,
    },
    Cause { status: "415", description: "The body is not JSON", applies: has_body },
    Cause {
        status: "422",
        description: "The `Idempotency-Key` came with another body before",
        applies: has_idempotency_key,
    },
    Cause { status: "428", description: "`If-Match` is needed", applies: has_if_match },
    Cause {
        status: "429",
        description: "More than a caller or an address may ask; try again after `Retry-After` seconds",
        applies: |_| true,
    },
    Cause {
        status: "503",
        description: "Too busy; try again after `Retry-After` seconds",
        applies: |operation| is_secured(operation) || has_parameter_in(operation, ParameterIn::Path),
    },
];

/// Completes every operation of the document.
pub(super) fn complete(document: &mut OpenApi) {
    for item in document.paths.paths.values_mut() {
        offer_idempotency(item.post.as_mut());
        for operation in operations(item) {
            say_who_may(operation);
            add_problems(operation);
            add_version_header(operation);
        }
    }
    let components = document.components.get_or_insert_default();
    for cause in CAUSES {
        components.responses.insert(component_name(cause.status), RefOr::T(problem(cause.description)));
    }
    components
        .responses
        .insert(component_name("410"), RefOr::T(problem("What the cursor leads to is no longer kept")));
    components.responses.insert(
        component_name("409"),
        RefOr::T(problem("A rule of the procedure forbids it in the present state; `type` says which")),
    );
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.get, &mut item.put, &mut item.post, &mut item.delete, &mut item.patch].into_iter().flatten()
}

/// Lets a client send a request that changes something again, without fear of doing it twice.
fn offer_idempotency(of_post: Option<&mut Operation>) {
    let writes = |operation: &&mut Operation| {
        let id = operation.operation_id.as_deref().unwrap_or_default();
        !id.starts_with("simulate_") && !id.starts_with("compare_")
    };
    let Some(operation) = of_post.filter(writes) else { return };
    let parameter = ParameterBuilder::new()
        .name(IDEMPOTENCY_KEY)
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(
            "A string of your own making, such as a UUID, in quotes. Sent again with the same key and body, the \
             request is not carried out again: you get the answer that it was given. The key holds for the \
             caller and the path",
        ))
        .schema(Some(
            ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).max_length(Some(255)),
        ))
        .build();
    operation.parameters.get_or_insert_default().push(parameter.into());
    // A request with the key can be under way.
    operation.responses.responses.entry("409".to_owned()).or_insert_with(|| shared("409"));
}

/// Adds the roles of the permission table to the description, and asks for a token.
fn say_who_may(operation: &mut Operation) {
    let known =
        access::Operation::ALL.iter().find(|known| Some(known.id()) == operation.operation_id.as_deref());
    let Some(known) = known else {
        operation.security = Some(Vec::new());
        return;
    };
    if known.scope() == access::Scope::Public {
        operation.security = Some(Vec::new());
        return;
    }
    let roles: Vec<_> = known.roles().iter().map(|role| format!("`{role}`")).collect();
    let description = operation.description.get_or_insert_default();
    description.push_str("\n\nRoles: ");
    description.push_str(&roles.join(", "));
    description.push('.');
    operation.security = Some(vec![SecurityRequirement::new("bearer", std::iter::empty::<String>())]);
}

fn add_problems(operation: &mut Operation) {
    for cause in CAUSES.iter().filter(|cause| (cause.applies)(operation)).collect::<Vec<_>>() {
        operation.responses.responses.entry(cause.status.to_owned()).or_insert_with(|| shared(cause.status));
    }
    // A handler only says that it can conflict, or that something is gone; the shape is the same for all.
    for status in ["409", "410"] {
        if let Some(said) = operation.responses.responses.get_mut(status) {
            *said = shared(status);
        }
    }
}

fn shared(status: &str) -> RefOr<Response> {
    RefOr::Ref(Ref::from_response_name(component_name(status)))
}

fn component_name(status: &str) -> String {
    format!("Problem{status}")
}

fn problem(description: &str) -> Response {
    ResponseBuilder::new()
        .description(description)
        .content(
            "application/problem+json",
            ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build(),
        )
        .header("API-Version", version_header())
        .build()
}

fn add_version_header(operation: &mut Operation) {
    for response in operation.responses.responses.values_mut() {
        if let RefOr::T(response) = response {
            response.headers.insert("API-Version".to_owned(), version_header().into());
        }
    }
}

fn version_header() -> Header {
    Header::builder()
        .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
        .description(Some("The full version of the API"))
        .build()
}

fn is_secured(operation: &Operation) -> bool {
    operation.security.as_ref().is_some_and(|requirements| !requirements.is_empty())
}

fn has_body(operation: &Operation) -> bool {
    operation.request_body.is_some()
}

/// Only what changes nothing may answer without a possible 400 (API Design Rules).
fn is_read(operation: &Operation) -> bool {
    operation.operation_id.as_deref().is_some_and(|id| id.starts_with("get_") || id.starts_with("list_"))
}

fn has_query(operation: &Operation) -> bool {
    operation.parameters.as_ref().is_some_and(|parameters| !parameters.is_empty())
}

fn has_parameter_in(operation: &Operation, place: ParameterIn) -> bool {
    operation
        .parameters
        .iter()
        .flatten()
        .any(|parameter| matches!(parameter, RefOr::T(parameter) if parameter.parameter_in == place))
}

fn has_if_match(operation: &Operation) -> bool {
    has_parameter(operation, "If-Match")
}

fn has_idempotency_key(operation: &Operation) -> bool {
    has_parameter(operation, IDEMPOTENCY_KEY)
}

fn has_parameter(operation: &Operation, name: &str) -> bool {
    operation
        .parameters
        .iter()
        .flatten()
        .any(|parameter| matches!(parameter, RefOr::T(parameter) if parameter.name == name))
}
