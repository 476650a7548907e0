//! The entry point of the function that keeps a copy of the table in another one.

use lambda_example::copy::CopyTable;
use lambda_example::logging::init_logging;
use lambda_runtime::{Error, run, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    init_logging();
    let copy = CopyTable::from_env().await?;
    run(service_fn(async |event| copy.handle_batch(event).await)).await
}
