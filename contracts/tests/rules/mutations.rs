//! Small edits of the passing contract, each of which breaks one thing only.

use std::sync::Arc;

use migratable_contract::diagnostic::SourceFile;

/// The passing contract.
pub(crate) const LIBRARY: &str = include_str!("../../fixtures/library.yaml");

/// An edit, and what has to be said about it.
pub(crate) struct Mutation {
    /// What it is about; its snapshot's name.
    pub(crate) name: &'static str,
    /// The codes of what is found, in the order of their places.
    pub(crate) codes: &'static [u16],
    /// What is replaced, each once.
    pub(crate) edits: &'static [(&'static str, &'static str)],
}

impl Mutation {
    /// The edited contract.
    pub(crate) fn text(&self) -> String {
        self.edits.iter().fold(LIBRARY.to_owned(), |text, (from, to)| {
            assert_eq!(text.matches(from).count(), 1, "{}: `{from}` stands there once", self.name);
            text.replacen(from, to, 1)
        })
    }

    /// The edited contract as a file.
    pub(crate) fn file(&self) -> Arc<SourceFile> {
        SourceFile::new("contract.yaml", self.text())
    }
}

const fn edit(
    name: &'static str,
    codes: &'static [u16],
    edits: &'static [(&'static str, &'static str)],
) -> Mutation {
    Mutation { name, codes, edits }
}

/// Edits of the shape: what reading the nodes finds, and what the JSON Schema has to refuse, too.
pub(crate) const SHAPE: &[Mutation] = &[
    edit("unknown_field", &[201], &[("    repository: books\n", "    repository: books\n    dropd: { }\n")]),
    edit("unknown_field_far_off", &[201], &[("sort: [book_key] }", "sort: [book_key], xylophone: 1 }")]),
    edit("missing_field", &[202], &[("    repository: fines\n", "")]),
    edit("missing_field_of_the_file", &[202], &[("name: library\n", "")]),
    edit("neither_get_nor_list", &[202, 208], &[("{ get: [member_id] }", "{ index: ByEmail }")]),
    edit("text_for_a_list", &[203], &[("primary_key: [isbn]\n", "primary_key: isbn\n")]),
    edit("list_for_a_map", &[203], &[("columns: { line: text collate utf8mb4_bin }", "columns: [line]")]),
    edit("map_for_text", &[203], &[("sponsor: sponsor_id\n", "sponsor: { path: { a: b } }\n")]),
    edit("nothing_for_text", &[203], &[("rows: books", "rows:")]),
    edit("text_for_a_number", &[203], &[("page: 50", "page: \"50\"")]),
    edit("version", &[204], &[("contract: 1\n", "contract: 2\n")]),
    edit("entity_name", &[205, 404], &[("  Fine:\n", "  fine:\n")]),
    edit("attribute_name", &[205], &[("      cents: cents\n", "      full-cents: cents\n")]),
    edit("table_name", &[205, 205], &[("  Fines:\n", "  F!:\n"), ("table: Fines", "table: \"F!\"")]),
    edit("pattern_name", &[205], &[("Member.by_id:", "Member.ById:")]),
    edit("pattern_without_entity", &[205], &[("Member.by_id:", "by_id:")]),
    edit("choice", &[206], &[("zero_dates: keep", "zero_dates: kep")]),
    edit("choice_far_off", &[206], &[("as: BOOL", "as: boolean-ish")]),
    edit("page", &[206], &[("page: 100", "page: 1001")]),
    edit("empty_text", &[206], &[("rows: books", "rows: \"\"")]),
    edit(
        "too_many_keys",
        &[207],
        &[("sort: [lent_at, member]", "sort: [lent_at, member, isbn, title, state]")],
    ),
    edit("no_keys", &[207], &[("primary_key: [isbn]\n", "primary_key: []\n")]),
    edit("get_and_list", &[208], &[("{ get: [member_id] }", "{ get: [member_id], list: [member_id] }")]),
    edit("rate_without_unit", &[206], &[("rate: 30/s", "rate: 30")]),
    edit("change_of_nothing", &[206], &[("change Member]", "alter Member]")]),
    edit("remedy_without_reason", &[208], &[("consistent: true }", "consistent: true, remedy: a cache }")]),
    edit(
        "two_sources_of_a_value",
        &[208],
        &[("path: joined, zero_dates: keep", "path: joined, depth: sponsor_id, zero_dates: keep")],
    ),
    edit(
        "later_and_earlier",
        &[208],
        &[(
            "      points: points\n",
            "      points: points\n      later: { path: joined, plus: 1d, minus: 1d }\n",
        )],
    ),
    edit("order_of_no_list", &[208], &[("path: active, as: BOOL", "path: active, order: id")]),
    edit("billing_of_another_kind", &[206], &[("billing: on_demand", "billing: prepaid")]),
    edit(
        "capacity_of_nothing",
        &[202],
        &[("billing: on_demand", "billing: provisioned\n    capacity: { read: 10 }")],
    ),
    edit(
        "capacity_of_zero",
        &[206],
        &[("billing: on_demand", "billing: provisioned\n    capacity: { read: 0, write: 5 }")],
    ),
    edit("stream_of_another_kind", &[206], &[("billing: on_demand", "stream: all")]),
    edit(
        "project_of_a_word",
        &[203],
        &[("ByShelf: { partition: [shelf]", "ByShelf: { project: some, partition: [shelf]")],
    ),
    edit("page_of_a_get", &[208], &[("{ get: [member_id] }", "{ get: [member_id], page: 5 }")]),
    edit("type_and_enum", &[208], &[("{ enum: LoanState,", "{ enum: LoanState, type: crate::State,")]),
    edit("flag", &[206], &[("  serde: true\n", "  serde: yes\n")]),
    edit("flag_quoted", &[203], &[("  serde: true\n", "  serde: \"true\"\n")]),
    edit("visibility", &[206], &[("visibility: private", "visibility: pub(super)")]),
    edit("rust_type_name", &[205], &[("name: LateFee", "name: lateFee")]),
    edit("rust_field_name", &[205], &[("name: printed_on", "name: PrintedOn")]),
    edit("unknown_rust_field", &[201], &[("  serde: true\n", "  serdes: true\n")]),
    edit("list_of_types", &[203], &[("type: crate::PrintDay", "type: [crate::PrintDay]")]),
];

