//! The trainer and this crate must compute the same: beside each model lies
//! what the trainer's network said of a small text.

use super::{Network, Room, Window};
use crate::features::quote_states;
use crate::file::ModelFile;
use std::borrow::Cow;

/// The model was trained, and the expected scores computed, without the
/// rounding to eight bits: scores may differ by this much, and this many tokens
/// get another name's label.
const NEAR: f32 = 0.3;
const DOUBTFUL: usize = 2;

#[test]
fn the_trainer_and_the_reader_agree() {
    agree(include_bytes!("../../model/swift.bin"), include_str!("../../model/swift-parity.tsv"));
}

#[cfg(feature = "fine")]
#[test]
fn they_agree_with_an_encoder() {
    agree(include_bytes!("../../model/fine.bin"), include_str!("../../model/fine-parity.tsv"));
}

fn agree(model: &'static [u8], expected: &str) {
    let network = Network::load(ModelFile::parse(Cow::Borrowed(model)).unwrap()).unwrap();
    let rows: Vec<Vec<&str>> =
        expected.lines().skip(2).map(|line| line.split('\t').collect()).collect();
    let forms: Vec<&str> = rows.iter().map(|row| row[0]).collect();
    let starts: Vec<bool> = rows.iter().map(|row| row[1] == "1").collect();
    let quotes = quote_states(forms.iter().copied().zip(starts.iter().copied()));
    let window = Window { forms, starts, quotes };
    let mut room = Room::default();
    network.trunk_states(&window, &mut room);
    let (ends, roots): (Vec<f32>, Vec<f32>) =
        network.trees.end_and_root_scores(&room.x).into_iter().unzip();
    let reading = network.read(&window);
    let mut other = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let close = |value: f32, cell: &str| (value - cell.parse::<f32>().unwrap()).abs() < NEAR;
        assert!(close(ends[at], row[2]), "end of {}: {} for {}", row[0], ends[at], row[2]);
        assert!(close(roots[at], row[6]), "root of {}: {} for {}", row[0], roots[at], row[6]);
        assert_eq!(&*network.labels.upos[reading.upos[at] as usize], row[3], "tag of {}", row[0]);
        let name = &*network.labels.names.kinds[reading.names[at] as usize];
        if name != row[5] {
            other.push((row[0], row[5], name));
        }
    }
    assert!(other.len() <= DOUBTFUL, "names: {other:?}");
    network.upper.apply(&mut room.x, &mut room.wide);
    let roles: Vec<&str> = rows.iter().map(|row| row[4]).collect();
    assert_eq!(network.roles.labels_of(&room.x), roles);
}
