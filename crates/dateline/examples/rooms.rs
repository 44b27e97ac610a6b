//! Prints what share of the reading time each room takes: articles
//! `{"id", "text"}` a line in, one thread, best of five rounds.
//!
//!     cargo run --release -p dateline --example rooms < articles.jsonl

use dateline::Article;
use dateline_did::EventReader;
use dateline_lexicon::Lexicons;
use dateline_places::PlaceReader;
use dateline_said::ClaimReader;
use dateline_syntax::Model;
use dateline_when::TimeReader;
use dateline_who::EntityReader;
use std::time::{Duration, Instant};

const ROOMS: [&str; 6] = ["syntax", "when", "places", "who", "said", "did"];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let lexicons = &Lexicons::embedded();
    let model = Model::swift()?;
    let (times, places) = (TimeReader::new(lexicons)?, PlaceReader::new(lexicons)?);
    let (entities, claims) = (EntityReader::new(lexicons)?, ClaimReader::new(lexicons)?);
    let events = EventReader::new(lexicons)?;
    let records = dateline::intake::Input::from(std::path::PathBuf::from("-"))
        .open(dateline::intake::Options::default());
    let articles: Vec<Article> = records.filter_map(|record| Some(record.ok()?.article)).collect();
    let mut best = [Duration::MAX; 6];
    for _ in 0..5 {
        let mut spent = [Duration::ZERO; 6];
        for article in &articles {
            let mut clock = Instant::now();
            let mut lap = |room: usize| {
                spent[room] += clock.elapsed();
                clock = Instant::now();
            };
            let doc = model.read(&article.text);
            lap(0);
            let times = times.read(&doc, None);
            lap(1);
            let places = places.read(&doc, article);
            lap(2);
            let entities = entities.read(&doc, &places, None, false);
            lap(3);
            let claims = claims.read(&doc, &entities, &times, &places, false);
            lap(4);
            std::hint::black_box(events.read(&doc, &entities, &times, &places, &claims, false));
            lap(5);
        }
        for (best, spent) in best.iter_mut().zip(spent) {
            *best = spent.min(*best);
        }
    }
    let whole: Duration = best.iter().sum();
    for (room, time) in ROOMS.iter().zip(best) {
        let share = 100.0 * time.as_secs_f64() / whole.as_secs_f64();
        println!("{room:<7} {:8.1} ms  {share:5.1} %", time.as_secs_f64() * 1e3);
    }
    Ok(())
}
