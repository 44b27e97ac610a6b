//! The encoder against the same computation done number by number, in double
//! precision; small random weights stand for the trained ones.

use super::*;
use crate::Model;
use crate::file::Writer;
use std::borrow::Cow;

pub(crate) const PIECES: [&str; 12] =
    ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "mayor", "re", "##port", "##s", "s", ".", "'"];
const WIDTH_HERE: usize = 2 * HEAD;
const WIDE: usize = 3 * 16 + 12;
const PLACES: usize = 14;
const LAYERS: usize = 2;

/// Adds an encoder of two layers with random weights to a model file.
pub(crate) fn add_encoder(writer: &mut Writer) {
    let mut seed = 11u32;
    let mut random = |count: usize, size: f32| -> Vec<f32> {
        let number = |_| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            ((seed >> 8) as f32 / (1 << 23) as f32 - 1.0) * size
        };
        (0..count).map(number).collect()
    };
    writer.labels("pieces", &PIECES);
    let w = WIDTH_HERE;
    writer.bytes("encoder.word", PIECES.len(), w, &random(PIECES.len() * w, 1.0));
    writer.half("encoder.position", PLACES, w, &random(PLACES * w, 0.5));
    writer.half("encoder.kind", 1, w, &random(w, 0.1));
    let mut norms = vec!["norm".to_owned()];
    for layer in 0..LAYERS {
        for (part, out, input) in
            [("qkv", 3 * w, w), ("out", w, w), ("up", WIDE, w), ("down", w, WIDE)]
        {
            let name = format!("encoder.{layer}.{part}");
            // Rows of bytes and halves both may hold a layer.
            let size = 3.0 / (input as f32).sqrt();
            if layer == 0 {
                writer.bytes(&format!("{name}.weight"), out, input, &random(out * input, size));
            } else {
                writer.half(&format!("{name}.weight"), out, input, &random(out * input, size));
            }
            writer.half(&format!("{name}.bias"), 1, out, &random(out, 0.3));
        }
        norms.extend(["norm", "norm_after"].map(|norm| format!("{layer}.{norm}")));
    }
    for norm in norms {
        let gain: Vec<f32> = random(w, 0.5).iter().map(|g| 1.0 + g).collect();
        writer.half(&format!("encoder.{norm}.weight"), 1, w, &gain);
        writer.half(&format!("encoder.{norm}.bias"), 1, w, &random(w, 0.3));
    }
    writer.half("encoder.lift.weight", WIDTH, w, &random(WIDTH * w, 1.0));
}

fn file() -> Arc<ModelFile> {
    let mut writer = Writer::default();
    add_encoder(&mut writer);
    Arc::new(ModelFile::parse(Cow::Owned(writer.finish())).unwrap())
}

/// What the encoder adds to tokens whose rows were zeros.
fn encode(encoder: &Encoder, forms: &[&str], room: &mut Room) -> Vec<f32> {
    let mut x = Rows::default();
    x.resize(forms.len());
    x.all_mut().0.fill(0.0);
    encoder.add(forms, room, &mut x);
    x.values().to_vec()
}

type Row = Vec<f64>;

/// The computation as its definition has it.
struct Plain<'f>(&'f ModelFile);

