//! The grammar of time expressions: which pieces of a text make one, and what
//! it means. Extents follow the TIMEX3 guidelines of TimeML 1.2.1: no leading
//! preposition, determiners and modifiers inside.
//!
//! The rules are spread by subject: written dates in `dates`, `numeric`,
//! `years` and `stretches`, dates relative to another in `relative`, times of
//! day in `clock`, lengths and recurring times in `lengths`. This file holds what they share and picks the longest.

use crate::calendar::Point;
use crate::holidays::Holidays;
use crate::lengths::BETWEEN;
use crate::meaning::{Clock, Found, Meaning};
use crate::pieces::{Kind, Piece};
use crate::unit::Unit;
use crate::words::{Phrase, Sense, Words, senses};

/// Words that the rules look for themselves at the beginning of an expression;
/// the others are in the vocabulary, or begin the name of a day.
pub(crate) const BEGINNINGS: &[&str] = &[
    "each",
    "every",
    "per",
    "once",
    "twice",
    "half",
    "last",
    "past",
    "next",
    "coming",
    "upcoming",
    "current",
    "same",
    "following",
    "ensuing",
    "subsequent",
    "previous",
    "preceding",
    "prior",
    "latest",
    "recent",
    "another",
    "additional",
    "final",
    "first",
    "entire",
    "whole",
    "full",
    "fiscal",
    "calendar",
    "financial",
    "comparable",
    "like",
    "corresponding",
    "similar",
    "equivalent",
    "noon",
    "midday",
    "midnight",
    "q",
    "mondays",
    "tuesdays",
    "wednesdays",
    "thursdays",
    "fridays",
    "saturdays",
    "sundays",
];

/// Whether a word begins an expression only before another that could.
fn is_determiner(word: &str) -> bool {
    matches!(
        word,
        "a" | "an" | "the" | "this" | "that" | "these" | "those" | "its" | "his" | "her" | "their"
    )
}

/// The grammar over one block of pieces.
pub(crate) struct Grammar<'g> {
    pub holidays: &'g Holidays,
    pub pieces: &'g [Piece<'g>],
    /// What the vocabulary has under each piece, looked up once for all rules.
    phrases: Vec<Option<&'g [Phrase]>>,
}

