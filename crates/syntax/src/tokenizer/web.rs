//! Addresses, tags, mentions and emoticons.

use super::chars::is_word;
use super::scanner::Scanner;

/// What an address begins with, in lower case.
const SCHEMES: &[&str] = &["http://", "https://", "www.", "ftp://", "mailto:", "doi:10."];

/// Bounds on both sides of the `@` of an e-mail address, RFC 5321.
const LONGEST_NAME: usize = 64;
/// See [`LONGEST_NAME`].
const LONGEST_HOST: usize = 255;

/// Last parts of domain names and file names that leave a period inside.
const DOMAINS: &[&str] = &[
    "com", "org", "net", "gov", "edu", "mil", "int", "info", "biz", "io", "ai", "co", "tv", "me",
    "uk", "us", "eu", "de", "fr", "ru", "ua", "cn", "jp", "in", "au", "ca", "nz", "tw", "hk", "ie",
    "il", "ir", "br", "mx", "za", "ng", "ke", "pk", "tr", "pl", "nl", "be", "ch", "at", "se", "no",
    "fi", "dk", "it", "es", "gr", "ps", "doc", "docx", "pdf", "xls", "xlsx", "txt", "html", "htm",
    "jpg", "png", "gif", "mp3", "mp4", "csv", "zip", "php", "asp", "exe", "url", "news", "app",
];

/// Endings of file names; a run of characters that ends so is one token.
const FILES: &[&str] = &[
    ".doc", ".docx", ".pdf", ".xls", ".xlsx", ".txt", ".jpg", ".png", ".gif", ".zip", ".csv",
    ".ppt", ".exe",
];
/// Bytes of the longest of them.
const LONGEST_ENDING: usize = 5;

/// The hierarchies of Usenet, with which names of newsgroups begin.
const HIERARCHIES: &[&str] =
    &["alt", "comp", "humanities", "misc", "news", "rec", "sci", "soc", "talk"];

/// Emoticons that are one token, longest first.
const EMOTICONS: &[&str] = &[
    ">:(", ":-)", ":-(", ";-)", ":-D", ":-P", ":-/", "=-)", "^_^", "-_-", ":'(", ":)", ":(", ";)",
    ":D", ":P", ":/", ":p", "=)", "=(", "=D", "<3", "(:", "(;", ";P",
];

