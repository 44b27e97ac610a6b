//! Words: what stays together around a period, a comma, a slash, an ampersand.

use super::abbreviations::{self, Kind};
use super::chars::{is_apostrophe, is_hyphen, is_word};
use super::scanner::Scanner;
use super::{clitics, hyphens, numbers, sentences, web};

/// Letters parted by a slash that are one word.
const SLASHED: &[&str] =
    &["s/he", "w/o", "b/t", "n/a", "l/c", "i/c", "w/out", "a/c", "km/h", "w/e"];

impl Scanner<'_> {
    /// Scans the word that begins at `start`; returns its end.
    pub(super) fn word(&mut self, start: usize) -> usize {
        let mut at = self.word_end(start);
        while let Some(c) = self.peek(at) {
            let after = at + c.len_utf8();
            let end = match c {
                '.' => match self.period(start, at) {
                    Period::Goes => return self.finish(start, at),
                    Period::Ends => return self.finish(start, after),
                    Period::Inside(end) => Some(end),
                },
                ',' => self.thousands(at).then(|| self.word_end(after)),
                ':' => self.digits_around(at).then(|| self.word_end(after)),
                '/' => self.slash(start, at),
                '&' => self.ampersand(start, at).then(|| self.word_end(after)),
                '*' if self.letters_around(at) => Some(self.word_end(after)),
                '(' => self.plural(at),
                '$' => return self.dollar(start, at),
                '`' | '´' if self.ends_with_s(after) => {
                    self.finish(start, at);
                    return self.push_joined(at..after + 1);
                }
                c if is_hyphen(c) => hyphens::keep(self, start, at),
                c if is_apostrophe(c) => match clitics::at(self, start, at) {
                    clitics::Apostrophe::Inside => Some(self.word_end(after)),
                    clitics::Apostrophe::Last => return self.finish(start, after),
                    clitics::Apostrophe::Goes => return self.finish(start, at),
                    clitics::Apostrophe::Clitic(cut, end) => {
                        self.finish(start, cut);
                        return self.clitics_from(cut, end);
                    }
                },
                _ => None,
            };
            match end {
                Some(end) if end > at => at = end,
                _ => break,
            }
        }
        self.finish(start, at)
    }

    /// Adds a clitic and those after it (`'d've`); returns the last one's end.
    fn clitics_from(&mut self, cut: usize, end: usize) -> usize {
        let mut at = self.push_joined(cut..end);
        while let Some(end) = clitics::clitic_end(self, at) {
            at = self.push_joined(at..end);
        }
        at
    }

    /// Adds a word, parted into number and unit or into what it contracts.
    fn finish(&mut self, start: usize, end: usize) -> usize {
        let word = &self.text[start..end];
        if word.as_bytes().first().is_some_and(u8::is_ascii_digit) {
            if let Some(cut) = numbers::unit(word) {
                self.push(start..start + cut);
                return self.push(start + cut..end);
            }
        } else if let Some(cut) = numbers::currency(word) {
            self.push(start..start + cut);
            return self.finish(start + cut, end);
        } else if let Some(cuts) = clitics::contraction(word, || self.after(end)) {
            let mut from = start;
            for &cut in cuts {
                if from == start {
                    self.push(from..start + cut);
                } else {
                    self.push_joined(from..start + cut);
                }
                from = start + cut;
            }
            return self.push_joined(from..end);
        }
        self.push(start..end)
    }

    /// What becomes of the period at `at` after the word from `start`.
    fn period(&self, start: usize, at: usize) -> Period {
        let word = &self.text[start..at];
        let after = at + 1;
        if self.digits_around(at) {
            return Period::Inside(self.word_end(after));
        }
        let segment = word.rsplit('.').next().unwrap_or(word);
        let segment = segment.trim_start_matches(|c: char| c.is_ascii_digit());
        let is_letter = is_single_letter(segment);
        let acronym = is_letter && is_acronym(word);
        if self.is_word_at(after) {
            let next_end = self.word_end(after);
            let next = &self.text[after..next_end];
            if is_letter && is_single_letter(next)
                || abbreviations::has_inner_period(&self.text[start..next_end])
            {
                return Period::Inside(next_end);
            }
            if let Some(end) = web::domain(self, start, at) {
                return Period::Inside(end);
            }
            let digit = next.starts_with(|c: char| c.is_ascii_digit());
            let known = match abbreviations::kind(word) {
                Some(Kind::Title | Kind::Always) => true,
                Some(Kind::Number) => digit,
                _ => false,
            };
            return if is_letter && !digit || known { Period::Ends } else { Period::Goes };
        }
        if self.peek(after) == Some('.') {
            // An abbreviation and the period of the sentence, or three dots.
            let two = after + 1 == self.end;
            let always = abbreviations::kind(word).is_some_and(|kind| kind == Kind::Always);
            return if two && (acronym || always) { Period::Ends } else { Period::Goes };
        }
        if acronym || abbreviations::has_inner_period(word) {
            return Period::Ends;
        }
        if word.len() > abbreviations::LONGEST {
            return Period::Goes;
        }
        if self.abbreviates(word, after) { Period::Ends } else { Period::Goes }
    }

    /// Whether a word without inner periods is abbreviated by the period after it.
    fn abbreviates(&self, word: &str, after: usize) -> bool {
        // What follows directly, such as a comma, or in the next run.
        let glued = self.peek(after).filter(|&c| !super::chars::is_closing(c));
        let following = || if glued.is_some() { "" } else { self.following() };
        let goes_on = |next: &str| {
            glued.is_some()
                || next.chars().next().is_some_and(|c| c.is_lowercase() || c.is_numeric())
        };
        if is_single_letter(word) {
            let next = following();
            let capital = next.chars().next().is_some_and(char::is_uppercase);
            let initial = word.chars().all(char::is_uppercase);
            return if initial {
                let starter = sentences::is_starter(next);
                (goes_on(next) || capital && !starter) && (word != "I" || self.after_name())
            } else {
                goes_on(next) && word != "a"
            };
        }
        let Some(kind) = abbreviations::kind(word) else { return false };
        let next = following();
        match kind {
            Kind::Title | Kind::Always => true,
            Kind::Number => next.chars().next().is_some_and(char::is_numeric),
            Kind::Lower => word == "al",
            Kind::Word => goes_on(next) || abbreviations::is_month(next),
            Kind::Named => {
                next.chars().next().is_some_and(char::is_uppercase) && !sentences::is_starter(next)
            }
            Kind::State => {
                word.starts_with(char::is_uppercase) && (goes_on(next) || self.last_form() == ",")
            }
        }
    }

    /// The word after one that ends at `end`, if white space parts them and no
    /// hyphen follows.
    fn after(&self, end: usize) -> &str {
        let rest = &self.text[end..self.paragraph_end];
        let next = rest.trim_start_matches(super::chars::is_space);
        let length = next.chars().take(24).take_while(|&c| is_word(c)).map(char::len_utf8).sum();
        let (word, rest) = next.split_at(length);
        let apart = next.len() < self.paragraph_end - end && !rest.starts_with(is_hyphen);
        if apart { word } else { "" }
    }

    /// The piece before; empty at the start of the paragraph.
    fn last_form(&self) -> &str {
        let last = self.out.get(self.first_piece..).and_then(<[_]>::last);
        last.map_or("", |last| &self.text[last.bytes.clone()])
    }

    /// Whether the piece before may be part of a name, or there is none.
    fn after_name(&self) -> bool {
        let last = self.last_form();
        last.is_empty() || last.ends_with('.') || last.starts_with(char::is_uppercase)
    }

    /// Whether exactly three digits follow the comma at `at`, and one is before.
    fn thousands(&self, at: usize) -> bool {
        let digit = |at| self.peek(at).is_some_and(|c| c.is_ascii_digit());
        self.before(at).is_some_and(|c| c.is_ascii_digit())
            && (1..=3).all(|k| digit(at + k))
            && !digit(at + 4)
    }

    /// Whether the ASCII character at `at` stands between digits.
    pub(super) fn digits_around(&self, at: usize) -> bool {
        self.before(at).is_some_and(|c| c.is_ascii_digit())
            && self.peek(at + 1).is_some_and(|c| c.is_ascii_digit())
    }

    /// Whether the ASCII character at `at` stands between letters.
    fn letters_around(&self, at: usize) -> bool {
        self.before(at).is_some_and(char::is_alphabetic)
            && self.peek(at + 1).is_some_and(char::is_alphabetic)
    }

    /// Whether a lone `s` is at `at`.
    fn ends_with_s(&self, at: usize) -> bool {
        self.peek(at) == Some('s') && !self.is_word_at(at + 1)
    }

    /// Dates, fractions and a few words keep their slash.
    fn slash(&self, start: usize, at: usize) -> Option<usize> {
        if self.digits_around(at) {
            return Some(self.word_end(at + 1));
        }
        let end = self.word_end(at + 1);
        let word = &self.text[start..end];
        if word.eq_ignore_ascii_case("w/") {
            return Some(end);
        }
        SLASHED.iter().any(|s| s.eq_ignore_ascii_case(word)).then_some(end)
    }

    /// `AT&T`, `R&D`, but not `bread&butter`.
    fn ampersand(&self, start: usize, at: usize) -> bool {
        let short = |part: &str| {
            (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_uppercase())
        };
        let (left, right) = (&self.text[start..at], &self.text[at + 1..self.word_end(at + 1)]);
        let letters = left.len() == 1 && right.len() == 1 && self.letters_around(at);
        letters || short(left) && short(right)
    }

    /// The end of `(s)` as in `member(s)`.
    fn plural(&self, at: usize) -> Option<usize> {
        let letter = self.before(at).is_some_and(char::is_alphabetic);
        let plural = self.text[at..self.end].starts_with("(s)") && !self.is_word_at(at + 3);
        (letter && plural).then_some(at + 3)
    }

    /// `US$`, `A$`, `HK$` are one token; another `$` is by itself.
    fn dollar(&mut self, start: usize, at: usize) -> usize {
        let word = &self.text[start..at];
        let currency = word.len() <= 3 && word.bytes().all(|b| b.is_ascii_uppercase());
        let number = self.peek(at + 1).is_none_or(|c| !is_word(c) || c.is_ascii_digit());
        if currency && number {
            return self.push(start..at + 1);
        }
        self.finish(start, at)
    }
}

/// What becomes of a period.
enum Period {
    /// It is a token of its own.
    Goes,
    /// It is the last character of the word.
    Ends,
    /// It is inside the word, which goes on up to here.
    Inside(usize),
}

/// Whether a word is one letter, with its accents.
fn is_single_letter(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.all(super::chars::is_mark)
}

/// Whether a word without its last period is single letters with periods
/// between, `U.S`, or a number and such letters, `5p.m`.
fn is_acronym(word: &str) -> bool {
    let letters = word.trim_start_matches(|c: char| c.is_ascii_digit());
    word.len() <= 24 && word.contains('.') && letters.split('.').all(is_single_letter)
}
