//! The objects of a bucket.

use std::io::Read;

use aws_sdk_s3::Client;
use aws_sdk_s3::primitives::ByteStream;
use tokio_util::io::SyncIoBridge;

use super::Error;
use crate::aws_error::describe;

/// Opens an object. Reading it blocks.
pub async fn open(
    client: &Client,
    bucket: &str,
    key: &str,
) -> Result<impl Read + Send + use<>, Error> {
    Ok(SyncIoBridge::new(get(client, bucket, key).await?.into_async_read()))
}

/// Requests an object.
pub async fn get(client: &Client, bucket: &str, key: &str) -> Result<ByteStream, Error> {
    let response = client.get_object().bucket(bucket).key(key).send().await;
    match response {
        Ok(object) => Ok(object.body),
        Err(error) => Err(format!("s3://{bucket}/{key}: {}", describe(error)).into()),
    }
}
