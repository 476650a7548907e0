//! The rules of the simulated event source mapping.

use std::cell::{Cell, RefCell};
use std::future::pending;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, SystemTime};

use ddb_core::event::{FailureCondition, SequenceNumber};
use ddb_core::testing::filter::Filters;
use ddb_core::testing::mapping::{
    Handled, InvocationOutcome, InvokeError, MappingReport, OnFailure, Shard, Undocumented,
};
use ddb_core::testing::{EventSourceMapping, insert, modify, remove};
use ddb_core::{
    DynamoDbEventResponse, FailureRecord, FromStreamImage, IntoItem, StreamEvent, WindowResponse,
};
use ddb_tests::record;
use serde_json::{Value, json};
use tokio::time::sleep;

type Error = Box<dyn std::error::Error + Send + Sync>;

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem)]
#[ddb(strict)]
struct Item {
    id: u32,
}

/// A shard with the records of as many items, numbered from 11 on.
fn shard(records: u32) -> Shard {
    let records = (0..records).map(|id| record(&(11 + id).to_string(), "INSERT", id));
    Shard::new("shard").json_records(records)
}

/// A shard whose records were created at these seconds.
fn shard_at(seconds: &[u64]) -> Shard {
    let records = (11..).zip(seconds).map(|(number, second)| {
        let mut record = record(&number.to_string(), "INSERT", number);
        record["dynamodb"]["ApproximateCreationDateTime"] = json!(second);
        record
    });
    Shard::new("shard").json_records(records)
}

fn at(second: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(second)
}

fn number(number: u32) -> SequenceNumber {
    number.to_string().parse().expect("a number")
}

/// The sequence numbers of a payload.
fn numbers(payload: &str) -> Vec<u32> {
    let payload: Value = serde_json::from_str(payload).expect("JSON");
    let records = payload["Records"].as_array().expect("records");
    let number = |record: &Value| record["dynamodb"]["SequenceNumber"].as_str()?.parse().ok();
    records.iter().map(|record| number(record).expect("a number")).collect()
}

fn names(number: u32) -> String {
    json!({"batchItemFailures": [{"itemIdentifier": number.to_string()}]}).to_string()
}

/// The batches of a report.
fn batches(report: &MappingReport) -> Vec<Vec<u32>> {
    let numbers = |numbers: &[SequenceNumber]| {
        numbers.iter().map(|number| number.as_str().parse().expect("a number")).collect()
    };
    report.invocations.iter().map(|it| numbers(&it.sequence_numbers)).collect()
}

fn checkpoint(report: &MappingReport) -> Option<SequenceNumber> {
    report.checkpoints()["shard"].clone()
}

async fn succeed(_: String) -> Result<String, InvokeError> {
    Ok("null".to_owned())
}

/// Fails while the batch contains this record.
fn failing_with(poison: u32) -> impl AsyncFn(String) -> Result<String, InvokeError> {
    async move |payload: String| {
        if numbers(&payload).contains(&poison) {
            return Err(InvokeError::Function);
        }
        succeed(payload).await
    }
}

/// Reports this record, while the batch contains it.
fn reporting(poison: u32) -> impl AsyncFn(String) -> Result<String, InvokeError> {
    async move |payload: String| {
        if numbers(&payload).contains(&poison) { Ok(names(poison)) } else { succeed(payload).await }
    }
}

fn mapping() -> EventSourceMapping {
    EventSourceMapping::new().report_batch_item_failures().on_failure(OnFailure::S3)
}

/// The message of an assertion that does not hold.
fn panic_of(assertion: impl FnOnce()) -> String {
    let payload = catch_unwind(AssertUnwindSafe(assertion)).expect_err("a panic");
    *payload.downcast::<String>().expect("a message")
}

