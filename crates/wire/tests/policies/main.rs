//! Policies as files hold them: what authorities publish enters with its exact meaning, and whatever entries there
//! are, no maximum is passed.

mod complete_model;
mod concepts;
mod regions;
mod support;
