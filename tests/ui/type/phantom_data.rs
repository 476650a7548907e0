//! A field that is not in the table.

use std::marker::PhantomData;

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
#[ddb(strict)]
struct Id<T> {
    id: String,
    of: PhantomData<T>,
}

struct Order;

fn main() {
    let _ = Id::<Order>::from_image(ddb_core::Item::default());
}
