//! The conversions `from_str`, `unix_time`, `bytes` and `bool_from_number`, which reach the
//! elements of a field.
//!
//! The field can be of the converted type itself, or an `Option`, a pointer, a list, a set, an
//! array or a map of it, to any depth. The compiler decides by trait, so aliases work: the marker
//! `M` of [`ReadElements`] names the way to the elements, and is inferred, because only one of the
//! impls below applies to a type.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::hash::{BuildHasher, Hash};
use std::marker::PhantomData;
use std::rc::Rc;
use std::sync::Arc;

use crate::attribute::FromAttribute;
use crate::attribute_type::{AttributeType, AttributeTypes};
use crate::error::{AttributeError, Cause, Expected, Found};
use crate::map_key::MapKey;
use crate::number::decimal::parse_unsigned;
use crate::private::conversion::FromText;
use crate::read::{Absence, Attribute, FieldType, read_array, read_list, read_set};
use crate::unix_time::{FromUnixTime, Unit, parse_unix_time};

/// A conversion of one value to `T`.
pub trait ConvertElement<T> {
    /// The expectation for error messages.
    const EXPECTED: Expected;

    /// Reads the value.
    ///
    /// # Errors
    ///
    /// Returns an error if the value does not fit, or does not convert.
    fn __convert_element(attribute: Attribute<'_>) -> Result<T, AttributeError>;
}

/// The way in which the conversion of a map's values reads its keys.
pub trait ConvertKey<K> {
    /// Reads the key. `None` means that the name does not fit.
    #[must_use]
    fn __convert_key(name: &str) -> Option<K>;
}

/// `#[ddb(from_str)]`
pub struct Parse;

/// The text of an `N` is parsed like that of an `S`.
const TEXT: AttributeTypes = AttributeTypes::of(&[AttributeType::S, AttributeType::N]);

impl<T: FromText> ConvertElement<T> for Parse {
    const EXPECTED: Expected = Expected::of::<T>(TEXT);

    fn __convert_element(attribute: Attribute<'_>) -> Result<T, AttributeError> {
        let expected = <Self as ConvertElement<T>>::EXPECTED;
        let attribute_type = attribute.attribute_type();
        let text = match attribute_type {
            AttributeType::N => attribute.into_number_str(expected)?,
            _ => attribute.into_str(expected)?,
        };
        T::__parse_text(text)
            .map_err(|cause| AttributeError::refused(expected, Some(attribute_type), cause))
    }
}

impl<K: FromText> ConvertKey<K> for Parse {
    fn __convert_key(name: &str) -> Option<K> {
        K::__parse_text(name).ok()
    }
}

/// `#[ddb(unix_time)]`, in the unit `U`.
pub struct ParseUnixTime<U>(PhantomData<U>);

const NUMBER: AttributeTypes = AttributeTypes::of(&[AttributeType::N]);

impl<T: FromUnixTime, U: Unit> ConvertElement<T> for ParseUnixTime<U> {
    const EXPECTED: Expected = Expected::of::<T>(NUMBER);

    fn __convert_element(attribute: Attribute<'_>) -> Result<T, AttributeError> {
        let expected = <Self as ConvertElement<T>>::EXPECTED;
        parse_unix_time(attribute.into_number_str(expected)?, U::PLACES)
            .and_then(|(seconds, nanoseconds)| {
                T::from_unix_time(seconds, nanoseconds).ok_or(Found::OutOfRange)
            })
            .map_err(|found| AttributeError::mismatch(expected, found))
    }
}

impl<K: MapKey, U> ConvertKey<K> for ParseUnixTime<U> {
    fn __convert_key(name: &str) -> Option<K> {
        K::from_name(name)
    }
}

/// `#[ddb(bytes)]`
pub struct FromBytes;

const BYTES: AttributeTypes = AttributeTypes::of(&[AttributeType::B]);

impl<T: TryFrom<Vec<u8>, Error: Into<Cause>>> ConvertElement<T> for FromBytes {
    const EXPECTED: Expected = Expected::of::<T>(BYTES);

    fn __convert_element(attribute: Attribute<'_>) -> Result<T, AttributeError> {
        let expected = <Self as ConvertElement<T>>::EXPECTED;
        attribute.into_byte_vec(expected)?.try_into().map_err(|cause: T::Error| {
            AttributeError::refused(expected, Some(AttributeType::B), cause.into())
        })
    }
}

impl<K: MapKey> ConvertKey<K> for FromBytes {
    fn __convert_key(name: &str) -> Option<K> {
        K::from_name(name)
    }
}

/// `#[ddb(bool_from_number)]`
pub struct BoolOrNumber;

impl ConvertElement<bool> for BoolOrNumber {
    const EXPECTED: Expected =
        Expected::of::<bool>(AttributeTypes::of(&[AttributeType::Bool, AttributeType::N]))
            .only("that is 0, 1, true or false");

