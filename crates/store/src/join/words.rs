//! Words, how rare they are, and how alike two texts are by them.

use super::kept::Quick;
use super::lists::Lists;
use rusqlite::{Connection, OptionalExtension};
use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// A text without capitals and accents.
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            folded.push(c.to_ascii_lowercase());
        } else {
            decompose_canonical(c, |part| {
                if !is_combining_mark(part) {
                    folded.extend(part.to_lowercase());
                }
            });
        }
    }
    folded
}

/// The words and numbers of a folded text, as the full-text index has them.
pub(crate) fn tokens(folded: &str) -> impl Iterator<Item = &str> {
    let words = folded.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| word.len() > 1 || word.starts_with(|c: char| c.is_ascii_digit()))
}

/// A word without its commonest endings.
fn stem(word: &str) -> &str {
    let long = |rest: &&str| rest.chars().count() >= 4;
    let ending = ["ing", "ed", "es", "s"].iter().find_map(|e| word.strip_suffix(e).filter(long));
    ending.unwrap_or(word)
}

/// A number for a text that is the same everywhere (FNV-1a).
pub(crate) fn number(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    })
}

/// Words in more than this part of the articles tell nothing.
const COMMON: f64 = 0.3;
/// In a small store even common words stand in few articles.
const FEW: f64 = 20.0;
/// The rarest words do not decide alone: rarity counts to this power.
const DAMPING: f64 = 0.75;
/// A word leads to no more articles than this, the first ones.
pub(crate) const POSTINGS: usize = 400;
/// Lists of articles are kept as long as there is room: so many bytes in all.
const LISTED: usize = 16 << 20;
/// Words whose rarity is kept at hand.
const KEPT: usize = 200_000;
/// When at least this part of the articles is new, all words are looked up at
/// once.
const MANY: f64 = 0.1;
/// Stems are known by so many bits of their numbers. Two that fall together
/// count as one, which with a hundred stems a text is seldom.
const SLOT_BITS: u32 = 20;
/// Bits of a stem's weight.
const WEIGHT_BITS: u32 = 32 - SLOT_BITS;
const WEIGHT: u32 = (1 << WEIGHT_BITS) - 1;

/// What is known of a word.
#[derive(Clone, Copy)]
pub(crate) struct Word {
    slot: u32,
    /// In how many articles it stands.
    pub found: u32,
    /// 0 for one that is too common to tell anything.
    pub rarity: f32,
    weight: f32,
    /// Where the list of these articles begins; nothing where it is not kept.
    listed: Option<NonZeroU32>,
}

/// Words by their numbers.
type Known = Quick<u64, Word>;

/// What is known of the words of a store. It stays as it is while articles are
/// joined, for none are added meanwhile.
pub(crate) struct Vocabulary {
    articles: f64,
    known: Known,
    /// Words that were looked up one by one.
    asked: Mutex<Known>,
    /// Whether a word that is not known stands in one article.
    whole: bool,
    /// Articles of rare words.
    lists: Lists,
}

/// Weighted stems of a text, sorted, a number each: its slot, and its weight in
/// the lower bits. The weights are of length one.
pub(crate) type Vector = Box<[u32]>;

impl Vocabulary {
    /// The words of a store of so many articles, of which some are new.
    pub fn new(db: &Connection, articles: u64, new: u64) -> rusqlite::Result<Self> {
        let articles = articles as f64;
        let (known, asked) = (Known::default(), Mutex::default());
        let mut vocabulary = Self { articles, known, asked, whole: false, lists: Lists::default() };
        if new as f64 >= MANY * articles {
            vocabulary.look_all_up(db)?;
        }
        Ok(vocabulary)
    }

