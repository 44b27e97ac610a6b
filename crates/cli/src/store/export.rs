//! `dateline export`.

use super::answer::wanted;
use super::export_args::{ExportArgs, Shape, What};
use super::refuse;
use crate::{Status, batch, complain};
use dateline_store::Store;
use dateline_store::ask::Question;
use dateline_tables::{Format, Network, OutputFile, Scales, Table, TableError, Writer, each_batch};
use std::io::{BufWriter, ErrorKind, IsTerminal, Write};
use std::path::Path;

/// What is to be written.
#[derive(Clone, Copy)]
enum Form {
    Table(Table, Format),
    Graphml,
    Gexf,
}

/// Writes a table or a network of a store.
pub fn run(args: &ExportArgs) -> Status {
    let form = form(args).and_then(|form| check(args, form).map(|()| form));
    let form = match form {
        Ok(form) => form,
        Err(mistake) => {
            complain(mistake);
            return Status::Usage;
        }
    };
    let lexicons = batch::lexicons(&args.tables);
    let scales = match Scales::load(&lexicons) {
        Ok(scales) => scales,
        Err(error) => {
            complain(error);
            return Status::Usage;
        }
    };
    match export(args, form, scales) {
        Ok(()) => Status::Read,
        // a reader that has seen enough (`| head`)
        Err(TableError::Output(error)) if error.kind() == ErrorKind::BrokenPipe => Status::Read,
        Err(TableError::Store(error)) => refuse(&error),
        Err(error) => {
            complain(error);
            Status::Internal
        }
    }
}

/// The form that the options, or else the name of the file, ask for.
fn form(args: &ExportArgs) -> Result<Form, String> {
    let to = args.to.display();
    let extension = args.to.extension().and_then(|extension| extension.to_str()).unwrap_or("");
    let table = match (args.shape, args.what) {
        (None, Some(what)) => what.table(),
        (Some(Shape::Graphml), None | Some(What::Events)) => return Ok(Form::Graphml),
        (Some(Shape::Gexf), None | Some(What::Events)) => return Ok(Form::Gexf),
        (Some(Shape::Polecat), None | Some(What::Events)) => Table::Polecat,
        (None, None) => return Err("give --what or --as".to_owned()),
        (Some(_), Some(_)) => {
            return Err("--as is a form of events; leave --what out".to_owned());
        }
    };
    let format = args.format.map(Format::from).or_else(|| Format::of_extension(extension));
    match format {
        Some(format) => Ok(Form::Table(table, format)),
        None if extension.eq_ignore_ascii_case("graphml") => {
            Err(format!("--to {to}: a network is written with --as graphml, without --what"))
        }
        None if extension.eq_ignore_ascii_case("gexf") => {
            Err(format!("--to {to}: a network is written with --as gexf, without --what"))
        }
        None => Err(format!(
            "--to {to}: its name does not tell the layout; give --format parquet, csv, tsv or jsonl"
        )),
    }
}

/// What clap cannot check.
fn check(args: &ExportArgs, form: Form) -> Result<(), String> {
    batch::folders(&args.tables)?;
    let table = matches!(form, Form::Table(..));
    if !table && args.format.is_some() {
        return Err("--format is of tables; a network has the form that --as names".to_owned());
    }
    let binary = matches!(form, Form::Table(_, Format::Parquet));
    if args.to == Path::new("-") && binary && std::io::stdout().is_terminal() {
        return Err("Parquet is nothing for a terminal; give a file, or --format csv".to_owned());
    }
    let same = |to: &Path| Some(to.canonicalize().ok()? == args.store.canonicalize().ok()?);
    if same(&args.to) == Some(true) {
        return Err(format!("--to {}: this is the store; give another name", args.to.display()));
    }
    Ok(())
}

fn export(args: &ExportArgs, form: Form, scales: Scales) -> Result<(), TableError> {
    let store = Store::open(&args.store)?;
    let question = &wanted(&store, &args.wanted, args.limit.unwrap_or(usize::MAX))?;
    if args.to == Path::new("-") {
        let out = BufWriter::new(std::io::stdout());
        write(&store, form, question, scales, out)?.flush()?;
        return Ok(());
    }
    let file = OutputFile::create(&args.to)?;
    write(&store, form, question, scales, file)?.commit()
}

fn write<W: Write + Send>(
    store: &Store,
    form: Form,
    question: &Question,
    scales: Scales,
    mut out: W,
) -> Result<W, TableError> {
    let network = |scales| Network::of(store, question, scales);
    match form {
        Form::Table(table, format) => {
            let mut writer = Writer::new(out, format, table)?;
            each_batch(store, table, question, scales.into(), |batch| writer.write(batch))?;
            writer.finish()
        }
        Form::Graphml => network(&scales)?.write_graphml(&mut out).map(|()| out),
        Form::Gexf => network(&scales)?.write_gexf(&mut out).map(|()| out),
    }
}
