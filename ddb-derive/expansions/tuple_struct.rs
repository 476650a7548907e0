#[derive(FromAttribute)]
struct Position(f64, #[ddb(from_str)] Accuracy);
