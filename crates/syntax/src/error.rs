//! Why a model could not be loaded, in one sentence with the cure.

use std::io::{Error, ErrorKind};
use std::path::PathBuf;

/// Why a model could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// Some other kind of file.
    #[error(
        "this is not a dateline model (it does not begin with 'DATELINE'); give a file that \
         dateline's trainer wrote"
    )]
    Foreign,
    /// A model of another version of dateline.
    #[error(
        "the model has format {found}, this version of dateline reads format {known}; take the \
         model that comes with this version, or export it again"
    )]
    Version {
        /// Format of the file.
        found: u32,
        /// Format that can be read.
        known: u32,
    },
    /// A file that was cut off or changed, or that lacks what a model has.
    #[error("the model is damaged ({0}); copy or export it again")]
    Damaged(String),
    /// A file that could not be opened or read.
    #[error("{}", unreadable(.0))]
    Unreadable(Error),
    /// The model `fine` in a build without it.
    #[error(
        "this dateline was built without the model 'fine'; build it with the feature 'fine', or \
         give the path of a model file"
    )]
    NotBuiltIn,
    /// Any of these, of the file at a path.
    #[error("{}: {reason}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: Box<ModelError>,
    },
}

fn unreadable(error: &Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => {
            "there is no such file; check the path, or take one of the built-in models 'swift' \
             and 'fine'"
                .to_owned()
        }
        ErrorKind::IsADirectory => "this is a folder; name the model file in it".to_owned(),
        ErrorKind::PermissionDenied => {
            "you may not read this file; give yourself the right to".to_owned()
        }
        _ => format!("the model could not be read ({error}); try again, or copy it elsewhere"),
    }
}
