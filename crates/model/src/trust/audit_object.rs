//! What the audit trail is about, as a path that names one kept thing: `gm0344/tenders/{id}/lots/{id}`.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

use crate::trust::audit::AuditScope;
use trede_base::ids::{MalformedId, MunicipalityId};
use trede_base::words;

words! {
    /// A kind of thing that is kept by itself, by its name in paths.
    pub enum ObjectKind is "kind of object" {
        /// A tender (aanbesteding).
        Tender = "tenders",
        /// A lot (perceel).
        Lot = "lots",
        /// A rectification (rectificatie).
        Rectification = "rectifications",
        /// An extension of the deadline (verlenging van de termijn).
        DeadlineExtension = "deadline-extensions",
        /// An opening (opening van de inschrijvingen).
        Opening = "openings",
        /// A bid that was opened (inschrijving).
        Bid = "bids",
        /// A score (beoordeling van een criterium).
        Assessment = "assessments",
        /// A fact of the dossier (dossierstuk).
        DossierEntry = "dossier-entries",
        /// An evaluation (beoordeling van het perceel).
        Evaluation = "evaluations",
        /// A letter to a bidder (brief).
        AwardLetter = "award-letters",
        /// A contract (overeenkomst).
        Contract = "contracts",
        /// An entry (opgevoerde inspanning).
        Entry = "entries",
        /// A file of evidence (bewijsstuk).
        EvidenceFile = "evidence-files",
        /// A plan (plan van aanpak).
        Plan = "plans",
        /// A milestone (mijlpaal).
        Milestone = "milestones",
        /// A settlement (afrekening).
        Settlement = "settlements",
        /// A policy (beleid).
        Policy = "social-return-policies",
        /// A policy that is proposed for a region (voorstel voor beleid).
        PolicyProposal = "region-policy-proposals",
        /// A value map (waardekaart).
        ValueMap = "value-maps",
        /// A notice that was read (ingelezen aankondiging).
        NoticeImport = "notice-imports",
        /// A subscriber to events (abonnement).
        WebhookSubscription = "webhook-subscriptions",
        /// An organisation (organisatie).
        Organisation = "organisations",
        /// A municipality (gemeente).
        Municipality = "municipalities",
        /// A region (regio).
        Region = "regions",
        /// A certificate (certificaat).
        Certificate = "certificates",
    }
}

impl ObjectKind {
    /// The table in which its kind stands.
    #[must_use]
    pub const fn table(self) -> &'static str {
        match self {
            Self::Tender => "tenders",
            Self::Lot => "lots",
            Self::Rectification => "rectifications",
            Self::DeadlineExtension => "deadline_extensions",
            Self::Opening => "openings",
            Self::Bid => "bids",
            Self::Assessment => "assessments",
            Self::DossierEntry => "dossier_entries",
            Self::Evaluation => "evaluations",
            Self::AwardLetter => "award_letters",
            Self::Contract => "contracts",
            Self::Entry => "entries",
            Self::EvidenceFile => "evidence_files",
            Self::Plan => "plans",
            Self::Milestone => "milestones",
            Self::Settlement => "settlements",
            Self::Policy => "social_return_policies",
            Self::PolicyProposal => "region_policy_proposals",
            Self::ValueMap => "value_maps",
            Self::NoticeImport => "notice_imports",
            Self::WebhookSubscription => "webhook_subscriptions",
            Self::Organisation => "organisations",
            Self::Municipality => "municipalities",
            Self::Region => "regions",
            Self::Certificate => "pso_certificates",
        }
    }

    /// Whether its id is a UUID; others are known by a code or a number.
    const fn has_uuid(self) -> bool {
        !matches!(self, Self::Organisation | Self::Municipality | Self::Region)
    }

    /// Whether the municipality is part of its key.
    const fn is_of_municipality(self) -> bool {
        self.has_uuid() && !matches!(self, Self::Policy | Self::PolicyProposal | Self::Certificate)
    }
}

/// One kept thing: whose it is, its kind and its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// Whose it is.
    pub scope: AuditScope,
    /// What it is.
    pub kind: ObjectKind,
    id: String,
}

impl Object {
    /// What a path below a scope is about: its last kind and id. What stands before them is where it hangs.
    ///
    /// # Errors
    /// [`MalformedId`] when the path names no kept thing, or not by its id.
    pub fn below(scope: AuditScope, path: &str) -> Result<Self, MalformedId> {
        let malformed = || MalformedId {
            what: "object of the audit trail",
            text: path.to_owned(),
            expected: "a path that ends with what is kept by itself and its id, such as tenders/{id}/lots/{id}",
        };
        let (before, id) = path.rsplit_once('/').ok_or_else(malformed)?;
        let kind = before.rsplit('/').next().unwrap_or(before);
        let kind: ObjectKind = kind.parse().map_err(|_| malformed())?;
        let id = if kind.has_uuid() {
            id.parse::<Uuid>().map_err(|_| malformed())?.to_string()
        } else {
            id.to_owned()
        };
        if kind.is_of_municipality() && scope.municipality().is_none() || id.is_empty() {
            return Err(malformed());
        }
        Ok(Self { scope, kind, id })
    }

    /// Whether it is found by this municipality, so that another's is not.
    #[must_use]
    pub fn is_of(&self, municipality: MunicipalityId) -> bool {
        self.kind.is_of_municipality() && self.scope.municipality() == Some(municipality)
    }

    /// The key of its row, as a JSON array.
    #[must_use]
    pub fn key(&self) -> String {
        let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
        match self.scope.municipality().filter(|_| self.kind.is_of_municipality()) {
            Some(municipality) => format!("[{},{}]", quoted(&municipality.to_string()), quoted(&self.id)),
            None => format!("[{}]", quoted(&self.id)),
        }
    }
}

impl FromStr for Object {
    type Err = MalformedId;

    /// From the scope and the path below it: `gm0344/tenders/{id}`, `nl/organisations/{kvk}`.
    fn from_str(text: &str) -> Result<Self, MalformedId> {
        let (scope, path) = text.split_once('/').unwrap_or((text, ""));
        Self::below(scope.parse()?, path)
    }
}

impl fmt::Display for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.scope, self.kind, self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0190a5c8-0000-7000-8000-000000000001";

    #[test]
    fn a_path_is_about_what_it_names_last() {
        let lot: Object = format!("gm0344/tenders/{ID}/lots/{ID}").parse().unwrap();
        assert_eq!((lot.kind, lot.kind.table()), (ObjectKind::Lot, "lots"));
        assert_eq!(lot.key(), format!("[\"gm0344\",\"{ID}\"]"));
        assert_eq!(lot.to_string().parse(), Ok(lot));
        let organisation: Object = "nl/organisations/12345678".parse().unwrap();
        assert_eq!(organisation.key(), "[\"12345678\"]");
        let policy: Object = format!("gm0344/social-return-policies/{ID}").parse().unwrap();
        assert_eq!(policy.key(), format!("[\"{ID}\"]"));
    }

    #[test]
    fn what_is_no_path_to_a_kept_thing_is_refused() {
        for wrong in ["", "gm0344", "gm0344/tenders", "gm0344/tenders/1", "gm0344/elsewhere/1", "tenders/1"] {
            assert!(wrong.parse::<Object>().is_err(), "{wrong}");
        }
        assert!(format!("nl/tenders/{ID}").parse::<Object>().is_err());
    }
}
