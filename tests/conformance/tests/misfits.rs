//! What is said of values that don't fit their columns, compared with what a server does with them: around every bound of
//! every type, in strict mode and outside it.

use anyhow::{Context, ensure};
use migratable_core::ValueError;
use migratable_core::collation::Collation;
use migratable_core::mysql::{IntSize, LobSize, Misfit, MySqlType, Taken};
use migratable_core::value::{Date, DateTime, Decimal, Time, Value};
use migratable_test_engines::MariaDb;
use sqlx::{AssertSqlSafe, Connection, MySqlConnection, Row as _};

fn text(text: impl Into<String>) -> Value {
    Value::Text(text.into())
}

fn decimal(text: &str) -> Value {
    Value::Decimal(Decimal::parse(text).expect("a decimal"))
}

fn collation(name: &'static str) -> Collation {
    Collation::constant(name)
}

fn moment(text: &str) -> DateTime {
    DateTime::parse(text).expect("a date and time")
}

/// Every type with values at its bounds and just past them.
fn cases() -> Vec<(MySqlType, Vec<Value>)> {
    let mut cases = Vec::new();
    for size in [IntSize::Tiny, IntSize::Small, IntSize::Medium, IntSize::Int, IntSize::Big] {
        let (least, most) = (i64::MIN >> (64 - size.bits()), i64::MAX >> (64 - size.bits()));
        let signed = [least.saturating_sub(1), least, -1, 0, most, most.saturating_add(1)];
        let ty = MySqlType::Int { size, unsigned: false, display: None };
        cases.push((ty, signed.map(Value::Int).to_vec()));
        let most = u64::MAX >> (64 - size.bits());
        let ty = MySqlType::Int { size, unsigned: true, display: None };
        cases.push((ty, [0, most, most.saturating_add(1)].map(Value::UInt).to_vec()));
    }
    for length in [1, 7, 8, 63, 64] {
        let most = u64::MAX >> (64 - u32::from(length));
        cases.push((MySqlType::Bit { length }, [0, most, most.saturating_add(1)].map(Value::UInt).to_vec()));
    }
    let years = [0, 1, 69, 70, 99, 100, 1900, 1901, 2155, 2156, 9999];
    cases.push((MySqlType::Year, years.map(Value::UInt).to_vec()));
    for unsigned in [false, true] {
        let numbers = [
            "999.99", "-999.99", "999.994", "999.995", "-999.995", "1000", "-1000", "0.005", "-0.005",
            "1.25", "1.255", "12.50", "99.995", "-0.001", "0",
        ];
        let ty = MySqlType::Decimal { precision: 5, scale: 2, unsigned };
        cases.push((ty, numbers.map(decimal).to_vec()));
    }
    let ty = MySqlType::Decimal { precision: 2, scale: 2, unsigned: false };
    cases.push((ty, ["0.99", "0.995", "0.994", "1", "-1.00"].map(decimal).to_vec()));
    let ty = MySqlType::Decimal { precision: 3, scale: 0, unsigned: false };
    cases.push((ty, ["999", "999.4", "999.5", "-1000", "0.5"].map(decimal).to_vec()));
    cases.push((MySqlType::Float { unsigned: true }, [0.0, 1.5, -1.5].map(Value::Float).to_vec()));
    cases.push((MySqlType::Double { unsigned: true }, [0.0, 1.5, -1e-9].map(Value::Double).to_vec()));
    cases.extend(texts());
    cases.extend(bytes());
    cases.extend(moments());
    cases
}

