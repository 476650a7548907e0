//! One record after the other.

use crate::event::batch::attempt::{Failure, RecordName, handle};
use crate::event::batch::response::{BatchResponse, respond};
use crate::event::batch::{Error, Outcome};
use crate::event::change::StreamRecord;
use crate::event::error::RecordError;

pub(super) async fn process<T, O, R, P, H>(
    records: Vec<Outcome<T, O>>,
    handle_poison: P,
    mut handler: H,
) -> Result<R, Error>
where
    R: BatchResponse,
    P: AsyncFn(RecordError) -> Result<(), Failure>,
    H: AsyncFnMut(StreamRecord<T, O>) -> Result<(), Error>,
{
    for record in records {
        let attempted = match record {
            Ok(record) => {
                handle(RecordName::of(&record.meta), async { handler(record).await }).await
            }
            Err(error) => handle_poison(error).await,
        };
        if let Err(failure) = attempted {
            return respond(vec![failure]);
        }
    }
    Ok(R::default())
}
