//! Lines and manifests of an export to S3.

use std::fmt::Debug;
use std::io::{self, BufReader, Read};
use std::time::{Duration, SystemTime};

use ddb_core::event::{ChangeImage, EventName, RecordErrorKind};
use ddb_core::export::{
    ExportError, ExportReader, ExportRecord, ManifestError, ManifestFile, ManifestSummary,
};
use ddb_core::key::KeysOf;
use ddb_core::{Change, FromStreamImage, Ignored, Item, StreamRecord};
use proptest::prelude::*;
use serde_json::{Value, json};

#[derive(Clone, Debug, PartialEq, FromStreamImage)]
#[ddb(strict, key(id = "{number}"))]
struct Keyed {
    number: String,
    text: String,
}

#[derive(Clone, Debug, PartialEq, FromStreamImage)]
struct Order {
    id: u32,
}

fn decode<T: ChangeImage, O: ChangeImage>(line: &Value) -> Result<ExportRecord<T, O>, String> {
    let record = ExportRecord::from_slice(line.to_string().as_bytes());
    record.map_err(|error| error.kind().to_string())
}

fn order(id: u32) -> Value {
    json!({"id": {"N": id.to_string()}})
}

#[test]
fn the_shape_of_a_line_tells_the_change() {
    let old = || Order { id: 7 };
    let table = [
        (json!({"Item": order(7)}), Change::Insert { new: Order { id: 7 } }),
        (json!({"Keys": order(7), "NewImage": order(7)}), Change::Insert { new: Order { id: 7 } }),
        (
            json!({"Keys": order(7), "NewImage": order(8), "OldImage": order(7)}),
            Change::Modify { old: old(), new: Order { id: 8 } },
        ),
        (
            json!({"Keys": order(7), "OldImage": order(7)}),
            Change::Remove { old: old(), expired: false },
        ),
        (
            json!({"Keys": order(7), "NewImage": null, "OldImage": order(7)}),
            Change::Remove { old: old(), expired: false },
        ),
    ];
    for (line, expected) in table {
        let record = decode::<Order, Order>(&line).expect("a line");
        assert_eq!(record.change, expected, "{line}");
        assert_eq!(record.keys.is_empty(), line.get("Keys").is_none());
    }
}

/// An export of new images alone leaves out what a deletion deleted.
#[test]
fn keys_alone_are_a_deletion() {
    let line = json!({"Keys": {"id": {"S": "a"}}});
    let expired = false;
    let ignored = decode::<Keyed, Ignored>(&line).expect("a line");
    assert_eq!(ignored.change, Change::Remove { old: Ignored, expired });
    let optional = decode::<Keyed, Option<Keyed>>(&line).expect("a line");
    assert_eq!(optional.change, Change::Remove { old: None, expired });
    let keys = decode::<Keyed, KeysOf<Keyed>>(&line).expect("a line");
    let Change::Remove { old, .. } = keys.change else { panic!("a deletion") };
    assert_eq!(old.number, "a");
    assert_eq!(
        decode::<Keyed, Keyed>(&line).expect_err("no old image"),
        "old image: not captured, the view type is NEW_IMAGE; make it NEW_AND_OLD_IMAGES, or map it to \
         an `Option<_>` or to `Ignored`"
    );
}

#[test]
fn the_time_is_a_tagged_number_or_a_number() {
    let time = SystemTime::UNIX_EPOCH + Duration::from_micros(1_680_109_764_000_123);
    let table = [
        (json!({"WriteTimestampMicros": {"N": "1680109764000123"}}), Some(time)),
        (json!({"WriteTimestampMicros": 1_680_109_764_000_123_u64}), Some(time)),
        (json!({"WriteTimestampMicros": "1680109764000123"}), Some(time)),
        (json!({"WriteTimestampMicros": {"S": "1680109764000123"}}), None),
        (json!({"WriteTimestampMicros": {"N": "soon"}}), None),
        (json!({"WriteTimestampMicros": null}), None),
        (json!({}), None),
        (json!(null), None),
    ];
    for (metadata, expected) in table {
        let line = json!({"Metadata": metadata, "Keys": order(7), "NewImage": order(7)});
        let record = decode::<Order, Order>(&line).expect("a line");
        assert_eq!(record.written_at, expected, "{line}");
    }
}

