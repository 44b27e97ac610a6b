//! `--ontology`: the worked example, and that nothing is read by an ontology
//! with a mistake in it. `--as`: events in other terms.

mod common;

use common::{command, dateline, finish, folder};
use dateline::{Account, Event};
use std::fs;

const XANDIA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/xandia");
const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/labour-and-floods");

const CODES: &str = "code\tkind\tquad\tintensity\ttraits\tcontexts\tdefinition\n";
const FRAMES: &str = "words\tpos\tneeds\tpattern\ttype\tmode\tcontexts\tcertainty\n";

/// Reads the example's article with these further options.
fn example(options: &[&str]) -> String {
    let article = format!("{EXAMPLE}/article.txt");
    let mut args = vec!["read", &article, "--published", "2018-05-10"];
    args.extend(["--lexicon", XANDIA, "--ontology", EXAMPLE]);
    args.extend(options);
    let mut command = command(&folder("ontology-example"), &args);
    let run = finish(command.env("COLUMNS", "100"), b"");
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    run.stdout
}

/// The event of these words.
fn of<'a>(account: &'a Account, words: &str) -> &'a Event {
    let index = dateline::TextIndex::new(&account.text);
    let is = |e: &&Event| e.trigger.iter().any(|s| index.slice(&account.text, *s) == words);
    account.events.iter().find(is).unwrap_or_else(|| panic!("no event is '{words}'"))
}

#[test]
fn the_example_is_sound_and_its_readme_shows_what_it_gives() {
    let args = ["lexicon", "check", "--lexicon", XANDIA, "--ontology", EXAMPLE];
    let check = dateline(&folder("ontology-check"), &args, b"");
    assert_eq!(check.status, 0, "{}", check.stdout);
    assert!(check.stdout.ends_with("no errors, no warnings\n"), "{}", check.stdout);
    let page = example(&["--format", "pretty"]);
    let done = page.find("DONE").zip(page.find("\nWHEN"));
    let done = done.and_then(|(from, to)| page.get(from..to)).expect("a table of events").trim();
    let readme = fs::read_to_string(format!("{EXAMPLE}/README.md")).unwrap();
    assert!(readme.contains(done), "the README should show:\n{done}");
}

#[test]
fn a_store_is_asked_for_the_types_that_it_has() {
    let folder = folder("ontology-store");
    let article = format!("{EXAMPLE}/article.txt");
    let options = ["--lexicon", XANDIA, "--ontology", EXAMPLE];
    let add = [&["add", "--store", "news.db", &article][..], &options].concat();
    assert_eq!(dateline(&folder, &add, b"").status, 0);
    let find = |what, kind| {
        let args = ["find", what, "--store", "news.db", "--type", kind, "--format", "jsonl"];
        dateline(&folder, &args, b"")
    };
    for what in ["events", "incidents", "articles"] {
        let found = find(what, "rescue");
        assert_eq!((found.status, found.stdout.is_empty()), (0, false), "{what} {}", found.stderr);
    }
    let plover = find("events", "retreat");
    assert_eq!((plover.status, plover.stdout.as_str()), (0, ""), "{}", plover.stderr);
    let unknown = find("events", "rescues");
    assert_eq!(unknown.status, 2);
    let told = "--type RESCUES: no event in the store is of this type; give one of ACCUSE, ";
    assert!(unknown.stderr.contains(told), "{}", unknown.stderr);
    assert!(unknown.stderr.contains(", RESCUE, "), "{}", unknown.stderr);
    assert!(find("events", "a type").stderr.contains("a type has letters, digits"));
}

#[test]
fn events_of_the_example_have_its_types_and_all_else_that_events_have() {
    let account: Account =
        serde_json::from_str(&example(&["--as", "quad,intensity,cameo"])).unwrap();
    account.check().unwrap();
    let names = |ids: &[u32]| -> Vec<&str> {
        ids.iter().map(|&id| account.entities[id as usize].name.as_str()).collect()
    };
    let rescue = of(&account, "rescued");
    assert_eq!((rescue.kind.code(), rescue.date.as_deref()), ("RESCUE", Some("2018-05-07")));
    assert_eq!(rescue.quad.map(dateline::Quad::name), Some("material-cooperation"));
    assert_eq!((rescue.intensity, &rescue.cameo), (Some(7.0), &None));
    // water acts on a town, and is no party
    let flood = of(&account, "swept through");
    assert_eq!((flood.kind.code(), flood.quad, flood.intensity), ("FLOOD", None, None));
    assert_eq!((flood.actor.len(), names(&flood.recipient)), (0, vec!["Sandmoor"]));
    assert_eq!(flood.contexts, ["water"]);
    assert_eq!(names(&of(&account, "damaged").recipient), ["300 homes"]);
    // what did not happen, and who says so
    let spared = of(&account, "dismiss");
    assert_eq!(spared.kind.code(), "DISMISS");
    assert_eq!(spared.polarity, dateline::Polarity::Negative);
    let claim = &account.claims[spared.claim.expect("a claim") as usize];
    assert_eq!(names(&[claim.speaker.unwrap()]), ["Tomas Brandt"]);
    // a meeting that is asked for is a claim
    let urged = of(&account, "urged");
    assert_eq!((urged.kind.code(), urged.mode.as_deref()), ("CLAIM", Some("talks")));
    // a mode's own intensity, and its type's
    assert_eq!((urged.intensity, of(&account, "asked").intensity), (Some(-1.0), Some(-2.0)));
}

