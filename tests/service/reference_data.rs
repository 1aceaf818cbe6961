//! Municipalities, organisations and their certificates.

use trede::domain::organisation::CertificateFacts;
use trede::domain::page::{PageRequest, Start};
use trede::domain::record::Version;
use trede::domain::role::Role;
use trede::service::error::ServiceError;
use trede::service::{certificates, municipalities, organisations};

use crate::world::{
    World, actor, buyer, findings, is_forbidden, is_not_found, kvk, refusal, utrecht, worlds,
};

const FIRST: PageRequest<trede::domain::organisation::CertificateId> =
    PageRequest { start: Start::First, limit: 10 };

fn register(world: &World, number: u32) {
    organisations::register(
        &world.services,
        &actor(Role::Operator),
        kvk(number),
        format!("Onderneming {number}"),
    )
    .unwrap();
}

fn certificate() -> CertificateFacts {
    CertificateFacts {
        number: "PSO-2026-001".to_owned(),
        ladder: "pso-2023".to_owned(),
        level: "trede-2".to_owned(),
        certifying_body: "Kiwa".to_owned(),
        valid_from: "2026-01-01".parse().unwrap(),
        valid_until: "2027-12-31".parse().unwrap(),
        source: "register".to_owned(),
        holders: vec![kvk(2)],
    }
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
fn a_certificate_stands_with_every_organisation_that_it_covers() {
    for world in worlds() {
        let services = &world.services;
        register(&world, 1);
        register(&world, 2);
        let entered = certificates::create(services, &actor(Role::Operator), kvk(1), certificate()).unwrap();
        for number in [1, 2] {
            let page = certificates::list(services, &buyer(), kvk(number), &FIRST).unwrap();
            assert_eq!(page.items, std::slice::from_ref(&entered));
        }
        assert_eq!(entered.facts.holders, [kvk(1), kvk(2)]);
    }
}

#[test]
fn a_certificate_is_entered_once() {
    for world in worlds() {
        register(&world, 1);
        register(&world, 2);
        let enter = || certificates::create(&world.services, &actor(Role::Operator), kvk(1), certificate());
        enter().unwrap();
        assert_eq!(refusal(enter()), "certificate-exists");
    }
}

#[test]
fn a_certificate_does_not_cover_who_is_not_registered() {
    for world in worlds() {
        register(&world, 1);
        let refused = certificates::create(&world.services, &actor(Role::Operator), kvk(1), certificate());
        assert_eq!(refusal(refused), "broken-reference");
        let unknown = certificates::list(&world.services, &buyer(), kvk(2), &FIRST);
        assert!(is_not_found(&unknown));
    }
}

#[test]
fn everything_that_is_wrong_with_a_certificate_is_said_at_once() {
    for world in worlds() {
        register(&world, 1);
        let wrong = CertificateFacts {
            number: " ".to_owned(),
            level: "trede-9".to_owned(),
            valid_until: "2028-01-02".parse().unwrap(),
            ..certificate()
        };
        let refused = certificates::create(&world.services, &actor(Role::Operator), kvk(1), wrong);
        assert_eq!(findings(refused), ["text-needed", "level-unknown", "term-too-long"]);
    }
}
