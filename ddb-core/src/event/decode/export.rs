//! Reads a line of an export to S3.

use std::time::SystemTime;

use crate::event::decode::decoder::{Decoder, StreamKind};
use crate::event::decode::partial::PartialRecord;
use crate::event::decode::sink::{Side, TypedRecords};
use crate::event::decode::time::{TimeUnit, Timestamp};
use crate::event::decode::{add_record, record::unquote};
use crate::event::error::{RecordError, RecordErrorKind};
use crate::event::meta::{EventName, ViewType};
use crate::event::record::{ChangeImage, StreamRecord};
use crate::json::{JsonReader, Members};

impl StreamKind {
    const EXPORT: Self = Self {
        read_record: |decoder, json, record| decoder.read_export_line(json, record),
        is_kinesis: false,
    };
}

/// Decodes the lines of an export.
pub(crate) struct LineDecoder<T, O>(TypedRecords<T, O>);

impl<T: ChangeImage, O: ChangeImage> LineDecoder<T, O> {
    pub(crate) fn new() -> Self {
        Self(TypedRecords::new())
    }

    pub(crate) fn decode(&mut self, line: &[u8]) -> Result<StreamRecord<T, O>, RecordError> {
        add_record(line, StreamKind::EXPORT, &mut self.0);
        self.0.take_record()
    }
}

impl Decoder<'_> {
    /// Reads a line. Its members tell what kind of change it is, see
    /// [Output of an export](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html).
    fn read_export_line(&mut self, json: JsonReader<'_>, record: &mut PartialRecord) {
        let Some(mut members) = Members::of_object(json) else {
            record.refuse(RecordErrorKind::NotAnExportLine);
            return;
        };
        let (mut has_new, mut has_old, mut has_keys) = (false, false, false);
        while let Some(name) = members.next() {
            let mut json = members.value();
            let is_present = json.peek() != Some(b'n');
            match &*name {
                "Item" | "NewImage" => {
                    has_new |= is_present;
                    record.read_image(Side::New, json, self.sink);
                }
                "OldImage" => {
                    has_old = is_present;
                    record.read_image(Side::Old, json, self.sink);
                }
                "Keys" => {
                    has_keys = is_present;
                    record.read_keys(json);
                }
                "Metadata" => record.meta.created_at = read_write_time(json),
                _ => json.skip(),
            }
        }
        let event_name = match (has_new, has_old) {
            (true, false) => EventName::Insert,
            (true, true) => EventName::Modify,
            (false, true) => EventName::Remove,
            (false, false) => {
                if !has_keys {
                    record.refuse(RecordErrorKind::NotAnExportLine);
                }
                // Only an export of new images leaves out what a deletion deleted.
                record.meta.view_type = Some(ViewType::NewImage);
                EventName::Remove
            }
        };
        record.set_event_name(Ok(event_name));
    }
}

/// Reads `WriteTimestampMicros`, which is an attribute value or a number.
fn read_write_time(json: JsonReader<'_>) -> Option<SystemTime> {
    let mut members = Members::of_object(json)?;
    let mut time = None;
    while let Some(name) = members.next() {
        let mut json = members.value();
        match &*name {
            "WriteTimestampMicros" if json.peek() == Some(b'{') => {
                let mut members = Members::of_object(json)?;
                while let Some(name) = members.next() {
                    let json = members.value();
                    if name == "N" {
                        time = json.into_text().and_then(Timestamp::parse);
                    } else {
                        json.skip();
                    }
                }
            }
            "WriteTimestampMicros" => time = Timestamp::parse(unquote(json.into_raw())),
            _ => json.skip(),
        }
    }
    time?.in_unit(TimeUnit::Microsecond)
}
