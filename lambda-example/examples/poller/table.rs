//! A table with a stream, in an embedded DynamoDB behind its HTTP API.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region, SharedHttpClient};
use aws_sdk_dynamodb::types::{
    AttributeDefinition, AttributeValue, BillingMode, KeySchemaElement, KeyType,
    ScalarAttributeType, StreamSpecification, StreamViewType,
};

use ddb_core::{IntoItem, IntoSdkItem as _, SdkItem};
use dynoxide::Database;
use lambda_example::model::SampleModel;
use tokio::net::TcpListener;

type Error = Box<dyn std::error::Error + Send + Sync>;

const TABLE: &str = "Samples";

pub struct Table {
    client: Client,
    pub streams: aws_sdk_dynamodbstreams::Client,
    pub stream_arn: String,
}

impl Table {
    /// Starts the database, which ends with this program, and creates an empty table with the key
    /// `Id` and both images in its stream.
    pub async fn serve() -> Result<Self, Error> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let endpoint = format!("http://{}", listener.local_addr()?);
        tokio::spawn(dynoxide::server::serve_on(listener, Database::memory()?));

        let region = Region::new("eu-central-1");
        let credentials = Credentials::new("key", "secret", None, None, "the embedded DynamoDB");
        // The loopback interface needs no TLS, and a client without it compiles much faster.
        let http: SharedHttpClient = aws_smithy_http_client::Builder::new().build_http();
        let config = aws_sdk_dynamodb::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(region.clone())
            .credentials_provider(credentials.clone())
            .http_client(http.clone())
            .endpoint_url(&endpoint)
            .build();
        let client = Client::from_conf(config);
        let config = aws_sdk_dynamodbstreams::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(region)
            .credentials_provider(credentials)
            .http_client(http)
            .endpoint_url(endpoint)
            .build();
        let streams = aws_sdk_dynamodbstreams::Client::from_conf(config);
        let stream_arn = create_table(&client).await?;
        Ok(Self { client, streams, stream_arn })
    }

    /// Writes two samples and an item that does not fit, changes one sample, and deletes the other.
    pub async fn write_samples(&self) -> Result<(), Error> {
        self.put(greeting(1, "hello")).await?;
        self.put(greeting(2, "gone soon")).await?;
        self.put(Misfit { id: 3, message: [], entity_type: "Greeting" }).await?;
        self.put(greeting(1, "hello again")).await?;
        let request = self.client.delete_item().table_name(TABLE);
        request.key("Id", AttributeValue::N("2".to_owned())).send().await?;
        Ok(())
    }

    async fn put(&self, item: impl IntoItem) -> Result<(), Error> {
        let request = self.client.put_item().table_name(TABLE);
        request.set_item(Some(item.into_item()?.into_sdk_item())).send().await?;
        Ok(())
    }

    /// Returns the item with this key.
    pub async fn get(&self, key: SdkItem) -> Result<Option<SdkItem>, Error> {
        let request = self.client.get_item().table_name(TABLE).set_key(Some(key));
        Ok(Box::pin(request.consistent_read(true).send()).await?.item)
    }
}

fn greeting(id: i32, message: &str) -> SampleModel {
    SampleModel { id, message: message.to_owned(), entity_type: "Greeting".to_owned() }
}

/// An item that no sample is read from.
#[derive(IntoItem)]
#[ddb(rename_all = "PascalCase")]
struct Misfit {
    id: i32,
    message: [&'static str; 0],
    entity_type: &'static str,
}

/// Returns the ARN of the table's stream.
async fn create_table(client: &Client) -> Result<String, Error> {
    let key = KeySchemaElement::builder().attribute_name("Id").key_type(KeyType::Hash).build()?;
    let id = AttributeDefinition::builder()
        .attribute_name("Id")
        .attribute_type(ScalarAttributeType::N)
        .build()?;
    let stream = StreamSpecification::builder()
        .stream_enabled(true)
        .stream_view_type(StreamViewType::NewAndOldImages)
        .build()?;
    let created = client
        .create_table()
        .table_name(TABLE)
        .key_schema(key)
        .attribute_definitions(id)
        .billing_mode(BillingMode::PayPerRequest)
        .stream_specification(stream)
        .send()
        .await?;
    let arn = created.table_description.and_then(|table| table.latest_stream_arn);
    Ok(arn.ok_or("the table has no stream")?)
}
