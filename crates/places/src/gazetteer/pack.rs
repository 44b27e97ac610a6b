//! Making a gazetteer from rows, in memory that does not grow with them.
//!
//! Rows are sorted by folded name through files, so that records are written
//! one after the other; the names that lead to them are sorted the same way.

use super::scratch::Scratch;
use super::sort::Sorter;
use super::{Checksum, MAGIC, RECORD, SECTIONS};
use crate::fold;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, Write};
use std::path::PathBuf;
use std::rc::Rc;

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct RowError(pub(super) String);

/// Most places that one name leads to; the rest, the smallest, are left out.
const MOST: usize = 255;
/// Most bytes of a name.
const LONGEST: usize = 255;

/// A place to be packed.
#[derive(Debug, Clone, PartialEq)]
pub struct Row<'r> {
    /// GeoNames feature, `P.PPL`.
    pub feature: &'r str,
    /// GeoNames id, 0 where unknown.
    pub id: u32,
    /// Name, cut after 255 bytes.
    pub name: &'r str,
    /// Other names.
    pub alternates: Vec<&'r str>,
    /// Latitude.
    pub lat: f64,
    /// Longitude.
    pub lon: f64,
    /// Alpha-3, or empty.
    pub country: &'r str,
    /// Code of the first-order division in the country, or empty; its name is
    /// what [`Packer::division`] says.
    pub division: &'r str,
    /// Inhabitants, 0 where unknown.
    pub population: u64,
}

impl<'r> Row<'r> {
    /// A row of text: feature, GeoNames id or nothing, name, alternate names
    /// between `|`, latitude, longitude, alpha-3, name of the division,
    /// population; separated by tabs.
    ///
    /// # Errors
    /// A row with another number of cells, or a cell that is not what it
    /// should be.
    pub fn parse(line: &'r str) -> Result<Self, RowError> {
        let cells: Vec<&str> = line.split('\t').collect();
        let [feature, id, name, alternates, lat, lon, country, division, population] = cells[..]
        else {
            return Err(RowError(format!("{} cells where there should be 9", cells.len())));
        };
        if country.len() != 3 {
            return Err(RowError(format!("'{country}' is no alpha-3 code")));
        }
        Self {
            feature,
            id: if id.is_empty() { 0 } else { number(id, "GeoNames id")? },
            name,
            alternates: alternates.split('|').collect(),
            lat: number(lat, "latitude")?,
            lon: number(lon, "longitude")?,
            country,
            division,
            population: number(population, "population")?,
        }
        .checked()
    }

    /// The row, if it can be packed.
    pub(super) fn checked(self) -> Result<Self, RowError> {
        let wrong = |what: &str| Err(RowError(what.to_owned()));
        match &self {
            row if row.name.is_empty() => wrong("the name is empty"),
            row if row.feature.is_empty() || row.feature.len() > 12 => {
                Err(RowError(format!("'{}' is no feature class.code", row.feature)))
            }
            row if !(row.lat.abs() <= 90.0 && row.lon.abs() <= 180.0) => {
                Err(RowError(format!("{}, {} is not on the globe", row.lat, row.lon)))
            }
            _ => Ok(self),
        }
    }
}

/// A cell as a number.
pub(super) fn number<T: std::str::FromStr>(cell: &str, what: &str) -> Result<T, RowError> {
    cell.parse().map_err(|_| RowError(format!("'{cell}' is no {what}")))
}

/// What a gazetteer came to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Packed {
    /// Places.
    pub places: u64,
    /// Names that lead to them.
    pub names: u64,
    /// Bytes.
    pub bytes: u64,
}

/// Collects rows and packs them into the bytes of a [`super::Gazetteer`].
///
/// ```
/// use dateline_places::{Gazetteer, Packer, Row};
/// let scratch = std::env::temp_dir().join(format!("dateline-doc-{}", std::process::id()));
/// let mut packer = Packer::new(scratch)?;
/// packer.add(&Row::parse("P.PPL\t12\tNew Town\tNewtown\t1.5\t-2.5\tGHA\tVolta\t5000")?)?;
/// packer.division("GHA", "Volta", "Volta");
/// let mut bytes = Vec::new();
/// packer.finish(&mut bytes)?;
/// let gazetteer = Gazetteer::from_bytes(bytes)?;
/// assert_eq!(gazetteer.lookup("newtown").next().unwrap().admin1, "Volta");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Packer {
    rows: Sorter,
    countries: BTreeSet<String>,
    features: BTreeSet<String>,
    /// Names of divisions by country and code.
    divisions: BTreeMap<(String, String), String>,
    scratch: Rc<Scratch>,
}

