//! The effect of each `#[ddb(…)]` key.

#![allow(clippy::items_after_statements, reason = "each type is declared beside its assertions")]

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::time::{Duration, SystemTime};

use ddb_core::attribute::FromUnixTime;
use ddb_core::{Attribute, AttributeError, FromAttribute, FromStreamImage, Item};
use ddb_tests::{describe, describe_error, image};
use serde::Deserialize;
use serde_json::json;

#[test]
fn rename_all_names_as_serde_does() {
    macro_rules! cases {
        ($($case:literal),*) => {$({
            #[derive(FromStreamImage, serde::Serialize)]
            #[ddb(rename_all = $case)]
            #[serde(rename_all = $case)]
            #[allow(non_snake_case)]
            struct Fields { id: u8, line_items: u8, address_2: u8, http2_url: u8, r#type: u8, _hidden: u8, mixedCase: u8 }

            #[derive(Debug, PartialEq, Clone, Copy, FromAttribute, serde::Serialize)]
            #[ddb(rename_all = $case)]
            #[serde(rename_all = $case)]
            enum Variants { Id, LineItems, Http2Url, ABTest }

            let fields = Fields { id: 1, line_items: 2, address_2: 3, http2_url: 4, r#type: 5, _hidden: 6, mixedCase: 7 };
            let item: Item = serde_dynamo::to_item(&fields).expect("an item");
            let read = Fields::from_image(item).expect($case);
            assert_eq!((read.id, read.line_items, read.address_2, read.http2_url), (1, 2, 3, 4));
            assert_eq!((read.r#type, read._hidden, read.mixedCase), (5, 6, 7));

            for variant in [Variants::Id, Variants::LineItems, Variants::Http2Url, Variants::ABTest] {
                let name = serde_json::to_value(variant).expect("a name");
                assert_eq!(ddb_tests::read(&json!({"S": name})), Ok(variant), $case);
            }
        })*};
    }
    cases!(
        "lowercase",
        "UPPERCASE",
        "PascalCase",
        "camelCase",
        "snake_case",
        "SCREAMING_SNAKE_CASE",
        "kebab-case",
        "SCREAMING-KEBAB-CASE"
    );
}

#[test]
fn the_name_wins_over_its_aliases_and_the_first_alias_over_the_second() {
    #[derive(Debug, FromStreamImage)]
    struct Aliased {
        #[ddb(rename = "Id", alias = "ID", alias = "id")]
        id: u32,
    }
    // The order of a map is random. Each case is repeated often enough that every order occurs.
    for _ in 0..20 {
        for (attributes, expected) in [
            (json!({"Id": {"N": "1"}, "ID": {"N": "2"}, "id": {"N": "3"}}), Ok(1)),
            (json!({"ID": {"N": "2"}, "id": {"N": "3"}}), Ok(2)),
            (json!({"id": {"N": "3"}}), Ok(3)),
            // An attribute whose name loses is not read.
            (json!({"Id": {"N": "1"}, "ID": {"S": "x"}, "id": {"S": "x"}}), Ok(1)),
            (json!({"ID": {"N": "2"}, "id": {"S": "x"}}), Ok(2)),
            (
                json!({"Id": {"S": "x"}, "ID": {"N": "2"}}),
                Err("Id: expected N (u32), found S".to_owned()),
            ),
            (json!({}), Err("Id: missing, expected N (u32)".to_owned())),
        ] {
            let read = Aliased::from_image(image(attributes.clone()));
            assert_eq!(
                read.map(|aliased| aliased.id).map_err(|error| error.to_string()),
                expected,
                "{attributes}"
            );
        }
    }
}

#[test]
fn a_container_default_fills_in_field_by_field() {
    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(default)]
    struct Settings {
        theme: String,
        size: u32,
        #[ddb(default = 3)]
        depth: u32,
    }
    impl Default for Settings {
        fn default() -> Self {
            Self { theme: "dark".into(), size: 12, depth: 0 }
        }
    }
    let settings =
        Settings::from_image(image(json!({"size": {"N": "14"}, "theme": {"NULL": true}})));
    assert_eq!(settings.expect("fits"), Settings { theme: "dark".into(), size: 14, depth: 3 });
    assert!(Settings::from_image(image(json!({"size": {"S": "14"}}))).is_err());

    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(default = Limits { low: 1, high: 9 }, strict)]
    struct Limits {
        low: u8,
        high: u8,
    }
    assert_eq!(
        Limits::from_image(image(json!({"low": {"N": "2"}}))).expect("fits"),
        Limits { low: 2, high: 9 }
    );
}

#[test]
fn skip_reads_nothing() {
    #[derive(Debug, PartialEq, FromStreamImage)]
    struct Cached {
        id: u32,
        #[ddb(skip)]
        cache: Option<String>,
        #[ddb(skip, default = vec![1, 2])]
        seed: Vec<u8>,
    }
    let cached = Cached::from_image(image(
        json!({"id": {"N": "1"}, "cache": {"S": "x"}, "seed": {"S": "x"}}),
    ));
    assert_eq!(cached.expect("fits"), Cached { id: 1, cache: None, seed: vec![1, 2] });
}

#[test]
fn deny_unknown_names_what_it_does_not_know() {
    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(deny_unknown)]
    struct Closed {
        id: u32,
        #[ddb(alias = "Name")]
        name: Option<String>,
    }
    assert!(Closed::from_image(image(json!({"id": {"N": "1"}, "Name": {"S": "x"}}))).is_ok());
    let extra = image(json!({"id": {"N": "1"}, "extra": {"S": "x"}}));
    let report = Closed::from_image_lossy(extra.clone());
    assert_eq!(report.value, Closed { id: 1, name: None });
    assert_eq!(
        describe(&report.problems),
        ["extra: unknown attribute, the struct has Name, id or name"]
    );
    assert_eq!(report.problems[0].replaced(), None);
    let error = Closed::from_image(extra).expect_err("closed");
    assert_eq!(
        describe_error(&error),
        ["extra: unknown attribute, the struct has Name, id or name"]
    );
}

#[derive(Debug, Default, PartialEq, FromStreamImage)]
struct Address {
    street: String,
    city: String,
}

#[derive(Debug, PartialEq, FromStreamImage)]
#[ddb(deny_unknown, strict)]
struct Geo {
    lat: f64,
    lon: f64,
}

#[test]
fn flattened_structs_and_the_rest_share_an_image() {
    #[derive(Debug, PartialEq, FromStreamImage)]
    struct Customer {
        id: u32,
        #[ddb(flatten)]
        address: Address,
        #[ddb(flatten)]
        geo: Option<Geo>,
        #[ddb(rest)]
        rest: BTreeMap<String, String>,
    }
    let full = json!({
        "id": {"N": "1"}, "street": {"S": "s"}, "city": {"S": "c"}, "lat": {"N": "1.5"}, "lon": {"N": "2"},
        "note": {"S": "n"}, "colour": {"S": "red"},
    });
    let address = || Address { street: "s".into(), city: "c".into() };
    let rest = || {
        BTreeMap::from([
            ("note".to_owned(), "n".to_owned()),
            ("colour".to_owned(), "red".to_owned()),
        ])
    };
    let customer =
        Customer { id: 1, address: address(), geo: Some(Geo { lat: 1.5, lon: 2.0 }), rest: rest() };
    assert_eq!(Customer::from_image_ref(&image(full.clone())).expect("fits"), customer);
    assert_eq!(Customer::from_image(image(full.clone())).expect("fits"), customer);

    let mut no_geo = full.clone();
    let attributes = no_geo.as_object_mut().expect("an image");
    attributes.retain(|name, _| name != "lat" && name != "lon");
    assert_eq!(
        Customer::from_image(image(no_geo)).expect("fits"),
        Customer { id: 1, address: address(), geo: None, rest: rest() }
    );

    // An optional flattened struct is absent only if all of its attributes are missing or `NULL`.
    // With any other attribute, it has to fit.
    let mut half = full;
    half["lat"] = json!({"S": "north"});
    half["street"] = json!({"N": "1"});
    half["note"] = json!({"N": "1"});
    let report = Customer::from_image_lossy(image(half));
    assert_eq!(
        report.value,
        Customer {
            id: 1,
            address: Address { street: String::new(), ..address() },
            geo: None,
            rest: [].into()
        }
    );
    assert_eq!(
        describe(&report.problems),
        [
            "lat: expected N (f64), found S",
            "note: expected S (String), found N",
            "street: expected S (String), found N",
        ]
    );
    // A flattened field or a `rest` field does not have a path. If it is replaced, the path is that
    // of the image, which is empty.
    let replaced: Vec<_> = report.problems.iter().map(|problem| problem.replaced()).collect();
    assert_eq!(replaced, [Some(""), Some(""), Some("street")]);
}

/// `rest` collects what no flattened field reads, even if it is declared before them.
#[test]
fn the_rest_is_what_flattened_fields_leave_wherever_it_stands() {
    #[derive(Debug, PartialEq, FromStreamImage)]
    struct Customer {
        #[ddb(rest)]
        rest: BTreeMap<String, u32>,
        #[ddb(flatten)]
        address: Address,
    }
    let customer = Customer::from_image(image(
        json!({"street": {"S": "s"}, "city": {"S": "c"}, "n": {"N": "1"}}),
    ));
    let address = Address { street: "s".into(), city: "c".into() };
    assert_eq!(
        customer.expect("fits"),
        Customer { rest: BTreeMap::from([("n".to_owned(), 1)]), address }
    );
}

/// `Problem::replaced` is the path of the outermost value that was replaced because of the problem.
#[test]
fn replaced_names_the_outermost_value_that_got_its_default() {
    #[derive(Debug, Default, PartialEq, FromStreamImage)]
    #[ddb(deny_unknown)]
    struct Closed {
        a: u8,
    }
    #[derive(Debug, PartialEq, FromStreamImage)]
    struct Stops {
        one: Closed,
        many: Vec<Closed>,
        pair: (u8, Closed),
        #[ddb(flatten)]
        geo: Option<Geo>,
    }
    #[derive(Debug, PartialEq, FromStreamImage)]
    struct Nested {
        stops: Stops,
    }
    impl Default for Stops {
        fn default() -> Self {
            Self {
                one: Closed::default(),
                many: Vec::new(),
                pair: (9, Closed::default()),
                geo: None,
            }
        }
    }
    let unknown = json!({"M": {"a": {"N": "1"}, "b": {"N": "1"}}});
    let report = Nested::from_image_lossy(image(json!({"stops": {"M": {
        "one": unknown, "many": {"L": [unknown]}, "pair": {"L": [{"N": "x"}, unknown]}, "lat": {"S": "x"},
    }}})));
    let stops: Vec<_> =
        report.problems.iter().map(|problem| (problem.path(), problem.replaced())).collect();
    assert_eq!(
        stops,
        [
            ("stops.lat", Some("stops")),
            ("stops.lon", Some("stops")),
            ("stops.many[0].b", None),
            ("stops.one.b", None),
            ("stops.pair[0]", Some("stops.pair")),
            ("stops.pair[1].b", Some("stops.pair")),
        ]
    );
    assert_eq!(report.value.stops.many, [Closed { a: 1 }]);
    assert_eq!(report.value.stops.pair, (0, Closed { a: 0 }));
}

/// The problem of a missing attribute suggests a name in the image that differs only in case and
/// underscores.
#[test]
fn a_name_that_differs_in_case_is_suggested() {
    #[derive(Debug, FromStreamImage)]
    struct Forgotten {
        line_items: Option<u8>,
        id: u32,
        #[ddb(rename = "entity_type")]
        kind: String,
    }
    let read = Forgotten::from_image(image(
        json!({"Id": {"N": "1"}, "EntityType": {"S": "x"}, "LineItems": {"N": "1"}}),
    ));
    assert_eq!(
        describe_error(&read.expect_err("other names")),
        [
            "entity_type: missing, expected S (String), but there is EntityType",
            "id: missing, expected N (u32), but there is Id",
        ]
    );
    let _ = |forgotten: Forgotten| (forgotten.id, forgotten.kind, forgotten.line_items);
}

#[test]
fn the_rest_can_be_an_item_and_deny_unknown_sees_through_flatten() {
    #[derive(Debug, FromStreamImage)]
    #[ddb(strict)]
    struct Open {
        id: u32,
        #[ddb(rest)]
        rest: Item,
    }
    let attributes = json!({"id": {"N": "1"}, "a": {"NULL": false}, "b": {"L": [{"N": "x"}]}});
    for open in
        [Open::from_image(image(attributes.clone())), Open::from_image_ref(&image(attributes))]
    {
        let open = open.expect("fits");
        assert_eq!(open.id, 1);
        assert_eq!(open.rest, image(json!({"a": {"NULL": false}, "b": {"L": [{"N": "x"}]}})));
    }

    #[derive(Debug, FromStreamImage)]
    #[ddb(strict, deny_unknown)]
    struct Closed {
        #[ddb(flatten)]
        geo: Geo,
        #[ddb(flatten, default)]
        address: Address,
    }
    let closed =
        Closed::from_image(image(json!({"lat": {"N": "1"}, "lon": {"N": "2"}}))).expect("fits");
    assert_eq!(closed.geo, Geo { lat: 1.0, lon: 2.0 });
    assert_eq!(closed.address, Address::default());
    let error =
        Closed::from_image(image(json!({"lat": {"N": "1"}, "lon": {"N": "2"}, "x": {"N": "2"}})));
    assert_eq!(error.expect_err("x").to_string(), "x: unknown attribute");
}

/// A user's module, which also reads a number from text.
mod lenient {
    use super::{Attribute, AttributeError, FromAttribute};

    pub fn from_attribute(attribute: Attribute<'_>) -> Result<u32, AttributeError> {
        match attribute.attribute_type() {
            ddb_core::attribute::AttributeType::S => String::from_attribute(attribute)?
                .parse()
                .map_err(|_| AttributeError::expected("digits")),
            _ => u32::from_attribute(attribute),
        }
    }
}

#[derive(Debug, PartialEq)]
struct Even(u32);

impl TryFrom<u32> for Even {
    type Error = String;

    fn try_from(number: u32) -> Result<Self, String> {
        if number.is_multiple_of(2) { Ok(Self(number)) } else { Err(format!("{number} is odd")) }
    }
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Shape {
    Circle { radius: f64 },
}

#[derive(Debug, PartialEq)]
struct Milliseconds(i64);

impl FromUnixTime for Milliseconds {
    fn from_unix_time(seconds: i64, nanoseconds: u32) -> Option<Self> {
        seconds.checked_mul(1000)?.checked_add(i64::from(nanoseconds / 1_000_000)).map(Self)
    }
}

#[derive(Debug, PartialEq, FromStreamImage)]
#[ddb(strict)]
struct Converted {
    #[ddb(with = lenient)]
    count: u32,
    #[ddb(with = lenient)]
    optional_count: Option<u32>,
    #[ddb(from_str)]
    ip: IpAddr,
    #[ddb(from_str, default = Ipv4Addr::LOCALHOST)]
    home: Ipv4Addr,
    #[ddb(from_str)]
    optional_ip: Option<Ipv4Addr>,
    #[ddb(try_from = u32)]
    even: Even,
    #[ddb(try_from = u32)]
    optional_even: Option<Even>,
    #[ddb(serde)]
    shape: Shape,
    #[ddb(serde)]
    optional_shape: Option<Shape>,
    #[ddb(unix_time)]
    created: SystemTime,
    #[ddb(unix_time)]
    expires: Option<Milliseconds>,
}

fn converted() -> serde_json::Value {
    json!({
        "count": {"S": "7"},
        "ip": {"S": "::1"},
        "even": {"N": "2"},
        "shape": {"M": {"circle": {"M": {"radius": {"N": "1.5"}}}}},
        "created": {"N": "1700000000.25"},
    })
}

#[test]
fn conversions_read_a_type_and_an_option_of_it() {
    let read = Converted::from_image(image(converted())).expect("fits");
    assert_eq!(
        read,
        Converted {
            count: 7,
            optional_count: None,
            ip: "::1".parse().expect("an address"),
            home: Ipv4Addr::LOCALHOST,
            optional_ip: None,
            even: Even(2),
            optional_even: None,
            shape: Shape::Circle { radius: 1.5 },
            optional_shape: None,
            created: SystemTime::UNIX_EPOCH + Duration::from_millis(1_700_000_000_250),
            expires: None,
        }
    );
    let mut full = converted();
    full["count"] = json!({"N": "8"});
    full["optional_count"] = json!({"S": "9"});
    full["optional_ip"] = json!({"S": "10.0.0.1"});
    full["optional_even"] = json!({"N": "4"});
    full["optional_shape"] = json!({"NULL": false});
    full["expires"] = json!({"N": "-1.5"});
    let read = Converted::from_image_ref(&image(full)).expect("fits");
    assert_eq!((read.count, read.optional_count, read.optional_even), (8, Some(9), Some(Even(4))));
    assert_eq!((read.optional_ip, read.optional_shape), (Some(Ipv4Addr::new(10, 0, 0, 1)), None));
    assert_eq!(read.expires, Some(Milliseconds(-1500)));
}

#[test]
fn conversions_say_what_they_expected_and_keep_their_error_aside() {
    let mut wrong = converted();
    for (name, value) in [
        ("count", json!({"S": "seven"})),
        ("ip", json!({"S": "secret address"})),
        ("optional_ip", json!({"BOOL": true})),
        ("even", json!({"N": "3"})),
        ("optional_even", json!({"S": "x"})),
        ("shape", json!({"M": {"secret shape": {"NULL": true}}})),
        ("created", json!({"N": "1E-10"})),
        ("expires", json!({"N": "9E18"})),
    ] {
        wrong[name] = value;
    }
    let error = Converted::from_image(image(wrong)).expect_err("does not fit");
    assert_eq!(
        describe_error(&error),
        [
            "count: expected digits",
            "created: expected N (SystemTime), found N with too many digits",
            "even: expected N (Even), found N that does not convert",
            "expires: expected N (Milliseconds), found N out of range",
            "ip: expected S or N (IpAddr), found S that does not convert",
            "optional_even: expected N (u32), found S",
            "optional_ip: expected S or N (Ipv4Addr), found BOOL",
            "shape: expected Shape, found M that does not convert",
        ]
    );
    let cause_of = |path: &str| {
        let problem = error.problems().iter().find(|problem| problem.path() == path).expect(path);
        assert!(std::error::Error::source(problem).is_none());
        problem.cause().map(ToString::to_string)
    };
    assert_eq!(cause_of("even").as_deref(), Some("3 is odd"));
    assert!(cause_of("shape").is_some_and(|cause| cause.contains("secret shape")));
    assert_eq!(cause_of("created"), None);
    assert!(!format!("{error} {error:?} {error:#?}").contains("secret"));
    assert!(!format!("{error} {error:?} {error:#?}").contains("odd"));

    let error = Converted::from_image(image(json!({}))).expect_err("all is missing");
    assert_eq!(
        describe_error(&error),
        [
            "count: missing, expected u32",
            "created: missing, expected N (SystemTime)",
            "even: missing, expected N (Even)",
            "ip: missing, expected S or N (IpAddr)",
            "shape: missing, expected Shape",
        ]
    );
}

#[test]
fn a_transparent_struct_is_what_its_field_is() {
    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(transparent)]
    struct Id<T>(String, #[ddb(skip)] std::marker::PhantomData<T>);

    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(transparent)]
    struct Named {
        inner: Address,
    }

    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(transparent, strict)]
    struct Strict(Geo);

    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(transparent)]
    struct Parsed(#[ddb(from_str)] IpAddr);

    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(transparent)]
    struct Maybe(Option<u8>);

    assert_eq!(
        ddb_tests::read::<Id<u8>>(&json!({"S": "x"})),
        Ok(Id("x".into(), std::marker::PhantomData))
    );
    assert_eq!(
        ddb_tests::read::<Id<u8>>(&json!({"N": "1"})),
        Err("value: expected S (String), found N".into())
    );
    assert_eq!(
        ddb_tests::read::<Parsed>(&json!({"S": "::1"})).map(|parsed| parsed.0.is_loopback()),
        Ok(true)
    );
    let address = image(json!({"street": {"S": "s"}, "city": {"S": "c"}}));
    assert_eq!(Named::from(address.clone()).inner.city, "c");
    assert_eq!(Named::from_image(address).expect("fits").inner.street, "s");
    assert!(Strict::try_from(image(json!({}))).is_err());
    assert_eq!(
        Strict::try_from(image(json!({"lat": {"N": "1"}, "lon": {"N": "2"}})))
            .expect("fits")
            .0
            .lon
            .to_string(),
        "2"
    );

    assert_eq!(
        ddb_tests::Holder::<Maybe>::from_image(image(json!({}))).expect("optional").value,
        Maybe(None)
    );
}

