//! The gazetteer: GeoNames places in one block of bytes that is read where it
//! lies, built in or of the user's own.
//!
//! ```text
//! magic "dlgaz\0\0\x02"
//! seven section lengths, u64 little endian: fst, postings, records, divisions, countries, features, names
//! the sections, one after the other
//! checksum of the sections, u64 little endian
//! ```
//!
//! The fst maps folded names to records: the value is `start << 9 | count << 1`
//! for a run of neighbouring records, and the same with the last bit set for a
//! run of postings (record numbers of four bytes). A record is 19 bytes; names
//! are length-prefixed in a heap that it points into.

mod dump;
mod pack;
mod scratch;
mod sort;

pub use dump::{Build, BuildError};
pub use pack::{Packed, Packer, Row, RowError};

use std::borrow::Cow;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

const MAGIC: &[u8; 8] = b"dlgaz\0\0\x02";
const SECTIONS: usize = 7;
const HEADER: usize = MAGIC.len() + 8 * SECTIONS;
const RECORD: usize = 19;
const POSTING: usize = 4;
const DIVISION: usize = 5;

/// The gazetteer that is built in: GeoNames, CC BY 4.0.
static EMBEDDED: &[u8] = include_bytes!("../../data/gazetteer.bin");

/// What is wrong with a gazetteer, with what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct GazetteerError(String);

/// Places by name.
///
/// ```
/// use dateline_places::Gazetteer;
/// let gazetteer = Gazetteer::embedded();
/// let paris = gazetteer.lookup("paris").next().unwrap();
/// assert_eq!((paris.name, paris.country, paris.id), ("Paris", "FRA", Some(2988507)));
/// ```
#[derive(Clone)]
pub struct Gazetteer {
    names: fst::Map<Section>,
    postings: Section,
    records: Section,
    divisions: Section,
    countries: Section,
    features: Section,
    heap: Section,
}

/// One place of the gazetteer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Record<'g> {
    /// Name as GeoNames writes it.
    pub name: &'g str,
    /// GeoNames id, where known.
    pub id: Option<u32>,
    /// Latitude.
    pub lat: f64,
    /// Longitude.
    pub lon: f64,
    /// ISO 3166-1 alpha-3 (`XKX` for Kosovo), or `""` for what lies in none.
    pub country: &'g str,
    /// Name of the first-order division that it is in, or `""`.
    pub admin1: &'g str,
    /// GeoNames feature, `P.PPLC`.
    pub feature: &'g str,
    /// Inhabitants, to about 4 %; 0 where unknown.
    pub population: f64,
}

/// A part of the shared bytes.
#[derive(Clone)]
struct Section {
    bytes: Arc<Cow<'static, [u8]>>,
    start: usize,
    end: usize,
}

impl AsRef<[u8]> for Section {
    fn as_ref(&self) -> &[u8] {
        self.bytes.get(self.start..self.end).unwrap_or(&[])
    }
}

impl std::fmt::Debug for Gazetteer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Gazetteer({} names, {} places)", self.names.len(), self.len())
    }
}

impl Gazetteer {
    /// The gazetteer that is built in.
    ///
    /// # Panics
    /// Never with the file that the crate comes with; a test holds it.
    pub fn embedded() -> Self {
        Self::open(Cow::Borrowed(EMBEDDED)).expect("the built-in gazetteer is whole")
    }

