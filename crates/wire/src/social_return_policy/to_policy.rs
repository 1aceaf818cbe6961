//! From the wire to a policy of the domain.

use super::{
    BonusProrationInput, DoubleUseInput, FullTimeBasisInput, FullTimeInput, InvoiceShareInput, PolicyInput,
    ProrationInput, ProrationKindInput, ReferenceDateInput, SanctionInput, ShareLimitInput,
};
use crate::number::Number;
use trede_base::double_use::DoubleUse;
use trede_base::exact::Exact;
use trede_base::share::Share;
use trede_rules::social_return::{
    BonusProration, FullTime, InvoiceShare, PartOfRegion, Policy, Proration, ReferenceDate, Sanction,
    ShareLimit, SocialReturnFinding, SocialReturnFindingCode, Source, Validity,
};

impl PolicyInput {
    /// The policy.
    ///
    /// # Errors
    /// All errors of the policy, each with its JSON pointer.
    pub fn to_policy(&self) -> Result<Policy, Vec<SocialReturnFinding>> {
        let mut reader = Reader { found: Vec::new() };
        let policy = self.read(&mut reader);
        let mut found = reader.found;
        found.extend(policy.errors());
        if found.is_empty() { Ok(policy) } else { Err(found) }
    }

    /// The policy as far as it can be read; what cannot is told.
    fn read(&self, reader: &mut Reader) -> Policy {
        let obligation = self.obligation.as_ref().and_then(|rules| rules.read("/obligation", reader));
        let parts = self.parts.iter().enumerate().filter_map(|(index, part)| {
            let rules = part.obligation.read(&format!("/parts/{index}/obligation"), reader)?;
            Some(PartOfRegion { authorities: part.authorities.clone(), rules })
        });
        let parts = parts.collect();
        let full_time = self.full_time.as_ref().and_then(|input| full_time(input, "/fullTime", reader));
        let own_proration = self.proration.as_ref().and_then(|input| proration(input, "/proration", reader));
        let blocks = self
            .blocks
            .iter()
            .enumerate()
            .map(|(index, block)| block.read(&format!("/blocks/{index}"), reader))
            .collect();
        let invoice_shares = self
            .invoice_shares
            .iter()
            .enumerate()
            .map(|(index, row)| invoice_share(index, row, reader))
            .collect();
        let share_limits = self
            .share_limits
            .iter()
            .enumerate()
            .map(|(index, limit)| share_limit(index, limit, reader))
            .collect();
        let limits = self.limits.iter().enumerate();
        let limits = limits.map(|(index, limit)| limit.read(&format!("/limits/{index}"), reader)).collect();
        let bonuses = self.bonuses.iter().enumerate();
        let bonuses = bonuses.map(|(index, one)| one.read(&format!("/bonuses/{index}"), reader)).collect();
        let groups = self.target_groups.iter().enumerate();
        let target_groups =
            groups.map(|(index, group)| group.read(&format!("/targetGroups/{index}"), reader)).collect();
        Policy {
            parts,
            limits,
            target_groups,
            code: self.code.clone(),
            name: self.name.clone(),
            version: self.version.clone(),
            authorities: self.authorities.clone(),
            source: Source {
                publication: self.source.publication.clone(),
                published_on: self.source.published_on,
            },
            validity: Validity {
                decided_by: self.validity.decided_by.map(|date| match date {
                    ReferenceDateInput::Publication => ReferenceDate::Publication,
                    ReferenceDateInput::Assignment => ReferenceDate::Assignment,
                }),
                from: self.validity.from,
                until: self.validity.until,
            },
            obligation,
            full_time,
            proration: own_proration,
            hours_capped: !self.more_than_full_time,
            look_back_months: self.look_back_months,
            counts_from_assignment: self.counts_from_assignment,
            counts_during_wage_cost_subsidy: self.counts_during_wage_cost_subsidy,
            bonus_proration: self.bonus_proration.map(bonus_proration),
            bonuses_cumulate: self.bonuses_cumulate,
            blocks,
            bonuses,
            invoice_shares,
            double_use: self.double_use.map(|rule| match rule {
                DoubleUseInput::Contractor => DoubleUse::Contractor,
                DoubleUseInput::Authority => DoubleUse::Authority,
                DoubleUseInput::Region => DoubleUse::Region,
            }),
            purchase_beside_pso: self.purchase_beside_pso,
            share_limits,
            collects_gender: self.collects_gender,
            four_eyes: self.four_eyes,
            sanction: self.sanction.as_ref().map(sanction),
            contact_days: self.contact_days,
            reminder_days: self.reminder_days.clone(),
            retention_months: self.retention_months,
        }
    }
}

pub(super) fn full_time(input: &FullTimeInput, place: &str, reader: &mut Reader) -> Option<FullTime> {
    match input.basis {
        FullTimeBasisInput::WeeklyHours => {
            let hours = reader.needed(place, "weekly-hours", "weeklyHours", input.weekly_hours)?;
            Some(FullTime::WeeklyHours(hours))
        }
        FullTimeBasisInput::ContractorYear => {
            reader.unused(place, "contractor-year", &[("weeklyHours", input.weekly_hours.is_some())]);
            Some(FullTime::ContractorYear)
        }
    }
}

