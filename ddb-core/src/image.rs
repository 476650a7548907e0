//! From an image to a struct.

use std::any::type_name;
use std::fmt;

use serde_dynamo::Item;

use crate::attribute::FromAttribute;
use crate::error::{AttributeError, AttributeErrorKind, Expected, ImageError, SHOWN_PROBLEMS};
use crate::json::{Cursor, Json};
use crate::read::{Attribute, Image, Report};
use crate::tag::{Tag, Tags};
use crate::unfit::Unfit;

/// A struct that is read from an item or a stream image. Derive it:
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
/// // Lossy: the defaults, and a warning for each.
/// let sample: SampleModel = image.into();
/// assert_eq!(sample.id, 0);
/// # let _ = (sample.message, sample.entity_type);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from an image",
    label = "not a struct that derives `FromStreamImage`",
    note = "write `#[derive(FromStreamImage)]` on the struct"
)]
pub trait FromStreamImage: Sized {
    /// Reads the image strictly, moving strings and bytes out of it.
    ///
    /// # Errors
    ///
    /// Every attribute that is missing or does not fit, with its path.
    fn from_image(mut image: Item) -> Result<Self, ImageError> {
        let mut report = Report::default();
        let value = Self::read(&mut Image::owned(&mut image, &mut report));
        finish(value, report)
    }

    /// Reads the image strictly, copying what it needs.
    ///
    /// # Errors
    ///
    /// Every attribute that is missing or does not fit, with its path.
    fn from_image_ref(image: &Item) -> Result<Self, ImageError> {
        let mut report = Report::default();
        let value = Self::read(&mut Image::borrowed(image, &mut report));
        finish(value, report)
    }

    /// Reads the image with the default in the place of everything that does not fit, and reports
    /// each.
    ///
    /// `From<Item>` is the same and writes the report to `tracing` at `WARN`.
    #[must_use]
    fn from_image_lossy(mut image: Item) -> Lossy<Self>
    where
        Self: FromImageLossy,
    {
        let mut report = Report::default();
        let value = Self::read_lossy(&mut Image::owned(&mut image, &mut report));
        Lossy { value, problems: report.into_problems() }
    }

    /// The same, copying what it needs.
    #[must_use]
    fn from_image_lossy_ref(image: &Item) -> Lossy<Self>
    where
        Self: FromImageLossy,
    {
        let mut report = Report::default();
        let value = Self::read_lossy(&mut Image::borrowed(image, &mut report));
        Lossy { value, problems: report.into_problems() }
    }

