//! What one would write without a library: the same attributes, keys, formats and checks, over the SDK's own types.

use std::collections::HashMap;

use anyhow::{Context, bail, ensure};
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Timelike, Utc};
use rust_decimal::Decimal;

use crate::entities::{Article, Invoice, Session};

type Item = HashMap<String, AttributeValue>;

/// An item that takes so many attributes.
struct Writer(Item);

impl Writer {
    fn new(entity: &str, attributes: usize) -> Self {
        let mut writer = Self(HashMap::with_capacity(attributes + 1));
        writer.text("_entity", entity.to_owned());
        writer
    }

    fn text(&mut self, name: &str, text: String) {
        self.0.insert(name.to_owned(), AttributeValue::S(text));
    }

    fn number(&mut self, name: &str, number: impl ToString) {
        self.0.insert(name.to_owned(), AttributeValue::N(number.to_string()));
    }

    fn flag(&mut self, name: &str, flag: bool) {
        self.0.insert(name.to_owned(), AttributeValue::Bool(flag));
    }

    fn bytes(&mut self, name: &str, bytes: &[u8]) {
        self.0.insert(name.to_owned(), AttributeValue::B(Blob::new(bytes)));
    }
}

fn date_time(value: &NaiveDateTime) -> String {
    format!("{}T{:02}:{:02}:{:02}", value.date(), value.hour(), value.minute(), value.second())
}

fn with_millis(value: &NaiveDateTime) -> String {
    format!("{}.{:03}", date_time(value), value.nanosecond() / 1_000_000)
}

fn timestamp(value: &DateTime<Utc>) -> String {
    format!("{}.{:06}Z", date_time(&value.naive_utc()), value.nanosecond() / 1000)
}

/// What a key holds of a text: blanks at the end don't count, and what sorts before the delimiter is escaped.
fn key_text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.trim_end_matches(' ').chars() {
        if character <= '$' {
            escaped.push_str(&format!("${:02x}", u32::from(character)));
        } else {
            escaped.push(character);
        }
    }
    escaped
}

pub(crate) fn session_item(session: &Session) -> Item {
    let mut item = Writer::new("Session", 5);
    item.number("session_id", session.session_id);
    item.number("user_id", session.user_id);
    item.text("token", session.token.clone());
    item.text("started_at", date_time(&session.started_at));
    item.flag("is_open", session.is_open);
    item.0
}

pub(crate) fn invoice_item(invoice: &Invoice) -> Item {
    let mut item = Writer::new("Invoice", 29);
    item.text("PK", format!("INVOICE#{:010}", invoice.customer_id));
    item.text("SK", format!("{:010}", invoice.number));
    item.text("ByStatusPK", format!("STATUS#{}", key_text(&invoice.status)));
    let (issued_on, customer_id, number) = (&invoice.issued_on, invoice.customer_id, invoice.number);
    item.text("ByStatusSK", format!("{issued_on}#{customer_id:010}#{number:010}"));
    item.number("customer_id", customer_id);
    item.number("number", number);
    item.text("status", invoice.status.clone());
    item.text("currency", invoice.currency.clone());
    item.number("net", invoice.net.normalize());
    item.number("tax", invoice.tax.normalize());
    item.number("gross", invoice.gross.normalize());
    if let Some(rate) = &invoice.exchange_rate {
        item.number("exchange_rate", rate.normalize());
    }
    if let Some(discount) = &invoice.discount_percent {
        item.number("discount_percent", discount.normalize());
    }
    item.number("lines_count", invoice.lines_count);
    item.number("priority", invoice.priority);
    item.flag("is_paid", invoice.is_paid);
    item.flag("is_exported", invoice.is_exported);
    item.text("issued_on", invoice.issued_on.to_string());
    item.text("due_on", invoice.due_on.to_string());
    if let Some(paid_at) = &invoice.paid_at {
        item.text("paid_at", with_millis(paid_at));
    }
    item.text("created_at", timestamp(&invoice.created_at));
    item.text("updated_at", timestamp(&invoice.updated_at));
    item.text("reference", invoice.reference.clone());
    item.text("recipient", invoice.recipient.clone());
    if let Some(city) = &invoice.city {
        item.text("city", city.clone());
    }
    if let Some(note) = &invoice.note {
        item.text("note", note.clone());
    }
    if let Some(weight) = invoice.total_weight {
        item.number("total_weight", weight);
    }
    item.bytes("checksum", &invoice.checksum);
    item.number("balance", invoice.balance);
    item.0
}

pub(crate) fn article_item(article: &Article) -> Item {
    let mut item = Writer::new("Article", 9);
    item.text("BySlugPK", format!("SLUG#{}", key_text(&article.slug)));
    item.number("article_id", article.article_id);
    item.number("author_id", article.author_id);
    item.text("slug", article.slug.clone());
    item.text("title", article.title.clone());
    item.text("summary", article.summary.clone());
    item.text("body", article.body.clone());
    if let Some(source) = &article.source {
        item.text("source", source.clone());
    }
    if let Some(published_at) = &article.published_at {
        item.text("published_at", date_time(published_at));
    }
    item.0
}

