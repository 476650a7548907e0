//! The README and the pages of documentation agree with each other, and with `.ci/run`. The Rust
//! blocks of the README are documentation tests of `ddb-core`.

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

/// The rows of the tables in a section, without their header.
fn rows(page: &'static str, section: &str) -> Vec<&'static str> {
    let (_, rest) = page.split_once(section).expect(section);
    let section = rest.split("\n## ").next().unwrap_or_default();
    section.lines().filter(|line| line.starts_with('|') && !line.starts_with("| ---")).collect()
}

#[test]
fn its_types_are_rows_of_the_derives_table() {
    let documented = rows(include_str!("../../ddb-derive/docs/types.md"), "# Types of fields");
    let types = rows(README, "## Types");
    assert!(types.len() > 10, "{types:?}");
    for row in types {
        assert!(documented.contains(&row), "{row}");
    }
}

#[test]
fn its_rules_for_absence_are_those_of_the_documentation() {
    let documented: Vec<&str> = include_str!("../../ddb-core/src/lib.rs")
        .lines()
        .filter_map(|line| line.strip_prefix("//! "))
        .filter(|line| line.starts_with('|'))
        .collect();
    let rules = rows(README, "## Strict and lossy");
    assert_eq!(rules.len(), 5, "{rules:?}");
    for row in rules {
        assert!(documented.contains(&row), "{row}");
    }
}

#[test]
fn every_key_has_a_section_with_an_example() {
    let page = include_str!("../../ddb-derive/docs/keys.md");
    let sections: Vec<&str> =
        page.split("\n## ").skip(1).filter(|section| section.contains("```rust")).collect();
    let linked = page.lines().filter_map(|line| {
        let (_, link) = line.strip_prefix("| [")?.split_once("](#")?;
        link.split_once(')').map(|(anchor, _)| anchor)
    });
    let anchors: Vec<&str> = linked.collect();
    assert!(anchors.len() > 15, "{anchors:?}");
    for anchor in anchors {
        let found = sections.iter().any(|section| {
            let title = section.lines().next().unwrap_or_default();
            title.replace('`', "").replace(' ', "-") == anchor
        });
        assert!(found, "{anchor}");
    }
}
