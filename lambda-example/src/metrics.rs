//! The counts of a batch, as metrics of CloudWatch.
//!
//! CloudWatch reads the metrics from a line of the log in its
//! [embedded metric format](https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html).
//! The function calls no service for them, and its role needs no permission.

use std::io::{self, Write as _};
use std::time::{Duration, SystemTime};

use ddb_core::event::BatchCounts;
use lambda_runtime::Context;
use serde::Serialize;

/// The namespace of the metrics, which the alarms of the templates name as well.
const NAMESPACE: &str = "StreamRecords";

/// The only dimension. Each combination of dimensions is a metric of its own, and is billed as one.
const DIMENSION: &str = "FunctionName";

const METRICS: [Metric; 5] = [
    Metric { name: "HandledRecords", unit: "Count" },
    Metric { name: "FailedRecords", unit: "Count" },
    Metric { name: "PoisonedRecords", unit: "Count" },
    Metric { name: "QuarantinedRecords", unit: "Count" },
    // The last one, because it can be absent.
    Metric { name: "OldestRecordAge", unit: "Milliseconds" },
];

/// A line of the log. Its members are those that [`METRICS`] and [`DIMENSION`] name, and the id of
/// the invocation, for queries.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Line<'l> {
    #[serde(rename = "_aws")]
    metadata: Metadata<'l>,
    function_name: &'l str,
    #[serde(rename = "requestId")]
    request_id: &'l str,
    handled_records: usize,
    failed_records: usize,
    poisoned_records: usize,
    quarantined_records: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    oldest_record_age: Option<u64>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Metadata<'l> {
    timestamp: u64,
    cloud_watch_metrics: [MetricDirective<'l>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct MetricDirective<'l> {
    namespace: &'l str,
    dimensions: [[&'l str; 1]; 1],
    metrics: &'l [Metric],
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Metric {
    name: &'static str,
    unit: &'static str,
}

/// Writes the counts of a batch to stdout, as one line.
pub fn write_counts(counts: &BatchCounts, context: &Context) {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    if let Ok(mut line) = serde_json::to_vec(&to_line(counts, context, now)) {
        line.push(b'\n');
        // A line that cannot be written must not fail the batch.
        let _ = io::stdout().lock().write_all(&line);
    }
}

fn to_line<'l>(counts: &BatchCounts, context: &'l Context, since_epoch: Duration) -> Line<'l> {
    let oldest_record_age = counts.oldest_age().map(to_milliseconds);
    // A metric that is defined must have a value.
    let defined = METRICS.len() - usize::from(oldest_record_age.is_none());
    Line {
        metadata: Metadata {
            timestamp: to_milliseconds(since_epoch),
            cloud_watch_metrics: [MetricDirective {
                namespace: NAMESPACE,
                dimensions: [[DIMENSION]],
                metrics: &METRICS[..defined],
            }],
        },
        function_name: &context.env_config.function_name,
        request_id: &context.request_id,
        handled_records: counts.handled(),
        failed_records: counts.failed(),
        poisoned_records: counts.poisoned(),
        quarantined_records: counts.quarantined(),
        oldest_record_age,
    }
}

fn to_milliseconds(duration: Duration) -> u64 {
    duration.as_millis().try_into().unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every metric and every dimension that a line defines has a value in it.
    #[test]
    fn a_line_without_an_age_does_not_define_it() {
        let (counts, context) = (BatchCounts::default(), Context::default());
        let line = to_line(&counts, &context, Duration::from_secs(7));
        let line = serde_json::to_value(line).expect("JSON");
        let directive = &line["_aws"]["CloudWatchMetrics"][0];
        let metrics = directive["Metrics"].as_array().expect("an array");
        let names: Vec<_> = metrics.iter().filter_map(|metric| metric["Name"].as_str()).collect();
        let expected = ["HandledRecords", "FailedRecords", "PoisonedRecords", "QuarantinedRecords"];
        assert_eq!(names, expected);
        assert!(names.iter().all(|name| line[name] == 0), "{line}");
        assert!(line.get("OldestRecordAge").is_none());
        assert_eq!(line["_aws"]["Timestamp"], 7000);
    }
}
