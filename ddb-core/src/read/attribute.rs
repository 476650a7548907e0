use std::borrow::Cow;
use std::fmt;
use std::mem;

use serde_dynamo::AttributeValue;

use crate::attribute::FromAttribute;
use crate::attribute_type::{AttributeType, AttributeTypes};
use crate::error::{AttributeError, Expected, Found, Malformed, Refusal};
use crate::json::{SyntaxError, decode_base64};
use crate::map_key::MapKey;
use crate::read::image::Image;
use crate::read::list::{List, read_list};
use crate::read::map::read_map;
use crate::read::nesting::{MAX_DEPTH, is_too_deep, too_deep};
use crate::read::report::Report;
use crate::read::source::{JsonElements, ListRef, MapRef, StrRef, ValueRef, read_text};

/// One attribute value, for an implementation of [`FromAttribute`] to read.
///
/// Most implementations pass it on to a type that already implements [`FromAttribute`]. The others
/// call one of the `into_…` methods, which work alike for an owned [`Item`](crate::Item), a
/// borrowed one and JSON text. Each takes the [`Expected`] of the caller for its error.
pub struct Attribute<'r> {
    value: ValueRef<'r>,
    report: &'r mut Report,
    depth: usize,
}

impl fmt::Debug for Attribute<'_> {
    /// Writes the attribute type, never the value.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attribute")
            .field("attribute_type", &self.attribute_type())
            .finish_non_exhaustive()
    }
}

impl<'r> Attribute<'r> {
    pub(crate) fn owned(value: &'r mut AttributeValue, report: &'r mut Report) -> Self {
        Self::new(ValueRef::Owned(value), report, 0)
    }

    pub(super) fn new(value: ValueRef<'r>, report: &'r mut Report, depth: usize) -> Self {
        Self { value, report, depth }
    }

    /// The attribute type of the value.
    #[must_use]
    pub fn attribute_type(&self) -> AttributeType {
        self.value.attribute_type()
    }

    /// Returns `true` if the value is a `NULL`. DynamoDB always writes `{"NULL": true}`. Test
    /// fixtures sometimes contain `{"NULL": false}`, which counts as a `NULL` as well.
    #[must_use]
    #[inline]
    pub fn is_null(&self) -> bool {
        matches!(
            self.value,
            ValueRef::Owned(AttributeValue::Null(_))
                | ValueRef::Borrowed(AttributeValue::Null(_))
                | ValueRef::Json(AttributeType::Null, _)
        )
    }

    /// Returns the error for a value of another attribute type: `expected N (u32), found S`.
    #[cold]
    #[must_use]
    pub fn mismatch(self, expected: Expected) -> AttributeError {
        AttributeError::mismatch(expected, Found::Type(self.attribute_type()))
    }

