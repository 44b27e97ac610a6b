//! Articles in, places out.

use crate::Gazetteer;
use crate::atlas::Atlas;
use crate::candidate::Candidate;
use crate::find::Finder;
use crate::home::weigh_datelines;
use crate::mention::Mention;
use crate::resolve::{Between, resolve};
use crate::words::Words;
use dateline_account::{Article, Place, Span};
use dateline_lexicon::{LexiconError, Lexicons, Problems};
use dateline_syntax::Doc;

/// Reads the places of an article.
///
/// ```
/// use dateline_account::Article;
/// use dateline_lexicon::Lexicons;
/// use dateline_places::PlaceReader;
/// use dateline_syntax::Model;
///
/// let article = Article::new("a", "Two people were hurt in Paris, Texas, on Monday.");
/// let doc = Model::swift()?.read(&article.text);
/// let places = PlaceReader::new(&Lexicons::embedded())?.read(&doc, &article);
/// assert_eq!(places[0].name, "Paris");
/// assert_eq!(places[0].country.as_deref(), Some("USA"));
/// assert_eq!(places[1].feature.as_deref(), Some("A.ADM1"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct PlaceReader {
    atlas: Atlas,
    words: Words,
    gazetteer: Gazetteer,
}

impl PlaceReader {
    /// A reader with these lexicons and the built-in gazetteer.
    ///
    /// # Errors
    /// A mistake in a lexicon, with its file and line.
    pub fn new(lexicons: &Lexicons) -> Result<Self, LexiconError> {
        let mut problems = Problems::default();
        let reader = Self::load(lexicons, &mut problems);
        problems.result(reader)
    }

    /// Loads what [`PlaceReader::new`] does, gathers all that is wrong, and goes
    /// on without the rows that are.
    pub fn load(lexicons: &Lexicons, problems: &mut Problems) -> Self {
        Self {
            atlas: Atlas::load(lexicons, problems),
            words: Words::load(lexicons, problems),
            gazetteer: Gazetteer::embedded(),
        }
    }

    /// The same reader with another gazetteer.
    pub fn with_gazetteer(mut self, gazetteer: Gazetteer) -> Self {
        self.gazetteer = gazetteer;
        self
    }

    /// The toponyms and demonyms of the article in reading order, none
    /// overlapping, each with the place that it most likely means, by the
    /// article's other places, its dateline and the name of its outlet. A name
    /// that is not listed anywhere has no coordinates.
    pub fn read(&self, doc: &Doc<'_>, article: &Article) -> Vec<Place> {
        let finder = Finder { atlas: &self.atlas, gazetteer: &self.gazetteer, words: &self.words };
        let mut mentions = finder.find(doc);
        weigh_datelines(doc, &mut mentions);
        let count = mentions.len();
        mentions.extend(article.outlet.as_deref().and_then(|outlet| finder.outlet(outlet)));
        let between = |at: usize| match mentions.get(..count).and_then(|m| m.get(at..at + 2)) {
            Some([one, next]) => between(doc, one.span, next.span),
            _ => Between::Far,
        };
        let chosen = resolve(&mentions, between);
        let places = mentions.iter().take(count).zip(chosen);
        places.map(|(mention, reading)| place(doc, mention, reading)).collect()
    }
}

/// How two mentions that follow each other hang together.
fn between(doc: &Doc<'_>, one: Span, next: Span) -> Between {
    if next.start.saturating_sub(one.end) > 24 {
        return Between::Far;
    }
    let text = doc.slice(Span::new(one.end, next.start));
    let mut words = text.split_whitespace();
    let (first, second, third) = (words.next(), words.next(), words.next());
    match (first, second, third) {
        (Some("," | ".,"), None, None) if !text.contains('\n') => Between::Comma,
        (Some("in" | "of" | ", in" | "("), None, None) => Between::In,
        (
            Some("in" | "of" | ","),
            Some(
                "in" | "the" | "northern" | "southern" | "eastern" | "western" | "central"
                | "north" | "south",
            ),
            None,
        ) => Between::In,
        (
            Some(","),
            Some("in"),
            Some("the" | "northern" | "southern" | "eastern" | "western" | "central"),
        ) => Between::In,
        _ => Between::Far,
    }
}

fn place(doc: &Doc<'_>, mention: &Mention<'_>, reading: Option<usize>) -> Place {
    let text = |empty: &str| (!empty.is_empty()).then(|| empty.to_owned());
    let reading: Option<&Candidate<'_>> = reading.and_then(|at| mention.candidates.get(at));
    let unlisted = mention.unlisted;
    let words = || doc.slice(mention.span).split_whitespace().collect::<Vec<_>>().join(" ");
    Place {
        span: mention.span,
        form: mention.form,
        name: reading.filter(|_| unlisted.is_none()).map_or_else(words, |c| c.name.to_owned()),
        geonames: reading.filter(|_| unlisted.is_none()).and_then(|c| c.id),
        lat: reading.map(|c| c.lat),
        lon: reading.map(|c| c.lon),
        country: reading.and_then(|c| text(c.country)),
        feature: unlisted.map(str::to_owned).or_else(|| reading.and_then(|c| text(c.feature))),
    }
}
