//! The entry point of the function behind Kinesis Data Streams for DynamoDB.

use lambda_example::handler::handle_kinesis_batch;
use lambda_example::logging::init_logging;
use lambda_runtime::{Error, run, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    init_logging();
    run(service_fn(handle_kinesis_batch)).await
}
