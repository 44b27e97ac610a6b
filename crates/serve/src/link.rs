//! Addresses of our own pages.

use std::fmt::Write;

/// Part of a path or a query, whatever stands in it.
pub fn encode(part: &str) -> String {
    let mut out = String::with_capacity(part.len());
    for byte in part.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                out.push(byte.into())
            }
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// An article.
pub fn article(key: &str) -> String {
    format!("/article/{}", encode(key))
}

/// A mark in an article (`c3`, `e7`, `t1`, `p2`), lit up.
pub fn mark(key: &str, mark: &str) -> String {
    format!("/article/{}?mark={mark}#{mark}", encode(key))
}

/// A claim in its article.
pub fn claim(key: &str, n: i64) -> String {
    mark(key, &format!("c{n}"))
}

/// An event in its article.
pub fn event(key: &str, n: i64) -> String {
    mark(key, &format!("e{n}"))
}

/// A person, body, group or place.
pub fn person(id: i64) -> String {
    format!("/person/{id}")
}

/// An incident.
pub fn incident(id: i64) -> String {
    format!("/incident/{id}")
}

/// A dispute.
pub fn dispute(id: i64) -> String {
    format!("/dispute/{id}")
}

/// A path with a query; what is empty is left out.
pub fn query<'a>(path: &str, pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut out = path.to_owned();
    for (at, (name, value)) in pairs.into_iter().filter(|pair| !pair.1.is_empty()).enumerate() {
        let _ = write!(out, "{}{name}={}", if at == 0 { '?' } else { '&' }, encode(value));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_key_is_one_segment() {
        assert_eq!(
            article("https://a.b/c?d=\"é"),
            "/article/https%3A%2F%2Fa.b%2Fc%3Fd%3D%22%C3%A9"
        );
        assert_eq!(claim("a", 3), "/article/a?mark=c3#c3");
        assert_eq!(query("/map", [("a", "x y"), ("b", ""), ("c", "&")]), "/map?a=x%20y&c=%26");
    }
}