#[test]
fn generics_are_bounded_by_what_their_fields_need() {
    #[derive(Debug, PartialEq, FromStreamImage)]
    struct Page<T, const N: usize> {
        items: Vec<T>,
        next: Option<T>,
        corners: Corners<N>,
    }
    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(transparent)]
    struct Corners<const N: usize>(Vec<[u8; N]>);
    impl<const N: usize> Default for Corners<N> {
        fn default() -> Self {
            Self(Vec::new())
        }
    }
    #[derive(Debug, PartialEq, FromStreamImage)]
    struct Tree<T> {
        value: Option<T>,
        children: Vec<Tree<T>>,
        parent: Option<Box<Self>>,
    }
    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(
        strict,
        bound = "T: std::str::FromStr<Err: Into<Box<dyn std::error::Error + Send + Sync>>>"
    )]
    struct Parsed<T>
    where
        T: Copy,
    {
        #[ddb(from_str)]
        value: T,
    }
    #[derive(Debug, PartialEq, FromStreamImage)]
    struct Wrapped<T> {
        #[ddb(flatten)]
        inner: T,
        kind: String,
    }

    let page = Page::<u8, 2>::from(image(json!({
        "items": {"L": [{"N": "1"}]}, "corners": {"L": [{"L": [{"N": "1"}, {"N": "2"}]}]},
    })));
    assert_eq!(page, Page { items: vec![1], next: None, corners: Corners(vec![[1, 2]]) });
    let leaf = json!({"M": {"value": {"N": "2"}, "children": {"L": []}}});
    let tree =
        Tree::<u8>::from_image(image(json!({"value": {"N": "1"}, "children": {"L": [leaf]}})))
            .expect("fits");
    assert_eq!(tree.children[0].value, Some(2));
    assert!(
        Parsed::<bool>::from_image(image(json!({"value": {"S": "true"}}))).expect("fits").value
    );
    let wrapped = Wrapped::<Address>::from(image(json!({"city": {"S": "c"}, "kind": {"S": "k"}})));
    assert_eq!((wrapped.inner.city, wrapped.kind), ("c".into(), "k".into()));
}

