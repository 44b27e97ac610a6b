//! One store of many accounts: a SQLite file that can be asked.
//!
//! [`Store::create`] makes or opens one for writing, [`Store::add`] puts
//! accounts into it, each batch wholly or not at all; [`Store::open`] opens one
//! for questions, also while somebody writes. [`Store::account`] gives an
//! account back as it was added, [`Store::check`] holds every span against its
//! text.
//!
//! The tables are made for people with sqlite3, DuckDB, Datasette or pandas;
//! `docs/schema.md` describes each column. [`Store::join`] puts together what is
//! the same across articles; [`ask`] has the questions: [`Store::claims`],
//! [`Store::events`], [`Store::incidents`], [`Store::people`], [`Store::who`],
//! [`Store::disputes`], [`Store::sql`]. What is kept depends on the accounts
//! and their order only, not on how they came in: no clock and no chance. (What
//! is joined depends also on when [`Store::join`] was called.)

mod add;
pub mod ask;
mod check;
mod copies;
mod days;
mod error;
mod export;
mod join;
mod load;
mod open;
mod rows;

pub use add::{Known, OnClash};
pub use check::Checked;
pub use days::days;
pub use error::StoreError;
pub use export::{Excerpt, Excerpts, KnownActor};
pub use open::{SCHEMA_VERSION, Store};
