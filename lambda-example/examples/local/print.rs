//! Prints what a function did, for a person.

use ddb_core::{FailureRecord, Ignored};
use serde_json::Value;

use crate::function::Invocation;

type Error = Box<dyn std::error::Error + Send + Sync>;

/// Prints the log and the response.
pub fn print_invocation(invocation: &Invocation) {
    for line in &invocation.log {
        print_line(line);
    }
    if let Ok(response) = &invocation.response {
        println!("  response {response}");
    }
}

/// Prints what the on-failure destination got.
pub fn print_failure(failure: &str) -> Result<(), Error> {
    let FailureRecord { meta, .. } = FailureRecord::<Ignored>::from_slice(failure.as_bytes())?;
    let count = meta.batch.size.unwrap_or_default();
    let records = if count == 1 { "record" } else { "records" };
    let start = meta.batch.start_sequence_number;
    let from = start.as_ref().map_or("an unknown one", |number| number.as_str());
    println!(
        "  given up, and sent to the on-failure destination: {count} {records} from {from} on"
    );
    Ok(())
}

/// Prints a line of the function's log in readable form.
fn print_line(line: &Value) {
    if line.get("_aws").is_some() {
        let counts = ["HandledRecords", "FailedRecords", "PoisonedRecords", "QuarantinedRecords"];
        let [handled, failed, poisoned, quarantined] = counts.map(|name| &line[name]);
        println!(
            "  metrics: handled {handled}, failed {failed}, poisoned {poisoned}, quarantined \
             {quarantined}"
        );
        return;
    }
    let fields = &line["fields"];
    let text = |name: &str| fields[name].as_str().unwrap_or_default();
    match text("message") {
        "batch" => println!("  batch of {}", fields["records"]),
        message @ ("inserted" | "modified" | "removed") => {
            let entity = fields["entity"].as_str().map(|name| format!(" {name}"));
            let expired = if fields["expired"] == true { ", expired" } else { "" };
            println!("  {message}{}{expired}", entity.unwrap_or_default());
        }
        "sample" | "item" => ["old", "new"]
            .iter()
            .filter(|name| !text(name).is_empty())
            .for_each(|name| println!("    {name} {}", text(name))),
        "published" => {
            println!("  published: order {}, {} → {}", text("order"), text("from"), text("to"));
        }
        "record failed" => println!("  failed at {}: {}", text("sequence_number"), text("error")),
        "attribute does not fit" => {
            println!(
                "  replaced {} by its default: {}: {}",
                text("replaced"),
                text("path"),
                text("reason")
            );
        }
        _ => println!("  {:8} {fields}", line["level"].as_str().unwrap_or_default()),
    }
}
