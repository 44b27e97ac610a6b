//! Entities that nothing in the account needs.

use dateline_account::{Account, EntityKind, MentionForm};

/// Drops the entities that `who` took down only in case a claim or an event
/// would need them: things without a name, mentioned once, that no row points
/// at. The others are numbered anew.
pub fn drop_unused_entities(account: &mut Account) {
    let mut needed = vec![false; account.entities.len()];
    for claim in &account.claims {
        for id in [claim.speaker, claim.addressee, claim.via].into_iter().flatten() {
            needed[id as usize] = true;
        }
    }
    for event in &account.events {
        for &id in event.actor.iter().chain(&event.recipient) {
            needed[id as usize] = true;
        }
    }
    for entity in &account.entities {
        let named = entity.mentions.iter().any(|m| m.form == MentionForm::Name);
        let kept = named || entity.mentions.len() > 1 || entity.actor.is_some();
        let bare = entity.mentions.iter().all(|m| m.form == MentionForm::Pronoun);
        if kept && !bare || (entity.kind == EntityKind::Person && entity.mentions.len() > 1) {
            needed[entity.id as usize] = true;
        }
    }
    let mut new_id = vec![None; needed.len()];
    let mut next = 0;
    for (old, _) in needed.iter().enumerate().filter(|(_, keep)| **keep) {
        new_id[old] = Some(next);
        next += 1;
    }
    account.entities.retain(|e| needed[e.id as usize]);
    for (at, entity) in account.entities.iter_mut().enumerate() {
        entity.id = at as u32;
    }
    let renumber = |id: &mut Option<u32>| *id = id.and_then(|id| new_id[id as usize]);
    for claim in &mut account.claims {
        renumber(&mut claim.speaker);
        renumber(&mut claim.addressee);
        renumber(&mut claim.via);
    }
    for event in &mut account.events {
        for list in [&mut event.actor, &mut event.recipient] {
            *list = list.iter().filter_map(|&id| new_id[id as usize]).collect();
        }
    }
}
