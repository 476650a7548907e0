//! Fields that are written as a list or a set, whichever their type is.

use std::collections::{BTreeSet, HashSet, VecDeque};
use std::rc::Rc;
use std::sync::Arc;

use serde_dynamo::AttributeValue;

use crate::attribute::IntoAttribute;
use crate::error::AttributeError;
use crate::write::{write_inner_set, write_list, write_set};

/// The type of a field with `list` or `set`: a list, a set, or an `Option` of one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list or a set",
    label = "neither a list nor a set",
    note = "`list` and `set` say how the elements of a `Vec` or a `HashSet` are written: remove the key"
)]
pub trait IntoSequence {
    /// The field as a list.
    type List: IntoAttribute;
    /// The field as a set.
    type Set: IntoAttribute;

    /// Converts the field to a list.
    fn __into_list(self) -> Self::List;

    /// Converts the field to a set.
    fn __into_set(self) -> Self::Set;
}

/// A value that has been written.
///
/// The functions of fields return this one type: if they returned an associated type, rustc would
/// report it as a second error where the field's type is wrong.
pub struct WrittenValue(Result<Option<AttributeValue>, AttributeError>);

impl WrittenValue {
    /// Writes the value. If `FIELD` is `true`, it is an attribute of a struct, and can be left out.
    pub(super) fn of<const FIELD: bool>(value: impl IntoAttribute) -> Self {
        Self(if FIELD { value.into_field() } else { value.into_attribute().map(Some) })
    }
}

impl IntoAttribute for WrittenValue {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        self.0.map(|value| value.unwrap_or(AttributeValue::Null(true)))
    }

    fn into_field(self) -> Result<Option<AttributeValue>, AttributeError> {
        self.0
    }
}

/// Writes a field with `list`.
pub fn as_list<T: IntoSequence, const FIELD: bool>(value: T) -> WrittenValue {
    WrittenValue::of::<FIELD>(value.__into_list())
}

/// Writes a field with `set`.
pub fn as_set<T: IntoSequence, const FIELD: bool>(value: T) -> WrittenValue {
    WrittenValue::of::<FIELD>(value.__into_set())
}

/// The elements of a list.
pub struct WrittenList<T>(Vec<T>);

/// An `L`, also of bytes.
impl<T: IntoAttribute> IntoAttribute for WrittenList<T> {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        write_list(self.0.into_iter())
    }
}

/// The elements of a set.
pub struct WrittenSet<T>(pub(super) Vec<T>);

impl<T: IntoAttribute> IntoAttribute for WrittenSet<T> {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        write_inner_set(self.0.into_iter())
    }

    fn into_field(self) -> Result<Option<AttributeValue>, AttributeError> {
        write_set(self.0.into_iter())
    }
}

macro_rules! sequence {
    ($(impl [$($parameter:tt)*] for $sequence:ty { |$value:ident| $elements:expr })*) => {$(
        impl<T: IntoAttribute, $($parameter)*> IntoSequence for $sequence {
            type List = WrittenList<T>;
            type Set = WrittenSet<T>;

            fn __into_list(self) -> Self::List {
                let $value = self;
                WrittenList($elements)
            }

            fn __into_set(self) -> Self::Set {
                let $value = self;
                WrittenSet($elements)
            }
        }
    )*};
}

sequence! {
    impl [] for Vec<T> { |list| list }
    impl [] for VecDeque<T> { |list| list.into() }
    impl [] for Box<[T]> { |list| list.into_vec() }
    impl [const N: usize] for [T; N] { |array| array.into() }
    impl [S] for HashSet<T, S> { |set| set.into_iter().collect() }
    impl [] for BTreeSet<T> { |set| set.into_iter().collect() }
    impl [] for WrittenSet<T> { |set| set.0 }
}

impl<T: IntoAttribute + Clone> IntoSequence for &[T] {
    type List = WrittenList<T>;
    type Set = WrittenSet<T>;

    fn __into_list(self) -> Self::List {
        WrittenList(self.to_vec())
    }

    fn __into_set(self) -> Self::Set {
        WrittenSet(self.to_vec())
    }
}

impl<T: IntoSequence> IntoSequence for Option<T> {
    type List = Option<T::List>;
    type Set = Option<T::Set>;

    fn __into_list(self) -> Self::List {
        self.map(T::__into_list)
    }

    fn __into_set(self) -> Self::Set {
        self.map(T::__into_set)
    }
}

impl<T: IntoSequence> IntoSequence for Box<T> {
    type List = T::List;
    type Set = T::Set;

    fn __into_list(self) -> Self::List {
        T::__into_list(*self)
    }

    fn __into_set(self) -> Self::Set {
        T::__into_set(*self)
    }
}

macro_rules! shared_sequence {
    ($($pointer:ident),*) => {$(
        impl<T: IntoSequence + Clone> IntoSequence for $pointer<T> {
            type List = T::List;
            type Set = T::Set;

            fn __into_list(self) -> Self::List {
                $pointer::unwrap_or_clone(self).__into_list()
            }

            fn __into_set(self) -> Self::Set {
                $pointer::unwrap_or_clone(self).__into_set()
            }
        }
    )*};
}

shared_sequence!(Rc, Arc);

/// A field with `null`, which is a `NULL` where it would be left out.
pub struct Nullable<T>(pub T);

impl<T: IntoAttribute> IntoAttribute for Nullable<T> {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        const {
            assert!(
                T::OPTIONS < 2,
                "`null` on an `Option<Option<_>>` writes both kinds of `None` as a `NULL`: remove it"
            );
        }
        self.0.into_field().map(|value| value.unwrap_or(AttributeValue::Null(true)))
    }
}

#[cfg(feature = "indexmap")]
impl<T: IntoAttribute, S> IntoSequence for indexmap::IndexSet<T, S> {
    type List = WrittenList<T>;
    type Set = WrittenSet<T>;

    fn __into_list(self) -> Self::List {
        WrittenList(self.into_iter().collect())
    }

    fn __into_set(self) -> Self::Set {
        WrittenSet(self.into_iter().collect())
    }
}

#[cfg(feature = "smallvec")]
impl<A: smallvec::Array<Item: IntoAttribute>> IntoSequence for smallvec::SmallVec<A> {
    type List = WrittenList<A::Item>;
    type Set = WrittenSet<A::Item>;

    fn __into_list(self) -> Self::List {
        WrittenList(self.into_vec())
    }

    fn __into_set(self) -> Self::Set {
        WrittenSet(self.into_vec())
    }
}
