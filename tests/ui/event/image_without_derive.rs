use ddb_core::StreamEvent;

struct Order {
    id: u64,
}

fn main() {
    let _ = StreamEvent::<Order>::from_slice(b"[]");
    let _: StreamEvent<Order> = serde_json::from_str("[]").unwrap();
}