impl Packer {
    /// A packer that keeps what memory should not hold in a folder, which must
    /// not be there yet and is removed at the end.
    ///
    /// # Errors
    /// A folder that cannot be made.
    pub fn new(folder: PathBuf) -> io::Result<Self> {
        let scratch = Rc::new(Scratch::new(folder)?);
        Ok(Self {
            rows: Sorter::new(scratch.clone()),
            countries: BTreeSet::new(),
            features: BTreeSet::new(),
            divisions: BTreeMap::new(),
            scratch,
        })
    }

    /// Adds a place. One whose name has no letter or digit is left out.
    ///
    /// # Errors
    /// A scratch file that cannot be written.
    pub fn add(&mut self, row: &Row<'_>) -> io::Result<()> {
        let key = fold(row.name);
        if key.is_empty() || key.len() > LONGEST {
            return Ok(());
        }
        let mut keys: Vec<String> = row.alternates.iter().map(|name| fold(name)).collect();
        keys.retain(|k| !k.is_empty() && *k != key && k.len() <= LONGEST);
        keys.sort();
        keys.dedup();
        let mut entry = sort_key(&key, row.population);
        entry.extend_from_slice(&row.id.to_be_bytes());
        let mut text = |text: &str| {
            let text = cut(text);
            entry.push(text.len() as u8);
            entry.extend_from_slice(text.as_bytes());
        };
        [row.name, row.country, row.division, row.feature].into_iter().for_each(&mut text);
        keys.iter().for_each(|key| text(key));
        entry.extend_from_slice(&fraction(row.lat).to_le_bytes());
        entry.extend_from_slice(&fraction(row.lon).to_le_bytes());
        note(&mut self.countries, row.country);
        note(&mut self.features, row.feature);
        let division = (row.country.to_owned(), cut(row.division).to_owned());
        self.divisions.entry(division).or_default();
        self.rows.push(&entry)
    }

    /// Says what a first-order division is called.
    pub fn division(&mut self, country: &str, code: &str, name: &str) {
        self.divisions.insert((country.to_owned(), code.to_owned()), cut(name).to_owned());
    }

    /// Writes the gazetteer. The same rows in any order give the same bytes.
    ///
    /// # Errors
    /// What cannot be written, or is too much for the format.
    pub fn finish(self, out: &mut impl Write) -> io::Result<Packed> {
        let Self { rows, countries, features, divisions, scratch } = self;
        let mut heap = Heap::new(scratch.file()?);
        heap.add("")?;
        let (countries, features) = (codes(countries), codes(features));
        let mut division_bytes = Vec::new();
        for ((country, _), name) in &divisions {
            put(&mut division_bytes, index(&countries, country), 1);
            put(&mut division_bytes, heap.add(name)?, 4);
        }
        let divisions: BTreeMap<(String, String), u32> = divisions.into_keys().zip(0..).collect();
        if divisions.len() > 1 << 16 || countries.len() > 1 << 8 || features.len() > 1 << 16 {
            return Err(io::Error::other("too many countries, divisions or features"));
        }
        let mut records = BufWriter::new(scratch.file()?);
        let mut names = Sorter::new(scratch.clone());
        let mut rows = rows.sorted()?;
        let mut at = 0u32;
        while let Some(entry) = rows.next()? {
            let row =
                Entry::new(&entry).ok_or_else(|| io::Error::other("a damaged scratch file"))?;
            heap.key(row.key);
            let place = (row.country.to_owned(), row.division.to_owned());
            let mut record = Vec::with_capacity(RECORD);
            put(&mut record, row.id, 4);
            put(&mut record, row.lat, 3);
            put(&mut record, row.lon, 3);
            put(&mut record, size(row.population), 1);
            put(&mut record, divisions.get(&place).copied().unwrap_or(0), 2);
            put(&mut record, index(&features, row.feature), 2);
            put(&mut record, heap.add(row.name)?, 4);
            records.write_all(&record)?;
            for key in std::iter::once(row.key).chain(row.keys) {
                let mut entry = sort_key(key, row.population);
                entry.extend_from_slice(&at.to_be_bytes());
                names.push(&entry)?;
            }
            at = at.checked_add(1).ok_or_else(|| io::Error::other("too many places"))?;
        }
        drop(rows);
        let (index, postings, count) = index_of_names(names, &scratch)?;
        let texts = [joined(&countries), joined(&features)];
        let sections: [Part; SECTIONS] = [
            Part::File(index),
            Part::File(postings),
            Part::File(records.into_inner()?),
            Part::Bytes(&division_bytes),
            Part::Bytes(&texts[0]),
            Part::Bytes(&texts[1]),
            Part::File(heap.file.into_inner()?),
        ];
        let bytes = write(sections, out)?;
        Ok(Packed { places: u64::from(at), names: count, bytes })
    }
}

