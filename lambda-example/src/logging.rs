//! The function's `tracing` subscriber.

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;

/// Installs a subscriber that writes JSON lines to stdout, at `INFO` unless `RUST_LOG` says
/// otherwise.
///
/// The lines have no timestamp, because CloudWatch adds one.
pub fn init_logging() {
    let filter =
        EnvFilter::builder().with_default_directive(LevelFilter::INFO.into()).from_env_lossy();
    tracing_subscriber::fmt().json().with_env_filter(filter).without_time().init();
}

/// Installs a subscriber for a tool that an operator runs: it writes JSON lines to stderr, at
/// `WARN` unless `RUST_LOG` says otherwise.
#[cfg(feature = "backfill")]
pub fn init_tool_logging() {
    let filter =
        EnvFilter::builder().with_default_directive(LevelFilter::WARN.into()).from_env_lossy();
    let subscriber = tracing_subscriber::fmt().json().with_env_filter(filter);
    subscriber.with_writer(std::io::stderr).init();
}
