//! Texts as their collation compares them; `None` where that is not known.

use std::cmp::Ordering;

use crate::collation::Collation;

/// Whether two texts are equal.
pub(super) fn equal(collation: &Collation, left: &str, right: &str) -> Option<bool> {
    if collation.sorts_by_bytes() {
        return Some(trimmed(collation, left) == trimmed(collation, right));
    }
    if collation.foldable() && is_printable(left) && is_printable(right) {
        return Some(trimmed(collation, left).eq_ignore_ascii_case(trimmed(collation, right)));
    }
    Some(collation.fold(left).ok()? == collation.fold(right).ok()?)
}

/// How two texts sort: known where characters sort by their codes.
pub(super) fn order(collation: &Collation, left: &str, right: &str) -> Option<Ordering> {
    let by_code =
        collation.sorts_by_bytes() && matches!(collation.charset(), "utf8mb4" | "utf8mb3" | "utf8" | "ascii");
    if !by_code {
        return None;
    }
    // Padding sorts the shorter text as if blanks followed it, and control characters come before the blank.
    if collation.pads() && [left, right].iter().any(|text| text.bytes().any(|byte| byte < b' ')) {
        return None;
    }
    Some(trimmed(collation, left).cmp(trimmed(collation, right)))
}

/// Whether a text is LIKE a pattern: character by character, padding aside. Under collations that join characters, only
/// printable ASCII is known to join case alone.
pub(super) fn like(collation: &Collation, text: &str, pattern: &str) -> Option<bool> {
    if collation.sorts_by_bytes() {
        return Some(matches(text, pattern, |left, right| left == right));
    }
    let known = collation.foldable() && is_printable(text) && is_printable(pattern);
    known.then(|| matches(text, pattern, |left, right| left.eq_ignore_ascii_case(&right)))
}

/// The bytes of a text in its column's character set, where they are known exactly.
pub(super) fn stored_bytes(collation: &Collation, text: &str) -> Option<usize> {
    match collation.charset() {
        "utf8mb4" | "utf8mb3" | "utf8" => Some(text.len()),
        "ucs2" => Some(text.chars().count() * 2),
        "utf16" | "utf16le" => Some(text.encode_utf16().count() * 2),
        "utf32" => Some(text.chars().count() * 4),
        _ if collation.is_single_byte() => Some(text.chars().count()),
        _ => None,
    }
}

fn trimmed<'t>(collation: &Collation, text: &'t str) -> &'t str {
    if collation.pads() { text.trim_end_matches(' ') } else { text }
}

fn is_printable(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// `%` is any text, `_` any character, `\` takes the next one as it is. A `\` at the end is itself.
fn matches(text: &str, pattern: &str, same: fn(char, char) -> bool) -> bool {
    let (mut text, mut pattern) = (text.chars(), pattern.chars());
    // Where the last `%` stood: what follows it, and the text it was tried against. Only that one has to be retried.
    let mut retry: Option<(std::str::Chars<'_>, std::str::Chars<'_>)> = None;
    loop {
        let mut next = pattern.clone();
        let step = match next.next() {
            Some('%') => {
                retry = Some((next.clone(), text.clone()));
                pattern = next;
                continue;
            }
            Some('_') => text.next().is_some(),
            Some('\\') => {
                let wanted = next.next().unwrap_or('\\');
                text.next().is_some_and(|found| same(found, wanted))
            }
            Some(wanted) => text.next().is_some_and(|found| same(found, wanted)),
            None if text.clone().next().is_none() => return true,
            None => false,
        };
        if step {
            pattern = next;
            continue;
        }
        let Some((after, tried)) = &mut retry else { return false };
        if tried.next().is_none() {
            return false;
        }
        (pattern, text) = (after.clone(), tried.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_in_sql() {
        for (text, pattern, matched) in [
            ("", "", true),
            ("", "%", true),
            ("", "_", false),
            ("abc", "a%", true),
            ("abc", "%c", true),
            ("abc", "%b%", true),
            ("abc", "a_c", true),
            ("abc", "a_", false),
            ("aab", "%ab", true),
            ("a@b.c", "_%@_%._%", true),
            ("a%", "a\\%", true),
            ("ab", "a\\%", false),
            ("日本", "__", true),
            ("aXbXc", "a%X_", true),
            ("abc", "%%%d", false),
        ] {
            assert_eq!(matches(text, pattern, |a, b| a == b), matched, "{text} LIKE {pattern}");
        }
    }

    #[test]
    fn what_was_not_measured_has_no_answer() {
        let general = Collation::constant("utf8mb4_general_ci");
        assert_eq!(equal(&general, "Bob ", "bob"), Some(true));
        assert_eq!(equal(&general, "😀", "bob"), None);
        assert_eq!(order(&general, "a", "b"), None);
        assert_eq!(like(&general, "Bób", "b%"), None);
        let bin = Collation::constant("utf8mb4_bin");
        assert_eq!(order(&bin, "a", "a\t"), None);
        assert_eq!(order(&bin, "a  ", "a!"), Some(Ordering::Less));
        assert_eq!(equal(&Collation::constant("latin1_swedish_ci"), "a", "a"), None);
    }
}
