//! Linking: which mentions speak of one entity. Precise steps first, in the
//! manner of a multi-pass sieve (Raghunathan et al. 2010, Lee et al. 2013).

use crate::cluster::Cluster;
use crate::compose::Scene;
use crate::draft::Draft;
use crate::explain::Why;
use crate::fold::fold;
use std::collections::HashMap;
use std::ops::Range;

/// Mentions and the entities they have been put into.
#[derive(Debug)]
pub(crate) struct Linker<'a, 't> {
    pub(crate) scene: Scene<'a, 't>,
    pub(crate) drafts: &'a [Draft],
    /// Cluster of each draft.
    pub(crate) owner: Vec<Option<u32>>,
    pub(crate) clusters: Vec<Cluster>,
    /// Draft of each token that heads one.
    pub(crate) headed: Vec<Option<u32>>,
    /// Draft that ends before a token.
    pub(crate) ending: HashMap<usize, u32>,
    /// Why each draft is where it is, when that is wanted.
    pub(crate) reasons: Option<Vec<Option<Why>>>,
}

impl<'a, 't> Linker<'a, 't> {
    pub(crate) fn new(scene: Scene<'a, 't>, drafts: &'a [Draft]) -> Self {
        let mut headed = vec![None; scene.doc.tokens.len()];
        let mut ending = HashMap::with_capacity(drafts.len());
        for (at, draft) in drafts.iter().enumerate() {
            if let Some(slot) = headed.get_mut(draft.head) {
                *slot = Some(at as u32);
            }
            // the head of a name's own words leads to it as well
            if let Some(name) = &draft.name {
                let inner = scene.doc.head_of(name.clone());
                if let Some(slot) = headed.get_mut(inner) {
                    slot.get_or_insert(at as u32);
                }
            }
            ending.insert(draft.tokens.end, at as u32);
        }
        let owner = vec![None; drafts.len()];
        Self { scene, drafts, owner, clusters: Vec::new(), headed, ending, reasons: None }
    }

    pub(crate) fn draft(&self, at: u32) -> &'a Draft {
        &self.drafts[at as usize]
    }

    pub(crate) fn cluster_of(&self, at: u32) -> Option<u32> {
        self.owner.get(at as usize).copied().flatten()
    }

    /// Puts a draft into a cluster, or into one of its own.
    pub(crate) fn put(&mut self, at: u32, cluster: Option<u32>) -> u32 {
        let draft = self.draft(at);
        let cluster = match cluster {
            Some(cluster) => {
                self.clusters[cluster as usize].add(at, draft);
                cluster
            }
            None => {
                self.clusters.push(Cluster::new(at, draft));
                (self.clusters.len() - 1) as u32
            }
        };
        self.owner[at as usize] = Some(cluster);
        cluster
    }

    /// Keeps why a draft was put where it is, when that is wanted.
    pub(crate) fn because(&mut self, at: u32, why: Why) {
        if let Some(slot) = self.reasons.as_mut().and_then(|all| all.get_mut(at as usize)) {
            *slot = Some(why);
        }
    }

    /// The words of a range, folded.
    pub(crate) fn folded(&self, tokens: Range<usize>) -> String {
        fold(self.scene.doc.slice(self.scene.doc.span(tokens))).into_owned()
    }

    /// The bare name of a draft, folded, without article and possessive.
    pub(crate) fn name(&self, draft: &Draft) -> String {
        let tokens = draft.name.clone().unwrap_or_else(|| draft.tokens.clone());
        let name = self.folded(self.scene.undetermined(tokens));
        let name = name.strip_suffix("'s").unwrap_or(&name);
        name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name).to_owned()
    }

    /// The lemma of a head in lower case.
    pub(crate) fn lemma(&self, head: usize) -> String {
        self.scene.doc.tokens[head].lemma.to_lowercase()
    }
}

/// The initials of a name's capitalised words: `YPG` of `Yellow Party Group`.
pub(crate) fn initials(name: &str) -> String {
    name.split([' ', '-'])
        .filter_map(|word| word.chars().next())
        .filter(|c| c.is_uppercase())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_of_capitalised_words() {
        assert_eq!(initials("Organization for the Study of Bees"), "OSB");
        assert_eq!(initials("non-aligned"), "");
    }
}
