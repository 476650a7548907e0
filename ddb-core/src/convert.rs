//! Fields that a conversion reads: `from_str`, `try_from`, `with`, `serde` and `unix_time`.
//!
//! An `Option<T>` field is read by the conversion to `T`, and is `None` for `NULL` and where there
//! is no attribute. Whether a field is an `Option` is decided by its type, through an alias too,
//! never by its name: [`Convert<Option<T>>`] has inherent functions, every [`Convert`] has those of
//! [`Conversion`], and a path prefers the inherent ones. A field whose type is a type parameter is
//! decided where the struct is defined: it is no `Option`.

use std::error::Error;
use std::marker::PhantomData;
use std::str::FromStr;

use serde_core::de::DeserializeOwned;

use crate::attribute::FromAttribute;
use crate::error::Expected;
use crate::read::Attribute;
use crate::tag::{Tag, Tags};
use crate::time::{FromUnixTime, read_unix_time};
use crate::unfit::Unfit;

type Cause = Box<dyn Error + Send + Sync>;

/// The type of a `#[ddb(from_str)]` field.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be parsed from text",
    label = "no `FromStr` with a usable error",
    note = "`#[ddb(from_str)]` takes `FromStr` with an error that converts `Into<Box<dyn Error + Send + Sync>>`, for the type or, in an `Option`, for what is in it",
    note = "for the elements of a list, make the element a type that reads itself: `#[ddb(transparent)] struct Ip(#[ddb(from_str)] IpAddr)`"
)]
pub trait FromText: Sized {
    #[doc(hidden)]
    #[allow(clippy::missing_errors_doc, reason = "not public: the derive names it")]
    fn from_text(text: &str) -> Result<Self, Cause>;
}

#[diagnostic::do_not_recommend]
impl<T: FromStr<Err: Into<Cause>>> FromText for T {
    fn from_text(text: &str) -> Result<Self, Cause> {
        text.parse().map_err(T::Err::into)
    }
}

/// The type of a `#[ddb(try_from = V)]` field.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be converted from `{V}`",
    label = "no `TryFrom<{V}>` with a usable error",
    note = "`#[ddb(try_from = {V})]` takes `TryFrom<{V}>` with an error that converts `Into<Box<dyn Error + Send + Sync>>`, or `From<{V}>`"
)]
pub trait FromValue<V>: Sized {
    #[doc(hidden)]
    #[allow(clippy::missing_errors_doc, reason = "not public: the derive names it")]
    fn from_value(value: V) -> Result<Self, Cause>;
}

#[diagnostic::do_not_recommend]
impl<T: TryFrom<V, Error: Into<Cause>>, V> FromValue<V> for T {
    fn from_value(value: V) -> Result<Self, Cause> {
        value.try_into().map_err(T::Error::into)
    }
}

/// The type of a `#[ddb(serde)]` field.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be deserialized",
    label = "no `Deserialize` that owns its data",
    note = "`#[ddb(serde)]` takes serde's `Deserialize`: derive it, or read the field in another way"
)]
pub trait FromSerde: DeserializeOwned {}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned> FromSerde for T {}

/// A field's type, asked for its conversions.
pub struct Convert<T>(PhantomData<T>);

/// The conversions to a type that is no `Option`.
#[allow(clippy::missing_errors_doc, reason = "not public: the derive names it")]
pub trait Conversion: Sized {
    /// The field's type.
    type Field;

    /// What stands for an attribute that is not there.
    #[must_use]
    fn convert_absent() -> Option<Self::Field> {
        None
    }