    /// A gazetteer from bytes of the user's own, as [`Packer`] makes them.
    ///
    /// # Errors
    /// Bytes of another format, cut off or damaged.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, GazetteerError> {
        let gazetteer = Self::open(Cow::Owned(bytes))?;
        let bytes = gazetteer.heap.bytes.clone();
        let mut sum = Checksum::default();
        sum.add(bytes.get(HEADER..gazetteer.heap.end).unwrap_or(&[]));
        let kept = bytes.get(gazetteer.heap.end..).and_then(|rest| rest.try_into().ok());
        if kept.map(u64::from_le_bytes) != Some(sum.finish()) {
            return Err(GazetteerError("a damaged gazetteer: build it again".to_owned()));
        }
        Ok(gazetteer)
    }

    /// A gazetteer file of the user's own, read into memory.
    ///
    /// # Errors
    /// A file that cannot be read, and those of [`Gazetteer::from_bytes`].
    pub fn load(path: &Path) -> Result<Self, GazetteerError> {
        let named = |reason: String| GazetteerError(format!("{}: {reason}", path.display()));
        let unread = |error: std::io::Error| named(format!("cannot be read: {error}"));
        let mut file = std::fs::File::open(path).map_err(unread)?;
        // A dump may have gigabytes: the first bytes tell.
        let mut bytes = Vec::new();
        file.by_ref().take(MAGIC.len() as u64).read_to_end(&mut bytes).map_err(unread)?;
        if bytes == MAGIC {
            file.read_to_end(&mut bytes).map_err(unread)?;
        }
        Self::from_bytes(bytes).map_err(|error| named(error.0))
    }

    fn open(bytes: Cow<'static, [u8]>) -> Result<Self, GazetteerError> {
        if !bytes.starts_with(MAGIC) {
            let older = bytes.starts_with(&MAGIC[..7]);
            let reason = if older {
                "a gazetteer of another version of dateline: build it again"
            } else {
                "no gazetteer; 'dateline gazetteer build' makes one of a GeoNames dump"
            };
            return Err(GazetteerError(reason.to_owned()));
        }
        let bytes = Arc::new(bytes);
        let mut at = HEADER;
        let mut sections = Vec::with_capacity(SECTIONS);
        for section in 0..SECTIONS {
            let length = long(&bytes, MAGIC.len() + 8 * section);
            let end = at.saturating_add(usize::try_from(length).unwrap_or(usize::MAX));
            if end > bytes.len() {
                let reason = "a gazetteer cut off at byte";
                return Err(GazetteerError(format!("{reason} {}: build it again", bytes.len())));
            }
            sections.push(Section { bytes: bytes.clone(), start: at, end });
            at = end;
        }
        let Ok([names, postings, records, divisions, countries, features, heap]) =
            <[Section; SECTIONS]>::try_from(sections)
        else {
            return Err(GazetteerError("sections are missing".to_owned()));
        };
        let names = fst::Map::new(names)
            .map_err(|error| GazetteerError(format!("a damaged index of names: {error}")))?;
        Ok(Self { names, postings, records, divisions, countries, features, heap })
    }

    /// Number of places.
    pub fn len(&self) -> usize {
        self.records.as_ref().len() / RECORD
    }

    /// Whether there are no places.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether a folded name is known.
    pub fn contains(&self, folded: &str) -> bool {
        self.names.contains_key(folded)
    }

    /// A way through the names, from their beginning.
    pub(crate) fn walk(&self) -> Walk<'_> {
        let names = self.names.as_fst();
        Walk { names, node: Some(names.root()) }
    }

    /// The places of a folded name (see [`crate::fold`]), the most populous first.
    pub fn lookup(&self, folded: &str) -> impl Iterator<Item = Record<'_>> {
        let value = self.names.get(folded).unwrap_or(0);
        let (start, count, posted) =
            ((value >> 9) as usize, (value >> 1 & 0xff) as usize, value & 1 == 1);
        (start..start + count).filter_map(move |at| {
            let record = if posted {
                number(self.postings.as_ref(), at * POSTING, POSTING) as usize
            } else {
                at
            };
            self.record(record)
        })
    }

    fn record(&self, at: usize) -> Option<Record<'_>> {
        let start = at.checked_mul(RECORD)?;
        let bytes = self.records.as_ref().get(start..start + RECORD)?;
        let id = number(bytes, 0, 4);
        let division = number(bytes, 11, 2) as usize * DIVISION;
        let divisions = self.divisions.as_ref();
        Some(Record {
            name: self.name(number(bytes, 15, 4) as usize),
            id: (id != 0).then_some(id),
            lat: degrees(number(bytes, 4, 3)),
            lon: degrees(number(bytes, 7, 3)),
            country: code(&self.countries, number(divisions, division, 1) as usize),
            admin1: self.name(number(divisions, division + 1, 4) as usize),
            feature: code(&self.features, number(bytes, 13, 2) as usize),
            population: population(number(bytes, 10, 1)),
        })
    }

    fn name(&self, at: usize) -> &str {
        let heap = self.heap.as_ref();
        let length = heap.get(at).copied().unwrap_or(0) as usize;
        heap.get(at + 1..at + 1 + length).and_then(|b| str::from_utf8(b).ok()).unwrap_or("")
    }
}

/// Where the bytes that were read so far lead among the names: which of the
/// longer and longer beginnings of a text are names is found in one way.
#[derive(Clone, Copy)]
pub(crate) struct Walk<'g> {
    names: &'g fst::raw::Fst<Section>,
    /// `None` where no name begins so.
    node: Option<fst::raw::Node<'g>>,
}

impl Walk<'_> {
    /// The way on by some bytes.
    pub(crate) fn on(mut self, bytes: &[u8]) -> Self {
        for byte in bytes {
            let Some(node) = self.node else { break };
            let next = node.find_input(*byte);
            self.node = next.map(|at| self.names.node(node.transition_addr(at)));
        }
        self
    }

    /// Whether any name begins with what was read.
    pub(crate) fn leads_on(&self) -> bool {
        self.node.is_some()
    }

    /// Whether what was read is a name.
    pub(crate) fn is_name(&self) -> bool {
        self.node.is_some_and(|node| node.is_final())
    }
}

/// A little-endian number of up to four bytes; 0 outside the bytes.
fn number(bytes: &[u8], at: usize, width: usize) -> u32 {
    let bytes = at.checked_add(width).and_then(|end| bytes.get(at..end)).unwrap_or(&[]);
    bytes.iter().rev().fold(0, |sum, &byte| sum << 8 | u32::from(byte))
}

