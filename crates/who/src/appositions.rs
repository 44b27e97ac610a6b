//! Linking of two phrases that say outright that they are one: appositions and
//! predicates.

use crate::link::Linker;
use dateline_account::{EntityKind, MentionForm};

impl Linker<'_, '_> {
    /// "Ana Ruiz, the mayor" and "the mayor, Ana Ruiz".
    pub(crate) fn apposed(&self, at: u32) -> Option<u32> {
        let draft = self.draft(at);
        let doc = self.scene.doc;
        let other = if doc.tokens[draft.head].relation() == "appos" {
            doc.tokens[draft.head].head.and_then(|p| self.headed.get(p).copied().flatten())
        } else {
            let mut inner = self.scene.tree.by(doc, draft.head, "appos");
            inner.find_map(|t| self.headed.get(t).copied().flatten())
        };
        let other = other.or_else(|| self.between_commas(at)).filter(|&o| o != at)?;
        let cluster = self.cluster_of(other)?;
        let apposed = self.draft(other);
        let one_each = apposed.form != draft.form || apposed.form == MentionForm::Nominal;
        let body = |k: EntityKind| matches!(k, EntityKind::Organization | EntityKind::Group);
        let alike = match (apposed.kind, draft.kind) {
            (EntityKind::Person, EntityKind::Person) => true,
            (EntityKind::Person, EntityKind::Other) => draft.role.is_some() || draft.indefinite,
            (EntityKind::Place, EntityKind::Other) => true,
            (EntityKind::Other, EntityKind::Other) => true,
            (a, b) => body(a) && body(b),
        };
        let number = apposed.plural == draft.plural || body(apposed.kind) && body(draft.kind);
        (one_each && alike && number).then_some(cluster)
    }

    /// "The head of the largest union, Ana Ruiz, said": a name between commas
    /// at the end of a description's phrase, which parsers take for a list.
    fn between_commas(&self, at: u32) -> Option<u32> {
        let doc = self.scene.doc;
        let draft = self.draft(at);
        if draft.kind != EntityKind::Person || draft.plural || draft.form != MentionForm::Nominal {
            return None;
        }
        let relations = ["conj", "nmod", "flat", "parataxis", "dep", "list", "appos"];
        let sentence = crate::tree::sentence_of(doc, draft.head).end;
        let comma = |t: usize| (draft.head + 1..sentence).contains(&t) && doc.form(t) == ",";
        let tree = self.scene.tree;
        let after = |of: usize| tree.dependents(of).filter(move |&t| t > draft.head).take(16);
        // also beside the complement: "the head of the union, Ana Ruiz"
        let deeper =
            after(draft.head).filter(|&t| doc.tokens[t].relation() == "nmod").flat_map(after);
        after(draft.head).chain(deeper).find_map(|t| {
            let other = self.headed.get(t).copied().flatten()?;
            let name = self.draft(other);
            let named = name.form == MentionForm::Name && name.kind == EntityKind::Person;
            let ends =
                name.tokens.end >= sentence || matches!(doc.form(name.tokens.end), "," | ".");
            let joined = self.scene.tree.by(doc, t, "cc").next().is_some();
            let apart = name.tokens.start.checked_sub(1).is_some_and(comma);
            (named && ends && apart && !joined && relations.contains(&doc.tokens[t].relation()))
                .then_some(other)
        })
    }

    /// "Ruiz is the mayor of Lima": the predicate of a person.
    pub(crate) fn predicate(&self, at: u32) -> Option<u32> {
        let draft = self.draft(at);
        let doc = self.scene.doc;
        if draft.kind != EntityKind::Person || draft.plural {
            return None;
        }
        self.scene.tree.by(doc, draft.head, "cop").next()?;
        let negated = self.scene.tree.by(doc, draft.head, "advmod").any(|t| {
            doc.tokens[t].lemma.eq_ignore_ascii_case("not")
                || doc.form(t).eq_ignore_ascii_case("never")
        });
        let modal =
            self.scene.tree.by(doc, draft.head, "aux").any(|t| doc.tokens[t].xpos.as_ref() == "MD");
        if negated || modal {
            return None;
        }
        let subject = self.scene.tree.by(doc, draft.head, "nsubj").next()?;
        let subject = self.headed.get(subject).copied().flatten()?;
        let cluster = self.cluster_of(subject)?;
        let person = self.clusters[cluster as usize].kind == EntityKind::Person
            && !self.clusters[cluster as usize].plural;
        person.then_some(cluster)
    }
}
