/// Who delivered a payload, which decides how failures are reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Delivery {
    /// An event source mapping, with the `Records` envelope: it takes sequence numbers, see
    /// [Reporting batch item failures](https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html).
    EventSourceMapping,
    /// EventBridge Pipes, with an array of records: it takes event ids, see
    /// [Batching and concurrency](https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-batching-concurrency.html).
    Pipe,
}
