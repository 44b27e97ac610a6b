//! Claims by rule, from quotation marks, the cue lexicon and the tree: what the
//! room does where the document has no linked attributions, and how it finds
//! the cue of a quotation that the network left alone.
//!
//! The patterns are those of the rule systems for English (Krestel, Bergler
//! and Witte 2008; the Gender Gap Tracker): a cue verb with a clause below it,
//! beside it, or a quotation around it; "according to"; a noun such as
//! "promise" with its clause.

use crate::cues::{Cue, CuePos};
use crate::draft::{Draft, Origin, Reading, tidy};
use crate::quotes::Quotation;
use crate::signed::signed;
use dateline_syntax::Upos;
use std::ops::Range;

/// A clause of more tokens than this is no clause; without a bound, clauses
/// nested in a sentence without end would take quadratic time.
const LONGEST: usize = 1000;

/// No more dependents of one word than this are looked at.
const DEPENDENTS: usize = 128;

/// All claims that the rules find, in the order of their contents.
pub(crate) fn drafts(reading: &Reading<'_, '_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for token in 0..reading.doc.tokens.len() {
        match reading.upos(token) {
            Upos::Verb | Upos::Aux => {
                if let Some(cue) = reading.cues.word(reading.doc, token, CuePos::Verb) {
                    drafts.extend(by_verb(reading, token, cue));
                }
            }
            Upos::Noun => {
                if let Some(cue) = reading.cues.word(reading.doc, token, CuePos::Noun) {
                    drafts.extend(by_noun(reading, token, cue));
                }
            }
            _ => {}
        }
        if reading.lower(token) == "according" && reading.lower(token + 1) == "to" {
            drafts.extend(according_to(reading, token));
        }
    }
    drafts.extend(quotations(reading, &drafts));
    drafts.sort_by_key(|d| (d.start(), d.cue.first().map_or(0, |c| c.start)));
    drafts
}

/// Claims of a verb with a clause, an infinitive or an object below it.
fn by_verb(reading: &Reading<'_, '_>, verb: usize, cue: &Cue) -> Option<Draft> {
    let frames = cue.frames;
    if frames.light {
        return None;
    }
    let subject = subject(reading, verb)?;
    let below = |relation: &str| reading.dependent(verb, relation);
    let clause = if frames.that || frames.quote { below("ccomp") } else { None };
    let infinitive = || if frames.to { below("xcomp") } else { None };
    let object = || if frames.object && !frames.that { below("obj") } else { None };
    let beside = || {
        let head = reading.head(verb)?;
        let says = frames.that;
        let parenthetic = reading.relation(verb) == "parataxis" && says && verb > head;
        parenthetic.then_some(head)
    };
    let (content, before) = if let Some(root) = clause.or_else(infinitive).or_else(object) {
        (reading.tree.extent(root), false)
    } else {
        (reading.tree.extent(beside()?), true)
    };
    // what is said cannot hold the saying
    let own = if before { reading.tree.extent(verb) } else { verb..verb + 1 };
    let source = noun_phrase(reading, subject, verb);
    let pieces = without(&content, &[own, source.clone()]);
    finished(reading, vec![source], cue_span(reading, verb), pieces, Origin::Clause)
}

/// Claims of a noun: "his promise to go", "the claim that it went".
fn by_noun(reading: &Reading<'_, '_>, noun: usize, cue: &Cue) -> Option<Draft> {
    let mut owners = reading.tree.dependents(noun).iter().copied();
    let owner = owners.rfind(|&d| reading.deprel(d) == "nmod:poss")?;
    let clause = reading.tree.dependents(noun).iter().copied().find(|&d| {
        d > noun
            && matches!(reading.relation(d), "acl" | "ccomp")
            && reading.deprel(d) != "acl:relcl"
            && (cue.frames.that || cue.frames.to)
    })?;
    let source = noun_phrase(reading, owner, noun);
    let content = reading.tree.extent(clause);
    let content = content.start.max(noun + 1)..content.end;
    finished(reading, vec![source], noun..noun + 1, vec![content], Origin::Noun)
}

/// "According to X, ..." and "..., according to X".
fn according_to(reading: &Reading<'_, '_>, token: usize) -> Option<Draft> {
    let sentence = reading.sentence(token);
    let head = reading.head(token).filter(|&h| h > token + 1 && sentence.contains(&h));
    let source = match head {
        Some(head) => {
            let extent = reading.tree.extent(head);
            token + 2..extent.end.min(sentence.end).max(token + 2)
        }
        None => token + 2..run_end(reading, token + 2, sentence.end),
    };
    let before = sentence.start..token;
    let after = source.end..sentence.end;
    let content = if reading.words(before.clone()) >= 3 { before } else { after };
    finished(reading, vec![source], token..token + 2, vec![content], Origin::According)
}

