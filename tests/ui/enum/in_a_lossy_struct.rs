//! An enum that has no default, in structs with a lossy conversion.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
#[ddb(tag = "kind")]
enum Entity {
    Line { number: u16 },
}

#[derive(FromStreamImage)]
struct Field {
    entity: Entity,
    fits: Option<Entity>,
}

#[derive(FromStreamImage)]
struct Flattened {
    #[ddb(flatten)]
    entity: Entity,
}

fn main() {
    let _: Field = ddb_core::Item::default().into();
}
