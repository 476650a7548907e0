//! The workload of the benchmarks: types, their images, and payloads of batches of them.
//!
//! [`contenders`] has the conversions to measure, [`measure`] takes the times, and [`row`] compares
//! ratios with goals.

pub mod contenders;
pub mod measure;
pub mod row;

use std::collections::HashSet;

use ddb_core::{AttributeValue, FromStreamImage, IntoItem, Item};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// S: three attributes.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, FromStreamImage, IntoItem)]
#[serde(rename_all = "PascalCase")]
#[ddb(rename_all = "PascalCase")]
pub struct Sample {
    pub id: i32,
    pub message: String,
    pub entity_type: String,
}

/// The hand-written conversion that the derive replaces.
#[derive(Clone, Debug, PartialEq)]
pub struct ByHand(pub Sample);

impl From<Item> for ByHand {
    fn from(image: Item) -> Self {
        let text = |name: &str| match image.get(name) {
            Some(AttributeValue::S(text)) => text.clone(),
            _ => String::new(),
        };
        let id = match image.get("Id") {
            Some(AttributeValue::N(number)) => number.parse().unwrap_or(0),
            _ => 0,
        };
        Self(Sample { id, message: text("Message"), entity_type: text("EntityType") })
    }
}

macro_rules! order {
    ($(#[$attribute:meta])* $name:ident { $($key:ident),* }) => {
        $(#[$attribute])*
        #[serde(rename_all = "PascalCase")]
        #[ddb(rename_all = "PascalCase", strict)]
        pub struct $name {
            $(pub $key: String,)*
            pub order_id: u64,
            pub customer_id: u32,
            pub status: String,
            pub currency: String,
            pub total: f64,
            pub tax: f32,
            pub items: u8,
            pub weight: i32,
            pub priority: i8,
            pub version: u16,
            pub created_at: i64,
            pub paid: bool,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub note: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub coupon: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub discount: Option<i32>,
            pub address: Address,
            pub lines: Vec<Line>,
            #[serde(serialize_with = "serde_dynamo::string_set::serialize")]
            pub tags: HashSet<String>,
        }
    };
}

order! {
    /// O: 20 attributes, with a map, a list of five maps, a set, optional ones and numbers of every
    /// width.
    #[derive(Clone, Debug, PartialEq, Deserialize, Serialize, FromStreamImage, IntoItem)]
    Order { pk, sk }
}

order! {
    /// K: the same, with fields in place of the key's attributes.
    #[derive(Clone, Debug, PartialEq, Deserialize, Serialize, FromStreamImage, IntoItem)]
    #[ddb(key("#Pk" = "CUSTOMER#{customer}", "#Sk" = "ORDER#{order}"))]
    KeyedOrder { customer, order }
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, FromStreamImage, IntoItem)]
#[serde(rename_all = "PascalCase")]
#[ddb(rename_all = "PascalCase", strict)]
pub struct Address {
    pub street: String,
    pub city: String,
    pub zip: String,
    pub country: String,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, FromStreamImage, IntoItem)]
#[serde(rename_all = "PascalCase")]
#[ddb(rename_all = "PascalCase", strict)]
pub struct Line {
    pub sku: String,
    pub name: String,
    pub qty: u32,
    pub price: f64,
}

/// W: five of sixty attributes.
#[derive(Clone, Debug, PartialEq, Deserialize, FromStreamImage)]
#[serde(rename_all = "PascalCase")]
#[ddb(rename_all = "PascalCase", strict)]
pub struct Wide {
    pub id: u64,
    pub name: String,
    pub score: f64,
    pub active: bool,
    pub tags: Vec<String>,
}

/// E: an embedding, as language models return it.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, FromStreamImage, IntoItem)]
#[serde(rename_all = "PascalCase")]
#[ddb(rename_all = "PascalCase", strict)]
pub struct Embedding {
    pub id: u64,
    pub vector: Vec<f32>,
}

