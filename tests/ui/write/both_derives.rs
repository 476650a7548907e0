// A mistake is reported once, although both derives find it.
use ddb_core::{FromStreamImage, IntoItem};

#[derive(FromStreamImage, IntoItem)]
struct Order {
    #[ddb(renam = "Id")]
    id: u64,
    #[ddb(flatten, rename = "Line")]
    line: u8,
}

#[derive(FromStreamImage, IntoItem)]
struct Around {
    id: u64,
    #[ddb(flatten)]
    inner: Inner,
}

#[derive(FromStreamImage, IntoItem)]
struct Inner {
    id: u64,
}

#[derive(FromStreamImage, IntoItem)]
#[ddb(strict, key(PK = "ORDER#{id:04}"))]
struct Padded {
    id: String,
}

fn main() {}
