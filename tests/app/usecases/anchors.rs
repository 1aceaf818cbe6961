//! What proves the end of the trail: heads that are kept elsewhere, in a file, with another party, in letters.

use trede_formats::audit_anchor::{AnchorDocument, AuditAnchor};
use trede_model::awarding::award_letter::AwardLetter;
use trede_model::frame::role::Role;
use trede_model::trust::audit::AuditScope;
use trede_model::trust::audit_chain::Waypoint;
use trede_model::trust::audit_check::Breach;
use trede_service::bidding::{bids, openings};
use trede_service::trust::audit::{anchors, verify};

use crate::usecases::awarding::{evaluated, letters, propose};
use crate::usecases::sealing::run;
use crate::usecases::world::{World, actor, buyer, utrecht, worlds};
use trede_base::page::{PageRequest, Start};
use trede_model::tendering::lot::LotPath;

/// The anchors of now, as they are kept in a file.
fn kept(world: &World) -> Vec<Waypoint> {
    let taken = anchors(&world.database.db, world.services.now()).unwrap();
    let lines: Vec<String> =
        taken.into_iter().map(|anchor| serde_json::to_string(&AuditAnchor::from(anchor)).unwrap()).collect();
    let read = lines.iter().map(|line| serde_json::from_str::<AuditAnchor>(line).unwrap());
    read.map(|anchor| anchor.to_anchor().unwrap().link.into()).collect()
}

/// The heads that a letter tells.
fn told(text: &str) -> Vec<Waypoint> {
    text.lines().filter_map(|line| line.strip_prefix("- ")?.parse().ok()).collect()
}

fn breaches(world: &World, through: &[Waypoint]) -> Vec<Breach> {
    let trail = verify(&world.database.db, through).unwrap();
    assert_eq!(trail.findings, [], "{}", world.database.kind);
    trail.chains.into_iter().flat_map(|chain| chain.breaches).collect()
}

fn read(world: &World, at: LotPath) {
    let page = PageRequest { start: Start::First, limit: 10 };
    bids::list(&world.services, &actor(Role::Auditor), at, &page).unwrap();
}

/// The last records of every chain of Utrecht are cut off, as far as they only tell that somebody read.
fn cut_tail(world: &World) {
    run(
        world,
        "DELETE FROM audit_records WHERE scope = 'gm0344' AND sequence > (SELECT COALESCE(MAX(sequence), 0) \
         FROM audit_records AS changed WHERE changed.scope = audit_records.scope \
         AND changed.chain = audit_records.chain \
         AND (changed.before_hash IS NOT NULL OR changed.after_hash IS NOT NULL))",
    );
}

#[test]
fn a_tail_that_was_cut_off_is_found_by_anchors_and_by_nothing_else() {
    for world in worlds() {
        let (at, bids) = evaluated(&world, Some(true));
        (0..4).for_each(|_| read(&world, at));
        propose(&world, at, &bids[0], None).unwrap();
        (0..4).for_each(|_| read(&world, at));
        let file = kept(&world);
        assert_eq!(breaches(&world, &file), []);
        cut_tail(&world);
        assert_eq!(breaches(&world, &[]), [], "the chains are whole as far as they go");
        let found = breaches(&world, &file);
        assert!(
            !found.is_empty() && found.iter().all(|breach| matches!(breach, Breach::AnchorNotReached { .. }))
        );
    }
}

