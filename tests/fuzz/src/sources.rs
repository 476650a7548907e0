//! Reads an image from every source, and asserts that all results are the same.

use std::fmt::Debug;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use ddb_core::error::ProblemKind;
use ddb_core::event::{ChangeImage, EventError, ImageProblem, RecordErrorKind, RecordPart};
use ddb_core::export::ExportRecord;
use ddb_core::image::FromImageLossy;
use ddb_core::{
    Change, FromStreamImage, ImageError, Item, KinesisStreamEvent, Problem, RecordError,
    StreamEvent, StreamRecord,
};
use serde_json::value::RawValue;

use crate::item::MARKER;

/// A value, or the messages of its problems.
pub type Outcome<T> = Result<T, Vec<String>>;

/// Asserts that an item and its text give the same result, whichever way they are read.
pub fn agree<T: FromStreamImage + Debug + PartialEq>(item: &Item, text: &str) -> Outcome<T> {
    let borrowed = T::from_image_ref(item);
    if borrowed.as_ref().is_err_and(has_repeated_key) {
        return borrowed.map_err(|error| describe(&error));
    }
    let borrowed = borrowed.map_err(|error| describe(&error));
    assert_eq!(outcome(T::from_image(item.clone())), borrowed, "by value");
    assert_eq!(outcome(T::from_json(text.as_bytes())), borrowed, "from JSON");
    borrowed
}

/// Asserts that the text of an image gives the same result in every text that can contain it.
pub fn agree_in_texts<T>(text: &str)
where
    T: FromStreamImage + ChangeImage + Debug + PartialEq,
{
    let alone = outcome(T::from_json(text.as_bytes()));
    if serde_json::from_str::<&RawValue>(text).is_err() {
        assert!(T::from_json(text.as_bytes()).is_err_and(|it| it.syntax_error_at().is_some()));
        let payload = format!(r#"{{"Records":[{{"dynamodb":{{"NewImage":{text}}}}}]}}"#);
        let event = StreamEvent::<T>::from_slice(payload.as_bytes());
        assert!(matches!(event, Err(EventError::NotJson { .. })), "{event:?}");
        return;
    }
    let change = format!(r#"{{"OldImage":{text},"NewImage":{text}}}"#);
    let record = format!(r#"{{"eventName":"MODIFY","dynamodb":{change}}}"#);
    let of_record = StreamRecord::<T>::from_slice(record.as_bytes());
    compare(of_record.map(|record| record.change), &alone, "a record alone");

    let payload = format!(r#"{{"Records":[{record}]}}"#);
    let mut event = StreamEvent::<T>::from_slice(payload.as_bytes()).expect("an event");
    compare(event.records.remove(0).map(|record| record.change), &alone, "an event");

    let data = BASE64_STANDARD.encode(&record);
    let payload = format!(r#"{{"Records":[{{"kinesis":{{"data":"{data}"}}}}]}}"#);
    let mut event = KinesisStreamEvent::<T>::from_slice(payload.as_bytes()).expect("an event");
    compare(event.records.remove(0).map(|record| record.change), &alone, "an event of Kinesis");

    let line = format!(r#"{{"Keys":{{}},"NewImage":{text},"OldImage":{text}}}"#);
    let of_line = ExportRecord::<T>::from_slice(line.as_bytes());
    compare(of_line.map(|record| record.change), &alone, "an incremental export");

    let line = format!(r#"{{"Item":{text}}}"#);
    match ExportRecord::<T>::from_slice(line.as_bytes()) {
        Ok(record) => {
            let Change::Insert { new } = record.change else { panic!("{:?}", record.change) };
            assert_eq!(Ok(new), alone, "a full export");
        }
        Err(error) => assert_eq!(Err(describe_parts(&error).remove(0)), alone, "a full export"),
    }
}

/// Asserts that the lossy conversion reports the problems of the strict one, and replaces nothing
/// where there are none.
pub fn agree_lossily<T: FromImageLossy + Debug + PartialEq>(item: &Item) {
    let strict = T::from_image_ref(item);
    if strict.as_ref().is_err_and(has_repeated_key) {
        return;
    }
    let borrowed = T::from_image_lossy_ref(item);
    let owned = T::from_image_lossy(item.clone());
    assert_eq!(describe_all(&owned.problems), describe_all(&borrowed.problems), "lossy");
    assert_eq!(owned.value, borrowed.value, "lossy");
    for problem in &owned.problems {
        let path = problem.path();
        assert!(problem.replaced().is_none_or(|replaced| path.starts_with(replaced)), "{path}");
    }
    match strict {
        Ok(strict) => {
            assert_eq!(strict, owned.value, "strict and lossy");
            assert!(owned.problems.is_empty(), "strict and lossy");
        }
        Err(error) => {
            assert_eq!(describe(&error), describe_all(&owned.problems), "strict and lossy");
        }
    }
}

/// Returns `true` if a name or a key appears twice. An `Item` keeps only one of two attributes, and
/// which of two equal keys is reported depends on their order.
pub fn has_repeated_key(error: &ImageError) -> bool {
    error.problems().iter().any(|problem| {
        matches!(problem.kind(), ProblemKind::RepeatedName | ProblemKind::RepeatedKey)
    })
}

/// Asserts that both images of a change, or their errors, are those of the image alone.
fn compare<T: Debug + PartialEq>(
    change: Result<Change<T>, RecordError>,
    alone: &Outcome<T>,
    source: &str,
) {
    match change {
        Ok(Change::Modify { old, new }) => {
            assert_eq!(alone.as_ref(), Ok(&new), "{source}");
            assert_eq!(alone.as_ref(), Ok(&old), "{source}");
        }
        Ok(change) => panic!("{source}: {change:?}"),
        Err(error) => {
            assert_secret(&error.to_string());
            let [new, old] = &describe_parts(&error)[..] else { panic!("{source}: {error}") };
            assert_eq!(alone.as_ref(), Err(new), "{source}");
            assert_eq!(alone.as_ref(), Err(old), "{source}");
        }
    }
}

/// The problems of each image of a record.
fn describe_parts(error: &RecordError) -> Vec<Vec<String>> {
    let RecordErrorKind::Images(parts) = error.kind() else { panic!("{error}") };
    let problems = |(part, problem): &(RecordPart, ImageProblem)| match problem {
        ImageProblem::Mismatch(error) if *part != RecordPart::Keys => describe(error),
        problem => panic!("{part}: {problem}"),
    };
    parts.iter().map(problems).collect()
}

pub fn outcome<T>(read: Result<T, ImageError>) -> Outcome<T> {
    read.map_err(|error| describe(&error))
}

fn describe(error: &ImageError) -> Vec<String> {
    assert_secret(&error.to_string());
    match error.syntax_error_at() {
        Some(_) => vec![error.to_string()],
        None => describe_all(error.problems()),
    }
}

/// The messages in an order that does not depend on that of the attributes.
fn describe_all(problems: &[Problem]) -> Vec<String> {
    let mut messages: Vec<String> = problems.iter().map(ToString::to_string).collect();
    messages.sort();
    messages.iter().for_each(|message| assert_secret(message));
    messages
}

/// Asserts that a message holds no attribute value.
fn assert_secret(message: &str) {
    assert!(!message.contains(MARKER), "{message}");
}
