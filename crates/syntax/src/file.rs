//! The model file: a checked container of label lists, a word list and tensors.
//!
//! Layout, little endian: the eight bytes `DATELINE`, a `u32` version, a `u32`
//! length of the manifest, a `u64` checksum of all that follows; the manifest,
//! UTF-8 lines of tab-separated cells; the data. Manifest lines are
//! `labels NAME A B C...`, `tensor NAME TYPE ROWS COLUMNS OFFSET` (offset into
//! the data; `f16` values, or `i8` rows each with an `f32` scale, the scales
//! first; weights of at most 63 steps are used as they are) and `words OFFSET LENGTH` (sorted, one a line).

use crate::ModelError;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

const MAGIC: &[u8; 8] = b"DATELINE";
const VERSION: u32 = 1;
const HEADER: usize = 24;

/// A matrix of `f32`, row by row.
#[derive(Debug, Clone, Default)]
pub(crate) struct Matrix {
    pub(crate) rows: usize,
    pub(crate) columns: usize,
    pub(crate) values: Vec<f32>,
}

impl Matrix {
    pub(crate) fn row(&self, row: usize) -> &[f32] {
        &self.values[row * self.columns..(row + 1) * self.columns]
    }
}

/// A table of `i8` rows, each with its scale, read in place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Table {
    scales: usize,
    values: usize,
    rows: usize,
    pub(crate) columns: usize,
}

/// A model file, parsed but for its numbers.
#[derive(Debug)]
pub(crate) struct ModelFile {
    bytes: Cow<'static, [u8]>,
    data: usize,
    labels: BTreeMap<String, Vec<Arc<str>>>,
    tensors: BTreeMap<String, (String, usize, usize, usize)>,
    words: Vec<u32>,
    words_at: usize,
}

impl ModelFile {
    /// Checks and parses a file's bytes.
    pub(crate) fn parse(bytes: Cow<'static, [u8]>) -> Result<Self, ModelError> {
        let damaged = |reason: &str| ModelError::Damaged(reason.to_owned());
        if bytes.len() < HEADER || &bytes[..8] != MAGIC {
            return Err(ModelError::Foreign);
        }
        let u32_at = |at: usize| {
            u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
        };
        if u32_at(8) != VERSION {
            return Err(ModelError::Version { found: u32_at(8), known: VERSION });
        }
        let sum = u64::from(u32_at(16)) | u64::from(u32_at(20)) << 32;
        if checksum(&bytes[HEADER..]) != sum {
            return Err(damaged("the checksum does not agree"));
        }
        let data = HEADER + u32_at(12) as usize;
        let manifest = bytes.get(HEADER..data).ok_or_else(|| damaged("the manifest is cut off"))?;
        let manifest =
            std::str::from_utf8(manifest).map_err(|_| damaged("the manifest is no text"))?;
        let (mut labels, mut tensors, mut words_span) = (BTreeMap::new(), BTreeMap::new(), (0, 0));
        for line in manifest.lines() {
            let cells: Vec<&str> = line.split('\t').collect();
            let number = |at: usize| -> Result<usize, ModelError> {
                let cell = cells.get(at).and_then(|c| c.parse().ok());
                cell.ok_or_else(|| ModelError::Damaged(format!("manifest line '{line}'")))
            };
            match cells[0] {
                "labels" if cells.len() > 1 => {
                    let list = cells[2..].iter().map(|&label| Arc::from(label)).collect();
                    labels.insert(cells[1].to_owned(), list);
                }
                "tensor" => {
                    let name = cells.get(1).copied().unwrap_or("").to_owned();
                    let kind = cells.get(2).copied().unwrap_or("").to_owned();
                    let at = data.saturating_add(number(5)?);
                    tensors.insert(name, (kind, number(3)?, number(4)?, at));
                }
                "words" => words_span = (data.saturating_add(number(1)?), number(2)?),
                _ => {}
            }
        }
        let list = bytes.get(words_span.0..words_span.0.saturating_add(words_span.1));
        let list = list.ok_or_else(|| damaged("the word list is cut off"))?;
        let mut words = vec![0u32];
        words.extend(
            list.iter().enumerate().filter(|(_, b)| **b == b'\n').map(|(at, _)| at as u32 + 1),
        );
        Ok(Self { data, labels, tensors, words, words_at: words_span.0, bytes })
    }

