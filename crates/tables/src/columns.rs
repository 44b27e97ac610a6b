//! The tables and their columns: the one definition that files, the Python
//! package and Spark share. `docs/export.md` lists them, and a test holds the
//! two against each other.

use arrow_schema::{DataType, Field, Fields, Schema, SchemaRef};
use std::collections::HashMap;
use std::sync::Arc;

/// A table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Table {
    /// An article a row.
    Articles,
    /// A claim a row.
    Claims,
    /// An event a row, as its article tells it.
    Events,
    /// An entity of an article a row.
    Entities,
    /// An incident a row, with all its reports; of a store only.
    Incidents,
    /// Events under the column names of POLECAT.
    Polecat,
}

impl Table {
    /// The tables that an account has; a store has [`Table::Incidents`], too.
    pub const OF_ACCOUNTS: [Table; 4] =
        [Table::Articles, Table::Claims, Table::Events, Table::Entities];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Table::Articles => "articles",
            Table::Claims => "claims",
            Table::Events => "events",
            Table::Entities => "entities",
            Table::Incidents => "incidents",
            Table::Polecat => "polecat",
        }
    }

    /// The table of a name.
    ///
    /// ```
    /// use dateline_tables::Table;
    /// assert_eq!(Table::from_name("claims"), Some(Table::Claims));
    /// ```
    pub fn from_name(name: &str) -> Option<Table> {
        let all = [Table::Incidents, Table::Polecat];
        Table::OF_ACCOUNTS.into_iter().chain(all).find(|table| table.name() == name)
    }

    /// Its columns. What a column holds is its field's metadata `description`.
    ///
    /// ```
    /// use dateline_tables::Table;
    /// let schema = Table::Claims.schema();
    /// assert_eq!(schema.field(0).name(), "article");
    /// ```
    pub fn schema(self) -> SchemaRef {
        let fields = match self {
            Table::Articles => articles(),
            Table::Claims => claims(),
            Table::Events => events(),
            Table::Entities => entities(),
            Table::Incidents => incidents(),
            Table::Polecat => crate::polecat::columns(),
        };
        Arc::new(Schema::new(fields))
    }
}

/// A column. Every one may be null: what an article does not say is not known.
pub(crate) fn column(name: &str, kind: DataType, about: &str) -> Field {
    let described = HashMap::from([("description".to_owned(), about.to_owned())]);
    Field::new(name, kind, true).with_metadata(described)
}

fn list(kind: DataType) -> DataType {
    DataType::List(Arc::new(Field::new("item", kind, true)))
}

fn row(fields: &[(&str, DataType)]) -> DataType {
    let field = |(name, kind): &(&str, DataType)| Field::new(*name, kind.clone(), true);
    DataType::Struct(fields.iter().map(field).collect::<Fields>())
}

const TEXT: DataType = DataType::Utf8;
const INT: DataType = DataType::Int32;
const LONG: DataType = DataType::Int64;
const DAY: DataType = DataType::Date32;

fn texts() -> DataType {
    list(TEXT)
}

fn spans() -> DataType {
    list(row(&[("start", INT), ("end", INT)]))
}

fn parties() -> DataType {
    list(row(&[("id", LONG), ("entity", INT), ("name", TEXT), ("code", TEXT)]))
}

fn who() -> DataType {
    row(&[("id", LONG), ("name", TEXT), ("code", TEXT)])
}

fn articles() -> Vec<Field> {
    vec![
        column("article", TEXT, "the article's id"),
        column("title", TEXT, "headline"),
        column("outlet", TEXT, "publisher"),
        column("url", TEXT, "address"),
        column("byline", texts(), "authors"),
        column("published", TEXT, "day or RFC 3339 time of publication, as the input gave it"),
        column("day", DAY, "the day of publication"),
        column("language", TEXT, "BCP 47; what is not English was not read"),
        column("words", INT, "words of the text, parted by white space"),
        column("sentences", INT, "how many sentences"),
        column("entities", INT, "how many entities"),
        column("claims", INT, "how many claims"),
        column("events", INT, "how many events"),
        column("notes", texts(), "sentences on how the article was read"),
        column("text", TEXT, "the article, untouched"),
    ]
}

fn claims() -> Vec<Field> {
    vec![
        column("article", TEXT, "id of its article"),
        column("claim", INT, "its number there"),
        column("day", DAY, "when it was said, else the day of publication"),
        column("outlet", TEXT, "publisher"),
        column("title", TEXT, "headline"),
        column("url", TEXT, "address"),
        column("published", TEXT, "day or time of publication"),
        column("speaker", TEXT, "name of who says it; null where the article names nobody"),
        column("speaker_code", TEXT, "PLOVER code of the speaker"),
        column("speaker_id", LONG, "the speaker across articles; of a store only"),
        column("speaker_entity", INT, "number of the speaker in the article"),
        column("stance", TEXT, "what the cue commits the source to: assert, deny, promise, ..."),
        column("form", TEXT, "direct, mixed or indirect"),
        column("channel", TEXT, "interview, statement, speech, ..."),
        column("addressee", TEXT, "name of whom it was said to"),
        column("addressee_entity", INT, "and their number"),
        column("via", TEXT, "name of who relayed it"),
        column("via_entity", INT, "and their number"),
        column("source", TEXT, "words that name who says it"),
        column("cue", TEXT, "words that tie source to content"),
        column("quote", TEXT, "what is said; pieces parted by ' … '"),
        column("said", TEXT, "TIMEX3 value of when it was said"),
        column("place", TEXT, "where it was said"),
        column("within", INT, "number of the claim that this one is part of"),
        column("confidence", DataType::Float32, "0 to 1: that speaker and content are right"),
        column("unclosed", DataType::Boolean, "whether a quotation never closes"),
        column("source_spans", spans(), "where the source stands in the text"),
        column("cue_spans", spans(), "where the cue stands"),
        column("content_spans", spans(), "where the content stands"),
    ]
}

