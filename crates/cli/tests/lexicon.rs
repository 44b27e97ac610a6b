//! `dateline lexicon`: what it lists, and what it finds wrong.

mod common;

use common::{Run, dateline, folder};
use dateline::{Account, Entity};
use std::fs;
use std::path::Path;

fn check(folder: &Path) -> Run {
    dateline(folder, &["lexicon", "check", "--lexicon", "mine"], b"")
}

#[test]
fn the_built_in_lexicons_are_sound_and_listed() {
    let folder = folder("lexicon-sound");
    let run = dateline(&folder, &["lexicon", "check"], b"");
    assert_eq!(run.status, 0, "{}", run.stdout);
    assert!(run.stdout.ends_with("rows: no errors, no warnings\n"), "{}", run.stdout);
    let list = dateline(&folder, &["lexicon", "list"], b"");
    assert_eq!(list.status, 0);
    assert_eq!(list.stdout.lines().count(), dateline::Lexicons::names().count());
    for (line, name) in list.stdout.lines().zip(dateline::Lexicons::names()) {
        let mut words = line.split_whitespace();
        assert_eq!(words.next(), Some(name));
        assert!(words.next().is_some_and(|rows| rows.parse::<u32>().unwrap() > 20), "{line}");
        assert!(words.count() > 3, "{line}");
    }
}

#[test]
fn every_lexicon_is_checked() {
    let folder = folder("lexicon-every");
    fs::create_dir(folder.join("mine")).unwrap();
    for name in dateline::Lexicons::names() {
        fs::write(folder.join("mine").join(name), "# mine\nnonsense\nrow\n").unwrap();
    }
    let run = check(&folder);
    assert_eq!(run.status, 2);
    for name in dateline::Lexicons::names() {
        let line = format!("mine/{name}:2: error: the header has no column '");
        assert_eq!(run.stdout.matches(&line).count(), 1, "{name}: {}", run.stdout);
    }
}

#[test]
fn all_problems_are_listed_with_file_and_line() {
    let folder = folder("lexicon-problems");
    let mine = folder.join("mine");
    fs::create_dir(&mine).unwrap();
    fs::write(
        mine.join("actors.more.tsv"),
        "name\taliases\tkind\tcountry\tsectors\trole\tstart\tend\n\
         Ola Tarn\t\tperson\tXQA\tGOV\tmayor\t2001\t2005\n\
         Ola Berg\t\tperson\tNOR\tGOV\tmayor\t2009\t2005\n\
         Ola Lund\t\tperson\tNOR\tGOV\tmayor\t2001\t2005\n\
         Ola Lund\t\tperson\tNOR\tOPP\tmayor\t2003\t2009\n\
         Ola Vik\t\tperson\n",
    )
    .unwrap();
    fs::write(
        mine.join("roles.more.tsv"),
        "role\tkind\tsectors\tstrength\tgender\nreeve\tpersn\tGOV\tstrong\t\n",
    )
    .unwrap();
    fs::write(mine.join("cues.tvs.tsv"), "").unwrap();
    let run = check(&folder);
    assert_eq!(run.status, 2, "{}", run.stdout);
    let lines: Vec<&str> = run.stdout.lines().take_while(|line| !line.is_empty()).collect();
    let wanted = [
        "mine/actors.more.tsv:2: error: the country 'XQA' has no row in countries.tsv",
        "mine/actors.more.tsv:3: error: the end 2005-12-31 lies before the start 2009-01-01",
        "mine/actors.more.tsv:5: error: 'Ola Lund, mayor' (2003-01-01..2009-12-31) overlaps with line 4",
        "mine/actors.more.tsv:6: error: 3 cells where the header has 8",
        "mine/cues.tvs.tsv:1: warning: the file is not read",
        "mine/roles.more.tsv:2: error: kind 'persn' is none of",
    ];
    assert_eq!(lines.len(), wanted.len(), "{}", run.stdout);
    for (line, wanted) in lines.iter().zip(wanted) {
        assert!(line.starts_with(wanted), "{line} is not {wanted}");
    }
    assert!(run.stdout.contains("4 of them added by mine/actors.more.tsv"), "{}", run.stdout);
    assert!(run.stdout.ends_with("5 errors, 1 warning\n"), "{}", run.stdout);
    // reading stops at once, and leads here
    let read = dateline(&folder, &["read", "-", "--lexicon", "mine"], b"Talks resumed.");
    assert_eq!((read.status, read.stdout.as_str()), (2, ""));
    assert!(read.stderr.contains("actors.more.tsv, line "), "{}", read.stderr);
    assert!(read.stderr.contains("dateline lexicon check"), "{}", read.stderr);
}

