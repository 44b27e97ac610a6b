//! The library as a person meets it.

use dateline::{Account, Article, Error, Form, Reader, TextIndex};

fn read(article: &Article) -> Account {
    Reader::new().unwrap().read(article).unwrap()
}

#[test]
fn an_article_becomes_an_account() {
    let text = "“We will leave Syria by June,” President Joe Miller told reporters in Geneva on Tuesday.\n\n\
                Turkey denied the report. Iran said that Russia had attacked its airport.";
    let account = read(&Article::new("a", text).published("2024-05-08"));
    account.check().unwrap();
    let index = TextIndex::new(text);
    let direct =
        account.claims.iter().find(|claim| claim.form == Form::Direct).expect("a quotation");
    assert!(index.slice(text, direct.content[0]).starts_with("“We will leave Syria by June"));
    let speaker = direct.speaker.expect("a speaker") as usize;
    assert!(account.entities[speaker].name.contains("Miller"));
    assert!(account.claims.iter().any(|claim| claim.stance == "deny"));
    assert!(account.times.iter().any(|time| time.value == "2024-05-07"));
    assert!(account.places.iter().any(|place| place.country.as_deref() == Some("TUR")));
    let attack =
        account.events.iter().find(|e| e.kind == dateline::EventType::Assault).expect("an attack");
    assert!(attack.claim.is_some(), "the attack is only said");
}

#[test]
fn a_denied_attack_is_an_event_of_the_claim_that_denies_it() {
    let text = "Ukraine denied that its troops had attacked Belarus.";
    let account = read(&Article::new("a", text).published("2024-05-08"));
    let attack =
        account.events.iter().find(|e| e.kind == dateline::EventType::Assault).expect("an attack");
    let claim = &account.claims[attack.claim.expect("only said") as usize];
    assert_eq!(claim.stance, "deny");
    assert_eq!(attack.polarity, dateline::Polarity::Positive);
    let name = |id: u32| account.entities[id as usize].name.as_str();
    assert!(attack.actor.iter().any(|&id| name(id).contains("troops")), "{attack:?}");
    assert!(attack.recipient.iter().any(|&id| name(id).contains("Belarus")), "{attack:?}");
    let denial =
        account.events.iter().find(|e| e.kind == dateline::EventType::Reject).expect("a denial");
    assert_eq!((denial.claim, denial.mode.as_deref()), (None, None));
    assert!(denial.actor.iter().any(|&id| name(id).contains("Ukraine")), "{denial:?}");
}

#[test]
fn what_is_not_read_says_why() {
    let long = "The minister said no. ".repeat(Reader::MAX_BYTES / 22 + 1);
    for (text, reason) in [
        ("", "the text is empty"),
        (" \n\t", "the text is empty"),
        (
            "Das Ministerium erklärte am Dienstag, dass die Gespräche in der nächsten Woche in Genf fortgesetzt würden.",
            "'de', not English",
        ),
        (long.as_str(), "was not read; split it into articles"),
    ] {
        let account = read(&Article::new("a", text));
        assert!(account.notes.iter().any(|note| note.contains(reason)), "{:?}", account.notes);
        assert!(account.spans().next().is_none());
        assert_eq!(account.text, text);
    }
}

#[test]
fn a_date_that_is_none_is_an_error_with_the_articles_id() {
    let article = Article::new("a7", "They met on Monday.").published("last week");
    let error = Reader::new().unwrap().read(&article).unwrap_err();
    assert!(matches!(error, Error::Published { .. }));
    assert!(error.to_string().starts_with("article 'a7': the publication date 'last week'"));
}

#[test]
fn a_very_long_sentence_is_read() {
    let text =
        format!("The minister said that {} left.", "the army and the navy and ".repeat(4000));
    let account = read(&Article::new("a", text));
    account.check().unwrap();
    assert!(!account.sentences.is_empty());
}