/// Where a run of nouns and what goes with them ends.
fn run_end(reading: &Reading<'_, '_>, from: usize, limit: usize) -> usize {
    let nominal = |t: usize| {
        let upos = reading.upos(t);
        upos.is_nominal() || matches!(upos, Upos::Det | Upos::Adj | Upos::Num)
    };
    (from..limit).find(|&t| !nominal(t)).unwrap_or(limit)
}

/// A draft of checked, trimmed parts; none without content of two words.
fn finished(
    reading: &Reading<'_, '_>,
    source: Vec<Range<usize>>,
    cue: Range<usize>,
    content: Vec<Range<usize>>,
    origin: Origin,
) -> Option<Draft> {
    let n = reading.doc.tokens.len();
    let trim = |ranges: Vec<Range<usize>>, marks: bool| {
        let ranges: Vec<_> = ranges.into_iter().map(|r| reading.trimmed(r, marks)).collect();
        tidy(&ranges, n)
    };
    let content = trim(content, true);
    let words: usize = content.iter().map(|r| reading.words(r.clone())).sum();
    let length: usize = content.iter().map(|r| r.len()).sum();
    (words >= 2 && length <= LONGEST).then(|| Draft {
        source: trim(source, false),
        cue: tidy(&[cue], n),
        content,
        origin,
        ..Draft::default()
    })
}

/// A range with other ranges taken out.
fn without(range: &Range<usize>, out: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut pieces = vec![range.clone()];
    for hole in out {
        pieces = pieces
            .into_iter()
            .flat_map(|p| {
                let left = p.start..p.end.min(hole.start).max(p.start);
                let right = p.start.max(hole.end).min(p.end)..p.end;
                if hole.start < p.end && p.start < hole.end { vec![left, right] } else { vec![p] }
            })
            .filter(|p| !p.is_empty())
            .collect();
    }
    pieces
}

/// Who does what a verb says: its subject, or that of the verb it hangs on.
pub(crate) fn subject(reading: &Reading<'_, '_>, verb: usize) -> Option<usize> {
    let mut at = verb;
    for _ in 0..4 {
        let own = reading.tree.dependents(at).iter().copied().take(DEPENDENTS);
        let mut own = own.filter(|&d| matches!(reading.deprel(d), "nsubj" | "nsubj:pass"));
        if let Some(found) = own.next() {
            let passive = reading.deprel(found) == "nsubj:pass";
            let agent = || {
                let mut dependents = reading.tree.dependents(at).iter().copied();
                dependents.rfind(|&d| reading.deprel(d) == "obl:agent")
            };
            return if passive { agent() } else { Some(found) };
        }
        let head = reading.head(at)?;
        match reading.relation(at) {
            "conj" | "advcl" | "xcomp" => at = head,
            // "a bill known as ..." is not its own source
            "acl" if !reading.is_past_participle(at) => return Some(head),
            _ => return None,
        }
    }
    None
}

/// The words of a noun phrase, on its own side of the cue.
pub(crate) fn noun_phrase(reading: &Reading<'_, '_>, head: usize, cue: usize) -> Range<usize> {
    let extent = reading.tree.extent(head);
    let range = if head < cue {
        extent.start..extent.end.min(cue)
    } else {
        extent.start.max(cue + 1)..extent.end
    };
    if range.is_empty() || range.len() > 40 { head..head + 1 } else { range }
}

/// A verb with its auxiliaries and negation.
fn cue_span(reading: &Reading<'_, '_>, verb: usize) -> Range<usize> {
    let aux = reading.tree.dependents(verb).iter().copied().filter(|&d| {
        d < verb
            && verb - d <= 4
            && (reading.relation(d) == "aux"
                || matches!(reading.lower(d).as_str(), "not" | "n't" | "never"))
    });
    aux.min().unwrap_or(verb)..verb + 1
}

/// Quotations that no draft holds yet, with the cue beside them.
fn quotations(reading: &Reading<'_, '_>, known: &[Draft]) -> Vec<Draft> {
    let mut held = vec![false; reading.doc.tokens.len()];
    for range in known.iter().flat_map(|d| &d.content) {
        held[range.clone()].fill(true);
    }
    let all = reading.quotations.all.iter();
    let free = all.filter(|q| {
        let words = reading.words(q.tokens.clone());
        words >= 3
            && q.tokens.clone().filter(|&t| held[t] && reading.is_word(t)).count() * 2 < words
    });
    free.filter_map(|q| beside(reading, q)).collect()
}