fn texts() -> Vec<(MySqlType, Vec<Value>)> {
    let mut cases = Vec::new();
    // Four bytes, a letter with a combining accent, Chinese, Windows-1252's own, controls.
    let hostile = [
        "",
        "abcd",
        "abcde",
        "😀",
        "e\u{301}",
        "東京",
        "é€",
        "a\0b",
        "ABC!",
        "日本語字",
        "日本語字典",
        "a😀b",
    ];
    for name in
        ["utf8mb4_bin", "utf8mb3_general_ci", "latin1_swedish_ci", "ascii_bin", "ucs2_bin", "utf16_bin"]
    {
        let ty = MySqlType::VarChar { length: 4, collation: collation(name) };
        cases.push((ty, hostile.map(text).to_vec()));
        let ty = MySqlType::Char { length: 4, collation: collation(name) };
        let more = ["ab ", " ab", "abcd ", "    "];
        cases.push((ty, hostile.into_iter().chain(more).map(text).collect()));
    }
    for name in ["utf8mb4_bin", "latin1_swedish_ci"] {
        let ty = MySqlType::Text { size: LobSize::Tiny, collation: collation(name) };
        let lengths = [255, 256].map(|length| text("x".repeat(length)));
        let wide = [127, 128, 255, 256].map(|length| text("é".repeat(length)));
        cases.push((ty, lengths.into_iter().chain(wide).collect()));
    }
    let ty = MySqlType::Text { size: LobSize::Normal, collation: collation("utf8mb4_bin") };
    cases.push((ty, [65_535, 65_536].map(|length| text("x".repeat(length))).to_vec()));
    let members = || vec!["new".into(), "paid".into(), "Ärger".into(), "3".into()].into();
    for name in ["utf8mb4_general_ci", "utf8mb4_bin"] {
        let ty = MySqlType::Enum { members: members(), collation: collation(name) };
        let texts = ["new", "NEW", "new ", "other", "arger", "1", "2", "3", "4", "5", "0", "neww"];
        cases.push((ty, texts.map(text).to_vec()));
        let ty = MySqlType::Set { members: members(), collation: collation(name) };
        let sets: [&[&str]; 9] = [
            &[],
            &["new"],
            &["new", "Ärger"],
            &["Ärger", "new"],
            &["new", "new"],
            &["NEW", "paid"],
            &["other", "paid"],
            &["nothing"],
            &["new "],
        ];
        let sets = sets.map(|members| Value::Set(members.iter().map(|&member| member.to_owned()).collect()));
        cases.push((ty, sets.to_vec()));
    }
    let documents = ["{}", "[1, 2", "", "nul", "\"\u{1}\"", "{\"a\": [true, null, -1.5e3]}", "'a'"];
    cases.push((MySqlType::Json, documents.map(|text| Value::Json(text.to_owned())).to_vec()));
    cases
}

fn bytes() -> Vec<(MySqlType, Vec<Value>)> {
    let of = |lengths: [usize; 3]| lengths.map(|length| Value::Bytes(vec![0xff; length])).to_vec();
    vec![
        (MySqlType::Binary { length: 4 }, of([3, 4, 5])),
        (MySqlType::VarBinary { length: 4 }, of([0, 4, 5])),
        (MySqlType::Blob { size: LobSize::Tiny }, of([0, 255, 256])),
    ]
}

fn moments() -> Vec<(MySqlType, Vec<Value>)> {
    let mut cases = Vec::new();
    let date = |year, month, day| Value::Date(Date { year, month, day });
    cases.push((
        MySqlType::Date,
        vec![date(1000, 1, 1), date(9999, 12, 31), date(2024, 2, 29), date(2024, 13, 1)],
    ));
    let longest = Time::MAX_MICROS / 1_000_000 * 1_000_000;
    for fsp in [0, 3, 6] {
        let micros =
            [0, longest, -longest, longest + 1_000_000, -longest - 1_000_000, 1_500_000, -1_999_999, 123_456];
        let times = micros.map(|micros| Value::Time(Time { micros }));
        cases.push((MySqlType::Time { fsp }, times.to_vec()));
        let texts = [
            "2024-01-31 23:59:59",
            "2024-01-31 23:59:59.999999",
            "2024-01-31 10:00:00.5",
            "9999-12-31 23:59:59",
        ];
        cases.push((MySqlType::DateTime { fsp }, texts.map(|text| Value::DateTime(moment(text))).to_vec()));
        let texts = [
            "1970-01-01 00:00:00",
            "1970-01-01 00:00:01",
            "2038-01-19 03:14:07",
            "2038-01-19 03:14:08",
            "1969-12-31 23:59:59",
            "2024-01-31 10:00:00.125",
            "9999-12-31 00:00:00",
        ];
        cases.push((MySqlType::Timestamp { fsp }, texts.map(|text| Value::Timestamp(moment(text))).to_vec()));
    }
    cases
}

