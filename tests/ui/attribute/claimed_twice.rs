//! Two fields that claim one attribute, and a field that claims it twice.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
#[ddb(rename_all = "PascalCase")]
struct Sample {
    id: u32,
    #[ddb(rename = "Id")]
    other_id: u32,
    #[ddb(alias = "Message")]
    text: String,
    message: String,
    #[ddb(alias = "Size", alias = "Size")]
    size: u32,
}

fn main() {}
