//! Organisations that bear a place's name: they act, and their place is still
//! known ("the Kremlin", "Downing Street").

use dateline_account::{Entity, EntityKind, MentionForm, Place, PlaceForm};

/// Gives organisations the place whose name is their whole name.
pub(crate) fn give_places(entities: &mut [Entity], places: &[Place]) {
    let bodies = entities.iter_mut().filter(|e| e.kind == EntityKind::Organization);
    for entity in bodies.filter(|e| e.place.is_none()) {
        let names = entity.mentions.iter().filter(|m| m.form == MentionForm::Name);
        entity.place = names.into_iter().find_map(|mention| {
            let at = places.partition_point(|place| place.span.end < mention.span.end);
            let place = places.get(at).filter(|p| p.form == PlaceForm::Name)?;
            // "the" may stand before it
            let starts = place.span.start.checked_sub(mention.span.start)?;
            (place.span.end == mention.span.end && matches!(starts, 0 | 4)).then_some(at as u32)
        });
    }
}
