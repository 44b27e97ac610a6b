//! Traits of a type of events: what the reading must know of it, as the codes
//! file says.

use dateline_lexicon::{LexiconError, Row};

macro_rules! traits {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        /// What holds of all events of a type. `plover-codes.tsv` says what
        /// each trait means to somebody who writes an ontology.
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
        pub(crate) struct Traits { $($(#[$doc])* pub $name: bool),* }

        impl Traits {
            /// Reads the column `traits`.
            pub fn parse(row: &Row<'_>) -> Result<Traits, LexiconError> {
                let mut traits = Traits::default();
                for name in row.list("traits") {
                    match name {
                        $(stringify!($name) => traits.$name = true,)*
                        other => {
                            let known = [$(stringify!($name)),*].join(", ");
                            return Err(row.error(format!("'{other}' is no trait: {known}")));
                        }
                    }
                }
                Ok(traits)
            }
        }
    };
}

traits! {
    /// It needs a recipient.
    recipient,
    /// It may be directed at a thing.
    things,
    /// A thing in the recipient's slot is its target.
    target,
    /// It codes what is said below it.
    content,
    /// What is stated as a fact below it is not its content.
    denial,
    /// Only of one's own acts.
    threat,
    /// Its object is what somebody else did.
    verdict,
    /// An act of bodies in a place.
    bodily,
    /// Its place may be its recipient too.
    onsite,
}
