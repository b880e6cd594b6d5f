//! Types of a program's own, as `cases/overrides` names them, and what comes of naming them.

use migratable::types::{Decimal, Value};
use migratable::{Field, ValueError, kind};
use serde::{Deserialize, Serialize};

// A derive that takes the place of the one every struct has.
pub(crate) use std::fmt::Debug;

macro_rules! newtypes {
    ($($(#[$doc:meta])* $name:ident($inner:ty) carries $kind:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub struct $name(pub $inner);

        impl Field<kind::$kind> for $name {
            fn to_value(&self) -> Result<Value, ValueError> {
                Field::<kind::$kind>::to_value(&self.0)
            }

            fn from_value(value: Value) -> Result<Self, ValueError> {
                Field::<kind::$kind>::from_value(value).map(Self)
            }
        }
    )*};
}

newtypes! {
    /// An account's number.
    AccountId(u64) carries U64;
    /// An amount.
    Money(Decimal) carries Decimal;
    /// A rate.
    Rate(Decimal) carries Decimal;
}
