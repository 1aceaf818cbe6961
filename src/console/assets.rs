//! Style, letters and script, under names that change with what is in them: a browser keeps them for a year.

use std::io::Write;

use actix_web::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, VARY};
use actix_web::{HttpRequest, HttpResponse};
use flate2::Compression;
use flate2::write::GzEncoder;

use super::Console;
use trede_wire::canonical::sha256_hex;

/// The file of design tokens, which an authority can replace.
const THEME: &str = "theme.css";

/// The engine for browsers; empty where the program was built without one.
const ENGINE: &str = "engine.wasm";

/// A file that pages load.
struct Asset {
    /// Its own name.
    name: &'static str,
    media_type: &'static str,
    bytes: &'static [u8],
}

const ASSETS: [Asset; 8] = [
    Asset {
        name: "theme.css",
        media_type: "text/css; charset=utf-8",
        bytes: include_bytes!("../../assets/console/theme.css"),
    },
    Asset {
        name: "utrecht.css",
        media_type: "text/css; charset=utf-8",
        bytes: include_bytes!("../../assets/console/utrecht.css"),
    },
    Asset {
        name: "console.css",
        media_type: "text/css; charset=utf-8",
        bytes: include_bytes!("../../assets/console/console.css"),
    },
    Asset {
        name: "console.js",
        media_type: "text/javascript; charset=utf-8",
        bytes: include_bytes!("../../assets/console/console.js"),
    },
    Asset {
        name: "score.js",
        media_type: "text/javascript; charset=utf-8",
        bytes: include_bytes!("../../assets/console/score.js"),
    },
    Asset {
        name: ENGINE,
        media_type: "application/wasm",
        bytes: include_bytes!(concat!(env!("OUT_DIR"), "/engine.wasm")),
    },
    Asset {
        name: "noto-sans-400.woff2",
        media_type: "font/woff2",
        bytes: include_bytes!("../../assets/console/noto-sans-400.woff2"),
    },
    Asset {
        name: "noto-sans-700.woff2",
        media_type: "font/woff2",
        bytes: include_bytes!("../../assets/console/noto-sans-700.woff2"),
    },
];

/// An asset as it is served.
struct Served {
    own_name: &'static str,
    /// `console.0123456789abcdef.css`.
    name: String,
    media_type: &'static str,
    bytes: Vec<u8>,
    gzipped: Option<Vec<u8>>,
}

/// Every asset as this console serves it.
pub(super) struct Assets(Vec<Served>);

impl Assets {
    /// The assets, with the house style of an authority in the place of ours where it gave one: a file of design
    /// tokens (CSS).
    pub(super) fn with_theme(theme: Option<&str>) -> Self {
        let fonts: Vec<Served> = ASSETS
            .iter()
            .filter(|it| it.name.ends_with("woff2"))
            .map(|it| serve(it, it.bytes, &[]))
            .collect();
        let others = ASSETS.iter().filter(|it| !it.name.ends_with("woff2"));
        let others: Vec<Served> = others
            .map(|it| match theme {
                Some(theme) if it.name == THEME => serve(it, theme.as_bytes(), &fonts),
                _ => serve(it, it.bytes, &fonts),
            })
            .collect();
        Self(others.into_iter().chain(fonts).collect())
    }

    /// Whether the engine is there to run in a browser.
    pub(super) fn has_engine(&self) -> bool {
        self.0.iter().any(|it| it.own_name == ENGINE && !it.bytes.is_empty())
    }

    /// The path under which the asset of that name is served.
    pub(super) fn path(&self, own_name: &str) -> Option<String> {
        self.0.iter().find(|it| it.own_name == own_name).map(|it| format!("/assets/{}", it.name))
    }
}

/// The asset, with the names that other assets are served under in the place of their own.
fn serve(asset: &Asset, bytes: &[u8], named: &[Served]) -> Served {
    let bytes = match std::str::from_utf8(bytes) {
        Ok(text) => {
            let text = named.iter().fold(text.to_owned(), |text, it| text.replace(it.own_name, &it.name));
            text.into_bytes()
        }
        Err(_) => bytes.to_vec(),
    };
    let hash = sha256_hex(&bytes);
    let (stem, ending) = asset.name.rsplit_once('.').unwrap_or((asset.name, ""));
    let name = format!("{stem}.{}.{ending}", hash.get(..16).unwrap_or_default());
    let gzipped = if ending == "woff2" { None } else { gzip(&bytes) };
    Served { own_name: asset.name, name, media_type: asset.media_type, bytes, gzipped }
}

fn gzip(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok()
}

/// Serves an asset.
pub(super) async fn get(request: HttpRequest) -> HttpResponse {
    let asked = request.match_info().get("name").unwrap_or_default();
    let console = request.app_data::<Console>();
    let served = console.map(|console| console.shared().assets.0.as_slice()).unwrap_or_default();
    let Some(asset) = served.iter().find(|it| it.name == asked) else {
        return HttpResponse::NotFound().finish();
    };
    let accepts = request.headers().get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    let gzipped = asset.gzipped.as_ref().filter(|_| accepts.is_some_and(|accepts| accepts.contains("gzip")));
    let mut answer = HttpResponse::Ok();
    answer
        .content_type(asset.media_type)
        .insert_header((CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((VARY, "accept-encoding"));
    match gzipped {
        Some(bytes) => answer.insert_header((CONTENT_ENCODING, "gzip")).body(bytes.clone()),
        None => answer.body(asset.bytes.clone()),
    }
}
