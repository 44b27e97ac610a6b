//! Claims that contradict each other.
//!
//! Two claims of different speakers are in dispute when one affirms and the
//! other denies the same incident, or when they are of one story, their words
//! are alike, and their stances are opposed ("welcomed the withdrawal" against
//! "opposed the withdrawal") or one says no where the other says yes.

use super::kept::Kept;
use super::words::{Vector, Vocabulary, fold, likeness, tokens};
use dateline_account::{Span, TextIndex};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use std::collections::BTreeSet;
use std::rc::Rc;

/// Least likeness of the words of two claims with opposed stances.
const ALIKE: f64 = 0.2;
/// And of two that differ only by a negation.
const VERY_ALIKE: f64 = 0.4;
/// Articles of a story, and reports of an incident, whose claims a new one is
/// held against: the newest.
const COMPARED: usize = 16;
/// Articles whose claims are kept at hand, of which there may be twice as many.
const KEPT: usize = 300;

/// Stances that say of a fact that it is so, and that it is not.
const AFFIRM: [&str; 10] = [
    "assert", "allege", "accuse", "confirm", "report", "announce", "know", "show", "admit",
    "describe",
];
const DENY: [&str; 2] = ["deny", "doubt"];
/// Stances that find something good, and bad.
const WELCOME: [&str; 3] = ["agree", "support", "praise"];
const CONDEMN: [&str; 6] = ["reject", "disagree", "oppose", "criticize", "blame", "refuse"];

/// A claim with a speaker, and what is needed to hold it against others.
pub(crate) struct Claim {
    article: i64,
    n: i64,
    stance: String,
    /// First sentence, and the one after the last.
    sentences: (i64, i64),
    speaker: String,
    /// Code of a speaker who is no person: two offices of one government do
    /// not dispute with each other.
    body: Option<String>,
    confidence: f64,
    vector: Vector,
    negations: usize,
}

/// What finds disputes.
pub(crate) struct Disputes<'a> {
    vocabulary: &'a Vocabulary,
    /// Claims of an article, by number.
    claims: Kept<i64, Rc<[Claim]>>,
}

impl<'a> Disputes<'a> {
    pub fn new(vocabulary: &'a Vocabulary) -> Self {
        Self { vocabulary, claims: Kept::new(KEPT) }
    }

