// Types that no item can be made of.
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
