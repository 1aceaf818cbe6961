//! The least that could be done, behind the same middleware and token check. Ours remembers a token whose signature it
//! checked; what stands beside it checks each anew, as who remembers nothing does.

use std::future::{Ready, ready};
use std::sync::Mutex;

use actix_web::dev::Payload;
use actix_web::http::header::AUTHORIZATION;
use actix_web::web::{Bytes, Data, ServiceConfig, block, get, post, resource};
use actix_web::{Error, FromRequest, HttpRequest, HttpResponse, error};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::Value;
use trede::http::frame::auth::Caller;
use trede::http::frame::body::{Json, LARGE};
use trede_base::ids::Id;
use trede_model::awarding::evaluation::EvaluationId;
use trede_model::bidding::bid::Bid;
use trede_model::tendering::lot::LotPath;
use trede_service::clock::{Clock, SystemClock};
use trede_store::awarding::evaluations;
use trede_store::bidding::bids;
use trede_store::frame::connection::Db;
use trede_wire::score_file::ScoreFile;
use uuid::Uuid;

/// What the handlers beside ours work on.
#[derive(Clone, Copy)]
pub struct Prepared {
    /// The lot with an evaluation.
    pub evaluated: LotPath,
    /// The evaluation.
    pub evaluation: EvaluationId,
    /// The lot that receives bids.
    pub receiving: LotPath,
    /// Whether writers must wait for each other: SQLite would let them sleep.
    pub one_writer: bool,
}

static TURN: Mutex<()> = Mutex::new(());

pub fn routes(config: &mut ServiceConfig) {
    config
        .service(resource("/beside/echo").route(post().to(echo)))
        .service(resource("/beside/evaluation").route(get().to(select)))
        .service(resource("/beside/bids").route(post().to(insert)));
}

/// The key with which tokens are checked, from the key set of the issuer.
pub fn key_of(jwks: &str) -> DecodingKey {
    let jwks: Value = serde_json::from_str(jwks).unwrap();
    DecodingKey::from_ed_components(jwks["keys"][0]["x"].as_str().unwrap()).unwrap()
}

/// A caller whose token was checked from its signature on.
struct Checked;

impl FromRequest for Checked {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let key: &Data<DecodingKey> = request.app_data().unwrap();
        let token = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = token.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
        let mut asked = Validation::new(Algorithm::EdDSA);
        asked.set_audience(&["trede"]);
        // The benchmark has a clock of its own.
        asked.validate_exp = false;
        asked.validate_nbf = false;
        let claims = jsonwebtoken::decode::<Value>(token, key, &asked);
        ready(claims.map(|_| Self).map_err(error::ErrorUnauthorized))
    }
}

async fn echo(_: Checked, _: Caller, body: Json<ScoreFile, LARGE>) -> HttpResponse {
    HttpResponse::Ok().json(body.0)
}

async fn select(_: Checked, _: Caller, db: Data<Db>, at: Data<Prepared>) -> Result<HttpResponse, Error> {
    let evaluation = block(move || db.read(|c| evaluations::find(c, at.evaluated, at.evaluation)))
        .await?
        .map_err(error::ErrorInternalServerError)?
        .ok_or_else(|| error::ErrorNotFound("no such evaluation"))?;
    let document = evaluation.input + &evaluation.result;
    Ok(HttpResponse::Ok().content_type("application/json").body(document))
}

async fn insert(
    _: Checked,
    _: Caller,
    db: Data<Db>,
    at: Data<Prepared>,
    body: Bytes,
) -> Result<HttpResponse, Error> {
    block(move || {
        let content = String::from_utf8_lossy(&body).into_owned();
        let number = &content.split("bidderKvkNumber\":\"").nth(1).unwrap()[..8];
        let now = SystemClock.now();
        let bid = Bid {
            municipality: at.receiving.municipality,
            tender: at.receiving.tender,
            lot: at.receiving.lot,
            id: Id::from_uuid(Uuid::now_v7()),
            bidder: number.parse().unwrap(),
            price_sealed: false,
            external_reference: None,
            receipt_hash: "0".repeat(64),
            received_at: now,
            registered_at: now,
            content,
        };
        let _turn = at.one_writer.then(|| TURN.lock().unwrap());
        // One statement outside a transaction commits by itself.
        db.read(|c| bids::insert(c, &bid))
    })
    .await?
    .map_err(error::ErrorInternalServerError)?;
    Ok(HttpResponse::Created().json("stored"))
}