    /// A list of labels.
    pub(crate) fn labels(&self, name: &str) -> Result<Vec<Arc<str>>, ModelError> {
        let list = self.labels.get(name).filter(|list| !list.is_empty());
        list.cloned().ok_or_else(|| ModelError::Damaged(format!("no labels '{name}'")))
    }

    fn tensor(&self, name: &str, kind: &str) -> Result<(usize, usize, usize), ModelError> {
        let bad = || ModelError::Damaged(format!("no {kind} tensor '{name}' of the right size"));
        let (have, rows, columns, at) = self.tensors.get(name).ok_or_else(bad)?;
        let size = match kind {
            "f16" => columns.checked_mul(2),
            _ => columns.checked_add(4),
        };
        let end = size.and_then(|size| rows.checked_mul(size)?.checked_add(*at));
        let fits = have == kind && *at >= self.data && end.is_some_and(|e| e <= self.bytes.len());
        if fits { Ok((*rows, *columns, *at)) } else { Err(bad()) }
    }

    /// A tensor of half-precision numbers or of scaled bytes, widened.
    pub(crate) fn matrix(&self, name: &str) -> Result<Matrix, ModelError> {
        if let Ok(table) = self.table(name) {
            let Table { rows, columns, .. } = table;
            let mut values = vec![0.0; rows * columns];
            for (row, out) in values.chunks_exact_mut(columns.max(1)).enumerate() {
                self.add_row(table, row, out);
            }
            return Ok(Matrix { rows, columns, values });
        }
        let (rows, columns, at) = self.tensor(name, "f16")?;
        let bytes = &self.bytes[at..at + rows * columns * 2];
        let values =
            bytes.chunks_exact(2).map(|b| widen(u16::from_le_bytes([b[0], b[1]]))).collect();
        Ok(Matrix { rows, columns, values })
    }

    /// A tensor that must have this many rows and columns.
    pub(crate) fn sized(
        &self,
        name: &str,
        rows: usize,
        columns: usize,
    ) -> Result<Matrix, ModelError> {
        let matrix = self.matrix(name)?;
        if (matrix.rows, matrix.columns) == (rows, columns) {
            return Ok(matrix);
        }
        let reason =
            format!("'{name}' is {}x{}, not {rows}x{columns}", matrix.rows, matrix.columns);
        Err(ModelError::Damaged(reason))
    }

    /// A table of scaled bytes, left in place.
    pub(crate) fn table(&self, name: &str) -> Result<Table, ModelError> {
        let (rows, columns, at) = self.tensor(name, "i8")?;
        Ok(Table { scales: at, values: at + rows * 4, rows, columns })
    }

    /// Adds a row of a table to `out`; rows past the end add nothing.
    pub(crate) fn add_row(&self, table: Table, row: usize, out: &mut [f32]) {
        if row >= table.rows {
            return;
        }
        let at = table.scales + row * 4;
        let scale = [self.bytes[at], self.bytes[at + 1], self.bytes[at + 2], self.bytes[at + 3]];
        let scale = f32::from_le_bytes(scale);
        let at = table.values + row * table.columns;
        for (sum, &byte) in out.iter_mut().zip(&self.bytes[at..at + table.columns]) {
            *sum += scale * f32::from(byte as i8);
        }
    }

    /// Row of a word in the word table; 0, the unknown word, if it is not there.
    pub(crate) fn word(&self, key: &str) -> usize {
        let count = self.words.len() - 1;
        let word = |row: usize| {
            let (start, end) = (self.words[row] as usize, self.words[row + 1] as usize - 1);
            &self.bytes[self.words_at + start..self.words_at + end]
        };
        let (mut low, mut high) = (0, count);
        while low < high {
            let middle = (low + high) / 2;
            if word(middle) < key.as_bytes() { low = middle + 1 } else { high = middle }
        }
        if low < count && word(low) == key.as_bytes() { low + 1 } else { 0 }
    }
}