#[test]
fn a_line_converts_into_a_record_of_a_stream() {
    let line = json!({
        "Metadata": {"WriteTimestampMicros": {"N": "1680109764000123"}},
        "Keys": order(7),
        "NewImage": order(7),
    });
    let record = decode::<Order, Order>(&line).expect("a line");
    let expected = record.clone();
    let StreamRecord { meta, change, .. } = StreamRecord::from(record);
    assert_eq!(
        (change, meta.keys, meta.created_at),
        (expected.change, expected.keys, expected.written_at)
    );
    assert_eq!(meta.event_name, Some(EventName::Insert));
    assert_eq!((meta.sequence_number, meta.event_id), (None, None));
}

#[test]
fn a_line_that_does_not_fit_says_why() {
    let not_a_line =
        "not a line of an export: expected `Item`, or `Keys` with `NewImage` and `OldImage`";
    let table = [
        (json!({}), not_a_line),
        (json!([]), not_a_line),
        (json!({"Item": null}), not_a_line),
        (json!({"Records": []}), not_a_line),
        (json!({"Item": []}), "new image: expected a JSON object of attributes"),
        (json!({"Item": {}}), "new image: id: missing, expected N (u32)"),
        (json!({"Item": {"id": {"S": "7"}}}), "new image: id: expected N (u32), found S"),
        (
            json!({"Keys": {"id": {"BOOL": true}}, "OldImage": {}}),
            "old image: id: missing, expected N (u32); keys: id: expected S, N or B (AttributeValue), \
             found BOOL",
        ),
        (
            json!({"Item": order(7), "NewImage": order(7)}),
            "not a record: `NewImage` appears twice in it",
        ),
    ];
    for (line, expected) in table {
        assert_eq!(decode::<Order, Order>(&line).expect_err("no line"), expected, "{line}");
    }
}

fn read(text: &str) -> ExportReader<&[u8], Order, Ignored> {
    ExportReader::new(text.as_bytes())
}

#[test]
fn a_bad_line_has_its_number_and_its_text_and_the_next_is_read() {
    let text = "{\"Item\": {\"id\": {\"N\": \"1\"}}}\n{\"Item\": 7}\n\n{\"Item\": {\"id\": {\"N\": \"4\"}}}\nnot JSON";
    let mut reader = read(text).expect_items(5);
    let mut seen = Vec::new();
    while let Some(record) = reader.next() {
        seen.push(match record {
            Ok(record) => format!("{:?}", record.change),
            Err(ExportError::Line(error)) => {
                assert_eq!(error.number(), reader.line_number());
                format!("{error}: {}", error.raw_json())
            }
            Err(error) => panic!("{error}"),
        });
    }
    assert_eq!(
        seen,
        [
            "Insert { new: Order { id: 1 } }",
            "line 2: new image: expected a JSON object of attributes: {\"Item\": 7}",
            "line 3: not JSON, from byte 0 on: ",
            "Insert { new: Order { id: 4 } }",
            "line 5: not JSON, from byte 0 on: not JSON",
        ]
    );
}

#[test]
fn the_error_of_a_line_goes_into_the_quarantine_of_the_stream() {
    let error = read("{\"Item\": 7}").next().expect("a line").expect_err("does not fit");
    assert!(!format!("{error:?}").contains('7'), "{error:?}");
    let ExportError::Line(error) = error else { panic!("{error}") };
    assert!(matches!(error.kind(), RecordErrorKind::Images(_)));
    assert_eq!(error.into_record_error().raw_json(), "{\"Item\": 7}");
}

#[test]
fn a_file_with_another_number_of_items_is_an_error() {
    let line = "{\"Item\": {\"id\": {\"N\": \"1\"}}}\n";
    for (found, expected) in [(0, 1), (1, 2), (2, 1), (3, 0)] {
        let text = line.repeat(found);
        let mut reader = read(&text).expect_items(expected);
        assert_eq!(reader.by_ref().take(found).flatten().count(), found);
        let error = reader.next().expect("an error").expect_err("another number");
        assert_eq!(
            error.to_string(),
            format!(
                "the manifest states {expected} items, and the file has {found}: download it again"
            )
        );
        assert!(reader.next().is_none());
    }
    assert_eq!(read("").expect_items(0).count(), 0);
}