#[test]
fn without_as_events_say_nothing_in_other_terms() {
    let text = b"Norway's prime minister visited Sweden on Monday.";
    let folder = folder("ontology-as");
    let plain = dateline(&folder, &["read", "-"], text);
    for field in ["\"quad\"", "\"intensity\"", "\"cameo\""] {
        assert!(!plain.stdout.contains(field), "{}", plain.stdout);
    }
    let both = dateline(&folder, &["read", "-", "--as", "cameo,quad", "--as", "intensity"], text);
    let added = "\"quad\":\"verbal-cooperation\",\"cameo\":\"042\",";
    assert!(both.stdout.contains(added), "{}", both.stdout);
    assert_eq!(both.stdout.replacen(added, "", 1), plain.stdout);
    let wrong = dateline(&folder, &["read", "-", "--as", "goldstein"], text);
    assert_eq!((wrong.status, wrong.stdout.as_str()), (2, ""));
    assert!(wrong.stderr.contains("[possible values: cameo, quad, intensity]"), "{}", wrong.stderr);
}

#[test]
fn nothing_is_read_by_an_ontology_with_a_mistake() {
    let folder = folder("ontology-mistakes");
    let own = folder.join("mine");
    fs::create_dir(&own).unwrap();
    let codes = format!("{CODES}FLOOD\ttype\t\t\tthings\t\tWater.\n");
    let frame = "flood\tverb\t\tsubj > obj\tFLOOD\t\t\thigh\n";
    let objects = "class\tword\tcontexts\n";
    for (file, text, said) in [
        (
            "frames.tsv",
            format!("{FRAMES}flood\tverb\t\tposs > obj\tFLOOD\t\t\thigh\n"),
            "frames.tsv, line 2: this row can never match",
        ),
        (
            "frames.tsv",
            format!("{FRAMES}flood\tverb\tnone&@people\tsubj > obj\tFLOOD\t\t\thigh\n"),
            "frames.tsv, line 2: this row can never match",
        ),
        (
            "frames.tsv",
            format!("{FRAMES}flood\tverb\t\tsubj > obj\tFLOOD\tsea\t\thigh\n"),
            "frames.tsv, line 2: FLOOD has no mode 'sea'",
        ),
        (
            "frames.tsv",
            format!("{FRAMES}{frame}flood\tverb\t\tsubj > in\tFLOOD\t\t\tlow\n"),
            "frames.tsv, line 3: this row never counts",
        ),
        (
            "frames.tsv",
            FRAMES.replace("mode", "modus"),
            "frames.tsv, line 1: the header has no column 'mode'",
        ),
        (
            "codes.tsv",
            format!("{}FLOOD\ttype\t\t\t\t\tWater.\tx\n", CODES.replace('\n', "\tcolour\n")),
            "codes.tsv, line 1: the column 'colour' is none of code, kind,",
        ),
        (
            "objects.more.tsv",
            format!("{objects}a\t@b\t\nb\t@c\t\nc\tdyke\t\nc\t@a\t\n"),
            "objects.more.tsv, line 5: the class 'c' takes in itself",
        ),
    ] {
        fs::write(own.join("codes.tsv"), &codes).unwrap();
        fs::write(own.join("frames.tsv"), format!("{FRAMES}{frame}")).unwrap();
        fs::write(own.join("objects.more.tsv"), objects).unwrap();
        let args = ["read", "-", "--ontology", "mine"];
        let sound = dateline(&folder, &args, b"The river flooded the town.");
        assert_eq!(sound.status, 0, "{}", sound.stderr);
        fs::write(own.join(file), text).unwrap();
        let run = dateline(&folder, &args, b"The river flooded the town.");
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{said}");
        assert!(run.stderr.contains(said), "{said}: {}", run.stderr);
        assert!(run.stderr.contains("'dateline lexicon check', with the same"), "{}", run.stderr);
    }
    let run = dateline(&folder, &["read", "-", "--ontology", "nowhere"], b"It rained.");
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("--ontology nowhere: there is no such folder"), "{}", run.stderr);
}
