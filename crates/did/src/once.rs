//! One event, once: mentions of one event in several sentences become one
//! event with several triggers.
//!
//! Two mentions can be of one event if they have the same type and polarity,
//! no parties that speak against it, and neither a denial in between nor two
//! different days. Whether they are is for a logistic model over what both
//! say: their words, how the second is determined ("the attack", "another
//! attack"), the parties they share, how far apart they stand, what else their
//! sentences speak of. `model/once.tsv` has its weights, fitted by
//! `train/events/weigh_once.py` to pairs that were judged one by one
//! (`train/annotations/same.tsv`).

use crate::finish::Finished;
use crate::judge::Words;
use crate::telling::{Stands, Telling, shared};
use dateline_account::{Claim, Modality, Span};
use dateline_learned::Weights;
use dateline_lexicon::LexiconError;

/// How many earlier events and mentions a mention is compared with, so that the
/// longest article takes no more than its share of time.
const MOST: usize = 200;
/// How probable it must be that two mentions are of one event: what is put
/// together wrongly is believed, what is told twice is seen.
const SURE: f32 = 0.6;

/// What two mentions of an event say of being one: the heads of their triggers,
/// and each feature with its value and strength.
pub type EventPair = ([Span; 2], Vec<(String, String, f32)>);

/// The model, and what is known of words.
#[derive(Debug, Default)]
pub(crate) struct Sameness {
    weights: Weights,
    pub(crate) words: Words,
}

impl Sameness {
    /// The model that the crate comes with.
    pub(crate) fn embedded() -> Result<Self, LexiconError> {
        let weights = Weights::parse("once.tsv", include_str!("../model/once.tsv"))?;
        Ok(Self { weights, words: Words::embedded() })
    }
}

/// Puts mentions of one event together; events are in the order of their
/// sentences, `tellings` says the same of them one by one.
pub(crate) fn join(
    events: Vec<Finished>,
    tellings: &[Telling],
    claims: &[Claim],
    model: &Sameness,
) -> Vec<Finished> {
    let mut out: Vec<(Finished, Vec<usize>)> = Vec::new();
    for (at, next) in events.into_iter().enumerate() {
        let first = out.len().saturating_sub(MOST);
        let mut best: Option<(usize, f32)> = None;
        for (number, (old, told)) in out.iter().enumerate().skip(first).rev() {
            if !may_be(old, &next) {
                continue;
            }
            // of several mentions the one that is most like the new one counts
            for &earlier in told.iter().rev().take_while(|&&earlier| at - earlier <= MOST) {
                let sure = probability(model, tellings, (earlier, at), claims);
                if sure >= best.map_or(SURE, |(_, sure)| sure) {
                    best = Some((number, sure));
                }
            }
        }
        match best {
            Some((number, _)) => {
                absorb(&mut out[number].0, next);
                out[number].1.push(at);
            }
            None => out.push((next, vec![at])),
        }
    }
    out.into_iter().map(|(event, _)| event).collect()
}

/// All pairs of mentions that can be of one event, with their features.
pub(crate) fn pairs(tellings: &[Telling], claims: &[Claim]) -> Vec<EventPair> {
    let mut out = Vec::new();
    for (at, new) in tellings.iter().enumerate() {
        for earlier in (0..at).rev().take(MOST) {
            let old = &tellings[earlier];
            if !can_be(old, new, claims) {
                continue;
            }
            let mut own = Vec::new();
            features(tellings, (earlier, at), &mut |feature, value, x| {
                own.push((feature.to_owned(), value.to_owned(), x));
            });
            out.push(([old.head, new.head], own));
        }
    }
    out
}

/// Whether nothing that an event has gathered speaks against a new mention.
fn may_be(old: &Finished, new: &Finished) -> bool {
    let (a, b) = (&old.event, &new.event);
    meet(&a.actor, &b.actor) && meet(&a.recipient, &b.recipient)
}

/// Whether nothing that two mentions say rules out that they are of one event.
fn can_be(old: &Telling, new: &Telling, claims: &[Claim]) -> bool {
    old.kind == new.kind
        && old.polarity == new.polarity
        && real(old.modality) == real(new.modality)
        // within a sentence this is settled by its tree
        && old.sentence != new.sentence
        && said_alike(old, new, claims)
        && !matches!((&old.date, &new.date), (Some(a), Some(b)) if a != b)
        && meet(&old.actor, &new.actor)
        && meet(&old.recipient, &new.recipient)
}

/// What happened and what is going on may be one event, what is planned is not
/// yet what happened.
fn real(modality: Modality) -> Modality {
    if modality == Modality::Ongoing { Modality::Actual } else { modality }
}

/// Whether two mentions rest on the same word: the article's own, or one
/// speaker's; a denial stands alone.
fn said_alike(old: &Telling, new: &Telling, claims: &[Claim]) -> bool {
    let claim = |telling: &Telling| telling.claim.and_then(|id| claims.get(id as usize));
    let denies = |claim: &Claim| matches!(claim.stance.as_str(), "deny" | "doubt" | "reject");
    match (claim(old), claim(new)) {
        (None, None) => true,
        (Some(one), None) | (None, Some(one)) => !denies(one),
        (Some(one), Some(other)) => {
            one.id == other.id
                || one.speaker.is_some()
                    && one.speaker == other.speaker
                    && one.stance == other.stance
        }
    }
}

