#[automatically_derived]
#[allow(deprecated)]
impl ::ddb_core::__private_0_1_0::UnitEnum for Status {
    const NAMES: &'static [&'static ::core::primitive::str] = &[];
    fn from_variant_name(__name: &::core::primitive::str) -> ::core::option::Option<Self> {
        match __name {
            "Open" => ::core::option::Option::Some(Self::Open {}),
            "DONE" | "CLOSED" => ::core::option::Option::Some(Self::Done {}),
            _ => ::core::option::Option::Some(Self::Other {}),
        }
    }
}
#[automatically_derived]
#[allow(deprecated)]
impl ::ddb_core::FromAttribute for Status {
    const EXPECTED: ::ddb_core::error::Expected =
        ::ddb_core::__private_0_1_0::expect_variant::<Self>();
    fn from_attribute(
        __attribute: ::ddb_core::Attribute<'_>,
    ) -> ::core::result::Result<Self, ::ddb_core::AttributeError> {
        ::ddb_core::__private_0_1_0::read_variant(__attribute)
    }
}
#[automatically_derived]
#[allow(deprecated)]
impl ::ddb_core::attribute::MapKey for Status {
    fn from_name(__name: &::core::primitive::str) -> ::core::option::Option<Self> {
        <Self as ::ddb_core::__private_0_1_0::UnitEnum>::from_variant_name(__name)
    }
}
