//! `dateline serve`: pages and an API over a store.

use crate::args::ReaderArgs;
use crate::{Status, batch, complain};
use clap::Args;
use dateline_serve::{Limits, Log, ServeError, Settings, serve};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

pub const EXAMPLES: &str = "\
Examples:
  dateline serve --store news.db
        pages at http://127.0.0.1:8080, for this machine only
  dateline serve --store news.db --listen 127.0.0.1:0
        at any free port, which is told
  dateline serve --store news.db --listen 0.0.0.0:8080 --token-file secret.txt
        for other machines, whose users must know the token
  curl -s 'http://127.0.0.1:8080/api/v1/claims?by=lavrov&about=ceasefire'
        the API; /api is a page to browse it by";

pub const MANNERS: &str = "\
The store is only read; articles may be added to it meanwhile, and show at the next request.
An address that other machines reach is refused without a token. Put a server that speaks TLS
before it then. Articles that are sent to be read are not kept.

One line a request goes to standard error, as JSON (--quiet: none), without what was looked for.
Ctrl-C and SIGTERM end it after the answers that have begun. docs/serve.md has more.

Exit status:
  0  it was told to end
  2  the command line, a lexicon, a gazetteer or the model is wrong, or the address is taken
  5  not a store, a damaged one, or one of a newer dateline";

/// Arguments of `dateline serve`.
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// The store
    #[arg(long, value_name = "FILE")]
    pub store: PathBuf,

    /// Address and port to listen on
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,

    /// What those who ask must know; other users of this machine may see it here
    #[arg(long, value_name = "TOKEN", conflicts_with = "token_file")]
    pub token: Option<String>,

    /// A file whose first line is the token
    #[arg(long, value_name = "FILE")]
    pub token_file: Option<PathBuf>,

    /// Most kilobytes of what is sent to be read; half of them may be an article's text
    #[arg(long, value_name = "KB", default_value_t = 2048, value_parser = clap::value_parser!(u32).range(1..=65536))]
    pub max_body: u32,

    /// Most seconds until an answer begins
    #[arg(long, value_name = "SECONDS", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=3600))]
    pub max_time: u32,

    /// Most requests that are answered at one time
    #[arg(long, value_name = "N", default_value_t = 128, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub max_requests: u32,

    /// No line for each request
    #[arg(long)]
    pub quiet: bool,

    #[command(flatten)]
    #[allow(missing_docs)]
    pub reader: ReaderArgs,
}

/// Serves until it is told to end.
pub fn run(args: ServeArgs) -> Status {
    let token = match batch::folders(&args.reader.tables).and_then(|()| token(&args)) {
        Ok(token) => token,
        Err(mistake) => {
            complain(mistake);
            return Status::Usage;
        }
    };
    let lexicons = batch::lexicons(&args.reader.tables);
    let reader = match batch::reader(lexicons.clone(), &args.reader, |builder| builder) {
        Ok(reader) => reader,
        Err(status) => return status,
    };
    let limits = Limits {
        body: args.max_body as usize * 1024,
        text: args.max_body as usize * 512,
        time: Duration::from_secs(args.max_time.into()),
        requests: args.max_requests as usize,
        ..Limits::default()
    };
    let log = if args.quiet { Log::Off } else { Log::Stderr };
    let settings = Settings { store: args.store.clone(), reader, lexicons, token, limits, log };
    let name = args.store.display();
    match serve(settings, args.listen, |at| complain(format_args!("{name} is at http://{at}/"))) {
        Ok(()) => Status::Read,
        Err(ServeError::Store(error)) => crate::store::refuse(&error),
        Err(error) => {
            complain(error);
            Status::Usage
        }
    }
}

/// The token that the command line gives, if any.
fn token(args: &ServeArgs) -> Result<Option<String>, String> {
    let from_file = |path: &Path| {
        let text = std::fs::read_to_string(path)
            .map_err(|error| format!("--token-file {}: {error}", path.display()))?;
        Ok::<_, String>(text.lines().next().unwrap_or_default().trim().to_owned())
    };
    let token = match (&args.token, &args.token_file) {
        (Some(token), _) => token.trim().to_owned(),
        (_, Some(path)) => from_file(path)?,
        _ => return Ok(None),
    };
    if token.len() < 16 || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        let cure = "'openssl rand -hex 24' makes one";
        return Err(format!(
            "a token is at least 16 letters, digits or signs without spaces; {cure}"
        ));
    }
    Ok(Some(token))
}