fn probability(
    model: &Sameness,
    tellings: &[Telling],
    pair: (usize, usize),
    claims: &[Claim],
) -> f32 {
    if !can_be(&tellings[pair.0], &tellings[pair.1], claims) {
        return 0.0;
    }
    model.weights.probability(|put| features(tellings, pair, put))
}

/// Calls `put` with each feature of a pair, its value and its strength.
fn features(
    tellings: &[Telling],
    (earlier, at): (usize, usize),
    put: &mut dyn FnMut(&str, &str, f32),
) {
    let (old, new) = (&tellings[earlier], &tellings[at]);
    let like = likeness(old, new);
    let kind = new.kind.code();
    let noun = |telling: &Telling| {
        if telling.stands == Stands::Verb { "verb" } else { "noun" }
    };
    let alike = |telling: &&Telling| telling.kind == new.kind && telling.polarity == new.polarity;
    let between = tellings[earlier + 1..at].iter().filter(alike).count();
    let number = |count: usize| match count {
        0 => "0",
        1 => "1",
        2..=3 => "2",
        4..=7 => "4",
        _ => "8",
    };
    let far = new.sentence.saturating_sub(old.sentence) as usize;
    let parties =
        format!("{} {}", side(&old.actor, &new.actor), side(&old.recipient, &new.recipient));
    put("bias", "", 1.0);
    put("word", like, 1.0);
    put("word.parties", &format!("{like} {parties}"), 1.0);
    put("parts", &format!("{} {}", noun(old), noun(new)), 1.0);
    put("stands", new.stands.name(), 1.0);
    put("stands.word", &format!("{} {like}", new.stands.name()), 1.0);
    put("first", old.stands.name(), 1.0);
    put("far", number(far.saturating_sub(1)), 1.0);
    put("far", "", (far.max(1) as f32).ln());
    put("between", number(between), 1.0);
    put("actor", side(&old.actor, &new.actor), 1.0);
    put("recipient", side(&old.recipient, &new.recipient), 1.0);
    put("parties", &parties, 1.0);
    put("mode", agree(&old.mode, &new.mode), 1.0);
    put("date", agree(&old.date, &new.date), 1.0);
    put("place", agree(&old.place, &new.place), 1.0);
    put("modality", if old.modality == new.modality { "same" } else { "ongoing" }, 1.0);
    put("voice", voices(old, new), 1.0);
    put("type", kind, 1.0);
    put("type.word", &format!("{kind} {like}"), 1.0);
    if old.sentence == 0 {
        put("opening", "", 1.0);
    }
    put("tags", &format!("{} {}", old.tag, new.tag), 1.0);
    let plural = |t: &Telling| t.tag.ends_with('S') && t.tag.starts_with("NN");
    if plural(old) != plural(new) {
        put("number", if plural(new) { "then plural" } else { "then singular" }, 1.0);
    }
    for (name, one, other) in [
        ("below.names", &old.below.names, &new.below.names),
        ("below.words", &old.below.words, &new.below.words),
        ("below.numbers", &old.below.numbers, &new.below.numbers),
        ("around.names", &old.around.names, &new.around.names),
        ("around.words", &old.around.words, &new.around.words),
        ("around.numbers", &old.around.numbers, &new.around.numbers),
    ] {
        match shared(one, other) {
            None => put(name, "one has none", 1.0),
            Some(share) => {
                put(name, "", share);
                put(name, if share == 0.0 { "apart" } else { "shared" }, 1.0);
                put(&format!("{name}.type"), kind, share);
            }
        }
    }
    let near = &tellings[at.saturating_sub(MOST)..tellings.len().min(at + MOST + 1)];
    let same_actor = |t: &&Telling| alike(t) && t.actor.iter().any(|id| new.actor.contains(id));
    put("actor.tells", number(near.iter().filter(same_actor).count()), 1.0);
    let all = near.iter().filter(alike).count();
    put("tells", "", (all as f32).ln());
    put("parties.type", &format!("{kind} {parties}"), 1.0);
}

/// How like the words of two mentions are.
fn likeness(old: &Telling, new: &Telling) -> &'static str {
    let (a, b) = (&old.word, &new.word);
    let both = |class: fn(&crate::judge::Word) -> u64| class(a) != 0 && class(a) == class(b);
    if a.hash == b.hash {
        "same"
    } else if both(|w| w.close) {
        "close"
    } else if both(|w| w.middle) {
        "middle"
    } else if both(|w| w.rough) {
        "rough"
    } else {
        "other"
    }
}

/// What one side of two mentions has in common.
fn side(old: &[u32], new: &[u32]) -> &'static str {
    match (old.is_empty(), new.is_empty()) {
        (true, true) => "none",
        (true, false) => "new",
        (false, true) => "old",
        (false, false) if old == new => "same",
        (false, false) if old.iter().any(|id| new.contains(id)) => "shared",
        (false, false) => "apart",
    }
}

