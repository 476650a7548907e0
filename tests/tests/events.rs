//! Decoding of stream events: the images, the metadata, windows, and payloads that are not events.

use std::fmt::Debug;
use std::time::{Duration, SystemTime};

use aws_lambda_events::dynamodb::Event;
use aws_lambda_events::streams::DynamoDbBatchItemFailure;
use ddb_core::event::{ChangeImage, EventError, EventName, RecordErrorKind, RecordPart, ViewType};
use ddb_core::{Change, FromStreamImage, Ignored, Item, RecordError, StreamEvent, StreamRecord};
use ddb_tests::{payload, record};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Value, json};

#[derive(Clone, Debug, PartialEq, FromStreamImage)]
struct Order {
    id: u32,
}

type Outcome<T, O = T> = Result<StreamRecord<T, O>, RecordError>;

/// Decodes a payload with one record.
#[track_caller]
fn decode<T: ChangeImage, O: ChangeImage>(record: &Value) -> Outcome<T, O> {
    decode_text(&payload(std::slice::from_ref(record)))
}

#[track_caller]
fn decode_text<T: ChangeImage, O: ChangeImage>(payload: &str) -> Outcome<T, O> {
    let mut event = StreamEvent::<T, O>::from_slice(payload.as_bytes()).expect("an event");
    assert_eq!(event.records.len(), 1);
    event.records.remove(0)
}

/// A record with the images that a stream of this view type captures.
fn captured(view_type: Option<&str>, event_name: &str) -> Value {
    let mut record = record("1", event_name, 7);
    let change = record["dynamodb"].as_object_mut().expect("an object");
    match view_type {
        Some(view_type) => change.insert("StreamViewType".into(), view_type.into()),
        None => change.remove("StreamViewType"),
    };
    if matches!(view_type, Some("KEYS_ONLY" | "OLD_IMAGE")) {
        change.remove("NewImage");
    }
    if matches!(view_type, Some("KEYS_ONLY" | "NEW_IMAGE")) {
        change.remove("OldImage");
    }
    record
}

const VIEW_TYPES: [Option<&str>; 6] = [
    Some("KEYS_ONLY"),
    Some("NEW_IMAGE"),
    Some("OLD_IMAGE"),
    Some("NEW_AND_OLD_IMAGES"),
    Some("LATER"),
    None,
];

/// Describes the change that a record decodes to: its images as `show` writes them, the old one
/// first, or the error.
fn describe<I: ChangeImage + Debug>(record: &Value, show: fn(&I) -> String) -> String {
    match decode::<I, I>(record).map(|record| record.change) {
        Ok(Change::Insert { new }) => show(&new),
        Ok(Change::Modify { old, new }) => format!("{} {}", show(&old), show(&new)),
        Ok(Change::Remove { old, expired: false }) => show(&old),
        Ok(change) => panic!("{change:?}"),
        Err(error) => error.kind().to_string(),
    }
}

#[test]
fn a_type_gets_what_the_view_type_captures() {
    let remedy = "or map it to an `Option<_>` or to `Ignored`";
    let missing = |part: &str, view_type: &str| {
        format!(
            "{part} image: not captured, the view type is {view_type}; make it NEW_AND_OLD_IMAGES, {remedy}"
        )
    };
    let both =
        |view_type: &str| format!("{}; {}", missing("new", view_type), missing("old", view_type));
    let table = [
        ("KEYS_ONLY", "INSERT", missing("new", "KEYS_ONLY")),
        ("KEYS_ONLY", "MODIFY", both("KEYS_ONLY")),
        ("KEYS_ONLY", "REMOVE", missing("old", "KEYS_ONLY")),
        ("NEW_IMAGE", "INSERT", "7".into()),
        ("NEW_IMAGE", "MODIFY", missing("old", "NEW_IMAGE")),
        ("NEW_IMAGE", "REMOVE", missing("old", "NEW_IMAGE")),
        ("OLD_IMAGE", "INSERT", missing("new", "OLD_IMAGE")),
        ("OLD_IMAGE", "MODIFY", missing("new", "OLD_IMAGE")),
        ("OLD_IMAGE", "REMOVE", "7".into()),
        ("NEW_AND_OLD_IMAGES", "INSERT", "7".into()),
        ("NEW_AND_OLD_IMAGES", "MODIFY", "7 7".into()),
        ("NEW_AND_OLD_IMAGES", "REMOVE", "7".into()),
        ("LATER", "INSERT", "7".into()),
        ("LATER", "MODIFY", "7 7".into()),
        ("LATER", "REMOVE", "7".into()),
    ];
    for (view_type, event_name, expected) in table {
        let record = captured(Some(view_type), event_name);
        assert_eq!(
            describe::<Order>(&record, |order| order.id.to_string()),
            expected,
            "{view_type} {event_name}"
        );
        let item = describe::<Item>(&record, |item| match &item["id"] {
            ddb_core::AttributeValue::N(id) => id.clone(),
            value => panic!("{value:?}"),
        });
        assert_eq!(item, expected, "Item, {view_type} {event_name}");
    }
}

