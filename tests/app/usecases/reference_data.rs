//! Municipalities, organisations and their certificates.

use trede_base::certificate::{CertificateFacts, CertificateId, CertificateSource};
use trede_base::page::{PageRequest, Start};
use trede_base::record::Version;
use trede_model::frame::role::Role;
use trede_model::telling::event::EventKind;
use trede_model::trust::audit::AuditScope;
use trede_service::frame::error::ServiceError;
use trede_service::frame::{municipalities, organisations};
use trede_service::pso::certificates::CertificateStatement;
use trede_service::pso::{certificates, pso_levels};
use trede_store::telling::events;

use crate::usecases::world::{World, actor, buyer, findings, is_forbidden, kvk, refusal, utrecht, worlds};

const FIRST: PageRequest<CertificateId> = PageRequest { start: Start::First, limit: 10 };

fn register(world: &World, number: u32) {
    organisations::register(
        &world.services,
        &actor(Role::Operator),
        kvk(number),
        format!("Onderneming {number}"),
    )
    .unwrap();
}

fn certificate() -> CertificateStatement {
    let facts = CertificateFacts {
        number: "PSO-2026-001".to_owned(),
        ladder: "pso-2023".to_owned(),
        level: "trede-2".to_owned(),
        certifying_body: "Kiwa".to_owned(),
        valid_from: "2026-01-01".parse().unwrap(),
        valid_until: "2027-12-31".parse().unwrap(),
        ended_on: None,
        source: CertificateSource::Register,
        evidence: None,
        holders: [kvk(2)].into(),
    };
    CertificateStatement { facts, thirty_plus: false }
}

fn stating(change: impl FnOnce(&mut CertificateFacts)) -> CertificateStatement {
    let mut statement = certificate();
    change(&mut statement.facts);
    statement
}

#[test]
fn a_municipality_is_registered_once() {
    for world in worlds() {
        let new = municipalities::NewMunicipality { id: utrecht(), name: "Utrecht".to_owned(), oin: None };
        let again = municipalities::register(&world.services, &actor(Role::Operator), new);
        assert_eq!(refusal(again), "municipality-exists");
    }
}

#[test]
fn only_an_operator_keeps_national_data() {
    for world in worlds() {
        let refused = organisations::register(&world.services, &buyer(), kvk(1), "Bakkerij".to_owned());
        assert!(is_forbidden(&refused));
    }
}

#[test]
fn an_organisation_is_not_renamed_by_who_did_not_see_its_latest_name() {
    for world in worlds() {
        let services = &world.services;
        let operator = actor(Role::Operator);
        register(&world, 1);
        let renamed = organisations::rename(services, &operator, kvk(1), Version(1), "Nieuwe naam").unwrap();
        assert_eq!(renamed.record.version, Version(2));
        let stale = organisations::rename(services, &operator, kvk(1), Version(1), "Oude naam");
        assert!(matches!(stale, Err(ServiceError::VersionMismatch)));
        assert_eq!(organisations::get(services, &operator, kvk(1)).unwrap().name, "Nieuwe naam");
    }
}

#[test]
fn a_certificate_stands_with_every_organisation_that_it_covers_registered_or_not() {
    for world in worlds() {
        let services = &world.services;
        register(&world, 1);
        let entered = certificates::create(services, &actor(Role::Operator), kvk(1), certificate()).unwrap();
        for number in [1, 2] {
            let page = certificates::list(services, &buyer(), kvk(number), &FIRST).unwrap();
            assert_eq!(page.items, std::slice::from_ref(&entered));
        }
        assert_eq!(entered.facts.holders, [kvk(1), kvk(2)].into());
    }
}

#[test]
fn a_certificate_is_entered_once() {
    for world in worlds() {
        let enter = || certificates::create(&world.services, &actor(Role::Operator), kvk(1), certificate());
        enter().unwrap();
        assert_eq!(refusal(enter()), "certificate-exists");
    }
}

#[test]
fn everything_that_is_wrong_with_a_certificate_is_said_at_once() {
    for world in worlds() {
        let wrong = stating(|facts| {
            facts.number = " ".to_owned();
            facts.level = "trede-9".to_owned();
            facts.valid_until = "2028-01-02".parse().unwrap();
            facts.ended_on = Some("2025-12-31".parse().unwrap());
        });
        let refused = certificates::create(&world.services, &actor(Role::Operator), kvk(1), wrong);
        assert_eq!(findings(refused), ["text-needed", "level-unknown", "term-too-long", "end-outside-term"]);
    }
}

#[test]
fn the_mark_thirty_plus_is_read_on_trede_three_only() {
    for world in worlds() {
        let operator = actor(Role::Operator);
        let marked = CertificateStatement { thirty_plus: true, ..certificate() };
        let refused = certificates::create(&world.services, &operator, kvk(1), marked);
        assert_eq!(findings(refused), ["thirty-plus-not-on-level"]);
        let statement = stating(|facts| facts.level = "trede-3".to_owned());
        let marked = CertificateStatement { thirty_plus: true, ..statement };
        let entered = certificates::create(&world.services, &operator, kvk(1), marked).unwrap();
        assert_eq!(entered.facts.level, "trede-3-30+");
    }
}

/// The level on a day as known now, by its code.
fn level(world: &World, number: u32, on: &str) -> Option<String> {
    let known = pso_levels::get(&world.services, &buyer(), kvk(number), on.parse().ok(), None).unwrap();
    known.certificate.map(|certificate| certificate.facts.level)
}