    /// Goes once through the full-text index, which is sooner done than to ask
    /// it for each word.
    fn look_all_up(&mut self, db: &Connection) -> rusqlite::Result<()> {
        db.execute_batch(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.article_instances
             USING fts5vocab (main, article_words, instance)",
        )?;
        let mut all = db.prepare("SELECT term, doc FROM temp.article_instances")?;
        let mut rows = all.query([])?;
        let mut known = Known::default();
        let (mut word, mut articles): (String, Vec<u32>) = Default::default();
        let mut end = |word: &str, articles: &[u32]| {
            if articles.len() > 1 {
                let mut of = self.weighed(word, articles.len() as u32);
                let first = &articles[..articles.len().min(POSTINGS)];
                if of.rarity > 0.0 && self.lists.bytes() < LISTED {
                    of.listed = self.lists.add(first);
                }
                known.insert(number(word), of);
            }
            known.len() < KEPT
        };
        let mut whole = true;
        while let Some(row) = rows.next()?
            && whole
        {
            let (term, article) = (row.get_ref(0)?.as_str()?, row.get(1)?);
            if term != word {
                whole = end(&word, &articles);
                articles.clear();
                term.clone_into(&mut word);
            }
            if articles.last() != Some(&article) {
                articles.push(article);
            }
        }
        self.whole = whole && end(&word, &articles);
        self.known = known;
        Ok(())
    }

    fn weighed(&self, word: &str, found: u32) -> Word {
        let count = f64::from(found);
        let common = count > COMMON * self.articles && count > FEW;
        let rarity =
            if common { 0.0 } else { ((self.articles + 1.0) / (count + 0.5)).ln().max(0.0) };
        let slot = number(stem(word));
        Word {
            slot: ((slot ^ (slot >> 32)) as u32) >> WEIGHT_BITS,
            found,
            rarity: rarity as f32,
            weight: rarity.powf(DAMPING) as f32,
            listed: None,
        }
    }

    /// The articles in which a word stands, if they are at hand.
    pub fn articles(&self, word: Word) -> Option<impl Iterator<Item = u32>> {
        Some(self.lists.numbers(word.listed?).take((word.found as usize).min(POSTINGS)))
    }

    /// What is known of a word.
    pub fn word(&self, db: &Connection, word: &str) -> rusqlite::Result<Word> {
        let key = number(word);
        if let Some(known) = self.known.get(&key) {
            return Ok(*known);
        }
        if self.whole {
            return Ok(self.weighed(word, 1));
        }
        let asked = || self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = asked().get(&key) {
            return Ok(*known);
        }
        let found: Option<u32> = db
            .prepare_cached("SELECT doc FROM article_vocabulary WHERE term = ?1")?
            .query_row([word], |row| row.get(0))
            .optional()?;
        let weighed = self.weighed(word, found.unwrap_or(1));
        let mut asked = asked();
        if asked.len() >= KEPT {
            asked.clear();
        }
        asked.insert(key, weighed);
        Ok(weighed)
    }

    /// The words of a folded text by stem and rarity.
    pub fn vector(&self, db: &Connection, folded: &str) -> rusqlite::Result<Vector> {
        let words = tokens(folded).map(|word| self.word(db, word));
        Ok(vector(words.collect::<Result<Vec<_>, _>>()?))
    }
}

/// Words by stem and rarity.
pub(crate) fn vector(words: impl IntoIterator<Item = Word>) -> Vector {
    let telling = words.into_iter().filter(|word| word.rarity > 0.0);
    let mut stems: Vec<(u32, f32)> = telling.map(|word| (word.slot, word.weight)).collect();
    stems.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let weights = stems.chunk_by(|a, b| a.0 == b.0).map(|same| {
        // The rarest form of a stem counts.
        let (slot, weight) = same[same.len() - 1];
        (slot, (1.0 + (same.len() as f64).ln()) * f64::from(weight))
    });
    let weights: Vec<(u32, f64)> = weights.collect();
    let length = weights.iter().map(|(_, w)| w * w).sum::<f64>().sqrt();
    let packed = |(slot, w): &(u32, f64)| {
        slot << WEIGHT_BITS | (w / length * f64::from(WEIGHT)).round() as u32
    };
    weights.iter().map(packed).collect()
}

