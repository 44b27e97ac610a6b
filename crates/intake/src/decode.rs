//! Bytes to text.
//!
//! UTF-8 is taken as it is, a byte order mark is obeyed and dropped, UTF-16
//! without one is recognised by its zero bytes. A text that is UTF-8 but for a
//! few damaged places keeps the rest; any other is decoded by what chardetng,
//! the detector of Firefox, makes of it. What is not text at all is refused.

use crate::error::NotText;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// A decoded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without its byte order mark and otherwise untouched.
    pub text: String,
    /// What a reader should know of how it was decoded.
    pub note: Option<String>,
}

/// Decodes the bytes of a text.
///
/// ```
/// use dateline_intake::decode;
/// assert_eq!(decode(b"\xEF\xBB\xBFDeal".to_vec()).unwrap().text, "Deal");
/// assert_eq!(decode(b"\xFF\xFED\0e\0a\0l\0".to_vec()).unwrap().text, "Deal");
/// assert!(decode(b"%PDF-1.7 ...".to_vec()).unwrap_err().what.contains("PDF"));
/// ```
///
/// # Errors
/// What the bytes are when they are not text.
pub fn decode(bytes: Vec<u8>) -> Result<Decoded, NotText> {
    if bytes.starts_with(&[0xFF, 0xFE, 0, 0]) || bytes.starts_with(&[0, 0, 0xFE, 0xFF]) {
        return Err(NotText { what: "UTF-32 text", cure: "convert it to UTF-8 first" });
    }
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        if encoding == UTF_8 {
            return Ok(utf8(bytes[mark..].to_vec()).unwrap_or_else(|bytes| damaged_utf8(&bytes)));
        }
        return Ok(decode_as(encoding, &bytes[mark..]));
    }
    if let Some(magic) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(magic.1);
    }
    if let Some(encoding) = utf16_without_mark(&bytes) {
        return Ok(decode_as(encoding, &bytes));
    }
    if looks_binary(&bytes) {
        let cure = "give a text file, or JSONL with one article a line";
        return Err(NotText { what: "binary data", cure });
    }
    let bytes = match utf8(bytes) {
        Ok(decoded) => return Ok(decoded),
        Err(bytes) => bytes,
    };
    if is_mostly_utf8(&bytes) {
        return Ok(damaged_utf8(&bytes));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(&bytes, true);
    Ok(decode_as(detector.guess(None, Utf8Detection::Deny), &bytes))
}

/// Decodes the bytes of a page: as its own mark of byte order says, else as
/// UTF-8 if that is what they are, else by the label that its server gave it,
/// else by the one that it gives itself, else by detection.
///
/// # Errors
/// What the bytes are when they are not text.
pub(crate) fn decode_page(bytes: Vec<u8>, label: Option<&str>) -> Result<Decoded, NotText> {
    if Encoding::for_bom(&bytes).is_some() || std::str::from_utf8(&bytes).is_ok() {
        return decode(bytes);
    }
    let labelled = label.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    let encoding = labelled.or_else(|| declared(&bytes)).filter(|encoding| *encoding != UTF_8);
    match encoding {
        Some(encoding) if !looks_binary(&bytes) => {
            let (text, _) = encoding.decode_without_bom_handling(&bytes);
            // what a page says of itself is no guess, and needs no remark
            Ok(Decoded { text: text.into_owned(), note: None })
        }
        _ => decode(bytes),
    }
}

/// The encoding that the first lines of a page name.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
    let at = head.find("charset=").map(|at| at + 8).or_else(|| {
        head.starts_with("<?xml").then(|| head.find("encoding=").map(|at| at + 9)).flatten()
    })?;
    let label: String = head[at..]
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c))
        .collect();
    Encoding::for_label(label.as_bytes())
}

/// First bytes of files that people take for text, and the way out.
const MAGIC: &[(&[u8], NotText)] = &[
    (
        b"%PDF-",
        NotText { what: "a PDF document", cure: "take its text out first (pdftotext FILE -)" },
    ),
    (
        b"PK\x03\x04",
        NotText { what: "a zip archive or office document", cure: "save it as plain text first" },
    ),
    (
        b"\xD0\xCF\x11\xE0",
        NotText { what: "an office document", cure: "save it as plain text first" },
    ),
    (b"{\\rtf", NotText { what: "an RTF document", cure: "save it as plain text first" }),
    (b"\x89PNG", NotText { what: "an image", cure: "give the article's text" }),
    (b"\xFF\xD8\xFF", NotText { what: "an image", cure: "give the article's text" }),
    (b"GIF8", NotText { what: "an image", cure: "give the article's text" }),
    (b"\x7FELF", NotText { what: "a program", cure: "give the article's text" }),
];

/// How many bytes the guesses look at.
const SAMPLE: usize = 1 << 16;

