//! A time-stamp authority (tijdstempelautoriteit, RFC 3161): it signs the digest of a document together with the
//! moment at which it saw it, so that nobody can make the document afterwards. The signature is for who doubts: `openssl
//! ts -verify` checks it with the certificate of the authority. Here is seen to it that the reply is one to our question.

use std::fmt;
use std::io::Read;
use std::time::Duration;

use aws_lc_rs::{digest, rand};
use chrono::{DateTime, Utc};
use cmpv2::status::PkiStatus;
use cms::cert::x509::spki::AlgorithmIdentifier;
use cms::signed_data::SignedData;
use der::asn1::{Int, OctetString};
use der::oid::db::rfc5912::ID_SHA_256;
use der::{Decode, Encode};
use reqwest::blocking::Client;
use reqwest::header::CONTENT_TYPE;
use thiserror::Error;
use x509_tsp::{MessageImprint, TimeStampReq, TimeStampResp, TspVersion, TstInfo};

use crate::cause::deepest;
use crate::outgoing::{Patience, bounded, expect_web_address};

/// The most time to connect.
const CONNECT_WITHIN: Duration = Duration::from_secs(10);
/// The most time that one attempt may take.
const WITHIN: Duration = Duration::from_secs(30);
/// The most bytes of a reply: a token with its certificates has some five thousand.
const MOST_BYTES: u64 = 256 * 1024;

/// Why a document was not stamped; never with the address.
#[derive(Debug, Error)]
pub enum TimeStampError {
    /// The client cannot be made, or the address is none.
    #[error("the time-stamp authority cannot be reached: {0}")]
    Unfit(String),
    /// No answer in time, or it broke off.
    #[error("the time-stamp authority did not answer: {0}")]
    Unreachable(String),
    /// It answered with a failure of HTTP, or with a redirection, which is not followed.
    #[error("the time-stamp authority answered {0}")]
    Answered(u16),
    /// It does not stamp this.
    #[error("the time-stamp authority refused: {0}")]
    Refused(String),
    /// What it sent is no time-stamp of what was asked.
    #[error("the time-stamp authority sent no time-stamp of what was asked: {0}")]
    Foreign(String),
}

impl TimeStampError {
    /// Whether another try can end better.
    fn is_passing(&self) -> bool {
        match self {
            Self::Unreachable(_) => true,
            Self::Answered(status) => *status >= 500 || *status == 429 || *status == 408,
            Self::Unfit(_) | Self::Refused(_) | Self::Foreign(_) => false,
        }
    }
}

/// What an authority answered.
#[derive(Clone, PartialEq, Eq)]
pub struct TimeStamp {
    /// Its whole reply, as it came: DER of a `TimeStampResp`, what `openssl ts -verify -in` takes.
    pub reply: Vec<u8>,
    /// The moment that it signed.
    pub at: DateTime<Utc>,
}

impl fmt::Debug for TimeStamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TimeStamp").field("at", &self.at).field("bytes", &self.reply.len()).finish()
    }
}

/// A client of a time-stamp authority.
pub struct TimeStampAuthority {
    http: Client,
    /// It may hold credentials, so it is never shown.
    url: String,
    patience: Patience,
}

impl fmt::Debug for TimeStampAuthority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TimeStampAuthority").field("patience", &self.patience).finish_non_exhaustive()
    }
}

impl TimeStampAuthority {
    /// A client of the authority at that address.
    ///
    /// # Errors
    /// [`TimeStampError::Unfit`] when the address is none that can be reached.
    pub fn new(url: String) -> Result<Self, TimeStampError> {
        expect_web_address(&url).map_err(TimeStampError::Unfit)?;
        let http = bounded(CONNECT_WITHIN, WITHIN)
            .build()
            .map_err(|error| TimeStampError::Unfit(deepest(&error)))?;
        Ok(Self { http, url, patience: Patience { attempts: 5, pause: Duration::from_secs(2) } })
    }

    /// Has a document stamped: its SHA-256 goes to the authority, nothing else of it. Asked again after a pause while
    /// the authority fails.
    ///
    /// # Errors
    /// [`TimeStampError`] of the last try.
    pub fn stamp(&self, document: &[u8]) -> Result<TimeStamp, TimeStampError> {
        self.patience.tried("the time-stamp is asked for again", TimeStampError::is_passing, || {
            let mut nonce = [0; 8];
            rand::fill(&mut nonce).map_err(|error| TimeStampError::Unfit(error.to_string()))?;
            // An integer of DER: positive, and without a byte too many in front.
            nonce[0] = (nonce[0] & 0x3F) | 0x40;
            let question =
                question(document, &nonce).map_err(|error| TimeStampError::Unfit(error.to_string()))?;
            let reply =
                self.ask(question.to_der().map_err(|error| TimeStampError::Unfit(error.to_string()))?)?;
            let at = told(&reply, &question)?;
            Ok(TimeStamp { reply, at })
        })
    }

