//! Events as they cross the border: CloudEvents 1.0 after the Dutch government's profile (NL GOV profile for
//! CloudEvents 1.1), thin: they say what happened to what, and where to read it.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use trede_model::telling::event::Event;
use trede_model::trust::audit::AuditScope;

/// The name of this system in the source of events.
const SYSTEM: &str = "trede";

/// Something that happened (gebeurtenis), as a CloudEvent in structured mode. It tells what happened to what; the
/// resource itself, which `dataref` leads to, is read with the rights of who reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({
    "specversion": "1.0",
    "id": "0190a5c8-0000-8000-8000-000000000001",
    "source": "urn:nld:oin:00000001002220647000:systeem:trede",
    "type": "nl.trede.lot.opened",
    "subject": "tenders/0190a5c8-0000-7000-8000-000000000001/lots/0190a5c8-0000-7000-8000-000000000002",
    "time": "2026-04-01T10:05:00Z",
    "sequence": "0000000000000000042",
    "dataref": "https://trede.example.nl/v1/municipalities/gm0344/tenders/0190a5c8-0000-7000-8000-000000000001/lots/0190a5c8-0000-7000-8000-000000000002"
}))]
pub struct CloudEvent {
    /// The version of CloudEvents (versie).
    specversion: &'static str,
    /// The event's id (kenmerk); who is told twice knows it by this.
    #[schema(format = Uuid)]
    id: String,
    /// Whose system it happened in (bron): a URN with the municipality's OIN.
    #[schema(format = "uri")]
    source: String,
    /// What happened (soort gebeurtenis).
    #[serde(rename = "type")]
    kind: &'static str,
    /// What it happened to (onderwerp), as a path below the municipality.
    subject: String,
    /// When (tijdstip).
    time: DateTime<Utc>,
    /// Its place among the events of the municipality (volgnummer); later events have a greater one.
    #[schema(pattern = "^[0-9]{19}$")]
    sequence: String,
    /// Where the subject can be read (verwijzing).
    #[schema(format = "uri-reference")]
    dataref: String,
}

impl CloudEvent {
    /// The event at its place in the order. `oin` is the municipality's; `server` is where the API is reached,
    /// up to and with its version, and empty when the world's name for it is not known.
    #[must_use]
    pub fn of(event: &Event, position: i64, oin: Option<&str>, server: &str) -> Self {
        Self {
            specversion: "1.0",
            id: event.id.to_string(),
            source: source(event.scope, oin),
            kind: event.kind.code(),
            subject: event.subject.clone(),
            time: event.at,
            sequence: format!("{position:019}"),
            dataref: match event.scope.municipality() {
                None => format!("{server}/{}", event.subject),
                Some(id) => format!("{server}/municipalities/{id}/{}", event.subject),
            },
        }
    }
}

/// The source as the profile writes it; a municipality whose OIN is not known by its CBS code.
fn source(scope: AuditScope, oin: Option<&str>) -> String {
    match (scope.municipality(), oin) {
        (Some(_), Some(oin)) => format!("urn:nld:oin:{oin}:systeem:{SYSTEM}"),
        (Some(id), None) => format!("urn:nld:gemeentecode:{id}:systeem:{SYSTEM}"),
        (None, _) => format!("urn:nld:landelijk:systeem:{SYSTEM}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use trede_base::ids::Id;
    use trede_model::telling::event::EventKind;

    #[test]
    fn an_event_is_thin_and_names_its_source_by_oin() {
        let event = Event {
            id: Id::derived(&[b"one"]),
            scope: AuditScope::Municipality("gm0344".parse().unwrap()),
            kind: EventKind::LotOpened,
            subject: "tenders/1/lots/2".to_owned(),
            at: "2026-04-01T10:05:00Z".parse().unwrap(),
            data: r#"{"state": "opened"}"#.to_owned(),
            request_id: uuid::Uuid::nil(),
        };
        let wire = CloudEvent::of(&event, 42, Some("00000001002220647000"), "https://trede.example.nl/v1");
        let wire = serde_json::to_value(wire).unwrap();
        assert_eq!(wire["source"], "urn:nld:oin:00000001002220647000:systeem:trede");
        assert_eq!(wire["type"], "nl.trede.lot.opened");
        assert_eq!(wire["sequence"], "0000000000000000042");
        assert_eq!(wire["dataref"], "https://trede.example.nl/v1/municipalities/gm0344/tenders/1/lots/2");
        assert!(wire.get("data").is_none());
        let unknown = serde_json::to_value(CloudEvent::of(&event, 1, None, "/v1")).unwrap();
        assert_eq!(unknown["source"], "urn:nld:gemeentecode:gm0344:systeem:trede");
    }
}
