//! The reader of this room.

use crate::actors::Actors;
use crate::compose::Scene;
use crate::countries::Countries;
use crate::draft::Pronoun;
use crate::explain::Why;
use crate::given::GivenNames;
use crate::link::Linker;
use crate::link_nominals::Known;
use crate::rank::{Decision, Ranker, Ranking, gold};
use crate::roles::Roles;
use crate::tree::Tree;
use crate::words::Words;
use dateline_account::{Entity, MentionForm, Place, Span};
use dateline_lexicon::{LexiconError, Lexicons, Problems};
use dateline_syntax::Doc;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Reads the entities of an article: made once, used for any number.
///
/// ```
/// use dateline_lexicon::Lexicons;
/// use dateline_who::EntityReader;
/// let reader = EntityReader::new(&Lexicons::embedded())?;
/// # let _ = reader;
/// # Ok::<(), dateline_lexicon::LexiconError>(())
/// ```
pub struct EntityReader {
    countries: Countries,
    roles: Roles,
    actors: Actors,
    given: GivenNames,
    ranker: Ranker,
}

impl std::fmt::Debug for EntityReader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EntityReader").finish_non_exhaustive()
    }
}

impl EntityReader {
    /// Loads `actors.tsv`, `roles.tsv`, `given-names.tsv` and `countries.tsv`.
    ///
    /// # Errors
    /// A mistake in a lexicon, with its file and line: a code that is neither
    /// of `countries.tsv` nor PLOVER's, a date that is none, an unknown kind, two
    /// rows that give one office at one time two codes.
    pub fn new(lexicons: &Lexicons) -> Result<Self, LexiconError> {
        let mut problems = Problems::default();
        let reader = Self::load(lexicons, &mut problems);
        problems.result(reader)
    }

    /// Loads what [`EntityReader::new`] does, gathers all that is wrong, and goes
    /// on without the rows that are.
    pub fn load(lexicons: &Lexicons, problems: &mut Problems) -> Self {
        let countries = Countries::load(lexicons, problems);
        let actors = Actors::load(lexicons, &countries, problems);
        let roles = Roles::load(lexicons, problems);
        let given = GivenNames::load(lexicons, problems);
        Self { countries, roles, actors, given, ranker: Ranker::embedded() }
    }

    /// Reads the entities of a document in the order of their first mention.
    /// Offices are coded as of `published`; without it by the words alone and,
    /// for names that the lexicon has, by their highest office.
    ///
    /// Noun phrases that name nobody ("a car bomb", "the house") are there too,
    /// of kind `other`, so that claims and events can point at them.
    /// With `explain`, each entity says what decided its code and its mentions.
    pub fn read(
        &self,
        doc: &Doc<'_>,
        places: &[Place],
        published: Option<Date>,
        explain: bool,
    ) -> Vec<Entity> {
        self.linked(doc, places, published, |linker, sources| {
            if explain {
                linker.reasons = Some(vec![None; linker.drafts.len()]);
            }
            linker.link_names(places, &self.given);
            link_others(linker, &self.ranker, sources, None);
            let mut entities = linker.entities(places);
            if explain {
                linker.explain(&self.countries, places, &mut entities);
            }
            entities
        })
    }

    /// The decisions that the ranker would be asked for, with the right answers
    /// after `chains`, the spans of each entity's mentions: what
    /// `train/coref/train_ranker.py` learns from.
    pub fn decisions(
        &self,
        doc: &Doc<'_>,
        places: &[Place],
        published: Option<Date>,
        chains: &[Vec<Span>],
    ) -> Vec<Decision> {
        self.linked(doc, places, published, |linker, sources| {
            linker.link_names(places, &self.given);
            let mut lesson = Lesson { gold: gold(linker, chains), decisions: Vec::new() };
            link_others(linker, &self.ranker, sources, Some(&mut lesson));
            lesson.decisions
        })
    }

