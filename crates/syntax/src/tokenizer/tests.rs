//! Behaviour of the whole tokeniser, and what holds for any text.

use super::chars::is_space;
use super::*;
use proptest::prelude::*;
use std::time::{Duration, Instant};

/// The pieces with a space between, `_` before a joined one.
fn forms(text: &str) -> String {
    let mut out = String::new();
    for piece in &tokenize(text).pieces {
        if !out.is_empty() {
            out.push(if piece.joined { '_' } else { ' ' });
        }
        out.push_str(&text[piece.bytes.clone()]);
    }
    out
}

/// The sentences as written.
fn sentences(text: &str) -> Vec<&str> {
    let tokens = tokenize(text);
    let bytes = |range: Range<usize>| {
        tokens.pieces[range.start].bytes.start..tokens.pieces[range.end - 1].bytes.end
    };
    tokens.sentences().into_iter().map(|range| &text[bytes(range)]).collect()
}

#[test]
fn contractions_and_possessives_are_words_of_one_token() {
    assert_eq!(forms("don't can't won’t I'm"), "do_n't ca_n't wo_n’t I_'m");
    assert_eq!(forms("Kenya's they'd've cannot gonna"), "Kenya_'s they_'d_'ve can_not gon_na");
    assert_eq!(forms("your not late, your turn"), "you_r not late , your turn");
    assert_eq!(forms("its not new, Im not Im Hyun"), "it_s not new , I_m not Im Hyun");
    assert_eq!(forms("its people, its so-called army"), "its people , its so - called army");
    assert_eq!(forms("lets see what lets them in"), "let_s see what lets them in");
    assert_eq!(forms("the miners' union"), "the miners_' union");
    assert_eq!(forms("OBI'S DIDN'T"), "OBI_'S DID_N'T");
    assert_eq!(forms("Qur'an's O'Brien N'Djamena o'clock"), "Qur'an_'s O'Brien N'Djamena o'clock");
    assert_eq!(forms("the 1990's, the '80s"), "the 1990's , the '80s");
}

#[test]
fn single_quotation_marks_are_not_possessives() {
    assert_eq!(forms("'We saw ten boats' he said"), "' We saw ten boats ' he said");
    assert_eq!(forms("‘We saw ten boats’, she said"), "‘ We saw ten boats ’ , she said");
    assert_eq!(forms("``Yes,'' he said"), "`` Yes , '' he said");
    assert_eq!(forms("tell 'em"), "tell 'em");
}

#[test]
fn compounds_are_split_and_prefixes_are_not() {
    assert_eq!(forms("a three-hour talk"), "a three - hour talk");
    assert_eq!(forms("anti-corruption ex-minister"), "anti-corruption ex-minister");
    assert_eq!(forms("mid-1980s, non-EU"), "mid-1980s , non-EU");
    assert_eq!(forms("face-to-face in al-Hasakah"), "face - to - face in al - Hasakah");
    assert_eq!(forms("call 202-555-0100 or 555-0100"), "call 202-555-0100 or 555-0100");
    assert_eq!(forms("extension 5-0100"), "extension 5-0100");
    assert_eq!(forms("in 2014-15, by 2-1"), "in 2014 - 15 , by 2 - 1");
    assert_eq!(forms("COVID-19 SARS-CoV-2"), "COVID - 19 SARS-CoV-2");
}

#[test]
fn file_names_and_newsgroups_are_whole() {
    assert_eq!(forms("see #4-draft_2.doc, please"), "see #4-draft_2.doc , please");
    assert_eq!(forms("in sci.space.news or rec.gardens."), "in sci.space.news or rec.gardens .");
    assert_eq!(forms("News.Com and the dept.That"), "News.Com and the dept. That");
    assert_eq!(forms("the talk.They met"), "the talk . They met");
}

#[test]
fn a_drawn_line_is_one_token() {
    assert_eq!(forms("==--== notes==--"), "==--== notes ==--");
    assert_eq!(forms("well -- a+--b y+----=x"), "well -- a + -- b y + ---- = x");
}

#[test]
fn abbreviations_keep_their_period() {
    assert_eq!(forms("nails, etc., and rope, etc."), "nails , etc. , and rope , etc .");
    assert_eq!(forms("U.S.-led, the U.K. said"), "U.S. - led , the U.K. said");
    assert_eq!(forms("Mr. Osei of Ore Inc., on Sept. 5"), "Mr. Osei of Ore Inc. , on Sept. 5");
    assert_eq!(forms("Case No. 12. He said no."), "Case No. 12 . He said no .");
    assert_eq!(forms("J. K. Mensah at 5 p.m. today"), "J. K. Mensah at 5 p.m. today");
    assert_eq!(forms("He was ill. I sat. We won."), "He was ill . I sat . We won .");
    assert_eq!(forms("in Jackson, Miss., and Oz"), "in Jackson , Miss. , and Oz");
    assert_eq!(forms("a Ph.D. thesis, e.g. his"), "a Ph.D. thesis , e.g. his");
}

#[test]
fn numbers_and_units() {
    assert_eq!(forms("$1,000.50, 30%, £5m"), "$ 1,000.50 , 30 % , £ 5 m");
    assert_eq!(forms("US$2bn or Rs500"), "US$ 2 bn or Rs 500");
    assert_eq!(forms("at 10:30am, 5p.m. and 7pm."), "at 10:30 am , 5 p.m. and 7 pm .");
    assert_eq!(forms("on 21/03/2001 and 9/11"), "on 21/03/2001 and 9/11");
    assert_eq!(forms("the 21st, 4G, .5 and 1,2"), "the 21st , 4G , .5 and 1 , 2");
    assert_eq!(forms("worth $180.9m."), "worth $ 180.9 m .");
    assert_eq!(forms("5'11 tall"), "5 ' 11 tall");
}

