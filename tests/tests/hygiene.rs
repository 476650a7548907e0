//! Generated code means the same wherever the type is defined, and triggers none of the user's
//! lints.

#![no_implicit_prelude]
#![deny(warnings)]
#![forbid(unused_imports)]
#![deny(clippy::all, clippy::pedantic, clippy::nursery)]
#![deny(
    future_incompatible,
    nonstandard_style,
    rust_2018_idioms,
    rust_2021_compatibility,
    rust_2024_compatibility,
    unused
)]
#![deny(
    elided_lifetimes_in_paths,
    explicit_outlives_requirements,
    let_underscore_drop,
    macro_use_extern_crate,
    meta_variable_misuse,
    missing_debug_implementations,
    missing_docs,
    redundant_lifetimes,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unit_bindings,
    unnameable_types,
    unreachable_pub,
    unsafe_code,
    unused_import_braces,
    unused_lifetimes,
    unused_qualifications,
    unused_results,
    variant_size_differences
)]
#![allow(clippy::redundant_pub_crate, reason = "`unreachable_pub` wants the opposite")]

/// Every kind of derived type, beside declarations with the names that generated code uses.
mod shadowed {
    use ::ddb_core::{DetectChanges, FromAttribute, FromStreamImage, IntoAttribute, IntoItem};

    #[allow(dead_code, non_camel_case_types, reason = "only its name counts")]
    struct str;
    #[allow(dead_code, reason = "only its name counts")]
    struct Option;
    #[allow(dead_code, reason = "only its name counts")]
    struct Result;
    #[allow(dead_code, reason = "only its name counts")]
    struct String;
    #[allow(dead_code, reason = "only its name counts")]
    struct Vec;
    #[allow(dead_code, reason = "only its name counts")]
    struct Default;
    #[allow(dead_code, reason = "only its name counts")]
    struct From;
    #[allow(dead_code, reason = "only its name counts")]
    struct TryFrom;
    #[allow(dead_code, reason = "only its name counts")]
    struct Item;
    #[allow(dead_code, reason = "only its name counts")]
    struct Some;
    #[allow(dead_code, reason = "only its name counts")]
    struct None;
    #[allow(dead_code, reason = "only its name counts")]
    struct Ok;
    #[allow(dead_code, reason = "only its name counts")]
    mod core {}
    #[allow(dead_code, reason = "only its name counts")]
    mod std {}
    #[allow(dead_code, reason = "only its name counts")]
    mod ddb_core {}

    const fn image() -> u8 {
        3
    }

    /// A user's trait whose methods every type has, so that method syntax in generated code would
    /// be ambiguous.
    #[allow(dead_code, missing_docs)]
    trait Everywhere: ::std::marker::Sized {
        fn read(self) {}
        fn read_with(self) {}
        fn read_attributes(self) {}
        fn take(self) {}
        fn take_or(self) {}
        fn take_lossy(self) {}
        fn track_unread(self) {}
        fn deny_unread(self) {}
        fn value(self) {}
        fn of(_: u8) {}
        fn convert(_: u8) {}
        fn convert_absent() {}
        fn from_attribute(_: u8) {}
        fn into_attribute(self) {}
        fn into_field(self) {}
        fn into_name(self) {}
        fn write(self) {}
        fn write_item(self) {}
        fn write_key(self) {}
    }

    impl<T> Everywhere for T {}

    #[derive(::std::fmt::Debug, ::std::cmp::PartialEq, FromStreamImage, IntoItem)]
    pub(super) struct Lossy {
        pub(super) r#type: ::std::string::String,
        pub(super) r#match: ::std::option::Option<u8>,
        #[ddb(default)]
        pub(super) name: u8,
        #[ddb(default = image())]
        pub(super) image: u8,
        #[ddb(alias = "slots", unix_time, null)]
        pub(super) attributes: ::std::option::Option<::std::time::SystemTime>,
        #[ddb(skip)]
        pub(super) attribute: ::std::vec::Vec<u8>,
        #[ddb(set, skip_if = ::std::vec::Vec::is_empty, default)]
        pub(super) writer: ::std::vec::Vec<u8>,
        #[ddb(flatten)]
        pub(super) value: ::std::option::Option<Strict<u8>>,
        #[ddb(rest)]
        pub(super) rest: ::ddb_core::Item,
    }

