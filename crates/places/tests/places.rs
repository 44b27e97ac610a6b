//! What is read as a place and which place it is, on sentences of our own.

mod common;

use common::doc;
use dateline_account::{Article, Place, PlaceForm};
use dateline_lexicon::Lexicons;
use dateline_places::{Gazetteer, Packer, PlaceReader, Row};
use dateline_syntax::NameKind::{self, Location, Organization, Person};
use std::sync::LazyLock;

static READER: LazyLock<PlaceReader> = LazyLock::new(|| {
    PlaceReader::new(&Lexicons::embedded()).expect("the built-in lexicons are whole")
});

fn read(text: &str, names: &[(&str, NameKind)]) -> Vec<(String, Place)> {
    let doc = doc(text, names);
    let places = READER.read(&doc, &Article::new("t", text));
    places.into_iter().map(|place| (doc.slice(place.span).to_owned(), place)).collect()
}

/// Words, gazetteer name and country of each place, from the lexicons alone.
fn rows(text: &str) -> Vec<String> {
    with_names(text, &[])
}

fn with_names(text: &str, names: &[(&str, NameKind)]) -> Vec<String> {
    let row = |(words, place): &(String, Place)| {
        format!("{words}={}/{}", place.name, place.country.as_deref().unwrap_or("-"))
    };
    read(text, names).iter().map(row).collect()
}

#[test]
fn countries_capitals_and_demonyms_need_no_network() {
    assert_eq!(
        rows("The Kenyan and Ugandan ministers met in Kampala before flying to Burma."),
        ["Kenyan=Kenya/KEN", "Ugandan=Uganda/UGA", "Kampala=Kampala/UGA", "Burma=Myanmar/MMR"]
    );
    let places = read("Norwegian ships left Oslo.", &[]);
    assert_eq!(places[0].1.form, PlaceForm::Demonym);
    assert_eq!(places[0].1.feature.as_deref(), Some("A.PCLI"));
    assert_eq!(places[1].1.form, PlaceForm::Name);
    assert_eq!(places[1].1.feature.as_deref(), Some("P.PPLC"));
    assert!(places[1].1.geonames.is_some() && places[1].1.lat.is_some());
}

#[test]
fn abbreviations_are_read_as_written() {
    assert_eq!(
        rows("The U.S. and the UAE signed it, and so did the UK. Tell us more."),
        ["U.S.=United States/USA", "UAE=United Arab Emirates/ARE", "UK=United Kingdom/GBR"]
    );
    assert_eq!(rows("Two firms from Austin, TX, or one from Boise, ID.").len(), 4);
    assert_eq!(rows("The U.S.-led talks.")[0], "U.S.=United States/USA");
}

#[test]
fn what_the_words_say_goes_before_size() {
    for (text, state) in [
        ("The mill in Paris, Texas, closed.", "USA"),
        ("A school in Moscow, Idaho, opened.", "USA"),
        ("The hospital in London, Ontario, is full.", "CAN"),
    ] {
        assert_eq!(read(text, &[])[0].1.country.as_deref(), Some(state), "{text}");
    }
    let springfield = &read("She lives in Springfield, Ill., near a lake.", &[])[0].1;
    assert!((springfield.lat.unwrap() - 39.8).abs() < 0.1, "{springfield:?}");
}

#[test]
fn the_rest_of_the_article_decides_between_readings() {
    let home = "Georgia shares a border with Armenia. Batumi and Tbilisi are its largest cities.";
    assert_eq!(rows(home)[0], "Georgia=Georgia/GEO");
    let state = "Georgia shares a border with Alabama. Savannah, Ga., is older than Atlanta.";
    assert_eq!(rows(state)[0], "Georgia=Georgia/USA");
    let town = "Police in Birmingham, Ala., were called.\nBirmingham has a new mayor.";
    let places = read(town, &[]);
    assert_eq!(places.last().unwrap().1.country.as_deref(), Some("USA"), "one sense");
}

#[test]
fn washington_is_the_capital_unless_the_state_is_meant() {
    let capital = "Officials in Washington and in London declined to comment.";
    assert_eq!(rows(capital)[0], "Washington=Washington, D.C./USA");
    let state = "Farmers in Washington, Oregon and Idaho want rain. Spokane and Yakima are dry, Seattle is not.";
    let names = [
        ("Washington", Location),
        ("Oregon", Location),
        ("Idaho", Location),
        ("Spokane", Location),
        ("Yakima", Location),
        ("Seattle", Location),
    ];
    assert_eq!(with_names(state, &names)[0], "Washington=Washington/USA");
}

#[test]
fn people_with_the_names_of_places_are_no_places() {
    assert_eq!(rows("He spoke with Michael Jordan and with Paris Hilton."), [""; 0]);
    let names = [("Jordan Peele", Person), ("Amman", Location)];
    assert_eq!(with_names("Jordan Peele flew to Amman.", &names), ["Amman=Amman/JOR"]);
    // the same word for a person and for a country
    let both = "Michael Jordan landed in Jordan.";
    let names = [("Michael Jordan", Person), ("in Jordan", Location)];
    assert_eq!(with_names(both, &names).len(), 1);
}

#[test]
fn newspapers_and_languages_are_no_places_but_universities_name_one() {
    assert_eq!(rows("The Washington Post and the New York Times wrote of it."), [""; 0]);
    assert_eq!(rows("She speaks French, and he wrote the letter in Spanish."), [""; 0]);
    assert_eq!(rows("The French letter was lost."), ["French=France/FRA"]);
    let names = [("University of Michigan", Organization)];
    assert_eq!(
        with_names("The University of Michigan said so.", &names),
        ["Michigan=Michigan/USA"]
    );
    assert_eq!(
        with_names("Beijing said no.", &[("Beijing", Organization)]),
        ["Beijing=Beijing/CHN"]
    );
}

