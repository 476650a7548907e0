//! Whole images, with their strict and lossy conversions.

use std::any::type_name;
use std::fmt;
use std::rc::Rc;
use std::str;
use std::sync::Arc;

use serde_dynamo::Item;

use crate::error::{ImageError, Problem};
use crate::json::{Cursor, JsonReader};
use crate::private::{ReadImage, ReadImageLossy};
use crate::read::{Image, Report, log_problems};

/// A type that is read from a whole item or stream image.
///
/// Derive it:
///
/// ```
/// use ddb_core::{FromStreamImage, Item};
///
/// #[derive(Debug, FromStreamImage)]
/// #[ddb(rename_all = "PascalCase")]
/// pub struct SampleModel {
///     id: i32,
///     message: String,
///     entity_type: String,
/// }
///
/// let image: Item = Item::default();
/// assert!(SampleModel::from_image_ref(&image).is_err());
///
/// // The lossy conversion uses the defaults, and logs a warning for each.
/// let sample: SampleModel = image.into();
/// assert_eq!(sample.id, 0);
/// # let _ = (sample.message, sample.entity_type);
/// ```
///
/// To write the conversion by hand, implement `TryFrom<Item>` or `From<Item>`, and name [`Item`] in
/// the derive:
///
/// ```
/// use ddb_core::{AttributeValue, FromStreamImage, Item, StreamEvent};
///
/// #[derive(FromStreamImage)]
/// #[ddb(try_from = Item)]
/// struct Versioned {
///     version: u32,
///     item: Item,
/// }
///
/// impl TryFrom<Item> for Versioned {
///     type Error = &'static str;
///
///     fn try_from(item: Item) -> Result<Self, Self::Error> {
///         match item.get("version") {
///             Some(AttributeValue::N(_)) => Ok(Versioned { version: 2, item }),
///             Some(_) => Err("the version is a number"),
///             None => Ok(Versioned { version: 1, item }),
///         }
///     }
/// }
/// # #[cfg(feature = "events")]
/// fn handle(event: StreamEvent<Versioned>) {}
/// # let versioned = Versioned::from_json(b"{}").unwrap();
/// # assert_eq!((versioned.version, versioned.item.len()), (1, 0));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from an image",
    label = "not a type that derives `FromStreamImage`",
    note = "write `#[derive(FromStreamImage)]` on the type"
)]
pub trait FromStreamImage: ReadImage {
    /// Reads the image strictly, and moves strings and bytes out of it.
    ///
    /// # Errors
    ///
    /// Returns an error that lists every attribute that is missing or does not fit, with its path.
    fn from_image(mut image: Item) -> Result<Self, ImageError> {
        let mut report = Report::default();
        let value = Self::read_image(&mut Image::owned(&mut image, &mut report));
        report.finish(value)
    }

    /// Reads the image strictly, and copies the strings and bytes that it needs.
    ///
    /// # Errors
    ///
    /// Returns an error that lists every attribute that is missing or does not fit, with its path.
    fn from_image_ref(image: &Item) -> Result<Self, ImageError> {
        let mut report = Report::default();
        let value = Self::read_image(&mut Image::borrowed(image, &mut report));
        report.finish(value)
    }

    /// Reads the image strictly from DynamoDB JSON, `{"Id":{"N":"1"}, …}`, without building a map
    /// of it.
    ///
    /// An attribute that appears twice is a problem if a field maps it, since DynamoDB never sends
    /// that. An attribute that no field maps only has to be JSON, not DynamoDB JSON.
    ///
    /// ```
    /// use ddb_core::FromStreamImage;
    ///
    /// #[derive(Debug, FromStreamImage)]
    /// struct Sample {
    ///     id: u32,
    ///     tags: Vec<String>,
    /// }
    ///
    /// let sample = Sample::from_json(br#"{"id": {"N": "7"}, "tags": {"SS": ["a", "b"]}}"#)?;
    /// assert_eq!((sample.id, sample.tags.len()), (7, 2));
    ///
    /// let error = Sample::from_json(br#"{"id": {"N": 7}, "tags": {"L": []}}"#).unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "id: expected N (u32), found N with the wrong kind of JSON in it"
    /// );
    ///
    /// let error = Sample::from_json(br#"{"id": {"N": "7"}"#).unwrap_err();
    /// assert_eq!(error.syntax_error_at(), Some(17));
    /// # Ok::<(), ddb_core::ImageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error that lists every attribute that is missing or does not fit, with its path.
    /// If the text is not a JSON object, the error has the [position](ImageError::syntax_error_at)
    /// of the syntax error instead.
    fn from_json(json: &[u8]) -> Result<Self, ImageError> {
        let text = match str::from_utf8(json) {
            Ok(text) => text,
            Err(error) => return Err(ImageError::not_json(error.valid_up_to())),
        };
        let mut report = Report::default();
        let mut cursor = Cursor::default();
        let json = JsonReader::new(text, &mut cursor);
        let value = Self::read_image(&mut Image::json(json, &mut report));
        let mut rest = JsonReader::new(text, &mut cursor);
        if rest.position() == 0 {
            // A type that maps no attributes has not read the text.
            let _ = rest.skip_object();
        }
        let _ = rest.expect_end();
        match cursor.syntax_error_at() {
            Some(offset) => Err(ImageError::not_json(offset)),
            None => report.finish(value),
        }
    }

