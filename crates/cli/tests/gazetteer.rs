//! Gazetteers of the user's own: built of a dump, read with, refused.

mod common;

use common::{dateline, folder};
use std::fs;
use std::path::Path;

/// A line of a dump about a made-up place.
fn line(id: u32, name: &str, feature: (&str, &str), country: &str, population: u32) -> String {
    let (class, code) = feature;
    format!(
        "{id}\t{name}\t{name}\t{name}ska,QX1\t61.5\t8.25\t{class}\t{code}\t{country}\t\t09\t\t\t\t{population}\t\t9\tEurope/Oslo\t2020-01-01\n"
    )
}

fn dump(folder: &Path) -> Vec<u8> {
    let lines = [
        line(1, "Innlandet", ("A", "ADM1"), "NO", 370_000),
        line(2, "Zollenby", ("P", "PPL"), "NO", 40_000),
        line(3, "Zollen River", ("H", "STM"), "NO", 0),
        line(4, "Zollen Trench", ("U", "TRNU"), "", 0),
        line(5, "Zollen Hotel", ("S", "HTL"), "NO", 0),
    ];
    let text = lines.concat().into_bytes();
    fs::write(folder.join("dump.txt"), &text).unwrap();
    text
}

#[test]
fn built_of_a_dump_and_read_with() {
    let folder = folder("gazetteer-built");
    dump(&folder);
    let run = dateline(&folder, &["gazetteer", "build", "dump.txt", "-o", "my.gaz"], b"");
    assert_eq!((run.status, run.stdout.as_str()), (0, ""), "{}", run.stderr);
    assert!(run.stderr.contains("4 places under 8 names"), "{}", run.stderr);
    let again = dateline(&folder, &["gazetteer", "build", "dump.txt", "-o", "my.gaz"], b"");
    assert_eq!(again.status, 0, "an older one is replaced");
    let text = b"{\"text\": \"A fire broke out in Zollenby, Norway, on Monday, officials said.\"}";
    let run = dateline(&folder, &["read", "--gazetteer", "my.gaz", "-"], text);
    let account: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let place = &account["places"][0];
    assert_eq!((&place["name"], &place["geonames"]), (&"Zollenby".into(), &2.into()));
    assert_eq!((&place["country"], &place["lat"]), (&"NOR".into(), &61.5.into()));
    let names: Vec<_> = fs::read_dir(&folder).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "nothing is left over: {names:?}");
}

#[test]
fn what_is_no_dump_is_named() {
    let folder = folder("gazetteer-foreign");
    let whole = dump(&folder);
    let said = |name: &str, bytes: &[u8]| {
        fs::write(folder.join(name), bytes).unwrap();
        let run = dateline(&folder, &["gazetteer", "build", name, "-o", "out.gaz"], b"");
        assert_eq!(run.status, 2, "{name}");
        assert!(!folder.join("out.gaz").exists() && run.stderr.contains(name), "{}", run.stderr);
        assert!(fs::read_dir(&folder).unwrap().all(|e| e.unwrap().path().is_file()));
        run.stderr
    };
    assert!(said("cut.txt", &whole[..whole.len() - 12]).contains("line 5: 18 cells"));
    assert!(said("prose.txt", b"The harbour was quiet.\n").contains("line 1: 1 cells"));
    assert!(said("latin.txt", b"1\tM\xfcnchen\n").contains("line 1: not UTF-8"));
    assert!(said("empty.txt", b"").contains("is empty"));
    assert!(said("cut.zip", b"PK\x03\x04 and no more").contains("damaged zip archive"));
    let north = String::from_utf8(whole.clone()).unwrap().replacen("61.5", "161.5", 1);
    assert!(
        said("north.txt", north.as_bytes()).contains("line 1: 161.5, 8.25 is not on the globe")
    );
    let endless = vec![b'x'; 3 << 20];
    assert!(said("endless.txt", &endless).contains("line 1: too long"));
    fs::write(folder.join("notes.md"), "mine").unwrap();
    let run = dateline(&folder, &["gazetteer", "build", "dump.txt", "-o", "notes.md"], b"");
    assert!(run.status == 2 && run.stderr.contains("is no gazetteer"), "{}", run.stderr);
    assert_eq!(fs::read(folder.join("notes.md")).unwrap(), b"mine");
}

#[test]
fn what_is_no_gazetteer_is_named() {
    let folder = folder("gazetteer-refused");
    let dump = dump(&folder);
    dateline(&folder, &["gazetteer", "build", "dump.txt", "-o", "my.gaz"], b"");
    let whole = fs::read(folder.join("my.gaz")).unwrap();
    let mut damaged = whole.clone();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 1;
    for (name, bytes, reason) in [
        ("dump.txt", dump.as_slice(), "dateline gazetteer build"),
        ("damaged.gaz", damaged.as_slice(), "damaged"),
        ("cut.gaz", &whole[..whole.len() / 2], "cut off"),
    ] {
        fs::write(folder.join(name), bytes).unwrap();
        let run = dateline(&folder, &["read", "--gazetteer", name, "-"], b"Rain.");
        assert_eq!((run.status, run.stdout.as_str()), (2, ""));
        assert!(run.stderr.contains(name) && run.stderr.contains(reason), "{}", run.stderr);
    }
    let run = dateline(&folder, &["read", "--gazetteer", "none.gaz", "-"], b"Rain.");
    assert!(run.status == 2 && run.stderr.contains("none.gaz"), "{}", run.stderr);
}
