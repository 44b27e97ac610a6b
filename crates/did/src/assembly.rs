//! From hits to events: what is embedded goes into what embeds it, what is
//! said twice is one event, and every event gets date, place, claim, contexts
//! and confidence.

use crate::arguments::{Arguments, arguments};
use crate::dates_places::{places_by_sentence, times_by_sentence};
use crate::embed::{embedders, states_fact};
use crate::expression::Pos;
use crate::finish::Finished;
use crate::judge::{Judge, Opinion};
use crate::lexicon::{Lexicon, Outer};
use crate::mentions::Mentions;
use crate::modality::{Reality, reality};
use crate::once::{EventPair, Sameness, join};
use crate::running;
use crate::slots::possessors;
use crate::telling::Telling;
use crate::tree::Tree;
use crate::triggers::{Hit, Reading, hits};
use dateline_account::{Claim, Entity, EventType, Modality, Place, Polarity, Time};
use dateline_syntax::{Doc, Upos};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Sentences longer than this are no prose; their words are not read.
const LONGEST_SENTENCE: usize = 4000;

/// The rows of the account that events point into.
#[derive(Clone, Copy)]
pub(crate) struct Rows<'a> {
    pub entities: &'a [Entity],
    pub times: &'a [Time],
    pub places: &'a [Place],
    pub claims: &'a [Claim],
}

/// An event before its words become spans.
pub(crate) struct Draft {
    pub hit: usize,
    pub words: BTreeSet<usize>,
    pub kind: EventType,
    pub mode: Option<String>,
    pub arguments: Arguments,
    pub reality: Reality,
    /// How surely it is such an event, by lexicon and learned part.
    pub certainty: f32,
}

/// What events are read with.
#[derive(Clone, Copy)]
pub(crate) struct Means<'m> {
    pub lexicon: &'m Lexicon,
    pub judge: Option<&'m Judge>,
    pub sameness: &'m Sameness,
}

/// Reads the events of a document, yet unweighed; with `explain`, each says
/// what gave it date and place.
pub(crate) fn events(
    doc: &Doc<'_>,
    means: Means<'_>,
    rows: Rows<'_>,
    explain: bool,
) -> Vec<Finished> {
    let (out, tellings) = mentions(doc, means, rows);
    let mut out = join(out, &tellings, rows.claims, means.sameness);
    for (id, finished) in out.iter_mut().enumerate() {
        finished.event.id = id as u32;
        if explain {
            running::explain(doc, rows, finished);
        }
    }
    out
}

/// All pairs of mentions that can be of one event.
pub(crate) fn pairs(doc: &Doc<'_>, means: Means<'_>, rows: Rows<'_>) -> Vec<EventPair> {
    crate::once::pairs(&mentions(doc, means, rows).1, rows.claims)
}

/// The events as each sentence tells them, and what is to be compared of them.
fn mentions(doc: &Doc<'_>, means: Means<'_>, rows: Rows<'_>) -> (Vec<Finished>, Vec<Telling>) {
    let Means { lexicon, judge, sameness } = means;
    let tree = Tree::new(doc, &|word| lexicon.knows(word));
    let mentions = Mentions::new(&tree, rows.entities, rows.places);
    let on = Reading { tree: &tree, lexicon, mentions: &mentions };
    let opinion = judge.map(|judge| Opinion::new(judge, &tree, &mentions));
    let claim_of = crate::claims::innermost(&tree, rows.claims);
    let times = times_by_sentence(&tree, rows.times);
    let places = places_by_sentence(&tree, rows.places);
    let cues = cue_words(&tree, rows.claims);
    let mut out = Vec::new();
    for (number, sentence) in doc.sentences.iter().enumerate() {
        if sentence.len() > LONGEST_SENTENCE || sentence.end > doc.tokens.len() {
            continue;
        }
        let sentence_events = Sentence {
            on: &on,
            opinion: opinion.as_ref(),
            rows,
            number,
            tokens: sentence.clone(),
            claim_of: &claim_of,
            times: times.get(&number).map_or(&[], Vec::as_slice),
            places: places.get(&number).map_or(&[], Vec::as_slice),
            cues: &cues,
        };
        out.extend(sentence_events.read());
    }
    let told = |number: usize| running::Told {
        paragraph: doc.paragraph_of(number),
        time: times.contains_key(&number),
        place: places.contains_key(&number),
    };
    running::complete(&mut out, lexicon, told);
    let telling = |finished: &Finished| Telling::of(&tree, &sameness.words, finished);
    let tellings = out.iter().map(telling).collect();
    (out, tellings)
}

