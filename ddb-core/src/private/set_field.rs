//! Fields that are written as a set, and are left out if they are empty.

use std::collections::{BTreeSet, HashSet, VecDeque};
use std::rc::Rc;
use std::sync::Arc;

use crate::attribute_type::AttributeType;
use crate::read::{Absence, Attribute};

/// The type of a field with `set`. A missing attribute is an empty set, because DynamoDB does not
/// store one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list or a set",
    label = "neither a list nor a set",
    note = "`list` and `set` say how the elements of a `Vec` or a `HashSet` are written: remove the key"
)]
pub trait SetField: Sized {
    /// The value of a field whose attribute is missing.
    const ABSENCE: Absence<Self>;
}

/// The value of a set whose attribute is a `NULL`, as for a missing attribute.
#[must_use]
pub fn absent_set<T: SetField>(attribute: &Attribute<'_>) -> Option<T> {
    (attribute.attribute_type() == AttributeType::Null).then(|| T::ABSENCE.value()).flatten()
}

macro_rules! empty_set {
    ($($(#[$attribute:meta])* impl<$($parameter:ident),*> $set:ty;)*) => {$(
        $(#[$attribute])*
        #[diagnostic::do_not_recommend]
        impl<$($parameter),*> SetField for $set
        where
            Self: Default,
        {
            const ABSENCE: Absence<Self> = Absence::of(|| Some(Self::default()));
        }
    )*};
}

empty_set! {
    impl<T> Vec<T>;
    impl<T> VecDeque<T>;
    impl<T> Box<[T]>;
    impl<T, S> HashSet<T, S>;
    impl<T> BTreeSet<T>;
    #[cfg(feature = "indexmap")]
    impl<T, S> indexmap::IndexSet<T, S>;
}

#[cfg(feature = "smallvec")]
#[diagnostic::do_not_recommend]
impl<A: smallvec::Array> SetField for smallvec::SmallVec<A> {
    const ABSENCE: Absence<Self> = Absence::of(|| Some(Self::new()));
}

/// An array has elements.
#[diagnostic::do_not_recommend]
impl<T, const N: usize> SetField for [T; N] {
    const ABSENCE: Absence<Self> = Absence::REQUIRED;
}

#[diagnostic::do_not_recommend]
impl<T: SetField> SetField for Option<T> {
    const ABSENCE: Absence<Self> = Absence::option(|| Some(None));
}

macro_rules! pointer_to_set {
    ($($pointer:ident),*) => {$(
        #[diagnostic::do_not_recommend]
        impl<T: SetField> SetField for $pointer<T> {
            const ABSENCE: Absence<Self> =
                Absence::wrapped(T::ABSENCE, || T::ABSENCE.value().map(Self::new));
        }
    )*};
}

pointer_to_set!(Box, Rc, Arc);
