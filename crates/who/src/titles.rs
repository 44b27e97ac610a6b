//! Names of people, and the titles before them.

use crate::codes::Country;
use crate::compose::Scene;
use crate::draft::Draft;
use crate::given::GivenNames;
use crate::roles::{Gender, RoleKind};
use crate::words::{capital, role_of};
use dateline_syntax::Upos;
use std::ops::Range;

/// Titles that are written short before a name and out alone: "Gen. Ruiz ...
/// the general".
const SHORT: &[(&str, &str)] = &[
    ("adm.", "admiral"),
    ("amb.", "ambassador"),
    ("brig.", "brigadier"),
    ("capt.", "captain"),
    ("cmdr.", "commander"),
    ("col", "colonel"),
    ("col.", "colonel"),
    ("cpl.", "corporal"),
    ("det.", "detective"),
    ("gen.", "general"),
    ("gov.", "governor"),
    ("insp.", "inspector"),
    ("lt", "lieutenant"),
    ("lt.", "lieutenant"),
    ("lt. col.", "lieutenant colonel"),
    ("lt. gen.", "lieutenant general"),
    ("lt. gov.", "lieutenant governor"),
    ("maj.", "major"),
    ("maj. gen.", "major general"),
    ("pres.", "president"),
    ("prof.", "professor"),
    ("pvt.", "private"),
    ("rep.", "representative"),
    ("sen.", "senator"),
    ("sgt.", "sergeant"),
    ("supt.", "superintendent"),
];

/// A title as it is written out.
fn written_out(title: String) -> String {
    let long = SHORT.iter().find(|(short, _)| *short == title);
    long.map_or(title, |(_, long)| (*long).to_owned())
}

impl Scene<'_, '_> {
    /// A person, with the title before the name.
    pub(crate) fn person(&self, draft: &mut Draft, given: &GivenNames) {
        let doc = self.doc;
        let mut name = draft.tokens.clone();
        // titles that were read as part of the name
        while name.len() > 1 {
            let title = role_of(doc, self.roles, name.start).is_some_and(|(role, start, _)| {
                start <= name.start && matches!(role.kind, RoleKind::Title | RoleKind::Person)
            });
            if !title || given.gender(doc.form(name.start)).is_some() || draft.row.is_some() {
                break;
            }
            name.start += 1;
        }
        draft.gender = given.gender(doc.form(name.start)).unwrap_or_default();
        draft.name = Some(name.clone());
        // "President" may be the head that the name hangs on
        let parent = doc.tokens[draft.head].head;
        if let Some(parent) =
            parent.filter(|&p| p < draft.tokens.start && p + 4 > draft.tokens.start)
        {
            let relation = doc.tokens[draft.head].relation();
            let between = parent + 1..draft.tokens.start;
            let touching = between.into_iter().all(|t| doc.tokens[t].upos != Upos::Punct);
            let titled = role_of(doc, self.roles, parent).is_some_and(|(role, _, _)| {
                matches!(role.kind, RoleKind::Person | RoleKind::Title)
            });
            if matches!(relation, "appos" | "flat" | "compound" | "nmod") && touching && titled {
                let phrase = self.tree.phrase(doc, parent, false);
                draft.head = parent;
                draft.tokens.start = draft.tokens.start.min(phrase.start);
            }
        }
        let phrase = self.tree.phrase(doc, draft.head, false);
        let touching = (phrase.start..draft.tokens.start)
            .all(|t| doc.tokens[t].upos != Upos::Punct || matches!(doc.form(t), "-" | "."));
        if phrase.start < draft.tokens.start && touching && draft.tokens.start - phrase.start < 12 {
            draft.tokens.start = phrase.start;
        }
        let person = |kind| matches!(kind, RoleKind::Person | RoleKind::Title);
        if let Some(start) = self.described_from(name.start, person) {
            draft.tokens.start = draft.tokens.start.min(start);
        }
        if draft.tokens.start == name.start
            && let Some((start, head)) = self.long_title(name.start)
        {
            draft.tokens.start = start;
            draft.head = head;
            self.title(draft, name.clone());
            draft.role_text = draft.role_text.take().map(|text| text.start..name.start);
            return;
        }
        self.title(draft, name);
    }

