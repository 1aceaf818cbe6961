//! Roles that may do the same, by what they are there for.

use trede_model::frame::role::Role::{
    self, Administrator, Assessor, Auditor, Bidder, Buyer, Contractor, Coordinator, Opener, Operator,
    Platform,
};

pub(super) const EVERYONE: &[Role] = Role::ALL;
pub(super) const KEEPERS: &[Role] = &[Operator];
/// Those who prepare a procedure; a platform does so in the name of the municipality.
pub(super) const PREPARERS: &[Role] = &[Buyer, Platform];
/// Those who follow a procedure from the inside.
pub(super) const STAFF: &[Role] = &[Administrator, Buyer, Assessor, Opener, Coordinator, Platform, Auditor];
/// Staff, and those the published procedure is meant for.
pub(super) const READERS: &[Role] =
    &[Administrator, Buyer, Assessor, Opener, Coordinator, Platform, Auditor, Bidder, Contractor];
/// An organisation itself, and those of a municipality that it gave access.
pub(super) const OWN_READERS: &[Role] = &[Administrator, Coordinator, Contractor, Auditor];
/// Those who follow how national data are kept.
pub(super) const REGISTER_READERS: &[Role] = &[Operator, Auditor];
/// Those who keep the policy of a municipality.
pub(super) const MANAGERS: &[Role] = &[Administrator, Coordinator];
/// Those who may see everything around an evaluation; an assessor would see the scores of others.
pub(super) const DOSSIER_READERS: &[Role] = &[Administrator, Buyer, Auditor];
/// Those who read letters about an award; a bidder reads its own.
pub(super) const LETTER_READERS: &[Role] = &[Administrator, Buyer, Auditor, Platform, Bidder];
pub(super) const LETTER_WRITERS: &[Role] = &[Administrator, Buyer];
pub(super) const DECIDERS: &[Role] = &[Buyer];
pub(super) const COORDINATORS: &[Role] = &[Coordinator];
/// Those who register contracts and their changes.
pub(super) const REGISTRARS: &[Role] = &[Buyer, Coordinator];
/// Those who follow all contracts of a municipality.
pub(super) const FOLLOWERS: &[Role] = &[Administrator, Buyer, Coordinator, Auditor];
/// Those, and the parties of a contract.
pub(super) const PARTIES: &[Role] = &[Administrator, Buyer, Coordinator, Auditor, Contractor];
/// Those who account for what was done; a coordinator does so for a contractor that works on paper.
pub(super) const ACCOUNTANTS: &[Role] = &[Coordinator, Contractor];

/// Those who keep subscriptions to events.
pub(super) const SUBSCRIBERS: &[Role] = &[Administrator, Platform];
/// Those, and who looks at what they do.
pub(super) const SUBSCRIPTION_READERS: &[Role] = &[Administrator, Platform, Auditor];
