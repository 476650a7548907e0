//! The attribute values that each kind of type with `#[derive(FromAttribute)]` is read from.

use std::collections::{BTreeMap, HashMap};
use std::net::Ipv4Addr;

use ddb_core::{FromAttribute, FromStreamImage};
use ddb_tests::{describe, image, read};
use serde_json::json;

#[derive(Debug, Default, PartialEq, FromAttribute)]
struct Address {
    street: String,
    city: String,
}

#[derive(Debug, PartialEq, FromAttribute)]
struct Position(f64, #[ddb(from_str)] Option<Ipv4Addr>, #[ddb(skip)] u8, Option<u8>);

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, FromAttribute)]
#[ddb(rename_all = "lowercase")]
enum Colour {
    Red {},
    Green(),
    #[ddb(alias = "azure")]
    Blue,
}

#[derive(Debug, Default, PartialEq, Eq, PartialOrd, Ord, FromAttribute)]
#[ddb(transparent)]
struct Id(u32);

#[test]
fn a_struct_is_read_from_a_map() {
    let value = json!({"M": {"street": {"S": "s"}, "city": {"S": "c"}}});
    let address = Address { street: "s".into(), city: "c".into() };
    assert_eq!(read::<Address>(&value), Ok(address));
    assert_eq!(
        read::<Address>(&json!({"L": []})),
        Err("value: expected M (Address), found L".to_owned())
    );
}

#[test]
fn a_struct_keeps_what_fits_inside_a_lossy_item_unless_it_is_strict() {
    #[derive(Debug, PartialEq, FromStreamImage)]
    struct Customer {
        address: Address,
        strict: Option<Strict>,
    }
    #[derive(Debug, PartialEq, FromAttribute)]
    #[ddb(strict)]
    struct Strict {
        number: std::num::NonZero<u8>,
    }
    let report = Customer::from_image_lossy(image(json!({
        "address": {"M": {"street": {"S": "s"}, "city": {"N": "1"}}},
        "strict": {"M": {"number": {"N": "0"}}},
    })));
    let address = Address { street: "s".into(), city: String::new() };
    assert_eq!(report.value, Customer { address, strict: None });
    assert_eq!(
        describe(&report.problems),
        [
            "address.city: expected S (String), found N",
            "strict.number: expected N (NonZero<u8>), found N out of range",
        ]
    );
}

#[test]
fn a_struct_is_flattened_whichever_derive_it_has() {
    #[derive(Debug, PartialEq, FromStreamImage)]
    struct Customer {
        id: Id,
        #[ddb(flatten)]
        address: Box<Address>,
    }
    let json = json!({"id": {"N": "1"}, "street": {"S": "s"}, "city": {"S": "c"}});
    let address = Box::new(Address { street: "s".into(), city: "c".into() });
    assert_eq!(Customer::from(image(json)), Customer { id: Id(1), address });
}

#[test]
fn a_tuple_struct_is_read_from_a_list_of_its_length() {
    let local = Some(Ipv4Addr::LOCALHOST);
    assert_eq!(
        read::<Position>(&json!({"L": [{"N": "1.5"}, {"S": "127.0.0.1"}, {"N": "7"}]})),
        Ok(Position(1.5, local, 0, Some(7)))
    );
    assert_eq!(
        read::<Position>(&json!({"L": [{"N": "1.5"}, {"NULL": true}, {"NULL": true}]})),
        Ok(Position(1.5, None, 0, None))
    );
    // This case cannot use `read`, which expects that a lossy item replaces the whole attribute. An
    // element that is an `Option` is replaced alone.
    let elements = json!({"L": [{"N": "1.5"}, {"S": "x"}, {"S": "x"}]});
    let value = serde_json::from_value(elements).expect("a value");
    assert_eq!(
        Position::from_value(value).expect_err("two problems").to_string(),
        "2 problems: [1]: expected S or N (Ipv4Addr), found S that does not convert; \
         [2]: expected N (u8), found S"
    );
    assert_eq!(
        read::<Position>(&json!({"L": [{"S": "1.5"}, {"S": "127.0.0.1"}, {"N": "7"}]})),
        Err("value[0]: expected N (f64), found S".to_owned())
    );
    for length in [0, 2, 4] {
        let elements = vec![json!({"N": "1"}); length];
        assert_eq!(
            read::<Position>(&json!({"L": elements})),
            Err(format!("value: expected L of length 3 (Position), found L of length {length}"))
        );
    }
    assert_eq!(
        read::<Position>(&json!({"NS": ["1", "2", "3"]})),
        Err("value: expected L (Position), found NS".to_owned())
    );
}

#[test]
fn an_enum_is_read_from_the_name_of_a_variant_whichever_brackets_it_has() {
    for (name, colour) in [
        ("red", Colour::Red {}),
        ("green", Colour::Green()),
        ("blue", Colour::Blue),
        ("azure", Colour::Blue),
    ] {
        assert_eq!(read::<Colour>(&json!({"S": name})), Ok(colour));
    }
    assert_eq!(
        read::<Colour>(&json!({"S": "Red"})),
        Err("value: expected S (Colour: red, green or blue), found an S that is none of these"
            .to_owned())
    );
}

