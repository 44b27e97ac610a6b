//! Bytes as they come, unpacked where they are gzip or zstd.
//!
//! What an input is, is told by its first bytes, so these can be looked at
//! without being taken. A gzip file may have many members, as WARC files have
//! one a record; after a damaged one, reading can go on at the next.

use flate2::bufread::GzDecoder;
use ruzstd::decoding::FrameDecoder;
use ruzstd::decoding::{BlockDecodingStrategy, errors::FrameDecoderError};
use std::io::{self, BufRead, BufReader, Error, ErrorKind, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes, wherever they come from.
pub(crate) type Bytes = Box<dyn BufRead + Send>;

const GZIP: &[u8] = b"\x1F\x8B\x08";
const ZSTD: &[u8] = b"\x28\xB5\x2F\xFD";
/// How often an input may be packed.
const LAYERS: usize = 3;

/// An input, unpacked.
pub(crate) struct Unpacked {
    bytes: Peeked<BufReader<Packing>>,
}

enum Packing {
    Plain(Bytes),
    Gzip(Box<Gunzip>),
    Zstd(Box<Unzstd>),
}

impl Unpacked {
    /// Takes off whatever an input is packed in.
    pub(crate) fn new(bytes: impl Read + Send + 'static) -> io::Result<Self> {
        let mut input =
            Self::of(Packing::Plain(Box::new(BufReader::with_capacity(1 << 16, bytes))));
        for _ in 0..LAYERS {
            let head = input.head()?;
            let gzip = head.starts_with(GZIP);
            if !gzip && !head.starts_with(ZSTD) {
                break;
            }
            let packed = Peeked::new(Box::new(input) as Bytes);
            input = Self::of(if gzip {
                Packing::Gzip(Box::new(Gunzip { state: next(packed) }))
            } else {
                Packing::Zstd(Box::new(Unzstd { source: packed, frame: None }))
            });
        }
        Ok(input)
    }

    fn of(packing: Packing) -> Self {
        Self { bytes: Peeked::new(BufReader::with_capacity(1 << 16, packing)) }
    }

    /// The first bytes, not taken: up to the end of the first line that is not
    /// blank, and no more than [`HEAD`]. More would keep a person waiting who
    /// types.
    pub(crate) fn head(&mut self) -> io::Result<&[u8]> {
        while self.bytes.first.len() < HEAD && self.bytes.first.iter().all(u8::is_ascii_whitespace)
        {
            if self.more()? == 0 {
                break;
            }
        }
        Ok(&self.bytes.first)
    }

    /// The first bytes with a line more, where there is one.
    pub(crate) fn longer_head(&mut self) -> io::Result<&[u8]> {
        if self.bytes.first.len() < HEAD {
            self.more()?;
        }
        Ok(&self.bytes.first)
    }

    fn more(&mut self) -> io::Result<usize> {
        let Peeked { first, rest, .. } = &mut self.bytes;
        let room = (HEAD - first.len()) as u64;
        rest.take(room).read_until(b'\n', first)
    }

    /// After damage: goes on at the next member of a gzip file, if there is one.
    pub(crate) fn next_member(&mut self) -> io::Result<bool> {
        match self.bytes.rest.get_mut() {
            Packing::Gzip(gunzip) => gunzip.next_member(),
            Packing::Plain(_) | Packing::Zstd(_) => Ok(false),
        }
    }
}

/// Most bytes that a format is told by.
pub(crate) const HEAD: usize = 8192;

impl Read for Unpacked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.bytes.read(buffer)
    }
}

impl BufRead for Unpacked {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.bytes.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.bytes.consume(amount);
    }
}

impl Read for Packing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(bytes) => bytes.read(buffer),
            Self::Gzip(gunzip) => gunzip.read(buffer),
            Self::Zstd(unzstd) => unzstd.read(buffer),
        }
    }
}

/// Bytes of which some, looked at already, come first.
struct Peeked<R = Bytes> {
    first: Vec<u8>,
    /// How much of the first is taken.
    at: usize,
    rest: R,
}

impl<R: BufRead> Peeked<R> {
    fn new(rest: R) -> Self {
        Self { first: Vec::new(), at: 0, rest }
    }

