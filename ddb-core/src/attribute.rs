//! The values of attributes, and how a type is read from one.

pub use crate::attribute_type::{AttributeType, AttributeTypes};
pub use crate::map_key::MapKey;
pub use crate::read::Attribute;
pub use crate::unix_time::FromUnixTime;

use serde_dynamo::AttributeValue;

use crate::error::{AttributeError, Expected, ImageError};
use crate::read::{Absence, EntryValue, FieldType, Report, read_array, read_list};

/// A type that is read from one attribute value: a field of a derived struct, an element of a list
/// or a value of a map.
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
/// /// Read from an `L` of two.
/// #[derive(FromAttribute)]
/// struct Position(f64, f64);
/// ```
///
/// To implement it by hand, pass the attribute on to a type that implements it already, and check
/// the value:
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
/// `?` passes on the error of any conversion. It is kept out of every message, as it may quote the
/// value:
///
/// ```
/// use ddb_core::attribute::{AttributeType, AttributeTypes};
/// use ddb_core::error::Expected;
/// use ddb_core::{Attribute, AttributeError, FromAttribute};
///
/// struct Port(u16);
///
/// impl FromAttribute for Port {
///     /// For the message about an attribute that is missing, or has another type.
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
/// `Option<Celsius>`, `Arc<Celsius>`, `Vec<Celsius>` and `HashMap<String, Celsius>` then implement
/// it too.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from an attribute",
    label = "not readable from an attribute",
    note = "for a type of yours: derive `FromAttribute` for it, or implement it by hand",
    note = "for another crate's type: write `#[ddb(from_str)]`, `#[ddb(try_from = Type)]`, \
            `#[ddb(unix_time)]`, `#[ddb(with = module)]` or `#[ddb(serde)]` on the field",
    note = "for a field that is not in the table, such as a `PhantomData`: write `#[ddb(skip)]` on it"
)]
pub trait FromAttribute: Sized {
    /// What the type is read from, for error messages.
    const EXPECTED: Expected = Expected::of::<Self>(AttributeTypes::ANY);

    /// Reads the value. To read one of several types, choose by
    /// [`Attribute::attribute_type`] instead of trying each: what a list, a map or a struct cannot
    /// read is in the report as soon as it is found.
    ///
    /// # Errors
    ///
    /// The value does not fit the type.
    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError>;

    /// Reads a value on its own, as a test of an implementation does.
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
    /// The value does not fit the type. Paths start at the value.
    fn from_value(mut value: AttributeValue) -> Result<Self, ImageError> {
        let mut report = Report::default();
        let read = Self::from_attribute(Attribute::owned(&mut value, &mut report));
        let read = read.map_err(|error| report.push(error)).ok();
        report.finish(read)
    }

    /// The value of a field whose attribute is missing, if there is one.
    #[doc(hidden)]
    const ABSENCE: Absence<Self> = Absence::REQUIRED;

    /// How a field of the type is read.
    #[doc(hidden)]
    const FIELD_TYPE: FieldType<Self> = FieldType::new(Self::EXPECTED, Self::ABSENCE);

    /// The attribute types that a list of the type is read from.
    #[doc(hidden)]
    const LIST_TYPES: AttributeTypes = Self::EXPECTED.types().sequences();

    /// Reads a value in the form that nearly all values have: of the expected type, and in JSON
    /// text without white space and escapes. `None` leaves it to
    /// [`from_attribute`](Self::from_attribute), which returns the same value, or an error.
    #[doc(hidden)]
    #[inline]
    fn from_plain(_value: &mut EntryValue<'_, '_>) -> Option<Self> {
        None
    }

    /// Reads a list of the type. It is `u8` that needs this: a list of it can be a `B`.
    ///
    /// # Errors
    ///
    /// The attribute is not a list or a set, or an element does not fit.
    #[doc(hidden)]
    fn list_from_attribute(
        attribute: Attribute<'_>,
        expected: Expected,
    ) -> Result<Vec<Self>, AttributeError> {
        read_list(attribute, expected)
    }

    /// Reads a list of a fixed length.
    ///
    /// # Errors
    ///
    /// As [`list_from_attribute`](Self::list_from_attribute), and another length.
    #[doc(hidden)]
    fn array_from_attribute<const N: usize>(
        attribute: Attribute<'_>,
        expected: Expected,
    ) -> Result<[Self; N], AttributeError> {
        read_array(attribute, expected)
    }
}
