//! Fields whose elements are written with a conversion.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::fmt::Display;
use std::marker::PhantomData;
use std::rc::Rc;
use std::sync::Arc;

use serde_dynamo::AttributeValue;

use crate::attribute::{IntoAttribute, IntoMapKey, IntoUnixTime};
use crate::error::{AttributeError, Unwritable};
use crate::private::conversion::FromText;
use crate::private::elements::{
    BoolOrNumber, FromBytes, In, InValues, Parse, ParseUnixTime, Whole,
};
use crate::private::write::sequence::{IntoSequence, WrittenSet, WrittenValue, as_list, as_set};
use crate::unix_time::{Unit, write_unix_time};
use crate::write::write_entries;

/// A conversion of one `T` to a value.
pub trait WriteElement<T> {
    /// Writes the value.
    ///
    /// # Errors
    ///
    /// Returns an error if DynamoDB cannot store the value.
    fn __write_element(value: T) -> Result<AttributeValue, AttributeError>;
}

/// The bound `FromText` excludes pointers, which implement `Display` as well.
impl<T: Display + FromText> WriteElement<T> for Parse {
    fn __write_element(value: T) -> Result<AttributeValue, AttributeError> {
        Ok(AttributeValue::S(value.to_string()))
    }
}

impl<T: IntoUnixTime, U: Unit> WriteElement<T> for ParseUnixTime<U> {
    fn __write_element(value: T) -> Result<AttributeValue, AttributeError> {
        let time = value.into_unix_time();
        time.and_then(|time| write_unix_time(time, U::PLACES))
            .map(AttributeValue::N)
            .ok_or_else(|| AttributeError::unwritable(Unwritable::OutOfYears))
    }
}

impl<T: Into<Vec<u8>>> WriteElement<T> for FromBytes {
    fn __write_element(value: T) -> Result<AttributeValue, AttributeError> {
        Ok(AttributeValue::B(value.into()))
    }
}

impl WriteElement<bool> for BoolOrNumber {
    fn __write_element(value: bool) -> Result<AttributeValue, AttributeError> {
        value.into_attribute()
    }
}

/// The way in which the conversion of a map's values writes its keys.
pub trait WriteMapKey<K> {
    /// Writes the key.
    ///
    /// # Errors
    ///
    /// Returns an error if the key has no name.
    fn __write_map_key(key: K) -> Result<String, AttributeError>;
}

impl<K: Display> WriteMapKey<K> for Parse {
    fn __write_map_key(key: K) -> Result<String, AttributeError> {
        Ok(key.to_string())
    }
}

impl<K: IntoMapKey, U> WriteMapKey<K> for ParseUnixTime<U> {
    fn __write_map_key(key: K) -> Result<String, AttributeError> {
        key.into_name()
    }
}

impl<K: IntoMapKey> WriteMapKey<K> for FromBytes {
    fn __write_map_key(key: K) -> Result<String, AttributeError> {
        key.into_name()
    }
}

impl<K: IntoMapKey> WriteMapKey<K> for BoolOrNumber {
    fn __write_map_key(key: K) -> Result<String, AttributeError> {
        key.into_name()
    }
}

/// A converted value, or a container of converted values, which is written like any other.
pub struct Written<T, C>(T, PhantomData<C>);

impl<T, C: WriteElement<T>> IntoAttribute for Written<T, C> {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        C::__write_element(self.0)
    }
}

/// The entries of a map.
pub struct WrittenMap<T>(Vec<(WrittenKey, T)>);

fn write_map_elements<K, V: WriteElements<C, M>, C: WriteMapKey<K>, M>(
    map: impl IntoIterator<Item = (K, V)>,
) -> WrittenMap<V::Written> {
    let entry = |(key, value): (K, V)| (WrittenKey(C::__write_map_key(key)), value.__written());
    WrittenMap(map.into_iter().map(entry).collect())
}

/// The key of a map, with the error of its conversion.
pub struct WrittenKey(Result<String, AttributeError>);

impl IntoMapKey for WrittenKey {
    fn into_name(self) -> Result<String, AttributeError> {
        self.0
    }
}

impl<T: IntoAttribute> IntoAttribute for WrittenMap<T> {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        write_entries(self.0.into_iter())
    }
}

/// A type that is written with the conversion `C` of its elements. `M` names the way to them, see
/// [`ParseElements`](crate::private::elements::ParseElements).
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be written with this conversion",
    label = "neither this type nor its elements can be written with the conversion",
    note = "`from_str` needs `Display` and `FromStr`, `bytes` needs `Into<Vec<u8>>`, `bool_from_number` needs a \
            `bool`, and `unix_time` needs a `SystemTime`, a type that converts to and from one, or \
            `IntoUnixTime`; a plain number of seconds needs no key"
)]
pub trait WriteElements<C, M> {
    /// The type as one that is written like any other.
    type Written: IntoAttribute;

    /// Converts the type.
    fn __written(self) -> Self::Written;
}

#[diagnostic::do_not_recommend]
impl<T, C: WriteElement<T>> WriteElements<C, Whole> for T {
    type Written = Written<T, C>;

    fn __written(self) -> Self::Written {
        Written(self, PhantomData)
    }
}

#[diagnostic::do_not_recommend]
impl<T: WriteElements<C, M>, C, M> WriteElements<C, In<M>> for Option<T> {
    type Written = Option<T::Written>;

