//! Keys of a table and its indexes, and their ranges, from typed values only.
#![deny(warnings)]

use migratable::types::Value;
use migratable::{Entity, Field, Key, Migratable, Range, ValueError, kind};

/// A type of one's own, under an `Option` and in a key.
#[derive(Clone, Debug, PartialEq)]
struct Badge(String);

impl Field<kind::Text> for Badge {
    fn to_value(&self) -> Result<Value, ValueError> {
        Field::<kind::Text>::to_value(&self.0)
    }

    fn from_value(value: Value) -> Result<Self, ValueError> {
        Field::<kind::Text>::from_value(value).map(Badge)
    }
}

#[derive(Clone, Debug, PartialEq, Migratable)]
#[migratable(contract = "../contracts/ranges.yaml")]
struct Visit {
    id: i32,
    visitor: String,
    floor: i32,
    room: String,
    mood: String,
    badge: Option<Badge>,
}

fn ranges() -> Vec<Range<Visit>> {
    let floor = 1;
    let visitor = || VisitKey::prefix("ada");
    vec![
        // All of a partition, and parts of it by the next column.
        visitor().into(),
        visitor().between(1, 2),
        visitor().from(floor),
        visitor().after(&floor),
        visitor().until(2),
        visitor().before(2),
        // Step by step, in the order of the sort key.
        visitor().floor(1).into(),
        visitor().floor(1).between("a", "b".to_owned()),
        VisitKey::prefix("ada".to_owned()).floor(1).room("12").into(),
        visitor().floor(1).room("12").after(7),
        // The mood is given, what comes behind it has ranges.
        VisitByMoodKey::prefix("ada").mood("Happy").into(),
        VisitByMoodKey::prefix("ada").mood("Happy").before(7),
    ]
}

fn main() {
    let badge = Some(Badge("b".to_owned()));
    let visit = Visit {
        id: 7,
        visitor: "ada".to_owned(),
        floor: -1,
        room: "1#2".to_owned(),
        mood: "Happy".to_owned(),
        badge,
    };
    assert_eq!(ranges().len(), 12);
    let item = visit.to_item().unwrap();
    let attributes = visit.key().to_attributes().unwrap();
    assert!(attributes.len() == 2 && attributes.iter().all(|(name, value)| item.get(name) == Some(value)));
    assert_eq!(VisitKey::from_attributes(&item).unwrap(), visit.key());
    assert_eq!(VisitKey::of(&visit).unwrap(), Some(visit.key()));
    // A key that is folded has lost how the text was written.
    let mood = VisitByMoodKey::from_attributes(&item).unwrap();
    assert_eq!((mood.mood.as_str(), mood.id), ("happy", 7));
    // A key that may be NULL is there or not; its field is what it holds when it is.
    let badge = VisitByBadgeKey { badge: Badge("b".to_owned()) };
    assert_eq!(VisitByBadgeKey::of(&visit).unwrap(), Some(badge.clone()));
    assert_eq!(VisitByBadgeKey::from_attributes(&badge.to_attributes().unwrap()).unwrap(), badge);
    assert_eq!(VisitByBadgeKey::of(&Visit { badge: None, ..visit }).unwrap(), None);
}