    fn __convert_element(attribute: Attribute<'_>) -> Result<bool, AttributeError> {
        let expected = <Self as ConvertElement<bool>>::EXPECTED;
        if attribute.attribute_type() == AttributeType::Bool {
            return attribute.into_bool(expected);
        }
        match parse_unsigned(attribute.into_number_str(expected)?) {
            Ok(0) => Ok(false),
            Ok(1) => Ok(true),
            Ok(_) => Err(AttributeError::mismatch(expected, Found::OutOfRange)),
            Err(fault) => Err(AttributeError::mismatch(expected, fault.into())),
        }
    }
}

impl<K: MapKey> ConvertKey<K> for BoolOrNumber {
    fn __convert_key(name: &str) -> Option<K> {
        K::from_name(name)
    }
}

/// A type that is read with the conversion `C` of its elements.
pub trait ReadElements<C, M>: Sized {
    /// The expectation for error messages.
    const EXPECTED: Expected;

    /// The value of a field whose attribute is missing, if there is one.
    const ABSENCE: Absence<Self> = Absence::REQUIRED;

    /// Reads the value.
    ///
    /// # Errors
    ///
    /// Returns an error if the value, or one of its elements, does not fit or does not convert.
    fn __read_elements(attribute: Attribute<'_>) -> Result<Self, AttributeError>;
}

/// The type of a `#[ddb(from_str)]` field.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be parsed from text",
    label = "no `FromStr` with a usable error",
    note = "`#[ddb(from_str)]` takes `FromStr` with an error that converts `Into<Box<dyn Error + \
            Send + Sync>>`, for the type or, in an `Option`, a list, a set, an array or a map, for \
            its elements",
    note = "for a type parameter, state that on the struct: `#[ddb(bound = \"T: FromStr<Err: Error \
            + Send + Sync + 'static>\")]`"
)]
pub trait ParseElements<M>: ReadElements<Parse, M> {}

#[diagnostic::do_not_recommend]
impl<T: ReadElements<Parse, M>, M> ParseElements<M> for T {}

/// The [`FieldType`] of a `#[ddb(from_str)]` field.
#[must_use]
pub const fn parsed_field<T: ParseElements<M>, M>() -> FieldType<T> {
    FieldType::new(T::EXPECTED, T::ABSENCE)
}

/// Reads a `#[ddb(from_str)]` field.
///
/// # Errors
///
/// Returns an error if the value, or one of its elements, does not fit or does not convert.
pub fn parse_elements<T: ParseElements<M>, M>(
    attribute: Attribute<'_>,
) -> Result<T, AttributeError> {
    T::__read_elements(attribute)
}

/// The type of a `#[ddb(unix_time)]` field.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from the time since 1970",
    label = "not a time type",
    note = "`unix_time` reads `std::time::SystemTime`, types that convert from it and back, types \
            that implement `FromUnixTime`, and an `Option`, a list, a set, an array or a map of \
            these; a plain number needs no key",
    note = "for a type parameter, state that on the struct: `#[ddb(bound = \"T: \
            ddb_core::attribute::FromUnixTime\")]`"
)]
pub trait UnixTimeElements<U, M>: ReadElements<ParseUnixTime<U>, M> {}

#[diagnostic::do_not_recommend]
impl<T: ReadElements<ParseUnixTime<U>, M>, U, M> UnixTimeElements<U, M> for T {}

/// The [`FieldType`] of a `#[ddb(unix_time)]` field.
#[must_use]
pub const fn unix_time_field<T: UnixTimeElements<U, M>, U, M>() -> FieldType<T> {
    FieldType::new(T::EXPECTED, T::ABSENCE)
}

/// Reads a `#[ddb(unix_time)]` field.
///
/// # Errors
///
/// Returns an error if the value, or one of its elements, does not fit or does not convert.
pub fn read_unix_time<T: UnixTimeElements<U, M>, U, M>(
    attribute: Attribute<'_>,
) -> Result<T, AttributeError> {
    T::__read_elements(attribute)
}

/// The type of a `#[ddb(bytes)]` field.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be converted from bytes",
    label = "no `TryFrom<Vec<u8>>` with a usable error",
    note = "`#[ddb(bytes)]` takes `TryFrom<Vec<u8>>` with an error that converts `Into<Box<dyn \
            Error + Send + Sync>>`, for the type or, in an `Option`, a list, a set, an array or a \
            map, for its elements; `Vec<u8>` and `[u8; N]` need no key"
)]
pub trait BytesElements<M>: ReadElements<FromBytes, M> {}

#[diagnostic::do_not_recommend]
impl<T: ReadElements<FromBytes, M>, M> BytesElements<M> for T {}

