//! How a list of rules is written: once, with everything that is known of each.

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident, $code:literal, [$($symbol:literal),*], $formula:literal,
       nl $nl:literal, en $en:literal, source nl $source_nl:literal, en $source_en:literal;)*) => {
        /// A rule of the calculation.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $(#[doc = $en] #[doc = concat!("Source: ", $source_en, ".")] $(#[$doc])* $name,)*
        }

        impl Rule {
            /// All rules.
            pub const ALL: &'static [Rule] = &[$(Rule::$name),*];

            /// The stable code.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Rule::$name => $code,)* }
            }

            /// The symbols of the formula, in the order of the terms. A rule without symbols takes a list.
            #[must_use]
            pub fn symbols(self) -> &'static [&'static str] {
                match self { $(Rule::$name => &[$($symbol),*],)* }
            }

            /// The formula, with `{0}`, `{1}` … where the terms go and `{+}` for the sum of a list.
            #[must_use]
            pub fn formula(self) -> &'static str {
                match self { $(Rule::$name => $formula,)* }
            }

            /// Where the rule comes from.
            #[must_use]
            pub fn source(self, language: Language) -> &'static str {
                match language {
                    Language::Dutch => match self { $(Rule::$name => $source_nl,)* },
                    Language::English => match self { $(Rule::$name => $source_en,)* },
                }
            }

            /// The name of the rule.
            #[must_use]
            pub fn name(self, language: Language) -> &'static str {
                match language {
                    Language::Dutch => match self { $(Rule::$name => $nl,)* },
                    Language::English => match self { $(Rule::$name => $en,)* },
                }
            }
        }

        impl $crate::explaining::Explained for Rule {
            fn code(self) -> &'static str {
                Rule::code(self)
            }

            fn symbols(self) -> &'static [&'static str] {
                Rule::symbols(self)
            }

            fn formula(self) -> &'static str {
                Rule::formula(self)
            }

            fn source(self, language: Language) -> &'static str {
                Rule::source(self, language)
            }

            fn name(self, language: Language) -> &'static str {
                Rule::name(self, language)
            }
        }
    };
}
pub(crate) use rules;
