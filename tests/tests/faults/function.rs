//! A function that has the faults of a plan.

use std::cell::{Cell, RefCell};
use std::future::pending;
use std::rc::Rc;
use std::time::Duration;

use ddb_core::event::{RecordMeta, SequenceNumber};
use ddb_core::testing::mapping::{Handled, InvokeError};
use ddb_core::{DynamoDbEventResponse, FromStreamImage, RecordError, StreamEvent, StreamRecord};
use tokio::sync::Notify;
use tokio::time::sleep;

use crate::plan::{Attempt, Behaviour, Fault, Plan};

type Error = Box<dyn std::error::Error + Send + Sync>;
type Response = Result<DynamoDbEventResponse, Error>;

#[derive(Debug, FromStreamImage)]
#[ddb(strict)]
pub struct Item {
    #[expect(dead_code, reason = "read by the derive")]
    id: u32,
}

pub struct Function<'p> {
    plan: &'p Plan,
    /// The number of attempts that each record has had.
    attempts: RefCell<Vec<usize>>,
    invocations: Cell<usize>,
    pub handled: Handled,
    /// The number of faults that have happened.
    pub faults: Cell<usize>,
}

/// An invocation, whose process can end.
pub struct Process<'f> {
    function: &'f Function<'f>,
    /// The number of records that may have their effect.
    effects_left: Cell<usize>,
    end: Notify,
}

impl<'p> Function<'p> {
    pub fn new(plan: &'p Plan) -> Self {
        Self {
            plan,
            attempts: RefCell::new(vec![0; plan.records().count()]),
            invocations: Cell::new(0),
            handled: Handled::new(),
            faults: Cell::new(0),
        }
    }

    fn count_fault(&self) {
        self.faults.set(self.faults.get() + 1);
    }

    /// Runs a driver on the event of a payload, with the fault of this invocation.
    pub async fn invoke<'f>(
        &'f self,
        payload: &str,
        driver: impl AsyncFn(StreamEvent<Item>, Rc<Process<'f>>) -> Response,
    ) -> Result<String, InvokeError> {
        let invocation = self.invocations.replace(self.invocations.get() + 1);
        let fault = self.plan.faults.get(invocation).copied().unwrap_or(Fault::Nothing);
        let mut effects_left = usize::MAX;
        match fault {
            Fault::Nothing => {}
            Fault::EndsAfter(effects) => effects_left = effects,
            Fault::Throttled => {
                self.count_fault();
                return Err(InvokeError::Throttled);
            }
            Fault::ResponseIsLost => self.count_fault(),
        }
        let process = Rc::new(Process {
            function: self,
            effects_left: Cell::new(effects_left),
            end: Notify::new(),
        });
        let event = serde_json::from_str(payload).expect("an event");
        let response = tokio::select! {
            response = driver(event, Rc::clone(&process)) => {
                response.map_err(|_| InvokeError::Function)?
            }
            () = process.end.notified() => return Err(InvokeError::Function),
        };
        if matches!(fault, Fault::ResponseIsLost) {
            return Err(InvokeError::Function);
        }
        Ok(serde_json::to_string(&response).expect("JSON"))
    }
}

impl Process<'_> {
    pub async fn handle(&self, record: StreamRecord<Item>) -> Result<(), Error> {
        let number = record.meta.sequence_number.as_ref().map(SequenceNumber::as_str);
        let position = Plan::position(number.expect("a number"));
        let planned = self.function.plan.records().nth(position).expect("a record of the plan");
        sleep(Duration::from_millis(planned.takes)).await;
        let attempt = {
            let attempts = &mut self.function.attempts.borrow_mut()[position];
            *attempts += 1;
            *attempts - 1
        };
        let fault = match &planned.behaviour {
            Behaviour::Attempts(attempts) => attempts.get(attempt).copied(),
            Behaviour::AlwaysFails => Some(Attempt::Fails),
            Behaviour::Poison => unreachable!("it cannot be decoded"),
        };
        if let Some(fault) = fault {
            self.function.count_fault();
            match fault {
                Attempt::Fails => return Err("a fault of the plan".into()),
                Attempt::Panics => panic!("a fault of the plan"),
                Attempt::Hangs => pending().await,
            }
        }
        self.have_effect(&record.meta).await;
        Ok(())
    }

    pub async fn quarantine(&self, error: RecordError) -> Result<(), Error> {
        self.function.count_fault();
        self.have_effect(&error.meta).await;
        Ok(())
    }

    /// Handles the record. The process may end right behind that.
    async fn have_effect(&self, meta: &RecordMeta) {
        let Some(left) = self.effects_left.get().checked_sub(1) else { return pending().await };
        self.effects_left.set(left);
        self.function.handled.add(meta);
        if left == 0 {
            self.function.count_fault();
            self.end.notify_one();
            pending::<()>().await;
        }
    }
}
