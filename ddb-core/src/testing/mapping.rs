//! An event source mapping, simulated.
//!
//! [`EventSourceMapping`] polls the shards of a stream and invokes a function with their records,
//! as Lambda does: it retries, bisects a failed batch, gives records up, and keeps the order of
//! each item. A test then covers the whole stream, and not only one batch. The simulation runs on
//! `tokio`'s clock; if a test pauses that clock, hours pass immediately.
//!
//! ```
//! use std::cell::Cell;
//! use std::time::Duration;
//!
//! use ddb_core::testing::mapping::{Handled, OnFailure};
//! use ddb_core::testing::{EventSourceMapping, insert};
//! use ddb_core::{DynamoDbEventResponse, FromStreamImage, IntoItem, Item, StreamEvent};
//!
//! #[derive(Clone, FromStreamImage, IntoItem)]
//! #[ddb(strict, key(PK = "ORDER#{id}"))]
//! struct Order {
//!     id: u64,
//! }
//!
//! type Error = Box<dyn std::error::Error + Send + Sync>;
//!
//! # #[tokio::main(flavor = "current_thread", start_paused = true)]
//! # async fn main() -> Result<(), Error> {
//! // The second of three records does not fit an order, and a service is down at first.
//! let records =
//!     [insert(&Order { id: 1 }), insert(&Item::default()), insert(&Order { id: 3 })];
//! let is_down = Cell::new(true);
//! let handled = Handled::new();
//! let handle = async |event: StreamEvent<Order>| -> Result<DynamoDbEventResponse, Error> {
//!     event
//!         .process(async |record| {
//!             if is_down.take() {
//!                 return Err("the service is down".into());
//!             }
//!             handled.add(&record.meta);
//!             Ok(())
//!         })
//!         .await
//! };
//!
//! let report = EventSourceMapping::new()
//!     .report_batch_item_failures()
//!     .bisect_batch_on_function_error()
//!     .maximum_retry_attempts(2)
//!     .on_failure(OnFailure::S3)
//!     .handled(&handled)
//!     .run(records, handle)
//!     .await;
//!
//! report.assert_nothing_lost();
//! report.assert_order_per_key();
//! // The record that does not fit was retried twice. It is in the bucket with the one behind it.
//! assert_eq!(report.invocations.len(), 4);
//! assert_eq!(report.failures.len(), 1);
//! # Ok(())
//! # }
//! ```
//!
//! # What it leaves out
//!
//! - Kinesis data streams, whose mapping has further settings.
//! - Tumbling windows together with a parallelization factor, and across a split of a shard.
//! - The limit of concurrent executions of an account. A function reports
//!   [`InvokeError::Throttled`] itself.
//! - Lambda's consolidation of the messages of several bisected batches into one.
//!
//! [`Undocumented`] has settings for behaviour that the documentation does not describe. Two more
//! assumptions are fixed: filters apply before records are put into batches, and the items of a
//! shard are distributed to the concurrent batches by a hash of their keys.

mod clock;
mod delivery;
mod destination;
mod handled;
mod payload;
mod poller;
mod report;
mod response;
mod shard;
mod window;

use std::cell::RefCell;
use std::error::Error;
use std::fmt;
use std::rc::Rc;
use std::time::{Duration, SystemTime};

use serde_core::Serialize;
use serde_core::de::DeserializeOwned;

pub use self::delivery::Undocumented;
pub use self::destination::OnFailure;
pub use self::handled::Handled;
pub use self::report::{Invocation, InvocationOutcome, MappingReport};
pub use self::shard::{Shard, Shards};

use self::clock::Clock;
use self::payload::MOST_BYTES;
use self::poller::{PolledRecord, PolledShard, Poller, Response};
use self::report::{Fate, RecordState};
use crate::testing::filter::Filters;

/// The event source mapping between a stream and a function, simulated.
///
/// The settings have the names and the defaults of
/// [`CreateEventSourceMapping`](https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html),
/// so a mapping without settings ignores partial responses and retries until the records are too
/// old. The [module](self) has an example.
#[derive(Clone, Debug)]
#[must_use]
pub struct EventSourceMapping {
    batch_size: usize,
    maximum_batch_bytes: usize,
    maximum_batching_window: Duration,
    parallelization_factor: usize,
    maximum_retry_attempts: Option<u32>,
    maximum_record_age: Option<Duration>,
    bisects: bool,
    reports_batch_item_failures: bool,
    tumbling_window: Option<Duration>,
    filters: Option<Filters>,
    on_failure: Option<OnFailure>,
    function_timeout: Duration,
    starts_at: Option<SystemTime>,
    stops_after: Option<Duration>,
    handled: Option<Handled>,
    undocumented: Undocumented,
}

