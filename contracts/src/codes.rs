//! Every diagnostic's stable code. A code is never reused for another meaning.
//!
//! | range | about |
//! | --- | --- |
//! | MG01xx | files, read and written, and their YAML |
//! | MG02xx | the language's shape: fields, kinds of values, names |
//! | MG03xx | texts of the source schema: columns and foreign keys |
//! | MG04xx | references and rules |
//! | MG06xx | reading DDL |
//! | MG07xx | design |

use std::fmt;

/// A stable code, printed as `MG0101`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub u16);

impl Code {
    /// What the code stands for, in one line; `None` for a number that isn't in the table.
    pub fn title(self) -> Option<&'static str> {
        ALL.iter().find(|info| info.code == self).map(|info| info.title)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MG{:04}", self.0)
    }
}

/// One row of the table of codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeInfo {
    /// The code.
    pub code: Code,
    /// The constant's name.
    pub name: &'static str,
    /// What it stands for, in one line.
    pub title: &'static str,
}

/// Makes a constant of each row, and the table itself.
macro_rules! codes {
    ($($number:literal $name:ident $title:literal,)*) => {
        $(
            #[doc = $title]
            pub const $name: Code = Code($number);
        )*

        /// The whole table, in the order of the numbers.
        pub const ALL: &[CodeInfo] = &[
            $(CodeInfo { code: $name, name: stringify!($name), title: $title },)*
        ];
    };
}

codes! {
    // MG01xx: files, read and written, and their YAML.
    101 YAML_SYNTAX "the file is not well-formed YAML",
    102 YAML_TAB "a tab is used for indentation",
    103 YAML_DUPLICATE_KEY "a map has the same key twice",
    104 YAML_ANCHOR "an anchor or an alias is used",
    105 YAML_TAG "a tag is used",
    106 YAML_MERGE_KEY "a merge key is used",
    107 YAML_COMPLEX_KEY "a map's key is a list or a map",
    108 YAML_DOCUMENTS "the file holds more than one document",
    109 YAML_EMPTY "the file says nothing",
    110 YAML_DEPTH "collections are nested too deeply",
    111 YAML_BOM "the file has a byte order mark",
    112 YAML_DIRECTIVE "a YAML directive is used",
    120 FILE_MISSING "there is no such file",
    121 FILE_IS_FOLDER "a folder was named where a file is needed",
    122 FILE_UNREADABLE "the file can't be read",
    123 FILE_BINARY "the file is not text",
    124 FILE_ENCODING "the file is not UTF-8",
    130 OUTPUT_EXISTS "the file to write is there already",
    131 OUTPUT_NOT_OURS "the output folder holds what wasn't generated",
    132 OUTPUT_FAILED "a file or folder can't be written",

    // MG02xx: the language's shape.
    201 UNKNOWN_FIELD "a field the language doesn't have",
    202 MISSING_FIELD "a field that must be there is not",
    203 WRONG_KIND "a value of another kind than the field takes",
    204 UNSUPPORTED_VERSION "a contract version this tool can't read",
    205 BAD_NAME "a name that can't be used",

    // MG03xx: texts of the source schema.
    301 COLUMN_TYPE "an unknown column type",
    302 COLUMN_TYPE_ARGUMENT "a column type's argument is missing or out of range",
    303 COLUMN_WORD "an unknown word in a column's text",
    304 COLUMN_COLLATION "a text column's collation is missing",
    305 COLUMN_OPTION "an option that doesn't go with the column's type",
    306 COLUMN_TWICE "a column's option is given twice or contradicts another",
    307 COLUMN_EXPRESSION "an SQL expression in a column's text can't be read",
    308 COLUMN_REDUNDANT "a word that a column's text doesn't take",
    309 FOREIGN_KEY_TEXT "a foreign key's text can't be read",
    310 NAME_LIST_TEXT "a list of names can't be read",

    // MG04xx: references and rules. Their rows go here, in the order of the numbers.

    // MG06xx: reading DDL. Their rows go here.

    // MG07xx: design. Their rows go here.
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_sorted() {
        for pair in ALL.windows(2) {
            assert!(pair[0].code < pair[1].code, "{} stands before {}", pair[0].code, pair[1].code);
        }
    }

    #[test]
    fn every_code_is_in_a_documented_range_and_has_a_title_in_the_house_style() {
        for info in ALL {
            assert!(matches!(info.code.0 / 100, 1..=4 | 6 | 7), "{} is in no range", info.code);
            let first = info.title.chars().next();
            assert!(
                first.is_some_and(|c| !c.is_uppercase() || info.title.starts_with("YAML")),
                "{}",
                info.title
            );
            assert!(!info.title.ends_with('.'), "{}", info.title);
        }
    }

    #[test]
    fn a_code_prints_with_four_digits_and_knows_its_title() {
        assert_eq!(YAML_TAB.to_string(), "MG0102");
        assert_eq!(YAML_TAB.title(), Some("a tab is used for indentation"));
        assert_eq!(Code(9999).title(), None);
    }
}
