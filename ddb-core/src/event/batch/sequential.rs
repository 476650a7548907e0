//! One record after the other.

use crate::event::batch::attempt::attempt;
use crate::event::batch::response::{BatchResponse, respond};
use crate::event::batch::{Batch, Error};
use crate::event::change::StreamRecord;
use crate::event::error::RecordError;

pub(super) async fn process<T, O, R, Q, H>(batch: Batch<T, O, R, Q>, mut handler: H) -> Result<R, Error>
where
    R: BatchResponse,
    Q: AsyncFn(RecordError) -> Result<(), Error>,
    H: AsyncFnMut(StreamRecord<T, O>) -> Result<(), Error>,
{
    let mut records = batch.records.into_iter();
    while let Some(record) = records.next() {
        if let Err(failure) = attempt(record, &mut handler, &batch.quarantine).await {
            return respond(vec![failure], records);
        }
    }
    Ok(R::default())
}
