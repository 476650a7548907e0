#[derive(FromAttribute)]
enum Status {
    Open,
    #[ddb(rename = "DONE", alias = "CLOSED")]
    Done,
    #[ddb(other)]
    Other,
}
