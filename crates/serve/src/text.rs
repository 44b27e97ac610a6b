//! Text as it is shown.
//!
//! `maud` escapes what it writes, in text and in attributes. What escaping
//! leaves are characters that act on what stands around them: the controls of
//! writing direction, by which a text can be made to look like another. In
//! names, titles and quotations they are left out; in the text of an article
//! they are shown as what they are.

/// Whether a character changes the direction of what comes after it, or is a
/// control that no text needs.
pub fn acts(character: char) -> bool {
    matches!(character,
        '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || character.is_control() && !matches!(character, '\n' | '\r' | '\t')
}

/// A text for a line: without characters that act on others.
pub fn plain(text: &str) -> String {
    text.chars().filter(|&character| !acts(character)).collect()
}

/// At most so many characters, cut at a word, with an ellipsis where something
/// is missing.
pub fn shorten(text: &str, most: usize) -> String {
    let text = plain(text);
    let Some((end, _)) = text.char_indices().nth(most) else { return text };
    let cut = text[..end].rfind(' ').filter(|&at| at > end / 2).unwrap_or(end);
    format!("{} …", text[..cut].trim_end_matches([' ', ',', ';', ':', '.']))
}

/// A day for people: `16 Feb 2022`; also of a time, a month or an interval, and
/// what is none of these as it is.
pub fn day(iso: &str) -> String {
    if let Some((from, to)) = iso.split_once('/') {
        return format!("{} – {}", day(from), day(to));
    }
    let first: String = iso.chars().take(10).collect();
    match first.parse::<jiff::civil::Date>() {
        Ok(date) => date.strftime("%-d %b %Y").to_string(),
        Err(_) => match format!("{first}-01").parse::<jiff::civil::Date>() {
            Ok(date) if first.len() == 7 => date.strftime("%b %Y").to_string(),
            _ => plain(iso),
        },
    }
}

/// `1 article`, `2 articles`, never on two lines; thousands are set apart.
pub fn count(number: i64, what: &str) -> String {
    format!("{}\u{a0}{what}{}", thousands(number), if number == 1 { "" } else { "s" })
}

/// A number with its thousands set apart.
pub fn thousands(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut out = String::from(if number < 0 { "-" } else { "" });
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_for_people() {
        assert_eq!(day("2022-02-16"), "16 Feb 2022");
        assert_eq!(day("2022-02-16T10:00:00Z"), "16 Feb 2022");
        assert_eq!(day("2022-02/2022-03"), "Feb 2022 – Mar 2022");
        assert_eq!(day("PAST_REF\u{202e}"), "PAST_REF");
    }

    #[test]
    fn direction_is_nobodys_to_change() {
        assert_eq!(plain("a\u{202e}b\u{2066}c\0\nd"), "abc\nd");
        assert_eq!(shorten("one two three four", 10), "one two …");
        assert_eq!(shorten("é\u{202e}", 10), "é");
    }

    #[test]
    fn numbers_are_read() {
        assert_eq!(count(1, "claim"), "1\u{a0}claim");
        assert_eq!(count(1_234_567, "claim"), "1,234,567\u{a0}claims");
    }
}