    /// Looks at this many bytes, or as many as there are.
    fn peek(&mut self, count: usize) -> io::Result<&[u8]> {
        self.first.drain(..self.at);
        self.at = 0;
        let missing = count.saturating_sub(self.first.len()) as u64;
        (&mut self.rest).take(missing).read_to_end(&mut self.first)?;
        Ok(&self.first)
    }
}

impl<R: BufRead> Read for Peeked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let got = self.fill_buf()?;
        let taken = got.len().min(buffer.len());
        buffer[..taken].copy_from_slice(&got[..taken]);
        self.consume(taken);
        Ok(taken)
    }
}

impl<R: BufRead> BufRead for Peeked<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at < self.first.len() { Ok(&self.first[self.at..]) } else { self.rest.fill_buf() }
    }

    fn consume(&mut self, amount: usize) {
        if self.at < self.first.len() {
            self.at += amount;
        } else {
            self.rest.consume(amount);
        }
    }
}

/// The members of a gzip file, one after the other.
struct Gunzip {
    state: State,
}

enum State {
    Member(Box<GzDecoder<Peeked>>),
    /// A member broke.
    Broken(Peeked),
    Ended,
}

fn next(bytes: Peeked) -> State {
    State::Member(Box::new(GzDecoder::new(bytes)))
}

impl Gunzip {
    /// Goes on at the next bytes that begin a member.
    fn next_member(&mut self) -> io::Result<bool> {
        let State::Broken(mut bytes) = std::mem::replace(&mut self.state, State::Ended) else {
            return Ok(false);
        };
        loop {
            let head = bytes.peek(4)?;
            if head.len() < 4 {
                return Ok(false);
            }
            // the upper flags are reserved and never set
            if head.starts_with(GZIP) && head[3] < 0x20 {
                self.state = next(bytes);
                return Ok(true);
            }
            bytes.consume(1);
        }
    }
}

impl Read for Gunzip {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            let State::Member(member) = &mut self.state else { return Ok(0) };
            let read = member.read(buffer);
            if let Ok(count) = read
                && count > 0
            {
                return Ok(count);
            }
            let State::Member(member) = std::mem::replace(&mut self.state, State::Ended) else {
                return Ok(0);
            };
            let mut bytes = member.into_inner();
            if let Err(error) = read {
                self.state = State::Broken(bytes);
                let cut = error.kind() == ErrorKind::UnexpectedEof;
                return Err(Error::new(error.kind(), if cut { CUT } else { DAMAGED_GZIP }));
            }
            // what is no member after one is padding, as gzip itself takes it
            if bytes.peek(3)?.starts_with(GZIP) {
                self.state = next(bytes);
            }
        }
    }
}

const CUT: &str = "the compressed data ends in the middle; copy or download it again";
const DAMAGED_GZIP: &str = "the gzip data is damaged; copy or download it again";
const DAMAGED_ZSTD: &str = "the zstd data is damaged; copy or download it again";
const NOT_PLAIN_ZSTD: &str = "the zstd data needs a dictionary or more than 128 MB to unpack; unpack it first (zstd -d --long=31)";

/// The frames of a zstd file, one after the other.
struct Unzstd {
    source: Peeked,
    frame: Option<FrameDecoder>,
}

impl Unzstd {
    /// Begins the next frame; false at the end of the file.
    fn begin(&mut self) -> io::Result<bool> {
        loop {
            let head = self.source.peek(8)?;
            if head.is_empty() {
                return Ok(false);
            }
            if !(head.len() == 8 && head[1..4] == *b"\x2A\x4D\x18" && head[0] >> 4 == 5) {
                break;
            }
            let length = u32::from_le_bytes([head[4], head[5], head[6], head[7]]);
            let whole = u64::from(length) + 8;
            if io::copy(&mut (&mut self.source).take(whole), &mut io::sink())? < whole {
                return Err(Error::new(ErrorKind::UnexpectedEof, CUT));
            }
        }
        let mut frame = FrameDecoder::new();
        frame.reset(&mut self.source).map_err(|error| match error {
            FrameDecoderError::WindowSizeTooBig { .. }
            | FrameDecoderError::DictNotProvided { .. } => {
                Error::new(ErrorKind::InvalidData, NOT_PLAIN_ZSTD)
            }
            _ => self.damaged(),
        })?;
        self.frame = Some(frame);
        Ok(true)
    }

