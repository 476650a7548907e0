//! The command line tool that handles the items of an export.

use std::process::ExitCode;

use clap::Parser as _;
use lambda_example::backfill::tool::{Options, run};
use lambda_example::logging::init_tool_logging;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    init_tool_logging();
    match run(Options::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("backfill: {error}");
            ExitCode::FAILURE
        }
    }
}
