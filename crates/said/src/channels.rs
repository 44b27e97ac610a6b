//! The channel lexicon: words that tell by what way a claim reached the public.

use crate::phrases::{Found, Phrases};
use dateline_account::Channel;
use dateline_lexicon::{Keys, LexiconError, Lexicons, Place, Problems, Row};
use dateline_syntax::Doc;

/// Where a word tells the channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// As the cue.
    Cue,
    /// In the clause of the cue.
    Clause,
    /// As the source.
    Source,
    /// In the clause or as the source.
    Both,
}

/// The words of `channels.tsv`.
#[derive(Debug)]
pub(crate) struct Channels {
    phrases: Phrases<Word>,
}

#[derive(Debug, Clone)]
struct Word {
    usage: Use,
    channel: Channel,
    /// As written when it has capitals that the text must have too.
    cased: Option<String>,
    row: Place,
}

/// A word or phrase that tells a channel.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Way<'c> {
    pub channel: Channel,
    /// Its tokens.
    pub start: usize,
    pub end: usize,
    /// Where the lexicon says so.
    pub row: &'c Place,
}

const COLUMNS: [&str; 3] = ["word", "use", "channel"];

impl Channels {
    pub fn load(lexicons: &Lexicons, problems: &mut Problems) -> Self {
        let table = lexicons.table("channels.tsv", &COLUMNS, problems);
        let mut keys = Keys::default();
        let mut phrases = Phrases::default();
        for row in table.rows() {
            let word = row.get("word");
            if word.is_empty() {
                problems.error(row.error("'word' is empty"));
                continue;
            }
            let cased = word.chars().any(char::is_uppercase).then(|| word.to_owned());
            let (usage, channel) = (problems.keep(usage(&row)), problems.keep(channel(&row)));
            let (Some(usage), Some(channel)) = (usage, channel) else { continue };
            problems.once(&mut keys, &[word, row.get("use")], &row, "the earlier row counts");
            phrases.insert(word, Word { usage, channel, cased, row: row.place() });
        }
        Self { phrases }
    }

    /// The channel that a word or phrase beginning at a token tells in this
    /// use.
    pub fn at(&self, doc: &Doc<'_>, token: usize, wanted: Use) -> Option<Way<'_>> {
        let fits = |found: &Found<'_, Word>| {
            let usage = found.value.usage;
            let used = usage == wanted || (usage == Use::Both && wanted != Use::Cue);
            used && found.value.cased.as_deref().is_none_or(|cased| {
                let written = doc.span(found.start..found.end.min(doc.tokens.len()));
                doc.slice(written) == cased
            })
        };
        self.phrases.at(doc, token, token.saturating_add(8)).iter().find(|f| fits(f)).map(|f| Way {
            channel: f.value.channel,
            start: f.start,
            end: f.end,
            row: &f.value.row,
        })
    }
}

fn usage(row: &Row<'_>) -> Result<Use, LexiconError> {
    match row.get("use") {
        "cue" => Ok(Use::Cue),
        "clause" => Ok(Use::Clause),
        "source" => Ok(Use::Source),
        "both" => Ok(Use::Both),
        other => Err(row.error(format!("'{other}' in 'use' is none of cue, clause, source, both"))),
    }
}

fn channel(row: &Row<'_>) -> Result<Channel, LexiconError> {
    Ok(match row.get("channel") {
        "press-conference" => Channel::PressConference,
        "social-media" => Channel::SocialMedia,
        "interview" => Channel::Interview,
        "statement" => Channel::Statement,
        "speech" => Channel::Speech,
        "document" => Channel::Document,
        "agency" => Channel::Agency,
        "testimony" => Channel::Testimony,
        "call" => Channel::Call,
        "broadcast" => Channel::Broadcast,
        "survey" => Channel::Survey,
        other => {
            let reason = format!(
                "'{other}' in 'channel' is none of press-conference, social-media, interview, \
                 statement, speech, document, agency, testimony, call, broadcast, survey"
            );
            return Err(row.error(reason));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_lexicon_is_sound() {
        let mut problems = Problems::with_warnings();
        Channels::load(&Lexicons::embedded(), &mut problems);
        assert!(problems.list().is_empty(), "{problems:?}");
    }
}
