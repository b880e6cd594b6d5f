//! Numbers of a fixed width, written and read without detours: what dates, times and keys are made of.

/// The two digits of a number below 100.
pub(crate) const fn pair(number: u8) -> [u8; 2] {
    [b'0' + number / 10 % 10, b'0' + number % 10]
}

/// Appends a number with at least so many digits, zeros in front.
pub(crate) fn push_padded(out: &mut String, number: u64, width: usize) {
    // The most digits of a u64 are 20.
    let mut buffer = [b'0'; 20];
    let mut at = buffer.len();
    let mut rest = number;
    while rest > 0 {
        at -= 1;
        buffer[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    out.extend(std::iter::repeat_n('0', width.saturating_sub(buffer.len())));
    // What is in front is zeros.
    let start = at.min(buffer.len().saturating_sub(width));
    out.push_str(std::str::from_utf8(&buffer[start..]).unwrap_or_default());
}

/// Reads all of the bytes as digits. Few enough to fit: at most 9.
pub(crate) fn read(bytes: &[u8]) -> Option<u32> {
    if bytes.is_empty() || bytes.len() > 9 {
        return None;
    }
    bytes
        .iter()
        .try_fold(0, |number, byte| byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0')))
}