/// Edits of texts of the source: what is wrong stands inside a scalar.
pub(crate) const TEXTS: &[Mutation] = &[
    edit("rust_type", &[501], &[("type: crate::PrintDay", "type: \"crate::PrintDay<u8\"")]),
    edit("rust_type_of_a_column_type", &[501], &[("char(13): crate::Isbn", "char(13): \"&crate::Isbn\"")]),
    edit("rust_derive", &[502], &[("crate::Audited", "crate::Audited()")]),
    edit("rust_attribute", &[503], &[("[\"serde(default)\"]", "[\"#[serde(default)]\"]")]),
    edit("rust_attribute_unclosed", &[503], &[("[non_exhaustive]", "['doc = \"more']")]),
    edit("rust_scope", &[504], &[("type: crate::PrintDay", "type: PrintDay")]),
    edit("rust_scope_of_a_derive", &[504], &[("crate::Audited", "Serialize")]),
    edit("rust_attribute_reserved", &[505], &[("[non_exhaustive]", "[derive(Ord)]")]),
    edit(
        "column_type",
        &[301],
        &[(
            "email: varchar(100) collate utf8mb4_0900_ai_ci",
            "email: varcar(100) collate utf8mb4_0900_ai_ci",
        )],
    ),
    edit(
        "column_word_in_quotes",
        &[303],
        &[("joined: date\n", "joined: 'date default ''2020-01-01'' nul'\n")],
    ),
    edit(
        "foreign_key_action",
        &[309],
        &[(
            "loans(member_id, isbn, lent_at) on delete cascade",
            "loans(member_id, isbn, lent_at) on delete casade",
        )],
    ),
    edit("key_part_ascending", &[311], &[("shelf desc,", "shelf asc,")]),
    // What the entities ask of the key waits until it can be read.
    edit(
        "primary_key_part_text",
        &[311],
        &[("      primary_key: [isbn]\n", "      primary_key: [isbn 5]\n")],
    ),
    edit("unique_part_text", &[311], &[("unique: { email: [email] }", "unique: { email: [email!] }")]),
    edit("trigger_event", &[312], &[("after insert, writes", "after isnert, writes")]),
    edit("view_verb", &[312], &[("reads loans, books", "red loans, books")]),
];

/// Edits of names and paths.
pub(crate) const NAMES: &[Mutation] = &[
    edit(
        "distinct_of_no_column",
        &[402],
        &[("distinct: { member_id: 9000 }", "distinct: { members: 9000 }")],
    ),
    edit("write_of_no_entity", &[404], &[("change Member]", "change Membre]")]),
    edit("unknown_source_table", &[401], &[("rows: books", "rows: boks")]),
    edit("unknown_column", &[402], &[("      title: title\n", "      title: titel\n")]),
    edit(
        "unknown_column_behind_a_foreign_key",
        &[402],
        &[("borrower: member_id.full_name", "borrower: member_id.fullname")],
    ),
    edit(
        "unknown_column_in_a_key",
        &[402],
        &[("\"BOOK#{isbn:fold}\", book_key", "\"BOOK#{isbm:fold}\", book_key")],
    ),
    edit("unknown_table", &[403], &[("table: Books", "table: Boks")]),
    edit("unknown_entity", &[404], &[("Book.on_shelf", "Bok.on_shelf")]),
    edit("unknown_attribute", &[405], &[("{ list: [isbn], index: ByBook", "{ list: [ibsn], index: ByBook")]),
    edit("unknown_index", &[406], &[("index: ByShelf", "index: ByShelves")]),
    edit("not_a_foreign_key", &[407], &[("borrower: member_id.full_name", "borrower: state.full_name")]),
    edit(
        "composite_foreign_key",
        &[408],
        &[("      cents: cents\n", "      cents: cents\n      returned: member_id.returned_at\n")],
    ),
    edit("brace_not_closed", &[409], &[("member: \"{member_id}\"", "member: \"{member_id\"")]),
    edit("brace_not_opened", &[409], &[("SK: MEMBER,", "SK: \"MEMBER}\",")]),
    edit(
        "brace_in_a_name",
        &[409],
        &[
            ("        cents: int\n", "        \"ce{nts\": int\n"),
            ("      cents: cents\n", "      cents: \"ce{nts\"\n"),
            ("    partition: fine_id\n", "    partition: PK\n"),
            ("    repository: fines\n", "    repository: fines\n    key: { PK: \"FINE#{id}#{ce{nts}\" }\n"),
        ],
    ),
    edit("empty_braces", &[409], &[("SK: \"LOAN#{lent_at}#{isbn:fold}\"", "SK: \"LOAN#{lent_at}#{}\"")]),
    edit("key_format", &[410], &[("SK: \"LOAN#{lent_at}#", "SK: \"LOAN#{lent_at:%Q}#{lent_at}#")]),
    edit(
        "key_pattern_of_a_number",
        &[410],
        &[("\"MEMBER#{id}\", SK: MEMBER,", "\"MEMBER#{id:%Y}{id}\", SK: MEMBER,")],
    ),
    edit("key_width_of_a_moment", &[410], &[("SK: \"LOAN#{lent_at}#", "SK: \"LOAN#{lent_at:010}#")]),
    edit(
        "key_of_one_shard",
        &[410],
        &[("\"MEMBER#{id}\", SK: MEMBER,", "\"MEMBER#{shard(id, 1)}{id}\", SK: MEMBER,")],
    ),
    edit("missing_key", &[411], &[("{ PK: \"BOOK#{isbn:fold}\", book_key:", "{ book_key:")]),
    edit(
        "unknown_key",
        &[412],
        &[("{ PK: \"BOOK#{isbn:fold}\", book_key:", "{ PK: \"BOOK#{isbn:fold}\", BK: \"x\", book_key:")],
    ),
    edit("given_twice", &[413], &[("{ get: [member_id] }", "{ get: [member_id, member_id] }")]),
    edit(
        "foreign_keys_on_one_column",
        &[413],
        &[(
            "        isbn: books.isbn\n    fines",
            "        isbn: books.isbn\n        \"`isbn`\": books.isbn\n    fines",
        )],
    ),
    edit("index_column_twice", &[413], &[("by_start: [title(10),", "by_start: [title(10), title,")]),
    edit("key_column_twice", &[413], &[("primary_key: [isbn]\n", "primary_key: [isbn, isbn]\n")]),
];

