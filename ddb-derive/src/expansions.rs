//! Keeps samples of generated code in files, so that a reviewer can read the effect of a change.
//!
//! `expansions/NAME.rs` is the input, and `expansions/NAME.expanded.rs` is the code that the derive
//! generates for it. `EXPANSIONS=overwrite cargo test -p ddb-derive` writes the generated files.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::{env, fs};

use syn::DeriveInput;

use crate::derive::derive;
use crate::model::{Direction, Target};

#[test]
fn the_expansions_are_those_in_the_files() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("expansions");
    let mut inputs: Vec<_> = fs::read_dir(&folder)
        .expect("the folder")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| !path.to_string_lossy().ends_with(".expanded.rs"))
        .collect();
    inputs.sort();
    assert_eq!(inputs.len(), 11);
    for input in inputs {
        let expanded = expand(&fs::read_to_string(&input).expect("the input"));
        let output = input.with_extension("expanded.rs");
        if env::var_os("EXPANSIONS").is_some_and(|value| value == "overwrite") {
            fs::write(&output, &expanded).expect("written");
        }
        let expected = fs::read_to_string(&output).unwrap_or_default();
        assert!(
            expanded == expected,
            "{} has changed; `EXPANSIONS=overwrite cargo test -p ddb-derive` writes it:\n{expanded}",
            output.display()
        );
    }
}

/// Expands the derive that the input names.
fn expand(input: &str) -> String {
    let mut input: DeriveInput = syn::parse_str(input).expect("a type");
    let is_derive = |it: &syn::Attribute| it.path().is_ident("derive");
    let attribute = input.attrs.iter().find(|it| is_derive(it)).expect("a derive");
    let derived: syn::Path = attribute.parse_args().expect("one derive");
    let derived = derived.get_ident().expect("the name of a derive").to_string();
    let direction = if derived.starts_with("From") { Direction::Read } else { Direction::Write };
    let is_whole = ["FromStreamImage", "IntoItem"].contains(&derived.as_str());
    let target = if is_whole { Target::Image } else { Target::Value };
    input.attrs.retain(|it| !is_derive(it));
    format(&derive(&input, direction, target).to_string())
}

fn format(code: &str) -> String {
    let mut rustfmt = Command::new("rustfmt")
        .args(["--edition", "2024", "--config", "max_width=100,use_small_heuristics=Max"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("rustfmt");
    let mut stdin = rustfmt.stdin.take().expect("its input");
    stdin.write_all(code.as_bytes()).expect("written");
    drop(stdin);
    let output = rustfmt.wait_with_output().expect("rustfmt");
    assert!(output.status.success(), "{code}");
    String::from_utf8(output.stdout).expect("text")
}
