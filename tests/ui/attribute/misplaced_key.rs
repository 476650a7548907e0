//! A key that belongs somewhere else.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
#[ddb(rename = "Sample", flatten)]
struct Sample {
    #[ddb(rename_all = "PascalCase", strict, other)]
    id: u32,
}

#[derive(FromStreamImage)]
#[ddb(strict, default, transparent, deny_unknown)]
enum Status {
    #[ddb(skip, default, rename_all = "lowercase")]
    Open,
}

fn main() {}
