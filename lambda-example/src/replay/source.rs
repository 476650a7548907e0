//! Where the failure records are.

use std::path::{Path, PathBuf};
use std::{fs, io};

use aws_sdk_s3::Client;

use super::Error;
use crate::aws_error::describe;

/// The place that the objects are listed in, read from and deleted from.
pub enum Source {
    Bucket { client: Client, bucket: String, mapping: String },
    Folder(PathBuf),
}

impl Source {
    /// The names of all objects, sorted.
    pub async fn list(&self) -> Result<Vec<String>, Error> {
        let mut names = match self {
            Self::Bucket { client, bucket, mapping } => {
                list_bucket(client, bucket, &format!("aws/lambda/{mapping}/")).await?
            }
            Self::Folder(folder) => list_folder(folder)?,
        };
        names.sort_unstable();
        Ok(names)
    }

    pub async fn read(&self, name: &str) -> Result<Vec<u8>, Error> {
        match self {
            Self::Bucket { client, bucket, .. } => {
                let request = client.get_object().bucket(bucket).key(name);
                let object = request.send().await.map_err(|error| {
                    format!("object {name} of bucket {bucket}: {}", describe(error))
                })?;
                let content = object.body.collect().await;
                let content = content.map_err(|error| {
                    format!("object {name} of bucket {bucket} cannot be read: {error}")
                })?;
                Ok(content.to_vec())
            }
            Self::Folder(folder) => {
                let path = folder.join(name);
                Ok(fs::read(&path).map_err(|error| cannot_read(&path, &error))?)
            }
        }
    }

    pub async fn delete(&self, name: &str) -> Result<(), Error> {
        match self {
            Self::Bucket { client, bucket, .. } => {
                let request = client.delete_object().bucket(bucket).key(name);
                request.send().await.map_err(|error| {
                    format!("object {name} of bucket {bucket}: {}", describe(error))
                })?;
            }
            Self::Folder(folder) => {
                let path = folder.join(name);
                fs::remove_file(&path)
                    .map_err(|error| format!("{} cannot be deleted: {error}", path.display()))?;
            }
        }
        Ok(())
    }
}

async fn list_bucket(client: &Client, bucket: &str, prefix: &str) -> Result<Vec<String>, Error> {
    let request = client.list_objects_v2().bucket(bucket).prefix(prefix);
    let mut pages = request.into_paginator().send();
    let mut names = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.map_err(|error| format!("bucket {bucket}: {}", describe(error)))?;
        names.extend(page.contents.unwrap_or_default().into_iter().filter_map(|object| object.key));
    }
    Ok(names)
}

/// The paths of all files of a folder and its folders, relative to it.
fn list_folder(folder: &Path) -> Result<Vec<String>, Error> {
    let mut names = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        let entries = fs::read_dir(&next).map_err(|error| cannot_read(&next, &error))?;
        for entry in entries {
            let path = entry.map_err(|error| cannot_read(&next, &error))?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap_or(&path);
                let name = name
                    .to_str()
                    .ok_or_else(|| format!("{}: the name is not UTF-8", path.display()))?;
                names.push(name.to_owned());
            }
        }
    }
    Ok(names)
}

fn cannot_read(path: &Path, error: &io::Error) -> String {
    format!("{} cannot be read: {error}", path.display())
}
