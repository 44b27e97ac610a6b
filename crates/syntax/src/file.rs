//! The model file: a checked container of label lists, a word list and tensors.
//!
//! Layout, little endian: the eight bytes `DATELINE`, a `u32` version, a `u32`
//! length of the manifest, a `u64` checksum of all that follows; the manifest,
//! UTF-8 lines of tab-separated cells; the data. Manifest lines are
//! `labels NAME A B C...`, `tensor NAME TYPE ROWS COLUMNS OFFSET` (offset into
//! the data; `f16` values, or `i8` rows each with an `f32` scale, the scales
//! first; weights of at most 63 steps are used as they are) and `words OFFSET
//! LENGTH` (sorted, one a line).
//!
//! Nothing in a file is trusted: places, sizes and numbers are checked before
//! they are used, so that any bytes give a model or an error.

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
    columns: usize,
}

/// How a tensor's numbers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Half-precision numbers.
    Half,
    /// Bytes, each row times its scale.
    Byte,
}

/// Where a tensor lies; within the file, as [`ModelFile::parse`] saw to.
#[derive(Debug, Clone, Copy)]
struct Tensor {
    kind: Kind,
    rows: usize,
    columns: usize,
    at: usize,
}

impl Tensor {
    /// Bytes that it takes.
    fn size(&self) -> Option<usize> {
        let numbers = self.rows.checked_mul(self.columns)?;
        match self.kind {
            Kind::Half => numbers.checked_mul(2),
            Kind::Byte => numbers.checked_add(self.rows.checked_mul(4)?),
        }
    }
}

/// A model file, parsed but for its numbers.
#[derive(Debug)]
pub(crate) struct ModelFile {
    bytes: Cow<'static, [u8]>,
    /// Lists of labels as the manifest has them, with tabs between.
    labels: BTreeMap<String, String>,
    tensors: BTreeMap<String, Tensor>,
    words: Vec<u32>,
    words_at: usize,
}

impl ModelFile {
    /// Whether bytes begin as a model file does.
    pub(crate) fn begins(bytes: &[u8]) -> bool {
        bytes.starts_with(MAGIC)
    }

    /// Checks and parses a file's bytes.
    pub(crate) fn parse(bytes: Cow<'static, [u8]>) -> Result<Self, ModelError> {
        let damaged = |reason: &str| ModelError::Damaged(reason.to_owned());
        if !Self::begins(&bytes) {
            return Err(ModelError::Foreign);
        }
        if bytes.len() < HEADER {
            return Err(damaged("it is cut off"));
        }
        let u32_at = |at: usize| {
            u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
        };
        if u32::try_from(bytes.len()).is_err() {
            return Err(damaged("it has more than 4 GB"));
        }
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
        let (mut labels, mut tensors, mut words_span) = (BTreeMap::new(), BTreeMap::new(), 0..0);
        // Tensors do not share their bytes, so that a small file cannot ask
        // for much memory.
        let mut room = bytes.len() - data;
        for line in manifest.lines() {
            let cells: Vec<&str> = line.split('\t').collect();
            let bad = || {
                let start: String = line.chars().take(60).collect();
                ModelError::Damaged(format!("manifest line '{}'", start.escape_debug()))
            };
            let number = |at: usize| -> Result<usize, ModelError> {
                cells.get(at).and_then(|c| c.parse().ok()).ok_or_else(bad)
            };
            let place = |at: usize| data.checked_add(number(at)?).ok_or_else(bad);
            match cells[0] {
                "labels" if cells.len() > 1 => {
                    labels.insert(cells[1].to_owned(), cells[2..].join("\t"));
                }
                "tensor" if cells.len() > 2 => {
                    let kind = match cells[2] {
                        "f16" => Kind::Half,
                        "i8" => Kind::Byte,
                        _ => return Err(bad()),
                    };
                    let (rows, columns, at) = (number(3)?, number(4)?, place(5)?);
                    let tensor = Tensor { kind, rows, columns, at };
                    let size = tensor.size().ok_or_else(bad)?;
                    room = room.checked_sub(size).ok_or_else(bad)?;
                    if at.checked_add(size).is_none_or(|end| end > bytes.len()) {
                        return Err(bad());
                    }
                    tensors.insert(cells[1].to_owned(), tensor);
                }
                "words" => {
                    let at = place(1)?;
                    words_span = at..at.checked_add(number(2)?).ok_or_else(bad)?;
                }
                _ => {}
            }
        }
        let words_at = words_span.start;
        let list = bytes.get(words_span).ok_or_else(|| damaged("the word list is cut off"))?;
        let mut words = vec![0u32];
        words.extend(
            list.iter().enumerate().filter(|(_, b)| **b == b'\n').map(|(at, _)| at as u32 + 1),
        );
        Ok(Self { labels, tensors, words, words_at, bytes })
    }