    /// What tells how rare words of claims are.
    pub fn vocabulary(&self) -> &'a Vocabulary {
        self.vocabulary
    }

    /// Finds what disputes the claims of an article, as [`claims`] reads them.
    /// `stories` are those of its passages.
    pub fn join(
        &mut self,
        t: &Transaction<'_>,
        article: i64,
        own: Vec<Claim>,
        stories: &[(u32, i64)],
    ) -> rusqlite::Result<()> {
        self.claims.put(article, own.into());
        self.by_incident(t, article)?;
        self.by_words(t, article, stories)
    }

    /// The claims of an article.
    fn claims(&mut self, t: &Transaction<'_>, article: i64) -> rusqlite::Result<Rc<[Claim]>> {
        if let Some(known) = self.claims.get(&article) {
            return Ok(known);
        }
        let claims: Rc<[Claim]> = claims(t, self.vocabulary, article)?.into();
        self.claims.put(article, claims.clone());
        Ok(claims)
    }

    /// Claims that affirm and deny one incident.
    fn by_incident(&mut self, t: &Transaction<'_>, article: i64) -> rusqlite::Result<()> {
        let own: Vec<(i64, i64, bool)> = t
            .prepare_cached(
                "SELECT r.incident, e.claim, e.polarity = 'negative' FROM reports r
             JOIN events e ON e.article = r.article AND e.n = r.event
             WHERE r.article = ?1 AND e.claim IS NOT NULL ORDER BY e.n",
            )?
            .query_map([article], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<Result<_, _>>()?;
        for (incident, n, negative) in own {
            let others: Vec<(i64, i64, bool)> = t
                .prepare_cached(
                    "SELECT r.article, e.claim, e.polarity = 'negative' FROM reports r
                 JOIN events e ON e.article = r.article AND e.n = r.event
                 WHERE r.incident = ?1 AND r.article <= ?2 AND e.claim IS NOT NULL
                 ORDER BY r.article DESC, e.n LIMIT ?3",
                )?
                .query_map(params![incident, article, COMPARED as i64], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
                })?
                .collect::<Result<_, _>>()?;
            if others.len() < 2 {
                continue;
            }
            let claims = self.claims(t, article)?;
            let Some(claim) = find(&claims, n) else { continue };
            for (other_article, other_n, other_negative) in others {
                let others = self.claims(t, other_article)?;
                let Some(other) = find(&others, other_n) else { continue };
                let denied = negative || claim.stance == "deny";
                let other_denied = other_negative || other.stance == "deny";
                let serious = |c: &Claim, denied: bool| denied || c.is(&AFFIRM);
                if denied != other_denied
                    && serious(claim, denied)
                    && serious(other, other_denied)
                    && claim.may_dispute(other)
                {
                    let alike = likeness(&claim.vector, &other.vector);
                    write(t, claim, other, Some(incident), 0.6 + 0.4 * alike)?;
                }
            }
        }
        Ok(())
    }

    /// Claims of one story whose words are alike and whose stances are not.
    fn by_words(
        &mut self,
        t: &Transaction<'_>,
        article: i64,
        stories: &[(u32, i64)],
    ) -> rusqlite::Result<()> {
        let stories: BTreeSet<i64> = stories.iter().map(|(_, story)| *story).collect();
        let own = self.claims(t, article)?;
        for story in stories {
            let passages = newest(t, story, article)?;
            let mut of_articles = passages.chunk_by(|a, b| a.0 == b.0).peekable();
            let Some(home) = of_articles.next_if(|of| of[0].0 == article) else { continue };
            let own: Vec<&Claim> = own.iter().filter(|claim| claim.is_near(home)).collect();
            for (at, claim) in own.iter().enumerate() {
                own[..at].iter().try_for_each(|other| compare(t, other, claim))?;
            }
            if own.is_empty() {
                continue;
            }
            for of_article in of_articles {
                let others = self.claims(t, of_article[0].0)?;
                for other in others.iter().filter(|claim| claim.is_near(of_article)) {
                    own.iter().try_for_each(|claim| compare(t, claim, other))?;
                }
            }
        }
        Ok(())
    }
}

/// Passages of a story, articles and sentences, in an article and the newest
/// before it.
fn newest(t: &Transaction<'_>, story: i64, article: i64) -> rusqlite::Result<Vec<(i64, i64)>> {
    let mut find = t.prepare_cached(
        "SELECT article, sentence FROM passages WHERE story = ?1 AND article <= ?2
         ORDER BY article DESC, sentence",
    )?;
    let mut rows = find.query([story, article])?;
    let (mut passages, mut articles): (Vec<(i64, i64)>, usize) = (Vec::new(), 0);
    while let Some(row) = rows.next()? {
        let passage = (row.get(0)?, row.get(1)?);
        articles += usize::from(passages.last().is_none_or(|last| last.0 != passage.0));
        if articles > COMPARED {
            break;
        }
        passages.push(passage);
    }
    Ok(passages)
}

/// The claim of a number.
fn find(claims: &[Claim], n: i64) -> Option<&Claim> {
    claims.get(claims.binary_search_by_key(&n, |claim| claim.n).ok()?)
}

/// Writes a dispute of two claims of one story, if they are in one.
fn compare(t: &Transaction<'_>, claim: &Claim, other: &Claim) -> rusqlite::Result<()> {
    let opposed = claim.opposes(other) || other.opposes(claim);
    // "denied that it did not" is a yes.
    let negated = (claim.negations + other.negations) % 2 == 1;
    let least = match (opposed, negated) {
        (true, false) => ALIKE,
        (false, true) if claim.is(&AFFIRM) && other.is(&AFFIRM) => VERY_ALIKE,
        _ => return Ok(()),
    };
    let alike = likeness(&claim.vector, &other.vector);
    if alike >= least && claim.may_dispute(other) {
        write(t, claim, other, None, alike)?;
    }
    Ok(())
}

