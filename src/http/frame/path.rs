//! Ids in paths: one that cannot exist is not found, like one that does not.

use actix_web::web::PathConfig;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::http::frame::problem::Problem;
use trede_base::certificate::CertificateId;
use trede_base::ids::{KvkNumber, MunicipalityId};
use trede_formats::tables::ImportTable;
use trede_model::assessing::assessment::AssessmentId;
use trede_model::assessing::dossier::DossierEntryId;
use trede_model::awarding::award_letter::{AwardLetterId, LetterLanguage};
use trede_model::awarding::evaluation::EvaluationId;
use trede_model::bidding::bid::BidId;
use trede_model::bidding::opening::OpeningId;
use trede_model::following::contract::ContractId;
use trede_model::following::entry::EntryId;
use trede_model::following::evidence::EvidenceId;
use trede_model::following::plan::{MilestoneId, PlanId};
use trede_model::following::settlement::SettlementId;
use trede_model::following::table_import::TableImportId;
use trede_model::policies::policy::PolicyId;
use trede_model::policies::value_map::ValueMapId;
use trede_model::pso::register_import::RegisterImportId;
use trede_model::pso::self_check::KeptContributionId;
use trede_model::telling::webhook::SubscriptionId;
use trede_model::tendering::lot::LotId;
use trede_model::tendering::notice_import::NoticeImportId;
use trede_model::tendering::tender::TenderId;
use trede_model::tendering::tender_package::PackageReference;
use trede_model::trust::token_revocation::TokenRevocationId;
use trede_service::overseeing::exports::ExportTable;

