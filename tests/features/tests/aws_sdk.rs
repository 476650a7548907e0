//! Items and records of the AWS SDK, as the SDK reads them from a response.

use std::fmt::Debug;
use std::time::{Duration, SystemTime};

use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region, SharedHttpClient};
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue as SdkValue;
use aws_sdk_dynamodbstreams::types::Record;
use aws_smithy_http_client::test_util::infallible_client_fn;
use ddb_core::event::{ChangeImage, EventName, RecordErrorKind, ViewType, record_to_json};
use ddb_core::{
    Change, FromStreamImage, Ignored, IntoSdkItem, Item, SdkItem, StreamEvent, StreamRecord,
};
use ddb_tests::{image, payload, record};
use serde_json::{Value, json};

#[derive(Clone, Debug, PartialEq, FromStreamImage)]
struct Order {
    id: u32,
}

/// An HTTP client that answers every request with this response.
fn answering(response: &Value) -> SharedHttpClient {
    let response = response.to_string();
    infallible_client_fn(move |_| http::Response::new(response.clone()))
}

macro_rules! client {
    ($sdk:ident, $response:expr) => {{
        let config = $sdk::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("eu-central-1"))
            .credentials_provider(Credentials::new("key", "secret", None, None, "test"))
            .http_client(answering($response));
        $sdk::Client::from_conf(config.build())
    }};
}

/// The SDK's item of this DynamoDB JSON.
async fn sdk_item(item: &Value) -> SdkItem {
    let client = client!(aws_sdk_dynamodb, &json!({ "Item": item }));
    let request = client.get_item().table_name("Orders").key("id", SdkValue::N("7".to_owned()));
    request.send().await.expect("a response").item.expect("an item")
}

/// The SDK's records of these records of a payload.
async fn sdk_records(records: &[Value]) -> Vec<Record> {
    let client = client!(aws_sdk_dynamodbstreams, &json!({ "Records": records }));
    let output = client.get_records().shard_iterator("iterator").send().await;
    output.expect("a response").records.expect("records")
}

async fn sdk_record(record: &Value) -> Record {
    sdk_records(std::slice::from_ref(record)).await.remove(0)
}

/// Removes the member at the end of this path.
fn without(mut record: Value, path: &[&str]) -> Value {
    let (name, parents) = path.split_last().expect("a path");
    let parent = parents.iter().fold(&mut record, |value, name| &mut value[name]);
    parent.as_object_mut().expect("an object").remove(*name);
    record
}

/// A record that has everything that the DynamoDB Streams API states.
fn full_record() -> Value {
    let mut record = without(record("111", "REMOVE", 7), &["eventSourceARN"]);
    record["dynamodb"]["ApproximateCreationDateTime"] = json!(1_700_000_000.25);
    record["userIdentity"] = json!({"Type": "Service", "PrincipalId": "dynamodb.amazonaws.com"});
    record
}

#[tokio::test]
async fn an_item_of_the_sdk_reads_as_its_json_does() {
    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(strict)]
    struct Everything {
        text: String,
        number: u8,
        flag: bool,
        nothing: Option<u8>,
        bytes: Vec<u8>,
        list: Vec<u8>,
        map: std::collections::BTreeMap<String, u8>,
        texts: Vec<String>,
        numbers: Vec<u8>,
        blobs: Vec<Vec<u8>>,
    }
    let good = json!({
        "text": {"S": "a"}, "number": {"N": "1"}, "flag": {"BOOL": true}, "nothing": {"NULL": true},
        "bytes": {"B": "AQI="}, "list": {"L": [{"N": "1"}]}, "map": {"M": {"a": {"N": "1"}}},
        "texts": {"SS": ["a"]}, "numbers": {"NS": ["1"]}, "blobs": {"BS": ["AQI="]},
    });
    let mut bad = good.clone();
    bad["list"] = json!({"L": [{"N": "1"}, {"S": "2"}]});
    bad["number"] = json!({"N": "256"});
    for item in [good, bad, json!({})] {
        let sdk = Everything::from_sdk_item(sdk_item(&item).await);
        let json = Everything::from_json(item.to_string().as_bytes());
        assert_eq!(sdk.map_err(|error| error.to_string()), json.map_err(|error| error.to_string()));
    }
}