/// Edits that break a rule.
pub(crate) const RULES: &[Mutation] = &[
    edit(
        "word_without_effect",
        &[209],
        &[("Member.by_id: { get: [member_id] }", "Member.by_id: { get: [member_id], consistent: false }")],
    ),
    edit(
        "projected_attribute",
        &[479, 405],
        &[("sort: [member_id], project: all", "sort: [member_id], project: [emial]")],
    ),
    edit(
        "index_without_an_attribute",
        &[479],
        &[("sort: [member_id], project: all", "sort: [member_id], project: [email, full_name]")],
    ),
    edit(
        "index_of_keys_alone",
        &[479],
        &[("sort: [member_id], project: all", "sort: [member_id], project: keys")],
    ),
    edit(
        "relation_to_itself",
        &[217],
        &[("relations:\n", "relations:\n  members.same: { to: members, on: { id: id } }\n")],
    ),
    edit(
        "relation_not_indexed",
        &[492],
        &[("relations:\n", "relations:\n  fines.same: { to: fines, on: { cents: id } }\n")],
    ),
    edit(
        "relation_called_as_a_column",
        &[217],
        &[
            ("  fines.loan: {", "  fines.note: {"),
            ("count: fines.loan }", "count: fines.note }"),
            ("path: loan.state,", "path: note.state,"),
        ],
    ),
    edit(
        "relation_by_nothing",
        &[217],
        &[("on: { member_id: member_id, isbn: isbn, lent_at: lent_at }", "on: { }")],
    ),
    edit("relation_from_nowhere", &[401], &[("  fines.loan: {", "  fine.loan: {")]),
    edit("relation_to_nowhere", &[401], &[("fines.loan: { to: loans,", "fines.loan: { to: loan,")]),
    edit(
        "relation_by_an_unknown_column",
        &[402],
        &[("isbn: isbn, lent_at: lent_at }", "isbn: isbm, lent_at: lent_at }")],
    ),
    edit(
        "relation_to_several_rows",
        &[1008, 424, 1002],
        &[("isbn: isbn, lent_at: lent_at }", "isbn: isbn }")],
    ),
    edit(
        "pattern_of_a_moment",
        &[210],
        &[(
            "      points: points\n",
            "      points: points\n      later: { path: joined, format: \"%Q\" }\n",
        )],
    ),
    edit(
        "rows_that_do_not_point",
        &[211],
        &[("      points: points\n", "      points: points\n      copies: { count: books.isbn }\n")],
    ),
    edit(
        "key_that_is_worked_out",
        &[212, 480],
        &[("BySponsor: { partition: [sponsor]", "BySponsor: { partition: [rank]")],
    ),
    edit("asked_by_what_is_worked_out", &[212], &[("{ get: [member_id] }", "{ get: [rank] }")]),
    edit(
        "derived_clash",
        &[213],
        &[("      points: points\n", "      points: points\n      Active: { depth: sponsor_id }\n")],
    ),
    edit(
        "derived_reserved_name",
        &[213],
        &[("      points: points\n", "      points: points\n      _rank: { depth: sponsor_id }\n")],
    ),
    edit(
        "when_null_of_own",
        &[214],
        &[("      full_name: full_name\n", "      full_name: { path: full_name, when_null: nobody }\n")],
    ),
    edit(
        "member_carried",
        &[215],
        &[("      points: points\n", "      points: points\n      names: { map: { full: full_name } }\n")],
    ),
    edit(
        "key_of_a_month",
        &[468],
        &[
            ("SK: \"LOAN#{lent_at}#", "SK: \"LOAN#{lent_at:%Y-%m}#"),
            ("  Loan.of_member: { list: [member_id] }\n", ""),
        ],
    ),
    edit(
        "list_by_a_part_of_a_value",
        &[482],
        &[
            ("member: \"{member_id}\" }", "member: \"{shard(member_id, 4)}\" }"),
            ("Loan.of_book: { list: [isbn]", "Loan.of_book: { list: [isbn, lent_at, member_id]"),
        ],
    ),
    edit(
        "ordered_by_a_part_of_a_value",
        &[485],
        &[("SK: \"LOAN#{lent_at}#", "SK: \"LOAN#{lent_at:%d.%m.%Y}#{lent_at}#")],
    ),
    edit("where_without_answer", &[417], &[("where: active = 1", "where: full_name regexp 'x'")]),
    edit(
        "text_of_what_is_not_carried",
        &[418],
        &[("      points: points\n", "      points: points\n      hint: { text: \"{secret}\" }\n")],
    ),
    edit(
        "moment_of_a_text",
        &[419],
        &[("      points: points\n", "      points: points\n      later: { path: email, plus: 1d }\n")],
    ),
    edit(
        "moment_without_zone",
        &[419],
        &[("      points: points\n", "      points: points\n      later: { path: joined, as: epoch }\n")],
    ),
    edit(
        "sum_of_texts",
        &[419],
        &[(
            "      points: points\n",
            "      points: points\n      all: { sum: members.sponsor_id, of: full_name }\n",
        )],
    ),
    edit(
        "elements_of_one_name",
        &[419],
        &[(
            "      points: points\n",
            "      points: points\n      held: { collect: loans.member_id, keyed_by: isbn, fields: { at: lent_at } }\n",
        )],
    ),
    edit("ttl_of_a_text", &[414], &[("ttl: gone_at", "ttl: isbn")]),
    edit("ttl_of_nothing", &[414], &[("ttl: gone_at", "ttl: going")]),
    edit("capacity_is_missing", &[493], &[("billing: on_demand", "billing: provisioned")]),
    edit(
        "capacity_by_request",
        &[493],
        &[("billing: on_demand", "billing: on_demand\n    capacity: { read: 10, write: 5 }")],
    ),
    edit(
        "capacity_without_billing",
        &[493],
        &[("    billing: on_demand", "    capacity: { read: 10, write: 5 }")],
    ),
    edit(
        "consistent_index",
        &[415],
        &[("{ get: [email], index: ByEmail }", "{ get: [email], index: ByEmail, consistent: true }")],
    ),
    edit("copy_of_own", &[416], &[("path: active, as: BOOL", "path: active, as: BOOL, copy: live")]),
    edit(
        "foreign_key_to_no_column_of_several",
        &[420],
        &[("loans(member_id, isbn, lent_at)", "loans(member_id, isbn, lend_at)")],
    ),
    edit(
        "foreign_key_to_no_table",
        &[420, 211],
        &[("isbn: books.isbn", "isbn: boks.isbn"), ("      title: isbn.title\n", "")],
    ),
    edit(
        "foreign_key_to_no_column",
        &[420, 1008],
        &[("isbn: books.isbn", "isbn: books.isbm"), ("      title: isbn.title\n", "")],
    ),
    edit(
        "foreign_key_arity",
        &[421],
        &[("\"loans(member_id, isbn, lent_at) on", "\"loans(member_id, isbn) on")],
    ),
    edit("key_column", &[422], &[("{ by_shelf: [shelf],", "{ by_shelf: [shelve],")]),
    edit(
        "nullable_primary_key",
        &[423],
        &[(
            "columns: { line: text collate utf8mb4_bin }",
            "columns: { line: varchar(9) collate utf8mb4_bin null }\n      primary_key: [line]",
        )],
    ),
    edit(
        "join_not_unique",
        &[424, 1002, 1008, 1008, 1008, 1002, 1002],
        &[("foreign_keys: { sponsor_id: members.id on", "foreign_keys: { sponsor_id: members.joined on")],
    ),
    edit(
        "auto_increment_unaccounted",
        &[425],
        &[("      auto_increment id: the counter of the front desk\n", "")],
    ),
    edit(
        "on_update_unaccounted",
        &[426],
        &[(
            "returned_at: datetime(3) null\n",
            "returned_at: datetime(3) null on update current_timestamp(3)\n",
        )],
    ),
    edit(
        "generated_unaccounted",
        &[427],
        &[("        cents: int\n", "        cents: int generated (100 * member_id)\n")],
    ),
    edit("dropped_needed", &[428], &[("map: other(point) default (point(0, 0))\n", "map: other(point)\n")]),
    edit(
        "column_unaccounted",
        &[430],
        &[
            ("      shelf: shelf\n", ""),
            ("    indexes:\n      ByShelf: { partition: [shelf], sort: [book_key] }\n", ""),
            (", book_key: \"BOOK#{isbn:fold}\" }", " }"),
            (
                "  Book.on_shelf: { list: [shelf], index: ByShelf, page: 100 }\n",
                "  Book.by_isbn: { get: [isbn] }\n",
            ),
        ],
    ),
    edit(
        "unique_unaccounted",
        &[431],
        &[("    unique: { email: { PK: \"UNIQUE#{email:fold}\", SK: EMAIL } }\n", "")],
    ),
    edit(
        "unique_held_and_dropped",
        &[435],
        &[("      auto_increment id:", "      unique email: nobody cares\n      auto_increment id:")],
    ),
    edit("marker_of_no_key", &[431, 216], &[("unique: { email: { PK", "unique: { mail: { PK")]),
    edit("marker_without_sort_key", &[411], &[("{email:fold}\", SK: EMAIL } }", "{email:fold}\" } }")]),
    edit("marker_of_another_key", &[412], &[("SK: EMAIL } }", "SK: EMAIL, SKY: x } }")]),
    edit("marker_not_folded", &[465], &[("PK: \"UNIQUE#{email:fold}\"", "PK: \"UNIQUE#{email}\"")]),
    edit(
        "marker_meets_items",
        &[470],
        &[("\"UNIQUE#{email:fold}\", SK: EMAIL", "\"MEMBER#{email:fold}\", SK: MEMBER")],
    ),
    edit(
        "marker_in_an_index",
        &[472, 497],
        &[
            ("      BySponsor:", "      Inverted: { partition: [SK] }\n      BySponsor:"),
            ("SK: EMAIL } }", "SK: MEMBER } }"),
        ],
    ),
    edit(
        "marker_without_columns",
        &[478],
        &[("PK: \"UNIQUE#{email:fold}\"", "PK: \"UNIQUE#{shard(email, 8)}\"")],
    ),
    edit(
        "marker_with_other_columns",
        &[478],
        &[("PK: \"UNIQUE#{email:fold}\"", "PK: \"UNIQUE#{email:fold}#{full_name}\"")],
    ),
    edit(
        "marker_of_the_start_of_a_column",
        &[478],
        &[
            ("unique: { email: [email] }", "unique: { email: [email(10)] }"),
            ("Member.by_email: { get:", "Member.by_email: { list:"),
            ("ByEmail: { partition: [email_key] }", "ByEmail: { partition: [email_key], sort: [member_id] }"),
        ],
    ),
    edit("check_unaccounted", &[432], &[("      check paid: the application checks it, too\n", "")]),
    edit(
        "foreign_key_unaccounted",
        &[433],
        &[("      foreign key member_id, isbn, lent_at: DynamoDB does not enforce it\n", "")],
    ),
    edit(
        "dropped_nothing",
        &[434],
        &[("      note: free text", "      nots: free text\n      note: free text")],
    ),
    edit(
        "dropped_no_trigger",
        &[434],
        &[("      note: free text", "      trigger gone: no\n      note: free text")],
    ),
    edit("prefix_of_no_column", &[422], &[("by_start: [title(10),", "by_start: [titel(10),")]),
    edit("search_of_no_column", &[422], &[("words: [title]", "words: [titel]")]),
    edit("place_of_no_column", &[422], &[("place: [map]", "place: [mep]")]),
    edit(
        "dropped_and_carried",
        &[435],
        &[("      note: free text", "      cents: no\n      note: free text")],
    ),
    edit("source_table_unused", &[436], &[("  import_log: a log of the last import\n", "")]),
    edit(
        "dropped_no_table",
        &[437],
        &[("dropped:\n  import_log:", "dropped:\n  import_logs: no\n  import_log:")],
    ),
    edit(
        "dropped_no_view",
        &[437],
        &[("dropped:\n  import_log:", "dropped:\n  view late: no\n  import_log:")],
    ),
    edit(
        "dropped_table_in_use",
        &[437],
        &[("dropped:\n  import_log:", "dropped:\n  books: no\n  import_log:")],
    ),
    edit(
        "rows_twice",
        &[438],
        &[
            (
                "access_patterns:\n",
                "  Penalty:\n    table: Penalties\n    rows: fines\n    repository: penalties\n    attributes: { penalty_id: id }\naccess_patterns:\n  Penalty.by_id: { get: [penalty_id] }\n",
            ),
            ("entities:\n", "  Penalties: { partition: penalty_id }\nentities:\n"),
        ],
    ),
    edit(
        "no_primary_key",
        &[439],
        &[("      primary_key: [id]\n      foreign_keys: { \"m", "      foreign_keys: { \"m")],
    ),
    edit(
        "primary_key_not_carried",
        &[440],
        &[
            (
                "primary_key: [id]\n      foreign_keys: { \"m",
                "primary_key: [id, cents]\n      unique: { id: [id] }\n      foreign_keys: { \"m",
            ),
            ("      cents: cents\n", ""),
            ("      note: free text", "      unique id: DynamoDB does not enforce it\n      note: free text"),
        ],
    ),
    edit(
        "primary_key_part",
        &[442],
        &[(
            "primary_key: [id]\n      foreign_keys: { \"m",
            "primary_key: [id(2)]\n      foreign_keys: { \"m",
        )],
    ),
    edit(
        "fulltext_unaccounted",
        &[443],
        &[("      fulltext words: the catalogue has a search engine of its own\n", "")],
    ),
    edit("spatial_unaccounted", &[444], &[("      spatial place: the map is on paper\n", "")]),
    edit("trigger_unaccounted", &[445], &[("      trigger welcome: the application writes the log\n", "")]),
    edit("view_unaccounted", &[446], &[("  view lent: only the old reports read it\n", "")]),
    edit("procedure_unaccounted", &[447], &[("  procedure close: the application closes loans\n", "")]),
    edit("function_unaccounted", &[447], &[("  function cents_of: only `close` calls it\n", "")]),
    edit("event_unaccounted", &[448], &[("  event nightly: a scheduled task of the application\n", "")]),
    edit("carried_twice", &[441], &[("      cents: cents\n", "      cents: cents\n      amount: cents\n")]),
    edit("attribute_clash", &[450], &[("      joined: {", "      Email: sponsor_id.email\n      joined: {")]),
    edit("reserved_name", &[451], &[("      cents: cents\n", "      _cents: cents\n")]),
    edit("shadowed_key", &[452], &[("      price: price\n", "      book_key: price\n")]),
    edit("attribute_type", &[453], &[("      price: price\n", "      price: { path: price, as: B }\n")]),
    edit(
        "attribute_type_only_one",
        &[453],
        &[("      title: title\n", "      title: { path: title, as: N }\n")],
    ),
    edit(
        "secret_unmarked",
        &[458],
        &[
            ("      secret: it stays with the login service\n", ""),
            (
                "      active: { path: active, as: BOOL }\n",
                "      active: { path: active, as: BOOL }\n      secret: secret\n",
            ),
        ],
    ),
    edit(
        "item_of_rows_without_end",
        &[459],
        &[("      items over 400 KB: more of them than one item holds have never been seen\n", "")],
    ),
    edit("item_size", &[459], &[("        cents: int\n", "        cents: longtext collate utf8mb4_bin\n")]),
    edit("number_too_wide", &[454], &[("      weight: weight\n", "      weight: { path: weight, as: N }\n")]),
    edit(
        "source_type",
        &[455],
        &[
            ("      topics: {", "      map: map\n      topics: {"),
            (
                "      map: nobody has looked at it for years\n      way back: new books are drawn on the map at (0, 0)\n",
                "",
            ),
        ],
    ),
    edit(
        "nullable_set",
        &[456],
        &[(
            "topics: set('art','law','war') collate utf8mb4_bin",
            "topics: set('art','law','war') collate utf8mb4_bin null",
        )],
    ),
    edit(
        "zero_dates_type",
        &[457],
        &[("      price: price\n", "      price: { path: price, zero_dates: keep }\n")],
    ),
    edit(
        "key_not_carried",
        &[460],
        &[("book_key: \"BOOK#{isbn:fold}\" }", "book_key: \"BOOK#{map}#{isbn:fold}\" }")],
    ),
    edit(
        "key_nullable",
        &[461],
        &[
            ("        cents: int\n", "        cents: int null\n"),
            ("    partition: fine_id\n", "    partition: fine_id\n    sort: cents\n"),
            ("{ get: [fine_id] }", "{ get: [fine_id, cents] }"),
        ],
    ),
    edit("key_of_float", &[462], &[("shelf: smallint", "shelf: double")]),
    edit(
        "key_of_flag",
        &[462, 1001],
        &[
            ("shelf: smallint", "shelf: tinyint(1)"),
            ("      shelf: shelf\n", "      shelf: { path: shelf, as: BOOL }\n"),
        ],
    ),
    edit(
        "key_unterminated",
        &[463],
        &[("SK: \"LOAN#{lent_at}#{isbn:fold}\"", "SK: \"LOAN#{isbn:fold}{lent_at}\"")],
    ),
    edit(
        "key_unterminated_by_another_literal",
        &[463],
        &[("SK: \"LOAN#{lent_at}#{isbn:fold}\"", "SK: \"LOAN#{isbn:fold}/{lent_at}\"")],
    ),
    edit(
        "key_empty",
        &[464],
        &[("{ PK: \"BOOK#{isbn:fold}\", book_key:", "{ PK: \"{isbn:fold}\", book_key:")],
    ),
    edit("key_collation", &[465], &[("email_key: \"EMAIL#{email:fold}\"", "email_key: \"EMAIL#{email}\"")]),
    edit(
        "key_collation_of_an_attribute",
        &[465, 469],
        &[
            ("ByEmail: { partition: [email_key] }", "ByEmail: { partition: [email] }"),
            (", email_key: \"EMAIL#{email:fold}\" }", " }"),
        ],
    ),
    edit(
        "key_collation_unknown",
        &[465, 466],
        &[
            ("email_key: \"EMAIL#{email:fold}\"", "email_key: \"EMAIL#{email}\""),
            (
                "email: varchar(100) collate utf8mb4_0900_ai_ci",
                "email: varchar(100) collate utf8mb4_da_0900_ai_ci",
            ),
        ],
    ),
    edit(
        "key_collation_of_a_member_asked_for",
        &[1003, 1003, 465, 1003],
        &[
            ("book: \"BOOK#{isbn:fold}\",", "book: \"BOOK#{isbn:fold}#{state}\","),
            ("{ list: [isbn], index: ByBook", "{ list: [isbn, state], index: ByBook"),
        ],
    ),
    edit("fold_of_a_number", &[466], &[("member: \"{member_id}\"", "member: \"{member_id:fold}\"")]),
    edit(
        "fold_of_an_unknown_collation",
        &[466, 466],
        &[(
            "email: varchar(100) collate utf8mb4_0900_ai_ci",
            "email: varchar(100) collate utf8mb4_da_0900_ai_ci",
        )],
    ),
    edit(
        "key_size",
        &[467, 467],
        &[(
            "email: varchar(100) collate utf8mb4_0900_ai_ci",
            "email: varchar(600) collate utf8mb4_0900_ai_ci",
        )],
    ),
    edit(
        "sort_key_size",
        &[467],
        &[
            ("title: varchar(200) collate utf8mb4_0900_bin", "title: varchar(260) collate utf8mb4_0900_bin"),
            ("book_key: \"BOOK#{isbn:fold}\" }", "book_key: \"BOOK#{title}#{isbn:fold}\" }"),
        ],
    ),
    edit(
        "key_not_unique",
        &[468],
        &[
            ("SK: \"LOAN#{lent_at}#{isbn:fold}\"", "SK: \"LOAN#{lent_at}\""),
            ("  Loan.of_member: { list: [member_id] }\n", ""),
        ],
    ),
    edit("index_key_empty", &[469], &[("email_key: \"EMAIL#{email:fold}\"", "email_key: \"{email:fold}\"")]),
    edit("key_collision", &[470], &[("SK: MEMBER,", "SK: \"LOAN#of\",")]),
    edit(
        "natural_table_shared",
        &[471],
        &[
            (
                "columns: { line: text collate utf8mb4_bin }",
                "columns: { id: bigint, line: text collate utf8mb4_bin }\n      primary_key: [id]",
            ),
            (
                "access_patterns:\n",
                "  Import:\n    table: Fines\n    rows: import_log\n    repository: imports\n    attributes: { fine_id: id, line: line }\naccess_patterns:\n  Import.by_id: { get: [fine_id] }\n",
            ),
            ("  import_log: a log of the last import\n", ""),
        ],
    ),
    edit(
        "index_mixed",
        &[472],
        &[
            ("      ByBook:", "      ByName: { partition: [name_key], sort: [member_id] }\n      ByBook:"),
            (
                "  Member.of_sponsor:",
                "  Member.named: { list: [full_name], index: ByName }\n  Member.of_sponsor:",
            ),
            ("SK: MEMBER,", "SK: MEMBER, name_key: \"NAME#{full_name}\","),
            (
                "member: \"{member_id}\" }",
                "member: \"{member_id}\", name_key: \"NAME#{member_id.full_name}\" }",
            ),
        ],
    ),
    edit(
        "key_type_conflict",
        &[473],
        &[
            ("        joined: date\n", "        joined: date\n        rank: int\n"),
            ("      sponsor: sponsor_id\n", "      sponsor: sponsor_id\n      member: rank\n"),
        ],
    ),
    edit(
        "index_attribute_unused",
        &[474],
        &[
            ("ByEmail: { partition: [email_key] }", "ByEmail: { partition: [email_key], sort: [phone] }"),
            ("  Member.by_email: { get: [email], index: ByEmail }\n", ""),
        ],
    ),
    edit("repository_clash", &[475], &[("repository: fines", "repository: loans")]),
    edit("entity_clash", &[475], &[("  Fine:\n", "  BOOK:\n"), ("  Fine.by_id:", "  BOOK.by_id:")]),
    edit(
        "index_limit",
        &[476],
        &[
            (
                "    partition: fine_id\n",
                "    partition: fine_id\n    indexes:\n      I01: { partition: [fine_id] }\n      I02: { partition: [fine_id] }\n      I03: { partition: [fine_id] }\n      I04: { partition: [fine_id] }\n      I05: { partition: [fine_id] }\n      I06: { partition: [fine_id] }\n      I07: { partition: [fine_id] }\n      I08: { partition: [fine_id] }\n      I09: { partition: [fine_id] }\n      I10: { partition: [fine_id] }\n      I11: { partition: [fine_id] }\n      I12: { partition: [fine_id] }\n      I13: { partition: [fine_id] }\n      I14: { partition: [fine_id] }\n      I15: { partition: [fine_id] }\n      I16: { partition: [fine_id] }\n      I17: { partition: [fine_id] }\n      I18: { partition: [fine_id] }\n      I19: { partition: [fine_id] }\n      I20: { partition: [fine_id] }\n      I21: { partition: [fine_id] }\n",
            ),
            (
                "  Fine.by_id: {",
                "  Fine.i01: { get: [fine_id], index: I01 }\n  Fine.i02: { get: [fine_id], index: I02 }\n  Fine.i03: { get: [fine_id], index: I03 }\n  Fine.i04: { get: [fine_id], index: I04 }\n  Fine.i05: { get: [fine_id], index: I05 }\n  Fine.i06: { get: [fine_id], index: I06 }\n  Fine.i07: { get: [fine_id], index: I07 }\n  Fine.i08: { get: [fine_id], index: I08 }\n  Fine.i09: { get: [fine_id], index: I09 }\n  Fine.i10: { get: [fine_id], index: I10 }\n  Fine.i11: { get: [fine_id], index: I11 }\n  Fine.i12: { get: [fine_id], index: I12 }\n  Fine.i13: { get: [fine_id], index: I13 }\n  Fine.i14: { get: [fine_id], index: I14 }\n  Fine.i15: { get: [fine_id], index: I15 }\n  Fine.i16: { get: [fine_id], index: I16 }\n  Fine.i17: { get: [fine_id], index: I17 }\n  Fine.i18: { get: [fine_id], index: I18 }\n  Fine.i19: { get: [fine_id], index: I19 }\n  Fine.i20: { get: [fine_id], index: I20 }\n  Fine.i21: { get: [fine_id], index: I21 }\n  Fine.by_id: {",
            ),
        ],
    ),
    edit("table_unused", &[477], &[("entities:\n", "  Spare: { partition: PK }\nentities:\n")]),
    edit(
        "pattern_index",
        &[480],
        &[(
            "Member.by_email: { get: [email], index: ByEmail }",
            "Member.by_email: { get: [email], index: ByEmail }\n  Member.by_book: { get: [email], index: ByBook }",
        )],
    ),
    edit(
        "get_without_the_whole_key",
        &[481],
        &[("Loan.of_member: { list: [member_id] }", "Loan.of_member: { get: [member_id] }")],
    ),
    edit(
        "list_without_the_partition_key",
        &[481],
        &[(
            "Loan.of_book: { list: [isbn], index: ByBook, page: 50 }",
            "Loan.of_book: { list: [lent_at], index: ByBook, page: 50 }",
        )],
    ),
    edit(
        "given_but_not_in_the_key",
        &[482],
        &[("{ list: [shelf], index: ByShelf", "{ list: [shelf, price], index: ByShelf")],
    ),
    edit(
        "given_but_not_leading",
        &[482],
        &[("{ list: [isbn], index: ByBook", "{ list: [isbn, member_id], index: ByBook")],
    ),
    // Whoever has the start of an address, or what an expression makes of one, has not the address.
    edit(
        "unique_start",
        &[483],
        &[
            ("unique: { email: [email] }", "unique: { email: [email(10)] }"),
            ("    unique: { email: { PK: \"UNIQUE#{email:fold}\", SK: EMAIL } }\n", ""),
            ("      auto_increment id:", "      unique email: nobody cares\n      auto_increment id:"),
        ],
    ),
    edit(
        "unique_expression",
        &[483],
        &[
            ("unique: { email: [email] }", "unique: { email: [(lower(email))] }"),
            ("    unique: { email: { PK: \"UNIQUE#{email:fold}\", SK: EMAIL } }\n", ""),
            ("      auto_increment id:", "      unique email: nobody cares\n      auto_increment id:"),
        ],
    ),
    edit(
        "get_not_unique",
        &[483],
        &[(
            "Book.on_shelf: { list: [shelf], index: ByShelf, page: 100 }",
            "Book.on_shelf: { get: [shelf], index: ByShelf }",
        )],
    ),
    edit(
        "no_total_order",
        &[484],
        &[
            (
                "ByBook: { partition: [book], sort: [lent_at, member] }",
                "ByBook: { partition: [book], sort: [lent_at] }",
            ),
            (", member: \"{member_id}\" }", " }"),
        ],
    ),
    edit(
        "ordered_by_folded_text",
        &[485],
        &[(
            "isbn: char(13) collate ascii_bin\n        title",
            "isbn: char(13) collate ascii_general_ci\n        title",
        )],
    ),
    edit(
        "ordered_by_number_as_text",
        &[485],
        &[
            (
                "ByShelf: { partition: [shelf], sort: [book_key] }",
                "ByShelf: { partition: [shelf], sort: [price, book_key] }",
            ),
            ("      price: price\n", "      price: { path: price, as: S }\n"),
        ],
    ),
    edit("pattern_called_get", &[486], &[("Member.by_id:", "Member.get:")]),
    edit(
        "sparse",
        &[487],
        &[(
            "ByShelf: { partition: [shelf], sort: [book_key] }",
            "ByShelf: { partition: [shelf], sort: [printed, book_key] }",
        )],
    ),
    edit(
        "compared_otherwise",
        &[488],
        &[(
            "Member.by_id: { get: [member_id] }",
            "Member.by_id: { get: [member_id] }\n  Book.about: { get: [isbn, topics] }",
        )],
    ),
    edit("no_remedy", &[489], &[(", remedy: the catalogue's search engine", "")]),
    edit(
        "key_moves",
        &[490],
        &[
            ("    partition: fine_id\n", "    partition: fine_id\n    sort: cents\n"),
            ("{ get: [fine_id] }", "{ get: [fine_id, cents] }"),
        ],
    ),
    edit(
        "strict_index",
        &[491],
        &[("index: ByShelf, page: 100", "index: ByShelf, page: 100, freshness: strict")],
    ),
    edit(
        "strict_copy",
        &[491],
        &[(
            "Loan.of_member: { list: [member_id] }",
            "Loan.of_member: { list: [member_id], freshness: strict }",
        )],
    ),
    edit(
        "allow_nothing",
        &[220],
        &[("name: library\n", "name: library\nallow: [{ code: MG0497, reason: none is there }]\n")],
    ),
    edit(
        "allow_code",
        &[221],
        &[("name: library\n", "name: library\nallow: [{ code: MG0999, reason: none has it }]\n")],
    ),
    edit(
        "allow_until",
        &[222],
        &[("name: library\n", "name: library\nallow: [{ code: MG0497, reason: a day, until: soon }]\n")],
    ),
    edit(
        "allow_at",
        &[223],
        &[(
            "name: library\n",
            "name: library\nallow: [{ code: MG0497, reason: a place, at: entities.Membre }]\n",
        )],
    ),
    edit("ids_not_counted", &[494], &[("        id: bigint auto_increment\n", "        id: bigint\n")]),
    edit(
        "ids_of_another_column",
        &[425, 494],
        &[("ids: { id: { table: Counters", "ids: { cents: { table: Counters")],
    ),
    edit(
        "ids_of_fractions",
        &[494, 462],
        &[("        id: bigint auto_increment\n", "        id: double auto_increment\n")],
    ),
    edit(
        "ids_of_no_column",
        &[425, 494],
        &[("ids: { id: { table: Counters", "ids: { number: { table: Counters")],
    ),
    edit("ids_with_items", &[477, 495], &[("{ table: Counters, block: 10 }", "{ table: Fines, block: 10 }")]),
    edit("ids_nowhere", &[477, 495], &[("{ table: Counters, block: 10 }", "{ table: Counter, block: 10 }")]),
    edit(
        "ids_with_sort",
        &[495],
        &[("    partition: counter\n", "    partition: counter\n    sort: year\n")],
    ),
    edit(
        "ids_twice",
        &[435],
        &[("      note: free text that", "      auto_increment id: by hand\n      note: free text that")],
    ),
    edit("reference_of_no_key", &[433, 498], &[("{ isbn: Book.lent }", "{ lent_at: Book.lent }")]),
    edit("reference_to_no_attribute", &[498], &[("{ isbn: Book.lent }", "{ isbn: lent }")]),
    edit(
        "reference_not_carried",
        &[1008, 498, 428],
        &[
            (
                "    ids: { id: { table",
                "    references: { \"member_id, isbn, lent_at\": Loan.fines }\n    ids: { id: { table",
            ),
            ("      lent_at: lent_at\n      cents", "      cents"),
            (
                "      foreign key member_id, isbn, lent_at: DynamoDB does not enforce it\n",
                "      lent_at: the loan has it\n",
            ),
        ],
    ),
    edit(
        "reference_of_some_rows",
        &[498, 1005],
        &[("    rows: loans\n", "    rows: loans\n    where: state = 'out'\n")],
    ),
    edit(
        "reference_set_default",
        &[498],
        &[("isbn: books.isbn\n", "isbn: books.isbn on delete set default\n")],
    ),
    edit(
        "reference_unlisted",
        &[498],
        &[
            (
                "    ids: { id: { table",
                "    references: { \"member_id, isbn, lent_at\": Loan.fines }\n    ids: { id: { table",
            ),
            ("      foreign key member_id, isbn, lent_at: DynamoDB does not enforce it\n", ""),
        ],
    ),
    edit(
        "reference_on_update",
        &[449],
        &[
            (
                "    ids: { id: { table",
                "    references: { \"member_id, isbn, lent_at\": Loan.fines }\n    ids: { id: { table",
            ),
            ("      foreign key member_id, isbn, lent_at: DynamoDB does not enforce it\n", ""),
            ("lent_at) on delete cascade", "lent_at) on update cascade"),
        ],
    ),
    edit("reference_to_no_entity", &[499], &[("{ isbn: Book.lent }", "{ isbn: Books.lent }")]),
    edit("reference_to_another_entity", &[499], &[("{ isbn: Book.lent }", "{ isbn: Member.open_loans }")]),
    edit("reference_to_no_count", &[499], &[("{ isbn: Book.lent }", "{ isbn: Book.price }")]),
    edit(
        "reference_to_some_rows",
        &[499],
        &[("lent: { count: loans.isbn }", "lent: { count: loans.isbn, where: state = 'out' }")],
    ),
    edit(
        "reference_to_rows_left_out",
        &[499],
        &[("    rows: books\n", "    rows: books\n    where: price > 0\n")],
    ),
    edit(
        "reference_to_a_longer_key",
        &[1002, 1002, 1002, 490, 499, 1008, 481],
        &[("    key: { PK: \"BOOK#{isbn:fold}\", ", "    key: { PK: \"BOOK#{isbn:fold}#{shelf}\", ")],
    ),
    edit(
        "reference_dropped_and_kept",
        &[435],
        &[(
            "      foreign key member_id: DynamoDB",
            "      foreign key isbn: by hand\n      foreign key member_id: DynamoDB",
        )],
    ),
    edit("entity_unused", &[496], &[("  Fine.by_id: { get: [fine_id] }\n", "")]),
    edit(
        "index_unused",
        &[497],
        &[(
            "  Book.on_shelf: { list: [shelf], index: ByShelf, page: 100 }\n",
            "  Book.by_isbn: { get: [isbn] }\n",
        )],
    ),
    edit("rust_type_unused", &[510], &[("    char(13): crate::Isbn", "    chr(13): crate::Isbn")]),
    edit("rust_type_unused_far_off", &[510], &[("    decimal: crate::Amount", "    money: crate::Amount")]),
    edit("rust_field_clash", &[511], &[("name: printed_on", "name: shelf")]),
    edit("rust_struct_clash", &[512], &[("name: LateFee", "name: Loan")]),
    edit("rust_enum_clash", &[512], &[("enum: LoanState", "enum: Book")]),
    edit(
        "rust_enum_column",
        &[513],
        &[("      title: isbn.title\n", "      title: { path: isbn.title, rust: { enum: Title } }\n")],
    ),
    edit(
        "rust_enum_members",
        &[514],
        &[
            (
                "        returned_at: datetime(3) null\n",
                "        returned_at: datetime(3) null\n        kind: enum('short','long') collate utf8mb4_bin\n",
            ),
            (
                "      returned_at: returned_at\n",
                "      returned_at: returned_at\n      kind: { path: kind, rust: { enum: LoanState } }\n",
            ),
        ],
    ),
    edit("rust_derive_twice", &[515], &[("[Eq, Hash]", "[Eq, Hash, derive_more::Eq]")]),
    edit(
        "hot_partition",
        &[1001],
        &[
            ("ByShelf: { partition: [shelf], sort", "ByShelf: { partition: [kind], sort"),
            (
                "        shelf: smallint\n",
                "        shelf: smallint\n        kind: enum('rare','new') collate utf8mb4_0900_bin\n",
            ),
            ("      shelf: shelf\n", "      shelf: shelf\n      kind: kind\n"),
            ("{ list: [shelf], index", "{ list: [kind], index"),
        ],
    ),
    edit(
        "hot_partition_of_one_key",
        &[1001],
        &[
            ("    partition: fine_id\n", "    partition: PK\n    sort: fine_id\n"),
            ("    repository: fines\n", "    repository: fines\n    key: { PK: FINE }\n"),
        ],
    ),
    edit(
        "hot_partition_by_rate",
        &[1001],
        &[
            ("      primary_key: [isbn]\n", "      primary_key: [isbn]\n      distinct: { shelf: 4 }\n"),
            ("index: ByShelf, page: 100", "index: ByShelf, page: 100, rate: 12001/s"),
        ],
    ),
    edit(
        "join_unreachable",
        &[1002],
        &[(
            "      borrower: member_id.full_name\n",
            "      borrower: member_id.full_name\n      known_by: { path: member_id.secret, secret: true }\n",
        )],
    ),
    edit(
        "holders_unlisted",
        &[1003, 1003, 1003],
        &[
            (
                "ByBook: { partition: [book], sort: [lent_at, member] }",
                "ByBook: { partition: [book, lent_at], sort: [member] }",
            ),
            (
                "{ list: [isbn], index: ByBook, page: 50 }",
                "{ list: [isbn, lent_at], index: ByBook, page: 50 }",
            ),
        ],
    ),
    edit(
        "member_of_a_map_unreachable",
        &[1002],
        &[(
            "      contact: { map: { phone: phone } }\n",
            "      contact: { map: { phone: phone, theirs: sponsor_id.secret } }\n",
        )],
    ),
    edit(
        "tree_unreachable",
        &[1002],
        &[
            ("take: full_name, join: \" < \"", "take: nickname, join: \" < \""),
            (
                "        joined: date\n",
                "        joined: date\n        nickname: varchar(9) collate utf8mb4_0900_bin default ''\n",
            ),
            ("      secret: it stays", "      nickname: only its line is read\n      secret: it stays"),
        ],
    ),
    edit(
        "write_too_large",
        &[1004],
        &[(
            "does: [insert Loan, change Member]",
            "does: [insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan, insert Loan]",
        )],
    ),
    edit("no_way_back", &[1005], &[("      way back: new books are drawn on the map at (0, 0)\n", "")]),
    edit(
        "no_way_back_of_rows_left_out",
        &[499, 1005],
        &[
            (
                "    where: active = 1\n    otherwise: tombstone\n    repository: members\n",
                "    repository: members\n",
            ),
            ("    rows: books\n    repository", "    rows: books\n    where: shelf > 0\n    repository"),
            (
                "      map: nobody has looked at it for years\n      way back: new books are drawn on the map at (0, 0)\n",
                "",
            ),
            ("        map: other(point) default (point(0, 0))\n", ""),
            ("      spatial: { place: [map] }\n", ""),
            ("      spatial place: the map is on paper\n", ""),
        ],
    ),
    edit(
        "a_way_back_without_losses",
        &[434],
        &[
            ("      map: nobody has looked at it for years\n", ""),
            ("        map: other(point) default (point(0, 0))\n", ""),
            ("      spatial: { place: [map] }\n", ""),
            ("      spatial place: the map is on paper\n", ""),
        ],
    ),
    edit(
        "smallest_of_no_age",
        &[1006],
        &[("of: lent_at, stale: 1d }\n      first", "of: lent_at }\n      first")],
    ),
    edit("average_of_no_age", &[1006], &[("of: points, stale: 1w }", "of: points }")]),
    edit("first_few_of_no_age", &[1006], &[("limit: 5, stale: 10min,", "limit: 5,")]),
    edit(
        "list_grows",
        &[1007],
        &[(
            "guests: { collect: members.sponsor_id, keyed_by: id, fields",
            "guests: { collect: members.sponsor_id, fields",
        )],
    ),
    edit(
        "rows_unkept",
        &[1008],
        &[("fines: { count: fines.loan }", "fines: { count: fines.loan, where: note is null }")],
    ),
    edit(
        "rows_of_an_age_unlisted",
        &[1008],
        &[("fines: { count: fines.loan }", "worst_fine: { max: fines.loan, of: cents, stale: 1d }")],
    ),
    edit("rust_derive_twice_for_all", &[515], &[("[Default, crate::Audited]", "[Default, Default]")]),
];
