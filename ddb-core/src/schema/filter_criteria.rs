//! The filter of an event source mapping that passes the items of a type.

use std::error::Error;
use std::fmt;

use serde_core::ser::{Serialize, SerializeMap as _, SerializeStruct as _, Serializer};

use crate::image::FromStreamImage;
use crate::read::{KeyPattern, Tags};
use crate::schema::Schema;
use crate::schema::image::{ImageSchema, Selector};

/// The number of filters that a mapping can have. A higher quota can be requested, up to 10.
///
/// Source: [Control which events Lambda sends to your function](https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html).
const MAX_FILTERS: usize = 5;

/// The number of characters that a pattern can have.
///
/// Source: [Filter](https://docs.aws.amazon.com/lambda/latest/api/API_Filter.html).
const MAX_PATTERN: usize = 4096;

/// The `FilterCriteria` of the event source mapping of a DynamoDB stream, which select the records of
/// a type by its tag or by the key of its items. For Kinesis, see
/// [`for_kinesis`](Self::for_kinesis).
///
/// A record passes if either of its images has one of the tags or prefixes of the type's variants,
/// or if its key has the text of a template. No other attribute is compared: an item that claims to
/// be of the type and does not fit has to reach the function, where it is reported. A record with an
/// image that fits the type always passes.
///
/// A tag is compared in the images, so the stream has to capture them: a tag selects no `REMOVE` of a
/// stream of new images, no `INSERT` of a stream of old ones, and nothing of a stream of keys.
/// Templates are compared in the keys, which every record has.
///
/// The criteria are empty, so that every record passes, if nothing selects the type:
///
/// - The type has neither a tag nor a `key`, or only in a flattened field that is optional.
/// - A variant is `other`.
/// - The templates of the key, or of the key of one variant, neither begin nor end with text.
/// - Any of these is true of an older version.
///
/// `Display` and `Serialize` write the JSON of Lambda's API and of `CloudFormation`. To set the
/// filter of a mapping, print the criteria and paste them into the template, or pass them to
/// `aws lambda update-event-source-mapping --filter-criteria`. A test that compares the template with
/// [`patterns`](Self::patterns) notices when the type has changed.
///
/// ```
/// use ddb_core::{FromStreamImage, filter_criteria};
///
/// #[derive(FromStreamImage)]
/// #[ddb(tag = "EntityType", rename_all = "SCREAMING_SNAKE_CASE")]
/// enum Entity {
///     Order { id: u64 },
///     #[ddb(prefix = "INVOICE#")]
///     Invoice { total: u64 },
/// }
///
/// let criteria = filter_criteria::<Entity>()?;
/// let patterns: Vec<_> = criteria.patterns().collect();
/// assert_eq!(
///     patterns,
///     [
///         r#"{"dynamodb":{"NewImage":{"EntityType":{"S":["ORDER",{"prefix":"INVOICE#"}]}}}}"#,
///         r#"{"dynamodb":{"OldImage":{"EntityType":{"S":["ORDER",{"prefix":"INVOICE#"}]}}}}"#,
///     ]
/// );
/// assert!(criteria.to_string().starts_with(r#"{"Filters":[{"Pattern":"{\"dynamodb\":"#));
///
/// #[derive(FromStreamImage)]
/// #[ddb(strict, key(PK = "CUSTOMER#{customer}", SK = "ORDER#{id}"))]
/// struct Order {
///     customer: u64,
///     id: u64,
/// }
///
/// assert_eq!(
///     filter_criteria::<Order>()?.patterns().collect::<Vec<_>>(),
///     [concat!(
///         r#"{"dynamodb":{"Keys":{"PK":{"S":[{"prefix":"CUSTOMER#"}]},"#,
///         r#""SK":{"S":[{"prefix":"ORDER#"}]}}}}"#,
///     )]
/// );
/// # Ok::<(), ddb_core::schema::FilterCriteriaError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterCriteria {
    patterns: Vec<String>,
}

