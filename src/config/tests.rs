use std::ffi::OsString;

use secrecy::ExposeSecret;

use super::*;

/// The configuration by these variables, whatever the environment of the test holds.
fn config(variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
    let arguments = variables.iter().map(|(variable, value)| {
        let name = variable.strip_prefix("TREDE_").unwrap_or(variable).to_lowercase().replace('_', "-");
        format!("--{name}={value}")
    });
    environment::read(arguments.map(OsString::from))
}

#[test]
fn without_variables_it_listens_on_the_machine_itself_and_stores_in_a_file() {
    let config = config(&[]).unwrap();
    assert_eq!(config.database_url.expose_secret(), "sqlite://trede.db");
    assert_eq!(config.bind.to_string(), "127.0.0.1:8080");
    assert_eq!(config.tokens.audience, "trede");
    assert!(config.tokens.issuers.is_empty());
    assert!(!config.events.allows_private);
    assert!(!config.behind_tls());
}

#[test]
fn issuers_are_read_with_their_files() {
    let config =
        config(&[("TREDE_JWT_ISSUERS", "https://login.example.nl/?realm=a=keys/a.json, urn:b=b.pem")])
            .unwrap();
    assert_eq!(
        config.tokens.issuers,
        [
            ("https://login.example.nl/?realm=a".to_owned(), "keys/a.json".into()),
            ("urn:b".to_owned(), "b.pem".into()),
        ]
    );
}

#[test]
fn an_unfit_value_is_named_with_what_fits() {
    for (variable, value) in [
        ("TREDE_BIND", "8080"),
        ("TREDE_WORKERS", "0"),
        ("TREDE_PUBLIC_URL", "trede.example.nl"),
        ("TREDE_JWT_ISSUERS", "https://login.example.nl"),
        ("TREDE_METRICS_BIND", "9090"),
        ("TREDE_EVENT_DAYS", "-1"),
        ("TREDE_WEBHOOK_PRIVATE", "yes"),
        ("TREDE_RATE_LIMIT", "0"),
        ("TREDE_RATE_LIMIT_ADDRESS", "many"),
        ("TREDE_CORS_ORIGINS", "*"),
        ("TREDE_CORS_ORIGINS", "https://inkoop.example.nl/"),
        ("TREDE_SECURITY_CONTACT", "security@example.nl"),
        ("TREDE_IDEMPOTENCY_HOURS", "0"),
    ] {
        let error = config(&[(variable, value)]).unwrap_err().to_string();
        assert!(error.starts_with(&format!("{variable}={value}: ")), "{error}");
    }
}

#[test]
fn requests_are_limited_unless_that_is_switched_off() {
    let usual = config(&[]).unwrap().protection;
    assert_eq!(usual.requests_per_caller.unwrap().get(), 600);
    assert_eq!(usual.requests_per_address.unwrap().get(), 3000);
    let off = config(&[("TREDE_RATE_LIMIT", "off"), ("TREDE_RATE_LIMIT_ADDRESS", "off")]).unwrap().protection;
    assert_eq!((off.requests_per_caller, off.requests_per_address), (None, None));
}

#[test]
fn tenderned_is_asked_only_where_it_is_configured() {
    assert!(config(&[("TREDE_TENDERNED_USER", "trede")]).unwrap().tenderned.url.is_none());
    let url = ("TREDE_TENDERNED_URL", "https://tenderned.example.nl/v2");
    assert!(config(&[url]).unwrap().tenderned.account().is_none());
    let account = [url, ("TREDE_TENDERNED_USER", "trede"), ("TREDE_TENDERNED_PASSWORD", "geheim")];
    let config = config(&account).unwrap();
    assert!(!format!("{config:?}").contains("geheim"));
    assert_eq!(config.tenderned.account().unwrap().0, "trede");
}

#[test]
fn the_trade_register_is_not_asked_without_a_key() {
    assert!(config(&[("TREDE_KVK_KEY", "geheim")]).unwrap().kvk.access().unwrap().is_none());
    let url = ("TREDE_KVK_URL", "https://api.kvk.nl/test/api");
    let lacking = config(&[url]).unwrap();
    assert!(lacking.kvk.access().unwrap_err().to_string().contains("TREDE_KVK_KEY"));
    let config = config(&[url, ("TREDE_KVK_KEY", "geheim")]).unwrap();
    assert!(!format!("{config:?}").contains("geheim"));
}

#[test]
fn the_database_url_does_not_reach_a_debug_print() {
    let config = config(&[("DATABASE_URL", "postgres://trede:geheim@db/trede")]).unwrap();
    assert!(!format!("{config:?}").contains("geheim"));
}
