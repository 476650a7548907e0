#[automatically_derived]
#[allow(deprecated)]
impl ::ddb_core::__private_0_1_0::WriteItem for Order {
    const NAMES: &'static ::ddb_core::__private_0_1_0::ImageNames =
        &::ddb_core::__private_0_1_0::ImageNames::new(
            &["GSI1PK", "PK", "SK", "address", "lines", "tags", "total"],
            &["index_key", "key", "key", "address", "lines", "tags", "total"],
            &[("stamp", <Stamp as ::ddb_core::__private_0_1_0::WriteFlattened>::NAMES)],
        );
    fn write_item(self, __writer: &mut ::ddb_core::__private_0_1_0::ItemWriter) {
        let Self {
            customer: __field_customer,
            id: __field_id,
            status: __field_status,
            total: __field_total,
            tags: __field_tags,
            address: __field_address,
            lines: __field_lines,
            stamp: __field_stamp,
            rest: __field_rest,
        } = self;
        <Self as ::ddb_core::__private_0_1_0::WriteKeyParts<_, 0usize>>::__write_key_parts(
            (&__field_customer, &__field_id),
            __writer,
        );
        use ::ddb_core::__private_0_1_0::{
            KeyShape as _, WriteKeyText as _, WriteUnitEnum as _, WriteVariantName as _,
        };
        ::ddb_core::__private_0_1_0::ItemWriter::write_index_key(
            __writer,
            "GSI1PK",
            "{status}",
            &["", ""],
            &[::ddb_core::__private_0_1_0::KeyPiece::new(
                "status",
                0usize,
                ::core::option::Option::map_or(
                    ::ddb_core::__private_0_1_0::KeyField::<Option<Status>>::__as_option(
                        &__field_status,
                    ),
                    ::ddb_core::__private_0_1_0::PieceText::None,
                    |__value| {
                        (&&&::ddb_core::__private_0_1_0::KeyField::<Option<Status>>::__inner())
                            .__key_text(__value)
                    },
                ),
            )],
        );
        static __LAYOUT: ::ddb_core::__private_0_1_0::Layout =
            ::ddb_core::__private_0_1_0::Layout::new(&["total", "tags", "address", "lines"]);
        let mut __values = [const { ::core::option::Option::None }; 4usize];
        ::ddb_core::__private_0_1_0::ItemWriter::convert::<f64>(
            __writer,
            &mut __values[0usize],
            "total",
            __field_total,
        );
        ::ddb_core::__private_0_1_0::ItemWriter::convert(
            __writer,
            &mut __values[1usize],
            "tags",
            ::ddb_core::__private_0_1_0::as_set::<Vec<String>, true>(__field_tags),
        );
        ::ddb_core::__private_0_1_0::ItemWriter::convert(
            __writer,
            &mut __values[2usize],
            "address",
            ::ddb_core::__private_0_1_0::Nullable(::ddb_core::__private_0_1_0::written::<
                Option<IpAddr>,
                ::ddb_core::__private_0_1_0::Parse,
                _,
                true,
            >(__field_address)),
        );
        if !Vec::is_empty(&__field_lines) {
            ::ddb_core::__private_0_1_0::ItemWriter::convert::<Vec<Line>>(
                __writer,
                &mut __values[3usize],
                "lines",
                __field_lines,
            );
        }
        ::ddb_core::__private_0_1_0::ItemWriter::write_fields(__writer, &__LAYOUT, &mut __values);
        ::ddb_core::__private_0_1_0::ItemWriter::track_flattened(__writer);
        <Stamp as ::ddb_core::__private_0_1_0::WriteFlattened>::__write_flattened(
            __field_stamp,
            __writer,
        );
        ::ddb_core::__private_0_1_0::write_rest(
            __writer,
            const {
                &::ddb_core::__private_0_1_0::ImageNames::new(
                    &["GSI1PK", "PK", "SK", "address", "lines", "tags", "total"],
                    &["index_key", "key", "key", "address", "lines", "tags", "total"],
                    &[("stamp", <Stamp as ::ddb_core::__private_0_1_0::WriteFlattened>::NAMES)],
                )
            },
            __field_rest,
        );
    }
    fn write_key(&self, __writer: &mut ::ddb_core::__private_0_1_0::ItemWriter) {
        let Self { customer: __field_customer, id: __field_id, stamp: __field_stamp, .. } = self;
        <Self as ::ddb_core::__private_0_1_0::WriteKeyParts<_, 0usize>>::__write_key_parts(
            (__field_customer, __field_id),
            __writer,
        );
        <Stamp as ::ddb_core::__private_0_1_0::WriteFlattened>::__write_flattened_key(
            __field_stamp,
            __writer,
        );
    }
}
#[automatically_derived]
#[allow(deprecated)]
impl ::ddb_core::IntoAttribute for Order {
    fn into_attribute(
        self,
    ) -> ::core::result::Result<::ddb_core::AttributeValue, ::ddb_core::AttributeError> {
        ::ddb_core::__private_0_1_0::write_map(self)
    }
}
#[automatically_derived]
#[allow(deprecated)]
impl ::ddb_core::IntoItem for Order {}
#[automatically_derived]
#[allow(deprecated)]
impl ::core::convert::TryFrom<Order> for ::ddb_core::Item {
    type Error = ::ddb_core::ItemError;
    fn try_from(__value: Order) -> ::core::result::Result<Self, ::ddb_core::ItemError> {
        ::ddb_core::IntoItem::into_item(__value)
    }
}
#[automatically_derived]
#[allow(deprecated)]
impl<'__key> ::ddb_core::__private_0_1_0::WriteKeyParts<(&'__key String, &'__key u32), 0usize>
    for Order
{
    fn __write_key_parts(
        (__field_customer, __field_id): (&'__key String, &'__key u32),
        __writer: &mut ::ddb_core::__private_0_1_0::ItemWriter,
    ) {
        use ::ddb_core::__private_0_1_0::{
            KeyShape as _, WriteKeyText as _, WriteUnitEnum as _, WriteVariantName as _,
        };
        ::ddb_core::__private_0_1_0::ItemWriter::write_key(
            __writer,
            "PK",
            "CUSTOMER#{customer}",
            &["CUSTOMER#", ""],
            &[::ddb_core::__private_0_1_0::KeyPiece::new(
                "customer",
                0usize,
                ::core::option::Option::map_or(
                    ::ddb_core::__private_0_1_0::KeyField::<String>::__as_option(__field_customer),
                    ::ddb_core::__private_0_1_0::PieceText::None,
                    |__value| {
                        (&&&::ddb_core::__private_0_1_0::KeyField::<String>::__inner())
                            .__key_text(__value)
                    },
                ),
            )],
        );
        ::ddb_core::__private_0_1_0::ItemWriter::write_key(
            __writer,
            "SK",
            "ORDER#{id:06}",
            &["ORDER#", ""],
            &[::ddb_core::__private_0_1_0::KeyPiece::new(
                "id",
                {
                    ::ddb_core::__private_0_1_0::check_padded::<u32>();
                    6usize
                },
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
#[automatically_derived]
#[allow(deprecated)]
impl ::ddb_core::key::ToKey for Order {}
#[allow(deprecated)]
const _: () = ::ddb_core::__private_0_1_0::ImageNames::check(
    <Order as ::ddb_core::__private_0_1_0::WriteItem>::NAMES,
);
