//! Versions of the ladder in time: which one was in force when, and who published it.

use chrono::NaiveDate;

use super::Ladder;

/// A version of the ladder (ladderversie) with its place in time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LadderVersion {
    /// The levels.
    pub ladder: Ladder,
    /// The first day on which it is in force; none for the first ladder there was.
    pub in_force_from: Option<NaiveDate>,
    /// Where it was published, or who decided on it.
    pub source: String,
}

impl LadderVersion {
    /// The versions that come with Trede, oldest first.
    ///
    /// Source: PSO-Nederland; five levels "since April 2023" (adviespuntsr, ionvallei), which names no day, so
    /// the first of that month.
    #[must_use]
    pub fn published() -> Vec<Self> {
        let version = |name: &str, in_force_from, source: &str| {
            let ladder = Ladder::published(name)?;
            Some(Self { ladder, in_force_from, source: source.to_owned() })
        };
        [
            version("pso-before-2023", None, "PSO-Nederland, levels until April 2023"),
            version(
                "pso-2023",
                NaiveDate::from_ymd_opt(2023, 4, 1),
                "PSO-Nederland, levels since April 2023, and 30-abw-certificaat",
            ),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// Whether it is in force on the day. A later version takes its place; that is for the reader of the list.
    #[must_use]
    pub fn is_in_force_on(&self, day: NaiveDate) -> bool {
        self.in_force_from.is_none_or(|from| from <= day)
    }
}