impl Default for EventSourceMapping {
    fn default() -> Self {
        Self {
            batch_size: 100,
            maximum_batch_bytes: MOST_BYTES,
            maximum_batching_window: Duration::ZERO,
            parallelization_factor: 1,
            maximum_retry_attempts: None,
            maximum_record_age: None,
            bisects: false,
            reports_batch_item_failures: false,
            tumbling_window: None,
            filters: None,
            on_failure: None,
            function_timeout: Duration::from_secs(15 * 60),
            starts_at: None,
            stops_after: None,
            handled: None,
            undocumented: Undocumented::default(),
        }
    }
}

/// An invocation that did not return a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvokeError {
    /// The function failed, or its process ended.
    Function,
    /// Lambda did not run the function, because too many are running. It is invoked again until the
    /// records are too old, and no retry is counted.
    Throttled,
}

impl fmt::Display for InvokeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Function => "the function failed",
            Self::Throttled => "the function was throttled",
        })
    }
}

impl Error for InvokeError {}

impl EventSourceMapping {
    /// Creates a mapping with the default settings.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the largest number of records in a batch: 100 by default.
    ///
    /// # Panics
    ///
    /// Panics unless it is from 1 to 10,000.
    #[track_caller]
    pub fn batch_size(mut self, size: usize) -> Self {
        assert!((1..=10_000).contains(&size), "a batch has 1 to 10,000 records");
        self.batch_size = size;
        self
    }

    /// Sets the largest size of a payload in bytes: 6 MB by default, which is Lambda's limit. A
    /// record that is larger is delivered alone.
    pub fn maximum_batch_bytes(mut self, bytes: usize) -> Self {
        self.maximum_batch_bytes = bytes;
        self
    }

    /// Sets the time to wait for more records, while a batch is not full: zero by default.
    ///
    /// # Panics
    ///
    /// Panics if it is longer than 300 seconds.
    #[track_caller]
    pub fn maximum_batching_window(mut self, window: Duration) -> Self {
        assert!(window <= Duration::from_secs(300), "a batching window has up to 300 seconds");
        self.maximum_batching_window = window;
        self
    }

    /// Sets the number of batches of a shard that are handled concurrently: 1 by default. The
    /// records of one item are in one of them.
    ///
    /// # Panics
    ///
    /// Panics unless it is from 1 to 10.
    #[track_caller]
    pub fn parallelization_factor(mut self, factor: usize) -> Self {
        assert!((1..=10).contains(&factor), "a parallelization factor is from 1 to 10");
        self.parallelization_factor = factor;
        self
    }

    /// Sets the number of retries after which a batch is given up. By default there is no limit.
    ///
    /// # Panics
    ///
    /// Panics if it is above 10,000.
    #[track_caller]
    pub fn maximum_retry_attempts(mut self, retries: u32) -> Self {
        assert!(retries <= 10_000, "there are up to 10,000 retries");
        self.maximum_retry_attempts = Some(retries);
        self
    }

    /// Sets the age from which on a record is given up. By default, records are retried until the
    /// stream drops them after 24 hours.
    ///
    /// # Panics
    ///
    /// Panics unless it is from 60 to 604,800 seconds.
    #[track_caller]
    pub fn maximum_record_age(mut self, age: Duration) -> Self {
        let allowed = Duration::from_secs(60)..=Duration::from_secs(604_800);
        assert!(allowed.contains(&age), "a maximum record age is from 60 to 604,800 seconds");
        self.maximum_record_age = Some(age);
        self
    }

    /// Splits a failed batch, which counts no retry: at the record that a partial response names,
    /// or else in half.
    pub fn bisect_batch_on_function_error(mut self) -> Self {
        self.bisects = true;
        self
    }

    /// Reads the response of the function, as the function response type `ReportBatchItemFailures`
    /// does. Without it, every response is a success.
    pub fn report_batch_item_failures(mut self) -> Self {
        self.reports_batch_item_failures = true;
        self
    }

    /// Sets the length of tumbling windows, for a function that answers with a
    /// [`WindowResponse`](crate::WindowResponse).
    ///
    /// # Panics
    ///
    /// Panics unless it is from 1 to 900 whole seconds.
    #[track_caller]
    pub fn tumbling_window(mut self, length: Duration) -> Self {
        let is_whole = length.subsec_nanos() == 0 && (1..=900).contains(&length.as_secs());
        assert!(is_whole, "a tumbling window has 1 to 900 whole seconds");
        self.tumbling_window = Some(length);
        self
    }

    /// Sets the filters. Records that match none of them count as consumed.
    pub fn filters(mut self, filters: Filters) -> Self {
        self.filters = Some(filters);
        self
    }

    /// Sets the destination of batches that are given up. Without one, they are lost.
    pub fn on_failure(mut self, destination: OnFailure) -> Self {
        self.on_failure = Some(destination);
        self
    }