fn events() -> Vec<Field> {
    vec![
        column("article", TEXT, "id of its article"),
        column("event", INT, "its number there"),
        column("day", DAY, "first day of its date, else the day of publication"),
        column("date", TEXT, "ISO date or interval, as the article tells it"),
        column("outlet", TEXT, "publisher"),
        column("title", TEXT, "headline"),
        column("url", TEXT, "address"),
        column("published", TEXT, "day or time of publication"),
        column("type", TEXT, "PLOVER type, or one of an ontology of one's own"),
        column("mode", TEXT, "mode of that type"),
        column("contexts", texts(), "contexts"),
        column("quad", TEXT, "verbal-cooperation, material-cooperation, verbal-conflict, ..."),
        column("intensity", DataType::Float32, "-10 to 10, where the ontology has numbers"),
        column("actor", parties(), "who acts"),
        column("recipient", parties(), "who is acted upon"),
        column("polarity", TEXT, "positive, or negative: it did not happen"),
        column("modality", TEXT, "actual, ongoing, planned, possible, hypothetical, ordered"),
        column("claim", INT, "number of the claim that reports it; null: the article itself does"),
        column("told_by", TEXT, "name of who says so in that claim"),
        column("told_by_code", TEXT, "and their code"),
        column("stance", TEXT, "and the claim's stance"),
        column("place", TEXT, "where"),
        column("country", TEXT, "ISO 3166-1 alpha-3 of the place"),
        column("lat", DataType::Float64, "latitude of the place, degrees north"),
        column("lon", DataType::Float64, "longitude, degrees east"),
        column("geonames", LONG, "GeoNames id of the place"),
        column("feature", TEXT, "GeoNames feature, class.code"),
        column("incident", LONG, "the incident that it is a report of; of a store only"),
        column("trigger", TEXT, "words that express it"),
        column("quote", TEXT, "its sentence"),
        column("confidence", DataType::Float32, "0 to 1: that a coder of the story codes it"),
        column("trigger_spans", spans(), "where the trigger stands in the text"),
    ]
}

fn entities() -> Vec<Field> {
    let mentions = list(row(&[("start", INT), ("end", INT), ("form", TEXT)]));
    vec![
        column("article", TEXT, "id of its article"),
        column("entity", INT, "its number there"),
        column("id", LONG, "the same one across articles; of a store only"),
        column("day", DAY, "the day of publication"),
        column("outlet", TEXT, "publisher"),
        column("name", TEXT, "the fullest name in the article, or the canonical one"),
        column("kind", TEXT, "person, organization, place, group, event, other"),
        column("roles", texts(), "roles that the article gives"),
        column("country", TEXT, "ISO 3166-1 alpha-3, or a PLOVER stand-in"),
        column("sectors", texts(), "PLOVER sectors, the primary one first"),
        column("code", TEXT, "country and primary sector in one"),
        column("place", TEXT, "name in the gazetteer, when it is a place"),
        column("geonames", LONG, "and its GeoNames id"),
        column("mentions", INT, "how many mentions"),
        column("mention_spans", mentions, "where they stand: name, nominal or pronoun"),
    ]
}

fn incidents() -> Vec<Field> {
    let actors = || list(who());
    let reports = list(row(&[
        ("article", TEXT),
        ("event", INT),
        ("outlet", TEXT),
        ("published", TEXT),
        ("quote", TEXT),
        ("copy_of", TEXT),
    ]));
    let voices =
        || list(row(&[("speaker", who()), ("article", TEXT), ("claim", INT), ("quote", TEXT)]));
    let values = list(row(&[("value", TEXT), ("articles", texts())]));
    let differs = list(row(&[("field", TEXT), ("values", values)]));
    vec![
        column("id", LONG, "stays while its reports are in the store"),
        column("day", DAY, "first day of its date, else of its first report"),
        column("date", TEXT, "ISO date or interval that most reports give"),
        column("type", TEXT, "PLOVER type that most reports give"),
        column("mode", TEXT, "and mode"),
        column("contexts", texts(), "all contexts"),
        column("quad", TEXT, "quad class of the type"),
        column("intensity", DataType::Float32, "-10 to 10, where the ontology has numbers"),
        column("actor", actors(), "who acts, as most reports have it"),
        column("recipient", actors(), "who is acted upon"),
        column("place", TEXT, "where, as most reports have it"),
        column("articles", INT, "how many articles report it"),
        column("outlets", texts(), "who published them"),
        column("reports", reports, "the reports, with their sentences"),
        column("asserted_by", voices(), "who says that it happened"),
        column("denied_by", voices(), "who says that it did not"),
        column("differs", differs, "where the reports disagree"),
        column("confidence", DataType::Float32, "0 to 1: that of the surest report"),
    ]
}
