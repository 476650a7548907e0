//! A `transparent` struct has no attributes of its own.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
#[ddb(transparent, rename_all = "PascalCase")]
struct Renamed(String);

#[derive(FromStreamImage)]
#[ddb(deny_unknown, transparent)]
struct Closed(String);

#[derive(Default, FromStreamImage)]
#[ddb(transparent, default)]
struct Defaulted(String);

#[derive(FromStreamImage)]
#[ddb(transparent)]
struct Named(#[ddb(rename = "Id", alias = "ID", default)] String);

fn main() {}