#[test]
fn a_repeated_problem_list_is_cut_in_the_message_only() {
    let values: Vec<_> = (0..100).map(|_| json!({"S": "x"})).collect();
    let error = ddb_tests::Holder::<Vec<u8>>::from_image(image(json!({"value": {"L": values}})))
        .expect_err("100");
    assert_eq!(error.problems().len(), 100);
    assert!(error.to_string().ends_with("; and 92 more"));
}

#[test]
fn a_conversion_from_an_option_takes_what_is_not_there() {
    #[derive(Debug, PartialEq)]
    struct Stock(u32);
    impl From<Option<u32>> for Stock {
        fn from(stock: Option<u32>) -> Self {
            Self(stock.unwrap_or(0))
        }
    }
    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(strict)]
    struct Item {
        #[ddb(try_from = Option<u32>)]
        stock: Stock,
    }
    for attributes in [json!({}), json!({"stock": {"NULL": true}}), json!({"stock": {"N": "0"}})] {
        assert_eq!(Item::from_image(image(attributes)).expect("fits"), Item { stock: Stock(0) });
    }
}

#[test]
fn a_newtype_can_contain_itself() {
    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(transparent)]
    struct Tree(Vec<Tree>);
    let tree = ddb_tests::read::<Tree>(&json!({"L": [{"L": []}, {"L": [{"L": []}]}]}));
    assert_eq!(tree, Ok(Tree(vec![Tree(vec![]), Tree(vec![Tree(vec![])])])));
}

