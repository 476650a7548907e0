//! Keeps a copy of a table in an embedded DynamoDB, from records that arrive twice and late.

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{Credentials, SharedCredentialsProvider};
use ddb_core::event::RecordMeta;
use ddb_core::testing::{RecordBuilder, insert, modify, remove};
use ddb_core::{Change, FromStreamImage as _, StreamEvent, StreamRecord};
use dynoxide::Database;
use lambda_example::copy::{CopyTable, Effect};
use lambda_example::model::SampleModel;
use serde_json::json;
use tokio::net::TcpListener;

const TABLE: &str = "Copy";

struct Copy {
    client: Client,
    table: CopyTable,
}

impl Copy {
    /// An empty copy.
    async fn new() -> Self {
        let database = Database::memory().expect("a database");
        let request = serde_json::from_value(json!({
            "TableName": TABLE,
            "KeySchema": [{"AttributeName": "Id", "KeyType": "HASH"}],
            "AttributeDefinitions": [{"AttributeName": "Id", "AttributeType": "N"}],
            "BillingMode": "PAY_PER_REQUEST",
        }));
        database.create_table(request.expect("a request")).expect("a table");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
        tokio::spawn(dynoxide::server::serve_on(listener, database));
        let credentials = Credentials::new("key", "secret", None, None, "the embedded DynamoDB");
        let config = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("eu-central-1"))
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .endpoint_url(endpoint)
            .build();
        let client = Client::new(&config);
        Self { table: CopyTable::new(client.clone(), TABLE.to_owned()), client }
    }

    async fn deliver(&self, record: RecordBuilder) -> Effect {
        let mut event: StreamEvent<SampleModel> = record.key(&["Id"]).into();
        let record = event.records.remove(0).expect("fits");
        self.table.handle_record(record).await.expect("handled")
    }

    /// The samples of the copy, without what is left of deleted ones.
    async fn samples(&self) -> Vec<SampleModel> {
        let request = self.client.scan().table_name(TABLE);
        let request = request.filter_expression("attribute_not_exists(ExpiresAt)");
        let items = request.send().await.expect("scanned").items.unwrap_or_default();
        items.into_iter().map(|item| SampleModel::from_sdk_item(item).expect("fits")).collect()
    }
}

fn sample(message: &str) -> SampleModel {
    SampleModel { id: 1, message: message.to_owned(), entity_type: "Greeting".to_owned() }
}

/// The changes of an item, in the order in which they were made. The last number has a digit more
/// than the others, and its text is lower than theirs.
fn changes() -> [RecordBuilder; 4] {
    let [first, second, third] = ["first", "second", "third"].map(sample);
    [
        insert(&first).sequence_number("700000000017450439091"),
        modify(&first, &second).sequence_number("800000000017450439091"),
        remove(&second).sequence_number("900000000017450439091"),
        insert(&third).sequence_number("1000000000017450439091"),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn each_change_is_copied() {
    let copy = Copy::new().await;
    let expected = [vec![sample("first")], vec![sample("second")], vec![], vec![sample("third")]];
    for (change, expected) in changes().into_iter().zip(expected) {
        assert_eq!(copy.deliver(change).await, Effect::Written);
        assert_eq!(copy.samples().await, expected);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_duplicate_changes_nothing() {
    let copy = Copy::new().await;
    for change in changes() {
        assert_eq!(copy.deliver(change.clone()).await, Effect::Written);
        let samples = copy.samples().await;
        assert_eq!(copy.deliver(change).await, Effect::Stale);
        assert_eq!(copy.samples().await, samples);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_change_does_not_overwrite_a_newer_one() {
    for newest in 1..4 {
        let copy = Copy::new().await;
        assert_eq!(copy.deliver(changes()[newest].clone()).await, Effect::Written);
        let samples = copy.samples().await;
        for late in &changes()[..newest] {
            assert_eq!(copy.deliver(late.clone()).await, Effect::Stale);
            assert_eq!(copy.samples().await, samples);
        }
    }
}

/// A line of an export has no sequence number.
#[tokio::test(flavor = "multi_thread")]
async fn a_line_of_an_export_is_older_than_every_change() {
    let line = || {
        let change = Change::<SampleModel>::Insert { new: sample("exported") };
        StreamRecord::new(RecordMeta::default(), change)
    };
    let copy = Copy::new().await;
    assert_eq!(copy.table.handle_record(line()).await.expect("handled"), Effect::Written);
    assert_eq!(copy.samples().await, [sample("exported")]);
    assert_eq!(copy.table.handle_record(line()).await.expect("handled"), Effect::Stale);
    for change in changes() {
        assert_eq!(copy.deliver(change).await, Effect::Written);
        let samples = copy.samples().await;
        assert_eq!(copy.table.handle_record(line()).await.expect("handled"), Effect::Stale);
        assert_eq!(copy.samples().await, samples);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_error_of_the_table_fails_the_record() {
    let copy = Copy::new().await;
    let elsewhere = CopyTable::new(copy.client.clone(), "Elsewhere".to_owned());
    let event: StreamEvent<SampleModel> = changes()[0].clone().key(&["Id"]).into();
    for record in event.records {
        elsewhere.handle_record(record.expect("fits")).await.expect_err("no such table");
    }
}
