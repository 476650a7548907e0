use ddb_core::{FromStreamImage, StreamEvent};

type Error = Box<dyn std::error::Error + Send + Sync>;

#[derive(FromStreamImage)]
struct Order {
    id: u64,
}

async fn handle(event: StreamEvent<Order>) -> Result<(), Error> {
    event.process(|_record| Ok(())).await?;
    Ok(())
}

fn main() {}
