//! Quarters, halves, seasons and named days, with the year that may follow.

use crate::grammar::Grammar;
use crate::meaning::{Field, Found, Meaning, Which, Year};
use crate::unit::Unit;
use crate::words::Sense;

impl Grammar<'_> {
    /// Quarters and halves: `the third quarter`, `third-quarter`, `Q3 2018`,
    /// `the first half of 2019`.
    pub(crate) fn stretch(&self, at: usize) -> Option<Found> {
        if self.capital(at)
            && self.is(at, &["q"])
            && let Some((quarter @ 1..=4, 1)) = self.digits(at + 1)
            && self.tight(at + 1)
        {
            return Some(self.with_year(at, at + 2, Field::Quarter(quarter as u8), Which::Bare));
        }
        let the = at + usize::from(self.lower(at) == "the");
        let (which, start) = self.which(the).unwrap_or((Which::Bare, the));
        let fiscal = start + usize::from(self.is(start, &["fiscal"]));
        let (number, end) = self.ordinal(fiscal)?;
        let hyphen = self.hyphen(end);
        let end = end + usize::from(hyphen);
        let end = end + usize::from(self.is(end, &["fiscal"]));
        let field = match self.lower(end) {
            "quarter" if number <= 4 => Field::Quarter(number),
            "half" if number <= 2 => Field::Half(number),
            _ => return None,
        };
        let fiscal = fiscal > start;
        if hyphen && (the > at && !fiscal || which == Which::That) {
            return None;
        }
        let found = self.with_year(at, end + 1, field, which);
        let dated = !matches!(found.meaning, Meaning::Field(_, Which::Bare, Year::Open));
        // Of a game, or of what is measured: `the second quarter of $9 million`.
        if !dated && self.is(end + 1, &["of"]) && !fiscal && self.is_word(end + 2) {
            return None;
        }
        (dated || matches!(field, Field::Quarter(_))).then_some(found)
    }

    /// A stretch that is compared with the one spoken of: `the same period last
    /// year`, `the corresponding quarter of 1988`; and with its year before it:
    /// `this year's third quarter`, `the 1988 quarter`.
    pub(crate) fn alike(&self, at: usize) -> Option<Found> {
        let the = at + usize::from(self.is(at, &["the"]));
        let like = ["same", "like", "corresponding", "comparable", "similar", "equivalent"];
        let stretch = ["period", "quarter"];
        if self.is(the, &like) && self.is(the + 1, &stretch) {
            let end = the + 2;
            let of = end + usize::from(self.is(end, &["of", "in", ","]));
            let fiscal = of + usize::from(self.is(of, &["fiscal"]));
            let year = self.year_after(fiscal).map(|(year, end)| (Year::Is(year), end));
            let year = year.or_else(|| self.relative_year(of)).or_else(|| {
                let count = self.is(of, &["a", "one"]) && self.is(of + 1, &["year"]);
                (count && self.is(of + 2, &["ago", "earlier", "before"]))
                    .then_some((Year::Open, of + 3))
            })?;
            return Some(Found::new(at, year.1, Meaning::Alike(None, year.0)));
        }
        let (year, end) = match self.year_after(the).filter(|_| the > at) {
            Some((year, end)) => (Year::Is(year), end),
            None => {
                let (year, end) = self.relative_year(at).filter(|_| !self.is(at, &["of"]))?;
                let genitive = self.is(end, &["'", "\u{2019}"]) && self.is(end + 1, &["s"]);
                (year, genitive.then_some(end + 2)?)
            }
        };
        if self.is(end, &stretch) && self.lower(end + 1) != "of" {
            return Some(Found::new(at, end + 1, Meaning::Alike(None, year)));
        }
        let inner = self.stretch(end)?;
        match inner.meaning {
            Meaning::Field(field, Which::Bare, Year::Open) => Some(Found {
                start: at,
                meaning: Meaning::Field(field, Which::Bare, year),
                ..inner
            }),
            _ => None,
        }
    }

    /// A field with the year that may follow it: `of 1998`, `1998`, `of last
    /// year`, `this year`.
    pub(crate) fn with_year(&self, at: usize, end: usize, field: Field, which: Which) -> Found {
        let of = end + usize::from(self.is(end, &["of", "in", ","]));
        let fiscal = of + usize::from(self.is(of, &["fiscal"]));
        let fiscal =
            fiscal + usize::from(self.is(fiscal, &["the"]) && self.is(fiscal + 1, &["year"]));
        let spec = self
            .year_after(fiscal)
            .map(|(year, end)| (Year::Is(year), end))
            .or_else(|| self.relative_year(of).filter(|_| !self.is(end, &["in", ","])));
        match spec {
            Some((year, end)) => Found::new(at, end, Meaning::Field(field, which, year)),
            None => Found::new(at, end, Meaning::Field(field, which, Year::Open)),
        }
    }

    /// `the summer of 2014`, `last fall`, `this winter`, `in the spring`.
    pub(crate) fn season(&self, at: usize) -> Option<Found> {
        let the = at + usize::from(self.is(at, &["the"]));
        let (which, start) = self.which(the).unwrap_or((Which::Bare, the));
        let pick = |s| if let Sense::Season(season) = s { Some(season) } else { None };
        let (season, end) = self.sense(start, pick)?;
        let found = self.with_year(at, end, Field::Season(season), which);
        if found.end > end || which != Which::Bare {
            return Some(found);
        }
        let told = [
            "in",
            "by",
            "since",
            "until",
            "during",
            "early",
            "late",
            "mid",
            "-",
            "of",
            "through",
            "throughout",
        ];
        let before = told.contains(&self.before(at));
        let thing = self.is(end, &["of", "-"]) || self.capital(end) && !self.tight(end);
        let lower = !self.capital(start);
        (before && !thing && lower).then_some(found)
    }

    /// `Thanksgiving`, `last Christmas`, `Easter 2019`, `Easter week`.
    pub(crate) fn holiday(&self, at: usize) -> Option<Found> {
        let the = at + usize::from(self.lower(at) == "the");
        let (which, start) = self.which(the).unwrap_or((Which::Bare, the));
        if which == Which::Bare && start > at {
            return None;
        }
        let (rule, end) = self.holidays.at(self.pieces, start)?;
        let mut found = self.with_year(at, end, Field::Holiday(rule), which);
        if found.end == end && self.unit(end) == Some((Unit::Weekend, end + 1)) {
            found.end += 1;
        }
        Some(found)
    }
}
