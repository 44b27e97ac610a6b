//! One spelling for names that are written in several.

use std::borrow::Cow;

/// Brings apostrophes, dashes and white space to one form and takes accents
/// off Latin letters; case is kept, because it tells `IS` from `is`. Most names
/// are in that form already.
pub(crate) fn fold(name: &str) -> Cow<'_, str> {
    let bytes = name.as_bytes();
    let plain = |byte: &u8| matches!(byte, b' '..=b'~') && *byte != b'`';
    let spaced = !name.starts_with(' ') && !name.ends_with(' ');
    if spaced && bytes.iter().all(plain) && !bytes.windows(2).any(|two| two == b"  ") {
        return Cow::Borrowed(name);
    }
    let mut folded = String::with_capacity(name.len());
    let mut space = false;
    for c in name.chars() {
        if c.is_whitespace() {
            space = !folded.is_empty();
            continue;
        }
        if space {
            folded.push(' ');
            space = false;
        }
        match c {
            '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{2BC}' | '`' | '´' => folded.push('\''),
            '\u{2010}'..='\u{2015}' => folded.push('-'),
            _ if c.is_ascii() => folded.push(c),
            _ => push_plain(&mut folded, c),
        }
    }
    Cow::Owned(folded)
}

/// A Latin letter without its accent.
fn push_plain(folded: &mut String, c: char) {
    const PLAIN: &[(&str, &str)] = &[
        ("áàâäãåāăąắấ", "a"),
        ("ÁÀÂÄÃÅĀĂĄ", "A"),
        ("çćĉċč", "c"),
        ("ÇĆĈĊČ", "C"),
        ("ďđð", "d"),
        ("ĎĐÐ", "D"),
        ("éèêëēĕėęě", "e"),
        ("ÉÈÊËĒĔĖĘĚ", "E"),
        ("ğĝġģ", "g"),
        ("ĞĜĠĢ", "G"),
        ("íìîïīĭįı", "i"),
        ("ÍÌÎÏĪĬĮİ", "I"),
        ("ķ", "k"),
        ("łľļĺ", "l"),
        ("ŁĽĻĹ", "L"),
        ("ñńňņ", "n"),
        ("ÑŃŇŅ", "N"),
        ("óòôöõøōŏő", "o"),
        ("ÓÒÔÖÕØŌŎŐ", "O"),
        ("řŕ", "r"),
        ("ŘŔ", "R"),
        ("śşšșŝ", "s"),
        ("ŚŞŠȘŜ", "S"),
        ("ťţț", "t"),
        ("ŤŢȚ", "T"),
        ("úùûüūŭůűų", "u"),
        ("ÚÙÛÜŪŬŮŰŲ", "U"),
        ("ýÿ", "y"),
        ("Ý", "Y"),
        ("źżž", "z"),
        ("ŹŻŽ", "Z"),
        ("ß", "ss"),
        ("æ", "ae"),
        ("œ", "oe"),
    ];
    if c < '\u{250}'
        && let Some((_, plain)) = PLAIN.iter().find(|(letters, _)| letters.contains(c))
    {
        folded.push_str(plain);
    } else {
        folded.push(c);
    }
}

/// The part of a folded name that a tokenizer never splits: up to the first
/// space, hyphen, apostrophe or bracket.
pub(crate) fn first_piece(name: &str) -> &str {
    let cut = |c: char| matches!(c, ' ' | '-' | '\'' | '/' | '(' | ')' | '&' | ',' | ':');
    match name.char_indices().find(|&(at, c)| at > 0 && cut(c)) {
        Some((at, _)) => &name[..at],
        None => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_name_meet() {
        assert_eq!(fold("Jean‐Noël  Barrot"), "Jean-Noel Barrot");
        assert_eq!(fold("People’s Party"), "People's Party");
        assert_eq!(fold("Erdoğan"), "Erdogan");
        assert_eq!(fold("Путин"), "Путин");
        assert_eq!(fold("  a \n b "), "a b");
        assert_eq!(fold("a  b"), "a b");
        assert_eq!(fold("a "), "a");
        assert_eq!(fold("`a"), "'a");
        assert!(matches!(fold("Ada B."), Cow::Borrowed(_)));
    }

    #[test]
    fn the_first_piece_is_one_token() {
        assert_eq!(first_piece("al-Qaeda"), "al");
        assert_eq!(first_piece("U.N. Security Council"), "U.N.");
        assert_eq!(first_piece("'Ndrangheta"), "'Ndrangheta");
        assert_eq!(first_piece(""), "");
    }
}