    /// A list of labels.
    pub(crate) fn labels(&self, name: &str) -> Result<Vec<Arc<str>>, ModelError> {
        Ok(self.label_texts(name)?.map(Arc::from).collect())
    }

    /// The same where the labels need not be kept: of the long lists.
    pub(crate) fn label_texts(&self, name: &str) -> Result<std::str::Split<'_, char>, ModelError> {
        let list = self.labels.get(name).filter(|list| !list.is_empty());
        let list = list.ok_or_else(|| ModelError::Damaged(format!("no labels '{name}'")))?;
        Ok(list.split('\t'))
    }

    /// Whether there is a tensor of that name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.tensors.contains_key(name)
    }

    fn tensor(&self, name: &str) -> Result<Tensor, ModelError> {
        let tensor = self.tensors.get(name).copied();
        tensor.ok_or_else(|| ModelError::Damaged(format!("no tensor '{name}'")))
    }

    /// A tensor's numbers, widened.
    pub(crate) fn matrix(&self, name: &str) -> Result<Matrix, ModelError> {
        let Tensor { kind, rows, columns, at } = self.tensor(name)?;
        let values: Vec<f32> = match kind {
            Kind::Half => {
                let (halves, _) = self.bytes[at..at + rows * columns * 2].as_chunks();
                halves.iter().map(|half| widen(u16::from_le_bytes(*half))).collect()
            }
            Kind::Byte => {
                let table = self.table(name, rows, columns)?;
                let mut values = vec![0.0; rows * columns];
                for (row, out) in values.chunks_exact_mut(columns.max(1)).enumerate() {
                    self.add_row(table, row, out);
                }
                values
            }
        };
        if values.iter().all(|value| value.is_finite()) {
            return Ok(Matrix { rows, columns, values });
        }
        Err(ModelError::Damaged(format!("'{name}' holds what is no number")))
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

    /// A table of scaled bytes of that size, left in place.
    pub(crate) fn table(
        &self,
        name: &str,
        rows: usize,
        columns: usize,
    ) -> Result<Table, ModelError> {
        let tensor = self.tensor(name)?;
        if (tensor.kind, tensor.rows, tensor.columns) != (Kind::Byte, rows, columns) {
            let reason = format!("'{name}' is no table of {rows}x{columns} bytes");
            return Err(ModelError::Damaged(reason));
        }
        let at = tensor.at;
        let (scales, _) = self.bytes[at..at + rows * 4].as_chunks();
        if scales.iter().all(|scale| (f32::from_le_bytes(*scale) * 128.0).is_finite()) {
            return Ok(Table { scales: at, values: at + rows * 4, rows, columns });
        }
        Err(ModelError::Damaged(format!("'{name}' has a scale that is no number")))
    }

    /// Rows and columns of a tensor.
    pub(crate) fn size(&self, name: &str) -> Result<(usize, usize), ModelError> {
        self.tensor(name).map(|tensor| (tensor.rows, tensor.columns))
    }

    /// How many words the word list has.
    pub(crate) fn word_count(&self) -> usize {
        self.words.len() - 1
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
        let count = self.word_count();
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
    let step = |hash: u64, word: &[u8; 8]| {
        (hash ^ u64::from_le_bytes(*word)).wrapping_mul(0x0000_0100_0000_01b3)
    };
    let (words, rest) = bytes.as_chunks();
    let sum = words.iter().fold(0xcbf2_9ce4_8422_2325, step);
    if rest.is_empty() {
        return sum;
    }
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    step(sum, &last)
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

/// Writes model files for tests, as the trainer does.
#[cfg(test)]
#[derive(Debug, Default)]
pub(crate) struct Writer {
    manifest: String,
    data: Vec<u8>,
}

#[cfg(test)]
impl Writer {
    /// Goes on with the file that has these bytes.
    pub(crate) fn after(bytes: &[u8]) -> Self {
        let length = u32::from_le_bytes(bytes[12..16].try_into().unwrap()) as usize;
        let (manifest, data) = bytes[HEADER..].split_at(length);
        Self { manifest: String::from_utf8(manifest.to_vec()).unwrap(), data: data.to_vec() }
    }

    /// A line of the manifest.
    pub(crate) fn line(&mut self, line: &str) {
        self.manifest.push_str(line);
        self.manifest.push('\n');
    }

    /// A list of labels.
    pub(crate) fn labels(&mut self, name: &str, labels: &[&str]) {
        self.line(&format!("labels\t{name}\t{}", labels.join("\t")));
    }

    /// A tensor of half-precision numbers; they are cut, not rounded.
    pub(crate) fn half(&mut self, name: &str, rows: usize, columns: usize, values: &[f32]) {
        assert_eq!(values.len(), rows * columns, "{name}");
        self.line(&format!("tensor\t{name}\tf16\t{rows}\t{columns}\t{}", self.data.len()));
        self.data.extend(values.iter().flat_map(|value| narrow(*value).to_le_bytes()));
    }

    /// A tensor of scaled bytes.
    pub(crate) fn bytes(&mut self, name: &str, rows: usize, columns: usize, values: &[f32]) {
        assert_eq!(values.len(), rows * columns, "{name}");
        self.line(&format!("tensor\t{name}\ti8\t{rows}\t{columns}\t{}", self.data.len()));
        let scale = |row: &[f32]| row.iter().fold(1e-12, |a: f32, b| a.max(b.abs())) / 127.0;
        let rows = || values.chunks_exact(columns);
        self.data.extend(rows().flat_map(|row| scale(row).to_le_bytes()));
        let row = |row: &[f32]| row.iter().map(|v| (v / scale(row)).round() as i8).collect();
        self.data.extend(rows().flat_map(|r| -> Vec<i8> { row(r) }).map(|v| v as u8));
    }

    /// The file.
    pub(crate) fn finish(self) -> Vec<u8> {
        let body = [self.manifest.as_bytes(), &self.data].concat();
        let length = u32::try_from(self.manifest.len()).unwrap();
        let (version, length) = (VERSION.to_le_bytes(), length.to_le_bytes());
        [&MAGIC[..], &version, &length, &checksum(&body).to_le_bytes(), &body].concat()
    }
}

/// Puts right the checksum of a file that was changed.
#[cfg(test)]
pub(crate) fn mend(bytes: &mut [u8]) {
    let sum = checksum(&bytes[HEADER..]);
    bytes[16..HEADER].copy_from_slice(&sum.to_le_bytes());
}

/// Single precision to half, cut; numbers too small become zero.
#[cfg(test)]
fn narrow(value: f32) -> u16 {
    let bits = value.to_bits();
    let sign = (bits >> 16 & 0x8000) as u16;
    let exponent = (bits >> 23 & 0xff) as i32 - 112;
    match exponent {
        ..=0 => sign,
        31.. => sign | 0x7c00,
        _ => sign | (exponent as u16) << 10 | (bits >> 13 & 0x3ff) as u16,
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

    #[test]
    fn tensors_are_read_as_they_were_written() {
        let mut writer = Writer::default();
        writer.half("a", 2, 2, &[1.0, -2.0, 0.5, 0.0]);
        writer.bytes("b", 2, 2, &[1.0, -1.0, 0.25, 0.5]);
        let file = ModelFile::parse(Cow::Owned(writer.finish())).unwrap();
        assert_eq!(file.sized("a", 2, 2).unwrap().values, [1.0, -2.0, 0.5, 0.0]);
        let rows = file.sized("b", 2, 2).unwrap().values;
        assert!(rows.iter().zip([1.0, -1.0, 0.25, 0.5]).all(|(a, b)| (a - b).abs() < 0.01));
        assert!(file.sized("a", 2, 3).is_err() && file.matrix("c").is_err());
        assert!(file.table("a", 2, 2).is_err() && file.table("b", 2, 1).is_err());
    }

    #[test]
    fn places_sizes_and_numbers_that_cannot_be_are_errors() {
        let parse = |line: &str| {
            let mut writer = Writer::default();
            writer.half("a", 1, 2, &[1.0, 2.0]);
            writer.line(line);
            ModelFile::parse(Cow::Owned(writer.finish()))
        };
        assert!(parse("labels\tx\ty").is_ok());
        let most = usize::MAX;
        for line in [
            format!("tensor\tb\tf16\t{most}\t2\t0"),
            format!("tensor\tb\ti8\t{most}\t0\t0"),
            format!("tensor\tb\tf16\t1\t1\t{most}"),
            format!("words\t0\t{most}"),
            "tensor\tb\tf16\t1\t1\t4".into(),
            "tensor\tb\tf16\t1\t-1\t0".into(),
            "tensor\tb\tf64\t1\t1\t0".into(),
            "words\t2\t3".into(),
        ] {
            let result = parse(&line);
            assert!(matches!(result, Err(ModelError::Damaged(_))), "{line}: {result:?}");
        }
        // Tensors that all lie in the same bytes.
        assert!(parse(&["tensor\tb\tf16\t1\t2\t0"; 100].join("\n")).is_err());
        let mut writer = Writer::default();
        writer.half("a", 1, 2, &[1.0, f32::NAN]);
        writer.bytes("b", 1, 2, &[f32::INFINITY, 0.0]);
        let file = ModelFile::parse(Cow::Owned(writer.finish())).unwrap();
        assert!(file.matrix("a").is_err() && file.table("b", 1, 2).is_err());
    }
}
