//! The log of what the process does: to standard error, never with personal data.

use clap::ValueEnum;
use tracing_subscriber::EnvFilter;

use crate::failure::Failure;

/// How the log is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// Lines for people.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

/// Starts the log. `KITH_LOG` says what is written (`info`, `kith_engine=debug` …), else `default`.
pub(crate) fn start(format: LogFormat, default: &str) -> Result<(), Failure> {
    let wanted = std::env::var("KITH_LOG").unwrap_or_else(|_| default.to_owned());
    let filter = EnvFilter::try_new(&wanted)
        .map_err(|error| Failure::Usage(format!("KITH_LOG `{wanted}` is no filter: {error}")))?;
    let base = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = match format {
        LogFormat::Text => base.with_ansi(false).compact().try_init(),
        LogFormat::Json => base.json().flatten_event(true).try_init(),
    };
    started.map_err(|error| Failure::Here(format!("the log: {error}")))
}
