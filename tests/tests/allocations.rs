//! Reading a payload into structs allocates what the structs own, and a constant. Writing a struct
//! allocates what the item owns, without the strings of the struct.

use allocation_counter::{AllocationInfo, measure};
use ddb_core::testing::{EventBuilder, insert, modify};
use ddb_core::{Change, FromStreamImage, IntoItem, Item, StreamEvent};
use ddb_tests::image;
use serde_json::{Value, json};

#[derive(Clone, Debug, PartialEq, FromStreamImage)]
struct Order {
    id: u32,
    note: Option<String>,
    lines: Vec<Line>,
    address: Option<Address>,
}

#[derive(Clone, Debug, PartialEq, FromStreamImage)]
struct Line {
    sku: String,
    qty: u32,
    price: f64,
}

#[derive(Clone, Debug, PartialEq, FromStreamImage)]
struct Address {
    city: String,
}

fn order() -> Value {
    let line = json!({"M": {"sku": {"S": "A-1"}, "qty": {"N": "1E2"}, "price": {"N": "19.99"}, "other": {"L": [{"S": "x"}]}}});
    json!({
        "id": {"N": "7"},
        "note": {"S": "please ring twice"},
        "lines": {"L": [line, line, line]},
        "address": {"M": {"city": {"S": "London"}, "zip": {"S": "NW1 6XE"}}},
        "unmapped": {"M": {"maps": {"L": [{"M": {"this": {"NULL": true}}}]}}},
    })
}

/// Measures a closure, and a clone of its result. The clone allocates exactly what the result owns.
fn compare<R: Clone>(make: impl FnOnce() -> R) -> (AllocationInfo, AllocationInfo) {
    let mut result = None;
    let making = measure(|| result = Some(make()));
    let cloning = measure(|| drop(result.clone()));
    (making, cloning)
}

#[test]
fn an_image_allocates_what_its_struct_owns() {
    let text = order().to_string();
    let item: Item = image(order());
    let (making, cloning) = compare(|| Order::from_image_ref(&item).expect("fits"));
    assert_eq!(making.count_total, cloning.count_total, "by reference");

    let (making, _) = compare(|| Order::from_image(item).expect("fits"));
    // The strings are moved out of the item: only the list of lines is new.
    assert_eq!(making.count_total, 1, "by value");

    let (making, cloning) = compare(|| Order::from_json(text.as_bytes()).expect("fits"));
    // The length of a list in text is not known in advance. The first allocation has room for all
    // three lines.
    assert_eq!(making.count_total, cloning.count_total, "from JSON");
}

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem)]
struct Sample {
    id: u32,
    message: String,
    bytes: Vec<u8>,
    none: Option<String>,
    tags: Vec<String>,
}

#[test]
fn an_item_allocates_its_map_its_names_and_its_numbers() {
    let sample = Sample {
        id: 7,
        message: "hello".to_owned(),
        bytes: vec![1, 2],
        none: None,
        tags: vec!["new".to_owned(), "gift".to_owned()],
    };
    // The first item also allocates the layout of the items after it.
    assert!(sample.to_item().is_ok());
    let mut item = None;
    let writing = measure(|| item = sample.into_item().ok());
    assert_eq!(item.expect("an item").len(), 4);
    // The name of an attribute that is left out is allocated as well, unless many are left out.
    let (map, names, numbers, lists) = (1, 5, 1, 1);
    assert_eq!(writing.count_total, map + names + numbers + lists);
}

#[derive(Clone, IntoItem)]
struct Sparse {
    a: Option<u8>,
    b: Option<u8>,
    c: Option<u8>,
    d: Option<String>,
}

#[test]
fn a_sparse_item_allocates_the_names_that_it_has() {
    let sparse = Sparse { a: None, b: None, c: None, d: Some("x".to_owned()) };
    assert!(sparse.to_item().is_ok());
    let mut item = None;
    let writing = measure(|| item = sparse.into_item().ok());
    assert_eq!(item.expect("an item").len(), 1);
    let (map, names) = (1, 1);
    assert_eq!(writing.count_total, map + names);
}

#[test]
fn a_record_allocates_what_it_owns_and_a_constant() {
    let batch = |count: u32| {
        let item = image(order());
        let records = (0..count).map(|_| modify(&item, &item).key(&["id"]));
        records.collect::<EventBuilder>().to_json()
    };
    let allocations = |count: u32| {
        let text = batch(count);
        let event = measure(|| {
            let event = StreamEvent::<Order>::from_slice(text.as_bytes()).expect("an event");
            assert!(event.records.iter().all(Result::is_ok));
        });
        event.count_total
    };
    let (few, many) = (allocations(100), allocations(200));
    let event = StreamEvent::<Order>::from_slice(batch(1).as_bytes()).expect("an event");
    let record = event.records.into_iter().next().expect("a record").expect("fits");
    let cloned = measure(|| {
        let Change::Modify { old, new } = record.change.clone() else { panic!("a MODIFY") };
        drop((old, new));
    });
    // The event id, the sequence number, and the table of the keys with one name and one value.
    let meta = 5;
    // The list of records doubles once more.
    let growth = 1;
    assert_eq!(many - few, 100 * (cloned.count_total + meta) + growth);
}

/// At its peak, decoding holds the payload, the structs, and at most a tenth on top of that, even
/// if each record is much larger than its struct.
#[test]
fn the_heap_holds_the_results_and_little_else() {
    let mut item = order();
    item["unmapped"] = json!({"S": "x".repeat(5000)});
    let item = image(item);
    let text = (0..1000).map(|_| insert(&item).key(&["id"])).collect::<EventBuilder>().to_json();
    drop(item);
    assert!(text.len() > 5_000_000, "{}", text.len());
    let mut event = None;
    let decoding = measure(|| event = StreamEvent::<Order>::from_slice(text.as_bytes()).ok());
    let event = event.expect("an event");
    assert!(event.records.iter().all(Result::is_ok));
    let kept = u64::try_from(decoding.bytes_current).expect("what the event holds");
    let allowed = text.len() as u64 + kept + (text.len() as u64 + kept) / 10;
    // The caller holds the payload, which was allocated before the measurement.
    assert!(
        decoding.bytes_max + text.len() as u64 <= allowed,
        "{decoding:?} of {} bytes",
        text.len()
    );

    // A deserializer that has the text lends it, so no copy of the payload is allocated.
    let mut event = None;
    let deserializing = measure(|| event = serde_json::from_str::<StreamEvent<Order>>(&text).ok());
    assert!(event.is_some());
    assert!(deserializing.bytes_max < decoding.bytes_max + 1000, "{deserializing:?}");
}
