//! What the pages cost, on the data of the demonstration: each page that its people can reach from their first page,
//! beside what it reads over the API.
//!
//! ```text
//! cargo bench --bench pages
//! ```
//!
//! | what                                            | bound                                                   |
//! |-------------------------------------------------|---------------------------------------------------------|
//! | a page, 95 of 100 times                         | 100 ms                                                  |
//! | a page beside what it reads, each read by itself | 3 times as long                                        |
//! | a first visit: page, style, letters and script  | 150 kB over the wire                                    |
//!
//! Ends with an error when one does not hold.

// A benchmark may panic: that is how it fails.
#![allow(
    clippy::as_conversions,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::header::{ACCEPT_ENCODING, COOKIE, LOCATION, ORIGIN, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, Response};
use serde_json::{Value, json};
use trede::console::pages::{Page, all};

const ROUNDS: usize = 40;
const MOST_MILLISECONDS: f64 = 100.0;
const MOST_TIMES: f64 = 3.0;
const MOST_FIRST_VISIT: usize = 150_000;
/// The ids of what there is many of: one page of each kind is timed.
const MUNICIPALITY: &str = "/gm9901";

/// The demonstration; it ends with the benchmark.
struct Demo(Child);

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn main() -> ExitCode {
    // `cargo test --benches` runs this too; without the word from `cargo bench` there is nothing to measure.
    if !std::env::args().any(|argument| argument == "--bench") {
        return ExitCode::SUCCESS;
    }
    let mut demo = Demo(
        Command::new(env!("CARGO_BIN_EXE_trede"))
            .args(["demo", "--json", "--bind", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap(),
    );
    let mut line = String::new();
    BufReader::new(demo.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let guide: Value = serde_json::from_str(&line).unwrap();
    actix_web::rt::System::new().block_on(measure(&guide))
}

/// A role with a log-in, and with its token.
struct Visitor<'a> {
    client: &'a Client,
    base: &'a str,
    cookie: String,
    token: String,
}

impl Visitor<'_> {
    async fn page(&self, path: &str) -> Response {
        let asked = self.client.get(format!("{}{path}", self.base)).header(COOKIE, &self.cookie);
        asked.send().await.unwrap()
    }

    async fn json(&self, path: &str) -> Response {
        let asked = self.client.get(format!("{}{path}", self.base)).bearer_auth(&self.token);
        asked.send().await.unwrap()
    }
}

/// In by the button of that number, where there is one.
async fn enter(client: &Client, base: &str, button: usize) -> Option<String> {
    let form = [("role", button.to_string())];
    let asked = client.post(format!("{base}/login")).header(ORIGIN, base).form(&form).send().await.unwrap();
    let cookie = asked.headers().get(SET_COOKIE)?.to_str().unwrap();
    Some(cookie.split(';').next().unwrap().to_owned())
}

/// Whose token it is.
fn subject(token: &str) -> String {
    let claims = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
    serde_json::from_slice::<Value>(&claims).unwrap()["sub"].as_str().unwrap().to_owned()
}

/// Everybody of the demonstration, with a log-in and a token, by name.
async fn visitors<'a>(client: &'a Client, base: &'a str, guide: &Value) -> BTreeMap<String, Visitor<'a>> {
    let lists = guide["tokens"].as_object().unwrap().values();
    let tokens: Vec<&str> =
        lists.flat_map(|list| list.as_array().unwrap()).filter_map(Value::as_str).collect();
    let mut found = BTreeMap::new();
    for button in 0..tokens.len() {
        let cookie = enter(client, base, button).await.unwrap();
        let home = client.get(format!("{base}{MUNICIPALITY}")).header(COOKIE, &cookie);
        let html = home.send().await.unwrap().text().await.unwrap();
        let shown = |token: &&&str| html.contains(&format!("\"trede-me\">{}<", subject(token)));
        let token = tokens.iter().find(shown).unwrap_or_else(|| panic!("who is behind button {button}?"));
        found.insert(subject(token), Visitor { client, base, cookie, token: (*token).to_owned() });
    }
    found
}

async fn measure(guide: &Value) -> ExitCode {
    let base = guide["url"].as_str().unwrap();
    let client = Client::builder().redirect(Policy::none()).build().unwrap();
    let mut timed = BTreeSet::new();
    let mut holds = first_visit(&client, base).await;
    println!("{:52} {:>6} {:>9} {:>9} {:>7}", "page", "who", "p50 ms", "p95 ms", "reads");
    for (name, visitor) in visitors(&client, base, guide).await {
        for (page, path) in reached(&visitor).await {
            if timed.insert(page.path) {
                holds &= one(&visitor, &name, page, &path).await;
            }
        }
    }
    println!("{} pages", timed.len());
    if holds && timed.len() > 25 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The pages that can be reached from the first one by links, one address of each.
async fn reached(visitor: &Visitor<'_>) -> Vec<(&'static Page, String)> {
    let mut found: BTreeMap<&str, (&'static Page, String)> = BTreeMap::new();
    let mut open = vec![MUNICIPALITY.to_owned()];
    let mut seen = BTreeSet::new();
    while let Some(path) = open.pop() {
        let Some(page) = all().find(|page| fits(page.path, &path)) else { continue };
        if found.contains_key(page.path) || !seen.insert(path.clone()) {
            continue;
        }
        let answer = visitor.page(&path).await;
        if answer.status() != 200 {
            continue;
        }
        found.insert(page.path, (page, path));
        let html = answer.text().await.unwrap().replace("&#x2f;", "/");
        let links = html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        open.extend(links.filter(|link| link.starts_with('/')).map(|link| link.replace("&amp;", "&")));
    }
    found.into_values().collect()
}

/// Whether a path is one of a page.
fn fits(page: &str, path: &str) -> bool {
    let path = path.split(['?', '#']).next().unwrap();
    page.split('/').count() == path.split('/').count()
        && page.split('/').zip(path.split('/')).all(|(part, own)| part.starts_with('{') || part == own)
}

/// The addresses of all that a page reads, as they follow from each other.
async fn reads(visitor: &Visitor<'_>, page: &Page, path: &str) -> Vec<String> {
    let path = path.split(['?', '#']).next().unwrap();
    let mut known = json!({"query": {}, "language": "nl", "me": {"subject": subject(&visitor.token)}});
    for (part, own) in page.path.split('/').zip(path.split('/')) {
        if let Some(name) = part.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            known[name] = own.into();
        }
    }
    let mut asked = Vec::new();
    for read in page.reads {
        let items: Vec<Value> = match read.each {
            None => vec![Value::Null],
            Some(list) => {
                known.pointer(&format!("/{list}")).and_then(Value::as_array).cloned().unwrap_or_default()
            }
        };
        for item in &items {
            let Some(address) = read.address(&known, item) else { continue };
            let text = visitor.json(&address).await.text().await.unwrap();
            asked.push(address);
            if read.each.is_none() {
                known[read.name] = serde_json::from_str(&text).unwrap_or_default();
            }
        }
    }
    asked
}

async fn one(visitor: &Visitor<'_>, role: &str, page: &Page, path: &str) -> bool {
    let (mut pages, mut apart) = (Vec::new(), Vec::new());
    let reads = reads(visitor, page, path).await;
    for _ in 0..ROUNDS {
        let started = Instant::now();
        visitor.page(path).await.bytes().await.unwrap();
        pages.push(started.elapsed());
        let started = Instant::now();
        for read in &reads {
            visitor.json(read).await.bytes().await.unwrap();
        }
        apart.push(started.elapsed());
    }
    let (half, most) = (share(&mut pages, 50), share(&mut pages, 95));
    let times = half / share(&mut apart, 50);
    let is_compared = !reads.is_empty();
    println!(
        "{:52} {role:>6.6} {half:9.1} {most:9.1} {}",
        page.path,
        if is_compared { format!("{times:6.2}×") } else { "      –".to_owned() }
    );
    most <= MOST_MILLISECONDS && (!is_compared || times <= MOST_TIMES)
}

/// In milliseconds.
fn share(times: &mut [Duration], percent: usize) -> f64 {
    times.sort_unstable();
    times[(times.len() * percent / 100).min(times.len() - 1)].as_secs_f64() * 1000.0
}

/// What a browser fetches that was never here: the first page and all that it names.
async fn first_visit(client: &Client, base: &str) -> bool {
    let get = |path: String| client.get(format!("{base}{path}")).header(ACCEPT_ENCODING, "gzip").send();
    let mut first = get("/".to_owned()).await.unwrap();
    while let Some(on) = first.headers().get(LOCATION).map(|on| on.to_str().unwrap().to_owned()) {
        first = get(on).await.unwrap();
    }
    let html = first.text().await.unwrap().replace("&#x2f;", "/");
    let mut names: BTreeSet<String> = html
        .split("\"/assets/")
        .skip(1)
        .filter_map(|rest| Some(rest.split('"').next()?.to_owned()))
        .collect();
    let mut bytes = html.len();
    for name in names.clone() {
        let style = client.get(format!("{base}/assets/{name}")).send().await.unwrap().text().await.unwrap();
        let named = style.split("url(").skip(1).filter_map(|rest| rest.split(')').next());
        names.extend(
            named.map(|name| name.trim_matches(['"', '\'']).trim_start_matches("/assets/").to_owned()),
        );
    }
    for name in names.iter().filter(|name| !name.starts_with("data:")) {
        let asset = get(format!("/assets/{name}")).await.unwrap();
        if asset.status() == 200 {
            bytes += asset.bytes().await.unwrap().len();
        }
    }
    println!("a first visit: {} kB with {} files", bytes / 1000, names.len());
    bytes <= MOST_FIRST_VISIT
}
