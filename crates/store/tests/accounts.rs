//! Accounts go in and come out as they were; what is taken out leaves nothing.

use dateline_account::*;
use dateline_store::{Known, OnClash, Store, StoreError};
use std::path::PathBuf;

/// An account with a row of every kind, written by hand.
fn account(id: &str) -> Account {
    let text = "“We leave,” said Zoë Aubin of Valmy.\n\nHer troops left Oster on Monday.";
    let article = Article {
        id: id.to_owned(),
        text: text.to_owned(),
        title: Some("Troops leave".to_owned()),
        outlet: Some("Example Wire".to_owned()),
        url: None,
        byline: vec!["A. Writer".to_owned()],
        published: Some("2024-05-08".to_owned()),
    };
    let mut account = Account::empty(&article, "en");
    let index = TextIndex::new(text);
    let at = |words: &str| {
        let byte = text.find(words).expect("words of the text");
        Span::new(index.code_point(byte), index.code_point(byte + words.len()))
    };
    account.sentences =
        vec![at("“We leave,” said Zoë Aubin of Valmy."), at("Her troops left Oster on Monday.")];
    account.paragraphs = account.sentences.clone();
    account.notes = vec!["decoded as windows-1252".to_owned()];
    let entity = |id, name: &str, kind, mentions: &[(&str, MentionForm)]| Entity {
        id,
        name: name.to_owned(),
        kind,
        mentions: mentions.iter().map(|(w, form)| Mention { span: at(w), form: *form }).collect(),
        roles: vec!["minister".to_owned()],
        actor: Some(Actor {
            country: Some("FRA".to_owned()),
            sectors: vec!["GOV".to_owned()],
            code: "FRAGOV".to_owned(),
        }),
        place: None,
        explain: Vec::new(),
    };
    account.entities = vec![
        entity(
            0,
            "Zoë Aubin",
            EntityKind::Person,
            &[("Zoë Aubin", MentionForm::Name), ("Her", MentionForm::Pronoun)],
        ),
        entity(1, "troops", EntityKind::Group, &[("Her troops", MentionForm::Nominal)]),
    ];
    account.places = vec![Place {
        span: at("Oster"),
        form: PlaceForm::Name,
        name: "Oster".to_owned(),
        geonames: Some(7),
        lat: Some(50.95),
        lon: Some(30.87),
        country: Some("UKR".to_owned()),
        feature: Some("P.PPL".to_owned()),
    }];
    account.times = vec![Time {
        span: at("Monday"),
        kind: TimeType::Date,
        value: "2024-05-06".to_owned(),
        modifier: None,
    }];
    account.claims = vec![Claim {
        id: 0,
        source: vec![at("Zoë Aubin of Valmy")],
        speaker: Some(0),
        cue: vec![at("said")],
        content: vec![at("“We leave,”")],
        form: Form::Direct,
        stance: "assert".to_owned(),
        addressee: None,
        via: None,
        channel: Some(Channel::Interview),
        said: None,
        place: Some(0),
        within: None,
        confidence: 0.9,
        unclosed: false,
        explain: Vec::new(),
    }];
    account.events = vec![Event {
        id: 0,
        kind: EventType::Retreat,
        mode: Some("withdraw".to_owned()),
        contexts: vec!["military".to_owned()],
        actor: vec![1, 0],
        recipient: vec![],
        trigger: vec![at("left")],
        sentence: 1,
        date: Some("2024-05-06".to_owned()),
        time: Some(0),
        place: Some(0),
        polarity: Polarity::Positive,
        modality: Modality::Actual,
        claim: Some(0),
        confidence: 0.8,
        quad: None,
        intensity: None,
        cameo: None,
        explain: Vec::new(),
    }];
    account.check().expect("a sound account");
    account
}

/// A fresh file for a test's store.
fn file(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    folder.join("news.db")
}

fn count(store: &rusqlite::Connection, table: &str) -> i64 {
    store.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
}

#[test]
fn an_account_comes_out_as_it_went_in() {
    let mut store = Store::create(file("round-trip")).unwrap();
    let first = account("a");
    let empty = Account::empty(&Article::new("b", ""), "und");
    store.add(&[first.clone(), empty.clone()], OnClash::Keep).unwrap();
    assert_eq!(store.account("a").unwrap(), Some(first));
    assert_eq!(store.account("b").unwrap(), Some(empty));
    assert_eq!(store.account("c").unwrap(), None);
    let checked = store.check().unwrap();
    assert_eq!((checked.articles, checked.problems), (2, vec![]));
}

#[test]
fn an_article_is_added_once_and_another_of_its_id_is_told() {
    let mut store = Store::create(file("twice")).unwrap();
    let other = Account { title: Some("Another".to_owned()), ..account("a") };
    let all = [account("a"), account("b"), account("a"), other.clone()];
    let known = [Known::New, Known::New, Known::Same, Known::Other];
    assert_eq!(store.add(&all, OnClash::Keep).unwrap(), known);
    assert_eq!(store.articles().unwrap(), 2);
    let title = |store: &Store| store.account("a").unwrap().unwrap().title.unwrap();
    assert_eq!(title(&store), "Troops leave");
    assert_eq!(store.add(&[other], OnClash::Replace).unwrap(), [Known::Other]);
    assert_eq!((title(&store).as_str(), store.articles().unwrap()), ("Another", 2));
}

