//! The function that is invoked.

use std::time::Duration;

use aws_sdk_lambda::Client;
use aws_sdk_lambda::error::ProvideErrorMetadata as _;
use aws_sdk_lambda::operation::invoke::InvokeOutput;
use aws_sdk_lambda::primitives::Blob;
use tokio::time::sleep;

use super::Error;
use crate::aws_error::describe;

/// The longest time between two attempts.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

pub struct Function {
    pub client: Client,
    pub name: String,
}

impl Function {
    /// Invokes the function and waits for its answer. While Lambda throttles, it tries again.
    pub async fn invoke(&self, payload: &str) -> Result<InvokeOutput, Error> {
        let mut wait = Duration::from_millis(500);
        loop {
            let request = self.client.invoke().function_name(&self.name);
            match request.payload(Blob::new(payload)).send().await {
                Ok(output) => return Ok(output),
                Err(error) if is_throttled(error.code()) => {
                    sleep(wait).await;
                    wait = LONGEST_WAIT.min(wait * 2);
                }
                Err(error) => {
                    return Err(format!("function {}: {}", self.name, describe(error)).into());
                }
            }
        }
    }
}

/// Whether Lambda has refused the invocation for now, see
/// [Errors of Invoke](https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors).
fn is_throttled(code: Option<&str>) -> bool {
    matches!(
        code,
        Some(
            "TooManyRequestsException"
                | "EC2ThrottledException"
                | "ENILimitReachedException"
                | "SnapStartNotReadyException"
                | "ResourceNotReadyException"
        )
    )
}
