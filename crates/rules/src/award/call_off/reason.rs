//! Why it is somebody's turn, in words.

use crate::explaining::Language;

/// Declares the reasons once, each with its code and its texts.
macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident, $code:literal, en $en:literal, nl $nl:literal;)*) => {
        /// Why it is somebody's turn, or nobody's.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Reason {
            $($(#[$doc])* $name,)*
        }

        impl Reason {
            /// All reasons.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The stable code.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// The sentence, with `{0}` for whose turn it is and `{1}` for who got the last order by rotation.
            #[must_use]
            pub const fn text(self, language: Language) -> &'static str {
                match language {
                    Language::English => match self { $(Self::$name => $en,)* },
                    Language::Dutch => match self { $(Self::$name => $nl,)* },
                }
            }
        }
    };
}

reasons! {
    /// By ranking, and nobody declined (cascade).
    FirstInRank, "first-in-rank",
        en "{0} is the first in rank of who hold a place in the framework agreement (dir. 2014/24 art. 33(4)(a))",
        nl "{0} staat als eerste in de rangorde van wie een plaats in de raamovereenkomst heeft (richtlijn 2014/24 art. 33 lid 4 onder a)";
    /// By ranking, after others declined.
    NextInRank, "next-in-rank",
        en "{0} is the first in rank of who did not decline this order (dir. 2014/24 art. 33(4)(a))",
        nl "{0} staat als eerste in de rangorde van wie deze opdracht niet heeft geweigerd (richtlijn 2014/24 art. 33 lid 4 onder a)";
    /// By rotation, and there is no order yet (rotatie).
    FirstOrder, "first-order",
        en "there is no order by rotation yet; it begins with {0}, the first in rank",
        nl "er is nog geen opdracht bij rotatie; die begint bij {0}, de eerste in de rangorde";
    /// By rotation, the next after who got the last order.
    NextInRotation, "next-in-rotation",
        en "{1} got the last order by rotation; {0} is the next in order of rank",
        nl "{1} kreeg de laatste opdracht bij rotatie; {0} is de volgende in de rangorde";
    /// By rotation, and nobody stands behind who got the last order.
    RoundBeginsAgain, "round-begins-again",
        en "{1} got the last order by rotation and nobody stands behind it; the round begins again with {0}",
        nl "{1} kreeg de laatste opdracht bij rotatie en niemand staat erachter; de ronde begint opnieuw bij {0}";
    /// By rotation, after who was next declined: that was its turn.
    NextAfterDeclines, "next-after-declines",
        en "{0} is the next in the rotation after who declined this order: who declines has had its turn",
        nl "{0} is de volgende in de rotatie na wie deze opdracht heeft geweigerd: wie weigert, is aan de beurt geweest";
    /// Nobody has a turn: a tender among the operators decides (minicompetitie).
    Competition, "competition",
        en "nobody has a turn: the order goes to the winner of a tender among the operators (dir. 2014/24 art. 33(4)(c))",
        nl "niemand is aan de beurt: de opdracht gaat naar de winnaar van een minicompetitie tussen de ondernemers (richtlijn 2014/24 art. 33 lid 4 onder c)";
    /// All who hold a place declined this order.
    AllDeclined, "all-declined",
        en "everybody who holds a place in the framework agreement declined this order",
        nl "iedereen met een plaats in de raamovereenkomst heeft deze opdracht geweigerd";
    /// All dropped out.
    NobodyHoldsAPlace, "nobody-holds-a-place",
        en "nobody holds a place in the framework agreement any more",
        nl "niemand heeft nog een plaats in de raamovereenkomst";
}

impl Reason {
    /// The sentence, with the names of whose turn it is and of who got the last order by rotation.
    #[must_use]
    pub fn told(self, language: Language, whose: &str, last: &str) -> String {
        // In one go, so that a name with braces in it stays as it is.
        let mut text = String::new();
        let mut rest = self.text(language);
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let (hole, behind) = after.split_once('}').unwrap_or((after, ""));
            text.push_str(if hole == "0" { whose } else { last });
            rest = behind;
        }
        text.push_str(rest);
        text
    }
}
