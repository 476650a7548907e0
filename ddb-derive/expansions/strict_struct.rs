#[derive(FromStreamImage)]
#[ddb(strict)]
struct Order<T> {
    #[ddb(rename = "Id", alias = "OrderId")]
    id: u64,
    #[ddb(default = 1)]
    version: u32,
    #[ddb(with = money)]
    total: Money,
    #[ddb(flatten)]
    details: T,
    #[ddb(rest)]
    rest: Item,
}
