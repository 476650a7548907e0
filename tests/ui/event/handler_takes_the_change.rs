use ddb_core::{Change, FromStreamImage, StreamEvent};

type Error = Box<dyn std::error::Error + Send + Sync>;

#[derive(FromStreamImage)]
struct Order {
    id: u64,
}

async fn handle(event: StreamEvent<Order>) -> Result<(), Error> {
    event
        .process(async |change| match change {
            Change::Insert { new } => Ok(()),
            _ => Ok(()),
        })
        .await?;
    Ok(())
}

fn main() {}
