//! The console on a fresh database, and somebody who looks at it with a browser that runs no script.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use actix_web::body::{BoxBody, MessageBody, to_bytes};
use actix_web::dev::{Service, ServiceResponse};
use actix_web::http::Method;
use actix_web::test::{TestRequest, init_service};
use actix_web::web;
use trede::console::{Console, DemoRole, Entrance};
use trede::http::app::create_app_with;
use trede::identity::claims::{Audience, Claims};
use trede::identity::keys::parse_keys;
use trede::identity::signer::TokenSigner;
use trede::identity::verifier::TokenVerifier;
use trede::startup;
use trede_base::record::Version;
use trede_model::frame::role::Role;
use trede_model::telling::open_data::OpenDataChoice;
use trede_service::Services;
use trede_service::clock::{Clock, fresh_uuid};
use trede_service::frame::actor::{Actor, RequestOrigin};
use trede_service::frame::municipalities::{self, NewMunicipality};
use trede_service::telling::open_data;

use crate::support::clock::TestClock;
use crate::support::{self, TestDatabase};

const ISSUER: &str = "https://login.example.nl";
const START: &str = "2026-03-02T09:00:00Z";
/// The municipality of the test.
pub const HOME: &str = "/gm0344";

type Answering = Pin<Box<dyn Future<Output = ServiceResponse<BoxBody>>>>;

/// The application with its pages.
pub struct Site {
    pub clock: Arc<TestClock>,
    call: Rc<dyn Fn(TestRequest) -> Answering>,
    roles: Vec<String>,
    pub services: Services,
    _database: TestDatabase,
}

impl Site {
    /// Pages on the database, for every role; there is one municipality.
    pub async fn on(database: TestDatabase) -> Self {
        trede::identity::install_crypto();
        let clock = Arc::new(TestClock::at(START));
        let signer = TokenSigner::generate("test").unwrap();
        let keys = parse_keys(&signer.public_jwks().unwrap()).unwrap();
        let verifier = TokenVerifier::new("trede".to_owned(), [(ISSUER.to_owned(), keys)].into());
        let mut state = startup::state(database.db.clone(), verifier, clock.clone(), "/v1");
        state.services = state.services.with_sealing_keys(support::sealing_keys());
        let services = state.services.clone();
        let state = web::Data::new(state);
        let more = [(Role::Opener, "2"), (Role::Assessor, "2"), (Role::Bidder, "2"), (Role::Bidder, "3")];
        let people = Role::ALL.iter().map(|role| (*role, "1")).chain(more);
        let roles: Vec<DemoRole> = people
            .map(|(role, number)| DemoRole {
                role: role.to_string(),
                token: signer.sign(&claims(role, number, &clock)).unwrap(),
            })
            .collect();
        let names = roles.iter().map(|it| it.role.clone()).collect();
        let console = Console::new(state.clone(), Entrance::Demo(roles)).unwrap();
        let app = create_app_with(state, move |config| console.routes(config));
        let service = Rc::new(init_service(app).await);
        let call = Rc::new(move |request: TestRequest| -> Answering {
            let service = Rc::clone(&service);
            Box::pin(async move { service.call(request.to_request()).await.unwrap().map_into_boxed_body() })
        });
        Self { clock, call, roles: names, services, _database: database }
    }

    /// Makes the municipality, by the use case: no page does.
    pub async fn make_municipality(&self) {
        let operator = Actor {
            subject: "operator-1".to_owned(),
            client: None,
            roles: [Role::Operator].into(),
            municipalities: [].into(),
            kvk: None,
            origin: RequestOrigin::own(fresh_uuid()),
        };
        let new = NewMunicipality { id: "gm0344".parse().unwrap(), name: "Utrecht".to_owned(), oin: None };
        municipalities::register(&self.services, &operator, new).unwrap();
    }

    /// Lets anybody see the published tenders of the municipality.
    pub fn open_data(&self) {
        let municipality = "gm0344".parse().unwrap();
        let choice = OpenDataChoice {
            is_open: true,
            ocid_prefix: Some("ocds-213czf".parse().unwrap()),
            ..OpenDataChoice::default()
        };
        let administrator = self.actor(Role::Administrator);
        open_data::update_settings(&self.services, &administrator, municipality, Version(0), &choice)
            .unwrap();
    }

