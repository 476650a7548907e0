//! `process` against a model of a batch, under a paused clock that only advances while all handlers
//! sleep.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::panic;
use std::sync::Once;
use std::time::Duration;

use ddb_core::event::{BatchCounts, UnreportableFailure};
use ddb_core::testing::insert;
use ddb_core::{
    Change, DynamoDbEventResponse, FromStreamImage, IntoItem, RecordError, StreamEvent,
    StreamRecord,
};
use ddb_tests::{payload, record};
use proptest::prelude::*;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep, timeout};

type Error = Box<dyn std::error::Error + Send + Sync>;

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem)]
struct Order {
    id: u32,
    note: Option<String>,
}

/// An item that no order is read from.
#[derive(Clone, IntoItem)]
struct Misfit {
    id: u32,
    note: u8,
}

/// The outcome of handling a record of the model.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fate {
    Done,
    Fails,
    Panics,
    /// The record cannot be decoded. The flag says whether the quarantine accepts it.
    Poisoned(bool),
}

#[derive(Clone, Debug)]
struct Step {
    key: u32,
    fate: Fate,
    delay: u64,
}

/// The sequence number of a record. Some have one digit and others two, so they are in order only
/// as numbers, and not as text.
fn number_of(position: usize) -> String {
    (position + 8).to_string()
}

fn position_of(number: &str) -> usize {
    number.parse::<usize>().expect("a number") - 8
}

fn position_in(meta: &ddb_core::event::RecordMeta) -> usize {
    position_of(meta.sequence_number.as_ref().expect("a number").as_str())
}

fn event(steps: &[Step]) -> StreamEvent<Order> {
    let records = steps.iter().enumerate().map(|(position, step)| {
        let id = step.key;
        let record = match step.fate {
            Fate::Poisoned(_) => insert(&Misfit { id, note: 1 }),
            _ => insert(&Order { id, note: None }),
        };
        record.key(&["id"]).sequence_number(number_of(position))
    });
    records.collect::<Vec<_>>().into()
}

fn failed(response: &DynamoDbEventResponse) -> Option<&str> {
    match &response.batch_item_failures[..] {
        [] => None,
        [failure] => Some(failure.item_identifier.as_deref().expect("never null")),
        failures => panic!("{failures:?}"),
    }
}

/// The starts and ends of all handler and quarantine calls, in order.
#[derive(Default)]
struct Journal {
    entries: RefCell<Vec<(usize, Entry, Instant)>>,
    running: Cell<usize>,
    most: Cell<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Entry {
    Started,
    Done,
    Failed,
}

impl Journal {
    async fn run(&self, steps: &[Step], position: usize) -> Result<(), Error> {
        let step = &steps[position];
        self.entries.borrow_mut().push((position, Entry::Started, Instant::now()));
        self.running.set(self.running.get() + 1);
        self.most.set(self.most.get().max(self.running.get()));
        sleep(Duration::from_millis(step.delay)).await;
        self.running.set(self.running.get() - 1);
        let is_done = matches!(step.fate, Fate::Done | Fate::Poisoned(true));
        let entry = if is_done { Entry::Done } else { Entry::Failed };
        self.entries.borrow_mut().push((position, entry, Instant::now()));
        match step.fate {
            Fate::Done | Fate::Poisoned(true) => Ok(()),
            Fate::Fails | Fate::Poisoned(false) => Err("refused".into()),
            Fate::Panics => panic!("a handler panics"),
        }
    }

    fn find(&self, position: usize, entry: Entry) -> Option<usize> {
        self.entries.borrow().iter().position(|&(of, found, _)| (of, found) == (position, entry))
    }

    fn time(&self, position: usize, entry: Entry) -> Option<Instant> {
        self.find(position, entry).map(|index| self.entries.borrow()[index].2)
    }
}

/// Hides the messages of the intended panics of this file's handlers.
fn silence_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let hook = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if info.payload().downcast_ref::<&str>() != Some(&"a handler panics") {
                hook(info);
            }
        }));
    });
}

