//! The manifest of an export.

use std::error::Error;
use std::fmt;
use std::str;
use std::time::SystemTime;

use crate::event::parse_rfc3339;
use crate::json::{Cursor, JsonReader, Members};

/// The format that this crate reads.
const DYNAMODB_JSON: &str = "DYNAMODB_JSON";

/// `manifest-summary.json`: an export as a whole, see
/// [Output of an export](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html).
///
/// ```
/// use ddb_core::export::ManifestSummary;
///
/// let summary = ManifestSummary::from_slice(br#"{
///     "version": "2020-06-30", "itemCount": 8, "outputFormat": "DYNAMODB_JSON",
///     "manifestFilesS3Key": "AWSDynamoDB/01693685827463-2d8752fd/manifest-files.json"
/// }"#)?;
/// assert_eq!(summary.item_count, 8);
/// # Ok::<(), ddb_core::export::ManifestError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ManifestSummary {
    /// `itemCount`: the number of items in all data files.
    pub item_count: u64,
    /// `manifestFilesS3Key`: the key of `manifest-files.json` in the bucket.
    pub manifest_files_s3_key: String,
    /// `exportTime` of a full export, or `exportToTime` of an incremental one: the time whose state
    /// the export has. Later changes are in the stream.
    pub export_time: Option<SystemTime>,
    /// `version`: `2020-06-30` for a full export, `2023-08-01` for an incremental one.
    pub version: Option<String>,
    /// `exportArn`.
    pub export_arn: Option<String>,
    /// `tableArn`.
    pub table_arn: Option<String>,
    /// `s3Bucket`.
    pub s3_bucket: Option<String>,
    /// `s3Prefix`.
    pub s3_prefix: Option<String>,
    /// `exportType`: `FULL_EXPORT` or `INCREMENTAL_EXPORT`. Older full exports do not state it.
    pub export_type: Option<String>,
    /// `outputView` of an incremental export: `NEW_IMAGE` or `NEW_AND_OLD_IMAGES`.
    pub output_view: Option<String>,
}

impl ManifestSummary {
    /// Reads `manifest-summary.json`.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not a summary, or if the format of the export is not
    /// `DYNAMODB_JSON`.
    pub fn from_slice(text: &[u8]) -> Result<Self, ManifestError> {
        let mut summary = Self::default();
        let (mut item_count, mut files_key, mut output_format) = (None, None, None);
        read_object(text, |name, json| match name {
            "itemCount" => item_count = json.into_raw().parse().ok(),
            "manifestFilesS3Key" => files_key = read_string(json),
            "outputFormat" => output_format = read_string(json),
            "exportTime" | "exportToTime" => {
                summary.export_time = json.into_text().and_then(parse_rfc3339);
            }
            "version" => summary.version = read_string(json),
            "exportArn" => summary.export_arn = read_string(json),
            "tableArn" => summary.table_arn = read_string(json),
            "s3Bucket" => summary.s3_bucket = read_string(json),
            "s3Prefix" => summary.s3_prefix = read_string(json),
            "exportType" => summary.export_type = read_string(json),
            "outputView" => summary.output_view = read_string(json),
            _ => json.skip(),
        })?;
        if let Some(found) = output_format.filter(|found| found != DYNAMODB_JSON) {
            return Err(ManifestError::OutputFormat { found });
        }
        summary.item_count = item_count.ok_or(ManifestError::missing("itemCount"))?;
        summary.manifest_files_s3_key =
            files_key.ok_or(ManifestError::missing("manifestFilesS3Key"))?;
        Ok(summary)
    }
}

/// A line of `manifest-files.json`: one data file of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ManifestFile {
    /// `itemCount`: the number of lines of the file, which may be 0.
    pub item_count: u64,
    /// `md5Checksum`: the MD5 checksum of the compressed file, in base64.
    pub md5_checksum: String,
    /// `dataFileS3Key`: the key of the file in the bucket.
    pub data_file_s3_key: String,
    /// `etag` of the object.
    pub etag: Option<String>,
}

impl ManifestFile {
    /// Reads one line of `manifest-files.json`.
    ///
    /// ```
    /// use ddb_core::export::ManifestFile;
    ///
    /// let file = ManifestFile::from_slice(br#"{
    ///     "itemCount": 8, "md5Checksum": "sQMSpEILNgoQmarvDFonGQ==",
    ///     "dataFileS3Key": "AWSDynamoDB/01693685827463-2d8752fd/data/asdl123.json.gz"
    /// }"#)?;
    /// assert_eq!(file.item_count, 8);
    /// # Ok::<(), ddb_core::export::ManifestError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the line does not describe a data file.
    pub fn from_slice(line: &[u8]) -> Result<Self, ManifestError> {
        let (mut item_count, mut checksum, mut key, mut etag) = (None, None, None, None);
        read_object(line, |name, json| match name {
            "itemCount" => item_count = json.into_raw().parse().ok(),
            "md5Checksum" => checksum = read_string(json),
            "dataFileS3Key" => key = read_string(json),
            "etag" => etag = read_string(json),
            _ => json.skip(),
        })?;
        Ok(Self {
            item_count: item_count.ok_or(ManifestError::missing("itemCount"))?,
            md5_checksum: checksum.ok_or(ManifestError::missing("md5Checksum"))?,
            data_file_s3_key: key.ok_or(ManifestError::missing("dataFileS3Key"))?,
            etag,
        })
    }

    /// Reads `manifest-files.json`, which has a line for each data file.
    ///
    /// # Errors
    ///
    /// Returns an error if a line does not describe a data file.
    pub fn list(text: &[u8]) -> Result<Vec<Self>, ManifestError> {
        let lines = text.split(|&byte| byte == b'\n');
        lines.filter(|line| !line.trim_ascii().is_empty()).map(Self::from_slice).collect()
    }
}

/// The error for a text that is not the manifest of an export that this crate reads.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ManifestError {
    /// The text is not a JSON object.
    NotAnObject,
    /// A member is missing, or its value has another type.
    #[non_exhaustive]
    Missing {
        /// The name of the member.
        name: &'static str,
    },
    /// The export has another format, such as `ION`.
    #[non_exhaustive]
    OutputFormat {
        /// The format.
        found: String,
    },
}

impl ManifestError {
    const fn missing(name: &'static str) -> Self {
        Self::Missing { name }
    }
}

impl fmt::Display for ManifestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAnObject => f.write_str("not a manifest: expected a JSON object"),
            Self::Missing { name } => write!(f, "not a manifest: expected `{name}` in it"),
            Self::OutputFormat { found } => {
                write!(f, "the format of the export is {found:?}: export again as DYNAMODB_JSON")
            }
        }
    }
}

impl Error for ManifestError {}

/// Reads the members of a text that is an object.
fn read_object(
    text: &[u8],
    mut read: impl FnMut(&str, JsonReader<'_>),
) -> Result<(), ManifestError> {
    let text = str::from_utf8(text).map_err(|_| ManifestError::NotAnObject)?;
    let mut cursor = Cursor::default();
    let members = Members::of_object(JsonReader::new(text, &mut cursor));
    let mut members = members.ok_or(ManifestError::NotAnObject)?;
    while let Some(name) = members.next() {
        read(&name, members.value());
    }
    JsonReader::new(text, &mut cursor).expect_end().map_err(|_| ManifestError::NotAnObject)
}

fn read_string(json: JsonReader<'_>) -> Option<String> {
    json.into_text().map(str::to_owned)
}