/// The [`FieldType`] of a `#[ddb(bytes)]` field.
#[must_use]
pub const fn bytes_field<T: BytesElements<M>, M>() -> FieldType<T> {
    FieldType::new(T::EXPECTED, T::ABSENCE)
}

/// Reads a `#[ddb(bytes)]` field.
///
/// # Errors
///
/// Returns an error if the value, or one of its elements, does not fit or does not convert.
pub fn read_bytes<T: BytesElements<M>, M>(attribute: Attribute<'_>) -> Result<T, AttributeError> {
    T::__read_elements(attribute)
}

/// The type of a `#[ddb(bool_from_number)]` field.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a `bool`",
    label = "`bool_from_number` reads a `bool`",
    note = "`#[ddb(bool_from_number)]` reads a `bool`, or an `Option`, a list, a set, an array or \
            a map of it; for an enum, write `#[ddb(repr)]` on the enum"
)]
pub trait BoolElements<M>: ReadElements<BoolOrNumber, M> {}

#[diagnostic::do_not_recommend]
impl<T: ReadElements<BoolOrNumber, M>, M> BoolElements<M> for T {}

/// The [`FieldType`] of a `#[ddb(bool_from_number)]` field.
#[must_use]
pub const fn bool_field<T: BoolElements<M>, M>() -> FieldType<T> {
    FieldType::new(T::EXPECTED, T::ABSENCE)
}

/// Reads a `#[ddb(bool_from_number)]` field.
///
/// # Errors
///
/// Returns an error if the value, or one of its elements, does not fit or does not convert.
pub fn read_bool<T: BoolElements<M>, M>(attribute: Attribute<'_>) -> Result<T, AttributeError> {
    T::__read_elements(attribute)
}

/// The marker of the converted type itself.
pub struct Whole;

#[diagnostic::do_not_recommend]
impl<C: ConvertElement<T>, T> ReadElements<C, Whole> for T {
    const EXPECTED: Expected = C::EXPECTED;

    fn __read_elements(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        C::__convert_element(attribute)
    }
}

/// The marker of an `Option`, a pointer, a list, a set or an array, whose elements have the marker
/// `M`.
pub struct In<M>(PhantomData<M>);

/// The marker of a map, whose values have the marker `M`.
pub struct InValues<M>(PhantomData<M>);

/// An element, for the readers of lists and maps.
struct Element<T, C, M>(T, PhantomData<(C, M)>);

impl<T: ReadElements<C, M>, C, M> FromAttribute for Element<T, C, M> {
    const EXPECTED: Expected = T::EXPECTED;

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        T::__read_elements(attribute).map(|element| Self(element, PhantomData))
    }

    const ABSENCE: Absence<Self> = Absence::wrapped(T::ABSENCE, || {
        T::ABSENCE.value().map(|element| Self(element, PhantomData))
    });
}

/// The key of a map.
struct Key<T, C>(T, PhantomData<C>);

impl<T, C: ConvertKey<T>> MapKey for Key<T, C> {
    const EXPECTED: Expected = Expected::of::<T>(AttributeTypes::ANY);

    fn from_name(name: &str) -> Option<Self> {
        C::__convert_key(name).map(|key| Self(key, PhantomData))
    }
}

const fn expect_list<T, E: ReadElements<C, M>, C, M>() -> Expected {
    Expected::of::<T>(E::EXPECTED.types().sequences())
}

fn read_vec<T: ReadElements<C, M>, C, M>(
    attribute: Attribute<'_>,
    expected: Expected,
) -> Result<Vec<T>, AttributeError> {
    let elements = read_list::<Element<T, C, M>>(attribute, expected)?;
    Ok(elements.into_iter().map(|Element(element, _)| element).collect())
}

fn read_entries<K, V: ReadElements<C, M>, C: ConvertKey<K>, M>(
    attribute: Attribute<'_>,
    expected: Expected,
    mut insert: impl FnMut(K, V) -> bool,
) -> Result<(), AttributeError> {
    attribute
        .into_image(expected)?
        .read_entries(|Key::<K, C>(key, _), Element::<V, C, M>(value, _)| insert(key, value))
}

#[diagnostic::do_not_recommend]
impl<T: ReadElements<C, M>, C, M> ReadElements<C, In<M>> for Option<T> {
    const EXPECTED: Expected = T::EXPECTED;

    const ABSENCE: Absence<Self> = Absence::option(|| Some(None));

    fn __read_elements(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        if attribute.is_null() && !const { T::ABSENCE.is_option() } {
            return Ok(None);
        }
        T::__read_elements(attribute).map(Some)
    }
}

macro_rules! pointer_to_element {
    ($($pointer:ident),*) => {$(
        #[diagnostic::do_not_recommend]
        impl<T: ReadElements<C, M>, C, M> ReadElements<C, In<M>> for $pointer<T> {
            const EXPECTED: Expected = T::EXPECTED;

            const ABSENCE: Absence<Self> =
                Absence::wrapped(T::ABSENCE, || T::ABSENCE.value().map(Self::new));

            fn __read_elements(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
                T::__read_elements(attribute).map(Self::new)
            }
        }
    )*};
}

