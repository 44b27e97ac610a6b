//! Mentions by name: people, bodies, groups and places.

use crate::candidates::Candidate;
use crate::compose::Scene;
use crate::countries::Naming;
use crate::draft::Draft;
use crate::given::GivenNames;
use crate::roles::RoleKind;
use crate::words::role_of;
use dateline_account::{EntityKind, MentionForm, Place, PlaceForm};
use dateline_syntax::{NameKind, Upos};
use std::ops::Range;

/// Words that a body is called by beside its name: "the Hamas movement".
const GENERIC: &[&str] = &[
    "agency",
    "army",
    "channel",
    "company",
    "corporation",
    "daily",
    "faction",
    "firm",
    "front",
    "group",
    "guerrilla",
    "magazine",
    "militia",
    "movement",
    "network",
    "newspaper",
    "organisation",
    "organization",
    "outlet",
    "paper",
    "party",
    "radio",
    "station",
    "television",
    "union",
    "weekly",
    "website",
    "rebel",
    "militant",
    "insurgent",
];

impl Scene<'_, '_> {
    /// All mentions by name, in reading order.
    pub(crate) fn names(&self, places: &[Place], given: &GivenNames) -> Vec<Draft> {
        let mut drafts = Vec::new();
        for candidate in self.candidates(places, given) {
            if let Some(draft) = self.name(&candidate, places, given) {
                drafts.push(draft);
            }
        }
        drafts
    }

    fn name(&self, candidate: &Candidate, places: &[Place], given: &GivenNames) -> Option<Draft> {
        let doc = self.doc;
        let tokens = candidate.tokens.clone();
        let head = doc.head_of(tokens.clone());
        let mut draft = Draft::new(tokens.clone(), head, MentionForm::Name);
        draft.name = Some(tokens.clone());
        draft.row = candidate.row;
        let row = candidate.row.and_then(|at| self.actors.row(at));
        let place = candidate.place.and_then(|at| places.get(at as usize));
        let country = |t: usize| self.words.countries[t].filter(|n| n.naming == Naming::Name);
        let country =
            country(tokens.start).is_some_and(|n| tokens.clone().all(|t| country(t) == Some(n)));
        draft.kind = match (row, candidate.kind, place) {
            (Some(row), _, _) => row.kind,
            (None, kind, _) if country && kind != Some(NameKind::Person) => EntityKind::Place,
            (None, Some(NameKind::Person), _) => EntityKind::Person,
            (None, Some(NameKind::Organization), _) => EntityKind::Organization,
            (None, Some(NameKind::Location), _) | (None, _, Some(_)) => EntityKind::Place,
            (None, _, None) => EntityKind::Other,
        };
        if draft.kind == EntityKind::Place || row.is_none() && self.demonym(&tokens, place) {
            return self.place(draft, candidate, place);
        }
        if draft.kind == EntityKind::Other {
            let modifier = matches!(doc.tokens[head].relation(), "amod" | "compound");
            if doc.tokens[head].upos == Upos::Adj || modifier {
                return None;
            }
            draft.kind = self.kind_by_head(&tokens, head);
        }
        if draft.kind == EntityKind::Person {
            self.person(&mut draft, given);
        } else {
            self.body(&mut draft);
        }
        Some(draft)
    }

    fn demonym(&self, tokens: &Range<usize>, place: Option<&Place>) -> bool {
        place.is_some_and(|p| p.form == PlaceForm::Demonym)
            || self.words.countries[tokens.end - 1]
                .is_some_and(|n| n.naming == Naming::Demonym && tokens.len() <= 2)
                && role_of(self.doc, self.roles, tokens.end - 1).is_none()
    }

    /// A place, or a people when the demonym stands as a noun.
    fn place(
        &self,
        mut draft: Draft,
        candidate: &Candidate,
        place: Option<&Place>,
    ) -> Option<Draft> {
        let doc = self.doc;
        let token = &doc.tokens[draft.head];
        if self.demonym(&candidate.tokens, place) {
            let noun = matches!(token.upos, Upos::Noun | Upos::Propn)
                && !matches!(token.relation(), "amod" | "compound" | "nmod:desc");
            let plural = token.feature("Number") == Some("Plur") || token.xpos.ends_with('S');
            if !(noun || plural && token.relation() != "amod") {
                return None;
            }
            let determined = self.tree.by(doc, draft.head, "det").next().is_some();
            draft.plural = plural
                || doc.form(draft.head).ends_with("ese")
                || doc.form(draft.head).ends_with("sh");
            if !draft.plural && !determined {
                return None;
            }
            draft.kind = if draft.plural { EntityKind::Group } else { EntityKind::Person };
            draft.form = MentionForm::Nominal;
            draft.name = None;
            draft.coding.country = self.words.countries[draft.head].map(|n| n.country);
            draft.coding.add("CVL");
            draft.tokens = self.tree.phrase(doc, draft.head, false);
            return Some(draft);
        }
        draft.place = candidate.place.or(self.words.places[draft.head]);
        draft.coding.country = self.words.countries[draft.head].map(|n| n.country);
        self.widen(&mut draft);
        Some(draft)
    }