#[test]
fn enums_and_newtypes_of_keys_are_keys() {
    let value = json!({"M": {"red": {"N": "1"}, "azure": {"N": "2"}}});
    let map = BTreeMap::from([(Colour::Red {}, 1_u8), (Colour::Blue, 2)]);
    assert_eq!(read(&value), Ok(map));
    let value = json!({"M": {"7": {"N": "1"}}});
    assert_eq!(read(&value), Ok(BTreeMap::from([(Id(7), 1_u8)])));
}

#[test]
fn values_are_generic_and_recursive() {
    #[derive(Debug, PartialEq, FromAttribute)]
    struct Pair<A, B>(A, B);

    #[derive(Debug, Default, PartialEq, FromAttribute)]
    struct Tree {
        name: String,
        children: Vec<Tree>,
    }
    assert_eq!(
        read::<Pair<Id, Vec<Pair<u8, u8>>>>(
            &json!({"L": [{"N": "1"}, {"L": [{"L": [{"N": "2"}, {"N": "3"}]}]}]})
        ),
        Ok(Pair(Id(1), vec![Pair(2, 3)]))
    );
    let leaf = json!({"M": {"name": {"S": "leaf"}, "children": {"L": []}}});
    let tree = json!({"M": {"name": {"S": "root"}, "children": {"L": [leaf]}}});
    let leaf = Tree { name: "leaf".into(), children: vec![] };
    assert_eq!(read(&tree), Ok(Tree { name: "root".into(), children: vec![leaf] }));
}

#[test]
fn a_value_is_converted_as_a_whole() {
    #[derive(Debug, PartialEq, FromAttribute)]
    #[ddb(try_from = String)]
    enum Sku {
        Known(u32),
        None,
    }
    impl TryFrom<String> for Sku {
        type Error = Box<dyn std::error::Error + Send + Sync>;

        fn try_from(text: String) -> Result<Self, Self::Error> {
            match text.strip_prefix("SKU-") {
                Some(number) => Ok(Sku::Known(number.parse()?)),
                None if text.is_empty() => Ok(Sku::None),
                None => Err(text.into()),
            }
        }
    }
    #[derive(Debug, PartialEq, FromAttribute)]
    #[ddb(from = HashMap<String, u32>)]
    struct Counts(usize);

    impl From<HashMap<String, u32>> for Counts {
        fn from(map: HashMap<String, u32>) -> Self {
            Counts(map.len())
        }
    }
    assert_eq!(read(&json!({"S": "SKU-7"})), Ok(Sku::Known(7)));
    assert_eq!(read(&json!({"S": ""})), Ok(Sku::None));
    assert_eq!(
        read::<Sku>(&json!({"S": "secret"})),
        Err("value: expected S (Sku), found S that does not convert".to_owned())
    );
    assert_eq!(read(&json!({"M": {"a": {"N": "1"}}})), Ok(Counts(1)));
}

#[test]
fn an_enum_with_repr_is_read_by_its_numbers() {
    #[derive(Debug, PartialEq, Eq, Hash, FromAttribute)]
    #[ddb(repr)]
    enum Level {
        Low,
        Middle = 5,
        High,
        Below = -1,
    }
    for (text, level) in
        [("0", Level::Low), ("5", Level::Middle), ("6.0", Level::High), ("-1", Level::Below)]
    {
        assert_eq!(read(&json!({ "N": text })), Ok(level), "{text}");
    }
    let expected = "value: expected N (Level: 0, 5, 6 or -1)";
    for text in ["7", "0.5", "1E125"] {
        assert_eq!(
            read::<Level>(&json!({ "N": text })),
            Err(format!("{expected}, found an N that is none of these")),
            "{text}"
        );
    }
    assert_eq!(
        read::<Level>(&json!({"N": "x"})),
        Err(format!("{expected}, found N that is not a number"))
    );
    assert_eq!(read::<Level>(&json!({"S": "Low"})), Err(format!("{expected}, found S")));
    assert_eq!(read(&json!({"NS": ["0", "5"]})), Ok(vec![Level::Low, Level::Middle]));
    assert_eq!(read(&json!({"M": {"5": {"N": "1"}}})), Ok(HashMap::from([(Level::Middle, 1_u8)])));
}

#[test]
fn an_enum_with_repr_may_have_a_variant_for_other_numbers() {
    #[derive(Debug, PartialEq, FromAttribute)]
    #[ddb(repr)]
    enum Level {
        Low = 1,
        #[ddb(other)]
        Unknown,
    }
    for (text, level) in [
        ("1", Level::Low),
        ("2", Level::Unknown),
        ("0.5", Level::Unknown),
        ("1E125", Level::Unknown),
    ] {
        assert_eq!(read(&json!({ "N": text })), Ok(level), "{text}");
    }
    assert_eq!(
        read::<Level>(&json!({"S": "1"})),
        Err("value: expected N (Level), found S".to_owned())
    );
}

#[test]
fn an_other_variant_may_keep_the_name() {
    #[derive(Debug, PartialEq, Eq, Hash, FromAttribute)]
    enum Status {
        Open,
        #[ddb(other)]
        Unknown(String),
    }
    assert_eq!(read(&json!({"S": "Open"})), Ok(Status::Open));
    assert_eq!(read(&json!({"S": "Lost"})), Ok(Status::Unknown("Lost".to_owned())));
    assert_eq!(
        read(&json!({"M": {"Lost": {"N": "1"}}})),
        Ok(HashMap::from([(Status::Unknown("Lost".to_owned()), 1_u8)]))
    );
}
