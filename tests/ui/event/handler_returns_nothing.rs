use ddb_core::{FromStreamImage, StreamEvent};

type Error = Box<dyn std::error::Error + Send + Sync>;

#[derive(FromStreamImage)]
struct Order {
    id: u64,
}

async fn handle(event: StreamEvent<Order>) -> Result<(), Error> {
    event
        .process(async |record| {
            println!("{:?}", record.meta);
        })
        .await?;
    Ok(())
}

fn main() {}