/// The stance of each claim, by the start of the first verb of its cue.
fn cue_words<'a>(tree: &Tree<'_, '_>, claims: &'a [Claim]) -> BTreeMap<u32, &'a str> {
    let verb = |claim: &Claim| {
        let words = claim.cue.iter().flat_map(|span| tree.doc.tokens_in(*span).take(8));
        words.into_iter().find(|&t| tree.upos(t) == Upos::Verb)
    };
    let known = claims.iter().filter_map(|claim| Some((verb(claim)?, claim)));
    known.map(|(t, claim)| (tree.doc.tokens[t].span.start, claim.stance.as_str())).collect()
}

/// One sentence with all that is known of it.
pub(crate) struct Sentence<'s, 'a, 't> {
    pub on: &'s Reading<'a, 't>,
    /// The learned part.
    pub opinion: Option<&'s Opinion<'s>>,
    pub rows: Rows<'s>,
    pub number: usize,
    pub tokens: Range<usize>,
    pub claim_of: &'s [Option<u32>],
    pub times: &'s [(usize, Range<usize>)],
    pub places: &'s [(usize, Range<usize>)],
    /// Stances of claims by where the verb of their cue starts.
    pub cues: &'s BTreeMap<u32, &'s str>,
}

impl Sentence<'_, '_, '_> {
    fn read(&self) -> Vec<Finished> {
        let tokens = self.tokens.clone();
        let found = match self.opinion {
            Some(opinion) => opinion.hits(self.on, tokens, |token| self.claim(token)),
            None => hits(self.on, tokens),
        };
        let found = self.undecided(found);
        if found.is_empty() {
            return Vec::new();
        }
        let drafts = self.drafts(&found);
        self.finish(&found, drafts)
    }

    /// Drops the hits that another hit has used up, and those that are no
    /// events.
    fn undecided(&self, found: Vec<Hit>) -> Vec<Hit> {
        let is_event = |hit: &Hit| self.on.lexicon.frames[hit.frame].kind.is_some();
        let used: BTreeSet<usize> = found
            .iter()
            .flat_map(|hit| {
                let further = hit.words.iter().filter(|&&w| w != hit.token);
                // "released a statement on the attack": only an event uses up
                // its object
                let objects = hit.decided.iter().filter(|_| is_event(hit));
                further.chain(objects).copied()
            })
            .collect();
        found.into_iter().filter(|hit| !used.contains(&hit.token) && is_event(hit)).collect()
    }

    /// Both sides of an event, by the rules and then by the learned part.
    fn arguments(&self, hit: &Hit, inner: Option<&Arguments>) -> Arguments {
        let by_rule = arguments(self.on, hit, inner);
        match self.opinion {
            Some(opinion) => opinion.arguments(self.on, hit, by_rule, self.claim(hit.token)),
            None => by_rule,
        }
    }

    fn drafts(&self, found: &[Hit]) -> Vec<Draft> {
        let (on, lexicon) = (self.on, self.on.lexicon);
        let kind = |hit: &Hit| lexicon.frames[hit.frame].kind.unwrap_or(EventType::Consult);
        let mut alone: Vec<Arguments> = found.iter().map(|hit| self.arguments(hit, None)).collect();
        self.leave_onlookers_out(found, &mut alone);
        let outer_of = self.embedding(found, &alone);
        let mut drafts: Vec<Draft> = Vec::new();
        for (index, hit) in found.iter().enumerate() {
            if outer_of[index].is_some() {
                continue;
            }
            let frame = &lexicon.frames[hit.frame];
            let (mut own, mut mode) = (kind(hit), frame.mode.clone());
            let inner = (0..found.len()).find(|&other| outer_of[other] == Some(index));
            if inner.is_none() && lexicon.traits(own).content && self.only_foresees(hit) {
                continue;
            }
            let mut parties = alone[index].clone();
            if let Some(inner) = inner {
                parties = self.arguments(hit, Some(&alone[inner]));
                let content = &lexicon.frames[found[inner].frame];
                let becomes =
                    lexicon.becomes(Outer::Type(own), kind(&found[inner]), content.mode.as_deref());
                if let (Some((new, new_mode)), true) = (becomes, lexicon.traits(own).content) {
                    let kept = new == own && mode.is_some();
                    // "agreed to fight", but not "agreed to end the fighting"
                    let named = new != own && found[inner].around.pos != Pos::Verb;
                    if !kept && !named {
                        (own, mode) = (new, new_mode);
                    }
                }
            }
            let mut reality = reality(on, &hit.around);
            let known = reality.modality;
            let learned = self.opinion.and_then(|opinion| opinion.modality(on, hit, &reality));
            if let Some((modality, share)) = learned {
                (reality.modality, reality.by_rule) = (modality, Some((known, share)));
            }
            self.recode(hit, &mut own, &mut mode, &mut reality, &parties);
            if self.is_criticism(hit)
                && let Some(new) = lexicon.becomes(Outer::Criticism, own, mode.as_deref())
            {
                (own, mode) = new;
            }
            let mut words: BTreeSet<usize> = hit.words.iter().copied().collect();
            words.extend(&hit.decided);
            words.extend(hit.around.light.map(|(verb, _)| verb));
            drafts.push(Draft {
                hit: index,
                words,
                kind: own,
                mode,
                arguments: parties,
                reality,
                certainty: self.certainty(hit),
            });
        }
        self.merge(found, drafts)
    }

    /// For each hit the one that codes it. What a party warns of that another
    /// will do is no threat of its own and stays an event.
    fn embedding(&self, found: &[Hit], alone: &[Arguments]) -> Vec<Option<usize>> {
        let (tree, lexicon) = (self.on.tree, self.on.lexicon);
        let mut outer_of = embedders(tree, lexicon, found);
        for index in 0..found.len() {
            let Some(outer) = outer_of[index] else { continue };
            let kind = lexicon.frames[found[outer].frame].kind;
            let threat = kind.is_some_and(|kind| lexicon.traits(kind).threat);
            let hit = &found[index];
            let owners = hit.around.clause.subjects.iter().flat_map(|&s| possessors(tree, s));
            let mut theirs = alone[index].actor.clone();
            theirs.extend(owners.filter_map(|o| self.on.mentions.entity(tree, o)).map(|e| e.id));
            if threat
                && states_fact(tree, hit.token)
                && !theirs.is_empty()
                && !self.same_side(&theirs, &alone[outer].actor)
            {
                outer_of[index] = None;
            }
        }
        outer_of
    }

    /// Whether two lists share a party or a country.
    fn same_side(&self, some: &[u32], others: &[u32]) -> bool {
        let country = |id: u32| {
            let actor = self.rows.entities.get(id as usize)?.actor.as_ref()?;
            actor.country.as_deref()
        };
        some.iter().any(|&a| {
            let home = country(a);
            others.iter().any(|&b| a == b || home.is_some() && home == country(b))
        })
    }

    /// Whether a warning without a threat in it, addressed to nobody, says
    /// only what somebody expects: "warned that the harvest would fail".
    fn only_foresees(&self, hit: &Hit) -> bool {
        let tree = self.on.tree;
        matches!(tree.word(hit.token), "warn" | "caution" | "forewarn")
            && hit.around.clause.objects.is_empty()
            && tree.by(hit.token, "ccomp").any(|c| !tree.is_infinitive(c))
    }

    /// What is still to come becomes a promise or a threat, what will not be
    /// done a refusal.
    fn recode(
        &self,
        hit: &Hit,
        kind: &mut EventType,
        mode: &mut Option<String>,
        reality: &mut Reality,
        parties: &Arguments,
    ) {
        let Some(outer) = reality.outer else { return };
        if !matches!(reality.modality, Modality::Planned) || parties.actor.is_empty() {
            return;
        }
        let refused = reality.polarity == Polarity::Negative;
        let outer = match (outer, refused) {
            (Outer::Will, true) => Outer::WillNot,
            (_, true) => return,
            (outer, false) => outer,
        };
        if let Some((new, new_mode)) = self.on.lexicon.becomes(outer, *kind, mode.as_deref()) {
            if self.on.lexicon.traits(new).threat && self.is_told_of_others(hit, parties) {
                return;
            }
            if refused {
                reality.polarity = Polarity::Positive;
                (reality.modality, reality.by_rule) = (Modality::Actual, None);
            }
            (*kind, *mode) = (new, new_mode);
        }
    }

    /// Whether somebody says it of another: no threat that way.
    fn is_told_of_others(&self, hit: &Hit, parties: &Arguments) -> bool {
        let speaker = self.claim(hit.token).and_then(|claim| claim.speaker);
        let named =
            |id: &u32| self.rows.entities.get(*id as usize).is_some_and(|e| e.actor.is_some());
        speaker.filter(named).is_some_and(|speaker| !self.same_side(&parties.actor, &[speaker]))
    }

    /// Whether a violent word is the cue of a claim that finds fault: the
    /// opposition blasted the government.
    fn is_criticism(&self, hit: &Hit) -> bool {
        let Some(token) = self.on.tree.doc.tokens.get(hit.token) else { return false };
        self.cues.get(&token.span.start).is_some_and(|stance| {
            matches!(*stance, "criticize" | "accuse" | "blame" | "oppose" | "condemn")
        })
    }

    /// The lexicon's opinion and the learned one count alike.
    fn certainty(&self, hit: &Hit) -> f32 {
        let by_lexicon = self.on.lexicon.frames[hit.frame].certainty;
        hit.share.map_or(by_lexicon, |share| (by_lexicon + share) / 2.0)
    }
}
