//! Classes of objects: what lets "withdraw troops", "withdraw an offer" and
//! "withdraw an ambassador" part ways.

use crate::expression::{Split, split_noun};
use crate::ontology::Ontology;
use crate::tree::Tree;
use dateline_lexicon::{LexiconError, Lexicons, Map, Problems, Row};
use std::collections::BTreeMap;

/// Class, and the words that must stand before and after the head.
type Expression = (usize, Vec<String>, Vec<String>);

/// The classes of `objects.tsv`.
#[derive(Debug)]
pub(crate) struct Classes {
    names: BTreeMap<String, usize>,
    /// By head word.
    words: Map<Vec<Expression>>,
    contexts: Vec<Vec<String>>,
    /// The hash of each class's name.
    hashes: Vec<u64>,
    /// Of each class, itself and all that it takes in.
    all_of: Vec<Vec<usize>>,
}

impl Classes {
    /// Reads and checks `objects.tsv`: no unknown class or context, no class
    /// that takes in itself.
    pub fn load(lexicons: &Lexicons, ontology: &Ontology, problems: &mut Problems) -> Classes {
        let columns = ["class", "word", "contexts"];
        let table = lexicons.closed_table("objects.tsv", &columns, problems);
        let mut names: BTreeMap<String, usize> = BTreeMap::new();
        for row in table.rows() {
            let next = names.len();
            names.entry(row.get("class").to_owned()).or_insert(next);
        }
        let count = names.len();
        let mut own: Vec<Vec<Vec<String>>> = vec![Vec::new(); count];
        let mut takes_in: Vec<Vec<usize>> = vec![Vec::new(); count];
        let mut contexts: Vec<Vec<String>> = vec![Vec::new(); count];
        for row in table.rows() {
            let class = names[row.get("class")];
            let spoken = problems.keep(ontology.contexts(&row, "contexts")).unwrap_or_default();
            for context in spoken {
                if !contexts[class].contains(&context) {
                    contexts[class].push(context);
                }
            }
            if row.get("class").is_empty() {
                problems.error(row.error("'class' is empty"));
            }
            let word = row.get("word");
            if let Some(other) = word.strip_prefix('@') {
                let other = taken_in(&row, &names, &takes_in, class, other);
                takes_in[class].extend(problems.keep(other));
                continue;
            }
            let words: Vec<String> = word
                .to_lowercase()
                .replace('-', " ")
                .split_whitespace()
                .map(str::to_owned)
                .collect();
            if words.is_empty() {
                problems.error(row.error("'word' is empty"));
                continue;
            }
            let joined = word.to_lowercase();
            if joined.contains('-') {
                own[class].push(joined.split_whitespace().map(str::to_owned).collect());
                own[class].push(vec![joined.replace('-', "")]);
            }
            own[class].push(words);
        }
        let mut words: Map<Vec<Expression>> = Map::default();
        let split: Vec<Vec<Split>> = own
            .into_iter()
            .map(|expressions| expressions.into_iter().map(split_noun).collect())
            .collect();
        let all_of: Vec<Vec<usize>> = (0..count).map(|class| all_below(&takes_in, class)).collect();
        for (class, all) in all_of.iter().enumerate() {
            for &other in all {
                for (head, before, after) in &split[other] {
                    let expression = (class, before.clone(), after.clone());
                    match words.get_mut(head) {
                        Some(known) => known.push(expression),
                        None => {
                            words.insert(head.clone(), vec![expression]);
                        }
                    }
                }
            }
        }
        let mut hashes = vec![0; count];
        for (name, &class) in &names {
            hashes[class] = dateline_learned::word(name);
        }
        Classes { names, words, contexts, hashes, all_of }
    }

    /// The number of a class.
    pub fn number(&self, name: &str) -> Option<usize> {
        self.names.get(name).copied()
    }

    /// Whether a class is another or takes it in.
    pub fn takes_in(&self, class: usize, other: usize) -> bool {
        self.all_of.get(class).is_some_and(|all| all.contains(&other))
    }

    /// Whether a word heads an expression of any class.
    pub fn knows(&self, word: &str) -> bool {
        self.words.contains_key(word)
    }

