//! How far a long run is, for the person who waits.

use crate::complain;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// A line on the terminal that tells articles and words a second, and the time
/// that is left where the size of the input is known. Elsewhere, nothing.
pub struct Progress {
    bar: ProgressBar,
    begun: Instant,
    /// Bytes of all input, where that is known.
    total: Option<u64>,
    bytes: u64,
    articles: u64,
    words: u64,
}

impl Progress {
    pub fn new(total: Option<u64>) -> Self {
        let terminal = std::io::stderr().is_terminal();
        let target = if terminal {
            ProgressDrawTarget::stderr_with_hz(4)
        } else {
            ProgressDrawTarget::hidden()
        };
        let template = if total.is_some() { "{bar:24} {percent:>3} %  {msg}" } else { "{msg}" };
        let style = ProgressStyle::with_template(template);
        let style = style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("━━ ");
        let bar = ProgressBar::with_draw_target(total, target).with_style(style);
        Self { bar, begun: Instant::now(), total, bytes: 0, articles: 0, words: 0 }
    }

    /// An article is done. `bytes` is how far in the input it ends.
    pub fn article(&mut self, words: u64, bytes: u64) {
        self.articles += 1;
        self.words += words;
        self.bytes = self.bytes.max(bytes);
        if self.bar.is_hidden() {
            return;
        }
        self.bar.set_position(self.total.map_or(self.bytes, |total| self.bytes.min(total)));
        self.bar.set_message(self.line(self.begun.elapsed()));
    }

    fn line(&self, elapsed: Duration) -> String {
        let seconds = elapsed.as_secs_f64().max(0.001);
        let (articles, words) = (self.articles as f64 / seconds, self.words as f64 / seconds);
        let line =
            format!("{} articles, {articles:.0} articles/s, {words:.0} words/s", self.articles);
        match self.total {
            Some(total) if self.bytes > 0 => {
                let left = total.saturating_sub(self.bytes) as f64 / self.bytes as f64 * seconds;
                format!("{line}, {} left", clock(left as u64))
            }
            _ => line,
        }
    }

    /// Some steps of joining are done, of so many.
    pub fn joined(&mut self, done: u64, all: u64) {
        self.bar.set_length(all);
        self.bar.set_position(done);
        self.bar.set_message(format!("people and incidents joined, {done} of {all} steps"));
    }

    /// A message that does not run into the line.
    pub fn complain(&self, message: impl std::fmt::Display) {
        self.bar.suspend(|| complain(message));
    }

    pub fn done(&self) {
        self.bar.finish_and_clear();
    }
}

/// `1:02:03`, `2:03`.
fn clock(seconds: u64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match hours {
        0 => format!("{minutes}:{seconds:02}"),
        _ => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_speed_and_time_left() {
        let mut progress = Progress::new(Some(4000));
        progress.article(500, 600);
        progress.article(300, 1000);
        let line = progress.line(Duration::from_secs(40));
        assert_eq!(line, "2 articles, 0 articles/s, 20 words/s, 2:00 left");
        let mut endless = Progress::new(None);
        endless.article(500, 600);
        assert_eq!(endless.line(Duration::from_secs(1)), "1 articles, 1 articles/s, 500 words/s");
        assert_eq!(clock(3723), "1:02:03");
    }
}
