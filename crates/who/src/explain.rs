//! What decided an entity, in short sentences, for `--explain`.
//!
//! The first begins with `code` and says what row or which words gave the
//! actor code; then one begins with `mention` and its place in the text for
//! each mention, and says why it is this entity's. Rows of the lexicons are
//! named by file and line.

use crate::cluster::Cluster;
use crate::codes::Coding;
use crate::countries::Countries;
use crate::draft::{Draft, Pronoun};
use crate::fold::fold;
use crate::link::Linker;
use crate::output::one_line;
use crate::roles::Role;
use crate::words::role_of;
use dateline_account::{Entity, MentionForm, Place, Span};
use std::ops::Range;

/// Why a mention was put with the mentions before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why {
    /// One stands in brackets behind the other.
    Bracket,
    /// Both are names of one row of the actor lexicon.
    Row,
    /// The same name, of a person the given and the last.
    Name,
    /// Names of the same place.
    Place,
    /// An acronym of the name.
    Initials,
    /// The last name, or the only one by which somebody goes.
    LastName,
    /// The given name, which only one person of the article has.
    GivenName,
    /// The end of the name of a body.
    Shorter,
    /// The front of the name of a body.
    Front,
    /// The name that somebody was born with, or had before.
    Born,
    /// The ranker's choice of an earlier mention.
    Ranked(u32),
}

/// What gave an entity its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decided {
    /// A row of the actor lexicon.
    Row(u32),
    /// Words of the article; a country or sector may be that of the cluster
    /// `owner`, the country the one that the article is about.
    Words { owner: Option<u32>, home: bool },
    /// The country that a place lies in.
    Place,
    /// A capital that acts.
    Capital,
    /// Things have no code.
    Nothing,
}

/// The most characters of a mention that are quoted.
const QUOTED: usize = 60;

impl Linker<'_, '_> {
    /// Gives each entity its reasons. `entities` are those that
    /// [`Linker::entities`] made.
    pub(crate) fn explain(&self, countries: &Countries, places: &[Place], entities: &mut [Entity]) {
        for (cluster, entity) in self.order().into_iter().zip(entities) {
            entity.explain.push(self.code(cluster, countries, places));
            entity.explain.extend(cluster.mentions.iter().map(|&at| self.mention(at, cluster)));
        }
    }

    fn code(&self, cluster: &Cluster, countries: &Countries, places: &[Place]) -> String {
        let (coding, decided) = self.coding(cluster);
        let Some(actor) = coding.actor() else {
            return match decided {
                Decided::Nothing => "code: none, as it is no actor".to_owned(),
                _ => "code: none, as no row and no word tells of one".to_owned(),
            };
        };
        let by = match decided {
            Decided::Row(row) => self.row(row),
            Decided::Words { owner, home } => {
                let mut by = self.words_of(cluster, &coding, countries);
                by.extend(cluster.row.map(|row| format!("not by {}", self.row(row))));
                if let Some(owner) = owner.and_then(|owner| self.clusters.get(owner as usize)) {
                    let drafts: Vec<u32> = owner.mentions.iter().take(64).copied().collect();
                    let name = self.entity_name(owner, &drafts, places);
                    by.push(format!("and what “{name}” lends, to whom it belongs"));
                }
                if home {
                    by.push(format!(
                        "{} as the country that the article is about",
                        coding.country.as_ref().map_or("", |c| c.code())
                    ));
                }
                by.join(", ")
            }
            Decided::Place => "the country that it lies in".to_owned(),
            Decided::Capital => "a capital that acts stands for its government".to_owned(),
            Decided::Nothing => String::new(),
        };
        format!("code: {}, {by}", actor.code)
    }

    /// An office or standing, its time and place, and whether it holds.
    fn row(&self, at: u32) -> String {
        let Some(row) = self.scene.actors.row(at) else { return String::new() };
        let held = match self.scene.date {
            None => "; the article has no date".to_owned(),
            Some(date) if row.in_force(date) => format!(", in force on {date}"),
            Some(date) if row.end.is_some_and(|end| end < date) => format!(", past on {date}"),
            Some(date) => format!(", yet to come on {date}"),
        };
        let what = if row.role.is_empty() { &row.name } else { &row.role };
        let always = row.start.is_none() && row.end.is_none();
        let time = if always { String::new() } else { format!(" {}", row.span()) };
        format!("“{what}”{time} ({}){held}", row.place)
    }

