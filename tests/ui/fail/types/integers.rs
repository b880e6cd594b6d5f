use migratable::Migratable;
use migratable::types::{BigDecimal, DateTime, Json, NaiveDate, Time, Utc, ZeroableDate};

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml")]
struct Measurement {
    id: i64,
    r#type: Option<u8>,
    flag: bool,
    small: i32,
    medium: usize,
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
    flags: Vec<String>,
    document: Option<Json>,
}

fn main() {}
