//! Small numbers kept back (onderdrukking): of fewer than [`BOUND`] people or contractors nothing is told, nor as much
//! of others that it follows from a total.

/// Of fewer nothing is told.
pub const BOUND: usize = 5;

/// How many are behind one number of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Behind {
    /// How many people; none where the table is not about people.
    pub people: Option<usize>,
    /// How many contractors.
    pub contractors: usize,
}

impl Behind {
    /// Whether it tells of somebody, and of too few.
    #[must_use]
    pub fn is_few(self) -> bool {
        let few = |count: usize| (1..BOUND).contains(&count);
        few(self.contractors) || self.people.is_some_and(few)
    }

    const fn is_nobody(self) -> bool {
        self.contractors == 0 && !matches!(self.people, Some(1..))
    }

    /// Whether what is hidden with this one is told of enough: their sum is known where the total is.
    fn covers(self) -> bool {
        self.contractors >= BOUND && self.people.is_none_or(|people| people >= BOUND)
    }
}

/// Which numbers of a table are kept back, whose total is told: those of few, and where their sum would tell of one or
/// of few, those of the fewest others until it does not.
#[must_use]
pub fn kept_back(behind: &[Behind]) -> Vec<bool> {
    let mut hidden: Vec<bool> = behind.iter().map(|one| one.is_few()).collect();
    if !hidden.contains(&true) {
        return hidden;
    }
    let about_people = behind.iter().any(|one| one.people.is_some());
    while !is_safe(behind, &hidden) {
        let open = behind.iter().zip(&hidden).enumerate();
        // A line without people keeps the people of no other line secret.
        let rest = open.filter(|(_, (one, is_hidden))| {
            !**is_hidden && !one.is_nobody() && (one.people.is_some() || !about_people)
        });
        let fewest = rest.min_by_key(|(_, (one, _))| (one.people, one.contractors)).map(|(place, _)| place);
        match fewest.and_then(|place| hidden.get_mut(place)) {
            Some(is_hidden) => *is_hidden = true,
            // Nothing else stands in the table: its total tells of these few, and is kept back itself.
            None => break,
        }
    }
    hidden
}

fn is_safe(behind: &[Behind], hidden: &[bool]) -> bool {
    let kept = || behind.iter().zip(hidden).filter(|(_, is_hidden)| **is_hidden).map(|(one, _)| one);
    let about_people = behind.iter().any(|one| one.people.is_some());
    let covers = |one: &&Behind| one.covers() && (one.people.is_some() || !about_people);
    let of_people = || kept().filter(|one| one.people.is_some());
    let tells_of_one_line = of_people().any(|one| one.is_few()) && of_people().count() < 2;
    kept().count() > 1 && kept().any(|one| covers(&one)) && !tells_of_one_line
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn people(counts: &[usize]) -> Vec<Behind> {
        counts.iter().map(|count| Behind { people: Some(*count), contractors: 9 }).collect()
    }

    #[test]
    fn numbers_from_five_on_are_told_and_nothing_is_no_secret() {
        assert_eq!(kept_back(&people(&[5, 60, 7])), [false, false, false]);
        let none = Behind { people: Some(0), contractors: 0 };
        assert_eq!(kept_back(&[none, people(&[8])[0]]), [false, false]);
    }

    #[test]
    fn a_number_below_five_takes_the_fewest_other_with_it() {
        assert_eq!(kept_back(&people(&[4, 60, 7])), [true, false, true]);
    }

    #[test]
    fn two_small_ones_take_a_third_that_makes_their_sum_one_of_enough() {
        assert_eq!(kept_back(&people(&[1, 3, 60, 7])), [true, true, false, true]);
    }

    #[test]
    fn what_few_contractors_did_is_kept_back_also_where_many_people_worked() {
        let one = |people, contractors| Behind { people: Some(people), contractors };
        assert_eq!(kept_back(&[one(40, 4), one(50, 6), one(60, 8)]), [true, true, false]);
        let sector = |contractors| Behind { people: None, contractors };
        assert_eq!(kept_back(&[sector(1), sector(12), sector(5)]), [true, false, true]);
    }

    #[test]
    fn a_line_without_people_hides_no_people_and_takes_a_line_with_it_where_it_is_of_few() {
        let without = |contractors| Behind { people: None, contractors };
        let mut table = people(&[3, 60, 7]);
        table.push(without(20));
        assert_eq!(kept_back(&table), [true, false, true, false]);
        let mut table = people(&[30, 60]);
        table.push(without(1));
        assert_eq!(kept_back(&table), [true, false, true]);
    }

    #[test]
    fn where_nothing_else_is_all_of_it_is_kept_back() {
        assert_eq!(kept_back(&people(&[3])), [true]);
        assert_eq!(kept_back(&people(&[3, 3])), [true, true]);
    }

    proptest! {
        /// Whoever knows the total and what is told cannot work out what is behind one that is kept back: there are at
        /// least two, and together they are enough, unless nothing but them is there.
        #[test]
        fn what_is_kept_back_does_not_follow_from_the_total(
            counts in prop::collection::vec((0_usize..12, 0_usize..12), 0..9),
        ) {
            let behind: Vec<Behind> = counts
                .iter()
                .map(|(people, contractors)| Behind { people: Some(*people), contractors: *contractors })
                .collect();
            let hidden = kept_back(&behind);
            for (one, is_hidden) in behind.iter().zip(&hidden) {
                prop_assert!(!one.is_few() || *is_hidden);
            }
            let told = behind.iter().zip(&hidden).filter(|(one, is_hidden)| !**is_hidden && !one.is_nobody());
            prop_assert!(!hidden.contains(&true) || told.count() == 0 || is_safe(&behind, &hidden));
        }
    }
}