    /// The words that gave a composed code, each with its row.
    fn words_of(&self, cluster: &Cluster, coding: &Coding, countries: &Countries) -> Vec<String> {
        let drafts = || cluster.mentions.iter().map(|&at| self.draft(at));
        let told = |d: &&Draft| d.form != MentionForm::Pronoun && !d.coding.is_empty();
        let sectors = &cluster.coding.sectors;
        let deciding = drafts()
            .filter(told)
            .find(|d| !sectors.is_empty() && d.coding.sectors == *sectors)
            .or_else(|| drafts().find(told));
        let Some(draft) = deciding else { return Vec::new() };
        let mut out = vec![format!("the words “{}”", self.quoted(draft.tokens.clone()))];
        let tokens = self.telling(draft);
        let mut country = self.country_word(&tokens, coding, countries);
        // "Peru said ... the army": another mention may tell of the country
        if country.is_none() {
            let mut others = drafts().filter(told);
            country = others.find_map(|d| self.country_word(&self.telling(d), coding, countries));
        }
        out.extend(country);
        out.extend(self.sector_words(draft, &tokens, coding));
        out
    }

    /// The tokens of a mention, its role and its complements, in order.
    fn telling(&self, draft: &Draft) -> Vec<usize> {
        let mut tokens: Vec<usize> = draft.tokens.clone().take(64).collect();
        tokens.extend(draft.role_text.clone().into_iter().flatten().take(64));
        for dependent in self.scene.tree.dependents(draft.head).take(16) {
            tokens.push(dependent);
            tokens.extend(self.scene.tree.dependents(dependent).take(16));
        }
        tokens.sort_unstable();
        tokens.dedup();
        tokens
    }

    fn country_word(
        &self,
        tokens: &[usize],
        coding: &Coding,
        countries: &Countries,
    ) -> Option<String> {
        let named = |t: usize| self.scene.words.countries.get(t).copied().flatten();
        let is = |t: &usize| named(*t).is_some_and(|n| Some(n.country) == coding.country);
        let start = tokens.iter().copied().find(|t| is(t))?;
        let mut end = start + 1;
        while tokens.contains(&end) && named(end) == named(start) {
            end += 1;
        }
        let words = self.quoted(start..end);
        let row = countries.place(&fold(&words));
        let row = row.map_or("a place there".to_owned(), ToString::to_string);
        Some(format!("{} by “{words}” ({row})", coding.country?.code()))
    }

    fn sector_words(&self, draft: &Draft, tokens: &[usize], coding: &Coding) -> Vec<String> {
        let (doc, roles) = (self.scene.doc, self.scene.roles);
        let mut out: Vec<String> = Vec::new();
        let mut say = |gives: &Coding, words: &str, row: &dyn std::fmt::Display| {
            let country = gives.country.as_ref().filter(|_| gives.country == coding.country);
            let sectors = coding.sectors.iter().copied().filter(|s| gives.sectors.contains(s));
            let gives: Vec<&str> = country.map(|c| c.code()).into_iter().chain(sectors).collect();
            let line = format!("{} by “{words}” ({row})", gives.join(" and "));
            if !gives.is_empty() && !out.contains(&line) {
                out.push(line);
            }
        };
        let of_role = |role: &Role| Coding { country: None, sectors: role.sectors.clone() };
        for &token in tokens {
            // its own name has decided nothing, if words have
            if draft.row.is_some() && draft.name.as_ref().is_some_and(|n| n.contains(&token)) {
                continue;
            }
            if let Some((range, listed, row)) =
                self.scene.words.actor_at(token, self.scene.actors, self.scene.date)
                && let Some(row) = self.scene.actors.row(row)
            {
                say(&listed, &self.quoted(range), &row.place);
            } else if token != draft.head
                && let Some(role) = roles.modifier(&fold(doc.form(token)).to_lowercase())
            {
                say(&of_role(role), doc.form(token), &role.place);
            }
            // the whole role, where it ends: "deputy prime minister"
            let longer = tokens.iter().any(|&t| {
                t > token
                    && t < token + 4
                    && role_of(doc, roles, t).is_some_and(|(_, start, _)| start <= token)
            });
            if let Some((role, start, _)) = role_of(doc, roles, token).filter(|_| !longer) {
                let strength = if role.strong { "strong" } else { "weak" };
                let row = format!("{}, {strength}", role.place);
                say(&of_role(role), &self.quoted(start..token + 1), &row);
            }
        }
        if draft.former {
            out.push("a former office".to_owned());
        }
        out
    }

