//! Accounts, excerpts and incidents gathered to record batches.

use crate::accounts::Told;
use crate::cells::Rows;
use crate::columns::Table;
use crate::incidents;
use crate::polecat;
use crate::scales::Scales;
use arrow_array::RecordBatch;
use dateline_account::Account;
use dateline_store::ask::IncidentRow;
use dateline_store::{Excerpt, Excerpts};
use std::sync::Arc;

/// Most rows of a batch.
const ROWS: usize = 4096;
/// About the most bytes of one: what is held in memory at a time.
const BYTES: usize = 4 << 20;

/// Rows of one table on their way into record batches.
///
/// ```
/// use dateline_account::{Account, Article};
/// use dateline_tables::{Batches, Scales, Table};
/// let mut batches = Batches::new(Table::Articles, Scales::default().into());
/// batches.account(&Account::empty(&Article::new("a1", "Talks went on."), "en"));
/// assert_eq!(batches.finish().num_rows(), 1);
/// ```
#[derive(Debug)]
pub struct Batches {
    table: Table,
    scales: Arc<Scales>,
    rows: Rows,
}

impl Batches {
    /// No rows yet.
    pub fn new(table: Table, scales: Arc<Scales>) -> Self {
        Self { table, scales, rows: Rows::new(table.schema()) }
    }

    /// Appends all rows of an account; of [`Table::Incidents`] there are none.
    pub fn account(&mut self, account: &Account) {
        let count = match self.table {
            Table::Articles => 1,
            Table::Claims => account.claims.len(),
            Table::Events | Table::Polecat => account.events.len(),
            Table::Entities => account.entities.len(),
            Table::Incidents => 0,
        };
        self.append(&Told::new(account, &[], &[]), 0..count as u32);
    }

    /// Appends the rows of an account that were asked of a store.
    pub fn excerpt(&mut self, excerpt: &Excerpt) {
        let Excerpt { account, rows, actors, incidents } = excerpt;
        self.append(&Told::new(account, actors, incidents), rows.iter().copied());
    }

    /// Appends an incident to [`Table::Incidents`].
    pub fn incident(&mut self, incident: &IncidentRow) {
        if self.table == Table::Incidents {
            self.rows.push(&incidents::row(incident, &self.scales));
        }
    }

    fn append(&mut self, told: &Told<'_>, rows: impl Iterator<Item = u32>) {
        for n in rows.map(|n| n as usize) {
            let account = told.account;
            let row = match self.table {
                Table::Articles => Some(told.article()),
                Table::Claims => account.claims.get(n).map(|claim| told.claim(claim)),
                Table::Events => account.events.get(n).map(|e| told.event(e, &self.scales)),
                Table::Entities => account.entities.get(n).map(|e| told.entity_row(e)),
                Table::Polecat => {
                    let event = account.events.get(n).filter(|event| polecat::happened(event));
                    event.map(|event| polecat::row(told, event, &self.scales))
                }
                Table::Incidents => None,
            };
            row.iter().for_each(|row| self.rows.push(row));
        }
    }

    /// Whether there are enough rows for a batch: call [`Batches::finish`].
    pub fn are_full(&self) -> bool {
        self.rows.len() >= ROWS || self.rows.bytes() >= BYTES
    }

    /// The rows so far as a record batch; there are none afterwards.
    pub fn finish(&mut self) -> RecordBatch {
        self.rows.finish()
    }

    /// Which rows a store is to be asked for; nothing where it is asked for
    /// incidents.
    pub(crate) fn excerpts(&self) -> Option<Excerpts> {
        match self.table {
            Table::Articles => Some(Excerpts::Articles),
            Table::Claims => Some(Excerpts::Claims),
            Table::Events | Table::Polecat => Some(Excerpts::Events),
            Table::Entities => Some(Excerpts::Entities),
            Table::Incidents => None,
        }
    }
}