/// What the column would hold, as the server writes it, by what is said of the value. `Err` where it is refused in any mode;
/// `None` where nothing is said.
fn predicted(ty: &MySqlType, value: &Value, misfit: &Misfit) -> Option<Result<String, ()>> {
    let written = written(ty, value);
    let fsp = |most: &u8| {
        let cut = 6 - usize::from(*most) + usize::from(*most == 0);
        written[..written.len() - cut].to_owned()
    };
    Some(Ok(match misfit {
        Misfit::Characters { most, .. } => {
            let cut: String = held(ty, &written)?.chars().take(*most as usize).collect();
            if matches!(ty, MySqlType::Char { .. }) { cut.trim_end_matches(' ').to_owned() } else { cut }
        }
        Misfit::Bytes { most, .. } => match (ty, value) {
            (_, Value::Bytes(bytes)) => hex(&bytes[..*most as usize]),
            (_, Value::Text(text)) if ty.collation()?.is_single_byte() => {
                text.chars().take(*most as usize).collect()
            }
            (_, Value::Text(text)) => text[..text.floor_char_boundary(*most as usize)].to_owned(),
            _ => return None,
        },
        Misfit::Short { exactly, .. } => format!("{written:0<width$}", width = 2 * *exactly as usize),
        Misfit::TrailingBlanks => match ty {
            MySqlType::VarChar { length, .. } => written.chars().take(*length as usize).collect(),
            _ => written.trim_end_matches(' ').to_owned(),
        },
        Misfit::Character { .. } => held(ty, &written)?,
        Misfit::Above { most: bound } | Misfit::Below { least: bound } => bound.clone(),
        Misfit::Scale { most, .. } => rounded(&written, usize::from(*most)),
        Misfit::Year => "0".to_owned(),
        Misfit::ShortYear => {
            let year: u64 = written.parse().ok()?;
            (year + if year < 70 { 2000 } else { 1900 }).to_string()
        }
        Misfit::Fraction { most } => fsp(most),
        Misfit::Calendar => "0000-00-00".to_owned(),
        Misfit::Timestamp => "0000-00-00 00:00:00".to_owned(),
        Misfit::Member { taken } => return member(ty, &written, *taken).map(Ok),
        Misfit::MemberOrder => {
            let MySqlType::Set { members, .. } = ty else { return None };
            let Value::Set(chosen) = value else { return None };
            let kept = members.iter().filter(|member| chosen.iter().any(|text| text == *member));
            kept.map(AsRef::as_ref).collect::<Vec<&str>>().join(",")
        }
        Misfit::Json { .. } => return Some(Err(())),
        _ => return None,
    }))
}

/// The text with a question mark for each character that the column's character set lacks.
fn held(ty: &MySqlType, written: &str) -> Option<String> {
    let one = MySqlType::VarChar { length: 1, collation: ty.collation()?.clone() };
    let held = |c: char| if one.check(&text(c.to_string())).is_ok() { c } else { '?' };
    Some(written.chars().map(held).collect())
}

