//! `dateline who`: a page on one person or body.

use super::answer::{self, Answer};
use super::args::WhoArgs;
use super::refuse;
use crate::pretty::ink::{Ink, Inked};
use crate::pretty::{Look, layout};
use crate::{Status, complain, write};
use dateline_store::Store;
use dateline_store::ask::Page;

/// Writes the page.
pub fn run(args: &WhoArgs) -> Status {
    let name = args.name.join(" ");
    let page = Store::open(&args.store).and_then(|store| store.who(&name, args.limit));
    let page = match page {
        Ok(page) => page,
        Err(error) => return refuse(&error),
    };
    let Some(page) = page else {
        complain(format_args!("{name}: nobody of that name is in the store"));
        return Status::Read;
    };
    let bytes = if args.json {
        answer::json(&page)
    } else {
        lay_out(&page, answer::look(args.color)).into_bytes()
    };
    write(&mut std::io::stdout().lock(), &bytes);
    Status::Read
}

fn lay_out(page: &Page, look: Look) -> String {
    let mut out = String::new();
    let actor = &page.actor;
    let seen = [&actor.first, &actor.last].map(|day| day.as_deref().unwrap_or("an unknown day"));
    let head = [
        Inked::new(&actor.name, Ink::TITLE),
        Inked::new(actor.code.as_deref().unwrap_or_default(), Ink::CODE),
        Inked::new(&actor.roles.join(", "), Ink::FAINT),
    ];
    layout::paragraph(&mut out, &Inked::dotted(head), 0, look.width, look.color);
    let articles = format!("{} articles, from {} to {}", actor.articles, seen[0], seen[1]);
    layout::paragraph(&mut out, &Inked::new(&articles, Ink::FAINT), 0, look.width, look.color);
    part(&mut out, "SAID", &page.said, look);
    part(&mut out, "DID", &page.did, look);
    part(&mut out, "WAS DONE TO", &page.done_to, look);
    part(&mut out, "SAID OF", &page.said_of, look);
    if !page.co_actors.is_empty() {
        heading(&mut out, "WITH", look);
        let rows = page.co_actors.iter().map(|other| -> layout::Row {
            vec![
                Inked::new(&other.who.name, Ink::STRONG),
                Inked::new(other.who.code.as_deref().unwrap_or_default(), Ink::CODE),
                Inked::new(&format!("in {} events", other.events), Ink::FAINT),
            ]
            .into()
        });
        layout::table(&mut out, &rows.collect::<Vec<_>>(), 2, look.width, look.color);
    }
    part(&mut out, "OTHERS OF THAT NAME", &page.namesakes, look);
    out
}

fn part<A: Answer>(out: &mut String, title: &str, rows: &[A], look: Look) {
    if rows.is_empty() {
        return;
    }
    heading(out, title, look);
    let rows: Vec<layout::Row> = rows.iter().map(Answer::row).collect();
    layout::table(out, &rows, 2, look.width, look.color);
}

fn heading(out: &mut String, title: &str, look: Look) {
    out.push('\n');
    layout::paragraph(out, &Inked::new(title, Ink::STRONG), 0, look.width, look.color);
    out.push('\n');
}
