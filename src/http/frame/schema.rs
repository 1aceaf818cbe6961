//! Schemas of words and ids whose types stand in the domain, which knows no OpenAPI.

use utoipa::openapi::schema::{
    AdditionalProperties, Array, ArrayBuilder, Object, ObjectBuilder, OneOfBuilder, Schema, Type,
};
use utoipa::openapi::{Deprecated, RefOr};

use trede_base::certificate::CertificateSource;
use trede_base::verdict::Verdict;
use trede_formats::tables::{Notation, TableFormat};
use trede_model::assessing::assessment::AssessmentKind;
use trede_model::awarding::award_letter::{LetterKind, LetterLanguage};
use trede_model::bidding::opening::{Envelope, OpeningState};
use trede_model::following::change::ChangeKind;
use trede_model::following::entry::{EntryState, EntryStep};
use trede_model::following::evidence::{EvidenceKind, MediaType, ScanState};
use trede_model::following::obligation_state::{ObligationState, ObligationStep};
use trede_model::following::plan::{MilestoneKind, PlanState};
use trede_model::following::progress::{ForecastMethod, ProgressStatus};
use trede_model::policies::value_map::ValueMapScope;
use trede_model::pso::register_import::ImportState;
use trede_model::pso::self_check::{Requirement, StandingWarning};
use trede_model::telling::event::EventKind;
use trede_model::telling::webhook::{DeliveryState, SubscriptionState};
use trede_model::tendering::duty::Apart;
use trede_model::tendering::notice_import::{ImportOutcome, NoticeKind};
use trede_model::tendering::procedure::{State, Step};
use trede_model::tendering::tender::{BidCustody, BidEnvelopes};
use trede_model::trust::token_revocation::RevokedKind;
use trede_service::telling::open_records::Signature;

/// Who made a record.
pub fn record_signature() -> Object {
    words(
        Signature::ALL.iter().map(|word| word.code()),
        "Who made the record (handtekening): this installation signed it, it is not signed, no key of this \
         installation signed it, or this installation signs nothing",
    )
}

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

/// In how many envelopes bids come.
pub fn bid_envelopes() -> Object {
    words(
        BidEnvelopes::ALL.iter().map(|word| word.code()),
        "In how many envelopes bids come (enveloppensysteem): one, or two with the prices apart (prijsenvelop), \
         which are opened once the quality of all lots is fixed (tweefasenopening)",
    )
}

/// What of the bids is opened.
pub fn envelope() -> Object {
    words(
        Envelope::ALL.iter().map(|word| word.code()),
        "What of the bids is opened (deel van de inschrijving): the whole, or where prices are in an envelope of \
         their own, first who bids with what quality, then the prices (prijsenvelop)",
    )
}

/// How far an opening is.
pub fn opening_state() -> Object {
    words(
        OpeningState::ALL.iter().map(|word| word.code()),
        "How far it is (stand van de opening): it waits for a second person, none came in time, or two opened",
    )
}

/// Types of events.
pub fn event_types() -> Array {
    ArrayBuilder::new()
        .items(words(EventKind::ALL.iter().map(|word| word.code()), "A type of event (soort gebeurtenis)"))
        .min_items(Some(1))
        .description(Some("Types of events (soorten gebeurtenissen)"))
        .build()
}

/// Whether a subscriber is told of events.
pub fn subscription_state() -> Object {
    words(
        SubscriptionState::ALL.iter().map(|word| word.code()),
        "Whether the subscriber is told of events (staat van het abonnement)",
    )
}

/// How far the telling of an event is.
pub fn delivery_state() -> Object {
    words(
        DeliveryState::ALL.iter().map(|word| word.code()),
        "How far it is (staat van de aflevering): it waits, the subscriber has it, or all attempts failed",
    )
}

/// What kind of notice it was.
pub fn notice_kind() -> Object {
    words(NoticeKind::ALL.iter().map(|word| word.code()), "What kind of notice it was (soort aankondiging)")
}

