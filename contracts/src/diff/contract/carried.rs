//! What an item carries, attribute by attribute, whatever each is made of.

use migratable_core::dynamodb::AttributeType;
use migratable_core::mysql::ZeroDates;
use migratable_core::plan::{
    Aggregate, Attribute, ChildRows, Collection, CollectionForm, Compute, Derived, DerivedSource,
    MapAttribute, Member, Scalar, TextPart, Tree, TreeValue,
};

use super::forms;
use super::named::{Named, Scope};

/// One attribute of an item, by what its numbers stand for.
pub(super) struct Carried {
    pub(super) name: String,
    /// What it is made of. Two that differ in it hold other values.
    pub(super) origin: String,
    /// The same for people, where that is shorter.
    pub(super) shown: String,
    pub(super) ty: AttributeType,
    /// How its values are written.
    pub(super) form: String,
    /// What it holds inside, of a map or a collection.
    pub(super) inside: Vec<String>,
    /// Whether it may be absent.
    pub(super) absent: bool,
    /// What happens to zero dates, where it is a column.
    pub(super) zero_dates: Option<ZeroDates>,
    /// What stands for NULL.
    pub(super) when_null: Option<String>,
}

/// Everything an item carries besides its keys.
pub(super) fn all(named: Named<'_>) -> Vec<Carried> {
    let plan = named.plan;
    let columns = plan.attributes.iter().map(|attribute| column(named, attribute));
    let maps = plan.maps.iter().map(|attribute| map(named, attribute));
    columns.chain(maps).chain(plan.derived.iter().map(|attribute| derived(named, attribute))).collect()
}

/// One value of a row, which one field of the struct carries.
pub(super) struct RowValue<'p> {
    /// The attribute it is in.
    pub(super) attribute: &'p str,
    /// The member of it that it is, of a map.
    pub(super) member: Option<&'p str>,
    /// How it is held in Rust, where the contract doesn't say.
    pub(super) rust: String,
}

/// The values of a row, in order: columns, then what is derived. A column that no attribute has, such as one that only a
/// condition asks for, is in none.
pub(super) fn values(named: Named<'_>) -> Vec<RowValue<'_>> {
    let plan = named.plan;
    let of_column = |position: usize| {
        let value = |attribute, member, ty| {
            let column = named.column(position);
            RowValue { attribute, member, rust: forms::in_rust(&column.ty, ty, column.zero_dates) }
        };
        let whole = plan.attributes.iter().find(|attribute| attribute.column == position);
        let inside = plan.maps.iter().flat_map(|map| map.members.iter().map(move |member| (map, member)));
        let inside = || inside.clone().find(|(_, member)| member.column == position);
        match (whole, inside()) {
            (Some(attribute), _) => value(attribute.name.as_ref(), None, attribute.ty),
            (None, Some((map, member))) => value(map.name.as_ref(), Some(member.name.as_ref()), member.ty),
            (None, None) => value("", Some(named.column(position).name.as_ref()), AttributeType::S),
        }
    };
    let of_derived = |derived: &'_ Derived| match derived.scalar() {
        Some(scalar) => forms::in_rust(&scalar.ty, scalar.attribute, ZeroDates::Refuse),
        None => format!("what is collected as {}", derived.attribute_type()),
    };
    let columns = (0..plan.columns.len()).map(of_column);
    let derived = plan.derived.iter().map(|derived| RowValue {
        attribute: derived.name.as_ref(),
        member: None,
        rust: of_derived(derived),
    });
    columns.chain(derived).collect()
}

fn column(named: Named<'_>, attribute: &Attribute) -> Carried {
    let Attribute { name, column: position, ty } = attribute;
    let column = named.column(*position);
    Carried {
        name: name.to_string(),
        origin: named.scope().origin(*position),
        shown: named.path(*position),
        ty: *ty,
        form: forms::stored(&column.ty, *ty),
        inside: Vec::new(),
        absent: column.nullable && column.when_null.is_none(),
        zero_dates: Some(column.zero_dates),
        when_null: column.when_null.as_ref().map(ToString::to_string),
    }
}

fn map(named: Named<'_>, attribute: &MapAttribute) -> Carried {
    let MapAttribute { name, members } = attribute;
    Carried {
        inside: inside(named.scope(), members),
        ..nested(name, "a map of columns".to_owned(), AttributeType::M)
    }
}

fn derived(named: Named<'_>, attribute: &Derived) -> Carried {
    let Derived { name, source } = attribute;
    match source {
        DerivedSource::Computed { compute, scalar: of } => {
            scalar(name, computed(named.scope(), compute), of, None)
        }
        DerivedSource::Aggregate(Aggregate { function, of, rows, when_null, scalar: ty }) => {
            let of = of.as_ref().map_or_else(|| "*".to_owned(), |of| child_scope(rows).expression(of));
            let origin = format!("{}({of}) of {}", function.name(), child_rows(rows));
            scalar(name, origin, ty, when_null.as_ref().map(ToString::to_string))
        }
        DerivedSource::Tree(tree) => {
            let Tree { table, key, parent, value, scalar: ty } = tree;
            let way = named.scope().table_origin(*table);
            let what = match value {
                TreeValue::Path { take, join } => format!("{take} joined by {join:?}"),
                TreeValue::Depth => "how many rows there are above".to_owned(),
            };
            scalar(name, format!("{what}, of the way {way}{parent} to {key}"), ty, None)
        }
        DerivedSource::Collection(collection) => collected(name, collection),
    }
}

