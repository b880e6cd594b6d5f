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
    // Folded: the stores sort it by rules of their own.
    let _ = VisitByMoodKey::prefix("ada").from("sad");
    let _: Range<Visit> = VisitByMoodKey::prefix("ada").into();
    // No list of the contract asks it.
    let _: Range<Visit> = VisitByBadgeKey::prefix("b").into();
}
