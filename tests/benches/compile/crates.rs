//! The crates that the benchmark compiles.

use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

pub struct Crate {
    pub name: &'static str,
    pub what: &'static str,
    dependencies: String,
    profile: String,
    file: &'static str,
    source: String,
}

impl Crate {
    /// Writes the crate again, so that cargo compiles it again.
    pub fn write(&self, root: &Path) -> io::Result<()> {
        let manifest = format!(
            "[package]\nname = \"{}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[dependencies]\n{}\n{}\n[workspace]\n",
            self.name, self.dependencies, self.profile
        );
        fs::create_dir_all(root.join("src"))?;
        fs::write(root.join("Cargo.toml"), manifest)?;
        // Every dependency has the version that it has in this workspace.
        fs::write(root.join("Cargo.lock"), include_str!("../../../Cargo.lock"))?;
        fs::write(root.join("src").join(self.file), &self.source)
    }
}

const TYPES: [&str; 10] = [
    "String",
    "i32",
    "u64",
    "f64",
    "bool",
    "Option<String>",
    "Vec<String>",
    "Option<i64>",
    "u8",
    "String",
];

/// 100 structs of 20 fields each, followed by the code that uses each of them. `#` in `with_each`
/// is replaced by the number of the struct.
fn structs(prelude: &str, attributes: &str, with_each: &str) -> String {
    let mut source = prelude.to_owned();
    for index in 0..100 {
        let fields = (0..20)
            .map(|field| format!("pub field_{index}_{field}: {},\n", TYPES[(index + field) % 10]));
        let _ = write!(
            source,
            "{attributes}\npub struct S{index} {{\n{}}}\n",
            fields.collect::<String>()
        );
        source.push_str(&with_each.replace('#', &index.to_string()));
    }
    source
}

pub fn serde(profile: &str) -> Crate {
    Crate {
        name: "with_serde",
        what: "serde's derive and serde_dynamo::from_item",
        dependencies:
            "serde = { version = \"1\", features = [\"derive\"] }\nserde_dynamo = \"4.3\""
                .to_owned(),
        profile: profile.to_owned(),
        file: "lib.rs",
        source: structs(
            "",
            "#[derive(Debug, serde::Deserialize)]\n#[serde(rename_all = \"PascalCase\")]",
            "pub fn convert_#(item: serde_dynamo::Item) -> S# { serde_dynamo::from_item(item).unwrap() }\n",
        ),
    }
}

const DERIVED: &str =
    "#[derive(Debug, ddb_core::FromStreamImage)]\n#[ddb(rename_all = \"PascalCase\")]";
const CONVERT: &str = "pub fn convert_#(item: ddb_core::Item) -> S# { item.into() }\n";

pub fn derived(core: &Path, profile: &str) -> Crate {
    Crate {
        name: "derived",
        what: "the derive, and From<Item>",
        dependencies: format!("ddb-core = {{ path = \"{}\" }}", core.display()),
        profile: profile.to_owned(),
        file: "lib.rs",
        source: structs("", DERIVED, CONVERT),
    }
}

pub fn derived_events(core: &Path, profile: &str) -> Crate {
    let decode = "pub fn decode_#(payload: &[u8]) -> ddb_core::StreamEvent<S#> { ddb_core::StreamEvent::from_slice(payload).unwrap() }\n";
    Crate {
        name: "derived_events",
        what: "the same, and StreamEvent<T>",
        source: structs("", DERIVED, &format!("{CONVERT}{decode}")),
        ..derived(core, profile)
    }
}

/// The same structs, read and written with serde.
pub fn serde_both_ways(profile: &str) -> Crate {
    Crate {
        name: "serde_both_ways",
        what: "serde's two derives, from_item and to_item",
        source: structs(
            "",
            "#[derive(Debug, serde::Deserialize, serde::Serialize)]\n#[serde(rename_all = \"PascalCase\")]",
            "pub fn convert_#(item: serde_dynamo::Item) -> S# { serde_dynamo::from_item(item).unwrap() }
            pub fn write_#(value: S#) -> serde_dynamo::Item { serde_dynamo::to_item(value).unwrap() }\n",
        ),
        ..serde(profile)
    }
}

