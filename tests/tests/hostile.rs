//! Hostile input takes time in proportion to its length, and a limited multiple of its memory.
//!
//! `cargo test --release -p ddb-tests --test hostile -- --nocapture --test-threads 1` prints the
//! table of `RELIABILITY.md`.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fmt::Write as _;
use std::time::{Duration, Instant, SystemTime};

use allocation_counter::measure;
use base64::prelude::{BASE64_STANDARD, Engine as _};
use ddb_core::event::{EventError, SequenceNumber};
use ddb_core::export::{ExportError, ExportReader};
use ddb_core::{
    AttributeValue, FromStreamImage, Ignored, Item, KinesisStreamEvent, Number, StreamEvent,
    StreamRecord,
};

/// The factor by which every case is smaller without optimization.
const LESS: usize = if cfg!(debug_assertions) { 10 } else { 1 };

/// A million, of whatever a case has many of.
const MANY: usize = 1_000_000 / LESS;

/// The longest payload of an invocation, see
/// [Lambda quotas](https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html).
const LONGEST: usize = 6_000_000 / LESS;

/// Much more than any case takes on a busy machine, and much less than it would take if the time
/// grew with the square of the length.
const PATIENCE: Duration = Duration::from_mins(1);

/// Reads the input, and prints and checks the time and the largest memory at any moment. `factor`
/// is the number of bytes that each byte of the input may take, beside a megabyte.
fn check<R>(case: &str, length: usize, factor: f64, read: impl FnOnce() -> R) -> R {
    check_beside(1e6, case, length, factor, read)
}

/// Checks like [`check`], beside another constant.
fn check_beside<R>(
    constant: f64,
    case: &str,
    length: usize,
    factor: f64,
    read: impl FnOnce() -> R,
) -> R {
    let mut result = None;
    let start = Instant::now();
    let memory = measure(|| result = Some(read())).bytes_max;
    let time = start.elapsed();
    #[allow(clippy::cast_precision_loss, reason = "megabytes are printed with one digit")]
    let [length, memory] = [length as f64, memory as f64];
    println!(
        "| {case} | {:.1} MB | {:.3} s | {:.1} MB |",
        length / 1e6,
        time.as_secs_f64(),
        memory / 1e6
    );
    assert!(time < PATIENCE, "{case} takes {time:?}");
    assert!(memory <= factor * length + constant, "{case} takes {memory} bytes for {length}");
    result.expect("the result")
}

#[derive(Debug, FromStreamImage)]
#[ddb(strict)]
#[allow(dead_code, reason = "whether it fits is the question")]
struct Rest {
    #[ddb(rest)]
    rest: Item,
}

#[derive(Debug, FromStreamImage)]
#[ddb(strict)]
#[allow(dead_code, reason = "only its depth counts")]
struct Node {
    a: Option<Box<Node>>,
    b: Vec<Node>,
}

#[derive(Debug, FromStreamImage)]
#[ddb(strict)]
#[allow(dead_code, reason = "whether it fits is the question")]
struct Unmapped {
    id: Option<u32>,
}

