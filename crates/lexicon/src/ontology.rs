//! The tables of an ontology of the user's own, by the names they have there.

/// What a table on events is called in the folder of an ontology, and the
/// built-in lexicon that it stands for.
pub const ONTOLOGY: [(&str, &str); 8] = [
    ("codes.tsv", "plover-codes.tsv"),
    ("frames.tsv", "plover.tsv"),
    ("objects.tsv", "objects.tsv"),
    ("support.tsv", "plover-support.tsv"),
    ("embedding.tsv", "plover-embedding.tsv"),
    ("embedded.tsv", "plover-embedded.tsv"),
    ("contexts.tsv", "plover-contexts.tsv"),
    ("cameo.tsv", "cameo.tsv"),
];

/// What a built-in lexicon is called in the folder of an ontology; `None` for
/// those that say nothing of events.
pub(crate) fn called(name: &str) -> Option<&'static str> {
    ONTOLOGY.iter().find(|(_, built_in)| *built_in == name).map(|(own, _)| *own)
}
