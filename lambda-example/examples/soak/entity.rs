//! The function: four entities, of which some fail once and some do not fit.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;

use ddb_core::event::RecordMeta;
use ddb_core::{Change, DynamoDbEventResponse, FromStreamImage, IntoItem, StreamEvent};
use lambda_runtime::{Error, LambdaEvent};
use serde::{Deserialize, Serialize};

#[derive(Clone, FromStreamImage, IntoItem)]
#[ddb(tag = "EntityType")]
pub enum Entity {
    Customer(Customer),
    Order(Order),
    Line(Line),
    Payment(Payment),
}

#[derive(Clone, FromStreamImage, IntoItem)]
#[ddb(strict, rename_all = "PascalCase", key(PK = "CUSTOMER#{id}", SK = "PROFILE"))]
pub struct Customer {
    pub id: u64,
    pub name: String,
    pub email: String,
    pub tags: Vec<String>,
}

#[derive(Clone, FromStreamImage, IntoItem)]
#[ddb(strict, rename_all = "PascalCase", key(PK = "CUSTOMER#{customer}", SK = "ORDER#{id}"))]
pub struct Order {
    pub customer: u64,
    pub id: u64,
    pub total_cents: u64,
    pub note: Option<String>,
}

#[derive(Clone, FromStreamImage, IntoItem)]
#[ddb(strict, rename_all = "PascalCase")]
#[ddb(key(PK = "CUSTOMER#{customer}", SK = "ORDER#{order}#LINE#{number:04}"))]
pub struct Line {
    pub customer: u64,
    pub order: u64,
    pub number: u16,
    pub sku: String,
    pub quantity: u32,
}

#[derive(Clone, FromStreamImage, IntoItem)]
#[ddb(strict, rename_all = "PascalCase")]
#[ddb(key(PK = "CUSTOMER#{customer}", SK = "PAYMENT#{id}"))]
pub struct Payment {
    pub customer: u64,
    pub id: u64,
    pub amounts: Vec<f64>,
}

/// One record in this many fails the first time.
const FAILING: u64 = 5_000;

/// The totals of an invocation, which the function writes as a line to stdout.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    pub handled: u64,
    pub quarantined: u64,
    /// The sum of the positions of these records, from which a record that is missing or that comes
    /// twice is seen.
    pub positions: u64,
}

/// The records that have failed, and will be delivered again.
#[derive(Default)]
pub struct Failed(RefCell<HashSet<u64>>);

/// The position of a record in the soak, which is its sequence number without its first digit.
fn position(meta: &RecordMeta) -> Result<u64, Error> {
    let number = meta.sequence_number.as_ref().ok_or("a record has no number")?;
    Ok(number.as_str()[1..].parse()?)
}

pub async fn handle_batch(
    event: LambdaEvent<StreamEvent<Entity>>,
    failed: &Failed,
) -> Result<DynamoDbEventResponse, Error> {
    let totals = Cell::new(Totals::default());
    let quarantine = async |error: ddb_core::RecordError| {
        let Totals { handled, quarantined, positions } = totals.get();
        let positions = positions + position(&error.meta)?;
        totals.set(Totals { handled, quarantined: quarantined + 1, positions });
        Ok(())
    };
    let response = event
        .payload
        .quarantine(quarantine)
        .process(async |record| {
            let position = position(&record.meta)?;
            if position.is_multiple_of(FAILING) && failed.0.borrow_mut().insert(position) {
                return Err("the first attempt fails".into());
            }
            failed.0.borrow_mut().remove(&position);
            match record.change {
                Change::Modify { old: _, new: _ } => {}
                Change::Insert { .. } | Change::Remove { .. } => return Err("unexpected".into()),
            }
            let Totals { handled, quarantined, positions } = totals.get();
            totals.set(Totals {
                handled: handled + 1,
                quarantined,
                positions: positions + position,
            });
            Ok(())
        })
        .await?;
    println!("{}", serde_json::to_string(&totals.get())?);
    Ok(response)
}
