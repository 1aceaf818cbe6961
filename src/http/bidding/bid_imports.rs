//! Bids in a stream (inschrijvingen in één stroom), one on each line, from a platform.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Data, Path, Payload};
use actix_web::{HttpMessage, HttpRequest};
use chrono::{DateTime, Utc};
use futures_util::StreamExt;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::bidding::bids::BidRequest;
use crate::http::frame::auth::Tenant;
use crate::http::frame::body::parse;
use crate::http::frame::path::{MunicipalityParams, TenderParams};
use crate::http::frame::problem::{Problem, ProblemPlace};
use crate::http::state::AppState;
use trede_service::bidding::bid_imports::{self, ImportTarget, ImportedBid};
use trede_service::frame::actor::Actor;

const NDJSON: &str = "application/x-ndjson";
/// The most bytes of one line.
const LONGEST_LINE: usize = 1024 * 1024;
/// The most lines that are told of; the others are counted.
const MOST_TOLD: usize = 1000;
/// As many lines are received in one go.
const BATCH: usize = 50;

/// Lines of `BidLine` (inschrijvingen), each a JSON object, separated by line feeds (NDJSON). However many there are,
/// they are received as they come in.
#[derive(ToSchema)]
#[schema(value_type = String, example = json!(
    "{\"lotNumber\": 1, \"bid\": {\"bidderKvkNumber\": \"69599068\", \"offer\": {\"bidderName\": \"Groen & Zo B.V.\", \"price\": \"398000.00\"}}}\n"
))]
#[expect(dead_code, reason = "read by the derive only")]
pub struct BidLines(String);

/// One line: a bid (inschrijving) and the lot it is made on.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "lotNumber": 1,
    "bid": {"bidderKvkNumber": "69599068", "offer": {"bidderName": "Groen & Zo B.V.", "price": "398000.00"}}
}))]
pub struct BidLine {
    /// The number of the lot (perceelnummer).
    #[schema(minimum = 1, maximum = 65535)]
    lot_number: u16,
    /// The bid.
    bid: BidRequest,
}

/// What became of the lines (uitkomst).
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "received": 411,
    "known": 0,
    "refused": 1,
    "lines": [{
        "line": 17,
        "errors": [{"pointer": "/bid/offer/price", "code": "price-missing", "detail": "a price is needed"}]
    }]
}))]
pub struct BidImportResponse {
    /// How many bids were received (ontvangen).
    #[schema(minimum = 0)]
    received: u64,
    /// How many bids were here already (bekend).
    #[schema(minimum = 0)]
    known: u64,
    /// How many lines were not received (geweigerd).
    #[schema(minimum = 0)]
    refused: u64,
    /// The first thousand of those, and why.
    lines: Vec<RefusedLine>,
}

/// A line that was not received (geweigerde regel).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "line": 17,
    "errors": [{"pointer": "/bid/offer/price", "code": "price-missing", "detail": "a price is needed"}]
}))]
pub struct RefusedLine {
    /// Its number, from 1 (regelnummer).
    #[schema(minimum = 1)]
    line: u64,
    /// What is wrong with it; pointers go into the line.
    errors: Vec<ProblemPlace>,
}

impl BidImportResponse {
    fn note(&mut self, line: u64, outcome: Result<ImportedBid, Problem>) {
        let errors = match outcome {
            Ok(ImportedBid::Received(_)) => return self.received += 1,
            Ok(ImportedBid::Known) => return self.known += 1,
            Ok(ImportedBid::Refused(found)) => Problem::invalid(found).into_places(),
            Err(problem) => problem.into_places(),
        };
        self.refused += 1;
        if self.lines.len() < MOST_TOLD {
            self.lines.push(RefusedLine { line, errors });
        }
    }
}

/// What has come in of the stream and is not received yet.
#[derive(Default)]
struct Stream {
    /// The beginning of a line whose end has not come in.
    rest: Vec<u8>,
    /// Whole lines, with their numbers.
    lines: Vec<(u64, Vec<u8>)>,
    number: u64,
}

impl Stream {
    fn add(&mut self, chunk: &[u8]) -> Result<(), Problem> {
        for piece in chunk.split_inclusive(|byte| *byte == b'\n') {
            self.rest.extend_from_slice(piece);
            if self.rest.len() > LONGEST_LINE {
                let detail = format!("line {} is longer than {LONGEST_LINE} bytes", self.number + 1);
                let status = StatusCode::PAYLOAD_TOO_LARGE;
                return Err(Problem::new(status, "too-large", "Too large", detail));
            }
            if piece.ends_with(b"\n") {
                self.end_line();
            }
        }
        Ok(())
    }

