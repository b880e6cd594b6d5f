//! Numbers of a fixed width, written and read without detours: what dates, times and keys are made of.

/// Every number of two digits.
const PAIRS: &str = "0001020304050607080910111213141516171819\
                     2021222324252627282930313233343536373839\
                     4041424344454647484950515253545556575859\
                     6061626364656667686970717273747576777879\
                     8081828384858687888990919293949596979899";

/// Appends a number below 100 with two digits.
pub(crate) fn push_pair(out: &mut String, number: u8) {
    let at = usize::from(number % 100) * 2;
    out.push_str(&PAIRS[at..at + 2]);
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
    let digits = &buffer[at..];
    out.extend(std::iter::repeat_n('0', width.saturating_sub(digits.len())));
    out.push_str(std::str::from_utf8(digits).unwrap_or_default());
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