    /// The impls of a deprecated type do not count as uses of it.
    #[deprecated]
    #[allow(dead_code, reason = "only its name counts")]
    #[derive(::std::fmt::Debug, FromStreamImage, IntoItem)]
    #[ddb(default)]
    pub(super) struct Old {
        #[deprecated]
        #[ddb(from_str)]
        pub(super) a: bool,
        #[ddb(try_from = u32)]
        pub(super) b: u16,
    }

    #[allow(deprecated)]
    impl ::std::default::Default for Old {
        fn default() -> Self {
            Self { a: true, b: 1 }
        }
    }

    #[derive(::std::fmt::Debug, ::std::cmp::PartialEq, FromStreamImage, IntoItem)]
    #[ddb(strict, deny_unknown)]
    pub(super) struct Strict<T> {
        pub(super) generic: T,
        #[ddb(from_str)]
        pub(super) parsed: ::std::net::Ipv4Addr,
        #[ddb(flatten, default)]
        pub(super) flat: Defaulted,
    }

    #[derive(
        ::std::fmt::Debug,
        ::std::default::Default,
        ::std::cmp::PartialEq,
        FromStreamImage,
        IntoItem,
        DetectChanges,
    )]
    #[ddb(default)]
    pub(super) struct Defaulted {
        pub(super) a: u8,
        pub(super) b: Kind,
        pub(super) c: Id,
    }

    #[derive(
        ::std::fmt::Debug, ::std::default::Default, ::std::cmp::PartialEq, FromStreamImage, IntoItem,
    )]
    #[ddb(transparent)]
    pub(super) struct Id(::std::string::String);

    #[derive(::std::fmt::Debug, FromAttribute, IntoAttribute)]
    #[allow(dead_code, reason = "only its constant counts")]
    pub(super) struct Point(f64, #[ddb(from_str)] ::std::net::Ipv4Addr);

    #[allow(dead_code, reason = "only its name counts")]
    impl Point {
        const EXPECTED: u8 = 1;
    }

    #[derive(
        ::std::fmt::Debug,
        ::std::default::Default,
        ::std::cmp::PartialEq,
        FromAttribute,
        IntoAttribute,
    )]
    pub(super) enum Kind {
        #[default]
        r#Yes,
        #[ddb(other)]
        No,
    }

    #[derive(::std::fmt::Debug, ::std::cmp::PartialEq, FromStreamImage, IntoItem)]
    #[ddb(tag = "type")]
    pub(super) enum Tagged<T> {
        Generic(T),
        r#Match {
            r#type: ::std::string::String,
            #[ddb(default = image())]
            image: u8,
            #[ddb(flatten)]
            value: ::std::option::Option<Defaulted>,
            #[ddb(rest)]
            rest: ::ddb_core::Item,
        },
        Unit,
        #[ddb(other)]
        Other(::ddb_core::Item),
    }

    #[derive(::std::fmt::Debug, ::std::cmp::PartialEq, FromStreamImage, IntoItem)]
    #[ddb(
        strict,
        key(PK = "{type}#{image:04}", SK = "{kind}"),
        index_key(GSI1PK = "{image}#{text}")
    )]
    pub(super) struct Keyed {
        pub(super) r#type: ::std::string::String,
        #[ddb(stored, default = image())]
        pub(super) image: u8,
        pub(super) kind: Kind,
        pub(super) text: ::std::option::Option<u8>,
    }

    #[derive(::std::fmt::Debug, FromStreamImage, IntoItem)]
    #[ddb(strict, key(PK = "{text}"))]
    #[allow(dead_code, reason = "only its impls count")]
    pub(super) struct TextKey {
        pub(super) text: ::std::string::String,
    }

    #[derive(::std::fmt::Debug, FromStreamImage, IntoItem)]
    #[ddb(strict, key(PK = "{kind}"))]
    #[allow(dead_code, reason = "only its impls count")]
    pub(super) struct KindKey {
        pub(super) kind: Kind,
    }

    #[derive(::std::fmt::Debug, FromStreamImage, IntoItem)]
    #[ddb(by_key)]
    #[allow(dead_code, reason = "only its impls count")]
    pub(super) enum ByKey<T> {
        Generic(T),
        #[ddb(key(PK = "KIND"))]
        r#Match,
        #[ddb(other)]
        Other(::ddb_core::Item),
    }

    #[allow(dead_code, missing_docs, reason = "only its constants count")]
    impl<T> Tagged<T> {
        const TAGS: u8 = 1;
        const NAMES: u8 = 1;
    }
}

