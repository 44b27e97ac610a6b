//! Which entity a stretch of words names: speakers, addressees, relayers.

use crate::draft::{Draft, Reading};
use crate::tree::{head_of, nominal_head_of};
use dateline_account::{Entity, EntityKind, MentionForm};
use dateline_syntax::Upos;
use std::ops::Range;

/// Longer mentions than this many tokens are left out of the index.
const LONGEST: usize = 64;

#[derive(Debug, Clone, Copy)]
struct Seen {
    entity: u32,
    head: usize,
    length: usize,
    form: MentionForm,
}

/// The mentions of all entities, by token.
#[derive(Debug)]
pub(crate) struct Mentions {
    by_token: Vec<Vec<Seen>>,
    /// For each entity whether it can hear and speak.
    speaks: Vec<bool>,
    persons: Vec<bool>,
    /// For each entity the heads of its first mentions.
    heads: Vec<Vec<usize>>,
}

impl Mentions {
    pub fn new(reading: &Reading<'_, '_>, entities: &[Entity]) -> Self {
        let mut by_token: Vec<Vec<Seen>> = vec![Vec::new(); reading.doc.tokens.len()];
        let mut heads = vec![Vec::new(); entities.len()];
        for (entity, known) in entities.iter().enumerate() {
            for mention in &known.mentions {
                let tokens = reading.doc.tokens_in(mention.span);
                if tokens.is_empty() {
                    continue;
                }
                let tokens = reading.doc.nucleus(tokens);
                if tokens.len() > LONGEST {
                    continue;
                }
                let seen = Seen {
                    entity: entity as u32,
                    head: head_of(reading.doc, tokens.clone()),
                    length: tokens.len(),
                    form: mention.form,
                };
                if heads[entity].len() < 32 {
                    heads[entity].push(seen.head);
                }
                for slot in by_token.get_mut(tokens).into_iter().flatten() {
                    slot.push(seen);
                }
            }
        }
        for slot in &mut by_token {
            // a name before a description, the longer before the shorter
            slot.sort_by_key(|s| (form_rank(s.form), std::cmp::Reverse(s.length), s.entity));
            slot.truncate(16);
        }
        let speaks = entities
            .iter()
            .map(|e| !matches!(e.kind, EntityKind::Other | EntityKind::Event))
            .collect();
        let persons = entities.iter().map(|e| e.kind == EntityKind::Person).collect();
        Self { by_token, speaks, persons, heads }
    }

    /// The entity, if it is of a kind that can hear and speak.
    pub fn speaking(&self, entity: u32) -> Option<u32> {
        self.speaks.get(entity as usize).is_some_and(|s| *s).then_some(entity)
    }

    /// Whether all mentions of an entity but the source stand in the content:
    /// whoever is spoken of there only is not behind a pronoun outside.
    fn only_inside(&self, entity: u32, source: &Range<usize>, draft: &Draft) -> bool {
        let Some(heads) = self.heads.get(entity as usize) else { return false };
        let mut others = heads.iter().filter(|&&head| !source.contains(&head)).peekable();
        others.peek().is_some() && others.all(|&head| draft.holds(head))
    }

    /// Whether a token heads the mention of a person.
    pub fn heads_person(&self, token: usize) -> bool {
        let mut slot = self.by_token.get(token).into_iter().flatten();
        slot.any(|seen| seen.head == token && self.persons.get(seen.entity as usize) == Some(&true))
    }

    /// The person in whose name a token stands.
    fn person_named(&self, token: usize) -> Option<u32> {
        let slot = self.by_token.get(token)?;
        let person = |seen: &&Seen| {
            seen.form == MentionForm::Name && self.persons.get(seen.entity as usize) == Some(&true)
        };
        slot.iter().find(person).map(|seen| seen.entity)
    }

    /// Whether a token stands in a name.
    fn is_name(&self, token: usize) -> bool {
        let slot = self.by_token.get(token);
        slot.is_some_and(|s| s.iter().any(|seen| seen.form == MentionForm::Name))
    }

