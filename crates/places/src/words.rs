//! Words around place names: `toponym-words.tsv`.

use dateline_lexicon::{Keys, Lexicons, Map, Problems};

/// What a word beside or inside a capitalised name tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    Area,
    Site,
    Street,
    Group,
    Media,
    Title,
    Side,
    Common,
    Person,
    Calendar,
    Language,
}

const USES: [(&str, Use); 11] = [
    ("area", Use::Area),
    ("site", Use::Site),
    ("street", Use::Street),
    ("group", Use::Group),
    ("media", Use::Media),
    ("title", Use::Title),
    ("side", Use::Side),
    ("common", Use::Common),
    ("person", Use::Person),
    ("calendar", Use::Calendar),
    ("language", Use::Language),
];

/// The words of the lexicon with their uses.
#[derive(Debug)]
pub(crate) struct Words {
    /// Bit set of uses, and the feature.
    words: Map<(u16, String)>,
}

impl Words {
    pub(crate) fn load(lexicons: &Lexicons, problems: &mut Problems) -> Self {
        let mut words: Map<(u16, String)> = Map::default();
        let mut keys = Keys::default();
        let columns = ["word", "use", "feature"];
        for row in lexicons.table("toponym-words.tsv", &columns, problems).rows() {
            let name = row.get("use");
            let Some((_, kind)) = USES.iter().find(|(code, _)| *code == name) else {
                let known: Vec<&str> = USES.iter().map(|(code, _)| *code).collect();
                let reason = format!("'{name}' is no use; they are {}", known.join(", "));
                problems.error(row.error(reason));
                continue;
            };
            if row.get("word").is_empty() {
                problems.error(row.error("'word' is empty"));
                continue;
            }
            let word = row.get("word").to_lowercase();
            problems.once(&mut keys, &[&word, name], &row, "both say the same of the word");
            let entry = words.entry(word).or_default();
            entry.0 |= 1 << *kind as u16;
            if !row.get("feature").is_empty() {
                entry.1 = row.get("feature").to_owned();
            }
        }
        Self { words }
    }

    /// Whether a lower-case word has a use.
    pub(crate) fn has(&self, word: &str, kind: Use) -> bool {
        self.words.get(word).is_some_and(|(uses, _)| uses & (1 << kind as u16) != 0)
    }

    /// Whether the word tells that a capitalised name beside it is no person's.
    pub(crate) fn is_known(&self, word: &str) -> bool {
        let telling = [
            Use::Area,
            Use::Site,
            Use::Street,
            Use::Group,
            Use::Media,
            Use::Side,
            Use::Calendar,
            Use::Language,
        ];
        telling.iter().any(|kind| self.has(word, *kind))
    }

    /// The feature of an area, site or street word.
    pub(crate) fn feature(&self, word: &str) -> Option<&str> {
        self.words.get(word).map(|(_, feature)| feature.as_str()).filter(|f| !f.is_empty())
    }
}