/// The claim that a quotation is with the cue verb or the colon beside it.
pub(crate) fn beside(reading: &Reading<'_, '_>, quotation: &Quotation) -> Option<Draft> {
    let tokens = &quotation.tokens;
    let paragraph = reading.paragraph_tokens(quotation.paragraph);
    let last =
        tokens.clone().rev().find(|&t| reading.doc.form(t).contains([',', '?', '!', '—', '-']));
    let goes_on = last.is_some_and(|t| tokens.end - t <= 2);
    let draft = |source: Range<usize>, cue: Range<usize>| {
        finished(reading, vec![source], cue, vec![tokens.clone()], Origin::Beside)
    };
    if goes_on {
        let window = tokens.end..tokens.end.saturating_add(14).min(paragraph.end);
        if let Some((verb, subject)) = cue_verb(reading, window.clone()) {
            return draft(around_verb(reading, subject, verb, &window), verb..verb + 1);
        }
    }
    if let Some(signed) = signed(reading, quotation) {
        return Some(signed);
    }
    let lead = lead(reading, quotation)?;
    let start = reading.sentence(lead).start.max(lead.saturating_sub(20));
    let window = start.max(reading.paragraph_tokens(reading.paragraph(lead)).start)..lead;
    if let Some((verb, subject)) = cue_verb_before(reading, window.clone()) {
        return draft(around_verb(reading, subject, verb, &window), verb..verb + 1);
    }
    if reading.doc.form(lead) != ":" {
        return None;
    }
    let (source, cue) = presented(reading, &window)?;
    draft(source, cue.unwrap_or(lead..lead + 1))
}

/// The comma or colon before a quotation; a colon may end the paragraph before.
fn lead(reading: &Reading<'_, '_>, quotation: &Quotation) -> Option<usize> {
    let before = quotation.tokens.start.checked_sub(1)?;
    let form = reading.doc.form(before);
    let same = reading.paragraph(before) == quotation.paragraph;
    (form == ":" || (form == "," && same)).then_some(before)
}

/// Who speaks after a colon without a verb of saying: "Orlov:", "More from
/// Orlov:", or the subject of what is told of him ("He played up his record:").
fn presented(
    reading: &Reading<'_, '_>,
    window: &Range<usize>,
) -> Option<(Range<usize>, Option<Range<usize>>)> {
    let verb = |t: &usize| matches!(reading.upos(*t), Upos::Verb | Upos::Aux);
    if let Some(root) = window.clone().find(|t| verb(t) && reading.relation(*t) == "root") {
        let subject = subject(reading, root).filter(|s| window.contains(s))?;
        let person = matches!(reading.upos(subject), Upos::Propn | Upos::Pron)
            && !matches!(reading.lower(subject).as_str(), "it" | "this" | "that" | "there");
        return person.then(|| (noun_phrase(reading, subject, root), Some(root..root + 1)));
    }
    let dash = |t: &usize| matches!(reading.doc.form(*t), "-" | "–" | "—" | "--");
    let start = window.clone().rev().find(dash).map_or(window.start, |t| t + 1);
    let from = (start..window.end).find(|&t| reading.lower(t) == "from");
    let source = from.map_or(start, |t| t + 1)..window.end;
    let named = source.len() <= 8
        && source.clone().any(|t| reading.upos(t) == Upos::Propn)
        && !source.clone().any(|t| verb(&t));
    named.then_some((source, None))
}

/// The first verb of saying of a window with its subject in the window too.
fn cue_verb(reading: &Reading<'_, '_>, window: Range<usize>) -> Option<(usize, usize)> {
    window.clone().filter(|&t| says(reading, t)).find_map(|verb| {
        if let Some(found) = subject(reading, verb).filter(|s| window.contains(s)) {
            return Some((verb, found));
        }
        // trees of inverted clauses are often wrong: "said the mayor"
        let beside = [verb.checked_sub(1), Some(verb + 1)].into_iter().flatten();
        let found = beside.filter(|t| window.contains(t)).find(|&t| {
            matches!(reading.upos(t), Upos::Propn | Upos::Pron | Upos::Det | Upos::Noun)
        });
        found.map(|subject| (verb, subject))
    })
}

fn cue_verb_before(reading: &Reading<'_, '_>, window: Range<usize>) -> Option<(usize, usize)> {
    window
        .rev()
        .filter(|&t| says(reading, t))
        .find_map(|verb| Some((verb, subject(reading, verb)?)))
}

fn says(reading: &Reading<'_, '_>, token: usize) -> bool {
    matches!(reading.upos(token), Upos::Verb | Upos::Aux)
        && reading
            .cues
            .at(reading.doc, token, token + 3)
            .is_some_and(|f| f.value.pos == CuePos::Verb && f.value.frames.quote)
}

/// The subject's words: its extent in the window, or the nouns that run on
/// from it where the tree does not hold them together.
fn around_verb(
    reading: &Reading<'_, '_>,
    subject: usize,
    verb: usize,
    window: &Range<usize>,
) -> Range<usize> {
    let phrase = noun_phrase(reading, subject, verb);
    let phrase = phrase.start.max(window.start)..phrase.end.min(window.end);
    if subject == verb + 1 && phrase.len() <= 1 {
        return subject..run_end(reading, subject, window.end).max(subject + 1);
    }
    if phrase.is_empty() { subject..subject + 1 } else { phrase }
}
