//! The item that a new user maps first, without a newtype and without a `with` module.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use ddb_core::{FromAttribute, FromStreamImage, ImageError};
use ddb_tests::{describe_error, image};
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

#[derive(Debug, PartialEq, FromStreamImage)]
#[ddb(strict, rename_all = "PascalCase")]
struct Order {
    id: Uuid,
    total: Decimal,
    placed_at: DateTime<Utc>,
    #[ddb(unix_time = "ms")]
    expires_at: SystemTime,
    tags: BTreeSet<String>,
    lines: Vec<Line>,
    #[ddb(json)]
    note: Option<Note>,
    #[ddb(from_str)]
    addresses: Vec<IpAddr>,
    #[ddb(bool_from_number)]
    paid: bool,
    status: Status,
}

#[derive(Debug, PartialEq, FromAttribute)]
#[ddb(strict, rename_all = "PascalCase")]
struct Line {
    sku: String,
    qty: u32,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Note {
    from: String,
    text: String,
}

#[derive(Debug, PartialEq, FromAttribute)]
enum Status {
    Open,
    #[ddb(other)]
    Unknown(String),
}

#[test]
fn an_order_needs_no_newtype_and_no_module() -> Result<(), ImageError> {
    let json = json!({
        "Id": {"S": "67e55044-10b1-426f-9247-bb680e5fe0c8"},
        "Total": {"N": "19.90"},
        "PlacedAt": {"S": "2026-01-02T03:04:05.5+01:00"},
        "ExpiresAt": {"N": "1700000000500"},
        "Tags": {"SS": ["new", "gift"]},
        "Lines": {"L": [{"M": {"Sku": {"S": "A-1"}, "Qty": {"N": "2"}}}]},
        "Note": {"S": "{\"from\": \"ada\", \"text\": \"thanks\"}"},
        "Addresses": {"L": [{"S": "10.0.0.1"}, {"S": "::1"}]},
        "Paid": {"N": "1"},
        "Status": {"S": "Returned"},
    });
    let order = Order::from_image(image(json.clone()))?;
    assert_eq!(order, Order::from_image_ref(&image(json.clone()))?);
    assert_eq!(order, Order::from_json(json.to_string().as_bytes())?);
    assert_eq!(order.total, Decimal::new(1990, 2));
    assert_eq!(order.placed_at.to_rfc3339(), "2026-01-02T02:04:05.500+00:00");
    let expires_at = SystemTime::UNIX_EPOCH + Duration::from_millis(1_700_000_000_500);
    assert_eq!(order.expires_at, expires_at);
    assert_eq!(order.note.expect("a note").from, "ada");
    assert_eq!(order.addresses.len(), 2);
    assert_eq!(order.lines, [Line { sku: "A-1".into(), qty: 2 }]);
    assert!(order.paid);
    assert_eq!(order.status, Status::Unknown("Returned".into()));
    Ok(())
}

#[test]
fn what_is_wrong_with_an_order_is_reported_without_values() {
    let error = Order::from_image(image(json!({
        "Id": {"S": "secret"},
        "Total": {"N": "1E-38"},
        "PlacedAt": {"S": "2026-01-02"},
        "ExpiresAt": {"N": "1E30"},
        "Lines": {"L": [{"M": {"Sku": {"N": "1"}, "Qty": {"N": "-2"}}}]},
        "Note": {"S": "{\"from\": \"ada\", \"text\": 7}"},
        "Addresses": {"L": [{"S": "10.0.0.1"}, {"S": "secret"}]},
        "Paid": {"N": "2"},
        "Status": {"N": "1"},
    })))
    .expect_err("nothing fits");
    assert_eq!(
        describe_error(&error),
        [
            "Addresses[1]: expected S or N (IpAddr), found S that does not convert",
            "ExpiresAt: expected N (SystemTime), found N out of range",
            "Id: expected S (Uuid), found S that does not convert",
            "Lines[0].Qty: expected N (u32), found N out of range",
            "Lines[0].Sku: expected S (String), found N",
            "Note: expected S (Note), found S with other JSON at line 1 column 25",
            "Paid: expected N or BOOL that is 0, 1, true or false (bool), found N out of range",
            "PlacedAt: expected S in RFC 3339 (DateTime<Utc>), found S that does not convert",
            "Status: expected S (Status), found N",
            "Total: expected N (Decimal), found N with too many digits",
        ]
    );
}
