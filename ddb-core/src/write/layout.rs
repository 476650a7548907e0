//! The attributes of a struct, whose names are the same for each of its items.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde_dynamo::AttributeValue;

/// The names of a struct's attributes, with a map that contains them.
///
/// Inserting a name into a map hashes it and searches for a free place, which is most of the time
/// that writing a number or a moved string takes. A clone of a map does neither.
pub struct Layout {
    names: &'static [&'static str],
    template: OnceLock<Template>,
}

struct Template {
    map: HashMap<String, AttributeValue>,
    /// The positions in `names`, in the order of the map. A clone of the map usually has the same
    /// order, which saves a search.
    order: Vec<usize>,
}

impl Layout {
    /// A struct with these attributes.
    #[must_use]
    pub const fn new(names: &'static [&'static str]) -> Self {
        Self { names, template: OnceLock::new() }
    }

    /// The names of the attributes.
    pub(super) const fn names(&self) -> &'static [&'static str] {
        self.names
    }

    /// A map with the values of the attributes, which are in the order of the names.
    pub(super) fn fill(
        &self,
        values: &mut [Option<AttributeValue>],
    ) -> HashMap<String, AttributeValue> {
        let Template { map, order } = self.template.get_or_init(|| Template::new(self.names));
        let mut map = map.clone();
        let mut order = order.iter().copied();
        map.retain(|name, place| {
            let likely =
                order.next().filter(|&index| self.names.get(index) == Some(&name.as_str()));
            let index = likely.or_else(|| self.names.iter().position(|known| known == name));
            let value = index.and_then(|index| values.get_mut(index)?.take());
            let is_written = value.is_some();
            if let Some(value) = value {
                *place = value;
            }
            is_written
        });
        map
    }
}

impl Template {
    fn new(names: &[&str]) -> Self {
        let null = |name: &&str| ((*name).to_owned(), AttributeValue::Null(true));
        let map: HashMap<_, _> = names.iter().map(null).collect();
        let positions = map.keys().filter_map(|name| names.iter().position(|known| known == name));
        let order = positions.collect();
        Self { map, order }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_value_is_under_its_name() {
        const NAMES: [&str; 6] = ["a", "b", "c", "d", "e", "f"];
        static LAYOUT: Layout = Layout::new(&NAMES);
        for left_out in 0..NAMES.len() {
            let value = |index| {
                (index != left_out).then(|| AttributeValue::N(format!("{left_out}{index}")))
            };
            let mut values: Vec<_> = (0..NAMES.len()).map(value).collect();
            let map = LAYOUT.fill(&mut values);
            assert_eq!(map.len(), 5);
            for (index, name) in NAMES.iter().enumerate() {
                assert_eq!(map.get(*name), value(index).as_ref(), "{name}");
            }
        }
    }

    #[test]
    fn the_order_of_the_map_does_not_matter() {
        let names = ["a", "b", "c"];
        let order = Template::new(&names).order.into_iter().rev().collect();
        let template = Template { order, ..Template::new(&names) };
        let layout = Layout::new(&["a", "b", "c"]);
        assert!(layout.template.set(template).is_ok());
        let number = |number: &str| Some(AttributeValue::N(number.to_owned()));
        let map = layout.fill(&mut [number("1"), number("2"), number("3")]);
        assert_eq!(map.get("a"), number("1").as_ref());
        assert_eq!(map.get("c"), number("3").as_ref());
    }
}
