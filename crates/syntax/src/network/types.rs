//! Vectors of word types: everything that depends on the type alone.

use super::layers::{Maxout, Norm, WIDTH};
use crate::ModelError;
use crate::features::{key, prefixes, shape, suffixes};
use crate::file::{ModelFile, Table};
use std::collections::HashMap;

const AFFIX: usize = 64;
const SHAPE: usize = 32;

/// The word table, affix and shape tables and the layer that mixes them.
#[derive(Debug)]
pub(crate) struct Types {
    file: ModelFile,
    words: Table,
    prefix: Table,
    suffix: Table,
    shape: Table,
    mix: Maxout,
    norm: Norm,
}

impl Types {
    pub(crate) fn load(file: ModelFile) -> Result<Self, ModelError> {
        let table = |name: &str, columns: usize| {
            let table = file.table(name)?;
            if table.columns == columns {
                return Ok(table);
            }
            Err(ModelError::Damaged(format!(
                "table '{name}' has {} columns, not {columns}",
                table.columns
            )))
        };
        Ok(Self {
            words: table("types.word", WIDTH)?,
            prefix: table("types.prefix", AFFIX)?,
            suffix: table("types.suffix", AFFIX)?,
            shape: table("types.shape", SHAPE)?,
            mix: Maxout::load(&file, "types.mix", WIDTH, WIDTH + 2 * AFFIX + SHAPE)?,
            norm: Norm::load(&file, "types.norm")?,
            file,
        })
    }

    /// Whether the word table has a row for a word.
    pub(crate) fn knows(&self, word: &str) -> bool {
        self.file.word(&key(word)) > 0
    }

    /// One row of [`WIDTH`] numbers a form; each type is computed once.
    pub(crate) fn vectors(&self, forms: &[&str]) -> Vec<f32> {
        let mut number = HashMap::with_capacity(forms.len());
        let mut types: Vec<&str> = Vec::new();
        let rows: Vec<usize> = forms
            .iter()
            .map(|&form| {
                *number.entry(form).or_insert_with(|| {
                    types.push(form);
                    types.len() - 1
                })
            })
            .collect();
        let mut x = vec![0.0; types.len() * (WIDTH + 2 * AFFIX + SHAPE)];
        for (form, row) in types.iter().zip(x.chunks_exact_mut(WIDTH + 2 * AFFIX + SHAPE)) {
            self.features(form, row);
        }
        let mut y = self.mix.apply(&x);
        self.norm.apply(&mut y);
        rows.iter().flat_map(|&at| y[at * WIDTH..(at + 1) * WIDTH].iter().copied()).collect()
    }

    fn features(&self, form: &str, row: &mut [f32]) {
        let key = key(form);
        let (word, rest) = row.split_at_mut(WIDTH);
        let (prefix, rest) = rest.split_at_mut(AFFIX);
        let (suffix, outline) = rest.split_at_mut(AFFIX);
        self.file.add_row(self.words, self.file.word(&key), word);
        for bucket in prefixes(&key).into_iter().filter(|&b| b > 0) {
            self.file.add_row(self.prefix, bucket as usize, prefix);
        }
        for bucket in suffixes(&key).into_iter().filter(|&b| b > 0) {
            self.file.add_row(self.suffix, bucket as usize, suffix);
        }
        self.file.add_row(self.shape, shape(form) as usize, outline);
    }
}
