//! The entry point of the function behind a DynamoDB stream.

use lambda_example::handler::handle_batch;
use lambda_example::logging::init_logging;
use lambda_runtime::{Error, run, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    init_logging();
    run(service_fn(handle_batch)).await
}