impl<'g> Grammar<'g> {
    pub(crate) fn new(words: &'g Words, holidays: &'g Holidays, pieces: &'g [Piece<'g>]) -> Self {
        let phrases = pieces.iter().map(|piece| words.phrases(&piece.lower)).collect();
        Self { holidays, pieces, phrases }
    }

    /// All expressions of the block, from left to right.
    pub(crate) fn find(&self) -> Vec<Found> {
        let mut all = Vec::new();
        let mut at = 0;
        while at < self.pieces.len() {
            let Some(mut found) = self.can_begin(at).then(|| self.longest(at)).flatten() else {
                at += 1;
                continue;
            };
            let tail = found.tail.take();
            at = found.end.max(at + 1);
            all.push(found);
            if let Some(tail) = tail {
                at = tail.end.max(at);
                all.push(*tail);
            }
        }
        all
    }

    /// Whether any expression can begin with a piece: most words of a text
    /// cannot, and no rule need look at them.
    fn can_begin(&self, at: usize) -> bool {
        let word = self.lower(at);
        if !is_determiner(word) {
            return self.could_begin(at);
        }
        let next = self.lower(at + 1);
        self.could_begin(at + 1)
            || is_determiner(next)
            || BETWEEN.contains(&next)
            || self.phrases(at).is_some_and(|all| {
                all.iter().any(|(rest, _)| rest.first().is_some_and(|w| **w == *next))
            })
    }

    /// The phrases that begin with a piece; `None` where nothing does.
    fn phrases(&self, at: usize) -> Option<&'g [Phrase]> {
        self.phrases.get(at).copied().flatten()
    }

    fn could_begin(&self, at: usize) -> bool {
        let Some(piece) = self.pieces.get(at) else { return false };
        match piece.kind {
            Kind::Number => true,
            Kind::Mark => matches!(piece.text, "'" | "\u{2019}" | "\u{2018}"),
            Kind::Word => {
                self.phrases(at).is_some()
                    || self.capital(at) && self.holidays.begin_with(&piece.lower)
            }
        }
    }

    /// The longest expression that begins at a piece; the first rule's of
    /// equally long ones.
    fn longest(&self, at: usize) -> Option<Found> {
        let rules: [Rule<Self>; 6] = [
            Self::recurring,
            Self::length_or_shift,
            Self::clock_and_date,
            Self::date,
            Self::frequency,
            Self::reference,
        ];
        self.longest_of(&rules, at)
    }

    fn longest_of(&self, rules: &[Rule<Self>], at: usize) -> Option<Found> {
        let mut best: Option<Found> = None;
        for found in rules.iter().filter_map(|rule| rule(self, at)) {
            if best.as_ref().is_none_or(|b| reach(&found) > reach(b)) {
                best = Some(found);
            }
        }
        best
    }

    /// The piece in lower case, empty beyond the block's ends.
    pub(crate) fn lower(&self, at: usize) -> &str {
        self.pieces.get(at).map_or("", |p| p.lower.as_ref())
    }

    /// The piece before, in lower case.
    pub(crate) fn before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |b| self.lower(b))
    }

    pub(crate) fn is(&self, at: usize, any: &[&str]) -> bool {
        any.contains(&self.lower(at))
    }

    /// Whether a piece follows the one before without white space.
    pub(crate) fn tight(&self, at: usize) -> bool {
        self.pieces.get(at).is_some_and(|p| !p.spaced)
    }

    pub(crate) fn is_word(&self, at: usize) -> bool {
        self.pieces.get(at).is_some_and(|p| p.kind == Kind::Word)
    }

    pub(crate) fn is_number(&self, at: usize) -> bool {
        self.pieces.get(at).is_some_and(|p| p.kind == Kind::Number)
    }

    /// Whether a piece begins with a capital.
    pub(crate) fn capital(&self, at: usize) -> bool {
        self.pieces.get(at).is_some_and(|p| p.text.starts_with(char::is_uppercase))
    }

    /// Whether a piece is a hyphen or dash, tight on its left.
    pub(crate) fn hyphen(&self, at: usize) -> bool {
        self.tight(at) && self.is(at, &["-", "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}"])
    }

    /// Digits without point or separator, and how many.
    pub(crate) fn digits(&self, at: usize) -> Option<(u32, usize)> {
        let piece = self.pieces.get(at).filter(|p| p.kind == Kind::Number)?;
        piece.text.parse().ok().map(|n| (n, piece.text.len()))
    }

    /// The first sense at a piece that a rule can use, the longest phrase
    /// first.
    pub(crate) fn sense<T>(
        &self,
        at: usize,
        pick: impl Fn(Sense) -> Option<T>,
    ) -> Option<(T, usize)> {
        senses(self.phrases(at)?, self.pieces, at)
            .find_map(|(sense, end)| Some((pick(sense)?, end)))
    }

    pub(crate) fn unit(&self, at: usize) -> Option<(Unit, usize)> {
        self.sense(at, |s| if let Sense::Unit(unit) = s { Some(unit) } else { None })
    }

    /// A name of a month; an abbreviation with its dot.
    pub(crate) fn month(&self, at: usize) -> Option<(u8, usize)> {
        if !self.capital(at) {
            return None;
        }
        let full = |s| if let Sense::Month(m) = s { Some(m) } else { None };
        let short = |s| if let Sense::MonthAbbreviation(m) = s { Some(m) } else { None };
        self.sense(at, full).or_else(|| {
            let (month, end) = self.sense(at, short)?;
            Some((month, if self.is(end, &["."]) && self.tight(end) { end + 1 } else { end }))
        })
    }

    /// An ordinal number from 1 to 99: `third`, `21st`, `twenty-first`.
    pub(crate) fn ordinal(&self, at: usize) -> Option<(u8, usize)> {
        let word = |s| if let Sense::Ordinal(n) = s { Some(n) } else { None };
        if let Some(found) = self.sense(at, word) {
            return Some(found);
        }
        if let Some((number, length)) = self.digits(at) {
            let suffix = self.tight(at + 1) && self.is(at + 1, &["st", "nd", "rd", "th"]);
            return (suffix && length <= 2).then_some((number as u8, at + 2));
        }
        let tens = |s| match s {
            Sense::Cardinal(n) if (20..100).contains(&n) => Some(n as u8),
            _ => None,
        };
        let (tens, mut end) = self.sense(at, tens)?;
        end += usize::from(self.hyphen(end));
        let (ones, end) = self.sense(end, word)?;
        (ones < 10).then_some((tens + ones, end))
    }

    /// A part of the day.
    pub(crate) fn part(&self, at: usize) -> Option<(&'static str, usize)> {
        self.sense(at, |s| if let Sense::Part(part) = s { Some(part) } else { None })
    }

    /// `now`, `recently`, `the future`.
    fn reference(&self, at: usize) -> Option<Found> {
        let pick = |s| if let Sense::Reference(r) = s { Some(r) } else { None };
        let (reference, end) = self.sense(at, pick)?;
        let here = self.lower(at);
        let phrase = end > at + 1;
        // How soon is no time; nor is what the future belongs to.
        let degree = here == "soon" && self.is(at.wrapping_sub(1), &["as", "so", "too", "how"]);
        let owned = self.lower(end - 1) == "future" && self.is(end, &["of"]);
        // `Now, the minister said, ...` goes on and tells no time.
        let goes_on = here == "now" && self.capital(at) && self.is(end, &[","]);
        if degree || owned || goes_on {
            return None;
        }
        if here == "the" && self.lower(at + 1) == "past" && end == at + 2 {
            let closed = !self.is_number(end) && self.unit(end).is_none();
            return (closed && self.is(at.wrapping_sub(1), &["in", "of", "from"]))
                .then(|| Found::new(at, end, Meaning::Reference(reference)));
        }
        if !phrase && self.capital(at) && at > 0 && self.capital(at - 1) && self.tight(at + 1) {
            return None;
        }
        Some(Found::new(at, end, Meaning::Reference(reference)))
    }

    /// A date with what may stand before and after it: `early`, `morning`,
    /// `at 9 a.m.`.
    pub(crate) fn date(&self, at: usize) -> Option<Found> {
        let pick = |s| if let Sense::Portion(m) = s { Some(m) } else { None };
        let mut best = self.part_of_date(at).or_else(|| self.plain_date(at));
        let start = at + usize::from(self.lower(at) == "the");
        for (modifier, end) in [self.sense(at, pick), self.sense(start, pick)].into_iter().flatten()
        {
            let hyphen = self.hyphen(end);
            if hyphen && start > at && self.sense(at, pick).is_none_or(|(_, e)| e < end) {
                continue;
            }
            let end = end + usize::from(hyphen);
            let Some(inner) = self.plain_date(end).or_else(|| self.part_alone(end)) else {
                continue;
            };
            let open = matches!(inner.meaning, Meaning::Length(..) | Meaning::Reference(_));
            let is_day = matches!(inner.meaning, Meaning::Days(_))
                || matches!(inner.meaning, Meaning::Field(crate::meaning::Field::Weekday(_), ..));
            let comparative = self.is(at, &["earlier", "later"]) && is_day;
            if open || comparative || best.as_ref().is_some_and(|b| b.end >= inner.end) {
                continue;
            }
            best = Some(Found { start: at, ..inner }.with_modifier(Some(modifier)));
        }
        let found = best?;
        Some(self.add_clock(found))
    }

    /// A part of the day after a portion: `late afternoon`.
    fn part_alone(&self, at: usize) -> Option<Found> {
        let (part, end) = self.part(at).filter(|_| !self.is_plural(at))?;
        let day = Meaning::Unit(Unit::Day, crate::meaning::Which::That);
        Some(Found::new(at, end, day).with_clock(Clock::Part(part)))
    }

    /// `the night of Aug. 3`.
    fn part_of_date(&self, at: usize) -> Option<Found> {
        let start = at + usize::from(self.lower(at) == "the");
        let (part, end) = self.part(start)?;
        if !self.is(end, &["of"]) {
            return None;
        }
        let found = self.plain_date(end + 1)?;
        let a_day = matches!(
            found.meaning,
            Meaning::Point(Point::Day(_))
                | Meaning::Days(_)
                | Meaning::Field(
                    crate::meaning::Field::MonthDay(..) | crate::meaning::Field::Weekday(_),
                    ..
                )
        );
        a_day.then(|| Found { start: at, ..found }.with_clock(Clock::Part(part)))
    }

    /// A date without portion and time of day; the longest of the rules'.
    pub(crate) fn plain_date(&self, at: usize) -> Option<Found> {
        let rules: [Rule<Self>; 11] = [
            Self::holiday,
            Self::written,
            Self::numeric,
            Self::stretch,
            Self::alike,
            Self::edge,
            Self::relative,
            Self::season,
            Self::deictic,
            Self::decade_or_century,
            Self::year_alone,
        ];
        self.longest_of(&rules, at)
    }
}

/// A rule: the expression that begins at a piece, if there is one.
type Rule<G> = fn(&G, usize) -> Option<Found>;

/// Where an expression with its tail ends.
fn reach(found: &Found) -> usize {
    found.tail.as_ref().map_or(found.end, |t| t.end)
}
