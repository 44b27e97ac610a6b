//! Mentions by a common noun and by a pronoun.

use crate::compose::Scene;
use crate::draft::{Draft, Pronoun};
use crate::given::GivenNames;
use crate::roles::{Gender, RoleKind};
use crate::words::role_of;
use dateline_account::{EntityKind, MentionForm};
use dateline_syntax::Upos;
use std::ops::Range;

/// Nouns of time, which name nobody.
const TIME: &[&str] = &[
    "afternoon",
    "april",
    "august",
    "century",
    "day",
    "decade",
    "december",
    "evening",
    "february",
    "friday",
    "hour",
    "january",
    "july",
    "june",
    "march",
    "may",
    "midnight",
    "minute",
    "moment",
    "monday",
    "month",
    "morning",
    "night",
    "noon",
    "november",
    "october",
    "saturday",
    "second",
    "september",
    "sunday",
    "thursday",
    "today",
    "tomorrow",
    "tonight",
    "tuesday",
    "wednesday",
    "week",
    "weekend",
    "year",
    "yesterday",
    "mid-day",
];

impl Scene<'_, '_> {
    /// Mentions by nouns and pronouns, where no name stands already. `taken`
    /// marks the tokens that mentions by name hold.
    pub(crate) fn nominals(&self, taken: &[bool], given: &GivenNames) -> Vec<Draft> {
        (0..self.doc.tokens.len())
            .filter_map(|token| {
                if taken[token] {
                    return None;
                }
                match self.doc.tokens[token].upos {
                    Upos::Noun | Upos::Propn => self.noun(token, given),
                    Upos::Pron | Upos::Det => self.pronoun(token),
                    Upos::Adj | Upos::Num => self.bare(token),
                    _ => None,
                }
            })
            .collect()
    }

    fn noun(&self, head: usize, given: &GivenNames) -> Option<Draft> {
        let doc = self.doc;
        let token = &doc.tokens[head];
        let inside = matches!(
            token.deprel.as_ref(),
            "flat"
                | "fixed"
                | "amod"
                | "goeswith"
                | "nummod"
                | "case"
                | "advmod"
                | "det"
                | "nmod:desc"
                | "obl:tmod"
                | "nmod:tmod"
                | "flat:name"
                | "compound:prt"
                | "punct"
        );
        let lemma = token.lemma.to_lowercase();
        if inside
            || TIME.contains(&lemma.as_str())
            || token.lemma.chars().all(|c| !c.is_alphabetic())
        {
            return None;
        }
        if token.deprel.as_ref() == "compound" {
            return (token.upos == Upos::Noun).then(|| self.modifier_noun(head));
        }
        let of =
            role_of(doc, self.roles, head).is_some_and(|(role, _, _)| role.kind != RoleKind::Group);
        let proper = token.upos == Upos::Propn;
        let mut draft =
            Draft::new(self.tree.phrase(doc, head, of || proper), head, MentionForm::Nominal);
        draft.plural = token.feature("Number") == Some("Plur")
            || matches!(token.xpos.as_ref(), "NNS" | "NNPS")
            || token.feature("Number").is_none()
                && matches!(doc.form(head), "people" | "police" | "men" | "women");
        self.determine(&mut draft);
        if let Some((role, start, phrase)) =
            role_of(doc, self.roles, head).filter(|_| !self.abstractly(head))
        {
            let from = draft.tokens.start.min(start);
            let composed = self.compose(Some(role), from, start.max(from)..head + 1, head);
            draft.coding = composed.coding;
            draft.former = composed.former;
            draft.gender = role.gender;
            draft.kind = match role.kind {
                RoleKind::Person | RoleKind::Title if draft.plural => EntityKind::Group,
                RoleKind::Person | RoleKind::Title => EntityKind::Person,
                RoleKind::Group => EntityKind::Group,
                RoleKind::Organization => EntityKind::Organization,
                RoleKind::Modifier => EntityKind::Other,
            };
            draft.role_text = Some(self.undetermined(from..head + 1));
            draft.role = Some(phrase);
        } else if proper {
            draft.form = MentionForm::Name;
            let name = self.undetermined(draft.tokens.clone());
            draft.name = Some(name.clone());
            if let Some(start) = self.given_from(&name, head, given) {
                draft.kind = EntityKind::Person;
                draft.plural = false;
                draft.tokens = start..name.end;
                self.person(&mut draft, given);
            }
        }
        Some(draft)
    }

