//! Making a gazetteer from rows.

use super::{HEADER, MAGIC, SECTIONS};
use crate::fold;
use std::collections::BTreeMap;

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct RowError(String);

/// Collects rows and packs them into the bytes of a [`super::Gazetteer`].
///
/// ```
/// use dateline_places::{Gazetteer, Packer};
/// let mut packer = Packer::default();
/// packer.row("P.PPL\t12\tNew Town\tNewtown\t1.5\t-2.5\tGHA\tVolta\t5000")?;
/// let gazetteer = Gazetteer::from_bytes(packer.finish()).unwrap();
/// assert_eq!(gazetteer.lookup("newtown").next().unwrap().admin1, "Volta");
/// # Ok::<(), dateline_places::RowError>(())
/// ```
#[derive(Debug, Default)]
pub struct Packer {
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    key: String,
    population: u64,
    id: u32,
    name: String,
    keys: Vec<String>,
    lat: u32,
    lon: u32,
    country: String,
    admin1: String,
    feature: String,
}

impl Packer {
    /// Adds a row: feature, GeoNames id or nothing, name, alternate names
    /// between `|`, latitude, longitude, alpha-3, admin1 name, population;
    /// separated by tabs.
    ///
    /// # Errors
    /// A row with another number of cells, or a cell that is not what it
    /// should be.
    pub fn row(&mut self, line: &str) -> Result<(), RowError> {
        let cells: Vec<&str> = line.split('\t').collect();
        let [feature, id, name, alternates, lat, lon, country, admin1, population] = cells[..]
        else {
            return Err(RowError(format!("{} cells where there should be 9", cells.len())));
        };
        let wrong = |what: &str, cell: &str| RowError(format!("'{cell}' is no {what}"));
        let id = if id.is_empty() { Ok(0) } else { id.parse() };
        let degree = |cell: &str, most: f64, what: &str| {
            let value: Option<f64> = cell.parse().ok();
            value.filter(|v| v.abs() <= most).map(fraction).ok_or_else(|| wrong(what, cell))
        };
        if country.len() != 3 || name.is_empty() || name.len() > 255 || feature.len() > 8 {
            return Err(RowError("no name, or a name, country or feature too long".to_owned()));
        }
        let key = fold(name);
        let mut keys: Vec<String> = alternates.split('|').map(fold).collect();
        keys.retain(|k| !k.is_empty() && *k != key);
        keys.sort();
        keys.dedup();
        self.rows.push(Row {
            id: id.map_err(|_| wrong("GeoNames id", cells[1]))?,
            name: name.to_owned(),
            keys,
            lat: degree(lat, 90.0, "latitude")?,
            lon: degree(lon, 180.0, "longitude")?,
            country: country.to_owned(),
            admin1: admin1.to_owned(),
            feature: feature.to_owned(),
            population: population.parse().map_err(|_| wrong("population", population))?,
            key,
        });
        Ok(())
    }

    /// The bytes of the gazetteer. The same rows in any order give the same
    /// bytes.
    pub fn finish(mut self) -> Vec<u8> {
        self.rows.retain(|row| !row.key.is_empty());
        self.rows.sort_by(|a, b| {
            let by_size = b.population.cmp(&a.population);
            a.key.cmp(&b.key).then(by_size).then(a.id.cmp(&b.id)).then(a.name.cmp(&b.name))
        });
        let mut heap = Heap::default();
        heap.add("");
        let countries = codes(self.rows.iter().map(|r| r.country.as_str()));
        let features = codes(self.rows.iter().map(|r| r.feature.as_str()));
        let divisions: BTreeMap<(u32, &str), u32> =
            numbered(self.rows.iter().map(|r| (index(&countries, &r.country), r.admin1.as_str())));
        let mut division_bytes = Vec::new();
        for (country, admin1) in divisions.keys() {
            put(&mut division_bytes, *country, 1);
            put(&mut division_bytes, heap.add(admin1), 3);
        }
        let mut records = Vec::new();
        for row in &self.rows {
            let division = divisions.get(&(index(&countries, &row.country), row.admin1.as_str()));
            put(&mut records, row.id, 4);
            put(&mut records, row.lat, 3);
            put(&mut records, row.lon, 3);
            put(&mut records, size(row.population), 1);
            put(&mut records, division.copied().unwrap_or(0), 2);
            put(&mut records, index(&features, &row.feature), 1);
            put(&mut records, heap.add(&row.name), 3);
        }
        let (names, postings) = self.index();
        let sections: [Vec<u8>; SECTIONS] = [
            names,
            postings,
            records,
            division_bytes,
            joined(&countries),
            joined(&features),
            heap.bytes,
        ];
        let mut bytes = Vec::with_capacity(HEADER);
        bytes.extend_from_slice(MAGIC);
        for section in &sections {
            put(&mut bytes, section.len() as u32, 4);
        }
        sections.iter().for_each(|section| bytes.extend_from_slice(section));
        bytes
    }

    /// The fst of names and the postings it points into.
    fn index(&self) -> (Vec<u8>, Vec<u8>) {
        let mut by_name: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for (at, row) in self.rows.iter().enumerate() {
            for key in std::iter::once(&row.key).chain(&row.keys) {
                by_name.entry(key).or_default().push(at as u32);
            }
        }
        let mut postings = Vec::new();
        let mut map = fst::MapBuilder::memory();
        for (name, mut places) in by_name {
            let population = |at: &u32| self.rows.get(*at as usize).map_or(0, |r| r.population);
            places.sort_by_key(|at| (std::cmp::Reverse(population(at)), *at));
            places.truncate(255);
            let run = places.windows(2).all(|pair| pair[0] + 1 == pair[1]);
            let (start, posted) = if run {
                (places[0] as u64, 0)
            } else {
                let start = postings.len() / 3;
                places.iter().for_each(|at| put(&mut postings, *at, 3));
                (start as u64, 1)
            };
            // names come in order and once, and memory does not fail
            let _ = map.insert(name, start << 9 | (places.len() as u64) << 1 | posted);
        }
        (map.into_inner().unwrap_or_default(), postings)
    }
}

/// Texts with a length byte before each, every text once.
#[derive(Default)]
struct Heap {
    bytes: Vec<u8>,
    places: BTreeMap<String, u32>,
}

impl Heap {
    fn add(&mut self, text: &str) -> u32 {
        if let Some(at) = self.places.get(text) {
            return *at;
        }
        let at = self.bytes.len() as u32;
        let text = text.get(..255).unwrap_or(text);
        self.bytes.push(text.len().min(255) as u8);
        self.bytes.extend_from_slice(text.as_bytes());
        self.places.insert(text.to_owned(), at);
        at
    }
}

fn numbered<K: Ord>(keys: impl Iterator<Item = K>) -> BTreeMap<K, u32> {
    let mut map: BTreeMap<K, u32> = keys.map(|key| (key, 0)).collect();
    map.values_mut().zip(0..).for_each(|(value, at)| *value = at);
    map
}

fn codes<'r>(codes: impl Iterator<Item = &'r str>) -> Vec<String> {
    numbered(codes).into_keys().map(str::to_owned).collect()
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