#[test]
fn what_was_known_before_a_revision_can_still_be_told() {
    for world in worlds() {
        let services = &world.services;
        let operator = actor(Role::Operator);
        let entered = certificates::create(services, &operator, kvk(1), certificate()).unwrap();
        let then = services.now();
        world.clock.set("2026-03-02T09:00:00Z");
        let ended = stating(|facts| facts.ended_on = "2026-03-01".parse().ok());
        let revised =
            certificates::revise(services, &operator, kvk(1), entered.id, ended.clone(), "Ended".to_owned());
        assert_eq!(revised.unwrap().revision, 2);
        assert_eq!(level(&world, 1, "2026-02-28").as_deref(), Some("trede-2"));
        assert_eq!(level(&world, 1, "2026-03-01"), None);
        let day = "2026-03-01".parse().ok();
        let known = pso_levels::get(services, &buyer(), kvk(1), day, Some(then)).unwrap();
        assert_eq!(known.certificate.map(|certificate| certificate.id), Some(entered.id));
        let again = certificates::revise(services, &operator, kvk(1), entered.id, ended, "Again".to_owned());
        assert_eq!(refusal(again), "certificate-superseded");
        assert_eq!(certificates::list(services, &buyer(), kvk(1), &FIRST).unwrap().items.len(), 2);
    }
}

#[test]
fn a_revision_is_of_the_same_certificate() {
    for world in worlds() {
        let services = &world.services;
        let operator = actor(Role::Operator);
        let entered = certificates::create(services, &operator, kvk(1), certificate()).unwrap();
        let other = stating(|facts| {
            facts.number = "PSO-2026-002".to_owned();
            facts.valid_from = "2026-01-02".parse().unwrap();
        });
        let refused = certificates::revise(services, &operator, kvk(1), entered.id, other, "Typo".to_owned());
        assert_eq!(findings(refused), ["another-certificate", "another-certificate"]);
    }
}

#[test]
fn evidence_gives_a_level_once_it_is_verified() {
    for world in worlds() {
        let services = &world.services;
        let operator = actor(Role::Operator);
        let shown = stating(|facts| facts.source = CertificateSource::Evidence);
        let entered = certificates::create(services, &operator, kvk(1), shown).unwrap();
        assert_eq!(level(&world, 1, "2026-02-01"), None);
        let verify = |id| {
            certificates::verify(
                services,
                &operator,
                kvk(1),
                id,
                "Seen on the site of PSO-Nederland".to_owned(),
            )
        };
        let verified = verify(entered.id).unwrap();
        assert_eq!(level(&world, 1, "2026-02-01").as_deref(), Some("trede-2"));
        assert_eq!(refusal(verify(verified.id)), "verified-already");
    }
}

#[test]
fn what_will_be_known_is_not_known() {
    for world in worlds() {
        let to_come = "2030-01-01T00:00:00Z".parse().ok();
        let refused = pso_levels::get(&world.services, &buyer(), kvk(1), None, to_come);
        assert_eq!(findings(refused), ["moment-to-come"]);
    }
}

#[test]
fn who_listens_hears_of_a_level_that_rose_or_was_lost_and_of_nothing_else() {
    for world in worlds() {
        let services = &world.services;
        let operator = actor(Role::Operator);
        let entered = certificates::create(services, &operator, kvk(1), certificate()).unwrap();
        let renewed = stating(|facts| {
            facts.number = "PSO-2026-002".to_owned();
            facts.valid_from = "2026-01-04".parse().unwrap();
        });
        certificates::create(services, &operator, kvk(1), renewed).unwrap();
        let of_one = stating(|facts| {
            facts.ended_on = "2026-01-02".parse().ok();
            facts.holders = [kvk(1)].into();
        });
        let revised =
            certificates::revise(services, &operator, kvk(1), entered.id, of_one, "Ended".to_owned())
                .unwrap();
        assert_eq!(revised.revision, 2);
        assert_eq!(level_changes(&world), ["00000001 null trede-2", "00000002 null trede-2"]);
        let last = stating(|facts| {
            facts.number = "PSO-2026-002".to_owned();
            facts.valid_from = "2026-01-04".parse().unwrap();
            facts.ended_on = "2026-01-05".parse().ok();
        });
        let page = certificates::list(services, &buyer(), kvk(1), &FIRST).unwrap();
        let renewal = page.items.iter().find(|found| found.facts.number == "PSO-2026-002").unwrap().id;
        world.clock.set("2026-01-05T09:00:01Z");
        certificates::revise(services, &operator, kvk(1), renewal, last, "Ended".to_owned()).unwrap();
        let all = level_changes(&world);
        assert_eq!(all[2..], ["00000001 trede-2 null", "00000002 trede-2 null"]);
    }
}

/// The changes of level that were told, in order: whose, from which level, to which.
fn level_changes(world: &World) -> Vec<String> {
    let events = world.database.db.read(|c| events::list(c, AuditScope::National)).unwrap();
    let mut told: Vec<_> = events
        .into_iter()
        .filter(|event| event.kind == EventKind::PsoLevelChanged)
        .map(|event| {
            let data: serde_json::Value = serde_json::from_str(&event.data).unwrap();
            let level = |side: &str| data[side]["level"].as_str().unwrap_or("null").to_owned();
            let text =
                format!("{} {} {}", data["kvkNumber"].as_str().unwrap(), level("former"), level("present"));
            (event.at, text)
        })
        .collect();
    told.sort();
    told.into_iter().map(|(_, text)| text).collect()
}
