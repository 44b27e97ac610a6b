//! The answer of a web server, as WARC files keep it.

use crate::error::Problem;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use std::io::{Cursor, Read};

/// An answer's head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Head {
    pub status: u16,
    /// Type of the content in small letters, without parameters.
    pub kind: String,
    pub charset: Option<String>,
    pub packed: Packed,
    /// Where the content begins.
    pub body: usize,
}

/// How content is packed for its way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Packed {
    chunked: bool,
    /// In small letters, the outermost last.
    encodings: Vec<String>,
}

/// Reads the head of an answer, if it is one.
pub(crate) fn head(answer: &[u8]) -> Option<Head> {
    if !answer.starts_with(b"HTTP/") {
        return None;
    }
    let long = answer.len().min(MOST);
    let (lines, body) = split(&answer[..long])?;
    let mut lines = lines.lines();
    let status = lines.next()?.split_whitespace().nth(1)?.parse().ok()?;
    let mut head =
        Head { status, kind: String::new(), charset: None, packed: Packed::default(), body };
    for line in lines {
        let Some((name, value)) = line.split_once(':') else { continue };
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "content-type" => {
                let mut parts = value.split(';');
                head.kind = parts.next().unwrap_or("").trim().to_ascii_lowercase();
                let charset = parts.find_map(|part| {
                    let (name, value) = part.split_once('=')?;
                    name.trim().eq_ignore_ascii_case("charset").then_some(value)
                });
                head.charset = charset.map(|c| c.trim().trim_matches(['"', '\'']).to_owned());
            }
            "transfer-encoding" => {
                head.packed.chunked |= value.to_ascii_lowercase().contains("chunked");
            }
            "content-encoding" => {
                let all = value.split(',').map(|one| one.trim().to_ascii_lowercase());
                head.packed.encodings.extend(all.filter(|one| !one.is_empty()).take(3));
            }
            _ => {}
        }
    }
    Some(head)
}

/// Most bytes of a head.
pub(crate) const MOST: usize = 64 << 10;

/// The lines before the first empty one, and where the bytes after it begin.
fn split(bytes: &[u8]) -> Option<(String, usize)> {
    let mut at = 0;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        if line.ends_with(b"\n") && line.trim_ascii().is_empty() {
            let lines = String::from_utf8_lossy(&bytes[..at]).into_owned();
            return Some((lines, at + line.len()));
        }
        at += line.len();
    }
    None
}

impl Packed {
    /// The content as it was before it was packed. Archives often keep a
    /// header and not what it says of the bytes, so bytes that are not packed
    /// as the header says are taken as they are. Of content of more than
    /// `limit` bytes one more is given.
    pub(crate) fn unpack(&self, bytes: Vec<u8>, limit: u64) -> Result<Vec<u8>, Problem> {
        let mut bytes = match self.chunked.then(|| dechunked(&bytes)).flatten() {
            Some(whole) => whole,
            None => bytes,
        };
        for encoding in self.encodings.iter().rev() {
            let zlib = bytes.len() > 2
                && bytes[0] & 0x0F == 8
                && (usize::from(bytes[0]) << 8 | usize::from(bytes[1])) % 31 == 0;
            let source = Cursor::new(&bytes);
            let mut unpacked = Vec::new();
            let read = match encoding.as_str() {
                "gzip" | "x-gzip" if bytes.starts_with(b"\x1F\x8B") => {
                    MultiGzDecoder::new(source).take(limit + 1).read_to_end(&mut unpacked)
                }
                "deflate" if zlib => {
                    ZlibDecoder::new(source).take(limit + 1).read_to_end(&mut unpacked)
                }
                "deflate" if !looks_like_text(&bytes) => {
                    DeflateDecoder::new(source).take(limit + 1).read_to_end(&mut unpacked)
                }
                "br" | "zstd" | "compress" if !looks_like_text(&bytes) => {
                    let told =
                        format!("the page is packed as '{encoding}', which is not read here");
                    return Err(Problem::Record(told));
                }
                _ => continue,
            };
            // a page that breaks off is worth what came before
            if read.is_err() && unpacked.is_empty() {
                return Err(Problem::Record(format!("the page's {encoding} data is damaged")));
            }
            bytes = unpacked;
        }
        Ok(bytes)
    }
}

