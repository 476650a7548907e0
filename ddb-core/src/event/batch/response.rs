//! The response to a batch.
//!
//! An empty or missing identifier in it would fail the whole batch in silence, so there is no way
//! to make one here.

use std::fmt;
use std::sync::Arc;

use aws_lambda_events::streams::{
    DynamoDbBatchItemFailure, DynamoDbEventResponse, KinesisEventResponse,
};

use crate::event::batch::attempt::{Error, Failure, RecordName};
use crate::event::delivery::Delivery;

/// The response to a batch: [`DynamoDbEventResponse`] or [`KinesisEventResponse`]. The default says
/// that all of it is done.
///
/// The trait is sealed: no other type can implement it.
pub trait BatchResponse: sealed::Response {}

impl BatchResponse for DynamoDbEventResponse {}

impl BatchResponse for KinesisEventResponse {}

pub(in crate::event) mod sealed {
    use std::sync::Arc;

    use crate::event::batch::attempt::RecordName;

    #[allow(private_interfaces, reason = "the trait cannot be named outside")]
    pub trait Response: Default {
        /// Adds an identifier.
        fn add_failure(&mut self, identifier: &str);

        /// The identifiers that it has.
        fn into_identifiers(self) -> Vec<Option<String>>;

        /// The id by which EventBridge Pipes knows the record.
        fn pipe_event_id(record: &RecordName) -> Option<&Arc<str>>;
    }
}

#[allow(private_interfaces, reason = "the trait cannot be named outside")]
impl sealed::Response for DynamoDbEventResponse {
    fn add_failure(&mut self, identifier: &str) {
        let mut failure = DynamoDbBatchItemFailure::default();
        failure.item_identifier = Some(identifier.to_owned());
        self.batch_item_failures.push(failure);
    }

    fn into_identifiers(self) -> Vec<Option<String>> {
        self.batch_item_failures.into_iter().map(|failure| failure.item_identifier).collect()
    }

    fn pipe_event_id(record: &RecordName) -> Option<&Arc<str>> {
        record.event_id.as_ref()
    }
}

#[allow(private_interfaces, reason = "the trait cannot be named outside")]
impl sealed::Response for KinesisEventResponse {
    fn add_failure(&mut self, identifier: &str) {
        KinesisEventResponse::add_failure(self, identifier);
    }

    fn into_identifiers(self) -> Vec<Option<String>> {
        self.batch_item_failures.into_iter().map(|failure| failure.item_identifier).collect()
    }

    fn pipe_event_id(record: &RecordName) -> Option<&Arc<str>> {
        record.kinesis_event_id.as_ref()
    }
}

/// The response to a batch of which these records have failed, and these were not started.
pub(super) fn respond<R: BatchResponse>(
    delivery: Delivery,
    failures: Vec<Failure>,
    not_started: &mut dyn Iterator<Item = RecordName>,
) -> Result<R, Error> {
    match delivery {
        Delivery::EventSourceMapping => report_lowest(failures),
        Delivery::Pipe => report_all(failures, not_started),
    }
}

/// Lambda takes the lowest sequence number as the place to go on from, and delivers everything from
/// it again, see
/// [Reporting batch item failures](https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html).
/// A shard delivers its records in the order of their numbers, so the records that were not started
/// have higher ones.
fn report_lowest<R: BatchResponse>(failures: Vec<Failure>) -> Result<R, Error> {
    let mut numbers = Vec::with_capacity(failures.len());
    for Failure { record, cause } in failures {
        let Some(number) = record.sequence_number else {
            let missing = "sequence number";
            return Err(UnreportableFailure::new(missing, record.event_id, Some(cause)).into());
        };
        numbers.push(number);
    }
    let mut response = R::default();
    if let Some(lowest) = numbers.iter().min() {
        response.add_failure(lowest.as_str());
    }
    Ok(response)
}

/// EventBridge Pipes documents no place to go on from: it retries exactly the events that the
/// response names, so every record that is not done is named, see
/// [Batching and concurrency](https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-batching-concurrency.html).
fn report_all<R: BatchResponse>(
    failures: Vec<Failure>,
    not_started: &mut dyn Iterator<Item = RecordName>,
) -> Result<R, Error> {
    let mut response = R::default();
    let mut first_cause = None;
    for Failure { record, cause } in failures {
        let Some(event_id) = pipe_event_id::<R>(&record) else {
            return Err(UnreportableFailure::new("event id", record.event_id, Some(cause)).into());
        };
        response.add_failure(event_id);
        first_cause.get_or_insert(cause);
    }
    for record in not_started {
        let Some(event_id) = pipe_event_id::<R>(&record) else {
            let failure = UnreportableFailure::new("event id", record.event_id, first_cause);
            return Err(failure.into());
        };
        response.add_failure(event_id);
    }
    Ok(response)
}

fn pipe_event_id<R: BatchResponse>(record: &RecordName) -> Option<&Arc<str>> {
    R::pipe_event_id(record).filter(|event_id| !event_id.is_empty())
}

/// A record is not done and has no identifier to report, so the invocation has to fail.
///
/// [`source`](std::error::Error::source) is what the record, or the one before it, failed with.
#[derive(Debug)]
pub struct UnreportableFailure {
    missing: &'static str,
    event_id: Option<Arc<str>>,
    cause: Option<Error>,
}

impl UnreportableFailure {
    fn new(missing: &'static str, event_id: Option<Arc<str>>, cause: Option<Error>) -> Self {
        Self { missing, event_id, cause }
    }
}

impl fmt::Display for UnreportableFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.event_id {
            Some(event_id) => write!(f, "the record of event {event_id}")?,
            None => f.write_str("a record without an event id")?,
        }
        let missing = self.missing;
        write!(f, " is not done and has no {missing} to report: the whole batch has to come again")
    }
}

impl std::error::Error for UnreportableFailure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.as_ref().map(|cause| &**cause as _)
    }
}