#[test]
fn a_generic_type_that_contains_itself_needs_no_default_of_its_parameter() {
    #[derive(Debug, FromStreamImage)]
    struct Tree<T> {
        value: Option<T>,
        children: Vec<Tree<T>>,
    }
    let tree = Tree::<std::num::NonZero<u8>>::from(image(json!({"value": {"N": "1"}})));
    assert_eq!((tree.value.map(std::num::NonZero::get), tree.children.len()), (Some(1), 0));
}

#[test]
fn names_of_any_kind_are_put_in_order() {
    // Sorting panics if the order contradicts itself, so many names with different runs of digits
    // are tried.
    for seed in 0..200_u64 {
        let mut number = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut entries = serde_json::Map::new();
        for index in 0..60 {
            number ^= number << 13;
            number ^= number >> 7;
            number ^= number << 17;
            let name = format!("{number:x}{}", "0".repeat(index % 3));
            entries.insert(name[name.len() / 2..].repeat(index % 4 + 1), json!({"S": "x"}));
        }
        let read = ddb_tests::Holder::<BTreeMap<String, u8>>::from_image(image(
            json!({"value": {"M": entries}}),
        ));
        assert_eq!(read.expect_err("no numbers").problems().len(), entries.len());
    }
}

/// A report keeps at most 1000 problems, and makes at most 100 suggestions.
#[test]
fn only_the_first_thousand_problems_are_kept() {
    #[derive(Debug, FromStreamImage)]
    struct Line {
        a: u8,
        b: u8,
    }
    let lines: Vec<_> = (0..5000).map(|_| json!({"M": {}})).collect();
    let error = ddb_tests::Holder::<Vec<Line>>::from_image(image(json!({"value": {"L": lines}})))
        .expect_err("empty");
    assert_eq!(error.problems().len(), 1000);
    // Each suggestion costs a search through all names of an image, so their number is limited.
    let lines: Vec<_> =
        (0..5000).map(|_| json!({"M": {"A": {"N": "1"}, "b": {"N": "2"}}})).collect();
    let error = ddb_tests::Holder::<Vec<Line>>::from_image(image(json!({"value": {"L": lines}})))
        .expect_err("a capital");
    assert_eq!(
        error
            .problems()
            .iter()
            .filter(|problem| problem.to_string().ends_with("but there is A"))
            .count(),
        100
    );
    let _ = |line: Line| (line.a, line.b);
}

