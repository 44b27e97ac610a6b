//! Pictures, drawn on the server as SVG. Colours are classes, so that style
//! sheets choose them for light, dark and print.

pub mod bars;
pub mod force;
pub mod world;

use crate::kinds;
use dateline::Quad;
use maud::{Markup, html};

/// A swatch that says what a colour means.
pub fn key(quad: Option<Quad>) -> Markup {
    html! { span class={ "key " (kinds::class(quad)) } { (kinds::name(quad)) } }
}

/// A length or place in a picture, to a tenth.
pub fn tenth(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}
