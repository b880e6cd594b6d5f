//! CONVERT TO CHARACTER SET: what becomes of each column of text.

use migratable_contract::source::SourceType;
use migratable_core::collation::Collation;
use migratable_core::mysql::{LobSize, MySqlType};

use crate::ddl::charset;
use crate::ddl::schema::Column;

/// Gives a column of text this collation. `grows`: it held text before, so that a TEXT has to take as many characters
/// as it could, whatever bytes they take now.
pub(super) fn convert(column: &mut Column, collation: &str, grows: bool) {
    let SourceType::Known(ty) = &column.source.ty else { return };
    let new = || Collation::new(collation.to_owned());
    let bytes = collation == "binary";
    let converted = match ty {
        MySqlType::Char { length, .. } if bytes => MySqlType::Binary { length: *length },
        MySqlType::VarChar { length, .. } if bytes => MySqlType::VarBinary { length: *length },
        MySqlType::Char { length, .. } => MySqlType::Char { length: *length, collation: new() },
        MySqlType::VarChar { length, .. } => MySqlType::VarChar { length: *length, collation: new() },
        MySqlType::Text { size, .. } if bytes => MySqlType::Blob { size: *size },
        MySqlType::Text { size, collation: old } => {
            let size = if grows { grown(*size, old.charset(), collation) } else { *size };
            MySqlType::Text { size, collation: new() }
        }
        MySqlType::Enum { members, .. } => MySqlType::Enum { members: members.clone(), collation: new() },
        MySqlType::Set { members, .. } => MySqlType::Set { members: members.clone(), collation: new() },
        _ => return,
    };
    column.source.ty = SourceType::Known(converted);
}

/// The smallest TEXT that takes as many characters as this one did, where a character may take more bytes now.
fn grown(size: LobSize, old: &str, new: &str) -> LobSize {
    let (Some(before), Some(now)) = (charset::max_bytes(old), charset::max_bytes(new)) else { return size };
    if now <= before {
        return size;
    }
    let bytes = size.max_bytes().saturating_mul(now) / before;
    let sizes = [LobSize::Tiny, LobSize::Normal, LobSize::Medium, LobSize::Long];
    sizes.into_iter().find(|size| bytes <= size.max_bytes()).unwrap_or(LobSize::Long)
}
