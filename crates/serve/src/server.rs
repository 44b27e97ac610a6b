//! Listening: bounded connections, slow clients, and an orderly end.

use crate::{Settings, router};
use dateline_store::StoreError;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

/// How long a client may take to send the head of a request.
const HEAD: Duration = Duration::from_secs(10);
/// How long answers that have begun may take after the server is to end.
const FAREWELL: Duration = Duration::from_secs(10);

/// Why nothing is served.
#[derive(Debug)]
pub enum ServeError {
    /// No store, a newer or damaged one.
    Store(StoreError),
    /// The address is not this machine's own, and there is no token.
    NoToken(SocketAddr),
    /// The address is taken, or may not be listened on.
    Listen(SocketAddr, std::io::Error),
}

impl std::fmt::Display for ServeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Store(error) => write!(f, "{error}"),
            Self::NoToken(address) => write!(
                f,
                "{address} can be reached from other machines; give a token that they must know \
                 (--token-file FILE), or listen on 127.0.0.1"
            ),
            Self::Listen(address, error) => {
                write!(f, "{address} cannot be listened on: {error}; give another with --listen")
            }
        }
    }
}

impl std::error::Error for ServeError {}

/// Serves until the process is told to end (Ctrl-C, or SIGTERM); answers that
/// have begun are finished. `ready` is told the address, whose port was chosen
/// if it was 0.
///
/// # Errors
/// [`ServeError`] before anything is served.
pub fn serve(
    settings: Settings,
    address: SocketAddr,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), ServeError> {
    if settings.token.is_none() && !address.ip().is_loopback() {
        return Err(ServeError::NoToken(address));
    }
    let clients = settings.limits.clients;
    let router = router(settings).map_err(ServeError::Store)?;
    let failed = |error| ServeError::Listen(address, error);
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(failed)?;
    runtime.block_on(async {
        let listener = TcpListener::bind(address).await.map_err(failed)?;
        ready(listener.local_addr().map_err(failed)?);
        accept(listener, router, clients).await;
        Ok(())
    })
}

async fn accept(listener: TcpListener, router: axum::Router, clients: usize) {
    let places = Arc::new(Semaphore::new(clients));
    let graceful = GracefulShutdown::new();
    let mut end = pin!(end());
    loop {
        let place = tokio::select! {
            place = places.clone().acquire_owned() => place,
            () = &mut end => break,
        };
        let stream = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut end => break,
        };
        let Ok((stream, _)) = stream else {
            // Out of files: some will be closed in a moment.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let mut http = hyper::server::conn::http1::Builder::new();
        http.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(64 << 10);
        let service = TowerToHyperService::new(router.clone());
        let connection = graceful.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            // A client that hangs up is no error of ours.
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    let _ = tokio::time::timeout(FAREWELL, graceful.shutdown()).await;
}

/// Comes when the process is told to end.
async fn end() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                () = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    interrupt.await;
}
