//! What a number is drawn from, read and checked.

use num_traits::ToPrimitive;
use rust_decimal::Decimal;

use super::Reader;
use crate::draw::{Draw, Shape};
use crate::finding::StudyCode;
use crate::study::MAX_PAST;
use trede_wire::lab_file::{DrawInput, ShapeInput};
use trede_wire::number::Number;

/// The most decimals of a draw.
const MAX_DECIMALS: u32 = 6;

/// A draw with the least and the most that it gives.
pub(super) struct Bounded {
    pub draw: Draw,
    pub least: Decimal,
    pub most: Decimal,
}

fn name_of(shape: ShapeInput) -> &'static str {
    match shape {
        ShapeInput::Uniform => "uniform",
        ShapeInput::Triangular => "triangular",
        ShapeInput::Normal => "normal",
        ShapeInput::Values => "values",
    }
}

impl Reader {
    pub(super) fn draw(&mut self, input: &DrawInput, place: &str) -> Option<Bounded> {
        let before = self.found.len();
        self.fields(input, place);
        if self.found.len() > before {
            return None;
        }
        if input.shape == ShapeInput::Values {
            return self.values(&input.values, place);
        }
        let decimals = input.decimals?;
        let (from, to) = (input.from?.0, input.to?.0);
        self.range(decimals.into(), Decimal::ZERO, MAX_DECIMALS.into(), &format!("{place}/decimals"));
        for (name, bound) in [("from", from), ("to", to)] {
            if bound.normalize().scale() > decimals {
                let details = [bound.to_string(), decimals.to_string()];
                self.error(StudyCode::TooFine, format!("{place}/{name}"), details);
            }
        }
        let mode = input.mode.map_or(from, |mode| mode.0);
        if from >= to || mode < from || mode > to {
            let details = [from.to_string(), to.to_string()];
            self.error(StudyCode::BoundsEmpty, place, details);
        }
        if let Some(deviation) = input.deviation {
            self.range(
                deviation.0,
                Decimal::new(1, MAX_DECIMALS),
                Decimal::MAX,
                &format!("{place}/deviation"),
            );
        }
        let float = |number: Decimal| number.to_f64();
        let (least, most) = (float(from)?, float(to)?);
        let shape = match input.shape {
            ShapeInput::Uniform => Shape::Uniform { from: least, to: most },
            ShapeInput::Triangular => Shape::Triangular { from: least, mode: float(mode)?, to: most },
            _ => Shape::Normal {
                mean: float(input.mean?.0)?,
                deviation: float(input.deviation?.0)?,
                from: least,
                to: most,
            },
        };
        (self.found.len() == before).then(|| Bounded {
            draw: Draw::new(shape, decimals),
            least: from,
            most: to,
        })
    }

    fn values(&mut self, values: &[Number], place: &str) -> Option<Bounded> {
        self.at_most(values.len(), MAX_PAST, &format!("{place}/values"));
        let numbers: Vec<Decimal> = values.iter().map(|number| number.0).collect();
        let decimals = numbers.iter().map(|number| number.normalize().scale()).max()?;
        let (least, most) = (numbers.iter().min().copied()?, numbers.iter().max().copied()?);
        Some(Bounded { draw: Draw::new(Shape::Values(numbers), decimals), least, most })
    }

    /// Each shape has its own fields: what is missing and what belongs to another.
    fn fields(&mut self, input: &DrawInput, place: &str) {
        use ShapeInput::{Normal, Triangular, Uniform, Values};
        let is_between = input.shape != Values;
        let given = [
            ("from", input.from.is_some(), is_between),
            ("to", input.to.is_some(), is_between),
            ("mode", input.mode.is_some(), input.shape == Triangular),
            ("mean", input.mean.is_some(), input.shape == Normal),
            ("deviation", input.deviation.is_some(), input.shape == Normal),
            ("values", !input.values.is_empty(), input.shape == Values),
            ("decimals", input.decimals.is_some(), matches!(input.shape, Uniform | Triangular | Normal)),
        ];
        for (field, is_given, is_wanted) in given {
            let code = match (is_given, is_wanted) {
                (false, true) => StudyCode::ParameterMissing,
                (true, false) => StudyCode::ParameterUnused,
                _ => continue,
            };
            self.error(code, format!("{place}/{field}"), [name_of(input.shape).to_owned(), field.to_owned()]);
        }
    }
}
