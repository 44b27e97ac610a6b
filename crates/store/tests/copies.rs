//! Reprints: what is linked, and that it counts once.

use dateline_account::*;
use dateline_store::ask::Question;
use dateline_store::{OnClash, Store};

/// Numbers that look like chance and are the same each time.
struct Chance(u64);

impl Chance {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        ((self.0 >> 33) % below as u64) as usize
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.next(words.len())]
    }
}

/// An article of some paragraphs, with the sentences that news is made of.
fn article(chance: &mut Chance) -> Vec<String> {
    let towns =
        ["Oster", "Valmy", "Kelso", "Lund", "Brno", "Gori", "Tuzla", "Vigo", "Cork", "Nara"];
    let who = ["minister", "mayor", "general", "farmer", "judge", "doctor", "teacher", "captain"];
    let did = ["visited", "closed", "rebuilt", "left", "praised", "inspected", "opened", "sold"];
    let what = ["bridge", "harbour", "school", "hospital", "airport", "market", "mill", "border"];
    let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let why = ["a storm", "the vote", "long talks", "a strike", "heavy rain", "the fair", "a fire"];
    (0..7 + chance.next(5))
        .map(|_| {
            let sentence = |chance: &mut Chance| {
                format!(
                    "The {} of {} {} the {} near {} on {} after {}, {} people said.",
                    chance.pick(&who),
                    chance.pick(&towns),
                    chance.pick(&did),
                    chance.pick(&what),
                    chance.pick(&towns),
                    chance.pick(&days),
                    chance.pick(&why),
                    chance.next(900)
                )
            };
            (0..2 + chance.next(3)).map(|_| sentence(chance)).collect::<Vec<_>>().join(" ")
        })
        .collect()
}

/// What another outlet prints of it: its own headline, one word in ten changed,
/// left out or put in, the last paragraphs cut.
fn reprint(chance: &mut Chance, paragraphs: &[String]) -> Vec<String> {
    let kept = paragraphs.len() - chance.next(paragraphs.len() / 3 + 1);
    let mut copy = vec![format!("What happened in week {}", chance.next(1000))];
    for paragraph in &paragraphs[..kept] {
        let mut words = Vec::new();
        for word in paragraph.split(' ') {
            match chance.next(30) {
                0 => {}
                1 => words.push(chance.pick(&["late", "local", "senior", "new", "former"])),
                2 => words.extend([word, "reportedly"]),
                _ => words.push(word),
            }
        }
        copy.push(words.join(" "));
    }
    copy
}

fn account(id: String, paragraphs: &[String]) -> Account {
    let text = paragraphs.join("\n\n");
    Account::empty(&Article { text, ..Article::new(&*id, "") }, "en")
}

#[test]
fn reprints_are_linked_to_the_earliest() {
    let chance = &mut Chance(4);
    let mut store = Store::create(":memory:").unwrap();
    let originals: Vec<Vec<String>> = (0..300).map(|_| article(chance)).collect();
    for (n, paragraphs) in originals.iter().enumerate() {
        store.add(&[account(format!("a{n}"), paragraphs)], OnClash::Keep).unwrap();
    }
    for (n, paragraphs) in originals.iter().enumerate() {
        for copy in 0..n % 4 {
            let copied = account(format!("a{n}-{copy}"), &reprint(chance, paragraphs));
            store.add(&[copied], OnClash::Keep).unwrap();
        }
    }
    assert_eq!(store.check().unwrap().problems, Vec::<String>::new());
    let question = Question { limit: 10_000, copies: true, ..Question::default() };
    let rows = store.find_articles(&question).unwrap();
    let made = |id: &str| id.contains('-');
    let right =
        |id: &str, root: &str| id.strip_prefix(root).is_some_and(|rest| rest.starts_with('-'));
    let linked =
        rows.iter().filter_map(|row| Some((row.article.as_str(), row.copy_of.as_deref()?)));
    let linked: Vec<(&str, &str)> = linked.collect();
    let found = linked.iter().filter(|(id, root)| right(id, root)).count() as f64;
    let recall = found / rows.iter().filter(|row| made(&row.article)).count() as f64;
    let precision = found / linked.len() as f64;
    println!("reprints: recall {recall:.3}, precision {precision:.3}, {} linked", linked.len());
    assert!(recall >= 0.95 && precision >= 0.98, "{recall:.3} {precision:.3}");
}

