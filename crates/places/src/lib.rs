//! Toponyms to coordinates.
//!
//! [`PlaceReader`] finds place names and demonyms, in the names of the reading
//! network and by the lexicons, and decides which place each one means. The
//! terms are those of geoparsing (Gritta et al., *A pragmatic guide to
//! geoparsing evaluation*, 2020): a *toponym* is a name that refers to a place,
//! also inside another name ("Texas" in the name of a university), and a
//! *demonym* an adjective made from one. Names of peoples ("the Turks") and of
//! languages are not places and are left to others.
//!
//! The rooms inside, in the order in which data flows: `atlas` (places listed by
//! hand), [`Gazetteer`] (GeoNames towns and divisions), `words` (what stands
//! around names), `pieces`, `mention`, `find` with `listed`, `accept`, `demonym`,
//! `unlisted` and `known` (which words), `home` (where the article comes from),
//! `candidate` (what they could mean), `resolve` with `votes` (what they do mean
//! here).

mod accept;
mod atlas;
mod candidate;
mod demonym;
mod find;
mod fold;
mod gazetteer;
mod home;
mod known;
mod listed;
mod mention;
mod pieces;
mod reader;
mod resolve;
mod unlisted;
mod votes;
mod words;

pub use fold::fold;
pub use gazetteer::{
    Build, BuildError, Gazetteer, GazetteerError, Packed, Packer, Record, Row, RowError,
};
pub use reader::PlaceReader;