/// A little-endian number of eight bytes; 0 outside the bytes.
fn long(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..at + 8).and_then(|b| b.try_into().ok()).map_or(0, u64::from_le_bytes)
}

/// FNV-1a over eight bytes at a time, the last ones filled up with zeros.
#[derive(Debug)]
struct Checksum {
    hash: u64,
    rest: Vec<u8>,
}

impl Default for Checksum {
    fn default() -> Self {
        Self { hash: 0xcbf2_9ce4_8422_2325, rest: Vec::new() }
    }
}

impl Checksum {
    /// Adds bytes; how they are parted makes no difference.
    fn add(&mut self, mut bytes: &[u8]) {
        if !self.rest.is_empty() {
            let (now, later) = bytes.split_at(bytes.len().min(8 - self.rest.len()));
            self.rest.extend_from_slice(now);
            bytes = later;
            if self.rest.len() == 8 {
                self.step(long(&self.rest, 0));
                self.rest.clear();
            }
        }
        let (whole, rest) = bytes.as_chunks::<8>();
        whole.iter().for_each(|word| self.step(u64::from_le_bytes(*word)));
        self.rest.extend_from_slice(rest);
    }

    fn step(&mut self, word: u64) {
        self.hash = (self.hash ^ word).wrapping_mul(0x0000_0100_0000_01b3);
    }

    fn finish(mut self) -> u64 {
        if !self.rest.is_empty() {
            self.rest.resize(8, 0);
            self.step(long(&self.rest, 0));
        }
        self.hash
    }
}

/// Degrees from a fraction of the circle in three bytes, to about two metres,
/// rounded to the four decimals that they are good for.
fn degrees(fraction: u32) -> f64 {
    let degrees = f64::from(fraction) * 360.0 / f64::from(1 << 24) - 180.0;
    (degrees * 1e4).round() / 1e4
}

/// Inhabitants from thirty-seconds of a power of ten.
fn population(code: u32) -> f64 {
    if code == 0 { 0.0 } else { 10f64.powf(f64::from(code) / 32.0) }
}

/// Entry of a section of newline-separated codes. There are few, so walking is fine.
fn code(section: &Section, at: usize) -> &str {
    let bytes = section.as_ref();
    let width = bytes.iter().position(|&b| b == b'\n').map_or(1, |end| end + 1);
    let entry = at.checked_mul(width).and_then(|start| bytes.get(start..start + width));
    entry.and_then(|b| str::from_utf8(b).ok()).map_or("", |c| c.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_gazetteer_knows_the_world() {
        let gazetteer = Gazetteer::from_bytes(EMBEDDED.to_vec()).unwrap();
        assert!(gazetteer.len() > 100_000);
        for (name, country, feature) in [
            ("cairo", "EGY", "P.PPLC"),
            ("lyon", "FRA", "P.PPL"),
            ("dallas county", "USA", "A.ADM2"),
        ] {
            let first = gazetteer.lookup(name).next().unwrap();
            assert_eq!((first.country, first.feature), (country, feature), "{name}");
            assert!(first.lat.abs() <= 90.0 && first.lon.abs() <= 180.0);
        }
        let states: Vec<_> = gazetteer.lookup("springfield").map(|r| r.admin1).collect();
        assert!(states.contains(&"Illinois") && states.contains(&"Missouri"), "{states:?}");
        assert_eq!(gazetteer.lookup("no such place at all").count(), 0);
        let dallas = gazetteer.walk().on(b"dallas");
        assert!(dallas.is_name() && dallas.on(b" ").leads_on());
        assert!(!dallas.on(b" coun").is_name() && dallas.on(b" county").is_name());
        assert!(!dallas.on(b" such place").leads_on());
    }

    #[test]
    fn damaged_bytes_are_refused() {
        let said = |bytes: &[u8]| Gazetteer::from_bytes(bytes.to_vec()).unwrap_err().to_string();
        assert!(said(b"PK").contains("gazetteer build"));
        assert!(said(b"dlgaz\0\0\x01").contains("another version"));
        assert!(said(&EMBEDDED[..10_000]).contains("cut off"));
        assert!(said(&EMBEDDED[..EMBEDDED.len() - 1]).contains("damaged"));
        for at in [HEADER + 5000, EMBEDDED.len() / 2, EMBEDDED.len() - 20] {
            let mut bytes = EMBEDDED.to_vec();
            bytes[at] ^= 0x55;
            assert!(said(&bytes).contains("damaged"), "{at}");
        }
    }

    #[test]
    fn a_gazetteer_of_nothing_is_one() {
        let scratch = std::env::temp_dir().join(format!("dateline-empty-{}", std::process::id()));
        let mut bytes = Vec::new();
        Packer::new(scratch).unwrap().finish(&mut bytes).unwrap();
        let empty = Gazetteer::from_bytes(bytes).unwrap();
        assert!(empty.is_empty() && empty.lookup("paris").next().is_none());
    }
}