#[tokio::test(start_paused = true)]
async fn a_batch_is_as_large_as_it_may_be() {
    let report = mapping().batch_size(2).run_function(shard(5), succeed).await;
    assert_eq!(batches(&report), [vec![11, 12], vec![13, 14], vec![15]]);
    assert_eq!(checkpoint(&report), Some(number(15)));

    let size = Cell::new(0);
    let measure = async |payload: String| {
        size.set(payload.len());
        succeed(payload).await
    };
    let _ = mapping().run_function(shard(2), measure).await;
    let exact = mapping().maximum_batch_bytes(size.get() + 1);
    assert_eq!(batches(&exact.run_function(shard(4), succeed).await), [[11, 12], [13, 14]]);
    let small = mapping().maximum_batch_bytes(size.get() - 1);
    assert_eq!(batches(&small.run_function(shard(2), succeed).await), [[11], [12]]);
    let smallest = mapping().maximum_batch_bytes(1);
    assert_eq!(batches(&smallest.run_function(shard(2), succeed).await), [[11], [12]]);
}

#[tokio::test(start_paused = true)]
async fn a_batching_window_waits_for_more_records() {
    let shard = || shard_at(&[100, 101, 109, 110, 111]);
    let starts = mapping().starts_at(at(100));
    let report = starts.clone().run_function(shard(), succeed).await;
    assert_eq!(batches(&report), [[11], [12], [13], [14], [15]]);
    let waits = starts.maximum_batching_window(Duration::from_secs(10));
    let report = waits.clone().run_function(shard(), succeed).await;
    assert_eq!(batches(&report), [vec![11, 12, 13, 14], vec![15]]);
    assert_eq!(report.invocations[0].started_at, Duration::from_secs(10));
    let report = waits.batch_size(2).run_function(shard(), succeed).await;
    assert_eq!(batches(&report), [vec![11, 12], vec![13, 14], vec![15]]);
    assert_eq!(report.invocations[0].started_at, Duration::from_secs(1));
}

#[tokio::test(start_paused = true)]
async fn records_are_found_by_the_next_poll() {
    let mut record = record("11", "INSERT", 1);
    record["dynamodb"]["ApproximateCreationDateTime"] = json!(100.3);
    let shard = Shard::new("shard").json_records([record]);
    let report = mapping().starts_at(at(100)).run_function(shard, succeed).await;
    assert_eq!(report.invocations[0].started_at, Duration::from_millis(500));
}

#[tokio::test(start_paused = true)]
async fn a_failed_batch_is_retried_as_often_as_the_mapping_says() {
    for retries in 0..4 {
        let mapping = mapping().maximum_retry_attempts(retries);
        let report = mapping.run_function(shard(3), failing_with(12)).await;
        assert_eq!(batches(&report), vec![vec![11, 12, 13]; retries as usize + 1]);
        assert_eq!(report.deliveries(&number(12)), retries as usize + 1);
        assert_eq!(checkpoint(&report), Some(number(13)));
        report.assert_nothing_lost();
        let [failure] = &report.failures[..] else { panic!("{report:?}") };
        let failure = FailureRecord::<Item>::from_slice(failure.as_bytes()).expect("a record");
        assert_eq!(failure.meta.invoke_count, Some(u64::from(retries) + 1));
        assert_eq!(failure.meta.condition, Some(FailureCondition::RetryAttemptsExhausted));
        assert_eq!(failure.meta.function_error.as_deref(), Some("Unhandled"));
        assert_eq!(failure.event.expect("a payload").records.len(), 3);
    }
}

#[tokio::test(start_paused = true)]
async fn an_invocation_fails_by_an_error_a_panic_a_timeout_or_an_invalid_response() {
    let outcome = async |mapping: &EventSourceMapping, name: &'static str| {
        let function = async move |_: String| match name {
            "an error" => Err(InvokeError::Function),
            "a panic" => panic!("a handler panics"),
            "a timeout" => pending().await,
            invalid => Ok(invalid.to_owned()),
        };
        let report = mapping.run_function(shard(1), function).await;
        assert_eq!(report.failures.len(), 1, "{name}");
        report.invocations.into_iter().next().expect("one").outcome
    };
    let mapping = mapping().maximum_retry_attempts(0).function_timeout(Duration::from_mins(1));
    for name in ["an error", "a panic", r#"{"batchItemFailures": "11"}"#, "not JSON"] {
        assert_eq!(outcome(&mapping, name).await, InvocationOutcome::Failed, "{name}");
    }
    assert_eq!(outcome(&mapping, "a timeout").await, InvocationOutcome::TimedOut);
}

