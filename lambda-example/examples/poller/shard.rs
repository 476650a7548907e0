//! Reads a shard of a stream.

use aws_sdk_dynamodbstreams::Client;
use aws_sdk_dynamodbstreams::types::ShardIteratorType;
use ddb_core::StreamEvent;
use ddb_core::event::ChangeImage;

type Error = Box<dyn std::error::Error + Send + Sync>;

/// A reader of the first shard of a stream, from its oldest record on.
///
/// The position is lost when the program ends. To continue after a restart, store the sequence
/// number of the last record of each batch.
pub struct ShardReader {
    client: Client,
    stream_arn: String,
    shard_id: String,
    /// The iterator at the next record. `None` behind the last record of a closed shard.
    iterator: Option<String>,
}

impl ShardReader {
    pub async fn start(client: Client, stream_arn: &str) -> Result<Self, Error> {
        let described = client.describe_stream().stream_arn(stream_arn).send().await?;
        let shards = described.stream_description.and_then(|stream| stream.shards);
        let shard_id = shards.into_iter().flatten().find_map(|shard| shard.shard_id);
        let shard_id = shard_id.ok_or("the stream has no shard")?;
        let stream_arn = stream_arn.to_owned();
        let mut reader = Self { client, stream_arn, shard_id, iterator: None };
        reader.iterator = reader.iterator_at(ShardIteratorType::TrimHorizon, None).await?;
        Ok(reader)
    }

    /// Reads the next records. There are none if the reader has caught up with the table.
    ///
    /// A shard can be read up to five times a second, see
    /// [`GetRecords`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetRecords.html).
    pub async fn read<T: ChangeImage>(&mut self) -> Result<StreamEvent<T>, Error> {
        let output =
            self.client.get_records().set_shard_iterator(self.iterator.take()).send().await?;
        self.iterator = output.next_shard_iterator;
        Ok(output.records.unwrap_or_default().into())
    }

    /// Continues at the record with this sequence number.
    pub async fn seek(&mut self, sequence_number: &str) -> Result<(), Error> {
        let at = ShardIteratorType::AtSequenceNumber;
        self.iterator = self.iterator_at(at, Some(sequence_number.to_owned())).await?;
        Ok(())
    }

    async fn iterator_at(
        &self,
        position: ShardIteratorType,
        sequence_number: Option<String>,
    ) -> Result<Option<String>, Error> {
        let request = self.client.get_shard_iterator().stream_arn(&self.stream_arn);
        let request = request.shard_id(&self.shard_id).shard_iterator_type(position);
        let output = request.set_sequence_number(sequence_number).send().await?;
        Ok(output.shard_iterator)
    }
}
