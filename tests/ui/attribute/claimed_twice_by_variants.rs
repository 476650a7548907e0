//! Two variants that claim one name.

use ddb_core::FromAttribute;

#[derive(FromAttribute)]
enum Status {
    Open,
    #[ddb(rename = "Open")]
    Opened,
    #[ddb(alias = "Opened")]
    Closed,
    #[ddb(alias = "Closed")]
    Shut,
}

fn main() {}
