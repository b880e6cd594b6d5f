use migratable::Migratable;
use migratable::types::{BigDecimal, DateTime, Json, NaiveDate, Time, Utc, ZeroableDate};

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
    code: char,
    notes: Option<&'static str>,
    hash: String,
    picture: Option<Box<[u8]>>,
    born: Option<NaiveDate>,
    died: Option<ZeroableDate>,
    took: Time,
    seen: DateTime<Utc>,
    flags: Vec<String>,
    document: Option<Json>,
}

fn main() {}
