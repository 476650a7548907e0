//! Lambda's Runtime API on the loopback interface. It passes payloads on byte for byte, and can
//! have faults.
//!
//! Source: [Using the Lambda runtime
//! API](https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html).

use std::collections::HashMap;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::header::CONTENT_LENGTH;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use futures_util::stream;
use tokio::net::TcpListener;
use tokio::process::Command;
use tokio::sync::{Mutex, Notify, oneshot};
use tokio::time::sleep;

/// The outcome that a function posts: `response` or `error`, and the body.
pub type Outcome = (String, Bytes);

/// The fault of an invocation.
#[allow(dead_code, reason = "the soak and the test `runtime` inject none")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fault {
    #[default]
    Nothing,
    /// The payload comes late.
    Late(Duration),
    /// The first request for the payload is answered with the status 500.
    ServerError,
    /// The connection ends in the middle of the payload.
    HalfPayload,
    /// The outcome is answered with the status 500, and is lost.
    OutcomeIsLost,
}

pub struct RuntimeApi {
    address: String,
    queue: Arc<Queue>,
}

#[derive(Default)]
struct Queue {
    /// The number of invocations so far.
    invocations: AtomicU64,
    waiting: Mutex<Option<Invocation>>,
    is_waiting: Notify,
    running: Mutex<HashMap<String, Invocation>>,
}

struct Invocation {
    id: String,
    payload: Bytes,
    fault: Fault,
    outcome: oneshot::Sender<Outcome>,
}

impl RuntimeApi {
    pub async fn serve() -> Self {
        let queue = Arc::new(Queue::default());
        let api = Router::new()
            .route("/2018-06-01/runtime/invocation/next", get(next))
            .route("/2018-06-01/runtime/invocation/{id}/{outcome}", post(accept))
            .layer(DefaultBodyLimit::disable())
            .with_state(Arc::clone(&queue));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address").to_string();
        tokio::spawn(async move { axum::serve(listener, api).await });
        Self { address, queue }
    }

    /// Sets the variables of a function's environment.
    pub fn configure(&self, command: &mut Command) {
        command.env("AWS_LAMBDA_RUNTIME_API", &self.address).envs([
            ("AWS_LAMBDA_FUNCTION_NAME", "function"),
            ("AWS_LAMBDA_FUNCTION_VERSION", "1"),
            ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256"),
            ("AWS_LAMBDA_LOG_GROUP_NAME", "function"),
            ("AWS_LAMBDA_LOG_STREAM_NAME", "1"),
        ]);
    }

    /// Delivers a payload to the next function that asks, and waits for the outcome. `None` if it
    /// is lost.
    pub async fn invoke(&self, payload: impl Into<Bytes>, fault: Fault) -> Option<Outcome> {
        let (sender, outcome) = oneshot::channel();
        let mut waiting = self.queue.waiting.lock().await;
        let id = self.queue.invocations.fetch_add(1, Ordering::Relaxed).to_string();
        *waiting = Some(Invocation { id, payload: payload.into(), fault, outcome: sender });
        drop(waiting);
        self.queue.is_waiting.notify_one();
        outcome.await.ok()
    }

    /// Forgets the invocation, because its process has ended.
    #[allow(dead_code, reason = "only the test `killed` ends processes")]
    pub async fn cancel(&self) {
        self.queue.waiting.lock().await.take();
        self.queue.running.lock().await.clear();
    }
}

async fn next(State(queue): State<Arc<Queue>>) -> Response {
    let mut invocation = loop {
        let is_waiting = queue.is_waiting.notified();
        if let Some(invocation) = queue.waiting.lock().await.take() {
            break invocation;
        }
        is_waiting.await;
    };
    let fault = invocation.fault;
    if fault == Fault::ServerError {
        invocation.fault = Fault::Nothing;
        *queue.waiting.lock().await = Some(invocation);
        queue.is_waiting.notify_one();
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    if let Fault::Late(time) = fault {
        sleep(time).await;
    }
    let payload = invocation.payload.clone();
    let headers = [
        ("lambda-runtime-aws-request-id", invocation.id.clone()),
        ("lambda-runtime-deadline-ms", "4102444800000".to_owned()),
        (
            "lambda-runtime-invoked-function-arn",
            "arn:aws:lambda:eu-central-1:123456789012:function:function".to_owned(),
        ),
    ];
    queue.running.lock().await.insert(invocation.id.clone(), invocation);
    let body = if fault == Fault::HalfPayload {
        let half = payload.slice(..payload.len() / 2);
        Body::from_stream(stream::iter([Ok(half), Err(io::Error::other("the connection ends"))]))
    } else {
        Body::from(payload.clone())
    };
    let mut response = Response::new(body);
    response.headers_mut().insert(CONTENT_LENGTH, payload.len().into());
    for (name, value) in headers {
        let value = HeaderValue::from_str(&value).expect("ASCII");
        response.headers_mut().insert(name, value);
    }
    response
}

async fn accept(
    State(queue): State<Arc<Queue>>,
    Path((id, outcome)): Path<(String, String)>,
    body: Bytes,
) -> StatusCode {
    let Some(invocation) = queue.running.lock().await.remove(&id) else {
        return StatusCode::GONE;
    };
    if invocation.fault == Fault::OutcomeIsLost {
        return StatusCode::INTERNAL_SERVER_ERROR;
    }
    match invocation.outcome.send((outcome, body)) {
        Ok(()) => StatusCode::ACCEPTED,
        Err(_) => StatusCode::GONE,
    }
}
