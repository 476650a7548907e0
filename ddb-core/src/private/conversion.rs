//! Conversions of whole fields: `try_from`, `with` and `serde`. Those that reach the elements of a
//! field are in [`elements`](super::elements).
//!
//! An `Option<T>` field is read by the conversion to `T`, and is `None` if the attribute is missing
//! or `NULL`. The field's type decides whether it is an `Option`, so aliases work:
//! [`Convert<Option<T>>`] has inherent functions, which take precedence over those of
//! [`Conversion`]. A type parameter never counts as an `Option`.

use std::marker::PhantomData;
use std::str::FromStr;

use serde_core::de::DeserializeOwned;

use crate::attribute::FromAttribute;
use crate::attribute_type::AttributeTypes;
use crate::error::{AttributeError, Cause, Expected};
use crate::private::json_text::FromJsonText;
use crate::read::Attribute;

/// A type that `#[ddb(from_str)]` parses.
pub trait FromText: Sized {
    /// Parses the text.
    ///
    /// # Errors
    ///
    /// Returns the error of the type's own conversion.
    fn __parse_text(text: &str) -> Result<Self, Cause>;
}

#[diagnostic::do_not_recommend]
impl<T: FromStr<Err: Into<Cause>>> FromText for T {
    fn __parse_text(text: &str) -> Result<Self, Cause> {
        text.parse().map_err(T::Err::into)
    }
}

/// The type of a `#[ddb(try_from = V)]` field, or of a container with `try_from` or `from`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be converted from `{V}`",
    label = "no `From<{V}>`, and no `TryFrom<{V}>` with a usable error",
    note = "`from = {V}` takes `From<{V}>`; `try_from = {V}` also takes `TryFrom<{V}>` with an error \
            that converts `Into<Box<dyn Error + Send + Sync>>`",
    note = "for a type parameter, state that on the struct: `#[ddb(bound = \"T: TryFrom<{V}, Error: \
            Error + Send + Sync + 'static>\")]`"
)]
pub trait FromValue<V>: Sized {
    /// Converts the value.
    ///
    /// # Errors
    ///
    /// Returns the error of the type's own conversion.
    fn __convert_other(value: V) -> Result<Self, Cause>;
}

#[diagnostic::do_not_recommend]
impl<T: TryFrom<V, Error: Into<Cause>>, V> FromValue<V> for T {
    fn __convert_other(value: V) -> Result<Self, Cause> {
        value.try_into().map_err(T::Error::into)
    }
}

/// The type of a `#[ddb(serde)]` field.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be deserialized",
    label = "no `Deserialize` that owns its data",
    note = "`#[ddb(serde)]` takes serde's `Deserialize`: derive it, or read the field in another way",
    note = "for a type parameter, state that on the struct: `#[ddb(bound = \"T: \
            serde::de::DeserializeOwned\")]`"
)]
pub trait FromSerde: DeserializeOwned {}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned> FromSerde for T {}

/// The conversion of a `#[ddb(with = module)]` field by the module's function.
///
/// The function may return the field's type or, for an `Option` field, what is in the `Option`. The
/// inherent `__read_with` below is for the second case and takes precedence over that of
/// [`ReadWith`].
pub struct With<T, F> {
    function: F,
    field: PhantomData<fn() -> T>,
}

impl<T, F> With<T, F> {
    /// A conversion to a field of type `T`.
    pub fn new(function: F) -> Self {
        Self { function, field: PhantomData }
    }

    pub(super) fn into_function(self) -> F {
        self.function
    }
}

/// For a function that returns what is in the `Option`. A function that is generic in its return
/// type resolves to this impl.
impl<T, F> With<Option<T>, F>
where
    F: for<'a> FnOnce(Attribute<'a>) -> Result<T, AttributeError>,
{
    #[doc(hidden)]
    #[allow(clippy::missing_errors_doc, reason = "not public: the derive names it")]
    pub fn __read_with(self, attribute: Attribute<'_>) -> Result<Option<T>, AttributeError> {
        if attribute.is_null() { Ok(None) } else { (self.function)(attribute).map(Some) }
    }
}

/// For any other function, which returns the field's type.
pub trait ReadWith {
    /// The field's type.
    type Field;
    /// The module's function.
    type Function;

    #[doc(hidden)]
    #[allow(clippy::missing_errors_doc, reason = "not public: the derive names it")]
    fn __read_with(self, attribute: Attribute<'_>) -> Result<Self::Field, AttributeError>
    where
        Self::Function: for<'a> FnOnce(Attribute<'a>) -> Result<Self::Field, AttributeError>;
}

impl<T, F> ReadWith for With<T, F> {
    type Field = T;
    type Function = F;

