// A field whose type cannot be written, or not in this way.
use ddb_core::{FromAttribute, FromStreamImage, IntoItem};

struct Foreign;

#[derive(FromAttribute)]
struct OnlyRead {
    id: u64,
}

#[derive(IntoItem)]
struct Order {
    foreign: Foreign,
    list: Vec<Foreign>,
    only_read: OnlyRead,
    #[ddb(flatten)]
    flattened: OnlyRead,
    #[ddb(set)]
    set: String,
    #[ddb(from_str)]
    text: Foreign,
    #[ddb(unix_time)]
    time: u64,
    #[ddb(bytes)]
    bytes: Foreign,
    #[ddb(serde)]
    serde: Foreign,
    #[ddb(try_from = u64)]
    converted: Foreign,
    #[ddb(skip_if = Vec::is_empty)]
    skipped: String,
}

#[derive(IntoItem)]
#[ddb(tag = "Type")]
enum Entity {
    Order(OnlyRead),
}

#[derive(FromStreamImage, IntoItem)]
#[ddb(strict, key(PK = "ORDER#{id}"))]
struct Keyed {
    id: Text,
}

struct Text;

impl std::str::FromStr for Text {
    type Err = std::num::ParseIntError;

    fn from_str(_: &str) -> Result<Self, Self::Err> {
        Ok(Self)
    }
}

fn main() {}
