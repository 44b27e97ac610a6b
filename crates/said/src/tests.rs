//! The room's behaviour on small documents built by hand.

use crate::testing::{doc, text_of};
use crate::{ClaimReader, STANCES};
use dateline_account::{
    Channel, Claim, Entity, EntityKind, Form, Mention, MentionForm, Span, Time, TimeType,
};
use dateline_lexicon::Lexicons;
use dateline_syntax::{Attribution, Doc, Model, Name, NameKind};
use std::ops::Range;
use std::sync::LazyLock;

fn reader() -> &'static ClaimReader {
    static READER: LazyLock<ClaimReader> =
        LazyLock::new(|| ClaimReader::new(&Lexicons::embedded()).unwrap());
    &READER
}

fn model() -> &'static Model {
    static MODEL: LazyLock<Model> = LazyLock::new(|| Model::swift().unwrap());
    &MODEL
}

fn entity(doc: &Doc<'_>, id: u32, name: &str, tokens: &[Range<usize>]) -> Entity {
    let mention = |t: &Range<usize>| Mention { span: doc.span(t.clone()), form: MentionForm::Name };
    Entity {
        id,
        name: name.to_owned(),
        kind: EntityKind::Person,
        mentions: tokens.iter().map(mention).collect(),
        roles: Vec::new(),
        actor: None,
        place: None,
        explain: Vec::new(),
    }
}

fn linked(source: &[Range<usize>], cue: Range<usize>, content: &[Range<usize>]) -> Attribution {
    Attribution { source: source.to_vec(), cue: vec![cue], content: content.to_vec(), score: 0.9 }
}

fn words<'t>(doc: &Doc<'t>, spans: &[Span]) -> Vec<&'t str> {
    spans.iter().map(|s| doc.slice(*s)).collect()
}

const TOLD: &str = "“ “ PUNCT 3 punct
We we PRON 3 nsubj
agree agree VERB 0 root
_, , PUNCT 3 punct
_” ” PUNCT 3 punct
Orlov Orlov PROPN 7 nsubj
told tell VERB 3 parataxis
reporters reporter NOUN 7 obj
_, , PUNCT 7 punct
according accord VERB 13 case
to to ADP 10 fixed
agency agency NOUN 13 compound
Interfax Interfax PROPN 7 obl
_. . PUNCT 3 punct

“ “ PUNCT 4 punct
It it PRON 4 nsubj
was be AUX 4 cop
right right ADJ 0 root
to to PART 6 mark
go go VERB 4 advcl
_. . PUNCT 4 punct
_” ” PUNCT 4 punct";

#[test]
fn a_quotation_goes_on_after_its_cue() {
    let text = text_of(TOLD);
    let mut doc = doc(&text, TOLD);
    doc.attributions = vec![linked(&[5..6], 6..7, &[1..3])];
    let entities = [
        entity(&doc, 0, "Orlov", &[5..6]),
        entity(&doc, 1, "reporters", &[7..8]),
        entity(&doc, 2, "Interfax", &[11..13]),
    ];
    let claims = crate::testing::reader().read(&doc, &entities, &[], &[], false);
    // what the agency says is a claim too, around the other
    assert_eq!(claims.len(), 2);
    let (claim, relayed) = (&claims[0], &claims[1]);
    assert_eq!((claim.within, relayed.speaker), (Some(1), Some(2)));
    assert_eq!(words(&doc, &claim.content), ["“We agree,”", "“It was right to go.”"]);
    assert_eq!((claim.speaker, claim.addressee, claim.via), (Some(0), Some(1), Some(2)));
    assert_eq!((claim.form, claim.stance.as_str()), (Form::Direct, "assert"));
}

const DENIED: &str = "Orlov Orlov PROPN 5 nsubj
did do AUX 5 aux
not not PART 5 advmod
publicly publicly ADV 5 advmod
deny deny VERB 0 root
on on ADP 7 case
Monday Monday PROPN 5 obl
that that SCONJ 10 mark
he he PRON 10 nsubj
left leave VERB 5 ccomp
in in ADP 13 case
a a DET 13 det
statement statement NOUN 5 obl
_. . PUNCT 5 punct

“ “ PUNCT 3 punct
I I PRON 3 nsubj
stayed stay VERB 0 root
for for ADP 6 case
a a DET 6 det
day day NOUN 3 obl
_. . PUNCT 3 punct
_” ” PUNCT 3 punct";

