//! What is needed to tell of events, and the order in which they are told.

use chrono::TimeDelta;

use crate::frame::error::ServiceError;
use crate::{Services, every_municipality};
use trede_integrations::webhooks::{Courier, CourierSettings};
use trede_model::telling::webhook::Delivery;
use trede_model::trust::audit::AuditScope;
use trede_store as store;

/// How many events are given their place in one transaction.
const BATCH: i64 = 200;

/// How events are told.
#[derive(Debug)]
pub struct Herald {
    /// Who carries them to subscribers.
    pub courier: Courier,
    /// Where the API is reached, up to and with its version; relative when the world's name is not known.
    pub server: String,
    /// How long events are kept; for good when nothing is set.
    pub keeps_for: Option<TimeDelta>,
}

impl Default for Herald {
    fn default() -> Self {
        Self { courier: Courier::new(CourierSettings::default()), server: "/v1".to_owned(), keeps_for: None }
    }
}

impl Services {
    /// Gives the events that have none their place in the order of their scope, and notes to whom they are to be
    /// told; answers how many. Readers see a place only when all before it are there.
    ///
    /// # Errors
    /// [`ServiceError::Busy`] when the store does not answer; then nothing was placed.
    pub fn place_events(&self) -> Result<usize, ServiceError> {
        let found = self.db.read(|c| store::telling::events::without_position(c, BATCH))?;
        if found.is_empty() {
            return Ok(0);
        }
        let now = self.now();
        self.db.write_progress(|c| {
            let mut placed = 0;
            for event in &found {
                let Some(position) = store::telling::events::give_position(c, event)? else { continue };
                placed += 1;
                let municipality = event.scope.municipality();
                for subscription in
                    store::telling::webhook_subscriptions::all_that_could_hear(c, municipality)?
                {
                    if subscription.facts.kinds.0.contains(&event.kind) {
                        let delivery = Delivery::of(&subscription, event, position, now);
                        store::telling::webhook_deliveries::insert(c, &delivery)?;
                    }
                }
            }
            Ok(placed)
        })
    }

    /// Removes events whose term of retention is over and that nobody still waits for; answers how many.
    ///
    /// # Errors
    /// [`ServiceError::Busy`] when the store does not answer.
    pub fn remove_old_events(&self) -> Result<usize, ServiceError> {
        let Some(keeps_for) = self.herald.keeps_for else { return Ok(0) };
        let before = self.now() - keeps_for;
        let municipal = every_municipality(self)?.into_iter().map(AuditScope::Municipality);
        let mut removed = 0;
        for scope in municipal.chain([AuditScope::National]) {
            removed += self.db.write_progress(|c| {
                Ok::<_, ServiceError>(store::telling::webhook_deliveries::remove_told_before(
                    c, scope, before,
                )?)
            })?;
        }
        Ok(removed)
    }
}
