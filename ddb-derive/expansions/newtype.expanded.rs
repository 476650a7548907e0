#[automatically_derived]
#[allow(deprecated)]
impl ::ddb_core::FromAttribute for CustomerId {
    const EXPECTED: ::ddb_core::error::Expected = <u64 as ::ddb_core::FromAttribute>::EXPECTED;
    const SCHEMA: &'static ::ddb_core::__private_0_1_0::Schema =
        <u64 as ::ddb_core::FromAttribute>::SCHEMA;
    const ABSENCE: ::ddb_core::__private_0_1_0::Absence<Self> =
        ::ddb_core::__private_0_1_0::Absence::wrapped(
            <u64 as ::ddb_core::FromAttribute>::ABSENCE,
            || {
                ::core::option::Option::map(
                    ::ddb_core::__private_0_1_0::Absence::value(
                        &<u64 as ::ddb_core::FromAttribute>::ABSENCE,
                    ),
                    |__value| Self { 0: __value },
                )
            },
        );
    fn from_attribute(
        __attribute: ::ddb_core::Attribute<'_>,
    ) -> ::core::result::Result<Self, ::ddb_core::AttributeError> {
        ::core::result::Result::map(
            <u64 as ::ddb_core::FromAttribute>::from_attribute(__attribute),
            |__value| Self { 0: __value },
        )
    }
    #[inline]
    fn from_plain(
        __value: &mut ::ddb_core::__private_0_1_0::EntryValue<'_, '_>,
    ) -> ::core::option::Option<Self> {
        ::core::option::Option::map(
            <u64 as ::ddb_core::FromAttribute>::from_plain(__value),
            |__value| Self { 0: __value },
        )
    }
}
#[automatically_derived]
#[allow(deprecated)]
impl ::ddb_core::attribute::MapKey for CustomerId
where
    for<'__inner> u64: ::ddb_core::attribute::MapKey,
{
    fn from_name(__name: &::core::primitive::str) -> ::core::option::Option<Self> {
        ::core::option::Option::map(
            <u64 as ::ddb_core::attribute::MapKey>::from_name(__name),
            |__value| Self { 0: __value },
        )
    }
}
#[automatically_derived]
#[allow(deprecated)]
impl ::ddb_core::__private_0_1_0::ReadImage for CustomerId
where
    for<'__inner> u64: ::ddb_core::__private_0_1_0::ReadImage,
{
    const NAMES: &'static ::ddb_core::__private_0_1_0::ImageNames =
        <u64 as ::ddb_core::__private_0_1_0::ReadImage>::NAMES;
    const IS_KEY: ::core::primitive::bool = <u64 as ::ddb_core::__private_0_1_0::ReadImage>::IS_KEY;
    fn read_image(
        __image: &mut ::ddb_core::__private_0_1_0::Image<'_>,
    ) -> ::core::option::Option<Self> {
        ::core::option::Option::map(
            <u64 as ::ddb_core::__private_0_1_0::ReadImage>::read_image(__image),
            |__value| Self { 0: __value },
        )
    }
}
#[automatically_derived]
#[allow(deprecated)]
impl ::ddb_core::__private_0_1_0::ReadImageLossy for CustomerId
where
    for<'__inner> u64: ::ddb_core::__private_0_1_0::ReadImageLossy,
{
    fn read_image_lossy(__image: &mut ::ddb_core::__private_0_1_0::Image<'_>) -> Self {
        (|__value| Self { 0: __value })(
            <u64 as ::ddb_core::__private_0_1_0::ReadImageLossy>::read_image_lossy(__image),
        )
    }
}
