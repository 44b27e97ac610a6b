//! What has been said of each entity so far, for comparing with it.

use super::traits::Traits;

/// The most heads and words that are kept of an entity.
const MOST: usize = 24;

/// The words of one cluster, up to where the reading is.
#[derive(Debug, Default, Clone)]
pub(crate) struct Seen {
    /// Lemmas of heads.
    pub(crate) heads: Vec<u64>,
    /// Content words, heads among them.
    pub(crate) words: Vec<u64>,
    pub(crate) phrases: Vec<u64>,
    /// The latest mention.
    pub(crate) last: Option<u32>,
    pub(crate) mentions: usize,
}

fn note(list: &mut Vec<u64>, hash: u64) {
    if list.len() < MOST && !list.contains(&hash) {
        list.push(hash);
    }
}

impl Seen {
    pub(crate) fn take(&mut self, at: u32, traits: &Traits) {
        self.last = Some(at);
        self.mentions += 1;
        if traits.class.is_pronoun() {
            return;
        }
        note(&mut self.heads, traits.lemma);
        note(&mut self.words, traits.lemma);
        note(&mut self.phrases, traits.phrase);
        for &modifier in &traits.modifiers {
            note(&mut self.words, modifier);
        }
    }
}