fn record(image: &str) -> String {
    format!(r#"{{"eventName":"INSERT","dynamodb":{{"SequenceNumber":"1","NewImage":{image}}}}}"#)
}

/// Reads an image alone, in an event, in an event of Kinesis and in an export. `true` if it fits.
fn read_everywhere<T: FromStreamImage + ddb_core::event::ChangeImage>(
    case: &str,
    image: &str,
    factor: f64,
) -> bool {
    let length = image.len();
    let name = |source: &str| format!("{case} | {source}");
    let alone = check(&name("image"), length, factor, || T::from_json(image.as_bytes()).is_ok());
    let payload = format!(r#"{{"Records":[{}]}}"#, record(image));
    // A record that does not fit keeps its text.
    let event = check(&name("event"), length, factor + 1.0, || {
        StreamEvent::<T>::from_slice(payload.as_bytes()).expect("an event").records[0].is_ok()
    });
    let data = BASE64_STANDARD.encode(record(image));
    let payload = format!(r#"{{"Records":[{{"kinesis":{{"data":"{data}"}}}}]}}"#);
    // The data is decoded into a buffer.
    let kinesis = check(&name("Kinesis"), length, factor + 3.0, || {
        KinesisStreamEvent::<T>::from_slice(payload.as_bytes()).expect("an event").records[0]
            .is_ok()
    });
    assert_eq!([event, kinesis], [alone; 2], "{case}");
    let line = format!(r#"{{"Item":{image}}}"#);
    // An export has no longer lines, nor a line break in one.
    if line.len() > 16 << 20 || line.contains('\n') {
        return alone;
    }
    // A line is in memory once.
    let export = check(&name("export"), length, factor + 3.0, || {
        ExportReader::<_, T>::new(line.as_bytes()).next().expect("a line").is_ok()
    });
    assert_eq!(export, alone, "{case}");
    alone
}

#[test]
fn nesting() {
    for levels in [32, 10_000, MANY] {
        let lists = format!("{}{}", r#"{"L":["#.repeat(levels), "]}".repeat(levels));
        let maps =
            format!(r#"{}{{"S":""}}{}"#, r#"{"M":{"a":"#.repeat(levels), "}}".repeat(levels));
        for (kind, value) in [("lists", lists), ("maps", maps)] {
            let case = format!("{levels} {kind}");
            let image = format!(r#"{{"a":{value}}}"#);
            let fits = levels <= 40;
            assert_eq!(read_everywhere::<Rest>(&format!("{case}, raw"), &image, 2.0), fits);
            assert!(!read_everywhere::<Node>(&format!("{case}, typed"), &image, 2.0));
            assert!(read_everywhere::<Unmapped>(&format!("{case}, unmapped"), &image, 0.0));
        }
    }
    // Text that only opens is not JSON.
    for open in ["[", "{\"a\":", r#"{"Records":["#, r#"{"L":["#] {
        let text = open.repeat(LONGEST / open.len());
        let read = check(&format!("only `{open}` | event"), text.len(), 1.0, || {
            StreamEvent::<Rest>::from_slice(text.as_bytes())
        });
        assert!(matches!(read, Err(EventError::NotJson { .. })));
        let read = check(&format!("only `{open}` | image"), text.len(), 1.0, || {
            Rest::from_json(text.as_bytes()).is_err()
        });
        assert!(read);
    }
}

#[derive(Debug, FromStreamImage)]
#[ddb(strict)]
#[allow(dead_code, reason = "whether they fit is the question")]
struct Numbers {
    unsigned: Option<u64>,
    signed: Option<i128>,
    double: Option<f64>,
    single: Option<f32>,
    number: Option<Number>,
    #[ddb(unix_time = "ms")]
    time: Option<SystemTime>,
    set: Option<BTreeSet<u32>>,
    map: Option<HashMap<u64, bool>>,
}

#[derive(Debug, FromStreamImage)]
#[ddb(strict, key(pk = "A#{number}", sk = "{text}#{rest}"))]
#[allow(dead_code, reason = "whether it fits is the question")]
struct Keyed {
    number: u32,
    text: String,
    rest: String,
}

#[test]
fn numbers_of_a_million_digits() {
    let nines = "9".repeat(MANY);
    let zeros = "0".repeat(MANY);
    let texts = [
        ("nines", nines.clone()),
        ("a fraction of nines", format!("0.{nines}")),
        ("leading zeros", format!("{zeros}7")),
        ("trailing zeros", format!("7{zeros}")),
        ("a fraction of zeros", format!("7.{zeros}")),
        ("zeros before a digit", format!("0.{zeros}7")),
        ("an exponent of nines", format!("7E{nines}")),
        ("a negative exponent", format!("7E-{nines}")),
        ("an exponent with leading zeros", format!("7E{zeros}2")),
        ("zeros that the exponent takes back", format!("7{zeros}E-{MANY}")),
    ];
    for (case, text) in texts {
        for name in ["unsigned", "signed", "double", "single", "number", "time"] {
            let image = format!(r#"{{"{name}":{{"N":"{text}"}}}}"#);
            let read = check(&format!("{case}, {name} | image"), image.len(), 3.0, || {
                Numbers::from_json(image.as_bytes()).is_ok()
            });
            assert!(read || name != "number", "{case}");
        }
        let image = format!(r#"{{"map":{{"M":{{"{text}":{{"BOOL":true}}}}}}}}"#);
        let _ = read_everywhere::<Numbers>(&format!("{case}, map key"), &image, 3.0);
        let key = format!(r#"{{"pk":{{"S":"A#{text}"}},"sk":{{"S":"a#b"}}}}"#);
        let _ = read_everywhere::<Keyed>(&format!("{case}, key"), &key, 3.0);
        let record = format!(
            r#"{{"eventName":"INSERT","dynamodb":{{"ApproximateCreationDateTime":{text},"NewImage":{{}}}}}}"#
        );
        let _ = check(&format!("{case}, time of a record | event"), record.len(), 3.0, || {
            StreamRecord::<Ignored>::from_slice(record.as_bytes()).map(|it| it.meta.created_at)
        });
    }
    let numbers: Vec<String> = (0..MANY).map(|number| format!("\"{number}\"")).collect();
    let image = format!(r#"{{"set":{{"NS":[{}]}}}}"#, numbers.join(","));
    assert!(read_everywhere::<Numbers>("a set of a million numbers", &image, 3.0));
    let hashes = "#".repeat(LONGEST);
    let key = format!(r#"{{"pk":{{"S":"A#7"}},"sk":{{"S":"{hashes}"}}}}"#);
    assert!(!read_everywhere::<Keyed>("a key of separators", &key, 3.0));
    let digits = "9".repeat(LONGEST);
    let number = check("sequence number", LONGEST, 2.0, || digits.parse::<SequenceNumber>());
    assert!(number.expect("digits") > "1".parse().expect("a digit"));
}

#[derive(Debug, FromStreamImage)]
#[ddb(strict)]
#[allow(dead_code, reason = "whether it fits is the question")]
struct Large {
    s: Option<String>,
    b: Option<Vec<u8>>,
    ss: Option<HashSet<String>>,
}

#[test]
fn one_attribute_of_6_mb() {
    let text = "x".repeat(LONGEST);
    let escaped = "\\u00e9".repeat(LONGEST / 6);
    let base64 = BASE64_STANDARD.encode(vec![7; LONGEST / 4 * 3]);
    let values = [
        ("text", format!(r#"{{"s":{{"S":"{text}"}}}}"#)),
        ("escaped text", format!(r#"{{"s":{{"S":"{escaped}"}}}}"#)),
        ("bytes", format!(r#"{{"b":{{"B":"{base64}"}}}}"#)),
        ("a set of one text", format!(r#"{{"ss":{{"SS":["{text}"]}}}}"#)),
        ("white space", format!("{{{}}}", " \n\t\r".repeat(LONGEST / 4))),
    ];
    for (case, image) in values {
        assert!(read_everywhere::<Large>(&format!("6 MB of {case}, typed"), &image, 3.0));
        assert!(read_everywhere::<Rest>(&format!("6 MB of {case}, raw"), &image, 3.0));
        assert!(read_everywhere::<Unmapped>(&format!("6 MB of {case}, unmapped"), &image, 1.0));
    }
    for (case, name) in [("a name of 6 MB", &text), ("an escaped name of 6 MB", &escaped)] {
        let image = format!(r#"{{"{name}":{{"S":""}}}}"#);
        assert!(read_everywhere::<Rest>(&format!("{case}, raw"), &image, 3.0));
        assert!(read_everywhere::<Unmapped>(&format!("{case}, unmapped"), &image, 1.0));
        let image = format!(r#"{{"{name}":{{"S":7}}}}"#);
        assert!(!read_everywhere::<Rest>(&format!("{case}, with a problem"), &image, 3.0));
    }
}

#[derive(Debug, FromStreamImage)]
#[ddb(strict)]
#[allow(dead_code, reason = "they are all missing")]
struct Missing {
    one: u8,
    two: u8,
    three: u8,
    four: u8,
    five: u8,
    six: u8,
    seven: u8,
    eight: u8,
}

#[derive(Debug, FromStreamImage)]
#[ddb(strict, deny_unknown)]
#[allow(dead_code, reason = "it is missing")]
struct Denying {
    id: Option<u8>,
}

#[derive(Debug, FromStreamImage)]
#[ddb(strict)]
#[allow(dead_code, reason = "whether it fits is the question")]
struct Lists {
    list: Vec<u8>,
}

/// `count` attributes, which `write` writes.
fn attributes(count: usize, mut write: impl FnMut(&mut String, usize)) -> String {
    let mut image = "{".to_owned();
    for index in 0..count {
        if index > 0 {
            image.push(',');
        }
        write(&mut image, index);
    }
    image + "}"
}

#[test]
fn a_million_attributes() {
    let image = attributes(MANY, |image, index| {
        write!(image, r#""{index}":{{"NULL":true}}"#).expect("a string");
    });
    // An entry of a map is larger than its text.
    assert!(read_everywhere::<Rest>("a million attributes, raw", &image, 24.0));
    assert!(read_everywhere::<Unmapped>("a million attributes, unmapped", &image, 1.0));
    assert!(!read_everywhere::<Missing>("a million attributes, 8 missing", &image, 1.0));
    assert!(!read_everywhere::<Denying>("a million attributes, denied", &image, 2.0));
    let image = attributes(MANY, |image, index| {
        write!(image, r#""{index}":7"#).expect("a string");
    });
    assert!(!read_everywhere::<Rest>("a million bad attributes, raw", &image, 24.0));
    let image = format!(r#"{{"list":{{"L":[{}7]}}}}"#, "7,".repeat(MANY));
    assert!(!read_everywhere::<Lists>("a million bad elements", &image, 2.0));
}

#[test]
fn a_million_duplicate_names() {
    let image = attributes(MANY, |image, _| image.push_str(r#""id":{"N":"7"}"#));
    assert!(!read_everywhere::<Unmapped>("a million times one name, typed", &image, 1.0));
    assert!(!read_everywhere::<Rest>("a million times one name, raw", &image, 24.0));
    let image = attributes(MANY, |image, index| {
        write!(image, r#""{}":{{"NULL":true}}"#, index / 2).expect("a string");
    });
    assert!(!read_everywhere::<Rest>("half a million names twice, raw", &image, 24.0));
    let members = |name: &str, value: &str| format!(r#""{name}":{value},"#).repeat(MANY / 10);
    let change = members("NewImage", r#"{"id":{"N":"7"}}"#);
    let record = format!(r#"{{"dynamodb":{{{change}"Keys":{{}}}}}}"#);
    let read = check("100,000 times NewImage | event", record.len(), 2.0, || {
        StreamRecord::<Unmapped>::from_slice(record.as_bytes()).is_err()
    });
    assert!(read);
    let payload = format!("{{{}\"a\":7}}", members("Records", "[]"));
    let read = check("100,000 times Records | event", payload.len(), 1.0, || {
        StreamEvent::<Unmapped>::from_slice(payload.as_bytes()).err()
    });
    assert_eq!(read, Some(EventError::RepeatedRecords));
}

#[test]
fn invalid_utf8() {
    let image = format!(r#"{{"s":{{"S":"{}"}}}}"#, "x".repeat(LONGEST));
    let payload = format!(r#"{{"Records":[{}]}}"#, record(&image)).into_bytes();
    for (case, position) in
        [("first", 0), ("middle", payload.len() / 2), ("last", payload.len() - 1)]
    {
        let mut payload = payload.clone();
        payload[position] = 0xff;
        let read =
            check(&format!("the {case} byte is not UTF-8 | event"), payload.len(), 0.0, || {
                StreamEvent::<Large>::from_slice(&payload).err()
            });
        assert!(matches!(read, Some(EventError::NotJson { offset, .. }) if offset == position));
        let read =
            check(&format!("the {case} byte is not UTF-8 | export"), payload.len(), 4.5, || {
                ExportReader::<_, Large>::new(&payload[..]).next()
            });
        assert!(matches!(read, Some(Err(ExportError::Line(_)))));
    }
}

#[test]
fn lone_surrogates() {
    let surrogates = "\\ud800".repeat(LONGEST / 6);
    let value = format!(r#"{{"s":{{"S":"{surrogates}"}}}}"#);
    assert!(!read_everywhere::<Large>("a million lone surrogates, typed", &value, 4.0));
    assert!(!read_everywhere::<Rest>("a million lone surrogates, raw", &value, 4.0));
    assert!(read_everywhere::<Unmapped>("a million lone surrogates, unmapped", &value, 1.0));
    let name = format!(r#"{{"{surrogates}":{{"S":""}}}}"#);
    assert!(read_everywhere::<Rest>("a name of lone surrogates, raw", &name, 8.0));
    let names = attributes(MANY / 10, |image, index| {
        write!(image, r#""\ud800{index}":{{"S":"\udfff"}}"#).expect("a string");
    });
    assert!(!read_everywhere::<Rest>("100,000 lone surrogates, raw", &names, 24.0));
}

#[test]
fn poisoned_records() {
    // The largest batch.
    let many = 10_000 / LESS;
    let cases = [
        ("a missing attribute", record("{}")),
        ("250 bad elements", record(&format!(r#"{{"list":{{"L":[{}7]}}}}"#, "7,".repeat(249)))),
        ("not a record", "7".to_owned()),
        ("an empty record", "{}".to_owned()),
    ];
    for (case, record) in cases {
        let payload =
            format!(r#"{{"Records":[{}{record}]}}"#, format!("{record},").repeat(many - 1));
        let case = format!("10,000 records, each {case} | event");
        // A record takes some memory whatever its length is.
        let event = check_beside(20e6, &case, payload.len(), 8.0, || {
            StreamEvent::<Lists>::from_slice(payload.as_bytes()).expect("an event")
        });
        assert_eq!(event.records.iter().filter(|it| it.is_err()).count(), many);
    }
}

#[test]
fn one_long_path_for_each_problem() {
    let name = "n".repeat(255);
    let inner = format!(r#"{{"L":[{}7]}}"#, "7,".repeat(2_000));
    let value = (0..39).fold(inner, |value, _| format!(r#"{{"M":{{"{name}":{value}}}}}"#));
    let record = record(&format!(r#"{{"{name}":{value}}}"#));
    let many = LONGEST / record.len();
    let payload = format!(r#"{{"Records":[{}{record}]}}"#, format!("{record},").repeat(many - 1));
    // The first thousand problems take memory whatever the length is.
    let case = "2000 problems with paths of 10 KB in each record | event";
    let event = check_beside(30e6, case, payload.len(), 24.0, || {
        StreamEvent::<Rest>::from_slice(payload.as_bytes()).expect("an event")
    });
    assert_eq!(event.records.iter().filter(|it| it.is_err()).count(), many);
}

/// A type of two versions that contains itself.
#[derive(Debug, FromStreamImage)]
#[ddb(strict, upgrade_from = OldTree)]
#[allow(dead_code, reason = "whether it fits is the question")]
struct Tree {
    label: String,
    child: Option<Box<Tree>>,
}

#[derive(Debug, FromStreamImage)]
#[ddb(strict)]
struct OldTree {
    id: u32,
    child: Option<Box<Tree>>,
}

impl From<OldTree> for Tree {
    fn from(old: OldTree) -> Self {
        Self { label: old.id.to_string(), child: old.child }
    }
}

#[test]
fn versions_inside_versions() {
    for levels in [5, 10, 20, 30, 38] {
        let image = (0..levels).fold(r#"{"id":{"N":"7"}}"#.to_owned(), |inner, _| {
            format!(r#"{{"child":{{"M":{inner}}},"id":{{"N":"7"}}}}"#)
        });
        let read = check(&format!("{levels} levels of old versions"), image.len(), 100.0, || {
            Tree::from_json(image.as_bytes()).is_ok()
        });
        assert!(read);
        let image = image.replacen("\"7\"", "\"seven\"", 1);
        let read = check(&format!("{levels} levels of no version"), image.len(), 5e4, || {
            Tree::from_json(image.as_bytes()).is_ok()
        });
        assert!(!read);
    }
}

#[test]
fn a_value_of_an_item_as_well() {
    let item: Item = HashMap::from([(
        "list".to_owned(),
        AttributeValue::L(vec![AttributeValue::Null(true); MANY]),
    )])
    .into();
    let read = check("a million bad elements | item", MANY * 56, 1.0, || {
        Lists::from_image_ref(&item).is_err()
    });
    assert!(read);
}