#[test]
fn stance_channel_time_and_the_next_quotation() {
    let text = text_of(DENIED);
    let mut doc = doc(&text, DENIED);
    doc.attributions = vec![linked(&[0..1], 4..5, &[7..10])];
    let entities = [entity(&doc, 0, "Orlov", &[0..1, 8..9])];
    let time = Time {
        span: doc.span(6..7),
        kind: TimeType::Date,
        value: "2020-03-02".into(),
        modifier: None,
    };
    let claims = reader().read(&doc, &entities, std::slice::from_ref(&time), &[], false);
    assert_eq!(claims.len(), 2);
    assert_eq!(claims[0].stance, "withhold");
    assert_eq!(claims[0].channel, Some(Channel::Statement));
    assert_eq!(claims[0].said, Some(0));
    assert_eq!(claims[0].form, Form::Indirect);
    assert_eq!(claims[1].speaker, Some(0));
    assert_eq!(words(&doc, &claims[1].source), ["Orlov"]); // where the name stands
    assert!(claims[1].cue.is_empty());
    assert_eq!(words(&doc, &claims[1].content), ["“I stayed for a day.”"]);
    assert_eq!(claims[1].form, Form::Direct);
}

#[test]
fn rules_stand_in_for_the_network() {
    let text = text_of(TOLD);
    let doc_told = doc(&text, TOLD);
    let entities = [entity(&doc_told, 0, "Orlov", &[5..6])];
    let claims = reader().read(&doc_told, &entities, &[], &[], false);
    let told = claims.iter().find(|c| words(&doc_told, &c.cue) == ["told"]).unwrap();
    assert_eq!(words(&doc_told, &told.source), ["Orlov"]);
    assert!(words(&doc_told, &told.content)[0].contains("We agree"));
    assert_eq!(told.speaker, Some(0));

    let text = text_of(DENIED);
    let doc_denied = doc(&text, DENIED);
    let claims = reader().read(&doc_denied, &[], &[], &[], false);
    let denied = claims.iter().find(|c| !c.cue.is_empty()).unwrap();
    assert_eq!(words(&doc_denied, &denied.content), ["that he left"]);
    assert_eq!(denied.stance, "withhold");
}

const INSIDE: &str = "Lind Lind PROPN 2 nsubj
said say VERB 0 root
that that SCONJ 5 mark
Orlov Orlov PROPN 5 nsubj
promised promise VERB 2 ccomp
to to PART 7 mark
pay pay VERB 5 xcomp
_. . PUNCT 2 punct";

#[test]
fn a_claim_inside_a_claim() {
    let text = text_of(INSIDE);
    let mut doc = doc(&text, INSIDE);
    doc.attributions = vec![linked(&[0..1], 1..2, &[2..7]), linked(&[3..4], 4..5, &[5..7])];
    let entities = [entity(&doc, 0, "Lind", &[0..1]), entity(&doc, 1, "Orlov", &[3..4])];
    let claims = reader().read(&doc, &entities, &[], &[], false);
    assert_eq!(claims.len(), 2);
    assert_eq!((claims[0].within, claims[1].within), (None, Some(0)));
    assert_eq!((claims[0].speaker, claims[1].speaker), (Some(0), Some(1)));
    assert_eq!(claims[1].stance, "promise");
}

const PARAGRAPHS: &str = "Lind Lind PROPN 2 nsubj
said say VERB 0 root
_: : PUNCT 2 punct
“ “ PUNCT 6 punct
We we PRON 6 nsubj
wait wait VERB 2 ccomp
_. . PUNCT 6 punct
#
“ “ PUNCT 3 punct
We we PRON 3 nsubj
hope hope VERB 0 root
for for ADP 5 case
rain rain NOUN 3 obl
_. . PUNCT 3 punct
_” ” PUNCT 3 punct
#
“ “ PUNCT 3 punct
Nobody nobody PRON 3 nsubj
knows know VERB 0 root
what what PRON 5 obj
comes come VERB 3 ccomp
after after ADP 7 case
that that PRON 5 obl
_. . PUNCT 3 punct
_” ” PUNCT 3 punct
said say VERB 3 parataxis";

