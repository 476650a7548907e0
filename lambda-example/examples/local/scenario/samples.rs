//! A table of samples, with one that does not fit.

use std::time::Duration;

use ddb_core::IntoItem;
use lambda_example::model::SampleModel;
use serde_json::json;

use super::Scenario;

const HOUR: Duration = Duration::from_hours(1);

pub const SAMPLES: Scenario = Scenario {
    table: "Samples",
    keys: || {
        json!({
            "KeySchema": [{"AttributeName": "Id", "KeyType": "HASH"}],
            "AttributeDefinitions": [{"AttributeName": "Id", "AttributeType": "N"}],
        })
    },
    steps: &[
        ("put item 1", |table| table.put(greeting(1, "hello"))),
        ("update item 1", |table| {
            table.update(Key { id: 1 }, &[("Message", json!({"S": "hello again"}))])
        }),
        ("put item 2, which expires in an hour", |table| {
            let expires_at = table.now() + HOUR.as_secs();
            let sample = sample(2, "gone soon", "Reminder");
            table.put(Reminder { sample, expires_at })
        }),
        ("put item 3, item 3000000000, which does not fit a sample, and item 4", |table| {
            table.put(greeting(3, "before"))?;
            table.put(Misfit { id: 3_000_000_000, message: ["not", "text"] })?;
            table.put(greeting(4, "behind"))
        }),
        ("delete item 1", |table| table.delete(Key { id: 1 })),
        ("let two hours pass", |table| table.expire_after(2 * HOUR).map(drop)),
    ],
};

/// The table's key.
#[derive(IntoItem)]
#[ddb(rename_all = "PascalCase")]
struct Key {
    id: i32,
}

/// A sample with the time at which DynamoDB deletes it.
#[derive(IntoItem)]
#[ddb(rename_all = "PascalCase")]
struct Reminder {
    #[ddb(flatten)]
    sample: SampleModel,
    expires_at: u64,
}

/// An item that no sample is read from.
#[derive(IntoItem)]
#[ddb(rename_all = "PascalCase")]
struct Misfit {
    id: i64,
    message: [&'static str; 2],
}

fn sample(id: i32, message: &str, entity_type: &str) -> SampleModel {
    SampleModel { id, message: message.to_owned(), entity_type: entity_type.to_owned() }
}

fn greeting(id: i32, message: &str) -> SampleModel {
    sample(id, message, "Greeting")
}
