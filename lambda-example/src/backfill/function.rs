//! The Lambda of `template-backfill.yaml`, which handles one data file of an export.
//!
//! An invocation stops before its time is over, and answers how far it came. The state machine
//! passes the answer to the next one, until the file is done.

mod bad_lines;
mod invocation;
mod step;

use std::env;

use aws_config::BehaviorVersion;
use aws_sdk_s3::Client;
use ddb_core::export::{ManifestFile, ManifestSummary};
use lambda_runtime::LambdaEvent;
use tokio::task::spawn_blocking;
use tracing::info;

use self::bad_lines::BadLines;
use self::invocation::Invocation;
pub use self::step::{Progress, Step};
use super::lines::{End, Rest};
use super::{Error, bucket};

/// The function, with what its invocations share.
pub struct Function {
    client: Client,
    failure_bucket: String,
}

impl Function {
    /// Reads the settings of the function from its environment.
    ///
    /// # Errors
    ///
    /// Fails if `FAILURE_BUCKET` is not set.
    pub async fn from_env() -> Result<Self, Error> {
        let failure_bucket = env::var("FAILURE_BUCKET").map_err(
            |_| "FAILURE_BUCKET is not set: name the bucket for the lines that do not fit",
        )?;
        let config = aws_config::load_defaults(BehaviorVersion::latest()).await;
        Ok(Self { client: Client::new(&config), failure_bucket })
    }

    /// Handles the lines of a data file until the file or most of the invocation's time is over.
    ///
    /// # Errors
    ///
    /// Fails if the file cannot be read or differs from the manifest, if the handler fails, or if
    /// the lines that do not fit cannot be stored. The next attempt begins where this one did.
    pub async fn handle(&self, event: LambdaEvent<Step>) -> Result<Progress, Error> {
        let LambdaEvent { payload: Step { bucket, summary, file, progress }, context } = event;
        let summary = ManifestSummary::from_slice(summary.get().as_bytes())
            .map_err(|error| format!("manifest-summary.json: {error}"))?;
        let file = ManifestFile::from_slice(file.get().as_bytes())
            .map_err(|error| format!("manifest-files.json: {error}"))?;
        let (key, item_count) = (file.data_file_s3_key.clone(), file.item_count);
        let before = progress.handled_lines;

        let object = bucket::open(&self.client, &bucket, &key).await?;
        let mut invocation = Invocation::new(context.deadline(), BadLines::new(&key));
        let (end, bad_lines) = spawn_blocking(move || {
            let rest = Rest { file: &file, handled: before, export_time: summary.export_time };
            rest.handle(object, &mut invocation).map(|end| (end, invocation.bad_lines))
        })
        .await??;

        let (handled_lines, is_done) = match end {
            End::Whole => (item_count, true),
            End::Stopped { handled } if handled > before => (handled, false),
            End::Stopped { .. } => {
                return Err(format!(
                    "{key}: the time is over before line {}: give the function more memory or a \
                     longer timeout",
                    before + 1
                )
                .into());
            }
            End::Failed { error, .. } => return Err(error),
        };
        let progress =
            Progress { handled_lines, bad_lines: progress.bad_lines + bad_lines.count(), is_done };
        bad_lines.store(&self.client, &self.failure_bucket, before).await?;
        info!(file = key, handled_lines, bad_lines = progress.bad_lines, is_done, "data file");
        Ok(progress)
    }
}
