//! The entry point of the function behind the stream of a table with several entities.

use lambda_example::logging::init_logging;
use lambda_example::single_table::handler::{handle_batch, publish};
use lambda_runtime::{Error, run, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    init_logging();
    run(service_fn(|event| handle_batch(event, publish))).await
}
