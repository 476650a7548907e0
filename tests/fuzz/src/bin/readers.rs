//! Reads arbitrary bytes with every public reader. Nothing panics, and the readers of JSON accept
//! exactly the JSON that `serde_json` accepts.
#![no_main]

use std::fmt::Debug;
use std::io::Write as _;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use ddb_core::event::{
    EventError, FailureError, FailureObjectKey, RecordErrorKind, SequenceNumber,
};
use ddb_core::export::{
    DataFile, ExportError, ExportReader, ExportRecord, ManifestError, ManifestFile, ManifestSummary,
};
use ddb_core::key::KeysOf;
use ddb_core::testing::filter::Filters;
use ddb_core::{
    FailureRecord, FromStreamImage, Ignored, Item, KinesisFailureRecord, KinesisStreamEvent,
    Number, RecordError, StreamEvent, StreamRecord,
};
use ddb_fuzz::models::{
    Everything, Flattened, FlattenedVersions, Newest, Node, Open, Overlapping, Tagged, Wide,
};
use ddb_fuzz::sources;
use flate2::Compression;
use flate2::write::GzEncoder;
use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use serde_json::value::RawValue;

#[derive(Debug, FromStreamImage)]
#[ddb(strict)]
struct Nothing {}

fuzz_target!(|bytes: &[u8]| {
    let json = serde_json::from_slice::<&RawValue>(bytes).ok().map(RawValue::get);
    let input = Input { bytes, json };
    input.read_as_image();
    input.read_as_event();
    input.read_as_record();
    input.read_as_kinesis_data();
    input.read_as_failure();
    input.read_as_manifest();
    input.read_as_export();
    if let Ok(text) = str::from_utf8(bytes) {
        read_number(text);
        read_sequence_number(text);
        read_object_key(text);
        read_pattern(text, json);
    }
});

struct Input<'b> {
    bytes: &'b [u8],
    /// The text, if it is JSON.
    json: Option<&'b str>,
}

impl Input<'_> {
    fn is_object(&self) -> bool {
        self.json.is_some_and(|json| json.starts_with('{'))
    }

    fn read_as_image(&self) {
        assert_eq!(Nothing::from_json(self.bytes).is_ok(), self.is_object());
        let Ok(item) = serde_json::from_slice::<Item>(self.bytes) else { return };
        let Some(text) = self.json else { return };
        match Everything::from_json(self.bytes) {
            Err(error) if sources::has_repeated_key(&error) => return,
            everything => {
                if let Ok(expected) = Everything::from_image_ref(&item) {
                    assert_eq!(everything.ok(), Some(expected));
                }
            }
        }
        let _ = sources::agree::<Node>(&item, text);
        let _ = sources::agree::<Wide>(&item, text);
        let _ = sources::agree::<Tagged>(&item, text);
        let _ = sources::agree::<Open>(&item, text);
        let _ = sources::agree::<Overlapping>(&item, text);
        let _ = sources::agree::<Flattened>(&item, text);
        let _ = sources::agree::<Newest>(&item, text);
        let _ = sources::agree::<FlattenedVersions>(&item, text);
        let _ = sources::agree::<KeysOf<Overlapping>>(&item, text);
    }

    fn read_as_event(&self) {
        let decoded = StreamEvent::<Node, Ignored>::from_slice(self.bytes);
        assert_eq!(matches!(decoded, Err(EventError::NotJson { .. })), self.json.is_none());
        // The deserializer that `lambda_runtime` uses.
        let deserialized = serde_json::from_slice::<StreamEvent<Node, Ignored>>(self.bytes);
        assert_eq!(deserialized.is_ok(), decoded.is_ok());
        let Ok(event) = decoded else { return };
        let items = StreamEvent::<Item>::from_slice(self.bytes).expect("the same payload");
        assert_eq!(items.records.len(), event.records.len());
        let keys = StreamEvent::<KeysOf<Overlapping>, Option<Item>>::from_slice(self.bytes);
        assert_eq!(keys.map(|event| event.records.len()), Ok(event.records.len()));
        let kinesis = KinesisStreamEvent::<Node>::from_slice(self.bytes).expect("the same payload");
        assert_eq!(kinesis.records.len(), event.records.len());
        event.records.iter().filter_map(|record| record.as_ref().err()).for_each(check_error);
        items.records.iter().filter_map(|record| record.as_ref().err()).for_each(check_error);
        // A value that was deserialized before is written as text again.
        let Ok(value) = serde_json::from_slice::<Value>(self.bytes) else { return };
        if let Ok(again) = serde_json::from_value::<StreamEvent<Node, Ignored>>(value) {
            assert_eq!(again.window.is_some(), event.window.is_some());
        }
        if let Some(window) = &event.window {
            let _ = window.read_state::<Value>();
        }
    }

    fn read_as_record(&self) {
        let record = StreamRecord::<Node, Option<Item>>::from_slice(self.bytes);
        let is_not_json = record
            .as_ref()
            .is_err_and(|error| matches!(error.kind(), RecordErrorKind::NotJson { .. }));
        assert_eq!(is_not_json, self.json.is_none());
        let deserialized = serde_json::from_slice::<StreamRecord<Node, Option<Item>>>(self.bytes);
        assert_eq!(deserialized.ok(), record.ok());
    }

    fn read_as_kinesis_data(&self) {
        let data = BASE64_STANDARD.encode(self.bytes);
        let payload = format!(r#"[{{"data":"{data}"}}]"#);
        let event = KinesisStreamEvent::<Node>::from_slice(payload.as_bytes()).expect("an event");
        let [record] = &event.records[..] else { panic!("{event:?}") };
        let is_not_json = record
            .as_ref()
            .is_err_and(|error| matches!(error.kind(), RecordErrorKind::DataNotJson));
        assert_eq!(is_not_json, self.json.is_none());
    }

    fn read_as_failure(&self) {
        let failure = FailureRecord::<Node>::from_slice(self.bytes);
        let is_not_json = matches!(failure, Err(FailureError::NotJson { .. }));
        assert_eq!(is_not_json, self.json.is_none());
        if let Ok(failure) = failure {
            assert_eq!(failure.event.is_some(), failure.payload().is_some());
        }
        let failure = KinesisFailureRecord::<Node>::from_slice(self.bytes);
        let is_not_json = matches!(failure, Err(FailureError::NotJson { .. }));
        assert_eq!(is_not_json, self.json.is_none());
    }

    fn read_as_manifest(&self) {
        let summary = ManifestSummary::from_slice(self.bytes);
        assert_eq!(summary == Err(ManifestError::NotAnObject), !self.is_object());
        let file = ManifestFile::from_slice(self.bytes);
        assert_eq!(file == Err(ManifestError::NotAnObject), !self.is_object());
        let _ = ManifestFile::list(self.bytes);
    }

    fn read_as_export(&self) {
        let lines = read_lines(ExportReader::<_, Node, Option<Item>>::new(self.bytes));
        if self.bytes.starts_with(b"$ion_") {
            return;
        }
        let expected =
            self.bytes.strip_suffix(b"\n").unwrap_or(self.bytes).split(|&it| it == b'\n');
        let expected = expected.take(if self.bytes.is_empty() { 0 } else { usize::MAX });
        let expected: Vec<_> = expected
            .map(|line| {
                ExportRecord::<Node, Option<Item>>::from_slice(line).map_err(|it| it.to_string())
            })
            .map(|read| read.map_err(|message| message.rsplit(": ").next().unwrap().to_owned()))
            .collect();
        let found: Vec<_> = lines
            .into_iter()
            .map(|read| read.map_err(|message| message.rsplit(": ").next().unwrap().to_owned()))
            .collect();
        assert_eq!(found, expected);
        // Compression takes longer than everything else.
        if self.bytes.len() % 64 == 1 {
            let file = ManifestFile::from_slice(
                br#"{"itemCount": 0, "md5Checksum": "", "dataFileS3Key": "x"}"#,
            )
            .expect("a file");
            let mut compressed = GzEncoder::new(Vec::new(), Compression::none());
            compressed.write_all(self.bytes).expect("in memory");
            let compressed = compressed.finish().expect("in memory");
            let data = DataFile::<_, Node, Option<Item>>::new(&compressed[..], &file);
            let records = data.filter(|line| matches!(line, Ok(_) | Err(ExportError::Line(_))));
            assert_eq!(records.count(), found.len());
            let data = DataFile::<_, Node, Option<Item>>::new(self.bytes, &file);
            assert!(data.last().is_some_and(|last| last.is_err()));
        }
    }
}