fn block_on<F: Future>(future: F) -> F::Output {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    runtime.expect("a runtime").block_on(future)
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let fate = prop_oneof![
        12 => Just(Fate::Done),
        1 => Just(Fate::Fails),
        1 => Just(Fate::Panics),
        2 => any::<bool>().prop_map(Fate::Poisoned),
    ];
    let step = (0..6_u32, fate, 0..50_u64).prop_map(|(key, fate, delay)| Step { key, fate, delay });
    prop::collection::vec(step, 0..24)
}

/// Checks the rules that hold for every batch, whatever its concurrency.
fn check(
    steps: &[Step],
    limit: usize,
    journal: &Journal,
    response: &DynamoDbEventResponse,
) -> Result<(), TestCaseError> {
    prop_assert!(journal.most.get() <= limit, "{} at once", journal.most.get());
    let failures: Vec<usize> = (0..steps.len())
        .filter(|&position| journal.find(position, Entry::Failed).is_some())
        .collect();
    prop_assert_eq!(
        failed(response).map(position_of),
        failures.first().copied(),
        "the lowest failed number"
    );
    let checkpoint = failures.first().copied().unwrap_or(steps.len());
    let mut last_of_key = HashMap::new();
    for (position, step) in steps.iter().enumerate() {
        let started = journal.find(position, Entry::Started);
        if position < checkpoint {
            prop_assert!(
                journal.find(position, Entry::Done).is_some(),
                "{} is before the checkpoint",
                position
            );
        }
        if let Some(before) = last_of_key.insert(step.key, position)
            && let Some(started) = started
        {
            let done = journal.find(before, Entry::Done);
            prop_assert!(
                done.is_some_and(|done| done < started),
                "{} before {} of its key is done",
                position,
                before
            );
        }
        // Once a record has failed, nothing behind it is started, whatever its key is.
        if let Some(started) = journal.time(position, Entry::Started) {
            for failure in failures.iter().filter(|&&failure| failure < position) {
                prop_assert!(
                    journal.time(*failure, Entry::Failed) >= Some(started),
                    "{} after {}",
                    position,
                    failure
                );
            }
        }
    }
    let starts =
        journal.entries.borrow().iter().filter(|(_, entry, _)| *entry == Entry::Started).count();
    let distinct = (0..steps.len())
        .filter(|&position| journal.find(position, Entry::Started).is_some())
        .count();
    prop_assert_eq!(starts, distinct, "once each");
    Ok(())
}