fn agree<T: PartialEq>(old: &Option<T>, new: &Option<T>) -> &'static str {
    match (old, new) {
        (None, None) => "none",
        (Some(_), None) => "old",
        (None, Some(_)) => "new",
        (Some(a), Some(b)) if a == b => "same",
        (Some(_), Some(_)) => "apart",
    }
}

/// On whose word two mentions rest, where they are alike in that.
fn voices(old: &Telling, new: &Telling) -> &'static str {
    match (old.claim, new.claim) {
        (None, None) => "article",
        (Some(_), None) => "then article",
        (None, Some(_)) => "then claim",
        (Some(a), Some(b)) if a == b => "claim",
        (Some(_), Some(_)) => "speaker",
    }
}

fn meet(a: &[u32], b: &[u32]) -> bool {
    a.is_empty() || b.is_empty() || a.iter().any(|id| b.contains(id))
}

fn absorb(into: &mut Finished, from: Finished) {
    let (event, other) = (&mut into.event, from.event);
    event.trigger.extend(other.trigger);
    event.mode = event.mode.take().or(other.mode);
    if event.actor.is_empty() {
        event.actor = other.actor.into_iter().filter(|a| !event.recipient.contains(a)).collect();
    }
    if event.recipient.is_empty() {
        event.recipient =
            other.recipient.into_iter().filter(|r| !event.actor.contains(r)).collect();
    }
    if event.date.is_none() {
        (event.date, event.time, into.dated) = (other.date, other.time, from.dated);
    }
    if event.place.is_none() {
        (event.place, into.placed) = (other.place, from.placed);
    }
    if other.claim.is_none() {
        event.claim = None;
    }
    event.contexts.extend(other.contexts);
    event.contexts.sort();
    event.contexts.dedup();
    into.told += from.told;
    into.certainty = into.certainty.max(from.certainty);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::telling::Content;
    use dateline_account::{EventType, Polarity};

    fn telling(word: &str, sentence: u32, stands: Stands, actor: &[u32]) -> Telling {
        Telling {
            head: Span::new(sentence * 10, sentence * 10 + 5),
            sentence,
            kind: EventType::Assault,
            polarity: Polarity::Positive,
            modality: Modality::Actual,
            mode: None,
            date: None,
            place: None,
            actor: actor.to_vec(),
            recipient: Vec::new(),
            claim: None,
            word: Words::embedded().of(word),
            stands,
            tag: if stands == Stands::Verb { "VBD".into() } else { "NN".into() },
            below: Content::default(),
            around: Content::default(),
        }
    }

    fn sure(first: Telling, second: Telling) -> f32 {
        probability(&Sameness::embedded().unwrap(), &[first, second], (0, 1), &[])
    }

    #[test]
    fn a_definite_noun_tells_again_and_a_counted_one_of_another_event() {
        let verb = || telling("attack", 0, Stands::Verb, &[1]);
        let again = sure(verb(), telling("attack", 1, Stands::Definite, &[]));
        let another = sure(verb(), telling("attack", 1, Stands::Counted, &[]));
        assert!(again > SURE && again > another + 0.05, "{again} {another}");
    }

    #[test]
    fn what_stands_near_is_likelier_one() {
        let at = |sentence| {
            let noun = telling("attack", sentence, Stands::Definite, &[]);
            sure(telling("attack", 0, Stands::Verb, &[1]), noun)
        };
        assert!(at(1) > at(9));
    }

    #[test]
    fn what_speaks_against_it_rules_it_out() {
        let verb = telling("attack", 0, Stands::Verb, &[1]);
        let noun = telling("attack", 1, Stands::Definite, &[]);
        let changes: [fn(&mut Telling); 5] = [
            |t| t.actor = vec![2],
            |t| t.kind = EventType::Coerce,
            |t| t.polarity = Polarity::Negative,
            |t| t.modality = Modality::Planned,
            |t| t.sentence = 0,
        ];
        for change in changes {
            let mut other = noun.clone();
            change(&mut other);
            assert_eq!(sure(verb.clone(), other), 0.0);
        }
        let dated = |day: &str, t: &Telling| Telling { date: Some(day.to_owned()), ..t.clone() };
        assert_eq!(sure(dated("2024-05-06", &verb), dated("2024-05-07", &noun)), 0.0);
        assert!(sure(dated("2024-05-06", &verb), dated("2024-05-06", &noun)) > 0.0);
    }

    #[test]
    fn pairs_for_training_are_those_that_are_compared() {
        let tellings = [
            telling("attack", 0, Stands::Verb, &[1]),
            telling("raid", 1, Stands::Bare, &[2]),
            telling("attack", 2, Stands::Definite, &[1]),
        ];
        let heads: Vec<[Span; 2]> = pairs(&tellings, &[]).into_iter().map(|(h, _)| h).collect();
        assert_eq!(heads, [[tellings[0].head, tellings[2].head]]);
    }
}
