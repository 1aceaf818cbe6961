//! The engine where there is no service: WebAssembly that scores a file in a browser or in Node.
//!
//! Text goes in and comes out through memory of the module, so that no tool has to write code around it:
//! [`room`] says where to write the score file (UTF-8), [`score`] scores it, and [`answer`] and [`answer_length`]
//! say where the result stands. It is, byte for byte, what `trede score FILE --format json` prints.

use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use trede_wire::json::parse;
use trede_wire::score_file::ScoreFile;
use trede_wire::score_result::{self, LanguageCode, ResultOptions};

/// The score file, and after it was scored the answer.
static TEXT: Mutex<Vec<u8>> = Mutex::new(Vec::new());

fn text() -> MutexGuard<'static, Vec<u8>> {
    TEXT.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What is wrong with one place of a score file.
#[derive(Serialize)]
struct Wrong {
    code: String,
    pointer: String,
    detail: String,
}

/// Why a file was not scored.
#[derive(Serialize)]
struct Refusal {
    errors: Vec<Wrong>,
}

/// How the result is told, in bits of one number.
#[derive(Clone, Copy)]
struct Asked(u32);

impl Asked {
    fn has(self, bit: u32) -> bool {
        self.0 & bit != 0
    }

    fn options(self) -> ResultOptions {
        let language = if self.has(1) { LanguageCode::En } else { LanguageCode::Nl };
        ResultOptions { language, explain: self.has(2), analyse: self.has(4) }
    }
}

/// Makes room for a score file of so many bytes; answers where it goes.
#[allow(unsafe_code, reason = "a name for the outside")]
#[unsafe(no_mangle)]
pub extern "C" fn room(length: usize) -> *mut u8 {
    let mut text = text();
    *text = vec![0; length];
    text.as_mut_ptr()
}

/// Scores the file in the room. `asked`: 1 answers in English and else in Dutch, 2 explains every step, 4 analyses;
/// added up. Answers 0 with a result, and 1 with `{"errors": […]}`, what is wrong by JSON pointer.
#[allow(unsafe_code, reason = "a name for the outside")]
#[unsafe(no_mangle)]
pub extern "C" fn score(asked: u32) -> u32 {
    let mut text = text();
    let (answer, code) = match scored(&text, Asked(asked)) {
        Ok(result) => (result, 0),
        Err(refusal) => (serde_json::to_vec(&refusal).unwrap_or_default(), 1),
    };
    *text = answer;
    code
}

/// Where the answer stands.
#[allow(unsafe_code, reason = "a name for the outside")]
#[unsafe(no_mangle)]
pub extern "C" fn answer() -> *const u8 {
    text().as_ptr()
}

/// How many bytes the answer has.
#[allow(unsafe_code, reason = "a name for the outside")]
#[unsafe(no_mangle)]
pub extern "C" fn answer_length() -> usize {
    text().len()
}

fn scored(file: &[u8], asked: Asked) -> Result<Vec<u8>, Refusal> {
    let file = parse::<ScoreFile>(file).map_err(|error| {
        let (code, pointer) = ("json".to_owned(), String::new());
        Refusal { errors: vec![Wrong { code, pointer, detail: error.to_string() }] }
    })?;
    let options = asked.options();
    let result = score_result::score(&file, options).map_err(|failure| {
        let found = failure.findings(options.language.into()).into_iter();
        let errors = found.map(|one| Wrong { code: one.code, pointer: one.pointer, detail: one.detail });
        Refusal { errors: errors.collect() }
    })?;
    let mut text = serde_json::to_vec_pretty(&result).unwrap_or_default();
    text.push(b'\n');
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(file: &[u8], asked: u32) -> Result<String, String> {
        let told = |text: Vec<u8>| String::from_utf8_lossy(&text).into_owned();
        scored(file, Asked(asked))
            .map(told)
            .map_err(|refusal| told(serde_json::to_vec(&refusal).unwrap_or_default()))
    }

    #[test]
    fn a_file_is_scored_in_the_language_that_was_asked_for() {
        let file = include_bytes!("../../../examples/tredepunten-80-20.json");
        let dutch = of(file, 2).unwrap_or_default();
        let english = of(file, 3).unwrap_or_default();
        assert!(dutch.contains("\"explanation\"") && dutch != english);
        assert!(!of(file, 0).unwrap_or_default().contains("\"explanation\""));
    }

    #[test]
    fn what_is_wrong_is_told_by_its_place() {
        let nothing = of(b"{", 0).unwrap_err();
        assert!(nothing.contains("\"code\":\"json\""), "{nothing}");
        let file = include_str!("../../../examples/tredepunten-80-20.json");
        let refused = of(file.replace("\"weight\": \"80\"", "\"weight\": \"79\"").as_bytes(), 1).unwrap_err();
        assert!(refused.contains("weights-do-not-sum"), "{refused}");
    }
}