#[tokio::test]
async fn an_item_converts_into_one_of_the_sdk_and_back() {
    let json = json!({
        "text": {"S": "a"}, "number": {"N": "1"}, "flag": {"BOOL": true}, "nothing": {"NULL": true},
        "bytes": {"B": "AQI="}, "list": {"L": [{"M": {"a": {"NS": ["1", "2"]}}}]},
        "texts": {"SS": ["a"]}, "blobs": {"BS": ["AQI="]},
    });
    let item = image(json.clone()).into_sdk_item();
    assert_eq!(item["bytes"], SdkValue::B(Blob::new([1, 2])));
    assert_eq!(item, sdk_item(&json).await);
    assert_eq!(Item::from(item), image(json));
}

#[tokio::test]
async fn an_attribute_that_the_sdk_could_not_read_is_an_error() {
    for later in [json!({"Z": "1"}), json!({"L": [{"Z": "1"}]}), json!({"M": {"a": {"Z": "1"}}})] {
        let item = json!({"id": {"N": "7"}, "later": later});
        let error = Order::from_sdk_item(sdk_item(&item).await).expect_err("an error");
        assert_eq!(
            error.to_string(),
            "later: expected an attribute type that this version of the SDK knows, found a value \
             of an unknown attribute type"
        );

        let mut record = record("111", "MODIFY", 7);
        record["dynamodb"]["OldImage"] = item.clone();
        let error =
            StreamRecord::<Order>::try_from(sdk_record(&record).await).expect_err("an error");
        assert!(error.kind().to_string().starts_with("old image: later: expected"), "{error}");
        let record: Value = serde_json::from_str(error.raw_json()).expect("JSON");
        assert_eq!(record["dynamodb"].get("OldImage"), None);
        assert_eq!(record["dynamodb"]["NewImage"], json!({"id": {"N": "7"}}));
    }
}

#[tokio::test]
async fn an_image_that_is_not_needed_may_be_unreadable_and_keys_may_not() {
    let mut record = record("111", "MODIFY", 7);
    record["dynamodb"]["OldImage"] = json!({"id": {"Z": "1"}});
    let decoded = StreamRecord::<Order, Ignored>::try_from(sdk_record(&record).await);
    assert_eq!(
        decoded.expect("a record").change,
        Change::Modify { old: Ignored, new: Order { id: 7 } }
    );

    record["dynamodb"]["Keys"] = json!({"id": {"Z": "1"}});
    let error = StreamRecord::<Order, Ignored>::try_from(sdk_record(&record).await);
    let error = error.expect_err("an error");
    assert!(error.kind().to_string().starts_with("keys: id: expected an attribute"), "{error}");
}

/// Asserts that the record of the SDK decodes as the record of a payload does, and that the text of
/// a record that does not decode fails in the same way.
async fn check<T: ChangeImage + Debug + PartialEq>(record: &Value) {
    let sdk = StreamRecord::<T>::try_from(sdk_record(record).await);
    let decode = |payload: &str| {
        let event = StreamEvent::<T>::from_slice(payload.as_bytes()).expect("an event");
        event.records.into_iter().next().expect("a record")
    };
    match (sdk, decode(&payload(std::slice::from_ref(record)))) {
        (Ok(sdk), Ok(json)) => {
            assert_eq!(sdk.change, json.change);
            assert_eq!(sdk.meta, json.meta);
        }
        (Err(sdk), Err(json)) => {
            assert_eq!(sdk.to_string(), json.to_string());
            assert_eq!(sdk.meta, json.meta);
            let again = decode(&format!("[{}]", sdk.raw_json())).expect_err("an error");
            assert_eq!(again.to_string(), json.to_string());
            assert_eq!(again.meta, json.meta);
        }
        (sdk, json) => panic!("{sdk:?} and {json:?}"),
    }
}

