//! Schemas of words and ids whose types stand in the domain, which knows no OpenAPI.

use utoipa::openapi::schema::{
    AdditionalProperties, Array, ArrayBuilder, Object, ObjectBuilder, OneOfBuilder, Schema, Type,
};
use utoipa::openapi::{Ref, RefOr};

use crate::domain::assessment::AssessmentKind;
use crate::domain::procedure::{State, Step};
use crate::domain::pso::{CertificateSource, ImportState};
use crate::domain::tender::BidCustody;
use crate::domain::value_map::ValueMapScope;

/// How far a lot or tender is (stand van de procedure).
pub fn state() -> Object {
    words(State::ALL.iter().map(|word| word.code()), "How far it is (stand van de procedure)")
}

/// Who keeps the bids until the opening.
pub fn bid_custody() -> Object {
    words(
        BidCustody::ALL.iter().map(|word| word.code()),
        "Who keeps the bids sealed until the opening (bewaring van de inschrijvingen): this service, \
         or the e-procurement platform that hands them over after its own opening",
    )
}

/// A step that a lot can take.
pub fn step() -> Object {
    words(Step::ALL.iter().map(|word| word.code()), "Which step it was (stap in de procedure)")
}

/// Whose score an assessment is.
pub fn assessment_kind() -> Object {
    words(
        AssessmentKind::ALL.iter().map(|word| word.code()),
        "Whose score it is: of one assessor, or what they agreed on in their session (consensus)",
    )
}

/// Where the facts of a certificate come from.
pub fn certificate_source() -> Object {
    words(
        CertificateSource::ALL.iter().map(|word| word.code()),
        "Where the facts come from (bron): the register read by machine, its list handed over by hand, or \
         what an organisation or bidder showed",
    )
}

/// Of what a value map tells the value.
pub fn value_map_scope() -> Object {
    words(
        ValueMapScope::ALL.iter().map(|word| word.code()),
        "Of what it tells the value (reikwijdte): a contract, a project, or a portfolio of them",
    )
}

/// How far an import is.
pub fn import_state() -> Object {
    words(
        ImportState::ALL.iter().map(|word| word.code()),
        "How far it is (stand van de import): it waits, the list is being read, it was read to its end, or it \
         ended before",
    )
}

/// The language of the texts in a result.
pub fn language() -> Object {
    let mut schema = words(["nl", "en"].into_iter(), "The language of the texts");
    schema.default = Some("nl".into());
    schema
}

fn words(codes: impl Iterator<Item = &'static str>, description: &str) -> Object {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some(codes.collect::<Vec<_>>()))
        .description(Some(description))
        .build()
}

/// CPV codes (gemeenschappelijke woordenlijst overheidsopdrachten), the main code first.
pub fn cpv_codes() -> Array {
    list("^[0-9]{8}(-[0-9])?$", "What is bought, as CPV codes; the main code first")
}

/// KvK numbers.
pub fn kvk_numbers() -> Array {
    list("^[0-9]{8}$", "The KvK numbers that it covers")
}

fn list(pattern: &str, description: &str) -> Array {
    ArrayBuilder::new()
        .items(ObjectBuilder::new().schema_type(Type::String).pattern(Some(pattern)))
        .max_items(Some(500))
        .description(Some(description))
        .build()
}

/// Exclusions by bid; `null` where a bid takes part again.
pub fn exclusions() -> Object {
    let null = ObjectBuilder::new().schema_type(Type::Null);
    let exclusion = OneOfBuilder::new().item(null).item(Ref::from_schema_name("ExclusionInput"));
    let by_bid = AdditionalProperties::RefOr(RefOr::T(Schema::OneOf(exclusion.build())));
    ObjectBuilder::new()
        .schema_type(Type::Object)
        .additional_properties(Some(by_bid))
        .description(Some(
            "Bids that do not take part, or dropped out, by their id, with the reason (uitsluitingen). \
             Exclusions of the latest evaluation carry over, unless the bid is named here: with another \
             exclusion, or with `null` to let it take part again.",
        ))
        .build()
}
