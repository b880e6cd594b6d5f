//! Where each attribute of an item has its place: worked out of a plan once, for all its items.

use std::any::Any;
use std::fmt;
use std::sync::OnceLock;

use super::{KeyAttribute, Plan};
use crate::Text;
use crate::check::Open;
use crate::dynamodb::ENTITY_ATTRIBUTE;
use crate::projection::built_keys;
use crate::sql::Statements;

/// The names of an item's attributes: those of [`Plan::attributes`], at the same places; the key attributes that templates
/// build; the entity's name; those of
/// [`Plan::maps`] and [`Plan::derived`].
#[derive(Debug)]
pub struct Places {
    names: Box<[Text]>,
    /// The key attributes that templates build.
    built: Box<[KeyAttribute]>,
    entity: usize,
    /// A hash table with open addressing: places, and more free slots than taken ones.
    slots: Box<[u16]>,
}

/// A slot without a place.
const FREE: u16 = u16::MAX;

impl Places {
    fn of(plan: &Plan) -> Self {
        let attributes = plan.attributes.iter().map(|attribute| &attribute.name);
        let built: Box<[KeyAttribute]> = built_keys(plan).cloned().collect();
        let keys = built.iter().map(|key| &key.name);
        let entity = Text::Borrowed(ENTITY_ATTRIBUTE);
        let maps = plan.maps.iter().map(|map| &map.name);
        let nested = maps.chain(plan.derived.iter().map(|derived| &derived.name)).cloned();
        let mut names: Vec<Text> = attributes.chain(keys).cloned().collect();
        let entity_place = names.len();
        names.push(entity);
        names.extend(nested);
        let names = names.into_boxed_slice();
        let mut slots = vec![FREE; (names.len() * 2).next_power_of_two()].into_boxed_slice();
        for (place, name) in (0_u16..FREE).zip(&names) {
            let mut slot = hash(name) as usize & (slots.len() - 1);
            while slots[slot] != FREE {
                slot = (slot + 1) & (slots.len() - 1);
            }
            slots[slot] = place;
        }
        Self { names, built, entity: entity_place, slots }
    }

    /// The key attributes that are no attributes of their own, in the order of their places.
    pub fn built(&self) -> &[KeyAttribute] {
        &self.built
    }

    /// The names, in the order of their places.
    pub fn names(&self) -> impl ExactSizeIterator<Item = &str> {
        self.names.iter().map(AsRef::as_ref)
    }

    /// The name at a place.
    #[inline]
    pub fn name(&self, place: usize) -> Option<&str> {
        self.names.get(place).map(AsRef::as_ref)
    }

    /// The place of a name; `None` for one that no item of the plan has.
    #[inline]
    pub fn find(&self, name: &str) -> Option<usize> {
        let mut slot = hash(name) as usize & (self.slots.len() - 1);
        loop {
            let place = usize::from(self.slots[slot]);
            // A free slot has no name either.
            if *self.names.get(place)? == *name {
                return Some(place);
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
    }

    /// The place of the entity's name.
    pub const fn entity(&self) -> usize {
        self.entity
    }
}

/// A quick hash: names come from the contract, so nobody makes them collide, and a slot's name is compared.
///
/// It looks at the length and at up to eight bytes from either end, in loads of fixed width: names of one contract seldom
/// differ in their middles alone, and if they do, a slot more is looked at.
#[inline]
fn hash(name: &str) -> u64 {
    let bytes = name.as_bytes();
    let (first, last) = match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
        _ => match (bytes.first_chunk(), bytes.last_chunk()) {
            (Some(first), Some(last)) => {
                (u64::from(u32::from_le_bytes(*first)), u64::from(u32::from_le_bytes(*last)))
            }
            _ => bytes.iter().fold((0, 0), |(all, _), byte| (all << 8 | u64::from(*byte), 0)),
        },
    };
    const MIX: u64 = 0x517c_c1b7_2722_0a95;
    let hash = (first ^ bytes.len() as u64).wrapping_mul(MIX).rotate_left(29) ^ last;
    // The upper bits are the mixed ones.
    hash.wrapping_mul(MIX) >> 32
}

/// What has been worked out of a plan. It follows from the rest, so plans are compared, copied and written without it.
#[derive(Default)]
pub struct Memo {
    places: OnceLock<Places>,
    open: OnceLock<Open>,
    statements: OnceLock<Statements>,
    of_store: OnceLock<Box<dyn Any + Send + Sync>>,
}

impl Memo {
    /// What a store keeps with the plan: `make` is called for the first who asks. `None` for one who asks for another type
    /// than the first.
    pub fn of_store<T: Any + Send + Sync>(&self, make: impl FnOnce() -> T) -> Option<&T> {
        self.of_store.get_or_init(|| Box::new(make())).downcast_ref()
    }
}

impl Plan {
    /// Where each attribute of the plan's items has its place.
    pub fn places(&self) -> &Places {
        self.memo.places.get_or_init(|| Places::of(self))
    }

    /// The statements that write rows.
    pub fn statements(&self) -> &Statements {
        self.memo.statements.get_or_init(|| Statements::of(self))
    }

    /// What is left to be judged row by row.
    pub(crate) fn open(&self) -> &Open {
        self.memo.open.get_or_init(|| Open::of(self))
    }
}

impl Clone for Memo {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl PartialEq for Memo {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Memo {}

impl fmt::Debug for Memo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Memo")
    }
}
