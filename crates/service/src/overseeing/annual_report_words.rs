//! The words of an annual report, in Dutch and in English, with amounts and days as each language writes them.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use crate::awarding::standstill::written;
use trede_base::gender::Gender;
use trede_base::national_group::NationalGroup;
use trede_formats::dutch;
use trede_rules::explaining::Language;

/// A document in one language.
#[derive(Clone, Copy)]
pub(super) struct In(pub(super) Language);

impl In {
    /// The one or the other.
    pub(super) const fn word(self, dutch: &'static str, english: &'static str) -> &'static str {
        match self.0 {
            Language::Dutch => dutch,
            Language::English => english,
        }
    }

    /// An amount: `€ 1.250,50` or `€ 1,250.50`.
    pub(super) fn euros(self, cents: i64) -> String {
        format!("€ {}", self.hundredths(cents))
    }

    /// A number with two decimals.
    pub(super) fn hundredths(self, number: i64) -> String {
        self.0.localised(&format!("{:.2}", Decimal::new(number, 2)))
    }

    /// A number of people or things.
    pub(super) fn count(self, number: usize) -> String {
        self.0.localised(&number.to_string())
    }

    /// A day: `5 mei 2028` or `5 May 2028`.
    pub(super) fn day(self, day: NaiveDate) -> String {
        let (dutch, english) = written(day);
        match self.0 {
            Language::Dutch => dutch,
            Language::English => english,
        }
    }

    /// A month: `mei 2028` or `May 2028`.
    pub(super) fn month(self, day: NaiveDate) -> String {
        match self.0 {
            Language::Dutch => format!("{} {}", dutch::month(day), day.year()),
            Language::English => day.format("%B %Y").to_string(),
        }
    }

    /// How many people are so, in words.
    pub(super) const fn gender(self, gender: Gender) -> &'static str {
        match gender {
            Gender::Woman => self.word("vrouwen", "women"),
            Gender::Man => self.word("mannen", "men"),
            Gender::Other => self.word("anders of niet gezegd", "otherwise or not said"),
        }
    }

    /// A target group of the national list; none: the policy does not say it.
    pub(super) const fn group(self, group: Option<NationalGroup>) -> &'static str {
        let Some(group) = group else {
            return self.word("Niet ingedeeld", "Not assigned");
        };
        match group {
            NationalGroup::ParticipationAct => self.word("Participatiewet", "Participation Act"),
            NationalGroup::Unemployment => self.word("WW", "Unemployment benefit (WW)"),
            NationalGroup::Disability => self.word("WIA of WAO", "Disability benefit (WIA, WAO)"),
            NationalGroup::YoungDisabled => self.word("Wajong", "Young disabled (Wajong)"),
            NationalGroup::JobAgreement => self.word("Banenafspraak", "Job agreement register"),
            NationalGroup::ShelteredWork => self.word("Wsw en beschut werk", "Sheltered work"),
            NationalGroup::NoBenefit => self.word("Niet-uitkeringsgerechtigd", "No benefit"),
            NationalGroup::SpecialEducation => self.word("Pro en vso", "Practical or special education"),
            NationalGroup::WorkBasedLearning => self.word("Bbl", "Learning at work (BBL)"),
            NationalGroup::SchoolBasedLearning => self.word("Bol en stage", "Internships (BOL)"),
            NationalGroup::YouthUnqualified => {
                self.word("Jongeren zonder startkwalificatie", "Young people without a start qualification")
            }
            NationalGroup::PermitHolders => self.word("Statushouders", "Holders of a residence permit"),
            NationalGroup::SelfEmployed => self.word("Bbz en zzp", "Self-employed with assistance"),
            NationalGroup::FormerPrisoners => self.word("Ex-gedetineerden", "Former prisoners"),
            NationalGroup::Other => self.word("Overig", "Other"),
        }
    }
}
