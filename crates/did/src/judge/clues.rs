//! What the features ask of every token, read once a document.

use super::Judge;
use super::words::Word;
use crate::mentions::Mentions;
use crate::tree::Tree;
use dateline_account::{Entity, EntityKind, MentionForm};
use dateline_learned::word;
use dateline_syntax::Upos;

/// What is known of a token.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clue {
    pub word: Word,
    /// What it refers to: kind, country or not, and first sector.
    pub kind: u64,
    pub upos: u64,
    pub relation: u64,
    /// A verb, noun, adjective or name, and not an auxiliary.
    pub content: bool,
}

/// The clues of a document.
#[derive(Debug)]
pub(crate) struct Clues {
    tokens: Vec<Clue>,
    /// The classes that most nouns and verbs of the document are of.
    pub topics: Vec<u64>,
    /// Whether the text has no capitals.
    pub lower: bool,
}

impl Clues {
    pub(crate) fn new(judge: &Judge, tree: &Tree<'_, '_>, mentions: &Mentions<'_>) -> Clues {
        let mut counts = [0_u32; 65];
        let mut capitals = 0;
        let clue = |token: usize| {
            let upos = tree.upos(token);
            let content = matches!(upos, Upos::Verb | Upos::Noun | Upos::Adj | Upos::Propn);
            let known = judge.words.of(tree.word(token));
            if content && upos != Upos::Adj {
                counts[known.rough as usize] += 1;
            }
            capitals += usize::from(tree.doc.form(token).starts_with(char::is_uppercase));
            Clue {
                word: known,
                kind: kind_of(tree, mentions, token),
                upos: upos as u64,
                relation: word(tree.deprel(token)),
                content,
            }
        };
        let tokens: Vec<Clue> = (0..tree.doc.tokens.len()).map(clue).collect();
        let mut order: Vec<usize> = (1..counts.len()).filter(|&class| counts[class] > 0).collect();
        order.sort_by_key(|&class| (std::cmp::Reverse(counts[class]), class));
        let topics = order.into_iter().take(5).map(|class| class as u64).collect();
        Clues { lower: capitals * 50 < tokens.len(), tokens, topics }
    }

    /// The clue of a token.
    pub(crate) fn of(&self, token: usize) -> &Clue {
        &self.tokens[token]
    }
}

/// What a noun phrase refers to, as a number.
fn kind_of(tree: &Tree<'_, '_>, mentions: &Mentions<'_>, token: usize) -> u64 {
    let entity = mentions.entity(tree, token).or_else(|| mentions.country_of(token));
    entity.map_or_else(
        || mentions.kind(tree, token).map_or(0, |kind| 1 + kind as u64),
        |entity| entity_code(mentions, entity),
    )
}

/// What an entity is, as a number: its kind, and of an actor the sector.
pub(crate) fn entity_code(mentions: &Mentions<'_>, entity: &Entity) -> u64 {
    let sector = entity.actor.as_ref().map_or(1, |actor| {
        let first = actor.sectors.first().map_or(3, |sector| word(sector) % 997 + 5);
        first + 1000 * u64::from(actor.country.is_some())
    });
    let country = entity.kind == EntityKind::Place && mentions.is_country(entity);
    20 + entity.kind as u64 + 10 * u64::from(country) + 32 * sector
}

/// The form of an entity's fullest mention.
pub(crate) fn is_named(entity: &Entity) -> bool {
    entity.mentions.iter().any(|m| m.form == MentionForm::Name)
}
