//! People across articles: who is one, and who is not.

use dateline_account::*;
use dateline_store::ask::Question;
use dateline_store::{OnClash, Store};

/// An article that names one person.
fn names(id: &str, name: &str, role: Option<&str>, country: Option<&str>) -> Account {
    let text = format!("{name} spoke on Monday of {id}{id}.");
    let mut account = Account::empty(&Article::new(id, text.as_str()), "en");
    let length = name.chars().count() as u32;
    account.sentences = vec![Span::new(0, text.chars().count() as u32)];
    account.entities = vec![Entity {
        id: 0,
        name: name.to_owned(),
        kind: EntityKind::Person,
        mentions: vec![Mention { span: Span::new(0, length), form: MentionForm::Name }],
        roles: role.iter().map(|role| (*role).to_owned()).collect(),
        actor: country.map(|country| Actor {
            country: Some(country.to_owned()),
            sectors: vec!["GOV".to_owned()],
            code: format!("{country}GOV"),
        }),
        place: None,
        explain: Vec::new(),
    }];
    account
}

/// How many people a store makes of these articles.
fn people(accounts: &[Account]) -> Vec<(String, i64)> {
    let mut store = Store::create(":memory:").unwrap();
    store.add(accounts, OnClash::Keep).unwrap();
    store.join(|_| ()).unwrap();
    assert_eq!(store.unjoined().unwrap(), 0);
    assert_eq!(store.check().unwrap().problems, Vec::<String>::new());
    let question = Question { limit: 100, ..Question::default() };
    let rows = store.people(&question, false).unwrap();
    rows.into_iter().map(|row| (row.name, row.articles)).collect()
}

#[test]
fn one_name_is_one_person_with_and_without_titles_and_initials() {
    let one = [
        names("a", "Ana Lind", None, None),
        names("b", "Ana M. Lind", Some("foreign minister"), Some("NOR")),
        names("c", "Dr. Ana Lind", Some("minister"), Some("NOR")),
    ];
    assert_eq!(people(&one), [("Ana Lind".to_owned(), 3)]);
}

#[test]
fn a_surname_alone_is_nobody_elses() {
    let two = [names("a", "Ana Lind", None, None), names("b", "Lind", None, None)];
    assert_eq!(people(&two).len(), 2);
    let sisters =
        [names("a", "Ana Lind", None, Some("NOR")), names("b", "Eva Lind", None, Some("NOR"))];
    assert_eq!(people(&sisters).len(), 2);
    let told_by_role = [
        names("a", "Ana Lind", Some("foreign minister"), Some("NOR")),
        names("b", "Lind", Some("Norwegian foreign minister"), Some("NOR")),
    ];
    assert_eq!(people(&told_by_role).len(), 1);
}

#[test]
fn people_of_two_countries_or_callings_stay_apart() {
    let countries = [
        names("a", "Ana Lind", Some("minister"), Some("NOR")),
        names("b", "Ana Lind", Some("minister"), Some("SWE")),
    ];
    assert_eq!(people(&countries).len(), 2);
    let callings = [
        names("a", "Ana Lind", Some("foreign minister"), None),
        names("b", "Ana Lind", Some("swimming coach"), None),
    ];
    assert_eq!(people(&callings).len(), 2);
}

#[test]
fn people_go_with_their_last_article_and_come_back_the_same() {
    let mut store = Store::create(":memory:").unwrap();
    let all = [names("a", "Ana Lind", None, None), names("b", "Ana Lind", None, Some("NOR"))];
    store.add(&all, OnClash::Keep).unwrap();
    store.join(|_| ()).unwrap();
    let count = |store: &Store| {
        let question = Question { about: Some("lind".to_owned()), limit: 9, ..Question::default() };
        store.people(&question, false).unwrap().iter().map(|row| row.articles).sum::<i64>()
    };
    assert_eq!(count(&store), 2);
    store.remove("a").unwrap();
    assert_eq!(count(&store), 1);
    store.remove("b").unwrap();
    assert_eq!((count(&store), store.check().unwrap().problems), (0, vec![]));
    store.add(&all, OnClash::Keep).unwrap();
    store.join(|_| ()).unwrap();
    assert_eq!(count(&store), 2);
}

#[test]
fn sql_changes_nothing() {
    let mut store = Store::create(":memory:").unwrap();
    store.add(&[names("a", "Ana Lind", None, None)], OnClash::Keep).unwrap();
    let table = store.sql("SELECT key, words FROM articles").unwrap();
    assert_eq!(table.columns, ["key", "words"]);
    assert_eq!(table.rows, [[serde_json::json!("a"), serde_json::json!(7)]]);
    for wrong in ["DELETE FROM articles", "SELECT nothing FROM nowhere", "SELECT 1; SELECT 2", ""] {
        assert!(store.sql(wrong).is_err(), "{wrong}");
    }
    assert_eq!(store.articles().unwrap(), 1);
}
