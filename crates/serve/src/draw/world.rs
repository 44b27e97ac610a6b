//! The world's outlines on an equal-area projection, so that no country looks
//! larger than it is: Equal Earth (Šavrič, Patterson and Jenny, 2018).

use super::tenth;
use std::fmt::Write;
use std::sync::LazyLock;

const OUTLINES: &str = include_str!("../../assets/countries.tsv");

/// Width of the picture; what lies south of 58° S is left out.
pub const WIDTH: f64 = 1000.0;
/// Height of the picture.
pub const HEIGHT: f64 = 445.0;

/// Half of the equator, in the projection's units.
const HALF: f64 = 2.706_629_5;

/// Where degrees are in the picture.
pub fn project(lat: f64, lon: f64) -> (f64, f64) {
    let (a1, a2, a3, a4) = (1.340_264, -0.081_106, 0.000_893, 0.003_796);
    let m = 3f64.sqrt() / 2.0;
    let t = (m * lat.clamp(-90.0, 90.0).to_radians().sin()).asin();
    let (t2, t6) = (t * t, t.powi(6));
    let x = lon.clamp(-180.0, 180.0).to_radians() * t.cos()
        / (m * (a1 + 3.0 * a2 * t2 + t6 * (7.0 * a3 + 9.0 * a4 * t2)));
    let y = t * (a1 + a2 * t2 + t6 * (a3 + a4 * t2));
    let scale = WIDTH / (2.0 * HALF);
    (WIDTH / 2.0 + x * scale, 243.0 - y * scale)
}

/// Land and borders as paths.
pub struct World {
    /// Closed outlines.
    pub land: String,
    /// Open lines.
    pub borders: String,
}

/// The world, projected once.
pub static WORLD: LazyLock<World> = LazyLock::new(|| {
    let mut world = World { land: String::new(), borders: String::new() };
    for line in OUTLINES.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let Some((what, points)) = line.split_once('\t') else { continue };
        let path = if what == "land" { &mut world.land } else { &mut world.borders };
        let degrees = points.split(' ').filter_map(|point| {
            let (lon, lat) = point.split_once(',')?;
            Some((lat.parse::<f64>().ok()? / 10.0, lon.parse::<f64>().ok()? / 10.0))
        });
        let mut last = None;
        for (lat, lon) in degrees {
            let (x, y) = project(lat, lon);
            let here = (tenth(x), tenth(y));
            match last {
                None => {
                    let _ = write!(path, "M{} {}", here.0, here.1);
                }
                Some((x, y)) => {
                    let _ = write!(path, "l{} {}", tenth(here.0 - x), tenth(here.1 - y));
                }
            }
            last = Some(here);
        }
        if what == "land" {
            path.push('z');
        }
    }
    world
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_projection_is_equal_earth() {
        let near =
            |a: (f64, f64), b: (f64, f64)| (a.0 - b.0).abs() < 0.5 && (a.1 - b.1).abs() < 0.5;
        assert!(near(project(0.0, 0.0), (500.0, 243.0)), "{:?}", project(0.0, 0.0));
        assert!(near(project(0.0, 180.0), (1000.0, 243.0)), "{:?}", project(0.0, 180.0));
        // The pole is a line, at 1.3173627591574 units.
        assert!((project(90.0, 0.0).1 - (243.0 - 1.317_362_8 * 500.0 / HALF)).abs() < 0.5);
    }

    #[test]
    fn the_outlines_are_there() {
        assert!(WORLD.land.matches('M').count() > 200 && WORLD.borders.matches('M').count() > 200);
        assert!(WORLD.land.len() < 140_000, "{}", WORLD.land.len());
    }
}