    fn __read_with(self, attribute: Attribute<'_>) -> Result<T, AttributeError>
    where
        F: for<'a> FnOnce(Attribute<'a>) -> Result<T, AttributeError>,
    {
        (self.function)(attribute)
    }
}

/// Selects the conversions to a field of type `T`, see the module.
pub struct Convert<T>(PhantomData<T>);

/// The conversions to a type that is not an `Option`.
#[allow(clippy::missing_errors_doc, reason = "not public: the derive names it")]
pub trait Conversion: Sized {
    /// The field's type.
    type Field;

    /// Whether the field's type is an `Option`.
    const IS_OPTION: bool = false;

    /// The value of a field whose attribute is missing, if there is one.
    #[must_use]
    fn __convert_absent() -> Option<Self::Field> {
        None
    }

    /// The value of a `#[ddb(try_from = V)]` field whose attribute is missing: the value of a
    /// missing `V`, converted.
    #[must_use]
    fn __convert_absent_from<V: FromAttribute>() -> Option<Self::Field>
    where
        Self::Field: FromValue<V>,
    {
        V::ABSENCE.value().and_then(|value| Self::Field::__convert_other(value).ok())
    }

    /// `#[ddb(try_from = V)]`
    fn __convert_try_from<V: FromAttribute>(
        attribute: Attribute<'_>,
    ) -> Result<Self::Field, AttributeError>
    where
        Self::Field: FromValue<V>,
    {
        convert(attribute)
    }

    /// `#[ddb(json)]`
    fn __convert_json(attribute: Attribute<'_>) -> Result<Self::Field, AttributeError>
    where
        Self::Field: FromJsonText,
    {
        Self::Field::__from_json_text(attribute)
    }

    /// `#[ddb(serde)]`
    fn __convert_serde(attribute: Attribute<'_>) -> Result<Self::Field, AttributeError>
    where
        Self::Field: FromSerde,
    {
        deserialize(attribute)
    }
}

impl<T> Conversion for Convert<T> {
    type Field = T;
}

#[allow(clippy::missing_errors_doc, reason = "not public: the derive names it")]
impl<T> Convert<Option<T>> {
    /// Whether the field's type is an `Option`.
    pub const IS_OPTION: bool = true;

    /// The value of a field whose attribute is missing: `None`.
    #[must_use]
    #[allow(clippy::option_option, reason = "whether there is a value, and the value")]
    pub fn __convert_absent() -> Option<Option<T>> {
        Some(None)
    }

    /// The value of a field whose attribute is missing: `None`, even if a missing `V` has another
    /// value.
    #[must_use]
    #[allow(clippy::option_option, reason = "whether there is a value, and the value")]
    pub fn __convert_absent_from<V: FromAttribute>() -> Option<Option<T>> {
        Some(None)
    }

    /// `#[ddb(try_from = V)]`
    pub fn __convert_try_from<V: FromAttribute>(
        attribute: Attribute<'_>,
    ) -> Result<Option<T>, AttributeError>
    where
        T: FromValue<V>,
    {
        unless_null(attribute, convert::<T, V>)
    }

    /// `#[ddb(json)]`
    pub fn __convert_json(attribute: Attribute<'_>) -> Result<Option<T>, AttributeError>
    where
        T: FromJsonText,
    {
        unless_null(attribute, T::__from_json_text)
    }

    /// `#[ddb(serde)]`
    pub fn __convert_serde(attribute: Attribute<'_>) -> Result<Option<T>, AttributeError>
    where
        T: FromSerde,
    {
        unless_null(attribute, deserialize::<T>)
    }
}

fn unless_null<T>(
    attribute: Attribute<'_>,
    read: impl FnOnce(Attribute<'_>) -> Result<T, AttributeError>,
) -> Result<Option<T>, AttributeError> {
    if attribute.is_null() { Ok(None) } else { read(attribute).map(Some) }
}

fn convert<T: FromValue<V>, V: FromAttribute>(
    attribute: Attribute<'_>,
) -> Result<T, AttributeError> {
    let attribute_type = attribute.attribute_type();
    let value = attribute.read_sound::<V>()?;
    T::__convert_other(value).map_err(|cause| {
        let expected = Expected::of::<T>(V::EXPECTED.types());
        AttributeError::refused(expected, Some(attribute_type), cause)
    })
}

fn deserialize<T: FromSerde>(attribute: Attribute<'_>) -> Result<T, AttributeError> {
    let attribute_type = attribute.attribute_type();
    let value = attribute.into_value()?;
    serde_dynamo::from_attribute_value(value).map_err(|cause| {
        let expected = Expected::of::<T>(AttributeTypes::ANY);
        AttributeError::refused(expected, Some(attribute_type), cause.into())
    })
}
