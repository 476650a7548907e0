//! UUIDs, bytes, JSON values, and collections of other crates.

use bytes::Bytes;
use ddb_core::{FromStreamImage, ImageError};
use ddb_tests::{describe_error, image, read};
use indexmap::{IndexMap, IndexSet};
use serde_json::{Map, Number, Value, json};
use smallvec::SmallVec;
use uuid::Uuid;

#[test]
fn a_uuid_is_read_from_its_five_texts() {
    let uuid = Uuid::from_u128(0x67e5_5044_10b1_426f_9247_bb68_0e5f_e0c8);
    for text in [
        "67e55044-10b1-426f-9247-bb680e5fe0c8",
        "67E55044-10B1-426F-9247-BB680E5FE0C8",
        "67e5504410b1426f9247bb680e5fe0c8",
        "urn:uuid:67e55044-10b1-426f-9247-bb680e5fe0c8",
        "{67e55044-10b1-426f-9247-bb680e5fe0c8}",
    ] {
        assert_eq!(read(&json!({ "S": text })), Ok(uuid), "{text}");
    }
    for text in [
        "",
        "67e55044",
        "67e55044-10b1-426f-9247-bb680e5fe0cg",
        " 67e5504410b1426f9247bb680e5fe0c8",
    ] {
        assert_eq!(
            read::<Uuid>(&json!({ "S": text })),
            Err("value: expected S (Uuid), found S that does not convert".to_owned()),
            "{text}"
        );
    }
    assert_eq!(
        read::<Uuid>(&json!({"B": "Z+VQRBCxQm+SR7toDl/gyA=="})),
        Err("value: expected S (Uuid), found B".to_owned())
    );
    assert_eq!(read(&json!({"SS": ["67e5504410b1426f9247bb680e5fe0c8"]})), Ok(vec![uuid]));
}

#[test]
fn bytes_are_read_from_a_b_and_from_a_set() {
    let bytes = Bytes::from_static(&[1, 2, 3]);
    assert_eq!(read(&json!({"B": "AQID"})), Ok(bytes.clone()));
    assert_eq!(read(&json!({"BS": ["AQID"]})), Ok(vec![bytes]));
    assert_eq!(
        read::<Bytes>(&json!({"S": "AQID"})),
        Err("value: expected B (Bytes), found S".to_owned())
    );
}

#[test]
fn any_value_but_bytes_is_a_json_value() {
    let attribute = json!({"M": {
        "text": {"S": "x"},
        "numbers": {"NS": ["1", "2.5", "1E2"]},
        "list": {"L": [{"BOOL": true}, {"NULL": true}, {"SS": ["a"]}, {"L": []}]},
        "map": {"M": {}},
    }});
    let value = json!({
        "text": "x",
        "numbers": [1, 2.5, 100.0],
        "list": [true, null, ["a"], []],
        "map": {},
    });
    let read_value = read::<Value>(&attribute).expect("fits");
    assert_eq!(read_value["numbers"][2].as_f64(), Some(100.0));
    assert_eq!(read_value["list"], value["list"]);
    assert_eq!(read_value["map"], value["map"]);
    assert_eq!(read_value["numbers"][1], value["numbers"][1]);
    assert_eq!(
        read::<Value>(&json!({"M": {"a": {"L": [{"B": "AQID"}]}}})),
        Err("value.a[0]: expected S, N, BOOL, NULL, M, L, SS or NS (Value), found B".to_owned())
    );
}

#[test]
fn a_number_of_json_is_exact_or_an_error() {
    for text in ["0", "-1", "18446744073709551615", "-9223372036854775808", "0.5", "1E2", "+7"] {
        let number = read::<Number>(&json!({ "N": text })).expect(text);
        let written: ddb_core::Number = number.to_string().parse().expect("a number");
        assert_eq!(written, text.parse().expect("a number"), "{text}");
    }
    // Without `arbitrary_precision`, these would be rounded.
    for text in ["18446744073709551617", "0.1000000000000000000000000000000000001"] {
        assert_eq!(
            read::<Number>(&json!({ "N": text })),
            Err("value: expected N (Number), found N with too many digits".to_owned()),
            "{text}"
        );
    }
}

#[test]
fn the_rest_of_an_item_can_be_json() -> Result<(), ImageError> {
    #[derive(Debug, FromStreamImage)]
    struct Order {
        id: u32,
        #[ddb(rest)]
        rest: Map<String, Value>,
    }
    #[derive(Debug, FromStreamImage)]
    struct Whole {
        #[ddb(rest)]
        rest: Value,
    }
    let json = br#"{"id": {"N": "7"}, "note": {"S": "x"}, "lines": {"L": [{"N": "1"}]}}"#;
    let order = Order::from_json(json)?;
    assert_eq!(order.id, 7);
    assert_eq!(Value::Object(order.rest), json!({"note": "x", "lines": [1]}));
    assert_eq!(Whole::from_json(json)?.rest, json!({"id": 7, "note": "x", "lines": [1]}));

    let error = Order::from_image(image(json!({"id": {"N": "7"}, "raw": {"B": "AQID"}})));
    assert_eq!(
        describe_error(&error.expect_err("bytes")),
        ["raw: expected S, N, BOOL, NULL, M, L, SS or NS (Value), found B"]
    );
    Ok(())
}

#[test]
fn an_index_map_keeps_the_order_of_the_text() -> Result<(), ImageError> {
    #[derive(FromStreamImage)]
    struct Ordered {
        map: IndexMap<String, u32>,
        set: IndexSet<String>,
        none: IndexSet<u32>,
    }
    let ordered = Ordered::from_json(
        br#"{"map": {"M": {"b": {"N": "1"}, "a": {"N": "2"}}}, "set": {"SS": ["y", "x", "y"]}}"#,
    )?;
    assert_eq!(ordered.map.keys().collect::<Vec<_>>(), ["b", "a"]);
    assert_eq!(ordered.set.iter().collect::<Vec<_>>(), ["y", "x"]);
    assert!(ordered.none.is_empty());
    assert_eq!(
        read::<IndexMap<u8, u8>>(&json!({"M": {"1": {"N": "1"}, "01": {"N": "2"}}})),
        Err("value: two of its names read as the same key".to_owned())
    );
    Ok(())
}

#[test]
fn a_small_vector_is_read_as_a_vector_is() {
    let vector: SmallVec<[u32; 4]> = SmallVec::from_slice(&[1, 2]);
    assert_eq!(read(&json!({"NS": ["1", "2"]})), Ok(vector));
    let bytes: SmallVec<[u8; 4]> = SmallVec::from_slice(&[1, 2, 3]);
    assert_eq!(read(&json!({"B": "AQID"})), Ok(bytes));
    assert_eq!(
        read::<SmallVec<[u32; 4]>>(&json!({"L": [{"N": "1"}, {"S": "x"}]})),
        Err("value[1]: expected N (u32), found S".to_owned())
    );
}