/// The same structs, read and written.
pub fn derived_both_ways(core: &Path, profile: &str) -> Crate {
    Crate {
        name: "derived_both_ways",
        what: "both derives, From<Item> and into_item",
        source: structs(
            "use ddb_core::IntoItem;\n",
            "#[derive(Debug, ddb_core::FromStreamImage, ddb_core::IntoItem)]\n#[ddb(rename_all = \"PascalCase\")]",
            "pub fn convert_#(item: ddb_core::Item) -> S# { item.into() }
            pub fn write_#(value: S#) -> ddb_core::Item { value.into_item().unwrap() }\n",
        ),
        ..derived(core, profile)
    }
}

/// One struct with this many fields, which is only written.
pub fn written_struct(core: &Path, profile: &str, fields: u32) -> Crate {
    let members = (0..fields).map(|field| format!("pub field_{field}: String,\n"));
    Crate {
        name: "one_written",
        what: "written",
        source: format!(
            "use ddb_core::IntoItem;\n#[derive(Debug, IntoItem)]\npub struct One {{\n{}}}
            pub fn write(one: One) -> ddb_core::Item {{ one.into_item().unwrap() }}\n",
            members.collect::<String>()
        ),
        ..derived(core, profile)
    }
}

/// One struct with this many fields, lossy and strict.
pub fn one_struct(core: &Path, profile: &str, fields: u32) -> [Crate; 2] {
    let krate = |name, what, attributes: &str| {
        let members = (0..fields).map(|field| format!("pub field_{field}: String,\n"));
        let read = "pub fn read(item: ddb_core::Item) -> Result<One, ddb_core::ImageError> {
            ddb_core::FromStreamImage::from_image(item)
        }\n";
        Crate {
            name,
            what,
            source: format!(
                "#[derive(Debug, ddb_core::FromStreamImage)]\n{attributes}\npub struct One {{\n{}}}\n{read}",
                members.collect::<String>()
            ),
            ..derived(core, profile)
        }
    };
    [krate("one_lossy", "lossy", ""), krate("one_strict", "strict", "#[ddb(strict)]")]
}

/// Enums whose variants have these many fields, each enum followed by the code that uses it.
fn enums([enums, variants, fields]: [usize; 3], attributes: &str, with_each: &str) -> String {
    let mut source = String::new();
    for index in 0..enums {
        let variants = (0..variants).map(|variant| {
            let fields = (0..fields).map(|field| {
                let ty = TYPES[(index + variant + field) % 10];
                format!("field_{index}_{variant}_{field}: {ty},\n")
            });
            format!("V{variant} {{\n{}}},\n", fields.collect::<String>())
        });
        let variants = variants.collect::<String>();
        let _ = write!(source, "{attributes}\npub enum E{index} {{\n{variants}}}\n");
        source.push_str(&with_each.replace('#', &index.to_string()));
    }
    source
}

/// 20 enums of 5 variants of 10 fields, with serde's tag.
pub fn serde_enums(profile: &str) -> Crate {
    Crate {
        name: "serde_enums",
        what: "serde's tag and serde_dynamo::from_item",
        source: enums(
            [20, 5, 10],
            "#[derive(Debug, serde::Deserialize)]\n#[serde(tag = \"kind\")]",
            "pub fn convert_#(item: serde_dynamo::Item) -> E# { serde_dynamo::from_item(item).unwrap() }\n",
        ),
        ..serde(profile)
    }
}

/// Enums with a tag.
pub fn derived_enums(
    core: &Path,
    profile: &str,
    name: &'static str,
    what: &'static str,
    counts: [usize; 3],
) -> Crate {
    Crate {
        name,
        what,
        source: enums(
            counts,
            "#[derive(Debug, ddb_core::FromStreamImage)]\n#[ddb(tag = \"kind\")]",
            "pub fn convert_#(item: ddb_core::Item) -> E# { item.try_into().unwrap() }\n",
        ),
        ..derived(core, profile)
    }
}

/// The hand-written conversion of most stream Lambdas.
const MODEL: &str = r#"
use serde_dynamo::{AttributeValue, Item};

