//! Fields that are written with a conversion of the whole field.

use serde_core::ser::Serialize;
use serde_dynamo::AttributeValue;

use crate::attribute::IntoAttribute;
use crate::error::{AttributeError, Cause};
use crate::private::conversion::With;
use crate::write::check_value;

/// A value from a conversion that can fail.
pub struct Converted<T>(Result<T, AttributeError>);

impl<T: IntoAttribute> IntoAttribute for Converted<T> {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        self.0?.into_attribute()
    }

    fn into_field(self) -> Result<Option<AttributeValue>, AttributeError> {
        self.0?.into_field()
    }
}

/// A field whose type may be an `Option`, of which a conversion writes what is inside.
///
/// The inherent function for an `Option` takes precedence over that of [`WriteConverted`].
pub struct Unwritten<T>(pub T);

impl<T> Unwritten<Option<T>> {
    #[doc(hidden)]
    pub const OPTIONS: usize = 1;

    #[doc(hidden)]
    pub fn __write<V>(
        self,
        convert: impl FnOnce(T) -> Result<V, AttributeError>,
    ) -> Converted<Option<V>> {
        Converted(self.0.map(convert).transpose())
    }
}

/// A field whose type is not an `Option`.
pub trait WriteConverted {
    /// The field's type.
    type Field;

    #[doc(hidden)]
    const OPTIONS: usize = 0;

    #[doc(hidden)]
    fn __write<V>(
        self,
        convert: impl FnOnce(Self::Field) -> Result<V, AttributeError>,
    ) -> Converted<V>;
}

impl<T> WriteConverted for Unwritten<T> {
    type Field = T;

    fn __write<V>(self, convert: impl FnOnce(T) -> Result<V, AttributeError>) -> Converted<V> {
        Converted(convert(self.0))
    }
}

/// For a module's function that takes what is in the `Option`. One that takes the field's type is
/// called through [`WriteWith`].
impl<T, F> With<Option<T>, F>
where
    F: FnOnce(T) -> Result<AttributeValue, AttributeError>,
{
    #[doc(hidden)]
    pub fn __write_with(self, value: Option<T>) -> Converted<Option<AttributeValue>> {
        Converted(value.map(self.into_function()).transpose())
    }
}

/// A module's function that takes the field's type.
pub trait WriteWith {
    /// The field's type.
    type Field;
    /// The module's function.
    type Function;

    #[doc(hidden)]
    fn __write_with(self, value: Self::Field) -> Converted<AttributeValue>
    where
        Self::Function: FnOnce(Self::Field) -> Result<AttributeValue, AttributeError>;
}

impl<T, F> WriteWith for With<T, F> {
    type Field = T;
    type Function = F;

    fn __write_with(self, value: T) -> Converted<AttributeValue>
    where
        F: FnOnce(T) -> Result<AttributeValue, AttributeError>,
    {
        Converted((self.into_function())(value))
    }
}

/// The `V` of `try_from = V` or `from = V`, which is written instead of the field or the type.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be made from `{T}`",
    label = "no `From<{T}>`",
    note = "what is read with `try_from = {Self}` or `from = {Self}` is written as a `{Self}`: write \
            `impl From<{T}> for {Self}`"
)]
pub trait WrittenAs<T>: Sized {
    /// Converts the value.
    fn __written_as(value: T) -> Self;
}

#[diagnostic::do_not_recommend]
impl<T, V: From<T>> WrittenAs<T> for V {
    fn __written_as(value: T) -> Self {
        value.into()
    }
}

/// Converts a field to what is written instead.
///
/// # Errors
///
/// Never returns an error.
pub fn written_as<T, V: WrittenAs<T>>(value: T) -> Result<V, AttributeError> {
    Ok(V::__written_as(value))
}

/// The type of a `#[ddb(serde)]` field that is written.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be serialized",
    label = "no `Serialize`",
    note = "`#[ddb(serde)]` writes with serde's `Serialize`: derive it, or write the field in another \
            way"
)]
pub trait IntoSerde {
    /// Writes the value with serde.
    ///
    /// # Errors
    ///
    /// Returns an error if the value does not serialize.
    fn __into_serde(self) -> Result<AttributeValue, AttributeError>;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize> IntoSerde for T {
    fn __into_serde(self) -> Result<AttributeValue, AttributeError> {
        let value = serde_dynamo::to_attribute_value(self)
            .map_err(|cause| AttributeError::unwritable_because(Cause::from(cause)))?;
        check_value(value)
    }
}

/// The type of a `#[ddb(json)]` field that is written.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be written as JSON text",
    label = "no `Serialize`, or `ddb-core` without its feature `serde_json`",
    note = "`#[ddb(json)]` takes serde's `Serialize`, and needs the feature `serde_json` of `ddb-core`"
)]
pub trait IntoJsonText {
    /// Writes the value as JSON in an `S`.
    ///
    /// # Errors
    ///
    /// Returns an error if the value does not serialize.
    fn __into_json_text(self) -> Result<AttributeValue, AttributeError>;
}

#[cfg(feature = "serde_json")]
#[diagnostic::do_not_recommend]
impl<T: Serialize> IntoJsonText for T {
    fn __into_json_text(self) -> Result<AttributeValue, AttributeError> {
        serde_json::to_string(&self)
            .map(AttributeValue::S)
            .map_err(|cause| AttributeError::unwritable_because(cause.into()))
    }
}
