use ddb_core::{FromStreamImage, StreamEvent};

type Error = Box<dyn std::error::Error + Send + Sync>;

#[derive(FromStreamImage)]
struct Order {
    id: u64,
}

async fn handle(event: StreamEvent<Order>) -> Result<u64, Error> {
    let mut count = 0;
    event
        .into_batch()
        .concurrency(8)
        .process(async |_record| {
            count += 1;
            Ok(())
        })
        .await?;
    Ok(count)
}

fn main() {}
