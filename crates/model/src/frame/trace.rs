//! The place of a piece of work in a chain of calls (W3C Trace Context).

use std::fmt;

use uuid::Uuid;

/// The place of a request, or of work in the background, in a trace: which chain of calls it is part of, and what
/// it is called there. Written as the value of a `traceparent` header.
///
/// What a caller tells about its own systems in `tracestate` is not kept, so it is passed on to nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TraceContext {
    trace_id: u128,
    span_id: u64,
    is_sampled: bool,
}

impl TraceContext {
    /// The trace that begins with the work of this id.
    #[must_use]
    pub fn begun_by(work: Uuid) -> Self {
        Self::attempt(work, work)
    }

    /// One attempt at the work of this id: all attempts are in one trace. Nothing is recorded of it here, so others
    /// need not either.
    #[must_use]
    pub fn attempt(work: Uuid, attempt: Uuid) -> Self {
        Self { trace_id: work.as_u128().max(1), span_id: span_of(attempt), is_sampled: false }
    }

    /// A place by its parts, which are not zero; otherwise it is none.
    #[must_use]
    pub const fn of(trace_id: u128, span_id: u64, is_sampled: bool) -> Option<Self> {
        if trace_id == 0 || span_id == 0 {
            return None;
        }
        Some(Self { trace_id, span_id, is_sampled })
    }

    /// The place that a `traceparent` header names (W3C Trace Context §3.2), of version 00 or of a later one whose
    /// beginning is the same.
    #[must_use]
    pub fn parse(traceparent: &str) -> Option<Self> {
        let mut parts = traceparent.split('-');
        let version = hex(parts.next()?, 2)?;
        let trace_id = hex(parts.next()?, 32)?;
        let span_id = u64::try_from(hex(parts.next()?, 16)?).ok()?;
        let flags = hex(parts.next()?, 2)?;
        if version == 0xff || (version == 0 && parts.next().is_some()) {
            return None;
        }
        Self::of(trace_id, span_id, flags & 1 == 1)
    }

    /// The place of the work of this id, which was called from here.
    #[must_use]
    pub fn child(self, work: Uuid) -> Self {
        Self { span_id: span_of(work), ..self }
    }

    /// The chain of calls.
    #[must_use]
    pub const fn trace_id(self) -> u128 {
        self.trace_id
    }

    /// What the work is called in it.
    #[must_use]
    pub const fn span_id(self) -> u64 {
        self.span_id
    }

    /// Whether who began the trace has it recorded.
    #[must_use]
    pub const fn is_sampled(self) -> bool {
        self.is_sampled
    }
}

impl fmt::Display for TraceContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let flags = u8::from(self.is_sampled);
        write!(f, "00-{:032x}-{:016x}-{flags:02x}", self.trace_id, self.span_id)
    }
}

/// The half of an id that holds its randomness; never zero, as a span's id must be.
fn span_of(work: Uuid) -> u64 {
    work.as_u64_pair().1.max(1)
}

/// So many hexadecimal digits, in lower case as the standard wants them.
fn hex(text: &str, digits: usize) -> Option<u128> {
    let fits = text.len() == digits && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if fits { u128::from_str_radix(text, 16).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    #[test]
    fn a_well_formed_header_is_read_and_written_alike() {
        let context = TraceContext::parse(HEADER).unwrap();
        assert_eq!(context.trace_id(), 0x4bf9_2f35_77b3_4da6_a3ce_929d_0e0e_4736);
        assert_eq!(context.span_id(), 0x00f0_67aa_0ba9_02b7);
        assert!(context.is_sampled());
        assert_eq!(context.to_string(), HEADER);
        let unsampled = HEADER.replace("-01", "-00");
        assert_eq!(TraceContext::parse(&unsampled).unwrap().to_string(), unsampled);
        assert_eq!(TraceContext::parse(&HEADER.replacen("00", "cc", 1)), Some(context), "a later version");
    }

    #[test]
    fn any_other_header_is_none() {
        for wrong in [
            "",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "00-+bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-zz",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        ] {
            assert_eq!(TraceContext::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_called_has_the_trace_of_who_calls_and_a_name_of_its_own() {
        let caller = TraceContext::parse(HEADER).unwrap();
        let ours = caller.child(Uuid::from_u128(0x0190_a5c8_0000_7000_8000_0000_0000_0001));
        assert_eq!(ours.to_string(), "00-4bf92f3577b34da6a3ce929d0e0e4736-8000000000000001-01");
        assert_eq!(
            TraceContext::parse(&TraceContext::begun_by(Uuid::nil()).to_string()).map(|_| ()),
            Some(())
        );
    }
}
