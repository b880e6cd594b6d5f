use migratable::{Migratable, Range};

#[derive(Migratable)]
#[migratable(contract = "../../contracts/ranges.yaml")]
struct Visit {
    id: i32,
    visitor: String,
    floor: i32,
    room: String,
    mood: String,
    badge: Option<String>,
}

fn main() {
    let _ = VisitKey::prefix(7);
    let _ = VisitKey::prefix("ada").between("1", "2");
    let _ = VisitKey::prefix("ada").floor(1).between(1, 2);
    let _: Range<Visit> = VisitKey::prefix("ada").floor(1).room("12").from(7_u8);
}
