//! Formats of dates: from the letters that people write to strftime's.

/// What stands for what. Longer ones first; where two are alike in length, the order doesn't matter.
const LETTERS: [(&str, &str); 14] = [
    ("YYYY", "%Y"),
    ("yyyy", "%Y"),
    ("%Y", "%Y"),
    ("%m", "%m"),
    ("%d", "%d"),
    ("%H", "%H"),
    ("%M", "%M"),
    ("%S", "%S"),
    ("MM", "%m"),
    ("DD", "%d"),
    ("dd", "%d"),
    ("HH", "%H"),
    ("mm", "%M"),
    ("ss", "%S"),
];

/// strftime's form of a format, or the first letters of it that aren't known.
pub(super) fn strftime(format: &str) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = format;
    while let Some(first) = rest.chars().next() {
        if let Some((letters, form)) = LETTERS.iter().find(|(letters, _)| rest.starts_with(letters)) {
            // Minutes by the letters of months, as after an hour, are somebody's slip, and nobody knows whose.
            if *letters == "MM" && out.ends_with("%H:") {
                return Err("HH:MM".to_owned());
            }
            out.push_str(form);
            rest = &rest[letters.len()..];
        } else if first == 'T' || first == 'Z' || !(first.is_alphanumeric() || first == '%') {
            out.push(first);
            rest = &rest[first.len_utf8()..];
        } else {
            let word = |c: &char| c.is_alphanumeric() || *c == '%';
            return Err(rest.chars().take_while(word).collect());
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::strftime;

    #[test]
    fn letters_become_strftimes() {
        for (format, expected) in [
            ("YYYY-MM-DD", "%Y-%m-%d"),
            ("yyyy/MM", "%Y/%m"),
            ("YYYY-MM-DDTHH:mm:ssZ", "%Y-%m-%dT%H:%M:%SZ"),
            ("%Y%m", "%Y%m"),
        ] {
            assert_eq!(strftime(format).as_deref(), Ok(expected), "{format}");
        }
    }

    #[test]
    fn what_is_not_known_is_named() {
        for (format, unknown) in
            [("DD Mon", "Mon"), ("HH:MM", "HH:MM"), ("hh:mm a", "hh"), ("%i", "%i"), ("W", "W")]
        {
            assert_eq!(strftime(format), Err(unknown.to_owned()), "{format}");
        }
    }
}
