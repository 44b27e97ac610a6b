//! In which other terms an event can be told besides type, mode and contexts.

use crate::lexicon::Lexicon;
use dateline_account::Event;

/// What else events can say of themselves, when asked to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Notation {
    /// The nearest CAMEO code: `0874`.
    Cameo,
    /// The quad class: verbal or material, cooperation or conflict.
    Quad,
    /// How hostile or friendly such events are.
    Intensity,
}

/// Has an event say it in another notation too, where the ontology can.
pub(crate) fn tell(event: &mut Event, lexicon: &Lexicon, notation: Notation) {
    let (kind, mode) = (event.kind, event.mode.as_deref());
    let mut meanings = lexicon.ontology.meanings(kind, mode);
    match notation {
        Notation::Cameo => {
            let code = lexicon.cameo.nearest(kind, mode, &event.contexts);
            event.cameo = code.map(str::to_owned);
        }
        Notation::Quad => event.quad = meanings.find_map(|meaning| meaning.quad),
        Notation::Intensity => event.intensity = meanings.find_map(|meaning| meaning.intensity),
    }
}
