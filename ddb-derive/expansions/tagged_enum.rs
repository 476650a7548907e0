#[derive(FromStreamImage)]
#[ddb(tag = "EntityType")]
enum Entity {
    Customer(Customer),
    #[ddb(prefix = "ORDER#")]
    Order { total: u64 },
    #[ddb(other)]
    Other(Item),
}