fn looks_like_text(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().starts_with(b"<")
}

/// The content of chunks; nothing if these are none. The last one may be cut.
fn dechunked(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    loop {
        let end = rest.iter().take(64).position(|byte| *byte == b'\n')?;
        let line = std::str::from_utf8(&rest[..end]).ok()?;
        let size = line.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        rest = &rest[end + 1..];
        if size == 0 {
            return Some(whole);
        }
        let have = size.min(rest.len());
        whole.extend_from_slice(&rest[..have]);
        rest = &rest[have..];
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
        if rest.is_empty() {
            return Some(whole);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
    use std::io::Write;

    #[test]
    fn heads() {
        let answer = b"HTTP/1.1 200 OK\r\nContent-Type: Text/HTML; charset=\"utf-8\"\r\n\
                       Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n<p>";
        let head = head(answer).unwrap();
        assert_eq!((head.status, head.kind.as_str()), (200, "text/html"));
        assert_eq!(head.charset.as_deref(), Some("utf-8"));
        assert_eq!(head.packed, Packed { chunked: true, encodings: vec!["gzip".to_owned()] });
        assert_eq!(&answer[head.body..], b"<p>");
        for none in [&b"GET / HTTP/1.1\r\n\r\n"[..], b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1\r\n\r\n"] {
            assert_eq!(super::head(none), None);
        }
    }

    fn packed(chunked: bool, encoding: &str) -> Packed {
        let encodings = Some(encoding.to_owned()).filter(|e| !e.is_empty());
        Packed { chunked, encodings: encodings.into_iter().collect() }
    }

    #[test]
    fn content_comes_out_as_it_went_in() {
        let page = "<p>Talks opened.</p>".repeat(10).into_bytes();
        let level = Compression::default();
        let mut gzip = GzEncoder::new(Vec::new(), level);
        gzip.write_all(&page).unwrap();
        let mut zlib = ZlibEncoder::new(Vec::new(), level);
        zlib.write_all(&page).unwrap();
        let mut deflate = DeflateEncoder::new(Vec::new(), level);
        deflate.write_all(&page).unwrap();
        let gzip = gzip.finish().unwrap();
        let (one, two) = page.split_at(50);
        let mut chunks = format!("{:x}\r\n", one.len()).into_bytes();
        chunks.extend_from_slice(one);
        chunks.extend_from_slice(format!("\r\n{:X};x=y\r\n", two.len()).as_bytes());
        chunks.extend_from_slice(two);
        let cut = chunks.clone();
        chunks.extend_from_slice(b"\r\n0\r\n\r\n");
        for (bytes, way) in [
            (page.clone(), packed(false, "")),
            (chunks, packed(true, "")),
            (cut, packed(true, "")),
            (page.clone(), packed(true, "gzip")),
            (page.clone(), packed(false, "br")),
            (gzip, packed(false, "gzip")),
            (zlib.finish().unwrap(), packed(false, "deflate")),
            (deflate.finish().unwrap(), packed(false, "deflate")),
        ] {
            assert_eq!(way.unpack(bytes, 1000).unwrap(), page, "{way:?}");
        }
    }

    #[test]
    fn what_unpacks_to_too_much_is_bounded() {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
        gzip.write_all(&vec![b' '; 1 << 20]).unwrap();
        let bytes = gzip.finish().unwrap();
        assert_eq!(packed(false, "gzip").unpack(bytes, 1000).unwrap().len(), 1001);
        let damaged = packed(false, "gzip").unpack(b"\x1F\x8B\x08zzzz".to_vec(), 1000);
        assert!(damaged.unwrap_err().to_string().starts_with("the page's gzip data is damaged"));
        assert!(packed(false, "br").unpack(b"\x0B\x02".to_vec(), 1000).is_err());
    }
}
