//! Framework agreements as OCDS tells them, by its extension for techniques.

use super::facts::Process;
use super::release::{FrameworkAgreement, Techniques};
use trede_wire::score_file::{AwardModelInput, CallOffInput};

impl Techniques {
    /// That there is a framework agreement: the lots say which.
    pub(super) const FRAMEWORK: Self = Self { has_framework_agreement: true, framework_agreement: None };
}

/// Whether a lot of the procedure leads to a framework agreement.
pub(super) fn of_a_framework(process: &Process) -> bool {
    let models = process.lots.iter().filter_map(|of| of.model.as_ref());
    models.filter_map(techniques).next().is_some()
}

/// The framework agreement that a lot leads to; none where it leads to contracts.
pub(super) fn techniques(model: &AwardModelInput) -> Option<Techniques> {
    let winners = model.winners?;
    let framework = winners.framework_agreement?;
    Some(Techniques {
        has_framework_agreement: true,
        framework_agreement: Some(FrameworkAgreement {
            maximum_participants: winners.maximum,
            method: framework.call_off.map(method),
        }),
    })
}

/// The closed codelist of the extension.
const fn method(call_off: CallOffInput) -> &'static str {
    match call_off {
        CallOffInput::MiniCompetition => "withReopeningCompetition",
        CallOffInput::Ranking | CallOffInput::Rotation => "withoutReopeningCompetition",
        CallOffInput::Mixed => "withAndWithoutReopeningCompetition",
    }
}
