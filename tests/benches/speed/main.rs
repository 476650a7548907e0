//! Measures the times beside those of the alternatives, after checking that all of them give the
//! same results. Prints the times, and the ratios that have a goal.
//!
//! ```text
//! cargo bench -p ddb-benches --bench speed
//! cargo bench -p ddb-benches --bench speed -- --chart speed.svg
//! ```
//!
//! The second command also draws the times. Cargo runs it in the folder of this package, where the
//! README's chart is.

mod chart;
mod export;

use std::error::Error;
use std::fmt::Debug;
use std::path::PathBuf;

use ddb_benches::contenders::{
    Changes, collect_changes, decode, decode_by_event, from_image, from_image_ref, from_item,
    from_json, into_item, map_event, skip, to_item,
};
use ddb_benches::measure::{Contender, Measured, median, race};
use ddb_benches::row::{Goal, Row, print_rows};
use ddb_benches::{
    ByHand, ByKey, Embedding, KeyedOrder, Order, Sample, TagFirst, TagLast, Wide, embedding_image,
    entity_image, item, keyed_image, order_image, payload, sample_image, wide_image,
};
use ddb_core::{AttributeValue, FromStreamImage, IntoItem, Item, StreamEvent};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    // Cargo adds `--bench`.
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let chart = match arguments.as_slice() {
        [] => None,
        [flag, file] if flag == "--chart" => Some(PathBuf::from(file)),
        _ => {
            return Err(format!(
                "unknown arguments {arguments:?}, expected none or `--chart FILE`"
            )
            .into());
        }
    };
    let Round { panels, rows } = combine(&[(); ROUNDS].map(|()| measure_round()));

    for (title, measured) in &panels {
        println!("\n{title}");
        for contender in measured {
            println!("  {:52} {}", contender.name, contender.format_time());
        }
    }
    if let Some(file) = chart {
        chart::draw(&file, &panels)?;
        println!("\n{}", file.display());
    }
    Ok(print_rows(&rows)?)
}

/// The number of rounds. The median over all rounds ignores a round during which another process
/// uses the processor.
const ROUNDS: usize = 5;

