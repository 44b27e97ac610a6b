//! Claims that contradict each other.
//!
//! Two claims of different speakers are in dispute when one affirms and the
//! other denies the same incident, or when they are of one story, their words
//! are alike, and their stances are opposed ("welcomed the withdrawal" against
//! "opposed the withdrawal") or one says no where the other says yes.

use super::words::{Vector, Vocabulary, fold, likeness, tokens};
use dateline_account::{Span, TextIndex};
use rusqlite::{Transaction, params};
use std::collections::HashMap;
use std::rc::Rc;

/// Least likeness of the words of two claims with opposed stances.
const ALIKE: f64 = 0.2;
/// And of two that differ only by a negation.
const VERY_ALIKE: f64 = 0.4;
/// Articles of a story, and reports of an incident, whose claims a new one is
/// held against: the newest.
const COMPARED: i64 = 16;
/// Claims kept at hand.
const KEPT: usize = 8192;

/// Stances that say of a fact that it is so, and that it is not.
const AFFIRM: [&str; 10] = [
    "assert", "allege", "accuse", "confirm", "report", "announce", "know", "show", "admit",
    "describe",
];
const DENY: [&str; 2] = ["deny", "doubt"];
/// Stances that find something good, and bad.
const WELCOME: [&str; 3] = ["agree", "support", "praise"];
const CONDEMN: [&str; 6] = ["reject", "disagree", "oppose", "criticize", "blame", "refuse"];

/// A claim, with what is needed to hold it against others.
struct Claim {
    article: i64,
    n: i64,
    stance: String,
    speaker: String,
    /// Code of a speaker who is no person: two offices of one government do
    /// not dispute with each other.
    body: Option<String>,
    confidence: f64,
    vector: Vector,
    negations: usize,
}

/// What finds disputes; claims that were looked at are kept at hand.
pub(crate) struct Disputes<'a> {
    vocabulary: &'a Vocabulary,
    claims: HashMap<(i64, i64), Option<Rc<Claim>>>,
}

impl<'a> Disputes<'a> {
    pub fn new(vocabulary: &'a Vocabulary) -> Self {
        Self { vocabulary, claims: HashMap::new() }
    }

    /// Finds what disputes the claims of an article.
    pub fn join(&mut self, t: &Transaction<'_>, article: i64) -> rusqlite::Result<()> {
        self.by_incident(t, article)?;
        self.by_words(t, article)
    }

