//! Every diagnostic's stable code. A code is never reused for another meaning.
//!
//! | range | about |
//! | --- | --- |
//! | MG01xx | files, read and written, and their YAML |
//! | MG02xx | the language's shape: fields, kinds of values, names |
//! | MG03xx | texts of the source schema: columns, keys, foreign keys, triggers and other objects |
//! | MG04xx | references and rules |
//! | MG05xx | Rust: what generated code is like |
//! | MG06xx | reading DDL |
//! | MG07xx | design |
//! | MG08xx | what has changed: of the source, and between two contracts |
//! | MG09xx | importing other tools' files |
//! | MG10xx | what answers cost, and what MySQL did that phase 5 has to do without it |
//! | MG11xx | DynamoDB's tables as they are, and asking DynamoDB |

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
    107 YAML_COMPLEX_KEY "a map's key is not a plain text",
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
    125 FOLDER_EMPTY "a folder holds no file of the kind that is read",
    126 FOLDER_LOOP "a folder is inside itself, by a link",
    130 OUTPUT_EXISTS "the file to write is there already",
    131 OUTPUT_NOT_OURS "the output folder holds what wasn't generated",
    132 OUTPUT_FAILED "a file or folder can't be written",
    140 GIT_FAILED "git can't be asked",
    141 GIT_NO_REPOSITORY "the file is in no git repository",
    142 GIT_NO_COMMIT "git knows no such commit",
    143 GIT_NO_FILE "git has no such file at the commit",

    // MG02xx: the language's shape.
    201 UNKNOWN_FIELD "a field the language doesn't have",
    202 MISSING_FIELD "a field that must be there is not",
    203 WRONG_KIND "a value of another kind than the field takes",
    204 UNSUPPORTED_VERSION "a contract version this tool can't read",
    205 BAD_NAME "a name that can't be used",
    206 BAD_VALUE "a value outside what the field takes",
    207 LIST_LENGTH "a list with too few or too many elements",
    208 FIELDS_EXCLUDE "fields that can't stand together, or not alone",
    209 NOT_COMPILED "a word that nothing is made of yet",
    210 WORD_TEXT "a text of a form can't be read",
    211 NOT_POINTING "rows are asked for that don't point at the entity's rows",
    212 DERIVED_KEY "a key, or what an access pattern is given, is a value that is worked out",
    213 DERIVED_CLASH "an attribute that is no column as it is has another one's name",
    214 WHEN_NULL_VALUE "what stands for a missing value can't",
    215 MEMBER_CARRIED "a member of a map is carried elsewhere, too",
    216 UNKNOWN_UNIQUE "the MySQL table has no unique key of this name",
    217 RELATION "a relation is no join that a path can go through",
    220 ALLOW_NOTHING "an entry of `allow` allows nothing, or no longer",
    221 ALLOW_CODE "an entry of `allow` has a code that no warning has",
    222 ALLOW_UNTIL "an entry of `allow` ends on no day",
    223 ALLOW_AT "an entry of `allow` is about a place that isn't there",

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
    311 KEY_PART_TEXT "a part of a key can't be read",
    312 OBJECT_TEXT "what a trigger, view, routine or event touches can't be read",

    // MG04xx: references and rules.
    // Names and paths.
    401 UNKNOWN_SOURCE_TABLE "the source has no table of this name",
    402 UNKNOWN_COLUMN "the MySQL table has no column of this name",
    403 UNKNOWN_TABLE "the contract has no DynamoDB table of this name",
    404 UNKNOWN_ENTITY "the contract has no entity of this name",
    405 UNKNOWN_ATTRIBUTE "the entity has no attribute of this name",
    406 UNKNOWN_INDEX "the DynamoDB table has no index of this name",
    407 NOT_A_FOREIGN_KEY "a path goes through a column that is no foreign key",
    408 COMPOSITE_FOREIGN_KEY "a path goes through a foreign key of several columns",
    409 KEY_TEMPLATE "a key template's braces don't match",
    410 KEY_FORMAT "a key template asks for a format that doesn't exist",
    411 MISSING_KEY "an entity doesn't say how a key attribute is built",
    412 UNKNOWN_KEY "an entity builds a key attribute that its table doesn't have",
    413 REPEATED "a name stands twice where it can stand once",
    414 TTL_ATTRIBUTE "a table's `ttl` is no attribute that holds a number of seconds",
    415 CONSISTENT_INDEX "an index is to be read consistently",
    416 COPY_OF_OWN "a value of an entity's own row is called a copy",
    417 EXPRESSION "an expression has no exact answer here",
    418 DERIVED_NOT_CARRIED "a value is worked out of a column that no attribute carries",
    419 DERIVED_TYPE "a value can't be worked out of a column of this kind",
    // The source schema in itself.
    420 FOREIGN_KEY_TARGET "a foreign key points at a table or column that doesn't exist",
    421 FOREIGN_KEY_ARITY "a foreign key has more columns on one side than on the other",
    422 KEY_COLUMN "a key of a MySQL table has a column the table doesn't have",
    423 NULLABLE_PRIMARY_KEY "a primary key column may be NULL",
    424 JOIN_NOT_UNIQUE "a path follows a foreign key to columns that several rows may share",
    425 AUTO_INCREMENT_UNACCOUNTED "nothing is said to count up what MySQL counted up",
    426 ON_UPDATE_UNACCOUNTED "nothing is said to set what MySQL set when a row changed",
    427 GENERATED_UNACCOUNTED "nothing is said to work out what MySQL worked out",
    428 DROPPED_NEEDED "a dropped column has no value where a row is written",
    // Nothing is left behind in silence.
    430 COLUMN_UNACCOUNTED "a column is neither carried nor dropped",
    431 UNIQUE_UNACCOUNTED "a unique key is neither held by markers nor dropped with a reason",
    432 CHECK_UNACCOUNTED "a check is not dropped with a reason",
    433 FOREIGN_KEY_UNACCOUNTED "a foreign key is neither kept nor dropped with a reason",
    434 DROPPED_NOTHING "an entry of `dropped` names nothing",
    435 DROPPED_AND_CARRIED "a column, or a unique key, is carried and dropped",
    436 SOURCE_TABLE_UNUSED "a MySQL table is neither read by an entity nor dropped",
    437 DROPPED_TABLE "an entry of the contract's `dropped` names no table, or one an entity reads",
    438 ROWS_TWICE "two entities are made from the rows of one table",
    439 NO_PRIMARY_KEY "an entity's MySQL table has no primary key",
    440 PRIMARY_KEY_NOT_CARRIED "a primary key column is not carried by an attribute",
    441 CARRIED_TWICE "two attributes carry the same path",
    442 PRIMARY_KEY_PART "an entity's MySQL table has a primary key over the start of a column",
    443 FULLTEXT_UNACCOUNTED "a FULLTEXT index is not dropped with a reason",
    444 SPATIAL_UNACCOUNTED "a SPATIAL index is not dropped with a reason",
    445 TRIGGER_UNACCOUNTED "a trigger is not dropped with a reason",
    446 VIEW_UNACCOUNTED "a view is not dropped with a reason",
    447 ROUTINE_UNACCOUNTED "a procedure or function is not dropped with a reason",
    448 EVENT_UNACCOUNTED "an event is not dropped with a reason",
    449 REFERENCE_ON_UPDATE "a foreign key that is kept does something on update, which units of work don't do",
    // Attributes.
    450 ATTRIBUTE_CLASH "two attributes have the same name but for letter case",
    451 RESERVED_NAME "a name is reserved",
    452 SHADOWED_KEY "an attribute has the name of a key attribute that a template builds",
    453 ATTRIBUTE_TYPE "a DynamoDB type doesn't go with the column's type",
    454 NUMBER_TOO_WIDE "a DECIMAL has more digits than a DynamoDB number",
    455 SOURCE_TYPE "a column's type can't be carried yet",
    456 NULLABLE_SET "a set that may be NULL can't be of type SS",
    457 ZERO_DATES_TYPE "`zero_dates` on a column without dates",
    458 SECRET_UNMARKED "a column looks like a secret, and nothing says whether it is one",
    459 ITEM_SIZE "an item may be larger than DynamoDB takes",
    // Keys.
    460 KEY_NOT_CARRIED "a key template's value is not an attribute",
    461 KEY_NULLABLE "a table's key is made from a value that may be NULL",
    462 KEY_TYPE "a value of this type can't be in a key",
    463 KEY_UNTERMINATED "a value of variable length has nothing to end it",
    464 KEY_EMPTY "a table's key may be empty",
    465 KEY_COLLATION "a key is made from text whose collation holds different texts equal",
    466 KEY_FOLD "a value can't be folded",
    467 KEY_SIZE "a key may be larger than DynamoDB takes",
    468 KEY_NOT_UNIQUE "a table's key doesn't tell the entity's rows apart",
    469 INDEX_KEY_EMPTY "an index key may be empty",
    // What entities share.
    470 KEY_COLLISION "keys of two entities may be equal",
    471 NATURAL_TABLE_SHARED "two entities share a table whose keys are plain attributes",
    472 INDEX_MIXED "an index mixes the items of two entities",
    473 KEY_TYPE_CONFLICT "a key attribute has different types in two entities",
    474 INDEX_ATTRIBUTE_UNUSED "no entity has a key attribute of the index",
    475 NAME_CLASH "two entities, or their repositories, have the same name",
    476 INDEX_LIMIT "a table has more indexes, or includes more attributes in them, than DynamoDB takes",
    477 TABLE_UNUSED "no entity uses a DynamoDB table",
    478 MARKER_COLUMNS "a marker is not made of its unique key's columns, all of them and nothing else",
    479 INDEX_LACKS "an index doesn't hold what its access patterns answer with",
    // Access patterns.
    480 PATTERN_INDEX "an access pattern asks an index its entity is not in",
    481 PATTERN_KEY "an access pattern doesn't give the whole key it asks",
    482 PATTERN_BY "a list gives an attribute its key has no use for",
    483 PATTERN_NOT_UNIQUE "a get may have several answers",
    484 PATTERN_NO_TOTAL_ORDER "a list's order doesn't tell rows apart",
    485 PATTERN_ORDER "a list is ordered by values that don't sort alike in both stores",
    486 PATTERN_NAME "an access pattern's name is taken",
    487 PATTERN_SPARSE "an index may lack rows that MySQL answers with",
    488 PATTERN_COMPARES "an access pattern gives a value that the stores don't compare alike",
    // What surprises later.
    489 NO_REMEDY "nothing is said to answer what isn't served",
    490 KEY_MOVES "a table's key is made from a value that may change",
    491 STRICT_LAGS "a strict answer is made of what lags behind",
    492 RELATION_NOT_INDEXED "a relation starts at columns that no index of MySQL leads with",
    493 CAPACITY "a table's `capacity` and its `billing` don't go together",
    494 IDS_COLUMN "an entity hands out ids for a column that MySQL doesn't count up",
    495 IDS_TABLE "ids are counted in a table that is no table of counters",
    496 ENTITY_UNUSED "no access pattern asks for an entity",
    497 INDEX_UNUSED "no access pattern asks an index",
    498 REFERENCE_KEY "a foreign key can't be kept as it is",
    499 REFERENCE_COUNT "a foreign key is kept by what is no count of its rows",

    // MG05xx: Rust.
    // Texts.
    501 RUST_TYPE_TEXT "a Rust type can't be read",
    502 RUST_DERIVE_TEXT "a derive is not the path of a macro",
    503 RUST_ATTRIBUTE_TEXT "a Rust attribute can't be read",
    504 RUST_SCOPE "a Rust name is not in scope where the code is generated",
    505 RUST_ATTRIBUTE_RESERVED "a Rust attribute is generated code's own",
    // Rules.
    510 RUST_TYPE_UNUSED "an entry of `rust.types` is the type of no column",
    511 RUST_FIELD_CLASH "two fields of a struct have the same Rust name",
    512 RUST_TYPE_CLASH "two Rust types have the same name",
    513 RUST_ENUM_COLUMN "a Rust enum stands for a column that is no ENUM",
    514 RUST_ENUM_MEMBERS "two columns of one Rust enum have different members",
    515 RUST_DERIVE_TWICE "a derive stands twice in a list",

    // MG06xx: reading DDL.
    601 DDL_NOT_UNDERSTOOD "a statement was not understood, and what it creates is missing",
    602 DDL_NOT_APPLIED "a statement changes the schema and is not applied",
    603 DDL_NOT_TEXT "the file is not text, or not UTF-8",
    604 DDL_TABLE_TWICE "a table is created twice",
    605 DDL_TABLE_IGNORED "CREATE TABLE IF NOT EXISTS names a table that is there already",
    606 DDL_INLINE_REFERENCES "REFERENCES behind a column makes no foreign key on this server",
    608 DDL_UNKNOWN_TYPE "a column has a type that is not known",
    609 DDL_NO_TABLE "the file creates no table",
    610 DDL_OTHER_DATABASE "a foreign key into another database is left out",
    611 DDL_REFUSED "a statement can't have run on the schema as it was read",
    612 DDL_NO_SUCH_TABLE "a table that isn't there is dropped or renamed",
    613 DDL_SEVERAL_DATABASES "the tables are of several databases",
    614 DDL_TABLE_IN_TWO_DATABASES "two databases have a table of one name",
    620 DDL_OTHER_DIALECT "the file is a dump of another kind of database",
    621 DDL_GIVEN_UP "the rest of a file was not read, because it makes no sense",

    // MG07xx: design.
    701 DESIGN_NO_PRIMARY_KEY "a table without a primary key is dropped",
    702 DESIGN_PRIMARY_KEY "a table is dropped because its primary key can't be a key of DynamoDB",
    703 DESIGN_COLUMN_TYPE "a column is dropped because items can't carry its type",
    704 DESIGN_KEY_SIZE "an access pattern is not proposed because its key could be too long",
    705 DESIGN_LIST_ORDER "a list is not proposed because keys can't be in the order of the primary key",
    706 DESIGN_KEY_COLUMN "an access pattern is not proposed because a column can't be in a key",
    707 DESIGN_TOO_MANY_INDEXES "an access pattern is not proposed because the table has too many indexes already",
    708 DESIGN_SECOND_FOREIGN_KEY "a second foreign key on the same columns is left out",
    709 DESIGN_DANGLING_FOREIGN_KEY "a foreign key that points at nothing in the DDL is left out",
    710 DESIGN_TRIGGER "what a trigger does to rows is not done in DynamoDB",

    // MG08xx: what has changed.
    // The source.
    801 SOURCE_SERVER "the source is for another server",
    802 SOURCE_TABLE_ADDED "a table of the source is new",
    803 SOURCE_TABLE_REMOVED "a table of the source is gone",
    804 SOURCE_COLUMN_ADDED "a column of the source is new",
    805 SOURCE_COLUMN_REMOVED "a column of the source is gone",
    806 SOURCE_COLUMN_TYPE "the type of a column has changed",
    807 SOURCE_COLUMN_COLLATION "the collation of a column has changed",
    808 SOURCE_COLUMN_NULL "whether a column may be NULL has changed",
    809 SOURCE_COLUMN_DEFAULT "the default of a column has changed",
    810 SOURCE_COLUMN_COUNTS "whether a column counts by itself has changed",
    811 SOURCE_COLUMN_ON_UPDATE "what a column becomes with each update has changed",
    812 SOURCE_COLUMN_GENERATED "the expression of a generated column has changed",
    813 SOURCE_PRIMARY_KEY "a primary key has changed",
    814 SOURCE_UNIQUE_ADDED "a unique key is new",
    815 SOURCE_UNIQUE_REMOVED "a unique key is gone",
    816 SOURCE_UNIQUE "a unique key has changed",
    817 SOURCE_INDEX_ADDED "an index of the source is new",
    818 SOURCE_INDEX_REMOVED "an index of the source is gone",
    819 SOURCE_INDEX "an index of the source has changed",
    820 SOURCE_FOREIGN_KEY_ADDED "a foreign key is new",
    821 SOURCE_FOREIGN_KEY_REMOVED "a foreign key is gone",
    822 SOURCE_FOREIGN_KEY_TARGET "a foreign key points elsewhere",
    823 SOURCE_FOREIGN_KEY_ACTION "a foreign key does something else to rows",
    824 SOURCE_CHECK_ADDED "a check is new",
    825 SOURCE_CHECK_REMOVED "a check is gone",
    826 SOURCE_CHECK "a check has changed",
    827 SOURCE_TRIGGER_ADDED "a trigger is new",
    828 SOURCE_TRIGGER_REMOVED "a trigger is gone",
    829 SOURCE_TRIGGER "a trigger does something else",
    830 SOURCE_TRIGGER_ORDER "triggers fire in another order",
    831 SOURCE_VIEW_ADDED "a view is new",
    832 SOURCE_VIEW_REMOVED "a view is gone",
    833 SOURCE_VIEW "a view reads something else",
    834 SOURCE_ROUTINE_ADDED "a procedure or function is new",
    835 SOURCE_ROUTINE_REMOVED "a procedure or function is gone",
    836 SOURCE_ROUTINE "a procedure or function touches something else",
    837 SOURCE_EVENT_ADDED "an event is new",
    838 SOURCE_EVENT_REMOVED "an event is gone",
    839 SOURCE_EVENT "an event touches something else",
    // Between two contracts: what no plan is made of.
    840 WRITE_UNIT "what the application changes as one unit has changed",
    841 VOLUME "how much a source table holds has changed",
    842 WRITERS "others write a source table",
    843 TTL "when items expire has changed",
    844 BILLING "how a DynamoDB table is paid for has changed",
    845 RATE "how often something happens has changed",
    846 FRESHNESS "how old answers may be has changed",
    847 NOT_SERVED_OTHERWISE "what is said of a question that is not served has changed",
    848 STREAM "what the stream of a DynamoDB table says has changed",
    849 SAFEGUARDS "what guards a DynamoDB table against loss has changed",
    // Keys.
    850 KEY_TABLE "an entity's items lie in another table",
    851 KEY_BUILT "a key is built otherwise",
    852 KEY_FORM "the values in a key are written otherwise",
    853 TABLE_KEY "the key of a DynamoDB table has changed",
    854 MARKER_ADDED "items hold a unique key that none held before",
    855 MARKER_REMOVED "no items hold a unique key any more",
    // What is stored, and where markers are.
    856 ENTITY_ADDED "an entity is new",
    857 ENTITY_REMOVED "an entity is gone",
    858 ENTITY_ROWS "an entity is made from rows of another table",
    859 ATTRIBUTE_ADDED "an attribute is new",
    860 ATTRIBUTE_REMOVED "an attribute is gone",
    861 ATTRIBUTE_PATH "an attribute comes from elsewhere",
    862 ATTRIBUTE_TYPE_CHANGED "the DynamoDB type of an attribute has changed",
    863 ATTRIBUTE_FORM "the values of an attribute are written otherwise",
    864 ATTRIBUTE_ZERO_DATES "what happens to an attribute's zero dates has changed",
    865 ATTRIBUTE_ABSENT "whether an attribute may be absent has changed",
    866 ATTRIBUTE_INSIDE "what a map or a collection holds has changed",
    867 ATTRIBUTE_WHEN_NULL "what stands for NULL in an attribute has changed",
    868 ATTRIBUTE_COPY "when an attribute is copied has changed",
    869 ENTITY_FILTER "other rows become items",
    870 MARKER_KEY "the items that hold a unique key lie elsewhere",
    // What is asked.
    871 PATTERN_ADDED "an access pattern is new",
    872 PATTERN_REMOVED "an access pattern is gone",
    873 PATTERN_KIND "an access pattern gives another number of items",
    874 PATTERN_ASKED_BY "an access pattern is asked by something else",
    875 PATTERN_ASKED_OF "an access pattern is asked of something else",
    876 PATTERN_ORDER_CHANGED "a list is in another order",
    877 PATTERN_CURSOR "the page cursors of a list carry something else",
    878 PATTERN_PAGE "the pages of a list are of another size",
    879 IDS "new ids come from elsewhere",
    // Indexes.
    880 INDEX_REMOVED "an index is gone",
    881 INDEX_KEY "the key of an index has changed",
    882 INDEX_ENTERED "the items of an entity are in one more index",
    883 INDEX_LEFT "the items of an entity are no longer in an index",
    884 INDEX_PROJECTS "what an index holds of items has changed",
    885 REFERENCES "other foreign keys are kept",
    // Code.
    886 CONTRACT_NAME "the handle has another name",
    887 REPOSITORY_NAME "a repository has another name",
    888 STRUCT_NAME "a struct has another name",
    889 VISIBILITY "others see what is generated",
    890 STRUCT_DERIVES "a struct implements other traits",
    891 RUST_ATTRIBUTES "a struct or a field has other Rust attributes",
    892 FIELD_NAME "a field has another name",
    893 FIELD_TYPE "a field has another type",
    894 ENUM_MEMBERS "an enum has other members",
    895 CHECKS_MADE "other checks are made before a write",
    896 ATTRIBUTE_SECRET "whether an attribute's values are shown has changed",
    // Cost.
    897 TABLE_ADDED "a DynamoDB table is new",
    898 TABLE_REMOVED "a DynamoDB table is gone",
    899 INDEX_ADDED "an index is new",

    // MG09xx: importing other tools' files.
    // Their JSON.
    901 IMPORT_SYNTAX "the imported file is not JSON",
    902 IMPORT_DUPLICATE "an object of the imported file has a name twice",
    903 IMPORT_UNKNOWN_FIELD "a field that the imported format doesn't have",
    904 IMPORT_MISSING_FIELD "a field that the imported format needs is not there",
    905 IMPORT_WRONG_KIND "a value of another kind than the imported format takes",
    906 IMPORT_UNKNOWN_WORD "a word that the imported format doesn't have",
    907 IMPORT_DEPTH "the imported file nests values too deep",
    908 IMPORT_OWN_SCHEMA "the imported file doesn't meet the schema that its own format has",
    909 IMPORT_NOTHING "nothing of the imported file can be a contract",
    // What it names.
    910 IMPORT_UNKNOWN_TABLE "the imported file names a table that the DDL doesn't have",
    911 IMPORT_UNKNOWN_COLUMN "the imported file names a column that the DDL doesn't have",
    912 IMPORT_SQL "SQL in the imported file can't be used",
    913 IMPORT_OTHER_TABLE "an imported attribute is of another table than its entity, without a join",
    914 IMPORT_NAME "an imported name is changed, because contracts don't take it",
    915 IMPORT_CONTRADICTION "two parts of the imported file exclude each other",
    916 IMPORT_ENTITY "an imported entity is left out",
    // Keys.
    920 IMPORT_KEY_TEMPLATE "an imported template names what is no column",
    921 IMPORT_KEY_TWICE "an imported key is said twice, and differently",
    922 IMPORT_KEY_ATTRIBUTE "an imported key is no attribute",
    923 IMPORT_KEY_VALUE "an imported key or text is made of a value that no attribute carries",
    924 IMPORT_INDEX "an imported index is left out",
    925 IMPORT_COLLATION "an imported key takes text as it was typed, which MySQL doesn't",
    926 IMPORT_NUMBER_KEY "an imported key has numbers as text, which sort wrongly",
    927 IMPORT_KEY_WORKED_OUT "an imported key is worked out, which contracts refuse",
    // Joins.
    930 IMPORT_JOIN_KIND "an imported self-join leads into another table",
    931 IMPORT_JOIN_ALIAS "an imported join of a table to itself has no alias",
    932 IMPORT_JOIN_TAUTOLOGY "an imported join's condition is always true",
    933 IMPORT_JOIN_NO_FOREIGN_KEY "no foreign key says an imported join",
    934 IMPORT_JOIN_MANY "an imported join may find several rows",
    // Values.
    940 IMPORT_SAME_CALCULATION "two imported attributes are one calculation",
    941 IMPORT_ONE_LEVEL "an imported path has one level",
    942 IMPORT_ELSE_VALUE "an imported value may be a text or a column",
    943 IMPORT_JSON_TEXT "an imported list or map is of another type than it is built as",
    944 IMPORT_ORDER "the order of an imported list is not said",
    945 IMPORT_TYPE "an imported attribute is of a type that its value can't have",
    946 IMPORT_TIME_FORM "the form of imported times is not said",
    947 IMPORT_DATE_FORMAT "an imported format of dates can't be carried",
    948 IMPORT_TRANSFORMATION "an imported calculation or transformation can't be carried",
    949 IMPORT_TWICE "two imported attributes hold the same",
    // What isn't there.
    950 IMPORT_COLUMN_LOST "the imported file carries a column nowhere",
    951 IMPORT_TABLE_LOST "the imported file carries a table's rows nowhere",
    952 IMPORT_LABEL "an imported label is tied to no key",
    953 IMPORT_UNIQUE "the imported file doesn't keep a unique key",
    954 IMPORT_EMPTY_TEXT "an imported empty text stands for what isn't there",
    955 IMPORT_NEVER_NULL "an imported value stands for a NULL that there is never",

    // MG10xx: what answers cost, and phase 5.
    1001 HOT_PARTITION "items are spread over few partitions",
    1002 JOIN_UNREACHABLE "nothing but MySQL finds another row's value",
    1003 HOLDERS_UNLISTED "nothing but MySQL finds the copies of a value that changes",
    1004 WRITE_TOO_LARGE "changes are more than one transaction takes",
    1005 NO_WAY_BACK "rows that are made of items again lack something",
    1006 NOT_ADDED_UP "no write of a single row keeps a value",
    1007 LIST_GROWS "a list is written whole for each of its elements",
    1008 ROWS_UNKEPT "nothing but MySQL keeps a value that is worked out of other rows",

    // MG11xx: DynamoDB's tables as they are, and asking DynamoDB.
    // What differs.
    1101 TABLE_NOT_THERE "a table of the contract isn't there",
    1102 TABLE_NOT_ACTIVE "a table, or an index of it, can't be used",
    1103 TABLE_KEY_DIFFERS "a table has another key than in the contract",
    1104 TABLE_LOCAL_INDEX "a table has a local secondary index",
    1105 TABLE_INDEX_NOT_THERE "a table lacks an index of the contract",
    1106 TABLE_INDEX_UNKNOWN "a table has an index that the contract doesn't have",
    1107 TABLE_INDEX_KEY "an index has another key than in the contract",
    1108 TABLE_INDEX_PROJECTION "an index holds something else than in the contract",
    1109 TABLE_BILLING "a table is paid for otherwise than in the contract",
    1110 TABLE_TTL "items of a table expire otherwise than in the contract",
    1111 TABLE_STREAM "the stream of a table says something else than in the contract",
    1112 TABLE_RECOVERY "point-in-time recovery of a table is not as in the contract",
    1113 TABLE_PROTECTION "deletion protection of a table is not as in the contract",
    // What the engine lacks.
    1120 ENGINE_LACKS "the engine lacks something that the contract wants of a table",
    // Asking.
    1130 AWS_NO_REGION "no region is said",
    1131 AWS_NO_CREDENTIALS "no credentials were found",
    1132 AWS_CREDENTIALS "the credentials are not taken",
    1133 AWS_DENIED "the credentials don't allow what is to be done",
    1134 AWS_UNREACHABLE "DynamoDB can't be reached",
    1135 AWS_OTHER "what answers is no DynamoDB",
    1136 AWS_REFUSED "DynamoDB refused what it was asked",
    1137 AWS_NOT_READY "a table wasn't ready in time",
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
            assert!(matches!(info.code.0 / 100, 1..=11), "{} is in no range", info.code);
            // SQL words and names of formats are upper-case as a whole.
            let word = info.title.split(' ').next().unwrap_or_default();
            assert!(
                word.chars().skip(1).any(char::is_uppercase) || word == word.to_lowercase(),
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