fn characters(text: &str, most: usize) -> anyhow::Result<()> {
    ensure!(text.len() <= most || text.chars().count() <= most, "more than {most} characters");
    Ok(())
}

/// CHAR of ASCII.
fn ascii(text: &str, most: usize) -> anyhow::Result<()> {
    ensure!(text.is_ascii(), "not in the character set");
    ensure!(!text.ends_with(' '), "CHAR loses blanks at the end");
    characters(text, most)
}

fn decimal(number: &Decimal, precision: u32, scale: u32) -> anyhow::Result<()> {
    let number = number.normalize();
    ensure!(number.scale() <= scale, "more than {scale} digits after the point");
    ensure!(number.trunc().abs() < Decimal::from(10_u64.pow(precision - scale)), "too large");
    Ok(())
}

fn date(date: &NaiveDate) -> anyhow::Result<()> {
    ensure!((0..=9999).contains(&date.year()), "years are 0000 to 9999");
    Ok(())
}

/// Nothing is lost of a time with so many nanoseconds to its last digit.
fn time(value: &NaiveDateTime, nanos: u32) -> anyhow::Result<()> {
    date(&value.date())?;
    ensure!(value.nanosecond() < 1_000_000_000, "a leap second");
    ensure!(value.nanosecond().is_multiple_of(nanos), "more digits of a second");
    Ok(())
}

fn instant(value: &DateTime<Utc>) -> anyhow::Result<()> {
    time(&value.naive_utc(), 1000)?;
    ensure!((1..=2_147_483_647).contains(&value.timestamp()), "TIMESTAMP is 1970 to 2038");
    Ok(())
}

fn key(text: &str, most: usize) -> anyhow::Result<()> {
    ensure!(!text.trim_end_matches(' ').is_empty(), "an empty key");
    // An escaped character has three bytes.
    ensure!(text.len() * 3 + 20 <= most || key_text(text).len() + 20 <= most, "a key too long");
    Ok(())
}

/// DynamoDB's 400 KB, given the bytes of the texts and a bound for all the rest.
fn size(texts: usize) -> anyhow::Result<()> {
    ensure!(texts + 8000 <= 409_600, "an item too large");
    Ok(())
}

pub(crate) fn check_session(session: &Session) -> anyhow::Result<()> {
    ascii(&session.token, 32)?;
    time(&session.started_at, 1_000_000_000)
}

pub(crate) fn check_invoice(invoice: &Invoice) -> anyhow::Result<()> {
    ensure!(["draft", "sent", "paid", "void"].contains(&invoice.status.as_str()), "not a member");
    ascii(&invoice.currency, 3)?;
    for amount in [&invoice.net, &invoice.tax, &invoice.gross] {
        decimal(amount, 12, 2)?;
    }
    invoice.exchange_rate.as_ref().map_or(Ok(()), |rate| decimal(rate, 14, 6))?;
    invoice.discount_percent.as_ref().map_or(Ok(()), |discount| decimal(discount, 5, 2))?;
    date(&invoice.issued_on)?;
    date(&invoice.due_on)?;
    invoice.paid_at.as_ref().map_or(Ok(()), |at| time(at, 1_000_000))?;
    instant(&invoice.created_at)?;
    instant(&invoice.updated_at)?;
    characters(&invoice.reference, 40)?;
    characters(&invoice.recipient, 120)?;
    invoice.city.as_deref().map_or(Ok(()), |city| characters(city, 60))?;
    invoice.note.as_deref().map_or(Ok(()), |note| characters(note, 500))?;
    if let Some(weight) = invoice.total_weight {
        let magnitude = weight.abs();
        ensure!(weight == 0.0 || (1e-130..1e126).contains(&magnitude), "no number of DynamoDB's");
    }
    ensure!(invoice.checksum.len() == 16, "not 16 bytes");
    let optional = |text: &Option<String>| text.as_ref().map_or(0, String::len);
    size(
        invoice.reference.len() + invoice.recipient.len() + optional(&invoice.city) + optional(&invoice.note),
    )
}

pub(crate) fn check_article(article: &Article) -> anyhow::Result<()> {
    characters(&article.slug, 120)?;
    characters(&article.title, 200)?;
    ensure!(article.summary.len() <= 65_535, "TEXT holds 65,535 bytes");
    ensure!(article.body.len() <= 16_777_215, "MEDIUMTEXT holds 16,777,215 bytes");
    let source = article.source.as_ref().map_or(0, String::len);
    ensure!(source <= 16_777_215, "MEDIUMTEXT holds 16,777,215 bytes");
    article.published_at.as_ref().map_or(Ok(()), |at| time(at, 1_000_000_000))?;
    key(&article.slug, 2048)?;
    size(article.slug.len() + article.title.len() + article.summary.len() + article.body.len() + source)
}

