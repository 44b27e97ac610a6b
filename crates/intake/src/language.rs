//! English or not.
//!
//! A wrong "not English" loses an article, a wrong "English" costs a moment
//! and an odd account, so the test leans towards English: its function words
//! decide first, the trigrams of whatlang name the other language only when
//! those are missing and there is enough text to be sure.

use crate::iso639::tag;
use whatlang::{Detector, Info, Lang, Script};

/// The language of a text as a BCP 47 tag, `und` when there is too little to
/// tell. Several stretches are looked at, so that an English article that
/// begins with a foreign motto, or quotes at length, is English.
///
/// ```
/// use dateline_intake::language;
/// assert_eq!(language("THE MINISTER SAID THAT TALKS WOULD RESUME."), "en");
/// assert_eq!(language("La ministre a déclaré mardi que les pourparlers reprendraient lundi."), "fr");
/// assert_eq!(language("Goal!"), "und");
/// ```
pub fn language(text: &str) -> &'static str {
    let stretches: Vec<(&str, Words)> =
        stretches(text).into_iter().map(|stretch| (stretch, Words::of(stretch))).collect();
    let words = stretches.iter().fold(Words::default(), |sum, (_, words)| sum.add(*words));
    // In running English every fourth word is one of these, in other
    // languages next to none; lists and tables of English news lie between.
    if words.english > 0 && words.english * 12 >= words.all {
        return "en";
    }
    let verdicts: Vec<Info> = stretches
        .iter()
        .filter_map(|(stretch, words)| detector().detect(stretch).filter(|info| sure(info, words)))
        .collect();
    // The surest name is given when most stretches are sure to be foreign:
    // close relatives may share them out between them.
    let foreign = verdicts.iter().filter(|info| info.lang() != Lang::Eng);
    if foreign.clone().count() * 2 > stretches.len() {
        return foreign
            .max_by(|a, b| a.confidence().total_cmp(&b.confidence()))
            .map_or("und", |info| tag(info.lang()));
    }
    if verdicts.len() * 2 > stretches.len() { "en" } else { "und" }
}

/// Whether a verdict on a stretch stands. A script other than Latin is beyond
/// doubt; Latin letters need some words, hardly an English function word among
/// them, and for another language running text: lists of names look foreign.
fn sure(info: &Info, words: &Words) -> bool {
    if info.script() != Script::Latin {
        return words.letters >= 12;
    }
    if info.lang() == Lang::Eng {
        return words.all >= 12 && info.is_reliable();
    }
    // whatlang doubts between close relatives, which is no doubt that matters;
    // it is asked to be sure only of short texts.
    let running = words.lower * 2 > words.all || words.lower == 0;
    let enough = words.letters >= if info.is_reliable() { 50 } else { 120 };
    enough && words.all >= 8 && running && words.english * 50 <= words.all
}

/// Latin and Esperanto are not written in the news, but lists of names look
/// like them.
fn detector() -> Detector {
    Detector::with_denylist(vec![Lang::Lat, Lang::Epo])
}

/// Counts over a stretch of text.
#[derive(Debug, Default, Clone, Copy)]
struct Words {
    all: usize,
    /// Function words that no other language of the news has.
    english: usize,
    /// Words that begin with a small letter.
    lower: usize,
    letters: usize,
}

impl Words {
    fn of(stretch: &str) -> Self {
        let mut words = Self::default();
        for word in stretch.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
            words.all += 1;
            words.letters += word.chars().count();
            words.lower += usize::from(word.starts_with(char::is_lowercase));
            words.english += usize::from(is_english(word));
        }
        words
    }

    fn add(self, other: Self) -> Self {
        Self {
            all: self.all + other.all,
            english: self.english + other.english,
            lower: self.lower + other.lower,
            letters: self.letters + other.letters,
        }
    }
}

