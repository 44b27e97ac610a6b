//! What the tables are trained on.

use super::Judge;
use super::clues::Clues;
use super::happened;
use super::party::{self, Asked};
use super::trigger::{self, Candidate};
use crate::arguments::arguments;
use crate::assembly::Rows;
use crate::lexicon::Lexicon;
use crate::mentions::Mentions;
use crate::modality::reality;
use crate::tree::Tree;
use crate::triggers::Reading;
use dateline_account::{EventType, Modality, Span};
use dateline_syntax::Doc;

/// An event that a person found: where its trigger's head stands, and its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gold {
    /// The words of the trigger's head.
    pub trigger: Span,
    /// The type.
    pub kind: EventType,
}

/// What the tables would be asked about a document. Features are rows of the
/// tables.
#[derive(Debug, Default)]
pub struct Decisions {
    /// The words that may be triggers, in reading order.
    pub candidates: Vec<MayTrigger>,
    /// The events of the gold whose trigger is among them.
    pub events: Vec<Told>,
}

/// A word that may be a trigger.
#[derive(Debug)]
pub struct MayTrigger {
    /// The word.
    pub span: Span,
    /// The types of the frames that fit, the best first; `None` is no event.
    pub fitting: Vec<Option<EventType>>,
    /// What is known of it.
    pub features: Vec<u16>,
}

/// An event of the gold.
#[derive(Debug)]
pub struct Told {
    /// Its index in the gold.
    pub gold: usize,
    /// Who may have a part in it: the head of the mention, the entity, whether
    /// the rules have it as actor and as recipient, and what is known.
    pub parties: Vec<(Span, u32, [bool; 2], Vec<u16>)>,
    /// Its modality by the rules, and whether the words of its own clause say so.
    pub modality: (Modality, bool),
    /// What is known of whether it happened.
    pub happened: Vec<u16>,
}

/// Looks over a document.
pub(crate) fn decisions(
    doc: &Doc<'_>,
    lexicon: &Lexicon,
    judge: &Judge,
    rows: Rows<'_>,
    gold: &[Gold],
) -> Decisions {
    let tree = Tree::new(doc, &|word| lexicon.knows(word));
    let mentions = Mentions::new(&tree, rows.entities, rows.places);
    let on = Reading { tree: &tree, lexicon, mentions: &mentions };
    let clues = Clues::new(judge, &tree, &mentions);
    let claim_of = crate::claims::innermost(&tree, rows.claims);
    let mut out = Decisions::default();
    for (token, claim) in claim_of.iter().enumerate() {
        let claim = claim.and_then(|id| rows.claims.get(id as usize));
        let Some(candidate) = Candidate::new(&on, &clues, token, claim) else { continue };
        out.candidates.push(MayTrigger {
            span: doc.tokens[token].span,
            fitting: candidate.fitting.iter().map(|hit| lexicon.frames[hit.frame].kind).collect(),
            features: trigger::features(&on, &clues, &candidate),
        });
        for (at, gold) in gold.iter().enumerate() {
            let head = doc.head_of(doc.tokens_in(gold.trigger));
            if head != token || doc.tokens_in(gold.trigger).is_empty() {
                continue;
            }
            let Some(hit) = candidate.hit(&on, Some(gold.kind)) else { continue };
            let by_rule = arguments(&on, &hit, None);
            let Some(asked) = Asked::new(&on, &hit, &by_rule, claim) else { continue };
            let some = party::parties(&on, tree.sentence(token));
            let features = party::features(&on, &clues, &asked, &some);
            let part = |id: &u32| [by_rule.actor.contains(id), by_rule.recipient.contains(id)];
            let rows = some.iter().zip(features).map(|(party, features)| {
                let id = party.entity.id;
                (doc.tokens[party.token].span, id, part(&id), features)
            });
            let reality = reality(&on, &hit.around);
            out.events.push(Told {
                gold: at,
                parties: rows.collect(),
                modality: (reality.modality, reality.said_outright),
                happened: happened::features(&on, &clues, &hit, reality.modality),
            });
        }
    }
    out
}
