#[derive(FromAttribute)]
#[ddb(transparent)]
struct CustomerId(u64);
