//! What follows a mistake is read as if it had not been made.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
struct Sample {
    #[ddb(colour = HashMap<A, B>, flavour, rename = "Id")]
    id: u32,
    #[ddb(=)]
    sign: u32,
    #[ddb(default, ,)]
    comma: u32,
}

fn main() {}