#[test]
fn an_optional_image_is_none_and_an_ignored_one_is_ignored() {
    for view_type in VIEW_TYPES {
        for event_name in ["INSERT", "MODIFY", "REMOVE"] {
            let record = captured(view_type, event_name);
            let has =
                |part: &str| if record["dynamodb"].get(part).is_some() { "7" } else { "none" };
            let expected = match event_name {
                "INSERT" => has("NewImage").to_owned(),
                "MODIFY" => format!("{} {}", has("OldImage"), has("NewImage")),
                _ => has("OldImage").to_owned(),
            };
            let show = |order: &Option<Order>| {
                order.as_ref().map_or("none".to_owned(), |order| order.id.to_string())
            };
            assert_eq!(
                describe::<Option<Order>>(&record, show),
                expected,
                "{view_type:?} {event_name}"
            );
            let show = |item: &Option<Item>| item.as_ref().map_or("none", |_| "7").to_owned();
            assert_eq!(
                describe::<Option<Item>>(&record, show),
                expected,
                "{view_type:?} {event_name}"
            );
            let ignored = describe::<Ignored>(&record, |Ignored| "ignored".to_owned());
            assert!(
                matches!(ignored.as_str(), "ignored" | "ignored ignored"),
                "{view_type:?} {event_name}: {ignored}"
            );
        }
    }
}

/// The error suggests the view types that capture the images of both types.
#[test]
fn the_view_type_that_is_needed_is_that_of_both_types() {
    let record = captured(Some("KEYS_ONLY"), "MODIFY");
    let message = |outcome: Result<(), RecordError>| {
        outcome.expect_err("nothing captured").kind().to_string()
    };
    let new = message(decode::<Order, Ignored>(&record).map(drop));
    assert!(new.contains("make it NEW_IMAGE or NEW_AND_OLD_IMAGES,"), "{new}");
    let old = message(decode::<Option<Order>, Item>(&record).map(drop));
    assert!(old.contains("make it OLD_IMAGE or NEW_AND_OLD_IMAGES,"), "{old}");
    let both = message(decode::<Order, Item>(&record).map(drop));
    assert!(
        both.contains("make it NEW_AND_OLD_IMAGES,") && both.contains("; old image: "),
        "{both}"
    );
}

/// If the view type captures an image that the record lacks, the error asks to repair the producer.
#[test]
fn an_image_that_is_captured_and_not_there_is_the_producers() {
    let without = |view_type: &str, image: Option<Value>| {
        let mut record = record("1", "INSERT", 7);
        let change = record["dynamodb"].as_object_mut().expect("an object");
        change.remove("NewImage");
        change.insert("StreamViewType".to_owned(), view_type.into());
        change.extend(image.map(|image| ("NewImage".to_owned(), image)));
        decode::<Order, Order>(&record).expect_err("no image").kind().to_string()
    };
    for view_type in ["NEW_IMAGE", "NEW_AND_OLD_IMAGES", "LATER"] {
        let expected =
            format!("new image: missing, the view type is {view_type}; repair the producer, or");
        let message = without(view_type, None);
        assert!(message.starts_with(&expected), "{message}");
    }
    let message = without("KEYS_ONLY", Some(json!(null)));
    let expected =
        "new image: null and not captured, the view type is KEYS_ONLY; make it NEW_AND_OLD_IMAGES,";
    assert!(message.starts_with(expected), "{message}");
}

#[test]
fn the_old_image_can_be_of_another_type() {
    #[derive(Debug, PartialEq, FromStreamImage)]
    struct Before {
        number: String,
    }
    let mut record = record("1", "MODIFY", 7);
    record["dynamodb"]["OldImage"] = json!({"number": {"S": "seven"}});
    let change = decode::<Order, Before>(&record).expect("fits").change;
    assert_eq!(
        change,
        Change::Modify { old: Before { number: "seven".into() }, new: Order { id: 7 } }
    );
}

#[test]
fn events_map_strictly_unless_the_type_says_that_absence_is_fine() {
    #[derive(Debug, Default, PartialEq, FromStreamImage)]
    #[ddb(default)]
    struct Lenient {
        id: u32,
        note: String,
    }
    let change = decode::<Lenient, Lenient>(&record("1", "INSERT", 7)).expect("fits").change;
    assert_eq!(change, Change::Insert { new: Lenient { id: 7, note: String::new() } });
    let mut record = record("1", "INSERT", 7);
    record["dynamodb"]["NewImage"]["note"] = json!({"N": "1"});
    let error = decode::<Lenient, Lenient>(&record).expect_err("no text");
    assert_eq!(error.kind().to_string(), "new image: note: expected S (String), found N");
    assert_eq!(error.image_error().expect("of an image").problems()[0].path(), "note");
    assert_eq!(error.part(), Some(RecordPart::NewImage));
}

