//! A logistic model over named features, as a table that a person can read.

use dateline_lexicon::{LexiconError, Map, Table};

/// The weights of a logistic model: one for each feature and value. The
/// logistic function of the sum of what is there is a probability.
#[derive(Debug, Default)]
pub struct Weights {
    by_feature: Map<f32, u64>,
}

impl Weights {
    /// Reads a table with the columns `feature`, `value` and `weight`; `name`
    /// is what errors call it.
    ///
    /// # Errors
    /// A column that is missing, or a weight that is no number.
    ///
    /// ```
    /// let weights = dateline_learned::Weights::parse("w.tsv", "feature\tvalue\tweight\nbias\t\t0.5\n")?;
    /// assert_eq!(weights.of("bias", ""), 0.5);
    /// assert_eq!(weights.of("bias", "other"), 0.0);
    /// # Ok::<(), dateline_lexicon::LexiconError>(())
    /// ```
    pub fn parse(name: &'static str, text: &'static str) -> Result<Self, LexiconError> {
        let table = Table::parse(name, text, &["feature", "value", "weight"])?;
        let mut by_feature = Map::default();
        for row in table.rows() {
            let weight = row.get("weight").parse::<f32>().ok().filter(|w| w.is_finite());
            let weight = weight.ok_or_else(|| row.error("'weight' is no number"))?;
            by_feature.insert(key(row.get("feature"), row.get("value")), weight);
        }
        Ok(Self { by_feature })
    }

    /// The weight of a feature, zero for one that was not fitted.
    #[must_use]
    pub fn of(&self, feature: &str, value: &str) -> f32 {
        self.by_feature.get(&key(feature, value)).copied().unwrap_or(0.0)
    }

    /// The probability that `features` makes: it calls what it is given with
    /// each feature, its value and its strength.
    pub fn probability(&self, features: impl FnOnce(&mut dyn FnMut(&str, &str, f32))) -> f32 {
        let mut sum = 0.0;
        features(&mut |feature, value, x| sum += self.of(feature, value) * x);
        1.0 / (1.0 + (-sum).exp())
    }

    /// How many features have a weight.
    #[must_use]
    pub fn len(&self) -> usize {
        self.by_feature.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_feature.is_empty()
    }
}

/// FNV-1a over `feature=value`.
fn key(feature: &str, value: &str) -> u64 {
    let bytes = feature.bytes().chain(*b"=").chain(value.bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "feature\tvalue\tweight\nbias\t\t-1\nform\tdirect\t2.5\n";

    #[test]
    fn what_is_there_counts_and_nothing_else() {
        let weights = Weights::parse("w.tsv", TEXT).unwrap();
        assert_eq!((weights.len(), weights.is_empty()), (2, false));
        let with = |strength: f32| {
            weights.probability(|put| {
                put("bias", "", 1.0);
                put("form", "direct", strength);
                put("form", "unknown", 9.0);
            })
        };
        assert!((with(0.4) - 0.5).abs() < 1e-6);
        assert!(with(1.0) > 0.8 && with(0.0) < 0.3);
    }

    #[test]
    fn a_weight_that_is_no_number_is_told_with_its_line() {
        for bad in ["x", "NaN", "inf", ""] {
            let text = format!("feature\tvalue\tweight\nbias\t\t{bad}\n");
            let error = Weights::parse("w.tsv", text.leak()).unwrap_err().to_string();
            assert!(error.contains("w.tsv:2") || error.contains("line 2"), "{error}");
        }
    }
}