    /// "Drug" of "drug trade": it can be spoken of again, but acts nowhere.
    fn modifier_noun(&self, head: usize) -> Draft {
        let phrase = self.tree.phrase(self.doc, head, false);
        Draft::new(phrase.start..head + 1, head, MentionForm::Nominal)
    }

    /// Whether a noun that can be a body is a quality here: "to build trust",
    /// "the authority of the court", "a state of emergency".
    fn abstractly(&self, head: usize) -> bool {
        let doc = self.doc;
        let form = doc.form(head);
        if !matches!(
            form,
            "trust" | "authority" | "state" | "resistance" | "opposition" | "banking"
        ) {
            return false;
        }
        let of = self.tree.by(doc, head, "nmod").any(|t| self.tree.has_case(doc, t, "of"));
        let bare = self.tree.dependents(head).all(|t| {
            !matches!(doc.tokens[t].deprel.as_ref(), "det" | "compound" | "nmod:poss" | "amod")
        });
        match form {
            "opposition" => bare && doc.tokens[head].relation() != "nsubj",
            _ => of || bare,
        }
    }

    /// Where a person's name begins in a run of proper nouns that the network
    /// did not name: at a given name, or after a title.
    fn given_from(&self, name: &Range<usize>, head: usize, given: &GivenNames) -> Option<usize> {
        let doc = self.doc;
        let proper = |t: usize| doc.tokens[t].upos == Upos::Propn;
        let body = role_of(doc, self.roles, head)
            .or_else(|| role_of(doc, self.roles, name.end.checked_sub(1)?));
        if body.is_some() || name.len() > 8 || !proper(name.end.checked_sub(1)?) {
            return None;
        }
        let titled = role_of(doc, self.roles, name.start).is_some_and(|(role, _, _)| {
            matches!(role.kind, RoleKind::Person | RoleKind::Title) && name.len() > 1
        });
        let first = name.clone().rev().take(4).skip(1).take_while(|&t| proper(t)).last();
        let start = first
            .and_then(|first| (first..name.end - 1).find(|&t| given.gender(doc.form(t)).is_some()));
        start.or(titled.then_some(name.start))
    }

    /// Definite or not, by what begins the phrase.
    fn determine(&self, draft: &mut Draft) {
        for dependent in self.tree.dependents(draft.head).filter(|&t| t < draft.head) {
            let relation = self.doc.tokens[dependent].deprel.as_ref();
            match relation {
                "nmod:poss" => draft.definite = true,
                "det" => match self.doc.form(dependent).to_ascii_lowercase().as_str() {
                    "the" | "this" | "that" | "these" | "those" => draft.definite = true,
                    _ => draft.indefinite = true,
                },
                "nummod" => draft.indefinite |= !draft.definite,
                _ => {}
            }
        }
    }

    /// "Others said", "many fled", "the wounded".
    fn bare(&self, head: usize) -> Option<Draft> {
        let doc = self.doc;
        let token = &doc.tokens[head];
        let argument = matches!(token.relation(), "nsubj" | "obj" | "iobj")
            || token.deprel.as_ref() == "obl:agent";
        if !argument || !doc.form(head).chars().all(char::is_alphabetic) {
            return None;
        }
        let mut draft = Draft::new(self.tree.phrase(doc, head, false), head, MentionForm::Nominal);
        draft.plural = !doc.form(head).eq_ignore_ascii_case("one");
        if !draft.plural && self.of_people(head) {
            draft.kind = EntityKind::Person;
        }
        self.determine(&mut draft);
        Some(draft)
    }

