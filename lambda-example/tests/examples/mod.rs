//! The example programs, which Cargo builds together with the tests.

use std::path::PathBuf;
use std::process::{Command, Output};

pub fn path(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("this test");
    let target = test.ancestors().nth(2).expect("deps and the profile above it");
    target.join("examples").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

pub fn run(name: &str, arguments: &[&str]) -> Output {
    Command::new(path(name)).args(arguments).output().expect("the example runs")
}
