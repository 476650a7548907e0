//! Reads the members of a payload that describe its tumbling window.

use crate::event::decode::time::parse_rfc3339;
use crate::event::window::Window;
use crate::json::{JsonReader, Members};

pub(super) fn read_span(window: &mut Window, json: JsonReader<'_>) {
    let Some(mut members) = Members::of_object(json) else { return };
    while let Some(name) = members.next() {
        match &*name {
            "start" => window.start = members.value().into_text().and_then(parse_rfc3339),
            "end" => window.end = members.value().into_text().and_then(parse_rfc3339),
            _ => {}
        }
    }
}

pub(super) fn read_state(window: &mut Window, json: JsonReader<'_>) {
    let state = json.into_raw();
    window.state = (state != "null").then(|| state.into());
}
