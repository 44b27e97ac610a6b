//! Small learned deciders: a set of features in, a score for each answer out.
//!
//! A feature is the number of a row of a [`Table`]: a template and its values,
//! hashed ([`Space`]). The rows of a question's features are summed, rectified
//! and weighed, one weight for each hidden unit and answer:
//!
//! ```text
//! score(answer) = bias[answer] + out[answer] · max(0, Σ rows[f] for f in features)
//! ```
//!
//! All numbers are whole, so that every machine decides alike (hashing:
//! Weinberger et al., "Feature hashing for large scale multitask learning",
//! 2009). What a table decides, and what its features are, is the business of
//! the room that has it. So it is with [`Weights`], the logistic model behind a
//! confidence, whose features have names.

mod features;
mod table;
mod weights;

pub use features::{Id, Space, bucket, word};
pub use table::Table;
pub use weights::Weights;
