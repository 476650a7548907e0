//! A newtype that wraps only itself is read from nothing.

use ddb_core::{FromAttribute, FromStreamImage};

#[derive(FromStreamImage)]
#[ddb(transparent)]
struct Node {
    next: Option<Box<Node>>,
}

/// A list of them is read from an `L`.
#[derive(FromAttribute)]
#[ddb(transparent)]
struct Tree {
    children: Vec<Tree>,
}

fn main() {}
