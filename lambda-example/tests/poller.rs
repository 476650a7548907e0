//! Runs the example that reads a stream through the AWS SDK.

mod examples;

#[test]
fn the_poller_reads_every_record_and_again_from_a_failed_one_on() {
    let output = examples::run("poller", &[]);
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{printed}{}", String::from_utf8_lossy(&output.stderr));
    let sample = |id: u32, message: &str| {
        format!(r#"SampleModel {{ id: {id}, message: "{message}", entity_type: "Greeting" }}"#)
    };
    let [first, changed, second] =
        [sample(1, "hello"), sample(1, "hello again"), sample(2, "gone soon")];
    let expected = [
        "5 records",
        &format!("inserted {first}"),
        &format!("in the table: {changed}"),
        &format!("inserted {second}"),
        "no longer in the table",
        "quarantined: new image: Message: expected S (String), found L",
        "failed, read again from the failed record on",
        "2 records",
        &format!("modified {first}, now {changed}"),
        &format!("in the table: {changed}"),
        &format!("removed {second}"),
        "no longer in the table",
    ];
    assert_eq!(printed.lines().map(str::trim).collect::<Vec<_>>(), expected);
}
