//! The role lexicon: what words say of a person's or a body's standing.

use crate::codes::{SECTORS, sector};
use dateline_lexicon::{Keys, Lexicons, Map, Place, Problems, Row, entry};

/// What sort of word a role is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RoleKind {
    /// One person: `minister`.
    Person,
    /// People together: `troops`.
    Group,
    /// A body: `ministry`.
    Organization,
    /// A form of address or an abbreviated rank before a name: `Gen.`.
    Title,
    /// A word that lends its sector to the head it stands before: `rebel`.
    Modifier,
}

/// Grammatical and natural gender, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Gender {
    #[default]
    Unknown,
    Male,
    Female,
}

impl Gender {
    /// Whether the two may be the same person's.
    pub(crate) fn fits(self, other: Gender) -> bool {
        self == Gender::Unknown || other == Gender::Unknown || self == other
    }
}

/// One entry.
#[derive(Debug, Clone)]
pub(crate) struct Role {
    pub(crate) kind: RoleKind,
    pub(crate) sectors: Vec<&'static str>,
    /// Whether the head decides against its modifiers.
    pub(crate) strong: bool,
    pub(crate) gender: Gender,
    /// Where the row stands.
    pub(crate) place: Place,
}

/// Roles by lemma or phrase.
#[derive(Debug, Default)]
pub(crate) struct Roles {
    heads: Map<Role>,
    modifiers: Map<Role>,
    /// Most words of an entry that ends in this word.
    words: Map<usize>,
}

impl Roles {
    pub(crate) fn load(lexicons: &Lexicons, problems: &mut Problems) -> Self {
        let columns = ["role", "kind", "sectors", "strength", "gender"];
        let table = lexicons.table("roles.tsv", &columns, problems);
        let mut keys = Keys::default();
        let mut roles = Self::default();
        for row in table.rows() {
            let role = role(&row, problems);
            let word = row.get("role");
            if word.is_empty() {
                problems.error(row.error("'role' is empty"));
                continue;
            }
            if word.contains(char::is_uppercase) {
                let reason = format!("role '{word}' must be in lower case, so that any case fits");
                problems.error(row.error(reason));
            }
            let Some(role) = role else { continue };
            // a word may be a head and a modifier: "rebel"
            let modifies = if role.kind == RoleKind::Modifier { "modifier" } else { "" };
            problems.once(&mut keys, &[word, modifies], &row, "the later row counts");
            if role.kind == RoleKind::Modifier {
                roles.modifiers.insert(word.to_owned(), role);
            } else {
                let last = word.rsplit(' ').next().unwrap_or(word);
                roles.count(last, word.split(' ').count());
                // a tokenizer may make three words of "secretary-general"
                if let Some((_, last)) = last.rsplit_once('-') {
                    let hyphens = word.matches('-').count();
                    roles.count(last, word.split(' ').count() + 2 * hyphens);
                }
                roles.heads.insert(word.to_owned(), role);
            }
        }
        roles
    }

    fn count(&mut self, last: &str, words: usize) {
        let most = entry(&mut self.words, last);
        *most = (*most).max(words);
    }

    /// The entry of a head word or phrase in lower case.
    pub(crate) fn head(&self, phrase: &str) -> Option<&Role> {
        self.heads.get(phrase)
    }

    /// How many words an entry that ends in this word may have; 0 for none.
    pub(crate) fn most_words(&self, last: &str) -> usize {
        self.words.get(last).copied().unwrap_or(0)
    }

    /// What a word before a head lends to it.
    pub(crate) fn modifier(&self, word: &str) -> Option<&Role> {
        self.modifiers.get(word)
    }
}

/// A row, read; `None` and problems when a cell says nothing that is known.
fn role(row: &Row<'_>, problems: &mut Problems) -> Option<Role> {
    let kind = match row.get("kind") {
        "person" => Ok(RoleKind::Person),
        "group" => Ok(RoleKind::Group),
        "organization" => Ok(RoleKind::Organization),
        "title" => Ok(RoleKind::Title),
        "modifier" => Ok(RoleKind::Modifier),
        other => Err(row.error(format!(
            "kind '{other}' is none of person, group, organization, title, modifier"
        ))),
    };
    let strong = match row.get("strength") {
        "strong" => Ok(true),
        "weak" => Ok(false),
        other => Err(row.error(format!("strength '{other}' is neither strong nor weak"))),
    };
    let gender = match row.get("gender") {
        "m" => Ok(Gender::Male),
        "f" => Ok(Gender::Female),
        "" => Ok(Gender::Unknown),
        other => Err(row.error(format!("gender '{other}' is neither m nor f nor empty"))),
    };
    let (kind, strong, gender) =
        (problems.keep(kind), problems.keep(strong), problems.keep(gender));
    let sectors = sectors(row, problems);
    Some(Role { kind: kind?, sectors, strong: strong?, gender: gender?, place: row.place() })
}

/// The sectors of a row; what is none is a problem.
pub(crate) fn sectors(row: &Row<'_>, problems: &mut Problems) -> Vec<&'static str> {
    let known = |code: &str| {
        sector(code).ok_or_else(|| {
            row.error(format!("'{code}' is no PLOVER sector; they are {}", SECTORS.join(", ")))
        })
    };
    row.list("sectors").filter_map(|code| problems.keep(known(code))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lexicon_is_sound_and_broad() {
        let mut problems = Problems::with_warnings();
        let roles = Roles::load(&Lexicons::embedded(), &mut problems);
        assert!(problems.list().is_empty(), "{problems:?}");
        assert!(roles.heads.len() >= 600, "{}", roles.heads.len());
        assert_eq!(roles.head("prime minister").unwrap().sectors, ["GOV"]);
        assert!(roles.most_words("minister") >= 2);
        assert_eq!(roles.modifier("rebel").unwrap().sectors, ["REB"]);
        assert_eq!(roles.head("queen").unwrap().gender, Gender::Female);
        assert!(!roles.head("commander").unwrap().strong);
    }

    #[test]
    fn all_that_is_wrong_is_reported() {
        let folder = crate::testing::folder("roles");
        let file = "role\tkind\tsectors\tstrength\tgender\n\
                    reeve\tperson\tGVO\tstrong\t\n\
                    \tperson\tGOV\tstrong\t\n\
                    Beadle\tofficer\tGOV|LAW\tfirm\tx\n\
                    sexton\tperson\tREL\tstrong\t\n\
                    sexton\tperson\tCVL\tstrong\t\n\
                    sexton\tmodifier\tREL\tstrong\t\n";
        std::fs::write(folder.join("roles.tsv"), file).unwrap();
        let mut problems = Problems::with_warnings();
        Roles::load(&Lexicons::with_folder(&folder), &mut problems);
        let found: Vec<(usize, &str)> =
            problems.list().iter().map(|p| (p.found.line, p.found.reason.as_str())).collect();
        for (line, reason) in [
            (2, "'GVO' is no PLOVER sector"),
            (3, "'role' is empty"),
            (4, "'Beadle' must be in lower case"),
            (4, "kind 'officer' is none of"),
            (4, "'LAW'"),
            (4, "strength 'firm'"),
            (4, "gender 'x'"),
            (6, "'sexton' stands in line 5 already"),
        ] {
            let has = |(l, r): &(usize, &str)| *l == line && r.contains(reason);
            assert!(found.iter().any(has), "{line} {reason}: {found:?}");
        }
        assert_eq!(found.len(), 8, "{found:?}");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
