#[automatically_derived]
#[allow(deprecated)]
impl ::ddb_core::__private_0_1_0::WriteItem for Entity {
    const NAMES: &'static ::ddb_core::__private_0_1_0::ImageNames =
        &::ddb_core::__private_0_1_0::ImageNames::new(
            &["EntityType"],
            &["EntityType"],
            &[
                ("Customer", <Customer as ::ddb_core::__private_0_1_0::WriteContent>::NAMES),
                ("Order", &::ddb_core::__private_0_1_0::ImageNames::new(&["PK"], &["key"], &[])),
            ],
        );
    fn write_item(self, __writer: &mut ::ddb_core::__private_0_1_0::ItemWriter) {
        const __TAGS: &::ddb_core::__private_0_1_0::Tags = &::ddb_core::__private_0_1_0::Tags::new(
            "EntityType",
            &[("Customer", 0u16), ("Heartbeat", 2u16), ("ORDER", 1u16)],
            &[],
            ::core::option::Option::Some(3u16),
            &["Customer", "ORDER", "Heartbeat"],
        );
        match self {
            Self::Customer(__content) => ::ddb_core::__private_0_1_0::ItemWriter::write_variant(
                __writer,
                "Customer",
                |__writer| {
                    <Customer as ::ddb_core::__private_0_1_0::WriteContent>::__write_content(
                        __content, __writer,
                    );
                    ::ddb_core::__private_0_1_0::ItemWriter::write_tag(
                        __writer,
                        __TAGS,
                        0u16,
                        ::core::option::Option::Some("Customer"),
                    );
                },
            ),
            Self::Order { id: __field_id } => {
                ::ddb_core::__private_0_1_0::ItemWriter::write_variant(
                    __writer,
                    "Order",
                    |__writer| {
                        < Self as :: ddb_core :: __private_0_1_0 :: WriteKeyParts < _ , 1usize >> :: __write_key_parts ((& __field_id ,) , __writer ,) ;
                        ::ddb_core::__private_0_1_0::ItemWriter::write_tag(
                            __writer,
                            __TAGS,
                            1u16,
                            ::core::option::Option::Some("ORDER"),
                        );
                    },
                )
            }
            Self::Heartbeat {} => ::ddb_core::__private_0_1_0::ItemWriter::write_variant(
                __writer,
                "Heartbeat",
                |__writer| {
                    ::ddb_core::__private_0_1_0::ItemWriter::write_tag(
                        __writer,
                        __TAGS,
                        2u16,
                        ::core::option::Option::Some("Heartbeat"),
                    );
                },
            ),
            Self::Other(__content) => {
                <Item as ::ddb_core::__private_0_1_0::WriteContent>::__write_content(
                    __content, __writer,
                );
            }
        }
    }
    fn write_key(&self, __writer: &mut ::ddb_core::__private_0_1_0::ItemWriter) {
        match self {
            Self::Customer(__content) => {
                ::ddb_core::__private_0_1_0::ItemWriter::write_variant(
                    __writer,
                    "Customer",
                    |__writer| {
                        < Customer as :: ddb_core :: __private_0_1_0 :: WriteContent > :: __write_content_key (__content , __writer ,) ;
                    },
                );
            }
            Self::Order { id: __field_id, .. } => {
                ::ddb_core::__private_0_1_0::ItemWriter::write_variant(
                    __writer,
                    "Order",
                    |__writer| {
                        < Self as :: ddb_core :: __private_0_1_0 :: WriteKeyParts < _ , 1usize >> :: __write_key_parts ((__field_id ,) , __writer ,) ;
                    },
                );
            }
            _ => {}
        }
    }
}
#[automatically_derived]
#[allow(deprecated)]
impl ::ddb_core::IntoAttribute for Entity {
    fn into_attribute(
        self,
    ) -> ::core::result::Result<::ddb_core::AttributeValue, ::ddb_core::AttributeError> {
        ::ddb_core::__private_0_1_0::write_map(self)
    }
}
#[automatically_derived]
#[allow(deprecated)]
impl ::ddb_core::IntoItem for Entity {}
#[automatically_derived]
#[allow(deprecated)]
impl ::core::convert::TryFrom<Entity> for ::ddb_core::Item {
    type Error = ::ddb_core::ItemError;
    fn try_from(__value: Entity) -> ::core::result::Result<Self, ::ddb_core::ItemError> {
        ::ddb_core::IntoItem::into_item(__value)
    }
}
#[automatically_derived]
#[allow(deprecated)]
impl ::ddb_core::key::ToKey for Entity {}
#[automatically_derived]
#[allow(deprecated)]
impl<'__key> ::ddb_core::__private_0_1_0::WriteKeyParts<(&'__key u32,), 1usize> for Entity {
    fn __write_key_parts(
        (__field_id,): (&'__key u32,),
        __writer: &mut ::ddb_core::__private_0_1_0::ItemWriter,
    ) {
        use ::ddb_core::__private_0_1_0::{
            KeyShape as _, WriteKeyText as _, WriteUnitEnum as _, WriteVariantName as _,
        };
        ::ddb_core::__private_0_1_0::ItemWriter::write_key(
            __writer,
            "PK",
            "ORDER#{id}",
            &["ORDER#", ""],
            &[::ddb_core::__private_0_1_0::KeyPiece::new(
                "id",
                0usize,
                ::core::option::Option::map_or(
                    ::ddb_core::__private_0_1_0::KeyField::<u32>::__as_option(__field_id),
                    ::ddb_core::__private_0_1_0::PieceText::None,
                    |__value| {
                        (&&&::ddb_core::__private_0_1_0::KeyField::<u32>::__inner())
                            .__key_text(__value)
                    },
                ),
            )],
        );
    }
}
