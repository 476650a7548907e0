//! The README says what is done. Its Rust blocks are documentation tests of `ddb-core`.

const README: &str = include_str!("../../README.md");
const CI: &str = include_str!("../../.ci/run");

/// The lines of the section's shell blocks.
fn commands(section: &str) -> Vec<&'static str> {
    let (_, rest) = README.split_once(section).expect(section);
    let section = rest.split("\n## ").next().unwrap_or_default();
    let blocks = section.split("```sh\n").skip(1).filter_map(|block| block.split("```").next());
    blocks.flat_map(str::lines).collect()
}

#[test]
fn its_two_commands_are_those_of_ci() {
    let commands = commands("## Try it");
    let [local, test, ..] = commands.as_slice() else {
        panic!("two commands and more: {commands:?}")
    };
    for command in [local, test] {
        assert!(command.starts_with("cargo "), "{command}");
        let ran = CI.lines().filter(|line| {
            line.trim() == *command || line.trim().strip_prefix("run ") == Some(command)
        });
        assert_eq!(ran.count(), 1, "`{command}` is a line of .ci/run");
    }
}

#[test]
fn the_documentation_of_the_derive_has_the_same_tables() {
    let derive = include_str!("../../ddb-derive/src/lib.rs");
    let documented: Vec<&str> =
        derive.lines().filter_map(|line| line.strip_prefix("/// |")).collect();
    let tables = ["## Types", "## Attributes"].map(|title| {
        let (_, rest) = README.split_once(title).expect(title);
        rest.split("\n## ").next().unwrap_or_default()
    });
    for row in
        tables.iter().flat_map(|table| table.lines()).filter_map(|line| line.strip_prefix('|'))
    {
        assert!(documented.contains(&row), "{row}");
    }
}
