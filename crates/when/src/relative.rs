//! Dates relative to another: `last week`, `that August`, `the following
//! day`, `yesterday morning`.

use crate::grammar::Grammar;
use crate::meaning::{Clock, Count, Field, Found, Meaning, Which, Year};
use crate::unit::Unit;
use crate::words::Sense;

/// Words that may follow `of the year`, so that `of the year award` is none.
const AFTER_UNIT: &[&str] = &[
    "as", "and", "to", "in", "with", "on", "from", "by", "at", "the", "after", "when", "of", "for",
    "compared", "than", "is", "was", "has", "had", "will", "would", "may", "but", "or", "that",
    "which", "who", "before", "since", "because", "so", "it", "he", "they", "she", "we", "a", "an",
];

impl Grammar<'_> {
    /// A word that says which one is meant, without determiner.
    pub(crate) fn which(&self, at: usize) -> Option<(Which, usize)> {
        let the = self.before(at) == "the";
        Some(match (self.lower(at), self.lower(at + 1)) {
            ("this", "coming" | "upcoming") => (Which::Coming, at + 2),
            ("this", "past" | "last") => (Which::Last, at + 2),
            ("that", _) if self.reports(at) => return None,
            ("that", "same") => (Which::That, at + 2),
            ("this", "same") => (Which::This, at + 2),
            ("last" | "past", _) => (Which::Last, at + 1),
            ("next", _) if the => (Which::Following, at + 1),
            ("next", _) => (Which::Next, at + 1),
            ("coming" | "upcoming", _) => (Which::Coming, at + 1),
            ("this" | "current", _) => (Which::This, at + 1),
            ("that" | "same", _) => (Which::That, at + 1),
            ("following" | "ensuing" | "subsequent", _) => (Which::Following, at + 1),
            ("previous" | "preceding" | "prior", _) => (Which::Preceding, at + 1),
            _ => return None,
        })
    }

    /// `this year`, `of last year`, `that year` after a date.
    pub(crate) fn relative_year(&self, at: usize) -> Option<(Year, usize)> {
        let of = at + usize::from(self.is(at, &["of"]));
        let the = of + usize::from(self.is(of, &["the"]));
        let (which, end) = match self.which(the) {
            Some(found) => found,
            None if the > of && of > at => (Which::That, the),
            None => return None,
        };
        let fiscal = end + usize::from(self.is(end, &["fiscal"]));
        self.is(fiscal, &["year"]).then_some((Year::Relative(which), fiscal + 1))
    }

    /// A unit, weekday, month or part of the day with a word that says which.
    pub(crate) fn relative(&self, at: usize) -> Option<Found> {
        let the = at + usize::from(self.lower(at) == "the");
        let Some((which, start)) = self.which(the) else {
            return if the > at { self.definite(at) } else { None };
        };
        let fiscal = start + usize::from(self.is(start, &["fiscal", "calendar", "financial"]));
        if let Some((unit, end)) = self.unit(fiscal) {
            return self.relative_unit(at, the > at, which, unit, end);
        }
        if let Some(found) = self.written(start) {
            let meaning = match found.meaning {
                Meaning::Field(field, Which::Bare, year) => Meaning::Field(field, which, year),
                dated if matches!(which, Which::Next | Which::Coming) => dated,
                _ => return None,
            };
            return Some(Found { start: at, meaning, ..found });
        }
        let (part, end) = self.part(start)?;
        let day = match which {
            Which::This => Meaning::Days(0),
            Which::That => Meaning::Unit(Unit::Day, Which::That),
            Which::Following => Meaning::Unit(Unit::Day, Which::Following),
            Which::Preceding => Meaning::Unit(Unit::Day, Which::Preceding),
            _ => return None,
        };
        Some(Found::new(at, end, day).with_clock(Clock::Part(part)))
    }

    fn relative_unit(
        &self,
        at: usize,
        the: bool,
        which: Which,
        unit: Unit,
        end: usize,
    ) -> Option<Found> {
        if self.is_plural(end - 1) {
            let reference = match which {
                Which::Last | Which::Preceding => "PAST_REF",
                Which::Next | Which::Coming | Which::Following => "FUTURE_REF",
                _ => return None,
            };
            let bare = matches!(self.lower(at + usize::from(the)), "past" | "coming");
            return bare.then(|| Found::new(at, end, Meaning::Reference(reference)));
        }
        if unit == Unit::Night {
            let (days, meaning) = match which {
                Which::This => (0, None),
                Which::Last => (-1, None),
                Which::That => (0, Some(Meaning::Unit(Unit::Day, Which::That))),
                Which::Following => (0, Some(Meaning::Unit(Unit::Day, Which::Following))),
                Which::Preceding => (0, Some(Meaning::Unit(Unit::Day, Which::Preceding))),
                _ => return None,
            };
            let meaning = meaning.unwrap_or(Meaning::Days(days));
            return Some(Found::new(at, end, meaning).with_clock(Clock::Part("NI")));
        }
        if unit.is_clock() || self.titled(at) {
            return None;
        }
        let past =
            matches!(self.lower(at + usize::from(the)), "past") || the && which == Which::Last;
        if past && unit != Unit::Weekend && unit != Unit::Quarter {
            return Some(Found::new(at, end, Meaning::Length(Count::Exact(1.0), unit)));
        }
        if !the && matches!(which, Which::Preceding | Which::Following) {
            return None;
        }
        Some(Found::new(at, end, Meaning::Unit(unit, which)))
    }

    /// `the quarter`, `the weekend`, `the fiscal year`, `the year`, and the
    /// `year-ago` and `latest` ones.
    fn definite(&self, at: usize) -> Option<Found> {
        let turned = self.before(at) == "in"
            && at > 1
            && self.is(at - 2, &["earlier", "later", "early", "late"]);
        if let Some(found) = self.beside(at) {
            return Some(found);
        }
        if let Some((part, end)) = self.part(at + 1) {
            let told = turned || self.is(at.wrapping_sub(1), &["in", "during", "until", "into"]);
            let fits = told && !matches!(part, "NI" | "DT") && !self.is_plural(at + 1);
            return (fits && !self.hyphen(end)).then(|| {
                let day = Meaning::Unit(Unit::Day, Which::That);
                Found::new(at, end, day).with_clock(Clock::Part(part))
            });
        }
        if turned && self.is(at + 1, &["day"]) {
            return Some(Found::new(at, at + 2, Meaning::Unit(Unit::Day, Which::That)));
        }
        let latest = self.is(at + 1, &["latest"]);
        let kind = at + 1 + usize::from(latest);
        let fiscal = kind + usize::from(self.is(kind, &["fiscal", "financial"]));
        let labelled = fiscal > at + 1;
        if latest && self.is(fiscal, &["period"]) {
            return Some(Found::new(at, fiscal + 1, Meaning::Unit(Unit::Quarter, Which::That)));
        }
        let (unit, end) = self.unit(fiscal)?;
        if self.is_plural(end - 1) {
            return None;
        }
        let ended = self.is(end, &["ended", "ending"]);
        let edges = ["end", "start", "beginning", "middle", "close"];
        let edge = self.before(at) == "of" && at > 1 && self.is(at - 2, &edges);
        let meaning = match unit {
            Unit::Weekend => Meaning::Unit(Unit::Weekend, Which::Bare),
            Unit::Quarter => Meaning::Unit(Unit::Quarter, Which::That),
            Unit::Year if ended => Meaning::Length(Count::Exact(1.0), unit),
            // The latest year that there are figures of is over.
            Unit::Year if latest => Meaning::Unit(unit, Which::Last),
            Unit::Year | Unit::Month | Unit::Week if labelled || edge => {
                Meaning::Unit(unit, Which::This)
            }
            Unit::Year | Unit::Month | Unit::Week
                if self.is(at.wrapping_sub(1), &["of", "for", "in"])
                    && (!self.is_word(end) || AFTER_UNIT.contains(&self.lower(end))) =>
            {
                Meaning::Unit(unit, Which::This)
            }
            _ => return None,
        };
        Some(Found::new(at, end, meaning))
    }

    /// `the year before.`, `the night before,`; not `the day before the vote`.
    fn beside(&self, at: usize) -> Option<Found> {
        let (unit, end) = self.unit(at + 1).filter(|(_, end)| !self.is_plural(end - 1))?;
        let closed = self.is(end + 1, &[".", ",", ";", ":", "\"", "\u{201d}", ""]);
        let which = match self.lower(end) {
            "before" if closed => Which::Preceding,
            "after" if closed => Which::Following,
            _ => return None,
        };
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour => None,
            Unit::Night => {
                let day = Found::new(at, end + 1, Meaning::Unit(Unit::Day, which));
                Some(day.with_clock(Clock::Part("NI")))
            }
            _ => Some(Found::new(at, end + 1, Meaning::Unit(unit, which))),
        }
    }

    /// `year-end`, `the year's end`, `month end`.
    pub(crate) fn edge(&self, at: usize) -> Option<Found> {
        let the = at + usize::from(self.is(at, &["the"]));
        let (unit, end) = self.unit(the).filter(|(_, end)| !self.is_plural(end - 1))?;
        if !matches!(unit, Unit::Year | Unit::Quarter | Unit::Month) {
            return None;
        }
        let genitive = self.is(end, &["'", "\u{2019}"]) && self.is(end + 1, &["s"]);
        let edge = if genitive { end + 2 } else { end + usize::from(self.hyphen(end)) };
        let told = ["by", "at", "until", "till", "before", "after", "since", "through"];
        let fits = self.is(edge, &["end"]) && told.contains(&self.before(at));
        let meaning = Meaning::Unit(unit, Which::This);
        fits.then(|| Found::new(at, edge + 1, meaning).with_modifier(Some("END")))
    }

    /// `today`, `yesterday morning`, `tonight`, `the day before yesterday`.
    pub(crate) fn deictic(&self, at: usize) -> Option<Found> {
        let pick = |s| match s {
            Sense::Deictic(days) => Some((days, None)),
            Sense::DeicticPart(days, part) => Some((days, Some(part))),
            _ => None,
        };
        let ((days, part), end) = self.sense(at, pick)?;
        let name = self.capital(at)
            && self.capital(at.wrapping_sub(1))
            && self.is(at.wrapping_sub(1), &["usa"]);
        if name {
            return None;
        }
        let found = Found::new(at, end, Meaning::Days(days));
        Some(match part {
            Some(part) => found.with_clock(Clock::Part(part)),
            None => found,
        })
    }

    /// `the year-ago quarter`, `year-earlier`, `the comparable year-ago third
    /// quarter`.
    pub(crate) fn year_before(&self, at: usize) -> Option<Found> {
        let the = at + usize::from(self.is(at, &["the", "a"]));
        let start = the + usize::from(self.is(the, &["comparable"]));
        let year = start + usize::from(self.is(start, &["one"]) && self.hyphen(start + 1)) * 2;
        let joined = self.is(year, &["year"]) && self.hyphen(year + 1);
        if !joined || !self.is(year + 2, &["ago", "earlier"]) {
            return None;
        }
        let end = year + 3;
        if self.is(end, &["period", "quarter"]) {
            return Some(Found::new(at, end + 1, Meaning::Alike(None, Year::Open)));
        }
        if let Some(stretch) = self.stretch(end)
            && let Meaning::Field(field @ Field::Quarter(_), ..) = stretch.meaning
        {
            return Some(Found::new(at, stretch.end, Meaning::Alike(Some(field), Year::Open)));
        }
        (start == at).then(|| Found::new(at, end, Meaning::Alike(None, Year::Open)))
    }

    /// Whether the word before has `that` follow it as a conjunction: `said
    /// that Monday ...`.
    fn reports(&self, at: usize) -> bool {
        let before = self.before(at);
        let verbs = [
            "said", "say", "says", "saying", "told", "thinks", "thought", "believe", "believes",
            "believed", "so", "is", "was", "and",
        ];
        verbs.contains(&before) || before.len() > 4 && before.ends_with("ed")
    }

    /// Whether a unit's word is a plural.
    pub(crate) fn is_plural(&self, at: usize) -> bool {
        let word = self.lower(at);
        word.ends_with('s') || word == "millennia"
    }
}
