//! The network's parts one by one, for the benchmark (feature `measure`).

use super::kernel::Product;
use super::layers::Rows;
use super::{Network, Reading, Room, Window};
use crate::ModelError;
use crate::features::quote_states;
use crate::file::ModelFile;
use crate::tokenizer::tokenize;
use std::borrow::Cow;

/// A model that the crate comes with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measured {
    /// The default.
    Swift,
    /// The one with an encoder.
    Fine,
}

impl Measured {
    fn bytes(self) -> &'static [u8] {
        match self {
            Measured::Swift => include_bytes!("../../model/swift.bin"),
            Measured::Fine => include_bytes!("../../model/fine.bin"),
        }
    }
}

/// A part of the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Type vectors, with the types still to be computed.
    NewTypes,
    /// The same with what the cache kept of the round before.
    KnownTypes,
    /// The encoder of `fine`, with the cutting into pieces; nothing in `swift`.
    Encoder,
    /// The layers that all heads share.
    Trunk,
    /// Sentence ends, arcs and relations.
    Trees,
    /// Parts of speech, tags, features, lemmas and names, and the look-up of
    /// types, by which lemmas are kept.
    Tags,
    /// The layer above the trunk, attribution labels and links.
    Attribution,
    /// Everything, with what the cache kept of the round before.
    All,
}

/// All parts, in the order in which they run.
pub const PARTS: [Part; 8] = [
    Part::NewTypes,
    Part::KnownTypes,
    Part::Encoder,
    Part::Trunk,
    Part::Trees,
    Part::Tags,
    Part::Attribution,
    Part::All,
];

/// A text, prepared so that each part can run alone.
#[derive(Debug)]
pub struct Bench<'t> {
    network: Network,
    windows: Vec<Window<'t>>,
    /// The trunk's states of each window.
    states: Vec<Rows>,
    room: Room,
}

impl<'t> Bench<'t> {
    /// Prepares a text.
    ///
    /// # Errors
    /// Never with the model the crate comes with.
    pub fn new(text: &'t str, model: Measured) -> Result<Self, ModelError> {
        let network = Network::load(ModelFile::parse(Cow::Borrowed(model.bytes()))?)?;
        let tokens = tokenize(text);
        let forms: Vec<&str> = tokens.pieces.iter().map(|p| &text[p.bytes.clone()]).collect();
        let mut starts = vec![false; forms.len()];
        for paragraph in &tokens.paragraphs {
            starts[paragraph.start] = true;
        }
        let window = |(forms, starts): (&[&'t str], &[bool])| Window {
            forms: forms.to_vec(),
            starts: starts.to_vec(),
            quotes: quote_states(forms.iter().copied().zip(starts.iter().copied())),
        };
        let windows: Vec<Window<'t>> = forms
            .chunks(network.window())
            .zip(starts.chunks(network.window()))
            .map(window)
            .collect();
        let mut room = Room::default();
        let mut states = Vec::new();
        for window in &windows {
            network.trunk_states(window, &mut room);
            states.push(room.x.clone());
        }
        Ok(Self { network, windows, states, room })
    }

    /// Words of the text.
    #[must_use]
    pub fn words(&self) -> usize {
        self.windows.iter().map(|window| window.forms.len()).sum()
    }

    /// Windows of the text.
    #[must_use]
    pub fn windows(&self) -> usize {
        self.windows.len()
    }

    /// Runs a part over the whole text; gives the number of words read.
    pub fn run(&mut self, part: Part) -> usize {
        let Self { network, windows, states, room } = self;
        if part == Part::NewTypes {
            room.types = Default::default();
        }
        let mut words = 0;
        for (window, states) in windows.iter().zip(states) {
            words += window.forms.len();
            let mut reading = Reading::default();
            let take_states = |room: &mut Room| room.x.take_over(states);
            match part {
                Part::NewTypes | Part::KnownTypes => {
                    network.types.embed(window, &mut room.types, &mut room.x);
                }
                Part::Encoder => {
                    take_states(room);
                    if let Some(encoder) = &network.encoder {
                        encoder.add(&window.forms, &mut room.encoder, &mut room.x);
                    }
                }
                Part::Trunk => {
                    take_states(room);
                    network.trunk.apply(&mut room.x, &mut room.wide);
                }
                Part::Trees => {
                    reading.heads = network.trees.parse(states, &window.starts, &mut room.trees).1;
                }
                Part::Tags => {
                    // Lemmas are kept by type.
                    network.types.look_up(&window.forms, &mut room.types);
                    take_states(room);
                    network.tag(window, room, &mut reading);
                }
                Part::Attribution => {
                    take_states(room);
                    network.upper.apply(&mut room.x, &mut room.wide);
                    reading.attributions = network.roles.read(&room.x, window);
                }
                Part::All => reading = network.read_in(window, room),
            }
            std::hint::black_box(&reading);
        }
        words
    }

    /// Multiply-adds of a part's matrix products for one word, those that fill
    /// the last panel and those within a sentence or span left out.
    #[must_use]
    pub fn multiply_adds(&self, part: Part) -> usize {
        let Self { network, windows, .. } = self;
        match part {
            Part::NewTypes => network.types.multiply_adds(),
            Part::KnownTypes => 0,
            Part::Encoder => network.encoder.as_ref().map_or(0, |encoder| {
                let pieces = windows.iter().map(|window| encoder.pieces(&window.forms));
                encoder.multiply_adds() * pieces.sum::<usize>() / self.words().max(1)
            }),
            Part::Trunk => network.trunk.multiply_adds(),
            Part::Trees => {
                network.trees.joined.product.multiply_adds() + network.trees.rel.multiply_adds()
            }
            Part::Tags => network.tags.product.multiply_adds(),
            Part::Attribution => {
                network.upper.multiply_adds() + network.roles.scores.multiply_adds()
            }
            Part::All => [Part::Encoder, Part::Trunk, Part::Trees, Part::Tags, Part::Attribution]
                .into_iter()
                .map(|part| self.multiply_adds(part))
                .sum(),
        }
    }
}

/// The crate's matrix product, to be compared with others.
#[derive(Debug)]
pub struct Packed(Product);

impl Packed {
    /// Packs weights of one row of `inputs` numbers an output.
    #[must_use]
    pub fn new(weights: &[f32], inputs: usize) -> Self {
        Self(Product::new(weights.chunks_exact(inputs), &[], inputs))
    }

    /// Rows of outputs for rows of inputs that begin `step` numbers apart.
    pub fn apply(&self, x: &[f32], step: usize, out: &mut Vec<f32>) {
        self.0.apply(x, step, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_reads_every_word() {
        let text = "The council met in Lyon. \"It was short,\" the mayor said.";
        for model in [Measured::Swift, Measured::Fine] {
            let mut bench = Bench::new(text, model).unwrap();
            for part in PARTS {
                assert_eq!(bench.run(part), bench.words());
            }
            assert!(bench.multiply_adds(Part::All) > bench.multiply_adds(Part::Trunk));
            assert_eq!(bench.multiply_adds(Part::Encoder) > 0, model == Measured::Fine);
        }
    }
}
