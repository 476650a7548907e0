//! Measures how fast the lines of an export are read.

use std::io::{self, BufRead as _, Write as _};

use base64::prelude::{BASE64_STANDARD, Engine as _};
use ddb_benches::contenders::from_item;
use ddb_benches::measure::{Contender, race};
use ddb_benches::row::{Goal, Row};
use ddb_benches::{Order, order_image};
use ddb_core::export::{DataFile, ExportReader, ManifestFile};
use ddb_core::{Change, Ignored, Item};
use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use md5::{Digest as _, Md5};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::Panel;

const LINES: u32 = 2000;

pub fn measure_export(rows: &mut Vec<Row>) -> Panel {
    let mut words = Words(1);
    let lines = (0..LINES).map(|id| {
        let mut image = order_image(id);
        words.vary(&mut image);
        format!("{}\n", json!({ "Item": image }))
    });
    let text = [lines.collect::<String>().into_bytes()];
    let (object, file) = compress(&text[0]);
    let objects = [object];
    let expected: Vec<Order> = read_by_serde(&text[0]).collect();
    assert!(read_lines(&text[0]).eq(expected.iter().cloned()));
    assert!(read_object(&objects[0], &file).eq(expected));
    let measured = race(
        15,
        [
            Contender::completes("ddb-core, ExportReader", &text, |text| read_lines(text).count()),
            Contender::completes("serde_json and from_item", &text, |text| {
                read_by_serde(text).count()
            }),
            Contender::completes("ddb-core, DataFile, compressed", &objects, |object| {
                read_object(object, &file).count()
            }),
            Contender::completes("floor: decompressing it", &objects, |object| {
                io::copy(&mut MultiGzDecoder::new(&object[..]), &mut io::sink()).expect("gzip")
            }),
        ]
        .map(|contender| contender.of(f64::from(LINES))),
    );
    let [lines, by_serde, object, decompressing] = measured;
    let goal = Goal { bound: 3.0, aim: 4.0 };
    rows.push(Row::faster(
        "O of an export, against serde_json and from_item",
        lines,
        by_serde,
        goal,
    ));
    let goal = Goal { bound: 2.5, aim: 2.0 };
    rows.push(Row::at_most(
        "O of an export, against decompressing it",
        object,
        decompressing,
        goal,
    ));
    ("O: a line of an export to a struct", measured.to_vec())
}

/// Texts that differ from item to item, as those of a table do. The images of the other benchmarks
/// have the same texts, and would be decompressed many times as fast as real ones.
struct Words(u64);

impl Words {
    /// Replaces each string with words of the same length in all.
    fn vary(&mut self, value: &mut Value) {
        match value {
            Value::Object(members) => {
                for (name, value) in members {
                    match (name.as_str(), value) {
                        ("S", Value::String(text)) => *text = self.text(text.len()),
                        (_, value) => self.vary(value),
                    }
                }
            }
            Value::Array(elements) => elements.iter_mut().for_each(|value| self.vary(value)),
            _ => {}
        }
    }

    fn text(&mut self, length: usize) -> String {
        let mut text = String::new();
        while text.len() < length {
            // One of 4,096 words, of three to ten letters.
            let word = self.next() % 4096;
            let mut letters = Words(word + 1);
            let count = 3 + letters.next() % 8;
            text.extend((0..count).map(|_| letters.letter()));
            text.push(' ');
        }
        text.truncate(length);
        text
    }

    fn letter(&mut self) -> char {
        const LETTERS: &[u8; 26] = b"abcdefghijklmnopqrstuvwxyz";
        char::from(LETTERS[usize::try_from(self.next() % 26).expect("less than 26")])
    }

    /// The next number of a linear congruential generator.
    fn next(&mut self) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }
}

fn compress(text: &[u8]) -> (Vec<u8>, ManifestFile) {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text).expect("a vector");
    let object = encoder.finish().expect("a vector");
    let file = json!({
        "itemCount": LINES,
        "md5Checksum": BASE64_STANDARD.encode(Md5::digest(&object)),
        "dataFileS3Key": "data/a.json.gz",
    });
    let file = ManifestFile::from_slice(file.to_string().as_bytes()).expect("a file");
    (object, file)
}

fn new_image(change: Change<Order, Ignored>) -> Order {
    match change {
        Change::Insert { new } => new,
        Change::Modify { .. } | Change::Remove { .. } => unreachable!("the export is full"),
    }
}

fn read_lines(text: &[u8]) -> impl Iterator<Item = Order> {
    ExportReader::<_, Order, Ignored>::new(text)
        .map(|record| new_image(record.expect("fits").change))
}

fn read_object(object: &[u8], file: &ManifestFile) -> impl Iterator<Item = Order> {
    DataFile::<_, Order, Ignored>::new(object, file)
        .map(|record| new_image(record.expect("fits").change))
}

fn read_by_serde(text: &[u8]) -> impl Iterator<Item = Order> {
    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Line {
        item: Item,
    }

    text.lines().map(|line| {
        let line: Line = serde_json::from_str(&line.expect("UTF-8")).expect("a line");
        from_item(line.item)
    })
}
