//! Numbers written together with their unit: `5pm`, `20km`, `$3bn`.

/// What is split off a number. Letters that more often make a name of the whole
/// (`4G`, `3D`, `20s`, `1st`) are not here.
const UNITS: &[&str] = &[
    "am", "pm", "a.m.", "p.m.", "a.m", "p.m", "mm", "cm", "km", "m", "nm", "kg", "mg", "lb", "lbs",
    "oz", "ft", "mi", "sq", "mph", "kph", "kmh", "k", "mn", "mln", "mil", "b", "bn", "bln", "tn",
    "trn", "t", "x", "hz", "khz", "mhz", "ghz", "kb", "mb", "gb", "tb", "kw", "mw", "gw", "kwh",
    "mwh", "gwh", "kv", "ml", "cl", "ha", "bpd", "bbl", "bps", "day", "days", "hour", "hours",
    "hr", "hrs", "min", "mins", "minute", "minutes", "sec", "secs", "yr", "yrs", "year", "years",
    "percent", "pc", "pct", "p", "pp", "pts", "kn", "kt", "million", "billion", "trillion", "cc",
    "ppm", "usd", "eur", "gbp", "gmt", "est", "edt", "utc", "hh", "dpi", "fps",
];

/// Where the unit begins in a word that begins with a digit, if it has one.
pub(super) fn unit(word: &str) -> Option<usize> {
    let number =
        word.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | ':' | '/')))?;
    let letters = &word[number..];
    if letters.len() > 8 || !letters.starts_with(|c: char| c.is_alphabetic()) {
        return None;
    }
    // "24C" is a temperature; "5C" and "3143C" are not. Likewise "500g" and "5G".
    if matches!(letters, "C" | "F") && number == 2 || letters == "g" && number >= 2 {
        return Some(number);
    }
    UNITS.iter().any(|unit| unit.eq_ignore_ascii_case(letters)).then_some(number)
}

/// Codes of currencies that are written before the number without a space.
const CURRENCIES: &[&str] = &[
    "AED", "AUD", "CAD", "CHF", "CNY", "Dh", "EUR", "GBP", "GHS", "IDR", "INR", "IRR", "JPY",
    "KES", "KRW", "KSh", "Ksh", "LKR", "MXN", "MYR", "NGN", "NIS", "NOK", "PHP", "PKR", "PLN",
    "RM", "RMB", "RUB", "Re", "Rp", "Rs", "SAR", "SEK", "SGD", "Sh", "THB", "TRY", "Tk", "UAH",
    "USD", "USh", "Ush", "VND", "ZAR", "rs",
];

/// Where the number begins in a word that begins with the code of a currency.
pub(super) fn currency(word: &str) -> Option<usize> {
    let bytes = word.as_bytes();
    if !bytes.last()?.is_ascii_alphanumeric() || !bytes.iter().any(u8::is_ascii_digit) {
        return None;
    }
    let letters = bytes.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    if !(2..=3).contains(&letters) || !bytes.get(letters)?.is_ascii_digit() {
        return None;
    }
    CURRENCIES.binary_search(&word.get(..letters)?).ok().map(|_| letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn currencies_are_found() {
        assert!(CURRENCIES.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(currency("Rs1,000"), Some(2));
        assert_eq!(currency("USD5m"), Some(3));
        assert_eq!(currency("Rs"), None);
        assert_eq!(currency("FY2004"), None);
    }

    #[test]
    fn units_are_found() {
        assert_eq!(unit("5pm"), Some(1));
        assert_eq!(unit("10:30am"), Some(5));
        assert_eq!(unit("1,350kg"), Some(5));
        assert_eq!(unit("3.5bn"), Some(3));
        for whole in ["1990s", "21st", "4G", "3D", "747", "2nd", "11A"] {
            assert_eq!(unit(whole), None, "{whole}");
        }
    }
}
