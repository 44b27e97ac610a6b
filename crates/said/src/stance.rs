//! Stances: what a cue commits its source to.
//!
//! The names describe the wording and judge nobody. They follow the kinds of
//! reporting verbs in Thompson, "Reporting" (Collins COBUILD, 1994) and the
//! illocutionary classes of Searle (1976), told apart as far as news needs it:
//! *assert* is the neutral one, *allege* an assertion whose wording keeps a
//! distance, *withhold* says that something was not said.

/// The names of all stances, in alphabetical order.
pub const STANCES: [&str; 44] = [
    "accuse",
    "admit",
    "advise",
    "agree",
    "allege",
    "announce",
    "apologize",
    "ask",
    "assert",
    "believe",
    "blame",
    "confirm",
    "criticize",
    "decide",
    "demand",
    "deny",
    "describe",
    "disagree",
    "doubt",
    "fear",
    "feel",
    "forbid",
    "hope",
    "joke",
    "know",
    "mention",
    "offer",
    "oppose",
    "permit",
    "plan",
    "praise",
    "predict",
    "promise",
    "refuse",
    "reject",
    "report",
    "show",
    "suggest",
    "support",
    "thank",
    "threaten",
    "want",
    "warn",
    "withhold",
];

/// The stance of a name, if there is one of that name.
///
/// ```
/// assert_eq!(dateline_said::stance("deny"), Some("deny"));
/// assert_eq!(dateline_said::stance("mumble"), None);
/// ```
pub fn stance(name: &str) -> Option<&'static str> {
    STANCES.binary_search(&name).ok().map(|at| STANCES[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_and_found() {
        assert!(STANCES.is_sorted());
        assert!(STANCES.iter().all(|name| stance(name) == Some(name)));
    }
}