/// Only missing attributes count towards the limit on suggestions.
#[test]
fn problems_of_other_kinds_take_no_hint_away() {
    #[derive(Debug, FromStreamImage)]
    struct Inner {
        a: u8,
    }
    #[derive(Debug, FromStreamImage)]
    struct Boxed {
        #[ddb(flatten)]
        inner: Option<Inner>,
    }
    #[derive(Debug, FromStreamImage)]
    struct Forgotten {
        numbers: Vec<u8>,
        boxes: Vec<Boxed>,
        line_items: u8,
    }
    let numbers: Vec<_> = (0..200).map(|_| json!({"S": "x"})).collect();
    // The attributes that a flattened `Option` lacks take no suggestion away either.
    let boxes: Vec<_> = (0..200).map(|_| json!({"M": {}})).collect();
    let image =
        image(json!({"numbers": {"L": numbers}, "boxes": {"L": boxes}, "LineItems": {"N": "1"}}));
    let problems = describe_error(&Forgotten::from_image(image).expect_err("another name"));
    assert_eq!(problems.len(), 201);
    assert_eq!(problems[0], "line_items: missing, expected N (u8), but there is LineItems");
    let _ = |forgotten: Forgotten| (forgotten.numbers, forgotten.line_items, forgotten.boxes);
    let _ = |boxed: Boxed| boxed.inner.map(|inner| inner.a);
}