#[test]
fn a_quotation_of_two_paragraphs() {
    let text = text_of(PARAGRAPHS);
    let mut doc = doc(&text, PARAGRAPHS);
    doc.attributions = vec![linked(&[0..1], 1..2, &[3..6])];
    let claims = reader().read(&doc, &[], &[], &[], false);
    assert_eq!(words(&doc, &claims[0].content), ["“We wait.", "“We hope for rain.”"]);
    // the last paragraph's speaker is not told: a claim all the same
    assert!(claims.iter().any(|c| words(&doc, &c.content)[0].starts_with("“Nobody")));
}

fn check(doc: &Doc<'_>, claims: &[Claim]) {
    for (at, claim) in claims.iter().enumerate() {
        assert_eq!(claim.id as usize, at);
        assert!(!claim.content.is_empty());
        let spans = claim.source.iter().chain(&claim.cue).chain(&claim.content);
        for span in spans {
            assert!(!span.is_empty() && span.end <= doc.index.len());
        }
        assert!(STANCES.contains(&claim.stance.as_str()));
        assert!(claim.within.is_none_or(|w| (w as usize) < claims.len() && w as usize != at));
        assert!((0.0..=1.0).contains(&claim.confidence));
    }
}

#[test]
fn marks_without_end_are_read_in_linear_time() {
    for (text, times) in [
        ("“", 10_000),
        ("\"", 10_000),
        ("' ", 4000),
        ("“He said. ", 2000),
        ("\"Yes,\" ", 2000),
        ("«Yes», „No“, »So« said Lind. ", 1000),
        ("\u{202B}”Yes,“\u{202C} he said. ", 1000),
        ("“Yes ‘no «so ", 3000),
        ("“It rains.\n\n", 2000),
    ] {
        let text = text.repeat(times);
        let doc = model().read(&text);
        let started = std::time::Instant::now();
        check(&doc, &reader().read(&doc, &[], &[], &[], false));
        assert!(started.elapsed().as_secs() < 10, "{:?}", &text[..8.min(text.len())]);
    }
}

proptest::proptest! {
    #[test]
    fn any_text_and_any_labels(
        text in "([“”\"'‘’«»„ .,:\n]|said|told |Orlov|according to |not | é){0,60}",
        labels in proptest::collection::vec(
            proptest::collection::vec((0usize..40, 0usize..12), 0..6), 0..6),
    ) {
        let mut doc = model().read(&text);
        doc.attributions = labels
            .iter()
            .map(|ranges| {
                let part = |kind: usize| {
                    let chosen = ranges.iter().enumerate().filter(|(at, _)| at % 3 == kind);
                    chosen.map(|(_, &(start, length))| start..start + length).collect()
                };
                Attribution { source: part(0), cue: part(1), content: part(2), score: 0.5 }
            })
            .collect();
        let claims = reader().read(&doc, &[], &[], &[], false);
        check(&doc, &claims);
        proptest::prop_assert_eq!(&claims, &reader().read(&doc, &[], &[], &[], false));
    }
}

const UNREAD: &str = "Tulo Tulo ADV 2 advmod
said say VERB 0 root
that that SCONJ 5 mark
rain rain NOUN 5 nsubj
came come VERB 2 ccomp
_. . PUNCT 2 punct";

#[test]
fn a_name_read_as_an_adverb_speaks() {
    let text = text_of(UNREAD);
    let mut doc = doc(&text, UNREAD);
    doc.attributions = vec![linked(&[], 1..2, &[2..5])];
    let entities = [entity(&doc, 0, "Tulo", &[0..1])];
    let claims = reader().read(&doc, &entities, &[], &[], false);
    assert_eq!((claims.len(), claims[0].speaker), (1, Some(0)));
    assert_eq!(words(&doc, &claims[0].source), ["Tulo"]);
}

/// A text of marks nested ten thousand deep, opened and then closed.
#[test]
fn ten_thousand_nested_marks_are_one_quotation() {
    let text = format!("{}We agree{}, Lind said.", "“".repeat(10_000), "”".repeat(10_000));
    let doc = model().read(&text);
    let claims = reader().read(&doc, &[], &[], &[], false);
    check(&doc, &claims);
    assert!(claims.len() < 10, "{}", claims.len());
}

