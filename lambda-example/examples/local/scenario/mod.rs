//! The scenarios of the local run: a table, and the changes made to it.

pub mod samples;
pub mod single_table;

use serde_json::Value;

use crate::table::Table;

type Error = Box<dyn std::error::Error + Send + Sync>;

pub struct Scenario {
    pub table: &'static str,
    /// The keys of the table, as in a `CreateTable` request.
    pub keys: fn() -> Value,
    pub steps: &'static [Step],
}

/// A step's name and the change that it makes.
pub type Step = (&'static str, fn(&Table) -> Result<(), Error>);

impl Scenario {
    pub fn create_table(&self) -> Result<Table, Error> {
        Table::create(self.table, &(self.keys)())
    }
}
