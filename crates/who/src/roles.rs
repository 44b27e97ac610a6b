//! The role lexicon: what words say of a person's or a body's standing.

use crate::codes::sector;
use crate::map::{Map, entry};
use dateline_lexicon::{LexiconError, Lexicons, Row};

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
    pub(crate) fn load(lexicons: &Lexicons) -> Result<Self, LexiconError> {
        let table =
            lexicons.table("roles.tsv", &["role", "kind", "sectors", "strength", "gender"])?;
        let mut roles = Self::default();
        for row in table.rows() {
            let role = role(&row)?;
            let word = row.get("role");
            if word.is_empty() || word.contains(char::is_uppercase) {
                return Err(row.error(format!("role '{word}' must be in lower case")));
            }
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
        Ok(roles)
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

fn role(row: &Row<'_>) -> Result<Role, LexiconError> {
    let kind = match row.get("kind") {
        "person" => RoleKind::Person,
        "group" => RoleKind::Group,
        "organization" => RoleKind::Organization,
        "title" => RoleKind::Title,
        "modifier" => RoleKind::Modifier,
        other => {
            let reason =
                format!("kind '{other}' is none of person, group, organization, title, modifier");
            return Err(row.error(reason));
        }
    };
    let strong = match row.get("strength") {
        "strong" => true,
        "weak" => false,
        other => return Err(row.error(format!("strength '{other}' is neither strong nor weak"))),
    };
    let gender = match row.get("gender") {
        "m" => Gender::Male,
        "f" => Gender::Female,
        "" => Gender::Unknown,
        other => return Err(row.error(format!("gender '{other}' is neither m nor f nor empty"))),
    };
    Ok(Role { kind, sectors: sectors(row)?, strong, gender })
}

/// The checked sectors of a row.
pub(crate) fn sectors(row: &Row<'_>) -> Result<Vec<&'static str>, LexiconError> {
    row.list("sectors")
        .map(|code| {
            sector(code).ok_or_else(|| row.error(format!("'{code}' is no PLOVER sector code")))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lexicon_is_sound_and_broad() {
        let roles = Roles::load(&Lexicons::embedded()).unwrap();
        assert!(roles.heads.len() >= 600, "{}", roles.heads.len());
        assert_eq!(roles.head("prime minister").unwrap().sectors, ["GOV"]);
        assert!(roles.most_words("minister") >= 2);
        assert_eq!(roles.modifier("rebel").unwrap().sectors, ["REB"]);
        assert_eq!(roles.head("queen").unwrap().gender, Gender::Female);
        assert!(!roles.head("commander").unwrap().strong);
    }

    #[test]
    fn a_wrong_code_is_reported() {
        let folder = crate::testing::folder("roles");
        let file = "role\tkind\tsectors\tstrength\tgender\nreeve\tperson\tGVO\tstrong\t\n";
        std::fs::write(folder.join("roles.tsv"), file).unwrap();
        let error = Roles::load(&Lexicons::with_folder(&folder)).unwrap_err();
        assert_eq!(error.line, 2);
        assert!(error.reason.contains("GVO"), "{error}");
    }
}