    /// The one function that the derive generates: all the others, and every source, come here.
    ///
    /// `None` if the struct could not be made, for which there is then a problem in the report.
    #[doc(hidden)]
    fn read(image: &mut Image<'_>) -> Option<Self>;
}

/// Reads an image from DynamoDB JSON, `{"Id":{"N":"1"}, …}`, strictly and without building a map of
/// it.
///
/// Of an attribute that stands twice, the last one counts, as in every map made of JSON. What
/// nobody maps need not be DynamoDB JSON, only JSON.
///
/// ```
/// use ddb_core::{FromStreamImage, from_json};
///
/// #[derive(Debug, FromStreamImage)]
/// struct Sample {
///     id: u32,
///     tags: Vec<String>,
/// }
///
/// let sample: Sample = from_json(br#"{"id": {"N": "7"}, "tags": {"SS": ["a", "b"]}}"#)?;
/// assert_eq!((sample.id, sample.tags.len()), (7, 2));
///
/// let error = from_json::<Sample>(br#"{"id": {"N": 7}, "tags": {"L": []}}"#).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "id: expected N (u32), found N with the wrong kind of JSON in it"
/// );
/// # Ok::<(), ddb_core::ImageError>(())
/// ```
///
/// # Errors
///
/// Every attribute that is missing or does not fit, with its path; or that the text is not JSON, or
/// not an object.
pub fn from_json<T: FromStreamImage>(json: &[u8]) -> Result<T, ImageError> {
    let mut report = Report::default();
    let text = match str::from_utf8(json) {
        Ok(text) => text,
        Err(error) => return Err(not_json(error.valid_up_to())),
    };
    let mut cursor = Cursor::default();
    let value = T::read(&mut Image::json(Json::new(text, &mut cursor), &mut report));
    let mut rest = Json::new(text, &mut cursor);
    if rest.position() == 0 {
        // A struct without attributes of its own has not looked at the text.
        let _ = rest.skip_object();
    }
    let _ = rest.expect_end();
    match cursor.broken_at() {
        Some(offset) => Err(not_json(offset)),
        None => finish(value, report),
    }
}

#[cold]
fn not_json(offset: usize) -> ImageError {
    ImageError::new(vec![AttributeError::new(AttributeErrorKind::NotJson { offset })])
}

/// A struct each field of which has a default, so that its conversion always gives one.
///
/// The derive implements it together with `From<Item>`, unless the struct is `#[ddb(strict)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no lossy conversion",
    label = "`#[ddb(strict)]`, or not derived",
    note = "use `from_image`, or remove `#[ddb(strict)]` from the struct"
)]
pub trait FromImageLossy: FromStreamImage {
    #[doc(hidden)]
    fn read_lossy(image: &mut Image<'_>) -> Self;
}

/// What a lossy conversion gave, and what it replaced on the way.
pub struct Lossy<T> {
    /// The struct.
    pub value: T,
    /// What did not fit. [`AttributeError::replaced`] tells which place got its default.
    pub problems: Vec<AttributeError>,
}

impl<T> Lossy<T> {
    /// The struct; each replacement goes to `tracing` at `WARN` and the target `ddb_core`, with the
    /// fields `path`, `reason`, `replaced` and `rust_type`, and in `problems` how many there
    /// are inside the place that was replaced; beyond eight, they are counted.
    /// Without a subscriber nobody sees them.
    #[inline]
    #[must_use]
    pub fn warn(self) -> T {
        if !self.problems.is_empty() {
            warn_of(&self.problems, type_name::<T>());
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

/// [`From<Item>`](From): the struct alone, which is built where the caller wants it. From a
/// [`Lossy`], it would be moved there.
#[inline]
#[must_use]
pub fn convert_image<T: FromImageLossy>(mut image: Item) -> T {
    let mut report = Report::default();
    let value = T::read_lossy(&mut Image::owned(&mut image, &mut report));
    if report.len() > 0 {
        warn_of(&report.into_problems(), type_name::<T>());
    }
    value
}

/// One line a place: of a list that was lost to a thousand elements, the first is told.
#[cold]
fn warn_of(problems: &[AttributeError], rust_type: &str) {
    let is_same_place = |one: &AttributeError, other: &AttributeError| {
        one.replaced().is_some() && one.replaced() == other.replaced()
    };
    let mut told = 0;
    for place in problems.chunk_by(is_same_place).take(SHOWN_PROBLEMS) {
        let [problem, ..] = place else { continue };
        told += place.len();
        tracing::warn!(
            target: "ddb_core",
            rust_type,
            path = problem.path(),
            reason = %problem.kind(),
            replaced = problem.replaced(),
            problems = place.len(),
            "attribute does not fit"
        );
    }
    if told < problems.len() {
        tracing::warn!(target: "ddb_core", rust_type, problems = problems.len() - told, "more attributes do not fit");
    }
}

/// What a struct is read from where it is a value.
#[must_use]
pub const fn expect_struct<T>() -> Expected {
    Expected::of::<T>(Tags::of(&[Tag::M]))
}

/// Reads a struct that is a value: a field's, an element's.
///
/// # Errors
///
/// Any tag but `M`, and a struct that could not be made, for which there is then a problem in the
/// report.
#[inline]
pub fn read_struct<T: FromStreamImage + FromAttribute>(
    attribute: Attribute<'_>,
) -> Result<T, Unfit> {
    T::read(&mut attribute.into_image(T::EXPECTED)?).ok_or_else(Unfit::reported)
}

pub(crate) fn finish<T>(value: Option<T>, report: Report) -> Result<T, ImageError> {
    match value {
        Some(value) if report.len() == 0 => Ok(value),
        _ => Err(ImageError::new(report.into_strict_problems())),
    }
}