#[::std::prelude::v1::test]
fn generated_code_is_independent_of_its_surroundings() {
    use ::std::convert::{From as _, Into as _};

    let lossy: shadowed::Lossy = ::ddb_core::Item::from(::std::collections::HashMap::from([(
        "type".into(),
        ::ddb_core::AttributeValue::S("t".into()),
    )]))
    .into();
    ::std::assert_eq!(lossy.r#type, "t");
    ::std::assert_eq!(
        (lossy.r#match, lossy.name, lossy.image),
        (::std::option::Option::None, 0, 3)
    );
    ::std::assert_eq!(
        (lossy.attributes, lossy.value),
        (::std::option::Option::None, ::std::option::Option::None)
    );
    ::std::assert!(lossy.attribute.is_empty() && lossy.rest.is_empty());
}

/// A macro that declares an enum, so that its tokens have the macro's spans.
macro_rules! declare {
    ($name:ident, $content:ty, $tag:literal) => {
        #[derive(
            ::std::fmt::Debug,
            ::std::cmp::PartialEq,
            ::ddb_core::FromStreamImage,
            ::ddb_core::IntoItem,
        )]
        #[ddb(tag = $tag)]
        enum $name {
            Content($content),
            Inline {
                text: ::std::string::String,
            },
            #[ddb(other)]
            Other(::ddb_core::Item),
        }
    };
}

declare!(Declared, shadowed::Defaulted, "kind");

#[::std::prelude::v1::test]
fn an_enum_can_be_declared_by_a_macro() {
    use ::ddb_core::FromStreamImage as _;
    use ::std::clone::Clone as _;
    use ::std::default::Default as _;

    let item = ::ddb_core::Item::default();
    let declared = Declared::from_image(item.clone()).unwrap();
    ::std::assert_eq!(declared, Declared::Other(item.clone()));
    let keyed = shadowed::Keyed::from_image(item.clone()).unwrap_err();
    ::std::assert_eq!(keyed.problems().len(), 2);
    let tagged = shadowed::Tagged::<shadowed::Defaulted>::from_image(item.clone()).unwrap();
    ::std::assert_eq!(tagged, shadowed::Tagged::Other(item));
}

#[::std::prelude::v1::test]
fn what_is_written_is_independent_of_its_surroundings() {
    use ::ddb_core::{FromStreamImage as _, IntoItem as _};
    use ::std::clone::Clone as _;
    use ::std::convert::Into as _;
    use ::std::default::Default as _;

    let tagged = shadowed::Tagged::<shadowed::Defaulted>::Match {
        r#type: "t".into(),
        image: 1,
        value: ::std::option::Option::None,
        rest: ::ddb_core::Item::default(),
    };
    // The variant's own `type` is the tag, and has to be that of the variant.
    let error = tagged.into_item().unwrap_err();
    ::std::assert_eq!(error.problems().len(), 1);
    let keyed = shadowed::Keyed {
        r#type: "t".into(),
        image: 1,
        kind: shadowed::Kind::Yes,
        text: ::std::option::Option::Some(2),
    };
    let item = keyed.into_item().unwrap();
    let keyed = shadowed::Keyed::from_image(item.clone()).unwrap();
    ::std::assert_eq!(keyed.into_item().unwrap(), item);
    let declared = Declared::Content(shadowed::Defaulted::default());
    ::std::assert_eq!(declared.into_item().unwrap().len(), 4);
}

#[::std::prelude::v1::test]
fn changes_are_independent_of_their_surroundings() {
    use ::ddb_core::DetectChanges as _;
    use ::std::default::Default as _;

    let old = shadowed::Defaulted::default();
    let new = shadowed::Defaulted { a: 1, ..shadowed::Defaulted::default() };
    let changes = shadowed::Defaulted::changes(&old, &new);
    ::std::assert!(changes.any() && changes.a && !changes.b && !changes.c);
    ::std::assert_eq!(::std::iter::Iterator::count(changes.names()), 1);
}

#[::std::prelude::v1::test]
fn a_type_can_be_declared_in_a_function() {
    use ::ddb_core::FromStreamImage;
    use ::std::default::Default as _;

    const LIMIT: u8 = 9;

    fn double(limit: u8) -> u8 {
        limit * 2
    }

    #[derive(::std::fmt::Debug, ::std::cmp::PartialEq, FromStreamImage)]
    struct Local {
        #[ddb(default = double(LIMIT))]
        limit: u8,
    }

    let local = Local::from_image(::ddb_core::Item::default()).unwrap();
    ::std::assert_eq!(local, Local { limit: 18 });
}
