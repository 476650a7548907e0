//! The log events of a lossy conversion and of `process`: their fields, how many there are, and the
//! spans that they are in.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use ddb_core::testing::insert;
use ddb_core::{FromStreamImage, IntoItem, KinesisStreamEvent, StreamEvent, StreamRecord};
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

/// A subscriber that keeps every log event and every span.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Trace>>);

#[derive(Default)]
struct Trace {
    lines: Vec<Line>,
    /// For each line, the spans that it is in, from the outermost to the innermost.
    places: Vec<Vec<String>>,
    /// The description of each span, and its parent. The id of a span is its position, from one.
    spans: Vec<(String, Option<u64>)>,
    entered: Vec<u64>,
}

impl Trace {
    fn span(&self, id: u64) -> &(String, Option<u64>) {
        &self.spans[usize::try_from(id).expect("few spans") - 1]
    }

    /// The spans around what happens now.
    fn place(&self) -> Vec<String> {
        let innermost = self.entered.last().copied();
        let ids = std::iter::successors(innermost, |id| self.span(*id).1);
        let mut place: Vec<String> = ids.map(|id| self.span(id).0.clone()).collect();
        place.reverse();
        place
    }
}

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

    fn new_span(&self, attributes: &span::Attributes<'_>) -> span::Id {
        let mut fields = Fields(BTreeMap::new());
        attributes.record(&mut fields);
        let metadata = attributes.metadata();
        assert_eq!((metadata.target(), metadata.level()), ("ddb_core", &Level::INFO));
        assert!(attributes.is_contextual());
        let fields: Vec<_> =
            fields.0.iter().map(|(name, value)| format!(" {name}={value}")).collect();
        let mut trace = self.0.lock().expect("no panic");
        let parent = trace.entered.last().copied();
        trace.spans.push((format!("{}{}", metadata.name(), fields.concat()), parent));
        span::Id::from_u64(trace.spans.len() as u64)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields(BTreeMap::new());
        event.record(&mut fields);
        let metadata = event.metadata();
        let mut trace = self.0.lock().expect("no panic");
        let place = trace.place();
        trace.places.push(place);
        trace.lines.push((*metadata.level(), metadata.target().to_owned(), fields.0));
    }

    fn enter(&self, id: &span::Id) {
        self.0.lock().expect("no panic").entered.push(id.into_u64());
    }

    fn exit(&self, id: &span::Id) {
        assert_eq!(self.0.lock().expect("no panic").entered.pop(), Some(id.into_u64()));
    }
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
    std::mem::take(&mut trace_of(future).await.lines)
}

/// Runs the future and returns what it logged, with the spans.
async fn trace_of(future: impl Future) -> Trace {
    let log = Log::default();
    let guard = tracing::subscriber::set_default(log.clone());
    future.await;
    drop(guard);
    let mut trace = log.0.lock().expect("no panic");
    assert_eq!(trace.entered, [] as [u64; 0]);
    std::mem::take(&mut *trace)
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
    let refuse = async |record: StreamRecord<Order>| {
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

/// Each line of a trace as its message and the spans that it is in.
fn lines_in_spans(trace: &Trace) -> Vec<(&str, &[String])> {
    let lines = trace.lines.iter().map(|(.., fields)| fields["message"].as_str());
    lines.zip(trace.places.iter().map(Vec::as_slice)).collect()
}

fn spans(records: usize, number: &str) -> Vec<String> {
    vec![
        format!("batch records={records}"),
        format!("record event_id=event-{number} event_name=INSERT sequence_number={number}"),
    ]
}

#[tokio::test]
async fn without_spans_there_are_none() {
    let trace = trace_of(event(&[1, 0]).process(async |_| Ok(()))).await;
    assert!(trace.spans.is_empty());
    assert_eq!(lines_in_spans(&trace), [("record failed", &[][..])]);
}

#[tokio::test]
async fn each_line_is_in_the_span_of_its_record() {
    let handle = async |record: StreamRecord<Order>| {
        tracing::info!("started");
        tokio::task::yield_now().await;
        tracing::info!("handled");
        match record.change.new() {
            Some(Order { id: 2 }) => Err("refused".into()),
            _ => Ok(()),
        }
    };
    let keep = async |_| {
        tracing::info!("stored");
        Ok(())
    };
    let trace = trace_of(event(&[1, 0, 2]).spans().quarantine(keep).process(handle)).await;
    let [one, two, three] = ["1", "2", "3"].map(|number| spans(3, number));
    assert_eq!(
        lines_in_spans(&trace),
        [
            ("started", &one[..]),
            ("handled", &one),
            ("stored", &two),
            ("record quarantined", &two),
            ("started", &three),
            ("handled", &three),
            ("record failed", &three),
        ]
    );
    assert_eq!(trace.spans.len(), 4, "one for the batch and one for each record");
    assert!(!format!("{:?}", trace.spans).contains("secret"));

    let trace = trace_of(event(&[0]).spans().process(handle)).await;
    assert_eq!(lines_in_spans(&trace), [("record failed", &spans(1, "1")[..])]);
}

#[tokio::test(start_paused = true)]
async fn concurrent_records_keep_their_spans_apart() {
    let handle = async |record: StreamRecord<Order>| {
        let id = record.change.new().map_or(0, |order| order.id);
        tracing::info!("started");
        tokio::time::sleep(Duration::from_secs(10 - u64::from(id))).await;
        tracing::info!("handled");
        if id == 1 { Err("refused".into()) } else { Ok(()) }
    };
    let trace = trace_of(event(&[1, 2]).concurrency(2).spans().process(handle)).await;
    let [one, two] = ["1", "2"].map(|number| spans(2, number));
    assert_eq!(
        lines_in_spans(&trace),
        [
            ("started", &one[..]),
            ("started", &two),
            ("handled", &two),
            ("handled", &one),
            ("record failed", &one),
        ]
    );
}

#[tokio::test]
async fn a_panic_is_logged_in_the_span_of_its_record_and_leaves_it() {
    let panics = async |_| std::panic::resume_unwind(Box::new("secret"));
    let trace = trace_of(event(&[1]).spans().process(panics)).await;
    assert_eq!(lines_in_spans(&trace), [("record failed", &spans(1, "1")[..])]);
}

#[tokio::test]
async fn a_span_has_only_what_its_record_has() {
    let text = r#"{"Records": [{"eventName": "INSERT", "dynamodb": {"SequenceNumber": "7"}}, {}]}"#;
    let event = StreamEvent::<Order>::from_slice(text.as_bytes()).expect("an event");
    let process = event.spans().quarantine(async |_| Ok(())).process(async |_| Ok(()));
    let trace = trace_of(process).await;
    let names: Vec<&str> = trace.spans.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["batch records=2", "record event_name=INSERT sequence_number=7", "record"]);

    let event: KinesisStreamEvent<Order> = insert(&Order { id: 1 }).key(&["id"]).into();
    let trace = trace_of(event.spans().process(async |_| Ok(()))).await;
    assert_eq!(trace.spans[0].0, "batch records=1");
    assert!(trace.spans[1].0.starts_with("record event_id="), "{:?}", trace.spans);
}
