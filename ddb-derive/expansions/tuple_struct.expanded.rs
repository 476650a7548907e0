#[automatically_derived]
#[allow(deprecated)]
impl ::ddb_core::FromAttribute for Position {
    const EXPECTED: ::ddb_core::error::Expected =
        ::ddb_core::__private_0_1_0::expect_tuple::<Self>();
    fn from_attribute(
        __attribute: ::ddb_core::Attribute<'_>,
    ) -> ::core::result::Result<Self, ::ddb_core::AttributeError> {
        use ::ddb_core::__private_0_1_0::{Conversion as _, ReadWith as _};
        let mut __list = ::ddb_core::__private_0_1_0::open_tuple(
            __attribute,
            <Self as ::ddb_core::FromAttribute>::EXPECTED,
        )?;
        let __element_0 = ::ddb_core::__private_0_1_0::read_element(
            &mut __list,
            &const { <f64 as ::ddb_core::FromAttribute>::FIELD_TYPE },
            |__attribute| <f64 as ::ddb_core::FromAttribute>::from_attribute(__attribute),
        );
        let __element_1 = ::ddb_core::__private_0_1_0::read_element(
            &mut __list,
            &const {
                ::ddb_core::__private_0_1_0::FieldType::<Accuracy>::new(
                    ::ddb_core::error::Expected::of::<Accuracy>(::ddb_core::__private_0_1_0::TEXT),
                    ::ddb_core::__private_0_1_0::Absence::of(|| {
                        ::ddb_core::__private_0_1_0::Convert::<Accuracy>::__convert_absent()
                    }),
                )
            },
            |__attribute| {
                ::ddb_core::__private_0_1_0::Convert::<Accuracy>::__convert_from_str(__attribute)
            },
        );
        ::ddb_core::__private_0_1_0::close_tuple(
            &mut __list,
            2usize,
            <Self as ::ddb_core::FromAttribute>::EXPECTED,
        )?;
        let ::core::option::Option::Some(__element_0) = __element_0 else {
            return ::core::result::Result::Err(::ddb_core::__private_0_1_0::reported());
        };
        let ::core::option::Option::Some(__element_1) = __element_1 else {
            return ::core::result::Result::Err(::ddb_core::__private_0_1_0::reported());
        };
        ::core::result::Result::Ok(Self { 0: __element_0, 1: __element_1 })
    }
}
