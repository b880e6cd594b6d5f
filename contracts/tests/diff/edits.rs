//! Small edits of a contract, each of which changes one thing.

/// An edit, and what has to be said about it.
pub(crate) struct Edit {
    /// What it is about; its snapshot's name.
    pub(crate) name: &'static str,
    /// The codes of what is found, in order.
    pub(crate) codes: &'static [u16],
    /// What is replaced, each once.
    pub(crate) edits: &'static [(&'static str, &'static str)],
    /// Whether it is the older contract that is edited.
    pub(crate) back: bool,
}

const fn edit(
    name: &'static str,
    codes: &'static [u16],
    edits: &'static [(&'static str, &'static str)],
) -> Edit {
    Edit { name, codes, edits, back: false }
}

/// The same, from the edited contract to the one that is not.
const fn back(
    name: &'static str,
    codes: &'static [u16],
    edits: &'static [(&'static str, &'static str)],
) -> Edit {
    Edit { name, codes, edits, back: true }
}

const NEW_ENTITY: &[(&str, &str)] = &[
    (
        "    old_orders:\n",
        "    tags:\n      columns: { id: int }\n      primary_key: [id]\n    old_orders:\n",
    ),
    (
        "access_patterns:\n",
        "  Tag:\n    table: Spare\n    rows: tags\n    repository: tags\n    key: { PK: \"TAG#{id}\", SK: TAG }\n    attributes:\n      tag_id: id\naccess_patterns:\n",
    ),
];

const EMAIL_INDEX: &[(&str, &str)] = &[
    ("      ByEmail: { partition: [email_key] }\n", ""),
    (", email_key: \"EMAIL#{email:fold}\" }", " }"),
    ("  User.by_email: { get: [email], index: ByEmail }\n", ""),
];

const ENTERED: &[(&str, &str)] =
    &[("state_key: \"{state:fold}\" }", "state_key: \"{state:fold}\", email_key: \"ORDER#{id}\" }")];

