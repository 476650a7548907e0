//! Prints what a function did, for a person.

use serde_json::Value;

use crate::function::Invocation;

type Error = Box<dyn std::error::Error + Send + Sync>;

/// Prints the log and the response. A failed invocation is an error of this program.
pub fn print_invocation(invocation: Invocation) -> Result<(), Error> {
    for line in &invocation.log {
        print_line(line);
    }
    let response = invocation.response?;
    println!("  response {response}");
    if let Some(number) = response["batchItemFailures"][0]["itemIdentifier"].as_str() {
        println!("  Lambda would deliver the batch again from {number} on");
    }
    Ok(())
}

/// Prints a line of the function's log in readable form.
fn print_line(line: &Value) {
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
