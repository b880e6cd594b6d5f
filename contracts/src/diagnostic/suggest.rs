//! "Did you mean": the nearest of the names that would have been right.

/// The candidate nearest to what was written, if one is near enough to be a slip of the finger: at most a third of
/// its characters differ, at least one may. Letter case doesn't count. Of equally near ones the first wins.
pub fn suggest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = written.to_lowercase();
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let distance = strsim::damerau_levenshtein(&written, &candidate.to_lowercase());
        let allowed = (written.chars().count().max(candidate.chars().count()) / 3).max(1);
        if distance <= allowed && best.is_none_or(|(nearest, _)| distance < nearest) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}
