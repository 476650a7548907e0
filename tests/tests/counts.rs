//! The counts that `process` can be asked for.

use std::panic;
use std::time::{Duration, SystemTime};

use ddb_core::event::{BatchCounts, UnreportableFailure};
use ddb_core::testing::{EventBuilder, RecordBuilder, insert, raw};
use ddb_core::{
    FromStreamImage, IntoItem, KinesisStreamEvent, RecordError, StreamEvent, StreamRecord,
};
use tokio::time::{sleep, timeout};

type Error = Box<dyn std::error::Error + Send + Sync>;

#[derive(Clone, FromStreamImage, IntoItem)]
struct Order {
    id: u32,
}

/// An item that no order is read from.
#[derive(Clone, IntoItem)]
struct Misfit {
    id: String,
}

/// A record whose handler returns `Ok`.
const GOOD: u32 = 1;
/// A record whose handler returns an error.
const REFUSED: u32 = 2;
/// A record whose handler panics.
const PANICS: u32 = 3;
/// A record that cannot be decoded.
const POISON: u32 = 0;

fn record(kind: u32) -> RecordBuilder {
    match kind {
        POISON => insert(&Misfit { id: "secret".to_owned() }).key(&["id"]),
        id => insert(&Order { id }).key(&["id"]),
    }
}

fn records(kinds: &[u32]) -> Vec<RecordBuilder> {
    let numbered = kinds.iter().zip(1..);
    numbered.map(|(&kind, number)| record(kind).sequence_number(format!("{number}"))).collect()
}

async fn handle(record: StreamRecord<Order>) -> Result<(), Error> {
    match record.change.new() {
        Some(Order { id: REFUSED }) => Err("refused".into()),
        Some(Order { id: PANICS }) => panic::resume_unwind(Box::new("a handler panics")),
        _ => Ok(()),
    }
}

async fn keep(_: RecordError) -> Result<(), Error> {
    Ok(())
}

async fn refuse(_: RecordError) -> Result<(), Error> {
    Err("the bucket is full".into())
}

/// `handled`, `failed`, `poisoned` and `quarantined`.
fn numbers(counts: &BatchCounts) -> [usize; 4] {
    [counts.handled(), counts.failed(), counts.poisoned(), counts.quarantined()]
}

/// The counts of a batch in order and with a concurrency of one, which are equal.
macro_rules! counted {
    ($event:expr) => {{
        let [one, other] = [BatchCounts::default(), BatchCounts::default()];
        $event.counts(&one).process(handle).await.expect("a response");
        $event.concurrency(1).counts(&other).process(handle).await.expect("a response");
        assert_eq!(numbers(&one), numbers(&other));
        numbers(&one)
    }};
}

#[tokio::test]
async fn each_outcome_has_its_count() {
    for (kinds, plain, kept, refused) in [
        (&[][..], [0; 4], [0; 4], [0; 4]),
        (&[GOOD, GOOD], [2, 0, 0, 0], [2, 0, 0, 0], [2, 0, 0, 0]),
        (&[GOOD, REFUSED, GOOD], [1, 1, 0, 0], [1, 1, 0, 0], [1, 1, 0, 0]),
        (&[PANICS], [0, 1, 0, 0], [0, 1, 0, 0], [0, 1, 0, 0]),
        (&[GOOD, POISON, GOOD], [1, 1, 1, 0], [2, 0, 1, 1], [1, 1, 1, 0]),
        (&[POISON, POISON, REFUSED], [0, 1, 1, 0], [0, 1, 2, 2], [0, 1, 1, 0]),
        (&[GOOD, REFUSED, POISON], [1, 1, 0, 0], [1, 1, 0, 0], [1, 1, 0, 0]),
    ] {
        let stream = || StreamEvent::<Order>::from(records(kinds));
        assert_eq!(counted!(stream()), plain, "{kinds:?}");
        assert_eq!(counted!(stream().quarantine(keep)), kept, "{kinds:?}");
        assert_eq!(counted!(stream().quarantine(refuse)), refused, "{kinds:?}");

        let kinesis = || KinesisStreamEvent::<Order>::from(records(kinds));
        assert_eq!(counted!(kinesis()), plain, "{kinds:?}");
        assert_eq!(counted!(kinesis().quarantine(keep)), kept, "{kinds:?}");

        let builder = EventBuilder::from(records(kinds));
        let pipe = || {
            StreamEvent::<Order>::from_slice(builder.to_pipe_json().as_bytes()).expect("an event")
        };
        assert_eq!(counted!(pipe().quarantine(keep)), kept, "{kinds:?}");
    }
}