    /// "One of them", "one of the ministers".
    fn of_people(&self, head: usize) -> bool {
        let (doc, tree) = (self.doc, self.tree);
        tree.by(doc, head, "nmod").filter(|&t| tree.has_case(doc, t, "of")).any(|t| {
            let form = doc.form(t).to_ascii_lowercase();
            matches!(form.as_str(), "them" | "us" | "you" | "whom")
                || role_of(doc, self.roles, t)
                    .is_some_and(|(r, _, _)| matches!(r.kind, RoleKind::Person | RoleKind::Group))
        })
    }

    fn pronoun(&self, token: usize) -> Option<Draft> {
        let doc = self.doc;
        let form = doc.form(token);
        // "IT" and "US" are information technology and a country
        if form.len() > 12 || form == "US" || form == "IT" && !crate::words::shouted(doc, token) {
            return None;
        }
        let form = form.to_ascii_lowercase();
        let (pronoun, gender) = match form.as_str() {
            "i" | "me" | "my" | "mine" | "myself" => (Pronoun::First, Gender::Unknown),
            "we" | "us" | "our" | "ours" | "ourselves" | "'s" | "’s" => {
                (Pronoun::FirstPlural, Gender::Unknown)
            }
            "you" | "your" | "yours" | "yourself" | "yourselves" => {
                (Pronoun::Second, Gender::Unknown)
            }
            "he" | "him" | "his" | "himself" => (Pronoun::Personal, Gender::Male),
            "she" | "her" | "hers" | "herself" => (Pronoun::Personal, Gender::Female),
            "it" | "its" | "itself" => (Pronoun::Neuter, Gender::Unknown),
            "they" | "them" | "their" | "theirs" | "themselves" | "themself" => {
                (Pronoun::Plural, Gender::Unknown)
            }
            "this" | "that" if doc.tokens[token].xpos.as_ref() == "DT" => {
                (Pronoun::Demonstrative, Gender::Unknown)
            }
            _ => return self.indefinite(token, &form),
        };
        let relation = doc.tokens[token].deprel.as_ref();
        if relation == "expl" || form.ends_with("'s") && doc.tokens[token].upos != Upos::Pron {
            return None;
        }
        let mut draft = Draft::new(token..token + 1, token, MentionForm::Pronoun);
        draft.pronoun = Some(pronoun);
        draft.gender = gender;
        draft.plural = matches!(pronoun, Pronoun::FirstPlural | Pronoun::Plural);
        draft.reflexive = form.ends_with("self") || form.ends_with("selves");
        draft.possessive = relation == "nmod:poss";
        draft.kind = match pronoun {
            Pronoun::First | Pronoun::Second | Pronoun::Personal => EntityKind::Person,
            Pronoun::FirstPlural => EntityKind::Group,
            Pronoun::Neuter | Pronoun::Plural | Pronoun::Demonstrative => EntityKind::Other,
        };
        Some(draft)
    }

    /// "Someone", "everyone", "many", "some" as an argument of their own.
    fn indefinite(&self, token: usize, form: &str) -> Option<Draft> {
        let relation = self.doc.tokens[token].relation();
        if !matches!(relation, "nsubj" | "obj" | "iobj" | "obl") {
            return None;
        }
        let person =
            ["someone", "somebody", "anyone", "anybody", "everyone", "everybody", "nobody"];
        let kind = if person.contains(&form) {
            EntityKind::Person
        } else if matches!(
            form,
            "some"
                | "many"
                | "few"
                | "most"
                | "several"
                | "all"
                | "both"
                | "those"
                | "these"
                | "none"
                | "others"
        ) {
            EntityKind::Group
        } else {
            return None;
        };
        let mut draft =
            Draft::new(self.tree.phrase(self.doc, token, false), token, MentionForm::Nominal);
        draft.kind = kind;
        draft.plural = kind == EntityKind::Group;
        draft.indefinite = true;
        Some(draft)
    }
}
