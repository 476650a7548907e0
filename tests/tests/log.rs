//! The log events of a lossy conversion and of `process`: their fields, and how many there are.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use ddb_core::testing::insert;
use ddb_core::{FromStreamImage, IntoItem, StreamEvent};
use ddb_tests::image;
use serde_json::json;
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Metadata, Subscriber, span};

#[derive(Clone, Debug, FromStreamImage, IntoItem)]
struct Order {
    #[allow(dead_code, reason = "whether it fits counts")]
    id: u32,
}

/// The level, the target and the fields of a log event.
type Line = (Level, String, BTreeMap<String, String>);

/// A subscriber that keeps every log event.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<Line>>>);

struct Fields(BTreeMap<String, String>);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().to_owned(), value.to_owned());
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields(BTreeMap::new());
        event.record(&mut fields);
        let metadata = event.metadata();
        self.0.lock().expect("no panic").push((
            *metadata.level(),
            metadata.target().to_owned(),
            fields.0,
        ));
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

/// A stream event with a record for each id. Records with the id 0 cannot be decoded.
fn event(ids: &[u32]) -> StreamEvent<Order> {
    let records = ids.iter().zip(1..).map(|(&id, number)| {
        let number = format!("{number}");
        let record = match id {
            0 => insert(&image(json!({"id": {"S": "secret"}}))),
            id => insert(&Order { id }),
        };
        record.key(&["id"]).event_id(format!("event-{number}")).sequence_number(number)
    });
    records.collect::<Vec<_>>().into()
}

/// Runs the future and returns what it logged.
async fn log_of(future: impl Future) -> Vec<Line> {
    let log = Log::default();
    let guard = tracing::subscriber::set_default(log.clone());
    future.await;
    drop(guard);
    let lines = log.0.lock().expect("no panic");
    lines.clone()
}

fn line(number: &str, message: &str, error: &str) -> BTreeMap<String, String> {
    let arn = "arn:aws:dynamodb:us-east-1:123456789012:table/Table/stream/2023-11-14T22:13:20.000";
    let fields = [
        ("message", message),
        ("event_id", &format!("event-{number}")),
        ("event_name", "INSERT"),
        ("sequence_number", number),
        ("event_source_arn", arn),
        ("error", error),
    ];
    fields.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect()
}

const MISFIT: &str = "new image: id: expected N (u32), found S";

/// A lossy conversion logs each of the first eight replaced values, and then the number of further
/// problems.
#[tokio::test]
async fn a_lossy_conversion_is_a_line_for_each_of_eight_places_and_one_for_the_rest() {
    #[derive(Debug, FromStreamImage)]
    #[allow(dead_code, reason = "whether they fit counts")]
    struct Ten {
        a: Vec<u8>,
        b: u8,
        c: u8,
        d: u8,
        e: u8,
        f: u8,
        g: u8,
        h: u8,
        i: u8,
        j: u8,
    }
    let image = image(
        json!({"a": {"L": [{"S": "secret"}, {"N": "1"}, {"S": "secret"}]}, "h": {"N": "256"}, "j": {"N": "1"}}),
    );
    let line = |fields: &[(&str, &str)]| {
        let rust_type = ("rust_type", std::any::type_name::<Ten>());
        let fields = fields
            .iter()
            .chain([&rust_type])
            .map(|&(name, value)| (name.to_owned(), value.to_owned()));
        (Level::WARN, "ddb_core".to_owned(), fields.collect())
    };
    let place = |path: &str, replaced: &str, reason: &str, problems: &str| {
        line(&[
            ("message", "attribute does not fit"),
            ("path", path),
            ("replaced", replaced),
            ("reason", reason),
            ("problems", problems),
        ])
    };
    let mut expected = vec![place("a[0]", "a", "expected N (u8), found S", "2")];
    expected.extend(
        ["b", "c", "d", "e", "f", "g"]
            .map(|name| place(name, name, "missing, expected N (u8)", "1")),
    );
    expected.push(place("h", "h", "expected N (u8), found N out of range", "1"));
    expected.push(line(&[("message", "more attributes do not fit"), ("problems", "1")]));

    assert_eq!(log_of(async { drop(Ten::from(image.clone())) }).await, expected);
    assert_eq!(
        log_of(async { drop(Ten::from_image_lossy_ref(&image).into_logged()) }).await,
        expected
    );
    assert_eq!(log_of(async { drop(Ten::from_image_lossy(image.clone())) }).await, []);
}

#[tokio::test]
async fn each_failure_is_one_line() {
    let refuse = async |record: ddb_core::StreamRecord<Order>| {
        drop(record);
        Err(std::io::Error::other("refused").into())
    };
    let failed = |number: &str, error: &str| {
        (Level::ERROR, "ddb_core".to_owned(), line(number, "record failed", error))
    };

    assert_eq!(log_of(event(&[1, 2]).process(refuse)).await, [failed("1", "refused")]);
    assert_eq!(log_of(event(&[0, 2]).process(refuse)).await, [failed("1", MISFIT)]);
    // All records run concurrently, and each failure is logged once.
    let concurrent = log_of(event(&[1, 0, 3]).into_batch().concurrency(3).process(refuse)).await;
    assert_eq!(concurrent, [failed("1", "refused"), failed("2", MISFIT), failed("3", "refused")]);
    assert_eq!(log_of(event(&[1, 2]).process(async |_| Ok(()))).await, []);
}

#[tokio::test]
async fn a_quarantine_is_logged_and_so_is_its_failure() {
    let quarantined =
        log_of(event(&[1, 0]).into_batch().quarantine(async |_| Ok(())).process(async |_| Ok(())))
            .await;
    assert_eq!(
        quarantined,
        [(Level::WARN, "ddb_core".to_owned(), line("2", "record quarantined", MISFIT))]
    );

    let full = async |_| Err("the bucket is full".into());
    let failed = log_of(event(&[0]).into_batch().quarantine(full).process(async |_| Ok(()))).await;
    let mut fields = line("1", "record failed", MISFIT);
    fields.insert("quarantine".to_owned(), "the bucket is full".to_owned());
    assert_eq!(failed, [(Level::ERROR, "ddb_core".to_owned(), fields.clone())]);

    // The quarantine may also return the error that it was given.
    let returned = async |error: ddb_core::RecordError| Err(error.into());
    let failed =
        log_of(event(&[0]).into_batch().quarantine(returned).process(async |_| Ok(()))).await;
    fields.insert(
        "quarantine".to_owned(),
        format!("event event-1, sequence number 1, INSERT: {MISFIT}"),
    );
    assert_eq!(failed, [(Level::ERROR, "ddb_core".to_owned(), fields)]);
}

#[tokio::test]
async fn a_panic_is_a_line_without_what_it_said() {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if info.payload().downcast_ref::<&str>() != Some(&"secret") {
            hook(info);
        }
    }));
    let lines = log_of(event(&[1]).process(async |_| panic!("secret"))).await;
    assert_eq!(
        lines,
        [(Level::ERROR, "ddb_core".to_owned(), line("1", "record failed", "the handler panicked"))]
    );
}
