//! Time expressions to TIMEX3 values.
//!
//! [`TimeReader`] finds dates, times of day, lengths of time and recurring
//! times in an article and says which stretch of the calendar each means,
//! against the article's day of publication and, where the text moves on
//! ("in the summer of 2014 ... that August"), the running reference time.
//! Types, values, modifiers and extents are those of TIMEX3 in TimeML 1.2.1
//! (Pustejovsky et al.; the annotation guidelines of TimeBank 1.2).
//!
//! The words are data (`time-words.tsv`, `holidays.tsv`), the grammar is code:
//! the text is cut into `pieces`, `grammar` and its parts (`dates`, `numeric`,
//! `years`, `stretches`, `relative`, `clock`, `lengths`, `numbers`) find what a
//! phrase means (`meaning`), `tense` says whether its clause looks back or
//! ahead, and `resolve` turns the meaning into a value by the `calendar`.

mod calendar;
mod clock;
mod dates;
mod grammar;
mod holidays;
mod lengths;
mod meaning;
mod numbers;
mod numeric;
mod pieces;
mod reader;
mod relative;
mod resolve;
mod stretches;
mod tense;
mod unit;
mod values;
mod words;
mod years;

pub use reader::TimeReader;
