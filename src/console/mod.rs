//! The console: pages for people, on the same service.
//!
//! A page reads with the operations of the API and a form sends one, in this very process, with the token of who
//! is logged in ([`inner`]). So a page can do what the API can, and nothing else: rights, rules and sums have one
//! home. What stands here is how things look: which operations a page asks ([`pages`]), how a form becomes
//! the JSON of a request ([`form`]), and the words in two languages ([`words`]).

mod act;
mod answer;
mod assets;
mod cookie;
mod document;
mod evidence;
mod fetched;
mod flat;
mod form;
mod form_view;
mod format;
mod handed;
mod inner;
pub mod issuer;
pub mod language;
mod login;
pub mod pages;
mod pdf;
mod picture;
mod place;
mod posted;
mod prepare;
mod read;
mod render;
mod serve;
mod shape;
mod templates;
mod typed;
mod visit;
pub mod words;

use std::rc::Rc;
use std::sync::Arc;

use actix_web::web::{self, Data, FormConfig, ServiceConfig, resource};

use crate::http::frame::body::ORDINARY;
use crate::http::state::AppState;

use crate::console::assets::Assets;
use crate::console::inner::Inner;
use crate::console::render::Renderer;

/// How people get in.
#[derive(Clone)]
pub enum Entrance {
    /// In a demonstration: a button for each role, with its token.
    Demo(Vec<DemoRole>),
    /// With an issuer whose tokens the API accepts.
    Issuer(Arc<dyn issuer::Provider>),
}

/// A role that a visitor of the demonstration can take.
#[derive(Clone, Debug)]
pub struct DemoRole {
    /// The role, by its code.
    pub role: String,
    /// The token that it has on the API.
    pub token: String,
}

/// What people meet: how they get in, and in which house style.
#[derive(Clone)]
pub struct Front {
    /// How they get in.
    pub entrance: Entrance,
    /// Design tokens (CSS) of the authority, in the place of ours; none: ours.
    pub theme: Option<String>,
}

impl From<Entrance> for Front {
    fn from(entrance: Entrance) -> Self {
        Self { entrance, theme: None }
    }
}

/// The pages, for as many workers as there are.
#[derive(Clone)]
pub struct Console(Arc<Shared>);

/// What all workers share.
struct Shared {
    state: Data<AppState>,
    entrance: Entrance,
    renderer: Renderer,
    assets: Arc<Assets>,
}

impl Console {
    /// Pages on this service.
    ///
    /// # Errors
    /// What is wrong with a template.
    pub fn new(state: Data<AppState>, front: impl Into<Front>) -> Result<Self, String> {
        let Front { entrance, theme } = front.into();
        let assets = Arc::new(Assets::with_theme(theme.as_deref()));
        let renderer = Renderer::new(&assets).map_err(|error| error.to_string())?;
        Ok(Self(Arc::new(Shared { state, entrance, renderer, assets })))
    }

    /// Adds the pages to the routes of the service.
    pub fn routes(&self, config: &mut ServiceConfig) {
        config
            .app_data(Rc::new(Inner::new(self.0.state.clone())))
            .app_data(self.clone())
            .app_data(FormConfig::default().limit(ORDINARY))
            .service(resource("/assets/{name}").route(web::get().to(assets::get)))
            .service(resource("/login").route(web::get().to(login::page)).route(web::post().to(login::enter)))
            .service(resource("/callback").route(web::get().to(issuer::back)))
            .service(resource("/logged-out").route(web::get().to(login::logged_out)))
            .service(resource("/logout").route(web::post().to(login::leave)))
            .service(resource("/language").route(web::post().to(login::choose_language)));
        config.service(resource(picture::YEAR).route(web::get().to(picture::year)));
        config.service(resource(handed::TEMPLATE).route(web::get().to(handed::template)));
        config.service(resource(handed::EXPORT).route(web::get().to(handed::export)));
        config.service(resource(evidence::PATH).route(web::get().to(evidence::show)));
        config.configure(pdf::routes);
        for page in pages::all() {
            config.service(
                resource(page.path)
                    .app_data(page)
                    .route(web::get().to(serve::show))
                    .route(web::post().to(serve::act)),
            );
        }
        config.default_service(web::route().to(serve::nothing_here));
    }
}