/// In alphabetical order. Words that are also common in other languages are
/// left out: `a`, `as`, `at`, `by`, `for`, `has`, `he`, `her`, `in`, `is`,
/// `on`, `to`, `was`, `we`, `will`.
const ENGLISH: &[&str] = &[
    "about", "after", "against", "and", "are", "because", "been", "before", "between", "but",
    "could", "from", "had", "have", "his", "how", "into", "its", "more", "most", "new", "not",
    "of", "or", "other", "our", "out", "over", "said", "says", "she", "should", "than", "that",
    "the", "their", "them", "there", "they", "this", "up", "were", "what", "when", "where",
    "which", "while", "who", "with", "would", "year", "years", "you", "your",
];

fn is_english(word: &str) -> bool {
    word.len() <= 7
        && word.is_ascii()
        && ENGLISH.binary_search(&word.to_ascii_lowercase().as_str()).is_ok()
}

/// Bytes of a stretch.
const STRETCH: usize = 800;

/// Up to five stretches, evenly spread over the text.
fn stretches(text: &str) -> Vec<&str> {
    const STRETCHES: usize = 5;
    let text = text.trim();
    if text.len() <= STRETCHES * STRETCH {
        return vec![text];
    }
    let step = (text.len() - STRETCH) / (STRETCHES - 1);
    (0..STRETCHES)
        .map(|at| {
            let start = text.ceil_char_boundary(at * step);
            let end = text.floor_char_boundary(start + STRETCH);
            text.get(start..end).unwrap_or("")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted() {
        assert!(ENGLISH.is_sorted());
    }

    #[test]
    fn english_in_any_case() {
        let text = "The foreign ministry said on Tuesday that talks would resume next week.";
        for text in [text.to_owned(), text.to_uppercase(), text.to_lowercase()] {
            assert_eq!(language(&text), "en", "{text}");
        }
    }

    #[test]
    fn names_other_languages() {
        for (tag, text) in [
            (
                "fr",
                "Le ministère des Affaires étrangères a déclaré mardi que les pourparlers reprendraient la semaine prochaine.",
            ),
            (
                "de",
                "Das Außenministerium erklärte am Dienstag, dass die Gespräche in der nächsten Woche fortgesetzt würden.",
            ),
            (
                "es",
                "El Ministerio de Exteriores dijo el martes que las conversaciones se reanudarán la próxima semana.",
            ),
            (
                "pl",
                "Ministerstwo Spraw Zagranicznych poinformowało we wtorek, że rozmowy zostaną wznowione w przyszłym tygodniu.",
            ),
            (
                "id",
                "Kementerian Luar Negeri mengatakan pada hari Selasa bahwa perundingan akan dilanjutkan minggu depan.",
            ),
            (
                "nb",
                "Utenriksdepartementet sa tirsdag at samtalene vil bli gjenopptatt neste uke, og at ministeren skal delta.",
            ),
            ("ru", "Министерство иностранных дел заявило во вторник, что переговоры возобновятся."),
            (
                "uk",
                "Міністерство закордонних справ повідомило у вівторок, що переговори відновляться.",
            ),
            ("el", "Το υπουργείο Εξωτερικών δήλωσε την Τρίτη ότι οι συνομιλίες θα επαναληφθούν."),
            ("ar", "قالت وزارة الخارجية يوم الثلاثاء إن المحادثات ستستأنف الأسبوع المقبل."),
            ("zh", "外交部周二表示，会谈将于下周恢复。双方同意继续对话。"),
        ] {
            assert_eq!(language(text), tag, "{text}");
        }
    }

    #[test]
    fn too_little_is_undetermined() {
        for text in
            ["", "   ", "42", "Angela Merkel, Berlin", "Manchester 3, Chelsea 1", "\u{1F600}"]
        {
            assert_eq!(language(text), "und", "{text}");
        }
    }

    #[test]
    fn a_long_foreign_quotation_leaves_english_english() {
        let quoted = "« Nous voulons que les troupes quittent le pays avant la fin de l'année », a-t-il dit. ";
        let english =
            "The minister said that the troops would leave the country by the end of the year. ";
        let text = format!("{}{}", quoted.repeat(12), english.repeat(40));
        assert_eq!(language(&text), "en");
        let text = format!("{}{}", english.repeat(2), quoted.repeat(100));
        assert_eq!(language(&text), "fr");
    }
}
