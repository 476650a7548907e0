//! The fields that differ between two images.

use std::collections::BTreeMap;

use ddb_core::testing::modify;
use ddb_core::{Change, DetectChanges, FromStreamImage, IntoItem, StreamRecord};

#[derive(Clone, Debug, PartialEq, FromStreamImage, DetectChanges)]
#[ddb(rename_all = "PascalCase", strict)]
struct Order<T> {
    #[ddb(rename = "PK", alias = "Id")]
    id: u64,
    r#type: Option<String>,
    lines: Vec<T>,
    #[ddb(flatten)]
    address: Address,
    #[ddb(rest)]
    rest: BTreeMap<String, u8>,
    #[ddb(skip)]
    cache: Uncomparable,
}

#[derive(Clone, Debug, PartialEq, FromStreamImage)]
#[ddb(strict)]
struct Address {
    city: String,
}

#[derive(Clone, Debug, Default)]
struct Uncomparable;

impl PartialEq for Uncomparable {
    fn eq(&self, _: &Self) -> bool {
        panic!("a skipped field is not compared")
    }
}

fn order() -> Order<u8> {
    Order {
        id: 1,
        r#type: None,
        lines: vec![1],
        address: Address { city: "Oslo".to_owned() },
        rest: BTreeMap::new(),
        cache: Uncomparable,
    }
}

#[test]
fn each_field_has_a_flag_and_its_name_in_the_table() {
    let changes = |change: fn(&mut Order<u8>)| {
        let mut new = order();
        change(&mut new);
        Order::changes(&order(), &new)
    };
    let none = changes(|_| {});
    assert!(!none.any());
    assert_eq!(none.names().count(), 0);

    let all = changes(|order| {
        order.id = 2;
        order.r#type = Some("gift".to_owned());
        order.lines.push(2);
        order.address.city.push('!');
        order.rest.insert("x".to_owned(), 1);
    });
    assert!(all.any());
    assert!(all.id && all.r#type && all.lines && all.address && all.rest);
    assert_eq!(all.names().collect::<Vec<_>>(), ["PK", "Type", "Lines"]);

    let flattened = changes(|order| order.address.city.push('!'));
    assert!(flattened.any() && flattened.address);
    assert_eq!(flattened.names().count(), 0);
    assert_eq!(flattened, OrderChanges { address: true, ..none });
}

#[test]
fn only_a_modify_has_changes() {
    let change = Change::Modify { old: order(), new: Order { id: 2, ..order() } };
    assert_eq!(change.changes().map(|changes| (changes.id, changes.lines)), Some((true, false)));
    assert!(Change::Insert { new: order() }.changes().is_none());
    assert!(Change::Remove { old: order(), expired: false }.changes().is_none());
}

#[test]
fn the_changes_of_a_record() {
    #[derive(Clone, Debug, FromStreamImage, IntoItem, DetectChanges)]
    struct Sample {
        id: u32,
        note: Option<String>,
    }

    let old = Sample { id: 7, note: None };
    let new = Sample { note: Some("new".to_owned()), ..old };
    let record: StreamRecord<Sample> = modify(&old, &new).try_into().expect("fits");
    let changes = record.change.changes().expect("a MODIFY");
    assert_eq!(changes.names().collect::<Vec<_>>(), ["note"]);
}

#[test]
fn a_struct_without_fields_never_changes() {
    #[derive(DetectChanges)]
    struct Empty {}

    assert!(!Empty::changes(&Empty {}, &Empty {}).any());
    assert_eq!(Empty::changes(&Empty {}, &Empty {}).names().count(), 0);
}