#[test]
fn an_image_that_is_absent_null_or_empty_is_three_things() {
    let with = |image: Option<Value>| {
        let mut record = record("1", "INSERT", 7);
        let change = record["dynamodb"].as_object_mut().expect("an object");
        change.remove("NewImage");
        change.extend(image.map(|image| ("NewImage".to_owned(), image)));
        record
    };
    let remedy = "repair the producer, or map it to an `Option<_>` or to `Ignored`";
    for (image, message) in [
        (None, format!("new image: missing, the view type is NEW_AND_OLD_IMAGES; {remedy}")),
        (
            Some(json!(null)),
            format!(
                "new image: null instead of an image, the view type is NEW_AND_OLD_IMAGES; {remedy}"
            ),
        ),
        (Some(json!({})), "new image: id: missing, expected N (u32)".to_owned()),
        (Some(json!([])), "new image: expected a JSON object of attributes".to_owned()),
    ] {
        let record = with(image.clone());
        assert_eq!(
            decode::<Order, Order>(&record).expect_err("no image").kind().to_string(),
            message
        );
        let optional = decode::<Option<Order>, Ignored>(&record).map(|record| record.change);
        match image {
            Some(Value::Array(_)) => {
                assert_eq!(optional.expect_err("not an image").kind().to_string(), message);
            }
            // An item without a key does not exist. Emulators write `{}` for an image that does not
            // exist.
            _ => assert_eq!(optional.expect("none"), Change::Insert { new: None }),
        }
        assert!(decode::<Ignored, Ignored>(&record).is_ok());
        let item = decode::<Option<Item>, Ignored>(&record).map(|record| record.change);
        assert_eq!(item.is_ok_and(|item| item.new() == Some(&None)), image != Some(json!([])));
        let item = decode::<Item, Item>(&record).map(|record| record.change);
        assert_eq!(item.is_ok(), image == Some(json!({})), "an empty image is an empty item");
    }
    let mut record = with(None);
    record["dynamodb"].as_object_mut().expect("an object").remove("StreamViewType");
    let error = decode::<Order, Order>(&record).expect_err("no image");
    assert_eq!(error.kind().to_string(), format!("new image: missing; {remedy}"));
}

