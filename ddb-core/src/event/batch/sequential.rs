//! One record after the other.

use crate::event::batch::attempt::{RecordName, handle, keep};
use crate::event::batch::response::{BatchResponse, respond};
use crate::event::batch::{Batch, Error, Quarantine};
use crate::event::change::StreamRecord;

pub(super) async fn process<T, O, R, Q, H>(batch: Batch<T, O, R, Q>, mut handler: H) -> Result<R, Error>
where
    R: BatchResponse,
    Q: Quarantine,
    H: AsyncFnMut(StreamRecord<T, O>) -> Result<(), Error>,
{
    let Batch { records, quarantine, .. } = batch;
    for record in records {
        let attempted = match record {
            Ok(record) => handle(RecordName::of(&record.meta), async { handler(record).await }).await,
            Err(error) => keep(error, &quarantine).await,
        };
        if let Err(failure) = attempted {
            return respond(vec![failure]);
        }
    }
    Ok(R::default())
}
