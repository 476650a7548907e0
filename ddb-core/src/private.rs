//! What generated code names. Not public, and free to change with the derive, which is pinned to
//! this version.

pub use crate::convert::{Conversion, Convert, TEXT};
pub use crate::image::{convert_image, expect_struct, read_struct};
pub use crate::read::{Entry, Field, Image, Reader, Slot};
pub use crate::variant::{UnitEnum, expect_variant, read_variant};
