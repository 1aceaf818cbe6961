//! Policies: `a_policy().block(by_year("participatiewet", 40_000))`.

use trede_base::exact::Exact;
use trede_base::share::Share;
use trede_rules::social_return::{
    Amount, AmountStep, Base, Block, Bonus, BonusProration, BonusWorth, Conditions, Exemptions, FullTime,
    InvoiceRecognition, InvoiceShare, MaximumCounting, Measure, ObligationRules, Over, Policy, Proration,
    ReferenceDate, Sanction, ShareLimit, SocialReturnFinding, SocialReturnFindingCode, Source, Threshold,
    Validity,
};

use super::{Number, n, x};

/// A policy that is being written.
#[derive(Clone)]
pub struct Written(pub Policy);

/// A share in percent.
pub fn percent(number: impl Number) -> Share {
    Share::of_percent(n(number)).unwrap()
}

/// A policy of 36 hours and calendar months, 5 percent of the contract sum from any contract, and no block.
pub fn a_policy() -> Written {
    Written(Policy {
        code: "own".to_owned(),
        name: "Own policy".to_owned(),
        version: "2026".to_owned(),
        authorities: Vec::new(),
        source: Source { publication: "the council".to_owned(), published_on: None },
        validity: Validity { decided_by: Some(ReferenceDate::Publication), from: None, until: None },
        obligation: Some(ObligationRules {
            thresholds: vec![Threshold { kind: None, from: Exact::ZERO, from_months: None }],
            base: Base::ContractSum(percent(5)),
            low_labour: Vec::new(),
            cap: None,
            least: None,
            pso: None,
            motivation: None,
            tiers: Vec::new(),
            tiers_in_slices: false,
            exemptions: Exemptions::default(),
            labels: None,
        }),
        parts: Vec::new(),
        full_time: Some(FullTime::WeeklyHours(x(36))),
        proration: Some(Proration::CalendarMonths),
        hours_capped: true,
        look_back_months: Some(0),
        counts_from_assignment: false,
        counts_during_wage_cost_subsidy: false,
        bonus_proration: Some(BonusProration::Flat),
        bonuses_cumulate: Some(true),
        blocks: Vec::new(),
        bonuses: Vec::new(),
        invoice_shares: Vec::new(),
        limits: Vec::new(),
        target_groups: Vec::new(),
        double_use: None,
        purchase_beside_pso: None,
        share_limits: Vec::new(),
        collects_gender: false,
        four_eyes: false,
        sanction: Some(Sanction { factor: Exact::ONE, cure_days: None, excusable: true, carry_over: false }),
        contact_days: None,
        reminder_days: Vec::new(),
        retention_months: Some(12),
    })
}

/// A block by what it is measured.
pub fn a_block(code: &str, measure: Measure) -> Block {
    Block {
        code: code.to_owned(),
        name: code.to_owned(),
        measure,
        units: Vec::new(),
        per_year: None,
        counts: None,
        counts_over: Over::Contract,
        proration: None,
        maximum: None,
        minimum: None,
        counts_from: None,
        maximum_share: None,
        least_hours: None,
        most_hours: None,
        whatever_hours: false,
        full_time: None,
        look_back_months: None,
        counts_during_subsidy: None,
        window: None,
        target_group: None,
        conditions: Conditions::default(),
        one_person: false,
    }
}

/// A block of so many euros a full-time year, which always counts.
pub fn by_year(code: &str, euros: impl Number) -> Block {
    Block { counts: Some(MaximumCounting::Always), ..a_block(code, Measure::Year(Amount::flat(x(euros)))) }
}

/// A block of so many euros a full-time year that counts for so many months.
pub fn by_year_for(code: &str, euros: impl Number, months: u32) -> Block {
    Block { counts: Some(MaximumCounting::Months(months)), ..by_year(code, euros) }
}

/// A block of a share of an invoice.
pub fn of_invoice(code: &str, recognition: InvoiceRecognition) -> Block {
    a_block(code, Measure::Invoice(recognition))
}

/// Amounts by the months of the benefit.
pub fn by_duration(steps: &[(u32, i64)]) -> Amount {
    let step = |(from_months, euros): &(u32, i64)| AmountStep { from_months: *from_months, euros: x(*euros) };
    Amount { steps: steps.iter().map(step).collect() }
}

impl Written {
    pub fn block(mut self, block: Block) -> Self {
        self.0.blocks.push(block);
        self
    }

    pub fn bonus(mut self, code: &str, euros: impl Number) -> Self {
        self.0.bonuses.push(Bonus {
            code: code.to_owned(),
            name: code.to_owned(),
            worth: BonusWorth::Amount { euros: x(euros), proration: None },
            blocks: Vec::new(),
            target_groups: Vec::new(),
            maximum: None,
            group: None,
            conditions: Conditions::default(),
            counts_months: None,
            over: Over::Contract,
        });
        self
    }

    pub fn register(mut self, register: &str, share: impl Number) -> Self {
        self.0
            .invoice_shares
            .push(InvoiceShare { register: register.to_owned(), share: percent(share).exact() });
        self
    }

    pub fn limit(mut self, blocks: &[&str], share: impl Number) -> Self {
        let blocks = blocks.iter().map(|code| (*code).to_owned()).collect();
        self.0.share_limits.push(ShareLimit { blocks, share: percent(share) });
        self
    }

    pub fn owing(mut self, base: Base) -> Self {
        self.rules(|rules| rules.base = base);
        self
    }

    pub fn rules(&mut self, change: impl FnOnce(&mut ObligationRules)) {
        change(self.0.obligation.as_mut().unwrap());
    }

    pub fn obliging(mut self, change: impl FnOnce(&mut ObligationRules)) -> Self {
        self.rules(change);
        self
    }

    pub fn with(mut self, change: impl FnOnce(&mut Policy)) -> Self {
        change(&mut self.0);
        self
    }

    /// What keeps the policy from being used.
    pub fn errors(&self) -> Vec<(SocialReturnFindingCode, String)> {
        places(self.0.errors())
    }
}

/// Findings by code and place.
pub fn places(found: Vec<SocialReturnFinding>) -> Vec<(SocialReturnFindingCode, String)> {
    found.into_iter().map(|found| (found.code, found.place)).collect()
}
