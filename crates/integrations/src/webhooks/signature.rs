//! Signatures after Standard Webhooks 1.0.0: `v1,` and the base64 of an HMAC-SHA256 over id, moment and body.

use aws_lc_rs::{hmac, rand};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use thiserror::Error;

use super::Message;

/// What a secret begins with.
const PREFIX: &str = "whsec_";
/// How many bytes a secret has: as many as the hash.
const BYTES: usize = 32;

/// A secret that cannot sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the secret of the subscription is malformed")]
pub struct MalformedSecret;

/// No randomness could be had from the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the machine gives no randomness")]
pub struct NoRandomness;

/// A secret that nobody has seen yet: `whsec_` and base64.
///
/// # Errors
/// [`NoRandomness`] when the machine gives none.
pub fn fresh_secret() -> Result<String, NoRandomness> {
    let mut bytes = [0; BYTES];
    rand::fill(&mut bytes).map_err(|_| NoRandomness)?;
    Ok(format!("{PREFIX}{}", BASE64_STANDARD.encode(bytes)))
}

/// The header's value: a signature for each secret, separated by spaces.
pub(super) fn sign(message: &Message<'_>) -> Result<String, MalformedSecret> {
    let content = format!("{}.{}.{}", message.id, message.sent_at.timestamp(), message.body);
    let signatures: Vec<_> =
        message.secrets.iter().map(|secret| signature(secret, &content)).collect::<Result<_, _>>()?;
    Ok(signatures.join(" "))
}

fn signature(secret: &str, content: &str) -> Result<String, MalformedSecret> {
    let encoded = secret.strip_prefix(PREFIX).ok_or(MalformedSecret)?;
    let bytes = BASE64_STANDARD.decode(encoded).map_err(|_| MalformedSecret)?;
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &bytes), content.as_bytes());
    Ok(format!("v1,{}", BASE64_STANDARD.encode(tag)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use trede_model::frame::trace::TraceContext;

    #[test]
    fn secrets_are_long_and_never_the_same() {
        let secrets = [fresh_secret().unwrap(), fresh_secret().unwrap()];
        assert_ne!(secrets[0], secrets[1]);
        let bytes = BASE64_STANDARD.decode(secrets[0].strip_prefix(PREFIX).unwrap()).unwrap();
        assert_eq!(bytes.len(), BYTES);
    }

    #[test]
    fn a_malformed_secret_signs_nothing() {
        assert_eq!(signature("secret", "x"), Err(MalformedSecret));
        assert_eq!(signature("whsec_%", "x"), Err(MalformedSecret));
    }

    /// The example of the specification.
    #[test]
    fn the_published_example_gives_the_published_signature() {
        let message = Message {
            url: "",
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek".to_owned(),
            sent_at: chrono::DateTime::from_timestamp(1_614_265_330, 0).unwrap(),
            body: r#"{"test": 2432232314}"#,
            trace: TraceContext::begun_by(uuid::Uuid::nil()),
            secrets: vec!["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
        };
        assert_eq!(sign(&message).unwrap(), "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }
}
