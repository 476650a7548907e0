//! What generated code names, re-exported under a name that carries the version, so that the derive
//! and a runtime of another version cannot be mixed.

mod container;
mod conversion;
mod default;
mod flatten;
mod image;
mod names;
mod tuple;
mod unit_enum;

pub use container::{ConvertImage, convert_container, convert_container_lossy};
pub use conversion::{Conversion, Convert, FromSerde, FromText, FromValue, ReadWith, TEXT, With};
pub use default::{DefaultOf, FieldDefault, HasDefault, LossyDefault, NeedsDefault, Unreadable};
pub use flatten::{CollectRest, Flatten, FlattenLossy};
pub use image::{ReadImage, ReadImageLossy, convert_image, expect_image, out_of_line, read_struct};
pub use names::ImageNames;
pub use tuple::{close_tuple, expect_tuple, open_tuple, read_element, reported};
pub use unit_enum::{UnitEnum, expect_variant, read_variant};

pub use crate::read::{Absence, Entry, EntryValue, Field, FieldType, Image, List, Slot};
