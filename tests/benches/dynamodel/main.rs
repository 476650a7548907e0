//! Measures the conversion of an image of 3 attributes beside that of `dynamodel`, after checking
//! that both give the same result.
//!
//! ```text
//! cargo run --release --manifest-path tests/benches/dynamodel/Cargo.toml
//! ```
//!
//! `dynamodel` takes a map of the AWS SDK's attribute values, and copies out of it. It cannot read
//! the other types of the benchmarks, because it does not support sets and does not read `NULL` as
//! `None`.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use ddb_benches::contenders::{from_image, from_item};
use ddb_benches::measure::{Contender, race};
use ddb_benches::{ByHand, Sample, item, sample_image};
use ddb_core::Item;
use dynamodel::Dynamodel;

#[derive(Clone, Debug, PartialEq, Dynamodel)]
#[dynamodel(rename_all = "PascalCase")]
struct ByDynamodel {
    id: i32,
    message: String,
    entity_type: String,
}

fn main() {
    let items: Vec<Item> = (0..1000).map(|id| item(sample_image(id))).collect();
    let maps: Vec<HashMap<String, AttributeValue>> =
        items.iter().cloned().map(HashMap::from).collect();
    for (image, map) in items.iter().zip(&maps) {
        let Sample { id, message, entity_type } = from_image(image.clone());
        assert_eq!(ByDynamodel { id, message, entity_type }, from_map(map.clone()));
    }
    let measured = race(
        301,
        [
            Contender::converts("ddb-core, into()", &items, Sample::from),
            Contender::converts("ddb-core, from_image", &items, from_image::<Sample>),
            Contender::converts("by hand, cloning", &items, ByHand::from),
            Contender::converts("dynamodel", &maps, from_map),
            Contender::converts("serde_dynamo::from_item", &items, from_item::<Sample>),
            Contender::converts("floor: dropping the item", &items, drop),
            Contender::converts("floor: dropping the SDK's map", &maps, drop),
        ],
    );
    for contender in measured {
        println!("{:32} {}", contender.name, contender.format_time());
    }
}

fn from_map(map: HashMap<String, AttributeValue>) -> ByDynamodel {
    map.try_into().expect("fits")
}
