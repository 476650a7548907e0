#[derive(IntoItem)]
#[ddb(key(PK = "CUSTOMER#{customer}", SK = "ORDER#{id:06}"), index_key(GSI1PK = "{status}"))]
pub struct Order {
    customer: String,
    id: u32,
    status: Option<Status>,
    total: f64,
    #[ddb(set)]
    tags: Vec<String>,
    #[ddb(from_str, null)]
    address: Option<IpAddr>,
    #[ddb(default, skip_if = Vec::is_empty)]
    lines: Vec<Line>,
    #[ddb(flatten)]
    stamp: Stamp,
    #[ddb(rest)]
    rest: Item,
}
