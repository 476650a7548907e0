//! The payloads of the soak.

use std::fmt::Write as _;
use std::ops::Range;

use ddb_core::IntoItem as _;
use ddb_core::testing::{EventBuilder, RecordBuilder, modify};
use serde_json::Value;

use crate::entity::{Customer, Entity, Line, Order, Payment, Totals};

/// One record in this many does not fit.
const POISONED: u64 = 100;

/// A sequence number that is replaced. The others have as many digits.
const NUMBER: &str = "9000000000000000000000";

/// A record's text before its sequence number, and behind it.
struct Template([String; 2]);

impl Template {
    fn new(record: RecordBuilder) -> Self {
        let payload = EventBuilder::from(record.sequence_number(NUMBER)).deserialize::<Value>();
        let text = payload["Records"][0].to_string();
        let (before, behind) = text.split_once(NUMBER).expect("the number");
        Self([before.to_owned(), behind.to_owned()])
    }
}

pub struct Payloads {
    entities: Vec<Template>,
    poisoned: Template,
}

impl Payloads {
    pub fn new() -> Self {
        let entities = [
            Entity::Customer(Customer {
                id: 7,
                name: "Ada Lovelace".to_owned(),
                email: "ada@example.com".to_owned(),
                tags: vec!["first".to_owned(), "mathematician".to_owned()],
            }),
            Entity::Order(Order {
                customer: 7,
                id: 42,
                total_cents: 1990,
                note: Some("leave it at the \u{201c}door\u{201d}".to_owned()),
            }),
            Entity::Line(Line {
                customer: 7,
                order: 42,
                number: 1,
                sku: "TEA-0042".to_owned(),
                quantity: 3,
            }),
            Entity::Payment(Payment { customer: 7, id: 3, amounts: vec![19.9, 0.5, 1e3] }),
        ];
        let mut misfit = entities[1].to_item().expect("an item");
        misfit.inner_mut().remove("TotalCents");
        let poisoned = modify(&entities[1], &misfit).key(&["PK", "SK"]);
        Self {
            entities: entities.iter().map(|it| Template::new(modify(it, it))).collect(),
            poisoned: Template::new(poisoned),
        }
    }

    /// Writes the payload of the records at these positions.
    pub fn write(&self, positions: Range<u64>) -> Vec<u8> {
        let mut payload = String::from(r#"{"Records":["#);
        for position in positions.clone() {
            if position > positions.start {
                payload.push(',');
            }
            let Template([before, behind]) = self.template(position);
            write!(payload, "{before}9{position:021}{behind}").expect("a string");
        }
        payload.push_str("]}");
        payload.into_bytes()
    }

    fn template(&self, position: u64) -> &Template {
        if position % POISONED == POISONED - 1 {
            return &self.poisoned;
        }
        let count = self.entities.len() as u64;
        &self.entities[usize::try_from(position % count).expect("a few")]
    }
}

/// The totals of a function that has handled this number of records, each once.
pub fn expected(records: u64) -> Totals {
    let quarantined = records / POISONED;
    let positions = records * records.saturating_sub(1) / 2;
    Totals { handled: records - quarantined, quarantined, positions }
}
