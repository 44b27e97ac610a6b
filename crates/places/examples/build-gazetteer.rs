//! Packs the rows that `lexicon/build_gazetteer.py` writes:
//! `build-gazetteer ROWS.tsv GAZETTEER.bin`.

use dateline_places::Packer;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(rows), Some(out)) = (arguments.next(), arguments.next()) else {
        return Err("usage: build-gazetteer ROWS.tsv GAZETTEER.bin".into());
    };
    let mut packer = Packer::default();
    for (line, row) in std::fs::read_to_string(&rows)?.lines().enumerate() {
        packer.row(row).map_err(|error| format!("{rows}, line {}: {error}", line + 1))?;
    }
    std::fs::write(out, packer.finish())?;
    Ok(())
}
