//! From the rules around the PSO level on the wire to the domain's.

use super::model::{ConsortiumRuleInput, LadderLevelInput, LevelDateInput, PsoRulesInput};
use trede_rules::explaining::finding::{Finding, FindingCode};
use trede_rules::pso::{ConsortiumRule, Ladder, Level, LevelDate, LevelMapping, LevelRank, PsoRules};

/// The rules; what is wrong with them is added to `found`.
pub(super) fn pso_rules(input: &PsoRulesInput, found: &mut Vec<Finding>) -> Option<PsoRules> {
    let ladder = ladder(input, found)?;
    let mut mappings = Vec::with_capacity(input.mappings.len());
    for (index, mapping) in input.mappings.iter().enumerate() {
        let place = format!("/pso/mappings/{index}/toLevel");
        let Some(to) = rank(&ladder, &mapping.to_level, &place, found) else { continue };
        let (from_version, from_level) = (mapping.from_version.clone(), mapping.from_level.clone());
        mappings.push(LevelMapping { from_version, from_level, to });
    }
    Some(PsoRules {
        ladder,
        mappings,
        level_date: input.level_counts_on.map(|date| match date {
            LevelDateInput::Bid => LevelDate::Bid,
            LevelDateInput::Award => LevelDate::Award,
        }),
        consortium: input.consortium_rule.map(|rule| match rule {
            ConsortiumRuleInput::Lead => ConsortiumRule::Lead,
            ConsortiumRuleInput::Lowest => ConsortiumRule::Lowest,
            ConsortiumRuleInput::Highest => ConsortiumRule::Highest,
            ConsortiumRuleInput::Weighted => ConsortiumRule::Weighted,
        }),
        equivalence: input.equivalence.clone().filter(|text| !text.trim().is_empty()),
        motivation: input.motivation.clone().filter(|text| !text.trim().is_empty()),
    })
}

fn ladder(input: &PsoRulesInput, found: &mut Vec<Finding>) -> Option<Ladder> {
    match (&input.ladder_version, &input.ladder) {
        (Some(version), None) => {
            let ladder = Ladder::published(version);
            if ladder.is_none() {
                let place = "/pso/ladderVersion";
                found.push(Finding::new(
                    FindingCode::UnknownLadder,
                    place,
                    [version.chars().take(64).collect()],
                ));
            }
            ladder
        }
        (None, Some(own)) => {
            let level = |level: &LadderLevelInput| Level {
                name: level.name.clone().unwrap_or_else(|| level.code.clone()),
                code: level.code.clone(),
            };
            Ladder::new(&own.version, own.levels.iter().map(level).collect())
                .map_err(|error| {
                    found.push(Finding::new(FindingCode::InvalidLadder, "/pso/ladder", [error.to_string()]));
                })
                .ok()
        }
        (None, None) => {
            found.push(Finding::new(FindingCode::PsoRulesMissing, "/pso", []));
            None
        }
        (Some(_), Some(_)) => {
            let details = ["ladderVersion".to_owned(), "ladder".to_owned()];
            found.push(Finding::new(FindingCode::ParameterUnused, "/pso/ladder", details));
            None
        }
    }
}

/// The place of a level on the ladder.
pub(super) fn rank(ladder: &Ladder, code: &str, place: &str, found: &mut Vec<Finding>) -> Option<LevelRank> {
    let rank = ladder.rank_of(code);
    if rank.is_none() {
        let codes: Vec<&str> = ladder.levels().iter().map(|level| level.code.as_str()).collect();
        let details = [code.chars().take(64).collect(), ladder.version().to_owned(), codes.join(", ")];
        found.push(Finding::new(FindingCode::UnknownLevel, place, details));
    }
    rank
}