    /// A person's name that hangs before the cue's verb, which has no subject:
    /// an unknown name that was read as an adverb.
    pub fn before_cue(&self, reading: &Reading<'_, '_>, draft: &Draft) -> Option<Range<usize>> {
        let cue = draft.cue.first()?;
        let mut verb = head_of(reading.doc, cue.clone());
        for _ in 0..3 {
            if reading.upos(verb) != Upos::Verb || reading.dependent(verb, "nsubj").is_some() {
                return None;
            }
            let name = reading.tree.dependents(verb).iter().copied().find_map(|t| {
                let adverb = matches!(reading.relation(t), "advmod" | "amod" | "discourse");
                let slot = self.by_token.get(t).filter(|_| adverb && t < verb)?;
                let seen = slot.iter().find(|s| s.form == MentionForm::Name && s.head == t)?;
                let apart = !draft.holds(t) && !cue.contains(&t);
                (apart && self.persons.get(seen.entity as usize) == Some(&true)).then_some(t..t + 1)
            });
            if name.is_some() {
                return name;
            }
            verb = reading.head(verb).filter(|_| reading.relation(verb) == "conj")?;
        }
        None
    }

    /// The entity of the mention whose head a token is, else of the mention
    /// that covers it best without being part of a longer phrase of another.
    pub fn of(&self, reading: &Reading<'_, '_>, token: usize) -> Option<u32> {
        let slot = self.by_token.get(token)?;
        let headed = slot.iter().find(|s| s.head == token);
        let covering = || {
            slot.iter().find(|s| {
                // "Lind" in "Lind spokesman" names another than its head does
                let relation = reading.relation(token);
                s.form == MentionForm::Name
                    || !matches!(relation, "compound" | "nmod" | "amod" | "det")
            })
        };
        headed.or_else(covering).map(|s| s.entity)
    }
}

fn form_rank(form: MentionForm) -> u8 {
    match form {
        MentionForm::Name => 0,
        MentionForm::Nominal => 1,
        MentionForm::Pronoun => 2,
    }
}

/// The entity that a source names: that of its head, else of a name that
/// belongs to the head as title, apposition or part of the name; never of a
/// word of the content.
pub(crate) fn speaker(
    reading: &Reading<'_, '_>,
    mentions: &Mentions,
    draft: &Draft,
) -> Option<u32> {
    draft.source.iter().find_map(|piece| {
        let piece = outside(piece, draft)?;
        let entity = phrase_entity(reading, mentions, piece.clone());
        if entity.is_none_or(|e| mentions.speaking(e).is_none())
            && let Some(author) = author(reading, mentions, &piece)
        {
            return Some(author);
        }
        let pronoun = piece.len() == 1 && reading.upos(piece.start) == Upos::Pron;
        let known = entity.filter(|&e| !pronoun || !mentions.only_inside(e, &piece, draft));
        known.or_else(|| named_next(reading, mentions, &piece))
    })
}

/// “Give us a date,” she begged. Maria Lind has waited for two years: of "he"
/// or "she" who is nobody known, the person that the next sentence is about.
fn named_next(reading: &Reading<'_, '_>, mentions: &Mentions, piece: &Range<usize>) -> Option<u32> {
    if piece.len() != 1 || !matches!(reading.lower(piece.start).as_str(), "he" | "she") {
        return None;
    }
    let end = reading.sentence(piece.start).end;
    let next = reading.sentence(end);
    let together = reading.paragraph(end) == reading.paragraph(piece.start);
    let root = next.clone().find(|&t| together && reading.relation(t) == "root")?;
    let subject = reading.dependent(root, "nsubj").filter(|s| next.contains(s))?;
    mentions.person_named(subject)
}

/// "The text of the letter by Bishop Conti": who wrote what is the source.
fn author(reading: &Reading<'_, '_>, mentions: &Mentions, piece: &Range<usize>) -> Option<u32> {
    let tokens = piece.clone().take(LONGEST);
    let mut after = tokens.skip_while(|&t| !matches!(reading.lower(t).as_str(), "by" | "from"));
    after.next()?;
    after.take(5).find_map(|t| mentions.person_named(t))
}

