//! The struct that the items of the table are read into and written from.

use ddb_core::{FromStreamImage, IntoItem};
use serde::{Deserialize, Serialize};

/// An item of the table, with `PascalCase` attribute names there and `camelCase` names in JSON.
#[derive(
    Clone, Debug, Default, PartialEq, Eq, FromStreamImage, IntoItem, Serialize, Deserialize,
)]
#[ddb(rename_all = "PascalCase")]
#[serde(rename_all = "camelCase")]
pub struct SampleModel {
    pub id: i32,
    pub message: String,
    pub entity_type: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_in_camel_case() {
        let sample = SampleModel { id: 1, message: "hello".into(), entity_type: "Greeting".into() };
        let json = r#"{"id":1,"message":"hello","entityType":"Greeting"}"#;
        assert_eq!(serde_json::to_string(&sample).expect("JSON"), json);
        assert_eq!(serde_json::from_str::<SampleModel>(json).expect("a sample"), sample);
    }
}
