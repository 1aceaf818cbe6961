//! The award of a lot.

mod abnormally_low;
mod admission;
mod award_factor;
mod checks;
mod checks_of_criteria;
mod discounts;
mod drawn_criterion;
mod drawn_tender;
mod drop_outs;
mod every_method;
mod levels;
mod life_cycles;
mod lots;
mod margins;
mod methods;
mod properties;
mod published;
mod purchasing_policies;
mod quality;
mod ranking;
mod scoring;
mod stability;
mod weight_fans;
mod whole_numbers;
