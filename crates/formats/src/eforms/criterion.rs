//! Award criteria of a notice, with every number as it stands there.

use serde::Serialize;
use utoipa::ToSchema;

use super::element::{Element, extension};
use super::text::Texts;
use trede_wire::number::Number;

/// How a lot, a group or a procedure is awarded (gunningscriteria).
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AwardCriteria {
    /// The criteria (criteria), in the order of the notice.
    pub criteria: Vec<CriterionNotice>,
    /// The formula, in words, where numbers do not say it (BT-543, formule).
    #[serde(skip_serializing_if = "Texts::is_empty")]
    pub formula: Texts,
    /// Why only an order of importance is given (BT-733, motivering).
    #[serde(skip_serializing_if = "Texts::is_empty")]
    pub order_justification: Texts,
}

/// An award criterion (gunningscriterium) as a notice gives it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CriterionNotice {
    /// `price`, `cost` or `quality` (BT-539, soort criterium).
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Its name (BT-734, naam).
    pub name: Texts,
    /// Its description (BT-540, omschrijving).
    pub description: Texts,
    /// Its weight, fixed value or threshold, as many as the notice gives (BT-541, getallen).
    pub numbers: Vec<CriterionNumber>,
    /// Criteria below it (subcriteria).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(no_recursion)]
    pub criteria: Vec<CriterionNotice>,
}

/// What a number of a criterion is (soort getal).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NumberKind {
    /// A weight (BT-5421, gewicht).
    Weight,
    /// A fixed value (BT-5422, vaste waarde).
    Fixed,
    /// A threshold (BT-5423, drempel).
    Threshold,
    /// The notice does not say which (onbekend).
    Unknown,
}

/// A number of a criterion (BT-541, getal).
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({"kind": "weight", "code": "per-exa", "value": "60"}))]
pub struct CriterionNumber {
    /// What it is.
    pub kind: NumberKind,
    /// Its code (code): `per-exa`, `per-mid`, `dec-exa`, `dec-mid`, `poi-exa`, `poi-mid` or `ord-imp` for a
    /// weight, `fix-tot` or `fix-unit` for a fixed value, `min-score` or `max-pass` for a threshold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The number (getal), where the notice gives one that can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Number>,
}

impl AwardCriteria {
    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.criteria.is_empty() && self.formula.is_empty() && self.order_justification.is_empty()
    }

    /// All criteria, those below others included.
    #[must_use]
    pub fn all(&self) -> Vec<&CriterionNotice> {
        let mut all = Vec::new();
        self.criteria.iter().for_each(|criterion| criterion.collect(&mut all));
        all
    }

    /// Takes what the tendering terms of a lot, a group or a procedure say.
    pub(super) fn take(terms: &mut Element) -> Self {
        let mut taken = Self::default();
        for criterion in terms.each("AwardingTerms/AwardingCriterion") {
            taken.formula.0.extend(criterion.take_texts("CalculationExpression").0);
            taken.order_justification.0.extend(criterion.take_texts("Description").0);
            let below = criterion.each("SubordinateAwardingCriterion");
            taken.criteria.extend(below.into_iter().map(CriterionNotice::take));
        }
        taken
    }
}

impl CriterionNotice {
    fn collect<'a>(&'a self, into: &mut Vec<&'a Self>) {
        into.push(self);
        self.criteria.iter().for_each(|criterion| criterion.collect(into));
    }

    fn take(element: &mut Element) -> Self {
        Self {
            kind: element.take_text("AwardingCriterionTypeCode"),
            name: element.take_texts("Name"),
            description: element.take_texts("Description"),
            numbers: element
                .each(extension!("AwardCriterionParameter"))
                .into_iter()
                .filter_map(CriterionNumber::take)
                .collect(),
            criteria: element.each("SubordinateAwardingCriterion").into_iter().map(Self::take).collect(),
        }
    }

    /// Its numbers of a kind.
    pub(super) fn numbers_of(&self, kind: NumberKind) -> impl Iterator<Item = &CriterionNumber> {
        self.numbers.iter().filter(move |number| number.kind == kind)
    }
}

impl CriterionNumber {
    /// Nothing, when the parameter says nothing at all.
    fn take(parameter: &mut Element) -> Option<Self> {
        let coded = parameter.take_first("ParameterCode", |text, element| {
            let kind = kind_of(element.attribute("listName"), text);
            Some((kind, text.to_owned()))
        });
        let value = parameter.take_number("ParameterNumeric");
        // A number that cannot be read stays, and is listed as not taken over.
        let unread = parameter.each("ParameterNumeric").iter().any(|number| !number.text.trim().is_empty());
        match coded {
            Some((kind, code)) => Some(Self { kind, code: Some(code), value }),
            None if value.is_some() || unread => Some(Self { kind: NumberKind::Unknown, code: None, value }),
            None => None,
        }
    }
}

/// The list tells what the number is; where it is left out, the code does.
fn kind_of(list: Option<&str>, code: &str) -> NumberKind {
    match (list, code) {
        (Some("number-weight"), _)
        | (None, "per-exa" | "per-mid" | "dec-exa" | "dec-mid" | "poi-exa" | "poi-mid" | "ord-imp") => {
            NumberKind::Weight
        }
        (Some("number-fixed"), _) | (None, "fix-tot" | "fix-unit") => NumberKind::Fixed,
        (Some("number-threshold"), _) | (None, "min-score" | "max-pass") => NumberKind::Threshold,
        _ => NumberKind::Unknown,
    }
}