pub(super) fn proration(input: &ProrationInput, place: &str, reader: &mut Reader) -> Option<Proration> {
    let extra = [("workingDays", input.working_days.is_some()), ("byHours", input.by_hours.is_some())];
    match input.by {
        ProrationKindInput::CalendarMonths => {
            reader.unused(place, "calendar-months", &extra);
            Some(Proration::CalendarMonths)
        }
        ProrationKindInput::Weeks => {
            reader.unused(place, "weeks", &extra);
            Some(Proration::Weeks)
        }
        ProrationKindInput::HoursWorked => {
            reader.unused(place, "hours-worked", &extra);
            Some(Proration::HoursWorked)
        }
        ProrationKindInput::DaysWorked => {
            let full_year = reader.needed(place, "days-worked", "workingDays", input.working_days);
            if input.by_hours.is_none() {
                reader.missing(place, "days-worked", "byHours");
            }
            Some(Proration::DaysWorked { full_year: full_year?, by_hours: input.by_hours? })
        }
    }
}

pub(super) fn bonus_proration(input: BonusProrationInput) -> BonusProration {
    match input {
        BonusProrationInput::Flat => BonusProration::Flat,
        BonusProrationInput::LikeBlock => BonusProration::LikeBlock,
    }
}

fn invoice_share(index: usize, input: &InvoiceShareInput, reader: &mut Reader) -> InvoiceShare {
    let place = format!("/invoiceShares/{index}/percent");
    InvoiceShare { register: input.register.clone(), share: reader.factor(&place, input.percent) }
}

fn share_limit(index: usize, input: &ShareLimitInput, reader: &mut Reader) -> ShareLimit {
    let place = format!("/shareLimits/{index}/percentOfObligation");
    ShareLimit { blocks: input.blocks.clone(), share: reader.share(&place, input.percent_of_obligation) }
}

fn sanction(input: &SanctionInput) -> Sanction {
    Sanction {
        factor: Exact::from(input.factor.0),
        cure_days: input.cure_days,
        excusable: input.excusable,
        carry_over: input.carry_over,
    }
}

/// Reads fields and keeps what is wrong with them.
pub(super) struct Reader {
    pub found: Vec<SocialReturnFinding>,
}

impl Reader {
    /// A share from a percentage. What is no percentage is told, and the policy is then not used.
    pub(super) fn share(&mut self, place: &str, percent: Number) -> Share {
        Share::of_percent(percent.0).unwrap_or_else(|| {
            let details = [percent.0.to_string()];
            self.found.push(SocialReturnFinding::new(
                SocialReturnFindingCode::NotAPercentage,
                place,
                details,
            ));
            Share::NOTHING
        })
    }

    /// A factor from a percentage of zero or more, also above 100.
    pub(super) fn factor(&mut self, place: &str, percent: Number) -> Exact {
        if percent.0.is_sign_negative() && !percent.0.is_zero() {
            self.found.push(SocialReturnFinding::new(SocialReturnFindingCode::NegativeFact, place, []));
        }
        Exact::from(percent.0).over(&Exact::HUNDRED).unwrap_or_default()
    }

    /// A number that `owner` needs.
    pub(super) fn needed(
        &mut self,
        place: &str,
        owner: &str,
        field: &str,
        number: Option<Number>,
    ) -> Option<Exact> {
        if number.is_none() {
            self.missing(place, owner, field);
        }
        number.map(|number| Exact::from(number.0))
    }

    /// A percentage that `owner` needs.
    pub(super) fn needed_share(
        &mut self,
        place: &str,
        owner: &str,
        field: &str,
        percent: Option<Number>,
    ) -> Option<Share> {
        let Some(percent) = percent else {
            self.missing(place, owner, field);
            return None;
        };
        Some(self.share(&format!("{place}/{field}"), percent))
    }

    /// A percentage of zero or more that `owner` needs, also above 100, as a factor.
    pub(super) fn needed_factor(
        &mut self,
        place: &str,
        owner: &str,
        field: &str,
        percent: Option<Number>,
    ) -> Option<Exact> {
        let Some(percent) = percent else {
            self.missing(place, owner, field);
            return None;
        };
        Some(self.factor(&format!("{place}/{field}"), percent))
    }

    pub(super) fn missing(&mut self, place: &str, owner: &str, field: &str) {
        self.field(SocialReturnFindingCode::FieldMissing, place, owner, field);
    }

    /// Refuses the fields that are given but do not belong to `owner`.
    pub(super) fn unused(&mut self, place: &str, owner: &str, fields: &[(&str, bool)]) {
        for (field, _) in fields.iter().filter(|(_, given)| *given) {
            self.field(SocialReturnFindingCode::FieldUnused, place, owner, field);
        }
    }

    fn field(&mut self, code: SocialReturnFindingCode, place: &str, owner: &str, field: &str) {
        let details = [owner.to_owned(), field.to_owned()];
        self.found.push(SocialReturnFinding::new(code, format!("{place}/{field}"), details));
    }
}