    /// What is wrong: damage, or no more bytes.
    fn damaged(&mut self) -> Error {
        match self.source.fill_buf() {
            Ok([]) => Error::new(ErrorKind::UnexpectedEof, CUT),
            _ => Error::new(ErrorKind::InvalidData, DAMAGED_ZSTD),
        }
    }
}

impl Read for Unzstd {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            if self.frame.is_none() && !self.begin()? {
                return Ok(0);
            }
            let Some(frame) = &mut self.frame else { return Ok(0) };
            while frame.can_collect() == 0 && !frame.is_finished() {
                let step = BlockDecodingStrategy::UptoBlocks(1);
                if frame.decode_blocks(&mut self.source, step).is_err() {
                    return Err(self.damaged());
                }
            }
            let count = frame.read(buffer)?;
            if count > 0 {
                return Ok(count);
            }
            let sums = (frame.get_checksum_from_data(), frame.get_calculated_checksum());
            self.frame = None;
            if let (Some(given), Some(made)) = sums
                && given != made
            {
                return Err(Error::new(ErrorKind::InvalidData, DAMAGED_ZSTD));
            }
        }
    }
}

/// Counts the bytes that are read, for those who wait.
pub(crate) struct Counted<R> {
    pub(crate) bytes: R,
    pub(crate) read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.bytes.read(buffer)?;
        self.read.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::{Cursor, Write};

    fn gzip(text: &str) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    fn zstd(text: &str) -> Vec<u8> {
        let level = ruzstd::encoding::CompressionLevel::Fastest;
        ruzstd::encoding::compress_to_vec(text.as_bytes(), level)
    }

    fn unpacked(bytes: Vec<u8>) -> io::Result<String> {
        let mut text = String::new();
        Unpacked::new(Cursor::new(bytes))?.read_to_string(&mut text)?;
        Ok(text)
    }

    #[test]
    fn gzip_and_zstd_are_unpacked_in_any_number_of_pieces() {
        let text = "Talks opened in Geneva.\n".repeat(20_000);
        assert_eq!(unpacked(text.clone().into_bytes()).unwrap(), text);
        for pack in [gzip, zstd] {
            assert_eq!(unpacked(pack(&text)).unwrap(), text);
            assert_eq!(unpacked([pack("One. "), pack("Two.")].concat()).unwrap(), "One. Two.");
        }
        assert_eq!(unpacked(gzip(&String::from_utf8_lossy(b"plain"))).unwrap(), "plain");
        let skippable = [b"\x53\x2A\x4D\x18\x02\0\0\0ab".to_vec(), zstd("Two.")].concat();
        assert_eq!(unpacked([zstd("One. "), skippable].concat()).unwrap(), "One. Two.");
        assert_eq!(unpacked([gzip("One."), vec![0; 40]].concat()).unwrap(), "One.");
    }

    #[test]
    fn what_is_cut_or_damaged_is_told() {
        let text = "Talks opened in Geneva.\n".repeat(500);
        for pack in [gzip, zstd] {
            let packed = pack(&text);
            let cut = unpacked(packed[..packed.len() - 9].to_vec()).unwrap_err();
            assert!(cut.to_string().contains("ends in the middle"), "{cut}");
            let mut bad = packed.clone();
            let at = bad.len() - 2;
            bad[at] ^= 0x55;
            let bad = unpacked(bad).unwrap_err();
            assert!(bad.to_string().contains("data is damaged"), "{bad}");
        }
    }

    #[test]
    fn after_a_damaged_member_reading_goes_on_at_the_next() {
        let mut bad = gzip(&"Two. ".repeat(100));
        let at = bad.len() - 6;
        bad[at] ^= 0x55;
        let mut input =
            Unpacked::new(Cursor::new([gzip("One.\n"), bad, gzip("Three.")].concat())).unwrap();
        let mut text = String::new();
        assert!(input.read_to_string(&mut text).is_err());
        assert!(input.next_member().unwrap());
        text.clear();
        input.read_to_string(&mut text).unwrap();
        assert_eq!(text, "Three.");
        assert!(!input.next_member().unwrap());
    }
}
