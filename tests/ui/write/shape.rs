// Types that cannot be written as an item.
use ddb_core::IntoItem;

#[derive(IntoItem)]
enum Status {
    Open,
}

#[derive(IntoItem)]
struct Pair(u8, u8);

#[derive(IntoItem)]
struct Nothing;

fn main() {}
