//! The structs, each with both libraries' derives.

use migratable::Migratable;
use migratable::types::{DateTime, Decimal, NaiveDate, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

/// A narrow item: a key, and four attributes.
#[derive(Clone, Debug, PartialEq, Migratable, Serialize, Deserialize)]
#[migratable(contract = "contract.yaml")]
pub(crate) struct Session {
    pub(crate) session_id: u64,
    pub(crate) user_id: u32,
    pub(crate) token: String,
    pub(crate) started_at: NaiveDateTime,
    pub(crate) is_open: bool,
}

/// A wide item: 25 attributes of every common type, two keys and an index.
#[derive(Clone, Debug, PartialEq, Migratable, Serialize, Deserialize)]
#[migratable(contract = "contract.yaml")]
pub(crate) struct Invoice {
    pub(crate) customer_id: u32,
    pub(crate) number: u32,
    pub(crate) status: String,
    pub(crate) currency: String,
    pub(crate) net: Decimal,
    pub(crate) tax: Decimal,
    pub(crate) gross: Decimal,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) exchange_rate: Option<Decimal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) discount_percent: Option<Decimal>,
    pub(crate) lines_count: u16,
    pub(crate) priority: i8,
    pub(crate) is_paid: bool,
    pub(crate) is_exported: bool,
    pub(crate) issued_on: NaiveDate,
    pub(crate) due_on: NaiveDate,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) paid_at: Option<NaiveDateTime>,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) updated_at: DateTime<Utc>,
    pub(crate) reference: String,
    pub(crate) recipient: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) city: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) total_weight: Option<f64>,
    #[serde(with = "serde_bytes")]
    pub(crate) checksum: Vec<u8>,
    pub(crate) balance: i64,
}

/// An item of long texts, with an index by a folded one.
#[derive(Clone, Debug, PartialEq, Migratable, Serialize, Deserialize)]
#[migratable(contract = "contract.yaml")]
pub(crate) struct Article {
    pub(crate) article_id: u32,
    pub(crate) author_id: u32,
    pub(crate) slug: String,
    pub(crate) title: String,
    pub(crate) summary: String,
    pub(crate) body: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) published_at: Option<NaiveDateTime>,
}

/// A session, different for each number.
pub(crate) fn session(n: u32) -> anyhow::Result<Session> {
    Ok(Session {
        session_id: 4_000_000_000 + u64::from(n) * 7919,
        user_id: 100_000 + n,
        token: format!("{:032x}", u128::from(n) * 0x9e37_79b9_7f4a_7c15_f39c_c060),
        started_at: moment(n)?.naive_utc(),
        is_open: n.is_multiple_of(3),
    })
}

/// An invoice, different for each number; some of its optional attributes are absent.
pub(crate) fn invoice(n: u32) -> anyhow::Result<Invoice> {
    let net = Decimal::new(100_000 + i64::from(n) * 3137, 2);
    let tax = Decimal::new(19_000 + i64::from(n) * 596, 2);
    let at = moment(n)?;
    Ok(Invoice {
        customer_id: 70_000 + n % 500,
        number: n,
        status: ["draft", "sent", "paid", "void"][n as usize % 4].to_owned(),
        currency: "EUR".to_owned(),
        net,
        tax,
        gross: net + tax,
        exchange_rate: (!n.is_multiple_of(4)).then(|| Decimal::new(1_083_400 + i64::from(n), 6)),
        discount_percent: n.is_multiple_of(2).then(|| Decimal::new(750, 2)),
        lines_count: 1 + u16::try_from(n % 90)?,
        priority: i8::try_from(n % 7)? - 3,
        is_paid: n % 4 == 2,
        is_exported: n.is_multiple_of(5),
        issued_on: at.date_naive(),
        due_on: at.date_naive() + chrono::Days::new(30),
        paid_at: (n % 4 == 2).then(|| (at + chrono::Duration::milliseconds(86_400_123)).naive_utc()),
        created_at: at + chrono::Duration::microseconds(i64::from(n)),
        updated_at: at + chrono::Duration::microseconds(i64::from(n) * 1_000_003),
        reference: format!("2026/{n:06} Quartier Süd"),
        recipient: format!("Frau Zoë Grünwald-{n}, c/o Meier & Söhne"),
        city: (!n.is_multiple_of(9)).then(|| "Zürich".to_owned()),
        note: n.is_multiple_of(3).then(|| "Bitte vor Lieferung anrufen. ".repeat(6)),
        total_weight: (!n.is_multiple_of(6)).then(|| f64::from(n) * 0.125 + 0.1),
        checksum: (u128::from(n) * 0x1_0000_0001_0000_0001).to_be_bytes().to_vec(),
        balance: i64::from(n) * -12_345,
    })
}

/// An article of some kilobytes, different for each number.
pub(crate) fn article(n: u32) -> anyhow::Result<Article> {
    let sentence = "The quick brown fox jumps over the lazy dog; naïve façades don't impress Zoë. ";
    Ok(Article {
        article_id: n,
        author_id: 40 + n % 17,
        slug: format!("the-quick-brown-fox-and-{n}-dogs"),
        title: format!("The quick brown fox, and {n} dogs"),
        summary: sentence.repeat(4),
        body: sentence.repeat(60 + n as usize % 20),
        source: n.is_multiple_of(2).then(|| sentence.repeat(20)),
        published_at: (!n.is_multiple_of(3)).then_some(moment(n)?.naive_utc()),
    })
}

/// A second of 2026.
fn moment(n: u32) -> anyhow::Result<DateTime<Utc>> {
    let start: DateTime<Utc> = "2026-01-01T00:00:00Z".parse()?;
    Ok(start + chrono::Duration::seconds(i64::from(n) * 40_009))
}
