//! The command line tool that replays the batches that an event source mapping has given up.

use std::process::ExitCode;

use clap::Parser as _;
use lambda_example::replay::{Options, run};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run(Options::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("replay: {error}");
            ExitCode::FAILURE
        }
    }
}