#[test]
fn warnings_stop_nothing() {
    let folder = folder("lexicon-warnings");
    fs::create_dir(folder.join("mine")).unwrap();
    let file = "name\tgender\nTarna\tf\nTarna\tm\n";
    fs::write(folder.join("mine/given-names.more.tsv"), file).unwrap();
    let run = check(&folder);
    assert_eq!(run.status, 0);
    let warning = "mine/given-names.more.tsv:3: warning: 'Tarna' stands in line 2 already;";
    assert!(run.stdout.starts_with(warning), "{}", run.stdout);
    let read = dateline(&folder, &["read", "-", "--lexicon", "mine"], b"Talks resumed.");
    assert_eq!((read.status, read.stderr.as_str()), (0, ""));
}

#[test]
fn a_folder_that_is_not_there_is_the_command_lines_mistake() {
    let run = check(&folder("lexicon-nowhere"));
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("--lexicon mine: there is no such folder"), "{}", run.stderr);
}

/// The example of a country that is not in the world, with its own tables.
const XANDIA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/xandia");

fn xandia(published: &str) -> Account {
    let article = format!("{XANDIA}/article.txt");
    let args = ["read", &article, "--lexicon", XANDIA, "--published", published, "--explain"];
    let run = dateline(&folder(&format!("xandia-{published}")), &args, b"");
    assert_eq!(run.status, 0, "{}", run.stderr);
    let account: Account = serde_json::from_str(&run.stdout).unwrap();
    account.check().unwrap();
    account
}

/// The entity that has this mention.
fn of<'a>(account: &'a Account, words: &str) -> &'a Entity {
    let index = dateline::TextIndex::new(&account.text);
    let has = |e: &&Entity| e.mentions.iter().any(|m| index.slice(&account.text, m.span) == words);
    account.entities.iter().find(has).unwrap_or_else(|| panic!("nobody is '{words}'"))
}

fn code(entity: &Entity) -> &str {
    entity.actor.as_ref().map_or("", |actor| actor.code.as_str())
}

#[test]
fn an_invented_country_is_read_with_its_leaders_army_and_rebels() {
    let check = dateline(&folder("xandia"), &["lexicon", "check", "--lexicon", XANDIA], b"");
    assert_eq!(check.status, 0, "{}", check.stdout);
    assert!(check.stdout.ends_with("no errors, no warnings\n"), "{}", check.stdout);

    let account = xandia("2018-05-02");
    for (words, wanted) in [
        ("Venn", "XQAGOV"),
        ("her soldiers", "XQAMIL"),
        ("LKDF", "XQAREB"),
        ("The Marble House", "XQAGOV"),
        ("Xandian police", "XQACOP"),
        ("Xandian opposition lawmakers", "XQALEG"),
        ("Tarnholm", "XQAGOV"),
        ("Former president Davit Ostrand", "XQAELI"),
    ] {
        assert_eq!(code(of(&account, words)), wanted, "{words}");
    }
    assert_eq!(of(&account, "her").name, "Orla Venn");
    assert_eq!(of(&account, "LKDF").name, "Lake District Front");
    let capital = account.places.iter().find(|place| place.name == "Tarnholm").unwrap();
    assert_eq!((capital.country.as_deref(), capital.lat), (Some("XQA"), Some(-20.3)));
    let attack = account.events.iter().find(|e| e.kind == dateline::EventType::Assault).unwrap();
    let codes = |ids: &[u32]| -> Vec<&str> {
        ids.iter().map(|&id| code(&account.entities[id as usize])).collect()
    };
    assert_eq!(codes(&attack.actor), ["XQAREB"]);
    let killed = |e: &dateline::Event| codes(&e.recipient).contains(&"XQAMIL");
    assert!(account.events.iter().any(|e| e.kind == attack.kind && killed(e)), "{attack:?}");

    let explained = of(&account, "Venn").explain.join("\n");
    let row = "examples/xandia/actors.more.tsv, line 5), in force on 2018-05-02";
    assert!(explained.starts_with("code: XQAGOV, “president” 2015-06-01.. ("), "{explained}");
    assert!(explained.contains(row), "{explained}");
}

#[test]
fn the_day_of_the_article_decides_what_an_invented_leader_is() {
    let account = xandia("2012-05-02");
    let venn = of(&account, "Venn");
    assert_eq!(code(venn), "XQAOPP");
    assert!(venn.explain[0].contains("“opposition leader” 2010-01-01..2015-06-01"), "{venn:?}");
}