#[test]
fn reading_continues_behind_the_lines_that_are_skipped() {
    let lines = (0..5).map(|id| json!({ "Item": order(id) }).to_string());
    let lines = lines.collect::<Vec<_>>().join("\n");
    let mut reader = read(&lines).expect_items(5);
    reader.skip_lines(3).expect("three lines");
    let ids = reader.map(|record| record.expect("a line").change);
    assert!(ids.eq([3, 4].map(|id| Change::Insert { new: Order { id } })));

    let mut reader = read(&lines);
    let error = reader.skip_lines(6).expect_err("five lines");
    assert!(matches!(error, ExportError::ItemCount { expected: 6, found: 5, .. }), "{error}");
    assert!(reader.next().is_none());
}

#[test]
fn ion_is_named() {
    let text = "$ion_1_0 {Item:{id:7.}}\n$ion_1_0 {Item:{id:8.}}\n";
    let errors: Vec<String> =
        read(text).map(|record| record.expect_err("Ion").to_string()).collect();
    assert_eq!(errors, ["the file is Amazon Ion: export again as DYNAMODB_JSON"]);
}

/// A reader that yields this text, again and again.
struct Endless;

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        buffer.fill(b' ');
        Ok(buffer.len())
    }
}

#[test]
fn a_file_without_line_breaks_does_not_fill_the_memory() {
    let mut reader = ExportReader::<_, Order>::new(BufReader::new(Endless));
    let error = reader.next().expect("an error").expect_err("too long");
    assert!(matches!(error, ExportError::LineTooLong { number: 1, .. }), "{error}");
    assert!(reader.next().is_none());
}

#[test]
fn a_line_of_the_largest_item_is_read() {
    #[derive(Debug, FromStreamImage)]
    #[ddb(strict)]
    struct Large {
        text: String,
    }

    let text = "\u{1}".repeat(400 << 10);
    let line = json!({"Item": {"text": {"S": text}}}).to_string();
    assert!(line.len() > 2_000_000);
    let mut reader = ExportReader::<_, Large>::new(line.as_bytes());
    let record = reader.next().expect("a line").expect("fits");
    assert!(matches!(record.change, Change::Insert { new } if new.text == text));
}

#[test]
fn an_error_of_the_source_ends_the_file() {
    struct Broken;

    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::new(io::ErrorKind::UnexpectedEof, "it broke off"))
        }
    }

    let line = b"{\"Item\": {\"id\": {\"N\": \"1\"}}}\n{\"Item\":";
    let mut reader = ExportReader::<_, Order>::new(BufReader::new(line.chain(Broken)));
    assert!(reader.next().expect("a line").is_ok());
    let error = reader.next().expect("an error").expect_err("broken");
    assert_eq!(error.to_string(), "the file cannot be read to its end: it broke off");
    assert!(reader.next().is_none());
}

