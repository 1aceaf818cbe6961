//! The one permission table: which role may do which operation.
//!
//! The HTTP layer proves who the caller is; every use case asks here, first, whether that caller
//! may. Nothing else in the service decides about roles.

mod role_groups;

use crate::frame::actor::Actor;
use crate::frame::error::ServiceError;
use role_groups::{
    ACCOUNTANTS, COORDINATORS, DECIDERS, DOSSIER_READERS, EVERYONE, FOLLOWERS, KEEPERS, LETTER_READERS,
    LETTER_WRITERS, MANAGERS, OWN_READERS, PARTIES, PREPARERS, READERS, REGISTER_READERS, REGISTRARS, STAFF,
    SUBSCRIBERS, SUBSCRIPTION_READERS,
};
use trede_base::ids::MunicipalityId;
use trede_model::frame::role::Role::{
    self, Administrator, Assessor, Auditor, Bidder, Buyer, Contractor, Coordinator, Opener, Platform,
    PrivacyOfficer,
};
use trede_model::telling::event::{EventKind, Hearers};

/// Over whose data an operation goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// National reference data, or no data at all.
    National,
    /// The data of one municipality, which the caller's token must name.
    Municipal,
    /// What a municipality opened to anybody; no token is asked.
    Public,
}

/// Writes the table once; the enum, its ids, scopes and roles are read from it.
macro_rules! operations {
    ($($scope:ident $operation:ident $id:literal: $roles:expr;)+) => {
        /// Something a caller can ask for. Each operation of the API has one, of the same name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Operation {
            $(#[doc = concat!("The operation `", $id, "`.")] $operation,)+
        }

        impl Operation {
            /// Every operation, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$operation,)+];

            /// The `operationId` in the OpenAPI document; also the action in the audit trail.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$operation => $id,)+ }
            }

            /// Over whose data the operation goes.
            #[must_use]
            pub const fn scope(self) -> Scope {
                match self { $(Self::$operation => Scope::$scope,)+ }
            }

            /// The roles that may do it.
            #[must_use]
            pub const fn roles(self) -> &'static [Role] {
                match self { $(Self::$operation => $roles,)+ }
            }
        }
    };
}

