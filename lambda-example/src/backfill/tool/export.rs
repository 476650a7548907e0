//! An export, in a folder or in a bucket.

use std::fs::{self, File};
use std::io::Read;
use std::path::PathBuf;

use aws_config::BehaviorVersion;
use aws_sdk_s3::Client;
use ddb_core::export::{ManifestFile, ManifestSummary};

use crate::backfill::{Error, bucket};

/// The manifest of an export, and the place of its files.
pub struct Export {
    place: Place,
    pub summary: ManifestSummary,
    pub files: Vec<ManifestFile>,
}

enum Place {
    Folder(PathBuf),
    Bucket { client: Client, bucket: String },
}

impl Export {
    /// Reads the manifest of the export in a folder, or of `s3://BUCKET/PREFIX`.
    pub async fn open(location: &str) -> Result<Self, Error> {
        let (place, folder) = match location.strip_prefix("s3://") {
            None => (Place::Folder(location.into()), String::new()),
            Some(path) => {
                let (bucket, prefix) = path.split_once('/').unwrap_or((path, ""));
                let prefix = prefix.trim_end_matches('/');
                let config = aws_config::load_defaults(BehaviorVersion::latest()).await;
                let place =
                    Place::Bucket { client: Client::new(&config), bucket: bucket.to_owned() };
                (place, if prefix.is_empty() { String::new() } else { format!("{prefix}/") })
            }
        };
        let name = format!("{folder}manifest-summary.json");
        let summary = ManifestSummary::from_slice(&place.read(&name).await?)
            .map_err(|error| format!("{}: {error}", place.show(&name)))?;
        let name = format!("{folder}manifest-files.json");
        let files = ManifestFile::list(&place.read(&name).await?)
            .map_err(|error| format!("{}: {error}", place.show(&name)))?;
        let listed: u64 = files.iter().map(|file| file.item_count).sum();
        if listed != summary.item_count {
            return Err(format!(
                "{}: its files have {listed} items, and the export has {}: download it again",
                place.show(&name),
                summary.item_count
            )
            .into());
        }
        Ok(Self { place, summary, files })
    }

    /// Opens a data file. Reading it blocks.
    pub async fn open_file(&self, file: &ManifestFile) -> Result<Box<dyn Read + Send>, Error> {
        let key = &file.data_file_s3_key;
        match &self.place {
            Place::Folder(folder) => {
                let name = key.rsplit('/').next().unwrap_or(key);
                // The files of incremental exports are beside the folders of the exports.
                let paths = [folder.join("data").join(name), folder.join("../data").join(name)];
                let [path, beside] = &paths;
                let path = if path.exists() || !beside.exists() { path } else { beside };
                let file = File::open(path).map_err(|error| {
                    format!("{}, which the manifest names: {error}", path.display())
                })?;
                Ok(Box::new(file))
            }
            Place::Bucket { client, bucket } => {
                Ok(Box::new(bucket::open(client, bucket, key).await?))
            }
        }
    }
}

impl Place {
    async fn read(&self, name: &str) -> Result<Vec<u8>, Error> {
        match self {
            Self::Folder(folder) => {
                let path = folder.join(name);
                Ok(fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?)
            }
            Self::Bucket { client, bucket } => {
                let content = bucket::get(client, bucket, name).await?.collect().await;
                let content = content.map_err(|error| format!("{}: {error}", self.show(name)))?;
                Ok(content.to_vec())
            }
        }
    }

    fn show(&self, name: &str) -> String {
        match self {
            Self::Folder(folder) => folder.join(name).display().to_string(),
            Self::Bucket { bucket, .. } => format!("s3://{bucket}/{name}"),
        }
    }
}
