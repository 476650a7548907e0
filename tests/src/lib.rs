//! What the tests have in common.

use std::fmt::Debug;

use ddb_core::{AttributeError, FromAttribute, FromStreamImage, ImageError, Item, from_json};
use serde_json::Value;

/// An image, written as DynamoDB JSON.
///
/// # Panics
///
/// If it is none.
#[must_use]
pub fn image(json: Value) -> Item {
    serde_json::from_value(json).expect("DynamoDB JSON")
}

/// An image of the one attribute `value`.
///
/// # Panics
///
/// If it is no attribute value.
#[must_use]
pub fn image_of(value: &Value) -> Item {
    image(serde_json::json!({ "value": value }))
}

/// A struct of one field of any type.
#[derive(Debug, FromStreamImage)]
#[ddb(strict)]
pub struct Holder<T> {
    pub value: T,
}

/// Reads a value strictly, by value, by reference and from JSON, and lossily: they have to agree on the value and on the problems.
///
/// # Errors
///
/// The message of the image error.
///
/// # Panics
///
/// If the two do not agree.
pub fn read<T: FromAttribute + Debug + PartialEq>(value: &Value) -> Result<T, String> {
    let image = image_of(value);
    let text = serde_json::json!({ "value": value }).to_string();
    let json = from_json::<Holder<T>>(text.as_bytes()).map(|holder| holder.value);
    let lossy = Optional::<T>::from_image_lossy_ref(&image);
    let borrowed = Holder::<T>::from_image_ref(&image).map(|holder| holder.value);
    let owned = Holder::<T>::from_image(image).map(|holder| holder.value);
    let problems = owned.as_ref().err().map(describe_error).unwrap_or_default();
    assert_eq!(borrowed.as_ref().err().map(describe_error).unwrap_or_default(), problems, "by reference");
    assert_eq!(borrowed.as_ref().ok(), owned.as_ref().ok(), "by reference");
    assert_eq!(json.as_ref().err().map(describe_error).unwrap_or_default(), problems, "from JSON");
    assert_eq!(json.as_ref().ok(), owned.as_ref().ok(), "from JSON");
    if value.get("NULL").is_none() {
        assert_eq!(describe(&lossy.problems), problems, "lossy");
        assert_eq!(lossy.value.value.as_ref(), owned.as_ref().ok(), "lossy");
    }
    assert!(lossy.problems.iter().all(|problem| problem.replaced() == Some("value")), "lossy");
    owned.map_err(|error| error.to_string())
}

/// The same with a lossy conversion, for which `NULL` is nothing.
#[derive(Debug, FromStreamImage)]
struct Optional<T> {
    value: Option<T>,
}

/// The problems as they are written.
#[must_use]
pub fn describe(problems: &[AttributeError]) -> Vec<String> {
    let mut described: Vec<String> = problems.iter().map(ToString::to_string).collect();
    described.sort();
    described
}

/// The problems of an error, sorted: a map's attributes come in any order.
#[must_use]
pub fn describe_error(error: &ImageError) -> Vec<String> {
    describe(error.problems())
}

/// The README's Rust blocks.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