    fn ask(&self, question: Vec<u8>) -> Result<Vec<u8>, TimeStampError> {
        let unreachable = |error: reqwest::Error| TimeStampError::Unreachable(deepest(&error.without_url()));
        let asked = self.http.post(&self.url).header(CONTENT_TYPE, "application/timestamp-query");
        let answer = asked.body(question).send().map_err(unreachable)?;
        if !answer.status().is_success() {
            return Err(TimeStampError::Answered(answer.status().as_u16()));
        }
        let mut reply = Vec::new();
        let read = answer.take(MOST_BYTES).read_to_end(&mut reply);
        read.map_err(|error| TimeStampError::Unreachable(error.to_string()))?;
        Ok(reply)
    }
}

fn question(document: &[u8], nonce: &[u8]) -> der::Result<TimeStampReq> {
    let hash = digest::digest(&digest::SHA256, document);
    Ok(TimeStampReq {
        version: TspVersion::V1,
        message_imprint: MessageImprint {
            hash_algorithm: AlgorithmIdentifier { oid: ID_SHA_256, parameters: None },
            hashed_message: OctetString::new(hash.as_ref())?,
        },
        req_policy: None,
        nonce: Some(Int::new(nonce)?),
        // So that the reply can be checked in years, with nothing but the root of the authority.
        cert_req: true,
        extensions: None,
    })
}

/// The moment of a reply, if it is one to the question (RFC 3161, 2.2).
fn told(reply: &[u8], question: &TimeStampReq) -> Result<DateTime<Utc>, TimeStampError> {
    let foreign = |error: der::Error| TimeStampError::Foreign(error.to_string());
    let reply = TimeStampResp::from_der(reply).map_err(foreign)?;
    if !matches!(reply.status.status, PkiStatus::Accepted | PkiStatus::GrantedWithMods) {
        let why: Vec<&str> = reply.status.status_string.iter().flatten().map(AsRef::as_ref).collect();
        return Err(TimeStampError::Refused(format!("{:?} {}", reply.status.status, why.join(" "))));
    }
    let none = || TimeStampError::Foreign("there is no token in it".to_owned());
    let token = reply.time_stamp_token.ok_or_else(none)?;
    let signed: SignedData = token.content.decode_as().map_err(foreign)?;
    let content = signed.encap_content_info.econtent.ok_or_else(none)?;
    let stamped = TstInfo::from_der(content.value()).map_err(foreign)?;
    let is_ours = stamped.message_imprint.hashed_message == question.message_imprint.hashed_message
        && stamped.message_imprint.hash_algorithm.oid == ID_SHA_256;
    if !is_ours {
        return Err(TimeStampError::Foreign("it stamps another document".to_owned()));
    }
    if stamped.nonce != question.nonce {
        return Err(TimeStampError::Foreign("it answers another question".to_owned()));
    }
    Ok(stamped.gen_time.to_system_time().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    use cmpv2::status::PkiStatusInfo;
    use std::net::TcpListener;

    fn refusal() -> Vec<u8> {
        let status = PkiStatusInfo { status: PkiStatus::Rejection, status_string: None, fail_info: None };
        TimeStampResp { status, time_stamp_token: None }.to_der().unwrap()
    }

    #[test]
    fn a_question_is_what_the_standard_has() {
        let asked =
            question(b"abc", &[0x31, 0x4C, 0xFC, 0xE4, 0xE0, 0x65, 0x18, 0x27]).unwrap().to_der().unwrap();
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let text: String = asked.iter().map(|byte| format!("{byte:02x}")).collect();
        // SEQUENCE { 1, SEQUENCE { SEQUENCE { sha256 }, OCTET STRING }, INTEGER, TRUE }
        let expected = format!("3041020101302f300b06096086480165030402010420{abc}0208314cfce4e06518270101ff");
        assert_eq!(text, expected);
    }

    #[test]
    fn a_refusal_and_what_is_no_reply_are_told() {
        let question = question(b"abc", &[0x40; 8]).unwrap();
        assert!(matches!(told(&refusal(), &question), Err(TimeStampError::Refused(_))));
        for reply in [b"".as_slice(), b"<html>", &refusal()[..4]] {
            assert!(matches!(told(reply, &question), Err(TimeStampError::Foreign(_))), "{reply:?}");
        }
    }

    #[test]
    fn a_dead_authority_is_told_without_its_address() {
        let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let mut authority = TimeStampAuthority::new(format!("http://token:geheim@{free}/tsa")).unwrap();
        authority.patience = Patience { attempts: 2, pause: Duration::from_millis(1) };
        let error = authority.stamp(b"abc").unwrap_err();
        assert!(matches!(error, TimeStampError::Unreachable(_)), "{error}");
        assert!(!format!("{error} {authority:?}").contains("geheim"));
        assert!(matches!(TimeStampAuthority::new("ftp://x".to_owned()), Err(TimeStampError::Unfit(_))));
    }
}
