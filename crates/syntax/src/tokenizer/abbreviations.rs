//! Abbreviations that keep their period, and what the period can mean.

/// No abbreviation is longer, in bytes.
pub(super) const LONGEST: usize = 7;

/// When a word with a period after it is an abbreviation, and whether the period
/// can end a sentence as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Always; a name follows, so it never ends a sentence.
    Title,
    /// Always; it may end a sentence.
    Always,
    /// Only before a number, so it never ends a sentence.
    Number,
    /// Only where the sentence goes on: it is a word as well.
    Word,
    /// Only before a name: it is a word as well, and a title or part of a name.
    Named,
    /// Only in lower case: it is a name as well (`et al.`).
    Lower,
    /// Capitalised, after a comma, or where the sentence goes on.
    State,
}

use Kind::{Always, Lower, Named, Number, State, Title, Word};

/// In alphabetical order of the lower-case forms, which are matched if the
/// written form is lower case, capitalised or upper case.
const ABBREVIATIONS: &[(&str, Kind)] = &[
    ("abp", Title),
    ("adj", Word),
    ("adm", Title),
    ("al", Lower),
    ("ala", Always),
    ("amb", Title),
    ("approx", Always),
    ("apr", Always),
    ("apt", Number),
    ("ariz", Always),
    ("ark", State),
    ("art", Number),
    ("assn", Always),
    ("assoc", Always),
    ("asst", Title),
    ("attn", Always),
    ("atty", Title),
    ("aug", Always),
    ("ave", Always),
    ("bldg", Always),
    ("blvd", Always),
    ("brig", Title),
    ("bros", Always),
    ("ca", Always),
    ("cal", State),
    ("calif", Always),
    ("capt", Title),
    ("cf", Always),
    ("ch", Number),
    ("chap", Number),
    ("cmdr", Title),
    ("cmdt", Title),
    ("co", Always),
    ("col", Named),
    ("colo", Always),
    ("comdr", Title),
    ("cong", Title),
    ("conn", Always),
    ("corp", Always),
    ("cpl", Title),
    ("ctr", Always),
    ("dec", Always),
    ("del", Word),
    ("dem", Word),
    ("dep", Named),
    ("dept", Always),
    ("det", Title),
    ("dir", Word),
    ("dist", Always),
    ("div", Always),
    ("dr", Title),
    ("ed", Named),
    ("eds", Word),
    ("eng", Word),
    ("esp", Always),
    ("esq", Always),
    ("est", Word),
    ("et", Word),
    ("etc", Word),
    ("ext", Number),
    ("feb", Always),
    ("fig", Number),
    ("figs", Number),
    ("fla", Always),
    ("fr", Title),
    ("fri", Word),
    ("ft", Always),
    ("ga", State),
    ("gen", Title),
    ("gov", Title),
    ("govt", Always),
    ("hon", Title),
    ("hr", Always),
    ("hrs", Always),
    ("hwy", Always),
    ("ill", State),
    ("inc", Always),
    ("ind", State),
    ("insp", Title),
    ("intl", Always),
    ("jan", Always),
    ("jct", Always),
    ("jr", Always),
    ("jul", Always),
    ("jun", Always),
    ("kan", State),
    ("kans", Always),
    ("ky", State),
    ("la", State),
    ("lb", Always),
    ("lbs", Always),
    ("lt", Title),
    ("ltd", Always),
    ("maj", Title),
    ("mar", State),
    ("mass", State),
    ("md", State),
    ("messrs", Title),
    ("mfg", Always),
    ("mgr", Title),
    ("mich", Always),
    ("min", Word),
    ("minn", Always),
    ("mins", Word),
    ("misc", Always),
    ("miss", State),
    ("mlle", Title),
    ("mme", Title),
    ("mo", State),
    ("mon", Word),
    ("mont", State),
    ("mr", Title),
    ("mrs", Title),
    ("ms", Title),
    ("msgr", Title),
    ("mt", Title),
    ("natl", Always),
    ("neb", Always),
    ("nev", Always),
    ("no", Number),
    ("nos", Number),
    ("nov", Always),
    ("oct", Always),
    ("okla", Always),
    ("op", Word),
    ("ore", State),
    ("oz", Word),
    ("pa", State),
    ("para", Number),
    ("pfc", Title),
    ("pg", Number),
    ("plc", Always),
    ("pp", Number),
    ("pres", Title),
    ("prof", Title),
    ("pt", Number),
    ("pte", Always),
    ("pty", Always),
    ("pvt", Title),
    ("rd", Always),
    ("rep", Named),
    ("reps", Named),
    ("res", Number),
    ("ret", Word),
    ("rev", Title),
    ("rt", Always),
    ("sat", Word),
    ("sec", Number),
    ("secs", Word),
    ("sen", Title),
    ("sens", Title),
    ("sep", Always),
    ("sept", Always),
    ("sgt", Title),
    ("spc", Title),
    ("sq", Always),
    ("sr", Always),
    ("st", Title),
    ("ste", Title),
    ("sun", Word),
    ("supt", Title),
    ("tel", Always),
    ("tenn", Always),
    ("tex", State),
    ("thu", Word),
    ("thur", Always),
    ("thurs", Always),
    ("tsp", Always),
    ("tue", Word),
    ("tues", Always),
    ("univ", Always),
    ("va", State),
    ("ven", Title),
    ("viz", Always),
    ("vol", Number),
    ("vols", Number),
    ("vs", Title),
    ("vt", State),
    ("wash", State),
    ("wed", Word),
    ("wis", Always),
    ("wyo", Always),
    ("yr", Always),
    ("yrs", Always),
];

/// Abbreviations with a period inside that is not between single letters, in
/// lower case and without the last period.
const INNER: &[&str] = &[
    "ph.d", "ed.d", "m.sc", "b.sc", "m.phil", "d.phil", "psy.d", "litt.d", "b.ed", "m.ed", "ll.b",
    "ll.m", "lt.-gen", "lt.col", "maj.gen",
];

/// What sort of abbreviation a word without its period is, if it is one.
pub(super) fn kind(word: &str) -> Option<Kind> {
    if !(2..=LONGEST).contains(&word.len()) || !word.bytes().all(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    let lower = word.to_ascii_lowercase();
    let at = ABBREVIATIONS.binary_search_by(|(form, _)| (*form).cmp(&*lower)).ok()?;
    ABBREVIATIONS.get(at).map(|(_, kind)| *kind)
}

/// Whether a word is a month or its abbreviation.
pub(super) fn is_month(word: &str) -> bool {
    const MONTHS: &[&str] = &[
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Jan",
        "Feb",
        "Mar",
        "Apr",
        "Jun",
        "Jul",
        "Aug",
        "Sep",
        "Sept",
        "Oct",
        "Nov",
        "Dec",
    ];
    MONTHS.contains(&word)
}

/// Whether a word with inner periods, without its last one, is an abbreviation.
pub(super) fn has_inner_period(word: &str) -> bool {
    word.len() <= 7 && INNER.iter().any(|inner| inner.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_short_enough() {
        assert!(ABBREVIATIONS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(ABBREVIATIONS.iter().all(|(form, _)| form.len() <= LONGEST));
    }
}
