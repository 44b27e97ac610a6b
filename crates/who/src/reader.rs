//! The reader of this room.

use crate::actors::Actors;
use crate::compose::Scene;
use crate::countries::Countries;
use crate::draft::Pronoun;
use crate::given::GivenNames;
use crate::link::Linker;
use crate::link_nominals::Known;
use crate::roles::Roles;
use crate::tree::Tree;
use crate::words::Words;
use dateline_account::{Entity, MentionForm, Place};
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
        Self { countries, roles, actors, given: GivenNames::load(lexicons, problems) }
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
        let tree = Tree::new(doc);
        let words = Words::read(doc, places, &self.countries, &self.actors, published);
        let (roles, actors) = (&self.roles, &self.actors);
        let scene = Scene { doc, tree: &tree, words: &words, roles, actors, date: published };
        let collected = scene.collect(places, &self.given);
        let mut linker = Linker::new(scene, &collected.drafts);
        linker.reasons = explain.then(|| vec![None; collected.drafts.len()]);
        linker.link_names(places, &self.given);
        link_others(&mut linker, &collected.sources);
        let mut entities = linker.entities(places);
        if explain {
            linker.explain(&self.countries, places, &mut entities);
        }
        entities
    }
}

/// Descriptions and pronouns, in reading order; the first and second person
/// last, when the speakers are known.
fn link_others(linker: &mut Linker<'_, '_>, sources: &[Option<u32>]) {
    let mut known = Known::default();
    let mut speech = Vec::new();
    for at in 0..linker.drafts.len() as u32 {
        let draft = linker.draft(at);
        match (draft.form, draft.pronoun) {
            (MentionForm::Name, _) => {}
            (_, Some(Pronoun::First | Pronoun::FirstPlural | Pronoun::Second)) => speech.push(at),
            (_, Some(_)) => {
                let cluster = linker.resolve(at, sources);
                linker.put(at, cluster);
            }
            (_, None) => {
                let cluster = linker.refer(at, &known);
                linker.put(at, cluster);
            }
        }
        linker.remember(&mut known, at);
    }
    let mut voices: BTreeMap<(u8, u32), u32> = BTreeMap::new();
    for at in speech {
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
        // in a quotation of nobody known, one voice; outside, the author's
        let place = match (draft.quoted, draft.in_quotes) {
            (Some(quoted), _) => quoted + 1 + linker.scene.doc.paragraphs.len() as u32,
            (None, true) => 1 + linker.scene.doc.paragraph_of(draft.sentence) as u32,
            (None, false) => 0,
        };
        let cluster = linker.put(at, voices.get(&(who, place)).copied());
        voices.insert((who, place), cluster);
    }
}
