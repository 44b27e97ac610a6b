//! All mentions of a document, in reading order.

use crate::compose::Scene;
use crate::datelines::datelines;
use crate::draft::Draft;
use crate::given::GivenNames;
use crate::quotes::Quoted;
use dateline_account::{EntityKind, MentionForm, Place};
use dateline_syntax::{Doc, Upos};
use std::collections::HashSet;
use std::ops::Range;

/// The head of a source: of several words that hang outside it, the first
/// that is a noun, since a stray participle may come before ("state-run").
fn nominal_head(doc: &Doc<'_>, piece: Range<usize>) -> usize {
    let head = doc.head_of(piece.clone());
    if matches!(doc.tokens[head].upos, Upos::Noun | Upos::Propn | Upos::Pron) {
        return head;
    }
    let outside = |t: usize| doc.tokens[t].head.is_none_or(|h| !piece.contains(&h));
    let noun = |t: usize| matches!(doc.tokens[t].upos, Upos::Noun | Upos::Propn);
    piece.clone().take(64).find(|&t| outside(t) && noun(t)).unwrap_or(head)
}

/// Mentions, and for each attribution the mention that heads its source.
#[derive(Debug)]
pub(crate) struct Collected {
    pub(crate) drafts: Vec<Draft>,
    pub(crate) sources: Vec<Option<u32>>,
}

impl Scene<'_, '_> {
    /// Mentions by name, noun and pronoun; every source of an attribution has
    /// one that heads it.
    pub(crate) fn collect(&self, places: &[Place], given: &GivenNames) -> Collected {
        let mut drafts = self.names(places, given);
        drop_broken(self, &mut drafts);
        let mut taken = vec![false; self.doc.tokens.len()];
        for draft in &drafts {
            for token in draft.tokens.clone() {
                let upos = self.doc.tokens[token].upos;
                taken[token] |=
                    !matches!(upos, Upos::Pron | Upos::Det) && draft.kind != EntityKind::Place;
            }
            taken[draft.head] = true;
            for token in draft.name.clone().into_iter().flatten() {
                taken[token] = true;
            }
            // an owner inside the phrase is a mention of its own
            for owner in self.tree.by(self.doc, draft.head, "nmod") {
                if self.doc.tokens[owner].deprel.as_ref() == "nmod:poss" {
                    taken[owner] &= draft.name.as_ref().is_some_and(|n| n.contains(&owner));
                }
            }
        }
        for draft in &drafts {
            taken[draft.head] = true;
        }
        let nominals = self.nominals(&taken, given);
        drafts.extend(nominals);
        self.cover_sources(&mut drafts);
        drafts.iter_mut().for_each(|d| self.possess(d));
        let mut spans = HashSet::with_capacity(drafts.len());
        drafts.sort_by_key(|d| {
            (d.tokens.start, std::cmp::Reverse(d.tokens.end), form_rank(d.form), d.head)
        });
        drafts.retain(|d| !d.tokens.is_empty() && spans.insert((d.tokens.start, d.tokens.end)));
        self.situate(&mut drafts);
        let sources = self.sources(&mut drafts);
        Collected { drafts, sources }
    }

    /// An owner's clitic belongs to its mention, as in OntoNotes and GUM:
    /// `Ruiz's` of `Ruiz's party`.
    fn possess(&self, draft: &mut Draft) {
        let next = draft.tokens.end;
        let clitic = self.doc.tokens.get(next).is_some_and(|t| {
            t.xpos.as_ref() == "POS" && t.sentence == self.doc.tokens[draft.head].sentence
        });
        if clitic && draft.head < next {
            draft.tokens.end = next + 1;
        }
    }

    /// A mention for each source that none heads yet.
    fn cover_sources(&self, drafts: &mut Vec<Draft>) {
        let mut heads: HashSet<usize> = drafts.iter().map(|d| d.head).collect();
        for draft in drafts.iter() {
            heads.extend(draft.name.clone().map(|n| self.doc.head_of(n)));
        }
        for attribution in &self.doc.attributions {
            for piece in attribution
                .source
                .iter()
                .filter(|p| !p.is_empty() && p.end <= self.doc.tokens.len())
            {
                let head = nominal_head(self.doc, piece.clone());
                if !heads.insert(head) {
                    continue;
                }
                let upos = self.doc.tokens[head].upos;
                let form = match upos {
                    Upos::Propn => MentionForm::Name,
                    Upos::Pron => MentionForm::Pronoun,
                    _ => MentionForm::Nominal,
                };
                let whole = piece.len() <= 12 && form == MentionForm::Nominal;
                let tokens =
                    if whole { piece.clone() } else { self.tree.phrase(self.doc, head, false) };
                let mut draft = Draft::new(tokens, head, form);
                draft.name =
                    (form == MentionForm::Name).then(|| self.undetermined(draft.tokens.clone()));
                drafts.push(draft);
            }
        }
    }

