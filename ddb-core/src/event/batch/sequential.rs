//! Handles one record at a time, in order.

use crate::event::batch::attempt::{Error, Failure, Handled, Outcome, RecordName};
use crate::event::batch::response::{BatchResponse, respond};
use crate::event::batch::watch::Watch;
use crate::event::delivery::Delivery;
use crate::event::error::RecordError;
use crate::event::record::StreamRecord;

pub(super) async fn process<T, O, R, W, P, H>(
    records: Vec<Outcome<T, O>>,
    delivery: Delivery,
    watch: W,
    handle_poison: P,
    mut handler: H,
) -> Result<R, Error>
where
    R: BatchResponse,
    W: Watch,
    P: AsyncFn(RecordError) -> Result<(), Failure>,
    H: AsyncFnMut(StreamRecord<T, O>) -> Result<(), Error>,
{
    let mut records = records.into_iter();
    while let Some(record) = records.next() {
        let attempted = match record {
            Ok(record) => {
                watch
                    .clone()
                    .handle(RecordName::of(&record.meta), async { Handled(handler(record).await) })
                    .await
            }
            Err(error) => watch.clone().handle_poison(error, &handle_poison).await,
        };
        if let Err(failure) = attempted {
            let not_started = records.as_slice().iter().map(RecordName::of_outcome);
            return respond(delivery, vec![failure], &mut not_started.into_iter());
        }
    }
    Ok(R::default())
}
