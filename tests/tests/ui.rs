//! Compile errors of the derive, with one file per rule, and code that it accepts.
//!
//! `TRYBUILD=overwrite cargo test -p ddb-tests --test ui` writes the `.stderr` files. Read every
//! change in them.

#[test]
fn mistakes_are_errors_on_the_token_that_is_wrong() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("ui/attribute/*.rs");
    cases.compile_fail("ui/shape/*.rs");
    cases.compile_fail("ui/enum/*.rs");
    cases.compile_fail("ui/changes/*.rs");
    cases.compile_fail("ui/key/*.rs");
    cases.compile_fail("ui/type/*.rs");
    cases.compile_fail("ui/version/*.rs");
    cases.compile_fail("ui/event/*.rs");
    cases.compile_fail("ui/write/*.rs");
    cases.pass("ui/pass/*.rs");
}