/// The lines, with the messages of those that cannot be decoded.
fn read_lines<R>(
    mut reader: ExportReader<R, Node, Option<Item>>,
) -> Vec<Result<ExportRecord<Node, Option<Item>>, String>>
where
    R: std::io::BufRead,
{
    let mut lines = Vec::new();
    while let Some(line) = reader.next() {
        lines.push(line.map_err(|error| error.to_string()));
        assert_eq!(reader.line_number(), lines.len() as u64);
    }
    lines
}

/// The raw text of a record is part of the payload.
fn check_error(error: &RecordError) {
    assert!(serde_json::from_str::<&RawValue>(error.raw_json()).is_ok());
    assert!(!error.to_string().is_empty());
}

fn read_number(text: &str) {
    let number = text.parse::<Number>();
    assert_eq!(number.is_ok(), is_number(text));
    let Ok(number) = number else { return };
    assert_eq!(number.as_str(), text);
    if let Ok(integer) = text.parse::<i128>() {
        assert_eq!(i128::try_from(&number).ok(), Some(integer));
        assert_eq!(number, Number::from(integer));
    }
    if let Ok(float) = f64::try_from(&number) {
        assert_eq!(Number::try_from(float).as_ref(), Ok(&number));
        assert_eq!(text.parse(), Ok(float));
    }
}

/// Returns `true` for digits with at most one point among them, a sign before them and an exponent
/// behind them.
fn is_number(text: &str) -> bool {
    let unsigned = |text: &str| text.strip_prefix(['-', '+']).unwrap_or(text).to_owned();
    let has_digits = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    let text = unsigned(text);
    let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((&text, "0"));
    has_digits(&digits.replacen('.', "", 1)) && has_digits(&unsigned(exponent))
}

fn read_sequence_number(text: &str) {
    let number = text.parse::<SequenceNumber>();
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    assert_eq!(number.is_ok(), is_number);
    if let (Ok(number), Ok(integer)) = (number, text.parse::<u128>()) {
        let other: SequenceNumber = u64::MAX.to_string().parse().expect("digits");
        assert_eq!(number.cmp(&other), integer.cmp(&u64::MAX.into()));
    }
}

fn read_object_key(text: &str) {
    if let Ok(key) = text.parse::<FailureObjectKey>() {
        assert!(text.starts_with(&format!("aws/lambda/{}/{}/", key.mapping, key.shard_id)));
        assert!(text.ends_with(&key.id));
    }
}

fn read_pattern(text: &str, json: Option<&str>) {
    if let Ok(filters) = Filters::parse([text]) {
        assert!(json.is_some());
        let _ =
            filters.matches(&serde_json::json!({"eventName": "INSERT", "dynamodb": {"a": [1]}}));
        let _ = filters.matches(&serde_json::from_str(text).expect("JSON"));
    }
}