/// Declares parameters of paths, each with its description. A path takes several of these.
macro_rules! params {
    ($($(#[$doc:meta])* $params:ident { $($(#[$field_doc:meta])* $field:ident: $id:ty,)+ })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
        #[serde(rename_all = "camelCase")]
        #[into_params(parameter_in = Path)]
        pub struct $params { $($(#[$field_doc])* pub $field: $id,)+ }
    )+};
}

params! {
    /// Something of a municipality.
    MunicipalityParams {
        /// The municipality (gemeente) by its CBS code, in lower case
        #[param(value_type = String, pattern = "^(gm[0-9]{4}|pv[0-9]{2}|ws[0-9]{4}|oin[0-9]{20})$", example = "gm0344")]
        municipality: MunicipalityId,
    }
    /// An organisation, or something of it.
    OrganisationParams {
        /// The organisation (organisatie) by its KvK number
        #[param(value_type = String, pattern = "^[0-9]{8}$", example = "69599068")]
        kvk_number: KvkNumber,
    }
    /// An import of a table.
    TableImportParams {
        /// The import (inlezing)
        #[param(value_type = String, format = Uuid)]
        import_id: TableImportId,
    }
    /// A certificate of an organisation.
    CertificateParams {
        /// The certificate (certificaat)
        #[param(value_type = String, format = Uuid)]
        certificate_id: CertificateId,
    }
    /// A tender, or something of it.
    TenderParams {
        /// The tender (aanbesteding)
        #[param(value_type = String, format = Uuid)]
        tender_id: TenderId,
    }
    /// A lot, or something of it.
    LotParams {
        /// The tender (aanbesteding)
        #[param(value_type = String, format = Uuid)]
        tender_id: TenderId,
        /// The lot (perceel)
        #[param(value_type = String, format = Uuid)]
        lot_id: LotId,
    }
    /// A bid on a lot.
    BidParams {
        /// The bid (inschrijving)
        #[param(value_type = String, format = Uuid)]
        bid_id: BidId,
    }
    /// An opening of the bids of a tender.
    OpeningParams {
        /// The opening (opening van de inschrijvingen)
        #[param(value_type = String, format = Uuid)]
        opening_id: OpeningId,
    }
    /// A notice that was imported.
    NoticeImportParams {
        /// The import (ingelezen aankondiging)
        #[param(value_type = String, format = Uuid)]
        notice_import_id: NoticeImportId,
    }
    /// An assessment of a bid on a lot.
    AssessmentParams {
        /// The assessment (beoordeling door een beoordelaar)
        #[param(value_type = String, format = Uuid)]
        assessment_id: AssessmentId,
    }
    /// A version of a social return policy.
    PolicyParams {
        /// The version of the policy (beleid)
        #[param(value_type = String, format = Uuid)]
        policy_id: PolicyId,
    }
    /// A contract, or something of it.
    ContractParams {
        /// The contract (opdracht)
        #[param(value_type = String, format = Uuid)]
        contract_id: ContractId,
    }
    /// A plan for a contract.
    PlanParams {
        /// The plan of approach (plan van aanpak)
        #[param(value_type = String, format = Uuid)]
        plan_id: PlanId,
    }
    /// A milestone of a contract.
    MilestoneParams {
        /// The milestone (mijlpaal)
        #[param(value_type = String, format = Uuid)]
        milestone_id: MilestoneId,
    }
    /// An entry under a contract.
    EntryParams {
        /// The entry (verantwoording)
        #[param(value_type = String, format = Uuid)]
        entry_id: EntryId,
    }
    /// A settlement of a contract.
    SettlementParams {
        /// The settlement (afrekening)
        #[param(value_type = String, format = Uuid)]
        settlement_id: SettlementId,
    }
    /// An entry in the dossier of a lot.
    DossierEntryParams {
        /// The entry (dossierstuk)
        #[param(value_type = String, format = Uuid)]
        entry_id: DossierEntryId,
    }
    /// A question about a low price.
    InquiryParams {
        /// The question (vraag om toelichting)
        #[param(value_type = String, format = Uuid)]
        inquiry_id: DossierEntryId,
    }
    /// An objection to a proposed award.
    ObjectionParams {
        /// The objection (bezwaar)
        #[param(value_type = String, format = Uuid)]
        objection_id: DossierEntryId,
    }
    /// A letter about a proposed award.
    AwardLetterParams {
        /// The letter (brief)
        #[param(value_type = String, format = Uuid)]
        letter_id: AwardLetterId,
    }
    /// Something in a language.
    LanguageParams {
        /// The language (taal)
        #[param(value_type = String, pattern = "^(nl|en)$", example = "nl")]
        language: LetterLanguage,
    }
    /// An evaluation of a lot.
    EvaluationParams {
        /// The evaluation (beoordeling)
        #[param(value_type = String, format = Uuid)]
        evaluation_id: EvaluationId,
    }
}

params! {
    /// A subscription to events.
    SubscriptionParams {
        /// The subscription (abonnement)
        #[param(value_type = String, format = Uuid)]
        subscription_id: SubscriptionId,
    }
    /// A revocation of tokens.
    TokenRevocationParams {
        /// The revocation (intrekking van tokens)
        #[param(value_type = String, format = Uuid)]
        revocation_id: TokenRevocationId,
    }
}

params! {
    /// A contribution of an organisation.
    ContributionParams {
        /// The contribution (sociale bijdrage)
        #[param(value_type = String, format = Uuid)]
        contribution_id: KeptContributionId,
    }
    /// An import of the register.
    RegisterImportParams {
        /// The import (import)
        #[param(value_type = String, format = Uuid)]
        import_id: RegisterImportId,
    }
}

/// A whole tender, by the reference of the platform that sent it.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Path)]
pub struct PackageParams {
    /// The reference under which the platform knows the tender (kenmerk)
    #[param(value_type = String, pattern = "^[A-Za-z0-9._~-]{1,100}$", example = "P-2026-0042")]
    pub external_reference: PackageReference,
}

/// A version of a table, by its name.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct VersionParams {
    /// The name of the version (versie)
    #[param(min_length = 1, max_length = 64, example = "pso-2023")]
    pub version: String,
}

params! {
    /// A value map.
    ValueMapParams {
        /// The value map (waardenkaart)
        #[param(value_type = String, format = Uuid)]
        value_map_id: ValueMapId,
    }
    /// A version of a value map.
    ValueMapVersionParams {
        /// The value map (waardenkaart)
        #[param(value_type = String, format = Uuid)]
        value_map_id: ValueMapId,
        /// The number of the version, from 1
        #[param(minimum = 1)]
        number: i64,
    }
}

params! {
    /// A table that is exported.
    TableParams {
        /// The table (tabel)
        #[param(value_type = String, pattern = "^(contracts|entries|ledger)$", example = "entries")]
        table: ExportTable,
    }
    /// A table that can be imported.
    TemplateParams {
        /// The table (tabel)
        #[param(value_type = String, pattern = "^(contracts|entries)$", example = "entries")]
        table: ImportTable,
    }
    /// A year of a municipality.
    YearParams {
        /// The year (jaar)
        #[param(minimum = 1900, maximum = 2200, example = 2027)]
        year: i32,
    }
    /// A file of evidence with an entry.
    EvidenceParams {
        /// The file of evidence (bewijsstuk)
        #[param(value_type = String, format = Uuid)]
        evidence_file_id: EvidenceId,
    }
}

/// Answers 404 for an id that is not written as ids are.
#[must_use]
pub fn config() -> PathConfig {
    PathConfig::default().error_handler(|_, request| {
        tracing::debug!(route = request.match_pattern(), "malformed id in a path");
        Problem::not_found("no id is written so").into()
    })
}
