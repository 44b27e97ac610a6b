//! `dateline lexicon`: what the lexicons hold, and whether they are sound.

use crate::args::{LexiconCommand, TablesArgs};
use crate::batch;
use crate::{Status, complain, write};
use dateline::{LexiconFile, Lexicons, Problem, Severity, check_lexicons};
use std::fmt::Write;

/// Lists or checks the lexicons.
pub fn run(command: LexiconCommand) -> Status {
    let (LexiconCommand::Check(args) | LexiconCommand::List(args)) = &command;
    let lexicons = match lexicons(args) {
        Ok(lexicons) => lexicons,
        Err(mistake) => {
            complain(mistake);
            return Status::Usage;
        }
    };
    let (page, status) = match command {
        LexiconCommand::Check(_) => check(&lexicons),
        LexiconCommand::List(_) => (list(&lexicons.files()), Status::Read),
    };
    write(&mut std::io::stdout(), page.as_bytes());
    status
}

fn lexicons(args: &TablesArgs) -> Result<Lexicons, String> {
    batch::folders(args)?;
    Ok(batch::lexicons(args))
}

/// A line a problem, then the rows of each file, then what it comes to.
fn check(lexicons: &Lexicons) -> (String, Status) {
    let problems = check_lexicons(lexicons);
    let found = problems.list();
    let mut page = String::new();
    for problem in &found {
        let _ = writeln!(page, "{}", line(problem));
    }
    if !found.is_empty() {
        page.push('\n');
    }
    let files = lexicons.files();
    page.push_str(&table(&files, &yours));
    let rows: usize = files.iter().map(all_rows).sum();
    let errors = found.iter().filter(|p| p.severity == Severity::Error).count();
    let _ = writeln!(
        page,
        "\n{} files, {rows} rows: {}, {}",
        files.len(),
        counted(errors, "error"),
        counted(found.len() - errors, "warning"),
    );
    (page, if errors == 0 { Status::Read } else { Status::Usage })
}

/// `FILE:LINE: error: what is wrong and how to mend it`, as compilers write it,
/// so that editors jump there.
fn line(Problem { severity, found }: &Problem) -> String {
    let severity = match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    format!("{}:{}: {severity}: {}", found.file, found.line, found.reason)
}

fn list(files: &[LexiconFile]) -> String {
    table(files, &|file| {
        let yours = yours(file);
        let gap = if yours.is_empty() { "" } else { "; " };
        format!("{}{gap}{yours}", file.about)
    })
}

/// A line a file: its name, its rows, and something about it.
fn table(files: &[LexiconFile], about: &dyn Fn(&LexiconFile) -> String) -> String {
    let width = files.iter().map(|file| file.name.len()).max().unwrap_or(0);
    let mut out = String::new();
    for file in files {
        let line = format!("{:width$}  {:>6}  {}", file.name, all_rows(file), about(file));
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// What of a file is the user's.
fn yours(file: &LexiconFile) -> String {
    let replaced = file.replaced.as_ref().map(|path| format!("{} in its place", path.display()));
    let added = file.added.iter();
    let added = added.map(|(path, rows)| format!("{rows} of them added by {}", path.display()));
    replaced.into_iter().chain(added).collect::<Vec<_>>().join(", ")
}

fn all_rows(file: &LexiconFile) -> usize {
    file.rows + file.added.iter().map(|(_, rows)| rows).sum::<usize>()
}

/// `no errors`, `1 error`, `2 errors`.
fn counted(count: usize, what: &str) -> String {
    match count {
        0 => format!("no {what}s"),
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}