macro_rules! entities {
    ($(#[$doc:meta])* $name:ident, $tag:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Deserialize, FromStreamImage)]
        #[serde(tag = $tag)]
        #[ddb(tag = $tag)]
        #[allow(clippy::large_enum_variant, reason = "a box would cost another allocation")]
        pub enum $name {
            Sample(Sample),
            Order(Order),
            Wide(Wide),
            Embedding(Embedding),
        }
    };
}

entities! {
    /// T: four entities, with the tag in front of the other attributes.
    TagFirst, "#Type"
}

entities! {
    /// The same, with the tag after the other attributes.
    TagLast, "~Type"
}

/// K: four entities, with the key in front of the other attributes.
#[derive(Clone, Debug, PartialEq, FromStreamImage)]
#[ddb(by_key)]
#[allow(clippy::large_enum_variant, reason = "a box would cost another allocation")]
pub enum ByKey {
    #[ddb(key("#Pk" = "CUSTOMER#{customer}", "#Sk" = "PROFILE"))]
    Customer {
        customer: String,
        name: String,
    },
    Order(KeyedOrder),
    #[ddb(key("#Pk" = "CUSTOMER#{customer}", "#Sk" = "ORDER#{order}#LINE#{line:04}"))]
    Line {
        customer: String,
        order: String,
        line: u16,
    },
    #[ddb(key("#Pk" = "CONFIG"))]
    Config,
}

/// An image of an order whose key is in front of the other attributes.
#[must_use]
pub fn keyed_image(id: u32) -> Value {
    let mut image = json!({
        "#Pk": {"S": format!("CUSTOMER#{id}")}, "#Sk": {"S": format!("ORDER#{}", id * 7)},
    });
    if let (Value::Object(image), Value::Object(order)) = (&mut image, order_image(id)) {
        image.extend(order.into_iter().filter(|(name, _)| !KEYS.contains(&name.as_str())));
    }
    image
}

/// An image of an order with both tags. In JSON text, the attributes are in the order of their
/// names.
#[must_use]
pub fn entity_image(id: u32) -> Value {
    let mut image = json!({"#Type": {"S": "Order"}});
    if let (Value::Object(image), Value::Object(order)) = (&mut image, order_image(id)) {
        image.extend(order);
        image.insert("~Type".to_owned(), json!({"S": "Order"}));
    }
    image
}

#[must_use]
pub fn sample_image(id: u32) -> Value {
    json!({
        "Id": {"N": id.to_string()},
        "Message": {"S": format!("this is what number {id} has to say")},
        "EntityType": {"S": "Greeting"},
    })
}

#[must_use]
pub fn order_image(id: u32) -> Value {
    let line = |line: u32| {
        json!({"M": {
            "Sku": {"S": format!("SKU-{id}-{line}")},
            "Name": {"S": "a thing of some kind"},
            "Qty": {"N": "3"},
            "Price": {"N": "19.99"},
        }})
    };
    json!({
        "Pk": {"S": format!("CUSTOMER#{id}")},
        "Sk": {"S": format!("ORDER#{}", id * 7)},
        "OrderId": {"N": (1_000_000 + id).to_string()},
        "CustomerId": {"N": (5000 + id).to_string()},
        "Status": {"S": "SHIPPED"},
        "Currency": {"S": "EUR"},
        "Total": {"N": "1234.56"},
        "Tax": {"N": "98.7"},
        "Items": {"N": "5"},
        "Weight": {"N": "2500"},
        "Priority": {"N": "-3"},
        "Version": {"N": "12"},
        "CreatedAt": {"N": "1700000000123"},
        "Paid": {"BOOL": true},
        "Note": {"S": "please ring the bell twice, the dog is asleep"},
        "Coupon": {"NULL": true},
        "Discount": {"N": "15"},
        "Address": {"M": {
            "Street": {"S": "221b Baker Street"},
            "City": {"S": "London"},
            "Zip": {"S": "NW1 6XE"},
            "Country": {"S": "GB"},
        }},
        "Lines": {"L": [line(0), line(1), line(2), line(3), line(4)]},
        "Tags": {"SS": ["gift", "express", "fragile"]},
    })
}

#[must_use]
pub fn embedding_image(id: u32) -> Value {
    let element = |index: u32| {
        let hash = (id * 1536 + index).wrapping_mul(2_654_435_761);
        json!({"N": format!("{:.8}", f64::from(hash) / f64::from(u32::MAX) - 0.5)})
    };
    json!({
        "Id": {"N": id.to_string()},
        "Vector": {"L": (0..1536).map(element).collect::<Vec<_>>()},
    })
}

#[must_use]
pub fn wide_image(id: u32) -> Value {
    let mut image = Map::new();
    for index in 0..55 {
        let value = match index % 5 {
            0 => json!({"S": format!("an unmapped text, number {id}")}),
            1 => json!({"N": format!("{index}.25")}),
            2 => json!({"M": {"Kind": {"S": "inner"}, "Count": {"N": "3"}}}),
            3 => json!({"L": [{"S": "one"}, {"N": "2"}, {"BOOL": true}]}),
            _ => json!({"BOOL": false}),
        };
        image.insert(format!("Attribute{index}"), value);
    }
    image.insert("Id".to_owned(), json!({"N": id.to_string()}));
    image.insert("Name".to_owned(), json!({"S": format!("name of {id}")}));
    image.insert("Score".to_owned(), json!({"N": "0.875"}));
    image.insert("Active".to_owned(), json!({"BOOL": true}));
    image.insert("Tags".to_owned(), json!({"SS": ["red", "green"]}));
    Value::Object(image)
}

/// Parses an item from DynamoDB JSON.
///
/// # Panics
///
/// If the JSON is not an item.
#[must_use]
pub fn item(image: Value) -> Item {
    serde_json::from_value(image).expect("DynamoDB JSON")
}

/// The key attributes of the types. Each type has one or two of them.
const KEYS: [&str; 5] = ["#Pk", "#Sk", "Id", "Pk", "Sk"];

/// A payload of MODIFY records with both images. Of every hundred records, `poisoned` lack the keys
/// in their new image.
///
/// # Panics
///
/// If `image` does not return a JSON object.
#[must_use]
pub fn payload(count: u32, image: fn(u32) -> Value, poisoned: u32) -> Vec<u8> {
    let records = (0..count).map(|id| {
        let (mut new, old) = (image(id), image(id));
        let attributes = new.as_object_mut().expect("an object");
        let keys: Map<String, Value> =
            KEYS.iter().filter_map(|key| Some(((*key).to_owned(), attributes.get(*key)?.clone()))).collect();
        if id % 100 < poisoned {
            attributes.retain(|name, _| !KEYS.contains(&name.as_str()));
        }
        json!({
            "eventID": format!("{:032x}", u64::from(id) * 7919),
            "eventName": "MODIFY",
            "eventVersion": "1.1",
            "eventSource": "aws:dynamodb",
            "awsRegion": "eu-central-1",
            "dynamodb": {
                "ApproximateCreationDateTime": 1_700_000_000,
                "Keys": keys,
                "NewImage": new,
                "OldImage": old,
                "SequenceNumber": format!("1000000000000000{id:06}"),
                "SizeBytes": 2400,
                "StreamViewType": "NEW_AND_OLD_IMAGES",
            },
            "eventSourceARN": "arn:aws:dynamodb:eu-central-1:123456789012:table/Orders/stream/2023-11-14T22:13:20.000",
        })
    });
    serde_json::to_vec(&json!({ "Records": records.collect::<Vec<_>>() })).expect("JSON")
}
