//! The response to a batch.
//!
//! Lambda takes an empty or missing identifier as the failure of the whole batch, without an error.
//! This module therefore never writes one.

use std::fmt;
use std::sync::Arc;

use aws_lambda_events::streams::{
    DynamoDbBatchItemFailure, DynamoDbEventResponse, KinesisEventResponse,
};

use crate::event::batch::attempt::{Error, Failure, RecordName};
use crate::event::delivery::Delivery;

/// The response to a batch: [`DynamoDbEventResponse`] or [`KinesisEventResponse`].
///
/// The default response names no record: the whole batch is done.
///
/// The trait is sealed: no other type can implement it.
pub trait BatchResponse: sealed::Response {}

impl BatchResponse for DynamoDbEventResponse {}

impl BatchResponse for KinesisEventResponse {}

pub(in crate::event) mod sealed {
    use std::sync::Arc;

    use crate::event::batch::attempt::RecordName;

    pub trait Response: Default {
        /// Adds an identifier.
        fn add_failure(&mut self, identifier: &str);

        /// The identifiers that the response names.
        fn into_identifiers(self) -> Vec<Option<String>>;

        /// The id by which EventBridge Pipes knows the record.
        fn pipe_event_id(record: &RecordName) -> Option<&Arc<str>>;
    }
}

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

/// Builds the response from the records that have failed and those that were not started. All other
/// records of the batch are done.
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

/// Names the lowest failed sequence number.
///
/// Lambda takes the lowest number of a response as its checkpoint and delivers everything from
/// there again, see
/// [Reporting batch item failures](https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html).
/// The records of a shard come in the order of their numbers, so those that were not started are
/// behind the checkpoint.
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

/// Names every record that is not done.
///
/// EventBridge Pipes does not document a checkpoint: it retries exactly the events that the
/// response names, see
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

/// The error for a record that is not done and has no identifier for the batch response.
///
/// Return it from the Lambda's handler, so that the invocation fails and the whole batch is
/// delivered again. A response without the record would lose it.
///
/// [`source`](std::error::Error::source) is the error of the record itself. If the record was not
/// started, it is the error of the first record that failed.
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
