//! The vocabulary of time expressions, from `time-words.tsv`.

use crate::calendar::SEASONS;
use crate::pieces::Piece;
use crate::unit::Unit;
use dateline_lexicon::{LexiconError, Lexicons, Map, Problems, Row, entry};

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
pub(crate) type Phrase = (Box<[Box<str>]>, Sense);

/// The vocabulary, by first word.
#[derive(Debug)]
pub(crate) struct Words {
    /// The phrases that begin with a word, the longest first; none for words
    /// that only the grammar knows.
    by_first: Map<Vec<Phrase>>,
}

impl Words {
    /// Loads `time-words.tsv`. `others` are words that the grammar looks for
    /// itself where an expression begins.
    pub(crate) fn load(lexicons: &Lexicons, others: &[&str], problems: &mut Problems) -> Self {
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
        for word in others {
            entry(&mut by_first, word);
        }
        Self { by_first }
    }

    /// The phrases that begin with a word in lower case; `None` for a word that
    /// begins nothing.
    pub(crate) fn phrases(&self, word: &str) -> Option<&[Phrase]> {
        self.by_first.get(word).map(Vec::as_slice)
    }
}

/// The senses of those of `phrases` that stand where their first word is piece
/// `at`, each with one past its last piece. Words of a phrase are parted by
/// white space or hyphens.
pub(crate) fn senses<'a>(
    phrases: &'a [Phrase],
    pieces: &'a [Piece<'_>],
    at: usize,
) -> impl Iterator<Item = (Sense, usize)> + 'a {
    phrases.iter().filter_map(move |(rest, sense)| {
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
        let words = Words::load(&Lexicons::embedded(), &["once"], &mut Problems::default());
        let pieces = Blocks::new("a couple of years").next().unwrap();
        let all = |at: usize| -> Vec<_> {
            senses(words.phrases(&pieces[at].lower).unwrap_or(&[]), &pieces, at).collect()
        };
        assert_eq!(all(0).first(), Some(&(Sense::VagueCount(Some(2)), 3)));
        assert_eq!(all(3).first(), Some(&(Sense::Unit(Unit::Year), 4)));
        assert!(words.phrases("once").is_some_and(<[Phrase]>::is_empty));
        assert!(words.phrases("troops").is_none());
    }
}
