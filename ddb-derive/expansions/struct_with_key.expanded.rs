#[automatically_derived]
#[allow(deprecated)]
impl ::ddb_core::__private_0_1_0::Versioned for Line {
    const NAMES: &'static ::ddb_core::__private_0_1_0::ImageNames =
        &::ddb_core::__private_0_1_0::ImageNames::new(
            &["PK", "quantity"],
            &["key", "quantity"],
            &[],
        );
    fn read_newest(
        __image: &mut ::ddb_core::__private_0_1_0::Image<'_>,
    ) -> ::core::option::Option<Self> {
        use ::ddb_core::__private_0_1_0::{KeyShape as _, ParseKey as _, ParseVariant as _};
        let mut __field_quantity = ::ddb_core::__private_0_1_0::Slot::new(
            &const {
                ::ddb_core::__private_0_1_0::Field::new(
                    &["quantity"],
                    <u32 as ::ddb_core::FromAttribute>::FIELD_TYPE,
                )
            },
        );
        let mut __field_id = ::ddb_core::__private_0_1_0::Slot::new(
            &const {
                ::ddb_core::__private_0_1_0::Field::new(
                    &["PK"],
                    ::ddb_core::__private_0_1_0::key_field(
                        ::ddb_core::__private_0_1_0::KeyField::<String>::EXPECTED,
                        ::ddb_core::__private_0_1_0::KeyField::<String>::ABSENCE,
                        "id in ORDER#{id}#{line:04}",
                    ),
                )
            },
        );
        let mut __field_line = ::ddb_core::__private_0_1_0::Slot::new(
            &const {
                ::ddb_core::__private_0_1_0::check_padded::<u16>();
                ::ddb_core::__private_0_1_0::Field::new(
                    &["PK"],
                    ::ddb_core::__private_0_1_0::key_field(
                        ::ddb_core::__private_0_1_0::KeyField::<u16>::EXPECTED,
                        ::ddb_core::__private_0_1_0::KeyField::<u16>::ABSENCE,
                        "line in ORDER#{id}#{line:04}",
                    ),
                )
            },
        );
        let __template_0 = &const {
            ::ddb_core::__private_0_1_0::KeyTemplate::new(
                &["ORDER#", "#", ""],
                ::ddb_core::__private_0_1_0::expect_key::<Self>("ORDER#{id}#{line:04}"),
                true,
            )
        };
        let mut __key_0 = false;
        ::ddb_core::__private_0_1_0::Image::read_attributes(__image, &mut |__name, __entry| {
            match __name {
                "quantity" => ::ddb_core::__private_0_1_0::Entry::read::<u32>(
                    __entry,
                    &mut __field_quantity,
                    0u16,
                ),
                "PK" => {
                    ::ddb_core::__private_0_1_0::Entry::read_key(
                        __entry,
                        __template_0,
                        &mut __key_0,
                        &mut |__fields| {
                            ::ddb_core::__private_0_1_0::KeyFields::read(
                                __fields,
                                &mut __field_id,
                                |__text| {
                                    :: core :: result :: Result :: map ((&& :: ddb_core :: __private_0_1_0 :: KeyField :: < String > :: __inner ()) . __parse_key (__text) , :: ddb_core :: __private_0_1_0 :: KeyField :: < String > :: __wrap)
                                },
                            );
                            ::ddb_core::__private_0_1_0::KeyFields::read(
                                __fields,
                                &mut __field_line,
                                |__text| {
                                    ::core::result::Result::map(
                                        (&&::ddb_core::__private_0_1_0::KeyField::<u16>::__inner())
                                            .__parse_key(__text),
                                        ::ddb_core::__private_0_1_0::KeyField::<u16>::__wrap,
                                    )
                                },
                            );
                        },
                    )
                }
                _ => {}
            }
        });
        ::ddb_core::__private_0_1_0::Image::expect_key(__image, "PK", __template_0, __key_0);
        let __field_id = ::ddb_core::__private_0_1_0::Image::take(__image, __field_id);
        let __field_line = ::ddb_core::__private_0_1_0::Image::take(__image, __field_line);
        let __field_quantity = ::ddb_core::__private_0_1_0::Image::take(__image, __field_quantity);
        let (
            ::core::option::Option::Some(__field_id),
            ::core::option::Option::Some(__field_line),
            ::core::option::Option::Some(__field_quantity),
        ) = (__field_id, __field_line, __field_quantity)
        else {
            return ::core::option::Option::None;
        };
        ::core::option::Option::Some(Self {
            id: __field_id,
            line: __field_line,
            quantity: __field_quantity,
        })
    }
}
#[automatically_derived]
#[allow(deprecated)]
impl ::ddb_core::__private_0_1_0::ReadImage for Line {
    const NAMES: &'static ::ddb_core::__private_0_1_0::ImageNames =
        &::ddb_core::__private_0_1_0::ImageNames::new(
            &[],
            &[],
            &[
                ("Line", <Self as ::ddb_core::__private_0_1_0::Versioned>::NAMES),
                ("LineV1", <LineV1 as ::ddb_core::__private_0_1_0::OlderVersion>::NAMES),
            ],
        );
    fn read_image(
        __image: &mut ::ddb_core::__private_0_1_0::Image<'_>,
    ) -> ::core::option::Option<Self> {
        ::ddb_core::__private_0_1_0::read_versions(
            __image,
            &[
                ::ddb_core::__private_0_1_0::Version::new(
                    "Line",
                    <Self as ::ddb_core::__private_0_1_0::Versioned>::read_newest,
                ),
                ::ddb_core::__private_0_1_0::Version::new(
                    "LineV1",
                    <LineV1 as ::ddb_core::__private_0_1_0::OlderVersion>::__read_as::<Self>,
                ),
            ],
        )
    }
}
#[allow(deprecated)]
const _: () = {
    ::ddb_core::__private_0_1_0::check_version(<Line as ::ddb_core::FromAttribute>::SCHEMA, "Line");
    ::ddb_core::__private_0_1_0::check_version(
        <LineV1 as ::ddb_core::__private_0_1_0::OlderVersion>::SCHEMA,
        "LineV1",
    );
};
#[automatically_derived]
#[allow(deprecated)]
impl ::ddb_core::FromAttribute for Line {
    const EXPECTED: ::ddb_core::error::Expected =
        ::ddb_core::__private_0_1_0::expect_image::<Self>();
    const SCHEMA: &'static ::ddb_core::__private_0_1_0::Schema =
        &::ddb_core::__private_0_1_0::Schema::with_versions(
            ::ddb_core::__private_0_1_0::Schema::with_key(
                ::ddb_core::__private_0_1_0::Schema::of_struct(
                    &[
                        ::ddb_core::__private_0_1_0::AttributeSchema::key(
                            &["PK"],
                            "ORDER#{id}#{line:04}",
                            "ORDER#",
                            true,
                        ),
                        ::ddb_core::__private_0_1_0::AttributeSchema::new(
                            &["quantity"],
                            <u32 as ::ddb_core::FromAttribute>::FIELD_SCHEMA,
                        ),
                    ],
                    &[],
                    false,
                ),
                &[::ddb_core::__private_0_1_0::KeyPattern::new("PK", &["ORDER#", "#", ""])],
            ),
            &[<LineV1 as ::ddb_core::__private_0_1_0::OlderVersion>::SCHEMA],
        );
    fn from_attribute(
        __attribute: ::ddb_core::Attribute<'_>,
    ) -> ::core::result::Result<Self, ::ddb_core::AttributeError> {
        ::ddb_core::__private_0_1_0::read_struct(__attribute)
    }
}
#[automatically_derived]
#[allow(deprecated)]
impl ::ddb_core::FromStreamImage for Line {}
#[automatically_derived]
#[allow(deprecated)]
impl ::core::convert::TryFrom<::ddb_core::Item> for Line {
    type Error = ::ddb_core::ImageError;
    fn try_from(__image: ::ddb_core::Item) -> ::core::result::Result<Self, ::ddb_core::ImageError> {
        <Self as ::ddb_core::FromStreamImage>::from_image(__image)
    }
}
const _: () = {
    #[doc = "The key of `Line`."]
    pub struct __LineKeys {
        #[doc = "The `id` in the key."]
        pub id: String,
        #[doc = "The `line` in the key."]
        pub line: u16,
    }
    #[automatically_derived]
    #[allow(deprecated)]
    impl ::core::clone::Clone for __LineKeys
    where
        for<'__inner> String: ::core::clone::Clone,
        for<'__inner> u16: ::core::clone::Clone,
    {
        fn clone(&self) -> Self {
            match self {
                Self { id: __own0, line: __own1 } => Self {
                    id: ::core::clone::Clone::clone(__own0),
                    line: ::core::clone::Clone::clone(__own1),
                },
            }
        }
    }
    #[automatically_derived]
    #[allow(deprecated)]
    impl ::core::fmt::Debug for __LineKeys
    where
        for<'__inner> String: ::core::fmt::Debug,
        for<'__inner> u16: ::core::fmt::Debug,
    {
        fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
            match self {
                Self { id: __own0, line: __own1 } => {
                    let mut __debug = ::core::fmt::Formatter::debug_struct(__f, "LineKeys");
                    let _ = ::core::fmt::DebugStruct::field(&mut __debug, "id", __own0);
                    let _ = ::core::fmt::DebugStruct::field(&mut __debug, "line", __own1);
                    ::core::fmt::DebugStruct::finish(&mut __debug)
                }
            }
        }
    }
    #[automatically_derived]
    #[allow(deprecated)]
    impl ::core::cmp::PartialEq for __LineKeys
    where
        for<'__inner> String: ::core::cmp::PartialEq,
        for<'__inner> u16: ::core::cmp::PartialEq,
    {
        fn eq(&self, __other: &Self) -> ::core::primitive::bool {
            match (self, __other) {
                (Self { id: __own0, line: __own1 }, Self { id: __other0, line: __other1 }) => {
                    true && ::core::cmp::PartialEq::eq(__own0, __other0)
                        && ::core::cmp::PartialEq::eq(__own1, __other1)
                }
            }
        }
    }
    #[automatically_derived]
    #[allow(deprecated)]
    impl ::core::cmp::Eq for __LineKeys
    where
        for<'__inner> String: ::core::cmp::Eq,
        for<'__inner> u16: ::core::cmp::Eq,
    {
    }
    #[automatically_derived]
    #[allow(deprecated)]
    impl ::core::hash::Hash for __LineKeys
    where
        for<'__inner> String: ::core::hash::Hash,
        for<'__inner> u16: ::core::hash::Hash,
    {
        fn hash<__H: ::core::hash::Hasher>(&self, __state: &mut __H) {
            ::core::hash::Hash::hash(&::core::mem::discriminant(self), __state);
            match self {
                Self { id: __own0, line: __own1 } => {
                    ::core::hash::Hash::hash(__own0, __state);
                    ::core::hash::Hash::hash(__own1, __state);
                }
            }
        }
    }
    #[automatically_derived]
    #[allow(deprecated)]
    impl ::ddb_core::__private_0_1_0::KeyedStruct for Line {
        const KEY: &'static [::ddb_core::__private_0_1_0::KeyPattern] =
            &[::ddb_core::__private_0_1_0::KeyPattern::new("PK", &["ORDER#", "#", ""])];
        type Keys = __LineKeys;
    }
    #[automatically_derived]
    #[allow(deprecated)]
    impl ::ddb_core::__private_0_1_0::WriteItem for __LineKeys
    where
        for<'__key> Line:
            ::ddb_core::__private_0_1_0::WriteKeyParts<(&'__key String, &'__key u16), 0usize>,
    {
        const NAMES: &'static ::ddb_core::__private_0_1_0::ImageNames =
            &::ddb_core::__private_0_1_0::ImageNames::UNKNOWN;
        fn write_item(self, __writer: &mut ::ddb_core::__private_0_1_0::ItemWriter) {
            ::ddb_core::__private_0_1_0::WriteItem::write_key(&self, __writer);
        }
        fn write_key(&self, __writer: &mut ::ddb_core::__private_0_1_0::ItemWriter) {
            let Self { id: __field_id, line: __field_line } = self;
            <Line as ::ddb_core::__private_0_1_0::WriteKeyParts<_, 0usize>>::__write_key_parts(
                (__field_id, __field_line),
                __writer,
            );
        }
    }
    #[automatically_derived]
    #[allow(deprecated)]
    impl ::ddb_core::IntoAttribute for __LineKeys
    where
        for<'__key> Line:
            ::ddb_core::__private_0_1_0::WriteKeyParts<(&'__key String, &'__key u16), 0usize>,
    {
        fn into_attribute(
            self,
        ) -> ::core::result::Result<::ddb_core::AttributeValue, ::ddb_core::AttributeError>
        {
            ::ddb_core::__private_0_1_0::write_map(self)
        }
    }
    #[automatically_derived]
    #[allow(deprecated)]
    impl ::ddb_core::IntoItem for __LineKeys where
        for<'__key> Line:
            ::ddb_core::__private_0_1_0::WriteKeyParts<(&'__key String, &'__key u16), 0usize>
    {
    }
    #[automatically_derived]
    #[allow(deprecated)]
    impl ::ddb_core::__private_0_1_0::ReadImage for __LineKeys {
        const NAMES: &'static ::ddb_core::__private_0_1_0::ImageNames =
            &::ddb_core::__private_0_1_0::ImageNames::new(&["PK"], &["key"], &[]);
        const IS_KEY: ::core::primitive::bool = true;
        fn read_image(
            __image: &mut ::ddb_core::__private_0_1_0::Image<'_>,
        ) -> ::core::option::Option<Self> {
            use ::ddb_core::__private_0_1_0::{KeyShape as _, ParseKey as _, ParseVariant as _};
            let mut __field_id = ::ddb_core::__private_0_1_0::Slot::new(
                &const {
                    ::ddb_core::__private_0_1_0::Field::new(
                        &["PK"],
                        ::ddb_core::__private_0_1_0::key_field(
                            ::ddb_core::__private_0_1_0::KeyField::<String>::EXPECTED,
                            ::ddb_core::__private_0_1_0::KeyField::<String>::ABSENCE,
                            "id in ORDER#{id}#{line:04}",
                        ),
                    )
                },
            );
            let mut __field_line = ::ddb_core::__private_0_1_0::Slot::new(
                &const {
                    ::ddb_core::__private_0_1_0::check_padded::<u16>();
                    ::ddb_core::__private_0_1_0::Field::new(
                        &["PK"],
                        ::ddb_core::__private_0_1_0::key_field(
                            ::ddb_core::__private_0_1_0::KeyField::<u16>::EXPECTED,
                            ::ddb_core::__private_0_1_0::KeyField::<u16>::ABSENCE,
                            "line in ORDER#{id}#{line:04}",
                        ),
                    )
                },
            );
            let __template_0 = &const {
                ::ddb_core::__private_0_1_0::KeyTemplate::new(
                    &["ORDER#", "#", ""],
                    ::ddb_core::__private_0_1_0::expect_key::<Line>("ORDER#{id}#{line:04}"),
                    true,
                )
            };
            let mut __key_0 = false;
            ::ddb_core::__private_0_1_0::Image::read_attributes(__image, &mut |__name, __entry| {
                match __name {
                    "PK" => {
                        ::ddb_core::__private_0_1_0::Entry::read_key(
                            __entry,
                            __template_0,
                            &mut __key_0,
                            &mut |__fields| {
                                ::ddb_core::__private_0_1_0::KeyFields::read(
                                    __fields,
                                    &mut __field_id,
                                    |__text| {
                                        :: core :: result :: Result :: map ((&& :: ddb_core :: __private_0_1_0 :: KeyField :: < String > :: __inner ()) . __parse_key (__text) , :: ddb_core :: __private_0_1_0 :: KeyField :: < String > :: __wrap)
                                    },
                                );
                                ::ddb_core::__private_0_1_0::KeyFields::read(
                                    __fields,
                                    &mut __field_line,
                                    |__text| {
                                        :: core :: result :: Result :: map ((&& :: ddb_core :: __private_0_1_0 :: KeyField :: < u16 > :: __inner ()) . __parse_key (__text) , :: ddb_core :: __private_0_1_0 :: KeyField :: < u16 > :: __wrap)
                                    },
                                );
                            },
                        )
                    }
                    _ => {}
                }
            });
            ::ddb_core::__private_0_1_0::Image::expect_key(__image, "PK", __template_0, __key_0);
            let __field_id = ::ddb_core::__private_0_1_0::Image::take(__image, __field_id);
            let __field_line = ::ddb_core::__private_0_1_0::Image::take(__image, __field_line);
            let (
                ::core::option::Option::Some(__field_id),
                ::core::option::Option::Some(__field_line),
            ) = (__field_id, __field_line)
            else {
                return ::core::option::Option::None;
            };
            ::core::option::Option::Some(Self { id: __field_id, line: __field_line })
        }
    }
    #[automatically_derived]
    #[allow(deprecated)]
    impl ::ddb_core::FromAttribute for __LineKeys {
        const EXPECTED: ::ddb_core::error::Expected =
            ::ddb_core::__private_0_1_0::expect_image::<Self>();
        const SCHEMA: &'static ::ddb_core::__private_0_1_0::Schema =
            &::ddb_core::__private_0_1_0::Schema::with_key(
                ::ddb_core::__private_0_1_0::Schema::of_struct(
                    &[::ddb_core::__private_0_1_0::AttributeSchema::key(
                        &["PK"],
                        "ORDER#{id}#{line:04}",
                        "ORDER#",
                        true,
                    )],
                    &[],
                    false,
                ),
                &[::ddb_core::__private_0_1_0::KeyPattern::new("PK", &["ORDER#", "#", ""])],
            );
        fn from_attribute(
            __attribute: ::ddb_core::Attribute<'_>,
        ) -> ::core::result::Result<Self, ::ddb_core::AttributeError> {
            ::ddb_core::__private_0_1_0::read_struct(__attribute)
        }
    }
    #[automatically_derived]
    #[allow(deprecated)]
    impl ::ddb_core::FromStreamImage for __LineKeys {}
    #[automatically_derived]
    #[allow(deprecated)]
    impl ::core::convert::TryFrom<::ddb_core::Item> for __LineKeys {
        type Error = ::ddb_core::ImageError;
        fn try_from(
            __image: ::ddb_core::Item,
        ) -> ::core::result::Result<Self, ::ddb_core::ImageError> {
            <Self as ::ddb_core::FromStreamImage>::from_image(__image)
        }
    }
};