impl Scanner<'_> {
    /// Scans an address, a tag, a mention or an emoticon at `at`, if there is one.
    pub(super) fn special(&mut self, at: usize, c: char) -> Option<usize> {
        if at == self.start
            && let Some(end) = self.file_name(at)
        {
            return Some(self.push(at..end));
        }
        match c {
            '#' | '@' => {
                let letter = self.peek(at + 1).is_some_and(|c| c.is_alphabetic() || c == '_');
                if !letter || !self.opens(at) {
                    return None;
                }
                let end = self.word_end(at + 1);
                // A single letter is a bullet or a variable rather than a name.
                (end > at + 2).then(|| self.push(at..end))
            }
            ':' | ';' | '=' | '<' | '>' | '^' | '(' | '-' => {
                let rest = &self.text[at..self.end];
                let found = EMOTICONS.iter().find(|emoticon| rest.starts_with(*emoticon))?;
                let end = at + found.len();
                let alone = (at == self.start || !found.ends_with(is_word))
                    && !self.is_word_at(end)
                    && (found.len() > 2 || at == self.start || end == self.end)
                    && !(found.ends_with('/') && self.peek(end) == Some('/'));
                // A colon before a bracket that was opened in the same run.
                let near = &self.text.as_bytes()[at.saturating_sub(64).max(self.start)..at];
                let bracket = found.ends_with(')') && near.contains(&b'(');
                (alone && !bracket).then(|| self.push(at..end))
            }
            c if is_word(c) && self.opens(at) => {
                let end = if self.has_at { self.email(at) } else { None };
                let end = end.or_else(|| self.address(at))?;
                Some(self.push(at..end))
            }
            _ => None,
        }
    }

    /// The end of a file name that fills the run from `at` on, but for the
    /// punctuation that ends it.
    fn file_name(&self, at: usize) -> Option<usize> {
        let run = &self.text[at..self.end];
        let name = run.trim_end_matches(['.', ',', ';', ':', ')', '"']);
        let period = name.bytes().rev().take(LONGEST_ENDING).position(|b| b == b'.')?;
        let ending = &name[name.len() - period - 1..];
        let known =
            name.len() > ending.len() && FILES.iter().any(|file| file.eq_ignore_ascii_case(ending));
        let inside = |c: char| is_word(c) || matches!(c, '.' | '-' | '_' | '#' | '~' | '!' | '%');
        (known && name.chars().all(inside)).then_some(at + name.len())
    }

    /// The end of an address with its scheme.
    fn address(&self, at: usize) -> Option<usize> {
        let rest = self.text.as_bytes().get(at..self.end)?;
        if !matches!(rest.first()?.to_ascii_lowercase(), b'h' | b'w' | b'f' | b'm' | b'd') {
            return None;
        }
        let begins = |scheme: &str| {
            rest.get(..scheme.len()).is_some_and(|s| s.eq_ignore_ascii_case(scheme.as_bytes()))
                && rest.len() > scheme.len()
        };
        SCHEMES.iter().any(|scheme| begins(scheme)).then(|| self.address_end(at))
    }

    /// The end of the run without what punctuates the sentence around it.
    fn address_end(&self, at: usize) -> usize {
        let whole = &self.text[at..self.end];
        // Brackets and quotation marks around it end it.
        let stop = whole.find(['<', '>', '"', '“', '”', '«', '»', '|', '’', '‘']);
        let mut url = &whole[..stop.unwrap_or(whole.len())];
        // A bracket that closes what was not opened inside is not part of it.
        let mut surplus = url.matches(')').count().saturating_sub(url.matches('(').count());
        while let Some(last) = url.chars().next_back() {
            let ends = match last {
                '.' | ',' | ';' | ':' | '!' | '?' | '\'' | ']' | '}' | '*' | '…' => true,
                ')' if surplus > 0 => {
                    surplus -= 1;
                    true
                }
                _ => false,
            };
            if !ends {
                break;
            }
            url = &url[..url.len() - last.len_utf8()];
        }
        at + url.len()
    }

    /// The end of an e-mail address that begins at `at`.
    fn email(&self, at: usize) -> Option<usize> {
        let rest = &self.text.as_bytes()[at..self.end];
        let local = |b: &u8| b.is_ascii_alphanumeric() || b"._%+-".contains(b);
        let name = rest.iter().take(LONGEST_NAME).take_while(|b| local(b)).count();
        if name == 0 || rest.get(name) != Some(&b'@') {
            return None;
        }
        let host = |b: &u8| b.is_ascii_alphanumeric() || b"_.-".contains(b);
        let after = rest[name + 1..].iter().take(LONGEST_HOST);
        let mut length = after.take_while(|b| host(b)).count();
        while length > 0 && !rest[name + length].is_ascii_alphanumeric() {
            length -= 1;
        }
        (length > 0).then_some(at + name + 1 + length)
    }
}

/// The end of a domain or file name whose first period is at `at`.
pub(super) fn domain(scanner: &Scanner<'_>, start: usize, at: usize) -> Option<usize> {
    let bytes = scanner.text.as_bytes();
    if HIERARCHIES.contains(&&scanner.text[start..at]) {
        return newsgroup(scanner, at);
    }
    if !scanner.text[start..at].is_ascii() || at - start < 2 {
        return None;
    }
    let mut end = at;
    let mut last = at + 1;
    while end < scanner.end.min(at + LONGEST_HOST) {
        match bytes[end] {
            b'.' if bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric)
                && end + 1 < scanner.end =>
            {
                last = end + 1;
            }
            b'-' | b'_' if bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric) => {}
            b if b.is_ascii_alphanumeric() => {}
            _ => break,
        }
        end += 1;
    }
    let top = scanner.text.get(last..end)?;
    let known = top.len() <= 4 && DOMAINS.iter().any(|domain| domain.eq_ignore_ascii_case(top));
    let known_host = matches!(top, "Com" | "Org");
    // "It rained.In ..." has no space where it should; a name has no capital there.
    let capital =
        top.starts_with(|c: char| c.is_uppercase()) && !top.bytes().all(|b| b.is_ascii_uppercase());
    if !known || capital && !known_host {
        return None;
    }
    if scanner.peek(end) == Some('/') && scanner.is_word_at(end + 1) {
        return Some(scanner.address_end(start).max(end));
    }
    Some(end)
}

/// The end of a newsgroup's name whose first period is at `at`.
fn newsgroup(scanner: &Scanner<'_>, at: usize) -> Option<usize> {
    let bytes = scanner.text.as_bytes();
    let letter = |at: usize| at < scanner.end && bytes[at].is_ascii_lowercase();
    let mut end = at;
    while scanner.peek(end).is_some_and(|c| matches!(c, '.' | '-')) && letter(end + 1) {
        end = scanner.word_end(end + 1);
    }
    (end > at).then_some(end)
}