    fn __written(self) -> Self::Written {
        self.map(T::__written)
    }
}

#[diagnostic::do_not_recommend]
impl<T: WriteElements<C, M>, C, M> WriteElements<C, In<M>> for Box<T> {
    type Written = T::Written;

    fn __written(self) -> Self::Written {
        T::__written(*self)
    }
}

macro_rules! shared_elements {
    ($($pointer:ident),*) => {$(
        #[diagnostic::do_not_recommend]
        impl<T: WriteElements<C, M> + Clone, C, M> WriteElements<C, In<M>> for $pointer<T> {
            type Written = T::Written;

            fn __written(self) -> Self::Written {
                T::__written($pointer::unwrap_or_clone(self))
            }
        }
    )*};
}

shared_elements!(Rc, Arc);

macro_rules! list_elements {
    ($($list:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl<T: WriteElements<C, M>, C, M> WriteElements<C, In<M>> for $list {
            type Written = Vec<T::Written>;

            fn __written(self) -> Self::Written {
                Vec::from(self).into_iter().map(T::__written).collect()
            }
        }
    )*};
}

list_elements!(Vec<T>, VecDeque<T>, Box<[T]>);

#[diagnostic::do_not_recommend]
impl<T: WriteElements<C, M>, C, M, const N: usize> WriteElements<C, In<M>> for [T; N] {
    type Written = Vec<T::Written>;

    fn __written(self) -> Self::Written {
        self.into_iter().map(T::__written).collect()
    }
}

#[diagnostic::do_not_recommend]
impl<T: WriteElements<C, M>, S, C, M> WriteElements<C, In<M>> for HashSet<T, S> {
    type Written = WrittenSet<T::Written>;

    fn __written(self) -> Self::Written {
        WrittenSet(self.into_iter().map(T::__written).collect())
    }
}

#[diagnostic::do_not_recommend]
impl<T: WriteElements<C, M>, C, M> WriteElements<C, In<M>> for BTreeSet<T> {
    type Written = WrittenSet<T::Written>;

    fn __written(self) -> Self::Written {
        WrittenSet(self.into_iter().map(T::__written).collect())
    }
}

#[diagnostic::do_not_recommend]
impl<K, V, S, C, M> WriteElements<C, InValues<M>> for HashMap<K, V, S>
where
    V: WriteElements<C, M>,
    C: WriteMapKey<K>,
{
    type Written = WrittenMap<V::Written>;

    fn __written(self) -> Self::Written {
        write_map_elements::<K, V, C, M>(self)
    }
}

#[diagnostic::do_not_recommend]
impl<K, V, C, M> WriteElements<C, InValues<M>> for BTreeMap<K, V>
where
    V: WriteElements<C, M>,
    C: WriteMapKey<K>,
{
    type Written = WrittenMap<V::Written>;

    fn __written(self) -> Self::Written {
        write_map_elements::<K, V, C, M>(self)
    }
}

#[cfg(feature = "indexmap")]
#[diagnostic::do_not_recommend]
impl<T: WriteElements<C, M>, S, C, M> WriteElements<C, In<M>> for indexmap::IndexSet<T, S> {
    type Written = WrittenSet<T::Written>;

    fn __written(self) -> Self::Written {
        WrittenSet(self.into_iter().map(T::__written).collect())
    }
}

#[cfg(feature = "indexmap")]
#[diagnostic::do_not_recommend]
impl<K, V, S, C, M> WriteElements<C, InValues<M>> for indexmap::IndexMap<K, V, S>
where
    V: WriteElements<C, M>,
    C: WriteMapKey<K>,
{
    type Written = WrittenMap<V::Written>;

    fn __written(self) -> Self::Written {
        write_map_elements::<K, V, C, M>(self)
    }
}

#[cfg(feature = "smallvec")]
#[diagnostic::do_not_recommend]
impl<A, C, M> WriteElements<C, In<M>> for smallvec::SmallVec<A>
where
    A: smallvec::Array<Item: WriteElements<C, M>>,
{
    type Written = Vec<<A::Item as WriteElements<C, M>>::Written>;

    fn __written(self) -> Self::Written {
        self.into_iter().map(A::Item::__written).collect()
    }
}

/// The number of `Option`s around a field with a conversion of its elements.
#[must_use]
pub const fn options_of<T: WriteElements<C, M>, C, M>() -> usize {
    <T::Written as IntoAttribute>::OPTIONS
}

/// Writes a field with a conversion of its elements.
pub fn written<T: WriteElements<C, M>, C, M, const FIELD: bool>(value: T) -> WrittenValue {
    WrittenValue::of::<FIELD>(value.__written())
}

/// Writes a field with `list` and a conversion of its elements.
pub fn written_as_list<T, C, M, const FIELD: bool>(value: T) -> WrittenValue
where
    T: WriteElements<C, M, Written: IntoSequence>,
{
    as_list::<T::Written, FIELD>(value.__written())
}

/// Writes a field with `set` and a conversion of its elements.
pub fn written_as_set<T, C, M, const FIELD: bool>(value: T) -> WrittenValue
where
    T: WriteElements<C, M, Written: IntoSequence>,
{
    as_set::<T::Written, FIELD>(value.__written())
}
