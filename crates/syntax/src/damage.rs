//! What becomes of files that are no whole models: one clear error, or a model
//! that reads without a panic.

use crate::file::{Writer, mend};
use crate::network::encoder::tests::add_encoder;
use crate::{Model, ModelError};
use proptest::prelude::*;
use std::sync::LazyLock;

/// A whole model: the built-in one, with an encoder.
static SOUND: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut writer = Writer::after(include_bytes!("../model/swift.bin"));
    add_encoder(&mut writer);
    writer.finish()
});

/// Where the sizes of tensors begin in the manifest, where the data does and
/// where, in these, the first tensor of halves lies.
static PLACES: LazyLock<[usize; 3]> = LazyLock::new(|| {
    let find = |text: &str| SOUND.windows(text.len()).position(|w| w == text.as_bytes()).unwrap();
    let length: [u8; 4] = SOUND[12..16].try_into().unwrap();
    let data = 24 + u32::from_le_bytes(length) as usize;
    let root = "tensor\troot\tf16\t1\t64\t";
    let offset = SOUND[find(root) + root.len()..].split(|&b| b == b'\n').next().unwrap();
    let offset: usize = std::str::from_utf8(offset).unwrap().parse().unwrap();
    [find("\ntensor\t"), data, data + offset]
});

const TEXT: &str = "\"The mayor reports,\" said Ana Lima on Monday. They met in Lyon's town hall.";

/// Reads with a file's bytes; true if they gave a model.
fn reads(bytes: Vec<u8>) -> bool {
    match Model::from_bytes(bytes) {
        Ok(model) => {
            let doc = model.read(TEXT);
            assert!(doc.tokens.iter().all(|t| t.head.is_none_or(|h| h < doc.tokens.len())));
            true
        }
        Err(error) => {
            let message = error.to_string();
            assert!(!message.contains('\n') && message.len() < 300, "{message}");
            false
        }
    }
}

#[test]
fn the_sound_file_reads() {
    assert!(reads(SOUND.clone()));
}

#[test]
fn a_file_that_was_cut_off_is_damaged() {
    for length in [0, 7, 8, 23, 24, 1000, PLACES[1], PLACES[2], SOUND.len() - 1] {
        let mut bytes = SOUND[..length].to_vec();
        let error = Model::from_bytes(bytes.clone()).unwrap_err();
        assert_eq!(matches!(error, ModelError::Foreign), length < 8, "{length}: {error}");
        if length >= 24 {
            mend(&mut bytes);
            assert!(!reads(bytes), "{length}");
        }
    }
}

#[test]
fn a_changed_bit_is_found_by_the_checksum() {
    let mut bytes = SOUND.clone();
    bytes[PLACES[2] + 5] ^= 1;
    let error = Model::from_bytes(bytes).unwrap_err().to_string();
    assert!(error.contains("the checksum does not agree"), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// The checksum is put right after the damage, as only malice would do.
    #[test]
    fn no_bytes_make_a_model_panic(
        changes in prop::collection::vec(
            (0usize..3, any::<prop::sample::Index>(), 1usize..400, any::<u8>()),
            1..6,
        )
    ) {
        let mut bytes = SOUND.clone();
        let [sizes, data, halves] = *PLACES;
        for (part, at, length, value) in changes {
            let range = [8..sizes, sizes..data, halves..bytes.len()][part].clone();
            let start = range.start + at.index(range.len());
            // In the manifest one cell's digit or letter, in the data a run
            // of equal bytes: zeros, huge numbers or none at all.
            let end = if part < 2 { start + 1 } else { (start + length).min(bytes.len()) };
            let value = if part == 1 { b"0123456789\t\n-x"[usize::from(value) % 14] } else { value };
            bytes[start..end].fill(value);
        }
        mend(&mut bytes);
        reads(bytes);
    }
}
