//! Contexts of an event: those of its type, mode and frame and of its object's
//! class, those that keywords near the trigger speak for, and those that the
//! sectors of its actors and recipients imply.

use crate::assembly::Draft;
use crate::triggers::{Hit, Reading};
use std::collections::BTreeSet;
use std::ops::Range;

/// Keywords of a sentence: token and context.
pub(crate) fn keywords<'a>(on: &Reading<'a, '_>, sentence: Range<usize>) -> Vec<(usize, &'a str)> {
    let lexicon = on.lexicon;
    let mut found = Vec::new();
    for token in sentence {
        for (before, context) in lexicon.contexts_of(on.tree.word(token)) {
            if on.tree.preceded_by(token, before) {
                found.push((token, context.as_str()));
            }
        }
    }
    found
}

/// The contexts of an event, sorted.
pub(crate) fn contexts(
    on: &Reading<'_, '_>,
    hit: &Hit,
    draft: &Draft,
    keywords: &[(usize, &str)],
) -> Vec<String> {
    let mut out: BTreeSet<String> = on.lexicon.frames[hit.frame].contexts.iter().cloned().collect();
    for meaning in on.lexicon.ontology.meanings(draft.kind, draft.mode.as_deref()) {
        out.extend(meaning.contexts.iter().cloned());
    }
    for &class in &hit.classes {
        out.extend(on.lexicon.classes.contexts(class).iter().cloned());
    }
    let near = keywords.partition_point(|(token, _)| token + 15 < hit.token);
    for (token, context) in keywords.iter().skip(near).take_while(|(t, _)| *t < hit.token + 20) {
        if hit.words.contains(token) || on.tree.near_below(*token, hit.token, 4) {
            out.insert((*context).to_owned());
        }
    }
    for party in draft.arguments.actor.iter().chain(&draft.arguments.recipient) {
        let actor = on.mentions.entities.get(*party as usize).and_then(|e| e.actor.as_ref());
        for sector in actor.into_iter().flat_map(|a| a.sectors.iter().take(1)) {
            out.extend(on.lexicon.ontology.contexts_of_sector(sector).iter().cloned());
        }
    }
    out.into_iter().collect()
}
