//! The secrets of subscriptions, kept under the keys of the operator where there are any.

use crate::Services;
use crate::frame::error::ServiceError;
use trede_base::ids::MunicipalityId;
use trede_model::telling::webhook::{Subscription, SubscriptionId};
use trede_sealing::keyring::KeyRing;
use trede_sealing::{SealingError, kept_secret};
use trede_store as store;

impl Services {
    /// A secret as it is kept: sealed, or as it is where the operator has no keys.
    pub(crate) fn kept_secret(
        &self,
        (municipality, id): (MunicipalityId, SubscriptionId),
        secret: &str,
    ) -> Result<String, ServiceError> {
        match self.sealing_keys.ring() {
            Err(SealingError::NoKeys) => Ok(secret.to_owned()),
            ring => Ok(kept_secret::keep(&ring?, &place(municipality, id), secret)?),
        }
    }

    /// The secrets that sign now, the latest first.
    pub(crate) fn known_secrets(&self, subscription: &Subscription) -> Result<Vec<String>, SealingError> {
        let kept = subscription.secrets_at(self.now());
        let ring = match self.sealing_keys.ring() {
            Err(SealingError::NoKeys) if kept.iter().all(|kept| kept_secret::key_of(kept).is_none()) => {
                return Ok(kept.into_iter().map(str::to_owned).collect());
            }
            ring => ring?,
        };
        let place = place(subscription.municipality, subscription.id);
        kept.into_iter().map(|kept| kept_secret::known(&ring, &place, kept)).collect()
    }
}

fn place(municipality: MunicipalityId, id: SubscriptionId) -> String {
    format!("{municipality}/webhook-subscriptions/{id}/secret")
}

/// Which keys keep the secrets of a municipality's subscriptions, one for each secret.
pub(crate) fn keys_in_use(
    services: &Services,
    municipality: MunicipalityId,
) -> Result<Vec<String>, ServiceError> {
    let subscriptions = all(services, municipality)?;
    let kept = subscriptions.iter().flat_map(|subscription| {
        std::iter::once(&subscription.secret).chain(subscription.former.as_ref().map(|former| &former.secret))
    });
    Ok(kept.filter_map(|kept| kept_secret::key_of(kept)).map(str::to_owned).collect())
}

/// Keeps every secret under the newest key; answers of how many subscriptions.
pub(crate) fn keep_anew(
    services: &Services,
    ring: &KeyRing,
    municipality: MunicipalityId,
) -> Result<usize, ServiceError> {
    let mut done = 0;
    for subscription in all(services, municipality)? {
        let id = subscription.id;
        let act = services.act_of_itself(
            municipality,
            "rewrap_webhook_secret",
            format!("webhook-subscriptions/{id}"),
        );
        let is_kept_anew = services.db.write(&act, |c| {
            // As it stands now: it may have got another secret since it was listed.
            let Some(mut present) = store::telling::webhook_subscriptions::find(c, municipality, id)? else {
                return Ok::<_, ServiceError>(false);
            };
            let place = place(municipality, id);
            let mut is_other = false;
            let former = present.former.as_mut().map(|former| &mut former.secret);
            for kept in std::iter::once(&mut present.secret).chain(former) {
                if kept_secret::key_of(kept) != Some(ring.newest()) {
                    *kept = kept_secret::keep(ring, &place, &kept_secret::known(ring, &place, kept)?)?;
                    is_other = true;
                }
            }
            if is_other {
                store::telling::webhook_subscriptions::update(c, &present)?;
            }
            Ok(is_other)
        })?;
        done += usize::from(is_kept_anew);
    }
    Ok(done)
}

fn all(services: &Services, municipality: MunicipalityId) -> Result<Vec<Subscription>, ServiceError> {
    services.db.read(|c| {
        let of_one = Some(municipality);
        Ok::<_, ServiceError>(store::telling::webhook_subscriptions::all_that_could_hear(c, of_one)?)
    })
}
