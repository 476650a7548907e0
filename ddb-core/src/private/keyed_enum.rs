//! Enums whose variants are told apart by their keys.

use crate::attribute_type::{AttributeType, AttributeTypes};
use crate::error::{Expected, write_names};
use crate::read::{Image, KeyPattern, VariantKeys};

/// A struct whose key has templates.
#[diagnostic::on_unimplemented(
    message = "the key of `{Self}` has no template",
    label = "not a struct with a `key`",
    note = "write `#[ddb(key(PK = \"ORDER#{{id}}\"))]` on a struct; for `KeysOf`, an enum needs `by_key`"
)]
pub trait KeyedStruct {
    /// The patterns of the key's attributes.
    const KEY: &'static [KeyPattern];

    /// The type of the key alone.
    type Keys;
}

macro_rules! pointer_to_key {
    ($($pointer:ty),*) => {$(
        impl<T: KeyedStruct> KeyedStruct for $pointer {
            const KEY: &'static [KeyPattern] = T::KEY;

            type Keys = T::Keys;
        }
    )*};
}

pointer_to_key!(Box<T>, std::rc::Rc<T>, std::sync::Arc<T>);

/// An enum whose variants are told apart by their keys.
#[diagnostic::on_unimplemented(
    message = "the keys of the variants of `{Self}` are not known",
    label = "does not derive `FromStreamImage` with `by_key`",
    note = "what is written has to be read as the same variant: derive `FromStreamImage` or \
            `FromAttribute` as well"
)]
pub trait KeyedEnum: Sized {
    /// The names of the variants, for error messages.
    const NAMES: &'static [&'static str];

    /// The keys of the variants.
    const KEYS: &'static VariantKeys;
}

const fn expect_key_of_variant<T: KeyedEnum>() -> Expected {
    Expected::of::<T>(AttributeTypes::of(&[AttributeType::S]))
        .with_choices(|f| write_names(f, T::NAMES))
}

/// Returns the index of the variant whose key the image has. `None` means that there is none; the
/// problem is in the report.
pub fn select_by_key<T: KeyedEnum>(image: &mut Image<'_>) -> Option<u16> {
    image.select_by_key(T::KEYS, const { expect_key_of_variant::<T>() })
}
