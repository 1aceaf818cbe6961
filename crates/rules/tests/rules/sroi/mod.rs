//! The SROI method: present value of the impact over the inputs.

mod checks;
mod sensitivity;
mod valuation;