/// What entries are sorted by: the name, then the most populous first.
fn sort_key(key: &str, population: u64) -> Vec<u8> {
    let mut entry = key.as_bytes().to_vec();
    entry.push(0);
    entry.extend_from_slice(&(u64::MAX - population).to_be_bytes());
    entry
}

/// A name and its population from the beginning of an entry, and the rest.
fn split_key(entry: &[u8]) -> Option<(&str, u64, &[u8])> {
    let end = entry.iter().position(|&b| b == 0)?;
    let (population, rest) = entry.get(end + 1..)?.split_first_chunk()?;
    Some((str::from_utf8(&entry[..end]).ok()?, u64::MAX - u64::from_be_bytes(*population), rest))
}

/// A row as it comes back from the sorter.
struct Entry<'e> {
    key: &'e str,
    population: u64,
    id: u32,
    name: &'e str,
    country: &'e str,
    division: &'e str,
    feature: &'e str,
    keys: Vec<&'e str>,
    lat: u32,
    lon: u32,
}

impl<'e> Entry<'e> {
    fn new(entry: &'e [u8]) -> Option<Self> {
        let (key, population, rest) = split_key(entry)?;
        let (id, rest) = rest.split_first_chunk()?;
        let (mut rest, lon) = rest.split_last_chunk()?;
        let (before, lat) = rest.split_last_chunk()?;
        rest = before;
        let mut texts = Vec::new();
        while let Some((&length, after)) = rest.split_first() {
            let (text, after) = after.split_at_checked(length as usize)?;
            texts.push(str::from_utf8(text).ok()?);
            rest = after;
        }
        let [name, country, division, feature, keys @ ..] = &texts[..] else { return None };
        Some(Self {
            key,
            population,
            id: u32::from_be_bytes(*id),
            name,
            country,
            division,
            feature,
            keys: keys.to_vec(),
            lat: u32::from_le_bytes(*lat),
            lon: u32::from_le_bytes(*lon),
        })
    }
}

/// The fst of names and the postings it points into, and how many names.
fn index_of_names(names: Sorter, scratch: &Scratch) -> io::Result<(File, File, u64)> {
    let mut postings = BufWriter::new(scratch.file()?);
    let mut map =
        fst::MapBuilder::new(BufWriter::new(scratch.file()?)).map_err(io::Error::other)?;
    let mut names = names.sorted()?;
    let (mut name, mut places) = (String::new(), Vec::<u32>::new());
    let (mut posted, mut count) = (0u64, 0u64);
    loop {
        let next = names.next()?;
        let entry = next.as_deref().and_then(split_key);
        if entry.is_none_or(|(key, ..)| key != name) && !places.is_empty() {
            let run = places.windows(2).all(|pair| pair[0] + 1 == pair[1]);
            let start = if run { u64::from(places[0]) } else { posted };
            if !run {
                for place in &places {
                    postings.write_all(&place.to_le_bytes())?;
                }
                posted += places.len() as u64;
            }
            let value = start << 9 | (places.len() as u64) << 1 | u64::from(!run);
            map.insert(&name, value).map_err(io::Error::other)?;
            count += 1;
            places.clear();
        }
        let Some((key, _, place)) = entry else { break };
        if places.is_empty() {
            name = key.to_owned();
        }
        if places.len() < MOST
            && let Ok(place) = place.try_into()
        {
            places.push(u32::from_be_bytes(place));
        }
    }
    let index = map.into_inner().map_err(io::Error::other)?.into_inner()?;
    Ok((index, postings.into_inner()?, count))
}

