//! What a batch of rows of a list makes of the certificates that are known.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::frame::acts::new_id;
use crate::frame::error::ServiceError;
use crate::frame::findings::Findings;
use crate::pso::certificates::{CertificateStatement, check};
use trede_base::certificate::{
    Certificate, CertificateFacts, CertificateId, CertificateSource, Verification,
};
use trede_base::ids::KvkNumber;
use trede_base::record::Record;
use trede_formats::register_list::{ListRow, RowFault};
use trede_model::frame::organisation::Organisation;
use trede_model::pso::register_import::{ImportCounts, ImportFault, RegisterImport, RegisterImportId};
use trede_model::trust::audit::Act;
use trede_rules::pso::LadderVersion;
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

/// A sound row.
pub(crate) struct Row {
    /// Its number in the list.
    number: i64,
    facts: CertificateFacts,
    /// The head applicant, and its name where the list gives it.
    head: Option<(KvkNumber, String)>,
}

/// The row as it can be kept, or everything that is wrong with it.
pub(crate) fn row_of(
    row: ListRow,
    source: CertificateSource,
    ladders: &[LadderVersion],
) -> Result<Row, Vec<ImportFault>> {
    let number = i64::try_from(row.number).unwrap_or(i64::MAX);
    let fault = |field: String, code: &str, detail: String| ImportFault {
        row: number,
        number: row.certificate.clone(),
        field,
        code: code.to_owned(),
        detail,
    };
    let listed = row.said.map_err(|faults| {
        let told = |found: RowFault| {
            let field = found.field.map(|field| field.name().to_owned()).unwrap_or_default();
            fault(field, found.code, found.detail)
        };
        faults.into_iter().map(told).collect::<Vec<_>>()
    })?;
    let head = listed.kvk_numbers.first().copied().zip(listed.organisation);
    let facts = CertificateFacts {
        number: listed.number,
        ladder: listed.ladder,
        level: listed.level,
        certifying_body: listed.certifying_body,
        valid_from: listed.valid_from,
        valid_until: listed.valid_until,
        ended_on: None,
        source,
        evidence: None,
        holders: listed.kvk_numbers.into_iter().collect(),
    };
    let mut findings = Findings::default();
    let facts = check(CertificateStatement { facts, thirty_plus: false }, ladders, &mut findings);
    match (findings.into_result(), facts) {
        (Err(ServiceError::Invalid(found)), _) => Err(found
            .into_iter()
            .map(|found| fault(found.pointer.trim_start_matches('/').to_owned(), found.code, found.detail))
            .collect()),
        (_, Some(facts)) => Ok(Row { number, facts, head }),
        (_, None) => Err(vec![fault(String::new(), "wrong-shape", "the row says nothing".to_owned())]),
    }
}

/// Rows that are kept together.
pub(crate) struct Batch {
    import: RegisterImportId,
    verified_by: String,
    /// Each row with the id that its certificate or revision gets.
    rows: Vec<(Row, CertificateId)>,
}

impl Batch {
    pub(crate) fn of(rows: Vec<Row>, import: &RegisterImport) -> Self {
        let verified_by = match import.request.source {
            CertificateSource::Register => format!("register {}", import.request.origin),
            CertificateSource::Upload | CertificateSource::Evidence => import.created_by.clone(),
        };
        let rows = rows.into_iter().map(|row| (row, new_id())).collect();
        Self { import: import.id, verified_by, rows }
    }

    /// Everybody whose level may become another one.
    pub(crate) fn holders(&self) -> BTreeSet<KvkNumber> {
        self.rows.iter().flat_map(|(row, _)| row.facts.holders.iter().copied()).collect()
    }