#[test]
fn states_that_are_no_more_and_places_that_are_no_towns() {
    assert_eq!(
        rows(
            "The Soviet Union and East Germany sent ships through the Strait of Hormuz to the Golan Heights."
        ),
        [
            "Soviet Union=Soviet Union/RUS",
            "East Germany=East Germany/DEU",
            "Strait of Hormuz=Strait of Hormuz/-",
            "Golan Heights=Golan Heights/SYR"
        ]
    );
}

#[test]
fn text_without_capitals_is_read_by_its_tags() {
    let text =
        "the minister of peru and the honduran envoy of the united states met in lima on friday.";
    let mut doc = doc(text, &[]);
    let tag = |word: &str| {
        if word == "honduran" { dateline_syntax::Upos::Adj } else { dateline_syntax::Upos::Propn }
    };
    for at in 0..doc.tokens.len() {
        let word = doc.form(at);
        if ["peru", "honduran", "states", "lima"].contains(&word) {
            doc.tokens[at].upos = tag(word);
        }
    }
    let places = READER.read(&doc, &Article::new("t", text));
    let countries: Vec<_> = places.iter().filter_map(|p| p.country.as_deref()).collect();
    assert!(countries.starts_with(&["PER", "HND", "USA"]), "{countries:?}");
}

#[test]
fn the_outlet_and_the_dateline_tell_where_an_article_is_from() {
    let text = "The council of Springfield voted on Tuesday. Springfield has two bridges.";
    let doc = doc(text, &[("Springfield", Location)]);
    let lat = |outlet: &str| {
        let article = Article { outlet: Some(outlet.to_owned()), ..Article::new("t", text) };
        READER.read(&doc, &article)[0].lat.unwrap()
    };
    let (ohio, missouri) = (lat("Dayton Daily News"), lat("Joplin Globe"));
    assert!((ohio - 39.9).abs() < 0.5 && (missouri - 37.2).abs() < 0.5, "{ohio} {missouri}");
    let dated = with_names(
        "TBILISI (Example Wire) - Troops left Georgia.",
        &[("TBILISI", Location), ("Georgia", Location)],
    );
    assert_eq!(dated, ["TBILISI=Tbilisi/GEO", "Georgia=Georgia/GEO"]);
}

#[test]
fn a_location_that_is_not_listed_has_no_coordinates() {
    let text = "They met in Qwertzuiopville.";
    let place = &read(text, &[("Qwertzuiopville", Location)])[0].1;
    assert_eq!((place.name.as_str(), place.lat, place.geonames), ("Qwertzuiopville", None, None));
    // a site lies where the place in its name lies, a street does not
    let site = &read("Flights from Nairobi Airport were late.", &[])[0].1;
    assert_eq!((site.country.as_deref(), site.geonames), (Some("KEN"), None));
    let street = &read("A shop on Nairobi Street burned.", &[])[0].1;
    assert_eq!((street.lat, street.feature.as_deref()), (None, Some("R.ST")));
}

#[test]
fn another_gazetteer_and_more_rows_are_taken_in() {
    let scratch = std::env::temp_dir().join(format!("dateline-more-{}", std::process::id()));
    let mut packer = Packer::new(scratch).unwrap();
    let row = "P.PPL\t77\tQwertzuiopville\t\t5.5\t6.5\tNGA\tBenue\t900000";
    packer.add(&Row::parse(row).unwrap()).unwrap();
    let mut bytes = Vec::new();
    packer.finish(&mut bytes).unwrap();
    let reader = PlaceReader::new(&Lexicons::embedded()).unwrap();
    let reader = reader.with_gazetteer(Gazetteer::from_bytes(bytes).unwrap());
    let text = "They met in Qwertzuiopville.";
    let places = reader.read(&doc(text, &[]), &Article::new("t", text));
    assert_eq!((places[0].geonames, places[0].country.as_deref()), (Some(77), Some("NGA")));
}

#[test]
fn rows_of_the_users_own_are_added_and_mistakes_are_named() {
    let folder = std::env::temp_dir().join(format!("dateline-places-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let header = "name\taliases\tabbreviations\tdemonyms\tcountry\tfeature\tlat\tlon\tpopulation\tgeonames\n";
    let write = |row: &str| {
        std::fs::write(folder.join("regions.more.tsv"), format!("{header}{row}\n")).unwrap()
    };
    write("Camp Qwertz\t\t\t\tJOR\tP.PPL\t32.1\t36.1\t9000\t");
    let reader = PlaceReader::new(&Lexicons::with_folder(&folder)).unwrap();
    let text = "Tents burned in Camp Qwertz.";
    let places = reader.read(&doc(text, &[]), &Article::new("t", text));
    assert_eq!((places[0].name.as_str(), places[0].lat), ("Camp Qwertz", Some(32.1)));
    write("Camp Qwertz\t\t\t\tJOR\tP.PPL\t132.1\t36.1\t9000\t");
    let error = PlaceReader::new(&Lexicons::with_folder(&folder)).unwrap_err();
    assert!(error.to_string().contains("line 2") && error.reason.contains("'lat'"), "{error}");
    std::fs::remove_dir_all(&folder).unwrap();
}