impl Plain<'_> {
    fn rows(&self, name: &str) -> Vec<Row> {
        let matrix = self.0.matrix(&format!("encoder.{name}")).unwrap();
        (0..matrix.rows).map(|at| matrix.row(at).iter().map(|v| f64::from(*v)).collect()).collect()
    }

    /// With weights and inputs rounded as the products round them.
    fn linear(&self, name: &str, x: &[f64]) -> Row {
        let (bias, x) = (format!("{name}.bias"), rounded(x, 127.0));
        let weights = self.rows(&format!("{name}.weight"));
        let mut out: Row = weights.iter().map(|row| dot(&rounded(row, 63.0), &x)).collect();
        if self.0.has(&format!("encoder.{bias}")) {
            out = add(&out, &self.rows(&bias)[0]);
        }
        out
    }

    fn norm(&self, name: &str, x: &[f64]) -> Row {
        let mean = x.iter().sum::<f64>() / x.len() as f64;
        let spread = x.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / x.len() as f64;
        let (gain, bias) =
            (&self.rows(&format!("{name}.weight"))[0], &self.rows(&format!("{name}.bias"))[0]);
        let value =
            |(at, v): (usize, &f64)| (v - mean) / (spread + 1e-12).sqrt() * gain[at] + bias[at];
        x.iter().enumerate().map(value).collect()
    }

    fn attend(&self, layer: usize, x: &[Row]) -> Vec<Row> {
        let qkv: Vec<Row> = x.iter().map(|row| self.linear(&format!("{layer}.qkv"), row)).collect();
        let part = |row: &'_ Row, part: usize, head: usize| -> Row {
            row[part * WIDTH_HERE + head * HEAD..][..HEAD].to_vec()
        };
        let context = |query: &Row| -> Row {
            let mut out = Vec::new();
            for head in 0..WIDTH_HERE / HEAD {
                let fit = |key: &Row| {
                    (dot(&part(query, 0, head), &part(key, 1, head)) / (HEAD as f64).sqrt()).exp()
                };
                let weights: Row = qkv.iter().map(fit).collect();
                let mut sum = vec![0.0; HEAD];
                for (row, weight) in qkv.iter().zip(&weights) {
                    let value: Row = part(row, 2, head).iter().map(|v| v * weight).collect();
                    sum = add(&sum, &value);
                }
                let total: f64 = weights.iter().sum();
                out.extend(sum.iter().map(|v| v / total));
            }
            out
        };
        qkv.iter().map(context).collect()
    }

    /// Rows of lifted tokens, each a list of pieces.
    fn encode(&self, tokens: &[&[u32]]) -> Vec<Row> {
        let pieces: Vec<u32> = [&[2], &tokens.concat()[..], &[3]].concat();
        let (words, places) = (self.rows("word"), self.rows("position"));
        let kind = &self.rows("kind")[0];
        let embed = |(at, piece): (usize, &u32)| {
            self.norm("norm", &add(&add(&words[*piece as usize], &places[at]), kind))
        };
        let mut x: Vec<Row> = pieces.iter().enumerate().map(embed).collect();
        for layer in 0..LAYERS {
            let context = self.attend(layer, &x);
            for (row, context) in x.iter_mut().zip(&context) {
                let name = |part: &str| format!("{layer}.{part}");
                *row = self.norm(&name("norm"), &add(row, &self.linear(&name("out"), context)));
                let up: Row = self.linear(&name("up"), row).into_iter().map(gelu).collect();
                *row = self.norm(&name("norm_after"), &add(row, &self.linear(&name("down"), &up)));
            }
        }
        let mut rest = &x[1..];
        let mut out = Vec::new();
        for token in tokens {
            let (own, after) = rest.split_at(token.len());
            rest = after;
            let sum = own.iter().fold(vec![0.0; WIDTH_HERE], |sum, row| add(&sum, row));
            let mean: Row = sum.iter().map(|v| v / own.len() as f64).collect();
            out.push(self.linear("lift", &mean));
        }
        out
    }
}

