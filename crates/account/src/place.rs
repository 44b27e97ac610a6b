//! Places.

use crate::Span;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a place is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PlaceForm {
    /// `Russia`.
    Name,
    /// `Russian`.
    Demonym,
}

/// A toponym or demonym and the place it was resolved to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// The words.
    pub span: Span,
    /// Name or demonym.
    pub form: PlaceForm,
    /// Name in the gazetteer, or the words where it is not there.
    pub name: String,
    /// GeoNames id.
    pub geonames: Option<u32>,
    /// Latitude, degrees north.
    pub lat: Option<f64>,
    /// Longitude, degrees east.
    pub lon: Option<f64>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// GeoNames feature, `class.code`: `P.PPLC`, `A.PCLI`.
    pub feature: Option<String>,
}
