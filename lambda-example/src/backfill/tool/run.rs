//! Handles the data files concurrently.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use ddb_core::export::ManifestFile;
use indicatif::{ProgressBar, ProgressStyle};
use tokio::sync::Semaphore;
use tokio::task::{JoinSet, spawn_blocking};

use super::bad_lines::BadLines;
use super::export::Export;
use super::file::{Shared, lock};
use super::options::Options;
use crate::backfill::Error;
use crate::interrupt;
use crate::journal::Journal;

const STYLE: &str = "{bar:40} {pos}/{len} items, {msg}, {eta} left";

/// Handles the lines of an export.
///
/// # Errors
///
/// Fails if the export cannot be read, differs from its manifest, or if the handler fails.
pub async fn run(options: Options) -> Result<(), Error> {
    let export = Arc::new(Export::open(&options.export).await?);
    let bar = ProgressBar::new(export.summary.item_count);
    bar.set_style(ProgressStyle::with_template(STYLE)?);
    let shared = Arc::new(Shared {
        journal: Mutex::new(Journal::open(&options.journal)?),
        bad_lines: Mutex::new(BadLines::open(&options.bad_lines)?),
        export_time: export.summary.export_time,
        bar,
        bytes: AtomicU64::new(0),
        is_stopped: interrupt::watch(|| ()),
    });

    let slots = Arc::new(Semaphore::new(options.concurrency.get()));
    let mut running = JoinSet::new();
    for file in export.files.clone() {
        let (export, shared, slots) =
            (Arc::clone(&export), Arc::clone(&shared), Arc::clone(&slots));
        running.spawn(async move {
            let _slot = slots.acquire().await?;
            if shared.is_stopped.load(Ordering::Relaxed) {
                return Ok(());
            }
            let outcome = handle_file(&export, &shared, file).await;
            if outcome.is_err() {
                shared.is_stopped.store(true, Ordering::Relaxed);
            }
            outcome
        });
    }
    let mut first_error = None;
    while let Some(outcome) = running.join_next().await {
        if let Err(error) = outcome.map_err(Error::from).flatten() {
            first_error.get_or_insert(error);
        }
    }
    shared.bar.finish_and_clear();
    let bad = lock(&shared.bad_lines).count();
    if bad > 0 {
        let file = options.bad_lines.display();
        println!("{bad} lines do not fit, and are in {file} with the values of their items");
    }
    if let Some(error) = first_error {
        return Err(error);
    }
    if shared.is_stopped.load(Ordering::Relaxed) {
        return Err("interrupted: run the same command again to go on".into());
    }
    println!("{} items are handled", shared.bar.position());
    Ok(())
}

async fn handle_file(
    export: &Export,
    shared: &Arc<Shared>,
    file: ManifestFile,
) -> Result<(), Error> {
    let object = export.open_file(&file).await?;
    let shared = Arc::clone(shared);
    spawn_blocking(move || shared.handle_file(object, &file)).await?
}