/// An item that is taken apart.
struct Reader(Item);

impl Reader {
    fn new(mut item: Item, entity: &str) -> anyhow::Result<Self> {
        match item.remove("_entity") {
            Some(AttributeValue::S(found)) if found == entity => Ok(Self(item)),
            _ => bail!("not a {entity}"),
        }
    }

    fn optional_text(&mut self, name: &'static str) -> anyhow::Result<Option<String>> {
        match self.0.remove(name) {
            Some(AttributeValue::S(text)) => Ok(Some(text)),
            None => Ok(None),
            Some(_) => bail!("{name} is not a text"),
        }
    }

    fn text(&mut self, name: &'static str) -> anyhow::Result<String> {
        self.optional_text(name)?.context(name)
    }

    fn parsed<T: std::str::FromStr>(&mut self, name: &'static str) -> anyhow::Result<T> {
        self.text(name)?.parse().ok().context(name)
    }

    fn optional_parsed<T: std::str::FromStr>(&mut self, name: &'static str) -> anyhow::Result<Option<T>> {
        self.optional_text(name)?.map(|text| text.parse().ok().context(name)).transpose()
    }

    fn optional_number<T: std::str::FromStr>(&mut self, name: &'static str) -> anyhow::Result<Option<T>> {
        match self.0.remove(name) {
            Some(AttributeValue::N(digits)) => digits.parse().ok().context(name).map(Some),
            None => Ok(None),
            Some(_) => bail!("{name} is not a number"),
        }
    }

    fn number<T: std::str::FromStr>(&mut self, name: &'static str) -> anyhow::Result<T> {
        self.optional_number(name)?.context(name)
    }

    /// DynamoDB doesn't keep zeros at the end; the column has them.
    fn optional_decimal(&mut self, name: &'static str, scale: u32) -> anyhow::Result<Option<Decimal>> {
        let Some(mut number) = self.optional_number::<Decimal>(name)? else { return Ok(None) };
        ensure!(number.scale() <= scale, name);
        number.rescale(scale);
        Ok(Some(number))
    }

    fn decimal(&mut self, name: &'static str, scale: u32) -> anyhow::Result<Decimal> {
        self.optional_decimal(name, scale)?.context(name)
    }

    fn flag(&mut self, name: &'static str) -> anyhow::Result<bool> {
        match self.0.remove(name) {
            Some(AttributeValue::Bool(flag)) => Ok(flag),
            _ => bail!("{name} is not a flag"),
        }
    }

    fn bytes(&mut self, name: &'static str) -> anyhow::Result<Vec<u8>> {
        match self.0.remove(name) {
            Some(AttributeValue::B(bytes)) => Ok(bytes.into_inner()),
            _ => bail!("{name} are not bytes"),
        }
    }
}

pub(crate) fn session(item: Item) -> anyhow::Result<Session> {
    let mut item = Reader::new(item, "Session")?;
    Ok(Session {
        session_id: item.number("session_id")?,
        user_id: item.number("user_id")?,
        token: item.text("token")?,
        started_at: item.parsed("started_at")?,
        is_open: item.flag("is_open")?,
    })
}

pub(crate) fn invoice(item: Item) -> anyhow::Result<Invoice> {
    let mut item = Reader::new(item, "Invoice")?;
    Ok(Invoice {
        customer_id: item.number("customer_id")?,
        number: item.number("number")?,
        status: item.text("status")?,
        currency: item.text("currency")?,
        net: item.decimal("net", 2)?,
        tax: item.decimal("tax", 2)?,
        gross: item.decimal("gross", 2)?,
        exchange_rate: item.optional_decimal("exchange_rate", 6)?,
        discount_percent: item.optional_decimal("discount_percent", 2)?,
        lines_count: item.number("lines_count")?,
        priority: item.number("priority")?,
        is_paid: item.flag("is_paid")?,
        is_exported: item.flag("is_exported")?,
        issued_on: item.parsed("issued_on")?,
        due_on: item.parsed("due_on")?,
        paid_at: item.optional_parsed("paid_at")?,
        created_at: item.parsed("created_at")?,
        updated_at: item.parsed("updated_at")?,
        reference: item.text("reference")?,
        recipient: item.text("recipient")?,
        city: item.optional_text("city")?,
        note: item.optional_text("note")?,
        total_weight: item.optional_number("total_weight")?,
        checksum: item.bytes("checksum")?,
        balance: item.number("balance")?,
    })
}

pub(crate) fn article(item: Item) -> anyhow::Result<Article> {
    let mut item = Reader::new(item, "Article")?;
    Ok(Article {
        article_id: item.number("article_id")?,
        author_id: item.number("author_id")?,
        slug: item.text("slug")?,
        title: item.text("title")?,
        summary: item.text("summary")?,
        body: item.text("body")?,
        source: item.optional_text("source")?,
        published_at: item.optional_parsed("published_at")?,
    })
}
