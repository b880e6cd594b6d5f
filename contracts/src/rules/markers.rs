//! Rules about markers, the items that hold unique keys.

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::language::{Reader, quoted_list};
use crate::lower::entity::Entity;
use crate::lower::marker::Marker;

/// Two rows have one marker exactly where MySQL holds their values of the unique key equal.
pub(super) fn columns(entity: &Entity<'_>, reader: &mut Reader) {
    for marker in entity.markers.iter().filter(|_| entity.whole) {
        let Some(columns) = &marker.columns else {
            reader.report(
                Diagnostic::error(
                    codes::MARKER_COLUMNS,
                    format!("`{}` is not over whole columns", marker.name.text),
                )
                .label(marker.name.place.clone(), "no marker can hold it")
                .help(format!(
                    "remove it, and write `unique {}: why` in `dropped`: only MySQL works out the start of a value, or an expression",
                    marker.name.text
                )),
            );
            continue;
        };
        let made_of = made_of(entity, marker);
        let whole: Vec<&str> = made_of.iter().filter(|(_, whole)| *whole).map(|(name, _)| *name).collect();
        let missing: Vec<&str> = columns.iter().copied().filter(|column| !whole.contains(column)).collect();
        let others = made_of.iter().map(|(name, _)| *name).filter(|name| !columns.contains(name));
        let others: Vec<&str> = others.collect();
        let (message, label) = if !missing.is_empty() {
            let message = format!("`{}` is held without {}", marker.name.text, quoted_list(&missing));
            (message, "rows that MySQL tells apart would have one marker")
        } else if !others.is_empty() {
            let message = format!("`{}` is held with {}", marker.name.text, quoted_list(&others));
            (message, "rows that MySQL holds equal would have markers of their own")
        } else {
            continue;
        };
        reader.report(
            Diagnostic::error(codes::MARKER_COLUMNS, message).label(marker.name.place.clone(), label).help(
                format!(
                    "build it from {}, all of it and nothing else, in full or folded",
                    quoted_list(columns)
                ),
            ),
        );
    }
}

/// The columns a marker's key is made of, and whether it has each in full. A value of another table's row is called by its
/// path.
fn made_of<'e>(entity: &'e Entity<'_>, marker: &'e Marker<'_>) -> Vec<(&'e str, bool)> {
    let variables = marker.templates().flat_map(|template| template.variables());
    let value = variables.map(|variable| {
        let column = variable.attribute.and_then(|attribute| entity.attributes[attribute].root_column());
        (column.unwrap_or(&variable.path), variable.form.tells_apart())
    });
    value.collect()
}
