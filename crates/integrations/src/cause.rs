//! Why another system did not answer.

use std::error::Error;

/// The cause that lies deepest says most, and never the address: that stands higher up and can hold a secret.
pub(super) fn deepest(error: &dyn Error) -> String {
    let mut deepest = error;
    while let Some(cause) = deepest.source() {
        deepest = cause;
    }
    deepest.to_string()
}
