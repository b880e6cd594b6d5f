use migratable::Migratable;
use migratable::types::{BigDecimal, DateTime, Json, NaiveDate, Time, Utc, ZeroableDate};

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml")]
struct Measurement {
    id: u64,
    r#type: Option<i8>,
    flag: i8,
    small: i16,
    medium: u32,
    bits: bool,
    vintage: i32,
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
