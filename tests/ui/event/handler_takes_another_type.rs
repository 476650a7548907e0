use ddb_core::{FromStreamImage, StreamEvent, StreamRecord};

type Error = Box<dyn std::error::Error + Send + Sync>;

#[derive(FromStreamImage)]
struct Order {
    id: u64,
}

#[derive(FromStreamImage)]
struct Customer {
    id: u64,
}

async fn ship(_record: StreamRecord<Customer>) -> Result<(), Error> {
    Ok(())
}

async fn handle(event: StreamEvent<Order>) -> Result<(), Error> {
    event.process(ship).await?;
    Ok(())
}

fn main() {}
