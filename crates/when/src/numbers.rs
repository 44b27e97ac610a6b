//! Numbers: how many, and years spelled out.

use crate::grammar::Grammar;
use crate::meaning::Count;
use crate::words::Sense;

impl Grammar<'_> {
    /// A count: `3`, `1,000`, `2 1/2`, `twenty-five`, `a hundred`, `a`,
    /// `a couple of`, `several`, `half a`, `two and a half`.
    pub(crate) fn count(&self, at: usize) -> Option<(Count, usize)> {
        let vague = |s| match s {
            Sense::VagueCount(None) => Some(Count::Vague),
            Sense::VagueCount(Some(n)) => Some(Count::Exact(f64::from(n))),
            _ => None,
        };
        if let Some(found) = self.sense(at, vague) {
            return Some(found);
        }
        if self.is(at, &["half"]) {
            let mut end = at + 1;
            end += usize::from(self.hyphen(end));
            end += usize::from(self.is(end, &["a", "an"]));
            return Some((Count::Exact(0.5), end));
        }
        let (whole, end) = self.whole(at)?;
        let halves = |end: usize| {
            let and = self.is(end, &["and"]) && self.is(end + 1, &["a", "one"]);
            (and && self.is(end + 2, &["half"])).then_some(end + 3)
        };
        if let Some(end) = halves(end) {
            return Some((Count::Exact(whole + 0.5), end));
        }
        let vulgar = [("\u{bd}", 0.5), ("\u{bc}", 0.25), ("\u{be}", 0.75)];
        if let Some((_, part)) = vulgar.iter().find(|(mark, _)| self.lower(end) == *mark) {
            return Some((Count::Exact(whole + part), end + 1));
        }
        let fraction = end + usize::from(self.hyphen(end));
        if let (Some((top, _)), Some((bottom, _))) =
            (self.digits(fraction), self.digits(fraction + 2))
            && self.is(fraction + 1, &["/"])
            && top < bottom
        {
            let part = f64::from(top) / f64::from(bottom);
            return Some((Count::Exact(whole + part), fraction + 3));
        }
        Some((Count::Exact(whole), end))
    }

    /// A whole or decimal number in digits or words.
    fn whole(&self, at: usize) -> Option<(f64, usize)> {
        if self.is_number(at) {
            let number: f64 = self.lower(at).replace(',', "").parse().ok()?;
            let large = |s| match s {
                Sense::Cardinal(n @ 100..) => Some(f64::from(n)),
                _ => None,
            };
            let (scale, end) = self.sense(at + 1, large).unwrap_or((1.0, at + 1));
            return (number < 1e9).then_some((number * scale, end));
        }
        let article = self.is(at, &["a", "an"]);
        let mut end = at + usize::from(article);
        if self.is_number(at.wrapping_sub(1)) && !article {
            return None;
        }
        let (mut total, mut group, mut read) = (0u64, u64::from(article), article);
        for _ in 0..8 {
            let word = end + usize::from(self.hyphen(end) && read);
            let and = read && group >= 100 && self.is(word, &["and"]);
            let word = word + usize::from(and);
            let number = |s| if let Sense::Cardinal(n) = s { Some(u64::from(n)) } else { None };
            let Some((n, next)) = self.sense(word, number) else { break };
            match n {
                12 if article && group == 1 => group = 12,
                100 => group = group.max(1) * 100,
                1000.. => {
                    total += group.max(1) * n;
                    group = 0;
                }
                _ if read && !fits(group, n) || article && group == 1 => break,
                _ => group += n,
            }
            if total + group > 1_000_000_000_000 {
                return None;
            }
            (end, read) = (next, true);
        }
        read.then_some(((total + group) as f64, end))
    }

    /// A year in words: `nineteen eighty-four`, `two thousand and four`.
    pub(crate) fn spoken_year(&self, at: usize) -> Option<(i32, usize)> {
        let number = |s| if let Sense::Cardinal(n) = s { Some(n) } else { None };
        let (century, end) = self.sense(at, number)?;
        let next = end + usize::from(self.hyphen(end));
        if century == 2 && self.is(next, &["thousand"]) {
            let and = usize::from(self.is(next + 1, &["and"]));
            return match self.below_hundred(next + 1 + and) {
                Some((n, end)) => Some((2000 + n, end)),
                None => Some((2000, next + 1)),
            };
        }
        if !(16..=20).contains(&century) {
            return None;
        }
        let (rest, end) = self.below_hundred(next)?;
        (rest >= 10).then_some((century as i32 * 100 + rest, end))
    }

    fn below_hundred(&self, at: usize) -> Option<(i32, usize)> {
        let number = |s| match s {
            Sense::Cardinal(n) if n < 100 => Some(n as i32),
            _ => None,
        };
        let (tens, end) = self.sense(at, number)?;
        if tens < 20 {
            return Some((tens, end));
        }
        let next = end + usize::from(self.hyphen(end));
        match self.sense(next, number) {
            Some((ones @ 1..=9, end)) => Some((tens + ones, end)),
            _ => Some((tens, end)),
        }
    }
}

/// Whether a number may follow what was read of its group: `twenty` `five`,
/// `hundred` `ten`.
fn fits(group: u64, n: u64) -> bool {
    match group % 100 {
        0 => n < 100,
        tens if tens >= 20 && tens % 10 == 0 => n > 0 && n < 10,
        _ => false,
    }
}