#[test]
fn addresses_tags_and_signs() {
    assert_eq!(
        forms("See https://example.org/a-b?c=1, or (www.example.com)."),
        "See https://example.org/a-b?c=1 , or ( www.example.com ) ."
    );
    assert_eq!(forms("Write to a.b@example.org."), "Write to a.b@example.org .");
    assert_eq!(forms("@harbour_watch #LetThemFish #1"), "@harbour_watch #LetThemFish # 1");
    assert_eq!(forms("on Example.com today.It rained"), "on Example.com today . It rained");
    assert_eq!(forms("Well... yes -- or no—maybe!? :)"), "Well ... yes -- or no — maybe !? :)");
    assert_eq!(forms("AT&T and/or R&D"), "AT&T and / or R&D");
    assert_eq!(forms("it [...] was (so we heard)"), "it [...] was ( so we heard )");
    assert_eq!(forms("👍🏽 cafe\u{301}s 10°C"), "👍🏽 cafe\u{301}s 10 ° C");
}

#[test]
fn sentences_end_where_they_seem_to() {
    assert_eq!(
        sentences("Mr. Diop left. “We won’t pay,” he said. He smiled."),
        ["Mr. Diop left.", "“We won’t pay,” he said.", "He smiled."]
    );
    assert_eq!(
        sentences("\"Is it safe?\" Ms. Haddad asked. \"It is.\" Nobody spoke."),
        ["\"Is it safe?\" Ms. Haddad asked.", "\"It is.\"", "Nobody spoke."]
    );
    assert_eq!(
        sentences("He flew to the U.S. The visit was short."),
        ["He flew to the U.S.", "The visit was short."]
    );
    assert_eq!(sentences("The U.S. Senate met at 5 p.m. Monday.").len(), 1);
    assert_eq!(sentences("2. Results of the survey").len(), 1);
    assert_eq!(sentences("It ended.[3] He left.\nA line").len(), 3);
}

#[test]
fn paragraphs_are_ranges_of_pieces() {
    let tokens = tokenize("One two.\n\n\u{feff}\n \nThree.\r\nFour");
    assert_eq!(tokens.paragraphs, [0..3, 3..4, 4..6, 6..7]);
    assert_eq!(tokenize(""), Tokens::default());
    assert_eq!(tokenize(" \u{3000}\n\t"), Tokens::default());
}

/// What holds for every text.
fn check(text: &str) -> Result<(), TestCaseError> {
    let tokens = tokenize(text);
    let mut at = 0;
    for (index, piece) in tokens.pieces.iter().enumerate() {
        let between = text.get(at..piece.bytes.start);
        prop_assert!(between.is_some_and(|between| between.chars().all(is_space)));
        let form = text.get(piece.bytes.clone());
        prop_assert!(form.is_some_and(|form| !form.is_empty() && !form.contains(is_space)));
        prop_assert!(piece.bytes.len() <= MAX_PIECE_BYTES);
        if piece.joined {
            prop_assert!(index > 0 && piece.bytes.start == at);
            prop_assert!(!tokens.paragraphs.iter().any(|paragraph| paragraph.start == index));
            prop_assert!(!tokens.sentence_ends[index - 1]);
        }
        at = piece.bytes.end;
    }
    prop_assert!(text[at..].chars().all(is_space));
    prop_assert_eq!(tokens.sentence_ends.len(), tokens.pieces.len());
    let mut next = 0;
    for paragraph in &tokens.paragraphs {
        prop_assert!(paragraph.start == next && paragraph.end > next);
        prop_assert!(tokens.sentence_ends[paragraph.end - 1]);
        next = paragraph.end;
    }
    prop_assert_eq!(next, tokens.pieces.len());
    Ok(())
}

proptest! {
    #[test]
    fn any_text_is_covered_once_in_order(text in "\\PC*") {
        check(&text)?;
    }

    #[test]
    fn so_is_text_of_odd_characters(text in "[a-cs0-9tn .,'’‘`\"@#$&*()\\[\\]/:;<>=_+!?…—\\-\u{ad}\u{301}\u{200d}\u{feff}\u{85}\n\r🏽é½ß京]{0,60}") {
        check(&text)?;
    }

    #[test]
    fn so_are_addresses(text in "(http://|www\\.|a@b|\\.com|:\\)|\\)|\\(|cannot|don't|U\\.S\\.|'s|5pm|Rs5|-e-| |\n){0,12}") {
        check(&text)?;
    }
}

#[test]
fn time_is_linear_in_any_text() {
    let units = [
        "a", "a.", "ab.", "a-", "1-", "re-", "'", "a'", "@", "a@", "a-a@", ":)", "a.)", "(", "“",
        "www.", "http://)", "))", ". ", ". \"", "\n", "a\n", ". [1]", "&a", "/a", "\u{301}", "京",
        "\u{a0}", "-esque", "[", "1,", "$", "a`",
    ];
    for unit in units {
        let text = unit.repeat(400_000 / unit.len());
        let start = Instant::now();
        let tokens = tokenize(&text);
        // A second is a hundred times what it takes; quadratic time is minutes.
        assert!(start.elapsed() < Duration::from_secs(5), "{unit:?}: {:?}", start.elapsed());
        assert!(tokens.pieces.iter().all(|piece| piece.bytes.len() <= MAX_PIECE_BYTES));
    }
    let spaces = format!("{}{}end", "a.)".repeat(300), " ".repeat(2_000_000));
    let start = Instant::now();
    assert_eq!(tokenize(&spaces).paragraphs.len(), 1);
    assert!(start.elapsed() < Duration::from_secs(5));
}
