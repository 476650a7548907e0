//! All mistakes of a type in one build, and none in what uses it.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
#[ddb(rename_all = "Pascal", deny)]
struct Sample<'a> {
    #[ddb(rename = 1, skip, from_str, colour = "red")]
    id: u32,
    #[ddb(rename = "id")]
    other: &'a str,
}

/// Uses the impls of a type that has mistakes: no follow-on errors.
fn use_it(image: ddb_core::Item) -> u32 {
    let sample: Sample<'_> = image.into();
    sample.id
}

fn main() {}