operations! {
    National  GetCaller             "get_caller":              EVERYONE;
    National  ListMunicipalities    "list_municipalities":     EVERYONE;
    National  RegisterMunicipality  "register_municipality":   KEEPERS;
    Municipal GetMunicipality       "get_municipality":        READERS;

    National  ListOrganisations     "list_organisations":      EVERYONE;
    National  GetOrganisation       "get_organisation":        EVERYONE;
    National  RegisterOrganisation  "register_organisation":   KEEPERS;
    National  UpdateOrganisation    "update_organisation":     KEEPERS;
    National  ListCertificates      "list_certificates":       EVERYONE;
    National  GetCertificate        "get_certificate":         EVERYONE;
    National  CreateCertificate     "create_certificate":      KEEPERS;

    National  CreateCertificateRevision "create_certificate_revision": KEEPERS;
    National  VerifyCertificate     "verify_certificate":      KEEPERS;
    National  GetPsoLevel           "get_pso_level":           EVERYONE;
    National  ListPsoLevels         "list_pso_levels":         EVERYONE;

    National  SimulatePsoContribution "simulate_pso_contribution": EVERYONE;

    National  CreatePsoContribution "create_pso_contribution": &[Contractor];
    National  ListPsoContributions  "list_pso_contributions":  OWN_READERS;
    National  GetPsoContribution    "get_pso_contribution":    OWN_READERS;
    National  GetPsoStanding        "get_pso_standing":        OWN_READERS;
    National  CreatePsoContributionGrant   "create_pso_contribution_grant":   &[Contractor];
    National  WithdrawPsoContributionGrant "withdraw_pso_contribution_grant": &[Contractor];
    National  ListPsoContributionGrants    "list_pso_contribution_grants":    OWN_READERS;
    National  CreatePsoRequirementCheck    "create_pso_requirement_check":    &[Contractor];
    National  ListPsoRequirementChecks     "list_pso_requirement_checks":     OWN_READERS;

    National  ListCertifiedSuppliers "list_certified_suppliers": EVERYONE;
    National  GetSupplierProfile    "get_supplier_profile":     EVERYONE;
    National  ReplaceSupplierProfile "replace_supplier_profile": &[Contractor];

    National  CreateRegisterImport  "create_pso_register_import":  KEEPERS;
    National  UploadRegisterList    "upload_pso_register_list":    KEEPERS;
    National  ListRegisterImports   "list_pso_register_imports":   REGISTER_READERS;
    National  GetRegisterImport     "get_pso_register_import":     REGISTER_READERS;
    National  ListRegisterImportFaults "list_pso_register_import_faults": REGISTER_READERS;

    National  ListPsoLadders        "list_pso_ladders":        EVERYONE;
    National  GetPsoLadder          "get_pso_ladder":          EVERYONE;
    National  CreatePsoLadder       "create_pso_ladder":       KEEPERS;
    National  ListPsoNormTables     "list_pso_norm_tables":    EVERYONE;
    National  GetPsoNormTable       "get_pso_norm_table":      EVERYONE;
    National  CreatePsoNormTable    "create_pso_norm_table":   KEEPERS;
    National  ListPsoWeightTables   "list_pso_weight_tables":  EVERYONE;
    National  GetPsoWeightTable     "get_pso_weight_table":    EVERYONE;
    National  CreatePsoWeightTable  "create_pso_weight_table": KEEPERS;
    Municipal ListOwnPsoNormTables    "list_own_pso_norm_tables":    READERS;
    Municipal GetOwnPsoNormTable      "get_own_pso_norm_table":      READERS;
    Municipal CreateOwnPsoNormTable   "create_own_pso_norm_table":   MANAGERS;
    Municipal ListOwnPsoWeightTables  "list_own_pso_weight_tables":  READERS;
    Municipal GetOwnPsoWeightTable    "get_own_pso_weight_table":    READERS;
    Municipal CreateOwnPsoWeightTable "create_own_pso_weight_table": MANAGERS;

    National  ListTokenRevocations  "list_token_revocations":  REGISTER_READERS;
    National  GetTokenRevocation    "get_token_revocation":    REGISTER_READERS;
    National  CreateTokenRevocation "create_token_revocation": KEEPERS;
    National  DeleteTokenRevocation "delete_token_revocation": KEEPERS;

    Municipal CreatePersonOverview   "create_person_overview":   &[PrivacyOfficer];
    Municipal CreatePersonCorrection "create_person_correction": &[PrivacyOfficer];
    Municipal CreatePersonRemoval    "create_person_removal":    &[PrivacyOfficer];
    Municipal ListPersonRemovals     "list_person_removals":     &[PrivacyOfficer, Auditor];

    Municipal ListAuditRecords      "list_audit_records":      &[Auditor];
    Municipal ListAuditAnchors      "list_audit_anchors":      &[Auditor];
    Municipal GetAuditState         "get_audit_state":         &[Auditor];

    Municipal ListTenders           "list_tenders":            READERS;
    Municipal GetTender             "get_tender":              READERS;
    Municipal CreateTender          "create_tender":           PREPARERS;
    Municipal UpdateTender          "update_tender":           PREPARERS;
    Municipal DeleteTender          "delete_tender":           PREPARERS;
    Municipal PublishTender         "publish_tender":          PREPARERS;
    Municipal OpenTender            "open_tender":             &[Opener, Platform];
    Municipal ListOpenings          "list_openings":           STAFF;
    Municipal GetOpening            "get_opening":             STAFF;
    Municipal CompleteHandOver      "complete_hand_over":      &[Platform];
    Municipal ListHandOvers         "list_hand_over_completions": STAFF;
    Municipal ListOpenerKeys        "list_opener_keys":        STAFF;
    Municipal RegisterOpenerKey     "register_opener_key":     &[Opener];
    Municipal GetKeySplit           "get_key_split":           STAFF;
    Municipal ReplaceKeySplit       "replace_key_split":       DECIDERS;
    Municipal HandOutKeyShare       "hand_out_key_share":      &[Opener];
    Municipal ListTenderAuditRecords "list_tender_audit_records": &[Auditor];
    Public    GetReceiptKeys        "get_receipt_keys":        EVERYONE;
    Public    GetRecordKeys         "get_record_keys":         EVERYONE;
    Municipal CancelTender          "cancel_tender":           DECIDERS;
    Municipal GetPurchasingPolicy     "get_purchasing_policy":     STAFF;
    Municipal ReplacePurchasingPolicy "replace_purchasing_policy": &[Administrator];
    Municipal GetPurchasingPolicyCheck "get_purchasing_policy_check":   STAFF;
    Municipal DepartFromPurchasingPolicy "create_purchasing_policy_exception": DECIDERS;
    Municipal ListRectifications    "list_rectifications":     READERS;
    Municipal CreateRectification   "create_rectification":    PREPARERS;
    Municipal ListExtensions        "list_deadline_extensions":  READERS;
    Municipal ExtendDeadline        "create_deadline_extension": PREPARERS;

    Municipal GetOpenDataSettings    "get_open_data_settings":    STAFF;
    Municipal UpdateOpenDataSettings "update_open_data_settings": &[Administrator];
    Public    GetReleasePackage     "get_release_package":     EVERYONE;
    Public    GetRecordPackage      "get_record_package":      EVERYONE;
    Public    GetTenderRecord       "get_tender_record":       EVERYONE;
    Public    ListOpenTenders       "list_open_tenders":       EVERYONE;
    Public    GetOpenTender         "get_open_tender":         EVERYONE;
    Public    GetOpenScoreFile      "get_open_score_file":     EVERYONE;
    Public    SimulateBid           "simulate_bid":            EVERYONE;
    Municipal GetOpenYearSettings    "get_open_year_settings":    STAFF;
    Municipal UpdateOpenYearSettings "update_open_year_settings": &[Administrator];
    Public    ListOpenYears         "list_open_years":         EVERYONE;
    Public    GetOpenYear           "get_open_year":           EVERYONE;
    Public    GetOpenYearTable      "get_open_year_table":     EVERYONE;
    Public    CompareEvaluationRecord "compare_evaluation_record": EVERYONE;

    Municipal ListNoticeImports     "list_notice_imports":     STAFF;
    Municipal GetNoticeImport       "get_notice_import":       STAFF;
    Municipal CreateNoticeImport    "create_notice_import":    PREPARERS;

    Municipal ListLots              "list_lots":               READERS;
    Municipal GetLot                "get_lot":                 READERS;
    Municipal ListLotSteps          "list_lot_steps":          STAFF;
    Municipal CreateLot             "create_lot":              PREPARERS;
    Municipal UpdateLot             "update_lot":              PREPARERS;
    Municipal DeleteLot             "delete_lot":              PREPARERS;
    Municipal GetAwardModel         "get_award_model":         READERS;
    Municipal ReplaceAwardModel     "replace_award_model":     PREPARERS;

    Municipal ListBids              "list_bids":               STAFF;
    Municipal GetBid                "get_bid":                 STAFF;
    Municipal CreateBid             "create_bid":              &[Bidder, Platform];
    Municipal WithdrawBid           "withdraw_bid":            &[Bidder, Platform];

    Municipal DelegateBid           "create_bid_delegation":   &[Bidder];
    Municipal WithdrawDelegation    "withdraw_bid_delegation": &[Bidder];

    Municipal ListPsoVerdicts       "list_pso_verdicts":       STAFF;
    Municipal CreatePsoVerification "create_pso_verification": DECIDERS;
    Municipal AcceptPsoEquivalence  "accept_pso_equivalence":  DECIDERS;

    Municipal ListAssessments       "list_assessments":        &[Buyer, Assessor, Auditor];
    Municipal GetAssessment         "get_assessment":          &[Buyer, Assessor, Auditor];
    Municipal CreateAssessment      "create_assessment":       &[Assessor];

    Municipal UpdateAssessment      "update_assessment":       &[Assessor];

    Municipal SubmitAssessment      "submit_assessment":       &[Assessor];
    Municipal ReopenAssessment      "reopen_assessment":       DECIDERS;
    Municipal DeclareInterests      "declare_interests":       &[Assessor];
    Municipal TakeInterestMeasure   "take_interest_measure":   DECIDERS;
    Municipal RecordConsensus       "record_consensus_session": DECIDERS;
    Municipal ConcludeQuality       "conclude_quality":        DECIDERS;
    Municipal ReopenQuality         "reopen_quality":          DECIDERS;
    Municipal DisqualifyBid         "disqualify_bid":          DECIDERS;
    Municipal RevokeDisqualification "revoke_disqualification": DECIDERS;
    Municipal ListLowPriceInquiries "list_low_price_inquiries": &[Administrator, Buyer, Auditor, Platform, Bidder];
    Municipal AskLowPrice           "create_low_price_inquiry": DECIDERS;
    Municipal AnswerLowPrice        "answer_low_price_inquiry": &[Buyer, Platform, Bidder];
    Municipal DecideLowPrice        "decide_low_price_inquiry": DECIDERS;
    Municipal AnnounceDrawing       "announce_drawing":        DECIDERS;
    Municipal DrawLots              "draw_lots":               DECIDERS;
    Municipal ListDossierEntries    "list_dossier_entries":    DOSSIER_READERS;
    Municipal GetDossierEntry       "get_dossier_entry":       DOSSIER_READERS;

    Municipal ListEvaluations       "list_evaluations":        STAFF;
    Municipal GetEvaluation         "get_evaluation":          STAFF;
    Municipal CreateEvaluation      "create_evaluation":       DECIDERS;

    Municipal GetAwardDecision      "get_award_decision":      STAFF;
    Municipal ProposeAward          "propose_award":           DECIDERS;
    Municipal AwardLot              "award_lot":               DECIDERS;
    Municipal WithdrawWinner        "withdraw_winner":         DECIDERS;
    Municipal CreateCallOff         "create_call_off":         DECIDERS;
    Municipal ListCallOffs          "list_call_offs":          DOSSIER_READERS;
    Municipal GetCallOffTurns       "get_call_off_turns":      DOSSIER_READERS;
    Municipal WithdrawAwardProposal "withdraw_award_proposal": DECIDERS;
    Municipal ListAwardLetters      "list_award_letters":      LETTER_READERS;
    Municipal GetAwardLetter        "get_award_letter":        LETTER_READERS;
    Municipal GetAwardLetterPdf     "get_award_letter_pdf":    LETTER_READERS;
    Municipal ExtendStandstill      "extend_standstill":       DECIDERS;
    Municipal LodgeObjection        "lodge_objection":         DECIDERS;
    Municipal ResolveObjection      "resolve_objection":       DECIDERS;
    Municipal GetEvaluationRecord   "get_evaluation_record":   DOSSIER_READERS;
    Municipal GetEvaluationReport   "get_evaluation_report":   DOSSIER_READERS;
    Municipal GetEvaluationReportPdf "get_evaluation_report_pdf": DOSSIER_READERS;
    Municipal SupplementReport      "supplement_report":       DECIDERS;
    Municipal GetDutySeparation     "get_duty_separation":     STAFF;
    Municipal ReplaceDutySeparation "replace_duty_separation": &[Administrator];
    Municipal ListLetterTemplates   "list_letter_templates":   DOSSIER_READERS;
    Municipal GetLetterTemplate     "get_letter_template":     DOSSIER_READERS;
    Municipal ReplaceLetterTemplate "replace_letter_template": LETTER_WRITERS;
    Municipal PreviewLetterTemplate "preview_letter_template": LETTER_WRITERS;
    Municipal DeclareUnsuccessful   "declare_lot_unsuccessful": DECIDERS;
    Municipal CancelLot             "cancel_lot":              DECIDERS;

    National  SimulateAward         "simulate_award":          EVERYONE;
    National  SimulateAwardModels   "simulate_award_models":      EVERYONE;
    National  SimulateWeights       "simulate_weights":        EVERYONE;

    Municipal ListEvidenceFiles     "list_evidence_files":     PARTIES;
    Municipal CreateEvidenceFile    "create_evidence_file":    ACCOUNTANTS;
    Municipal GetEvidenceFile       "get_evidence_file":       PARTIES;
    Municipal GetEvidenceContent    "get_evidence_content":    PARTIES;
    Municipal ImportEntries         "create_entry_import":     ACCOUNTANTS;
    Municipal ImportContracts       "create_contract_import":  REGISTRARS;
    National  GetTableTemplate      "get_table_template":      EVERYONE;
    Municipal GetExport             "get_export":              PARTIES;
    Municipal GetPortfolio          "get_portfolio":           PARTIES;
    Municipal GetContractProgress   "get_contract_progress":   PARTIES;
    Municipal GetAnnualReport       "get_annual_report":       FOLLOWERS;
    Municipal GetAnnualReportPdf    "get_annual_report_pdf":   FOLLOWERS;
    National  ComparePolicies       "compare_social_return_policies": EVERYONE;
    National  SimulateSroi          "simulate_sroi":           EVERYONE;
    Municipal ListValueMaps         "list_value_maps":         FOLLOWERS;
    Municipal GetValueMap           "get_value_map":           FOLLOWERS;
    Municipal CreateValueMap        "create_value_map":        &[Coordinator];
    Municipal UpdateValueMap        "update_value_map":        &[Coordinator];
    Municipal ListValueMapVersions  "list_value_map_versions": FOLLOWERS;
    Municipal GetValueMapVersion    "get_value_map_version":   FOLLOWERS;
    National  ListRegions           "list_regions":            EVERYONE;
    National  GetRegion             "get_region":              EVERYONE;
    National  RegisterRegion        "register_region":         KEEPERS;
    National  UpdateRegion          "update_region":           KEEPERS;
    National  CreateRegionPolicy    "create_region_social_return_policy": KEEPERS;
    Municipal ListPolicies          "list_social_return_policies": READERS;
    Municipal ListRegionPolicyProposals "list_region_policy_proposals": STAFF;
    Municipal ProposeRegionPolicy   "create_region_policy_proposal": COORDINATORS;
    Municipal GetRegionPolicyProposal "get_region_policy_proposal": STAFF;
    Municipal AgreeRegionPolicy     "agree_region_policy_proposal": COORDINATORS;
    Municipal GetPolicy             "get_social_return_policy": READERS;
    Municipal CreatePolicy          "create_social_return_policy": &[Administrator, Coordinator];
    National  SimulateSocialReturn  "simulate_social_return":  EVERYONE;
    Municipal SimulateUnderPolicy   "simulate_social_return_under_policy": READERS;
    Municipal CompareStoredPolicies "compare_stored_social_return_policies": READERS;

    Municipal ListContracts         "list_contracts":          PARTIES;
    Municipal GetContract           "get_contract":            PARTIES;
    Municipal CreateContract        "create_contract":         REGISTRARS;
    Municipal ListContractChanges   "list_contract_changes":   PARTIES;
    Municipal ChangeContract        "create_contract_change":  REGISTRARS;
    Municipal DetermineObligation   "determine_obligation":    COORDINATORS;
    Municipal GetBalance            "get_contract_balance":    PARTIES;
    Municipal GetCompleteness       "get_completeness_report": FOLLOWERS;

    Municipal ListPlans             "list_plans":              PARTIES;
    Municipal GetPlan               "get_plan":                PARTIES;
    Municipal SubmitPlan            "submit_plan":             ACCOUNTANTS;
    Municipal DecidePlan            "decide_plan":             COORDINATORS;
    Municipal ListMilestones        "list_milestones":         PARTIES;
    Municipal CompleteMilestone     "complete_milestone":      ACCOUNTANTS;

    Municipal ListEntries           "list_entries":            PARTIES;
    Municipal GetEntry              "get_entry":               PARTIES;
    Municipal GetEntryEffects       "get_entry_effects":       PARTIES;
    Municipal ListEntrySteps        "list_entry_steps":        PARTIES;
    Municipal CreateEntry           "create_entry":            ACCOUNTANTS;
    Municipal UpdateEntry           "update_entry":            ACCOUNTANTS;
    Municipal SubmitEntry           "submit_entry":            ACCOUNTANTS;
    Municipal ApproveEntry          "approve_entry":           COORDINATORS;
    Municipal ReturnEntry           "return_entry":            COORDINATORS;
    Municipal RejectEntry           "reject_entry":            COORDINATORS;
    Municipal ReverseEntry          "reverse_entry":           COORDINATORS;

    Municipal WithdrawEntry         "withdraw_entry":          ACCOUNTANTS;
    Municipal RemoveEntry           "delete_entry":            ACCOUNTANTS;
    Municipal RollBackEntryImport   "roll_back_entry_import":  ACCOUNTANTS;
    Municipal RollBackContractImport "roll_back_contract_import": REGISTRARS;
    Municipal RemovePolicy          "delete_social_return_policy": &[Administrator, Coordinator];
    Municipal ListAllEntries        "list_all_entries":        PARTIES;
    Municipal SubmitEntries         "submit_entries":          ACCOUNTANTS;
    Municipal WithdrawEntries       "withdraw_entries":        ACCOUNTANTS;
    Municipal ApproveEntries        "approve_entries":         COORDINATORS;
    Municipal ReturnEntries         "return_entries":          COORDINATORS;
    Municipal RejectEntries         "reject_entries":          COORDINATORS;
    Municipal DetermineObligations  "determine_obligations":   COORDINATORS;
    Municipal AssignContracts       "assign_contracts":        REGISTRARS;
    Municipal SettleContracts       "settle_contracts":        COORDINATORS;
    National  ListOwnContracts      "list_own_contracts":      PARTIES;
    National  ListOwnEntries        "list_own_entries":        PARTIES;

    Municipal CarryOver             "create_carry_over":       COORDINATORS;
    Municipal ListSettlements       "list_settlements":        PARTIES;
    Municipal GetSettlement         "get_settlement":          PARTIES;
    Municipal GetSettlementPdf      "get_settlement_pdf":      PARTIES;
    Municipal SettleContract        "settle_contract":         COORDINATORS;

    Municipal GetTenderPackage      "get_tender_package":      STAFF;
    Municipal ReplaceTenderPackage  "replace_tender_package":  &[Platform];
    Municipal ImportBids            "create_bid_import":       &[Platform];

    Municipal ListChanges           "list_changes":            STAFF;
    National  ListNationalChanges   "list_national_changes":   EVERYONE;
    Municipal ListWebhookSubscriptions  "list_webhook_subscriptions":  SUBSCRIPTION_READERS;
    Municipal GetWebhookSubscription    "get_webhook_subscription":    SUBSCRIPTION_READERS;
    Municipal CreateWebhookSubscription "create_webhook_subscription": SUBSCRIBERS;
    Municipal UpdateWebhookSubscription "update_webhook_subscription": SUBSCRIBERS;
    Municipal DeleteWebhookSubscription "delete_webhook_subscription": SUBSCRIBERS;
    Municipal CreateWebhookSecret       "create_webhook_secret":       SUBSCRIBERS;
    Municipal ListWebhookDeliveries     "list_webhook_deliveries":     SUBSCRIPTION_READERS;
    Municipal CreateWebhookReplay       "create_webhook_replay":       SUBSCRIBERS;
}