    /// A claim, where it has a speaker.
    fn claim(
        &mut self,
        t: &Transaction<'_>,
        article: i64,
        n: i64,
    ) -> rusqlite::Result<Option<Rc<Claim>>> {
        if let Some(known) = self.claims.get(&(article, n)) {
            return Ok(known.clone());
        }
        let claim = claim(t, self.vocabulary, article, n)?.map(Rc::new);
        if self.claims.len() >= KEPT {
            self.claims.clear();
        }
        self.claims.insert((article, n), claim.clone());
        Ok(claim)
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
                .query_map([incident, article, COMPARED], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
                })?
                .collect::<Result<_, _>>()?;
            let Some(claim) = self.claim(t, article, n)? else { continue };
            for (other_article, other_n, other_negative) in others {
                let Some(other) = self.claim(t, other_article, other_n)? else { continue };
                let denied = negative || claim.stance == "deny";
                let other_denied = other_negative || other.stance == "deny";
                let serious = |c: &Claim, denied: bool| denied || c.is(&AFFIRM);
                if denied != other_denied
                    && serious(&claim, denied)
                    && serious(&other, other_denied)
                    && claim.may_dispute(&other)
                {
                    let alike = likeness(&claim.vector, &other.vector);
                    write(t, &claim, &other, Some(incident), 0.6 + 0.4 * alike)?;
                }
            }
        }
        Ok(())
    }

    /// Claims of one story whose words are alike and whose stances are not.
    fn by_words(&mut self, t: &Transaction<'_>, article: i64) -> rusqlite::Result<()> {
        let stories: Vec<i64> = t
            .prepare_cached(
                "SELECT DISTINCT story FROM passages WHERE article = ?1 ORDER BY story",
            )?
            .query_map([article], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for story in stories {
            let claims: Vec<(i64, i64)> = t
                .prepare_cached(
                    "WITH newest AS (SELECT DISTINCT article FROM passages
                                     WHERE story = ?1 AND article <= ?2
                                     ORDER BY article DESC LIMIT ?3)
                     SELECT DISTINCT c.article, c.n FROM newest
                     CROSS JOIN passages p ON p.article = newest.article AND p.story = ?1
                     CROSS JOIN claims c ON c.article = p.article
                     AND p.sentence BETWEEN c.sentence - 2 AND c.sentence + c.sentences + 1
                     WHERE c.speaker IS NOT NULL ORDER BY c.article DESC, c.n",
                )?
                .query_map([story, article, COMPARED], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<Result<_, _>>()?;
            for (at, (other_article, other_n)) in claims.iter().enumerate() {
                for (own_article, n) in claims.iter().take(at) {
                    if *own_article == article {
                        self.compare(t, (article, *n), (*other_article, *other_n))?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Writes a dispute of two claims of one story, if they are in one.
    fn compare(
        &mut self,
        t: &Transaction<'_>,
        (article, n): (i64, i64),
        (other_article, other_n): (i64, i64),
    ) -> rusqlite::Result<()> {
        let claim = self.claim(t, article, n)?;
        let Some((claim, other)) = claim.zip(self.claim(t, other_article, other_n)?) else {
            return Ok(());
        };
        let opposed = claim.opposes(&other) || other.opposes(&claim);
        // "denied that it did not" is a yes.
        let negated = (claim.negations + other.negations) % 2 == 1;
        let least = match (opposed, negated) {
            (true, false) => ALIKE,
            (false, true) if claim.is(&AFFIRM) && other.is(&AFFIRM) => VERY_ALIKE,
            _ => return Ok(()),
        };
        let alike = likeness(&claim.vector, &other.vector);
        if alike >= least && claim.may_dispute(&other) {
            write(t, &claim, &other, None, alike)?;
        }
        Ok(())
    }
}

impl Claim {
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

/// A claim with a speaker.
fn claim(
    t: &Transaction<'_>,
    vocabulary: &Vocabulary,
    article: i64,
    n: i64,
) -> rusqlite::Result<Option<Claim>> {
    let mut find = t.prepare_cached(
        "SELECT c.stance, c.confidence, c.content, a.text, e.actor, e.name, e.kind, e.code
         FROM claims c JOIN articles a ON a.id = c.article
         JOIN entities e ON e.article = c.article AND e.n = c.speaker
         WHERE c.article = ?1 AND c.n = ?2",
    )?;
    let mut rows = find.query([article, n])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let (content, text): (String, String) = (row.get(2)?, row.get(3)?);
    let spans: Vec<Span> = serde_json::from_str(&content).unwrap_or_default();
    let index = TextIndex::new(&text);
    let words: Vec<&str> = spans.iter().map(|span| index.slice(&text, *span)).collect();
    let folded = fold(&words.join(" ").replace("n't", " not").replace("n’t", " not"));
    let no = ["not", "no", "never", "false", "untrue", "neither", "nor", "none", "nobody", "wrong"];
    let (actor, name): (Option<i64>, String) = (row.get(4)?, row.get(5)?);
    let (kind, code): (String, Option<String>) = (row.get(6)?, row.get(7)?);
    Ok(Some(Claim {
        article,
        n,
        stance: row.get(0)?,
        confidence: row.get(1)?,
        speaker: actor.map_or_else(|| fold(&name), |actor| format!("#{actor}")),
        body: code.filter(|code| kind != "person" && code.len() > 3),
        vector: vocabulary.vector(t, &folded)?,
        negations: tokens(&folded).filter(|word| no.contains(word)).count(),
    }))
}
