//! What a field's type can be.

use serde_dynamo::AttributeValue;

use crate::error::{Expected, ImageError};
use crate::image::finish;
use crate::read::{Attribute, Place, Reader, Report};
use crate::tag::Tags;
use crate::types;
use crate::unfit::Unfit;

/// A type that is read from one attribute value: what a field of a derived struct, an element or a
/// map's value can be.
///
/// The derive implements it for structs and enums. For a type of your own, hand the attribute on to
/// a type that reads itself already, and check what it gave:
///
/// ```
/// use ddb_core::{Attribute, FromAttribute, FromStreamImage, Item, Unfit};
///
/// #[derive(Debug, PartialEq)]
/// struct Celsius(f64);
///
/// impl FromAttribute for Celsius {
///     fn from_attribute(attribute: Attribute<'_>) -> Result<Self, Unfit> {
///         let degrees = f64::from_attribute(attribute)?;
///         if degrees < -273.15 {
///             return Err(Unfit::expected("degrees above absolute zero"));
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
/// # use serde_dynamo::AttributeValue;
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
/// The error of a conversion goes out with `?`. It is kept, and out of every message:
///
/// ```
/// use ddb_core::{Attribute, Expected, FromAttribute, Tag, Tags, Unfit};
///
/// struct Port(u16);
///
/// impl FromAttribute for Port {
///     /// Said of an attribute that is missing, or of another tag.
///     const EXPECTED: Expected = Expected::of::<Self>(Tags::of(&[Tag::S]));
///
///     fn from_attribute(attribute: Attribute<'_>) -> Result<Self, Unfit> {
///         let text = attribute.into_str(Self::EXPECTED)?;
///         Ok(Port(text.trim_start_matches("port ").parse()?))
///     }
/// }
/// # use ddb_core::AttributeValue;
/// # assert!(Port::from_value(AttributeValue::S("port 80".to_owned())).is_ok_and(|port| port.0 == 80));
/// # assert!(Port::from_value(AttributeValue::S("port".to_owned())).is_err());
/// ```
///
/// Optional, boxed, listed and keyed, `Option<Celsius>`, `Arc<Celsius>`, `Vec<Celsius>` and
/// `HashMap<String, Celsius>` then read themselves.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from an attribute",
    label = "not readable from an attribute",
    note = "for a type of yours: derive `FromStreamImage` for it, or implement `FromAttribute`",
    note = "for another crate's type: write `#[ddb(from_str)]`, `#[ddb(try_from = Type)]`, `#[ddb(unix_time)]`, `#[ddb(with = module)]` or `#[ddb(serde)]` on the field"
)]
pub trait FromAttribute: Sized {
    /// What the type is read from, for error messages.
    const EXPECTED: Expected = Expected::of::<Self>(Tags::ANY);

    /// Reads the value. To read one of several types, choose by [`Attribute::tag`] and not by
    /// trying: what a list, a map or a struct could not read is in the report as soon as it is
    /// found.
    ///
    /// # Errors
    ///
    /// What the attribute holds does not fit the type.
    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, Unfit>;

    /// Reads the value of a field if it is what nearly all of them are: of the tag that the type
    /// has, with nothing around it to look at. `None` leaves
    /// it to [`from_attribute`](Self::from_attribute), which gives the same, or says why not.
    #[doc(hidden)]
    #[inline]
    fn from_plain(_place: &mut Place<'_, '_>) -> Option<Self> {
        None
    }

    /// What stands for an attribute that is not there, and in a lossy conversion for one that does
    /// not fit.
    ///
    /// `Some(None)` for an `Option`; `None`, nothing, for most other types, whose fields are then
    /// required.
    #[must_use]
    fn absent() -> Option<Self> {
        None
    }

    /// Reads a value that stands alone, as a test of an implementation does.
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
    /// What the value holds does not fit the type; paths start at the value.
    fn from_value(mut value: AttributeValue) -> Result<Self, ImageError> {
        let mut report = Report::default();
        let read = Self::from_attribute(Attribute::owned(&mut value, &mut report));
        let read = read.map_err(|unfit| report.push(unfit)).ok();
        finish(read, report)
    }

    /// Reads a list of the type: a `B` is a list of `u8`, and there is no other way to tell.
    ///
    /// # Errors
    ///
    /// The attribute is no list or set, or an element of it does not fit.
    #[doc(hidden)]
    fn list_from_attribute(
        attribute: Attribute<'_>,
        expected: Expected,
    ) -> Result<Vec<Self>, Unfit> {
        types::read_list(attribute, expected)
    }

    /// The same for a list of a fixed length.
    ///
    /// # Errors
    ///
    /// As [`list_from_attribute`](Self::list_from_attribute), and any other length.
    #[doc(hidden)]
    fn array_from_attribute<const N: usize>(
        attribute: Attribute<'_>,
        expected: Expected,
    ) -> Result<[Self; N], Unfit> {
        types::read_array(attribute, expected)
    }

    /// All of the above, for a field.
    #[doc(hidden)]
    const READER: Reader<Self> = Reader { expected: Self::EXPECTED, absent: Self::absent };

    /// The tags that a list of the type is read from.
    #[doc(hidden)]
    const LIST_TAGS: Tags = Self::EXPECTED.tags().sequences();
}
