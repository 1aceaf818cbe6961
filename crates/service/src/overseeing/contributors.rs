//! Which contractors are behind each part of a report: what is told of few of them tells of each.

use std::collections::{BTreeMap, BTreeSet};

use trede_base::ids::KvkNumber;
use trede_base::national_group::NationalGroup;

/// Contractors by part of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contributors {
    /// Those of all contracts of which something is told.
    pub all: BTreeSet<KvkNumber>,
    /// By sector.
    pub sectors: BTreeMap<String, BTreeSet<KvkNumber>>,
    /// Those under whose contracts something was done.
    pub doing: BTreeSet<KvkNumber>,
    /// Those under whose contracts something was done otherwise than by people who worked or learned.
    pub otherwise: BTreeSet<KvkNumber>,
    /// By target group.
    pub target_groups: BTreeMap<Option<NationalGroup>, BTreeSet<KvkNumber>>,
    /// By district.
    pub districts: BTreeMap<String, BTreeSet<KvkNumber>>,
    /// Those of whom something was approved.
    pub approved: BTreeSet<KvkNumber>,
    /// By month, from 0.
    pub months: BTreeMap<usize, BTreeSet<KvkNumber>>,
}

impl Contributors {
    /// A contract of the sector owed, did or got something.
    pub(super) fn counts(&mut self, contractor: KvkNumber, sector: &str) {
        self.all.insert(contractor);
        self.sectors.entry(sector.to_owned()).or_default().insert(contractor);
    }

    /// Something was done in the district, by people of a group where it was work.
    pub(super) fn did(
        &mut self,
        contractor: KvkNumber,
        district: &str,
        group: Option<Option<NationalGroup>>,
    ) {
        self.doing.insert(contractor);
        self.districts.entry(district.to_owned()).or_default().insert(contractor);
        match group {
            Some(group) => self.target_groups.entry(group).or_default().insert(contractor),
            None => self.otherwise.insert(contractor),
        };
    }

    /// Something was approved in the month.
    pub(super) fn got(&mut self, contractor: KvkNumber, month: usize) {
        self.approved.insert(contractor);
        self.months.entry(month).or_default().insert(contractor);
    }
}
