//! What nobody asks for: reminders, retention, and the sweeping of files.

use actix_web::http::Method;
use serde_json::{Value, json};
use trede_model::frame::role::Role;
use trede_model::telling::event::{Event, EventKind};
use trede_model::trust::audit::AuditScope;
use trede_service::following::evidence_sweep;
use trede_service::overseeing::{reminders, retention};
use trede_store::telling::events;

use crate::api::app::{TestApp, on_each_database};
use crate::api::fulfilment_world::{GROEN, a_contract, a_placement, a_policy};
use crate::support::acts::acts_in;

fn told(app: &TestApp, kind: EventKind) -> Vec<Event> {
    let scope = AuditScope::Municipality("gm0344".parse().unwrap());
    let all = app.database.db.read(|c| events::list(c, scope)).unwrap();
    all.into_iter().filter(|event| event.kind == kind).collect()
}

fn a_policy_with(member: &str, value: Value) -> Value {
    let mut policy = a_policy();
    policy[member] = value;
    policy
}

/// A contract that was assigned on 1 March: contact is due on 8 March.
fn a_fresh_contract() -> Value {
    let mut contract = a_contract(GROEN);
    contract["terms"]["assignedOn"] = json!("2026-03-01");
    contract
}

#[actix_web::test]
async fn a_due_reminder_is_sent_once_whoever_looks_and_however_often() {
    on_each_database(async |app| {
        app.with_utrecht().await;
        app.with_policy(a_policy_with("reminderDays", json!([7, 2]))).await;
        app.with_contract(a_fresh_contract()).await;
        let senders: Vec<_> = (0..4)
            .map(|_| {
                let services = app.services.clone();
                std::thread::spawn(move || reminders::send_due(&services).unwrap())
            })
            .collect();
        let sent: usize = senders.into_iter().map(|sender| sender.join().unwrap()).sum();
        assert_eq!(sent, 1);
        app.clock.set("2026-03-06T09:00:00Z");
        assert_eq!(reminders::send_due(&app.services).unwrap(), 1);
        assert_eq!(reminders::send_due(&app.services).unwrap(), 0);
        let reminded = told(&app, EventKind::DeadlineReminded);
        assert_eq!(reminded.len(), 2);
        assert!(reminded[0].data.contains("2026-03-08"));
    })
    .await;
}

#[actix_web::test]
async fn what_is_done_or_over_is_not_reminded() {
    on_each_database(async |app| {
        app.with_utrecht().await;
        app.with_policy(a_policy_with("reminderDays", json!([7]))).await;
        app.with_contract(a_fresh_contract()).await;
        app.clock.set("2026-03-09T09:00:00Z");
        assert_eq!(reminders::send_due(&app.services).unwrap(), 0);
    })
    .await;
}

/// A contract that is fulfilled by one placement, with evidence; answers its path and that of the entry.
async fn a_closed_contract(app: &TestApp) -> (String, String) {
    app.with_utrecht().await;
    app.with_policy(a_policy_with("retentionMonths", json!(6))).await;
    let mut contract = a_contract(GROEN);
    contract["terms"]["contractSum"] = json!("300000");
    contract["terms"]["endsOn"] = json!("2026-12-31");
    let contract = app.with_contract(contract).await;
    let contractor = app.as_contractor(GROEN);
    let placement = a_placement("K-1", "2026-01-01", "2026-12-31");
    let made = contractor.post(&format!("{contract}/entries"), placement).await.expect(201);
    let entry = made.header("location").unwrap().to_owned();
    contractor
        .send(Method::POST, &format!("{entry}/evidence-files?kind=contract"), |request| {
            request.insert_header(("Content-Type", "application/pdf")).set_payload(b"%PDF-1.7".as_slice())
        })
        .await
        .expect(201);
    contractor.post(&format!("{entry}/submissions"), json!({})).await.expect(200);
    let coordinator = app.as_role(Role::Coordinator);
    coordinator.post(&format!("{entry}/approvals"), json!({})).await.expect(200);
    app.clock.set("2027-01-15T09:00:00Z");
    let coordinator = app.as_role(Role::Coordinator);
    let decision = json!({"decision": "fulfil", "reason": "Voldaan"});
    coordinator.post(&format!("{contract}/settlements"), decision).await.expect(201);
    (contract, entry)
}

#[actix_web::test]
async fn after_the_term_the_candidate_is_gone_and_the_total_stays() {
    on_each_database(async |app| {
        let (contract, entry) = a_closed_contract(&app).await;
        let before = app.balance(&contract, "approved").await;
        app.clock.set("2027-07-15T09:00:00Z");
        assert_eq!(retention::remove_due(&app.services).await.unwrap(), []);
        app.clock.set("2027-07-16T09:00:00Z");
        let removed = retention::remove_due(&app.services).await.unwrap();
        assert_eq!((removed[0].contracts, removed[0].entries, removed[0].files), (1, 1, 1));
        assert_eq!(app.balance(&contract, "approved").await, before);
        let auditor = app.as_role(Role::Auditor);
        let shown = auditor.get(&entry).await.expect(200);
        assert!(!String::from_utf8(shown.body.clone()).unwrap().contains("K-1"));
        assert_eq!(shown.json()["value"], before);
        let files = auditor.get(&format!("{entry}/evidence-files")).await.expect(200).json();
        let file = &files["items"][0];
        assert!(file["removedAt"].is_string() && file["sha256"].is_string());
        let content = format!("{entry}/evidence-files/{}/content", file["id"].as_str().unwrap());
        assert_eq!(auditor.get(&content).await.problem(409).0, "content-removed");
        assert_eq!(retention::remove_due(&app.services).await.unwrap(), []);
        assert_eq!(told(&app, EventKind::CandidateDataRemoved).len(), 1);
        let scope = AuditScope::Municipality("gm0344".parse().unwrap());
        let acts = acts_in(&app.database.db, scope);
        assert!(acts.iter().any(|act| act.action == "remove_candidate_data"));
    })
    .await;
}

#[actix_web::test]
async fn a_file_without_a_row_is_swept_and_one_with_a_row_is_kept() {
    on_each_database(async |app| {
        let (_, _) = a_closed_contract(&app).await;
        let orphan = "gm0344/0190a5c8-0000-7000-8000-0000000000aa";
        let files = app.services.evidence_desk().files.clone();
        for key in [orphan, "notes.txt"] {
            let mut incoming = files.begin(key).await.unwrap();
            incoming.write(b"%PDF-1.7".as_slice().into()).await.unwrap();
            incoming.finish().await.unwrap();
        }
        // Files bear the time of the machine: the sweep looks from far beyond it.
        app.clock.set("2100-01-01T00:00:00Z");
        let swept = evidence_sweep::sweep(&app.services).await.unwrap();
        assert_eq!((swept.removed, swept.kept, swept.foreign), (1, 1, 1));
        assert!(files.read(orphan).await.is_err());
    })
    .await;
}