    /// Keeps the rows and counts what came of them; answers rows that contradict an earlier row.
    pub(crate) fn store(
        &self,
        c: &mut AnyConnection,
        act: &Act,
        counts: &mut ImportCounts,
    ) -> Result<Vec<ImportFault>, ServiceError> {
        let mut known = self.known(c)?;
        let latest: Vec<CertificateId> = known.values().map(|certificate| certificate.id).collect();
        let mut sighted: BTreeSet<CertificateId> =
            store::pso::register_imports::sighted(c, self.import, &latest)?.into_iter().collect();
        let mut newly_sighted = Vec::with_capacity(self.rows.len());
        let mut contradictions = Vec::new();
        for (row, id) in &self.rows {
            let key = (row.facts.number.clone(), row.facts.valid_from);
            let former = known.get(&key);
            let seen_before = former.is_some_and(|former| sighted.contains(&former.id));
            match former {
                Some(former) if says_the_same(former, &row.facts) => {
                    counts.unchanged += 1;
                    if sighted.insert(former.id) {
                        newly_sighted.push(former.id);
                    }
                }
                Some(_) if seen_before => {
                    counts.malformed += 1;
                    contradictions.push(contradiction(row));
                }
                former => {
                    let certificate = self.certificate(row, *id, former, act);
                    match former {
                        Some(former) => {
                            counts.changed += 1;
                            store::pso::certificates::revise(c, former.id, &certificate)?;
                        }
                        None => {
                            counts.added += 1;
                            store::pso::certificates::insert(c, &certificate)?;
                        }
                    }
                    newly_sighted.push(*id);
                    sighted.insert(*id);
                    known.insert(key, certificate);
                }
            }
        }
        store::pso::register_imports::sight(c, self.import, &newly_sighted)?;
        self.register_organisations(c, act)?;
        Ok(contradictions)
    }

    fn known(
        &self,
        c: &mut AnyConnection,
    ) -> Result<BTreeMap<(String, NaiveDate), Certificate>, ServiceError> {
        let numbers: Vec<&str> = self.rows.iter().map(|(row, _)| row.facts.number.as_str()).collect();
        let known = store::pso::certificates::latest_numbered(c, &numbers)?;
        let key =
            |certificate: &Certificate| (certificate.facts.number.clone(), certificate.facts.valid_from);
        Ok(known.into_iter().map(|certificate| (key(&certificate), certificate)).collect())
    }

    fn certificate(
        &self,
        row: &Row,
        id: CertificateId,
        former: Option<&Certificate>,
        act: &Act,
    ) -> Certificate {
        let facts = row.facts.clone();
        let verification = Some(Verification { by: self.verified_by.clone(), at: act.at });
        match former {
            Some(former) => {
                let reason = Some("the list of the register says so".to_owned());
                former.revised(id, facts, verification, reason, act.at)
            }
            None => Certificate {
                id,
                facts,
                verification,
                revision: 1,
                reason: None,
                created_at: act.at,
                superseded_at: None,
            },
        }
    }

    /// Registers head applicants that are not known by their name yet. A known name stays: it is the operator's.
    fn register_organisations(&self, c: &mut AnyConnection, act: &Act) -> Result<(), ServiceError> {
        let named: BTreeMap<KvkNumber, &String> = self
            .rows
            .iter()
            .filter_map(|(row, _)| row.head.as_ref().map(|(kvk, name)| (*kvk, name)))
            .collect();
        let numbers: Vec<KvkNumber> = named.keys().copied().collect();
        let known = store::frame::organisations::registered(c, &numbers)?;
        for (kvk, name) in named.into_iter().filter(|(kvk, _)| !known.contains(kvk)) {
            let organisation = Organisation { kvk, name: name.clone(), record: Record::new(act.at) };
            store::frame::organisations::insert(c, &organisation)?;
        }
        Ok(())
    }
}

/// Whether a list adds nothing to what is known. Where it was known from does not matter, once it is verified.
fn says_the_same(former: &Certificate, facts: &CertificateFacts) -> bool {
    let known =
        CertificateFacts { source: facts.source, evidence: facts.evidence.clone(), ..former.facts.clone() };
    former.verification.is_some() && known == *facts
}

fn contradiction(row: &Row) -> ImportFault {
    ImportFault {
        row: row.number,
        number: Some(row.facts.number.clone()),
        field: "number".to_owned(),
        code: "listed-twice".to_owned(),
        detail: "an earlier row says something else of the same certificate".to_owned(),
    }
}
