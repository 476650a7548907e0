#[automatically_derived]
#[allow(deprecated)]
impl<T> ::ddb_core::__private_0_1_0::ReadImage for Order<T>
where
    T: ::ddb_core::FromStreamImage,
{
    const NAMES: &'static ::ddb_core::__private_0_1_0::ImageNames =
        &::ddb_core::__private_0_1_0::ImageNames::new(
            &["Id", "OrderId", "total", "version"],
            &["id", "id", "total", "version"],
            &[("details", <T as ::ddb_core::__private_0_1_0::Flatten>::NAMES)],
        );
    fn read_image(
        __image: &mut ::ddb_core::__private_0_1_0::Image<'_>,
    ) -> ::core::option::Option<Self> {
        const {
            ::ddb_core::__private_0_1_0::ImageNames::check(
                <Self as ::ddb_core::__private_0_1_0::ReadImage>::NAMES,
            )
        };
        use ::ddb_core::__private_0_1_0::{Conversion as _, ReadWith as _};
        let mut __field_id = ::ddb_core::__private_0_1_0::Slot::new(
            &const {
                ::ddb_core::__private_0_1_0::Field::new(
                    &["Id", "OrderId"],
                    <u64 as ::ddb_core::FromAttribute>::FIELD_TYPE,
                )
            },
        );
        let mut __field_version = ::ddb_core::__private_0_1_0::Slot::new(
            &const {
                ::ddb_core::__private_0_1_0::Field::with_default(
                    &["version"],
                    <u32 as ::ddb_core::FromAttribute>::FIELD_TYPE,
                )
            },
        );
        let mut __field_total = ::ddb_core::__private_0_1_0::Slot::new(
            &const {
                ::ddb_core::__private_0_1_0::Field::new(
                    &["total"],
                    ::ddb_core::__private_0_1_0::FieldType::<Money>::new(
                        ::ddb_core::error::Expected::of::<Money>(
                            ::ddb_core::attribute::AttributeTypes::ANY,
                        ),
                        {
                            use ::ddb_core::__private_0_1_0::{Conversion as _, ReadWith as _};
                            ::ddb_core::__private_0_1_0::Absence::converted(
                                ::ddb_core::__private_0_1_0::Convert::<Money>::IS_OPTION,
                                || {
                                    ::ddb_core::__private_0_1_0::Convert::<Money>::__convert_absent(
                                    )
                                },
                            )
                        },
                    ),
                )
            },
        );
        ::ddb_core::__private_0_1_0::Image::track_unread(__image);
        ::ddb_core::__private_0_1_0::Image::read_attributes(__image, &mut |__name, __entry| {
            match __name {
                "Id" => {
                    ::ddb_core::__private_0_1_0::Entry::read::<u64>(__entry, &mut __field_id, 0u16)
                }
                "OrderId" => {
                    ::ddb_core::__private_0_1_0::Entry::read::<u64>(__entry, &mut __field_id, 1u16)
                }
                "version" => ::ddb_core::__private_0_1_0::Entry::read::<u32>(
                    __entry,
                    &mut __field_version,
                    0u16,
                ),
                "total" => ::ddb_core::__private_0_1_0::Entry::read_with(
                    __entry,
                    &mut __field_total,
                    0u16,
                    |__attribute| {
                        ::ddb_core::__private_0_1_0::With::<Money, _>::new(money::from_attribute)
                            .__read_with(__attribute)
                    },
                ),
                _ => {}
            }
        });
        let __field_details =
            <T as ::ddb_core::__private_0_1_0::Flatten>::__read_flattened(__image);
        let mut __field_rest = ::ddb_core::__private_0_1_0::Slot::new(
            &const {
                ::ddb_core::__private_0_1_0::Field::new(
                    &[],
                    <Item as ::ddb_core::__private_0_1_0::CollectRest>::FIELD_TYPE,
                )
            },
        );
        <Item as ::ddb_core::__private_0_1_0::CollectRest>::__collect_rest(
            __image,
            &mut __field_rest,
        );
        let __field_id = ::ddb_core::__private_0_1_0::Image::take(__image, __field_id);
        let __field_version =
            ::ddb_core::__private_0_1_0::Image::take_or(__image, __field_version, || -> u32 { 1 });
        let __field_total = ::ddb_core::__private_0_1_0::Image::take(__image, __field_total);
        let __field_rest = ::ddb_core::__private_0_1_0::Image::take(__image, __field_rest);
        let (
            ::core::option::Option::Some(__field_id),
            ::core::option::Option::Some(__field_total),
            ::core::option::Option::Some(__field_details),
            ::core::option::Option::Some(__field_rest),
        ) = (__field_id, __field_total, __field_details, __field_rest)
        else {
            return ::core::option::Option::None;
        };
        ::core::option::Option::Some(Self {
            id: __field_id,
            version: __field_version,
            total: __field_total,
            details: __field_details,
            rest: __field_rest,
        })
    }
}
#[automatically_derived]
#[allow(deprecated)]
impl<T> ::ddb_core::FromAttribute for Order<T>
where
    T: ::ddb_core::FromStreamImage,
{
    const EXPECTED: ::ddb_core::error::Expected =
        ::ddb_core::__private_0_1_0::expect_image::<Self>();
    const SCHEMA: &'static ::ddb_core::__private_0_1_0::Schema =
        &::ddb_core::__private_0_1_0::Schema::of_struct(
            &[
                ::ddb_core::__private_0_1_0::AttributeSchema::new(
                    &["Id", "OrderId"],
                    <u64 as ::ddb_core::FromAttribute>::FIELD_SCHEMA,
                ),
                ::ddb_core::__private_0_1_0::AttributeSchema::new(
                    &["version"],
                    ::ddb_core::__private_0_1_0::FieldSchema::with_default(
                        <u32 as ::ddb_core::FromAttribute>::FIELD_SCHEMA,
                    ),
                ),
                ::ddb_core::__private_0_1_0::AttributeSchema::new(
                    &["total"],
                    ::ddb_core::__private_0_1_0::FieldSchema::converted(
                        &::ddb_core::__private_0_1_0::FieldType::<Money>::new(
                            ::ddb_core::error::Expected::of::<Money>(
                                ::ddb_core::attribute::AttributeTypes::ANY,
                            ),
                            {
                                use ::ddb_core::__private_0_1_0::{Conversion as _, ReadWith as _};
                                ::ddb_core::__private_0_1_0::Absence::converted(
                                    ::ddb_core::__private_0_1_0::Convert::<Money>::IS_OPTION,
                                    || {
                                        :: ddb_core :: __private_0_1_0 :: Convert :: < Money > :: __convert_absent ()
                                    },
                                )
                            },
                        ),
                    ),
                ),
            ],
            &[<T as ::ddb_core::__private_0_1_0::Flatten>::SCHEMA],
            true,
        );
    fn from_attribute(
        __attribute: ::ddb_core::Attribute<'_>,
    ) -> ::core::result::Result<Self, ::ddb_core::AttributeError> {
        ::ddb_core::__private_0_1_0::read_struct(__attribute)
    }
}
#[automatically_derived]
#[allow(deprecated)]
impl<T> ::ddb_core::FromStreamImage for Order<T> where T: ::ddb_core::FromStreamImage {}
#[automatically_derived]
#[allow(deprecated)]
impl<T> ::core::convert::TryFrom<::ddb_core::Item> for Order<T>
where
    T: ::ddb_core::FromStreamImage,
{
    type Error = ::ddb_core::ImageError;
    fn try_from(__image: ::ddb_core::Item) -> ::core::result::Result<Self, ::ddb_core::ImageError> {
        <Self as ::ddb_core::FromStreamImage>::from_image(__image)
    }
}