    /// Where a mention is, its words, and why it is the cluster's.
    fn mention(&self, at: u32, cluster: &Cluster) -> String {
        let draft = self.draft(at);
        let Span { start, end } = self.scene.doc.span(draft.tokens.clone());
        let why = self.why(at, draft, cluster);
        format!("mention {start}..{end}: “{}”, {why}", self.quoted(draft.tokens.clone()))
    }

    fn why(&self, at: u32, draft: &Draft, cluster: &Cluster) -> String {
        let kept = self.reasons.as_ref().and_then(|all| all.get(at as usize).copied().flatten());
        if let Some(why) = kept {
            return self.known(why, cluster);
        }
        if cluster.mentions.len() == 1 {
            return "mentioned once".to_owned();
        }
        let own = self.cluster_of(at);
        if draft.form == MentionForm::Nominal {
            if self.apposed(at).is_some_and(|c| Some(c) == own) {
                return "which stands beside it as an apposition".to_owned();
            }
            if self.predicate(at).is_some_and(|c| Some(c) == own) {
                return "which it is said to be".to_owned();
            }
        }
        let Some(before) = cluster.before(at) else {
            return "the first of its mentions".to_owned();
        };
        match draft.pronoun {
            Some(Pronoun::First | Pronoun::FirstPlural) if draft.quoted.is_some() => {
                "who says the words that it stands in".to_owned()
            }
            Some(_) => format!("bound by the clause to {}", self.seen(before)),
            None if draft.form == MentionForm::Name => {
                format!("a name that fits {}", self.seen(before))
            }
            None => match &draft.role {
                Some(role) => format!("the office “{role}” is that of {}", self.seen(before)),
                None => format!("the last one before, {}", self.seen(before)),
            },
        }
    }

    fn known(&self, why: Why, cluster: &Cluster) -> String {
        let row = cluster.row.and_then(|row| self.scene.actors.row(row));
        match why {
            Why::Bracket => "one in brackets behind the other".to_owned(),
            Why::Row => match row {
                Some(row) => format!("a name of “{}” ({})", row.name, row.place),
                None => "a name of the same row".to_owned(),
            },
            Why::Name => "the same name".to_owned(),
            Why::Place => "a name of the same place".to_owned(),
            Why::Initials => "the initials of its name".to_owned(),
            Why::LastName => "its last name".to_owned(),
            Why::GivenName => "its given name, which nobody else has here".to_owned(),
            Why::Shorter => "the end of its name".to_owned(),
            Why::Front => "the front of its name".to_owned(),
            Why::Ranked(before) => format!("ranked first with {}", self.seen(before)),
            Why::Born => "the name it had before or has since, as the text says".to_owned(),
        }
    }

    /// A mention that another was put with: its words and place.
    fn seen(&self, at: u32) -> String {
        let tokens = self.draft(at).tokens.clone();
        let Span { start, end } = self.scene.doc.span(tokens.clone());
        format!("“{}” at {start}..{end}", self.quoted(tokens))
    }

    /// Tokens as written, on one line, not too long.
    fn quoted(&self, tokens: Range<usize>) -> String {
        let words = one_line(self.scene.doc.slice(self.scene.doc.span(tokens)));
        match words.char_indices().nth(QUOTED) {
            Some((cut, _)) => format!("{}…", &words[..cut]),
            None => words,
        }
    }
}
