//! The function for a table with several entities: its routing, what it publishes, and its filter.

mod examples;
#[path = "../examples/local/function.rs"]
mod function;
#[allow(dead_code, reason = "another test uses the rest")]
#[path = "../examples/local/scenario/mod.rs"]
mod scenario;
#[allow(dead_code, reason = "another test uses the rest")]
#[path = "../examples/local/table.rs"]
mod table;

use std::cell::RefCell;

use ddb_core::testing::filter::Filters;
use ddb_core::testing::{insert, modify, remove};
use ddb_core::{
    Change, DynamoDbEventResponse, FromStreamImage, IntoItem as _, StreamEvent, filter_criteria,
};
use lambda_example::single_table::by_key::{self, KeyedEntity};
use lambda_example::single_table::handler::{self, StatusChange};
use lambda_example::single_table::model::{Customer, Entity, Order, OrderLine, Status};
use lambda_runtime::{Context, LambdaEvent};
use serde_json::{Value, json};

use crate::function::Function;
use crate::scenario::single_table::SINGLE_TABLE;

/// The records of each step of the scenario.
fn records() -> Vec<Vec<Value>> {
    let mut table = SINGLE_TABLE.create_table().expect("a table");
    let mut records = Vec::new();
    for (name, step) in SINGLE_TABLE.steps {
        step(&table).expect(name);
        records.push(table.take_records().expect(name));
    }
    records
}

fn filters<T: FromStreamImage>() -> Filters {
    let criteria = filter_criteria::<T>().expect("within the limits");
    Filters::parse(criteria.patterns()).expect("patterns")
}

/// Runs both functions on the records that their filters pass. Returns what each has published, and
/// the sequence numbers that it has reported.
async fn run(records: &[Value]) -> [(Vec<StatusChange>, Vec<String>); 2] {
    let published = [RefCell::default(), RefCell::default()];
    let publish_to = |published: &RefCell<Vec<_>>, change| {
        published.borrow_mut().push(change);
        Ok(())
    };
    let tagged = LambdaEvent::new(event::<Entity>(records), Context::default());
    let tagged = handler::handle_batch(tagged, async |it| publish_to(&published[0], it)).await;
    let keyed = LambdaEvent::new(event::<KeyedEntity>(records), Context::default());
    let keyed = by_key::handle_batch(keyed, async |it| publish_to(&published[1], it)).await;
    let [by_tag, by_key] = published.map(RefCell::into_inner);
    [(by_tag, failed(tagged)), (by_key, failed(keyed))]
}

fn event<T: FromStreamImage>(records: &[Value]) -> StreamEvent<T> {
    let filters = filters::<T>();
    let passed: Vec<_> = records.iter().filter(|record| filters.matches(record)).collect();
    let payload = json!({"Records": passed}).to_string();
    StreamEvent::from_slice(payload.as_bytes()).expect("an event")
}

fn failed(response: Result<DynamoDbEventResponse, lambda_runtime::Error>) -> Vec<String> {
    let failures = response.expect("a response").batch_item_failures;
    failures.into_iter().filter_map(|failure| failure.item_identifier).collect()
}

#[tokio::test]
async fn an_order_is_published_only_if_its_status_has_changed() {
    let shipped =
        StatusChange { customer: 7, order: "A-1".into(), from: Status::Open, to: Status::Shipped };
    for ((name, _), records) in SINGLE_TABLE.steps.iter().zip(records()) {
        let expected = if *name == "ship order A-1" { vec![shipped.clone()] } else { vec![] };
        for (published, failed) in run(&records).await {
            assert_eq!(published, expected, "{name}");
            assert_eq!(failed.len(), usize::from(name.contains("without its total")), "{name}");
        }
    }
}

fn order(status: Status) -> Order {
    Order { customer: 7, order: "A-1".to_owned(), status, total_cents: 1900 }
}

fn line(quantity: u32) -> OrderLine {
    OrderLine { customer: 7, order: "A-1".to_owned(), line: 1, sku: "tea".to_owned(), quantity }
}

/// What the function that routes by key publishes, and whether it has reported a failure.
async fn run_by_key(event: StreamEvent<KeyedEntity>) -> (Vec<StatusChange>, bool) {
    let published = RefCell::new(Vec::new());
    let event = LambdaEvent::new(event, Context::default());
    let response = by_key::handle_batch(event, async |change| {
        published.borrow_mut().push(change);
        Ok(())
    });
    let failed = !failed(response.await).is_empty();
    (published.into_inner(), failed)
}

#[tokio::test]
async fn a_shipped_order_is_published_by_key() {
    let event = modify(&order(Status::Open), &order(Status::Shipped)).into();
    let (published, failed) = run_by_key(event).await;
    assert_eq!((published.len(), published[0].to, failed), (1, Status::Shipped, false));
}