#[test]
fn each_letter_tells_how_the_trail_stood_and_finds_a_trail_that_was_cut_off_or_deleted() {
    for world in worlds() {
        let (at, bids) = evaluated(&world, Some(true));
        propose(&world, at, &bids[0], None).unwrap();
        let all: Vec<AwardLetter> = letters(&world, at, &buyer());
        let of_first = told(&all[0].dutch.text);
        let of_utrecht =
            of_first.iter().filter(|head| head.chain.scope == AuditScope::Municipality(utrecht()));
        assert!(of_utrecht.clone().count() > 0 && of_utrecht.clone().all(|head| head.sequence.is_some()));
        // Those of the vault stand with the opening: their name holds the id of the tender.
        assert_eq!(of_utrecht.clone().count(), of_first.len());
        let page = PageRequest { start: Start::First, limit: 10 };
        let page = openings::list(&world.services, &buyer(), utrecht(), at.tender, &page).unwrap();
        let of_vault: Vec<Waypoint> = page
            .items
            .iter()
            .flat_map(|opening| &opening.audit_heads)
            .map(|head| head.parse().unwrap())
            .filter(|head: &Waypoint| head.chain.scope == AuditScope::Vault(utrecht(), at.tender))
            .collect();
        assert!(!of_vault.is_empty() && of_vault.iter().all(|head| head.sequence.is_none()));
        for letter in &all {
            assert_eq!(
                (told(&letter.dutch.text), told(&letter.english.text)),
                (of_first.clone(), of_first.clone())
            );
        }
        assert_eq!(breaches(&world, &of_first), []);

        // The last of what the letter tells is cut off, with all that rests on it.
        let last = of_utrecht.max_by_key(|head| head.sequence).unwrap().clone();
        let (chain, sequence) = (last.chain.number, last.sequence.unwrap());
        run(
            &world,
            &format!(
                "DELETE FROM audit_records WHERE scope = 'gm0344' AND chain = {chain} AND sequence >= {sequence}"
            ),
        );
        let trail = verify(&world.database.db, &of_first).unwrap();
        let found: Vec<_> = trail.chains.into_iter().flat_map(|chain| chain.breaches).collect();
        assert!(found.contains(&Breach::AnchorNotReached { sequence }), "{found:?}");

        // And the vault: all that was sent, and every record of it.
        let vault = format!("gm0344/tenders/{}", at.tender);
        run(&world, &format!("DELETE FROM audit_records WHERE scope = '{vault}'"));
        let trail = verify(&world.database.db, &of_vault).unwrap();
        let found: Vec<_> = trail
            .chains
            .into_iter()
            .filter(|chain| chain.chain.scope == of_vault[0].chain.scope)
            .flat_map(|chain| chain.breaches)
            .collect();
        assert_eq!(found, vec![Breach::AnchorNowhere; of_vault.len()]);
    }
}

#[test]
fn a_trail_that_was_deleted_as_a_whole_is_found_by_its_anchors() {
    for world in worlds() {
        let (at, _) = evaluated(&world, None);
        let file = kept(&world);
        let of_utrecht =
            file.iter().filter(|head| head.chain.scope == AuditScope::Municipality(utrecht())).count();
        run(&world, "DELETE FROM audit_records WHERE scope = 'gm0344'");
        let trail = verify(&world.database.db, &file).unwrap();
        let unreached = trail
            .chains
            .iter()
            .flat_map(|chain| &chain.breaches)
            .filter(|breach| matches!(breach, Breach::AnchorNotReached { .. }))
            .count();
        assert_eq!((unreached, at.municipality), (of_utrecht, utrecht()), "{}", world.database.kind);
        assert!(of_utrecht > 0);
    }
}

#[test]
fn the_record_of_an_opening_tells_how_the_trail_stood() {
    for world in worlds() {
        let (at, _) = evaluated(&world, None);
        let page = PageRequest { start: Start::First, limit: 10 };
        let opening =
            openings::list(&world.services, &buyer(), utrecht(), at.tender, &page).unwrap().items.remove(0);
        let heads: Vec<Waypoint> = opening.audit_heads.iter().map(|head| head.parse().unwrap()).collect();
        assert!(heads.iter().any(|head| head.chain.scope == AuditScope::Vault(utrecht(), at.tender)));
        assert!(heads.iter().any(|head| head.chain.scope == AuditScope::Municipality(utrecht())));
        assert_eq!(breaches(&world, &heads), []);
        let forged = heads[0].to_string();
        let (head, digits) = forged.rsplit_once(' ').unwrap();
        let turned: String = digits.chars().rev().collect();
        assert!(turned != digits, "no palindrome");
        let forged: Waypoint = format!("{head} {turned}").parse().unwrap();
        assert_eq!(breaches(&world, &[forged]).len(), 1);
    }
}

#[test]
fn what_is_sent_elsewhere_reads_as_anchors_again() {
    for world in worlds() {
        let (at, _) = evaluated(&world, None);
        read(&world, at);
        let anchors: Vec<AuditAnchor> =
            anchors(&world.database.db, world.services.now()).unwrap().into_iter().map(Into::into).collect();
        let sent = serde_json::to_string(&AnchorDocument { anchors }).unwrap();
        let received: AnchorDocument = serde_json::from_str(&sent).unwrap();
        let through: Vec<Waypoint> =
            received.anchors.iter().map(|anchor| anchor.to_anchor().unwrap().link.into()).collect();
        assert_eq!(through, kept(&world));
        assert_eq!(breaches(&world, &through), []);
    }
}
