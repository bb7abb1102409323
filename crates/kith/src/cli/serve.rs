//! `kith serve`: the server.

use std::net::SocketAddr;

use clap::Args;
use kith_engine::{Engine, Watched};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use super::Place;
use crate::failure::Failure;
use crate::log::{self, LogFormat};
use crate::screen::Screen;

/// Where to listen, how to log.
#[derive(Debug, Clone, Args)]
pub(super) struct ServeArgs {
    /// Address to listen on; port 0 takes a free one
    #[arg(long, env = "KITH_LISTEN", default_value = "127.0.0.1:8080", value_name = "ADDR")]
    pub(super) listen: SocketAddr,
    /// How the log on standard error is written; `KITH_LOG` says what (default: info)
    #[arg(long, env = "KITH_LOG_FORMAT", value_enum, default_value_t)]
    pub(super) log_format: LogFormat,
}

/// Serve the page and REST until it is told to stop (Ctrl-C, SIGTERM)
#[derive(Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    args: ServeArgs,
    /// Import the files put into a folder: by the feed of this name, or with ids of this system; several by saying
    /// it again
    #[arg(long, value_name = "DIR=NAME", value_parser = watched)]
    watch: Vec<Watched>,
}

/// `DIR=NAME`.
fn watched(text: &str) -> Result<Watched, String> {
    let (folder, name) =
        text.rsplit_once('=').filter(|(folder, _)| !folder.is_empty()).ok_or("expected DIR=NAME")?;
    if !kith_domain::feed::is_name(name) {
        return Err("the name has 1 to 64 of a–z, 0–9, - and _".to_owned());
    }
    Ok(Watched { folder: folder.into(), name: name.to_owned() })
}

impl Serve {
    pub(crate) async fn run(&self, place: &Place, screen: Screen) -> Result<(), Failure> {
        // A server in the environment is where other commands go: this one starts it.
        log::start(self.args.log_format, "info")?;
        let listener = listen(self.args.listen).await?;
        let engine = place.engine().await?;
        if let Some(today) = place.today.filter(|today| *today < engine.day()) {
            let newest = engine.day();
            let closed = tokio::task::spawn_blocking(move || engine.close()).await;
            closed.map_err(|error| Failure::Here(format!("closing broke off: {error}")))?;
            return Err(Failure::Here(format!(
                "--today {today} lies before {newest}, the day on which the data stands: a day that was opened is not taken back. Say {newest} or a later day, or serve a backup of that time"
            )));
        }
        for watched in &self.watch {
            let watching = engine.watch(watched.clone()).await;
            watching.map_err(|error| Failure::file(&watched.folder, &error))?;
        }
        announce(&listener, screen)?;
        until_stopped(engine, listener).await
    }
}

/// Takes the address, before anything long is begun.
pub(super) async fn listen(address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address)
        .await
        .map_err(|error| Failure::Here(format!("cannot listen on {address}: {error}")))
}

/// Says where it listens, with the port that it got.
pub(super) fn announce(listener: &TcpListener, screen: Screen) -> Result<(), Failure> {
    let address = listener.local_addr().map_err(|error| Failure::Here(format!("the address: {error}")))?;
    screen.line(&format!("listening on http://{address}"))
}

/// Serves until a signal, then finishes what is under way and closes the store.
pub(super) async fn until_stopped(engine: Engine, listener: TcpListener) -> Result<(), Failure> {
    let stop = stopped()?;
    let served = kith_server::serve(engine.clone(), listener, stop).await;
    let closed = tokio::task::spawn_blocking(move || engine.close()).await;
    served.map_err(|error| Failure::Here(format!("serving: {error}")))?;
    closed.map_err(|error| Failure::Here(format!("closing broke off: {error}")))?;
    tracing::info!("stopped");
    Ok(())
}

/// Ends at the first Ctrl-C or SIGTERM; the second one of Ctrl-C ends the process at once.
fn stopped() -> Result<impl Future<Output = ()> + Send + 'static, Failure> {
    let caught = |kind| signal(kind).map_err(|error| Failure::Here(format!("signals: {error}")));
    let (mut interrupt, mut terminate) = (caught(SignalKind::interrupt())?, caught(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        tracing::info!("stopping");
        tokio::spawn(async move {
            interrupt.recv().await;
            std::process::exit(130);
        });
    })
}