    /// Reads an item of `aws-sdk-dynamodb` strictly, and moves strings and bytes out of it.
    ///
    /// ```
    /// use aws_sdk_dynamodb::operation::query::QueryOutput;
    /// use ddb_core::{FromStreamImage, ImageError};
    ///
    /// #[derive(FromStreamImage)]
    /// struct Order {
    ///     id: u64,
    /// }
    ///
    /// fn orders(page: QueryOutput) -> Result<Vec<Order>, ImageError> {
    ///     page.items.unwrap_or_default().into_iter().map(Order::from_sdk_item).collect()
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error that lists every attribute that is missing or does not fit, with its path.
    /// An attribute whose type the SDK did not know does not fit, even if no field maps it.
    #[cfg(feature = "aws-sdk-dynamodb")]
    fn from_sdk_item(item: crate::sdk::SdkItem) -> Result<Self, ImageError> {
        crate::sdk::item_from_sdk(item).and_then(Self::from_image)
    }

    /// Reads the image, replaces everything that does not fit with its default, and reports each
    /// replacement.
    ///
    /// `From<Item>` is the same conversion, but logs the report through `tracing` at `WARN`.
    #[must_use]
    fn from_image_lossy(mut image: Item) -> Lossy<Self>
    where
        Self: FromImageLossy,
    {
        let mut report = Report::default();
        let value = Self::read_image_lossy(&mut Image::owned(&mut image, &mut report));
        Lossy { value, problems: report.into_problems() }
    }

    /// Reads the image as [`from_image_lossy`](Self::from_image_lossy) does, but copies the strings
    /// and bytes that it needs.
    #[must_use]
    fn from_image_lossy_ref(image: &Item) -> Lossy<Self>
    where
        Self: FromImageLossy,
    {
        let mut report = Report::default();
        let value = Self::read_image_lossy(&mut Image::borrowed(image, &mut report));
        Lossy { value, problems: report.into_problems() }
    }
}

/// A type whose lossy conversion always succeeds, because each of its fields has a default.
///
/// The derive implements this trait together with `From<Item>`, unless the type is
/// `#[ddb(strict)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no lossy conversion",
    label = "`#[ddb(strict)]`, or not derived",
    note = "use `from_image`, or remove `#[ddb(strict)]` from the type"
)]
pub trait FromImageLossy: FromStreamImage + ReadImageLossy {}

macro_rules! pointer_from_image {
    ($($pointer:ident),*) => {$(
        impl<T: FromStreamImage> FromStreamImage for $pointer<T> {}

        impl<T: FromImageLossy> FromImageLossy for $pointer<T> {}
    )*};
}

pointer_from_image!(Box, Rc, Arc);

/// The value of a lossy conversion, with a report of everything that was replaced.
#[non_exhaustive]
pub struct Lossy<T> {
    /// The value.
    pub value: T,
    /// The problems, ordered by path. [`Problem::replaced`] names the value that was replaced by
    /// its default.
    pub problems: Vec<Problem>,
}

impl<T> Lossy<T> {
    /// Logs each replacement through `tracing` and returns the value.
    ///
    /// Each replaced value, and each problem that replaced nothing, is one event at `WARN` with the
    /// target `ddb_core`. Its fields are `path` and `reason` (of the first problem inside the
    /// value), `replaced`, `rust_type`, and `problems` (the number of problems inside the value).
    /// After eight events, one more event counts the remaining problems. Without a subscriber,
    /// nothing is logged.
    #[inline]
    #[must_use]
    pub fn into_logged(self) -> T {
        if !self.problems.is_empty() {
            log_problems(&self.problems, type_name::<T>());
        }
        self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for Lossy<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lossy")
            .field("value", &self.value)
            .field("problems", &self.problems)
            .finish()
    }
}
