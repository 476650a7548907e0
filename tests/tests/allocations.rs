//! Reading a payload into structs allocates what the structs own, and a constant.

use allocation_counter::{AllocationInfo, measure};
use ddb_core::{Change, FromStreamImage, Item, StreamEvent};
use ddb_tests::{image, payload, record};
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

#[test]
fn a_record_allocates_what_it_owns_and_a_constant() {
    let batch = |count: u32| {
        let records = (0..count).map(|number| {
            let mut record = record(&number.to_string(), "MODIFY", 7);
            record["dynamodb"]["NewImage"] = order();
            record["dynamodb"]["OldImage"] = order();
            record
        });
        payload(&records.collect::<Vec<_>>())
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
    let records: Vec<Value> = (0..1000)
        .map(|number| {
            let mut record = record(&number.to_string(), "INSERT", 7);
            record["dynamodb"]["NewImage"] = order();
            record["dynamodb"]["NewImage"]["unmapped"] = json!({"S": "x".repeat(5000)});
            record
        })
        .collect();
    let text = payload(&records);
    drop(records);
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
