//! Who stands beside an act and has no part in it.

use crate::arguments::Arguments;
use crate::assembly::Sentence;
use crate::clause::clause;
use crate::expression::Pos;
use crate::tree::Tree;
use crate::triggers::Hit;

impl Sentence<'_, '_, '_> {
    /// Takes those who condemn or praise an act from those who did it ("the
    /// bishops condemned the raid"), and those who only look back on it ("the
    /// driver survived the attack", "officials would not comment on the arrest").
    pub(crate) fn leave_onlookers_out(&self, found: &[Hit], alone: &mut [Arguments]) {
        let (tree, lexicon) = (self.on.tree, self.on.lexicon);
        let verdict =
            |hit: &Hit| lexicon.frames[hit.frame].kind.is_some_and(|k| lexicon.traits(k).verdict);
        for (at, hit) in found.iter().enumerate() {
            let Some(above) = tree.head(hit.token).filter(|_| hit.around.pos == Pos::Noun) else {
                continue;
            };
            let object = tree.relation(hit.token) == "obj";
            let judge = found.iter().position(|other| other.token == above && verdict(other));
            if let Some(judge) = judge.filter(|_| object) {
                let judges = alone[judge].actor.clone();
                alone[at].actor.retain(|id| !judges.contains(id));
            } else if looks_back(tree, above, hit.token) {
                let onlookers = clause(tree, above).subjects;
                let onlookers: Vec<u32> = onlookers
                    .into_iter()
                    .filter_map(|s| self.on.mentions.entity(tree, s))
                    .map(|entity| entity.id)
                    .collect();
                alone[at].actor.retain(|id| !onlookers.contains(id));
            }
        }
    }
}

/// Whether the subject of a verb only looks back on the act that is its object,
/// or that it speaks of, and has no part in it; not who "responded with raids".
fn looks_back(tree: &Tree<'_, '_>, verb: usize, act: usize) -> bool {
    let word = tree.word(verb);
    if tree.relation(act) == "obj" {
        matches!(
            word,
            "answer"
                | "avenge"
                | "commemorate"
                | "condemn"
                | "denounce"
                | "escape"
                | "forgive"
                | "highlight"
                | "investigate"
                | "lament"
                | "mourn"
                | "notice"
                | "prevent"
                | "probe"
                | "survive"
                | "witness"
        )
    } else {
        matches!(
            (word, tree.preposition(act).as_deref()),
            ("comment", Some("on" | "about"))
                | ("respond" | "react", Some("to"))
                | ("die", Some("in" | "during" | "after" | "from"))
                | ("flee", Some("from" | "after"))
        )
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::told;

    #[test]
    fn who_looks_back_on_an_act_took_no_part_in_it() {
        let lines = |verb: &str, case: &str| {
            let relation = if case.is_empty() { "obj" } else { "obl" };
            format!(
                "Norland Norland PROPN NNP 2 nsubj\n{verb} VERB VBD 0 root\n{case}\
                 raids raid NOUN NNS 2 {relation}\n"
            )
        };
        let acts = |lines: String| told(&lines).iter().any(|e| e.contains(" Norland > "));
        assert!(!acts(lines("survived survive", "")));
        assert!(!acts(lines("responded respond", "to to ADP IN 4 case\n")));
        assert!(acts(lines("launched launch", "")));
    }
}
