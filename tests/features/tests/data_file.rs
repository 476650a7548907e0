//! Data files of an export, compressed, compared with the manifest.

use std::io::{self, Read, Write as _};

use base64::prelude::{BASE64_STANDARD, Engine as _};
use ddb_core::export::{DataFile, ExportError, ManifestFile};
use ddb_core::{Change, FromStreamImage};
use flate2::Compression;
use flate2::write::GzEncoder;
use md5::{Digest as _, Md5};
use serde_json::json;

#[derive(Debug, PartialEq, FromStreamImage)]
struct Order {
    id: u64,
}

fn line(id: u64) -> String {
    format!("{}\n", json!({"Item": {"id": {"N": id.to_string()}}}))
}

fn compress(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).expect("a vector");
    encoder.finish().expect("a vector")
}

/// The entry of a manifest for this object.
fn manifest_file(object: &[u8], item_count: usize) -> ManifestFile {
    let file = json!({
        "itemCount": item_count,
        "md5Checksum": BASE64_STANDARD.encode(Md5::digest(object)),
        "dataFileS3Key": "AWSDynamoDB/01/data/a.json.gz",
    });
    ManifestFile::from_slice(file.to_string().as_bytes()).expect("a file")
}

/// The orders of the lines, and the errors.
fn read(object: &[u8], file: &ManifestFile) -> (Vec<u64>, Vec<ExportError>) {
    let (mut ids, mut errors) = (Vec::new(), Vec::new());
    for record in DataFile::<_, Order>::new(object, file) {
        match record {
            Ok(record) => ids.extend(record.change.new().map(|order| order.id)),
            Err(error) => errors.push(error),
        }
    }
    (ids, errors)
}

#[test]
fn every_line_of_a_file_is_read() {
    let text: String = (0..1000).map(line).collect();
    let object = compress(&text);
    let (ids, errors) = read(&object, &manifest_file(&object, 1000));
    assert!(errors.is_empty(), "{errors:?}");
    assert!(ids.into_iter().eq(0..1000));

    let empty = compress("");
    let (ids, errors) = read(&empty, &manifest_file(&empty, 0));
    assert!(ids.is_empty() && errors.is_empty());
}

/// Concatenated gzip members are one file.
#[test]
fn a_file_may_consist_of_several_members() {
    let object = [compress(&line(1)), compress(&line(2))].concat();
    let (ids, errors) = read(&object, &manifest_file(&object, 2));
    assert!(errors.is_empty(), "{errors:?}");
    assert_eq!(ids, [1, 2]);
}

#[test]
fn a_bad_line_does_not_end_the_file() {
    let object = compress(&format!("{}{{}}\n{}", line(1), line(3)));
    let (ids, errors) = read(&object, &manifest_file(&object, 3));
    assert_eq!(ids, [1, 3]);
    assert!(matches!(&errors[..], [ExportError::Line(error)] if error.number() == 2));
}

#[test]
fn an_altered_file_is_an_error() {
    let object = compress(&[line(1), line(2)].concat());
    let other = compress(&[line(1), line(3)].concat());
    let (ids, errors) = read(&other, &manifest_file(&object, 2));
    assert_eq!(ids, [1, 3]);
    assert!(matches!(errors[..], [ExportError::Checksum]), "{errors:?}");

    let (_, errors) = read(&object, &manifest_file(&object, 3));
    assert!(matches!(errors[..], [ExportError::ItemCount { expected: 3, found: 2, .. }]));
}

#[test]
fn a_truncated_file_is_an_error_at_every_length() {
    let text: String = (0..50).map(line).collect();
    let object = compress(&text);
    let file = manifest_file(&object, 50);
    for length in 1..object.len() {
        let (ids, errors) = read(&object[..length], &file);
        assert!(ids.len() <= 50);
        assert!(matches!(errors[..], [.., ExportError::Read(_)]), "{length}: {errors:?}");
    }
    // Without a single byte there is no member, and so no line either.
    let (_, errors) = read(b"", &file);
    assert_eq!(errors.len(), 1, "{errors:?}");
}

#[test]
fn a_file_that_is_not_compressed_is_an_error() {
    let text = line(1);
    let (ids, errors) = read(text.as_bytes(), &manifest_file(text.as_bytes(), 1));
    assert!(ids.is_empty());
    let [error] = &errors[..] else { panic!("{errors:?}") };
    assert_eq!(error.to_string(), "the file cannot be read to its end: invalid gzip header");
}

#[test]
fn reading_continues_behind_the_lines_that_are_skipped() {
    let object = compress(&[line(1), line(2), line(3)].concat());
    let mut file = DataFile::<_, Order>::new(&object[..], &manifest_file(&object, 3));
    file.skip_lines(2).expect("two lines");
    let change = file.next().expect("a line").expect("fits").change;
    assert_eq!(change, Change::Insert { new: Order { id: 3 } });
    assert_eq!(file.line_number(), 3);
    assert!(file.next().is_none());
}

/// The memory that reading takes does not grow with the file.
#[test]
fn a_large_file_is_read_in_pieces() {
    /// Reads a compressed file in pieces of one byte.
    struct Slowly<R>(R);

    impl<R: Read> Read for Slowly<R> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let end = buffer.len().min(1);
            self.0.read(&mut buffer[..end])
        }
    }

    let text: String = (0..2000).map(line).collect();
    let object = compress(&text);
    let file = manifest_file(&object, 2000);
    let lines = DataFile::<_, Order>::new(Slowly(&object[..]), &file);
    assert_eq!(lines.flatten().count(), 2000);
}
