use migratable::Migratable;
use migratable::types::{DateTime, Decimal, Json, NaiveDate, Time, Utc, ZeroableDate};

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
    ratio: f64,
    precise: f32,
    wide: Option<Decimal>,
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
