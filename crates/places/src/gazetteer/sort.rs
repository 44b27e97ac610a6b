//! Sorting more than memory holds: sorted runs in files, then one merge.

use super::scratch::Scratch;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};
use std::rc::Rc;

/// Bytes of entries that are held in memory before they become a run.
const RUN: usize = 64 << 20;

/// Takes entries, any bytes, in any order.
#[derive(Debug)]
pub(super) struct Sorter {
    scratch: Rc<Scratch>,
    bytes: Vec<u8>,
    /// Start and end of each entry in `bytes`.
    entries: Vec<(u32, u32)>,
    runs: Vec<File>,
    limit: usize,
}

impl Sorter {
    pub fn new(scratch: Rc<Scratch>) -> Self {
        Self { scratch, bytes: Vec::new(), entries: Vec::new(), runs: Vec::new(), limit: RUN }
    }

    pub fn push(&mut self, entry: &[u8]) -> io::Result<()> {
        let start = self.bytes.len() as u32;
        self.bytes.extend_from_slice(entry);
        self.entries.push((start, self.bytes.len() as u32));
        if self.bytes.len() + 8 * self.entries.len() >= self.limit {
            self.spill()?;
        }
        Ok(())
    }

    /// Writes what is in memory as a run.
    fn spill(&mut self) -> io::Result<()> {
        let bytes = &self.bytes;
        let entry = |&(start, end): &(u32, u32)| &bytes[start as usize..end as usize];
        self.entries.sort_unstable_by(|a, b| entry(a).cmp(entry(b)));
        let mut file = BufWriter::new(self.scratch.file()?);
        for at in &self.entries {
            file.write_all(&(at.1 - at.0).to_le_bytes())?;
            file.write_all(entry(at))?;
        }
        let mut file = file.into_inner()?;
        file.rewind()?;
        self.runs.push(file);
        self.entries.clear();
        self.bytes.clear();
        Ok(())
    }

    /// The entries in the order of their bytes.
    pub fn sorted(mut self) -> io::Result<Sorted> {
        self.spill()?;
        let mut sorted = Sorted {
            runs: self.runs.into_iter().map(BufReader::new).collect(),
            heads: BinaryHeap::new(),
        };
        for run in 0..sorted.runs.len() {
            sorted.advance(run)?;
        }
        Ok(sorted)
    }
}

/// Sorted entries, read one by one.
#[derive(Debug)]
pub(super) struct Sorted {
    runs: Vec<BufReader<File>>,
    heads: BinaryHeap<Reverse<(Vec<u8>, usize)>>,
}

impl Sorted {
    /// The next entry.
    pub fn next(&mut self) -> io::Result<Option<Vec<u8>>> {
        let Some(Reverse((entry, run))) = self.heads.pop() else { return Ok(None) };
        self.advance(run)?;
        Ok(Some(entry))
    }

    /// Puts the next entry of a run among the heads.
    fn advance(&mut self, run: usize) -> io::Result<()> {
        let reader = &mut self.runs[run];
        let mut length = [0; 4];
        match reader.read_exact(&mut length) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(()),
            Err(error) => return Err(error),
        }
        let mut entry = vec![0; u32::from_le_bytes(length) as usize];
        reader.read_exact(&mut entry)?;
        self.heads.push(Reverse((entry, run)));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_runs_come_out_as_one_order() {
        let folder = std::env::temp_dir().join(format!("dateline-sort-{}", std::process::id()));
        let scratch = Rc::new(Scratch::new(folder.clone()).unwrap());
        let mut sorter = Sorter::new(scratch.clone());
        sorter.limit = 100;
        for number in 0..500u32 {
            sorter.push(number.wrapping_mul(2_654_435_761).to_string().as_bytes()).unwrap();
        }
        let mut expected: Vec<_> =
            (0..500u32).map(|n| n.wrapping_mul(2_654_435_761).to_string().into_bytes()).collect();
        expected.sort();
        let mut sorted = sorter.sorted().unwrap();
        assert!(sorted.runs.len() > 10);
        let mut got = Vec::new();
        while let Some(entry) = sorted.next().unwrap() {
            got.push(entry);
        }
        assert_eq!(got, expected);
        drop(sorted);
        drop(scratch);
        assert!(!folder.exists());
    }
}
