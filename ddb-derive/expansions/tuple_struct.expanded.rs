#[automatically_derived]
#[allow(deprecated)]
impl ::ddb_core::FromAttribute for Position {
    const EXPECTED: ::ddb_core::error::Expected =
        ::ddb_core::__private_0_1_0::expect_tuple::<Self>();
    fn from_attribute(
        __attribute: ::ddb_core::Attribute<'_>,
    ) -> ::core::result::Result<Self, ::ddb_core::AttributeError> {
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
            &const { ::ddb_core::__private_0_1_0::parsed_field::<Accuracy, _>() },
            |__attribute| ::ddb_core::__private_0_1_0::parse_elements::<Accuracy, _>(__attribute),
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
