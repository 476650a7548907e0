//! Measures the CPU seconds of compiling many types and the size of a Lambda's binary, beside those
//! of the alternatives. The benchmark takes some minutes and needs Linux.
//!
//! ```text
//! cargo bench -p ddb-benches --bench compile
//! ```
//!
//! The seconds include those of cargo itself, on both sides.

mod crates;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use ddb_benches::row::{Goal, Row, print_rows};

use crates::{
    Crate, by_hand, derived, derived_both_ways, derived_enums, derived_events, example_by_hand,
    function, one_struct, serde, serde_both_ways, serde_enums, written_struct,
};

/// The number of builds per crate. The fastest one counts, since a disturbance can only slow a
/// build down.
const BUILDS: usize = 3;

fn main() -> Result<(), Box<dyn Error>> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
    let folder = workspace.join("target/compile-bench");
    let core = workspace.join("ddb-core");
    let mut rows = Vec::new();

    println!(
        "CPU seconds of a release build of 100 structs of 20 fields, without their dependencies"
    );
    let profile = release_profile(&workspace)?;
    let serde = serde(&profile);
    let theirs = measure(&folder, &serde)?;
    println!("  {:52} {theirs:9.1}", serde.what);
    let crates = [
        (
            derived(&core, &profile),
            "CPU time, against serde and from_item",
            Goal { bound: 0.2, aim: 0.1 },
        ),
        (
            derived_events(&core, &profile),
            "CPU time with StreamEvent<T>",
            Goal { bound: 0.33, aim: 0.15 },
        ),
    ];
    for (krate, row, goal) in crates {
        let ours = measure(&folder, &krate)?;
        println!("  {:52} {ours:9.1}", krate.what);
        rows.push(Row::at_most(row, ours, theirs, goal));
    }

    println!("\nCPU seconds of a release build of the same structs, which are also written");
    let ours = derived_both_ways(&core, &profile);
    let theirs = serde_both_ways(&profile);
    let times = [measure(&folder, &ours)?, measure(&folder, &theirs)?];
    for (krate, time) in [&ours, &theirs].iter().zip(times) {
        println!("  {:52} {time:9.1}", krate.what);
    }
    rows.push(Row::at_most(
        "CPU time of both derives, against serde's two",
        times[0],
        times[1],
        Goal { bound: 0.3, aim: 0.15 },
    ));

    println!("\nCPU seconds of a release build of one struct");
    for (fields, row) in [
        (20, "CPU time of 20 strict fields, against lossy"),
        (100, "CPU time of 100 strict fields, against lossy"),
        (500, "CPU time of 500 strict fields, against lossy"),
    ] {
        let [lossy, strict] = one_struct(&core, &profile, fields);
        let times = [measure(&folder, &lossy)?, measure(&folder, &strict)?];
        for (krate, time) in [lossy, strict].iter().zip(times) {
            println!("  {fields:3} fields, {:40} {time:9.1}", krate.what);
        }
        rows.push(Row::at_most(row, times[1], times[0], Goal { bound: 1.5, aim: 1.0 }));
        let written = written_struct(&core, &profile, fields);
        println!("  {fields:3} fields, {:40} {:9.1}", written.what, measure(&folder, &written)?);
    }

    measure_enums(&folder, &core, &profile, &mut rows)?;

    println!("\nbytes of a function's binary, in the release profile of this workspace");
    let example = build_package(&folder, &workspace, "lambda-example")?;
    let function = function(&core, &profile);
    let smallest = build(&folder, &function)?;
    let pairs = [
        (
            example_by_hand(&profile),
            "lambda-example",
            example,
            "bytes of lambda-example, against by hand",
        ),
        (by_hand(&profile), function.what, smallest, "bytes of the smallest, against by hand"),
    ];
    for (by_hand, what, ours, row) in pairs {
        let theirs = measure_size(&build(&folder, &by_hand)?)?;
        let ours = measure_size(&ours)?;
        println!("  {:52} {theirs:9}\n  {what:52} {ours:9}", by_hand.what);
        rows.push(Row::at_most(row, ours, theirs, Goal { bound: 1.05, aim: 1.0 }));
    }
    Ok(print_rows(&rows)?)
}

