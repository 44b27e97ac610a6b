//! The command line of `dateline export`.

use super::args::WantedArgs;
use crate::args::TablesArgs;
use clap::{Args, ValueEnum};
use dateline_tables::{Format, Table};
use std::path::PathBuf;

pub const EXAMPLES: &str = "\
Examples:
  dateline export --store news.db --what claims --to claims.parquet
        for pandas, polars, R's arrow, DuckDB and Spark
  dateline export --store news.db --what incidents --to incidents.jsonl --since 2018-12
        each incident once, with its reports
  dateline export --store news.db --as polecat --to events.tsv
        events under the column names of POLECAT
  dateline export --store news.db --as gexf --to actors.gexf --place Syria
        who acts toward whom, for Gephi; --as graphml for Cytoscape, igraph and networkx
  dateline export --store news.db --what events --to - --format csv | head";

pub const MANNERS: &str = "\
All rows are written that the filters of dateline find want, in the order in which their articles
were added (incidents: newest first), from one look at the store: readers and writers do not wait
for it, nor it for them. The file is there only when it is whole. docs/export.md lists the columns.

With --as polecat, graphml and gexf, what is negated, planned, feared, demanded or only supposed is
left out, since these forms have no way to say so.

Exit status: 0 written; 1 the output cannot be written; 2 the command line or a lexicon is wrong;
5 no store, 6 it is busy.";

/// Arguments of `dateline export`.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// The store
    #[arg(long, value_name = "FILE")]
    pub store: PathBuf,

    /// Which table
    #[arg(long, value_enum, required_unless_present = "shape")]
    pub what: Option<What>,

    /// The file to write; '-' for standard output
    #[arg(long, value_name = "FILE")]
    pub to: PathBuf,

    /// In another form than the tables'
    #[arg(long = "as", value_enum, value_name = "FORM")]
    pub shape: Option<Shape>,

    /// Layout of a table [default: what the name of the file ends in]
    #[arg(long, short, value_enum)]
    pub format: Option<TableFormat>,

    #[command(flatten)]
    #[allow(missing_docs)]
    pub wanted: WantedArgs,

    /// Most rows [default: all]
    #[arg(long, short = 'n', value_name = "N")]
    pub limit: Option<usize>,

    #[command(flatten)]
    #[allow(missing_docs)]
    pub tables: TablesArgs,
}

/// Which table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum What {
    /// An event a row, as each article tells it
    Events,
    /// A claim a row
    Claims,
    /// An entity of an article a row
    Entities,
    /// An incident a row, with all its reports
    Incidents,
    /// An article a row, with its text
    Articles,
}

impl What {
    /// Its columns.
    pub fn table(self) -> Table {
        match self {
            What::Events => Table::Events,
            What::Claims => Table::Claims,
            What::Entities => Table::Entities,
            What::Incidents => Table::Incidents,
            What::Articles => Table::Articles,
        }
    }
}

/// Other forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Shape {
    /// Events under the column names of POLECAT
    Polecat,
    /// The network of actors as GraphML
    Graphml,
    /// The network of actors as GEXF, for Gephi
    Gexf,
}

/// Layouts of tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    /// Parquet, compressed with Snappy
    Parquet,
    /// Comma-separated, with a header line
    Csv,
    /// Parted by tabs, with a header line
    Tsv,
    /// One JSON object a line
    Jsonl,
}

impl From<TableFormat> for Format {
    fn from(format: TableFormat) -> Self {
        match format {
            TableFormat::Parquet => Format::Parquet,
            TableFormat::Csv => Format::Csv,
            TableFormat::Tsv => Format::Tsv,
            TableFormat::Jsonl => Format::Jsonl,
        }
    }
}
