use migratable::Migratable;
use migratable::types::{BigDecimal, DateTime, NaiveDate, Time, Utc, ZeroableDate};

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml")]
struct Measurement {
    id: u64,
    r#type: Option<i8>,
    flag: bool,
    small: i16,
    medium: u32,
    bits: u64,
    vintage: u16,
    ratio: f32,
    precise: f64,
    wide: Option<BigDecimal>,
    code: String,
    notes: Option<String>,
    hash: [u8; 16],
    picture: Option<Vec<u8>>,
    born: Option<NaiveDate>,
    died: Option<ZeroableDate>,
    took: Time,
    seen: DateTime<Utc>,
    flags: std::collections::BTreeSet<String>,
    document: Option<String>,
}

fn main() {}
