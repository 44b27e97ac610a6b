//! Packs the rows that `lexicon/build_gazetteer.py` writes:
//! `build-gazetteer ROWS.tsv GAZETTEER.bin`.

use dateline_places::{Packer, Row};
use std::error::Error;
use std::io::BufWriter;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(rows), Some(out)) = (arguments.next(), arguments.next()) else {
        return Err("usage: build-gazetteer ROWS.tsv GAZETTEER.bin".into());
    };
    let mut packer = Packer::new(format!("{out}.scratch").into())?;
    for (line, text) in std::fs::read_to_string(&rows)?.lines().enumerate() {
        let row =
            Row::parse(text).map_err(|error| format!("{rows}, line {}: {error}", line + 1))?;
        packer.division(row.country, row.division, row.division);
        packer.add(&row)?;
    }
    packer.finish(&mut BufWriter::new(std::fs::File::create(out)?))?;
    Ok(())
}
