//! The types of other crates, each behind a feature of `ddb-core`. The tests are in `tests`.
