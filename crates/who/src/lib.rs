//! Who: mentions of people, groups, bodies and places, put together into
//! entities, with their roles and their PLOVER codes.
//!
//! *Mention*, *head*, *name*, *nominal* and *pronoun* are meant as in the
//! coreference literature (ACE, OntoNotes, GUM); linking goes by sieves, the
//! surest first (Lee et al., "Deterministic coreference resolution based on
//! entity-centric, precision-ranked rules", 2013), and what they leave open by a
//! small learned ranker. Actor codes are those of the
//! PLOVER manual of 2021: a country or a stand-in for one, and sectors.
//!
//! Three lexicons can be read and corrected: `actors.tsv` (names with offices,
//! each for its time), `roles.tsv` (what words say of a standing) and
//! `given-names.tsv` (what a given name says of gender).

mod actor_checks;
mod actor_rows;
mod actors;
mod appositions;
mod candidates;
mod cluster;
mod codes;
mod collect;
mod compose;
mod countries;
mod datelines;
mod draft;
mod explain;
mod fold;
mod given;
mod index;
mod link;
mod link_names;
mod link_nominals;
mod names;
mod nominals;
mod output;
mod pronouns;
#[cfg(test)]
mod property;
mod quotes;
mod rank;
mod reader;
mod renamed;
mod roles;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_bounds;
#[cfg(test)]
mod tests_explain;
#[cfg(test)]
mod tests_links;
#[cfg(test)]
mod tests_names;
mod titles;
mod tree;
mod words;

pub use rank::Decision;
pub use reader::EntityReader;