#[test]
fn a_manifest_is_read() {
    let summary = json!({
        "version": "2023-08-01",
        "exportArn": "arn:aws:dynamodb:eu-central-1:123456789012:table/Orders/export/01",
        "startTime": "2026-01-02T03:04:05.678Z",
        "exportFromTime": "2023-11-14T00:00:00Z",
        "exportToTime": "2023-11-14T22:13:20Z",
        "tableArn": "arn:aws:dynamodb:eu-central-1:123456789012:table/Orders",
        "s3Bucket": "exports",
        "s3Prefix": null,
        "manifestFilesS3Key": "AWSDynamoDB/01/manifest-files.json",
        "billedSizeBytes": 0,
        "itemCount": 8,
        "outputFormat": "DYNAMODB_JSON",
        "outputView": "NEW_AND_OLD_IMAGES",
        "exportType": "INCREMENTAL_EXPORT",
    });
    let read = ManifestSummary::from_slice(summary.to_string().as_bytes()).expect("a summary");
    assert_eq!(
        (read.item_count, &*read.manifest_files_s3_key),
        (8, "AWSDynamoDB/01/manifest-files.json")
    );
    assert_eq!((read.s3_bucket.as_deref(), read.s3_prefix), (Some("exports"), None));
    assert_eq!(read.export_type.as_deref(), Some("INCREMENTAL_EXPORT"));
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    assert_eq!(read.export_time, Some(time));
    assert_eq!(read.output_view.as_deref(), Some("NEW_AND_OLD_IMAGES"));

    let mut ion = summary.clone();
    ion["outputFormat"] = json!("ION");
    let error = ManifestSummary::from_slice(ion.to_string().as_bytes()).expect_err("Ion");
    assert_eq!(
        error.to_string(),
        "the format of the export is \"ION\": export again as DYNAMODB_JSON"
    );

    for name in ["itemCount", "manifestFilesS3Key"] {
        let mut summary = summary.clone();
        summary[name] = json!(null);
        let error = ManifestSummary::from_slice(summary.to_string().as_bytes()).expect_err(name);
        assert_eq!(error.to_string(), format!("not a manifest: expected `{name}` in it"));
    }
}

#[test]
fn the_files_of_a_manifest_are_lines() {
    let file = |count: u64, key: &str| json!({"itemCount": count, "md5Checksum": "sQMSpEILNgoQmarvDFonGQ==", "etag": "af83-1", "dataFileS3Key": key});
    let text = format!("{}\n{}\n", file(8, "a.json.gz"), file(0, "b.json.gz"));
    let files = ManifestFile::list(text.as_bytes()).expect("files");
    let files: Vec<_> =
        files.iter().map(|file| (file.item_count, &*file.data_file_s3_key)).collect();
    assert_eq!(files, [(8, "a.json.gz"), (0, "b.json.gz")]);
    assert_eq!(ManifestFile::list(b"").expect("none"), []);

    for name in ["itemCount", "md5Checksum", "dataFileS3Key"] {
        let mut file = file(8, "a.json.gz");
        file.as_object_mut().expect("an object").remove(name);
        let error = ManifestFile::list(file.to_string().as_bytes()).expect_err(name);
        assert_eq!(error.to_string(), format!("not a manifest: expected `{name}` in it"));
    }
    for text in ["[]", "{", "{} {}", "7", "\u{0}"] {
        assert_eq!(ManifestFile::list(text.as_bytes()), Err(ManifestError::NotAnObject), "{text}");
    }
    assert_eq!(ManifestFile::list(b"\xff"), Err(ManifestError::NotAnObject));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// A line reads as the record of a stream with the same images.
    #[test]
    fn a_line_reads_as_a_record_does(new in proptest::option::of(0..5_u32), old in proptest::option::of(0..5_u32), fits in any::<bool>()) {
        let image = |id: u32| if fits { order(id) } else { json!({"id": {"S": id.to_string()}}) };
        prop_assume!(new.is_some() || old.is_some());
        let mut change = serde_json::Map::from_iter([("Keys".to_owned(), order(7))]);
        change.extend(new.map(|id| ("NewImage".to_owned(), image(id))));
        change.extend(old.map(|id| ("OldImage".to_owned(), image(id))));
        let event_name = match (new, old) {
            (Some(_), None) => "INSERT",
            (Some(_), Some(_)) => "MODIFY",
            _ => "REMOVE",
        };
        let record = json!({"eventName": event_name, "dynamodb": change}).to_string();
        let record = StreamRecord::<Order, Item>::from_slice(record.as_bytes());
        let line = ExportRecord::<Order, Item>::from_slice(Value::from(change).to_string().as_bytes());
        match (record, line) {
            (Ok(record), Ok(line)) => {
                prop_assert_eq!(record.change, line.change);
                prop_assert_eq!(record.meta.keys, line.keys);
            }
            (Err(record), Err(line)) => prop_assert_eq!(record.kind().to_string(), line.kind().to_string()),
            (record, line) => prop_assert!(false, "{record:?}, {line:?}"),
        }
    }
}
