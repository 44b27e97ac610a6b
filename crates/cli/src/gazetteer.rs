//! `dateline gazetteer build`.

use crate::args::BuildArgs;
use crate::{Status, complain};
use dateline::{GazetteerBuild, Lexicons};

/// Makes a gazetteer of a dump.
pub fn build(args: &BuildArgs) -> Status {
    let build = GazetteerBuild { features: args.features.clone(), population: args.population };
    match build.run(&args.dump, &args.output, &Lexicons::embedded()) {
        Ok(packed) => {
            let megabytes = packed.bytes as f64 / 1e6;
            complain(format_args!(
                "{}: {} places under {} names, {megabytes:.1} MB",
                args.output.display(),
                packed.places,
                packed.names
            ));
            Status::Read
        }
        Err(error) => {
            complain(error);
            Status::Usage
        }
    }
}
