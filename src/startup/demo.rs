//! The demo: example tenders, evaluated and stored in a temporary database, served to whoever looks
//! around on this machine, with a key that exists in this process only.

use std::collections::BTreeMap;
use std::net::{SocketAddr, TcpListener};
use std::num::NonZeroUsize;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use tempfile::TempDir;
use thiserror::Error;

use super::logs::write_logs;
use super::{Listeners, StartError, run_with_console, sealing, state};
use crate::console::{DemoRole, Entrance, Front};
use crate::http::state::AppState;
use crate::identity::claims::{Audience, Claims};
use crate::identity::keys::{KeyError, parse_keys};
use crate::identity::signer::{SignerError, TokenSigner};
use crate::identity::verifier::TokenVerifier;
use crate::startup::demonstration::{self, Played, Stage};
use crate::startup::demonstration_contract;
use trede_base::ids::{MalformedId, MunicipalityId};
use trede_base::record::Version;
use trede_formats::contract_example::ContractExample;
use trede_model::frame::role::Role;
use trede_model::telling::open_data::OpenDataChoice;
use trede_sealing::keyring::SealingKeys;
use trede_service::Services;
use trede_service::clock::{Clock, SystemClock, fresh_uuid};
use trede_service::frame::actor::{Actor, RequestOrigin};
use trede_service::frame::error::ServiceError;
use trede_service::frame::municipalities::{self, NewMunicipality};
use trede_service::telling::{open_data, open_years};
use trede_store::frame::connection::{Db, PoolOptions};
use trede_wire::score_file::{
    AssessmentInput, CallOffInput, FrameworkAgreementInput, ScoreCombinationInput, ScoreFile, WinnersInput,
};
use trede_wire::social_return_policy::PolicyInput;

const ISSUER: &str = "urn:trede:demo";
const AUDIENCE: &str = "trede";
const KID: &str = "demo";
/// How long the tokens are valid.
const TOKENS_FOR: TimeDelta = TimeDelta::hours(12);
/// Bids of a tender that names no closing date were due so long ago, and are evaluated since.
const DUE_BEFORE: TimeDelta = TimeDelta::days(30);
/// Two municipalities that do not exist, under codes that Statistics Netherlands has not given out.
const MUNICIPALITIES: [(&str, &str); 2] = [("gm9901", "Voorbeeldstad"), ("gm9902", "Proefdam")];
/// The contract that is followed, with its policy.
pub type Followed<'a> = (&'a PolicyInput, &'a ContractExample);

/// Two operators who take turns, and one that stands by.
const AGREEMENT: WinnersInput = WinnersInput {
    maximum: 2,
    reserves: 1,
    framework_agreement: Some(FrameworkAgreementInput { call_off: Some(CallOffInput::Rotation) }),
};

/// The organisation of the demo's bidder and contractor: the first bidder of each example.
const KVK: &str = "90000001";
const WORKERS: NonZeroUsize = NonZeroUsize::MIN;

