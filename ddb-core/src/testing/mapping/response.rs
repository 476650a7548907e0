//! The response of a function, as the mapping reads it.

use serde_json::Value;

use crate::event::SequenceNumber;

/// The outcome of an invocation that returned a response.
#[derive(Debug, PartialEq)]
pub enum Answer {
    Done,
    /// The records from this position on are not done.
    FailedFrom(usize),
    /// The whole batch is not done.
    Failed,
}

/// Reads the response of a function with `ReportBatchItemFailures`.
///
/// The documentation lists what counts as a success and as a failure, see
/// [Success and failure conditions](https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html).
/// It does not mention a response that is neither an object nor `null`, which is taken for a
/// failure here.
pub fn read_response(response: &Value, numbers: &[SequenceNumber]) -> Answer {
    let failures = match response {
        Value::Null => return Answer::Done,
        Value::Object(members) => members.get("batchItemFailures"),
        _ => return Answer::Failed,
    };
    let failures = match failures {
        None | Some(Value::Null) => return Answer::Done,
        Some(Value::Array(failures)) => failures,
        Some(_) => return Answer::Failed,
    };
    let mut first = None;
    for failure in failures {
        let number = failure.get("itemIdentifier").and_then(Value::as_str);
        let number = number.and_then(|number| number.parse::<SequenceNumber>().ok());
        let position = number.and_then(|number| numbers.iter().position(|it| *it == number));
        let Some(position) = position else { return Answer::Failed };
        first = Some(first.map_or(position, |first: usize| first.min(position)));
    }
    first.map_or(Answer::Done, Answer::FailedFrom)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn responses_mean_what_the_documentation_says() {
        let failures = |failures: Value| json!({ "batchItemFailures": failures });
        let names = |number: Value| failures(json!([{ "itemIdentifier": number }]));
        let two =
            |one, other| failures(json!([{"itemIdentifier": one}, {"itemIdentifier": other}]));
        for (response, expected) in [
            (Value::Null, Answer::Done),
            (json!({}), Answer::Done),
            (failures(json!([])), Answer::Done),
            (failures(Value::Null), Answer::Done),
            (names(json!("11")), Answer::FailedFrom(0)),
            (names(json!("12")), Answer::FailedFrom(1)),
            (two("13", "12"), Answer::FailedFrom(1)),
            (names(json!("")), Answer::Failed),
            (names(Value::Null), Answer::Failed),
            (names(json!(12)), Answer::Failed),
            (names(json!("99")), Answer::Failed),
            (two("12", "99"), Answer::Failed),
            (failures(json!([{ "sequenceNumber": "12" }])), Answer::Failed),
            (failures(json!(["12"])), Answer::Failed),
            (failures(json!("12")), Answer::Failed),
            (json!("done"), Answer::Failed),
        ] {
            let numbers = ["11", "12", "13"].map(|number| number.parse().expect("a number"));
            assert_eq!(read_response(&response, &numbers), expected, "{response}");
        }
    }
}