    /// Sentence, quotation and clause of each mention.
    fn situate(&self, drafts: &mut [Draft]) {
        let quoted = Quoted::read(self.doc);
        let lines = datelines(self.doc);
        for draft in drafts {
            let token = &self.doc.tokens[draft.head];
            draft.sentence = token.sentence;
            draft.quoted = quoted.by[draft.head];
            draft.in_quotes = quoted.marked[draft.head];
            draft.subject = token.deprel.as_ref() == "nsubj"
                || token.deprel.as_ref() == "nsubj:pass"
                || token.relation() == "nsubj";
            let line = lines.partition_point(|line| line.end <= draft.head);
            draft.subject &= lines.get(line).is_none_or(|line| !line.contains(&draft.head));
        }
    }

    /// The mention that heads each attribution's source; a content without one
    /// has that of the attribution before it in its paragraph.
    fn sources(&self, drafts: &mut [Draft]) -> Vec<Option<u32>> {
        let mut headed = vec![None; self.doc.tokens.len()];
        for (at, draft) in drafts.iter().enumerate() {
            headed[draft.head] = Some(at as u32);
            if let Some(name) = &draft.name {
                let inner = self.doc.head_of(name.clone());
                if headed[inner].is_none() {
                    headed[inner] = Some(at as u32);
                }
            }
        }
        let mut before: Option<(usize, u32)> = None;
        let mut sources = Vec::with_capacity(self.doc.attributions.len());
        for attribution in &self.doc.attributions {
            let paragraph = attribution
                .content
                .first()
                .and_then(|c| self.doc.tokens.get(c.start))
                .map(|t| self.doc.paragraph_of(t.sentence));
            let own = attribution
                .source
                .iter()
                .filter(|p| !p.is_empty() && p.end <= headed.len())
                .find_map(|p| {
                    headed[self.doc.head_of(p.clone())]
                        .or_else(|| p.clone().find_map(|t| headed[t]))
                });
            let source = own.or_else(|| {
                let (place, source) = before?;
                (attribution.source.is_empty() && Some(place) == paragraph).then_some(source)
            });
            if let (Some(source), Some(paragraph)) = (source, paragraph) {
                before = Some((paragraph, source));
            }
            if let Some(own) = own {
                let draft = &mut drafts[own as usize];
                draft.source = true;
                let speaks = !attribution.cue.is_empty() && self.proper(draft);
                if speaks && draft.kind == EntityKind::Other {
                    draft.kind = self.unknown_speaker(draft);
                }
            }
            sources.push(source);
        }
        sources
    }
}

impl Scene<'_, '_> {
    /// Who speaks is somebody: by a name of no known sort, a person when the
    /// tree has it as one of given name and surname, else a body.
    fn unknown_speaker(&self, draft: &Draft) -> EntityKind {
        let mut parts = self.tree.by(self.doc, draft.head, "flat");
        let surname = parts.next().filter(|_| parts.next().is_none());
        match surname {
            Some(surname) if surname == draft.head + 1 => EntityKind::Person,
            _ => EntityKind::Organization,
        }
    }

    /// Whether a mention is a name whose head is a proper noun, and not that of
    /// a law, a book, an event.
    fn proper(&self, draft: &Draft) -> bool {
        let thing = ["EVENT", "LANGUAGE", "LAW", "PRODUCT", "WORK_OF_ART"];
        let label = self.label(draft.head);
        label.is_none_or(|l| !thing.contains(&l))
            && draft.form == MentionForm::Name
            && draft.place.is_none()
            && self.doc.tokens[draft.head].upos == Upos::Propn
            && crate::words::capital(self.doc, draft.head)
    }
}

/// Drops a name that is only half of the title before a person's name, such as
/// `Peruvian Prime` of `Peruvian Prime Minister Ruiz`.
fn drop_broken(scene: &Scene<'_, '_>, drafts: &mut Vec<Draft>) {
    let broken: Vec<bool> = drafts
        .iter()
        .map(|d| {
            let end = d.tokens.end;
            d.row.is_none()
                && d.place.is_none()
                && d.kind != EntityKind::Person
                && d.form == MentionForm::Name
                && end < scene.doc.tokens.len()
                && crate::words::role_of(scene.doc, scene.roles, end)
                    .is_some_and(|(_, start, _)| start < end && start >= d.tokens.start)
        })
        .collect();
    let mut at = 0;
    drafts.retain(|_| {
        at += 1;
        !broken[at - 1]
    });
}

fn form_rank(form: MentionForm) -> u8 {
    match form {
        MentionForm::Name => 0,
        MentionForm::Nominal => 1,
        MentionForm::Pronoun => 2,
    }
}
