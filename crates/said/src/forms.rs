//! Which lexicon words a form may belong to, whatever its lemma was taken for.

/// Irregular forms of verbs that report.
const IRREGULAR: [(&str, &str); 66] = [
    ("began", "begin"),
    ("begun", "begin"),
    ("bade", "bid"),
    ("broke", "break"),
    ("broken", "break"),
    ("brought", "bring"),
    ("came", "come"),
    ("chose", "choose"),
    ("chosen", "choose"),
    ("drew", "draw"),
    ("drawn", "draw"),
    ("dreamt", "dream"),
    ("felt", "feel"),
    ("forbade", "forbid"),
    ("forbidden", "forbid"),
    ("foresaw", "foresee"),
    ("foreseen", "foresee"),
    ("foretold", "foretell"),
    ("forgave", "forgive"),
    ("forgiven", "forgive"),
    ("forgot", "forget"),
    ("forgotten", "forget"),
    ("fought", "fight"),
    ("found", "find"),
    ("gave", "give"),
    ("given", "give"),
    ("went", "go"),
    ("gone", "go"),
    ("had", "have"),
    ("has", "have"),
    ("heard", "hear"),
    ("held", "hold"),
    ("kept", "keep"),
    ("knew", "know"),
    ("known", "know"),
    ("led", "lead"),
    ("left", "leave"),
    ("lost", "lose"),
    ("made", "make"),
    ("meant", "mean"),
    ("met", "meet"),
    ("overheard", "overhear"),
    ("pled", "plead"),
    ("rang", "ring"),
    ("rose", "rise"),
    ("said", "say"),
    ("sang", "sing"),
    ("sung", "sing"),
    ("saw", "see"),
    ("seen", "see"),
    ("sent", "send"),
    ("sought", "seek"),
    ("shown", "show"),
    ("spoke", "speak"),
    ("spoken", "speak"),
    ("stood", "stand"),
    ("swore", "swear"),
    ("sworn", "swear"),
    ("taught", "teach"),
    ("thought", "think"),
    ("told", "tell"),
    ("took", "take"),
    ("taken", "take"),
    ("understood", "understand"),
    ("wrote", "write"),
    ("written", "write"),
];

/// What a form may be a form of: "alleging" of "alleg" or "allege", "swore" of
/// "swear". The lexicon decides which of them there is, so that a lemma that
/// was guessed wrong does no harm.
pub(crate) fn stems(form: &str) -> Vec<String> {
    let mut stems: Vec<String> = Vec::new();
    let irregular = IRREGULAR.iter().find(|(known, _)| *known == form);
    stems.extend(irregular.map(|(_, lemma)| (*lemma).to_owned()));
    let mut add = |stem: &str, ending: &str| {
        if stem.len() >= 2 {
            stems.push(format!("{stem}{ending}"));
        }
    };
    for suffix in ["ing", "ed", "es", "s"] {
        let Some(stem) = form.strip_suffix(suffix) else { continue };
        add(stem, "");
        if suffix != "s" {
            add(stem, "e");
        }
        if let Some(stem) = stem.strip_suffix('i') {
            add(stem, "y"); // "denied"
        }
        let mut last = stem.chars().rev();
        if let (Some(a), Some(b)) = (last.next(), last.next())
            && a == b
        {
            add(&stem[..stem.len() - a.len_utf8()], ""); // "planned"
        }
    }
    stems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regular_and_irregular_forms() {
        for (form, lemma) in
            [("alleging", "allege"), ("denied", "deny"), ("planned", "plan"), ("swore", "swear")]
        {
            assert!(stems(form).iter().any(|s| s == lemma), "{form}");
        }
        assert!(stems("é").is_empty());
    }
}
