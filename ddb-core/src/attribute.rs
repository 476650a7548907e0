//! Attribute values, and the traits for types that are read from them or written to them.

pub use crate::attribute_type::{AttributeType, AttributeTypes};
pub use crate::map_key::{IntoMapKey, MapKey};
pub use crate::read::Attribute;
pub use crate::unix_time::{FromUnixTime, IntoUnixTime};

use serde_dynamo::AttributeValue;

use crate::error::{AttributeError, Expected, ImageError};
use crate::read::{Absence, EntryValue, FieldType, Report, read_array, read_list};
use crate::schema::Schema;
use crate::schema::attribute::FieldSchema;
use crate::write::write_list;

/// A type that is written as one attribute value: the type of a field, of a list's element or of a
/// map's value.
///
/// Derive it for a struct, an enum or a newtype, together with [`FromAttribute`]. To implement it
/// by hand, convert the value to a type that implements it already:
///
/// ```
/// use ddb_core::{AttributeError, AttributeValue, IntoAttribute};
///
/// struct Celsius(f64);
///
/// impl IntoAttribute for Celsius {
///     fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
///         self.0.into_attribute()
///     }
/// }
/// # assert!(Celsius(21.5).into_attribute().is_ok());
/// ```
///
/// The `?` operator converts any error into an [`AttributeError`], as in
/// [`FromAttribute::from_attribute`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be written as an attribute",
    label = "not writable as an attribute",
    note = "for a type of yours: derive `IntoAttribute` for it, or implement it by hand",
    note = "for another crate's type: turn on the feature of `ddb-core` that is named after the \
            crate, such as `chrono`, `uuid` or `rust_decimal`; or write `#[ddb(from_str)]` on the \
            field for a type with `Display` and `FromStr`, `#[ddb(unix_time)]` for a time in an `N`, `#[ddb(bytes)]` \
            for `Into<Vec<u8>>`, `#[ddb(json)]` for JSON text, `#[ddb(try_from = Type)]`, \
            `#[ddb(with = module)]` or `#[ddb(serde)]`",
    note = "for a field that is not in the table, such as a `PhantomData`: write `#[ddb(skip)]` on it"
)]
pub trait IntoAttribute: Sized {
    /// Writes the value on its own, or in a list or a map. A `None` is a `NULL` here, and an empty
    /// set is an error, although a struct leaves both out.
    ///
    /// # Errors
    ///
    /// Returns an error if DynamoDB cannot store the value.
    fn into_attribute(self) -> Result<AttributeValue, AttributeError>;

    /// Writes the value as the attribute of a struct. `None` means that it is left out.
    #[doc(hidden)]
    fn into_field(self) -> Result<Option<AttributeValue>, AttributeError> {
        self.into_attribute().map(Some)
    }

    /// The number of `Option`s around the value. The `None` of an inner one is a `NULL`.
    #[doc(hidden)]
    const OPTIONS: usize = 0;

    /// Writes a list of the type. Only `u8` overrides this, because a list of bytes is a `B`.
    #[doc(hidden)]
    fn list_into_attribute(list: Vec<Self>) -> Result<AttributeValue, AttributeError> {
        write_list(list.into_iter())
    }
}

/// A type that is read from one attribute value: the type of a field, of a list's element or of a
/// map's value.
///
/// Derive it for a struct, an enum or a newtype:
///
/// ```
/// use ddb_core::{FromAttribute, FromStreamImage};
///
/// #[derive(FromStreamImage)]
/// struct Order {
///     id: u64,
///     ship_to: Address,
///     status: Status,
///     position: Option<Position>,
/// }
///
/// /// Read from an `M`.
/// #[derive(Default, FromAttribute)]
/// struct Address {
///     street: String,
///     city: String,
/// }
///
/// /// Read from an `S`.
/// #[derive(Default, FromAttribute)]
/// enum Status {
///     #[default]
///     Open,
///     Shipped,
/// }
///
/// /// Read from an `L` of length 2.
/// #[derive(FromAttribute)]
/// struct Position(f64, f64);
/// ```
///
/// To implement it by hand, read a type that implements it already, and check the value:
///
/// ```
/// use ddb_core::{Attribute, AttributeError, FromAttribute, FromStreamImage, Item};
///
/// #[derive(Debug, PartialEq)]
/// struct Celsius(f64);
///
/// impl FromAttribute for Celsius {
///     fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
///         let degrees = f64::from_attribute(attribute)?;
///         if degrees < -273.15 {
///             return Err(AttributeError::expected("degrees above absolute zero"));
///         }
///         Ok(Celsius(degrees))
///     }
/// }
///
/// #[derive(Debug, FromStreamImage)]
/// #[ddb(strict)]
/// struct Reading {
///     outside: Celsius,
/// }
///
/// # use ddb_core::AttributeValue;
/// let reading = |degrees: &str| {
///     let image = [("outside".to_owned(), AttributeValue::N(degrees.to_owned()))];
///     Reading::from_image(Item::from(std::collections::HashMap::from(image)))
/// };
/// assert_eq!(reading("21.5")?.outside, Celsius(21.5));
/// assert_eq!(
///     reading("-300").unwrap_err().to_string(),
///     "outside: expected degrees above absolute zero",
/// );
/// # Ok::<(), ddb_core::ImageError>(())
/// ```
///
/// The `?` operator converts any error into an [`AttributeError`]. The original error stays out of
/// every message, since it may quote the value:
///
/// ```
/// use ddb_core::attribute::{AttributeType, AttributeTypes};
/// use ddb_core::error::Expected;
/// use ddb_core::{Attribute, AttributeError, FromAttribute};
///
/// struct Port(u16);
///
/// impl FromAttribute for Port {
///     /// Named in the error for an attribute that is missing or has another type.
///     const EXPECTED: Expected = Expected::of::<Self>(AttributeTypes::of(&[AttributeType::S]));
///
///     fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
///         let text = attribute.into_str(Self::EXPECTED)?;
///         Ok(Port(text.trim_start_matches("port ").parse()?))
///     }
/// }
/// # use ddb_core::AttributeValue;
/// # let port = |text: &str| Port::from_value(AttributeValue::S(text.to_owned()));
/// # assert!(port("port 80").is_ok_and(|port| port.0 == 80));
/// # assert!(port("port").is_err());
/// ```
///
/// Types such as `Option<Celsius>`, `Arc<Celsius>`, `Vec<Celsius>` and `HashMap<String, Celsius>`
/// then implement it too.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from an attribute",
    label = "not readable from an attribute",
    note = "for a type of yours: derive `FromAttribute` for it, or implement it by hand",
    note = "for another crate's type: turn on the feature of `ddb-core` that is named after the \
            crate, such as `chrono`, `uuid` or `rust_decimal`; or write `#[ddb(from_str)]` on the \
            field for a type with `FromStr`, `#[ddb(unix_time)]` for a time in an `N`, `#[ddb(bytes)]` for \
            `TryFrom<Vec<u8>>`, `#[ddb(json)]` for JSON text, `#[ddb(try_from = Type)]`, \
            `#[ddb(with = module)]` or `#[ddb(serde)]`",
    note = "for a field that is not in the table, such as a `PhantomData`: write `#[ddb(skip)]` on it"
)]
pub trait FromAttribute: Sized {
    /// The attribute types that the type is read from, and its name, for error messages.
    ///
    /// The attribute types also decide which sets a list of the type is read from: with `S`, a
    /// `Vec` of the type is read from an `SS` as well as an `L`. By default, every attribute type
    /// is expected.
    const EXPECTED: Expected = Expected::of::<Self>(AttributeTypes::ANY);

