//! The service itself, asked from within its own process: no socket, the same layers.

use std::cell::OnceCell;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::rc::Rc;

use actix_http::Request;
use actix_service::IntoServiceFactory;
use actix_web::HttpResponse;
use actix_web::body::{BoxBody, to_bytes};
use actix_web::dev::{AppConfig, Payload, Service, ServiceFactory};
use actix_web::error::PayloadError;
use actix_web::http::header::{
    ACCEPT, ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_LANGUAGE, CONTENT_TYPE, ETAG, HeaderName, HeaderValue,
    IF_MATCH, LINK,
};
use actix_web::http::{Method, StatusCode, Uri};
use actix_web::web::{Bytes, Data};
use futures_util::Stream;
use serde_json::Value;

use crate::http::app::create_app;
use crate::http::state::AppState;

/// A body as it comes in.
pub(super) type Incoming = Pin<Box<dyn Stream<Item = Result<Bytes, PayloadError>>>>;

/// A body that is sent along.
pub(super) enum Sent {
    /// A document, whole.
    Json(Bytes),
    /// A file while it comes in, with the media type that is said of it.
    File(String, Incoming),
}

/// What is asked of the service.
pub(super) struct Ask {
    /// How.
    pub(super) method: Method,
    /// Path and query, from `/v1` on.
    pub(super) path: String,
    /// The body.
    pub(super) body: Option<Sent>,
    /// The version that the one who asks has seen, as an entity tag.
    pub(super) seen: Option<String>,
}

/// Who asks.
#[derive(Clone, Debug)]
pub(super) struct Asker {
    /// Their token; none: anybody.
    pub(super) token: Option<String>,
    /// The language in which they are answered.
    pub(super) language: &'static str,
    /// Where they are.
    pub(super) address: Option<SocketAddr>,
}

/// What the service answered.
#[derive(Clone, Debug)]
pub(super) struct Answered {
    /// The status.
    pub(super) status: StatusCode,
    /// The version of what is shown, as an entity tag.
    pub(super) etag: Option<String>,
    /// Where the pages beside this one are.
    pub(super) link: Option<String>,
    /// The language in which what went wrong is told, where that is not English.
    pub(super) language: Option<String>,
    /// The body: JSON, or a text as it is; `null` when there is none.
    pub(super) body: Value,
}

type Answering = Pin<Box<dyn Future<Output = Result<HttpResponse<BoxBody>, String>>>>;
type Call = Rc<dyn Fn(Request) -> Answering>;

/// The service, begun at the first request of its worker.
pub(super) struct Inner {
    state: Data<AppState>,
    call: OnceCell<Call>,
}

impl Inner {
    pub(super) fn new(state: Data<AppState>) -> Self {
        Self { state, call: OnceCell::new() }
    }

    /// Asks; what a page cannot show is told as a text.
    pub(super) async fn ask(&self, asker: &Asker, ask: Ask) -> Result<Answered, String> {
        let answer = self.fetch(asker, ask).await?;
        let status = answer.status();
        let text = |name: HeaderName| {
            answer.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
        };
        let (etag, link, language) = (text(ETAG), text(LINK), text(CONTENT_LANGUAGE));
        let bytes = to_bytes(answer.into_body()).await.map_err(|_| "breaks off".to_owned())?;
        let body = serde_json::from_slice(&bytes).unwrap_or_else(|_| text_of(&bytes));
        Ok(Answered { status, etag, link, language, body })
    }

    /// Asks for what is no document: the answer as it is, its body not read yet.
    pub(super) async fn fetch(&self, asker: &Asker, ask: Ask) -> Result<HttpResponse<BoxBody>, String> {
        let call = match self.call.get() {
            Some(call) => Rc::clone(call),
            None => {
                let begun = begin(self.state.clone()).await?;
                Rc::clone(self.call.get_or_init(|| begun))
            }
        };
        call(request(asker, ask)?).await
    }
}

async fn begin(state: Data<AppState>) -> Result<Call, String> {
    let factory = factory_of(create_app(state));
    let service =
        factory.new_service(AppConfig::default()).await.map_err(|()| "does not start".to_owned())?;
    let service = Rc::new(service);
    Ok(Rc::new(move |request: Request| -> Answering {
        let service = Rc::clone(&service);
        Box::pin(async move {
            let answer = service.call(request).await.map_err(|error| error.to_string())?;
            let (_, answer) = answer.into_parts();
            Ok::<_, String>(answer.map_into_boxed_body())
        })
    }))
}

/// What the layers make a service of.
fn factory_of<F: ServiceFactory<Request>>(app: impl IntoServiceFactory<F, Request>) -> F {
    app.into_factory()
}

fn text_of(bytes: &[u8]) -> Value {
    if bytes.is_empty() { Value::Null } else { String::from_utf8_lossy(bytes).into_owned().into() }
}

fn request(asker: &Asker, ask: Ask) -> Result<Request, String> {
    let (media_type, payload) = match ask.body {
        Some(Sent::Json(bytes)) => {
            let (_, mut payload) = actix_http::h1::Payload::create(true);
            payload.unread_data(bytes);
            (Some("application/json".to_owned()), Payload::from(payload))
        }
        Some(Sent::File(media_type, payload)) => (Some(media_type), Payload::Stream { payload }),
        None => (None, Payload::None),
    };
    let mut request = Request::with_payload(payload);
    let head = request.head_mut();
    head.uri = ask.path.parse::<Uri>().map_err(|error| error.to_string())?;
    head.method = ask.method;
    head.peer_addr = asker.address;
    let header = |text: &str| HeaderValue::from_str(text).map_err(|error| error.to_string());
    if let Some(token) = &asker.token {
        head.headers.insert(AUTHORIZATION, header(&format!("Bearer {token}"))?);
    }
    head.headers.insert(ACCEPT, HeaderValue::from_static("application/json, */*;q=0.5"));
    head.headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static(asker.language));
    if let Some(seen) = &ask.seen {
        head.headers.insert(IF_MATCH, header(seen)?);
    }
    if let Some(media_type) = media_type {
        head.headers.insert(CONTENT_TYPE, header(&media_type)?);
    }
    Ok(request)
}
