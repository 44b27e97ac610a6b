//! Text in colour: characters that each know what they are evidence of.

/// What a character is, as a set of marks: the words of a time may lie within
/// a claim's content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ink(u16);

impl Ink {
    /// Ordinary text.
    pub const PLAIN: Ink = Ink(0);
    /// Content of a claim.
    pub const CONTENT: Ink = Ink(1);
    /// Source of a claim.
    pub const SOURCE: Ink = Ink(1 << 1);
    /// Cue of a claim.
    pub const CUE: Ink = Ink(1 << 2);
    /// Words that express an event.
    pub const EVENT: Ink = Ink(1 << 3);
    /// A time expression.
    pub const TIME: Ink = Ink(1 << 4);
    /// A toponym.
    pub const PLACE: Ink = Ink(1 << 5);
    /// A headline.
    pub const TITLE: Ink = Ink(1 << 6);
    /// A name of somebody or of a section.
    pub const STRONG: Ink = Ink(1 << 7);
    /// Less important than what stands around it.
    pub const FAINT: Ink = Ink(1 << 8);
    /// A warning.
    pub const NOTE: Ink = Ink(1 << 9);
    /// A code of an actor or an event.
    pub const CODE: Ink = Ink(1 << 10);

    /// Both sets of marks.
    pub fn and(self, other: Ink) -> Ink {
        Ink(self.0 | other.0)
    }

    fn has(self, other: Ink) -> bool {
        self.0 & other.0 != 0
    }

    /// The terminal's graphic rendition, in its own sixteen colours, so that
    /// it suits light and dark themes. The narrower evidence wins; content
    /// shows beneath it in italics.
    fn sgr(self) -> Option<String> {
        let colour = [
            (Ink::TITLE, "1;4"),
            (Ink::NOTE, "33"),
            (Ink::CUE, "33"),
            (Ink::SOURCE, "1;36"),
            (Ink::EVENT, "1;31"),
            (Ink::TIME, "34"),
            (Ink::PLACE, "35"),
            (Ink::CODE, "36"),
            (Ink::STRONG, "1"),
            (Ink::FAINT, "2"),
            (Ink::CONTENT, "32"),
        ];
        let code = colour.iter().find(|(ink, _)| self.has(*ink))?.1;
        let slant = if self.has(Ink::CONTENT) { "3;" } else { "" };
        Some(format!("{slant}{code}"))
    }
}

/// A run of characters with their inks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inked(pub Vec<(char, Ink)>);

impl Inked {
    /// Text in one ink, safe to show: see [`shown`].
    pub fn new(text: &str, ink: Ink) -> Self {
        Self(text.chars().map(|c| (shown(c), ink)).collect())
    }

    /// The same with more text after it.
    pub fn with(mut self, text: &str, ink: Ink) -> Self {
        self.0.extend(Self::new(text, ink).0);
        self
    }

    /// Adds a run.
    pub fn push(&mut self, other: Inked) {
        self.0.extend(other.0);
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The runs with a faint dot between them, empty ones left out.
    pub fn dotted(parts: impl IntoIterator<Item = Inked>) -> Inked {
        let mut whole = Inked::default();
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            if !whole.is_empty() {
                whole.push(Inked::new(" · ", Ink::FAINT));
            }
            whole.push(part);
        }
        whole
    }

    /// Writes the run, without white space at its end.
    pub fn write(&self, out: &mut String, color: bool) {
        let end = self.0.iter().rposition(|(c, _)| !c.is_whitespace()).map_or(0, |at| at + 1);
        let mut rest = &self.0[..end];
        while let Some((_, ink)) = rest.first() {
            let same = rest.iter().take_while(|(_, other)| other == ink).count();
            let (run, after) = rest.split_at(same);
            match ink.sgr().filter(|_| color) {
                Some(sgr) => {
                    out.push_str(&format!("\u{1B}[{sgr}m"));
                    out.extend(run.iter().map(|(c, _)| c));
                    out.push_str("\u{1B}[0m");
                }
                None => out.extend(run.iter().map(|(c, _)| c)),
            }
            rest = after;
        }
    }
}

/// A character as it may be shown. An article must not be able to move the
/// cursor, set the terminal's title or turn the direction of writing.
pub fn shown(c: char) -> char {
    match c {
        '\n' | '\t' | '\r' => ' ',
        '\0'..='\u{1F}' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{FFFD}'),
        '\u{7F}'..='\u{9F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => '\u{FFFD}',
        '\u{2028}' | '\u{2029}' => ' ',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_runs_of_one_ink_together() {
        let run = Inked::new("The ", Ink::PLAIN).with("deal", Ink::EVENT).with("  ", Ink::EVENT);
        let (mut plain, mut colored) = (String::new(), String::new());
        run.write(&mut plain, false);
        run.write(&mut colored, true);
        assert_eq!(plain, "The deal");
        assert_eq!(colored, "The \u{1B}[1;31mdeal\u{1B}[0m");
    }

    #[test]
    fn an_article_cannot_command_the_terminal() {
        let run = Inked::new("a\u{1B}[2Jb\u{9B}c\u{202E}d\u{7}", Ink::PLAIN);
        let mut out = String::new();
        run.write(&mut out, false);
        assert_eq!(out, "a␛[2Jb\u{FFFD}c\u{FFFD}d␇");
    }
}
