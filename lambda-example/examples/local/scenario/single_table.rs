//! A table with customers, orders, order lines, and sessions, which the function does not map.

use serde_json::{Value, json};

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
            let mut customer = item("Customer", "PROFILE");
            customer["Name"] = json!({"S": "Ada"});
            table.put(&customer)?;
            let mut order = item("Order", "ORDER#A-1");
            order["GSI1PK"] = json!({"S": "STATUS#OPEN"});
            order["GSI1SK"] = json!({"S": "ORDER#A-1"});
            order["TotalCents"] = json!({"N": "1900"});
            table.put(&order)?;
            for (sort, sku) in [("ORDER#A-1#LINE#0001", "tea"), ("ORDER#A-1#LINE#0002", "cup")] {
                let mut line = item("OrderLine", sort);
                line["Sku"] = json!({"S": sku});
                line["Quantity"] = json!({"N": "2"});
                table.put(&line)?;
            }
            Ok(())
        }),
        ("put a session, which the function does not map", |table| {
            table.put(&json!({
                "PK": {"S": "SESSION#f81d"},
                "SK": {"S": "SESSION"},
                "EntityType": {"S": "Session"},
            }))
        }),
        ("raise the total of order A-1", |table| {
            table.update(&key("ORDER#A-1"), &[("TotalCents", json!({"N": "2300"}))])
        }),
        ("ship order A-1", |table| {
            table.update(&key("ORDER#A-1"), &[("GSI1PK", json!({"S": "STATUS#SHIPPED"}))])
        }),
        ("put order A-2 without its total", |table| {
            let mut order = item("Order", "ORDER#A-2");
            order["GSI1PK"] = json!({"S": "STATUS#OPEN"});
            order["GSI1SK"] = json!({"S": "ORDER#A-2"});
            table.put(&order)
        }),
        ("delete the second line of order A-1", |table| table.delete(&key("ORDER#A-1#LINE#0002"))),
    ],
};

fn key(sort: &str) -> Value {
    json!({"PK": {"S": "CUSTOMER#7"}, "SK": {"S": sort}})
}

fn item(entity_type: &str, sort: &str) -> Value {
    let mut item = key(sort);
    item["EntityType"] = json!({"S": entity_type});
    item
}
