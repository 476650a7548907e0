//! Nothing is lost, whatever fails: the simulated mapping delivers random changes to handlers that
//! fail, panic, hang and end, through the drivers of this library.
//!
//! Each case states what must be true of any driver. Drivers with a mistake do not pass it.

mod drivers;
mod function;
mod plan;

use std::cell::Cell;
use std::collections::HashSet;
use std::env;
use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::Once;

use ddb_core::testing::mapping::{InvokeError, MappingReport};
use ddb_core::{FailureRecord, Ignored};
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use crate::drivers::{Mistake, process, process_with};
use crate::function::{Function, Process};
use crate::plan::{Plan, plan};

thread_local! {
    /// Whether the thread runs a plan, whose panics are not shown.
    static IS_RUNNING: Cell<bool> = const { Cell::new(false) };
}

/// Runs a plan without a message for each of its panics.
fn quietly<T>(run: impl FnOnce() -> T) -> T {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let hook = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !IS_RUNNING.get() {
                hook(info);
            }
        }));
    });
    IS_RUNNING.set(true);
    let returned = run();
    IS_RUNNING.set(false);
    returned
}

/// Runs a plan with a driver on a paused clock, and returns the report.
fn run(
    function: &Function<'_>,
    plan: &Plan,
    invoke: &impl AsyncFn(&str) -> Result<String, InvokeError>,
) -> MappingReport {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime");
    let mapping = plan.mapping().handled(&function.handled);
    let run = mapping.run_function(plan.shards(), async |payload| invoke(&payload).await);
    quietly(|| runtime.block_on(run))
}

/// Asserts what must be true of each driver.
fn check(
    plan: &Plan,
    function: &Function<'_>,
    report: &MappingReport,
) -> Result<(), TestCaseError> {
    let check = || {
        report.assert_nothing_lost();
        report.assert_order_per_key();
    };
    quietly(|| catch_unwind(AssertUnwindSafe(check))).map_err(|payload| {
        let message = payload.downcast::<String>().map_or_else(|_| String::new(), |it| *it);
        TestCaseError::fail(message)
    })?;

    // The same once more, without the assertions of the report.
    let handled: HashSet<_> = function.handled.sequence_numbers().into_iter().collect();
    let mut in_destination = HashSet::new();
    for failure in &report.failures {
        let failure = FailureRecord::<Ignored>::from_slice(failure.as_bytes()).expect("a record");
        for record in failure.event.expect("a payload").records {
            in_destination.extend(record.expect("metadata").meta.sequence_number);
        }
    }
    let numbers = report.invocations.iter().flat_map(|it| &it.sequence_numbers);
    let all: HashSet<_> = numbers.chain(&in_destination).collect();
    if all.len() != plan.records().count() {
        return Err(TestCaseError::fail("a record was never delivered"));
    }
    if let Some(lost) =
        all.iter().find(|it| !handled.contains(**it) && !in_destination.contains(**it))
    {
        return Err(TestCaseError::fail(format!("{lost} is neither handled nor given up")));
    }
    let checkpoints = report.checkpoints();
    if checkpoints.values().any(Option::is_none) {
        return Err(TestCaseError::fail("a shard is blocked"));
    }
    Ok(())
}

/// `PROPTEST_CASES` sets the number of cases.
fn runner() -> TestRunner {
    const CASES: u32 = 512;
    let default = Config::default();
    let cases = if env::var_os("PROPTEST_CASES").is_some() { default.cases } else { CASES };
    TestRunner::new(Config { cases, failure_persistence: None, ..default })
}

#[test]
fn every_change_is_handled_or_in_the_destination_and_each_item_is_in_order() {
    let faults = Cell::new(0);
    let cases = Cell::new(0);
    let outcome = runner().run(&plan(), |plan| {
        let function = Function::new(&plan);
        let report = run(&function, &plan, &async |payload: &str| {
            let driver =
                async |event, it: Rc<Process<'_>>| process(&plan.settings, event, &it).await;
            function.invoke(payload, driver).await
        });
        faults.set(faults.get() + function.faults.get());
        cases.set(cases.get() + 1);
        check(&plan, &function, &report)
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
    println!("{} faults in {} cases", faults.get(), cases.get());
    assert!(faults.get() > 20 * cases.get(), "{} faults in {} cases", faults.get(), cases.get());
}

/// Runs the same plans with a driver that makes a mistake, until one does not pass.
fn find_mistake(mistake: Mistake) -> Option<String> {
    let outcome = runner().run(&plan(), |plan| {
        let function = Function::new(&plan);
        let report = run(&function, &plan, &async |payload: &str| {
            let driver = async |event, it: Rc<Process<'_>>| process_with(mistake, event, &it).await;
            function.invoke(payload, driver).await
        });
        check(&plan, &function, &report)
    });
    outcome.err().map(|error| error.to_string())
}

#[test]
fn a_driver_with_a_mistake_does_not_pass() {
    assert_eq!(find_mistake(Mistake::None), None);
    for (mistake, expected) in [
        (Mistake::ReportsTheSecondFailure, "lost"),
        (Mistake::GoesOnAfterAFailure, "out of order"),
        (Mistake::DropsTheLastRecord, "lost"),
        (Mistake::ReportsNothing, "lost"),
        (Mistake::BreaksTheOrder, "out of order"),
    ] {
        let message = find_mistake(mistake).unwrap_or_else(|| panic!("{mistake:?} passes"));
        assert!(message.contains(expected), "{mistake:?}: {message}");
    }
}