/// A row in whole steps, `steps` of them to its largest magnitude.
fn rounded(row: &[f64], steps: f64) -> Row {
    let step = row.iter().fold(1e-30, |most: f64, v| most.max(v.abs())) / steps;
    row.iter().map(|v| (v / step).round_ties_even() * step).collect()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn add(a: &[f64], b: &[f64]) -> Row {
    a.iter().zip(b).map(|(a, b)| a + b).collect()
}

/// With the error function as its power series.
fn gelu(x: f64) -> f64 {
    let t = (x / 2f64.sqrt()).clamp(-4.5, 4.5);
    let (mut term, mut sum) = (t, t);
    for n in 1..120 {
        term *= -t * t / f64::from(n);
        sum += term / f64::from(2 * n + 1);
    }
    0.5 * x * (1.0 + sum * std::f64::consts::FRAC_2_SQRT_PI)
}

/// How far numbers are from the true ones, beside the size of these.
fn distance(rows: &[f32], truth: &[Row]) -> f64 {
    let truth: Row = truth.concat();
    assert_eq!(rows.len(), truth.len());
    let far: f64 = rows.iter().zip(&truth).map(|(a, b)| (f64::from(*a) - b).powi(2)).sum();
    (far / truth.iter().map(|v| v * v).sum::<f64>()).sqrt()
}

#[test]
fn the_encoder_computes_what_its_definition_says() {
    let file = file();
    let encoder = Encoder::load(&file).unwrap().unwrap();
    let mut room = Room::default();
    for (forms, tokens) in [
        (&["The", "mayor's", "reports", "?"][..], &[&[4][..], &[5, 11, 9], &[6, 7, 8], &[1]][..]),
        (&["."], &[&[10]]),
    ] {
        let far = distance(&encode(&encoder, forms, &mut room), &Plain(&file).encode(tokens));
        assert!(far < TOLERANCE, "{forms:?}: {far}");
    }
}

/// Share by which they may differ: numbers halfway between two steps are
/// rounded to either.
const TOLERANCE: f64 = 0.01;

#[test]
fn tokens_past_the_last_place_get_nothing_and_change_nothing() {
    let encoder = Encoder::load(&file()).unwrap().unwrap();
    let mut room = Room::default();
    // Twelve places are left beside those of the two marks: the third
    // "reports" ends at the ninth, a token of six does not fit after it.
    let long = "''''''";
    let forms = ["reports", "reports", "reports", long, ".", "The"];
    let rows = encode(&encoder, &forms, &mut room);
    assert!(rows[3 * WIDTH..].iter().all(|&v| v == 0.0));
    assert_eq!(rows[..3 * WIDTH], encode(&encoder, &forms[..3], &mut room));
    let whole = encode(&encoder, &["reports", "reports", long], &mut room);
    assert!(whole.chunks_exact(WIDTH).all(|row| row.iter().any(|&v| v != 0.0)));
}

#[test]
fn sizes_that_do_not_fit_together_are_errors() {
    let sound = {
        let mut writer = Writer::default();
        add_encoder(&mut writer);
        writer.finish()
    };
    let load = |from: &str, to: &str| {
        let text = |s: &str| s.replace('/', "\t");
        let mut bytes = sound.clone();
        let at = (bytes.windows(from.len())).position(|w| w == text(from).as_bytes()).expect(from);
        bytes[at..at + from.len()].copy_from_slice(text(to).as_bytes());
        crate::file::mend(&mut bytes);
        Encoder::load(&Arc::new(ModelFile::parse(Cow::Owned(bytes))?))
    };
    assert!(load("pieces/", "pieces/").is_ok());
    for (from, to) in [
        ("pieces/[PAD]", "pieces_[PAD]"),
        ("/[UNK]/", "/[ANK]/"),
        ("/[PAD]/", "/[PAD]_"),
        ("encoder.word/i8/12/64", "encoder.word/i8/12/63"),
        ("encoder.word/i8/12/64", "encoder.word/i8/00/64"),
        ("encoder.position/f16/14", "encoder.position/f16/02"),
        ("encoder.kind", "encoder.kinx"),
        ("encoder.0.qkv.weight", "encoder.9.qkv.weight"),
        ("encoder.1.up.weight/f16/60/64", "encoder.1.up.weight/f16/00/64"),
        ("encoder.1.up.bias/f16/1/60", "encoder.1.up.bias/f16/1/56"),
        ("encoder.1.down.weight/f16/64/60", "encoder.1.down.weight/f16/60/64"),
        ("encoder.lift.weight/f16/128", "encoder.lift.weight/f16/127"),
        ("encoder.norm.bias/f16/1/64", "encoder.norm.bias/f16/64/1"),
    ] {
        assert!(matches!(load(from, to), Err(ModelError::Damaged(_))), "{from} as {to}");
    }
    let none = ModelFile::parse(Cow::Owned(Writer::default().finish())).unwrap();
    assert!(Encoder::load(&Arc::new(none)).unwrap().is_none());
}

#[test]
fn a_model_with_an_encoder_reads_the_same_in_any_company() {
    let mut writer = Writer::after(include_bytes!("../../../model/swift.bin"));
    add_encoder(&mut writer);
    let model = Model::from_bytes(writer.finish()).unwrap();
    let one = "The mayor reports on Monday's talks. They went on.\n\n";
    let text = one.repeat(60);
    let doc = model.read(&text);
    assert_eq!(doc.tokens.len(), 60 * model.read(one).tokens.len());
    let again = std::thread::scope(|scope| scope.spawn(|| model.read(&text)).join().unwrap());
    assert!(doc.tokens == again.tokens);
    let swift = Model::swift().unwrap().read(&text);
    assert!(doc.tokens != swift.tokens, "the encoder has no say");
    assert!(model.read("").tokens.is_empty());
}
