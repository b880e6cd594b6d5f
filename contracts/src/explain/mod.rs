//! A page for every code: what is demanded, and what goes wrong otherwise.
//!
//! The pages are text, one file for each hundred of codes, so that the compiler has nothing to do with them and they are
//! read only when somebody asks. Pages are divided by empty lines:
//!
//! ```text
//! MG0103
//! rule What is demanded, on one line.
//! why What goes wrong otherwise, on one line.
//! wrong
//!     an excerpt that breaks it, each line indented by four blanks; may be left out
//! right
//!     the same excerpt mended; only behind `wrong`
//! ```

use crate::codes::Code;

/// The files, and the hundred of codes that each is about.
const FILES: [(u16, &str); 11] = [
    (1, include_str!("mg01.txt")),
    (2, include_str!("mg02.txt")),
    (3, include_str!("mg03.txt")),
    (4, include_str!("mg04.txt")),
    (5, include_str!("mg05.txt")),
    (6, include_str!("mg06.txt")),
    (7, include_str!("mg07.txt")),
    (8, include_str!("mg08.txt")),
    (9, include_str!("mg09.txt")),
    (10, include_str!("mg10.txt")),
    (11, include_str!("mg11.txt")),
];

/// What there is to say about a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The code.
    pub code: Code,
    /// What is demanded, or, of changes, when it is reported: sentences.
    pub rule: &'static str,
    /// What goes wrong otherwise: sentences.
    pub why: &'static str,
    /// An excerpt of a contract, of DDL or of an imported file that breaks it; may be empty.
    pub wrong: String,
    /// The excerpt mended; may be empty.
    pub right: String,
}

/// The page of a code; `None` for a number that isn't in the table of codes.
pub fn page(code: Code) -> Option<Page> {
    let (_, text) = FILES.iter().find(|(hundred, _)| *hundred == code.0 / 100)?;
    let name = code.to_string();
    let block = text.split("\n\n").find(|block| block.lines().next() == Some(&name))?;
    parse(code, block)
}

/// `None` where a page is not of the form, which the tests don't let be.
fn parse(code: Code, block: &'static str) -> Option<Page> {
    let mut lines = block.lines().skip(1);
    let rule = lines.next()?.strip_prefix("rule ")?;
    let why = lines.next()?.strip_prefix("why ")?;
    let mut page = Page { code, rule, why, wrong: String::new(), right: String::new() };
    let mut excerpt = None;
    for line in lines {
        match line {
            "wrong" if excerpt.is_none() => excerpt = Some(&mut page.wrong),
            "right" if excerpt.is_some() => excerpt = Some(&mut page.right),
            line => {
                let into = excerpt.as_mut()?;
                into.push_str(line.strip_prefix("    ")?);
                into.push('\n');
            }
        }
    }
    Some(page)
}

impl Page {
    /// What the code stands for, in one line.
    pub fn title(&self) -> &'static str {
        self.code.title().unwrap_or_default()
    }

    /// The page as plain text, its sentences in lines of at most `width` characters where words allow it.
    pub fn text(&self, width: usize) -> String {
        let mut text = format!("{}: {}\n\n", self.code, self.title());
        for sentences in [self.rule, self.why] {
            fill(&mut text, sentences, width);
            text.push('\n');
        }
        for (name, excerpt) in [("wrong", &self.wrong), ("right", &self.right)] {
            if !excerpt.is_empty() {
                text.push_str(name);
                text.push_str(":\n");
                for line in excerpt.lines() {
                    text.push_str("    ");
                    text.push_str(line);
                    text.push('\n');
                }
            }
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
        text
    }
}

/// Adds words, line by line.
fn fill(text: &mut String, words: &str, width: usize) {
    let mut used = 0;
    for word in words.split(' ') {
        let length = word.chars().count();
        if used > 0 && used + 1 + length > width {
            text.push('\n');
            used = 0;
        } else if used > 0 {
            text.push(' ');
            used += 1;
        }
        text.push_str(word);
        used += length;
    }
    text.push('\n');
}

/// The code that a text names, in any letter case and with or without what a report prints around it: `MG0430`, `mg430`,
/// `430`. `None` where the table of codes doesn't have it.
pub fn code(text: &str) -> Option<Code> {
    let text = text.trim();
    let digits = match text.get(..2) {
        Some(prefix) if prefix.eq_ignore_ascii_case("MG") => &text[2..],
        _ => text,
    };
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let code = Code(digits.parse().ok()?);
    code.title().map(|_| code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes;

    fn blocks() -> impl Iterator<Item = (u16, &'static str)> {
        FILES.iter().flat_map(|(hundred, text)| text.trim_end().split("\n\n").map(|block| (*hundred, block)))
    }

    #[test]
    fn every_code_has_a_page_of_the_form() {
        let mut missing = String::new();
        for info in codes::ALL {
            if page(info.code).is_none() {
                let Code(number) = info.code;
                missing += &format!(
                    "add to contracts/src/explain/mg{:02}.txt, in the order of the codes:\n\n{}\nrule What is \
                     demanded ({}).\nwhy What goes wrong otherwise: which data, which limit.\nwrong\n    an \
                     excerpt that breaks it (or leave out `wrong` and `right`)\nright\n    the same mended\n\n",
                    number / 100,
                    info.code,
                    info.title,
                );
            }
        }
        assert!(missing.is_empty(), "{missing}");
    }

    #[test]
    fn pages_are_of_codes_there_are_in_their_order_and_file() {
        let mut last = Code(0);
        for (hundred, block) in blocks() {
            let name = block.lines().next().unwrap_or_default();
            let code = code(name).unwrap_or_else(|| panic!("`{name}` is no code: remove its page"));
            assert_eq!(name, code.to_string());
            assert_eq!(code.0 / 100, hundred, "{code} is in another file");
            assert!(last < code, "{code} stands behind {last}");
            last = code;
        }
    }

    #[test]
    fn sentences_are_whole() {
        for page in codes::ALL.iter().filter_map(|info| page(info.code)) {
            for text in [page.rule, page.why] {
                let first = text.chars().next().unwrap_or_default();
                assert!(first.is_uppercase() || first == '`', "{}: {text}", page.code);
                assert!(text.ends_with(['.', ')']), "{}: {text}", page.code);
                assert!(!text.contains("  "), "{}: {text}", page.code);
            }
            assert!(page.why.len() >= 25, "{}: {}", page.code, page.why);
            assert!(page.right.is_empty() || page.wrong != page.right, "{}", page.code);
        }
    }

    /// Two codes with one reason have not been thought about.
    #[test]
    fn no_two_pages_demand_the_same() {
        let mut rules: Vec<&str> = codes::ALL.iter().filter_map(|info| Some(page(info.code)?.rule)).collect();
        rules.sort_unstable();
        let twice: Vec<&[&str]> = rules.windows(2).filter(|pair| pair[0] == pair[1]).collect();
        assert!(twice.is_empty(), "{twice:?}");
    }

    #[test]
    fn a_code_is_known_however_it_is_typed() {
        for text in ["MG0430", "mg0430", "430", " MG430 "] {
            assert_eq!(code(text), Some(codes::COLUMN_UNACCOUNTED), "{text}");
        }
        for text in ["MG9999", "MG", "", "430x", "99999999", "é430"] {
            assert_eq!(code(text), None, "{text}");
        }
    }

    #[test]
    fn a_page_is_plain_text_in_lines() {
        let text = page(codes::PATTERN_NAME).map(|page| page.text(60)).unwrap_or_default();
        insta::assert_snapshot!(text);
    }
}
