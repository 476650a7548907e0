//! The items of the table.

use ddb_core::FromStreamImage;
use serde::{Deserialize, Serialize};

/// A sample: attributes in `PascalCase` in the table, fields in `camelCase` in JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromStreamImage, Serialize, Deserialize)]
#[ddb(rename_all = "PascalCase")]
#[serde(rename_all = "camelCase")]
pub struct SampleModel {
    pub id: i32,
    pub message: String,
    pub entity_type: String,
}
