//! What standard output is, and how wide, and whether it wants colours.

use crate::args::Color;
use std::env;
use std::io::IsTerminal;

/// Width where nothing says otherwise, as in a pipe.
const WIDTH: usize = 100;

/// Columns to write in: `COLUMNS` where it is a number, the terminal's own
/// width, else a hundred.
pub fn width() -> usize {
    let told = env::var("COLUMNS").ok().and_then(|columns| columns.trim().parse().ok());
    let terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let width = told.or_else(|| std::io::stdout().is_terminal().then(terminal).flatten());
    width.filter(|width| *width > 0).unwrap_or(WIDTH)
}

/// Whether to write colours.
pub fn color(wish: Color) -> bool {
    let variable = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
    wants_color(wish, std::io::stdout().is_terminal(), variable)
}

/// The conventions of no-color.org and of CLICOLOR: the option first, then
/// `NO_COLOR`, then `CLICOLOR_FORCE`, then what the terminal is.
fn wants_color(wish: Color, terminal: bool, variable: impl Fn(&str) -> Option<String>) -> bool {
    match wish {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if variable("NO_COLOR").is_some() => false,
        Color::Auto if variable("CLICOLOR_FORCE").is_some_and(|value| value != "0") => true,
        Color::Auto => terminal && variable("TERM").is_none_or(|term| term != "dumb"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_follow_the_conventions() {
        let with = |set: &'static [(&str, &str)]| {
            move |name: &str| set.iter().find(|(n, _)| *n == name).map(|(_, v)| v.to_string())
        };
        assert!(wants_color(Color::Auto, true, with(&[])));
        assert!(!wants_color(Color::Auto, false, with(&[])));
        assert!(!wants_color(Color::Auto, true, with(&[("NO_COLOR", "1")])));
        assert!(!wants_color(Color::Auto, true, with(&[("TERM", "dumb")])));
        assert!(wants_color(Color::Auto, false, with(&[("CLICOLOR_FORCE", "1")])));
        assert!(!wants_color(Color::Auto, false, with(&[("CLICOLOR_FORCE", "0")])));
        assert!(!wants_color(
            Color::Auto,
            true,
            with(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")])
        ));
        assert!(wants_color(Color::Always, false, with(&[("NO_COLOR", "1")])));
        assert!(!wants_color(Color::Never, true, with(&[("CLICOLOR_FORCE", "1")])));
    }
}
