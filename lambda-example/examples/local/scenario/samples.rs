//! A table of samples, with one that does not fit.

use std::time::Duration;

use serde_json::{Value, json};

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
        ("put item 1", |table| table.put(&greeting("1", "hello"))),
        ("update item 1", |table| {
            table.update(&key("1"), &[("Message", json!({"S": "hello again"}))])
        }),
        ("put item 2, which expires in an hour", |table| {
            let expires_at = table.now() + HOUR.as_secs();
            table.put(&json!({
                "Id": {"N": "2"},
                "Message": {"S": "gone soon"},
                "EntityType": {"S": "Reminder"},
                "ExpiresAt": {"N": expires_at.to_string()},
            }))
        }),
        ("put item 3, item 3000000000, which does not fit a sample, and item 4", |table| {
            table.put(&greeting("3", "before"))?;
            table.put(
                &json!({"Id": {"N": "3000000000"}, "Message": {"L": [{"S": "not"}, {"S": "text"}]}}),
            )?;
            table.put(&greeting("4", "behind"))
        }),
        ("delete item 1", |table| table.delete(&key("1"))),
        ("let two hours pass", |table| table.expire_after(2 * HOUR).map(drop)),
    ],
};

fn key(id: &str) -> Value {
    json!({"Id": {"N": id}})
}

fn greeting(id: &str, message: &str) -> Value {
    json!({"Id": {"N": id}, "Message": {"S": message}, "EntityType": {"S": "Greeting"}})
}