    /// Reads the value.
    ///
    /// To accept several attribute types, match on [`Attribute::attribute_type`] first: reading
    /// consumes the attribute.
    ///
    /// # Errors
    ///
    /// Returns an error if the value does not fit the type.
    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError>;

    /// Reads a value on its own, outside an image: useful in the tests of an implementation.
    ///
    /// ```
    /// use ddb_core::{AttributeValue, FromAttribute};
    ///
    /// assert_eq!(u8::from_value(AttributeValue::N("1E2".to_owned()))?, 100);
    /// let error = u8::from_value(AttributeValue::N("1E3".to_owned())).unwrap_err();
    /// assert_eq!(error.to_string(), "expected N (u8), found N out of range");
    /// # Ok::<(), ddb_core::ImageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error with every problem if the value does not fit the type. Paths start at the
    /// value.
    fn from_value(mut value: AttributeValue) -> Result<Self, ImageError> {
        let mut report = Report::default();
        let read = Self::from_attribute(Attribute::owned(&mut value, &mut report));
        let read = read.map_err(|error| report.push(error)).ok();
        report.finish(read)
    }

    /// The attribute types that the type is read from and, for an `M`, the attributes in it.
    ///
    /// By default, these are the attribute types of [`EXPECTED`](Self::EXPECTED).
    const SCHEMA: &'static Schema = &Schema::of_value(Self::EXPECTED.types());

    /// The schema of a field that is read without a conversion.
    #[doc(hidden)]
    const FIELD_SCHEMA: FieldSchema =
        FieldSchema::new(Self::EXPECTED.types(), Self::ABSENCE.is_required(), || Self::SCHEMA);

    /// The value of a field whose attribute is missing, if the type has one.
    #[doc(hidden)]
    const ABSENCE: Absence<Self> = Absence::REQUIRED;

    /// The `FieldType` of a field that is read without a conversion.
    #[doc(hidden)]
    const FIELD_TYPE: FieldType<Self> = FieldType::new(Self::EXPECTED, Self::ABSENCE);

    /// The attribute types that a list of the type is read from.
    #[doc(hidden)]
    const LIST_TYPES: AttributeTypes = Self::EXPECTED.types().sequences();

    /// Reads a value in the form that nearly all values have: it has the expected type and, in JSON
    /// text, contains neither white space nor escapes. `None` leaves the value to
    /// [`from_attribute`](Self::from_attribute), which reads any form and returns the error.
    #[doc(hidden)]
    #[inline]
    fn from_plain(_value: &mut EntryValue<'_, '_>) -> Option<Self> {
        None
    }

    /// Reads a list of the type. Only `u8` overrides this, because a list of bytes can be a `B`.
    ///
    /// # Errors
    ///
    /// Returns an error if the attribute is not a list or a set, or if an element does not fit.
    #[doc(hidden)]
    fn list_from_attribute(
        attribute: Attribute<'_>,
        expected: Expected,
    ) -> Result<Vec<Self>, AttributeError> {
        read_list(attribute, expected)
    }

    /// Reads a list of exactly `N` elements.
    ///
    /// # Errors
    ///
    /// Returns an error where [`list_from_attribute`](Self::list_from_attribute) does, and if the
    /// list has another length.
    #[doc(hidden)]
    fn array_from_attribute<const N: usize>(
        attribute: Attribute<'_>,
        expected: Expected,
    ) -> Result<[Self; N], AttributeError> {
        read_array(attribute, expected)
    }
}