#[test]
fn the_time_is_precise() {
    let at =
        |seconds, nanoseconds| Some(SystemTime::UNIX_EPOCH + Duration::new(seconds, nanoseconds));
    for (time, expected) in [
        ("1640995200", at(1_640_995_200, 0)),
        ("1640995200.789", at(1_640_995_200, 789_000_000)),
        ("1693997155.0", at(1_693_997_155, 0)),
        ("1.635734407123456789E9", at(1_635_734_407, 123_456_789)),
        ("1640995200.1234567891", at(1_640_995_200, 123_456_789)),
        ("0", at(0, 0)),
        (r#""1640995200.5""#, at(1_640_995_200, 500_000_000)),
        (r#""2022-01-01T00:00:00.250Z""#, at(1_640_995_200, 250_000_000)),
        ("null", None),
        ("-1", None),
        ("1e400", None),
        (r#""""#, None),
        (r#""yesterday""#, None),
        ("{}", None),
    ] {
        let text = payload(&[record("1", "INSERT", 7)]).replace("1700000000", time);
        assert_eq!(
            decode_text::<Order, Order>(&text).expect(time).meta.created_at,
            expected,
            "{time}"
        );
    }
    let mut record = record("1", "INSERT", 7);
    record["dynamodb"].as_object_mut().expect("an object").remove("ApproximateCreationDateTime");
    assert_eq!(decode::<Order, Order>(&record).expect("fits").meta.created_at, None);
}

#[test]
fn what_aws_leaves_out_is_none() {
    let meta = decode::<Order, Order>(&record("4421584500000000017450439091", "MODIFY", 7))
        .expect("fits")
        .meta;
    assert_eq!(meta.event_id.as_deref(), Some("event-4421584500000000017450439091"));
    assert_eq!(meta.event_name, Some(EventName::Modify));
    assert!(
        meta.event_source_arn.is_some_and(|arn| arn.starts_with("arn:aws:dynamodb:eu-central-1:"))
    );
    assert_eq!(meta.region.as_deref(), Some("eu-central-1"));
    assert_eq!(
        meta.sequence_number.map(|number| number.to_string()).as_deref(),
        Some("4421584500000000017450439091")
    );
    assert_eq!(meta.keys.len(), 1);
    assert_eq!((meta.size_bytes, meta.view_type), (Some(26), Some(ViewType::NewAndOldImages)));
    assert_eq!(meta.user_identity, None);

    let bare = json!({"eventName": "INSERT", "dynamodb": {"NewImage": {"id": {"N": "7"}}}});
    let meta = decode::<Order, Order>(&bare).expect("fits").meta;
    assert_eq!(meta, {
        let mut meta = ddb_core::event::RecordMeta::default();
        meta.event_name = Some(EventName::Insert);
        meta
    });
    // A member with another kind of JSON than AWS documents counts as missing, because no image
    // needs it.
    let odd = json!({
        "eventID": 1, "awsRegion": null, "eventSourceARN": [], "userIdentity": "me", "tableName": {}, "eventVersion": 2,
        "eventName": "INSERT",
        "dynamodb": {
            "NewImage": {"id": {"N": "7"}}, "SequenceNumber": 5, "SizeBytes": "many", "StreamViewType": 1, "Keys": null,
        },
    });
    assert_eq!(decode::<Order, Order>(&odd).expect("fits").meta, meta);
    let mut record = record("1", "INSERT", 7);
    record["dynamodb"]["StreamViewType"] = json!("LATER");
    let meta = decode::<Order, Order>(&record).expect("fits").meta;
    assert_eq!(meta.view_type.expect("named").as_str(), "LATER");
}

#[test]
fn sequence_numbers_compare_as_numbers() {
    let number = |text: &str| text.parse::<ddb_core::event::SequenceNumber>().expect(text);
    let ascending = [
        "0",
        "9",
        "10",
        "0099",
        "100",
        "4421584500000000017450439091",
        "49545115243490985018280067714973144582180062593244200961",
    ];
    for pair in ascending.windows(2) {
        assert!(number(pair[0]) < number(pair[1]), "{pair:?}");
    }
    assert_eq!(number("007"), number("7"));
    assert_eq!(number("007").to_string(), "007");
    for text in ["", "-1", "+1", "1.0", "1e3", " 1", "a", "１"] {
        assert!(text.parse::<ddb_core::event::SequenceNumber>().is_err(), "{text}");
    }
}

#[test]
fn expired_is_a_removal_by_the_time_to_live_and_nothing_else() {
    let service = json!({"type": "Service", "principalId": "dynamodb.amazonaws.com"});
    for (identity, expected) in [
        (service.clone(), true),
        (json!({"Type": "Service", "PrincipalId": "dynamodb.amazonaws.com"}), true),
        (json!({"type": "Service", "principalId": "replication.dynamodb.amazonaws.com"}), false),
        (json!({"type": "User", "principalId": "dynamodb.amazonaws.com"}), false),
        (json!({"type": "Service"}), false),
        (json!({"principalId": "dynamodb.amazonaws.com"}), false),
        (json!({}), false),
        (json!(null), false),
        (json!("Service"), false),
    ] {
        let mut record = record("1", "REMOVE", 7);
        record["userIdentity"] = identity.clone();
        let record = decode::<Order, Order>(&record).expect("fits");
        assert_eq!(
            record.change,
            Change::Remove { old: Order { id: 7 }, expired: expected },
            "{identity}"
        );
        let principal =
            identity.get("principalId").or(identity.get("PrincipalId")).and_then(Value::as_str);
        let found = record.meta.user_identity.and_then(|identity| identity.principal_id);
        assert_eq!(found.as_deref(), principal, "{identity}");
    }
    let mut record = record("1", "MODIFY", 7);
    record["userIdentity"] = service;
    assert!(matches!(decode::<Order, Order>(&record).expect("fits").change, Change::Modify { .. }));
}

#[test]
fn members_come_in_any_order() {
    let text = r#"{"Records":[{"dynamodb":{"NewImage":{"id":{"N":"2"}},"SequenceNumber":"1",
        "SequenceNumber":"12","OldImage":null},"eventName":"REMOVE","eventID":"a",
        "eventName":"INSERT","eventID":"b"}]}"#;
    let record = decode_text::<Order, Order>(text).expect("fits");
    assert_eq!(record.change, Change::Insert { new: Order { id: 2 } });
    // Of a metadata member that appears twice, the last one counts.
    assert_eq!(record.meta.event_id.as_deref(), Some("b"));
    assert_eq!(record.meta.sequence_number.map(|number| number.to_string()).as_deref(), Some("12"));

    let text = record_text()
        .replace("\"eventName\"", "\"event\\u004eame\"")
        .replace("NewImage", "New\\u0049mage");
    assert!(decode_text::<Order, Order>(&format!("[{text}]")).is_ok());
}