pointer_to_element!(Box, Rc, Arc);

macro_rules! list_of_elements {
    ($($list:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl<T: ReadElements<C, M>, C, M> ReadElements<C, In<M>> for $list {
            const EXPECTED: Expected = expect_list::<Self, T, C, M>();

            fn __read_elements(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
                read_vec::<T, C, M>(attribute, expect_list::<Self, T, C, M>()).map(Self::from)
            }
        }
    )*};
}

list_of_elements!(Vec<T>, VecDeque<T>, Box<[T]>);

#[diagnostic::do_not_recommend]
impl<T: ReadElements<C, M>, C, M, const N: usize> ReadElements<C, In<M>> for [T; N] {
    const EXPECTED: Expected = expect_list::<Self, T, C, M>();

    fn __read_elements(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        read_array::<Element<T, C, M>, N>(attribute, expect_list::<Self, T, C, M>())
            .map(|elements| elements.map(|Element(element, _)| element))
    }
}

macro_rules! hash_set_of_elements {
    ($($path:ident)::+) => {
        #[diagnostic::do_not_recommend]
        impl<T, S, C, M> ReadElements<C, In<M>> for $($path)::+<T, S>
        where
            T: ReadElements<C, M> + Eq + Hash,
            S: BuildHasher + Default,
        {
            const EXPECTED: Expected = expect_list::<Self, T, C, M>();

            const ABSENCE: Absence<Self> = Absence::of(|| Some(Self::default()));

            fn __read_elements(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
                let expected = expect_list::<Self, T, C, M>();
                read_set(
                    attribute,
                    expected,
                    |capacity| Self::with_capacity_and_hasher(capacity, S::default()),
                    |set, Element::<T, C, M>(element, _)| {
                        set.insert(element);
                    },
                )
            }
        }
    };
}

hash_set_of_elements!(HashSet);

#[cfg(feature = "indexmap")]
hash_set_of_elements!(indexmap::IndexSet);

#[diagnostic::do_not_recommend]
impl<T: ReadElements<C, M> + Ord, C, M> ReadElements<C, In<M>> for BTreeSet<T> {
    const EXPECTED: Expected = expect_list::<Self, T, C, M>();

    const ABSENCE: Absence<Self> = Absence::of(|| Some(Self::new()));

    fn __read_elements(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        let expected = expect_list::<Self, T, C, M>();
        read_set(
            attribute,
            expected,
            |_| Self::new(),
            |set, Element::<T, C, M>(element, _)| {
                set.insert(element);
            },
        )
    }
}

#[cfg(feature = "smallvec")]
#[diagnostic::do_not_recommend]
impl<A, C, M> ReadElements<C, In<M>> for smallvec::SmallVec<A>
where
    A: smallvec::Array<Item: ReadElements<C, M>>,
{
    const EXPECTED: Expected = expect_list::<Self, A::Item, C, M>();

    fn __read_elements(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        read_vec::<A::Item, C, M>(attribute, expect_list::<Self, A::Item, C, M>()).map(Self::from)
    }
}

const MAP: AttributeTypes = AttributeTypes::of(&[AttributeType::M]);

macro_rules! hash_map_of_elements {
    ($($path:ident)::+) => {
        #[diagnostic::do_not_recommend]
        impl<K, V, S, C, M> ReadElements<C, InValues<M>> for $($path)::+<K, V, S>
        where
            K: Eq + Hash,
            V: ReadElements<C, M>,
            S: BuildHasher + Default,
            C: ConvertKey<K>,
        {
            const EXPECTED: Expected = Expected::of::<Self>(MAP);

            fn __read_elements(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
                let mut map = Self::default();
                let expected = Expected::of::<Self>(MAP);
                read_entries::<K, V, C, M>(attribute, expected, |key, value| {
                    map.insert(key, value).is_none()
                })?;
                Ok(map)
            }
        }
    };
}

hash_map_of_elements!(HashMap);

#[cfg(feature = "indexmap")]
hash_map_of_elements!(indexmap::IndexMap);

#[diagnostic::do_not_recommend]
impl<K, V, C, M> ReadElements<C, InValues<M>> for BTreeMap<K, V>
where
    K: Ord,
    V: ReadElements<C, M>,
    C: ConvertKey<K>,
{
    const EXPECTED: Expected = Expected::of::<Self>(MAP);

    fn __read_elements(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        let mut map = Self::new();
        let expected = Expected::of::<Self>(MAP);
        read_entries::<K, V, C, M>(attribute, expected, |key, value| {
            map.insert(key, value).is_none()
        })?;
        Ok(map)
    }
}