/// Checks that the counts are those of the journal.
fn check_counts(
    steps: &[Step],
    journal: &Journal,
    counts: &BatchCounts,
) -> Result<(), TestCaseError> {
    let count = |entry: Entry, is_counted: fn(Fate) -> bool| {
        let entries = journal.entries.borrow();
        let found = entries.iter().filter(|(_, found, _)| *found == entry);
        found.filter(|(position, ..)| is_counted(steps[*position].fate)).count()
    };
    let is_poisoned = |fate| matches!(fate, Fate::Poisoned(_));
    prop_assert_eq!(counts.handled(), count(Entry::Done, |fate| fate == Fate::Done));
    prop_assert_eq!(counts.quarantined(), count(Entry::Done, is_poisoned));
    prop_assert_eq!(counts.failed(), count(Entry::Failed, |_| true));
    prop_assert_eq!(counts.poisoned(), count(Entry::Started, is_poisoned));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_concurrent_batch_keeps_order_and_loses_nothing(steps in steps(), limit in 1..8_usize) {
        silence_panics();
        let journal = Journal::default();
        let (steps, record_of) = (&steps, &journal);
        let counts = BatchCounts::default();
        let response = block_on(async {
            event(steps)
                .counts(&counts)
                .quarantine(async |error: RecordError| record_of.run(steps, position_in(&error.meta)).await)
                .concurrency(limit)
                .process(async |record| record_of.run(steps, position_in(&record.meta)).await)
                .await
        });
        check(steps, limit, &journal, &response.expect("numbers"))?;
        check_counts(steps, &journal, &counts)?;
    }

    #[test]
    fn a_sequential_batch_stops_at_the_first_failure(steps in steps()) {
        silence_panics();
        let journal = Journal::default();
        let (steps, record_of) = (&steps, &journal);
        let counts = BatchCounts::default();
        let response = block_on(async {
            event(steps)
                .counts(&counts)
                .quarantine(async |error: RecordError| record_of.run(steps, position_in(&error.meta)).await)
                .process(async |record| record_of.run(steps, position_in(&record.meta)).await)
                .await
        });
        check(steps, 1, &journal, &response.expect("numbers"))?;
        check_counts(steps, &journal, &counts)?;
        let first = steps.iter().position(|step| !matches!(step.fate, Fate::Done | Fate::Poisoned(true)));
        let handled = first.map_or(steps.len(), |first| first + 1);
        let expected: Vec<usize> = (0..handled).collect();
        let entries = journal.entries.borrow();
        let starts = entries.iter().filter(|(_, entry, _)| *entry == Entry::Started).map(|(position, ..)| *position);
        prop_assert_eq!(starts.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn without_a_quarantine_a_poisoned_record_fails_in_its_turn(steps in steps(), limit in 0..8_usize) {
        silence_panics();
        let journal = Journal::default();
        let (steps, record_of) = (&steps, &journal);
        let response = block_on(async {
            let batch = event(steps).into_batch();
            if limit == 0 {
                batch.process(async |record| record_of.run(steps, position_in(&record.meta)).await).await
            } else {
                batch.concurrency(limit).process(async |record| record_of.run(steps, position_in(&record.meta)).await).await
            }
        });
        let response = response.expect("numbers");
        let is_bad = |step: &Step| step.fate != Fate::Done;
        if limit <= 1 {
            prop_assert_eq!(failed(&response).map(position_of), steps.iter().position(is_bad));
        }
        match failed(&response).map(position_of) {
            None => prop_assert!(!steps.iter().any(is_bad)),
            Some(lowest) => {
                prop_assert!(is_bad(&steps[lowest]));
                for position in 0..lowest {
                    prop_assert!(journal.find(position, Entry::Done).is_some());
                }
            }
        }
    }
}

#[test]
fn different_items_overlap_and_one_item_does_not() {
    let step = |key| Step { key, fate: Fate::Done, delay: 1000 };
    let time = |steps: Vec<Step>, limit| {
        block_on(async {
            let started = Instant::now();
            let journal = Journal::default();
            let (steps, journal) = (&steps, &journal);
            let handler = async |record: StreamRecord<Order>| {
                journal.run(steps, position_in(&record.meta)).await
            };
            event(steps).into_batch().concurrency(limit).process(handler).await.expect("all done");
            started.elapsed().as_secs()
        })
    };
    assert_eq!(time((0..10).map(step).collect(), 5), 2);
    assert_eq!(time((0..10).map(step).collect(), 100), 1);
    assert_eq!(time((0..10).map(step).collect(), 1), 10);
    assert_eq!(time((0..10).map(step).collect(), 0), 10);
    assert_eq!(time((0..10).map(|_| step(7)).collect(), 5), 10);
    // The second item does not wait for all records of the first.
    assert_eq!(time([0, 0, 0, 1, 1].map(step).into(), 2), 3);
}

#[test]
fn one_item_is_one_however_its_keys_are_written() {
    let keyed = |number: &str, keys: Value| {
        let mut record = record(number, "INSERT", 7);
        record["dynamodb"]["Keys"] = keys;
        record
    };
    let overlap = |one: Value, other: Value| {
        let text = payload(&[keyed("1", one), keyed("2", other)]);
        block_on(async {
            let started = Instant::now();
            let event = StreamEvent::<Order>::from_slice(text.as_bytes()).expect("an event");
            let handler = async |_| {
                sleep(Duration::from_secs(1)).await;
                Ok(())
            };
            event.into_batch().concurrency(2).process(handler).await.expect("all done");
            started.elapsed() < Duration::from_secs(2)
        })
    };
    let pair = |hash: &str, range: &str| json!({"pk": {"S": hash}, "sk": {"N": range}});
    assert!(!overlap(pair("a", "1"), json!({"sk": {"N": "1.0"}, "pk": {"S": "a"}})));
    assert!(overlap(pair("a", "1"), pair("a", "2")));
    assert!(overlap(pair("a", "1"), pair("b", "1")));
    assert!(overlap(json!({"pk": {"S": "1"}}), json!({"pk": {"N": "1"}})));
    assert!(overlap(json!({"pk": {"B": "AA=="}}), json!({"pk": {"B": "AQ=="}})));
    assert!(!overlap(json!({"pk": {"B": "AA=="}}), json!({"pk": {"B": "AA=="}})));
    assert!(!overlap(json!({}), json!(null)), "records without keys count as one item");
}

#[tokio::test]
async fn all_done_is_an_empty_list() {
    let response = event(&[]).process(async |_| Ok(())).await.expect("nothing to do");
    assert_eq!(serde_json::to_string(&response).expect("JSON"), r#"{"batchItemFailures":[]}"#);
}

/// Without `concurrency`, a handler may change the variables that it captures.
#[tokio::test]
async fn a_handler_may_count() {
    let step = |key| Step { key, fate: Fate::Done, delay: 0 };
    let mut sum = 0;
    let handler = async |record: StreamRecord<Order>| {
        if let Change::Insert { new } = record.change {
            sum += new.id;
        }
        Ok(())
    };
    event(&[1, 2, 3].map(step)).process(handler).await.expect("all done");
    assert_eq!(sum, 6);
}

#[tokio::test]
async fn a_failure_without_a_number_fails_the_invocation() {
    for number in [json!(null), json!(""), json!("12a"), json!(5)] {
        let mut record = record("1", "INSERT", 7);
        record["dynamodb"]["SequenceNumber"] = number.clone();
        let text = payload(&[record]);
        let event = || StreamEvent::<Order>::from_slice(text.as_bytes()).expect("an event");
        assert!(event().process(async |_| Ok(())).await.is_ok(), "{number}");
        let refused = async |_| Err("refused".into());
        for outcome in [
            event().process(refused).await,
            event().into_batch().concurrency(3).process(refused).await,
        ] {
            let error = outcome.expect_err("nothing to report");
            assert!(error.is::<UnreportableFailure>());
            assert_eq!(
                error.to_string(),
                "the record of event event-1 is not done and has no sequence number to report: the whole batch has to come again"
            );
            assert_eq!(error.source().expect("the handler's error").to_string(), "refused");
        }
    }
}

/// A handler that panics before it returns its future fails its record.
#[tokio::test]
async fn a_panic_outside_of_the_future_is_caught_as_well() {
    silence_panics();
    let steps = [Step { key: 1, fate: Fate::Done, delay: 0 }];
    let handler = |_: StreamRecord<Order>| -> std::future::Ready<Result<(), Error>> {
        panic!("a handler panics")
    };
    let response = event(&steps).process(handler).await.expect("a number");
    assert_eq!(failed(&response), Some("8"));
    let response =
        event(&steps).into_batch().concurrency(2).process(handler).await.expect("a number");
    assert_eq!(failed(&response), Some("8"));
}

#[tokio::test(start_paused = true)]
async fn a_future_that_is_dropped_gives_no_response() {
    let steps = [
        Step { key: 1, fate: Fate::Done, delay: 10 },
        Step { key: 2, fate: Fate::Done, delay: 10_000 },
    ];
    let journal = Journal::default();
    let handler =
        async |record: StreamRecord<Order>| journal.run(&steps, position_in(&record.meta)).await;
    assert!(timeout(Duration::from_secs(1), event(&steps).process(&handler)).await.is_err());
    assert!(
        timeout(
            Duration::from_secs(1),
            event(&steps).into_batch().concurrency(2).process(&handler)
        )
        .await
        .is_err()
    );
    assert_eq!(journal.find(1, Entry::Done), None);
}

/// An error that cannot be formatted, or a panic whose payload panics when it is dropped, fails its
/// record like any other.
#[tokio::test]
async fn an_error_that_cannot_be_formatted_is_still_a_failure() {
    #[derive(Debug)]
    enum Odd {
        Refuses,
        Panics,
        ComesFromItself,
    }
    impl std::fmt::Display for Odd {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            match self {
                Odd::Refuses => Err(std::fmt::Error),
                Odd::Panics => panic!("a handler panics"),
                Odd::ComesFromItself => f.write_str("odd"),
            }
        }
    }
    impl std::error::Error for Odd {
        fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
            matches!(self, Odd::ComesFromItself).then_some(self)
        }
    }
    struct PanicsWhenDropped;
    impl Drop for PanicsWhenDropped {
        fn drop(&mut self) {
            panic!("a handler panics");
        }
    }
    silence_panics();
    let steps = [Step { key: 1, fate: Fate::Done, delay: 0 }];
    for odd in [|| Odd::Refuses, || Odd::Panics, || Odd::ComesFromItself] {
        let response = event(&steps).process(async |_| Err(odd().into())).await.expect("a number");
        assert_eq!(failed(&response), Some("8"));
        let response =
            event(&steps).into_batch().concurrency(2).process(async |_| Err(odd().into())).await;
        assert_eq!(failed(&response.expect("a number")), Some("8"));
        let poisoned = [Step { key: 1, fate: Fate::Poisoned(false), delay: 0 }];
        let batch = event(&poisoned).into_batch().quarantine(async |_| Err(odd().into()));
        assert_eq!(failed(&batch.process(async |_| Ok(())).await.expect("a number")), Some("8"));
    }
    let response = event(&steps)
        .process(async |_| panic::panic_any(PanicsWhenDropped))
        .await
        .expect("a number");
    assert_eq!(failed(&response), Some("8"));
}

/// `tokio::spawn` accepts only a `Send` future, and a future is `Send` only if all those that it
/// awaits are.
#[test]
fn the_future_is_send_if_the_handler_is() {
    fn is_send(_: impl Send) {}
    async fn handle(_: StreamRecord<Order>) -> Result<(), Error> {
        Ok(())
    }
    async fn keep(_: RecordError) -> Result<(), Error> {
        Ok(())
    }
    let client = std::sync::Arc::new(7_u32);
    let [one, two, three, four] = std::array::from_fn(|_| client.clone());
    is_send(event(&[]));
    is_send(event(&[]).process(handle));
    is_send(async { event(&[]).process(handle).await });
    is_send(async { event(&[]).process(|record| async { handle(record).await }).await });
    is_send(async { event(&[]).process(async |record| handle(record).await).await });
    is_send(async {
        let handler = async move |record| {
            sleep(Duration::from_millis(u64::from(*one))).await;
            handle(record).await
        };
        event(&[]).process(handler).await
    });
    is_send(event(&[]).into_batch().quarantine(keep).process(handle));
    is_send(async { event(&[]).into_batch().quarantine(async |_| Ok(())).process(handle).await });
    is_send(async {
        let quarantine = async move |error| {
            sleep(Duration::from_millis(u64::from(*two))).await;
            keep(error).await
        };
        event(&[])
            .into_batch()
            .quarantine(quarantine)
            .process(async |record| handle(record).await)
            .await
    });
    is_send(event(&[]).into_batch().quarantine(keep).concurrency(4).process(handle));
    is_send(async {
        event(&[]).into_batch().concurrency(4).process(async |record| handle(record).await).await
    });
    is_send(async {
        let handler = async move |record| {
            sleep(Duration::from_millis(u64::from(*three))).await;
            handle(record).await
        };
        let quarantine = async move |error| {
            sleep(Duration::from_millis(u64::from(*four))).await;
            keep(error).await
        };
        event(&[]).into_batch().quarantine(quarantine).concurrency(4).process(handler).await
    });
}