    /// What a name of an unknown kind is, by its head noun.
    fn kind_by_head(&self, tokens: &Range<usize>, head: usize) -> EntityKind {
        let event = [
            "war",
            "olympics",
            "games",
            "summit",
            "cup",
            "revolution",
            "election",
            "battle",
            "uprising",
            "massacre",
            "treaty",
            "accord",
            "agreement",
            "conference",
            "festival",
        ];
        let form = self.doc.form(tokens.end - 1);
        if event.contains(&form.to_lowercase().as_str()) {
            return EntityKind::Event;
        }
        // "S.E.C.": two letters may be anything
        let dotted = |c: char| c.is_uppercase() || c == '.';
        if form.matches('.').count() > 2 && form.chars().all(dotted) {
            return EntityKind::Organization;
        }
        if self.label(head) == Some("NORP") && self.doc.tokens[head].xpos.as_ref() == "NNPS" {
            return EntityKind::Group;
        }
        match role_of(self.doc, self.roles, head).map(|(role, _, _)| role.kind) {
            Some(RoleKind::Organization) => EntityKind::Organization,
            Some(RoleKind::Group) => EntityKind::Group,
            Some(RoleKind::Person) if self.doc.tokens[head].feature("Number") == Some("Plur") => {
                EntityKind::Group
            }
            _ => EntityKind::Other,
        }
    }

    /// The fine kind that the network gives the name a token stands in.
    pub(crate) fn label(&self, token: usize) -> Option<&'static str> {
        let name = self.words.name.get(token).copied().flatten()?;
        self.doc.names.get(name as usize).map(|name| name.label)
    }

    /// The article and other words that belong to a name's phrase.
    fn widen(&self, draft: &mut Draft) {
        let phrase = self.tree.phrase(self.doc, draft.head, false);
        let relation = self.doc.tokens[draft.head].relation();
        if !matches!(relation, "compound" | "amod" | "flat") {
            draft.tokens.start = draft.tokens.start.min(phrase.start);
        }
    }

    /// A body or group, with "news agency" before and "movement" after it.
    fn body(&self, draft: &mut Draft) {
        let doc = self.doc;
        let name = draft.tokens.clone();
        draft.coding = match draft.row {
            Some(row) => self.actors.coding(row, self.date),
            None => self.compose_name(name.clone(), draft.head),
        };
        draft.plural = doc.tokens[draft.head].feature("Number") == Some("Plur")
            || doc.tokens[draft.head].xpos.as_ref() == "NNPS";
        let relation = doc.tokens[draft.head].relation();
        let parent = doc.tokens[draft.head].head.filter(|&p| {
            let generic = doc.tokens[p].lemma.to_lowercase();
            GENERIC.contains(&generic.as_str()) && p < doc.tokens.len()
        });
        match parent {
            // "the Hamas movement", "the Interfax news agency"
            Some(parent)
                if relation == "compound" && parent >= name.end && parent - name.end < 3 =>
            {
                draft.head = parent;
                draft.tokens = self.tree.phrase(doc, parent, false);
                draft.tokens.start = draft.tokens.start.min(name.start);
            }
            // "Russian news agency Interfax"
            Some(parent)
                if matches!(relation, "appos" | "flat" | "compound" | "nmod")
                    && parent + 1 == name.start =>
            {
                draft.head = parent;
                draft.tokens = self.tree.phrase(doc, parent, false);
                draft.tokens.end = name.end;
            }
            _ => self.widen(draft),
        }
        // the parser may have read the description before the name otherwise
        if draft.tokens.start == name.start {
            let left = self.described_from(name.start, |kind| {
                matches!(kind, RoleKind::Organization | RoleKind::Group)
            });
            draft.tokens.start = left.unwrap_or(name.start);
        }
        if draft.row.is_none() && draft.tokens.start < name.start {
            let role = role_of(doc, self.roles, name.start - 1);
            if let Some((role, start, phrase)) = role {
                let composed =
                    self.compose(Some(role), draft.tokens.start, start..name.start, draft.head);
                let country = composed.coding.country.or(draft.coding.country);
                if draft.coding.sectors.is_empty() {
                    draft.coding.sectors = composed.coding.sectors;
                }
                draft.coding.country = country;
                draft.role = Some(phrase);
            } else {
                let country =
                    (draft.tokens.start..name.start).find_map(|t| self.words.countries[t]);
                draft.coding.country = draft.coding.country.or(country.map(|n| n.country));
            }
        }
    }

    /// A phrase without the article or possessive that begins it.
    pub(crate) fn undetermined(&self, mut tokens: Range<usize>) -> Range<usize> {
        while tokens.len() > 1
            && (matches!(self.doc.tokens[tokens.start].upos, Upos::Det | Upos::Punct)
                || matches!(self.doc.tokens[tokens.start].deprel.as_ref(), "nmod:poss" | "det")
                    && self.doc.tokens[tokens.start].upos == Upos::Pron)
        {
            tokens.start += 1;
        }
        tokens
    }
}
