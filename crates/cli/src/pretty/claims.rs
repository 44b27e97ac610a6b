//! The claims, grouped by who makes them.

use super::ink::{Ink, Inked};
use super::{Page, count, day, roles};
use dateline::{Channel, Claim, Form, MentionForm};
use std::collections::HashMap;

/// The claims of one speaker, in reading order.
struct Group<'a> {
    /// Entity index, or the words of the source in small letters.
    who: Result<u32, String>,
    claims: Vec<&'a Claim>,
}

impl<'a> Page<'a> {
    /// Who said what.
    pub(super) fn claims(&mut self) {
        let groups = self.groups();
        if groups.is_empty() {
            return;
        }
        let claims = count(self.account.claims.len(), "claim", "claims");
        let named = groups.iter().filter(|group| group.who != Err(String::new())).count();
        self.section("SAID", &format!("{claims} by {}", count(named, "speaker", "speakers")));
        for group in groups {
            self.out.push('\n');
            let speaker = self.speaker(&group);
            self.paragraph(&speaker, 2);
            for claim in group.claims {
                let ink = if claim.form == Form::Indirect { Ink::PLAIN } else { Ink::CONTENT };
                let mut content = self.quoted(&claim.content);
                if content.is_empty() {
                    content = "(no words)".to_owned();
                }
                self.paragraph(&Inked::new(&content, ink), 4);
                let how = self.how(claim);
                self.paragraph(&how, 6);
                if !claim.explain.is_empty() {
                    self.paragraph(&Inked::new(&claim.explain.join("; "), Ink::FAINT), 6);
                }
            }
        }
    }

    /// Speakers in the order of their first claim, nobody at the end.
    fn groups(&self) -> Vec<Group<'a>> {
        let mut groups: Vec<Group<'a>> = Vec::new();
        let mut found = HashMap::new();
        for claim in &self.account.claims {
            let who = claim.speaker.ok_or_else(|| self.source(&claim.source).to_lowercase());
            let at = *found.entry(who.clone()).or_insert(groups.len());
            match groups.get_mut(at) {
                Some(group) => group.claims.push(claim),
                None => groups.push(Group { who, claims: vec![claim] }),
            }
        }
        groups.sort_by_key(|group| group.who == Err(String::new()));
        groups
    }

    /// The head line of a group: name, code, roles.
    fn speaker(&self, group: &Group<'_>) -> Inked {
        match &group.who {
            Ok(id) => {
                let name = Inked::new(self.name(*id), Ink::SOURCE);
                let code = self.code(*id).map(|code| Inked::new(code, Ink::CODE));
                let roles = self.entity(*id).map(roles).unwrap_or_default();
                Inked::dotted([name, code.unwrap_or_default(), Inked::new(&roles, Ink::FAINT)])
            }
            Err(words) if words.is_empty() => Inked::new("nobody named", Ink::FAINT),
            Err(_) => {
                let source = group.claims.first().map(|claim| self.source(&claim.source));
                Inked::new(&source.unwrap_or_default(), Ink::SOURCE)
            }
        }
    }

    /// How it was said: cue, form, stance, to whom, by what way, when.
    fn how(&self, claim: &Claim) -> Inked {
        let faint = |text: String| Inked::new(&text, Ink::FAINT);
        let form = match claim.form {
            Form::Direct => "direct",
            Form::Mixed => "mixed",
            Form::Indirect => "indirect",
        };
        let cue = self.quoted(&claim.cue);
        // "told reporters" says it already.
        let entity = |word: &str, id: Option<u32>| match id.map(|id| self.name(id)) {
            Some(name) if !cue.contains(name) => faint(format!("{word} {name}")),
            _ => Inked::default(),
        };
        let said = claim.said.and_then(|id| self.account.times.get(id as usize));
        Inked::dotted([
            faint(format!("c{}", claim.id)),
            faint(claim.stance.clone()),
            faint(form.to_owned()),
            self.other_words(claim)
                .map_or_else(Inked::default, |w| faint("as ".into()).with(&w, Ink::SOURCE)),
            Inked::new(&cue, Ink::CUE),
            entity("to", claim.addressee),
            entity("via", claim.via),
            claim
                .channel
                .map_or_else(Inked::default, |channel| faint(channel_words(channel).into())),
            said.map_or_else(Inked::default, |time| Inked::new(&day(&time.value), Ink::TIME)),
            claim.within.map_or_else(Inked::default, |id| faint(format!("within c{id}"))),
            if claim.unclosed { faint("never closes".to_owned()) } else { Inked::default() },
        ])
    }

    /// The source's words where they are not its name: "the Russian leader".
    fn other_words(&self, claim: &Claim) -> Option<String> {
        let entity = self.entity(claim.speaker?)?;
        let words = self.source(&claim.source);
        let pronoun = |m: &&dateline::Mention| m.form == MentionForm::Pronoun;
        let pronoun = entity.mentions.iter().filter(pronoun).any(|m| claim.source == [m.span]);
        let same = words.contains(&entity.name) || entity.name.contains(&words);
        (!words.is_empty() && !same && !pronoun).then_some(words)
    }
}

/// By what way, in words.
fn channel_words(channel: Channel) -> &'static str {
    match channel {
        Channel::PressConference => "at a press conference",
        Channel::SocialMedia => "on social media",
        Channel::Interview => "in an interview",
        Channel::Statement => "in a statement",
        Channel::Speech => "in a speech",
        Channel::Document => "in a document",
        Channel::Agency => "in an agency report",
        Channel::Testimony => "in testimony",
        Channel::Call => "in a call",
        Channel::Broadcast => "in a broadcast",
        Channel::Survey => "in a survey",
    }
}