/// A section on its way into the file.
enum Part<'p> {
    File(File),
    Bytes(&'p [u8]),
}

/// Writes magic, lengths, sections and checksum.
fn write(sections: [Part<'_>; SECTIONS], out: &mut impl Write) -> io::Result<u64> {
    let mut head = MAGIC.to_vec();
    for section in &sections {
        let length = match section {
            Part::File(file) => file.metadata()?.len(),
            Part::Bytes(bytes) => bytes.len() as u64,
        };
        head.extend_from_slice(&length.to_le_bytes());
    }
    out.write_all(&head)?;
    let (mut sum, mut total) = (Checksum::default(), head.len() as u64 + 8);
    for section in sections {
        let mut reader: Box<dyn Read> = match section {
            Part::File(mut file) => {
                file.rewind()?;
                Box::new(file)
            }
            Part::Bytes(bytes) => Box::new(bytes),
        };
        let mut buffer = vec![0; 1 << 16];
        loop {
            let read = reader.read(&mut buffer)?;
            if read == 0 {
                break;
            }
            sum.add(&buffer[..read]);
            out.write_all(&buffer[..read])?;
            total += read as u64;
        }
    }
    out.write_all(&sum.finish().to_le_bytes())?;
    Ok(total)
}

/// Texts with a length byte before each; of one folded name every text once.
struct Heap {
    file: BufWriter<File>,
    length: u32,
    key: String,
    texts: Vec<(String, u32)>,
}

impl Heap {
    fn new(file: File) -> Self {
        Self { file: BufWriter::new(file), length: 0, key: String::new(), texts: Vec::new() }
    }

    /// Names the folded name that the next texts are of.
    fn key(&mut self, key: &str) {
        if self.key != key {
            self.key = key.to_owned();
            self.texts.clear();
        }
    }

    fn add(&mut self, text: &str) -> io::Result<u32> {
        if let Some((_, at)) = self.texts.iter().find(|(known, _)| known == text) {
            return Ok(*at);
        }
        let at = self.length;
        self.file.write_all(&[text.len() as u8])?;
        self.file.write_all(text.as_bytes())?;
        let longer = at.checked_add(1 + text.len() as u32);
        self.length = longer.ok_or_else(|| io::Error::other("too many names"))?;
        self.texts.push((text.to_owned(), at));
        Ok(at)
    }
}

/// At most 255 bytes of a text.
fn cut(text: &str) -> &str {
    &text[..text.floor_char_boundary(LONGEST)]
}

fn note(codes: &mut BTreeSet<String>, code: &str) {
    if !codes.contains(code) {
        codes.insert(code.to_owned());
    }
}

fn codes(codes: BTreeSet<String>) -> Vec<String> {
    codes.into_iter().collect()
}

fn index(codes: &[String], code: &str) -> u32 {
    codes.binary_search_by(|c| c.as_str().cmp(code)).unwrap_or(0) as u32
}

/// Codes as lines of one width.
fn joined(codes: &[String]) -> Vec<u8> {
    let width = codes.iter().map(String::len).max().unwrap_or(0);
    codes.iter().flat_map(|code| format!("{code:width$}\n").into_bytes()).collect()
}

fn put(bytes: &mut Vec<u8>, number: u32, width: usize) {
    bytes.extend_from_slice(&number.to_le_bytes()[..width]);
}

fn fraction(degrees: f64) -> u32 {
    let fraction = (degrees + 180.0) / 360.0 * f64::from(1 << 24);
    (fraction.round() as u32).min((1 << 24) - 1)
}

fn size(population: u64) -> u32 {
    if population == 0 {
        return 0;
    }
    ((population as f64).log10() * 32.0).round().clamp(1.0, 255.0) as u32
}
