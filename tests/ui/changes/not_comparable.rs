//! A field that cannot be compared, and changes of a type that does not derive them.

use ddb_core::{Change, DetectChanges};

struct Opaque;

#[derive(DetectChanges)]
struct Order {
    opaque: Opaque,
}

fn changes(change: &Change<Opaque>) {
    change.changes();
}

fn main() {}
