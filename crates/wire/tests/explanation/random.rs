//! Numbers to make tenders of.

use rust_decimal::Decimal;

/// Numbers that are the same in every run.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % end
    }

    pub fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    pub fn decimal(&mut self, from: u64, to: u64, decimals: u32) -> String {
        let number = from + self.below(to - from);
        Decimal::new(i64::try_from(number).unwrap(), decimals).to_string()
    }

    pub fn one_of<'t>(&mut self, all: &[&'t str]) -> &'t str {
        let index = self.below(u64::try_from(all.len()).unwrap());
        all[usize::try_from(index).unwrap()]
    }
}