#[tokio::test(start_paused = true)]
async fn a_throttled_invocation_counts_no_retry() {
    let throttled = Cell::new(20);
    let function = async |payload: String| {
        if throttled.get() > 0 {
            throttled.set(throttled.get() - 1);
            return Err(InvokeError::Throttled);
        }
        succeed(payload).await
    };
    let report = mapping().maximum_retry_attempts(0).run_function(shard(1), function).await;
    assert_eq!(report.invocations.len(), 21);
    assert!(report.failures.is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_partial_response_is_a_checkpoint() {
    let mapping = mapping().maximum_retry_attempts(1);
    let report = mapping.run_function(shard(4), reporting(13)).await;
    // The first failure counts as one, so that the second one is the last.
    assert_eq!(batches(&report), [vec![11, 12, 13, 14], vec![13, 14]]);
    assert_eq!(report.invocations[0].outcome, InvocationOutcome::FailedFrom(number(13)));
    let failure = FailureRecord::<Item>::from_slice(report.failures[0].as_bytes()).expect("one");
    assert_eq!(failure.meta.function_error, None);
    assert_eq!(failure.meta.batch.size, Some(2));

    let undocumented = Undocumented { progress_resets_attempts: true, ..Undocumented::default() };
    let resets = mapping.undocumented(undocumented);
    let report = resets.run_function(shard(4), reporting(13)).await;
    assert_eq!(batches(&report), [vec![11, 12, 13, 14], vec![13, 14], vec![13, 14]]);
}

#[tokio::test(start_paused = true)]
async fn without_the_response_type_a_response_means_nothing() {
    let handled = Handled::new();
    let handle = async |event: StreamEvent<Item>| -> Result<DynamoDbEventResponse, Error> {
        event
            .process(async |record| {
                if record.meta.sequence_number == Some(number(12)) {
                    return Err("refused".into());
                }
                handled.add(&record.meta);
                Ok(())
            })
            .await
    };
    let report = EventSourceMapping::new().handled(&handled).run(shard(3), handle).await;
    assert_eq!(batches(&report), [[11, 12, 13]]);
    let message = panic_of(|| report.assert_nothing_lost());
    let reason = "the function reported success for it, and did not handle it";
    assert_eq!(
        message,
        format!(
            "2 records are lost:\n  record 12 of shard: {reason}\n  record 13 of shard: {reason}"
        )
    );
}

#[tokio::test(start_paused = true)]
async fn bisecting_finds_the_record_and_counts_no_retry() {
    let mapping = mapping().bisect_batch_on_function_error().maximum_retry_attempts(1);
    let report = mapping.run_function(shard(5), failing_with(14)).await;
    assert_eq!(
        batches(&report),
        [vec![11, 12, 13, 14, 15], vec![11, 12, 13], vec![14, 15], vec![14], vec![14], vec![15]]
    );
    let failure = FailureRecord::<Item>::from_slice(report.failures[0].as_bytes()).expect("one");
    assert_eq!((failure.meta.batch.size, failure.meta.invoke_count), (Some(1), Some(2)));
    report.assert_nothing_lost();
}

#[tokio::test(start_paused = true)]
async fn bisecting_splits_at_the_record_that_a_response_names() {
    let mapping = mapping().bisect_batch_on_function_error().maximum_retry_attempts(1);
    let report = mapping.run_function(shard(4), reporting(13)).await;
    assert_eq!(batches(&report), [vec![11, 12, 13, 14], vec![13, 14], vec![13, 14]]);
    assert_eq!(report.failures.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn records_that_are_too_old_leave_the_batch_one_by_one() {
    let mapping = mapping().maximum_record_age(Duration::from_mins(1)).starts_at(at(150));
    let report = mapping.run_function(shard_at(&[80, 85, 140]), succeed).await;
    assert_eq!(batches(&report), [[13]]);
    let failures: Vec<_> = report
        .failures
        .iter()
        .map(|failure| FailureRecord::<Item>::from_slice(failure.as_bytes()).expect("one"))
        .collect();
    let ranges = failures.iter().map(|failure| {
        let FailureRecord { meta, .. } = failure;
        assert_eq!(meta.condition, Some(FailureCondition::RecordAgeExceeded));
        assert_eq!(meta.status_code, None);
        (meta.batch.start_sequence_number.clone(), meta.batch.end_sequence_number.clone())
    });
    let alone = |it| (Some(number(it)), Some(number(it)));
    assert_eq!(ranges.collect::<Vec<_>>(), [alone(11), alone(12)]);
    report.assert_nothing_lost();

    // The first one becomes too old while it is retried.
    let report = mapping.run_function(shard_at(&[100, 149]), failing_with(11)).await;
    assert!(report.invocations.len() > 2);
    assert_eq!(batches(&report).last().expect("one"), &[12]);
    report.assert_nothing_lost();
}

#[tokio::test(start_paused = true)]
async fn without_limits_a_record_blocks_its_shard_for_24_hours_and_is_lost() {
    let report = mapping().run_function(shard(2), failing_with(11)).await;
    let last = report.invocations.last().expect("one");
    assert!(
        last.started_at > Duration::from_hours(23) && last.started_at < Duration::from_hours(25)
    );
    let reason = "it was retried until the stream dropped it after 24 hours";
    assert_eq!(
        panic_of(|| report.assert_nothing_lost()),
        format!(
            "2 records are lost:\n  record 11 of shard: {reason}\n  record 12 of shard: {reason}"
        )
    );

    let stopped = mapping().stops_after(Duration::from_hours(1));
    let report = stopped.run_function(shard(2), failing_with(11)).await;
    assert_eq!(checkpoint(&report), None);
    report.assert_nothing_lost();
}

#[tokio::test(start_paused = true)]
async fn without_a_destination_records_that_are_given_up_are_lost() {
    let mapping = EventSourceMapping::new().maximum_retry_attempts(0);
    let report = mapping.run_function(shard(1), failing_with(11)).await;
    assert_eq!(
        panic_of(|| report.assert_nothing_lost()),
        "1 record is lost:\n  record 11 of shard: the mapping gave it up, and has no on-failure \
         destination"
    );
}

#[tokio::test(start_paused = true)]
async fn a_message_has_the_range_without_the_payload() {
    let mapping = mapping().maximum_retry_attempts(0).on_failure(OnFailure::Message);
    let report = mapping.run_function(shard(3), failing_with(12)).await;
    let failure = FailureRecord::<Item>::from_slice(report.failures[0].as_bytes()).expect("one");
    assert!(failure.event.is_none() && failure.payload().is_none());
    let batch = &failure.meta.batch;
    assert_eq!(batch.start_sequence_number, Some(number(11)));
    assert_eq!(batch.end_sequence_number, Some(number(13)));
    assert_eq!(batch.first_arrival, Some(at(1_700_000_000)));
}

#[tokio::test(start_paused = true)]
async fn filtered_records_count_as_consumed() {
    let filters = Filters::parse([r#"{"eventName": ["REMOVE"]}"#]).expect("a pattern");
    let records = [record("11", "INSERT", 1), record("12", "REMOVE", 1), record("13", "INSERT", 1)];
    let shard = Shard::new("shard").json_records(records);
    let report = mapping().filters(filters).run_function(shard, succeed).await;
    assert_eq!(batches(&report), [[12]]);
    assert_eq!(checkpoint(&report), Some(number(13)));
}

#[tokio::test(start_paused = true)]
async fn with_a_parallelization_factor_items_are_handled_concurrently_and_each_in_order() {
    let records = (0..200).map(|it| record(&(11 + it).to_string(), "MODIFY", it % 20));
    let shard = Shard::new("shard").json_records(records);
    let running = Cell::new(0);
    let most = Cell::new(0);
    let function = async |payload: String| {
        running.set(running.get() + 1);
        most.set(most.get().max(running.get()));
        sleep(Duration::from_secs(u64::from(numbers(&payload)[0] % 7))).await;
        running.set(running.get() - 1);
        succeed(payload).await
    };
    let mapping = mapping().parallelization_factor(10).batch_size(3);
    let report = mapping.run_function(shard, function).await;
    assert!((5..=10).contains(&most.get()), "{most:?}");
    report.assert_order_per_key();
    report.assert_nothing_lost();
    assert_eq!(batches(&report).concat().len(), 200);
}

#[tokio::test(start_paused = true)]
async fn a_shard_is_delivered_after_its_parent() {
    let one = |id: &str, number: u32| {
        Shard::new(id).json_records([record(&number.to_string(), "MODIFY", 1)])
    };
    let shards = || {
        vec![
            one("grandchild", 15).parent("child"),
            one("child", 14).parent("root"),
            one("other child", 13).parent("root"),
            one("root", 12),
            one("orphan", 11).parent("gone"),
        ]
    };
    let first = Cell::new(true);
    let function = async |payload: String| {
        if numbers(&payload) == [12] && first.take() {
            return Err(InvokeError::Function);
        }
        sleep(Duration::from_secs(1)).await;
        succeed(payload).await
    };
    let report = mapping().run_function(shards(), function).await;
    assert_eq!(batches(&report), [[12], [11], [12], [14], [13], [15]]);
    let shard_ids: Vec<_> = report.invocations.iter().map(|it| &*it.shard_id).collect();
    assert_eq!(shard_ids, ["root", "orphan", "root", "child", "other child", "grandchild"]);
}

#[tokio::test(start_paused = true)]
#[should_panic = "the parents of the shards form a circle"]
async fn shards_that_are_their_own_ancestors_are_a_mistake() {
    let shards = [Shard::new("a").parent("b"), Shard::new("b").parent("a")];
    let _ = mapping().run_function(shards, succeed).await;
}

/// The state is the number of records in the window so far.
#[tokio::test(start_paused = true)]
async fn a_tumbling_window_passes_its_state_on() {
    let windows = RefCell::new(Vec::new());
    let handle = async |event: StreamEvent<Item>| -> Result<WindowResponse<Value>, Error> {
        let window = event.window.clone().expect("a window");
        let state: Value = window.read_state()?;
        let mut count = state["count"].as_u64().unwrap_or(0);
        if window.is_final {
            windows.borrow_mut().push((window.start.expect("a start"), count));
        }
        let response = event
            .process(async |_| {
                count += 1;
                Ok(())
            })
            .await?;
        Ok(WindowResponse::new(json!({ "count": count }), response))
    };
    let mapping = mapping().tumbling_window(Duration::from_mins(1)).batch_size(2);
    let records = shard_at(&[120, 121, 179, 180, 300]);
    let report = mapping.run(records, handle).await;
    assert_eq!(batches(&report), [&[11, 12][..], &[13], &[], &[14], &[], &[15], &[]]);
    assert_eq!(*windows.borrow(), [(at(120), 3), (at(180), 1), (at(300), 1)]);
    let finals = report.invocations.iter().filter(|it| it.is_final_for_window).count();
    assert_eq!(finals, 3);
    report.assert_nothing_lost();
}

#[tokio::test(start_paused = true)]
async fn a_response_without_a_state_fails_in_a_tumbling_window() {
    let mapping = mapping().tumbling_window(Duration::from_mins(1)).maximum_retry_attempts(1);
    let report = mapping.run_function(shard(1), succeed).await;
    assert_eq!(batches(&report), [&[11][..], &[11], &[], &[]]);
    assert_eq!(report.failures.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_state_that_is_too_large_ends_the_window_early() {
    let early = Cell::new(0);
    let function = async |payload: String| {
        let payload: Value = serde_json::from_str(&payload).expect("JSON");
        if payload["isWindowTerminatedEarly"] == true && payload["isFinalInvokeForWindow"] == true {
            early.set(early.get() + 1);
            return Ok(json!({"state": {}}).to_string());
        }
        assert_eq!(payload["state"], json!({}));
        Ok(json!({"state": "x".repeat(1024 * 1024)}).to_string())
    };
    let mapping = mapping().tumbling_window(Duration::from_mins(15)).batch_size(1);
    let report = mapping.run_function(shard(2), function).await;
    assert_eq!(batches(&report), [&[11][..], &[], &[12], &[]]);
    assert_eq!(early.get(), 2);
}

#[tokio::test(start_paused = true)]
async fn records_of_the_builders_are_numbered_across_shards() {
    let item = |id| Item { id };
    let first = Shard::new("first").records([insert(&item(1)).key(&["id"])]);
    let second = Shard::new("second")
        .parent("first")
        .records([modify(&item(1), &item(1)).key(&["id"]), remove(&item(1)).key(&["id"])]);
    let handle = async |event: StreamEvent<Item>| -> Result<DynamoDbEventResponse, Error> {
        event.process(async |_| Ok(())).await
    };
    let report = mapping().run([first, second], handle).await;
    report.assert_order_per_key();
    let numbers = report.invocations.iter().flat_map(|it| &it.sequence_numbers);
    assert!(numbers.is_sorted());
    assert_eq!(report.checkpoints().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn an_item_that_is_handled_out_of_order_is_reported() {
    let handled = Handled::new();
    let records = [record("11", "INSERT", 1), record("12", "MODIFY", 1), record("13", "INSERT", 2)];
    let shard = Shard::new("shard").json_records(records);
    let handle = async |event: StreamEvent<Item>| -> Result<(), Error> {
        for record in event.records.into_iter().rev() {
            handled.add(&record?.meta);
        }
        Ok(())
    };
    let report = mapping().handled(&handled).run(shard, handle).await;
    report.assert_nothing_lost();
    assert_eq!(
        panic_of(|| report.assert_order_per_key()),
        "1 record is out of order:\n  record 11 of an item after 12"
    );
}

#[tokio::test(start_paused = true)]
#[should_panic = "a record has no `SequenceNumber`"]
async fn a_record_without_a_number_is_a_mistake() {
    let shard = Shard::new("shard").json_records([json!({"eventName": "INSERT"})]);
    let _ = mapping().run_function(shard, succeed).await;
}

#[tokio::test(start_paused = true)]
async fn neither_the_report_nor_a_message_shows_a_value() {
    let record = || insert(&Item { id: 4711 }).key(&["id"]);
    let mapping = mapping().maximum_retry_attempts(0);
    let fails = async |_: String| Err(InvokeError::Function);
    let report = mapping.run_function([record(), record()], fails).await;
    assert!(report.failures[0].contains("4711"));
    assert!(!format!("{report:?}").contains("4711"));
}

#[test]
fn settings_outside_of_the_limits_are_mistakes() {
    let limits: [fn() -> EventSourceMapping; 9] = [
        || mapping().batch_size(0),
        || mapping().batch_size(10_001),
        || mapping().maximum_batching_window(Duration::from_secs(301)),
        || mapping().parallelization_factor(0),
        || mapping().parallelization_factor(11),
        || mapping().maximum_retry_attempts(10_001),
        || mapping().maximum_record_age(Duration::from_secs(59)),
        || mapping().tumbling_window(Duration::from_millis(1500)),
        || mapping().tumbling_window(Duration::from_secs(901)),
    ];
    for set in limits {
        catch_unwind(set).expect_err("a panic");
    }
}