/// Whether the caller may see procedures that are still being prepared; others see them from
/// publication on.
#[must_use]
pub fn sees_drafts(actor: &Actor) -> bool {
    STAFF.iter().any(|role| actor.is(*role))
}

/// Whether the caller may see the scores of all assessors; who is an assessor sees the own scores and the
/// consensus, so that nobody scores after another's example.
#[must_use]
pub fn sees_all_scores(actor: &Actor) -> bool {
    !actor.is(Assessor) && [Administrator, Auditor, Buyer].iter().any(|role| actor.is(*role))
}

/// Whether the caller may see all contracts of a municipality; a contractor sees those that it is a party to.
#[must_use]
pub fn sees_all_contracts(actor: &Actor) -> bool {
    FOLLOWERS.iter().any(|role| actor.is(*role))
}

/// Whether the caller may hear of events of the kind.
#[must_use]
pub fn hears(actor: &Actor, kind: EventKind) -> bool {
    let hearers = match kind.hearers() {
        Hearers::OfProcedures => STAFF,
        Hearers::OfContracts => FOLLOWERS,
        Hearers::Everybody => EVERYONE,
    };
    hearers.iter().any(|role| actor.is(*role))
}

/// Lets the caller through to an operation on national data, or says why not.
///
/// # Errors
/// [`ServiceError::Forbidden`] when none of the caller's roles may do it.
pub fn authorise_national(actor: &Actor, operation: Operation) -> Result<(), ServiceError> {
    if operation.roles().iter().any(|role| actor.is(*role)) {
        Ok(())
    } else {
        Err(ServiceError::Forbidden { operation })
    }
}

