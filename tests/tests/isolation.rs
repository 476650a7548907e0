//! One broken record does not affect the other records of its batch.

use std::error::Error;

use ddb_core::event::{ChangeImage, UnreportableFailure};
use ddb_core::{
    Change, FromStreamImage, Ignored, Item, KinesisStreamEvent, RecordError, StreamEvent,
    StreamRecord,
};
use ddb_tests::{kinesis_record, record};
use serde_json::{Value, json};

#[derive(Clone, Debug, PartialEq, FromStreamImage)]
struct Order {
    id: u32,
    #[ddb(default)]
    lines: Vec<Line>,
}

#[derive(Clone, Debug, PartialEq, FromStreamImage)]
struct Line {
    sku: String,
    photo: Option<Vec<u8>>,
}

/// The sequence number of the broken record.
const NUMBER: &str = "4421584500000000017450439092";

/// Texts of broken records, each with a part of the expected error message. The error has the
/// sequence number of every record that states it where it belongs.
#[allow(clippy::too_many_lines, reason = "a table")]
fn broken_records() -> Vec<(String, &'static str)> {
    let insert = record(NUMBER, "INSERT", 7);
    let modify = record(NUMBER, "MODIFY", 7);
    let with = |record: &Value, pointer: &str, value: Value| {
        let mut record = record.clone();
        let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
        record.pointer_mut(parent).expect("a place")[name] = value;
        record.to_string()
    };
    let without = |record: &Value, pointer: &str| {
        let mut record = record.clone();
        let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
        record.pointer_mut(parent).and_then(Value::as_object_mut).expect("a place").remove(name);
        record.to_string()
    };
    let line = |line: Value| with(&insert, "/dynamodb/NewImage/lines", json!({"L": [{"M": line}]}));
    let id = |id: Value| with(&insert, "/dynamodb/NewImage/id", id);
    let deep = format!("{}{{}}{}", r#"{"M":{"a":"#.repeat(2000), "}}".repeat(2000));
    let table = vec![
        ("null".to_owned(), "not a record: expected a JSON object"),
        ("5".to_owned(), "not a record: expected a JSON object"),
        ("\"record\"".to_owned(), "not a record: expected a JSON object"),
        (format!("[{insert}]"), "not a record: expected a JSON object"),
        ("{}".to_owned(), "not a DynamoDB record: expected a `dynamodb` object in it"),
        (
            without(&insert, "/dynamodb"),
            "not a DynamoDB record: expected a `dynamodb` object in it",
        ),
        (
            with(&insert, "/dynamodb", json!(null)),
            "not a DynamoDB record: expected a `dynamodb` object in it",
        ),
        (
            with(&insert, "/dynamodb", json!([])),
            "not a DynamoDB record: expected a `dynamodb` object in it",
        ),
        (
            kinesis_record(NUMBER, &insert).to_string(),
            "a record of Kinesis: read the event as `KinesisStreamEvent`",
        ),
        (without(&insert, "/eventName"), "no event name: expected INSERT, MODIFY or REMOVE"),
        (with(&insert, "/eventName", json!(1)), "no event name: expected INSERT, MODIFY or REMOVE"),
        (
            with(&insert, "/eventName", json!("insert")),
            "unknown event name \"insert\": expected INSERT, MODIFY or REMOVE",
        ),
        (
            without(&insert, "/dynamodb/NewImage"),
            "new image: missing, the view type is NEW_AND_OLD_IMAGES",
        ),
        (with(&insert, "/dynamodb/NewImage", json!(null)), "new image: null instead of an image"),
        (
            with(&insert, "/dynamodb/NewImage", json!([])),
            "new image: expected a JSON object of attributes",
        ),
        (
            with(&insert, "/dynamodb/NewImage", json!("{}")),
            "new image: expected a JSON object of attributes",
        ),
        (
            with(&insert, "/dynamodb/NewImage", json!({})),
            "new image: id: missing, expected N (u32)",
        ),
        (id(json!({"S": "7"})), "new image: id: expected N (u32), found S"),
        (id(json!({"NULL": true})), "new image: id: expected N (u32), found NULL"),
        (
            id(json!({"N": 7})),
            "new image: id: expected N (u32), found N with the wrong kind of JSON in it",
        ),
        (
            id(json!({"N": "seven"})),
            "new image: id: expected N (u32), found N that is not a number",
        ),
        (id(json!({"N": "-7"})), "new image: id: expected N (u32), found N out of range"),
        (id(json!({"N": "7.5"})), "new image: id: expected N (u32), found N with a fraction"),
        (
            id(json!({"Z": "7"})),
            "new image: id: expected N (u32), found a value of an unknown attribute type",
        ),
        (
            id(json!({"N": "7", "S": "7"})),
            "new image: id: expected N (u32), found a value with several attribute types",
        ),
        (id(json!({})), "new image: id: expected N (u32), found a value without an attribute type"),
        (
            id(json!(7)),
            "new image: id: expected N (u32), found JSON that is not an attribute value",
        ),
        (id(json!({"N": "7"})).replace("{\"N\":\"7\"}", r#"{"N":"\ud800"}"#), "not Unicode"),
        (line(json!({})), "new image: lines[0].sku: missing, expected S (String)"),
        (
            line(json!({"sku": {"S": "a"}, "photo": {"B": "***"}})),
            "new image: lines[0].photo: expected B, L or NS (Vec<u8>), found B that is not base64",
        ),
        (
            with(&insert, "/dynamodb/NewImage/lines", json!({"SS": ["a"]})),
            "new image: lines: expected L (Vec<Line>), found SS",
        ),
        (
            with(&insert, "/dynamodb/NewImage/lines", json!(0))
                .replace("\"lines\":0", &format!("\"lines\":{deep}")),
            "new image: lines: expected L (Vec<Line>), found M",
        ),
        (
            with(&modify, "/dynamodb/OldImage/id", json!({"S": "7"})),
            "old image: id: expected N (u32), found S",
        ),
        (without(&modify, "/dynamodb/OldImage"), "old image: missing"),
        (
            with(&insert, "/dynamodb/Keys", json!({"id": {"X": "7"}})),
            "keys: id: expected S, N or B (AttributeValue), found a value of an unknown attribute type",
        ),
        (
            with(&insert, "/dynamodb/Keys", json!({"id": {"L": []}})),
            "keys: id: expected S, N or B (AttributeValue), found L",
        ),
        (with(&insert, "/dynamodb/Keys", json!("7")), "keys: expected a JSON object of attributes"),
        (
            with(&insert, "/dynamodb/SequenceNumber", json!("")).replace("\"7\"", "\"x\""),
            "found N that is not a number",
        ),
        (
            with(&insert, "/dynamodb/SequenceNumber", json!(null)).replace("\"7\"", "\"x\""),
            "found N that is not a number",
        ),
        (
            with(&insert, "/dynamodb/SequenceNumber", json!(7)).replace("\"7\"", "\"x\""),
            "found N that is not a number",
        ),
        (
            without(&insert, "/dynamodb/SequenceNumber").replace("\"7\"", "\"x\""),
            "found N that is not a number",
        ),
    ];
    assert!(table.len() >= 25);
    table
}

/// Batches with the broken record in front of, between and behind two good records, each with the
/// position of the broken one.
fn batches(broken: &str, good: [String; 2]) -> [(usize, Vec<String>); 3] {
    let [first, second] = good;
    [
        (0, vec![broken.to_owned(), first.clone(), second.clone()]),
        (1, vec![first.clone(), broken.to_owned(), second.clone()]),
        (2, vec![first, second, broken.to_owned()]),
    ]
}

/// Splits the records into the ids of those that were decoded and the one error.
fn sort(records: &[Result<StreamRecord<Order>, RecordError>]) -> (Vec<u32>, &RecordError) {
    let ids = records.iter().filter_map(|record| match record.as_ref().ok()?.change {
        Change::Insert { ref new } | Change::Modify { ref new, .. } => Some(new.id),
        Change::Remove { ref old, .. } => Some(old.id),
    });
    let errors: Vec<&RecordError> =
        records.iter().filter_map(|record| record.as_ref().err()).collect();
    let [error] = errors[..] else { panic!("{errors:?}") };
    (ids.collect(), error)
}

/// Asserts that the response names exactly the broken record, or that the invocation fails because
/// that record has no sequence number.
fn check_reported(
    identifiers: Result<Vec<Option<String>>, Box<dyn Error + Send + Sync>>,
    has_number: bool,
    text: &str,
) {
    match identifiers {
        Ok(identifiers) => {
            assert_eq!(identifiers, [Some(NUMBER.to_owned())], "{text}");
            assert!(has_number, "{text}");
        }
        Err(error) => assert!(error.is::<UnreportableFailure>() && !has_number, "{error}: {text}"),
    }
}

/// The other records are decoded, the error names the broken record, and the response has its
/// sequence number.
#[tokio::test]
async fn the_others_arrive_the_error_names_the_record_and_the_response_its_number() {
    for (broken, message) in broken_records() {
        let good = [record("1", "INSERT", 1).to_string(), record("2", "REMOVE", 2).to_string()];
        for (position, batch) in batches(&broken, good) {
            let text = format!("{{\"Records\":[{}]}}", batch.join(" , "));
            let event = StreamEvent::<Order>::from_slice(text.as_bytes()).expect(&text);
            let (ids, error) = sort(&event.records);
            assert_eq!(ids, [1, 2], "{text}");
            assert!(event.records[position].is_err(), "{text}");
            assert!(error.kind().to_string().contains(message), "{}: {text}", error.kind());
            assert_eq!(error.raw_json(), broken);
            let has_number = broken.contains(&format!("\"SequenceNumber\":\"{NUMBER}\""))
                && broken.starts_with('{');
            let number =
                error.meta.sequence_number.as_ref().map(|number| number.as_str().to_owned());
            assert_eq!(number.as_deref(), has_number.then_some(NUMBER), "{text}");
            if has_number {
                let named = format!("event event-{NUMBER}, sequence number {NUMBER}");
                assert!(error.to_string().starts_with(&named), "{error}");
            }

            let mut handled = 0;
            let response = event
                .process(async |_| {
                    handled += 1;
                    Ok(())
                })
                .await;
            assert_eq!(handled, position, "{text}");
            let failures = response.map(|response| response.batch_item_failures);
            let identifiers = failures.map(|failures| {
                failures.into_iter().map(|failure| failure.item_identifier).collect()
            });
            check_reported(identifiers, has_number, &text);
        }
    }
}

/// The rules for broken records also hold for those of Kinesis.
#[tokio::test]
async fn records_of_kinesis_are_kept_apart_as_well() {
    let data = |data: &str| {
        let mut record = kinesis_record(NUMBER, &json!({}));
        record["kinesis"]["data"] = data.into();
        record.to_string()
    };
    let mut table: Vec<(String, &str)> = broken_records()
        .into_iter()
        .filter(|(broken, _)| {
            !broken.contains("\"kinesis\"") && !broken.contains("\"SequenceNumber\":\"\"")
        })
        .map(|(broken, message)| {
            (
                kinesis_record_of_text(&broken),
                message.split(", the stream").next().unwrap_or(message),
            )
        })
        .collect();
    table.extend([
        ("null".to_owned(), "not a record: expected a JSON object"),
        ("{}".to_owned(), "not a Kinesis record: expected `data` in it"),
        (
            record(NUMBER, "INSERT", 7).to_string(),
            "a record of DynamoDB Streams: read the event as `StreamEvent`",
        ),
        (format!("{{\"kinesis\":{{\"sequenceNumber\":\"{NUMBER}\"}}}}"), "not a Kinesis record: expected `data` in it"),
        (r#"{"kinesis":7}"#.to_owned(), "not a Kinesis record: expected `data` in it"),
        (data("***"), "not a Kinesis record: expected base64 in its `data`"),
        (data("aGVsbG8="), "not a DynamoDB record: expected JSON in its `data`; keep other producers out of the stream, or quarantine it"),
        (data(""), "not a DynamoDB record: expected JSON in its `data`; keep other producers out of the stream, or quarantine it"),
        (data("/w=="), "not a DynamoDB record: expected JSON in its `data`; keep other producers out of the stream, or quarantine it"),
        (data("e30="), "not a DynamoDB record: expected a `dynamodb` object in it"),
        (data("e30gew=="), "not a DynamoDB record: expected JSON in its `data`; keep other producers out of the stream, or quarantine it"),
    ]);
    for (broken, message) in table {
        let good = [("1", "INSERT", 1), ("2", "REMOVE", 2)];
        let good = good
            .map(|(number, event, id)| kinesis_record(number, &record("", event, id)).to_string());
        for (position, batch) in batches(&broken, good) {
            let text = format!("{{\"Records\":[{}]}}", batch.join(","));
            let event = KinesisStreamEvent::<Order>::from_slice(text.as_bytes()).expect(&text);
            let (ids, error) = sort(&event.records);
            assert_eq!(ids, [1, 2], "{text}");
            assert!(error.kind().to_string().contains(message), "{}: {text}", error.kind());
            assert_eq!(error.raw_json(), broken);
            let has_number = broken.contains(&format!("\"sequenceNumber\":\"{NUMBER}\""));
            let number =
                error.meta.sequence_number.as_ref().map(|number| number.as_str().to_owned());
            assert_eq!(number.as_deref(), has_number.then_some(NUMBER), "{text}");
            let mut handled = 0;
            let response = event
                .process(async |_| {
                    handled += 1;
                    Ok(())
                })
                .await;
            assert_eq!(handled, position, "{text}");
            let failures = response.map(|response| response.batch_item_failures);
            let identifiers = failures.map(|failures| {
                failures.into_iter().map(|failure| failure.item_identifier).collect()
            });
            check_reported(identifiers, has_number, &text);
        }
    }
}

/// The other records are decoded whatever types the images are mapped to.
#[test]
fn whatever_an_image_is_mapped_to_the_others_arrive() {
    fn arrive<T: ChangeImage, O: ChangeImage>(text: &str, position: usize) {
        let event = StreamEvent::<T, O>::from_slice(text.as_bytes()).expect(text);
        assert_eq!(event.records.len(), 3, "{text}");
        for good in (0..3).filter(|&good| good != position) {
            assert!(event.records[good].is_ok(), "{text}");
        }
    }
    for (broken, _) in broken_records() {
        // Two more variants of each record, with further attributes in front of those in the new
        // image or in the keys.
        let more = broken.replace(
            "\"NewImage\":{\"",
            "\"NewImage\":{\"a\":{\"S\":\"x\"},\"id\":{\"S\":\"x\"},\"",
        );
        let keys = broken
            .replace("\"Keys\":{\"", "\"Keys\":{\"id\":[1,{}],\"deep\":{\"L\":[{\"L\":[]}]},\"");
        for broken in [broken, more, keys] {
            let good = [record("1", "INSERT", 1).to_string(), record("2", "REMOVE", 2).to_string()];
            for (position, batch) in batches(&broken, good) {
                let text = format!("[{}]", batch.join(","));
                arrive::<Item, Item>(&text, position);
                arrive::<Rest, Option<Item>>(&text, position);
                arrive::<Ignored, Option<Order>>(&text, position);
            }
        }
    }
}

#[derive(FromStreamImage)]
struct Rest {
    #[ddb(rest)]
    _rest: Item,
}

fn kinesis_record_of_text(data: &str) -> String {
    let mut record = kinesis_record(NUMBER, &json!({}));
    record["kinesis"]["data"] = ddb_tests::encode_base64(data).into();
    record.to_string()
}