#[tokio::test]
async fn a_customer_and_a_changed_line_are_not_published_by_key() {
    let customer = Customer { customer: 7, name: "Ada".to_owned() };
    let event = [insert(&customer), modify(&line(1), &line(2)), remove(&line(2))].into();
    assert_eq!(run_by_key(event).await, (vec![], false));
}

#[tokio::test]
async fn an_order_that_does_not_fit_fails_by_key() {
    let mut item = order(Status::Open).into_item().expect("an item");
    item.inner_mut().remove("TotalCents");
    assert_eq!(run_by_key(insert(&item).key(&["PK", "SK"]).into()).await, (vec![], true));
}

#[tokio::test]
async fn the_deployed_function_logs_what_it_publishes_and_no_item() {
    let command = tokio::process::Command::new(env!("CARGO_BIN_EXE_single_table"));
    let mut function = Function::start(command).await.expect("the function starts");
    let records = records().concat();
    let poisoned = &records[records.len() - 2]["dynamodb"]["SequenceNumber"];
    let filters = filters::<Entity>();
    let passed: Vec<_> = records.iter().filter(|record| filters.matches(record)).collect();
    let invocation = function.invoke(json!({"Records": passed})).await.expect("a response");
    let expected = json!({"batchItemFailures": [{"itemIdentifier": poisoned}]});
    assert_eq!(invocation.response, Ok(expected));
    let log = format!("{:?}", invocation.log);
    assert!(log.contains("published") && log.contains("record failed"), "{log}");
    for value in ["Ada", "1900", "tea"] {
        assert!(!log.contains(value), "{log}");
    }
}

#[test]
fn the_order_of_the_stream_is_kept_across_entities() {
    let event = event::<Entity>(&records().concat());
    let names: Vec<_> = event
        .records
        .iter()
        .map(|record| match record.as_ref().map(|record| record.change.new()) {
            Ok(Some(Entity::Customer(_))) => "customer",
            Ok(Some(Entity::Order(_))) => "order",
            Ok(Some(Entity::OrderLine(_))) => "line",
            Ok(None) => "removed",
            Err(_) => "error",
        })
        .collect();
    let expected = ["customer", "order", "line", "line", "order", "order", "error", "removed"];
    assert_eq!(names, expected);
    let numbers: Vec<_> = event
        .records
        .iter()
        .map(|record| match record {
            Ok(record) => record.meta.sequence_number.clone(),
            Err(error) => error.meta.sequence_number.clone(),
        })
        .collect();
    assert!(numbers.is_sorted() && numbers.iter().all(Option::is_some));
}

#[test]
fn only_the_session_is_filtered_out_and_the_poisoned_order_is_not() {
    for filters in [filters::<Entity>(), filters::<KeyedEntity>()] {
        for ((name, _), records) in SINGLE_TABLE.steps.iter().zip(records()) {
            let passes = !name.contains("session");
            assert!(records.iter().all(|record| filters.matches(record) == passes), "{name}");
        }
    }
}

#[test]
fn the_filter_of_the_template_is_that_of_the_type() {
    let template = include_str!("../template-single-table.yaml");
    let written: Vec<_> = template
        .lines()
        .filter_map(|line| line.trim().strip_prefix("- Pattern: '")?.strip_suffix('\''))
        .collect();
    let criteria = filter_criteria::<Entity>().expect("within the limits");
    assert_eq!(written, criteria.patterns().collect::<Vec<_>>());
}

#[test]
fn an_item_that_becomes_another_entity_is_a_modification() {
    let mut record = records()[3][0].clone();
    record["dynamodb"]["OldImage"]["EntityType"] = json!({"S": "Customer"});
    record["dynamodb"]["OldImage"]["SK"] = json!({"S": "PROFILE"});
    record["dynamodb"]["OldImage"]["Name"] = json!({"S": "Ada"});
    let event = event::<Entity>(&[record]);
    let record = event.records[0].as_ref().expect("a record");
    let Change::Modify { old: Entity::Customer(_), new: Entity::Order(_) } = &record.change else {
        panic!("{:?}", record.change)
    };
}

#[test]
fn the_local_run_prints_what_happens() {
    for mode in ["--single-table", "--by-key"] {
        let output = examples::run("local", &[mode]);
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{mode}: {printed}{error}");
        for expected in [
            "  batch of 4\n  inserted Customer\n",
            "records dropped by the filter: 1\n\nraise the total",
            "  modified Order\n",
            "  published: order A-1, Open → Shipped\n",
            "new image: Order: TotalCents: missing, expected N (u64)\n",
            "  removed OrderLine\n",
        ] {
            assert!(printed.contains(expected), "{mode}: {expected:?} in {printed}");
        }
        assert_eq!(printed.matches("published").count(), 1, "{mode}: {printed}");
    }
}
