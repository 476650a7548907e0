//! The response to a batch of a tumbling window.

use std::fmt;

use serde_core::ser::{Serialize, SerializeStruct, Serializer};

use crate::event::batch::BatchResponse;

/// The response to a batch of a tumbling window: the batch response with the window's new state.
///
/// With tumbling windows, Lambda counts a response without a state as a failure. Read the state
/// from the event's [`window`](crate::StreamEvent::window) before `process` consumes the event:
///
/// ```
/// use std::collections::BTreeMap;
///
/// use ddb_core::{Change, FromStreamImage, StreamEvent, WindowResponse};
///
/// #[derive(FromStreamImage)]
/// struct Sale {
///     shop: String,
///     pence: u64,
/// }
///
/// type Error = Box<dyn std::error::Error + Send + Sync>;
/// type Takings = BTreeMap<String, u64>;
///
/// async fn add_up(event: StreamEvent<Sale>) -> Result<WindowResponse<Takings>, Error> {
///     let window = event.window.clone().unwrap_or_default();
///     let mut takings: Takings = window.read_state()?;
///     let response = event
///         .process(async |record| {
///             if let Change::Insert { new } = record.change {
///                 *takings.entry(new.shop).or_default() += new.pence;
///             }
///             Ok(())
///         })
///         .await?;
///     Ok(WindowResponse::new(takings, response))
/// }
/// ```
///
/// If a record has failed, the response contains its sequence number beside the state. Update the
/// state only from records that are done. With `concurrency`, records behind the failed one may be
/// done as well; Lambda delivers them again, so that a sum would count them twice.
///
/// `Debug` does not show the state.
#[derive(Clone, PartialEq, Eq)]
pub struct WindowResponse<S> {
    state: S,
    failed: Vec<Option<String>>,
}

impl<S> WindowResponse<S> {
    /// Combines the new state with the response of `process`.
    ///
    /// Lambda accepts up to 1 MB of state for each shard. If the state becomes larger, Lambda ends
    /// the window early, see [`is_terminated_early`](crate::event::Window::is_terminated_early).
    pub fn new(state: S, response: impl BatchResponse) -> Self {
        Self { state, failed: response.into_identifiers() }
    }
}

impl<S> fmt::Debug for WindowResponse<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WindowResponse").field("failed", &self.failed).finish_non_exhaustive()
    }
}

impl<S: Serialize> Serialize for WindowResponse<S> {
    fn serialize<Z: Serializer>(&self, serializer: Z) -> Result<Z::Ok, Z::Error> {
        let mut response = serializer.serialize_struct("WindowResponse", 2)?;
        response.serialize_field("state", &self.state)?;
        response.serialize_field("batchItemFailures", &FailureList(&self.failed))?;
        response.end()
    }
}

struct FailureList<'r>(&'r [Option<String>]);

impl Serialize for FailureList<'_> {
    fn serialize<Z: Serializer>(&self, serializer: Z) -> Result<Z::Ok, Z::Error> {
        serializer.collect_seq(self.0.iter().map(|identifier| FailureEntry(identifier.as_deref())))
    }
}

struct FailureEntry<'r>(Option<&'r str>);

impl Serialize for FailureEntry<'_> {
    fn serialize<Z: Serializer>(&self, serializer: Z) -> Result<Z::Ok, Z::Error> {
        let mut failure = serializer.serialize_struct("Failure", 1)?;
        failure.serialize_field("itemIdentifier", &self.0)?;
        failure.end()
    }
}
