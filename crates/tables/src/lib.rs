//! Accounts and stores as tables that people take elsewhere.
//!
//! [`Table`] says which tables and columns there are, once for files, the Python
//! package and Spark. [`Batches`] makes Arrow record batches of accounts or of
//! what a store hands out, [`each_batch`] of a whole store, and a [`Writer`]
//! puts them into Parquet, CSV or JSONL; [`Rows`] are for columns of one's own. [`Network`] is who acts toward whom, as
//! GraphML or GEXF. Memory is bounded by a batch, a network's by its size.

mod accounts;
mod batches;
mod cells;
mod columns;
mod error;
mod incidents;
mod network;
mod polecat;
mod scales;
mod store;
mod write;

pub use batches::Batches;
pub use cells::{Cell, Rows};
pub use columns::Table;
pub use error::TableError;
pub use network::{Edge, Network, Node};
pub use scales::Scales;
pub use store::each_batch;
pub use write::{Format, OutputFile, Writer};
