//! An account laid out for a person: who said what, what was done, when,
//! where, who is who, and the text with its evidence in colour.
//!
//! The numbers after the rows (`c3`, `e2`) are the ids of the account's claims
//! and events, and stand again after the paragraphs that they were read from.

mod article;
mod claims;
mod events;
pub mod ink;
pub mod layout;
mod lists;
#[cfg(test)]
mod tests;

use dateline::{Account, Entity, Span, TextIndex};
use ink::{Ink, Inked};
use layout::{Row, paragraph};

/// How wide to write, and whether in colour.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// Columns of the terminal.
    pub width: usize,
    /// Whether to write colours.
    pub color: bool,
}

/// Narrower terminals get lines that they have to wrap themselves.
pub const NARROWEST: usize = 30;
/// Longer lines are hard to read.
pub const WIDEST: usize = 120;

/// The account as text for a terminal.
pub fn render(account: &Account, look: Look) -> String {
    let width = look.width.clamp(NARROWEST, WIDEST);
    let mut page = Page {
        account,
        index: TextIndex::new(&account.text),
        look: Look { width, ..look },
        out: String::new(),
    };
    page.header();
    page.claims();
    page.events();
    page.times();
    page.places();
    page.entities();
    page.article();
    page.out
}

/// A page that is being written.
struct Page<'a> {
    account: &'a Account,
    index: TextIndex,
    look: Look,
    out: String,
}

impl Page<'_> {
    /// Headline, what is known of the article, and the account's notes.
    fn header(&mut self) {
        let account = self.account;
        let title = account.title.as_deref().unwrap_or(&account.id);
        self.paragraph(&Inked::new(title, Ink::TITLE), 0);
        let id = account.title.as_ref().map(|_| account.id.as_str());
        let words = account.text.split_whitespace().count();
        let byline = account.byline.join(", ");
        let facts = [
            account.outlet.clone(),
            (!byline.is_empty()).then(|| format!("by {byline}")),
            account.published.as_deref().map(day),
            account.url.clone(),
            (account.language != "en").then(|| match account.language.as_str() {
                "und" => "language uncertain".to_owned(),
                other => format!("language: {other}"),
            }),
            Some(count(words, "word", "words")),
            id.map(|id| format!("id {id}")),
        ];
        let facts = facts.into_iter().flatten().map(|fact| Inked::new(&fact, Ink::FAINT));
        self.paragraph(&Inked::dotted(facts), 0);
        for note in &account.notes {
            let note = Inked::new("! ", Ink::NOTE).with(note, Ink::NOTE);
            self.paragraph(&note, 0);
        }
    }

    /// A blank line and the heading of a section.
    fn section(&mut self, name: &str, of: &str) {
        self.out.push('\n');
        let heading = Inked::new(name, Ink::STRONG);
        let heading = Inked::dotted([heading, Inked::new(of, Ink::FAINT)]);
        self.paragraph(&heading, 0);
    }

    fn paragraph(&mut self, run: &Inked, indent: usize) {
        paragraph(&mut self.out, run, indent, self.look.width, self.look.color);
    }

    fn table(&mut self, rows: &[Row]) {
        layout::table(&mut self.out, rows, 2, self.look.width, self.look.color);
    }

    /// The words of a span on one line.
    fn words(&self, span: Span) -> String {
        let words = self.index.slice(&self.account.text, span);
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The words of the pieces of a claim or an event.
    fn quoted(&self, spans: &[Span]) -> String {
        spans.iter().map(|span| self.words(*span)).collect::<Vec<_>>().join(" … ")
    }

    /// The words of a source, without the comma after an apposition.
    fn source(&self, spans: &[Span]) -> String {
        self.quoted(spans).trim_end_matches([',', ';', ' ']).to_owned()
    }

    fn entity(&self, id: u32) -> Option<&Entity> {
        self.account.entities.get(id as usize)
    }

    /// An entity's name, a question mark for one that is not there.
    fn name(&self, id: u32) -> &str {
        self.entity(id).map_or("?", |entity| entity.name.as_str())
    }

    /// An actor's code.
    fn code(&self, id: u32) -> Option<&str> {
        let actor = self.entity(id)?.actor.as_ref()?;
        (!actor.code.is_empty()).then_some(actor.code.as_str())
    }
}

/// An entity's roles, but for one that is all of its name.
pub fn roles(entity: &Entity) -> String {
    let others = |role: &&String| role.to_lowercase() != entity.name.to_lowercase();
    entity.roles.iter().filter(others).cloned().collect::<Vec<_>>().join(", ")
}

/// `3 claims`, `1 claim`.
fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// `Thu 20 Dec 2018` of an ISO day or time; anything else as it is.
pub fn day(date: &str) -> String {
    let parsed = date.get(..10).and_then(|day| day.parse::<jiff::civil::Date>().ok());
    parsed.map_or_else(|| date.to_owned(), |day| day.strftime("%a %-d %b %Y").to_string())
}