/// What an import did.
pub fn import_outcome() -> Object {
    words(
        ImportOutcome::ALL.iter().map(|word| word.code()),
        "What the import did (uitkomst): a draft was made or brought up to date, changes of a published tender \
         were reported only, or a result was recorded",
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

/// What a letter about an award tells its reader.
pub fn letter_kind() -> Object {
    words(
        LetterKind::ALL.iter().map(|word| word.code()),
        "What it tells (soort brief): to the winner, to another bidder, or to one whose bid takes no part",
    )
}

/// The language of a letter.
pub fn letter_language() -> Object {
    words(LetterLanguage::ALL.iter().map(|word| word.code()), "The language (taal): Dutch or English")
}

/// Pairs of duties that are kept apart.
pub fn duties_apart() -> Array {
    let pair = words(Apart::ALL.iter().map(|word| word.code()), "Two duties (functiescheiding)");
    ArrayBuilder::new()
        .items(pair)
        .description(Some("Pairs of duties that nobody has together on one lot (functiescheiding)"))
        .build()
}

/// How far the obligation of a contract is.
pub fn progress_obligation_state() -> Object {
    words(
        ObligationState::ALL.iter().map(|word| word.code()),
        "How far its obligation is (stand van de opgave)",
    )
}

/// How a contract stands.
pub fn progress_status() -> Object {
    words(
        ProgressStatus::ALL.iter().map(|word| word.code()),
        "How it stands (status): by the forecast it does not reach what is owed, it lags, nothing is known \
         of what is owed, it is on track, or it is settled",
    )
}

/// How the end of a contract was forecast.
pub fn forecast_method() -> Object {
    words(
        ForecastMethod::ALL.iter().map(|word| word.code()),
        "How the end was forecast (prognosemethode): what is realised and submitted; that and what the \
         agreed plan says for the days to come; or that, as much a day for the rest of the term",
    )
}

/// How a table is written.
pub fn table_format() -> Object {
    words(
        TableFormat::ALL.iter().map(|word| word.code()),
        "How the table is written (bestandstype): CSV, a workbook, or JSON",
    )
}

/// What a file of evidence shows.
pub fn evidence_kind() -> Object {
    words(EvidenceKind::ALL.iter().map(|word| word.code()), "What it shows (soort bewijsstuk)")
}

/// What kind of file a file of evidence is.
pub fn media_type() -> Object {
    words(MediaType::ALL.iter().map(|word| word.code()), "What kind of file it is (bestandstype)")
}

/// What the malware scanner said of a file.
pub fn scan_state() -> Object {
    words(
        ScanState::ALL.iter().map(|word| word.code()),
        "What the malware scanner said when the file came in (virusscan)",
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

/// What became of a claim of a PSO level.
pub fn verdict() -> Object {
    words(
        Verdict::ALL.iter().map(|word| word.code()),
        "What became of the claim (oordeel): confirmed by the register, contradicted by it, expired on the date \
         that counts, not found in it, an equivalent proof that waits for a decision, or one that the \
         municipality accepted",
    )
}

/// What an organisation should look into between two audits.
pub fn standing_warning() -> Object {
    words(StandingWarning::ALL.iter().map(|word| word.code()), "What to look into (aandachtspunt)")
}

/// A qualitative requirement.
pub fn requirement() -> Object {
    words(
        Requirement::ALL.iter().map(|word| word.code()),
        "The requirement (kwalitatieve eis): suitable work (passend werk), integration, functioning and \
         development, or guidance (begeleiding)",
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

/// How numbers are written in a text.
pub fn notation() -> Object {
    words(
        Notation::ALL.iter().map(|word| word.code()),
        "How numbers are written (landinstelling): `1.234,56` or `1,234.56`",
    )
}

/// The language of the texts in a result.
pub fn language() -> Object {
    let mut schema = words(["nl", "en"].into_iter(), "The language of the texts");
    schema.default = Some("nl".into());
    schema
}

/// How far an obligation is.
pub fn obligation_state() -> Object {
    words(
        ObligationState::ALL.iter().map(|word| word.code()),
        "How far the obligation is (stand van de opgave)",
    )
}

/// A decision on what was realised.
pub fn settlement_decision() -> Object {
    let decisions = ObligationStep::ALL
        .iter()
        .filter(|step| !matches!(step, ObligationStep::Fix | ObligationStep::Exempt))
        .map(|word| word.code());
    words(decisions, "Which decision it is (besluit)")
}

/// Why a contract changed.
pub fn change_kind() -> Object {
    words(ChangeKind::ALL.iter().map(|word| word.code()), "Why the contract changed (soort wijziging)")
}

/// How far an entry is.
pub fn entry_state() -> Object {
    words(EntryState::ALL.iter().map(|word| word.code()), "How far the entry is (stand)")
}

/// How far entries are.
pub fn entry_states() -> Array {
    ArrayBuilder::new().items(entry_state()).description(Some("How far they are (stand)")).build()
}

/// How far obligations are.
pub fn obligation_states() -> Array {
    let states = progress_obligation_state();
    ArrayBuilder::new()
        .items(states)
        .description(Some("How far the obligation is (stand van de opgave)"))
        .build()
}

/// How contracts stand.
pub fn progress_statuses() -> Array {
    ArrayBuilder::new().items(progress_status()).description(Some("How they stand (risico)")).build()
}

/// A step of an entry.
pub fn entry_step() -> Object {
    words(EntryStep::ALL.iter().map(|word| word.code()), "Which step it was (stap)")
}

/// How far a plan is.
pub fn plan_state() -> Object {
    words(PlanState::ALL.iter().map(|word| word.code()), "How far the plan is (stand)")
}

/// What a deadline is for.
pub fn milestone_kind() -> Object {
    words(MilestoneKind::ALL.iter().map(|word| word.code()), "What the deadline is for (soort mijlpaal)")
}

/// Municipalities by their CBS codes.
pub fn municipalities() -> Array {
    list(
        "^(gm[0-9]{4}|pv[0-9]{2}|ws[0-9]{4}|oin[0-9]{20})$",
        "The municipalities that take part (deelnemende gemeenten)",
    )
}

fn words(codes: impl Iterator<Item = &'static str>, description: &str) -> Object {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some(codes.collect::<Vec<_>>()))
        .description(Some(description))
        .build()
}

/// What is taken back.
pub fn revoked_kind() -> Object {
    words(
        RevokedKind::ALL.iter().map(|word| word.code()),
        "What is taken back (wat wordt ingetrokken): one token by its `jti`, all tokens of a bearer, or all \
         that a client asked for",
    )
}

/// CPV codes (gemeenschappelijke woordenlijst overheidsopdrachten), the main code first.
pub fn cpv_codes() -> Array {
    list("^[0-9]{8}(-[0-9])?$", "What is bought, as CPV codes; the main code first")
}

/// CPV codes of what somebody sells.
pub fn sold_cpv_codes() -> Array {
    list("^[0-9]{8}(-[0-9])?$", "What it sells, as CPV codes")
}

/// Municipalities by their CBS codes.
pub fn regions() -> Array {
    list(
        "^(gm[0-9]{4}|pv[0-9]{2}|ws[0-9]{4}|oin[0-9]{20})$",
        "The municipalities (gemeenten) in which it works, by CBS code",
    )
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
    let reason = ObjectBuilder::new()
        .schema_type(Type::String)
        .min_length(Some(1))
        .max_length(Some(20_000))
        .description(Some("The reason, as it will stand in the report."));
    let stage = ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some(["before-evaluation", "after-ranking"]))
        .deprecated(Some(Deprecated::True))
        .description(Some(
            "Accepted and not used: the service says at which stage the bid dropped out. Once prices are known, the \
             drop-out rule of the award model decides what it still counts for.",
        ));
    let exclusion = ObjectBuilder::new()
        .schema_type(Type::Object)
        .property("reason", reason)
        .property("stage", stage)
        .required("reason")
        .additional_properties(Some(AdditionalProperties::<Schema>::FreeForm(false)))
        .description(Some("Why a bid does not take part (uitsluiting)."));
    let exclusion = OneOfBuilder::new().item(null).item(exclusion);
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
