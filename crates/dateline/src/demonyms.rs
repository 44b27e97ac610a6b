//! Countries that act by their demonym.

use dateline_account::{Account, EntityKind, Mention, MentionForm, Place, PlaceForm, Span};

/// Gives a country the demonym that an event took for it: of "the Russian
/// offensive" the actor is Russia, which the article names elsewhere, and the
/// words that say so belong to its mentions. `sentence_of` gives the sentence
/// of a trigger.
pub(crate) fn name_demonyms(account: &mut Account, sentence_of: impl Fn(Span) -> Option<Span>) {
    let Account { events, entities, places, .. } = account;
    let demonyms = || places.iter().filter(|place| place.form == PlaceForm::Demonym);
    if demonyms().next().is_none() {
        return;
    }
    for event in &*events {
        let sentences: Vec<Span> = event.trigger.iter().filter_map(|t| sentence_of(*t)).collect();
        let told = |span: Span| sentences.iter().any(|sentence| sentence.contains(span));
        for &id in event.actor.iter().chain(&event.recipient) {
            let Some(party) = entities.get_mut(id as usize) else { continue };
            let country = party.actor.as_ref().and_then(|actor| actor.country.as_deref());
            if party.kind != EntityKind::Place
                || country.is_none()
                || party.mentions.iter().any(|mention| told(mention.span))
            {
                continue;
            }
            let own = |place: &&Place| place.country.as_deref() == country && told(place.span);
            let mention = |place: &Place| Mention { span: place.span, form: MentionForm::Name };
            let words: Vec<Mention> = demonyms().filter(own).map(mention).collect();
            party.mentions.extend(words);
            party.mentions.sort_by_key(|mention| mention.span);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Article, Reader};

    #[test]
    fn a_country_that_acts_by_its_demonym_is_mentioned_by_it() {
        let text = "France and Mali signed a treaty on Monday.\n\n\
                    Hours later French jets bombed a camp of the rebels.";
        let account = Reader::new().unwrap().read(&Article::new("a", text)).unwrap();
        let at = text.find("French").unwrap() as u32;
        let bombing = account.events.iter().find(|e| e.trigger[0].start > at).unwrap();
        let told = |id: &u32| {
            let mentions = &account.entities[*id as usize].mentions;
            mentions.iter().any(|m| m.span.start >= at)
        };
        assert!(!bombing.actor.is_empty());
        assert!(bombing.actor.iter().all(told), "{:?}", account.entities);
        account.check().unwrap();
    }
}
