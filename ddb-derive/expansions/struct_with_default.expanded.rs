#[automatically_derived]
#[allow(deprecated)]
impl ::ddb_core::__private_0_1_0::ReadImage for Settings {
    const NAMES: &'static ::ddb_core::__private_0_1_0::ImageNames =
        &::ddb_core::__private_0_1_0::ImageNames::new(
            &["theme"],
            &["theme"],
            &[("limits", <Limits as ::ddb_core::__private_0_1_0::Flatten>::NAMES)],
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
impl ::ddb_core::__private_0_1_0::ReadImageLossy for Settings {
    fn read_image_lossy(__image: &mut ::ddb_core::__private_0_1_0::Image<'_>) -> Self {
        let mut __field_theme = ::ddb_core::__private_0_1_0::Slot::new(
            &const {
                ::ddb_core::__private_0_1_0::Field::with_default(
                    &["theme"],
                    <String as ::ddb_core::FromAttribute>::FIELD_TYPE,
                )
            },
        );
        ::ddb_core::__private_0_1_0::Image::track_unread(__image);
        ::ddb_core::__private_0_1_0::Image::read_attributes(__image, &mut |__name, __entry| {
            match __name {
                "theme" => ::ddb_core::__private_0_1_0::Entry::read::<String>(
                    __entry,
                    &mut __field_theme,
                    0u16,
                ),
                _ => {}
            }
        });
        let __field_limits =
            <Limits as ::ddb_core::__private_0_1_0::Flatten>::__read_flattened_optional(__image);
        ::ddb_core::__private_0_1_0::Image::deny_unread(
            __image,
            ::ddb_core::__private_0_1_0::ImageNames::expected(
                <Self as ::ddb_core::__private_0_1_0::ReadImage>::NAMES,
            ),
        );
        let mut __value: Self =
            <Self as ::ddb_core::__private_0_1_0::FieldDefault>::__field_value();
        if let ::core::option::Option::Some(__read) =
            ::ddb_core::__private_0_1_0::Image::take_optional(__image, __field_theme)
        {
            __value.theme = __read;
        }
        if let ::core::option::Option::Some(__read) = __field_limits {
            __value.limits = __read;
        }
        __value
    }
}
#[automatically_derived]
#[allow(deprecated)]
impl ::ddb_core::FromAttribute for Settings {
    const EXPECTED: ::ddb_core::error::Expected =
        ::ddb_core::__private_0_1_0::expect_image::<Self>();
    const SCHEMA: &'static ::ddb_core::__private_0_1_0::Schema =
        &::ddb_core::__private_0_1_0::Schema::of_struct(
            &[::ddb_core::__private_0_1_0::AttributeSchema::new(
                &["theme"],
                ::ddb_core::__private_0_1_0::FieldSchema::with_default(
                    <String as ::ddb_core::FromAttribute>::FIELD_SCHEMA,
                ),
            )],
            &[::ddb_core::__private_0_1_0::FlattenedSchema::optional(
                <Limits as ::ddb_core::__private_0_1_0::Flatten>::SCHEMA,
            )],
            false,
        );
    fn from_attribute(
        __attribute: ::ddb_core::Attribute<'_>,
    ) -> ::core::result::Result<Self, ::ddb_core::AttributeError> {
        ::ddb_core::__private_0_1_0::read_struct(__attribute)
    }
}
#[allow(deprecated)]
const _: () = ::ddb_core::__private_0_1_0::ImageNames::check(
    <Settings as ::ddb_core::__private_0_1_0::ReadImage>::NAMES,
);
