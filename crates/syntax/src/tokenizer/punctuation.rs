//! Everything that is neither a word nor an address.

use super::chars::{is_apostrophe, is_word};
use super::scanner::Scanner;

/// Words that begin with an apostrophe, without it.
const ELIDED: &[&str] = &["em", "cause", "til", "cuz", "n", "tis", "twas", "bout", "round"];

impl Scanner<'_> {
    /// Scans the punctuation or the symbol `c` at `at`; returns its end.
    pub(super) fn punctuation(&mut self, at: usize, c: char) -> usize {
        let after = at + c.len_utf8();
        let end = match c {
            '.' | '…' => match self.peek(after) {
                Some(next) if c == '.' && next.is_ascii_digit() && self.opens_number(at) => {
                    return self.word_from(at, after);
                }
                Some('!' | '?') if c == '.' => self.run_of(after, |c| matches!(c, '!' | '?')),
                _ => self.run_of(at, |c| matches!(c, '.' | '…')),
            },
            '!' | '?' => self.run_of(at, |c| matches!(c, '!' | '?')),
            '-' | '–' | '—' | '―' | '*' | '=' | '_' | '#' | '~' | '+' | '<' | '>' | '^' => {
                if c == '+'
                    && self.opens(at)
                    && self.peek(after).is_some_and(|c| c.is_ascii_digit())
                {
                    return self.word_from(at, after);
                }
                self.rule(at).unwrap_or_else(|| self.same_end(at, c))
            }
            '`' => self.same_end(at, c),
            '[' => self.ellipsis(at).unwrap_or(after),
            '‘' => return self.opening_quote(at, after),
            c if is_apostrophe(c) => return self.apostrophe(at, c),
            _ => after,
        };
        let end = self.marks_end(end);
        self.push(at..end)
    }

    /// Scans a number whose sign or period is at `at`.
    fn word_from(&mut self, at: usize, digits: usize) -> usize {
        let mut end = self.word_end(digits);
        while self.peek(end).is_some_and(|c| matches!(c, '.' | ',')) && self.digits_around(end) {
            end = self.word_end(end + 1);
        }
        self.push(at..end)
    }

    /// Whether a period at `at` can begin a number.
    fn opens_number(&self, at: usize) -> bool {
        self.before(at).is_none_or(|c| !is_word(c) && c != '.')
    }

    /// The end of the characters from `at` on that are of one sort.
    fn run_of(&self, mut at: usize, sort: impl Fn(char) -> bool) -> usize {
        while let Some(c) = self.peek(at).filter(|&c| sort(c)) {
            at += c.len_utf8();
        }
        at
    }

    /// The end of a line that is drawn with several signs, `==--==`.
    fn rule(&self, at: usize) -> Option<usize> {
        const SHORTEST: usize = 4;
        let end = self.run_of(at, |c| matches!(c, '-' | '=' | '_' | '*' | '~' | '+'));
        let edge = at == self.start || end == self.end;
        (edge && end - at >= SHORTEST).then_some(end)
    }

    /// The end of `[...]`, which marks an omission.
    fn ellipsis(&self, at: usize) -> Option<usize> {
        let rest = &self.text[at..self.end];
        ["[...]", "[…]"].iter().find(|dots| rest.starts_with(*dots)).map(|dots| at + dots.len())
    }

    /// A left single quotation mark; two of them are one token.
    fn opening_quote(&mut self, at: usize, after: usize) -> usize {
        let elided = self.elided(at, after);
        if let Some(end) = elided {
            return self.push(at..end);
        }
        let double = self.peek(after).is_some_and(|c| matches!(c, '‘' | '’'));
        if double {
            return self.push(at..after + '’'.len_utf8());
        }
        self.single_quote = true;
        self.push(at..after)
    }

    /// An apostrophe that does not follow a word of the same run.
    fn apostrophe(&mut self, at: usize, c: char) -> usize {
        let after = at + c.len_utf8();
        if self.peek(after) == Some(c) {
            return self.push(at..after + c.len_utf8());
        }
        let opens = self.opens(at) && self.peek(after).is_some();
        if let Some(end) = self.elided(at, after).filter(|_| opens) {
            return self.push(at..end);
        }
        // A clitic set apart by a space, "the ministry 's report", or after a
        // closing quotation mark or bracket, "The Times"'s.
        let first = at == self.start;
        let clitic = super::clitics::clitic_end(self, at);
        let apart = |end| first && end == self.end && self.out.len() > self.first_piece;
        if let Some(end) = clitic.filter(|&end| !opens || apart(end)) {
            return self.push(at..end);
        }
        self.single_quote = opens && c == '\'';
        self.push(at..after)
    }

    /// The end of a word that begins with an apostrophe: `'em`, `'90s`.
    fn elided(&self, at: usize, after: usize) -> Option<usize> {
        if !self.opens(at) {
            return None;
        }
        let end = self.word_end(after);
        let word = &self.text[after..end];
        if ELIDED.iter().any(|elided| elided.eq_ignore_ascii_case(word)) {
            return Some(end);
        }
        let digits = word.len() >= 2 && word.as_bytes()[..2].iter().all(u8::is_ascii_digit);
        let decade = digits && matches!(&word[2..], "" | "s");
        // A quotation may begin with a number too, so it must not be closed.
        let quoted = self.peek(end).is_some_and(is_apostrophe)
            && super::clitics::clitic_end(self, end).is_none();
        if !decade || quoted {
            return None;
        }
        // '60's
        Some(super::clitics::clitic_end(self, end).filter(|_| word.ends_with('0')).unwrap_or(end))
    }
}