/// A member that appears twice is an error if an image or a record would be lost.
#[test]
fn what_would_lose_one_of_two_images_is_an_error() {
    let images = [r#"{"id":{"N":"7"}}"#, r#"{"id":{"S":"7"}}"#, "null", "[]", "{}"];
    for (name, event) in [("NewImage", "INSERT"), ("OldImage", "REMOVE"), ("Keys", "INSERT")] {
        for first in images {
            // For an `Option`, `{}` counts as missing, so a second image does not repeat it.
            if first == "{}" {
                continue;
            }
            let first = if first == "[]" && name == "Keys" { "{}" } else { first };
            for last in images {
                let text = format!(
                    r#"[{{"eventName":"{event}","dynamodb":{{"{name}":{first},"{name}":{last}}}}}]"#
                );
                let error = decode_text::<Option<Order>, Option<Order>>(&text).expect_err(&text);
                let message = format!("not a record: `{name}` appears twice in it");
                assert_eq!(error.kind().to_string(), message, "{text}");
            }
        }
    }
    let twice =
        r#"[{"eventName":"INSERT","dynamodb":{},"dynamodb":{"NewImage":{"id":{"N":"1"}}}}]"#;
    let error = decode_text::<Order, Order>(twice).expect_err("two changes");
    assert_eq!(error.kind().to_string(), "not a record: `dynamodb` appears twice in it");

    for arrays in [
        r#""Records":[5,6],"Records":[RECORD]"#,
        r#""Records":[RECORD],"Records":[5],"Records":[RECORD]"#,
        r#""Records":{},"Records":[],"Records":null,"Records":[]"#,
    ] {
        let text = format!("{{{}}}", arrays.replace("RECORD", &record_text()));
        let error = StreamEvent::<Order>::from_slice(text.as_bytes()).expect_err(arrays);
        assert_eq!(error.to_string(), "the payload has more than one array of records", "{arrays}");
    }
}

fn record_text() -> String {
    record("1", "INSERT", 7).to_string()
}

#[test]
fn an_array_alone_is_an_event() {
    let records = json!([record("1", "INSERT", 7), record("2", "REMOVE", 8)]);
    let event = StreamEvent::<Order>::from_slice(records.to_string().as_bytes()).expect("an event");
    assert_eq!(event.records.iter().filter(|record| record.is_ok()).count(), 2);
    assert!(StreamEvent::<Order>::from_slice(b" [ ] ").expect("an event").records.is_empty());
    assert!(
        StreamEvent::<Order>::from_slice(br#"{"Records":[]}"#)
            .expect("an event")
            .records
            .is_empty()
    );
}

/// A payload that is not JSON, or does not contain an array of records, fails as a whole.
#[test]
fn a_payload_that_is_not_an_event_fails_as_a_whole() {
    let fails = |text: &[u8]| StreamEvent::<Order>::from_slice(text).expect_err("no event");
    for text in [
        "{}",
        r#"{"Records":null}"#,
        r#"{"Records":{}}"#,
        r#"{"records":[]}"#,
        "5",
        "null",
        "\"Records\"",
    ] {
        assert_eq!(fails(text.as_bytes()), EventError::NoRecords, "{text}");
    }
    let good = payload(&[record("1", "INSERT", 7)]);
    for end in 0..good.len() {
        assert!(
            matches!(fails(&good.as_bytes()[..end]), EventError::NotJson { .. }),
            "{}",
            &good[..end]
        );
    }
    for text in [
        format!("{good},"),
        format!("{good}{good}"),
        good.replace("\"7\"", "\"7"),
        good.replace('[', "[,"),
    ] {
        assert!(matches!(fails(text.as_bytes()), EventError::NotJson { .. }), "{text}");
    }
    let error = fails(b"{\"Records\":[\"\xff\"]}");
    assert!(matches!(error, EventError::NotJson { offset: 13, .. }), "{error}");
    assert_eq!(
        fails(b"{}").to_string(),
        "the payload has no array of records: expected {\"Records\": […]}, or the array alone"
    );
    assert_eq!(fails(b"{]").to_string(), "the payload is not JSON, from byte 1 on");
}

/// An enum whose variants serde reads from a buffer.
#[derive(Debug, serde::Deserialize)]
#[serde(untagged)]
enum Untagged {
    Event(StreamEvent<Order>),
}

/// An event that serde buffers has the limits of the buffer: no lone surrogates, fewer levels of
/// nesting, and rounded numbers.
#[test]
fn a_buffered_event_is_what_the_buffer_of_serde_can_hold() {
    let direct = |text: &str| {
        StreamEvent::<Order>::from_slice(text.as_bytes()).expect("an event").records.remove(0)
    };
    let buffered = |text: &str| match serde_json::from_str(text) {
        Ok(Untagged::Event(mut event)) => Ok(event.records.remove(0)),
        Err(error) => Err(error),
    };
    let plain = record_text();
    let half =
        format!("[{}]", plain.replace("\"awsRegion\":\"eu-central-1\"", r#""awsRegion":"\ud800""#));
    assert!(direct(&half).is_ok() && buffered(&half).is_err());

    let nested = |levels: usize| {
        let nested = format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        format!(
            "[{}]",
            plain.replace("\"awsRegion\":\"eu-central-1\"", &format!("\"unmapped\":{nested}"))
        )
    };
    assert!(buffered(&nested(125)).expect("an event").is_ok());
    assert!(direct(&nested(126)).is_ok() && buffered(&nested(126)).is_err());

    let precise = format!("[{}]", plain.replace("1700000000", "1640995200.123456789"));
    let nanoseconds = |record: Outcome<Order>| {
        let time = record.expect("fits").meta.created_at.expect("a time");
        time.duration_since(SystemTime::UNIX_EPOCH).expect("after 1970").subsec_nanos()
    };
    assert_eq!(nanoseconds(direct(&precise)), 123_456_789);
    let rounded = nanoseconds(buffered(&precise).expect("an event"));
    assert!(rounded.abs_diff(123_456_789) < 300, "{rounded}");
    assert_eq!(rounded == 123_456_789, cfg!(feature = "arbitrary_precision"));
}

#[test]
fn every_deserializer_gives_the_same_event() {
    #[derive(serde::Deserialize)]
    struct Flattened {
        #[serde(flatten)]
        event: StreamEvent<Order>,
    }
    let mut first = record("1", "INSERT", 7);
    first["dynamodb"]["ApproximateCreationDateTime"] = json!(1_640_995_200.5);
    first["dynamodb"]["Keys"] =
        json!({"id": {"N": "7"}, "name": {"S": "\"é\\"}, "hash": {"B": "AP8="}});
    let windowed = json!({
        "Records": [first, json!(5), record("2", "REMOVE", 8)],
        "shardId": "shard",
        "state": {"count": 3, "name": "\"é", "sum": -12.5},
        "window": {"start": "2020-07-30T17:00:00Z"},
    });
    let text = windowed.to_string();
    // The spelling of a number does not change its value.
    let text = text.replace(
        r#""ApproximateCreationDateTime":1700000000"#,
        r#""ApproximateCreationDateTime":1.7E9"#,
    );
    assert!(text.contains("1.7E9"), "{text}");
    let value: Value = serde_json::from_str(&text).expect("JSON");
    let Untagged::Event(untagged) = serde_json::from_str(&text).expect("an event");
    let Flattened { event: flattened } = serde_json::from_str(&text).expect("an event");
    let decoded = StreamEvent::<Order>::from_slice(text.as_bytes()).expect("an event");
    let events = [
        serde_json::from_str(&text).expect("an event"),
        serde_json::from_slice(text.as_bytes()).expect("an event"),
        serde_json::from_reader(text.as_bytes()).expect("an event"),
        serde_json::from_value(value.clone()).expect("an event"),
        Deserialize::deserialize(&value).expect("an event"),
        untagged,
        flattened,
    ];
    let [Ok(first), Err(second), Ok(third)] = &decoded.records[..] else { panic!("{decoded:?}") };
    assert_eq!(first.change, Change::Insert { new: Order { id: 7 } });
    assert_eq!(
        first.meta.created_at,
        Some(SystemTime::UNIX_EPOCH + Duration::from_millis(1_640_995_200_500))
    );
    assert_eq!(first.meta.keys.len(), 3);
    assert!(matches!(second.kind(), RecordErrorKind::NotARecord));
    assert_eq!(third.change, Change::Remove { old: Order { id: 8 }, expired: false });
    assert_eq!(
        third.meta.created_at,
        Some(SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000))
    );
    assert_eq!(
        decoded.window.as_ref().map(|window| window.raw_state()),
        Some(r#"{"count":3,"name":"\"é","sum":-12.5}"#)
    );
    for event in events {
        let [Ok(same), Err(error), Ok(last)] = &event.records[..] else { panic!("{event:?}") };
        assert_eq!((same, last, &event.window), (first, third, &decoded.window));
        assert_eq!((error.to_string(), error.raw_json()), (second.to_string(), second.raw_json()));
    }
    let error = serde_json::from_str::<StreamEvent<Order>>("{}").expect_err("no event");
    assert!(error.to_string().starts_with("the payload has no array of records"), "{error}");
}

/// Passes on the map or the list that it visits, as in serde's example
/// [Either string or struct](https://serde.rs/string-or-struct.html).
struct Visited(StreamEvent<Order>);

impl<'de> Deserialize<'de> for Visited {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Handing;
        impl<'de> Visitor<'de> for Handing {
            type Value = StreamEvent<Order>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an event")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                StreamEvent::deserialize(MapAccessDeserializer::new(map))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
                StreamEvent::deserialize(SeqAccessDeserializer::new(list))
            }
        }
        deserializer.deserialize_any(Handing).map(Self)
    }
}

#[test]
fn an_event_can_be_visited() {
    for text in [payload(&[record("1", "INSERT", 7)]), format!("[{}]", record_text())] {
        let Visited(event) = serde_json::from_str(&text).expect("an event");
        let decoded = StreamEvent::<Order>::from_slice(text.as_bytes()).expect("an event");
        let ([Ok(visited)], [Ok(decoded)]) = (&event.records[..], &decoded.records[..]) else {
            panic!("{event:?}")
        };
        assert_eq!(visited, decoded);
    }
    let error = |text| {
        serde_json::from_str::<Visited>(text)
            .map(|Visited(event)| event)
            .expect_err("no event")
            .to_string()
    };
    assert!(error("{}").starts_with("the payload has no array of records"), "{}", error("{}"));
    assert!(
        error(r#"{"Records":[1,]}"#).starts_with("trailing comma"),
        "{}",
        error(r#"{"Records":[1,]}"#)
    );
}

#[test]
fn the_text_reaches_the_event_as_it_is() {
    let text = format!(
        "{{\"Records\" :\t[ {} ,\n{{ \"odd\" :  1 }}]}}",
        record_text().replace("1700000000", "1.635734407123456789E9")
    );
    let events = [
        serde_json::from_str::<StreamEvent<Order>>(&text).expect("an event"),
        serde_json::from_slice(text.as_bytes()).expect("an event"),
        serde_json::from_reader(text.as_bytes()).expect("an event"),
    ];
    for event in events {
        let [Ok(first), Err(second)] = &event.records[..] else { panic!("{event:?}") };
        let time = SystemTime::UNIX_EPOCH + Duration::new(1_635_734_407, 123_456_789);
        assert_eq!(first.meta.created_at, Some(time));
        assert_eq!(second.raw_json(), "{ \"odd\" :  1 }");
    }
}

#[test]
fn an_event_of_aws_lambda_events_converts() {
    let records = [
        record("1", "INSERT", 7),
        record("2", "MODIFY", 8),
        captured(Some("KEYS_ONLY"), "REMOVE"),
        json!({"eventID": "x", "eventName": "RENAME", "awsRegion": "", "dynamodb": {"SizeBytes": 1}}),
        {
            let mut expired = record("5", "REMOVE", 9);
            expired["userIdentity"] =
                json!({"type": "Service", "principalId": "dynamodb.amazonaws.com"});
            expired
        },
        {
            let mut poisoned = record("6", "INSERT", 9);
            poisoned["dynamodb"]["NewImage"]["id"] = json!({"S": "secret"});
            poisoned
        },
        {
            let mut keyless = record("7", "INSERT", 9);
            keyless["dynamodb"]["Keys"] = json!({"id": {"M": {"no": {"S": "key"}}}});
            keyless
        },
    ];
    let text = payload(&records);
    let theirs: Event = serde_json::from_str(&text).expect("an event");
    let converted = StreamEvent::<Order>::from(theirs).records;
    let decoded = StreamEvent::<Order>::from_slice(text.as_bytes()).expect("an event").records;
    assert_eq!(converted.len(), decoded.len());
    for (converted, decoded) in converted.into_iter().zip(decoded) {
        match (converted, decoded) {
            (Ok(converted), Ok(decoded)) => assert_eq!(converted, decoded),
            (Err(converted), Err(decoded)) => {
                assert_eq!(converted.kind().to_string(), decoded.kind().to_string());
                let raw: Value = serde_json::from_str(converted.raw_json()).expect("JSON");
                assert_eq!(raw["eventID"].as_str(), converted.meta.event_id.as_deref());
            }
            (converted, decoded) => panic!("{converted:?} and {decoded:?}"),
        }
    }
}

#[test]
fn an_error_tells_of_the_first_part_that_does_not_fit() {
    let mut record = record("1", "MODIFY", 7);
    record["dynamodb"].as_object_mut().expect("an object").remove("NewImage");
    record["dynamodb"]["OldImage"] = json!({});
    let error = decode::<Order, Order>(&record).expect_err("no images");
    assert_eq!(error.part(), Some(RecordPart::NewImage));
    assert!(error.image_error().is_none(), "{error}");
    assert!(error.to_string().contains("; old image: id: missing"), "{error}");
}

#[test]
fn an_error_keeps_the_record_and_tells_no_value() {
    let mut poisoned = record("42", "MODIFY", 7);
    poisoned["dynamodb"]["NewImage"]["id"] = json!({"S": "secret"});
    poisoned["dynamodb"]["Keys"]["id"] = json!({"N": "31337"});
    let error = decode::<Order, Order>(&poisoned).expect_err("no number");
    assert_eq!(
        error.to_string(),
        "event event-42, sequence number 42, MODIFY: new image: id: expected N (u32), found S"
    );
    for text in [format!("{error:?}"), format!("{error:#?}"), error.to_string()] {
        assert!(!text.contains("secret") && !text.contains("31337"), "{text}");
    }
    assert_eq!(serde_json::from_str::<Value>(error.raw_json()).expect("JSON"), poisoned);
    assert_eq!(error.meta.region.as_deref(), Some("eu-central-1"));
    let meta = decode::<Order, Order>(&record("1", "INSERT", 31337)).expect("fits").meta;
    assert!(format!("{meta:?}").contains(r#"keys: [("id", N)]"#), "{meta:?}");
    assert!(!format!("{meta:?}").contains("31337"), "{meta:?}");
    let mut renamed = record("1", "INSERT", 7);
    renamed["eventName"] = json!("é".repeat(1000));
    let error = decode::<Order, Order>(&renamed).expect_err("no such event");
    assert!(format!("{error} {error:?}").len() < 2000, "{error:?}");
    let error = decode::<Order, Order>(&json!({})).expect_err("no record");
    assert!(
        error
            .to_string()
            .starts_with("event without an id, no sequence number: not a DynamoDB record"),
        "{error}"
    );
}

#[test]
fn a_window_comes_with_its_state() {
    // The example in the AWS documentation, except for the state, which is the function's own.
    let event = |state: Value| {
        json!({
            "Records": [record("1", "INSERT", 7)],
            "window": {"start": "2020-07-30T17:00:00Z", "end": "2020-07-30T17:05:00Z"},
            "state": state,
            "shardId": "shard123456789",
            "eventSourceARN": "stream-ARN",
            "isFinalInvokeForWindow": false,
            "isWindowTerminatedEarly": true,
        })
    };
    let decode = |event: Value| {
        StreamEvent::<Order>::from_slice(event.to_string().as_bytes()).expect("an event")
    };
    let window = decode(event(json!({"1": "state1"}))).window.expect("a window");
    let start = SystemTime::UNIX_EPOCH + Duration::from_hours(443_369);
    assert_eq!((window.start, window.end), (Some(start), Some(start + Duration::from_mins(5))));
    assert_eq!(window.shard_id.as_deref(), Some("shard123456789"));
    assert_eq!(window.event_source_arn.as_deref(), Some("stream-ARN"));
    assert_eq!((window.is_final, window.is_terminated_early), (false, true));
    let state: std::collections::BTreeMap<String, String> = window.read_state().expect("strings");
    assert_eq!(state["1"], "state1");

    let numbers = decode(event(json!({"1": 282, "2": 7.5}))).window.expect("a window");
    let state: std::collections::BTreeMap<String, f64> = numbers.read_state().expect("numbers");
    assert_eq!((state["1"], state["2"]), (282.0, 7.5));
    assert!(!format!("{numbers:?}").contains("282"));
    let secret = decode(event(json!("secret"))).window.expect("a window");
    let error = secret.read_state::<Vec<u8>>().expect_err("no list");
    assert_eq!(
        error.to_string(),
        "the window's state is not of the type that it is read as, from column 8 on"
    );
    assert!(!format!("{error:?}{secret:?}").contains("secret"));
    for first in [json!({}), json!(null)] {
        assert_eq!(decode(event(first)).window.expect("a window").raw_state(), "{}");
    }
    let last = json!({"Records": [], "isFinalInvokeForWindow": true});
    assert!(decode(last).window.is_some_and(|window| window.is_final && window.start.is_none()));
    assert!(decode(json!({"Records": []})).window.is_none());
}

#[test]
fn the_response_of_a_window_always_has_its_state() {
    use ddb_core::{DynamoDbEventResponse, WindowResponse};
    let done = WindowResponse::new(json!({"1": 2}), DynamoDbEventResponse::default());
    assert_eq!(
        serde_json::to_string(&done).expect("JSON"),
        r#"{"state":{"1":2},"batchItemFailures":[]}"#
    );
    let mut response = DynamoDbEventResponse::default();
    response.batch_item_failures.push(DynamoDbBatchItemFailure::default());
    response.batch_item_failures[0].item_identifier = Some("111".to_owned());
    // A response made by hand, which asks Lambda to retry the whole batch.
    let mut by_hand = DynamoDbEventResponse::default();
    by_hand.batch_item_failures.push(DynamoDbBatchItemFailure::default());
    let by_hand = WindowResponse::new("secret", by_hand);
    assert_eq!(
        serde_json::to_string(&by_hand).expect("JSON"),
        r#"{"state":"secret","batchItemFailures":[{"itemIdentifier":null}]}"#
    );
    assert!(!format!("{by_hand:?}").contains("secret"));
    let failed = WindowResponse::new(std::collections::BTreeMap::<String, u8>::new(), response);
    assert_eq!(
        serde_json::to_string(&failed).expect("JSON"),
        r#"{"state":{},"batchItemFailures":[{"itemIdentifier":"111"}]}"#
    );
}
