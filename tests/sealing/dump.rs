//! Everything that who holds the database can read, as bytes.

use std::fs;

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use diesel::prelude::*;
use diesel::sql_types::Text;

use crate::support::TestDatabase;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    text: String,
}

/// The whole database: the files of SQLite with its log, each table of PostgreSQL as text.
pub fn of(database: &TestDatabase) -> Vec<u8> {
    match database.url.strip_prefix("sqlite://") {
        Some(file) => ["", "-wal", "-shm"]
            .iter()
            .filter_map(|ending| fs::read(format!("{file}{ending}")).ok())
            .flatten()
            .collect(),
        None => postgres(&database.url),
    }
}

fn postgres(url: &str) -> Vec<u8> {
    let mut connection = PgConnection::establish(url).unwrap();
    let tables: Vec<Line> = diesel::sql_query(
        "SELECT quote_ident(table_name) AS text FROM information_schema.tables \
         WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1",
    )
    .load(&mut connection)
    .unwrap();
    assert!(tables.len() > 20, "the dump misses tables");
    let mut dump = String::new();
    for Line { text: table } in tables {
        let rows: Vec<Line> = diesel::sql_query(format!("SELECT t::text AS text FROM {table} t"))
            .load(&mut connection)
            .unwrap();
        rows.into_iter().for_each(|row| dump.push_str(&format!("{table}: {}\n", row.text)));
    }
    dump.into_bytes()
}

/// Whether a secret stands in bytes: as it is, in hexadecimal, or in base64 at any of its three places.
pub fn holds(bytes: &[u8], secret: &str) -> bool {
    let hex: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
    let mut forms = vec![secret.as_bytes().to_vec(), hex.into_bytes()];
    // How many of the first characters depend on what stands before the secret.
    for (shift, skipped) in [(0, 0), (1, 2), (2, 3)] {
        let shifted = [&vec![0; shift], secret.as_bytes()].concat();
        for encoded in [BASE64_STANDARD.encode(&shifted), BASE64_URL_SAFE_NO_PAD.encode(&shifted)] {
            // So does one that is not whole on what stands after it. Of the others none is left out: three characters
            // of a short secret stand in many a random key.
            let whole = shifted.len() * 8 / 6;
            forms.push(encoded.as_bytes()[skipped..whole].to_vec());
        }
    }
    forms.iter().any(|form| bytes.windows(form.len()).any(|window| window == form.as_slice()))
}

#[test]
fn a_secret_is_found_however_it_is_written() {
    let secret = "Zonnebloem en Zonen";
    let holding = [
        format!("x{secret}y").into_bytes(),
        BASE64_STANDARD.encode(format!("ab{secret}cde")).into_bytes(),
        BASE64_URL_SAFE_NO_PAD.encode(format!("a{secret}c")).into_bytes(),
        b"5a6f6e6e65626c6f656d20656e205a6f6e656e".to_vec(),
    ];
    assert!(holding.iter().all(|bytes| holds(bytes, secret)));
    assert!(!holds(b"Zonnebloem en Dochters", secret));
}
