#[derive(FromAttribute)]
#[ddb(default, deny_unknown)]
struct Settings {
    theme: String,
    #[ddb(flatten)]
    limits: Limits,
}
