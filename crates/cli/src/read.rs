//! `dateline read`.

use crate::args::{Layout, ReadArgs, Terms};
use crate::batch::{self, Outcome, Scribe, too_long};
use crate::{Status, pretty, terminal};
use dateline::intake::Record;
use dateline::{Account, Notation, Reader};
use std::io::IsTerminal;

/// Reads the inputs and writes their accounts.
pub fn run(args: ReadArgs) -> Status {
    let format = args.format.unwrap_or(if std::io::stdout().is_terminal() {
        Layout::Pretty
    } else {
        Layout::Jsonl
    });
    let look = pretty::Look { width: terminal::width(), color: terminal::color(args.color) };
    let (tokens, explain) = (args.tokens, args.explain);
    let notations = args.terms.iter().map(|terms| match terms {
        Terms::Cameo => Notation::Cameo,
        Terms::Quad => Notation::Quad,
        Terms::Intensity => Notation::Intensity,
    });
    let notations = notations.collect();
    let settings = |builder: dateline::ReaderBuilder| {
        builder.tokens(tokens).explain(explain).notations(notations)
    };
    batch::run(args.input, settings, &Accounts { format, look }).0
}

/// Writes accounts.
struct Accounts {
    format: Layout,
    look: pretty::Look,
}

impl Scribe for Accounts {
    fn between(&self) -> String {
        match self.format {
            Layout::Pretty => format!("\n{}\n\n", "─".repeat(self.look.width.min(pretty::WIDEST))),
            _ => String::new(),
        }
    }

    fn shows_notes(&self) -> bool {
        self.format == Layout::Pretty
    }

    fn lay_out(&self, account: &Account) -> Vec<u8> {
        let json = match self.format {
            Layout::Pretty => return pretty::render(account, self.look).into_bytes(),
            Layout::Conllu => return format!("# newdoc id = {}\n", account.id).into_bytes(),
            Layout::Json => serde_json::to_vec_pretty(account),
            Layout::Jsonl => serde_json::to_vec(account),
        };
        let mut bytes = json.unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    fn outcome(&self, reader: &Reader, record: &Record) -> Outcome {
        if self.format == Layout::Conllu {
            trees(reader, record)
        } else {
            batch::account(self, reader, record)
        }
    }
}

/// The trees only.
fn trees(reader: &Reader, record: &Record) -> Outcome {
    let article = &record.article;
    let status = too_long(&article.text);
    let text = if status == Status::Read { article.text.as_str() } else { "" };
    let mut messages: Vec<String> =
        record.notes.iter().map(|note| format!("{}: {note}", article.id)).collect();
    if status != Status::Read {
        messages.push(format!("{}: the text is too long and was not read", article.id));
    }
    let doc = reader.parse(text);
    let bytes = dateline::conllu(&article.id, &doc).into_bytes();
    Outcome { bytes, messages, status, left: None }
}
