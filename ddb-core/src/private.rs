//! Items that generated code refers to. Their public path contains this crate's version, so a
//! derive cannot be combined with another version of the runtime.

mod conversion;
mod converted;
mod default;
mod elements;
mod flatten;
mod image;
mod json_text;
mod key_template;
mod keyed_enum;
mod names;
mod set_field;
mod tagged_enum;
mod tuple;
mod unit_enum;
mod versioned;
mod write;

pub use conversion::{Conversion, Convert, FromSerde, FromText, FromValue, ReadWith, With};
pub use converted::{ConvertImage, convert_container, convert_container_lossy};
pub use default::{DefaultOf, FieldDefault, HasDefault, LossyDefault, NeedsDefault, Unreadable};
pub use elements::{
    BoolElements, BoolOrNumber, BytesElements, FromBytes, In, InValues, Parse, ParseElements,
    ParseUnixTime, UnixTimeElements, Whole, bool_field, bytes_field, parse_elements, parsed_field,
    read_bool, read_bytes, read_unix_time, unix_time_field,
};
pub use flatten::{CollectRest, Flatten, FlattenLossy};
pub use image::{ReadImage, ReadImageLossy, convert_image, expect_image, out_of_line, read_struct};
pub use json_text::FromJsonText;
pub use key_template::{
    FromKey, IntoKey, KeyField, KeyShape, Padded, ParseKey, ParseVariant, WriteKeyText,
    WriteUnitEnum, WriteVariantName, check_padded, expect_key, key_field,
};
pub use keyed_enum::{KeyedEnum, KeyedStruct, select_by_key};
pub use names::ImageNames;
pub use set_field::{SetField, absent_set};
pub use tagged_enum::{
    ReadFields, TaggedEnum, VariantContent, read_content, read_fields, select_variant,
};
pub use tuple::{close_tuple, expect_tuple, open_tuple, read_element, reported};
pub use unit_enum::{
    NumberedEnum, UnitEnum, VariantName, VariantNumber, expect_number, expect_variant,
    name_of_number, name_of_variant, numbered_key, read_numbered, read_variant, write_variant_name,
    write_variant_number,
};
pub use versioned::{
    OlderVersion, UpgradeFrom, Versioned, VersionedLossy, check_version, read_versions,
    read_versions_lossy, read_versions_or_newest,
};
pub use write::{
    IntoJsonText, IntoSequence, IntoSerde, Nullable, Unwritten, WriteContent, WriteConverted,
    WriteElements, WriteFlattened, WriteItem, WriteKeyParts, WriteWith, WrittenAs, as_list, as_set,
    options_of, refuse_key, write_item_as_key, write_map, write_rest, written, written_as,
    written_as_list, written_as_set,
};

pub use crate::changes::{any_changed, changed_names};
pub use crate::read::{
    Absence, ComparedKeys, Entry, EntryValue, Field, FieldType, Image, KeyFields, KeyPattern,
    KeyTemplate, List, Slot, Tags, VariantKey, VariantKeys, Version,
};
pub use crate::schema::attribute::FieldSchema;
pub use crate::schema::image::FlattenedSchema;
pub use crate::schema::{AttributeSchema, Schema, VariantSchema};
pub use crate::unix_time::{Microseconds, Milliseconds, Nanoseconds, Seconds};
pub use crate::write::{ItemWriter, KeyPiece, Layout, PieceText, collect_tuple};
pub use std::string::String;
