//! Columns, keys, foreign keys and triggers are read back from their text as they were, whatever their names and members are.

use std::borrow::Cow;

use migratable_contract::source::{
    Action, ForeignKey, Indexed, KeyPart, SourceColumn, SourceTrigger, SourceType, Timing, Touches,
    TriggerEvent, names_text, parse_column, parse_key_part, parse_names, parse_reference, parse_touches,
    parse_trigger,
};
use migratable_core::collation::Collation;
use migratable_core::mysql::{IntSize, LobSize, MySqlType};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

/// Names and members from a schema nobody checked.
fn hostile() -> impl Strategy<Value = String> {
    prop_oneof![
        r"[-a-z'\x22`\\,;()%_ $.\n\x00é日]{1,8}",
        "[a-z_]{1,10}",
        any::<String>().prop_filter("a name is not empty", |name| !name.is_empty()),
    ]
}

fn collation() -> impl Strategy<Value = Collation> {
    prop::sample::select(vec!["utf8mb4_0900_ai_ci", "utf8mb4_bin", "latin1_swedish_ci", "binary"])
        .prop_map(Collation::new)
}

fn members(most: usize, commas: bool) -> impl Strategy<Value = Cow<'static, [Cow<'static, str>]>> {
    let member = prop_oneof![Just(String::new()), hostile()];
    vec(member, 1..most).prop_map(move |members| {
        let mut different: Vec<Cow<'static, str>> = Vec::new();
        for member in members {
            let member = if commas { member } else { member.replace(',', ";") };
            if !different.iter().any(|known| *known == member) {
                different.push(member.into());
            }
        }
        different.into()
    })
}

fn number() -> impl Strategy<Value = MySqlType> {
    let size = prop::sample::select(vec![
        IntSize::Tiny,
        IntSize::Small,
        IntSize::Medium,
        IntSize::Int,
        IntSize::Big,
    ]);
    prop_oneof![
        (size, any::<bool>(), option::of(any::<u8>())).prop_map(|(size, unsigned, display)| MySqlType::Int {
            size,
            unsigned,
            display
        }),
        any::<bool>().prop_map(|unsigned| MySqlType::Float { unsigned }),
        any::<bool>().prop_map(|unsigned| MySqlType::Double { unsigned }),
    ]
}

fn ty() -> impl Strategy<Value = MySqlType> {
    let lob = || prop::sample::select(vec![LobSize::Tiny, LobSize::Normal, LobSize::Medium, LobSize::Long]);
    let decimal = (1..=65_u8, 0..=30_u8, any::<bool>()).prop_map(|(precision, scale, unsigned)| {
        MySqlType::Decimal { precision, scale: scale.min(precision), unsigned }
    });
    prop_oneof![
        number(),
        decimal,
        (1..=64_u8).prop_map(|length| MySqlType::Bit { length }),
        Just(MySqlType::Year),
        (0..=255_u32, collation()).prop_map(|(length, collation)| MySqlType::Char { length, collation }),
        (0..=65_535_u32, collation())
            .prop_map(|(length, collation)| MySqlType::VarChar { length, collation }),
        (lob(), collation()).prop_map(|(size, collation)| MySqlType::Text { size, collation }),
        (0..=255_u32).prop_map(|length| MySqlType::Binary { length }),
        (0..=65_535_u32).prop_map(|length| MySqlType::VarBinary { length }),
        lob().prop_map(|size| MySqlType::Blob { size }),
        Just(MySqlType::Date),
        (0..=6_u8).prop_map(|fsp| MySqlType::Time { fsp }),
        (members(6, true), collation())
            .prop_map(|(members, collation)| MySqlType::Enum { members, collation }),
        (members(6, false), collation())
            .prop_map(|(members, collation)| MySqlType::Set { members, collation }),
        Just(MySqlType::Json),
    ]
}

fn source_type() -> impl Strategy<Value = SourceType> {
    let known = ["point", "geometry srid 4326", "a)b", "'quoted'", "f('(', 1)"].map(str::to_owned);
    prop_oneof![
        6 => ty().prop_map(SourceType::Known),
        1 => prop::sample::select(known.to_vec()).prop_map(SourceType::Other),
        1 => hostile().prop_map(SourceType::Other),
    ]
}

/// An SQL string of any text.
fn string() -> impl Strategy<Value = String> {
    hostile().prop_map(|text| format!("'{}'", text.replace('\\', "\\\\").replace('\'', "''")))
}

fn default() -> impl Strategy<Value = String> {
    let known = [
        "0",
        "-1",
        "+ 2",
        "1.5",
        ".5",
        "5.",
        "1e10",
        "1.5E-3",
        "0x1F",
        "0b01",
        "b'01'",
        "x'ff'",
        "_utf8mb4'é'",
        "current_timestamp",
        "CURRENT_TIMESTAMP(6)",
        "(uuid())",
        "uuid()",
        "(a + b)",
        "true",
        "('(')",
        "(concat(\")\", `)`))",
    ];
    prop_oneof![prop::sample::select(known.map(str::to_owned).to_vec()), string()]
}

fn plain(ty: SourceType, nullable: bool) -> SourceColumn {
    let (default, on_update, generated) = (None, None, None);
    SourceColumn { name: String::new(), ty, nullable, auto_increment: false, default, on_update, generated }
}

