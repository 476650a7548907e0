//! Types whose changes have no names.

use ddb_core::DetectChanges;

#[derive(DetectChanges)]
enum Entity {
    Order { id: u32 },
}

#[derive(DetectChanges)]
struct Pair(u8, u8);

#[derive(DetectChanges)]
struct Unit;

#[derive(DetectChanges)]
union Bits {
    a: u8,
}

fn main() {}
