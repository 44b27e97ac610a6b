//! The router as a whole, over one store: pages, API, gate, and an article that
//! attacks its readers.

mod api;
mod common;
mod exports;
mod gate;
mod hostile;
mod pages;
mod reading;
