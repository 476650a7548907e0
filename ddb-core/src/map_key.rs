//! Keys of maps, which are the names of attributes.

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

use crate::attribute_type::AttributeTypes;
use crate::error::{AttributeError, Expected};

/// A type that is read from the name of an attribute: the `K` of a `HashMap<K, V>` or a
/// `BTreeMap<K, V>` that is read from an `M`.
///
/// Strings, integers and enums without data that derive `FromAttribute` implement it.
///
/// ```
/// use ddb_core::attribute::MapKey;
///
/// #[derive(PartialEq, Eq, Hash)]
/// struct Sku(String);
///
/// impl MapKey for Sku {
///     fn from_name(name: &str) -> Option<Self> {
///         name.strip_prefix("SKU#").map(|sku| Sku(sku.to_owned()))
///     }
/// }
/// # assert!(Sku::from_name("SKU#1").is_some());
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from the name of an attribute",
    label = "not a key of a map",
    note = "the names in an `M` are strings: use `String`, an integer, an enum that derives \
            `FromAttribute`, or implement `MapKey`"
)]
pub trait MapKey: Sized {
    /// The key's type, for error messages.
    #[doc(hidden)]
    const EXPECTED: Expected = Expected::of::<Self>(AttributeTypes::ANY);

    /// Reads the key. `None` means that the name does not fit, which is a problem of that entry.
    #[must_use]
    fn from_name(name: &str) -> Option<Self>;
}

/// A type that is written as the name of an attribute: the `K` of a `HashMap<K, V>` or a
/// `BTreeMap<K, V>` that is written as an `M`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be written as the name of an attribute",
    label = "not a key of a map",
    note = "the names in an `M` are strings: use `String`, an integer, an enum that derives \
            `IntoAttribute`, or implement `IntoMapKey`"
)]
pub trait IntoMapKey: Sized {
    /// Writes the key.
    ///
    /// # Errors
    ///
    /// Returns an error if the key has no name.
    fn into_name(self) -> Result<String, AttributeError>;
}

macro_rules! key_from_text {
    ($($key:ty),*) => {$(
        impl MapKey for $key {
            fn from_name(name: &str) -> Option<Self> {
                Some(name.into())
            }
        }

        impl IntoMapKey for $key {
            fn into_name(self) -> Result<String, AttributeError> {
                Ok((*self).to_owned())
            }
        }
    )*};
}

key_from_text!(Box<str>, Rc<str>, Arc<str>);

impl MapKey for String {
    fn from_name(name: &str) -> Option<Self> {
        Some(name.to_owned())
    }
}

impl IntoMapKey for &str {
    fn into_name(self) -> Result<String, AttributeError> {
        Ok(self.to_owned())
    }
}

impl IntoMapKey for String {
    fn into_name(self) -> Result<String, AttributeError> {
        Ok(self)
    }
}

impl MapKey for Cow<'static, str> {
    fn from_name(name: &str) -> Option<Self> {
        Some(Cow::Owned(name.to_owned()))
    }
}

impl IntoMapKey for Cow<'_, str> {
    fn into_name(self) -> Result<String, AttributeError> {
        Ok(self.into_owned())
    }
}

macro_rules! key_from_digits {
    ($($key:ty),*) => {$(
        impl MapKey for $key {
            fn from_name(name: &str) -> Option<Self> {
                name.parse().ok()
            }
        }

        impl IntoMapKey for $key {
            fn into_name(self) -> Result<String, AttributeError> {
                Ok(self.to_string())
            }
        }
    )*};
}

key_from_digits!(i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize);
