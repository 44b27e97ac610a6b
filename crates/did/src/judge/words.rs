//! What is known of common words: classes of like meaning.

use dateline_learned::word;

const BYTES: &[u8] = include_bytes!("../../model/words.bin");
const MAGIC: &[u8; 8] = b"dlword1\n";
/// Bytes of a word: the low half of its hash, its classes, what it is like.
const SIZE: usize = 9;

/// The classes of a word; all nothing for a word that is not known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Word {
    /// The hash of the word.
    pub hash: u64,
    /// Of 64 classes, counted from 1.
    pub rough: u64,
    /// Of 256.
    pub middle: u64,
    /// Of 1,024.
    pub close: u64,
    /// The event type that words of like meaning have in the lexicon, and how
    /// surely, from 0 to 3: four times the first and the second.
    pub like: u64,
    /// A common word that is no trigger, unless the lexicon has a frame for it.
    pub idle: bool,
}

/// The bit of what a word is like that marks it as idle.
const IDLE: u8 = 0x80;

/// The table of words (`train/events/word_classes.py` makes it, `idle_words.py`
/// marks the idle ones).
#[derive(Debug, Default)]
pub(crate) struct Words(&'static [[u8; SIZE]]);

impl Words {
    /// The table that the crate comes with.
    pub(crate) fn embedded() -> Words {
        let rows = BYTES.strip_prefix(MAGIC).map_or(&[][..], |rows| rows.as_chunks::<SIZE>().0);
        Words(rows)
    }

    /// What is known of a lower-case word.
    pub(crate) fn of(&self, text: &str) -> Word {
        let hash = word(text);
        let short = |row: &[u8; SIZE]| u32::from_le_bytes([row[0], row[1], row[2], row[3]]);
        let found = self.0.binary_search_by_key(&(hash as u32), short).ok();
        let Some(row) = found.and_then(|at| self.0.get(at)) else {
            return Word { hash, ..Word::default() };
        };
        Word {
            hash,
            rough: u64::from(row[4]) + 1,
            middle: u64::from(row[5]) + 1,
            close: u64::from(u16::from_le_bytes([row[6], row[7]])) + 1,
            like: u64::from(row[8] & !IDLE) + 1,
            idle: row[8] & IDLE != 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_words_are_whole_and_sorted() {
        let words = Words::embedded();
        assert!(words.0.len() > 20_000);
        assert_eq!(BYTES.len(), MAGIC.len() + words.0.len() * SIZE);
        assert!(
            words.0.is_sorted_by_key(|row| u32::from_le_bytes([row[0], row[1], row[2], row[3]]))
        );
    }

    #[test]
    fn words_that_are_no_triggers_are_marked() {
        let words = Words::embedded();
        assert!(["year", "country", "monday"].iter().all(|word| words.of(word).idle));
        assert!(["raid", "jail", "qqqzzz"].iter().all(|word| !words.of(word).idle));
    }

    #[test]
    fn words_of_like_meaning_share_a_class() {
        let words = Words::embedded();
        assert_eq!(words.of("rally").close, words.of("rallies").close);
        assert_ne!(words.of("rally").rough, words.of("parliament").rough);
        assert_eq!(words.of("qqqzzz"), Word { hash: word("qqqzzz"), ..Word::default() });
    }
}
