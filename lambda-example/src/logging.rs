//! Log lines as Lambda's operators want them.

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;

/// JSON lines at `INFO`, or at what `RUST_LOG` says; without the time, which CloudWatch adds
/// itself.
pub fn init_logging() {
    let filter =
        EnvFilter::builder().with_default_directive(LevelFilter::INFO.into()).from_env_lossy();
    tracing_subscriber::fmt().json().with_env_filter(filter).without_time().init();
}
