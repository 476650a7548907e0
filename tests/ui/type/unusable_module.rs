//! A module without the function that `with` calls.

use ddb_core::FromStreamImage;

mod wrong {
    pub fn from_attribute(text: &str) -> u32 {
        text.len() as u32
    }
}

mod other {
    use ddb_core::{Attribute, AttributeError};

    pub fn from_attribute(_: Attribute<'_>) -> Result<String, AttributeError> {
        Ok(String::new())
    }
}

#[derive(FromStreamImage)]
struct Sample {
    #[ddb(with = wrong)]
    wrong: u32,
    #[ddb(with = other)]
    other: u32,
    #[ddb(with = missing)]
    missing: u32,
}

fn main() {}