impl FilterCriteria {
    fn new(patterns: Vec<String>) -> Result<Self, FilterCriteriaError> {
        let longest = patterns.iter().map(|pattern| pattern.chars().count()).max();
        if patterns.len() > MAX_FILTERS {
            Err(FilterCriteriaError(Excess::Filters(patterns.len())))
        } else if let Some(length) = longest.filter(|length| *length > MAX_PATTERN) {
            Err(FilterCriteriaError(Excess::Length(length)))
        } else {
            Ok(Self { patterns })
        }
    }

    /// The same criteria for Kinesis Data Streams for DynamoDB, where the record is inside the `data`
    /// of a Kinesis record.
    ///
    /// # Errors
    ///
    /// Returns an error if a pattern then has more than 4,096 characters.
    pub fn for_kinesis(&self) -> Result<Self, FilterCriteriaError> {
        Self::new(self.patterns().map(|pattern| format!(r#"{{"data":{pattern}}}"#)).collect())
    }

    /// The patterns, as JSON text. A record passes if one of them matches or if there are none.
    pub fn patterns(&self) -> impl Iterator<Item = &str> {
        self.patterns.iter().map(String::as_str)
    }
}

/// Derives the filter of an event source mapping that passes the records of a type, see
/// [`FilterCriteria`].
///
/// # Errors
///
/// Returns an error if the filter needs more than five patterns, even if the account's quota is
/// higher, or a pattern of more than 4,096 characters.
pub fn filter_criteria<T: FromStreamImage>() -> Result<FilterCriteria, FilterCriteriaError> {
    let patterns = select(T::SCHEMA).map(merge).unwrap_or_default();
    FilterCriteria::new(patterns.iter().map(Pattern::to_json).collect())
}

/// The error for a type whose filter exceeds a limit of Lambda.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterCriteriaError(Excess);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Excess {
    Filters(usize),
    Length(usize),
}

impl fmt::Display for FilterCriteriaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Excess::Filters(count) => write!(
                f,
                "the filter needs {count} patterns, and Lambda takes {MAX_FILTERS}: select the \
                 variants by a `tag`, or filter in the function"
            ),
            Excess::Length(length) => write!(
                f,
                "a pattern of the filter has {length} characters, and Lambda takes {MAX_PATTERN}: \
                 give the tags a common `prefix`, or filter in the function"
            ),
        }
    }
}

impl Error for FilterCriteriaError {}

impl Serialize for FilterCriteria {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let filters: Vec<_> = self.patterns.iter().map(|pattern| Filter { pattern }).collect();
        let mut criteria = serializer.serialize_struct("FilterCriteria", 1)?;
        criteria.serialize_field("Filters", &filters)?;
        criteria.end()
    }
}

impl fmt::Display for FilterCriteria {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&to_json(self))
    }
}

struct Filter<'p> {
    pattern: &'p str,
}

impl Serialize for Filter<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut filter = serializer.serialize_struct("Filter", 1)?;
        filter.serialize_field("Pattern", self.pattern)?;
        filter.end()
    }
}

