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
    let _ = VisitKey::prefix("ada").room("12");
    let _ = VisitKey::prefix("ada").floor(1).id(7);
    let _: Range<Visit> = VisitKey::prefix("ada").room("12").into();
}
