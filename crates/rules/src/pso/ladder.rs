//! The ladder: a level is data of a ladder version with an order, and no closed list in code.

/// How the code of a level ends that carries the mark PSO 30+ (Abw).
const THIRTY_PLUS: &str = "-30+";

/// Whether a level is one with the mark PSO 30+ (Abw): it has the code of the level below it with `-30+`.
#[must_use]
pub fn is_thirty_plus(code: &str) -> bool {
    code.ends_with(THIRTY_PLUS)
}

/// A place on a ladder: 0 is no level at all, 1 the lowest level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LevelRank(pub usize);

impl LevelRank {
    /// No level.
    pub const NONE: LevelRank = LevelRank(0);
}

/// A level (trede).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// Code, such as `trede-2`; unique on the ladder.
    pub code: String,
    /// Dutch name.
    pub name: String,
}

/// A version of the ladder: its levels from lowest to highest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ladder {
    version: String,
    levels: Vec<Level>,
}

/// Why a list of levels is no ladder.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LadderError {
    /// There is no level.
    #[error("a ladder has at least one level")]
    Empty,
    /// Two levels have one code, or a level has the code that stands for no level.
    #[error("`{0}` stands twice on the ladder, or is reserved for no level")]
    DuplicateLevel(String),
}

impl Ladder {
    /// The code that stands for no level in tables of levels.
    pub const NO_LEVEL: &'static str = "none";

    /// A ladder of `levels`, lowest first.
    ///
    /// # Errors
    /// When there is no level, or a code stands twice.
    pub fn new(version: impl Into<String>, levels: Vec<Level>) -> Result<Self, LadderError> {
        if levels.is_empty() {
            return Err(LadderError::Empty);
        }
        for (index, level) in levels.iter().enumerate() {
            let earlier = levels.iter().take(index).any(|other| other.code == level.code);
            if earlier || level.code == Self::NO_LEVEL {
                return Err(LadderError::DuplicateLevel(level.code.clone()));
            }
        }
        Ok(Ladder { version: version.into(), levels })
    }

    /// The versions that come with Trede. Source: PSO-Nederland, 30-abw-certificaat (five levels since
    /// April 2023; 30+ is only readable on top of trede 3, so it is a row of its own after it).
    #[must_use]
    pub fn published(version: &str) -> Option<Self> {
        let levels: &[(&str, &str)] = match version {
            "pso-2023" => &[
                ("aspirant", "Aspirant-status"),
                ("basistrede", "Basistrede"),
                ("trede-1", "Trede 1"),
                ("trede-2", "Trede 2"),
                ("trede-3", "Trede 3"),
                ("trede-3-30+", "Trede 3 en PSO 30+"),
            ],
            "pso-before-2023" => &[
                ("aspirant", "Aspirant-status"),
                ("trede-1", "Trede 1"),
                ("trede-2", "Trede 2"),
                ("trede-3", "Trede 3"),
                ("trede-3-30+", "Trede 3 en PSO 30+"),
            ],
            _ => return None,
        };
        let level = |(code, name): &(&str, &str)| Level { code: (*code).into(), name: (*name).into() };
        Some(Ladder { version: version.into(), levels: levels.iter().map(level).collect() })
    }

    /// The name of the version.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The levels, lowest first.
    #[must_use]
    pub fn levels(&self) -> &[Level] {
        &self.levels
    }

    /// The place of the level with this code; `none` is no level.
    #[must_use]
    pub fn rank_of(&self, code: &str) -> Option<LevelRank> {
        if code == Self::NO_LEVEL {
            return Some(LevelRank::NONE);
        }
        self.levels.iter().position(|level| level.code == code).map(|index| LevelRank(index + 1))
    }

    /// The code of a level together with the mark PSO 30+ (Abw), when the ladder has that.
    #[must_use]
    pub fn with_thirty_plus(&self, code: &str) -> Option<&str> {
        let marked = format!("{code}{THIRTY_PLUS}");
        self.levels.iter().map(|level| level.code.as_str()).find(|known| *known == marked)
    }

    /// The code of the level at this place.
    #[must_use]
    pub fn code_of(&self, rank: LevelRank) -> &str {
        rank.0
            .checked_sub(1)
            .and_then(|index| self.levels.get(index))
            .map_or(Self::NO_LEVEL, |level| &level.code)
    }
}
