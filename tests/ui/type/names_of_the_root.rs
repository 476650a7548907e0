//! Nothing hidden is in scope after a glob import, and nothing hidden is suggested.

use ddb_core::*;

struct Opaque;

fn main() {
    // Compiles: there is one `from_value`.
    let _ = u8::from_value(AttributeValue::N("1".to_owned()));
    let _ = Opaque::from_value(AttributeValue::N("1".to_owned()));
    let _ = String::flatten();
    let _ = String::read_image();
}
