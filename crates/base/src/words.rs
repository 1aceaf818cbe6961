//! Closed lists of words: one code each, the same in the database, in JSON and in a token.

use thiserror::Error;

/// A text that is none of the words of a list.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("«{text}» is no {list}; one of: {known}")]
pub struct UnknownWord {
    /// What the list is a list of.
    pub list: &'static str,
    /// What came instead.
    pub text: String,
    /// The words of the list, separated by commas.
    pub known: String,
}

/// Declares an enum whose variants each have one code, written once.
#[macro_export]
macro_rules! words {
    (
        $(#[$doc:meta])*
        pub enum $name:ident is $list:literal {
            $($(#[$variant_doc:meta])* $variant:ident = $code:literal,)+
        }
    ) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize,
        )]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $code)] $variant,)+
        }

        impl $name {
            /// Every word of the list, in its own order.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The word as it is written everywhere.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::words::UnknownWord;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|word| word.code() == text).ok_or_else(|| {
                    $crate::words::UnknownWord {
                        list: $list,
                        text: text.to_owned(),
                        known: [$($code,)+].join(", "),
                    }
                })
            }
        }
    };
}

#[cfg(test)]
mod tests {
    words! {
        /// Two words.
        pub enum Answer is "answer" {
            /// Yes.
            Yes = "yes-indeed",
            /// No.
            No = "no",
        }
    }

    #[test]
    fn a_word_reads_back_as_it_is_written() {
        for word in Answer::ALL {
            assert_eq!(word.to_string().parse::<Answer>().unwrap(), *word);
            assert_eq!(serde_json::to_value(word).unwrap(), word.code());
        }
    }

    #[test]
    fn an_unknown_word_names_the_list_and_the_words_that_it_could_be() {
        let error = "Yes".parse::<Answer>().unwrap_err();
        assert_eq!(error.to_string(), "«Yes» is no answer; one of: yes-indeed, no");
    }
}
