//! What holds for any text whatever: no panic, every row quotes the text, the
//! same bytes for any number of threads.

use dateline::{Account, Article, Reader, TextIndex};
use proptest::prelude::*;
use std::sync::LazyLock;

static READER: LazyLock<Reader> = LazyLock::new(|| {
    Reader::builder().tokens(true).explain(true).build().expect("the built-in files")
});

/// Pieces of news and of what breaks readers of news.
const PIECES: &[&str] = &[
    "The minister said that ",
    "President Ana Sörensen ",
    "told reporters on Tuesday. ",
    "“We agree,” ",
    "she said. ",
    "\"No",
    "” ",
    "‘",
    "’s ",
    "'",
    "according to the U.N. ",
    "U.S. ",
    "troops ",
    "attacked ",
    "did not ",
    "withdraw ",
    "from Syria ",
    "Washington, D.C., ",
    "in 1998 ",
    "on 31 February ",
    "two weeks ago ",
    "between 3 and 5 p.m. ",
    "$1.2bn ",
    "don't ",
    "can’t've ",
    "(Reuters) - ",
    "-- ",
    "…",
    ". . . ",
    ".",
    "!",
    "?!",
    ";",
    ":",
    "•",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "\u{a0}",
    "\u{200b}",
    "\u{200d}",
    "\u{feff}",
    "\u{2028}",
    "\u{0}",
    "\u{301}",
    "\u{202e}",
    "\u{fffd}",
    "\u{1F468}\u{200D}\u{1F469}",
    "外交部表示",
    "министр ",
    "وزير ",
    "İ",
    "ß",
    "ﬁ",
    "Ⅷ",
    "\u{10FFFF}",
    "http://example.org/?q=1 ",
    "a@b.org ",
    "@user #tag ",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    " ",
];

fn newslike() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..80).prop_map(|pieces| pieces.concat())
}

fn unicode() -> impl Strategy<Value = String> {
    prop::collection::vec(any::<char>(), 0..300).prop_map(String::from_iter)
}

fn read(text: &str, published: Option<&str>) -> Account {
    let mut article = Article::new("a", text);
    article.published = published.map(str::to_owned);
    READER.read(&article).expect("any text can be read")
}

/// The contract of an account, beyond what [`Account::check`] holds.
fn hold_contract(account: &Account, text: &str) {
    account.check().unwrap_or_else(|breach| panic!("{breach} in {text:?}"));
    assert_eq!(account.text, text);
    let index = TextIndex::new(text);
    for span in account.spans() {
        let words = index.slice(text, span);
        assert_eq!(words.chars().count(), span.len() as usize, "{span:?} in {text:?}");
    }
    let tokens = account.tokens.as_deref().unwrap_or_default();
    assert!(account.sentences.is_sorted(), "{text:?}");
    assert!(tokens.is_sorted_by_key(|token| (token.start, token.end)), "{text:?}");
    assert!(tokens.iter().all(|t| t.head.is_none_or(|head| (head as usize) < tokens.len())));
    for share in account
        .claims
        .iter()
        .map(|c| c.confidence)
        .chain(account.events.iter().map(|e| e.confidence))
    {
        assert!((0.0..=1.0).contains(&share), "confidence {share} in {text:?}");
    }
    assert!(account.times.iter().all(|time| !time.value.is_empty()), "{text:?}");
}

fn without_space(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The surface tokens of CoNLL-U, put together.
fn surface(trees: &str) -> String {
    let mut inside = 0usize;
    let mut whole = String::new();
    for line in trees.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        assert_eq!(cells.len(), 10, "{line:?}");
        if let Some((first, last)) = cells[0].split_once('-') {
            let number = |n: &str| n.parse::<usize>().expect("a number");
            inside = number(last) - number(first) + 1;
            whole.push_str(cells[1]);
        } else if inside > 0 {
            inside -= 1;
        } else {
            whole.push_str(cells[1]);
        }
    }
    without_space(&whole)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn any_unicode_can_be_read(text in unicode()) {
        hold_contract(&read(&text, Some("2024-05-08")), &text);
        let english = format!("The minister said that the talks had ended. {text} The minister left the city.");
        hold_contract(&read(&english, None), &english);
    }

    #[test]
    fn anything_like_news_can_be_read(text in newslike()) {
        hold_contract(&read(&text, None), &text);
        hold_contract(&read(&text, Some("2024-02-29")), &text);
        hold_contract(&read(&text.to_uppercase(), Some("0001-01-01")), &text.to_uppercase());
    }

    #[test]
    fn trees_hold_every_character(text in prop_oneof![unicode(), newslike()]) {
        let trees = dateline::conllu("a\nb", &READER.parse(&text));
        prop_assert!(trees.starts_with("# newdoc id = a b\n"));
        prop_assert_eq!(surface(&trees), without_space(&text));
    }

    #[test]
    fn any_date_is_read_or_refused(date in "[ -~]{0,12}|[0-9]{4}-[0-9]{2}-[0-9]{2}.{0,3}") {
        let mut article = Article::new("a", "They met on Monday.");
        article.published = Some(date);
        if let Err(error) = READER.read(&article) {
            prop_assert!(error.to_string().contains("publication date"));
        }
    }
}

/// A stream of pseudo-random articles, always the same.
fn articles(number: usize) -> Vec<Article> {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as usize % below
    };
    (0..number)
        .map(|at| {
            let length = 20 + next(120);
            let text: String = (0..length).map(|_| PIECES[next(PIECES.len())]).collect();
            Article::new(format!("a{at}"), format!("The minister of the state said this. {text}"))
                .published("2024-05-08")
        })
        .collect()
}

#[test]
fn one_and_four_threads_give_the_same_bytes() {
    let articles = articles(64);
    let bytes = |article: &Article| serde_json::to_vec(&READER.read(article).unwrap()).unwrap();
    let one: Vec<Vec<u8>> = articles.iter().map(bytes).collect();
    let mut four = vec![Vec::new(); articles.len()];
    std::thread::scope(|scope| {
        for (articles, four) in articles.chunks(16).zip(four.chunks_mut(16)) {
            scope.spawn(move || {
                // From the last to the first: no article may leave a trace in the next.
                for (article, place) in articles.iter().zip(four).rev() {
                    *place = bytes(article);
                }
            });
        }
    });
    assert!(one == four, "an account depends on the thread or on the order of reading");
}
