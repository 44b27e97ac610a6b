//! Features of a word type and of a token's place in the text.
//!
//! The trainer computes the same (`train/dateline_train/features.py`); the
//! parity test of this crate holds the two together.

/// Lengths of the prefixes and suffixes that are hashed.
pub(crate) const PREFIXES: [usize; 3] = [1, 2, 3];
pub(crate) const SUFFIXES: [usize; 4] = [1, 2, 3, 4];
/// Buckets of the affixes and of the shapes.
pub(crate) const AFFIX_BUCKETS: u32 = 4096;
pub(crate) const SHAPE_BUCKETS: u32 = 512;

/// What a type is looked up by: lower case, straight quotes, digits as 0.
pub(crate) fn key(form: &str) -> String {
    let fold = |c: char| match c {
        '’' | '‘' => '\'',
        '“' | '”' => '"',
        '0'..='9' => '0',
        other => other,
    };
    form.to_lowercase().chars().map(fold).collect()
}

/// FNV-1a, 32 bits, of a salt byte and a string's UTF-8.
fn fnv(salt: u8, text: &str) -> u32 {
    std::iter::once(salt)
        .chain(text.bytes())
        .fold(0x811c_9dc5, |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// Buckets of the prefixes of a key; 0 where the word is too short.
pub(crate) fn prefixes(key: &str) -> [u32; PREFIXES.len()] {
    PREFIXES.map(|n| {
        key.char_indices()
            .nth(n - 1)
            .map_or(0, |(at, last)| bucket(n, &key[..at + last.len_utf8()]))
    })
}

/// Buckets of the suffixes of a key; 0 where the word is too short.
pub(crate) fn suffixes(key: &str) -> [u32; SUFFIXES.len()] {
    SUFFIXES.map(|n| key.char_indices().nth_back(n - 1).map_or(0, |(at, _)| bucket(n, &key[at..])))
}

fn bucket(salt: usize, part: &str) -> u32 {
    1 + fnv(salt as u8, part) % (AFFIX_BUCKETS - 1)
}

/// Bucket of the orthographic shape: `Xxxx` for Putin, `dddd` for 2018; runs
/// count up to three.
pub(crate) fn shape(form: &str) -> u32 {
    let mut out: Vec<char> = Vec::with_capacity(form.len());
    for c in form.chars() {
        let class = match c {
            '0'..='9' => 'd',
            _ if c.is_uppercase() => 'X',
            _ if c.is_alphabetic() => 'x',
            other => other,
        };
        let run = out.iter().rev().take_while(|&&before| before == class).count();
        if run < 3 {
            out.push(class);
        }
    }
    fnv(9, &out.into_iter().collect::<String>()) % SHAPE_BUCKETS
}

/// How a token stands towards quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quote {
    /// Outside of any.
    Outside = 0,
    /// An opening mark.
    Opening = 1,
    /// Between two marks.
    Inside = 2,
    /// A closing mark.
    Closing = 3,
    /// A closing mark that closes nothing.
    Stray = 4,
}

/// The state of each token; every paragraph begins outside.
pub(crate) fn quote_states<'t>(tokens: impl Iterator<Item = (&'t str, bool)>) -> Vec<Quote> {
    let mut inside = false;
    let state = |(form, paragraph_start): (&str, bool)| {
        if paragraph_start {
            inside = false;
        }
        let opens = matches!(form, "“" | "``" | "«" | "„" | "‟");
        let closes = matches!(form, "”" | "»");
        let toggles = matches!(form, "\"" | "''" | "＂");
        if opens || toggles && !inside {
            inside = true;
            Quote::Opening
        } else if toggles || closes && inside {
            inside = false;
            Quote::Closing
        } else if closes {
            Quote::Stray
        } else if inside {
            Quote::Inside
        } else {
            Quote::Outside
        }
    };
    tokens.map(state).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_fold_case_quotes_and_digits() {
        assert_eq!(key("Zoë’s"), "zoë's");
        assert_eq!(key("1,250"), "0,000");
    }

    #[test]
    fn affixes_of_short_words_are_zero() {
        assert_eq!(prefixes("é")[1..], [0, 0]);
        assert_eq!(suffixes("ab")[2..], [0, 0]);
        assert_ne!(prefixes("abc")[2], 0);
    }

    #[test]
    fn shapes_collapse_long_runs() {
        assert_eq!(shape("Berlin"), shape("Ankara"));
        assert_ne!(shape("Berlin"), shape("berlin"));
        assert_ne!(shape("20"), shape("2018"));
    }

    #[test]
    fn straight_marks_toggle_and_paragraphs_reset() {
        use Quote::*;
        let tokens = [("\"", true), ("Yes", false), ("\"", false), ("“", true), ("No", true)];
        assert_eq!(quote_states(tokens.into_iter()), [Opening, Inside, Closing, Opening, Outside]);
    }
}