/// A pattern: the strings of attributes in one part of the record.
struct Pattern {
    /// `Keys`, `NewImage` or `OldImage`.
    part: &'static str,
    attributes: Vec<(&'static str, Vec<Match>)>,
}

/// A string of type `S`, or a part of it.
#[derive(PartialEq, Eq)]
enum Match {
    Whole(&'static str),
    Prefix(&'static str),
    Suffix(&'static str),
}

impl Pattern {
    fn new(part: &'static str, attributes: Vec<(&'static str, Vec<Match>)>) -> Self {
        Self { part, attributes }
    }

    fn to_json(&self) -> String {
        to_json(&Nested("dynamodb", Nested(self.part, Attributes(&self.attributes))))
    }

    /// Adds the texts of a pattern that differs in one attribute only. Returns any other pattern.
    fn absorb(&mut self, other: Self) -> Option<Self> {
        let pairs = || self.attributes.iter().zip(&other.attributes);
        let has_same_attributes = self.part == other.part
            && self.attributes.len() == other.attributes.len()
            && pairs().all(|((own, _), (other, _))| own == other);
        let differing = pairs().filter(|((_, own), (_, other))| own != other).count();
        if !has_same_attributes || differing > 1 {
            return Some(other);
        }
        for ((_, texts), (_, others)) in self.attributes.iter_mut().zip(other.attributes) {
            for text in others {
                if !texts.contains(&text) {
                    texts.push(text);
                }
            }
        }
        None
    }
}

/// Merges patterns that differ in one attribute, so that they take fewer filters.
fn merge(patterns: Vec<Pattern>) -> Vec<Pattern> {
    let mut merged: Vec<Pattern> = Vec::new();
    for pattern in patterns {
        let rest =
            merged.iter_mut().try_fold(pattern, |pattern, known| known.absorb(pattern).ok_or(()));
        merged.extend(rest.ok());
    }
    merged
}

/// The patterns that select the images of a type. `None` if every image may be one.
fn select(schema: &'static Schema) -> Option<Vec<Pattern>> {
    let image = schema.image()?;
    let mut patterns = select_newest(image)?;
    for version in image.versions() {
        patterns.extend(select(version)?);
    }
    Some(patterns)
}

fn select_newest(image: &'static ImageSchema) -> Option<Vec<Pattern>> {
    let own = match image.selector() {
        Selector::None => None,
        Selector::Key(key) => select_key(key).map(|pattern| vec![pattern]),
        Selector::Tag(tags) => select_tags(tags),
        Selector::VariantKeys(keys) if keys.other().is_some() => None,
        Selector::VariantKeys(keys) => {
            keys.keys().iter().map(|key| select_key(key.iter().copied().flatten())).collect()
        }
    };
    // An image of the type is also one of each struct that is flattened into it.
    own.or_else(|| image.required_flattened().find_map(select))
}

fn select_key(key: impl IntoIterator<Item = &'static KeyPattern>) -> Option<Pattern> {
    let attributes: Vec<_> = key
        .into_iter()
        .filter_map(|pattern| {
            let text = match pattern.literals() {
                [whole] => Match::Whole(whole),
                ["", .., ""] | [] => return None,
                ["", .., suffix] => Match::Suffix(suffix),
                [prefix, ..] => Match::Prefix(prefix),
            };
            Some((pattern.attribute(), vec![text]))
        })
        .collect();
    (!attributes.is_empty()).then(|| Pattern::new("Keys", attributes))
}

/// The tag is in an image, and not in the keys: the key of a table need not contain it.
fn select_tags(tags: &'static Tags) -> Option<Vec<Pattern>> {
    if tags.other().is_some() {
        return None;
    }
    let pattern = |part| {
        let names = tags.names().map(Match::Whole);
        let texts = names.chain(tags.prefixes().map(Match::Prefix)).collect();
        Pattern::new(part, vec![(tags.attribute, texts)])
    };
    Some(vec![pattern("NewImage"), pattern("OldImage")])
}

/// An object with one member.
struct Nested<T>(&'static str, T);

impl<T: Serialize> Serialize for Nested<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(Some(1))?;
        object.serialize_entry(self.0, &self.1)?;
        object.end()
    }
}

struct Attributes<'p>(&'p [(&'static str, Vec<Match>)]);

impl Serialize for Attributes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let attributes = self.0.iter().map(|(name, texts)| (name, Nested("S", texts)));
        serializer.collect_map(attributes)
    }
}

impl Serialize for Match {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Whole(text) => serializer.serialize_str(text),
            Self::Prefix(text) => Nested("prefix", text).serialize(serializer),
            Self::Suffix(text) => Nested("suffix", text).serialize(serializer),
        }
    }
}

/// Writes JSON. Maps with text as keys, and texts, never fail to be written.
fn to_json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_has_up_to_4096_characters() {
        assert!(FilterCriteria::new(vec!["ä".repeat(4096)]).is_ok());
        let error = FilterCriteria::new(vec!["a".to_owned(), "ä".repeat(4097)]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "a pattern of the filter has 4097 characters, and Lambda takes 4096: give the tags a \
             common `prefix`, or filter in the function"
        );
    }
}
