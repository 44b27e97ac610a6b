//! Rows that never count, since another row fits wherever they do and is taken
//! instead.

use crate::classes::Classes;
use crate::lexicon::Lexicon;
use crate::pattern::Needs;
use crate::sound::follows;
use dateline_lexicon::{Place, Problems, Row};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;

/// Takes as an error each row of frames that another always beats, and warns of
/// it where both say the same. `rows` are the places of rows and their
/// frames, one a spelling.
pub(crate) fn frames(lexicon: &Lexicon, rows: &[(Place, Range<u32>)], problems: &mut Problems) {
    let row_of = |frame: u32| rows.partition_point(|(_, frames)| frames.end <= frame);
    let mut winners: Vec<Option<u32>> = vec![None; lexicon.frames.len()];
    for of_head in lexicon.heads.values() {
        for &frame in of_head {
            let mut others = of_head.iter().copied().filter(|&o| row_of(o) != row_of(frame));
            winners[frame as usize] = others.find(|&other| beats(lexicon, other, frame));
        }
    }
    for (place, frames) in rows {
        let mut winner = None;
        let beaten = frames.clone().all(|frame| {
            winner = winners[frame as usize];
            winner.is_some()
        });
        let (true, Some(winner)) = (beaten, winner) else { continue };
        let (of, _) = &rows[row_of(winner)];
        let reason = format!(
            "this row never counts: that of {of} fits wherever it does, and wins; give this one \
             more needs, another certainty, or delete it"
        );
        // one that says the same does no harm
        let alike = frames.clone().any(|frame| says_same(lexicon, frame, winner));
        if alike {
            problems.warn(place.error(reason));
        } else {
            problems.error(place.error(reason));
        }
    }
}

/// Whether two frames ask for the same and make the same event of it.
fn says_same(lexicon: &Lexicon, at: u32, other_at: u32) -> bool {
    let (this, other) = (&lexicon.frames[at as usize], &lexicon.frames[other_at as usize]);
    (this.kind, &this.mode, &this.contexts) == (other.kind, &other.mode, &other.contexts)
        && this.needs == other.needs
        && this.pattern == other.pattern
        && this.precedence() == other.precedence()
}

/// Whether a frame fits wherever another does, and is taken then.
fn beats(lexicon: &Lexicon, at: u32, other_at: u32) -> bool {
    let (this, other) = (&lexicon.frames[at as usize], &lexicon.frames[other_at as usize]);
    let same = this.pos == other.pos && this.before == other.before && this.after == other.after;
    let (own, others) = (this.precedence(), other.precedence());
    same && (own > others || own == others && at < other_at)
        && covers(&this.needs, &other.needs, &lexicon.classes)
}

/// Whether needs are met wherever others are, asking for as much.
fn covers(needs: &Needs, others: &Needs, classes: &Classes) -> bool {
    if needs.0.is_empty() || others.0.is_empty() {
        return needs.0.is_empty() && others.0.is_empty();
    }
    others.0.iter().all(|given| {
        needs.0.iter().any(|alternative| {
            alternative.len() >= given.len()
                && alternative
                    .iter()
                    .all(|need| given.iter().any(|from| follows(need, from, classes)))
        })
    })
}

/// What is said of each key of a table, and where it is first: the row that
/// counts.
pub(crate) struct First<T>(HashMap<String, (Place, T)>);

impl<T> Default for First<T> {
    fn default() -> Self {
        First(HashMap::new())
    }
}

impl<T: PartialEq> First<T> {
    /// Looks for an earlier row of the same key.
    pub fn of_key(&mut self, key: String, value: T, row: &Row<'_>, problems: &mut Problems) {
        match self.0.entry(key) {
            Entry::Occupied(first) => {
                let (earlier, said) = first.get();
                never_first(row, earlier, *said == value, problems);
            }
            Entry::Vacant(free) => {
                free.insert((row.place(), value));
            }
        }
    }
}

/// Takes as an error a row that an earlier one always beats; warns of it where
/// both say the same.
pub(crate) fn never_first(row: &Row<'_>, earlier: &Place, same: bool, problems: &mut Problems) {
    let found = row.error(format!(
        "this row never counts: that of {earlier} fits wherever it does, and comes first; put it \
         before that one, in a file that replaces ours, or delete it"
    ));
    if same {
        problems.warn(found);
    } else {
        problems.error(found);
    }
}