    /// The contexts that an object of a class speaks for.
    pub fn contexts(&self, class: usize) -> &[String] {
        self.contexts.get(class).map_or(&[], Vec::as_slice)
    }

    /// The hashes of the names of all classes that a token heads an expression of.
    pub fn of<'s>(
        &'s self,
        tree: &'s Tree<'_, '_>,
        token: usize,
    ) -> impl Iterator<Item = u64> + 's {
        let rows = self.words.get(tree.word(token)).map_or(&[][..], Vec::as_slice);
        rows.iter()
            .filter(move |(_, before, after)| {
                tree.preceded_by(token, before) && tree.followed_by(token, after).is_some()
            })
            .map(|(class, ..)| self.hashes[*class])
    }

    /// Whether a token heads an expression of a class.
    pub fn holds(&self, class: usize, tree: &Tree<'_, '_>, token: usize) -> bool {
        let look = |word: &str| {
            let rows = self.words.get(word);
            rows.is_some_and(|rows| {
                rows.iter().any(|(c, before, after)| {
                    *c == class
                        && tree.preceded_by(token, before)
                        && tree.followed_by(token, after).is_some()
                })
            })
        };
        look(tree.word(token)) || look(&tree.form(token))
    }
}

/// The number of a class that another takes in.
fn taken_in(
    row: &Row<'_>,
    names: &BTreeMap<String, usize>,
    takes_in: &[Vec<usize>],
    class: usize,
    other: &str,
) -> Result<usize, LexiconError> {
    let unknown = || row.error(format!("there is no class '{other}'"));
    let other = *names.get(other).ok_or_else(unknown)?;
    if reaches(takes_in, other, class) {
        return Err(row.error(format!("the class '{}' takes in itself", row.get("class"))));
    }
    Ok(other)
}

/// Whether `from` is or takes in `to`.
fn reaches(takes_in: &[Vec<usize>], from: usize, to: usize) -> bool {
    all_below(takes_in, from).contains(&to)
}

/// A class and all that it takes in, each once.
fn all_below(takes_in: &[Vec<usize>], from: usize) -> Vec<usize> {
    let mut out = vec![from];
    let mut next = 0;
    while next < out.len() {
        for &class in &takes_in[out[next]] {
            if !out.contains(&class) {
                out.push(class);
            }
        }
        next += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(rows: &str) -> Result<Classes, LexiconError> {
        let name = std::thread::current().name().unwrap_or("t").replace("::", "-");
        let folder =
            std::env::temp_dir().join(format!("dateline-did-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("objects.tsv"), format!("class\tword\tcontexts\n{rows}"))
            .unwrap();
        let lexicons = Lexicons::with_folder(&folder);
        let mut problems = Problems::default();
        let ontology = Ontology::load(&lexicons, &mut problems);
        let classes = Classes::load(&lexicons, &ontology, &mut problems);
        std::fs::remove_dir_all(&folder).unwrap();
        problems.result(classes)
    }

    #[test]
    fn cycles_and_unknown_classes_are_named() {
        let error = read("a\t@b\t\nb\tx\t\nb\t@a\t\n").unwrap_err();
        assert_eq!((error.line, error.reason.as_str()), (4, "the class 'b' takes in itself"));
        // through others
        let error = read("a\t@b\t\nb\t@c\t\nc\t@d\t\nd\tx\t\nd\t@a\t\n").unwrap_err();
        assert_eq!((error.line, error.reason.as_str()), (6, "the class 'd' takes in itself"));
        assert!(read("a\t@a\t\n").unwrap_err().reason.contains("takes in itself"));
        // two ways to the same class are no circle
        let classes = read("a\t@b\t\na\t@c\t\nb\t@d\t\nc\t@d\t\nd\tx\t\n").unwrap();
        let number = |name| classes.number(name).unwrap();
        assert!(classes.takes_in(number("a"), number("d")));
        assert!(!classes.takes_in(number("b"), number("c")));
        assert!(read("a\t@c\t\n").unwrap_err().reason.contains("no class 'c'"));
        assert!(read("a\tx\tmilitry\n").unwrap_err().reason.contains("militry"));
    }
}