impl Claim {
    /// Whether it touches one of some passages of its article.
    fn is_near(&self, passages: &[(i64, i64)]) -> bool {
        let (first, end) = (self.sentences.0 - 2, self.sentences.1 + 1);
        passages.iter().any(|(_, sentence)| (first..=end).contains(sentence))
    }

    fn is(&self, stances: &[&str]) -> bool {
        stances.contains(&self.stance.as_str())
    }

    /// Whether it stands against what the other stands for: a fact, or a
    /// judgement.
    fn opposes(&self, other: &Claim) -> bool {
        self.is(&DENY) && other.is(&AFFIRM) || self.is(&CONDEMN) && other.is(&WELCOME)
    }

    fn may_dispute(&self, other: &Claim) -> bool {
        let bodies = self.body.as_ref().zip(other.body.as_ref());
        self.speaker != other.speaker && bodies.is_none_or(|(a, b)| a != b)
    }
}

fn write(
    t: &Transaction<'_>,
    claim: &Claim,
    other: &Claim,
    incident: Option<i64>,
    score: f64,
) -> rusqlite::Result<()> {
    let first = (claim.article, claim.n).min((other.article, other.n));
    let second = (claim.article, claim.n).max((other.article, other.n));
    let score = score * claim.confidence.min(other.confidence);
    t.prepare_cached(
        "INSERT OR IGNORE INTO disputes
         (article, claim, other_article, other_claim, incident, score)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![first.0, first.1, second.0, second.1, incident, score])?;
    Ok(())
}

/// The claims of an article that have a speaker, by number; none of a copy.
pub(crate) fn claims(
    db: &Connection,
    vocabulary: &Vocabulary,
    article: i64,
) -> rusqlite::Result<Vec<Claim>> {
    let text: Option<String> = db
        .prepare_cached("SELECT text FROM articles WHERE id = ?1 AND copy_of IS NULL")?
        .query_row([article], |row| row.get(0))
        .optional()?;
    let Some(text) = text else { return Ok(Vec::new()) };
    let index = TextIndex::new(&text);
    let no = ["not", "no", "never", "false", "untrue", "neither", "nor", "none", "nobody", "wrong"];
    let mut find = db.prepare_cached(
        "SELECT c.n, c.stance, c.confidence, c.content, c.sentence, c.sentence + c.sentences,
                e.actor, e.name, e.kind, e.code
         FROM claims c CROSS JOIN entities e ON e.article = c.article AND e.n = c.speaker
         WHERE c.article = ?1 ORDER BY c.n",
    )?;
    let mut rows = find.query([article])?;
    let mut claims = Vec::new();
    while let Some(row) = rows.next()? {
        let spans: Vec<Span> = serde_json::from_str(row.get_ref(3)?.as_str()?).unwrap_or_default();
        let words: Vec<&str> = spans.iter().map(|span| index.slice(&text, *span)).collect();
        let folded = fold(&words.join(" ").replace("n't", " not").replace("n’t", " not"));
        let (actor, name): (Option<i64>, String) = (row.get(6)?, row.get(7)?);
        let (kind, code): (String, Option<String>) = (row.get(8)?, row.get(9)?);
        claims.push(Claim {
            article,
            n: row.get(0)?,
            stance: row.get(1)?,
            sentences: (row.get(4)?, row.get(5)?),
            confidence: row.get(2)?,
            speaker: actor.map_or_else(|| fold(&name), |actor| format!("#{actor}")),
            body: code.filter(|code| kind != "person" && code.len() > 3),
            vector: vocabulary.vector(db, &folded)?,
            negations: tokens(&folded).filter(|word| no.contains(word)).count(),
        });
    }
    Ok(claims)
}
