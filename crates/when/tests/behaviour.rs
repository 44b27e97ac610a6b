//! What the reader makes of the ways in which the news writes times. All
//! sentences are made up for the purpose.

use dateline_account::{TextIndex, Time};
use dateline_lexicon::Lexicons;
use dateline_syntax::Doc;
use dateline_when::TimeReader;

fn doc(text: &str) -> Doc<'_> {
    Doc {
        text,
        index: TextIndex::new(text),
        tokens: vec![],
        sentences: vec![],
        paragraphs: vec![],
        names: vec![],
        attributions: vec![],
        values: vec![],
    }
}

fn read(text: &str, published: Option<&str>) -> Vec<Time> {
    let reader = TimeReader::new(&Lexicons::embedded()).unwrap();
    reader.read(&doc(text), published.map(|p| p.parse().unwrap()))
}

/// The times of a text as `words=value`, with the mod after a comma.
fn shown(text: &str, published: Option<&str>) -> String {
    let doc = doc(text);
    let row = |t: &Time| {
        let modifier = t.modifier.as_ref().map_or(String::new(), |m| format!(",{m}"));
        format!("{}={}{modifier}", doc.slice(t.span), t.value)
    };
    read(text, published).iter().map(row).collect::<Vec<_>>().join(" | ")
}

