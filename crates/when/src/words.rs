//! The vocabulary of time expressions, from `time-words.tsv`.

use crate::calendar::SEASONS;
use crate::pieces::Piece;
use crate::unit::Unit;
use dateline_lexicon::{LexiconError, Lexicons, Map, Problems, Row};

/// What one word or phrase of the vocabulary means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Sense {
    Month(u8),
    MonthAbbreviation(u8),
    Weekday(u8),
    WeekdayAbbreviation(u8),
    Unit(Unit),
    Cardinal(u32),
    Ordinal(u8),
    /// `None` is a number left open.
    VagueCount(Option<u8>),
    Season(&'static str),
    Part(&'static str),
    /// Days from the day of publication.
    Deictic(i8),
    DeicticPart(i8, &'static str),
    Zone,
    /// Period of a recurring time.
    Frequency(Unit, u8),
    Approximator(&'static str),
    Portion(&'static str),
    Reference(&'static str),
}

const PARTS: [&str; 6] = ["MO", "MI", "AF", "EV", "NI", "DT"];
const MODS: [&str; 8] =
    ["APPROX", "LESS_THAN", "MORE_THAN", "EQUAL_OR_LESS", "EQUAL_OR_MORE", "START", "MID", "END"];
const REFERENCES: [&str; 3] = ["PAST_REF", "PRESENT_REF", "FUTURE_REF"];

/// Further words of a phrase, and its sense.
type Phrase = (Box<[Box<str>]>, Sense);

/// The vocabulary, by first word.
#[derive(Debug)]
pub(crate) struct Words {
    /// The phrases that begin with a word, the longest first.
    by_first: Map<Vec<Phrase>>,
}

impl Words {
    pub(crate) fn load(lexicons: &Lexicons, problems: &mut Problems) -> Self {
        let table = lexicons.table("time-words.tsv", &["words", "class", "value"], problems);
        let mut by_first: Map<Vec<Phrase>> = Map::default();
        for row in table.rows() {
            let sense = problems.keep(sense(&row));
            let mut words = row.get("words").split_whitespace().map(str::to_lowercase);
            let first = problems.keep(words.next().ok_or_else(|| row.error("'words' is empty")));
            let (Some(sense), Some(first)) = (sense, first) else { continue };
            let rest = words.map(String::into_boxed_str).collect();
            by_first.entry(first).or_default().push((rest, sense));
        }
        for phrases in by_first.values_mut() {
            phrases.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
        Self { by_first }
    }

    /// Whether any phrase begins with a word in lower case.
    pub(crate) fn begin_with(&self, word: &str) -> bool {
        self.by_first.contains_key(word)
    }

    /// Whether a phrase of several words has these two at its beginning.
    pub(crate) fn goes_on(&self, first: &str, second: &str) -> bool {
        let phrases = self.by_first.get(first).into_iter().flatten();
        phrases.into_iter().any(|(rest, _)| rest.first().is_some_and(|word| **word == *second))
    }

    /// The senses of the phrases that begin at a piece, the longest first,
    /// each with one past its last piece. Words of a phrase are parted by
    /// white space or hyphens.
    pub(crate) fn at<'a>(
        &'a self,
        pieces: &'a [Piece<'_>],
        at: usize,
    ) -> impl Iterator<Item = (Sense, usize)> + 'a {
        let first = pieces.get(at).and_then(|p| self.by_first.get(p.lower.as_ref()));
        first.into_iter().flatten().filter_map(move |(rest, sense)| {
            let mut end = at + 1;
            for word in rest {
                if pieces.get(end)?.lower.as_ref() != &**word {
                    return None;
                }
                end += 1;
            }
            Some((*sense, end))
        })
    }
}

/// The sense that a row describes.
fn sense(row: &Row<'_>) -> Result<Sense, LexiconError> {
    let value = row.get("value");
    let bad = || row.error(format!("'{value}' is not a value of the class '{}'", row.get("class")));
    let number = |low: u32, high: u32| {
        value.parse().ok().filter(|n| (low..=high).contains(n)).ok_or_else(bad)
    };
    let code = |codes: &[&'static str], value: &str| {
        codes.iter().copied().find(|c| *c == value).ok_or_else(bad)
    };
    Ok(match row.get("class") {
        "month" => Sense::Month(number(1, 12)? as u8),
        "month-abbr" => Sense::MonthAbbreviation(number(1, 12)? as u8),
        "weekday" => Sense::Weekday(number(1, 7)? as u8),
        "weekday-abbr" => Sense::WeekdayAbbreviation(number(1, 7)? as u8),
        "unit" => {
            let unit = Unit::NAMES.iter().find(|(name, _)| *name == value);
            Sense::Unit(unit.ok_or_else(bad)?.1)
        }
        "cardinal" => Sense::Cardinal(number(0, 1_000_000_000)?),
        "ordinal" => Sense::Ordinal(number(1, 99)? as u8),
        "vague-count" if value == "X" => Sense::VagueCount(None),
        "vague-count" => Sense::VagueCount(Some(number(1, 255)? as u8)),
        "season" => Sense::Season(code(&SEASONS, value)?),
        "part" => Sense::Part(code(&PARTS, value)?),
        "deictic" => Sense::Deictic(value.parse().map_err(|_| bad())?),
        "deictic-part" => {
            let (days, part) = value.split_once(' ').ok_or_else(bad)?;
            Sense::DeicticPart(days.parse().map_err(|_| bad())?, code(&PARTS, part)?)
        }
        "zone" | "zone-phrase" => Sense::Zone,
        "frequency" => {
            let (number, unit) = match value.strip_prefix("PT") {
                Some(time) => (time.strip_suffix('H').ok_or_else(bad)?, Unit::Hour),
                None => {
                    let period = value.strip_prefix('P').ok_or_else(bad)?;
                    let letter = period.chars().last().ok_or_else(bad)?;
                    let unit = match letter {
                        'D' => Unit::Day,
                        'W' => Unit::Week,
                        'M' => Unit::Month,
                        'Q' => Unit::Quarter,
                        'Y' => Unit::Year,
                        _ => return Err(bad()),
                    };
                    (period.trim_end_matches(letter), unit)
                }
            };
            Sense::Frequency(unit, number.parse().map_err(|_| bad())?)
        }
        "approximator" => Sense::Approximator(code(&MODS, value)?),
        "portion" => Sense::Portion(code(&MODS, value)?),
        "reference" => Sense::Reference(code(&REFERENCES, value)?),
        class => {
            return Err(row.error(format!(
                "there is no class '{class}'; the comments of time-words.tsv name them"
            )));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pieces::Blocks;

    #[test]
    fn the_longest_phrase_comes_first() {
        let words = Words::load(&Lexicons::embedded(), &mut Problems::default());
        let pieces = Blocks::new("a couple of years").next().unwrap();
        let senses: Vec<_> = words.at(&pieces, 0).collect();
        assert_eq!(senses.first(), Some(&(Sense::VagueCount(Some(2)), 3)));
        assert_eq!(words.at(&pieces, 3).next(), Some((Sense::Unit(Unit::Year), 4)));
        assert_eq!(words.at(&pieces, 9).next(), None);
    }
}
