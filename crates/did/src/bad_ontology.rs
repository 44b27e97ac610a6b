//! Ontologies and frame files with mistakes: each is named by file and line,
//! and what is only doubtful is a warning.

use crate::lexicon::Lexicon;
use dateline_lexicon::{Lexicons, Problems, Severity};
use proptest::prelude::*;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

const CODES: &str = "code\tkind\tquad\tintensity\ttraits\tcontexts\tdefinition\n";
const FRAMES: &str = "words\tpos\tneeds\tpattern\ttype\tmode\tcontexts\tcertainty\n";
/// Two types, one with a mode, and a context.
const SOUND: &str = "FLOOD\ttype\t\t-3\tthings|bodily\twater\tWater where it should not be.\n\
                     FLOOD.flash\tmode\t\t-5\t\t\tWithin minutes.\n\
                     PLEA\ttype\tverbal-conflict\t\tcontent\t\tAsks for something.\n\
                     water\tcontext\t\t\t\t\tRivers and rain.\n";
const FRAME: &str = "flood\tverb\t\tsubj > obj|in\tFLOOD\t\t\thigh\n\
                     flash flood\tnoun\t\t > in\tFLOOD\tflash\t\thigh\n\
                     plead\tverb\t\tsubj > with\tPLEA\t\t\thigh\n";

/// A folder with these files, gone when dropped.
struct Folder(PathBuf);