#[tokio::test]
async fn a_record_of_the_sdk_is_written_as_lambda_delivers_it() {
    let arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/Orders/stream/2026-01-02T03:04:05";
    let written = record_to_json(sdk_record(&full_record()).await, arn).expect("a record");
    let mut expected = full_record();
    expected["eventSourceARN"] = json!(arn);
    // The API of the stream writes these two names in another case than Lambda does.
    expected["userIdentity"] = json!({"type": "Service", "principalId": "dynamodb.amazonaws.com"});
    assert_eq!(serde_json::from_str::<Value>(&written).expect("JSON"), expected);

    let mut unknown = full_record();
    unknown["dynamodb"]["OldImage"] = json!({"id": {"Z": "1"}});
    record_to_json(sdk_record(&unknown).await, arn).expect_err("an unknown type");
}

#[tokio::test]
async fn a_record_of_the_sdk_decodes_as_one_of_a_payload_does() {
    let mut records = vec![full_record()];
    for event_name in ["INSERT", "MODIFY", "REMOVE"] {
        let mut record = full_record();
        record["eventName"] = json!(event_name);
        for part in ["Keys", "NewImage", "OldImage"] {
            for image in [json!({}), json!({"id": {"S": "7"}}), json!({"id": {"N": "7"}})] {
                let mut record = record.clone();
                record["dynamodb"][part] = image;
                records.push(record);
            }
            records.push(without(record.clone(), &["dynamodb", part]));
        }
        for view_type in ["KEYS_ONLY", "NEW_IMAGE", "LATER"] {
            record["dynamodb"]["StreamViewType"] = json!(view_type);
            records.push(record.clone());
        }
    }
    for path in [
        &["eventID"][..],
        &["eventName"],
        &["awsRegion"],
        &["dynamodb"],
        &["userIdentity"],
        &["dynamodb", "ApproximateCreationDateTime"],
        &["dynamodb", "SequenceNumber"],
        &["dynamodb", "SizeBytes"],
        &["dynamodb", "StreamViewType"],
    ] {
        records.push(without(full_record(), path));
    }
    let mut later = full_record();
    later["eventName"] = json!("ARCHIVE");
    records.push(later);
    for record in &records {
        check::<Order>(record).await;
        check::<Option<Order>>(record).await;
        check::<Item>(record).await;
    }
}

#[tokio::test]
async fn the_metadata_of_a_record_of_the_sdk() {
    let decoded = StreamRecord::<Order>::try_from(sdk_record(&full_record()).await);
    let StreamRecord { meta, change, .. } = decoded.expect("a record");
    assert_eq!(change, Change::Remove { old: Order { id: 7 }, expired: true });
    assert_eq!(meta.event_id.as_deref(), Some("event-111"));
    assert_eq!(meta.event_name, Some(EventName::Remove));
    assert_eq!(meta.region.as_deref(), Some("eu-central-1"));
    assert_eq!(meta.sequence_number.expect("a number").as_str(), "111");
    let time = SystemTime::UNIX_EPOCH + Duration::from_millis(1_700_000_000_250);
    assert_eq!(meta.created_at, Some(time));
    assert_eq!(meta.size_bytes, Some(26));
    assert_eq!(meta.view_type, Some(ViewType::NewAndOldImages));
    assert_eq!(meta.keys, image(json!({"id": {"N": "7"}})));
    assert!(meta.user_identity.expect("an identity").is_time_to_live());
    assert_eq!((meta.event_source_arn, meta.table_name), (None, None));
}

#[tokio::test]
async fn a_record_without_a_change_keeps_its_metadata() {
    let record = without(full_record(), &["dynamodb"]);
    let error = StreamRecord::<Order>::try_from(sdk_record(&record).await).expect_err("an error");
    assert!(matches!(error.kind(), RecordErrorKind::NoChange), "{error}");
    assert_eq!(error.meta.event_id.as_deref(), Some("event-111"));
}

#[tokio::test]
async fn the_response_names_the_record_to_read_again() {
    let mut records: Vec<_> =
        ["111", "112", "113"].map(|number| record(number, "INSERT", 7)).into();
    records[1]["dynamodb"]["NewImage"] = json!({"id": {"S": "7"}});
    let event = StreamEvent::<Order>::from(sdk_records(&records).await);
    let response = event.process(async |_| Ok(())).await.expect("a response");
    let [failure] = &response.batch_item_failures[..] else { panic!("one failure") };
    assert_eq!(failure.item_identifier.as_deref(), Some("112"));
}
