//! Counts the instructions of each contender with valgrind. Unlike times, they do not depend on the
//! load of the machine. Dropping a result is counted too.
//!
//! ```text
//! cargo bench -p ddb-benches --bench instructions
//! ```
//!
//! Hash maps have random seeds, so the counts differ slightly from run to run.

use std::env;
use std::error::Error;
use std::hint::black_box;
use std::mem;
use std::process::Command;

use ddb_benches::contenders::{
    decode, decode_by_event, from_image, from_image_ref, from_item, from_json, skip,
};
use ddb_benches::{
    ByHand, Order, Sample, Wide, item, order_image, payload, sample_image, wide_image,
};
use ddb_core::Item;
use serde_json::Value;

/// The number of inputs that each process makes, whether it uses them or not.
const INPUTS: u32 = 200;

/// The name of a contender, and a function that uses the given number of its inputs.
type Contender = (&'static str, fn(usize));

const PANELS: [(&str, &[Contender]); 4] = [
    (
        "S: an image of 3 attributes to a struct",
        &[
            ("ddb-core, into()", |times| use_items(sample_image, times, Sample::from)),
            ("ddb-core, from_image", |times| use_items(sample_image, times, from_image::<Sample>)),
            ("ddb-core, from_image_ref", |times| {
                use_item_refs(sample_image, times, from_image_ref::<Sample>);
            }),
            ("ddb-core, from_json", |times| use_texts(sample_image, times, from_json::<Sample>)),
            ("by hand, cloning", |times| use_items(sample_image, times, ByHand::from)),
            ("serde_dynamo::from_item", |times| {
                use_items(sample_image, times, from_item::<Sample>);
            }),
            ("floor: dropping the item", |times| use_items(sample_image, times, drop)),
        ],
    ),
    (
        "O: an image of 20 attributes to a struct",
        &[
            ("ddb-core, from_image", |times| use_items(order_image, times, from_image::<Order>)),
            ("ddb-core, from_image_ref", |times| {
                use_item_refs(order_image, times, from_image_ref::<Order>);
            }),
            ("ddb-core, from_json", |times| use_texts(order_image, times, from_json::<Order>)),
            ("serde_dynamo::from_item", |times| use_items(order_image, times, from_item::<Order>)),
            ("a clone and serde_dynamo::from_item", |times| {
                use_item_refs(order_image, times, |image| from_item::<Order>(image.clone()));
            }),
            ("floor: dropping the item", |times| use_items(order_image, times, drop)),
        ],
    ),
    (
        "O: a payload of 100 records, both images, to structs",
        &[
            ("ddb-core, StreamEvent", |times| use_payload(order_image, times, decode::<Order>)),
            ("Event and from_item", |times| {
                use_payload(order_image, times, decode_by_event::<Order>);
            }),
            ("floor: serde_json skipping it", |times| use_payload(order_image, times, skip)),
        ],
    ),
    (
        "W: the same of 60 attributes, of which 5 are mapped",
        &[
            ("ddb-core, StreamEvent", |times| use_payload(wide_image, times, decode::<Wide>)),
            ("Event and from_item", |times| {
                use_payload(wide_image, times, decode_by_event::<Wide>);
            }),
            ("floor: serde_json skipping it", |times| use_payload(wide_image, times, skip)),
        ],
    ),
];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> =
        env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [panel, contender, times] = arguments.as_slice() {
        let (_, run) = PANELS[panel.parse::<usize>()?].1[contender.parse::<usize>()?];
        run(times.parse()?);
        return Ok(());
    }
    for (panel, (title, contenders)) in PANELS.iter().enumerate() {
        println!("\n{title}");
        let mut ours = None;
        for (index, (name, _)) in contenders.iter().enumerate() {
            let used = usize::try_from(INPUTS)?;
            let each = (count_instructions(panel, index, used)?
                - count_instructions(panel, index, 0)?)
                / f64::from(INPUTS);
            let ours = *ours.get_or_insert(each);
            println!("  {name:40} {each:12.0} instructions  {:5.2} ×", each / ours);
        }
    }
    Ok(())
}

/// Returns the instructions of a process that uses this many inputs.
fn count_instructions(panel: usize, contender: usize, times: usize) -> Result<f64, Box<dyn Error>> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(env::current_exe()?)
        .args([panel, contender, times].map(|number| number.to_string()))
        .output()
        .map_err(|error| format!("valgrind does not start, install it: {error}"))?;
    let report = String::from_utf8_lossy(&output.stderr);
    let collected = report
        .lines()
        .find_map(|line| line.split_once("Collected : "))
        .ok_or("valgrind has counted nothing")?;
    Ok(collected.1.trim().parse()?)
}

/// Uses the first items by value. The unused ones are leaked, because dropping them would be
/// counted.
fn use_items<R>(image: fn(u32) -> Value, times: usize, run: impl Fn(Item) -> R) {
    let items: Vec<Item> = (0..INPUTS).map(|id| item(image(id))).collect();
    let mut items = items.into_iter();
    for image in items.by_ref().take(times) {
        black_box(run(black_box(image)));
    }
    mem::forget(items);
}

fn use_item_refs<R>(image: fn(u32) -> Value, times: usize, run: impl Fn(&Item) -> R) {
    let items: Vec<Item> = (0..INPUTS).map(|id| item(image(id))).collect();
    for image in items.iter().take(times) {
        black_box(run(black_box(image)));
    }
}

fn use_texts<R>(image: fn(u32) -> Value, times: usize, run: impl Fn(&[u8]) -> R) {
    let texts: Vec<String> = (0..INPUTS).map(|id| image(id).to_string()).collect();
    for text in texts.iter().take(times) {
        black_box(run(black_box(text.as_bytes())));
    }
}

/// Uses the same payload every time.
fn use_payload<R>(image: fn(u32) -> Value, times: usize, run: impl Fn(&[u8]) -> R) {
    let payload = payload(100, image, 0);
    for _ in 0..times {
        black_box(run(black_box(&payload)));
    }
}