fn column() -> impl Strategy<Value = SourceColumn> {
    let fsp = 0..=6_u8;
    let timed = (fsp, any::<bool>()).prop_map(|(fsp, timestamp)| {
        SourceType::Known(if timestamp { MySqlType::Timestamp { fsp } } else { MySqlType::DateTime { fsp } })
    });
    let expression =
        prop::sample::select(vec!["concat(a,' ',b)", "a", "(a)", "json_extract(`d)`,'$.x')", "'x'"]);
    prop_oneof![
        (source_type(), any::<bool>()).prop_map(|(ty, nullable)| plain(ty, nullable)),
        (source_type(), any::<bool>(), default())
            .prop_map(|(ty, nullable, sql)| SourceColumn { default: Some(sql), ..plain(ty, nullable) }),
        source_type().prop_map(|ty| SourceColumn { default: Some("NULL".to_owned()), ..plain(ty, true) }),
        number().prop_map(|ty| SourceColumn { auto_increment: true, ..plain(SourceType::Known(ty), false) }),
        (timed, any::<bool>(), default(), default()).prop_map(|(ty, nullable, first, second)| SourceColumn {
            default: Some(first),
            on_update: Some(second),
            ..plain(ty, nullable)
        }),
        (source_type(), any::<bool>(), expression).prop_map(|(ty, nullable, sql)| SourceColumn {
            generated: Some(sql.to_owned()),
            ..plain(ty, nullable)
        }),
    ]
}

fn foreign_key() -> impl Strategy<Value = ForeignKey> {
    let action =
        || prop::sample::select(vec![Action::Restrict, Action::Cascade, Action::SetNull, Action::SetDefault]);
    (hostile(), vec(hostile(), 1..4), action(), action()).prop_map(
        |(table, references, on_delete, on_update)| ForeignKey {
            columns: Vec::new(),
            table,
            references,
            on_delete,
            on_update,
        },
    )
}

fn key_part() -> impl Strategy<Value = KeyPart> {
    let expression =
        prop::sample::select(vec!["lower(a)", "a + `)`", "(a)", "cast(j->'$.x)' as char(9))", "'x' desc"]);
    let what = prop_oneof![
        hostile().prop_map(Indexed::Column),
        (hostile(), 1..=u64::MAX).prop_map(|(name, length)| Indexed::Prefix(name, length)),
        expression.prop_map(|text| Indexed::Expression(text.to_owned())),
    ];
    (what, any::<bool>()).prop_map(|(what, descending)| KeyPart { what, descending })
}

/// Names of tables, words of the language among them.
fn named() -> impl Strategy<Value = Vec<String>> {
    let word = prop::sample::select(vec!["reads", "writes", "calls", "sets", "touches", "nothing"]);
    vec(prop_oneof![hostile(), word.prop_map(str::to_owned)], 0..3)
}

fn touches() -> impl Strategy<Value = Touches> {
    (named(), named(), named()).prop_map(|(reads, writes, calls)| Touches { reads, writes, calls })
}

fn trigger() -> impl Strategy<Value = SourceTrigger> {
    let timing = prop::sample::select(vec![Timing::Before, Timing::After]);
    let event = prop::sample::select(vec![TriggerEvent::Insert, TriggerEvent::Update, TriggerEvent::Delete]);
    (timing, event, named(), touches()).prop_map(|(timing, event, sets, touches)| SourceTrigger {
        name: String::new(),
        timing,
        event,
        sets,
        touches,
    })
}

proptest! {
    #[test]
    fn a_part_of_a_key_is_read_back_from_its_text(part in key_part()) {
        let text = part.to_string();
        prop_assert_eq!(parse_key_part(&text), Ok(part), "{}", text);
    }

    #[test]
    fn a_trigger_is_read_back_from_its_text(trigger in trigger()) {
        let text = trigger.to_string();
        prop_assert_eq!(parse_trigger(&text), Ok(trigger), "{}", text);
    }

    #[test]
    fn what_an_object_touches_is_read_back_from_its_text(touches in touches()) {
        let text = touches.to_string();
        prop_assert_eq!(parse_touches(&text), Ok(touches), "{}", text);
    }

    #[test]
    fn a_column_is_read_back_from_its_text(column in column()) {
        let text = column.to_string();
        let read = parse_column(&text);
        prop_assert_eq!(read, Ok(column), "{}", text);
    }

    #[test]
    fn a_foreign_key_is_read_back_from_its_text(key in foreign_key()) {
        let text = key.to_string();
        prop_assert_eq!(parse_reference(&text), Ok(key), "{}", text);
    }

    #[test]
    fn names_are_read_back_from_their_list(names in vec(hostile(), 1..4)) {
        let text = names_text(&names);
        prop_assert_eq!(parse_names(&text), Ok(names), "{}", text);
    }

    /// Errors point inside the text, on character boundaries.
    #[test]
    fn any_text_is_read_or_refused(text in prop_oneof![any::<String>(), words()]) {
        for range in [
            parse_column(&text).err().map(|error| error.range),
            parse_reference(&text).err().map(|error| error.range),
            parse_names(&text).err().map(|error| error.range),
            parse_key_part(&text).err().map(|error| error.range),
            parse_trigger(&text).err().map(|error| error.range),
            parse_touches(&text).err().map(|error| error.range),
        ].into_iter().flatten() {
            prop_assert!(text.get(range.clone()).is_some(), "{range:?} in {text:?}");
        }
    }
}

fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "int",
        "varchar(5)",
        "enum('a",
        "decimal(",
        "(",
        ")",
        "null",
        "default",
        "'x'",
        "collate",
        "on",
        "update",
        "generated",
        "é",
        "unsigned",
        "other(",
        "users.id",
        "users",
        ".",
        "`a",
        ",",
        "delete",
        "set",
        "-",
        "1e",
        "0x",
        "desc",
        "a(10)",
        "before",
        "insert",
        "reads",
        "writes",
    ]);
    vec(word, 0..6).prop_map(|words| words.join(" "))
}
