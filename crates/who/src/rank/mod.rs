//! A small learned ranker of antecedents, for what the sieves leave open:
//! descriptions and pronouns of the third person.
//!
//! Every earlier mention that can be meant, and the answer that something new
//! is meant, gets a score; the best decides (Denis and Baldridge, "Specialized
//! models and ranking for coreference resolution", 2008; trained on the
//! marginal likelihood of all right antecedents as in Wiseman et al. 2015).
//! A candidate is a set of features, each a row of a table; their sum goes
//! through one layer of rectified units:
//!
//! ```text
//! score(m, a) = w · max(0, Σ E[f] for f in features(m) ∪ features(a) ∪ features(m, a))
//! ```
//!
//! All numbers are whole, so that every machine decides alike. The table is
//! made by `train/coref/train_ranker.py` on the training part of GUM.

mod candidates;
mod model;
mod seen;
mod teach;
mod traits;

pub(crate) use candidates::Ranking;
pub(crate) use model::Ranker;
pub use teach::Decision;
pub(crate) use teach::gold;
