//! How large a notice can be. The largest that the European gazette publishes stay well below.

/// Bytes of a notice.
pub const MAX_BYTES: u64 = 32 * 1024 * 1024;
/// Bytes of one tag, text or comment.
pub(super) const MAX_MARKUP_BYTES: u64 = 1024 * 1024;
/// Elements inside each other.
pub(super) const MAX_DEPTH: usize = 64;
/// Elements of a notice.
pub(super) const MAX_ELEMENTS: usize = 1_000_000;
/// Attributes of one element.
pub(super) const MAX_ATTRIBUTES: usize = 64;
/// Bytes of one attribute.
pub(super) const MAX_ATTRIBUTE_BYTES: usize = 4096;
/// Lots, groups of lots and parts of one notice.
pub(super) const MAX_LOTS: usize = 5000;
