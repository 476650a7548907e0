#[automatically_derived]
#[allow(deprecated)]
impl ::ddb_core::__private_0_1_0::ReadImage for SampleModel {
    const NAMES: &'static ::ddb_core::__private_0_1_0::ImageNames =
        &::ddb_core::__private_0_1_0::ImageNames::new(
            &["EntityType", "Id", "Message"],
            &["entity_type", "id", "message"],
            &[],
        );
    fn read_image(
        __image: &mut ::ddb_core::__private_0_1_0::Image<'_>,
    ) -> ::core::option::Option<Self> {
        ::core::option::Option::Some(
            <Self as ::ddb_core::__private_0_1_0::ReadImageLossy>::read_image_lossy(__image),
        )
    }
}
#[automatically_derived]
#[allow(deprecated)]
impl ::ddb_core::__private_0_1_0::ReadImageLossy for SampleModel {
    fn read_image_lossy(__image: &mut ::ddb_core::__private_0_1_0::Image<'_>) -> Self {
        use ::ddb_core::__private_0_1_0::{HasDefault as _, NeedsDefault as _, Unreadable as _};
        let mut __field_id = ::ddb_core::__private_0_1_0::Slot::new(
            &const {
                ::ddb_core::__private_0_1_0::Field::new(
                    &["Id"],
                    <i32 as ::ddb_core::FromAttribute>::FIELD_TYPE,
                )
            },
        );
        let mut __field_message = ::ddb_core::__private_0_1_0::Slot::new(
            &const {
                ::ddb_core::__private_0_1_0::Field::new(
                    &["Message"],
                    <String as ::ddb_core::FromAttribute>::FIELD_TYPE,
                )
            },
        );
        let mut __field_entity_type = ::ddb_core::__private_0_1_0::Slot::new(
            &const {
                ::ddb_core::__private_0_1_0::Field::new(
                    &["EntityType"],
                    <Option<String> as ::ddb_core::FromAttribute>::FIELD_TYPE,
                )
            },
        );
        ::ddb_core::__private_0_1_0::Image::read_attributes(__image, &mut |__name, __entry| {
            match __name {
                "Id" => {
                    ::ddb_core::__private_0_1_0::Entry::read::<i32>(__entry, &mut __field_id, 0u16)
                }
                "Message" => ::ddb_core::__private_0_1_0::Entry::read::<String>(
                    __entry,
                    &mut __field_message,
                    0u16,
                ),
                "EntityType" => ::ddb_core::__private_0_1_0::Entry::read::<Option<String>>(
                    __entry,
                    &mut __field_entity_type,
                    0u16,
                ),
                _ => {}
            }
        });
        let __field_id = ::ddb_core::__private_0_1_0::Image::take_lossy(
            __image,
            __field_id,
            (&&::ddb_core::__private_0_1_0::DefaultOf::<i32>::TYPE).__lossy_default(),
        );
        let __field_message = ::ddb_core::__private_0_1_0::Image::take_lossy(
            __image,
            __field_message,
            (&&::ddb_core::__private_0_1_0::DefaultOf::<String>::TYPE).__lossy_default(),
        );
        let __field_entity_type = ::ddb_core::__private_0_1_0::Image::take_lossy(
            __image,
            __field_entity_type,
            (&&::ddb_core::__private_0_1_0::DefaultOf::<Option<String>>::TYPE).__lossy_default(),
        );
        Self { id: __field_id, message: __field_message, entity_type: __field_entity_type }
    }
}
#[automatically_derived]
#[allow(deprecated)]
impl ::ddb_core::FromAttribute for SampleModel {
    const EXPECTED: ::ddb_core::error::Expected =
        ::ddb_core::__private_0_1_0::expect_image::<Self>();
    const SCHEMA: &'static ::ddb_core::__private_0_1_0::Schema =
        &::ddb_core::__private_0_1_0::Schema::of_struct(
            &[
                ::ddb_core::__private_0_1_0::AttributeSchema::new(
                    &["Id"],
                    <i32 as ::ddb_core::FromAttribute>::FIELD_SCHEMA,
                ),
                ::ddb_core::__private_0_1_0::AttributeSchema::new(
                    &["Message"],
                    <String as ::ddb_core::FromAttribute>::FIELD_SCHEMA,
                ),
                ::ddb_core::__private_0_1_0::AttributeSchema::new(
                    &["EntityType"],
                    <Option<String> as ::ddb_core::FromAttribute>::FIELD_SCHEMA,
                ),
            ],
            &[],
            false,
        );
    fn from_attribute(
        __attribute: ::ddb_core::Attribute<'_>,
    ) -> ::core::result::Result<Self, ::ddb_core::AttributeError> {
        ::ddb_core::__private_0_1_0::read_struct(__attribute)
    }
}
#[automatically_derived]
#[allow(deprecated)]
impl ::ddb_core::FromStreamImage for SampleModel {}
#[automatically_derived]
#[allow(deprecated)]
impl ::ddb_core::image::FromImageLossy for SampleModel {}
#[automatically_derived]
#[allow(deprecated)]
impl ::core::convert::From<::ddb_core::Item> for SampleModel {
    fn from(__image: ::ddb_core::Item) -> Self {
        ::ddb_core::__private_0_1_0::convert_image(__image)
    }
}
