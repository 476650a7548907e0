#[derive(IntoItem)]
#[ddb(tag = "EntityType")]
pub enum Entity {
    Customer(Customer),
    #[ddb(rename = "ORDER", key(PK = "ORDER#{id}"))]
    Order { id: u32 },
    Heartbeat,
    #[ddb(other)]
    Other(Item),
}