type Panel = (&'static str, Vec<Measured>);

#[derive(Clone)]
struct Round {
    panels: Vec<Panel>,
    rows: Vec<Row>,
}

fn measure_round() -> Round {
    let mut rows = Vec::new();
    let sample = measure_sample(&mut rows);
    measure_cold(&mut rows);
    let order = measure_order(&mut rows);
    let batch = measure_batch(&mut rows);
    measure_largest(&mut rows);
    let wide = measure_wide(&mut rows);
    let embedding = measure_embedding(&mut rows);
    let entities = measure_entities(&mut rows);
    measure_poison(&mut rows);
    let written = measure_written(&mut rows);
    let exported = export::measure_export(&mut rows);
    let scale = measure_scale();
    let panels = vec![sample, order, batch, wide, embedding, entities, scale, written, exported];
    Round { panels, rows }
}

/// Returns the median over the rounds of each time and of each ratio.
fn combine(rounds: &[Round]) -> Round {
    let median_of =
        |of: &dyn Fn(&Round) -> f64| median(&mut rounds.iter().map(of).collect::<Vec<f64>>());
    let mut combined = rounds.first().expect("a round").clone();
    for (index, row) in combined.rows.iter_mut().enumerate() {
        row.ratio = median_of(&|round| round.rows[index].ratio);
    }
    for (index, (_, panel)) in combined.panels.iter_mut().enumerate() {
        for (place, contender) in panel.iter_mut().enumerate() {
            contender.nanoseconds = median_of(&|round| round.panels[index].1[place].nanoseconds);
        }
    }
    combined
}

fn measure_sample(rows: &mut Vec<Row>) -> Panel {
    let items: Vec<Item> = (0..200).map(|id| item(sample_image(id))).collect();
    let texts: Vec<String> = (0..200).map(|id| sample_image(id).to_string()).collect();
    for (image, text) in items.iter().zip(&texts) {
        let sample = from_image_ref::<Sample>(image);
        assert_eq!(sample, ByHand::from(image.clone()).0);
        assert_eq!(sample, Sample::from(image.clone()));
        assert_eq!(sample, from_image(image.clone()));
        assert_eq!(sample, from_item(image.clone()));
        assert_eq!(sample, from_json(text.as_bytes()));
    }
    let measured = race(
        301,
        [
            Contender::converts("ddb-core, into()", &items, Sample::from),
            Contender::converts("ddb-core, from_image", &items, from_image::<Sample>),
            Contender::reads("ddb-core, from_image_ref", &items, from_image_ref::<Sample>),
            Contender::reads("ddb-core, from_json", &texts, |text| {
                Sample::from_json(text.as_bytes())
            }),
            Contender::converts("by hand, cloning", &items, ByHand::from),
            Contender::converts("serde_dynamo::from_item", &items, from_item::<Sample>),
            Contender::converts("floor: dropping the item", &items, drop),
        ],
    );
    let [into, ours, _, _, by_hand, from_item, _] = measured;
    rows.push(Row::faster(
        "S from an item, against from_item",
        ours,
        from_item,
        Goal { bound: 2.3, aim: 3.5 },
    ));
    rows.push(Row::faster(
        "S from an item by into(), against by hand",
        into,
        by_hand,
        Goal { bound: 1.4, aim: 2.0 },
    ));
    ("S: an image of 3 attributes to a struct", measured.to_vec())
}

fn measure_cold(rows: &mut Vec<Row>) {
    let items: Vec<Item> = (0..2000).map(|id| item(sample_image(id))).collect();
    let [ours, dropping] = race(
        21,
        [
            Contender::converts_cold("ddb-core, from_image", &items, from_image::<Sample>),
            Contender::converts_cold("floor: dropping the item", &items, drop),
        ],
    );
    let goal = Goal { bound: 1.25, aim: 1.05 };
    rows.push(Row::at_most("S from 2,000 cold items, against dropping them", ours, dropping, goal));
}

fn measure_order(rows: &mut Vec<Row>) -> Panel {
    let items: Vec<Item> = (0..200).map(|id| item(order_image(id))).collect();
    let texts: Vec<String> = (0..200).map(|id| order_image(id).to_string()).collect();
    for (image, text) in items.iter().zip(&texts) {
        let order = from_image_ref::<Order>(image);
        assert_eq!(order, from_image(image.clone()));
        assert_eq!(order, from_item(image.clone()));
        assert_eq!(order, from_json(text.as_bytes()));
    }
    let measured = race(
        101,
        [
            Contender::converts("ddb-core, from_image", &items, from_image::<Order>),
            Contender::reads("ddb-core, from_image_ref", &items, from_image_ref::<Order>),
            Contender::reads("ddb-core, from_json", &texts, |text| {
                Order::from_json(text.as_bytes())
            }),
            Contender::converts("serde_dynamo::from_item", &items, from_item::<Order>),
            Contender::reads("a clone and serde_dynamo::from_item", &items, |image| {
                from_item::<Order>(image.clone())
            }),
            Contender::converts("floor: dropping the item", &items, drop),
        ],
    );
    let [ours, by_reference, _, from_item, cloned, _] = measured;
    rows.push(Row::faster(
        "O from an item, against from_item",
        ours,
        from_item,
        Goal { bound: 1.35, aim: 2.0 },
    ));
    let goal = Goal { bound: 2.4, aim: 3.5 };
    rows.push(Row::faster(
        "O by reference, against a clone and from_item",
        by_reference,
        cloned,
        goal,
    ));
    ("O: an image of 20 attributes to a struct", measured.to_vec())
}

fn measure_batch(rows: &mut Vec<Row>) -> Panel {
    let payloads = [payload(100, order_image, 0)];
    let changes = [decode::<Order>(&payloads[0])];
    assert_eq!(changes[0], decode_by_event(&payloads[0]));
    assert_eq!(changes[0], decode_as_lambda(&payloads[0]));
    assert_eq!(changes[0], decode_by_event_as_lambda(&payloads[0]));
    let measured = race(
        61,
        [
            Contender::reads("ddb-core, StreamEvent", &payloads, |payload| {
                decode::<Order>(payload)
            }),
            Contender::reads("ddb-core, as lambda_runtime deserializes", &payloads, |payload| {
                decode_as_lambda::<Order>(payload)
            }),
            Contender::reads("Event and from_item", &payloads, |payload| {
                decode_by_event::<Order>(payload)
            }),
            Contender::reads(
                "Event and from_item, as lambda_runtime deserializes",
                &payloads,
                |payload| decode_by_event_as_lambda::<Order>(payload),
            ),
            Contender::completes("ddb-core, StreamEvent, and dropping it", &payloads, |payload| {
                decode::<Order>(payload)
            }),
            Contender::completes(
                "floor: skipping it, cloning and dropping the structs",
                &payloads,
                |payload| (skip(payload), changes[0].clone()),
            ),
        ],
    );
    let [ours, ours_as_lambda, event, event_as_lambda, dropped, floor] = measured;
    rows.push(Row::faster(
        "O, 100 records, against Event and from_item",
        ours,
        event,
        Goal { bound: 5.0, aim: 7.0 },
    ));
    let goal = Goal { bound: 4.2, aim: 6.0 };
    rows.push(Row::faster(
        "O, 100 records, as lambda_runtime deserializes",
        ours_as_lambda,
        event_as_lambda,
        goal,
    ));
    let goal = Goal { bound: 1.75, aim: 1.25 };
    rows.push(Row::at_most("O, 100 records, against skipping and cloning", dropped, floor, goal));
    ("O: a payload of 100 records, both images, to structs", measured.to_vec())
}

/// The largest payload of an invocation, 6 MB. At this size, both contenders also spend time on
/// fresh memory pages and on giving them back.
fn measure_largest(rows: &mut Vec<Row>) {
    let payloads = [payload(2300, order_image, 0)];
    assert_eq!(decode::<Order>(&payloads[0]), decode_by_event(&payloads[0]));
    let [ours, event] = race(
        7,
        [
            Contender::completes("ddb-core, StreamEvent", &payloads, |payload| {
                decode::<Order>(payload)
            }),
            Contender::completes("Event and from_item", &payloads, |payload| {
                decode_by_event::<Order>(payload)
            }),
        ],
    );
    let goal = Goal { bound: 4.0, aim: 5.0 };
    rows.push(Row::faster("O, 2,300 records, against Event and from_item", ours, event, goal));
}

fn measure_wide(rows: &mut Vec<Row>) -> Panel {
    let measured = race_payload::<Wide>(payload(100, wide_image, 0));
    let [ours, event, _] = measured;
    let goal = Goal { bound: 8.0, aim: 12.0 };
    rows.push(Row::faster("W, 100 records, against Event and from_item", ours, event, goal));
    ("W: the same of 60 attributes, of which 5 are mapped", measured.to_vec())
}

fn measure_embedding(rows: &mut Vec<Row>) -> Panel {
    let measured = race_payload::<Embedding>(payload(10, embedding_image, 0));
    let [ours, event, _] = measured;
    let goal = Goal { bound: 4.0, aim: 6.0 };
    rows.push(Row::faster("E, 10 records, against Event and from_item", ours, event, goal));
    ("E: a payload of 10 records with 1,536 floats in each image", measured.to_vec())
}

fn measure_entities(rows: &mut Vec<Row>) -> Panel {
    let payloads = [payload(100, entity_image, 0)];
    let orders = decode::<Order>(&payloads[0]);
    let first = decode::<TagFirst>(&payloads[0]);
    assert_eq!(first, decode_by_event(&payloads[0]));
    assert_eq!(first, both(&orders, TagFirst::Order));
    assert_eq!(decode::<TagLast>(&payloads[0]), both(&orders, TagLast::Order));
    let measured = race(
        61,
        [
            Contender::reads("ddb-core, one struct", &payloads, |payload| {
                StreamEvent::<Order>::from_slice(payload)
            }),
            Contender::reads("ddb-core, an enum, tag first", &payloads, |payload| {
                StreamEvent::<TagFirst>::from_slice(payload)
            }),
            Contender::reads("ddb-core, an enum, tag last", &payloads, |payload| {
                StreamEvent::<TagLast>::from_slice(payload)
            }),
            Contender::reads("Event and from_item, serde's tag", &payloads, |payload| {
                decode_by_event::<TagFirst>(payload)
            }),
        ],
    );
    let [order, first, last, event] = measured;
    let goal = Goal { bound: 1.1, aim: 1.0 };
    rows.push(Row::at_most("T, 100 records, tag first, against O", first, order, goal));
    let goal = Goal { bound: 1.4, aim: 1.25 };
    rows.push(Row::at_most("T, 100 records, tag last, against O", last, order, goal));
    let goal = Goal { bound: 5.0, aim: 7.0 };
    rows.push(Row::faster("T, 100 records, against Event and from_item", first, event, goal));
    measure_keys(rows);
    ("T: a payload of 100 records of an enum of four structs", measured.to_vec())
}

fn measure_keys(rows: &mut Vec<Row>) {
    let payloads = [payload(100, keyed_image, 0)];
    let orders = decode::<KeyedOrder>(&payloads[0]);
    assert_eq!(decode::<ByKey>(&payloads[0]), both(&orders, ByKey::Order));
    let [order, by_key] = race(
        61,
        [
            Contender::reads("one struct", &payloads, |payload| {
                StreamEvent::<KeyedOrder>::from_slice(payload)
            }),
            Contender::reads("an enum, by key", &payloads, |payload| {
                StreamEvent::<ByKey>::from_slice(payload)
            }),
        ],
    );
    let goal = Goal { bound: 1.15, aim: 1.05 };
    rows.push(Row::at_most("K, 100 records, by key, against one struct", by_key, order, goal));
}

fn both<T: Clone, U>(changes: &Changes<T>, wrap: fn(T) -> U) -> Changes<U> {
    changes.iter().map(|(old, new)| (wrap(old.clone()), wrap(new.clone()))).collect()
}

/// Decodes a payload with both crates, and skips it.
fn race_payload<T>(payload: Vec<u8>) -> [Measured; 3]
where
    T: FromStreamImage + DeserializeOwned + PartialEq + Debug,
{
    let payloads = [payload];
    assert_eq!(decode::<T>(&payloads[0]), decode_by_event(&payloads[0]));
    race(
        31,
        [
            Contender::reads("ddb-core, StreamEvent", &payloads, |payload| decode::<T>(payload)),
            Contender::reads("Event and from_item", &payloads, |payload| {
                decode_by_event::<T>(payload)
            }),
            Contender::reads("floor: serde_json skipping it", &payloads, |payload| skip(payload)),
        ],
    )
}

fn measure_poison(rows: &mut Vec<Row>) {
    let clean = [payload(1000, order_image, 0)];
    let poisoned = [payload(1000, order_image, 1)];
    let read = |payload: &Vec<u8>| StreamEvent::<Order>::from_slice(payload).expect("an event");
    assert_eq!(read(&poisoned[0]).records.iter().filter(|record| record.is_err()).count(), 10);
    let [ours, without] = race(
        15,
        [Contender::reads("1 % poisoned", &poisoned, read), Contender::reads("none", &clean, read)],
    );
    rows.push(Row::at_most(
        "1 % poisoned, against none",
        ours,
        without,
        Goal { bound: 1.05, aim: 1.0 },
    ));
}

fn measure_written(rows: &mut Vec<Row>) -> Panel {
    let [sample, sample_by_serde] = race_written::<Sample>(
        ["S: ddb-core, into_item", "S: serde_dynamo::to_item"],
        sample_image,
        200,
    );
    let [order, order_by_serde] = race_written::<Order>(
        ["O: ddb-core, into_item", "O: serde_dynamo::to_item"],
        order_image,
        200,
    );
    let [embedding, embedding_by_serde] = race_written::<Embedding>(
        ["E: ddb-core, into_item", "E: serde_dynamo::to_item"],
        embedding_image,
        10,
    );
    let goal = Goal { bound: 1.3, aim: 2.0 };
    rows.push(Row::faster("S to an item, against to_item", sample, sample_by_serde, goal));
    let goal = Goal { bound: 1.6, aim: 2.5 };
    rows.push(Row::faster("O to an item, against to_item", order, order_by_serde, goal));
    let goal = Goal { bound: 1.2, aim: 2.0 };
    rows.push(Row::faster("E to an item, against to_item", embedding, embedding_by_serde, goal));
    let measured =
        vec![sample, sample_by_serde, order, order_by_serde, embedding, embedding_by_serde];
    ("a struct to an item: S, O, and E with 1,536 floats", measured)
}

/// Writes the structs of these images with both crates.
fn race_written<T>(names: [&'static str; 2], image: fn(u32) -> Value, count: u32) -> [Measured; 2]
where
    T: FromStreamImage + IntoItem + Serialize + Clone,
{
    let values: Vec<T> = (0..count).map(|id| from_image(item(image(id)))).collect();
    for value in &values {
        assert_eq!(into_item(value.clone()), sort_sets(to_item(value)));
    }
    let [ours, theirs] = names;
    race(
        101,
        [
            Contender::converts(ours, &values, into_item::<T>),
            Contender::converts(theirs, &values, to_item::<T>),
        ],
    )
}

/// Sorts the sets, which `serde_dynamo` writes in the order of the hash set.
fn sort_sets(mut item: Item) -> Item {
    for value in item.inner_mut().values_mut() {
        if let AttributeValue::Ss(elements) = value {
            elements.sort_unstable();
        }
    }
    item
}

/// Measures the time per record in batches of every size. A batch of one is repeated, because the
/// clock is too coarse for a single record.
fn measure_scale() -> Panel {
    let [one, hundred, thousand, most] =
        [1, 100, 1000, 10_000].map(|count| payload(count, sample_image, 0));
    for payload in [&one, &hundred, &thousand, &most] {
        assert_eq!(decode::<Sample>(payload), decode_by_event(payload));
        assert_eq!(decode::<Sample>(payload), decode_by_hand(payload));
    }
    let (ones, hundreds, thousands, mosts) = (vec![one; 100], [hundred], [thousand], [most]);
    let by_event = decode_by_event::<Sample>;
    let measured = race(
        15,
        [
            Contender::reads("ddb-core, 1 record", &ones, |payload| decode::<Sample>(payload)),
            Contender::reads("ddb-core, one of 100", &hundreds, |payload| {
                decode::<Sample>(payload)
            })
            .of(100.0),
            Contender::reads("ddb-core, one of 1,000", &thousands, |payload| {
                decode::<Sample>(payload)
            })
            .of(1000.0),
            Contender::reads("ddb-core, one of 10,000", &mosts, |payload| {
                decode::<Sample>(payload)
            })
            .of(10_000.0),
            Contender::reads("Event and by hand, one of 100", &hundreds, |payload| {
                decode_by_hand(payload)
            })
            .of(100.0),
            Contender::reads("Event and from_item, 1 record", &ones, |payload| by_event(payload)),
            Contender::reads("Event and from_item, one of 100", &hundreds, |payload| {
                by_event(payload)
            })
            .of(100.0),
            Contender::reads("Event and from_item, one of 1,000", &thousands, |payload| {
                by_event(payload)
            })
            .of(1000.0),
            Contender::reads("Event and from_item, one of 10,000", &mosts, |payload| {
                by_event(payload)
            })
            .of(10_000.0),
        ],
    );
    ("S: a record of a payload, both images, to structs", measured.to_vec())
}

/// Deserializes as `lambda_runtime` does, with path tracking.
fn read_as_lambda<E: DeserializeOwned>(payload: &[u8]) -> E {
    serde_path_to_error::deserialize(&mut serde_json::Deserializer::from_slice(payload))
        .expect("an event")
}

fn decode_as_lambda<T: FromStreamImage>(payload: &[u8]) -> Changes<T> {
    collect_changes(read_as_lambda(payload))
}

fn decode_by_event_as_lambda<T: DeserializeOwned>(payload: &[u8]) -> Changes<T> {
    map_event(read_as_lambda(payload), from_item)
}

/// Decodes with `aws_lambda_events` and the hand-written conversion.
fn decode_by_hand(payload: &[u8]) -> Changes<Sample> {
    map_event(serde_json::from_slice(payload).expect("an event"), |image| ByHand::from(image).0)
}