/// Measures the derive of enums.
fn measure_enums(
    folder: &Path,
    core: &Path,
    profile: &str,
    rows: &mut Vec<Row>,
) -> Result<(), Box<dyn Error>> {
    println!("\nCPU seconds of a release build of 20 enums of 5 variants of 10 fields");
    let theirs = serde_enums(profile);
    let ours = derived_enums(core, profile, "derived_enums", "the derive, with a tag", [20, 5, 10]);
    let times = [measure(folder, &ours)?, measure(folder, &theirs)?];
    for (krate, time) in [&ours, &theirs].iter().zip(times) {
        println!("  {:52} {time:9.1}", krate.what);
    }
    rows.push(Row::at_most(
        "CPU time of enums, against serde and from_item",
        times[0],
        times[1],
        Goal { bound: 0.3, aim: 0.15 },
    ));

    println!("\nCPU seconds of a release build of one enum");
    let mut times = Vec::new();
    for (name, what, variants, fields) in [
        ("fifty_variants", "50 variants of 20 fields", 50, 20),
        ("two_hundred_variants", "200 variants of 20 fields", 200, 20),
        ("one_variant", "a variant of 500 fields", 1, 500),
    ] {
        let time =
            measure(folder, &derived_enums(core, profile, name, what, [1, variants, fields]))?;
        println!("  {what:52} {time:9.1}");
        times.push(time);
    }
    rows.push(Row::at_most(
        "CPU time of 200 variants, against four times 50",
        times[1],
        4.0 * times[0],
        Goal { bound: 1.5, aim: 1.0 },
    ));
    Ok(())
}

fn build(folder: &Path, krate: &Crate) -> Result<PathBuf, Box<dyn Error>> {
    let root = folder.join(krate.name);
    krate.write(&root)?;
    build_package(folder, &root, krate.name)
}

/// Builds a package and returns the path of its binary, if it has a binary of the package's name.
fn build_package(folder: &Path, root: &Path, name: &str) -> Result<PathBuf, Box<dyn Error>> {
    let target = folder.join("target");
    let status = Command::new(env!("CARGO"))
        .args(["build", "--release", "--quiet", "--package", name])
        .current_dir(root)
        .env("CARGO_TARGET_DIR", &target)
        .status()?;
    if status.success() {
        Ok(target.join("release").join(name))
    } else {
        Err("the build failed".into())
    }
}

/// Returns the CPU seconds of a build of the crate alone. A first build, which does not count,
/// builds the dependencies.
fn measure(folder: &Path, krate: &Crate) -> Result<f64, Box<dyn Error>> {
    build(folder, krate)?;
    let mut fastest = f64::INFINITY;
    for _ in 0..BUILDS {
        let before = children_seconds()?;
        build(folder, krate)?;
        fastest = fastest.min(children_seconds()? - before);
    }
    Ok(fastest)
}

/// The text of the workspace's `[profile.release]`.
fn release_profile(workspace: &Path) -> Result<String, Box<dyn Error>> {
    let manifest = fs::read_to_string(workspace.join("Cargo.toml"))?;
    let (_, profile) = manifest.split_once("[profile.release]").ok_or("no profile")?;
    let end = profile.find("\n[").unwrap_or(profile.len());
    Ok(format!("[profile.release]{}", &profile[..end]))
}

fn measure_size(binary: &Path) -> Result<f64, Box<dyn Error>> {
    Ok(f64::from(u32::try_from(fs::metadata(binary)?.len())?))
}

/// Returns the CPU seconds of the child processes that this process has waited for.
///
/// [`/proc/self/stat`](https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html) has them in its
/// 16th and 17th field, in hundredths of a second.
fn children_seconds() -> Result<f64, Box<dyn Error>> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    let (_, fields) = stat.rsplit_once(')').ok_or("no name")?;
    let ticks: u32 = fields
        .split_whitespace()
        .skip(13)
        .take(2)
        .map(str::parse::<u32>)
        .sum::<Result<u32, _>>()?;
    Ok(f64::from(ticks) / 100.0)
}
