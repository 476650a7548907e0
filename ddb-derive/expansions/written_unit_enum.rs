#[derive(IntoAttribute)]
pub enum Status {
    Open,
    #[ddb(rename = "SENT")]
    Shipped,
}
