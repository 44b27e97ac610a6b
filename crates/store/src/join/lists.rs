//! Many lists of ascending numbers in little room.

use std::num::NonZeroU32;

/// Lists one after the other: each number as its distance from the one before,
/// seven bits a byte, the lowest first, with the eighth set where more follow.
/// Most words' articles are near each other, so that most numbers are a byte.
#[derive(Default)]
pub(crate) struct Lists {
    bytes: Vec<u8>,
}

impl Lists {
    /// Bytes of all lists.
    pub fn bytes(&self) -> usize {
        self.bytes.len()
    }

    /// Adds a list; gives where it is, nothing where that is too far.
    pub fn add(&mut self, ascending: &[u32]) -> Option<NonZeroU32> {
        let place = u32::try_from(self.bytes.len() + 1).ok().and_then(NonZeroU32::new)?;
        let mut before = 0;
        for number in ascending {
            let mut rest = number.wrapping_sub(before);
            while rest >= 0x80 {
                self.bytes.push(rest as u8 | 0x80);
                rest >>= 7;
            }
            self.bytes.push(rest as u8);
            before = *number;
        }
        Some(place)
    }

    /// The numbers of the list that is somewhere, and of those after it: how
    /// many it has must be known.
    pub fn numbers(&self, place: NonZeroU32) -> impl Iterator<Item = u32> {
        let mut bytes = self.bytes.get(place.get() as usize - 1..).unwrap_or_default().iter();
        let mut before = 0_u32;
        std::iter::from_fn(move || {
            let (mut distance, mut shift) = (0, 0);
            loop {
                let byte = bytes.next()?;
                distance |= u32::from(byte & 0x7f).wrapping_shl(shift);
                if byte & 0x80 == 0 {
                    break;
                }
                shift += 7;
            }
            before = before.wrapping_add(distance);
            Some(before)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_come_back_as_they_went_in() {
        let mut lists = Lists::default();
        let all = [vec![0, 1, 127, 255, 16_384, u32::MAX], vec![], vec![7], vec![300, 301]];
        let places: Vec<NonZeroU32> = all.iter().map(|list| lists.add(list).unwrap()).collect();
        for (list, place) in all.iter().zip(places) {
            let numbers: Vec<u32> = lists.numbers(place).take(list.len()).collect();
            assert_eq!(&numbers, list);
        }
        assert_eq!(lists.bytes(), 1 + 1 + 1 + 2 + 2 + 5 + 1 + 2 + 1);
    }
}
