//! "I" and "we" of quotations whose speaker was found after the entities were.

use dateline_account::{Account, Entity, Form, MentionForm, Span, TextIndex};
use std::collections::BTreeSet;

const FIRST_PERSON: &[&str] =
    &["i", "me", "mine", "my", "myself", "our", "ours", "ourselves", "us", "we"];

/// Gives the first person in a quotation to the one who speaks it. Entities
/// are read before claims, and know only the speakers that the network saw:
/// what is left of "I" and "we" is moved to the speaker here, when all of it
/// stands in one speaker's direct quotations. The entities that lose all their
/// mentions stay, for [`crate::prune`] to drop; nothing points at them.
pub fn join_voices(account: &mut Account) {
    let index = TextIndex::new(&account.text);
    let mut quoted: Vec<(Span, u32)> = Vec::new();
    for claim in account.claims.iter().filter(|c| c.form == Form::Direct) {
        if let Some(speaker) = claim.speaker {
            quoted.extend(claim.content.iter().map(|piece| (*piece, speaker)));
        }
    }
    quoted.sort_unstable();
    let first_person = |e: &Entity| {
        !e.mentions.is_empty()
            && e.mentions.iter().all(|m| {
                let word = index.slice(&account.text, m.span).to_lowercase();
                m.form == MentionForm::Pronoun && FIRST_PERSON.contains(&word.as_str())
            })
    };
    // quotations that nest hold the same words: the last to begin is the inner
    let speaker_at = |span: Span| {
        let after = quoted.partition_point(|(piece, _)| piece.start <= span.start);
        let around = quoted[..after].iter().rev().take(4);
        around.filter(|(piece, _)| piece.contains(span)).map(|(_, speaker)| *speaker).next()
    };
    let voice = |e: &Entity| {
        let speaker = speaker_at(e.mentions.first()?.span)?;
        let one = e.mentions.iter().all(|m| speaker_at(m.span) == Some(speaker));
        (one && speaker != e.id).then_some(speaker)
    };
    let mut moved: Vec<Option<u32>> =
        account.entities.iter().map(|e| if first_person(e) { voice(e) } else { None }).collect();
    // a speaker who is himself only an "I" elsewhere takes nobody in
    for at in 0..moved.len() {
        if moved[at].is_some_and(|to| moved[to as usize].is_some()) {
            moved[at] = None;
        }
    }
    if moved.iter().all(Option::is_none) {
        return;
    }
    let now = |id: &mut u32| *id = moved[*id as usize].unwrap_or(*id);
    for claim in &mut account.claims {
        [&mut claim.speaker, &mut claim.addressee, &mut claim.via]
            .into_iter()
            .flatten()
            .for_each(now);
    }
    for event in &mut account.events {
        for list in [&mut event.actor, &mut event.recipient] {
            list.iter_mut().for_each(now);
            let mut seen = BTreeSet::new();
            list.retain(|id| seen.insert(*id));
        }
    }
    for (from, to) in moved.iter().enumerate() {
        let Some(to) = *to else { continue };
        let mentions = std::mem::take(&mut account.entities[from].mentions);
        let speaker = &mut account.entities[to as usize].mentions;
        speaker.extend(mentions);
        speaker.sort_by_key(|m| (m.span.start, m.span.end));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_account::{Article, Claim, EntityKind, Mention};

    fn entity(id: u32, form: MentionForm, spans: &[(u32, u32)]) -> Entity {
        let mention = |&(start, end): &(u32, u32)| Mention { span: Span::new(start, end), form };
        Entity {
            id,
            name: format!("n{id}"),
            kind: EntityKind::Person,
            mentions: spans.iter().map(mention).collect(),
            roles: Vec::new(),
            actor: None,
            place: None,
            explain: Vec::new(),
        }
    }

    fn quotation(id: u32, speaker: u32, content: (u32, u32)) -> Claim {
        Claim {
            id,
            source: Vec::new(),
            speaker: Some(speaker),
            cue: Vec::new(),
            content: vec![content.into()],
            form: Form::Direct,
            stance: "assert".into(),
            addressee: None,
            via: None,
            place: None,
            channel: None,
            said: None,
            within: None,
            confidence: 1.0,
            unclosed: false,
            explain: Vec::new(),
        }
    }

    #[test]
    fn the_first_person_goes_to_the_speaker_of_all_its_quotations() {
        let text =
            "Ana sighed. “I lost my boat.” “We all did,” Kim said. “I left.” I wrote it down.";
        let at = |word: &str, nth: usize| {
            let (byte, _) = text.match_indices(word).nth(nth).unwrap();
            let start = text[..byte].chars().count() as u32;
            (start, start + word.chars().count() as u32)
        };
        let mut account = Account::empty(&Article::new("a", text), "en");
        account.entities = vec![
            entity(0, MentionForm::Name, &[at("Ana", 0)]),
            entity(1, MentionForm::Pronoun, &[at("I", 0), at("my", 0)]),
            entity(2, MentionForm::Name, &[at("Kim", 0)]),
            entity(3, MentionForm::Pronoun, &[at("We", 0)]),
            entity(4, MentionForm::Pronoun, &[at("I", 1), at("I", 2)]),
        ];
        account.claims = vec![
            quotation(0, 0, at("“I lost my boat.”", 0)),
            quotation(1, 2, at("“We all did,”", 0)),
            quotation(2, 2, at("“I left.”", 0)),
        ];
        join_voices(&mut account);
        let counts: Vec<usize> = account.entities.iter().map(|e| e.mentions.len()).collect();
        assert_eq!(counts, [3, 0, 2, 0, 2]);
        assert!(account.entities[0].mentions.is_sorted_by_key(|m| m.span));
    }
}
