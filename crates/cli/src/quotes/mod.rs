//! `dateline quotes`: who is quoted, in which words.

mod rows;
mod wanted;

use crate::args::{QuotesArgs, QuotesFormat};
use crate::batch::{self, Scribe};
use crate::pretty::ink::{Ink, Inked};
use crate::pretty::layout;
use crate::pretty::{self, Look};
use crate::{Status, complain, terminal};
use dateline::Account;
use rows::{COLUMNS, Quote};
use std::io::IsTerminal;
use wanted::Wanted;

/// Reads the inputs and writes their quotations.
pub fn run(args: QuotesArgs) -> Status {
    let format = args.format.unwrap_or(if std::io::stdout().is_terminal() {
        QuotesFormat::Table
    } else {
        QuotesFormat::Csv
    });
    let width = terminal::width().clamp(pretty::NARROWEST, pretty::WIDEST);
    let scribe = Quotes {
        format,
        look: Look { width, color: terminal::color(args.color) },
        wanted: Wanted::new(&args.speaker, &args.about, args.indirect),
    };
    let (status, written) = batch::run(args.input, |builder| builder, &scribe);
    if status == Status::Read && !written && format == QuotesFormat::Table {
        complain("no quotations");
    }
    status
}

/// Writes quotations.
struct Quotes {
    format: QuotesFormat,
    look: Look,
    wanted: Wanted,
}

impl Scribe for Quotes {
    fn head(&self) -> Vec<u8> {
        match self.format {
            QuotesFormat::Csv | QuotesFormat::Tsv => self.separated([COLUMNS.map(str::to_owned)]),
            QuotesFormat::Table | QuotesFormat::Jsonl => Vec::new(),
        }
    }

    fn between(&self) -> String {
        if self.format == QuotesFormat::Table { "\n".to_owned() } else { String::new() }
    }

    fn lay_out(&self, account: &Account) -> Vec<u8> {
        let quotes = rows::quotes(account, &self.wanted);
        match self.format {
            QuotesFormat::Table => self.table(account, &quotes).into_bytes(),
            QuotesFormat::Csv | QuotesFormat::Tsv => {
                self.separated(quotes.iter().map(Quote::cells))
            }
            QuotesFormat::Jsonl => {
                let lines = quotes.iter().filter_map(|quote| serde_json::to_vec(quote).ok());
                lines.flat_map(|line| line.into_iter().chain([b'\n'])).collect()
            }
        }
    }
}

impl Quotes {
    /// Lines of cells. Cells have no tabs and line ends in them, so that tabs
    /// need no quotation marks around what they separate.
    fn separated<const N: usize>(&self, rows: impl IntoIterator<Item = [String; N]>) -> Vec<u8> {
        let (delimiter, style) = match self.format {
            QuotesFormat::Tsv => (b'\t', csv::QuoteStyle::Never),
            _ => (b',', csv::QuoteStyle::Necessary),
        };
        let mut builder = csv::WriterBuilder::new();
        let mut lines =
            builder.delimiter(delimiter).quote_style(style).from_writer(Vec::<u8>::new());
        for row in rows {
            // writing to memory does not fail
            let _ = lines.write_record(&row);
        }
        lines.into_inner().unwrap_or_default()
    }

    /// A heading, then speaker beside quotation, with what is known below.
    fn table(&self, account: &Account, quotes: &[Quote<'_>]) -> String {
        let mut out = String::new();
        if quotes.is_empty() {
            return out;
        }
        let Look { width, color } = self.look;
        let heading = [
            Inked::new(account.title.as_deref().unwrap_or(&account.id), Ink::TITLE),
            Inked::new(account.outlet.as_deref().unwrap_or_default(), Ink::FAINT),
            Inked::new(
                &account.published.as_deref().map(pretty::day).unwrap_or_default(),
                Ink::FAINT,
            ),
        ];
        layout::paragraph(&mut out, &Inked::dotted(heading), 0, width, color);
        let rows: Vec<layout::Row> = quotes.iter().map(table_row).collect();
        layout::table(&mut out, &rows, 2, width, color);
        out
    }
}

fn table_row(quote: &Quote<'_>) -> layout::Row {
    let speaker = match quote.speaker {
        Some(name) => Inked::new(name, Ink::SOURCE),
        None if quote.source.is_empty() => Inked::new("nobody named", Ink::FAINT),
        None => Inked::new(&quote.source, Ink::SOURCE),
    };
    let faint = |text: &str| Inked::new(text, Ink::FAINT);
    let at = format!("paragraph {}, sentence {}", quote.paragraph, quote.sentence);
    let under = [
        faint(&quote.role),
        Inked::new(quote.code.unwrap_or_default(), Ink::CODE),
        Inked::new(&quote.cue, Ink::CUE),
        faint(quote.form),
        faint(&at),
    ];
    layout::Row {
        cells: vec![speaker, Inked::new(&quote.quotation, Ink::CONTENT)],
        under: Inked::dotted(under),
    }
}
