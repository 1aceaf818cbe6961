//! Trede scores tender bids on price, quality and social value, and follows what was promised.
//!
//! Knowledge goes one way, from the top of this list to the bottom; `tests/architecture.rs` holds it:
//!
//! | floor          | knows                                  |
//! |----------------|----------------------------------------|
//! | `cli`          | startup, config, exchange, domain      |
//! | `startup`      | everything: the composition root       |
//! | `http`         | service, exchange, domain              |
//! | `service`      | storage, integrations, exchange, domain|
//! | `storage`      | domain; the only diesel                |
//! | `exchange`     | domain; the wire types                 |
//! | `domain`       | nothing of ours                        |
//!
//! `config`, `clock` and `identity` (tokens and their keys) are leaves: they know nothing of ours. `sealing`
//! (the cryptography of sealed bids) knows the domain, and the service knows it.

pub mod cli;
pub mod clock;
pub mod config;
pub mod domain;
pub mod exchange;
pub mod http;
pub mod identity;
pub mod integrations;
pub mod sealing;
pub mod service;
pub mod startup;
pub mod storage;
