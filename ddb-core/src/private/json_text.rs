//! `#[ddb(json)]`: JSON text in an `S`.

use crate::error::AttributeError;
use crate::read::Attribute;

/// The type of a `#[ddb(json)]` field.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from JSON text",
    label = "no `Deserialize` that owns its data, or `ddb-core` without its feature `serde_json`",
    note = "`#[ddb(json)]` takes serde's `Deserialize`, and needs the feature `serde_json` of \
            `ddb-core`",
    note = "for a type parameter, state that on the struct: `#[ddb(bound = \"T: \
            serde::de::DeserializeOwned\")]`"
)]
pub trait FromJsonText: Sized {
    /// Reads the text of an `S` as JSON.
    ///
    /// # Errors
    ///
    /// Returns an error if the attribute is not an `S`, or if its text is not JSON of the type.
    fn __from_json_text(attribute: Attribute<'_>) -> Result<Self, AttributeError>;
}

#[cfg(feature = "serde_json")]
mod enabled {
    use serde_core::de::DeserializeOwned;

    use super::FromJsonText;
    use crate::attribute_type::{AttributeType, AttributeTypes};
    use crate::error::{AttributeError, Expected, Found};
    use crate::read::Attribute;

    #[diagnostic::do_not_recommend]
    impl<T: DeserializeOwned> FromJsonText for T {
        fn __from_json_text(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
            let expected = Expected::of::<T>(AttributeTypes::of(&[AttributeType::S]));
            serde_json::from_str(attribute.into_str(expected)?).map_err(|error| {
                let (line, column) = (error.line(), error.column());
                let found = if error.is_data() {
                    Found::OtherJson { line, column }
                } else {
                    Found::InvalidJson { line, column }
                };
                AttributeError::mismatch_because(expected, found, error.into())
            })
        }
    }
}