/// Edits that change what a contract means.
pub(crate) const EDITS: &[Edit] = &[
    // Keys.
    edit(
        "table_of_an_entity",
        &[850, 898],
        &[
            ("  Spare:\n    partition: PK\n    sort: SK\n    billing: on_demand\n", ""),
            ("    table: Spare\n", "    table: Users\n"),
        ],
    ),
    edit("key_template", &[851], &[("PK: \"SPARE#{id}\"", "PK: \"OLD#{id}\"")]),
    edit("key_fold", &[851], &[("EMAIL#{email:fold}", "MAIL#{email:fold}")]),
    edit(
        "key_of_another_width",
        &[852, 852, 877, 877, 893, 806],
        &[(
            "    orders:\n      columns:\n        id: bigint unsigned\n",
            "    orders:\n      columns:\n        id: int unsigned\n",
        )],
    ),
    edit(
        "values_written_otherwise",
        &[863, 806],
        &[(
            "    old_orders:\n      columns:\n        id: bigint unsigned\n        user_id: int unsigned\n        placed_at: datetime(3)\n",
            "    old_orders:\n      columns:\n        id: bigint unsigned\n        user_id: int unsigned\n        placed_at: datetime(6)\n",
        )],
    ),
    edit(
        "table_key_name",
        &[853],
        &[
            ("  Spare:\n    partition: PK\n", "  Spare:\n    partition: spare\n"),
            ("PK: \"SPARE#{id}\"", "spare: \"SPARE#{id}\""),
        ],
    ),
    // What is stored.
    edit("entity_new", &[856, 802], NEW_ENTITY),
    back("entity_gone", &[857, 803], NEW_ENTITY),
    edit(
        "entity_renamed",
        &[857, 856],
        &[("  Spare:\n    table: Spare\n", "  Shelved:\n    table: Spare\n")],
    ),
    edit(
        "entity_rows",
        &[858, 858],
        &[
            ("    rows: orders\n", "    rows: old_order\n"),
            ("    rows: old_orders\n", "    rows: orders\n"),
            ("    rows: old_order\n", "    rows: old_orders\n"),
        ],
    ),
    edit(
        "attribute_added",
        &[859],
        &[("      buyer: user_id.email\n", "      buyer: user_id.email\n      buyer_level: user_id.level\n")],
    ),
    edit(
        "attribute_added_that_may_be_absent",
        &[859],
        &[("      buyer: user_id.email\n", "      buyer: user_id.email\n      buyer_nick: user_id.nick\n")],
    ),
    edit("attribute_gone", &[860], &[("      buyer: user_id.email\n", "")]),
    edit(
        "attribute_renamed",
        &[860, 859],
        &[("      buyer: user_id.email\n", "      customer: user_id.email\n")],
    ),
    edit(
        "attribute_path",
        &[861, 862, 893],
        &[("      buyer: user_id.email\n", "      buyer: user_id.level\n")],
    ),
    edit("attribute_type", &[862], &[("      score: score\n", "      score: { path: score, as: S }\n")]),
    edit("attribute_zero_dates", &[864, 893], &[("zero_dates: refuse", "zero_dates: keep")]),
    // What is asked.
    edit(
        "pattern_new",
        &[871],
        &[("  Order.of_user:", "  Order.all_of_user: { list: [user_id] }\n  Order.of_user:")],
    ),
    edit("pattern_gone", &[872], &[("  Order.of_user: { list: [user_id], page: 20 }\n", "")]),
    edit("pattern_renamed", &[872, 871], &[("  User.by_email:", "  User.with_email:")]),
    edit("pattern_page", &[878], &[("page: 20", "page: 30")]),
    edit(
        "pattern_by",
        &[874, 876],
        &[("{ list: [user_id], page: 20 }", "{ list: [user_id, placed_at], page: 20 }")],
    ),
    edit(
        "pattern_kind",
        &[873, 874],
        &[("{ list: [user_id], page: 20 }", "{ get: [user_id, placed_at, order_id] }")],
    ),
    // Indexes.
    edit("index_gone", &[872, 880], EMAIL_INDEX),
    back("index_new", &[871, 899], EMAIL_INDEX),
    edit(
        "index_key",
        &[881],
        &[
            ("ByEmail: { partition: [email_key] }", "ByEmail: { partition: [mail_key] }"),
            (", email_key: \"EMAIL#{email:fold}\" }", ", mail_key: \"EMAIL#{email:fold}\" }"),
        ],
    ),
    edit(
        "index_holds_less",
        &[884],
        &[(
            "ByEmail: { partition: [email_key] }",
            "ByEmail: { partition: [email_key], project: [user_id, email, nick, born, level, score, label, grade, address, spent, recent, flag] }",
        )],
    ),
    edit("index_entered", &[882], ENTERED),
    back("index_left", &[883], ENTERED),
    edit(
        "pattern_of_another_index",
        &[875, 899],
        &[
            (
                "      ByEmail: { partition: [email_key] }\n",
                "      ByEmail: { partition: [email_key] }\n      ByMail: { partition: [mail_key] }\n",
            ),
            (
                ", email_key: \"EMAIL#{email:fold}\" }",
                ", email_key: \"EMAIL#{email:fold}\", mail_key: \"MAIL#{email:fold}\" }",
            ),
            ("index: ByEmail }", "index: ByMail }"),
        ],
    ),
    // Code.
    edit(
        "enum_members",
        &[877, 894, 806, 806],
        &[
            ("enum('new','paid')", "enum('new','paid','sent')"),
            ("enum('new', 'paid')", "enum('new', 'paid', 'sent')"),
        ],
    ),
    edit("handle", &[886], &[("name: shop\n", "name: store\n")]),
    edit("repository", &[887], &[("repository: spares", "repository: leftovers")]),
    edit("struct_name", &[888], &[("name: Account", "name: Person")]),
    edit("visibility", &[889, 889, 889, 889, 889], &[("visibility: pub\n", "visibility: pub(crate)\n")]),
    edit("derive_gone", &[890], &[("rust: { name: Account, derive: [Eq] }", "rust: { name: Account }")]),
    edit("derive_new", &[890], &[("derive: [Eq]", "derive: [Eq, Hash]")]),
    edit("struct_attributes", &[891], &[("derive: [Eq] }", "derive: [Eq], attributes: [non_exhaustive] }")]),
    edit("field_attributes", &[891], &[("serde(default)", "serde(skip)")]),
    edit(
        "field_renamed",
        &[892],
        &[("      level: level\n", "      level: { path: level, rust: { name: rank } }\n")],
    ),
    edit(
        "field_type",
        &[893],
        &[("      level: level\n", "      level: { path: level, rust: { type: crate::Level } }\n")],
    ),
    edit(
        "field_visibility",
        &[889],
        &[("      level: level\n", "      level: { path: level, rust: { visibility: private } }\n")],
    ),
    edit(
        "check_of_a_column_that_is_dropped",
        &[860, 895],
        &[
            ("      level: level\n", ""),
            (
                "      check known_level: MySQL enforces it\n",
                "      check known_level: MySQL enforces it\n      level: nobody reads it\n",
            ),
        ],
    ),
    // What items have besides columns as they are.
    edit("text_otherwise", &[861], &[("{email} is {id:06}", "{email} is {id:07}")]),
    edit("case_otherwise", &[861], &[("\"score > 5\": high", "\"score > 6\": high")]),
    edit("worked_out_no_more", &[860], &[("      label: { text: \"{email} is {id:06}\" }\n", "")]),
    edit(
        "map_without_a_member",
        &[866],
        &[
            (", street: street }", " }"),
            ("      check known_level:", "      street: nobody reads it\n      check known_level:"),
        ],
    ),
    edit("map_member_renamed", &[866], &[("{ city: city, street", "{ town: city, street")]),
    edit("sum_of_some", &[861], &[("of: total, when_null: 0", "of: total, where: total > 1, when_null: 0")]),
    edit("sum_of_nothing", &[865, 867], &[("of: total, when_null: 0", "of: total")]),
    edit("fewer_collected", &[861], &[("limit: 5", "limit: 4")]),
    edit("collected_with_less", &[866], &[("{ number: id, total: total }", "{ number: id }")]),
    edit("collected_by_key", &[861, 862, 866, 893], &[("order: id desc, limit: 5", "keyed_by: id")]),
    edit("other_rows", &[869], &[("where: score >= 0\n", "where: score >= 1\n")]),
    edit("all_rows", &[869], &[("    where: score >= 0\n", "")]),
    edit("tombstones", &[869], &[("where: score >= 0\n", "where: score >= 0\n    otherwise: tombstone\n")]),
    // What no plan is made of.
    edit("write_new", &[840], &[("  sign_up:", "  leave: { does: [delete User] }\n  sign_up:")]),
    back("write_gone", &[840], &[("  sign_up:", "  leave: { does: [delete User] }\n  sign_up:")]),
    edit("write_of_more", &[840], &[("does: [insert User]", "does: [insert User, insert Order]")]),
    edit("write_rate", &[845], &[("rate: 5/s", "rate: 6/s")]),
    edit("pattern_rate", &[845], &[("page: 20 }", "page: 20, rate: 60/min }")]),
    edit(
        "rows_of_a_table",
        &[841],
        &[("      rows: 1000\n", "      rows: 2000\n      distinct: { level: 3 }\n")],
    ),
    edit(
        "writers",
        &[842],
        &[("      rows: 1000\n", "      rows: 1000\n      writers: [repository, import]\n")],
    ),
    edit("expiry", &[843], &[("    billing: on_demand\n", "    billing: on_demand\n    ttl: total\n")]),
    edit(
        "billing",
        &[844],
        &[("billing: on_demand", "billing: provisioned\n    capacity: { read: 10, write: 5 }")],
    ),
    edit(
        "stream",
        &[848],
        &[("    billing: on_demand\n", "    billing: on_demand\n    stream: new_and_old_images\n")],
    ),
    edit(
        "safeguards",
        &[849, 849],
        &[(
            "    billing: on_demand\n",
            "    billing: on_demand\n    point_in_time_recovery: false\n    deletion_protection: false\n",
        )],
    ),
    edit(
        "fresher",
        &[868, 846],
        &[
            ("page: 20 }", "page: 20, freshness: strict }"),
            ("buyer: user_id.email", "buyer: { path: user_id.email, copy: at_write }"),
        ],
    ),
    back(
        "older",
        &[868, 846],
        &[
            ("page: 20 }", "page: 20, freshness: strict }"),
            ("buyer: user_id.email", "buyer: { path: user_id.email, copy: at_write }"),
        ],
    ),
    edit("consistent", &[846], &[("page: 20 }", "page: 20, consistent: true }")]),
    edit("why_not_served", &[847], &[("not_served: text search", "not_served: search by words")]),
    edit(
        "nothing_said_of_a_question",
        &[847],
        &[("  User.search: { not_served: text search, remedy: a search engine }\n", "")],
    ),
    back(
        "not_served_now",
        &[847],
        &[("  User.search: { not_served: text search, remedy: a search engine }\n", "")],
    ),
    edit("no_secret", &[896], &[("nick: { path: nick, secret: true }", "nick: nick")]),
    edit(
        "ids_by_hand",
        &[879, 898],
        &[
            ("    ids: { id: Counters }\n", ""),
            ("  Counters: { partition: counter }\n", ""),
            (
                "      unique email: DynamoDB does",
                "      auto_increment id: by hand\n      unique email: DynamoDB does",
            ),
        ],
    ),
    back(
        "ids_of_a_counter",
        &[879, 897],
        &[
            ("    ids: { id: Counters }\n", ""),
            ("  Counters: { partition: counter }\n", ""),
            (
                "      unique email: DynamoDB does",
                "      auto_increment id: by hand\n      unique email: DynamoDB does",
            ),
        ],
    ),
    edit(
        "reference_kept",
        &[869, 859, 885],
        &[
            ("    where: score >= 0\n", ""),
            ("      spent: {", "      order_count: { count: orders.user_id }\n      spent: {"),
            (
                "    repository: orders\n",
                "    repository: orders\n    references: { user_id: User.order_count }\n",
            ),
            (
                "      buyer: user_id.email\n    dropped:\n      foreign key user_id: DynamoDB does not enforce it\n",
                "      buyer: user_id.email\n",
            ),
        ],
    ),
    edit("ids_at_once", &[879], &[("ids: { id: Counters }", "ids: { id: { table: Counters, block: 7 } }")]),
    edit("copy", &[868], &[("buyer: user_id.email", "buyer: { path: user_id.email, copy: at_write }")]),
    // Cost.
    edit(
        "table_new",
        &[850, 898, 897],
        &[
            ("  Spare:\n    partition: PK\n", "  Other:\n    partition: PK\n"),
            ("    table: Spare\n", "    table: Other\n"),
        ],
    ),
    // The source, with what it does to items.
    edit(
        "source_column_default",
        &[809],
        &[("        level: smallint\n", "        level: smallint default 1\n")],
    ),
    edit(
        "source_column_null",
        &[865, 808],
        &[("        level: smallint\n", "        level: smallint null\n")],
    ),
    edit("source_wider_number", &[893, 806], &[("        level: smallint\n", "        level: int\n")]),
];

/// Edits that change nothing.
pub(crate) const SAME: &[Edit] = &[
    edit("a comment", &[], &[("# A shop, for comparing contracts.\n", "")]),
    edit(
        "order of attributes",
        &[],
        &[(
            "      email: email\n      nick: { path: nick, secret: true }\n",
            "      nick: { path: nick, secret: true }\n      email: email\n",
        )],
    ),
    edit(
        "order of tables",
        &[],
        &[
            ("  Spare:\n    partition: PK\n    sort: SK\n    billing: on_demand\n", ""),
            (
                "tables:\n  Users:\n",
                "tables:\n  Spare:\n    partition: PK\n    sort: SK\n    billing: on_demand\n  Users:\n",
            ),
        ],
    ),
    edit("a rate in other words", &[], &[("rate: 5/s", "rate: 300/min")]),
    edit("long form", &[], &[("      level: level\n", "      level: { path: level }\n")]),
    edit("what a default is", &[], &[(", page: 20 }", ", page: 20 } # a page")]),
    edit("why something is dropped", &[], &[("MySQL enforces it", "the database does")]),
];