/// A person's deed, told in the outlet's own voice.
fn deed(id: &str, outlet: &str, text: &str) -> Account {
    let article = Article { outlet: Some(outlet.to_owned()), ..Article::new(id, text) };
    let mut account = Account::empty(&article, "en");
    let all = text.chars().count() as u32;
    account.sentences = vec![Span::new(0, all)];
    account.entities = vec![Entity {
        id: 0,
        name: "Ana Lind".to_owned(),
        kind: EntityKind::Person,
        mentions: vec![Mention { span: Span::new(0, 8), form: MentionForm::Name }],
        roles: Vec::new(),
        actor: None,
        place: None,
        explain: Vec::new(),
    }];
    account.events = vec![Event {
        id: 0,
        kind: EventType::Retreat,
        mode: None,
        contexts: Vec::new(),
        actor: vec![0],
        recipient: Vec::new(),
        trigger: vec![Span::new(9, 13)],
        sentence: 0,
        date: None,
        time: None,
        place: None,
        polarity: Polarity::Positive,
        modality: Modality::Actual,
        claim: None,
        confidence: 0.8,
        quad: None,
        intensity: None,
        cameo: None,
        explain: Vec::new(),
    }];
    account
}

#[test]
fn a_reprint_is_no_second_report() {
    let text = "Ana Lind left the northern garrison with forty soldiers and two mules.";
    let other = "Ana Lind left the garrison in the north; forty soldiers and two mules went along.";
    let mut store = Store::create(":memory:").unwrap();
    let all = [deed("a", "Wire", text), deed("b", "Post", text), deed("c", "Ledger", other)];
    store.add(&all, OnClash::Keep).unwrap();
    store.join(|_| ()).unwrap();
    let question = Question { limit: 9, ..Question::default() };
    let reports = |store: &Store| -> Vec<(String, Option<String>)> {
        let incidents = store.incidents(&question).unwrap();
        assert_eq!(incidents.len(), 1, "{incidents:#?}");
        assert_eq!(
            incidents[0].asserted_by.len(),
            incidents[0].reports.iter().filter(|r| r.copy_of.is_none()).count()
        );
        incidents[0].reports.iter().map(|r| (r.article.clone(), r.copy_of.clone())).collect()
    };
    let own = |key: &str| (key.to_owned(), None);
    assert_eq!(reports(&store), [own("a"), ("b".to_owned(), Some("a".to_owned())), own("c")]);
    let people = store.people(&question, false).unwrap();
    assert_eq!(people.iter().map(|row| row.articles).collect::<Vec<_>>(), [2]);
    let who = store.who("Lind", 9).unwrap().unwrap();
    assert_eq!((who.actor.articles, who.did.len()), (2, 2));
    let events = |question: &Question| store.events(question).unwrap().len();
    let post = Question { outlet: Some("Post".to_owned()), ..question.clone() };
    let copies = Question { copies: true, ..question.clone() };
    assert_eq!((events(&question), events(&post), events(&copies)), (2, 1, 3));

    // With the root gone, the earliest copy is what the others reprint.
    store.add(&[deed("d", "Times", text)], OnClash::Keep).unwrap();
    assert!(store.remove("a").unwrap());
    store.join(|_| ()).unwrap();
    assert_eq!(store.check().unwrap().problems, Vec::<String>::new());
    assert_eq!(reports(&store), [own("b"), own("c"), ("d".to_owned(), Some("b".to_owned()))]);
    store.add(&[deed("e", "Courier", text)], OnClash::Keep).unwrap();
    let rows =
        store.find_articles(&Question { outlet: Some("courier".into()), ..question.clone() });
    assert_eq!(rows.unwrap()[0].copy_of.as_deref(), Some("b"));
}

#[test]
fn copies_in_an_older_store_are_linked() {
    let path = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("older.db");
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", path.display()));
    }
    let db = rusqlite::Connection::open(&path).unwrap();
    db.execute_batch(include_str!("../src/schema/001_accounts.sql")).unwrap();
    db.execute_batch(include_str!("../src/schema/002_joined.sql")).unwrap();
    let text = article(&mut Chance(9)).join("\n\n");
    for (key, joined) in [("a", 2), ("b", 0)] {
        let sql = "INSERT INTO articles (key, language, words, joined, text)
                   VALUES (?1, 'en', 99, ?2, ?3)";
        db.execute(sql, rusqlite::params![key, joined, text]).unwrap();
    }
    let named = "INSERT INTO entities (article, n, name, kind, names)
                 VALUES (2, 0, 'Ana Lind', 'person', '[[0,8]]')";
    db.execute(named, []).unwrap();
    db.pragma_update(None, "application_id", 0x646c_6e65).unwrap();
    db.pragma_update(None, "user_version", 2).unwrap();
    drop(db);
    let mut store = Store::create(&path).unwrap();
    store.join(|_| ()).unwrap();
    assert_eq!(store.check().unwrap().problems, Vec::<String>::new());
    let question = Question { copies: true, limit: 9, ..Question::default() };
    let rows = store.find_articles(&question).unwrap();
    let linked: Vec<Option<&str>> = rows.iter().map(|row| row.copy_of.as_deref()).collect();
    assert_eq!(linked, [Some("a"), None]);
    assert_eq!(store.people(&question, false).unwrap().len(), 1);
}
