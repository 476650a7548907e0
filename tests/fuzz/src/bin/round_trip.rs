//! Writes generated values and reads them again, as items and as keys.
#![no_main]

use std::collections::BTreeSet;

use ddb_core::item::ItemSize;
use ddb_core::key::{KeysOf, key_prefix};
use ddb_core::testing::filter::Filters;
use ddb_core::{
    AttributeValue, FromStreamImage, IntoAttribute, IntoItem, Item, Number, filter_criteria,
};
use ddb_fuzz::models::{
    ByKey, Containers, Defaulted, Entity, Everything, Keyed, Model, Nested, Node, Overlapping,
    Picky, QKey, Sample, Scalars, StrictBranch, Wide, WithKey,
};
use ddb_fuzz::{Arbitrary, Unstructured, arbitrary, sources};
use libfuzzer_sys::fuzz_target;

/// Checks one type with a value that the bytes describe.
type Check = fn(&mut Unstructured<'_>) -> arbitrary::Result<()>;

const CHECKS: [Check; 18] = [
    |u| check_stored(Sample::arbitrary(u)?),
    |u| check_stored(Node::arbitrary(u)?),
    |u| check_stored(StrictBranch::arbitrary(u)?),
    |u| check_stored(Wide::arbitrary(u)?),
    |u| check_stored(Nested::arbitrary(u)?),
    |u| check_stored(Picky::arbitrary(u)?),
    |u| check_stored(Containers::arbitrary(u)?.as_read()),
    |u| check_stored(Defaulted::arbitrary(u)?.as_read()),
    |u| check_stored(Entity::arbitrary(u)?),
    |u| check(Scalars::arbitrary(u)?),
    |u| check(Everything::arbitrary(u)?),
    |u| check_key(WithKey::arbitrary(u)?),
    |u| check_key(ByKey::arbitrary(u)?),
    |u| check_key(Overlapping::arbitrary(u)?),
    |u| check_key(QKey::arbitrary(u)?),
    |u| check_filter(&WithKey::arbitrary(u)?),
    |u| check_filter(&ByKey::arbitrary(u)?),
    |u| check_filter(&Overlapping::arbitrary(u)?),
];

fuzz_target!(|bytes: &[u8]| {
    let mut u = Unstructured::new(bytes);
    // The bytes may end anywhere. What they have described so far is not checked then.
    let _ = u.choose(&CHECKS).and_then(|check| check(&mut u));
});

/// What is written is read as the same value, or cannot be written.
fn check<T: Model>(value: T) -> arbitrary::Result<()> {
    if let Some(item) = write(&value) {
        assert_eq!(read::<T>(&item), value);
    }
    Ok(())
}

/// A type without raw values, which are written as they are, writes only what DynamoDB stores.
fn check_stored<T: Model>(value: T) -> arbitrary::Result<()> {
    if let Some(item) = write(&value) {
        item.values().for_each(assert_stored);
    }
    check(value)
}

fn check_key<T: Keyed>(value: T) -> arbitrary::Result<()> {
    if let Some(item) = write(&value) {
        let key = value.key().expect("the key of what can be written");
        for (name, text) in key.iter() {
            assert_eq!(item.get(name), Some(text), "{name}");
            let AttributeValue::S(text) = text else { panic!("{name}: {text:?}") };
            assert!(key_prefix::<T>(name).is_none_or(|prefix| text.starts_with(prefix)), "{name}");
        }
        let read = KeysOf::<T>::from_image_ref(&key).expect("the key alone");
        assert_eq!(KeysOf::<T>::from_image_ref(&item).as_ref().ok(), Some(&read));
        assert_eq!(read.into_item().ok(), Some(key));
    }
    check(value)
}

/// The filter that is derived from a type passes every record of it.
fn check_filter<T: Keyed>(value: &T) -> arbitrary::Result<()> {
    if let (Some(item), Ok(key)) = (write(value), value.key()) {
        let criteria = filter_criteria::<T>().expect("within the limits");
        let filters = Filters::parse(criteria.patterns()).expect("patterns of Lambda");
        let insert = serde_json::json!({ "dynamodb": { "Keys": &key, "NewImage": &item } });
        let remove = serde_json::json!({ "dynamodb": { "Keys": &key, "OldImage": &item } });
        assert!(filters.matches(&insert) && filters.matches(&remove), "{criteria}");
    }
    Ok(())
}

/// Writes a value. `None` if that is an error.
fn write<T: Model>(value: &T) -> Option<Item> {
    let item = value.to_item();
    assert_eq!(value.clone().into_item().ok(), item.as_ref().ok().cloned(), "by value");
    match item {
        Ok(item) => {
            let _ = item.size_bytes();
            Some(item)
        }
        Err(error) => {
            assert!(!error.to_string().is_empty());
            None
        }
    }
}

/// Reads an item from every source.
fn read<T: Model>(item: &Item) -> T {
    let text = serde_json::to_string(item).expect("JSON");
    sources::agree_in_texts::<T>(&text);
    sources::agree::<T>(item, &text).expect("what was written")
}

/// Asserts that DynamoDB stores the value as it is written.
fn assert_stored(value: &AttributeValue) {
    let is_canonical = |text: &String| {
        text.parse::<Number>().is_ok_and(|number| {
            number.clone().into_attribute().ok() == Some(AttributeValue::N(text.clone()))
        })
    };
    match value {
        AttributeValue::N(text) => assert!(is_canonical(text), "{text}"),
        AttributeValue::L(list) => list.iter().for_each(assert_stored),
        AttributeValue::M(map) => map.values().for_each(assert_stored),
        AttributeValue::Ss(set) => assert_set(set),
        AttributeValue::Ns(set) => {
            assert_set(set);
            assert!(set.iter().all(is_canonical), "{set:?}");
        }
        AttributeValue::Bs(set) => assert_set(set),
        AttributeValue::S(_)
        | AttributeValue::B(_)
        | AttributeValue::Bool(_)
        | AttributeValue::Null(_) => {}
    }
}

/// A set has an element, and no two that are equal.
fn assert_set<E: Ord>(set: &[E]) {
    assert_eq!(set.iter().collect::<BTreeSet<_>>().len(), set.len());
    assert!(!set.is_empty());
}