    /// Somebody of the municipality, for what no page does.
    pub fn actor(&self, role: Role) -> Actor {
        Actor {
            subject: format!("{role}-1"),
            client: None,
            roles: [role].into(),
            municipalities: ["gm0344".parse().unwrap()].into(),
            kvk: None,
            origin: RequestOrigin::own(fresh_uuid()),
        }
    }

    /// Somebody who has not logged in.
    pub fn nobody(&self) -> Browser {
        Browser { call: Rc::clone(&self.call), cookies: Rc::default(), language: "nl" }
    }

    /// Somebody who logged in as the role; of some there are two.
    pub async fn enter(&self, role: Role, number: usize) -> Browser {
        let browser = self.nobody();
        let wanted = role.to_string();
        let mut fitting = self.roles.iter().enumerate().filter(|(_, own)| **own == wanted);
        let index = fitting.nth(number - 1).unwrap().0.to_string();
        let answer = browser.post("/login", &[("role", &index), ("to", HOME)]).await;
        assert_eq!((answer.status, answer.location()), (303, HOME));
        browser
    }
}

fn kvk(number: &str) -> &'static str {
    match number {
        "1" => "69599068",
        "2" => "68750110",
        _ => "12345678",
    }
}

fn claims(role: Role, number: &str, clock: &TestClock) -> Claims {
    let now = clock.now().timestamp();
    let for_one = matches!(role, Role::Bidder | Role::Contractor);
    let mut municipalities = vec!["gm0344".to_owned()];
    if role == Role::Contractor {
        municipalities.push("gm0363".to_owned());
    }
    Claims {
        iss: ISSUER.to_owned(),
        sub: format!("{role}-{number}"),
        aud: Audience::One("trede".to_owned()),
        exp: now + 800 * 24 * 3600,
        nbf: Some(now),
        azp: Some("test-suite".to_owned()),
        client_id: None,
        roles: vec![role.to_string()],
        municipalities,
        kvk: for_one.then(|| kvk(number).to_owned()),
    }
}

/// Somebody with a browser.
#[derive(Clone)]
pub struct Browser {
    call: Rc<dyn Fn(TestRequest) -> Answering>,
    cookies: Rc<RefCell<BTreeMap<String, String>>>,
    language: &'static str,
}

/// A file that is chosen in a form.
pub struct File<'a> {
    pub field: &'a str,
    pub name: &'a str,
    pub media_type: &'a str,
    pub content: &'a [u8],
}

/// What came back.
#[derive(Debug)]
pub struct Shown {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub html: String,
}

impl Browser {
    /// The same person, who reads English.
    pub fn in_english(&self) -> Self {
        Self { language: "en", ..self.clone() }
    }

    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.borrow().get(name).cloned()
    }

    /// Looks at a page.
    pub async fn get(&self, path: &str) -> Shown {
        self.send(Method::GET, path, |request| request).await
    }

    /// Sends pairs, as a form on our own pages does.
    pub async fn post(&self, path: &str, pairs: &[(&str, &str)]) -> Shown {
        self.send(Method::POST, path, |request| {
            request.insert_header(("sec-fetch-site", "same-origin")).set_form(pairs)
        })
        .await
    }

    /// Sends pairs and then a file, as a form with a file does.
    pub async fn post_file(&self, path: &str, pairs: &[(String, String)], file: &File<'_>) -> Shown {
        let mut body = Vec::new();
        for (name, value) in pairs {
            let head =
                format!("--part\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(head.as_bytes());
        }
        let File { field, name, media_type, content } = file;
        let said = format!("form-data; name=\"{field}\"; filename=\"{name}\"");
        let head = format!("--part\r\nContent-Disposition: {said}\r\nContent-Type: {media_type}\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n--part--\r\n");
        self.send(Method::POST, path, |request| {
            request
                .insert_header(("sec-fetch-site", "same-origin"))
                .insert_header(("content-type", "multipart/form-data; boundary=part"))
                .set_payload(body)
        })
        .await
    }

    pub async fn send(
        &self,
        method: Method,
        path: &str,
        complete: impl FnOnce(TestRequest) -> TestRequest,
    ) -> Shown {
        let mut request = TestRequest::with_uri(path).method(method);
        request = request.insert_header(("accept-language", self.language));
        let cookies: Vec<String> =
            self.cookies.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            request = request.insert_header(("cookie", cookies.join("; ")));
        }
        let response = (self.call)(complete(request)).await;
        let status = response.status().as_u16();
        let headers: Vec<(String, String)> = response
            .headers()
            .iter()
            .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
            .collect();
        for (_, cookie) in headers.iter().filter(|(name, _)| name == "set-cookie") {
            let (name, rest) = cookie.split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            if rest.contains("Max-Age=0") {
                self.cookies.borrow_mut().remove(name);
            } else {
                self.cookies.borrow_mut().insert(name.to_owned(), value.to_owned());
            }
        }
        let (_, response) = response.into_parts();
        let bytes = to_bytes(response.into_body().boxed()).await.unwrap();
        Shown { status, headers, html: String::from_utf8_lossy(&bytes).into_owned() }
    }

    /// Fills in the form on the page that does the act, with what it holds already, and sends it.
    pub async fn fill(&self, path: &str, act: &str, pairs: &[(&str, &str)]) -> Shown {
        let page = self.get(path).await;
        assert_eq!(page.status, 200, "{path}: {}", page.html);
        let mut all = page.form(act);
        for (name, value) in pairs {
            all.retain(|(own, _)| own != name);
            all.push(((*name).to_owned(), (*value).to_owned()));
        }
        all.push(("act".to_owned(), act.to_owned()));
        let borrowed: Vec<(&str, &str)> =
            all.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.post(path, &borrowed).await
    }

    /// As [`Browser::fill`], when it is done: answers where that leads, without the mark of what was done.
    pub async fn done(&self, path: &str, act: &str, pairs: &[(&str, &str)]) -> String {
        let shown = self.fill(path, act, pairs).await;
        assert_eq!(shown.status, 303, "{act} on {path}: {}", shown.wrong());
        shown.location().split('?').next().unwrap().to_owned()
    }
}