    /// `#[ddb(with = module)]`
    fn convert_with(
        attribute: Attribute<'_>,
        from_attribute: impl FnOnce(Attribute<'_>) -> Result<Self::Field, Unfit>,
    ) -> Result<Self::Field, Unfit> {
        from_attribute(attribute)
    }

    /// `#[ddb(from_str)]`
    fn convert_from_str(attribute: Attribute<'_>) -> Result<Self::Field, Unfit>
    where
        Self::Field: FromText,
    {
        parse(attribute)
    }

    /// The same for `#[ddb(try_from = V)]`: what stands for the `V`, converted.
    #[must_use]
    fn convert_absent_from<V: FromAttribute>() -> Option<Self::Field>
    where
        Self::Field: FromValue<V>,
    {
        V::absent().and_then(|value| Self::Field::from_value(value).ok())
    }

    /// `#[ddb(try_from = Type)]`
    fn convert_try_from<V: FromAttribute>(attribute: Attribute<'_>) -> Result<Self::Field, Unfit>
    where
        Self::Field: FromValue<V>,
    {
        convert(attribute)
    }

    /// `#[ddb(serde)]`
    fn convert_serde(attribute: Attribute<'_>) -> Result<Self::Field, Unfit>
    where
        Self::Field: FromSerde,
    {
        deserialize(attribute)
    }

    /// `#[ddb(unix_time)]`
    fn convert_unix_time(attribute: Attribute<'_>) -> Result<Self::Field, Unfit>
    where
        Self::Field: FromUnixTime,
    {
        read_unix_time(attribute)
    }
}

impl<T> Conversion for Convert<T> {
    type Field = T;
}

#[allow(clippy::missing_errors_doc, reason = "not public: the derive names it")]
impl<T> Convert<Option<T>> {
    /// `None` stands for an attribute that is not there.
    #[must_use]
    #[allow(
        clippy::option_option,
        reason = "the outer one is whether something stands for it, the inner one is what"
    )]
    pub fn convert_absent() -> Option<Option<T>> {
        Some(None)
    }

    /// The module may give the `T` or the `Option<T>`.
    pub fn convert_with<V: Into<Option<T>>>(
        attribute: Attribute<'_>,
        from_attribute: impl FnOnce(Attribute<'_>) -> Result<V, Unfit>,
    ) -> Result<Option<T>, Unfit> {
        if attribute.is_null() { Ok(None) } else { from_attribute(attribute).map(V::into) }
    }

    /// `#[ddb(from_str)]`
    pub fn convert_from_str(attribute: Attribute<'_>) -> Result<Option<T>, Unfit>
    where
        T: FromText,
    {
        Self::convert_with(attribute, parse::<T>)
    }

    /// `None` stands for it, whatever the `V` has.
    #[must_use]
    #[allow(clippy::option_option, reason = "as above")]
    pub fn convert_absent_from<V: FromAttribute>() -> Option<Option<T>> {
        Some(None)
    }

    /// `#[ddb(try_from = Type)]`
    pub fn convert_try_from<V: FromAttribute>(attribute: Attribute<'_>) -> Result<Option<T>, Unfit>
    where
        T: FromValue<V>,
    {
        Self::convert_with(attribute, convert::<T, V>)
    }

    /// `#[ddb(serde)]`
    pub fn convert_serde(attribute: Attribute<'_>) -> Result<Option<T>, Unfit>
    where
        T: FromSerde,
    {
        Self::convert_with(attribute, deserialize::<T>)
    }

    /// `#[ddb(unix_time)]`
    pub fn convert_unix_time(attribute: Attribute<'_>) -> Result<Option<T>, Unfit>
    where
        T: FromUnixTime,
    {
        Self::convert_with(attribute, read_unix_time::<T>)
    }
}

/// What a conversion from text is read from: a number's text is as good as a string's.
pub const TEXT: Tags = Tags::of(&[Tag::S, Tag::N]);

fn parse<T: FromText>(attribute: Attribute<'_>) -> Result<T, Unfit> {
    let expected = Expected::of::<T>(TEXT);
    let tag = attribute.tag();
    let text = match tag {
        Tag::N => attribute.into_number_str(expected)?,
        _ => attribute.into_str(expected)?,
    };
    T::from_text(text).map_err(|cause| Unfit::refused(expected, Some(tag), cause))
}

fn convert<T: FromValue<V>, V: FromAttribute>(attribute: Attribute<'_>) -> Result<T, Unfit> {
    let tag = attribute.tag();
    let value = V::from_attribute(attribute)?;
    T::from_value(value)
        .map_err(|cause| Unfit::refused(Expected::of::<T>(V::EXPECTED.tags()), Some(tag), cause))
}

fn deserialize<T: FromSerde>(attribute: Attribute<'_>) -> Result<T, Unfit> {
    let tag = attribute.tag();
    let value = attribute.into_value()?;
    serde_dynamo::from_attribute_value(value)
        .map_err(|cause| Unfit::refused(Expected::of::<T>(Tags::ANY), Some(tag), cause.into()))
}