/// The bytes as a string without copying them, or the bytes back.
fn utf8(bytes: Vec<u8>) -> Result<Decoded, Vec<u8>> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Decoded { text, note: None }),
        Err(error) => Err(error.into_bytes()),
    }
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    let mut note = format!("the text is not UTF-8 and was decoded as {}", encoding.name());
    if damaged {
        note.push_str("; what that could not decode was replaced by U+FFFD");
    }
    // UTF-16 that decodes cleanly is certain, not a guess, and needs no remark.
    let certain = !damaged && (encoding == UTF_16LE || encoding == UTF_16BE);
    Decoded { text: text.into_owned(), note: (!certain).then_some(note) }
}

fn damaged_utf8(bytes: &[u8]) -> Decoded {
    let places = bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
    let note = format!(
        "{places} {} not valid UTF-8 and {} replaced by U+FFFD",
        if places == 1 { "place is" } else { "places are" },
        if places == 1 { "was" } else { "were" },
    );
    Decoded { text: String::from_utf8_lossy(bytes).into_owned(), note: Some(note) }
}

/// Whether the bytes are UTF-8 with a few damaged places: several times more
/// well-formed characters beyond ASCII than damaged ones. Text of an older
/// encoding almost never has two bytes that make one such character.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut damaged) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        damaged += usize::from(!chunk.invalid().is_empty());
    }
    whole >= 3 * damaged
}

/// UTF-16 shows in English and other Latin text as a zero byte in every second
/// place.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    if sample.len() < 8 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let zeros =
        |first: usize| sample.iter().skip(first).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let half = sample.len() / 2;
    if odd * 10 > half * 7 && even * 20 < half {
        Some(UTF_16LE)
    } else if even * 10 > half * 7 && odd * 20 < half {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// More than one zero byte in a thousand, or one control character in twenty.
fn looks_binary(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let zeros = sample.iter().filter(|byte| **byte == 0).count();
    let controls = sample.iter().filter(|byte| matches!(byte, 0..=7 | 14..=26 | 28..=31)).count();
    zeros * 1000 > sample.len() || controls * 20 > sample.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> Decoded {
        decode(bytes.to_vec()).expect("text")
    }

    #[test]
    fn keeps_utf8_as_it_is() {
        let plain = "Two  lines,\r\n“quoted” – Zürich \u{1F600}\n";
        assert_eq!(text(plain.as_bytes()), Decoded { text: plain.into(), note: None });
        assert_eq!(text(b""), Decoded { text: String::new(), note: None });
    }

    #[test]
    fn reads_utf16_with_and_without_mark() {
        let plain = "Ministers met in Zürich.";
        for with_mark in [true, false] {
            let units = with_mark.then_some(0xFEFF).into_iter().chain(plain.encode_utf16());
            let little: Vec<u8> = units.clone().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = units.flat_map(u16::to_be_bytes).collect();
            assert_eq!(text(&little), Decoded { text: plain.into(), note: None });
            assert_eq!(text(&big), Decoded { text: plain.into(), note: None });
        }
    }

    #[test]
    fn decodes_older_encodings_and_says_so() {
        let western = text(b"The Z\xFCrich talks \x93failed\x94, the minister said on Monday.");
        assert_eq!(western.text, "The Zürich talks “failed”, the minister said on Monday.");
        assert!(western.note.unwrap().contains("windows-1252"));
        let russian = b"\xCC\xE8\xED\xE8\xF1\xF2\xE5\xF0\xF1\xF2\xE2\xEE \xEE\xE1\xEE\xF0\xEE\xED\xFB \xF1\xEE\xEE\xE1\xF9\xE8\xEB\xEE";
        assert_eq!(text(russian).text, "Министерство обороны сообщило");
    }

    #[test]
    fn keeps_utf8_with_a_damaged_place() {
        let mut bytes = "“One,” “two,” “three” – ".as_bytes().to_vec();
        bytes.extend_from_slice(b"\xE2\x80 end");
        let decoded = text(&bytes);
        assert_eq!(decoded.text, "“One,” “two,” “three” – \u{FFFD} end");
        assert!(decoded.note.unwrap().starts_with("1 place is not valid UTF-8"));
    }

    #[test]
    fn pages_are_decoded_as_they_say() {
        let page = |bytes: &[u8], label| decode_page(bytes.to_vec(), label).unwrap().text;
        assert_eq!(page(b"Z\xFCrich", Some("ISO-8859-1")), "Zürich");
        assert_eq!(page("Zürich".as_bytes(), Some("ISO-8859-1")), "Zürich");
        let polish = b"<meta charset='iso-8859-2'>\xA3\xF3d\xBC";
        assert_eq!(page(polish, None), "<meta charset='iso-8859-2'>Łódź");
        let declared = b"<?xml version='1.0' encoding=\"windows-1252\"?>\x93a\x94";
        assert!(page(declared, None).ends_with("“a”"));
        assert!(decode_page(b"%PDF-1.4 ".to_vec(), None).is_err());
    }

    #[test]
    fn refuses_what_is_not_text() {
        let noise: Vec<u8> =
            (0..4000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert_eq!(decode(noise).unwrap_err().what, "binary data");
        assert_eq!(decode(b"PK\x03\x04....".to_vec()).unwrap_err().what, MAGIC[1].1.what);
        assert_eq!(decode(b"\xFF\xFE\0\0a\0\0\0".to_vec()).unwrap_err().what, "UTF-32 text");
    }
}