impl Shown {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Where it leads.
    pub fn location(&self) -> &str {
        self.header("location").unwrap_or_default()
    }

    /// What the page says that is wrong, for the message of a test.
    pub fn wrong(&self) -> String {
        match self.html.split_once("id=\"errors\"") {
            Some((_, rest)) => rest.split("</div>").next().unwrap().to_owned(),
            None => self.html.clone(),
        }
    }

    /// The text of the page, without its marks.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut is_tag = false;
        for c in self.html.replace("&nbsp;", " ").replace("&#x2f;", "/").replace('\u{a0}', " ").chars() {
            match c {
                '<' => {
                    is_tag = true;
                    text.push(' ');
                }
                '>' => is_tag = false,
                c if !is_tag => text.push(c),
                _ => {}
            }
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The pairs that the form with that act would send as it stands.
    pub fn form(&self, act: &str) -> Vec<(String, String)> {
        let mark = format!("name=\"_act\" value=\"{act}\"");
        let form = self
            .html
            .split("<form ")
            .skip(1)
            .map(|rest| rest.split("</form>").next().unwrap())
            .find(|form| form.contains(&mark))
            .unwrap_or_else(|| panic!("no form for {act}: {}", self.html));
        let mut pairs = Vec::new();
        for tag in form.split("<input ").skip(1).map(|rest| rest.split('>').next().unwrap()) {
            let is_sent = match () {
                () if tag.contains("type=\"checkbox\"") => tag.contains(" checked="),
                () => !tag.contains("type=\"file\""),
            };
            if !is_sent {
                continue;
            }
            pairs.push((attribute(tag, "name"), attribute(tag, "value")));
        }
        for part in form.split("<textarea ").skip(1) {
            let (tag, rest) = part.split_once('>').unwrap();
            pairs.push((attribute(tag, "name"), unescaped(rest.split("</textarea>").next().unwrap())));
        }
        for part in form.split("<select ").skip(1) {
            let (tag, rest) = part.split_once('>').unwrap();
            let options: Vec<&str> =
                rest.split("</select>").next().unwrap().split("<option ").skip(1).collect();
            let chosen = options.iter().find(|option| option.contains("selected=")).or(options.first());
            let value = chosen.map(|option| attribute(option, "value")).unwrap_or_default();
            pairs.push((attribute(tag, "name"), value));
        }
        pairs
    }
}

fn attribute(tag: &str, name: &str) -> String {
    let tag = format!(" {tag}");
    let Some((_, rest)) = tag.split_once(&format!(" {name}=\"")) else { return String::new() };
    unescaped(rest.split('"').next().unwrap())
}

fn unescaped(text: &str) -> String {
    let marks =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#x2f;", "/"), ("&amp;", "&")];
    marks.iter().fold(text.to_owned(), |text, (written, mark)| text.replace(written, mark))
}
