//! The function's `tracing` subscriber.

use tracing::Level;
use tracing_subscriber::filter::{EnvFilter, FilterExt as _, LevelFilter, filter_fn};
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;

/// Installs a subscriber that writes JSON lines to stdout, at `INFO` unless `RUST_LOG` says
/// otherwise.
///
/// Each line has the spans that it is in, from the outermost to the innermost: those of
/// `lambda_runtime`, with the request id, and of `ddb-core`. They have the level `INFO`, and are
/// kept if `RUST_LOG` asks for fewer lines.
///
/// The lines have no timestamp, because CloudWatch adds one.
pub fn init_logging() {
    let lines =
        EnvFilter::builder().with_default_directive(LevelFilter::INFO.into()).from_env_lossy();
    let spans = filter_fn(|metadata| metadata.is_span() && *metadata.level() <= Level::INFO);
    let filter = lines.or(spans.with_max_level_hint(LevelFilter::INFO));
    let layer = tracing_subscriber::fmt::layer().json().with_current_span(false).without_time();
    tracing_subscriber::registry().with(layer.with_filter(filter)).init();
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
