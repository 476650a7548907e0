//! The changes that the local run makes to the table.

use std::time::Duration;

use serde_json::json;

use crate::table::Table;

type Error = Box<dyn std::error::Error + Send + Sync>;

/// A step's name and the change that it makes.
pub type Step = (&'static str, fn(&Table) -> Result<(), Error>);

const HOUR: Duration = Duration::from_hours(1);

pub const STEPS: [Step; 6] = [
    ("put item 1", |table| {
        table.put(
            &json!({"Id": {"N": "1"}, "Message": {"S": "hello"}, "EntityType": {"S": "Greeting"}}),
        )
    }),
    ("update item 1", |table| table.update_message(1, "hello again")),
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
        table.put(
            &json!({"Id": {"N": "3"}, "Message": {"S": "before"}, "EntityType": {"S": "Greeting"}}),
        )?;
        table.put(
            &json!({"Id": {"N": "3000000000"}, "Message": {"L": [{"S": "not"}, {"S": "text"}]}}),
        )?;
        table.put(
            &json!({"Id": {"N": "4"}, "Message": {"S": "behind"}, "EntityType": {"S": "Greeting"}}),
        )
    }),
    ("delete item 1", |table| table.delete(1)),
    ("let two hours pass", |table| table.expire_after(2 * HOUR).map(drop)),
];
