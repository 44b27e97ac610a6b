//! Entities of articles that are hardly ones: names in other scripts, texts in
//! one case, a word, a name and nothing else.

use dateline::{Account, Article, EntityKind, Reader, TextIndex};
use std::sync::LazyLock;

static READER: LazyLock<Reader> = LazyLock::new(|| Reader::new().expect("the built-in files"));

/// An account that holds its contract, each mention a slice of the text that
/// neither begins nor ends with white space.
fn read(text: &str) -> Account {
    let account = READER.read(&Article::new("a", text).published("2018-12-20")).unwrap();
    account.check().unwrap_or_else(|breach| panic!("{breach} in {text:?}"));
    let index = TextIndex::new(text);
    for mention in account.entities.iter().flat_map(|e| &e.mentions) {
        let words = index.slice(text, mention.span);
        assert_eq!(words.chars().count(), mention.span.len() as usize, "in {text:?}");
        assert_eq!(words.trim(), words, "in {text:?}");
    }
    assert!(account.entities.iter().all(|e| !e.name.is_empty()), "in {text:?}");
    account
}

fn speakers(account: &Account) -> Vec<&str> {
    let speakers = account.claims.iter().filter_map(|claim| claim.speaker);
    speakers.map(|id| account.entities[id as usize].name.as_str()).collect()
}

#[test]
fn names_in_other_scripts_speak() {
    for name in ["Иван Петров", "محمد الأحمد", "王小明", "Γιώργος Παπαδάκης", "יוסף כהן"]
    {
        let text = format!(
            "“The road is open again,” said {name}, a driver from the village.\n\n{name} said he had waited for two days."
        );
        let account = read(&text);
        let speakers = speakers(&account);
        assert!(speakers.iter().any(|s| s.contains(name)), "{name}: {speakers:?}");
    }
}

#[test]
fn scripts_may_change_inside_a_name() {
    read(
        "The minister Иван Smith-محمد 王 met Ана O’Петров’s aide in القاهرة, 北京 said. 他说:“We agree.”",
    );
    read("Ivan\u{200f} Petrov\u{301} said ’s 王’s aide’s left. Петров");
}

#[test]
fn wires_in_capitals_and_posts_in_small_letters_have_speakers() {
    let text = "MAYOR ANNA LUND SAID ON MONDAY THAT THE BRIDGE WAS SAFE.\n\nLUND SAID SHE HAD SEEN THE REPORT.";
    for text in [text.to_owned(), text.to_lowercase()] {
        let account = read(&text);
        let speakers = speakers(&account);
        assert!(
            speakers.iter().filter(|s| s.to_lowercase().contains("lund")).count() >= 2,
            "{speakers:?}"
        );
    }
}

#[test]
fn articles_of_one_word_have_an_entity_or_none() {
    for word in [
        "Putin",
        "he",
        "IT",
        "I",
        "we",
        "“",
        "'s",
        "-",
        "president",
        "President",
        "The",
        "(",
        "SPD",
        "Иван",
        "王",
        "a",
    ] {
        for end in ["", ".", "\n"] {
            let account = read(&format!("{word}{end}"));
            assert!(account.entities.len() <= 1, "{word}: {:?}", account.entities);
        }
    }
    let putin = read("Putin");
    assert!(putin.entities.iter().all(|e| e.kind == EntityKind::Person));
}

#[test]
fn an_article_of_one_name_has_one_entity() {
    for parted in [" ", "\n\n", ", ", ". "] {
        let text = vec!["Vladimir Putin"; 300].join(parted);
        let account = read(&text);
        let named = account.entities.iter().filter(|e| e.name == "Vladimir Putin");
        assert_eq!(named.count(), 1, "parted by {parted:?}: {:?}", account.entities);
    }
}

#[test]
fn names_nest_and_brackets_stay_open() {
    read("(((((AFC) (AFC (AFC)))) The Arctic Fisheries Commission (AFC (AFCO) ) ( said (");
    read("Ana Ruiz, born born née Ana née, alias alias Ruiz, (born Ana (née Ruiz");
    read(&"a man named a woman called a boy named ".repeat(200));
    read(&"his father's wife's brother's ".repeat(500));
    read(&"the minister of the ministry of the state of ".repeat(300));
}
