//! A struct cannot be flattened into itself.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
struct Node {
    id: u64,
    #[ddb(flatten)]
    next: Option<Box<Node>>,
}

#[derive(FromStreamImage)]
struct Leaf {
    #[ddb(flatten)]
    key: Key<Leaf>,
}

/// A parameter that is only a mark is another matter.
#[derive(FromStreamImage)]
struct Key<T> {
    id: u64,
    #[ddb(skip)]
    of: std::marker::PhantomData<T>,
}

fn main() {}
