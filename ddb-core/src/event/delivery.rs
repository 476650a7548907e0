/// The service that delivered a payload, which decides how failures are reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Delivery {
    /// An event source mapping. It delivers the `Records` envelope, and failures are reported to it
    /// by sequence number, see
    /// [Reporting batch item failures](https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html).
    EventSourceMapping,
    /// EventBridge Pipes. It delivers an array of records, and failures are reported to it by event
    /// id, see
    /// [Batching and concurrency](https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-batching-concurrency.html).
    Pipe,
}