/// Lets the caller through to an operation on the data of one municipality, or says why not.
///
/// # Errors
/// [`ServiceError::ForeignMunicipality`] when the caller's token does not name the municipality,
/// [`ServiceError::Forbidden`] when none of the caller's roles may do it.
pub fn authorise(
    actor: &Actor,
    municipality: MunicipalityId,
    operation: Operation,
) -> Result<(), ServiceError> {
    if operation.scope() == Scope::Municipal && !actor.serves(municipality) {
        return Err(ServiceError::ForeignMunicipality);
    }
    authorise_national(actor, operation)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use uuid::Uuid;

    use super::*;
    use crate::frame::actor::RequestOrigin;

    fn actor(role: Role, municipality: &str) -> Actor {
        Actor {
            subject: "somebody".to_owned(),
            client: None,
            roles: BTreeSet::from([role]),
            municipalities: BTreeSet::from([municipality.parse().unwrap()]),
            kvk: None,
            origin: RequestOrigin::own(Uuid::nil()),
        }
    }

    #[test]
    fn a_foreign_municipality_is_refused_whatever_the_role() {
        let utrecht = "gm0344".parse().unwrap();
        for role in Role::ALL {
            let refused = authorise(&actor(*role, "gm0363"), utrecht, Operation::GetTender);
            assert!(matches!(refused, Err(ServiceError::ForeignMunicipality)));
        }
    }

    #[test]
    fn an_auditor_reads_and_never_writes() {
        for operation in Operation::ALL {
            let reads = ["list_", "get_", "simulate_", "compare_"]
                .iter()
                .any(|verb| operation.id().starts_with(verb));
            assert_eq!(operation.roles().contains(&Role::Auditor), reads, "{}", operation.id());
        }
    }

    #[test]
    fn ids_are_unique() {
        let ids: BTreeSet<_> = Operation::ALL.iter().map(|operation| operation.id()).collect();
        assert_eq!(ids.len(), Operation::ALL.len());
    }
}
