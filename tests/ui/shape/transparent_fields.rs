//! `transparent` needs exactly one field that is read.

use ddb_core::FromStreamImage;

use std::marker::PhantomData;

#[derive(FromStreamImage)]
#[ddb(transparent)]
struct Pair(u32, u32);

#[derive(FromStreamImage)]
#[ddb(transparent)]
struct Nothing;

#[derive(FromStreamImage)]
#[ddb(transparent)]
struct Skipped<T>(#[ddb(skip)] PhantomData<T>);

fn main() {}
