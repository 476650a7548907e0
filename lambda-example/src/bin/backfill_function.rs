//! The entry point of the function that handles a data file of an export.

use lambda_example::backfill::function::Function;
use lambda_example::logging::init_logging;
use lambda_runtime::{Error, run, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    init_logging();
    let function = &Function::from_env().await?;
    run(service_fn(|event| function.handle(event))).await
}
