//! The errors of AWS, as one line for an operator.

use aws_sdk_s3::error::{DisplayErrorContext, ProvideErrorMetadata};

/// The code and the message of AWS, or else why there is no answer.
pub fn describe<E>(error: E) -> String
where
    E: ProvideErrorMetadata + std::error::Error,
{
    match (error.code(), error.message()) {
        (Some(code), Some(message)) => format!("{code}: {message}"),
        (Some(code), None) => code.to_owned(),
        _ => {
            let chain = DisplayErrorContext(error).to_string();
            // The rest is the debug output of the error.
            chain.split(" (").next().unwrap_or_default().to_owned()
        }
    }
}