#[test]
fn a_batch_with_an_unsound_account_is_not_added() {
    let mut store = Store::create(file("unsound")).unwrap();
    let mut broken = account("b");
    broken.claims[0].speaker = Some(9);
    let error = store.add(&[account("a"), broken], OnClash::Keep).unwrap_err();
    assert!(error.to_string().contains("account 'b': claim 0"), "{error}");
    assert_eq!(store.articles().unwrap(), 0);
}

#[test]
fn what_is_taken_out_leaves_nothing_and_can_come_back() {
    let path = file("remove");
    let mut store = Store::create(&path).unwrap();
    store.add(&[account("a"), account("b")], OnClash::Keep).unwrap();
    assert!(store.remove("a").unwrap());
    assert!(!store.remove("a").unwrap());
    assert_eq!(store.check().unwrap().problems, Vec::<String>::new());
    store.add(&[account("a")], OnClash::Keep).unwrap();
    assert_eq!(store.account("a").unwrap(), Some(account("a")));
    assert!(store.remove("a").unwrap() && store.remove("b").unwrap());
    let tables = [
        "articles",
        "sentences",
        "places",
        "toponyms",
        "times",
        "entities",
        "claims",
        "events",
        "parties",
        "article_words_docsize",
    ];
    let db = rusqlite::Connection::open(&path).unwrap();
    for table in tables {
        assert_eq!(count(&db, table), 0, "{table}");
    }
}

#[test]
fn one_batch_may_replace_what_it_adds() {
    let mut store = Store::create(file("twice")).unwrap();
    let titled = |title: &str| Account { title: Some(title.to_owned()), ..account("a") };
    let batch = [account("b"), titled("First"), titled("Second"), account("c")];
    store.add(&batch, OnClash::Replace).unwrap();
    store.join(|_| ()).unwrap();
    assert_eq!(store.account("a").unwrap(), Some(titled("Second")));
    assert_eq!(store.check().unwrap().problems, Vec::<String>::new());
    let indexed = "SELECT count(*) FROM article_words WHERE article_words MATCH ";
    for (query, found) in [("first", 0), ("second", 1), ("troops", 3)] {
        let table = store.sql(&format!("{indexed} '{query}'")).unwrap();
        assert_eq!(table.rows, [[found]], "{query}");
    }
}

#[test]
fn a_check_finds_what_was_tampered_with() {
    for (damage, told) in [
        ("UPDATE articles SET text = 'Talks.'", "does not quote the text"),
        ("DELETE FROM places", "a row of toponyms points at a row of places"),
        ("DELETE FROM entities", "a row of claims points at a row of entities"),
        ("DELETE FROM article_words_docsize", "the full text is of 0 articles, not of 2"),
        ("INSERT INTO places (name) VALUES ('Nowhere')", "no article names the place Nowhere"),
        ("UPDATE actors SET articles = 9", "miscounted of the actor Zoë Aubin"),
    ] {
        let path = file("damage");
        Store::create(&path).unwrap().add(&[account("a"), account("b")], OnClash::Keep).unwrap();
        let db = rusqlite::Connection::open(&path).unwrap();
        db.execute_batch(&format!("PRAGMA foreign_keys = OFF; {damage}")).unwrap();
        let problems = Store::open(&path).unwrap().check().unwrap().problems;
        assert!(problems.iter().any(|p| p.contains(told)), "{damage}: {problems:?}");
    }
}

#[test]
fn what_is_no_store_is_refused() {
    let path = file("refused");
    assert!(matches!(Store::open(&path), Err(StoreError::Missing(_))));
    std::fs::write(&path, "The minister met reporters on Monday, and more.").unwrap();
    assert!(matches!(Store::open(&path), Err(StoreError::NotAStore(_))));
    assert!(matches!(Store::create(&path), Err(StoreError::NotAStore(_))));
    std::fs::remove_file(&path).unwrap();
    let db = rusqlite::Connection::open(&path).unwrap();
    db.execute_batch("CREATE TABLE songs (title)").unwrap();
    assert!(matches!(Store::create(&path), Err(StoreError::NotAStore(_))));
    std::fs::remove_file(&path).unwrap();
    drop(Store::create(&path).unwrap());
    let db = rusqlite::Connection::open(&path).unwrap();
    db.pragma_update(None, "user_version", 99).unwrap();
    drop(db);
    for error in [Store::open(&path).unwrap_err(), Store::create(&path).unwrap_err()] {
        assert!(matches!(error, StoreError::Newer { found: 99, .. }), "{error}");
    }
}

#[test]
fn readers_see_the_store_as_it_was_while_somebody_writes() {
    let path = file("readers");
    let mut store = Store::create(&path).unwrap();
    store.add(&[account("a")], OnClash::Keep).unwrap();
    let mut writer = rusqlite::Connection::open(&path).unwrap();
    let t = writer.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).unwrap();
    t.execute("UPDATE articles SET title = 'Other'", []).unwrap();
    let reader = Store::open(&path).unwrap();
    assert_eq!(reader.account("a").unwrap().unwrap().title.as_deref(), Some("Troops leave"));
    assert!(reader.check().unwrap().problems.is_empty());
}
