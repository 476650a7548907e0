#[automatically_derived]
#[allow(deprecated)]
impl ::ddb_core::__private_0_1_0::VariantName for Status {
    fn variant_name(&self) -> ::core::option::Option<&::core::primitive::str> {
        match self {
            Self::Open {} => ::core::option::Option::Some("Open"),
            Self::Shipped {} => ::core::option::Option::Some("SENT"),
        }
    }
}
#[automatically_derived]
#[allow(deprecated)]
impl ::ddb_core::IntoAttribute for Status {
    fn into_attribute(
        self,
    ) -> ::core::result::Result<::ddb_core::AttributeValue, ::ddb_core::AttributeError> {
        ::ddb_core::__private_0_1_0::write_variant_name(&self)
    }
}
#[automatically_derived]
#[allow(deprecated)]
impl ::ddb_core::attribute::IntoMapKey for Status {
    fn into_name(
        self,
    ) -> ::core::result::Result<::ddb_core::__private_0_1_0::String, ::ddb_core::AttributeError>
    {
        ::ddb_core::__private_0_1_0::name_of_variant(&self)
    }
}
