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
fn whom_forces_are_named_after_is_not_whom_they_fight() {
    for text in
        ["Haddad’s soldiers attacked rebels.", "Haddad’s forces and rebels fought on Monday."]
    {
        let account = read(&Article::new("a", text));
        let names = |ids: &[u32]| -> Vec<&str> {
            ids.iter().map(|&id| account.entities[id as usize].name.as_str()).collect()
        };
        let [fight] = &account.events[..] else { panic!("{:?}", account.events) };
        assert!(names(&fight.recipient).contains(&"rebels"), "{fight:?}");
        assert!(!names(&fight.recipient).contains(&"Haddad"), "{fight:?}");
    }
}

#[test]
fn what_people_gathered_for_was_done_there() {
    // by the rules an aim is planned; whoever gathers to demand demands
    let text = "Workers gathered outside the ministry to demand higher wages.";
    let account = read(&Article::new("a", text).published("2024-05-08"));
    let kind = dateline::EventType::Request;
    let demand = account.events.iter().find(|e| e.kind == kind).expect("a demand");
    assert_eq!(demand.modality, dateline::Modality::Actual);
}

#[test]
fn who_condemns_a_raid_took_no_part_in_it() {
    let account = read(&Article::new("a", "Kenya condemned the arrest of a journalist."));
    let actors = |kind| {
        let event = account.events.iter().find(|e| e.kind == kind).expect("an event");
        event.actor.iter().map(|&id| account.entities[id as usize].name.as_str()).collect()
    };
    let (judges, police): (Vec<&str>, Vec<&str>) =
        (actors(dateline::EventType::Accuse), actors(dateline::EventType::Coerce));
    assert_eq!((judges, police), (vec!["Kenya"], vec![]));
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

#[test]
fn what_goes_on_happened_on_the_same_day_in_the_same_place() {
    let text = "Soldiers attacked a village near Mopti on Tuesday. They killed nine people.\n\n\
                Police arrested two men.";
    let article = Article::new("a", text).published("2024-05-08");
    let account = Reader::builder().explain(true).build().unwrap().read(&article).unwrap();
    let killed = &account.events[1];
    assert_eq!(killed.date.as_deref(), Some("2024-05-07"));
    assert_eq!(killed.place, account.events[0].place);
    let rules = |at: usize| account.events[at].explain.join("; ");
    assert!(rules(0).contains("(tree)") && rules(1).contains("(paragraph)"), "{}", rules(1));
    assert_eq!(account.events.last().unwrap().date, None, "another paragraph");
    assert!(read(&article).events.iter().all(|e| e.explain.is_empty()));
}

#[test]
fn when_and_where_something_was_said() {
    let text = "\"We saw the trucks,\" President Joe Miller told reporters in Geneva on Tuesday. \
                \"It is not over,\" Miller added.";
    let article = Article::new("a", text).published("2024-05-08");
    let account = Reader::builder().explain(true).build().unwrap().read(&article).unwrap();
    for claim in &account.claims {
        assert_eq!(account.times[claim.said.unwrap() as usize].value, "2024-05-07");
        assert_eq!(account.places[claim.place.unwrap() as usize].name, "Geneva");
    }
    let last = account.claims.last().unwrap().explain.join("; ");
    assert!(last.contains("said: 2024-05-07, “Tuesday”, of the same speaker's claim"), "{last}");
}

#[test]
fn bodies_that_bear_a_place_s_name_act_and_have_a_place() {
    let account = read(&Article::new("a", "Downing Street rejected the plan that Moscow backed."));
    let found = |code: &str| {
        let coded = |e: &&dateline::Entity| e.actor.as_ref().is_some_and(|a| a.code == code);
        account.entities.iter().find(coded).and_then(|e| e.place)
    };
    let street = found("GBRGOV").expect("a government with a place");
    assert_eq!(account.places[street as usize].country.as_deref(), Some("GBR"));
    assert!(found("RUSGOV").is_some());
}
