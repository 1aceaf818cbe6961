//! Where an issuer says what: each identity provider has its own shape of claims.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::identity::claim_set::{ClaimSet, WrongShape};

/// Where the claims of an issuer stand, and what its names mean here. Places are JSON pointers (RFC 6901).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ClaimMapping {
    /// The bearer's name, which the issuer never gives to another. Default `/sub`.
    pub subject: String,
    /// The client that asked for the token; the first that is there counts. Default `/azp`, `/client_id`.
    pub client: Vec<String>,
    /// The bearer's roles, of all places together. Default `/roles`.
    pub roles: Vec<String>,
    /// What the issuer's names of roles mean here. When any is given, no other name means a role.
    pub role_names: BTreeMap<String, String>,
    /// The bearer's municipalities, of all places together. Default `/municipalities`.
    pub municipalities: Vec<String>,
    /// What the issuer's names of municipalities mean here. When any is given, no other name means one.
    pub municipality_names: BTreeMap<String, String>,
    /// Municipalities that every bearer of this issuer acts for: those whose own login it is.
    pub own_municipalities: Vec<String>,
    /// The KvK number of a bidder or contractor. Default `/kvk`.
    pub kvk: String,
}

impl Default for ClaimMapping {
    fn default() -> Self {
        Self {
            subject: "/sub".to_owned(),
            client: vec!["/azp".to_owned(), "/client_id".to_owned()],
            roles: vec!["/roles".to_owned()],
            role_names: BTreeMap::new(),
            municipalities: vec!["/municipalities".to_owned()],
            municipality_names: BTreeMap::new(),
            own_municipalities: Vec::new(),
            kvk: "/kvk".to_owned(),
        }
    }
}

/// What a token says of its bearer, in this service's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The issuer's name for the bearer.
    pub subject: String,
    /// The client that asked for the token.
    pub client: Option<String>,
    /// Names of roles. Those that this service does not know give no rights.
    pub roles: Vec<String>,
    /// CBS codes of municipalities.
    pub municipalities: Vec<String>,
    /// A KvK number.
    pub kvk: Option<String>,
}

impl ClaimMapping {
    /// Reads the claims as this issuer writes them.
    ///
    /// # Errors
    /// [`WrongShape`] when there is no subject, or a claim that is read has another shape.
    pub fn read(&self, claims: &ClaimSet) -> Result<Told, WrongShape> {
        let mut client = None;
        for place in &self.client {
            // Each is looked at, also when an earlier one is there: no claim may have an odd shape.
            let found = claims.text(place)?;
            client = client.or(found);
        }
        let mut municipalities = named(claims, &self.municipalities, &self.municipality_names)?;
        municipalities.extend(self.own_municipalities.iter().cloned());
        Ok(Told {
            subject: claims.text(&self.subject)?.ok_or(WrongShape)?.to_owned(),
            client: client.map(str::to_owned),
            roles: named(claims, &self.roles, &self.role_names)?,
            municipalities,
            kvk: claims.text(&self.kvk)?.map(str::to_owned),
        })
    }
}

/// What stands at the places, in this service's names.
fn named(
    claims: &ClaimSet,
    places: &[String],
    names: &BTreeMap<String, String>,
) -> Result<Vec<String>, WrongShape> {
    let mut found = Vec::new();
    for place in places {
        let texts = claims.texts(place)?;
        found.extend(texts.into_iter().filter_map(|text| match names.get(text) {
            Some(name) => Some(name.clone()),
            None => names.is_empty().then(|| text.to_owned()),
        }));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn read(mapping: Value, claims: Value) -> Result<Told, WrongShape> {
        let mapping: ClaimMapping = serde_json::from_value(mapping).unwrap();
        mapping.read(&serde_json::from_value(claims).unwrap())
    }

    #[test]
    fn roles_of_a_keycloak_realm_and_its_groups_are_read() {
        let mapping = json!({
            "roles": ["/realm_access/roles", "/resource_access/trede/roles"],
            "roleNames": {"trede-inkoper": "buyer", "beoordelaar": "assessor"},
            "municipalities": ["/groups"],
            "municipalityNames": {"/gemeenten/utrecht": "gm0344"}
        });
        let claims = json!({
            "sub": "f:1b2c:jansen", "azp": "inkoopportaal", "typ": "Bearer",
            "realm_access": {"roles": ["offline_access", "trede-inkoper", "operator"]},
            "resource_access": {"trede": {"roles": ["beoordelaar"]}},
            "groups": ["/gemeenten/utrecht", "/medewerkers", "gm0363"]
        });
        let told = read(mapping, claims).unwrap();
        assert_eq!(told.subject, "f:1b2c:jansen");
        assert_eq!(told.client.as_deref(), Some("inkoopportaal"));
        assert_eq!(told.roles, ["buyer", "assessor"], "what is not named gives nothing");
        assert_eq!(told.municipalities, ["gm0344"]);
    }

    #[test]
    fn app_roles_of_entra_id_are_read_for_the_municipality_whose_login_it_is() {
        let mapping = json!({
            "subject": "/oid", "client": ["/azp", "/appid"],
            "roleNames": {"Trede.Inkoper": "buyer"}, "ownMunicipalities": ["gm0344"]
        });
        let claims = json!({
            "sub": "pairwise", "oid": "00000000-0000-0000-66f3-3332eca7ea81",
            "appid": "6731de76-14a6-49ae-97bc-6eba6914391e", "tid": "x", "roles": ["Trede.Inkoper"]
        });
        let told = read(mapping, claims).unwrap();
        assert_eq!(told.subject, "00000000-0000-0000-66f3-3332eca7ea81");
        assert_eq!(told.client.as_deref(), Some("6731de76-14a6-49ae-97bc-6eba6914391e"));
        assert_eq!((told.roles, told.municipalities), (vec!["buyer".to_owned()], vec!["gm0344".to_owned()]));
    }

    #[test]
    fn a_claim_of_an_odd_shape_is_refused() {
        for wrong in [
            json!({}),
            json!({"sub": ["a", "b"]}),
            json!({"sub": "a", "roles": {"operator": true}}),
            json!({"sub": "a", "roles": [["operator"]]}),
            json!({"sub": "a", "azp": "x", "client_id": ["y"]}),
            json!({"sub": "a", "kvk": 69_599_068}),
        ] {
            assert_eq!(read(json!({}), wrong.clone()), Err(WrongShape), "{wrong}");
        }
    }

    #[test]
    fn a_misspelt_mapping_is_refused() {
        assert!(serde_json::from_value::<ClaimMapping>(json!({"role": ["/roles"]})).is_err());
    }
}