/// The part of a range before the content, if the content reaches into it.
fn outside(piece: &Range<usize>, draft: &Draft) -> Option<Range<usize>> {
    let end = piece.clone().find(|&t| draft.holds(t)).unwrap_or(piece.end);
    (piece.start < end).then_some(piece.start..end)
}

/// The entity of a noun phrase.
pub(crate) fn phrase_entity(
    reading: &Reading<'_, '_>,
    mentions: &Mentions,
    phrase: Range<usize>,
) -> Option<u32> {
    if let Some(named) = named_after_comma(reading, mentions, &phrase) {
        return Some(named);
    }
    let head = antecedent(reading, nominal_head_of(reading.doc, phrase.clone()));
    let apposed = reading.tree.dependents(head).iter().copied();
    // parsers take the names in "allies, Arland and Bresia" for more of a list
    let listed = |t: usize| {
        reading.relation(t) == "conj"
            && reading.upos(head) == Upos::Noun
            && t > 0
            && reading.doc.form(t - 1) == ","
    };
    let is_apposed = |t: usize| reading.relation(t) == "appos" || listed(t);
    let mut apposed = apposed.filter(|&t| is_apposed(t) && phrase.contains(&t));
    if !mentions.is_name(head)
        && let Some(name) = apposed.find(|&t| mentions.is_name(t))
        && let Some(entity) = mentions.of(reading, name)
    {
        return Some(entity); // "two allies, Arland and Bresia": named rather than described
    }
    if let Some(entity) = mentions.of(reading, head) {
        return Some(entity);
    }
    // "spokesman Dmitry Orlov" and "Orlov, a spokesman": parts of one name
    let related = reading.tree.dependents(head).iter().copied().filter(|&t| {
        matches!(reading.relation(t), "appos" | "flat" | "compound")
            && matches!(reading.upos(t), Upos::Propn | Upos::Noun | Upos::Pron)
            && phrase.contains(&t)
    });
    let mut named: Vec<usize> = related.collect();
    named.sort_by_key(|&t| (reading.relation(t) == "compound", t));
    if let Some(entity) = named.iter().find_map(|&t| {
        let own = mentions.of(reading, t)?;
        // of compounds, only a name that stands right before its title's end
        (reading.relation(t) != "compound" || t > head).then_some(own)
    }) {
        return Some(entity);
    }
    if has_tree(reading, &phrase) {
        return None;
    }
    phrase.take(LONGEST).find_map(|t| mentions.of(reading, t))
}

/// "The head of the cooperative in Vardal, Ole Strand, whose boat ...": the
/// person who stands alone between the first two commas, when what is before
/// them does not end with a person's name.
fn named_after_comma(
    reading: &Reading<'_, '_>,
    mentions: &Mentions,
    phrase: &Range<usize>,
) -> Option<u32> {
    let end = phrase.end.min(reading.doc.tokens.len()).min(phrase.start + LONGEST);
    let comma = |from: usize| (from..end).find(|&t| reading.doc.form(t) == ",");
    let first = comma(phrase.start)?;
    let second = comma(first + 1).unwrap_or(end);
    let described = phrase.start..first;
    if second <= first + 1 || described.is_empty() || mentions.person_named(first - 1).is_some() {
        return None;
    }
    let nominal = described.clone().any(|t| reading.upos(t) == Upos::Noun);
    let person = mentions.person_named(first + 1)?;
    let whole = (first + 1..second).all(|t| mentions.person_named(t) == Some(person));
    (nominal && whole).then_some(person)
}

/// Whether the words of a phrase have heads at all.
fn has_tree(reading: &Reading<'_, '_>, phrase: &Range<usize>) -> bool {
    phrase.clone().take(LONGEST).any(|t| reading.head(t).is_some())
}

/// What a relative pronoun stands for: the noun that its clause hangs on.
fn antecedent(reading: &Reading<'_, '_>, token: usize) -> usize {
    let relative = matches!(reading.lower(token).as_str(), "who" | "which" | "that" | "whom");
    if !relative {
        return token;
    }
    let mut at = token;
    for _ in 0..4 {
        let Some(head) = reading.head(at) else { break };
        if reading.relation(at) == "acl" {
            return head;
        }
        at = head;
    }
    token
}
