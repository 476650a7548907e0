#[automatically_derived]
#[allow(deprecated)]
impl ::ddb_core::__private_0_1_0::TaggedEnum for Entity {
    const TAGS: &'static ::ddb_core::__private_0_1_0::Tags =
        &::ddb_core::__private_0_1_0::Tags::new(
            "EntityType",
            &[("Customer", 0u16)],
            &[("ORDER#", 1u16)],
            ::core::option::Option::Some(2u16),
            &["Customer", "ORDER#…"],
        );
}
#[automatically_derived]
#[allow(deprecated)]
impl ::ddb_core::__private_0_1_0::ReadImage for Entity {
    const NAMES: &'static ::ddb_core::__private_0_1_0::ImageNames =
        &::ddb_core::__private_0_1_0::ImageNames::new(
            &["EntityType"],
            &["EntityType"],
            &[
                ("Customer", <Customer as ::ddb_core::__private_0_1_0::VariantContent>::NAMES),
                (
                    "Order",
                    &::ddb_core::__private_0_1_0::ImageNames::new(&["total"], &["total"], &[]),
                ),
            ],
        );
    fn read_image(
        __image: &mut ::ddb_core::__private_0_1_0::Image<'_>,
    ) -> ::core::option::Option<Self> {
        match ::ddb_core::__private_0_1_0::select_variant::<Self>(__image)? {
            0u16 => ::ddb_core::__private_0_1_0::read_content::<Customer, _>(
                __image,
                "Customer",
                Self::Customer,
            ),
            1u16 => ::ddb_core::__private_0_1_0::read_fields::<Self, 1u16>(__image, "Order"),
            _ => {
                ::ddb_core::__private_0_1_0::read_content::<Item, _>(__image, "Other", Self::Other)
            }
        }
    }
}
#[automatically_derived]
#[allow(deprecated)]
impl ::ddb_core::FromAttribute for Entity {
    const EXPECTED: ::ddb_core::error::Expected =
        ::ddb_core::__private_0_1_0::expect_image::<Self>();
    const SCHEMA: &'static ::ddb_core::__private_0_1_0::Schema =
        &::ddb_core::__private_0_1_0::Schema::of_tagged(
            <Self as ::ddb_core::__private_0_1_0::TaggedEnum>::TAGS,
            &[
                ::ddb_core::__private_0_1_0::VariantSchema::new(
                    "Customer",
                    <Customer as ::ddb_core::__private_0_1_0::VariantContent>::SCHEMA,
                ),
                ::ddb_core::__private_0_1_0::VariantSchema::new(
                    "Order",
                    &::ddb_core::__private_0_1_0::Schema::of_struct(
                        &[::ddb_core::__private_0_1_0::AttributeSchema::new(
                            &["total"],
                            <u64 as ::ddb_core::FromAttribute>::FIELD_SCHEMA,
                        )],
                        &[],
                        false,
                    ),
                ),
            ],
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
impl ::ddb_core::FromStreamImage for Entity {}
#[automatically_derived]
#[allow(deprecated)]
impl ::core::convert::TryFrom<::ddb_core::Item> for Entity {
    type Error = ::ddb_core::ImageError;
    fn try_from(__image: ::ddb_core::Item) -> ::core::result::Result<Self, ::ddb_core::ImageError> {
        <Self as ::ddb_core::FromStreamImage>::from_image(__image)
    }
}
#[automatically_derived]
#[allow(deprecated)]
impl ::ddb_core::__private_0_1_0::ReadFields<1u16> for Entity {
    fn read_fields(
        __image: &mut ::ddb_core::__private_0_1_0::Image<'_>,
    ) -> ::core::option::Option<Self> {
        let mut __field_total = ::ddb_core::__private_0_1_0::Slot::new(
            &const {
                ::ddb_core::__private_0_1_0::Field::new(
                    &["total"],
                    <u64 as ::ddb_core::FromAttribute>::FIELD_TYPE,
                )
            },
        );
        ::ddb_core::__private_0_1_0::Image::read_attributes(__image, &mut |__name, __entry| {
            match __name {
                "total" => ::ddb_core::__private_0_1_0::Entry::read::<u64>(
                    __entry,
                    &mut __field_total,
                    0u16,
                ),
                _ => {}
            }
        });
        let __field_total = ::ddb_core::__private_0_1_0::Image::take(__image, __field_total);
        let (::core::option::Option::Some(__field_total),) = (__field_total,) else {
            return ::core::option::Option::None;
        };
        ::core::option::Option::Some(Self::Order { total: __field_total })
    }
}
