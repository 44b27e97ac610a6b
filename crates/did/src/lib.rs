//! Events: who did what to whom, whether it happened, and which claim reports
//! it. They are PLOVER's, unless the user has an ontology of their own.
//!
//! The terms are those of the PLOVER manual of 2021: *type*, *mode*,
//! *context*, *actor*, *recipient*. The reading is by lexicon and tree, after
//! the coders of the CAMEO line (TABARI, PETRARCH2, UniversalPetrarch): a
//! *trigger* (verb, noun or adjective) is looked up among the frames of
//! `plover.tsv`, what it needs is checked on its Universal Dependencies tree,
//! and the frame's pattern says where actor and recipient stand. Beyond those
//! coders, every event says whether it happened (`polarity`, `modality`, with
//! the implicative verbs of Karttunen 1971 read as such) and which claim it
//! rests on: said is not done. A denial, a charge or a warning is one event and
//! what is denied, charged or warned of another, whose claim has the stance; its
//! polarity is that of its clause's own words, as long as a claim holds it.
//!
//! The rows of the lexicons are what a political scientist would correct. With
//! an ontology of the user's own ([`Lexicons::with_ontology`]) the types, modes
//! and contexts are others, and so are the frames; what the reading must know of
//! a type are its traits in the codes file.
//!
//! | file | in an ontology | holds |
//! |---|---|---|
//! | `plover-codes.tsv` | `codes.tsv` | types with their traits, modes, contexts |
//! | `plover.tsv` | `frames.tsv` | frames: expression, what it needs, argument pattern, type, mode |
//! | `objects.tsv` | `objects.tsv` | classes of objects: troops, offers, ambassadors part ways |
//! | `plover-support.tsv` | `support.tsv` | light verbs: "carry out", "come under" |
//! | `plover-embedding.tsv` | `embedding.tsv` | words that say how real an event is |
//! | `plover-embedded.tsv` | `embedded.tsv` | what a promised, refused, demanded, threatened event becomes |
//! | `plover-contexts.tsv` | `contexts.tsv` | keywords of the contexts |
//! | `cameo.tsv` | `cameo.tsv` | which CAMEO code is which type, mode and contexts |
//!
//! Reciprocal types (CONSULT, AGREE, fighting): "X met Y" has the actor X and
//! the recipient Y; of "X and Y met" both are actor and recipient of each
//! other.

mod arguments;
mod assembly;
mod beaten;
mod cameo;
mod claims;
mod classes;
mod clause;
mod contexts;
mod dates_places;
mod embed;
mod expression;
mod finish;
mod frames;
mod irregular;
mod judge;
mod lexicon;
mod mentions;
mod merge;
mod modality;
mod notation;
mod once;
mod onlookers;
mod ontology;
mod parse;
mod parties;
mod pattern;
mod running;
mod slots;
mod sound;
mod telling;
mod traits;
mod tree;
mod triggers;
mod weigh;

#[cfg(test)]
mod any_input;
#[cfg(test)]
mod bad_ontology;
#[cfg(test)]
mod behaviour;
#[cfg(test)]
mod denials;
#[cfg(test)]
mod how_real;
#[cfg(test)]
mod testing;

pub use judge::{Decisions, Gold, MayTrigger, Told};
pub use notation::Notation;
pub use once::EventPair;

use dateline_account::{Claim, Entity, Event, Place, Time};
use dateline_learned::Weights;
use dateline_lexicon::{LexiconError, Lexicons, Problems};
use dateline_syntax::Doc;
use finish::Finished;

/// An event with what its confidence is made of: feature, value and strength.
pub type WeighedEvent = (Event, Vec<(String, String, f32)>);

/// Reads events off a document.
///
/// ```
/// use dateline_did::EventReader;
/// use dateline_lexicon::Lexicons;
/// assert!(EventReader::new(&Lexicons::embedded()).is_ok());
/// ```
#[derive(Debug)]
pub struct EventReader {
    lexicon: lexicon::Lexicon,
    judge: Option<judge::Judge>,
    sameness: once::Sameness,
    weights: Weights,
    notations: Vec<Notation>,
}

impl EventReader {
    /// Loads the lexicons of this room.
    ///
    /// # Errors
    /// A mistake in a lexicon, with its file and line.
    pub fn new(lexicons: &Lexicons) -> Result<Self, LexiconError> {
        let mut problems = Problems::default();
        let reader = Self::load(lexicons, &mut problems);
        problems.result(reader)
    }

