//! Long lists, a page at a time, by the key of the first or last thing that was seen: a list that
//! grows meanwhile neither skips nor repeats.

/// Where a page begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start<K> {
    /// At the beginning of the list.
    First,
    /// After the thing with this key.
    After(K),
    /// The page that ends before the thing with this key.
    Before(K),
}

impl<K> Start<K> {
    /// The same place, known by another key.
    #[must_use]
    pub fn map<L>(self, make: impl FnOnce(K) -> L) -> Start<L> {
        match self {
            Self::First => Start::First,
            Self::After(key) => Start::After(make(key)),
            Self::Before(key) => Start::Before(make(key)),
        }
    }

    /// The key, where there is one.
    #[must_use]
    pub const fn key(&self) -> Option<&K> {
        match self {
            Self::First => None,
            Self::After(key) | Self::Before(key) => Some(key),
        }
    }
}

/// Which page of a list is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageRequest<K> {
    /// Where it begins.
    pub start: Start<K>,
    /// The most things it may hold.
    pub limit: u16,
}

/// One page, in the order of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The things on it.
    pub items: Vec<T>,
    /// Whether the list goes on before it.
    pub has_previous: bool,
    /// Whether the list goes on after it.
    pub has_next: bool,
}

impl<T> Page<T> {
    /// The page made of what was found: up to one more than asked for, from the start outwards.
    #[must_use]
    pub fn of_found<K>(mut found: Vec<T>, request: &PageRequest<K>) -> Self {
        let limit = usize::from(request.limit);
        let more = found.len() > limit;
        found.truncate(limit);
        let (has_previous, has_next) = match request.start {
            Start::First => (false, more),
            Start::After(_) => (true, more),
            Start::Before(_) => {
                found.reverse();
                (more, true)
            }
        };
        Self { items: found, has_previous, has_next }
    }

    /// The same page of other things.
    #[must_use]
    pub fn map<U>(self, make: impl FnMut(T) -> U) -> Page<U> {
        Page {
            items: self.items.into_iter().map(make).collect(),
            has_previous: self.has_previous,
            has_next: self.has_next,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_before_a_key_is_in_the_order_of_the_list() {
        let request = PageRequest { start: Start::Before(9), limit: 2 };
        let page = Page::of_found(vec![8, 7, 6], &request);
        assert_eq!(page.items, [7, 8]);
        assert!(page.has_previous && page.has_next);
    }

    #[test]
    fn the_first_page_that_holds_all_has_no_neighbours() {
        let request = PageRequest { start: Start::<u8>::First, limit: 2 };
        let page = Page::of_found(vec![1, 2], &request);
        assert!(!page.has_previous && !page.has_next);
    }
}
