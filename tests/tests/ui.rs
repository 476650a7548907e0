//! The derive's messages, one file a rule, and what it takes in silence.
//!
//! `TRYBUILD=overwrite cargo test -p ddb-tests --test ui` writes the `.stderr` files; read what it
//! wrote.

#[test]
fn mistakes_are_errors_on_the_token_that_is_wrong() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("ui/attribute/*.rs");
    cases.compile_fail("ui/shape/*.rs");
    cases.compile_fail("ui/type/*.rs");
    cases.compile_fail("ui/event/*.rs");
    cases.pass("ui/pass/*.rs");
}