    fn end_line(&mut self) {
        self.number += 1;
        let line = std::mem::take(&mut self.rest);
        if !line.trim_ascii().is_empty() {
            self.lines.push((self.number, line));
        }
    }
}

/// Imports bids
///
/// Hands over bids (inschrijvingen) in a stream, a JSON object on each line. Each is received by itself, as at
/// `create_bid`: what is wrong with a line is told with its number and keeps no other out. The same stream can be
/// sent again, such as after it broke off: a bid that a platform handed over before is not received twice.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/tenders/{tenderId}/bid-imports",
    tag = "bids",
    params(MunicipalityParams, TenderParams),
    request_body(description = "A bid on each line", content((BidLines = "application/x-ndjson"))),
    responses((status = 200, description = "What became of the lines", body = BidImportResponse))
)]
pub async fn create_bid_import(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<TenderParams>,
    request: HttpRequest,
    mut payload: Payload,
) -> Result<HttpResponse, Problem> {
    let Tenant { actor, municipality } = tenant;
    let asking = actor.clone();
    let target = state
        .run(move |services| bid_imports::target(services, &asking, municipality, path.tender_id))
        .await?;
    if !request.content_type().eq_ignore_ascii_case(NDJSON) {
        let detail = format!("send the body as {NDJSON}, without a content encoding");
        let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
        return Err(Problem::new(status, "unsupported-media-type", "Unsupported media type", detail));
    }
    let mut answer = BidImportResponse::default();
    let mut stream = Stream::default();
    while let Some(chunk) = payload.next().await {
        let chunk: Bytes = chunk.map_err(|_| broken_off(&answer))?;
        stream.add(&chunk)?;
        if stream.lines.len() >= BATCH {
            receive(&state, &actor, &target, &mut stream, &mut answer).await?;
        }
    }
    stream.end_line();
    receive(&state, &actor, &target, &mut stream, &mut answer).await?;
    Ok(HttpResponse::Ok().json(answer))
}

fn broken_off(answer: &BidImportResponse) -> Problem {
    let detail = format!("the body broke off; {} bids were received, send it again", answer.received);
    Problem::new(StatusCode::BAD_REQUEST, "unreadable-body", "Bad request", detail)
}

/// Receives the whole lines that have come in.
async fn receive(
    state: &Data<AppState>,
    actor: &Actor,
    target: &ImportTarget,
    stream: &mut Stream,
    answer: &mut BidImportResponse,
) -> Result<(), Problem> {
    let arrived_at = state.services.now();
    let (actor, target) = (actor.clone(), target.clone());
    let lines: Vec<(u64, Result<BidLine, Problem>)> =
        stream.lines.drain(..).map(|(number, line)| (number, parse::<BidLine>(&line))).collect();
    let outcomes = state
        .run(move |services| {
            lines
                .into_iter()
                .map(|(number, line)| {
                    let outcome = match line {
                        Ok(line) => Ok(receive_line(services, &actor, &target, line, arrived_at)?),
                        Err(problem) => Err(problem),
                    };
                    Ok((number, outcome))
                })
                .collect::<Result<Vec<_>, _>>()
        })
        .await?;
    outcomes.into_iter().for_each(|(number, outcome)| answer.note(number, outcome));
    Ok(())
}

fn receive_line(
    services: &trede_service::Services,
    actor: &Actor,
    target: &ImportTarget,
    line: BidLine,
    arrived_at: DateTime<Utc>,
) -> Result<ImportedBid, trede_service::frame::error::ServiceError> {
    bid_imports::receive(services, actor, target, (line.lot_number, line.bid.into()), arrived_at)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lines(chunks: &[&[u8]]) -> Vec<(u64, Vec<u8>)> {
        let mut stream = Stream::default();
        chunks.iter().for_each(|chunk| stream.add(chunk).unwrap());
        stream.end_line();
        stream.lines
    }

    proptest! {
        #[test]
        fn lines_are_the_same_however_the_stream_is_cut(
            text in "[a-z\\n\\r]{0,60}",
            cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..6),
        ) {
            let bytes = text.as_bytes();
            let mut places: Vec<_> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
            places.extend([0, bytes.len()]);
            places.sort_unstable();
            let chunks: Vec<_> = places.windows(2).map(|pair| &bytes[pair[0]..pair[1]]).collect();
            prop_assert_eq!(lines(&chunks), lines(&[bytes]));
        }
    }

    #[test]
    fn a_line_keeps_its_number_and_an_empty_one_is_left_out() {
        let read = lines(&[b"a\n\n", b"b\r\nc"]);
        assert_eq!(read, [(1, b"a\n".to_vec()), (3, b"b\r\n".to_vec()), (4, b"c".to_vec())]);
    }
}