    /// Where a title with a complement begins and its head: "High Commissioner
    /// for Human Rights Ana Ruiz". Its words have capitals, and nothing stands
    /// between it and the name.
    fn long_title(&self, name: usize) -> Option<(usize, usize)> {
        let doc = self.doc;
        let floor = crate::tree::sentence_of(doc, name).start.max(name.saturating_sub(8));
        let preposition = (floor + 1..name.checked_sub(1)?)
            .rev()
            .find(|&t| matches!(doc.form(t), "for" | "of"))?;
        let plain =
            |t: usize| capital(doc, t) || doc.tokens[t].upos == Upos::Det || doc.form(t) == "and";
        let last = preposition - 1;
        let (role, start, _) = role_of(doc, self.roles, last)?;
        let titled = role.kind == RoleKind::Person
            && capital(doc, last)
            && doc.tokens[last].feature("Number") != Some("Plur")
            && (preposition + 1..name).all(plain)
            && capital(doc, name - 1);
        if !titled {
            return None;
        }
        let start =
            self.described_from(preposition, |kind| kind == RoleKind::Person).unwrap_or(start);
        Some((start, last))
    }

    /// Where a description before a name begins: its role word stands right
    /// before the name, its modifiers and article before that.
    pub(crate) fn described_from(
        &self,
        name: usize,
        fits: impl Fn(RoleKind) -> bool,
    ) -> Option<usize> {
        let doc = self.doc;
        let last = name.checked_sub(1)?;
        let floor = crate::tree::sentence_of(doc, name).start;
        if last < floor || self.words.hit[last].is_some() {
            return None;
        }
        let (role, mut start, _) = role_of(doc, self.roles, last)?;
        // "officials Hamas": a plural is no title
        let plural = doc.tokens[last].feature("Number") == Some("Plur");
        if !fits(role.kind) || plural && role.kind == RoleKind::Person {
            return None;
        }
        while start > floor && last - start < 8 {
            let before = start - 1;
            let token = &doc.tokens[before];
            let belongs = self.words.countries[before].is_some()
                || self.roles.modifier(&doc.form(before).to_lowercase()).is_some()
                || matches!(token.relation(), "amod" | "compound" | "det" | "nmod")
                    && token.head.is_some_and(|h| h > before && h < name + 6)
                    && matches!(
                        token.upos,
                        Upos::Adj | Upos::Noun | Upos::Propn | Upos::Det | Upos::Pron
                    );
            if !belongs || token.upos == Upos::Punct {
                break;
            }
            start = before;
            if token.upos == Upos::Det {
                break;
            }
        }
        Some(start)
    }

    /// The country of "President Ana Ruiz of Peru", where the complement hangs
    /// on the surname.
    fn country_after(&self, name: Range<usize>) -> Option<Country> {
        let complement = |t: usize| {
            let mut complements = self.tree.by(self.doc, t, "nmod");
            complements.find(|&c| c > name.end && self.tree.has_case(self.doc, c, "of"))
        };
        name.clone().find_map(|t| self.country_of(complement(t)?))
    }

    /// What the title before a person's name says.
    fn title(&self, draft: &mut Draft, name: Range<usize>) {
        let doc = self.doc;
        let titles = draft.tokens.start..name.start;
        let mut strongest: Option<(usize, usize)> = None;
        for token in titles.clone() {
            if self.words.hit[token].is_some_and(|_| !capital(doc, token)) {
                continue;
            }
            let Some((role, start, phrase)) = role_of(doc, self.roles, token) else { continue };
            if !matches!(role.kind, RoleKind::Person | RoleKind::Title) {
                continue;
            }
            if role.gender != Gender::Unknown {
                draft.gender = role.gender;
            }
            strongest = Some((start.max(titles.start), token));
            let honorific = role.kind == RoleKind::Title && role.sectors.is_empty();
            if !honorific {
                draft.role = Some(written_out(phrase));
            }
        }
        let Some((start, end)) = strongest else {
            let country = titles.clone().find_map(|t| self.words.countries[t]);
            draft.coding.country = country.map(|n| n.country);
            return;
        };
        let role = role_of(doc, self.roles, end).map(|(role, _, _)| role);
        let composed = self.compose(role, titles.start, start..end + 1, draft.head);
        draft.coding = composed.coding;
        draft.former = composed.former;
        if draft.coding.country.is_none() && draft.role.is_some() {
            draft.coding.country = self.country_after(name);
        }
        if draft.role.is_some() {
            let text = titles.start..end + 1;
            draft.role_text = Some(self.undetermined(text));
        }
    }
}
