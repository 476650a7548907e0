//! What Lambda is told of a batch.

use std::fmt;
use std::sync::Arc;

use aws_lambda_events::streams::{
    DynamoDbBatchItemFailure, DynamoDbEventResponse, KinesisEventResponse,
};

use crate::event::batch::Error;
use crate::event::batch::attempt::Failure;
use crate::event::sequence_number::SequenceNumber;

/// The response of a stream's batch; the default says that all of it is done.
pub trait BatchResponse: Default {
    /// Everything from this number on is to be delivered again.
    #[doc(hidden)]
    #[must_use]
    fn retry_from(number: &SequenceNumber) -> Self;

    #[doc(hidden)]
    fn into_identifiers(self) -> Vec<Option<String>>;
}

impl BatchResponse for DynamoDbEventResponse {
    fn retry_from(number: &SequenceNumber) -> Self {
        let mut failure = DynamoDbBatchItemFailure::default();
        failure.item_identifier = Some(number.as_str().to_owned());
        let mut response = Self::default();
        response.batch_item_failures.push(failure);
        response
    }

    fn into_identifiers(self) -> Vec<Option<String>> {
        self.batch_item_failures.into_iter().map(|failure| failure.item_identifier).collect()
    }
}

impl BatchResponse for KinesisEventResponse {
    fn retry_from(number: &SequenceNumber) -> Self {
        let mut response = Self::default();
        response.add_failure(number.as_str());
        response
    }

    fn into_identifiers(self) -> Vec<Option<String>> {
        self.batch_item_failures.into_iter().map(|failure| failure.item_identifier).collect()
    }
}

/// The response of a batch of which these records have failed: the lowest number of them.
///
/// A shard gives its records in the order of their numbers, so that all that has not been started
/// is above.
pub(super) fn respond<R: BatchResponse>(failures: Vec<Failure>) -> Result<R, Error> {
    let mut lowest: Option<SequenceNumber> = None;
    for Failure { record, cause } in failures {
        let Some(number) = record.sequence_number else {
            return Err(UnreportableFailure { event_id: record.event_id, cause }.into());
        };
        lowest = Some(match lowest {
            Some(lowest) => lowest.min(number),
            None => number,
        });
    }
    Ok(lowest.map_or_else(R::default, |number| R::retry_from(&number)))
}

/// A record has failed and has no sequence number to report, so that the invocation has to fail.
///
/// [`source`](std::error::Error::source) is what the record failed with.
#[derive(Debug)]
pub struct UnreportableFailure {
    event_id: Option<Arc<str>>,
    cause: Error,
}

impl fmt::Display for UnreportableFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.event_id {
            Some(event_id) => write!(f, "the record of event {event_id}")?,
            None => f.write_str("a record without an event id")?,
        }
        f.write_str(
            " failed and has no sequence number to report: the whole batch has to come again",
        )
    }
}

impl std::error::Error for UnreportableFailure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.cause)
    }
}
