//! The account: what dateline writes for one article.
//!
//! This room holds the data model that every other room fills in and nothing
//! else: [`Article`] is what comes in, [`Account`] what goes out. The terms are
//! those of the field: *source*, *cue* and *content* of an attribution are
//! PARC 3's and PolNeAR's, time expressions are TIMEX3 (TimeML 1.2), events are
//! PLOVER (the 2021 manual) unless an ontology of one's own is read by, tokens follow Universal Dependencies v2.
//!
//! All offsets are Unicode code points of the untouched article text
//! ([`Span`]); [`TextIndex`] turns them into slices.

mod article;
mod claim;
mod entity;
mod event;
mod event_type;
mod place;
mod record;
mod span;
mod time;
mod token;

pub use article::Article;
pub use claim::{Channel, Claim, Form};
pub use entity::{Actor, Entity, EntityKind, Mention, MentionForm};
pub use event::{Event, Modality, Polarity, Quad};
pub use event_type::{EventType, OtherType};
pub use place::{Place, PlaceForm};
pub use record::{Account, SCHEMA, json_schema};
pub use span::{Span, TextIndex};
pub use time::{Time, TimeType};
pub use token::TokenRecord;