#[test]
fn a_quotation_that_never_closes_ends_with_its_paragraph_and_says_so() {
    let lines = PARAGRAPHS.replacen("_” ” PUNCT 3 punct\n#", "#", 1);
    let text = text_of(&lines);
    let mut doc = doc(&text, &lines);
    doc.attributions = vec![linked(&[0..1], 1..2, &[3..6])];
    let claims = reader().read(&doc, &[], &[], &[], false);
    // the first paragraph goes on in the second, and that in the third
    assert!(!claims[0].unclosed, "{:?}", words(&doc, &claims[0].content));
    let open = lines.split("#\n").next().unwrap();
    let text = text_of(open);
    let mut doc = self::doc(&text, open);
    doc.attributions = vec![linked(&[0..1], 1..2, &[3..6])];
    let claims = reader().read(&doc, &[], &[], &[], true);
    assert!(claims[0].unclosed);
    assert_eq!(words(&doc, &claims[0].content), ["“We wait."]);
    assert!(claims[0].explain.iter().any(|line| line.contains("never closes")));
}

#[test]
fn a_claim_explains_itself() {
    let text = text_of(DENIED);
    let mut doc = doc(&text, DENIED);
    doc.attributions = vec![linked(&[0..1], 4..5, &[7..10])];
    let claims = reader().read(&doc, &[], &[], &[], true);
    let about = |start: &str| claims[0].explain.iter().any(|line| line.starts_with(start));
    assert!(about("found: by the network, score 0.90"), "{:?}", claims[0].explain);
    assert!(about("cue: “deny”, a verb of the lexicon (cues.tsv, line "));
    assert!(about("stance: withhold, “deny” turned round (cues.tsv, line "));
    assert!(about("channel: “statement” (channels.tsv, line "));
    assert!(about("confidence: "));
    assert!(claims[1].explain[0].contains("goes on"), "{:?}", claims[1].explain);
    assert!(reader().read(&doc, &[], &[], &[], false).iter().all(|c| c.explain.is_empty()));
}

const SHRUGGED: &str = "Lind Lind PROPN 2 nsubj
shrugged shrug VERB 0 root
_. . PUNCT 2 punct

“ “ PUNCT 2 punct
Ask ask VERB 0 root
me me PRON 2 obj
again again ADV 2 advmod
_. . PUNCT 2 punct
_” ” PUNCT 2 punct";

#[test]
fn the_sentence_before_tells_who_speaks() {
    let text = text_of(SHRUGGED);
    let mut doc = doc(&text, SHRUGGED);
    doc.names = vec![Name::new(0..1, NameKind::Person)];
    let entities = [entity(&doc, 0, "Lind", &[0..1])];
    let claims = reader().read(&doc, &entities, &[], &[], false);
    assert_eq!((claims.len(), claims[0].speaker), (1, Some(0)));
    assert_eq!(words(&doc, &claims[0].content), ["“Ask me again.”"]);
}

#[test]
fn a_described_person_speaks_by_name() {
    let lines = "The the DET 2 det
head head NOUN 10 nsubj
of of ADP 4 case
Vardal Vardal PROPN 2 nmod
_, , PUNCT 7 punct
Ole Ole PROPN 7 compound
Strand Strand PROPN 4 appos
_, , PUNCT 2 punct
often often ADV 10 advmod
said say VERB 0 root
it it PRON 12 nsubj
rained rain VERB 10 ccomp
_. . PUNCT 10 punct";
    let text = text_of(lines);
    let mut doc = doc(&text, lines);
    doc.attributions = vec![linked(&[0..8], 9..10, &[10..12])];
    let entities = [entity(&doc, 0, "head", &[0..2]), entity(&doc, 1, "Ole Strand", &[5..7])];
    let claims = reader().read(&doc, &entities, &[], &[], false);
    assert_eq!(claims[0].speaker, Some(1));
}

#[test]
fn a_pronoun_may_be_named_in_the_next_sentence() {
    let lines = "“ “ PUNCT 2 punct
Wait wait VERB 5 ccomp
_, , PUNCT 2 punct
_” ” PUNCT 2 punct
begged beg VERB 0 root
she she PRON 5 nsubj
_. . PUNCT 5 punct

Lind Lind PROPN 2 nsubj
slept sleep VERB 0 root
_. . PUNCT 2 punct";
    let text = text_of(lines);
    let mut doc = doc(&text, lines);
    doc.attributions = vec![linked(&[5..6], 4..5, &[0..4])];
    let entities = [entity(&doc, 0, "Lind", &[7..8])];
    assert_eq!(reader().read(&doc, &entities, &[], &[], false)[0].speaker, Some(0));
}
