//! A table with customers, orders, order lines, and sessions, which the function does not map.

use ddb_core::IntoItem;
use ddb_core::key::{KeysOf, ToKey as _};
use lambda_example::single_table::model::{Customer, Entity, Order, OrderLine, Status};
use serde_json::json;

use super::Scenario;

pub const SINGLE_TABLE: Scenario = Scenario {
    table: "Shop",
    keys: || {
        let key = |partition, sort| {
            json!([
                {"AttributeName": partition, "KeyType": "HASH"},
                {"AttributeName": sort, "KeyType": "RANGE"},
            ])
        };
        let attributes = ["PK", "SK", "GSI1PK", "GSI1SK"]
            .map(|name| json!({"AttributeName": name, "AttributeType": "S"}));
        json!({
            "KeySchema": key("PK", "SK"),
            "GlobalSecondaryIndexes": [{
                "IndexName": "GSI1",
                "KeySchema": key("GSI1PK", "GSI1SK"),
                "Projection": {"ProjectionType": "ALL"},
            }],
            "AttributeDefinitions": attributes,
        })
    },
    steps: &[
        ("put customer 7, her order A-1 and its two lines", |table| {
            table.put(Entity::Customer(Customer { customer: 7, name: "Ada".to_owned() }))?;
            table.put(Entity::Order(order("A-1", 1900)))?;
            for (line, sku) in [(1, "tea"), (2, "cup")] {
                table.put(Entity::OrderLine(OrderLine {
                    customer: 7,
                    order: "A-1".to_owned(),
                    line,
                    sku: sku.to_owned(),
                    quantity: 2,
                }))?;
            }
            Ok(())
        }),
        ("put a session, which the function does not map", |table| {
            table.put(Session { id: "f81d", entity_type: "Session" })
        }),
        ("raise the total of order A-1", |table| {
            table.update(order("A-1", 0).key()?, &[("TotalCents", json!({"N": "2300"}))])
        }),
        ("ship order A-1", |table| {
            let key = order("A-1", 0).key()?;
            table.update(key, &[("GSI1PK", json!({"S": "STATUS#SHIPPED"}))])
        }),
        ("put order A-2 without its total", |table| {
            let mut item = Entity::Order(order("A-2", 0)).into_item()?;
            item.inner_mut().remove("TotalCents");
            table.put(item)
        }),
        ("delete the second line of order A-1", |table| {
            table.delete(KeysOf::<OrderLine> { customer: 7, order: "A-1".to_owned(), line: 2 })
        }),
    ],
};

fn order(order: &str, total_cents: u64) -> Order {
    Order { customer: 7, order: order.to_owned(), status: Status::Open, total_cents }
}

/// An entity of the table that the function does not map.
#[derive(IntoItem)]
#[ddb(rename_all = "PascalCase", key(PK = "SESSION#{id}", SK = "SESSION"))]
struct Session {
    id: &'static str,
    entity_type: &'static str,
}
