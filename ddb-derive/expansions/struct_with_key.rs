#[derive(FromStreamImage)]
#[ddb(strict, key(PK = "ORDER#{id}#{line:04}"), upgrade_from = LineV1)]
pub struct Line {
    pub id: String,
    pub line: u16,
    pub quantity: u32,
}
