//! Writes an item as DynamoDB JSON, in any of the ways in which it can be written.

use std::collections::{BTreeMap, HashMap};

use base64::prelude::{BASE64_STANDARD, Engine as _};
use ddb_core::attribute::AttributeType;
use ddb_core::{AttributeValue, Item};

use crate::{Unstructured, arbitrary};

/// JSON that is not the attribute value it stands for, or only nearly so.
const ODD_VALUES: &[&str] = &[
    "7",
    "null",
    "[]",
    "{}",
    r#"{"Z":"1"}"#,
    r#"{"N":7}"#,
    r#"{"N":"1","S":"a"}"#,
    r#"{"S":null}"#,
    r#"{"S":"\ud800"}"#,
    r#"{"N":"\udc00\ud800"}"#,
    r#"{"\ud800":"a"}"#,
    r#"{"B":"***"}"#,
    r#"{"B":"YQ"}"#,
    r#"{"B":"\u0059Q=="}"#,
    r#"{"BOOL":"true"}"#,
    r#"{"NULL":null}"#,
    r#"{"L":{}}"#,
    r#"{"M":[]}"#,
    r#"{"SS":[1]}"#,
    r#"{"NS":["1",{}]}"#,
    r#"{"BS":["\ud800"]}"#,
    r#"{"M":{"a":7,"a":{"S":""}}}"#,
    r#"{"L":[7,{"N":"1"},{}]}"#,
    r#"{"":""}"#,
    r#"{"N":"1",}"#,
    "{",
    "",
    r#"{"M":{"\ud800":{"N":"1"},"\udfff":{"N":"1"}}}"#,
];

/// The text of an item.
pub struct Text {
    pub json: String,
    /// Whether the text has something in it that no `Item` can hold, such as a repeated name.
    pub is_odd: bool,
}

/// How freely the text is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Freedom {
    /// As AWS writes it.
    Plain,
    /// With white space and escapes.
    Spelled,
    /// Also with repeated names and with JSON that is not an attribute value.
    Odd,
}

struct Writer<'u, 'b> {
    text: Text,
    choices: &'u mut Unstructured<'b>,
    freedom: Freedom,
}

/// Writes an item. The choices decide about everything that JSON leaves open.
pub fn write(item: &Item, choices: &mut Unstructured<'_>) -> arbitrary::Result<Text> {
    let freedom = *choices.choose(&[Freedom::Plain, Freedom::Spelled, Freedom::Odd])?;
    let text = Text { json: String::new(), is_odd: false };
    let mut writer = Writer { text, choices, freedom };
    writer.attributes(item.inner())?;
    Ok(writer.text)
}

impl Writer<'_, '_> {
    fn chance(&mut self, freedom: &[Freedom], of: u8) -> arbitrary::Result<bool> {
        Ok(freedom.contains(&self.freedom) && self.choices.ratio(1, of)?)
    }

    fn token(&mut self, token: &str) -> arbitrary::Result<()> {
        if self.chance(&[Freedom::Spelled], 8)? {
            self.text.json.push_str(self.choices.choose(&[" ", "\n", "\t \r"])?);
        }
        self.text.json.push_str(token);
        Ok(())
    }

    fn string(&mut self, string: &str) -> arbitrary::Result<()> {
        self.token("\"")?;
        for character in string.chars() {
            if self.chance(&[Freedom::Spelled], 8)? {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    self.text.json.push_str(&format!("\\u{unit:04x}"));
                }
            } else {
                let quoted = serde_json::Value::from(character.to_string()).to_string();
                self.text.json.push_str(&quoted[1..quoted.len() - 1]);
            }
        }
        self.text.json.push('"');
        Ok(())
    }

    fn attributes(
        &mut self,
        attributes: &HashMap<String, AttributeValue>,
    ) -> arbitrary::Result<()> {
        // The same input has to give the same text, whatever the order of the map is.
        let sorted: BTreeMap<&String, &AttributeValue> = attributes.iter().collect();
        let mut sorted: Vec<_> = sorted.into_iter().collect();
        if self.chance(&[Freedom::Spelled, Freedom::Odd], 2)? {
            sorted.reverse();
        }
        self.token("{")?;
        for (index, (name, value)) in sorted.iter().enumerate() {
            self.name(index, name)?;
            self.value(value)?;
            if self.chance(&[Freedom::Odd], 8)? {
                self.text.is_odd = true;
                self.name(1, name)?;
                self.value(value)?;
            }
        }
        self.token("}")
    }

    fn name(&mut self, index: usize, name: &str) -> arbitrary::Result<()> {
        if index > 0 {
            self.token(",")?;
        }
        self.string(name)?;
        self.token(":")
    }

    fn list<T>(
        &mut self,
        elements: &[T],
        write: fn(&mut Self, &T) -> arbitrary::Result<()>,
    ) -> arbitrary::Result<()> {
        self.token("[")?;
        for (index, element) in elements.iter().enumerate() {
            if index > 0 {
                self.token(",")?;
            }
            write(self, element)?;
        }
        self.token("]")
    }

    fn value(&mut self, value: &AttributeValue) -> arbitrary::Result<()> {
        if self.chance(&[Freedom::Odd], 8)? {
            self.text.is_odd = true;
            let odd = *self.choices.choose(ODD_VALUES)?;
            return self.token(odd);
        }
        self.token("{")?;
        self.name(0, AttributeType::of(value).as_str())?;
        match value {
            AttributeValue::S(text) | AttributeValue::N(text) => self.string(text),
            AttributeValue::Bool(value) | AttributeValue::Null(value) => {
                self.token(if *value { "true" } else { "false" })
            }
            AttributeValue::B(bytes) => self.string(&BASE64_STANDARD.encode(bytes)),
            AttributeValue::M(attributes) => self.attributes(attributes),
            AttributeValue::L(values) => self.list(values, Self::value),
            AttributeValue::Ss(texts) | AttributeValue::Ns(texts) => {
                self.list(texts, |writer, text| writer.string(text))
            }
            AttributeValue::Bs(list) => {
                self.list(list, |writer, bytes| writer.string(&BASE64_STANDARD.encode(bytes)))
            }
        }?;
        self.token("}")
    }
}