    /// Sets the timeout of the function, after which the invocation has failed: 15 minutes by
    /// default, the longest one.
    pub fn function_timeout(mut self, timeout: Duration) -> Self {
        self.function_timeout = timeout;
        self
    }

    /// Sets the time at which the mapping starts. Records that are created later arrive while it
    /// runs. By default, all records are in the stream when it starts.
    pub fn starts_at(mut self, time: SystemTime) -> Self {
        self.starts_at = Some(time);
        self
    }

    /// Stops the mapping after this time. By default, it runs until each record is handled or given
    /// up.
    pub fn stops_after(mut self, time: Duration) -> Self {
        self.stops_after = Some(time);
        self
    }

    /// Sets the list that the handler adds to, for the assertions of the report.
    pub fn handled(mut self, handled: &Handled) -> Self {
        self.handled = Some(handled.clone());
        self
    }

    /// Sets the behaviour that the documentation does not describe.
    pub fn undocumented(mut self, undocumented: Undocumented) -> Self {
        self.undocumented = undocumented;
        self
    }

    /// Invokes a handler with the records, for example with a
    /// [`StreamEvent`](crate::StreamEvent).
    ///
    /// An invocation has failed if the payload does not deserialize as an `E`, if the handler
    /// returns an error, panics or runs into the [timeout](Self::function_timeout). With several
    /// shards, or a [parallelization factor](Self::parallelization_factor), the handler is called
    /// again before earlier calls finish.
    ///
    /// # Panics
    ///
    /// Panics if a record cannot be written, as [`EventBuilder`](crate::testing::EventBuilder)
    /// does, or has no sequence number, if the parents of the shards form a circle, and with both
    /// tumbling windows and a parallelization factor. Needs the clock of a `tokio` runtime.
    pub async fn run<E, R, F>(
        &self,
        shards: impl Into<Shards>,
        handler: impl AsyncFn(E) -> Result<R, F>,
    ) -> MappingReport
    where
        E: DeserializeOwned,
        R: Serialize,
    {
        self.run_function(shards, async |payload| {
            let event = serde_json::from_str(&payload).map_err(|_| InvokeError::Function)?;
            let response = handler(event).await.map_err(|_| InvokeError::Function)?;
            serde_json::to_string(&response).map_err(|_| InvokeError::Function)
        })
        .await
    }

    /// Invokes a function with the JSON text of each payload, and takes the JSON text of its
    /// response. The function may run behind a Runtime API.
    ///
    /// On a paused clock, waiting for another process takes no time, so that the
    /// [timeout](Self::function_timeout) is over at once.
    ///
    /// # Panics
    ///
    /// As [`run`](Self::run), but for the events.
    pub async fn run_function(
        &self,
        shards: impl Into<Shards>,
        function: impl AsyncFn(String) -> Response,
    ) -> MappingReport {
        assert!(
            self.tumbling_window.is_none() || self.parallelization_factor == 1,
            "tumbling windows are simulated without a parallelization factor"
        );
        let (shards, records) = self.read(&shards.into());
        let newest = shards.iter().flat_map(|shard| &shard.records).map(|it| it.created_at).max();
        let date = self.starts_at.or(newest).unwrap_or(SystemTime::UNIX_EPOCH);
        let report = RefCell::new(MappingReport {
            invocations: Vec::new(),
            failures: Vec::new(),
            records,
            handled: self.handled.clone(),
        });
        let poller = Poller {
            mapping: self,
            clock: Clock::start_at(date),
            invoke: &|payload| Box::pin(function(payload)),
            report: &report,
        };
        match self.stops_after {
            None => poller.run(shards).await,
            // The report says what has been done until then.
            Some(time) => {
                let _is_stopped = tokio::time::timeout(time, poller.run(shards)).await;
            }
        }
        report.into_inner()
    }

    /// The records that the filters pass, and the state of all records.
    #[track_caller]
    fn read(&self, shards: &Shards) -> (Vec<PolledShard>, Vec<RecordState>) {
        let mut states = Vec::new();
        let mut polled = Vec::new();
        for shard in shards.write() {
            let mut records = Vec::new();
            for record in shard.records {
                let is_passed = self.filters.as_ref().is_none_or(|it| it.matches(&record.json));
                let index = states.len();
                states.push(RecordState {
                    shard_id: shard.id.clone(),
                    number: record.number.clone(),
                    key: record.key.clone(),
                    fate: if is_passed { Fate::Unread } else { Fate::Filtered },
                });
                if is_passed {
                    records.push(Rc::new(PolledRecord {
                        index,
                        text: record.json.to_string().into(),
                        number: record.number,
                        created_at: record.created_at,
                        stream_arn: record.stream_arn,
                        key: record.key,
                    }));
                }
            }
            polled.push(PolledShard { id: shard.id, parent: shard.parent, records });
        }
        (polled, states)
    }
}