impl Folder {
    fn new(files: &[(&str, String)]) -> Folder {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("dateline-bad-ontology-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        for (name, text) in files {
            std::fs::write(folder.join(name), text).unwrap();
        }
        Folder(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// What is wrong with these lexicons: `error` or `warning`, file, line, reason.
fn said(lexicons: &Lexicons) -> Vec<String> {
    let mut problems = Problems::with_warnings();
    Lexicon::load(lexicons, &mut problems);
    let line = |problem: &&dateline_lexicon::Problem| {
        let file = problem.found.file.rsplit('/').next().unwrap_or_default();
        let severity = if problem.severity == Severity::Error { "error" } else { "warning" };
        format!("{severity} {file}:{}: {}", problem.found.line, problem.found.reason)
    };
    problems.list().iter().map(line).collect()
}

/// What is wrong with an ontology of codes, frames and further files.
fn of_ontology(codes: &str, frames: &str, others: &[(&str, &str)]) -> Vec<String> {
    let mut files =
        vec![("codes.tsv", format!("{CODES}{codes}")), ("frames.tsv", format!("{FRAMES}{frames}"))];
    files.extend(others.iter().map(|(name, text)| (*name, (*text).to_owned())));
    let folder = Folder::new(&files);
    said(&Lexicons::embedded().with_ontology(&folder.0))
}

/// What is wrong with frames added to ours.
fn of_frames(frames: &str) -> Vec<String> {
    let folder = Folder::new(&[("plover.more.tsv", format!("{FRAMES}{frames}"))]);
    said(&Lexicons::with_folder(&folder.0))
}

fn one(said: &[String], wanted: &str) {
    let [only] = said else { panic!("not one problem like '{wanted}': {said:?}") };
    assert!(only.starts_with(wanted), "'{only}' is not '{wanted}'");
}

#[test]
fn a_sound_ontology_has_no_problems_and_uses_what_fits_of_ours() {
    assert_eq!(of_ontology(SOUND, FRAME, &[]), [""; 0]);
    let files = [
        ("codes.tsv", format!("{CODES}{SOUND}ASSAULT\ttype\t\t\t\t\tViolence.\n")),
        ("frames.tsv", format!("{FRAMES}{FRAME}beat\tverb\t\tsubj > obj\tASSAULT\t\t\thigh\n")),
    ];
    let folder = Folder::new(&files);
    let lexicons = Lexicons::embedded().with_ontology(&folder.0);
    let mut problems = Problems::with_warnings();
    let lexicon = Lexicon::load(&lexicons, &mut problems);
    assert!(problems.list().is_empty() && !lexicon.is_plover(), "{problems:?}");
    assert_eq!(lexicon.frames.len(), 4);
    let kind = |code| dateline_account::EventType::from_code(code).unwrap();
    // ours say what assault is in CAMEO and in which class troops are, but not
    // what a promised one becomes: that would be a type that is not here
    assert_eq!(lexicon.cameo.nearest(kind("ASSAULT"), Some("beat"), &[]), Some("180"));
    assert!(lexicon.classes.number("troops").is_some());
    assert_eq!(lexicon.becomes(crate::lexicon::Outer::Will, kind("ASSAULT"), None), None);
    let meaning = |mode| {
        let mut meanings = lexicon.ontology.meanings(kind("FLOOD"), mode);
        meanings.find_map(|m| m.intensity)
    };
    assert_eq!((meaning(None), meaning(Some("flash"))), (Some(-3.0), Some(-5.0)));
}

#[test]
fn types_and_frames_can_be_added_to_plover() {
    let files = [
        ("codes.more.tsv", format!("{CODES}FLOOD\ttype\t\t\t\tdisasters\tWater.\n")),
        ("frames.more.tsv", format!("{FRAMES}flood\tverb\t\tsubj > obj\tFLOOD\t\t\thigh\n")),
    ];
    let folder = Folder::new(&files);
    let lexicons = Lexicons::embedded().with_ontology(&folder.0);
    let mut problems = Problems::with_warnings();
    let lexicon = Lexicon::load(&lexicons, &mut problems);
    assert!(problems.list().is_empty(), "{problems:?}");
    assert!(lexicon.frames.len() > 5000 && lexicon.ontology.types().count() == 17);
}

#[test]
fn a_folder_without_an_ontology_is_named() {
    let folder = Folder::new(&[("objects.more.tsv", "class\tword\tcontexts\na\tb\t\n".into())]);
    let said = said(&Lexicons::embedded().with_ontology(&folder.0));
    assert!(said[0].contains("no ontology is here: it needs codes.tsv"), "{said:?}");
}

#[test]
fn columns_that_nobody_knows_are_named_and_remarks_are_not() {
    let frames = "words\tpos\tneeds\tpattern\ttype\tmode\tcontexts\tcertainty\trecipent\n\
                  flood\tverb\t\tsubj > obj|in\tFLOOD\t\t\thigh\tx\n";
    let files = [
        ("codes.tsv", format!("{CODES}FLOOD\ttype\t\t\t\t\tWater.\n")),
        ("frames.tsv", frames.into()),
    ];
    let folder = Folder::new(&files);
    let lexicons = Lexicons::embedded().with_ontology(&folder.0);
    one(&said(&lexicons), "error frames.tsv:1: the column 'recipent' is none of words, pos,");
    std::fs::write(folder.0.join("frames.tsv"), frames.replace("recipent", "note")).unwrap();
    assert_eq!(said(&lexicons), [""; 0]);
}

#[test]
fn mistakes_in_the_codes_are_named() {
    for (codes, wanted) in [
        ("Fire\ttype\t\t\t\t\t\n", "error codes.tsv:6: 'Fire' can be no type: capital letters"),
        ("WILL\ttype\t\t\t\t\t\n", "error codes.tsv:6: 'WILL' can be no type"),
        ("FIRE\ttipe\t\t\t\t\t\n", "error codes.tsv:6: kind 'tipe' is none of type, mode"),
        ("FIRE.wild\tmode\t\t\t\t\t\n", "error codes.tsv:6: 'FIRE' is no event type; codes.tsv"),
        ("FLOOD\tmode\t\t\t\t\t\n", "error codes.tsv:6: a mode is written TYPE.mode"),
        (
            "FLOOD.sea\tmode\tverbal-conflict\t\t\t\t\n",
            "error codes.tsv:6: 'quad' is of types only",
        ),
        ("air\tcontext\t\t3\t\t\t\n", "error codes.tsv:6: 'intensity' is of types and modes only"),
        ("air\tcontext\t\t\t\twater\t\n", "error codes.tsv:6: 'contexts' is of types, modes and"),
    ] {
        one(&of_ontology(&format!("{SOUND}{codes}"), FRAME, &[]), wanted);
    }
    for (cells, wanted) in [
        ("conflict\t\t\t", "error codes.tsv:2: 'conflict' is no quad class: verbal-cooperation,"),
        ("\t-11\t\t", "error codes.tsv:2: '-11' is no intensity: a number from -10 to 10"),
        ("\tNaN\t\t", "error codes.tsv:2: 'NaN' is no intensity"),
        ("\t\tthing\t", "error codes.tsv:2: 'thing' is no trait: recipient, things, target,"),
        ("\t\t\tfire", "error codes.tsv:2: 'fire' is no context; codes.tsv lists them"),
    ] {
        let codes = format!("FLOOD\ttype\t{cells}\tWater.\nHAIL\ttype\t\t\t\t\tIce.\n");
        let said = of_ontology(&codes, "hail\tverb\t\tsubj > on\tHAIL\t\t\thigh\n", &[]);
        one(&said, wanted);
    }
    let said = of_ontology("water\tcontext\t\t\t\t\t\n", "", &[]);
    one(&said, "error codes.tsv:2: no row of this file has the kind 'type'");
}

#[test]
fn an_ontology_that_no_frame_is_of_is_an_error_and_a_type_without_one_doubtful() {
    let said = of_ontology(SOUND, "", &[]);
    one(&said, "error codes.tsv:2: no frame has this type or another of the ontology");
    let said = of_ontology(SOUND, FRAME.lines().next().unwrap(), &[]);
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].starts_with("warning codes.tsv:3: FLOOD.flash: no frame has it"), "{said:?}");
    assert!(said[1].starts_with("warning codes.tsv:4: PLEA: no frame has it"), "{said:?}");
}

#[test]
fn classes_that_take_in_themselves_are_named() {
    let objects =
        "class\tword\tcontexts\nwet\t@rivers\t\nrivers\t@lakes\t\nlakes\tlake\t\nlakes\t@wet\t\n";
    let said = of_ontology(SOUND, FRAME, &[("objects.tsv", objects)]);
    one(&said, "error objects.tsv:5: the class 'lakes' takes in itself");
}

#[test]
fn a_slot_that_the_part_of_speech_cannot_have_is_named() {
    for (row, wanted) in [
        ("ebb\tverb\t\tposs > obj\tCONSULT", "nothing can stand in 'poss', since a verb has no"),
        ("ebb\tverb\tcomp:@troops\tsubj > obj\tCONSULT", "a need in 'comp' is never met, since a"),
        ("ebb\tnoun\t\tof > obj.of\tCONSULT", "nothing can stand in 'obj.of', since a noun has no"),
        ("ebb\tnoun\tpred\tof > by\tCONSULT", "the need 'pred' is never met: only verbs call"),
        ("ebb\tadjective\t\tsubj > obj\tCONSULT", "nothing can stand in 'obj', since an adjective"),
        ("ebb\tadjective\t@troops\tsubj > of\tCONSULT", "a need in 'obj' is never met, since an"),
        ("ebb\tadjective\tnone\tsubj > of\tCONSULT", "the need 'none' says nothing: no adjective"),
        ("ebb\tverb\tinner:@troops\tsubj > obj\tCONSULT", "no need is met in 'inner'"),
        ("ebb\tauxiliary\t\tsubj > obj\tCONSULT", "no frame is an auxiliary"),
    ] {
        let wanted = format!("error plover.more.tsv:2: this row can never match: {wanted}");
        one(&of_frames(&format!("{row}\t\t\thigh\n")), &wanted);
    }
    for (row, wanted) in [
        ("ebb\tverb\t\tsubjekt > obj\tCONSULT", "'subjekt' is no slot: subj, obj, iobj,"),
        ("ebb\tverb\t\tsubj > to.poss\tCONSULT", "'to.poss' is no slot"),
        ("ebb\tverb\t\tsubj > obj.obj\tCONSULT", "'obj.obj' is no slot"),
        ("ebb\tverb\tagianst:*\tsubj > obj\tCONSULT", "'agianst' is no slot"),
        ("ebb\tverb\t\t > \tCONSULT", "the pattern '>' has no slot, so it finds nobody"),
        (
            "ebb\tverb\t\tsubj > obj\tCONSULT\tflash",
            "CONSULT has no mode 'flash'; plover-codes.tsv",
        ),
    ] {
        let empty = "\t".repeat(7 - row.matches('\t').count());
        let said = of_frames(&format!("{row}{}high\n", &empty));
        one(&said, &format!("error plover.more.tsv:2: {wanted}"));
    }
}

#[test]
fn needs_that_contradict_themselves_are_named() {
    for needs in [
        "@troops&!@troops",
        "none&@troops",
        "none&obj.of:@troops",
        "obj:*&none",
        "!obj:*&!none",
        "from:@troops&!from:*",
        // people take in officials
        "@officials&!@people",
        "inf|@officials&inf&!@people",
    ] {
        let said = of_frames(&format!("ebb\tverb\t{needs}\tsubj > obj\tCONSULT\t\t\thigh\n"));
        one(&said, "error plover.more.tsv:2: this row can never match: a need contradicts itself");
    }
    for needs in ["@people&!@officials", "none&from:@troops", "@troops&!of:@troops", "inf&!that"] {
        let said = of_frames(&format!("ebb\tverb\t{needs}\tsubj > obj\tCONSULT\t\t\thigh\n"));
        assert_eq!(said, [""; 0], "{needs}");
    }
}

#[test]
fn rows_that_another_always_beats_are_named() {
    let row = |needs: &str, certainty: &str| {
        format!("ebb\tverb\t{needs}\tsubj > obj\tCONSULT\t\t\t{certainty}\n")
    };
    for (first, second, beaten) in [
        // of equals the first
        (row("", "high"), row("", "high").replace("obj", "with"), Some(3)),
        (row("inf", "high"), row("inf", "high").replace("CONSULT", "AGREE"), Some(3)),
        // the more certain, wherever it stands
        (row("", "medium"), row("", "high"), Some(2)),
        // what needs less fits wherever the other does
        (row("@people", "high"), row("@officials", "high"), Some(3)),
        (row("@troops|@people", "high"), row("@officials|@troops", "low"), Some(3)),
        (row("from:*", "high"), row("from:@troops", "high"), Some(3)),
        (row("!@officials", "high"), row("!@people", "high"), Some(3)),
        // but not where the other asks for more, or for something else
        (row("", "high"), row("@officials", "low"), None),
        (row("@officials", "high"), row("@people", "high"), None),
        (row("@troops", "high"), row("@people|@troops", "high"), None),
        (row("@people", "low"), row("@officials", "high"), None),
        (row("@people", "high"), row("@officials&inf", "low"), None),
    ] {
        let said = of_frames(&format!("{first}{second}"));
        match beaten {
            None => assert_eq!(said, [""; 0], "{first}{second}"),
            Some(line) => {
                let wanted =
                    format!("error plover.more.tsv:{line}: this row never counts: that of ");
                one(&said, &wanted);
                assert!(said[0].contains(&format!("plover.more.tsv, line {}", 5 - line)));
            }
        }
    }
    // one that says the same does no harm
    let said =
        of_frames(&format!("{0}{1}", row("", "high"), row("", "high").replace("ebb", "EBB")));
    one(&said, "warning plover.more.tsv:3: this row never counts: that of ");
    // one of ours
    let said = of_frames("jail\tverb\t\tsubj > obj\tCOERCE\tarrest\t\tlow\n");
    one(&said, "error plover.more.tsv:2: this row never counts: that of plover.tsv, line ");
}

#[test]
fn the_smaller_tables_are_checked_too() {
    let tables = [
        (
            "embedding.tsv",
            "word\tpos\tmodality\tpolarity\tcoded\nmay\tauxiliary\tpossible\t\t\nmay\tauxiliary\tplanned\t\t\n",
            "error embedding.tsv:3: this row never counts: that of ",
        ),
        (
            "support.tsv",
            "word\tsubject\tmodality\tpolarity\ncome under\trecipient\t\t\ncome under\tactor\t\t\n",
            "error support.tsv:3: this row never counts: that of ",
        ),
        (
            "embedded.tsv",
            "outer\tinner\tinner_mode\ttype\tmode\nPLEA\tFLOOD\t*\tPLEA\t\nPLEA\tFLOOD\tflash\tFLOOD\t\n",
            "error embedded.tsv:3: this row never counts: that of ",
        ),
        (
            "embedded.tsv",
            "outer\tinner\tinner_mode\ttype\tmode\nFLOOD\tPLEA\t*\tPLEA\t\n",
            "error embedded.tsv:2: this row can never count: FLOOD has not the trait 'content'",
        ),
        (
            "embedded.tsv",
            "outer\tinner\tinner_mode\ttype\tmode\nPLEA\tFLOOD\tsea\tPLEA\t\n",
            "error embedded.tsv:2: FLOOD has no mode 'sea'; codes.tsv lists them",
        ),
        (
            "embedded.tsv",
            "outer\tinner\tinner_mode\ttype\tmode\nPLEA\t*\tflash\tPLEA\t\n",
            "error embedded.tsv:2: a mode is of one type: write that in 'inner'",
        ),
        (
            "contexts.tsv",
            "words\tcontext\nrain\tweather\n",
            "error contexts.tsv:2: 'weather' is no context; codes.tsv lists them",
        ),
        (
            "cameo.tsv",
            "code\tname\ttype\tmode\tcontexts\tbasis\n17\tFlood\tFLOOD\t\t\tours\n",
            "error cameo.tsv:2: '17' is no CAMEO code of three or four digits",
        ),
    ];
    for (name, text, wanted) in tables {
        one(&of_ontology(SOUND, FRAME, &[(name, text)]), wanted);
    }
}

/// Cells that mean something in one of the tables, and some that mean nothing.
const CELLS: [&str; 26] = [
    "",
    "FLOOD",
    "PLEA",
    "flash",
    "verb",
    "noun",
    "type",
    "mode",
    "FLOOD.flash",
    "subj > obj",
    "@a",
    "a",
    "none|!none",
    "of:@a&!of:*",
    "> in",
    "high",
    "low",
    "*",
    "WILL",
    "content|threat",
    "-3",
    "é\u{301}|\u{0}",
    "||&!:@",
    "obj.obj.",
    ".",
    "999",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    /// Any rows of an ontology: what is wrong is said, and nothing panics.
    #[test]
    fn any_rows_are_read_or_refused(
        codes in prop::collection::vec(prop::collection::vec(0..CELLS.len(), 7), 0..6),
        frames in prop::collection::vec(prop::collection::vec(0..CELLS.len(), 8), 0..12),
        objects in prop::collection::vec(prop::collection::vec(0..CELLS.len(), 3), 0..6),
        embedded in prop::collection::vec(prop::collection::vec(0..CELLS.len(), 5), 0..6),
        bytes in prop::collection::vec(any::<char>(), 0..40),
    ) {
        let rows = |rows: &[Vec<usize>]| -> String {
            let row = |row: &Vec<usize>| row.iter().map(|&at| CELLS[at]).collect::<Vec<_>>();
            rows.iter().map(|cells| row(cells).join("\t") + "\n").collect()
        };
        let folder = Folder::new(&[
            ("codes.tsv", format!("{CODES}{SOUND}{}", rows(&codes))),
            ("frames.tsv", format!("{FRAMES}{FRAME}{}", rows(&frames))),
            ("objects.tsv", format!("class\tword\tcontexts\na\tdyke\t\n{}", rows(&objects))),
            ("embedded.tsv", format!("outer\tinner\tinner_mode\ttype\tmode\n{}", rows(&embedded))),
            ("contexts.tsv", bytes.iter().collect()),
        ]);
        said(&Lexicons::embedded().with_ontology(&folder.0));
        let mut problems = Problems::default();
        let reader = crate::EventReader::load(
            &Lexicons::embedded().with_ontology(&folder.0),
            &mut problems,
        );
        let doc = crate::testing::doc(
            "Aln Aln PROPN NNP 2 nsubj\nflooded flood VERB VBD 0 root\nSandmoor Sandmoor PROPN NNP 2 obj",
        );
        let events = reader.read(&doc, &crate::testing::entities(&doc), &[], &[], &[], false);
        prop_assert!(events.iter().all(|event| !event.kind.code().is_empty()));
    }
}
