//! The function's answer to a batch.

use ddb_core::event::SequenceNumber;
use serde::Deserialize;

/// The outcome of an invocation.
#[derive(Debug, PartialEq)]
pub enum Answer {
    /// Every record is handled.
    Done,
    /// Every record before this one is handled.
    FailedAt(SequenceNumber),
    /// Any of the records may have been handled.
    Failed(String),
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Response {
    batch_item_failures: Option<Vec<ItemFailure>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ItemFailure {
    item_identifier: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct FunctionError {
    error_type: String,
}

impl Answer {
    /// Reads an answer as an event source mapping does, see
    /// [Reporting batch item failures](https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html).
    /// `numbers` are those of the batch.
    pub fn read(function_error: Option<&str>, text: &[u8], numbers: &[&SequenceNumber]) -> Self {
        if let Some(kind) = function_error {
            // The message may quote an item, so only the type is shown.
            let error_type = serde_json::from_slice(text);
            return Self::Failed(match error_type {
                Ok(FunctionError { error_type }) => format!("{kind} error {error_type}"),
                Err(_) => format!("{kind} error"),
            });
        }
        if text.trim_ascii().is_empty() {
            return Self::Done;
        }
        let Ok(response) = serde_json::from_slice::<Option<Response>>(text) else {
            return Self::Failed("the answer is not a batch response".to_owned());
        };
        let failures = response.unwrap_or_default().batch_item_failures.unwrap_or_default();
        let identifiers = failures.into_iter().map(|failure| {
            let number: SequenceNumber = failure.item_identifier?.parse().ok()?;
            numbers.contains(&&number).then_some(number)
        });
        match identifiers.collect::<Option<Vec<_>>>() {
            None => Self::Failed("the answer names a record that is not in the batch".to_owned()),
            Some(numbers) => numbers.into_iter().min().map_or(Self::Done, Self::FailedAt),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_as_the_mapping_reads_it() {
        let number = |text: &str| -> SequenceNumber { text.parse().expect("a number") };
        let numbers = [number("99"), number("100"), number("101")];
        let numbers: Vec<&SequenceNumber> = numbers.iter().collect();
        let failed = |text: &str| Answer::Failed(text.to_owned());
        let unknown = "the answer names a record that is not in the batch";
        let odd = "the answer is not a batch response";
        let table = [
            (None, "", Answer::Done),
            (None, "null", Answer::Done),
            (None, "{}", Answer::Done),
            (None, r#"{"batchItemFailures":null}"#, Answer::Done),
            (None, r#"{"batchItemFailures":[]}"#, Answer::Done),
            (
                None,
                r#"{"batchItemFailures":[{"itemIdentifier":"101"},{"itemIdentifier":"99"}]}"#,
                Answer::FailedAt(number("99")),
            ),
            (None, r#"{"batchItemFailures":[{"itemIdentifier":"7"}]}"#, failed(unknown)),
            (None, r#"{"batchItemFailures":[{"itemIdentifier":""}]}"#, failed(unknown)),
            (None, r#"{"batchItemFailures":[{"itemIdentifier":null}]}"#, failed(unknown)),
            (None, r#"{"batchItemFailures":[{"wrong":"99"}]}"#, failed(unknown)),
            (None, r#"{"batchItemFailures":[{"itemIdentifier":99}]}"#, failed(odd)),
            (None, "[1", failed(odd)),
            (
                Some("Unhandled"),
                r#"{"errorType":"Runtime.ExitError","errorMessage":"secret"}"#,
                failed("Unhandled error Runtime.ExitError"),
            ),
            (Some("Unhandled"), "", failed("Unhandled error")),
        ];
        for (function_error, text, expected) in table {
            assert_eq!(Answer::read(function_error, text.as_bytes(), &numbers), expected, "{text}");
        }
    }
}
