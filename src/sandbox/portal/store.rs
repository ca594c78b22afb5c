//! The clients that were created or changed by the sandbox's API: a file, so that they are there after the sandbox has ended, and
//! in each of several sandboxes of the same home.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::profile::file::store::rename;

/// A client, as the API returns it, and its keys.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StoredClient {
    pub client: Map<String, Value>,
    pub keys: Vec<Value>,
}

impl StoredClient {
    /// Returns a field that is a string; empty without one.
    pub fn text(&self, field: &str) -> &str {
        self.client.get(field).and_then(Value::as_str).unwrap_or_default()
    }
}

/// The file of the clients.
#[derive(Debug)]
pub struct ClientStore {
    folder: PathBuf,
}

impl ClientStore {
    pub fn new(folder: &Path) -> ClientStore {
        ClientStore {
            folder: folder.to_owned(),
        }
    }

    /// Returns the clients. A file that cannot be read or parsed counts as empty: nothing in it is real.
    pub fn read(&self) -> Vec<StoredClient> {
        let text = fs::read(self.path()).unwrap_or_default();
        serde_json::from_slice(&text).unwrap_or_default()
    }

    /// Changes the clients under a lock, and writes them.
    ///
    /// # Errors
    ///
    /// The file or its lock cannot be written. The old file is then unchanged.
    pub fn change<T>(&self, change: impl FnOnce(&mut Vec<StoredClient>) -> T) -> io::Result<T> {
        let lock = File::create(self.folder.join("clients.lock"))?;
        lock.lock()?;
        let mut clients = self.read();
        let changed = change(&mut clients);
        let mut file = tempfile::NamedTempFile::new_in(&self.folder)?;
        file.write_all(&serde_json::to_vec_pretty(&clients)?)?;
        // Not `persist`: on Windows it fails while another sandbox reads the old file.
        let temporary = file.into_temp_path().keep()?;
        rename(&temporary, &self.path()).inspect_err(|_| drop(fs::remove_file(&temporary)))?;
        Ok(changed)
    }

    fn path(&self) -> PathBuf {
        self.folder.join("clients.json")
    }
}