/// Checks texts against what is expected of them, all published on Thursday,
/// 20 December 2018.
fn check(cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .map(|(text, expected)| (text, expected, shown(text, Some("2018-12-20"))))
        .filter(|(_, expected, got)| *expected != got)
        .map(|(text, expected, got)| format!("{text}\n  expected {expected}\n  got      {got}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn written_dates() {
    check(&[
        ("It was signed on June 26, 1945, in San Francisco.", "June 26, 1945=1945-06-26"),
        ("It was signed on 26 June 1945.", "26 June 1945=1945-06-26"),
        ("It began on the 9th of May, 1950.", "the 9th of May, 1950=1950-05-09"),
        ("Sunday, March 8, 2015 was mild.", "Sunday, March 8, 2015=2015-03-08"),
        ("Talks open on Jan. 15.", "Jan. 15=2019-01-15"),
        ("The storm of Aug. 9 shut nine roads.", "Aug. 9=2018-08-09"),
        ("The talks lasted from Dec. 3-5, 2017.", "Dec. 3=2017-12-03 | 5, 2017=2017-12-05"),
        ("The treaty of May 1998 holds.", "May 1998=1998-05"),
        ("She leads before the November election.", "November=2018-11"),
        ("The March of Progress is a picture.", ""),
        ("He may resign, and they march on.", ""),
        ("Mrs. May said no.", ""),
        ("She left in May.", "May=2018-05"),
        ("The filing is dated 2018-11-30.", "2018-11-30=2018-11-30"),
        (
            "Logged at 2018-11-30T14:05:00Z by the server.",
            "2018-11-30T14:05:00Z=2018-11-30T14:05:00",
        ),
        ("Due 12/25/2018 or 31/12/2018.", "12/25/2018=2018-12-25 | 31/12/2018=2018-12-31"),
        ("BEIRUT, Dec. 20 (Agency) - Talks resumed.", "Dec. 20=2018-12-20"),
        ("On Feb. 30 nothing happened.", ""),
    ]);
}

#[test]
fn years_and_what_only_looks_like_one() {
    check(&[
        ("The law was passed in 1996.", "1996=1996"),
        ("The 1967 war changed borders.", "1967=1967"),
        ("The season of 2014-15 was long.", "2014=2014 | 15=2015"),
        ("He ruled from 2011 to 2014.", "2011=2011 | 2014=2014"),
        ("Between 1985 and 1987 sales fell.", "1985=1985 | 1987=1987"),
        ("The king died in 1547.", "1547=1547"),
        ("About 2000 people marched.", ""),
        ("The city has 1,995 bridges and $1990 in debt.", ""),
        ("Resolution 1701 and Flight 1812 and room 2018.", ""),
        ("They walked 1950 miles.", ""),
        ("Some 2,000 of them left.", ""),
        ("In 2000 people began to leave.", ""),
        ("The crowd grew to 2010 people.", ""),
        ("The plant makes 1900 cars a week.", "a week=P1W"),
        ("He called 555-2014 or a Boeing 1999-X.", ""),
        ("The crash of 2008-9 hurt.", "2008=2008 | 9=2009"),
        ("The port was founded in 814 B.C. by traders.", "814 B.C.=BC0814"),
        ("By the year 2020 it will be done.", "the year 2020=2020"),
        ("In fiscal 2017 it grew.", "fiscal 2017=2017"),
        ("It was nineteen eighty-four then.", "nineteen eighty-four=1984"),
    ]);
}

#[test]
fn decades_centuries_quarters_seasons() {
    check(&[
        ("Prices rose in the 1990s.", "the 1990s=199"),
        ("Since the mid-1990s it has grown.", "the mid-1990s=199,MID"),
        ("In the early 1980s it fell.", "the early 1980s=198,START"),
        ("Born in the '60s.", "the '60s=196"),
        ("A film of the '20s.", "the '20s=192"),
        ("A man in his 30s was held.", ""),
        ("A bridge of the 19th century stands.", "the 19th century=18"),
        ("A 20th-century idea.", "20th-century=19"),
        ("Profit rose in the third quarter.", "the third quarter=2018-Q3"),
        ("It posted a third-quarter loss.", "third-quarter=2018-Q3"),
        ("Output fell in the first quarter of 2017.", "the first quarter of 2017=2017-Q1"),
        ("Sales fell in Q2 2016.", "Q2 2016=2016-Q2"),
        ("Growth slowed in the second half of 2015.", "the second half of 2015=2015-H2"),
        ("This year's third quarter was weak.", "This year's third quarter=2018-Q3"),
        (
            "Profit fell in the third quarter. Sales rose from the 2016 quarter.",
            "the third quarter=2018-Q3 | the 2016 quarter=2016-Q3",
        ),
        (
            "Profit fell in Q2 2016 from the corresponding period last year.",
            "Q2 2016=2016-Q2 | the corresponding period last year=2017-Q2",
        ),
        (
            "Profit fell in Q2 2016 from the same quarter a year earlier.",
            "Q2 2016=2016-Q2 | the same quarter a year earlier=2015-Q2",
        ),
        ("A fiscal second-quarter of $9 million.", "fiscal second-quarter=2018-Q2"),
        ("In the latest fiscal year it grew.", "the latest fiscal year=2017"),
        ("It closes by year-end.", "year-end=2018,END"),
        ("It must be done by the year's end.", "the year's end=2018,END"),
        ("They won in the second half.", ""),
        ("They led in the fourth quarter of the game.", ""),
        ("He wrote it in the summer of 2014.", "the summer of 2014=2014-SU"),
        ("It was shut last spring.", "last spring=2018-SP"),
        ("The fall of the wall came.", ""),
        ("It rained in late November.", "late November=2018-11,END"),
    ]);
}

#[test]
fn weekdays_in_news_style() {
    check(&[
        ("He spoke on Thursday.", "Thursday=2018-12-20"),
        ("She resigned on Tuesday.", "Tuesday=2018-12-18"),
        ("The panel will vote on Tuesday.", "Tuesday=2018-12-25"),
        ("They met last Thursday.", "last Thursday=2018-12-13"),
        ("They meet next Monday.", "next Monday=2018-12-24"),
        ("The vote is due this Saturday.", "this Saturday=2018-12-22"),
        ("Polls open this coming Sunday.", "this coming Sunday=2018-12-23"),
        ("A bomb exploded Monday morning.", "Monday morning=2018-12-17TMO"),
        ("It closed early Wednesday.", "early Wednesday=2018-12-19,START"),
        ("Bids are taken until 3 p.m. EST Friday.", "3 p.m. EST Friday=2018-12-21T15:00"),
        ("The envoy said that Friday would do.", "Friday=2018-12-21"),
        ("The mayor needs every hand for Tuesday's ballot.", "Tuesday=2018-12-25"),
        ("They spoke after Tuesday's vote.", "Tuesday=2018-12-18"),
        ("Aid may arrive as early as Saturday.", "Saturday=2018-12-22"),
    ]);
}

#[test]
fn relative_dates() {
    check(&[
        ("It began yesterday and ends tomorrow.", "yesterday=2018-12-19 | tomorrow=2018-12-21"),
        ("He speaks tonight.", "tonight=2018-12-20TNI"),
        ("It left six months ago.", "six months ago=2018-06"),
        ("Three days ago it rained.", "Three days ago=2018-12-17"),
        ("It began two years ago.", "two years ago=2016"),
        ("Nearly two decades ago it fell.", "Nearly two decades ago=1998,LESS_THAN"),
        ("A year and a half ago they met.", "A year and a half ago=2017-06"),
        ("The deal expires six months from now.", "six months from now=2019-06"),
        ("Last year it grew; next year it may not.", "Last year=2017 | next year=2019"),
        ("They met last week and this month.", "last week=2018-W50 | this month=2018-12"),
        ("Earlier this week he left.", "Earlier this week=2018-W51,START"),
        ("It was quiet over the weekend.", "the weekend=2018-W50-WE"),
        ("At the end of the year it closes.", "the end of the year=2018,END"),
        ("In March of last year it opened.", "March of last year=2017-03"),
        ("Several years ago he left.", "Several years ago=PAST_REF"),
        (
            "It now has a recent plan for the future.",
            "now=PRESENT_REF | recent=PAST_REF | the future=FUTURE_REF",
        ),
        ("In the past, it failed.", "the past=PAST_REF"),
        ("They soon left as soon as they could.", "soon=FUTURE_REF"),
        ("Now, it is said, the future of the port is safe now.", "now=PRESENT_REF"),
        ("He said that last year it failed.", "last year=2017"),
    ]);
}

#[test]
fn the_running_reference_time() {
    check(&[
        (
            "In the summer of 2014 the group took the city. That August it lost the dam.",
            "the summer of 2014=2014-SU | That August=2014-08",
        ),
        (
            "On May 3, 2011 he fled. The next day he was held.",
            "May 3, 2011=2011-05-03 | The next day=2011-05-04",
        ),
        (
            "On May 3, 2011 he fled. Two days later he was held.",
            "May 3, 2011=2011-05-03 | Two days later=2011-05-05",
        ),
        ("He won in 1996. Two years later he lost.", "1996=1996 | Two years later=1998"),
        ("He won in 1996 and lost the following year.", "1996=1996 | the following year=1997"),
        (
            "He won in April 2003 and left later that year.",
            "April 2003=2003-04 | later that year=2003,END",
        ),
        ("In 2005 it grew. The same year it split.", "2005=2005 | The same year=2005"),
        ("In 2005 it grew, as it had the year before.", "2005=2005 | the year before=2004"),
        (
            "On May 3, 2011 he fled; they had quarrelled the night before.",
            "May 3, 2011=2011-05-03 | the night before=2011-05-02TNI",
        ),
        ("It was the day before the vote.", ""),
    ]);
}

#[test]
fn lengths_and_recurring_times() {
    check(&[
        ("The three-hour meeting ended.", "three-hour=PT3H"),
        ("It took two and a half years.", "two and a half years=P2Y6M"),
        ("It took 2 1/2 years.", "2 1/2 years=P2Y6M"),
        ("He waited half an hour.", "half an hour=PT30M"),
        ("More than 20 years of war.", "More than 20 years=P20Y,MORE_THAN"),
        ("A 36-year-old man was hurt.", "36-year-old=P36Y"),
        ("Over the past three years it grew.", "the past three years=P3Y"),
        ("In the past decade it grew.", "the past decade=P10Y"),
        ("It will last 12 days.", "12 days=P12D"),
        ("Rates rose one quarter point.", ""),
        ("They fought for weeks.", "weeks=PXW"),
        ("It lasted several days.", "several days=PXD"),
        ("It lasted a hundred and twenty days.", "a hundred and twenty days=P120D"),
        ("They meet every day.", "every day=P1D"),
        ("They meet annually.", "annually=P1Y"),
        ("It flies on Tuesday nights.", "Tuesday nights=XXXX-WXX-2TNI"),
        ("They meet twice a week.", "twice a week=P1W"),
        ("They march each July and on Mondays.", "each July=XXXX-07 | Mondays=XXXX-WXX-1"),
        ("It costs $3 million a year.", "a year=P1Y"),
        ("They meet every two weeks.", "every two weeks=P2W"),
        ("It took nearly a quarter-century.", "nearly a quarter-century=P25Y,LESS_THAN"),
        ("It took 3 \u{bd} years.", "3 \u{bd} years=P3Y6M"),
        ("It died out 65 million years ago.", "65 million years ago=PAST_REF"),
        ("He came second in a second vote.", ""),
        ("It takes two to three weeks.", "two to three weeks=P2W,EQUAL_OR_MORE"),
        ("It takes three or four days.", "three or four days=P3D,EQUAL_OR_MORE"),
        ("About three-quarters of them left.", ""),
    ]);
}

#[test]
fn times_of_day_and_named_days() {
    check(&[
        ("It opened at 6:40 p.m. on Monday.", "6:40 p.m. on Monday=2018-12-17T18:40"),
        ("It ended around 9pm.", "around 9pm=2018-12-20T21:00,APPROX"),
        ("It struck at 0430 GMT.", "0430 GMT=2018-12-20T04:30"),
        ("It opened at 14:30 local time.", "14:30 local time=2018-12-20T14:30"),
        ("It left at two o'clock Sunday morning.", "two o'clock Sunday morning=2018-12-16T02:00"),
        ("It opened earlier in the day.", "earlier in the day=2018-12-20,START"),
        ("The score was 3:2 at the break.", ""),
        ("He woke at two o'clock.", "two o'clock=2018-12-20T02:00"),
        ("It ends at noon Friday.", "noon Friday=2018-12-21T12:00"),
        ("On Christmas Day it snowed.", "Christmas Day=2018-12-25"),
        ("The parade is held on Thanksgiving Day.", "Thanksgiving Day=2018-11-22"),
        ("They met last Easter.", "last Easter=2018-04-01"),
        ("On Election Day it rained.", "Election Day=2018-11-06"),
        ("Since the Sept. 11 attacks rules are strict.", "Sept. 11=2001-09-11"),
        ("Since 9/11 rules are strict.", "9/11=2001-09-11"),
        ("Sept. 11 was a Tuesday.", "Sept. 11=2018-09-11 | Tuesday=2018-12-18"),
        ("On New Year\u{2019}s Eve of 2012 he sang.", "New Year\u{2019}s Eve of 2012=2012-12-31"),
    ]);
}

#[test]
fn without_a_day_of_publication() {
    let cases = [
        ("It closed on Dec. 20.", "Dec. 20=XXXX-12-20"),
        ("It closed on Thursday.", "Thursday=XXXX-WXX-4"),
        ("It closed last year.", "last year=XXXX"),
        ("It closed last week.", "last week=XXXX-WXX"),
        ("It closed yesterday.", "yesterday=XXXX-XX-XX"),
        ("It closed Thursday night.", "Thursday night=XXXX-WXX-4TNI"),
        ("In 1996 it closed; two years later it opened.", "1996=1996 | two years later=1998"),
        ("It rose from the same period last year.", "the same period last year=XXXX-QX"),
        ("It rose from the 2016 quarter.", "the 2016 quarter=2016-QX"),
        ("It closed in the third quarter.", "the third quarter=XXXX-Q3"),
    ];
    for (text, expected) in cases {
        assert_eq!(shown(text, None), expected, "{text}");
    }
}

#[test]
fn year_ends_and_leap_days() {
    assert_eq!(shown("It closed yesterday.", Some("2024-03-01")), "yesterday=2024-02-29");
    assert_eq!(shown("It closed in December.", Some("2019-01-02")), "December=2018-12");
    assert_eq!(shown("It will close in January.", Some("2018-12-20")), "January=2019-01");
    assert_eq!(shown("It closed last month.", Some("2019-01-31")), "last month=2018-12");
    assert_eq!(shown("It closed a month ago.", Some("2019-03-31")), "a month ago=2019-02");
    assert_eq!(shown("It closed on Feb. 29.", Some("2024-03-05")), "Feb. 29=2024-02-29");
    let election = "He leads ahead of the November election.";
    assert_eq!(shown(election, Some("2016-05-12")), "November=2016-11");
    assert_eq!(shown("It opens next week.", Some("2018-12-28")), "next week=2019-W01");
}

#[test]
fn a_named_day_is_not_read_before_it_came() {
    let text = "The Oct. 7 attack was repelled.";
    assert_eq!(shown(text, Some("1998-10-20")), "Oct. 7=1998-10-07");
    assert_eq!(shown(text, Some("2024-01-20")), "Oct. 7=2023-10-07");
}