/// The cosine of products of whole weights.
pub(crate) fn cosine(products: u32) -> f64 {
    f64::from(products) / (f64::from(WEIGHT) * f64::from(WEIGHT))
}

/// The stem and the weight in a number of a [`Vector`]; both fit in so many bits.
pub(crate) fn parted(stem: u32) -> (u32, u32) {
    (stem >> WEIGHT_BITS, stem & WEIGHT)
}

/// What [`parted`] parts.
pub(crate) fn paired(stem: u32, weight: u32) -> u32 {
    stem << WEIGHT_BITS | weight & WEIGHT
}

/// The cosine of two vectors.
pub(crate) fn likeness(a: &[u32], b: &[u32]) -> f64 {
    let (mut i, mut j, mut sum) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match (x >> WEIGHT_BITS).cmp(&(y >> WEIGHT_BITS)) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += (x & WEIGHT) * (y & WEIGHT);
                i += 1;
                j += 1;
            }
        }
    }
    cosine(sum)
}

/// A vector spread out in a table, to be held against many others.
#[derive(Default)]
pub(crate) struct Spread {
    /// Stems where the lower bits of their slots say, or after that; 0 where
    /// there is none. Its length is a power of two.
    table: Vec<u32>,
}

impl Spread {
    /// Places of the table for a stem: the more, the sooner one that is not
    /// there is found not to be.
    const ROOM: usize = 8;

    /// Takes a vector instead of the one before.
    pub fn take(&mut self, vector: &[u32]) {
        self.table.clear();
        self.table.resize((vector.len().max(1) * Self::ROOM).next_power_of_two(), 0);
        for stem in vector {
            let mut at = self.place(*stem);
            while self.table[at] != 0 {
                at = (at + 1) & (self.table.len() - 1);
            }
            self.table[at] = *stem;
        }
    }

    fn place(&self, stem: u32) -> usize {
        (stem >> WEIGHT_BITS) as usize & (self.table.len() - 1)
    }

    /// The weight of the stem in a number, 0 where the vector has it not.
    pub fn weight(&self, stem: u32) -> u32 {
        let mut at = self.place(stem);
        while self.table[at] != 0 {
            if self.table[at] >> WEIGHT_BITS == stem >> WEIGHT_BITS {
                return self.table[at] & WEIGHT;
            }
            at = (at + 1) & (self.table.len() - 1);
        }
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn words_are_folded_and_stemmed() {
        let folded = fold("Zoë’s 5 Troops, a convoy");
        assert_eq!(tokens(&folded).collect::<Vec<_>>(), ["zoe", "5", "troops", "convoy"]);
        let whole = |text: &str| -> String {
            text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
        };
        for c in '\0'..=char::MAX {
            let text = format!("A{c}\u{301}\u{323}b");
            assert_eq!(fold(&text), whole(&text), "{c:?}");
        }
        for (word, expected) in
            [("troops", "troop"), ("bombing", "bomb"), ("bus", "bus"), ("ended", "ended")]
        {
            assert_eq!(stem(word), expected);
        }
    }

    #[test]
    fn likeness_is_of_what_is_shared() {
        let word = |slot, weight| Word { slot, found: 2, rarity: 1.0, weight, listed: None };
        let a = vector([word(1, 0.6), word(5, 0.8)]);
        let mut spread = Spread::default();
        for (other, expected) in [
            (a.clone(), 1.0),
            (vector([word(2, 1.0)]), 0.0),
            (vector([word(5, 3.0)]), 0.8),
            (vector([]), 0.0),
            (vector([Word { rarity: 0.0, ..word(1, 1.0) }]), 0.0),
        ] {
            spread.take(&a);
            spread.take(&other);
            assert!((likeness(&a, &other) - expected).abs() < 1e-4);
            let products = a.iter().map(|stem| parted(*stem).1 * spread.weight(*stem));
            assert_eq!(likeness(&a, &other), cosine(products.sum()));
        }
    }
}