fn scalar(name: &str, origin: String, scalar: &Scalar, when_null: Option<String>) -> Carried {
    let Scalar { ty, attribute, nullable } = scalar;
    Carried {
        name: name.to_owned(),
        shown: origin.clone(),
        origin,
        ty: *attribute,
        form: forms::stored(ty, *attribute),
        inside: Vec::new(),
        absent: *nullable && when_null.is_none(),
        zero_dates: None,
        when_null,
    }
}

fn nested(name: &str, origin: String, ty: AttributeType) -> Carried {
    Carried {
        name: name.to_owned(),
        shown: origin.clone(),
        origin,
        ty,
        form: ty.to_string(),
        inside: Vec::new(),
        absent: false,
        zero_dates: None,
        when_null: None,
    }
}

fn collected(name: &str, collection: &Collection) -> Carried {
    let Collection { rows, order, limit, form } = collection;
    let scope = child_scope(rows);
    let order: Vec<String> = order
        .iter()
        .map(|step| format!("{}{}", scope.path(step.column), if step.descending { " desc" } else { "" }))
        .collect();
    let limit = limit.map(|limit| format!(", the first {limit}")).unwrap_or_default();
    let origin = format!("{} in the order of {}{limit}", child_rows(rows), order.join(", "));
    let mut inside = inside(scope, form.members());
    match form {
        CollectionForm::List(_) => {}
        CollectionForm::Map { key, members: _ } => {
            inside.insert(
                0,
                format!("by {} ({})", scope.path(*key), forms::in_key(&scope.columns[*key].ty, false)),
            );
        }
        CollectionForm::Values(_) | CollectionForm::Set(_) => inside.insert(0, "values alone".to_owned()),
    }
    // An empty set is an absent attribute, which reads as the empty set.
    Carried { inside, ..nested(name, origin, form.attribute_type()) }
}

fn child_scope(rows: &ChildRows) -> Scope<'_> {
    Scope { joins: &rows.joins, columns: &rows.columns }
}

fn child_rows(rows: &ChildRows) -> String {
    // Joins and columns are in what is read of them.
    let ChildRows { table, on, joins: _, columns: _, filter } = rows;
    let on: Vec<String> = on.iter().map(|(own, theirs)| format!("{theirs} = {own}")).collect();
    let filter = filter.as_ref().map(|filter| format!(" where {}", child_scope(rows).expression(filter)));
    format!("{table} by {}{}", on.join(", "), filter.unwrap_or_default())
}

/// Members: name, where the value comes from, how it is written, and whether it may be absent.
fn inside(scope: Scope<'_>, members: &[Member]) -> Vec<String> {
    let one = |member: &Member| {
        let Member { name, column, ty } = member;
        let read = &scope.columns[*column];
        let absent = if read.nullable && read.when_null.is_none() { ", may be absent" } else { "" };
        let when_null = read.when_null.as_ref().map(|text| format!(" or {text:?}")).unwrap_or_default();
        let zero_dates = read.zero_dates.name();
        let form = forms::stored(&read.ty, *ty);
        format!(
            "{name}: {}{when_null} as {ty} ({form}, zero dates: {zero_dates}){absent}",
            scope.origin(*column)
        )
    };
    members.iter().map(one).collect()
}

fn computed(scope: Scope<'_>, compute: &Compute) -> String {
    match compute {
        Compute::Text(parts) => texts(scope, parts),
        Compute::Case { arms, otherwise } => {
            let arms: Vec<String> = arms
                .iter()
                .map(|(condition, parts)| format!("{}: {}", scope.expression(condition), texts(scope, parts)))
                .collect();
            let otherwise = otherwise.as_ref().map(|parts| format!(", else {}", texts(scope, parts)));
            format!("case {}{}", arms.join(", "), otherwise.unwrap_or_default())
        }
        Compute::Moment { column, months, seconds, epoch } => {
            let as_what = if *epoch { " as seconds since 1970" } else { "" };
            format!("{} plus {months} months and {seconds} s{as_what}", scope.origin(*column))
        }
    }
}

fn texts(scope: Scope<'_>, parts: &[TextPart]) -> String {
    let part = |part: &TextPart| match part {
        TextPart::Literal(text) => text.to_string(),
        TextPart::Column(column) => format!("{{{}}}", scope.origin(*column)),
        TextPart::Time { column, pattern } => format!("{{{}:{pattern}}}", scope.origin(*column)),
        TextPart::Padded { column, width } => format!("{{{}:{width:03}}}", scope.origin(*column)),
    };
    format!("\"{}\"", parts.iter().map(part).collect::<String>())
}