#[derive(Debug)]
#[allow(dead_code, reason = "it is printed as a whole")]
pub struct SampleModel { id: i32, message: String, entity_type: String }

impl From<Item> for SampleModel {
    fn from(image: Item) -> Self {
        let text = |name: &str| match image.get(name) {
            Some(AttributeValue::S(text)) => text.clone(),
            _ => String::new(),
        };
        let id = match image.get("Id") {
            Some(AttributeValue::N(number)) => number.parse().unwrap_or(0),
            _ => 0,
        };
        Self { id, message: text("Message"), entity_type: text("EntityType") }
    }
}
"#;

const RUNTIME: &str = "lambda_runtime = { version = \"1.5\", default-features = false }\ntokio = { version = \"1\", features = [\"macros\", \"rt\"] }";

/// The smallest Lambda on `aws_lambda_events`, with the hand-written conversion.
pub fn by_hand(profile: &str) -> Crate {
    let main = r#"
use aws_lambda_events::dynamodb::Event;
use lambda_runtime::{Error, LambdaEvent, run, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    run(service_fn(async |event: LambdaEvent<Event>| {
        for record in event.payload.records {
            let (old, new): (SampleModel, SampleModel) = (record.change.old_image.into(), record.change.new_image.into());
            println!("{old:?} {new:?}");
        }
        Ok::<(), Error>(())
    }))
    .await
}
"#;
    Crate {
        name: "by_hand",
        what: "the smallest, by hand, on aws_lambda_events",
        dependencies: format!(
            "{RUNTIME}\nserde_dynamo = \"4.3\"\naws_lambda_events = {{ version = \"1.2\", default-features = false, features = [\"dynamodb\"] }}"
        ),
        profile: profile.to_owned(),
        file: "main.rs",
        source: format!("{MODEL}{main}"),
    }
}

const LOGGING: &str = "tracing = { version = \"0.1\", default-features = false }\ntracing-subscriber = { version = \"0.3\", default-features = false, features = [\"env-filter\", \"fmt\", \"json\"] }";

/// `lambda-example`'s handler for the types of `aws_lambda_events`, with its logging and the
/// hand-written conversion.
pub fn example_by_hand(profile: &str) -> Crate {
    let small = by_hand(profile);
    let modules = [
        ("model", MODEL),
        ("drop_in", include_str!("../../../lambda-example/src/drop_in.rs")),
        ("logging", include_str!("../../../lambda-example/src/logging.rs")),
    ];
    let main = r#"
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    logging::init_logging();
    lambda_runtime::run(lambda_runtime::service_fn(drop_in::handle_batch)).await
}
"#;
    Crate {
        name: "example_by_hand",
        what: "lambda-example by hand, on aws_lambda_events",
        dependencies: format!("{}\n{LOGGING}", small.dependencies),
        source: modules.map(|(name, source)| format!("mod {name} {{\n{source}\n}}\n")).concat()
            + main,
        ..small
    }
}

/// The smallest Lambda with typed events.
pub fn function(core: &Path, profile: &str) -> Crate {
    Crate {
        name: "function",
        what: "the smallest, with StreamEvent and process",
        dependencies: format!("{RUNTIME}\nddb-core = {{ path = \"{}\" }}", core.display()),
        profile: profile.to_owned(),
        file: "main.rs",
        source: r#"
use ddb_core::{Change, FromStreamImage, StreamEvent};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};

#[derive(Debug, FromStreamImage)]
#[ddb(rename_all = "PascalCase")]
#[allow(dead_code, reason = "it is printed as a whole")]
struct Sample { id: i32, message: String, entity_type: String }

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    run(service_fn(async |event: LambdaEvent<StreamEvent<Sample>>| {
        event
            .payload
            .process(async |record| {
                match record.change {
                    Change::Insert { new } => println!("{new:?}"),
                    Change::Modify { old, new } => println!("{old:?} {new:?}"),
                    Change::Remove { old, .. } => println!("{old:?}"),
                }
                Ok(())
            })
            .await
    }))
    .await
}
"#
        .to_owned(),
    }
}