    /// Returns the text of an `S`.
    ///
    /// # Errors
    ///
    /// Returns an error if the value is not an `S`, or if its JSON is malformed.
    #[inline]
    pub fn into_str(self, expected: Expected) -> Result<&'r str, AttributeError> {
        self.into_text(AttributeType::S)
            .map(StrRef::into_str)
            .map_err(|refusal| refusal.into_error(expected))
    }

    /// Returns the text of an `S` as a `String`, which is moved out of an owned source.
    ///
    /// # Errors
    ///
    /// Returns an error if the value is not an `S`, or if its JSON is malformed.
    #[inline]
    pub fn into_string(self, expected: Expected) -> Result<String, AttributeError> {
        self.into_text(AttributeType::S)
            .map(StrRef::into_string)
            .map_err(|refusal| refusal.into_error(expected))
    }

    /// Returns the text of an `N` as the source spells it. The text may not be a number.
    ///
    /// # Errors
    ///
    /// Returns an error if the value is not an `N`, or if its JSON is malformed.
    #[inline]
    pub fn into_number_str(self, expected: Expected) -> Result<&'r str, AttributeError> {
        self.into_text(AttributeType::N)
            .map(StrRef::into_str)
            .map_err(|refusal| refusal.into_error(expected))
    }

    /// Returns the text of an `N` as a `String`, which is moved out of an owned source. The text
    /// may not be a number.
    ///
    /// # Errors
    ///
    /// Returns an error if the value is not an `N`, or if its JSON is malformed.
    #[inline]
    pub fn into_number_string(self, expected: Expected) -> Result<String, AttributeError> {
        self.into_text(AttributeType::N)
            .map(StrRef::into_string)
            .map_err(|refusal| refusal.into_error(expected))
    }

    /// Returns the bytes of a `B`. Bytes in JSON text are decoded; others are borrowed.
    ///
    /// # Errors
    ///
    /// Returns an error if the value is not a `B`, or if its JSON is malformed or not base64.
    pub fn into_bytes(self, expected: Expected) -> Result<Cow<'r, [u8]>, AttributeError> {
        match self.value {
            ValueRef::Owned(AttributeValue::B(bytes)) | ValueRef::OwnedBytes(bytes) => {
                Ok(Cow::Borrowed(bytes))
            }
            ValueRef::Borrowed(AttributeValue::B(bytes)) | ValueRef::BorrowedBytes(bytes) => {
                Ok(Cow::Borrowed(bytes))
            }
            value => Self { value, ..self }.into_byte_vec(expected).map(Cow::Owned),
        }
    }

    /// Returns the bytes of a `B` as a `Vec`, which is moved out of an owned source.
    ///
    /// # Errors
    ///
    /// Returns an error if the value is not a `B`, or if its JSON is malformed or not base64.
    pub fn into_byte_vec(self, expected: Expected) -> Result<Vec<u8>, AttributeError> {
        match self.value {
            ValueRef::Owned(AttributeValue::B(bytes)) | ValueRef::OwnedBytes(bytes) => {
                Ok(mem::take(bytes))
            }
            ValueRef::Borrowed(AttributeValue::B(bytes)) | ValueRef::BorrowedBytes(bytes) => {
                Ok(bytes.clone())
            }
            ValueRef::BorrowedText(AttributeType::B, base64) => read_base64(base64, expected),
            ValueRef::Json(AttributeType::B, json) => {
                let base64 = read_text(json, AttributeType::B)
                    .map_err(|refusal| refusal.into_error(expected))?;
                read_base64(base64.into_str(), expected)
            }
            _ => Err(self.mismatch(expected)),
        }
    }

    /// Returns the value of a `BOOL`.
    ///
    /// # Errors
    ///
    /// Returns an error if the value is not a `BOOL`.
    pub fn into_bool(self, expected: Expected) -> Result<bool, AttributeError> {
        match self.value {
            ValueRef::Owned(&mut AttributeValue::Bool(value))
            | ValueRef::Borrowed(&AttributeValue::Bool(value)) => Ok(value),
            ValueRef::Json(AttributeType::Bool, mut json) => {
                json.read_bool().map_err(|SyntaxError| AttributeError::reported())
            }
            _ => Err(self.mismatch(expected)),
        }
    }

    /// Returns the value itself, of any attribute type. It is moved out of an owned source.
    ///
    /// # Errors
    ///
    /// Returns an error if the value is nested deeper than anything that DynamoDB stores, or if its
    /// JSON is malformed.
    pub fn into_value(self) -> Result<AttributeValue, AttributeError> {
        match self.value {
            // A value that is too deep is read like one in JSON text, which reports where it is.
            ValueRef::Owned(value) if !is_too_deep(value, self.depth) => {
                Ok(mem::replace(value, NULL))
            }
            ValueRef::Borrowed(value) if !is_too_deep(value, self.depth) => Ok(value.clone()),
            _ => self.build_value(),
        }
    }

    /// Builds the value from its parts.
    fn build_value(self) -> Result<AttributeValue, AttributeError> {
        let expected = AttributeValue::EXPECTED;
        match self.attribute_type() {
            AttributeType::S => self.into_string(expected).map(AttributeValue::S),
            AttributeType::N => self.into_number_string(expected).map(AttributeValue::N),
            AttributeType::B => self.into_byte_vec(expected).map(AttributeValue::B),
            AttributeType::Bool => self.into_bool(expected).map(AttributeValue::Bool),
            AttributeType::Null => match self.value {
                ValueRef::Json(_, mut json) => json
                    .read_bool()
                    .map(AttributeValue::Null)
                    .map_err(|SyntaxError| AttributeError::reported()),
                _ => Ok(NULL),
            },
            AttributeType::M => read_map(self, expected).map(AttributeValue::M),
            AttributeType::L => read_list(self, expected).map(AttributeValue::L),
            AttributeType::Ss => read_list(self, expected).map(AttributeValue::Ss),
            AttributeType::Ns => read_list::<NumberText>(self, expected).map(|texts| {
                AttributeValue::Ns(texts.into_iter().map(|NumberText(text)| text).collect())
            }),
            AttributeType::Bs => read_list::<Bytes>(self, expected).map(|bytes| {
                AttributeValue::Bs(bytes.into_iter().map(|Bytes(bytes)| bytes).collect())
            }),
        }
    }

    /// Reads each element of an `L` or a set, and calls `push` with it.
    ///
    /// This is how a container reads its elements. Which of `L`, `SS`, `NS` and `BS` it reads is up
    /// to `expected`, see [`AttributeTypes::sequences`]. The problem of an element has its index in
    /// the path, and the elements behind it are read as well.
    ///
    /// ```
    /// use ddb_core::error::Expected;
    /// use ddb_core::{Attribute, AttributeError, FromAttribute};
    ///
    /// /// Keeps the last element on top.
    /// struct Stack<T>(Vec<T>);
    ///
    /// impl<T: FromAttribute> FromAttribute for Stack<T> {
    ///     const EXPECTED: Expected = Expected::of::<Self>(T::EXPECTED.types().sequences());
    ///
    ///     fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
    ///         let mut stack = Vec::new();
    ///         attribute.read_elements(Self::EXPECTED, |element| stack.push(element))?;
    ///         Ok(Stack(stack))
    ///     }
    /// }
    /// # use ddb_core::AttributeValue;
    /// # let list = |texts: [&str; 2]| {
    /// #     AttributeValue::L(texts.map(|text| AttributeValue::N(text.to_owned())).to_vec())
    /// # };
    /// # assert_eq!(Stack::<u8>::from_value(list(["1", "2"])).ok().unwrap().0, [1, 2]);
    /// # let error = Stack::<u8>::from_value(list(["1", "x"])).err().unwrap();
    /// # assert_eq!(error.to_string(), "[1]: expected N (u8), found N that is not a number");
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the value has an attribute type that is not expected, or if an element
    /// does not fit.
    pub fn read_elements<T: FromAttribute>(
        self,
        expected: Expected,
        push: impl FnMut(T),
    ) -> Result<(), AttributeError> {
        self.into_list(expected)?.read_elements(push)
    }

    /// Reads each entry of an `M`, and calls `insert` with its key and its value. `insert` returns
    /// `false` for a key that it has already seen, which is a problem of the map.
    ///
    /// ```
    /// use ddb_core::attribute::{AttributeType, AttributeTypes, MapKey};
    /// use ddb_core::error::Expected;
    /// use ddb_core::{Attribute, AttributeError, FromAttribute};
    ///
    /// struct Pairs<K, V>(Vec<(K, V)>);
    ///
    /// impl<K: MapKey + PartialEq, V: FromAttribute> FromAttribute for Pairs<K, V> {
    ///     const EXPECTED: Expected = Expected::of::<Self>(AttributeTypes::of(&[AttributeType::M]));
    ///
    ///     fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
    ///         let mut pairs: Vec<(K, V)> = Vec::new();
    ///         attribute.read_entries(Self::EXPECTED, |key, value| {
    ///             let is_new = pairs.iter().all(|(seen, _)| *seen != key);
    ///             pairs.push((key, value));
    ///             is_new
    ///         })?;
    ///         Ok(Pairs(pairs))
    ///     }
    /// }
    /// # use ddb_core::AttributeValue;
    /// # use std::collections::HashMap;
    /// # let map = |text: &str| {
    /// #     let value = AttributeValue::N(text.to_owned());
    /// #     AttributeValue::M(HashMap::from([("7".to_owned(), value)]))
    /// # };
    /// # assert_eq!(Pairs::<u8, u8>::from_value(map("1")).ok().unwrap().0, [(7, 1)]);
    /// # let error = Pairs::<u8, u8>::from_value(map("x")).err().unwrap();
    /// # assert_eq!(error.to_string(), "7: expected N (u8), found N that is not a number");
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the value is not an `M`, or if a key or a value does not fit.
    pub fn read_entries<K: MapKey, V: FromAttribute>(
        self,
        expected: Expected,
        insert: impl FnMut(K, V) -> bool,
    ) -> Result<(), AttributeError> {
        self.into_image(expected)?.read_entries(insert)
    }

    /// Reads a value for a user's conversion, which must not see a value that contains
    /// replacements: any problem inside the value is an error.
    pub(crate) fn read_sound<T: FromAttribute>(self) -> Result<T, AttributeError> {
        let Self { value, report, depth } = self;
        let checkpoint = report.checkpoint();
        let read = T::from_attribute(Attribute { value, report: &mut *report, depth })?;
        let is_sound = report.count_since(checkpoint) == 0;
        if is_sound { Ok(read) } else { Err(AttributeError::reported()) }
    }

    /// The attributes of an `M`.
    pub(crate) fn into_image(self, expected: Expected) -> Result<Image<'r>, AttributeError> {
        let source = match self.value {
            ValueRef::Owned(AttributeValue::M(map)) => MapRef::Owned(map),
            ValueRef::Borrowed(AttributeValue::M(map)) => MapRef::Borrowed(map),
            ValueRef::Json(AttributeType::M, json) => MapRef::json(json),
            ValueRef::Unread(unread) => {
                return Ok(Image::unread(*unread, self.report, self.depth));
            }
            _ => return Err(self.mismatch(expected)),
        };
        if self.depth >= MAX_DEPTH {
            return Err(too_deep());
        }
        Ok(Image::new(source, self.report, self.depth + 1))
    }

    /// The elements of an `L` or a set, if `expected` allows that type.
    pub(crate) fn into_list(self, expected: Expected) -> Result<List<'r>, AttributeError> {
        let attribute_type = self.attribute_type();
        if !expected.types().contains(attribute_type) {
            return Err(self.mismatch(expected));
        }
        let elements = match self.value {
            ValueRef::Owned(AttributeValue::L(values)) => ListRef::Owned(values.iter_mut()),
            ValueRef::Borrowed(AttributeValue::L(values)) => ListRef::Borrowed(values.iter()),
            ValueRef::Owned(AttributeValue::Ss(texts)) => {
                ListRef::OwnedTexts(AttributeType::S, texts.iter_mut())
            }
            ValueRef::Borrowed(AttributeValue::Ss(texts)) => {
                ListRef::BorrowedTexts(AttributeType::S, texts.iter())
            }
            ValueRef::Owned(AttributeValue::Ns(texts)) => {
                ListRef::OwnedTexts(AttributeType::N, texts.iter_mut())
            }
            ValueRef::Borrowed(AttributeValue::Ns(texts)) => {
                ListRef::BorrowedTexts(AttributeType::N, texts.iter())
            }
            ValueRef::Owned(AttributeValue::Bs(bytes)) => ListRef::OwnedBytes(bytes.iter_mut()),
            ValueRef::Borrowed(AttributeValue::Bs(bytes)) => ListRef::BorrowedBytes(bytes.iter()),
            ValueRef::Json(
                AttributeType::L | AttributeType::Ss | AttributeType::Ns | AttributeType::Bs,
                json,
            ) => ListRef::Json(JsonElements::new(json)),
            _ => return Err(self.mismatch(expected)),
        };
        if attribute_type == AttributeType::L && self.depth >= MAX_DEPTH {
            return Err(too_deep());
        }
        Ok(List::new(elements, attribute_type, self.report, self.depth + 1))
    }

    /// The text of an `S` or an `N`, whichever `attribute_type` is.
    #[inline]
    pub(crate) fn into_text(self, attribute_type: AttributeType) -> Result<StrRef<'r>, Refusal> {
        self.value.into_text(attribute_type)
    }
}

fn read_base64(base64: &str, expected: Expected) -> Result<Vec<u8>, AttributeError> {
    decode_base64(base64)
        .ok_or_else(|| AttributeError::mismatch(expected, Found::Malformed(Malformed::NotBase64)))
}

const NULL: AttributeValue = AttributeValue::Null(true);

/// The text of an element of an `NS`.
struct NumberText(String);

impl FromAttribute for NumberText {
    const EXPECTED: Expected =
        Expected::of::<AttributeValue>(AttributeTypes::of(&[AttributeType::N]));

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        attribute.into_number_string(Self::EXPECTED).map(Self)
    }
}

/// The bytes of an element of a `BS`.
struct Bytes(Vec<u8>);

impl FromAttribute for Bytes {
    const EXPECTED: Expected =
        Expected::of::<AttributeValue>(AttributeTypes::of(&[AttributeType::B]));

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        attribute.into_byte_vec(Self::EXPECTED).map(Self)
    }
}
