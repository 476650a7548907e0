//! Items of the AWS SDK for Rust.

use std::collections::HashMap;

use serde_dynamo::{AttributeValue, Item};

use crate::error::{AttributeError, Expected, Found, ImageError, Malformed};
use crate::read::Report;

/// An item as `aws-sdk-dynamodb` returns and takes it.
#[cfg(feature = "aws-sdk-dynamodb")]
pub type SdkItem = HashMap<String, aws_sdk_dynamodb::types::AttributeValue>;

/// Conversion into an item of `aws-sdk-dynamodb`, as its requests take it.
///
/// The way back is [`FromStreamImage::from_sdk_item`](crate::FromStreamImage::from_sdk_item), or
/// `Item::from` for the raw item, which panics if the SDK did not know the type of an attribute.
///
/// ```
/// use aws_sdk_dynamodb::Client;
/// use ddb_core::{FromStreamImage, IntoSdkItem, StreamRecord};
///
/// #[derive(FromStreamImage)]
/// struct Order {
///     id: String,
///     total: u64,
/// }
///
/// type Error = Box<dyn std::error::Error + Send + Sync>;
///
/// /// Returns the order as it is now, which may be newer than the record.
/// async fn current(
///     record: StreamRecord<Order>,
///     client: &Client,
/// ) -> Result<Option<Order>, Error> {
///     let key = record.meta.keys.into_sdk_item();
///     let output = client.get_item().table_name("Orders").set_key(Some(key)).send().await?;
///     Ok(output.item.map(Order::from_sdk_item).transpose()?)
/// }
/// ```
#[cfg(feature = "aws-sdk-dynamodb")]
pub trait IntoSdkItem {
    /// Converts into an item of the SDK.
    fn into_sdk_item(self) -> SdkItem;
}

#[cfg(feature = "aws-sdk-dynamodb")]
impl IntoSdkItem for Item {
    fn into_sdk_item(self) -> SdkItem {
        self.into()
    }
}

/// The attribute value of `aws-sdk-dynamodb` or of `aws-sdk-dynamodbstreams`, which are two types.
pub(crate) trait SdkAttributeValue {
    /// Returns `true` if the SDK knew the attribute type, and those of all values inside.
    fn is_known(&self) -> bool;
}

macro_rules! sdk_attribute_value {
    ($feature:literal, $sdk:ident) => {
        #[cfg(feature = $feature)]
        impl SdkAttributeValue for $sdk::types::AttributeValue {
            fn is_known(&self) -> bool {
                match self {
                    Self::L(elements) => elements.iter().all(Self::is_known),
                    Self::M(entries) => entries.values().all(Self::is_known),
                    value => !value.is_unknown(),
                }
            }
        }
    };
}

sdk_attribute_value!("aws-sdk-dynamodb", aws_sdk_dynamodb);
sdk_attribute_value!("aws-sdk-dynamodbstreams", aws_sdk_dynamodbstreams);

/// Converts an item of the SDK. An attribute that the SDK could not read is an error, because the
/// conversion of `serde_dynamo` panics on it.
pub(crate) fn item_from_sdk<V: SdkAttributeValue>(
    item: HashMap<String, V>,
) -> Result<Item, ImageError>
where
    AttributeValue: From<V>,
{
    const EXPECTED: Expected =
        Expected::rule("an attribute type that this version of the SDK knows");
    let mut report = Report::default();
    for (name, value) in &item {
        if !value.is_known() {
            let found = Found::Malformed(Malformed::UnknownType);
            report.push_at(name, AttributeError::mismatch(EXPECTED, found));
        }
    }
    let is_known = report.is_empty();
    report.finish(is_known.then(|| item.into()))
}