#[tokio::test]
async fn with_concurrency_every_failure_counts() {
    let records = [REFUSED, POISON, PANICS, GOOD].map(|kind| record(kind).sequence_number("7"));
    let counts = BatchCounts::default();
    let event = StreamEvent::<Order>::from(records.to_vec());
    event.counts(&counts).concurrency(4).process(handle).await.expect("a number");
    assert_eq!(numbers(&counts), [1, 3, 1, 0]);
}

#[tokio::test]
async fn the_settings_can_be_combined_in_any_order() {
    let event = || StreamEvent::<Order>::from(records(&[GOOD, POISON, GOOD]));
    let counts: [BatchCounts; 6] = std::array::from_fn(|_| BatchCounts::default());
    let responses = [
        event().counts(&counts[0]).quarantine(keep).concurrency(2).spans().process(handle).await,
        event().quarantine(keep).counts(&counts[1]).spans().concurrency(2).process(handle).await,
        event().concurrency(2).spans().quarantine(keep).counts(&counts[2]).process(handle).await,
        event().spans().counts(&counts[3]).quarantine(keep).process(handle).await,
        event().quarantine(keep).spans().counts(&counts[4]).process(handle).await,
        event().counts(&counts[5]).spans().quarantine(keep).process(handle).await,
    ];
    for (response, counts) in responses.into_iter().zip(&counts) {
        assert!(response.expect("a response").batch_item_failures.is_empty());
        assert_eq!(numbers(counts), [2, 0, 1, 1]);
    }
}

#[tokio::test]
async fn the_age_is_that_of_the_oldest_record_and_counts_begin_anew() {
    let now = SystemTime::now();
    let hour = Duration::from_hours(1);
    let age = async |records: Vec<RecordBuilder>| {
        let counts = BatchCounts::default();
        let event = StreamEvent::<Order>::from(records);
        event.counts(&counts).process(handle).await.expect("a response");
        counts.oldest_age()
    };
    let at = |kind, time| record(kind).created_at(time);

    let records = vec![at(GOOD, now - hour), at(GOOD, now - 3 * hour), at(GOOD, now)];
    let oldest = age(records).await.expect("an age");
    assert!((3 * hour..4 * hour).contains(&oldest), "{oldest:?}");
    assert_eq!(age(vec![at(GOOD, now + hour)]).await, Some(Duration::ZERO), "a clock behind");
    assert_eq!(age(vec![]).await, None);
    let poison =
        raw(r#"{"dynamodb": {"ApproximateCreationDateTime": 1000, "SequenceNumber": "1"}}"#);
    assert!(age(vec![poison]).await.expect("an age") > 24 * hour, "of a record without an image");

    let counts = BatchCounts::default();
    for _ in 0..2 {
        let event = StreamEvent::<Order>::from(record(GOOD));
        event.counts(&counts).process(handle).await.expect("a response");
        assert_eq!(numbers(&counts), [1, 0, 0, 0]);
    }
}

#[tokio::test]
async fn a_failure_without_a_number_counts_as_well() {
    let mut unnumbered: StreamEvent<Order> = records(&[GOOD, REFUSED, GOOD]).into();
    for record in unnumbered.records.iter_mut().flatten() {
        record.meta.sequence_number = None;
    }
    let counts = BatchCounts::default();
    let error = unnumbered.counts(&counts).process(handle).await.expect_err("no number");
    assert!(error.is::<UnreportableFailure>());
    assert_eq!(numbers(&counts), [1, 1, 0, 0]);
}

#[tokio::test(start_paused = true)]
async fn a_future_that_is_dropped_leaves_the_counts_of_what_was_done() {
    let slow = async |record: StreamRecord<Order>| {
        if let Some(Order { id: REFUSED }) = record.change.new() {
            sleep(Duration::from_secs(10)).await;
        }
        Ok(())
    };
    let counts = BatchCounts::default();
    let event = StreamEvent::<Order>::from(records(&[GOOD, REFUSED, GOOD]));
    let process = event.counts(&counts).process(slow);
    assert!(timeout(Duration::from_secs(1), process).await.is_err());
    assert_eq!(numbers(&counts), [1, 0, 0, 0]);
}

#[test]
fn the_future_is_send_if_the_handler_is() {
    fn is_send(_: impl Send) {}
    let event = || StreamEvent::<Order>::from(records(&[]));
    let counts = BatchCounts::default();
    is_send(event().counts(&counts).spans().process(handle));
    is_send(event().counts(&counts).spans().quarantine(keep).concurrency(4).process(handle));
    is_send(async {
        let counts = BatchCounts::default();
        let batch = event().counts(&counts).spans().concurrency(4);
        batch.process(async |record| handle(record).await).await
    });
}