    /// What comes of a document's mentions, of which none is linked yet, and of
    /// the mention that heads each attribution's source.
    fn linked<T>(
        &self,
        doc: &Doc<'_>,
        places: &[Place],
        published: Option<Date>,
        link: impl FnOnce(&mut Linker<'_, '_>, &[Option<u32>]) -> T,
    ) -> T {
        let tree = Tree::new(doc);
        let words = Words::read(doc, places, &self.countries, &self.actors, published);
        let (roles, actors) = (&self.roles, &self.actors);
        let scene = Scene { doc, tree: &tree, words: &words, roles, actors, date: published };
        let collected = scene.collect(places, &self.given);
        link(&mut Linker::new(scene, &collected.drafts), &collected.sources)
    }
}

/// Right answers for the ranker, and what it would be asked.
struct Lesson {
    gold: Vec<Option<u32>>,
    decisions: Vec<Decision>,
}

/// Descriptions and pronouns, in reading order: the sure steps first, then the
/// ranker; the first and second person last, when the speakers are known. A
/// lesson takes the right answers instead of the ranker's.
fn link_others(
    linker: &mut Linker<'_, '_>,
    ranker: &Ranker,
    sources: &[Option<u32>],
    mut lesson: Option<&mut Lesson>,
) {
    let mut known = Known::default();
    let mut ranking = Ranking::new(linker, ranker);
    let mut speech = Vec::new();
    for at in 0..linker.drafts.len() as u32 {
        let draft = linker.draft(at);
        match (draft.form, draft.pronoun) {
            (MentionForm::Name, _) => {}
            (_, Some(pronoun)) if pronoun.is_speech() => speech.push(at),
            _ => {
                let sure = linker.surely(at, &known);
                let cluster = match lesson.as_deref_mut().filter(|_| sure.is_none()) {
                    Some(lesson) => {
                        let decision = ranking.decision(linker, at, sources, &lesson.gold);
                        lesson.decisions.push(decision);
                        lesson.cluster(linker, at)
                    }
                    None => sure.or_else(|| {
                        let (before, cluster) = ranking.choose(linker, ranker, at, sources)?;
                        linker.because(at, Why::Ranked(before));
                        Some(cluster)
                    }),
                };
                linker.put(at, cluster);
            }
        }
        linker.remember(&mut known, at);
        if let Some(cluster) = linker.cluster_of(at) {
            ranking.remember(at, cluster);
        }
    }
    link_speech(linker, &speech, sources);
}

impl Lesson {
    /// The cluster of the last earlier mention of the same gold entity.
    fn cluster(&self, linker: &Linker<'_, '_>, at: u32) -> Option<u32> {
        let own = self.gold[at as usize]?;
        let same = (0..at).rev().filter(|&m| self.gold[m as usize] == Some(own));
        same.take(1).find_map(|m| linker.cluster_of(m))
    }
}

/// Whose words an "I", "we" or "you" is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Voice {
    /// The cluster of who speaks.
    Speaker(u32),
    /// An attribution without a known source.
    Quotation(u32),
    /// Quotation marks that the network attributes to nobody.
    Paragraph(usize),
    Article,
}

/// "I", "we" and "you": the speaker's, else one voice to a quotation.
fn link_speech(linker: &mut Linker<'_, '_>, speech: &[u32], sources: &[Option<u32>]) {
    let mut voices: BTreeMap<(u8, Voice), u32> = BTreeMap::new();
    for &at in speech {
        let draft = linker.draft(at);
        if let Some(cluster) = linker.resolve_speech(at, sources) {
            linker.put(at, Some(cluster));
            continue;
        }
        let who = match draft.pronoun {
            Some(Pronoun::First) => 0,
            Some(Pronoun::FirstPlural) => 1,
            _ => 2,
        };
        // what one speaker says is said to one "you"; in a quotation of nobody
        // known there is one voice, and outside quotations the author's
        let speaker = draft.quoted.and_then(|q| sources.get(q as usize).copied().flatten());
        let place = match (speaker.and_then(|s| linker.cluster_of(s)), draft.quoted) {
            (Some(cluster), _) => Voice::Speaker(cluster),
            (None, Some(quoted)) => Voice::Quotation(quoted),
            (None, None) if draft.in_quotes => {
                Voice::Paragraph(linker.scene.doc.paragraph_of(draft.sentence))
            }
            _ => Voice::Article,
        };
        let cluster = linker.put(at, voices.get(&(who, place)).copied());
        voices.insert((who, place), cluster);
    }
}