/// FNV-1a over eight bytes at a time, the last ones filled up with zeros.
fn checksum(bytes: &[u8]) -> u64 {
    let step = |hash: u64, chunk: &[u8]| {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        (hash ^ u64::from_le_bytes(word)).wrapping_mul(0x0000_0100_0000_01b3)
    };
    bytes.chunks(8).fold(0xcbf2_9ce4_8422_2325, step)
}

/// IEEE 754 half precision to single.
fn widen(half: u16) -> f32 {
    let sign = u32::from(half & 0x8000) << 16;
    let exponent = u32::from(half >> 10 & 0x1f);
    let fraction = u32::from(half & 0x3ff);
    match (exponent, fraction) {
        (0, _) => {
            let magnitude = fraction as f32 / (1 << 24) as f32;
            if sign == 0 { magnitude } else { -magnitude }
        }
        (31, _) => f32::from_bits(sign | 0x7f80_0000 | fraction << 13),
        _ => f32::from_bits(sign | (exponent + 112) << 23 | fraction << 13),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_widened() {
        for (half, value) in
            [(0x3c00, 1.0), (0xc000, -2.0), (0x0001, 2f32.powi(-24)), (0x7bff, 65504.0)]
        {
            assert_eq!(widen(half), value);
        }
    }

    /// A file with this manifest and data.
    fn file(manifest: &str, data: &[u8]) -> Result<ModelFile, ModelError> {
        let rest = [manifest.as_bytes(), data].concat();
        let numbers = [VERSION.to_le_bytes(), (manifest.len() as u32).to_le_bytes()].concat();
        let head = [&MAGIC[..], &numbers, &checksum(&rest).to_le_bytes()].concat();
        ModelFile::parse(Cow::Owned([head, rest].concat()))
    }

    #[test]
    fn matrices_are_halves_or_scaled_bytes() {
        let data = [&[0x00, 0x3c, 0x00, 0xc0][..], &0.5f32.to_le_bytes(), &[63, 0x80]].concat();
        let file = file("tensor\ta\tf16\t1\t2\t0\ntensor\tb\ti8\t1\t2\t4\n", &data).unwrap();
        assert_eq!(file.sized("a", 1, 2).unwrap().values, [1.0, -2.0]);
        assert_eq!(file.sized("b", 1, 2).unwrap().values, [31.5, -64.0]);
        assert!(file.sized("b", 2, 1).is_err() && file.matrix("c").is_err());
    }

    #[test]
    fn sizes_beyond_the_file_are_errors() {
        let huge = usize::MAX;
        for line in [
            format!("tensor\ta\tf16\t{huge}\t2\t0"),
            format!("tensor\ta\ti8\t1\t{huge}\t0"),
            format!("tensor\ta\tf16\t1\t1\t{huge}"),
            "tensor\ta\tf16\t1\t3\t0".to_owned(),
        ] {
            assert!(file(&line, &[0; 4]).unwrap().matrix("a").is_err(), "{line}");
        }
        assert!(file(&format!("words\t{huge}\t{huge}"), &[]).is_err());
        assert!(file("tensor\ta\tf16\tone\t1\t0", &[]).is_err());
    }

    #[test]
    fn foreign_old_and_damaged_files_are_told_apart() {
        let parse = |bytes: &[u8]| ModelFile::parse(Cow::Owned(bytes.to_vec())).unwrap_err();
        assert!(matches!(parse(b"PK\x03\x04 something else entirely"), ModelError::Foreign));
        assert!(matches!(
            parse(b"DATELINE\x09\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
            ModelError::Version { found: 9, .. }
        ));
        assert!(matches!(
            parse(b"DATELINE\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0xyz"),
            ModelError::Damaged(_)
        ));
    }
}