    /// Loads what [`EventReader::new`] does, gathers all that is wrong, and goes
    /// on without the rows that are.
    pub fn load(lexicons: &Lexicons, problems: &mut Problems) -> Self {
        let lexicon = lexicon::Lexicon::load(lexicons, problems);
        // the learned part knows PLOVER's types only
        let judge = if lexicon.is_plover() { judge::Judge::embedded() } else { None };
        let sameness = problems.keep(once::Sameness::embedded()).unwrap_or_default();
        let weights = problems.keep(weigh::embedded()).unwrap_or_default();
        Self { lexicon, judge, sameness, weights, notations: Vec::new() }
    }

    /// Leaves the learned part out: tests of the lexicon and its rules.
    #[cfg(test)]
    pub(crate) fn by_lexicon_alone(self) -> Self {
        Self { judge: None, ..self }
    }

    /// Has events tell themselves in these notations too.
    pub fn with_notations(self, notations: Vec<Notation>) -> Self {
        Self { notations, ..self }
    }

    /// Whether the events are PLOVER's, and not those of an ontology of the
    /// user's own.
    ///
    /// ```
    /// use dateline_did::EventReader;
    /// use dateline_lexicon::Lexicons;
    /// assert!(EventReader::new(&Lexicons::embedded())?.is_plover());
    /// # Ok::<(), dateline_lexicon::LexiconError>(())
    /// ```
    pub fn is_plover(&self) -> bool {
        self.lexicon.is_plover()
    }

    /// Reads the events in the order of their triggers. All rows that events
    /// point at are indexes into the slices given here. With `explain`, each
    /// event says what gave it its date and place.
    pub fn read(
        &self,
        doc: &Doc<'_>,
        entities: &[Entity],
        times: &[Time],
        places: &[Place],
        claims: &[Claim],
        explain: bool,
    ) -> Vec<Event> {
        let rows = assembly::Rows { entities, times, places, claims };
        let found = assembly::events(doc, self.means(), rows, explain);
        let story = weigh::Story::new(&found);
        let weighed = |mut finished: Finished| {
            let sure = self.weights.probability(|put| weigh::features(&story, &finished, put));
            let event = &mut finished.event;
            event.confidence = (sure * 100.0).round() / 100.0;
            self.notations.iter().for_each(|n| notation::tell(event, &self.lexicon, *n));
            finished.event
        };
        found.into_iter().map(weighed).collect()
    }

    /// The events of a document with the features that confidence is fitted
    /// on (`train/events/fit_confidence.py`): feature, value and strength.
    pub fn features(
        &self,
        doc: &Doc<'_>,
        entities: &[Entity],
        places: &[Place],
        claims: &[Claim],
    ) -> Vec<WeighedEvent> {
        let rows = assembly::Rows { entities, times: &[], places, claims };
        let found = assembly::events(doc, self.means(), rows, false);
        let story = weigh::Story::new(&found);
        let told = |finished: Finished| {
            let mut features = Vec::new();
            weigh::features(&story, &finished, &mut |feature, value, x| {
                features.push((feature.to_owned(), value.to_owned(), x));
            });
            (finished.event, features)
        };
        found.into_iter().map(told).collect()
    }

    /// The pairs of mentions of a document that can be of one event, with the
    /// features that this is decided on (`train/events/weigh_once.py`).
    pub fn pairs(
        &self,
        doc: &Doc<'_>,
        rows: (&[Entity], &[Time], &[Place], &[Claim]),
    ) -> Vec<EventPair> {
        let (entities, times, places, claims) = rows;
        assembly::pairs(doc, self.means(), assembly::Rows { entities, times, places, claims })
    }

    fn means(&self) -> assembly::Means<'_> {
        let (lexicon, judge) = (&self.lexicon, self.judge.as_ref());
        assembly::Means { lexicon, judge, sameness: &self.sameness }
    }

    /// What the learned part would be asked about a document, for training:
    /// with each event of `gold` its arguments and whether it happened.
    pub fn decisions(
        &self,
        doc: &Doc<'_>,
        entities: &[Entity],
        places: &[Place],
        claims: &[Claim],
        gold: &[Gold],
    ) -> Option<Decisions> {
        let rows = assembly::Rows { entities, times: &[], places, claims };
        Some(judge::decisions(doc, &self.lexicon, self.judge.as_ref()?, rows, gold))
    }
}
