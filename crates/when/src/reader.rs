//! The room's reader: blocks of text in, times out.

use crate::clock::is_day;
use crate::grammar::{BEGINNINGS, Grammar};
use crate::holidays::{Holidays, Rule};
use crate::meaning::{Field, Found, Meaning, Which, Year};
use crate::pieces::{Blocks, Piece};
use crate::resolve::Context;
use crate::tense::{Direction, direction};
use crate::unit::Unit;
use crate::words::Words;
use dateline_account::{Span, Time};
use dateline_lexicon::{LexiconError, Lexicons, Problems};
use dateline_syntax::{Doc, NameKind};
use jiff::civil::Date;

/// Reads time expressions.
///
/// ```
/// use dateline_account::TextIndex;
/// use dateline_lexicon::Lexicons;
/// use dateline_syntax::Doc;
/// use dateline_when::TimeReader;
///
/// let text = "The two sides met on Thursday for three hours.";
/// let doc = Doc {
///     text,
///     index: TextIndex::new(text),
///     tokens: vec![],
///     sentences: vec![],
///     paragraphs: vec![],
///     names: vec![],
///     attributions: vec![],
///     values: vec![],
/// };
/// let reader = TimeReader::new(&Lexicons::embedded())?;
/// let times = reader.read(&doc, "2024-05-11".parse().ok());
/// assert_eq!(times[0].value, "2024-05-09");
/// assert_eq!(doc.slice(times[0].span), "Thursday");
/// assert_eq!(times[1].value, "PT3H");
/// # Ok::<(), dateline_lexicon::LexiconError>(())
/// ```
#[derive(Debug)]
pub struct TimeReader {
    words: Words,
    holidays: Holidays,
}

impl TimeReader {
    /// Loads `time-words.tsv` and `holidays.tsv`.
    ///
    /// # Errors
    /// A mistake in one of them, with its file and line.
    pub fn new(lexicons: &Lexicons) -> Result<Self, LexiconError> {
        let mut problems = Problems::default();
        let reader = Self::load(lexicons, &mut problems);
        problems.result(reader)
    }

    /// Loads what [`TimeReader::new`] does, gathers all that is wrong, and goes
    /// on without the rows that are.
    pub fn load(lexicons: &Lexicons, problems: &mut Problems) -> Self {
        let words = Words::load(lexicons, BEGINNINGS, problems);
        Self { words, holidays: Holidays::load(lexicons, problems) }
    }

    /// The times of a document in reading order, against its day of
    /// publication. Without one, relative dates keep an `X` for each digit
    /// that cannot be known. Trees and names are used where the document has
    /// them; the text alone is enough.
    pub fn read(&self, doc: &Doc<'_>, published: Option<Date>) -> Vec<Time> {
        let mut context = Context::new(published);
        let mut times = Vec::new();
        for pieces in Blocks::new(doc.text) {
            let mut found = Grammar::new(&self.words, &self.holidays, &pieces).find();
            found.retain(|f| !is_name(doc, &pieces, f));
            settle(&pieces, &mut found, published);
            for found in &found {
                times.extend(time(doc, &pieces, found, &mut context));
            }
        }
        times
    }
}

/// The account's row of an expression.
fn time(doc: &Doc<'_>, pieces: &[Piece<'_>], found: &Found, context: &mut Context) -> Option<Time> {
    let start = pieces.get(found.start)?.start;
    let end = pieces.get(found.end.checked_sub(1)?)?.end();
    let direction = match found.meaning {
        Meaning::Field(_, Which::Bare, Year::Open) | Meaning::Unit(Unit::Weekend, Which::Bare) => {
            let day = is_day(found.meaning);
            direction(doc, pieces, found.start, found.end, day)
        }
        _ => Direction::Unknown,
    };
    let (kind, value) = context.resolve(found, direction, start);
    let span = Span::new(doc.index.code_point(start), doc.index.code_point(end));
    Some(Time { span, kind, value, modifier: found.modifier.map(str::to_owned) })
}

/// Makes definite what a neighbour tells: `the quarter ended Sept. 30`; drops
/// a day that had not come when the article was published.
fn settle(pieces: &[Piece<'_>], found: &mut [Found], published: Option<Date>) {
    for at in 0..found.len() {
        let next = found.get(at + 1).map(|f| (f.start, f.meaning));
        let Some(here) = found.get_mut(at) else { continue };
        if let Meaning::Field(Field::Holiday(Rule::Once(day)), ..) = here.meaning
            && published.is_some_and(|p| p < day)
        {
            let fixed = Field::MonthDay(day.month().unsigned_abs(), day.day().unsigned_abs());
            here.meaning = Meaning::Field(fixed, Which::Bare, Year::Open);
        }
        if let (Meaning::Unit(Unit::Quarter, Which::That), Some((start, meaning))) =
            (here.meaning, next)
            && start == here.end + 1
            && pieces.get(here.end).is_some_and(|p| matches!(p.lower.as_ref(), "ended" | "ending"))
        {
            here.meaning = match meaning {
                Meaning::Field(Field::MonthDay(month, _) | Field::Month(month), ..) => {
                    // The quarter that the middle one of the three months lies in.
                    let middle = if month == 1 { 12 } else { month - 1 };
                    Meaning::Field(Field::Quarter((middle - 1) / 3 + 1), Which::Bare, Year::Open)
                }
                other => other,
            };
        }
    }
}

/// Whether an expression lies in the name of a person (`April Jones`).
fn is_name(doc: &Doc<'_>, pieces: &[Piece<'_>], found: &Found) -> bool {
    let simple = matches!(
        found.meaning,
        Meaning::Field(
            Field::Month(_) | Field::Weekday(_) | Field::Holiday(_),
            Which::Bare,
            Year::Open
        )
    );
    let Some(piece) = pieces.get(found.start).filter(|_| simple && found.end == found.start + 1)
    else {
        return false;
    };
    let token = doc.tokens.partition_point(|t| t.bytes.end <= piece.start);
    let name = doc.names.partition_point(|n| n.tokens.end <= token);
    doc.names.get(name).is_some_and(|n| {
        n.kind == NameKind::Person && n.tokens.contains(&token) && n.tokens.len() > 1
    })
}
