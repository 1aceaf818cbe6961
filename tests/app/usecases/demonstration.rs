//! What is stored scores as the file does: every example, played through the whole procedure.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use trede::startup::demonstration;
use trede_service::awarding::evaluations;
use trede_wire::score_file::ScoreFile;
use trede_wire::score_result::{ResultOptions, score};

use crate::support::sealing_keys;
use crate::usecases::world::{buyer, utrecht, worlds};

/// The examples that are tenders; others show other commands.
fn examples() -> Vec<PathBuf> {
    let is_tender = |file: &PathBuf| {
        let document: Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
        document.get("lots").is_some()
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files
        .filter(|file| file.extension().is_some_and(|extension| extension == "json"))
        .filter(is_tender)
        .collect()
}

/// Rank and total of each bid of a lot.
fn ranking(lot: &Value) -> Vec<(String, u64, String)> {
    let rows = lot["ranking"].as_array().unwrap();
    rows.iter()
        .map(|bid| {
            let total = bid["total"]["declared"].as_str().unwrap().to_owned();
            (bid["id"].as_str().unwrap().to_owned(), bid["rank"].as_u64().unwrap(), total)
        })
        .collect()
}

#[test]
fn every_example_scores_in_the_store_as_it_does_from_the_file() {
    let examples = examples();
    assert!(!examples.is_empty());
    for world in worlds() {
        for example in &examples {
            let file: ScoreFile = serde_json::from_slice(&fs::read(example).unwrap()).unwrap();
            let direct = score(&file, ResultOptions::default()).unwrap();
            let direct = serde_json::to_value(direct).unwrap();
            let default_deadline = "2026-10-01T10:00:00Z".parse().unwrap();
            let played = demonstration::play(
                (&world.database.db, &sealing_keys()),
                utrecht(),
                &file,
                default_deadline,
            )
            .unwrap();
            for (lot, input) in played.lots.iter().zip(&file.lots) {
                let stored = evaluations::get(&world.services, &buyer(), lot.at, lot.evaluation).unwrap();
                let stored: Value = serde_json::from_str(&stored.result).unwrap();
                let names: BTreeMap<_, _> =
                    lot.bids.iter().map(|(name, id)| (id.to_string(), name.clone())).collect();
                let mut stored = ranking(&stored["lots"][0]);
                for (id, ..) in &mut stored {
                    id.clone_from(&names[id]);
                }
                let lots = direct["lots"].as_array().unwrap();
                let expected = lots.iter().find(|lot| lot["id"] == input.id.as_str()).unwrap();
                let mut expected = ranking(expected);
                // Bids of equal rank stand by identifier, and the store gives other identifiers.
                stored.sort_by_key(|(id, rank, _)| (*rank, id.clone()));
                expected.sort_by_key(|(id, rank, _)| (*rank, id.clone()));
                assert_eq!(stored, expected, "{} {}", example.display(), input.id);
            }
        }
    }
}
