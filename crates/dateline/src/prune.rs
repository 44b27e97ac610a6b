//! Entities that nothing in the account needs.

use dateline_account::{Account, Entity, EntityKind, MentionForm};

/// Drops the entities that `who` took down only in case a claim or an event
/// would need them: things without a name, mentioned once, that no row points
/// at. The others are numbered anew.
pub fn drop_unused_entities(account: &mut Account) {
    let mut needed: Vec<bool> = account.entities.iter().map(stands_alone).collect();
    for id in references(account) {
        if let Some(needed) = needed.get_mut(*id as usize) {
            *needed = true;
        }
    }
    let numbers = needed.iter().scan(0, |next, needed| {
        let number = needed.then_some(*next);
        *next += u32::from(*needed);
        Some(number)
    });
    let new_id: Vec<Option<u32>> = numbers.collect();
    let renumbered = |id: u32| new_id.get(id as usize).copied().flatten();

    let mut keep = needed.iter();
    account.entities.retain(|_| keep.next().copied().unwrap_or(false));
    for (at, entity) in account.entities.iter_mut().enumerate() {
        entity.id = at as u32;
    }
    for claim in &mut account.claims {
        for id in [&mut claim.speaker, &mut claim.addressee, &mut claim.via] {
            *id = id.and_then(renumbered);
        }
    }
    for event in &mut account.events {
        for list in [&mut event.actor, &mut event.recipient] {
            *list = list.iter().filter_map(|id| renumbered(*id)).collect();
        }
    }
}

/// Whether an entity is of interest though no row points at it.
fn stands_alone(entity: &Entity) -> bool {
    let form = |form: MentionForm| entity.mentions.iter().any(move |m| m.form == form);
    let several = entity.mentions.len() > 1;
    if !form(MentionForm::Name) && !form(MentionForm::Nominal) {
        return several && entity.kind == EntityKind::Person;
    }
    form(MentionForm::Name) || several || entity.actor.is_some()
}

/// The entities that claims and events point at.
fn references(account: &Account) -> impl Iterator<Item = &u32> {
    let claims = account.claims.iter();
    let claims = claims.flat_map(|c| [&c.speaker, &c.addressee, &c.via].into_iter().flatten());
    claims.chain(account.events.iter().flat_map(|e| e.actor.iter().chain(&e.recipient)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_account::{Article, Claim, Form, Mention, Span};

    fn entity(id: u32, forms: &[MentionForm]) -> Entity {
        let mention = |form: &MentionForm| Mention { span: Span::new(0, 1), form: *form };
        Entity {
            id,
            name: format!("n{id}"),
            kind: EntityKind::Person,
            mentions: forms.iter().map(mention).collect(),
            roles: Vec::new(),
            actor: None,
            place: None,
            explain: Vec::new(),
        }
    }

    #[test]
    fn drops_what_nobody_needs_and_renumbers() {
        use MentionForm::{Name, Nominal, Pronoun};
        let mut account = Account::empty(&Article::new("a", "x"), "en");
        account.entities = vec![
            entity(0, &[Nominal]),
            entity(1, &[Name]),
            entity(2, &[Pronoun]),
            entity(3, &[Nominal]),
            entity(4, &[Nominal, Pronoun]),
        ];
        let claim = Claim {
            id: 0,
            source: Vec::new(),
            speaker: Some(3),
            cue: Vec::new(),
            content: Vec::new(),
            form: Form::Direct,
            stance: "assert".into(),
            addressee: Some(1),
            via: Some(99),
            channel: None,
            said: None,
            place: None,
            within: None,
            confidence: 1.0,
            unclosed: false,
            explain: Vec::new(),
        };
        account.claims = vec![claim];
        drop_unused_entities(&mut account);
        let kept: Vec<_> = account.entities.iter().map(|e| (e.id, e.name.as_str())).collect();
        assert_eq!(kept, [(0, "n1"), (1, "n3"), (2, "n4")]);
        let claim = &account.claims[0];
        assert_eq!((claim.speaker, claim.addressee, claim.via), (Some(1), Some(0), None));
        account.check().unwrap();
    }
}