/// Why there is no demo.
#[derive(Debug, Error)]
pub enum DemoError {
    /// The service does not start.
    #[error(transparent)]
    Start(#[from] StartError),
    /// An example does not hold.
    #[error("the examples: {0}")]
    Examples(#[from] ServiceError),
    /// The demo's own key cannot be made.
    #[error(transparent)]
    Signer(#[from] SignerError),
    /// The demo's own key cannot be read.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A built-in identifier is malformed.
    #[error(transparent)]
    Id(#[from] MalformedId),
    /// No folder, or the address is taken.
    #[error("{0}")]
    Io(#[from] std::io::Error),
}

/// A demo that is ready to be served. Its data go when it is dropped.
pub struct Demo {
    /// What there is to look at.
    pub guide: Guide,
    state: AppState,
    listener: TcpListener,
    _folder: TempDir,
}

/// What there is to look at, and with which tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guide {
    /// Where it is served.
    pub url: String,
    /// The tenders.
    pub tenders: Vec<DemoTender>,
    /// The contract whose social return is followed.
    pub contract: DemoContract,
    /// A token for each role.
    pub tokens: Vec<(Role, String)>,
}

/// A tender of the demo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoTender {
    /// Its title.
    pub title: String,
    /// Where it is.
    pub url: String,
    /// Where the evaluations of its lots are.
    pub evaluations: Vec<String>,
}

/// The contract of the demo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoContract {
    /// Its title.
    pub title: String,
    /// Where it is.
    pub url: String,
    /// Where it stands among all running contracts of its municipality.
    pub portfolio: String,
}

/// Stores the tenders, evaluated, and the contract in a temporary database, and takes the address.
///
/// # Errors
/// [`DemoError`].
pub fn prepare(
    tenders: &[ScoreFile],
    (policy, example): Followed<'_>,
    bind: SocketAddr,
) -> Result<Demo, DemoError> {
    let _traces = write_logs("warn", None)?;
    crate::identity::install_crypto();
    let listener = TcpListener::bind(bind)?;
    let url = format!("http://{}", listener.local_addr()?);
    let folder = TempDir::new()?;
    let database = format!("sqlite://{}", folder.path().join("demo.db").display());
    let db = Db::open(&database, PoolOptions::default()).map_err(StartError::from)?;
    db.migrate().map_err(StartError::from)?;
    // The demo's own key, beside its database; both go with it.
    let key_file = folder.path().join("sealing.keys");
    std::fs::write(&key_file, sealing::fresh_key(KID)?)?;
    let sealing_keys = SealingKeys::File(key_file);
    let clock = Arc::new(SystemClock);
    let municipalities = register(&Services::new(db.clone(), clock.clone()))?;
    let mut shown = Vec::with_capacity(tenders.len());
    for (file, (id, name)) in tenders.iter().zip(municipalities.iter().cycle()) {
        let mut file = file.clone();
        file.tender.buyer = Some(format!("Gemeente {name}"));
        let played = demonstration::play((&db, &sealing_keys), *id, &file, clock.now() - DUE_BEFORE)?;
        shown.push(demo_tender(&url, *id, &file, &played));
    }
    let id: MunicipalityId = MUNICIPALITIES[0].0.parse()?;
    let contract = demonstration_contract::play(&db, id, policy, example)?;
    demonstration_contract::play_others(&db, id, example)?;
    play_stages((&db, &sealing_keys), id, tenders, clock.now())?;
    open_to_anybody(&Services::new(db.clone(), clock.clone()), id)?;
    let base = format!("{url}/v1/municipalities/{id}");
    let contract = DemoContract {
        title: example.terms.title.clone().unwrap_or_default(),
        url: format!("{base}/contracts/{contract}"),
        portfolio: format!("{base}/portfolio"),
    };
    let signer = TokenSigner::generate(KID)?;
    let keys = parse_keys(&signer.public_jwks()?)?;
    let verifier = TokenVerifier::new(AUDIENCE.to_owned(), BTreeMap::from([(ISSUER.to_owned(), keys)]));
    let mut state = state(db, verifier, clock, &format!("{url}/v1"));
    state.services = state.services.with_sealing_keys(sealing_keys);
    let guide = Guide { url, tenders: shown, contract, tokens: tokens(&signer)? };
    Ok(Demo { guide, state, listener, _folder: folder })
}

/// Lets anybody see the published tenders, try a bid on them, check an outcome and see what a year came to.
fn open_to_anybody(services: &Services, id: MunicipalityId) -> Result<(), DemoError> {
    let administrator = Actor {
        subject: "beheerder".to_owned(),
        client: Some(KID.to_owned()),
        roles: [Role::Administrator].into(),
        municipalities: [id].into(),
        kvk: None,
        origin: RequestOrigin::own(fresh_uuid()),
    };
    // The prefix that the Open Contracting Partnership uses in its own examples.
    let choice = OpenDataChoice {
        is_open: true,
        ocid_prefix: "ocds-213czf".parse().ok(),
        ..OpenDataChoice::default()
    };
    open_data::update_settings(services, &administrator, id, Version(0), &choice)?;
    open_years::update_settings(services, &administrator, id, Version(0), true)?;
    Ok(())
}

/// Tenders that are not as far as the examples: one in each stage before and after an evaluation.
fn play_stages(
    store: (&Db, &SealingKeys),
    id: MunicipalityId,
    examples: &[ScoreFile],
    now: DateTime<Utc>,
) -> Result<(), DemoError> {
    let stages = [
        (0, Stage::Draft, "Groenonderhoud sportparken", TimeDelta::days(35)),
        (1, Stage::Published, "Leerlingenvervoer 2027-2030", TimeDelta::days(12)),
        (0, Stage::Closed, "Onderhoud begraafplaatsen", TimeDelta::hours(-3)),
        (0, Stage::HalfScored, "Wijkonderhoud Zuid en West", TimeDelta::days(-4)),
        (0, Stage::Proposed, "Bomen en plantsoenen", TimeDelta::days(-24)),
        (1, Stage::Awarded, "Schoonmaak wijkgebouwen", TimeDelta::days(-60)),
        (0, Stage::Ordered, "Raamovereenkomst klein groenonderhoud", TimeDelta::days(-60)),
    ];
    for (number, (example, stage, title, due)) in stages.into_iter().enumerate() {
        let Some(mut file) = examples.get(example).cloned() else { continue };
        file.tender.title = Some(title.to_owned());
        file.tender.reference = Some(format!("DEMO-{:02}", number + 1));
        file.tender.buyer = Some("Gemeente Voorbeeldstad".to_owned());
        file.tender.bids_due_on = None;
        file.tender.awarded_on = None;
        file.lots.truncate(1);
        if stage == Stage::HalfScored {
            for lot in &mut file.lots {
                lot.award_model.assessment = Some(AssessmentInput {
                    combine: ScoreCombinationInput::Consensus,
                    flag_spread_above: None,
                    decimals: None,
                    mode: None,
                });
            }
        }
        if stage == Stage::Ordered {
            for lot in &mut file.lots {
                lot.award_model.winners = Some(AGREEMENT);
            }
        }
        demonstration::play_until(store, id, (&file, stage), now + due)?;
    }
    Ok(())
}

impl Demo {
    /// Serves until the process is told to stop, with these design tokens (CSS) where there are some.
    ///
    /// # Errors
    /// [`DemoError::Start`].
    pub fn serve(self, theme: Option<String>) -> Result<(), DemoError> {
        let role = |(role, token): &(Role, String)| DemoRole { role: role.to_string(), token: token.clone() };
        let entrance = Entrance::Demo(self.guide.tokens.iter().map(role).collect());
        let listeners = Listeners { api: self.listener, metrics: None };
        let front = Front { entrance, theme };
        Ok(run_with_console(listeners, self.state, WORKERS, front)?)
    }
}

fn register(services: &Services) -> Result<Vec<(MunicipalityId, &'static str)>, DemoError> {
    let operator = Actor {
        subject: "beheerder".to_owned(),
        client: Some(KID.to_owned()),
        roles: [Role::Operator].into(),
        municipalities: [].into(),
        kvk: None,
        origin: RequestOrigin::own(fresh_uuid()),
    };
    let mut registered = Vec::with_capacity(MUNICIPALITIES.len());
    for (code, name) in MUNICIPALITIES {
        let new = NewMunicipality { id: code.parse()?, name: name.to_owned(), oin: None };
        registered.push((municipalities::register(services, &operator, new)?.id, name));
    }
    Ok(registered)
}

fn demo_tender(url: &str, municipality: MunicipalityId, file: &ScoreFile, played: &Played) -> DemoTender {
    let base = format!("{url}/v1/municipalities/{municipality}");
    let evaluations =
        played.lots.iter().map(|lot| format!("{base}/{}/evaluations/{}", lot.at, lot.evaluation));
    DemoTender {
        title: file.tender.title.clone().unwrap_or_default(),
        url: format!("{base}/tenders/{}", played.tender),
        evaluations: evaluations.collect(),
    }
}

fn tokens(signer: &TokenSigner) -> Result<Vec<(Role, String)>, SignerError> {
    let now = SystemClock.now();
    let token = |role: Role, subject: String| {
        let for_one = matches!(role, Role::Bidder | Role::Contractor);
        let claims = Claims {
            iss: ISSUER.to_owned(),
            sub: subject,
            aud: Audience::One(AUDIENCE.to_owned()),
            exp: (now + TOKENS_FOR).timestamp(),
            nbf: Some(now.timestamp()),
            azp: Some(KID.to_owned()),
            client_id: None,
            roles: vec![role.to_string()],
            municipalities: MUNICIPALITIES.iter().map(|(code, _)| (*code).to_owned()).collect(),
            kvk: for_one.then(|| KVK.to_owned()),
        };
        Ok((role, signer.sign(&claims)?))
    };
    let one_of_each = Role::ALL.iter().map(|role| token(*role, format!("demo-{role}")));
    // Two people open.
    one_of_each.chain([token(Role::Opener, "demo-opener-2".to_owned())]).collect()
}
