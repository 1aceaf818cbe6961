//! What crosses the border: notices of eForms in, open data out.

mod eforms_examples;
mod eforms_hostile;
mod eforms_large;
mod eforms_rules;
mod eforms_variations;
mod json_hostile;
mod mutation;
mod ocds;
mod samples;
mod scan;
