//! The character sets that text can come in.

use encoding_rs::Encoding;

use super::super::charset::Server;
use super::super::scan::first_words;

/// What `SET NAMES` says, where the statement is one: the encoding of what follows; `None` for UTF-8, and for those that
/// are not known.
pub(super) fn set_names(statement: &str, server: Server) -> Option<Option<&'static Encoding>> {
    let words = first_words(statement, 4, Some(server));
    let is = |at: usize, keyword: &str| words.get(at).is_some_and(|word| word.is(keyword));
    let name = match () {
        () if !is(0, "SET") => return None,
        () if is(1, "NAMES") || is(1, "CHARSET") => words.get(2)?,
        () if is(1, "CHARACTER") && is(2, "SET") => words.get(3)?,
        () => return None,
    };
    Some(encoding(&name.text.to_ascii_lowercase()))
}

/// The encoding that MySQL calls so, unless it is UTF-8.
fn encoding(name: &str) -> Option<&'static Encoding> {
    Some(match name {
        // What MySQL calls latin1 has more characters than ISO 8859-1.
        "latin1" => encoding_rs::WINDOWS_1252,
        "latin2" => encoding_rs::ISO_8859_2,
        "latin5" => encoding_rs::WINDOWS_1254,
        "latin7" => encoding_rs::ISO_8859_13,
        "greek" => encoding_rs::ISO_8859_7,
        "hebrew" => encoding_rs::ISO_8859_8,
        "cp1250" => encoding_rs::WINDOWS_1250,
        "cp1251" => encoding_rs::WINDOWS_1251,
        "cp1256" => encoding_rs::WINDOWS_1256,
        "cp1257" => encoding_rs::WINDOWS_1257,
        "cp866" => encoding_rs::IBM866,
        "koi8r" => encoding_rs::KOI8_R,
        "koi8u" => encoding_rs::KOI8_U,
        "macroman" => encoding_rs::MACINTOSH,
        "tis620" => encoding_rs::WINDOWS_874,
        "gbk" | "gb2312" => encoding_rs::GBK,
        "gb18030" => encoding_rs::GB18030,
        "big5" => encoding_rs::BIG5,
        "sjis" | "cp932" => encoding_rs::SHIFT_JIS,
        "ujis" | "eucjpms" => encoding_rs::EUC_JP,
        "euckr" => encoding_rs::EUC_KR,
        _ => return None,
    })
}

/// The first bytes of characters whose second byte may look like a backslash or a backquote.
pub(super) fn leads(encoding: Option<&'static Encoding>) -> Option<fn(u8) -> bool> {
    let encoding = encoding?;
    if encoding == encoding_rs::SHIFT_JIS {
        Some(|byte| matches!(byte, 0x81..=0x9f | 0xe0..=0xfc))
    } else if [encoding_rs::GBK, encoding_rs::GB18030, encoding_rs::BIG5].contains(&encoding) {
        Some(|byte| matches!(byte, 0x81..=0xfe))
    } else {
        None
    }
}