fn member(ty: &MySqlType, written: &str, taken: Taken) -> Option<String> {
    match (ty, taken) {
        (_, Taken::Unknown) => None,
        (MySqlType::Enum { .. }, Taken::Emptied) => Some(String::new()),
        (MySqlType::Enum { members, .. }, Taken::Member(position)) => Some(members[position - 1].to_string()),
        // What is said is about the first text that is no member.
        (MySqlType::Set { members, .. }, taken) => {
            let texts = written.split(',').map(|text| match members.iter().find(|member| *member == text) {
                Some(member) => member.to_string(),
                None => match taken {
                    Taken::Member(position) => members[position - 1].to_string(),
                    _ => String::new(),
                },
            });
            Some(texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(","))
        }
        _ => None,
    }
}

/// Half away from zero, as MySQL rounds exact numbers.
fn rounded(number: &str, scale: usize) -> String {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits: i128 = format!("{whole}{}", &fraction[..scale]).parse().expect("digits");
    let up = fraction.as_bytes().get(scale).is_some_and(|digit| *digit >= b'5');
    let sign = if number.starts_with('-') { "-" } else { "" };
    let digits = format!("{:0>width$}", digits.unsigned_abs() + u128::from(up), width = scale + 1);
    let (whole, fraction) = digits.split_at(digits.len() - scale);
    format!("{sign}{whole}.{fraction}")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

/// A value as it is given to the server, and as it would come back if it fits.
fn written(ty: &MySqlType, value: &Value) -> String {
    match (ty, value) {
        (_, Value::Int(number)) => number.to_string(),
        (_, Value::UInt(number)) => number.to_string(),
        (_, Value::Float(number)) => number.to_string(),
        (_, Value::Double(number)) => number.to_string(),
        (_, Value::Decimal(number)) => number.to_string(),
        (_, Value::Text(text) | Value::Json(text)) => text.clone(),
        (_, Value::Bytes(bytes)) => hex(bytes),
        (_, Value::Date(date)) => date.to_string(),
        (_, Value::Time(time)) => time.format(6),
        (_, Value::DateTime(moment) | Value::Timestamp(moment)) => moment.format(6, ' '),
        (_, Value::Set(members)) => members.join(","),
        (_, Value::Null | Value::Rows(_)) => String::new(),
    }
}

/// Inserts a value and reads it back; `Err` where the server refuses it.
async fn stored(
    connection: &mut MySqlConnection,
    mode: &str,
    ty: &MySqlType,
    value: &Value,
) -> anyhow::Result<Result<String, ()>> {
    let set = format!("SET sql_mode = '{mode}'; DELETE FROM held");
    sqlx::raw_sql(AssertSqlSafe(set)).execute(&mut *connection).await?;
    let insert = "INSERT INTO held VALUES (?)";
    let insert = match value {
        Value::Int(number) => sqlx::query(insert).bind(*number),
        Value::UInt(number) => sqlx::query(insert).bind(*number),
        Value::Bytes(bytes) => sqlx::query(insert).bind(bytes.clone()),
        value => sqlx::query(insert).bind(written(ty, value)),
    };
    if insert.execute(&mut *connection).await.is_err() {
        return Ok(Err(()));
    }
    let read = match ty {
        MySqlType::Bit { .. } | MySqlType::Year => "CAST(v + 0 AS CHAR)",
        MySqlType::Binary { .. } | MySqlType::VarBinary { .. } | MySqlType::Blob { .. } => "HEX(v)",
        _ => "CONVERT(CAST(v AS CHAR) USING utf8mb4)",
    };
    let read = sqlx::query(AssertSqlSafe(format!("SELECT {read} FROM held"))).fetch_one(connection).await?;
    Ok(Ok(read.try_get_unchecked(0)?))
}

/// Whether two spellings are one value of the type: zeros after the point don't count.
fn same(ty: &MySqlType, left: &str, right: &str) -> bool {
    match ty {
        MySqlType::Decimal { .. } | MySqlType::Float { .. } | MySqlType::Double { .. } => {
            let number = |text: &str| Decimal::parse(text).map(|number| number.normalized());
            number(left).is_ok() && number(left) == number(right)
        }
        MySqlType::Time { .. } | MySqlType::DateTime { .. } | MySqlType::Timestamp { .. } => {
            let whole = |text: &str| match text.contains('.') {
                true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
                false => text.to_owned(),
            };
            // A bound of TIME is said in whole seconds; the last of them has all its fraction.
            whole(left) == whole(right) || (left.starts_with(right) && right.ends_with("838:59:59"))
        }
        _ => left == right,
    }
}

/// Whether it happens in strict mode, too; otherwise strict mode refuses the value.
const fn in_strict_mode(misfit: &Misfit) -> bool {
    matches!(
        misfit,
        Misfit::Short { .. }
            | Misfit::Scale { .. }
            | Misfit::ShortYear
            | Misfit::Fraction { .. }
            | Misfit::Member { taken: Taken::Member(_) }
            | Misfit::MemberOrder
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_of_a_value_is_what_the_server_does_with_it() -> anyhow::Result<()> {
    let server = MariaDb::start()?;
    server.create_database("misfits").await?;
    let mut connection = MySqlConnection::connect(&server.url("misfits")).await?;
    sqlx::raw_sql("SET time_zone = '+00:00'").execute(&mut connection).await?;
    let (mut fitting, mut judged) = (0, 0);
    let mut wrong = Vec::new();
    for (ty, values) in cases() {
        let table = format!("CREATE OR REPLACE TABLE held (v {} NULL)", column(&ty));
        sqlx::raw_sql(AssertSqlSafe(table)).execute(&mut connection).await.with_context(|| ty.to_string())?;
        for value in values {
            let shown = written(&ty, &value).chars().take(20).collect::<String>();
            let strict = stored(&mut connection, "STRICT_ALL_TABLES", &ty, &value).await?;
            let loose = stored(&mut connection, "", &ty, &value).await?;
            match ty.check(&value) {
                Ok(()) => {
                    fitting += 1;
                    let kept = |stored: &Result<String, ()>| {
                        stored.as_ref().is_ok_and(|stored| same(&ty, stored, &written(&ty, &value)))
                    };
                    if !kept(&strict) || !kept(&loose) {
                        wrong.push(format!("{ty} {shown:?}: fits, but the server has {strict:?}, {loose:?}"));
                    }
                }
                Err(ValueError::Range { reason, .. }) => {
                    let Some(expected) = predicted(&ty, &value, &reason) else { continue };
                    judged += 1;
                    let agree = |stored: &Result<String, ()>| match (stored, &expected) {
                        (Ok(stored), Ok(expected)) => same(&ty, stored, expected),
                        (stored, expected) => stored == expected,
                    };
                    let strictly = match reason {
                        // Strict mode lets blanks go, but not those of two bytes.
                        Misfit::TrailingBlanks => strict.is_err() || agree(&strict),
                        ref reason if in_strict_mode(reason) => agree(&strict),
                        _ => strict.is_err(),
                    };
                    if !agree(&loose) || !strictly {
                        wrong.push(format!(
                            "{ty} {shown:?}: {reason}\n  expected {expected:?}, the server has {loose:?}, strictly {strict:?}"
                        ));
                    }
                }
                Err(error) => anyhow::bail!("{ty} {shown:?}: {error}"),
            }
        }
    }
    ensure!(wrong.is_empty(), "{} of {} wrong:\n{}", wrong.len(), fitting + judged, wrong.join("\n"));
    ensure!(fitting > 100 && judged > 150, "too little was compared: {fitting} fit, {judged} don't");
    Ok(())
}

/// The type as DDL says it.
fn column(ty: &MySqlType) -> String {
    match ty.collation() {
        Some(collation) => {
            let words = ty.to_string();
            let (ty, _) = words.split_once(" collate ").unwrap_or((&words, ""));
            format!("{ty} CHARACTER SET {} COLLATE {}", collation.charset(), collation.name)
        }
        None => ty.to_string(),
    }
}
