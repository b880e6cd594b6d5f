//! How a key is made of columns: which columns can be in one, as a template or as they are, and whether the longest
//! value they can have still fits.

use migratable_core::dynamodb::AttributeType;
use migratable_core::key::{self, MAX_PARTITION_BYTES, MAX_SORT_BYTES};
use migratable_core::mysql::MySqlType;

use super::facts::Table;

/// The most attributes DynamoDB takes for an index's partition, and for its sort (multi-attribute keys).
const MOST_ATTRIBUTES: usize = 4;

/// One attribute of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum KeyAttribute {
    /// A column's own attribute.
    Natural(usize),
    /// A template under a name of its own.
    Template(Template),
}

/// A key template: a literal, then columns with `#` between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Template {
    /// What every key begins with; with `#` after it where columns follow.
    pub(crate) literal: String,
    /// The columns, and whether each is folded.
    pub(crate) columns: Vec<(usize, bool)>,
}

/// Which end of a key: they have different limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// The partition key.
    Partition,
    /// The sort key.
    Sort,
}

/// Why columns can't be a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// Values of the column's type have no key.
    Type { column: usize },
    /// The column's name would end a template's braces.
    Name { column: usize },
    /// What the column's collation holds equal isn't known.
    Collation { column: usize },
    /// The longest value of these columns doesn't fit.
    Size { end: End, columns: Vec<usize>, bytes: u64 },
    /// Keys of the column wouldn't sort as MySQL does.
    Order { column: usize },
    /// MySQL's key holds the start of the column's values alone.
    Start { column: usize },
}

impl Refusal {
    /// The column that is to blame, if it is one.
    pub(crate) fn column(&self) -> Option<usize> {
        match self {
            Self::Type { column }
            | Self::Name { column }
            | Self::Collation { column }
            | Self::Order { column }
            | Self::Start { column } => Some(*column),
            Self::Size { columns, .. } => columns.first().copied(),
        }
    }
}

impl End {
    /// The limit in bytes.
    pub(crate) const fn limit(self) -> u64 {
        match self {
            Self::Partition => MAX_PARTITION_BYTES,
            Self::Sort => MAX_SORT_BYTES,
        }
    }

    /// Its word.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Partition => "partition",
            Self::Sort => "sort",
        }
    }
}

impl KeyAttribute {
    /// The columns it is made of, in order.
    pub(crate) fn columns(&self) -> Vec<usize> {
        match self {
            Self::Natural(at) => vec![*at],
            Self::Template(template) => template.columns.iter().map(|(at, _)| *at).collect(),
        }
    }
}

impl Template {
    /// A template that is the same for every row.
    pub(crate) fn literal(literal: &str) -> Self {
        Self { literal: literal.to_owned(), columns: Vec::new() }
    }

    /// A template of columns, behind a prefix of its own or none.
    pub(crate) fn new(table: &Table<'_>, prefix: &str, columns: &[usize], end: End) -> Result<Self, Refusal> {
        let literal = if prefix.is_empty() { String::new() } else { format!("{prefix}#") };
        if let Some(at) = columns.iter().find(|at| !fits_in_braces(table, &table.column(**at).name)) {
            return Err(Refusal::Name { column: *at });
        }
        let parts: Result<Vec<_>, _> = columns.iter().map(|at| Ok((*at, folded(table, *at)?))).collect();
        let template = Self { literal, columns: parts? };
        let bytes = template.max_bytes(table);
        if bytes > end.limit() {
            return Err(Refusal::Size { end, columns: columns.to_vec(), bytes });
        }
        Ok(template)
    }

    /// The most bytes a key can have.
    fn max_bytes(&self, table: &Table<'_>) -> u64 {
        let delimiters = self.columns.len().saturating_sub(1) as u64;
        let values = self.columns.iter().map(|(at, _)| table.ty(*at).map_or(u64::MAX, key::max_bytes));
        values.fold(self.literal.len() as u64 + delimiters, u64::saturating_add)
    }

    /// As the contract writes it, given how it writes a column's path.
    pub(crate) fn text(&self, path: impl Fn(usize) -> String) -> String {
        let columns = self.columns.iter().map(|(at, folded)| {
            let format = if *folded { ":fold" } else { "" };
            format!("{{{}{format}}}", path(*at))
        });
        self.literal.clone() + &columns.collect::<Vec<_>>().join("#")
    }
}

/// Whether a template can name a column: braces would end it, blanks at the ends are cut, and where another column is
/// called `a:fold`, `{a:fold}` is that one.
fn fits_in_braces(table: &Table<'_>, name: &str) -> bool {
    let hidden = format!("{name}:fold");
    !name.contains(['{', '}'])
        && name.trim() == name
        && !table.source.columns.iter().any(|column| column.name.eq_ignore_ascii_case(&hidden))
}

/// Whether a column has to be folded in a template.
fn folded(table: &Table<'_>, at: usize) -> Result<bool, Refusal> {
    let ty = table.ty(at).filter(|ty| key::can_be_in_key(ty)).ok_or(Refusal::Type { column: at })?;
    match ty.collation() {
        None => Ok(false),
        Some(collation) if collation.is_binary() => Ok(false),
        Some(collation) if collation.foldable() => Ok(true),
        // Rows hold the members exactly, so that a lookup by one finds them even where nothing is known of the rest.
        Some(_) if matches!(ty, MySqlType::Enum { .. }) => Ok(false),
        Some(_) => Err(Refusal::Collation { column: at }),
    }
}

/// Whether keys of these columns sort as MySQL sorts the columns, in a template and as attributes.
pub(crate) fn check_order(table: &Table<'_>, columns: &[usize]) -> Result<(), Refusal> {
    for at in columns {
        folded(table, *at)?;
        let ordered = table.ty(*at).is_some_and(|ty| match ty {
            // By a member's number in MySQL, by its text in a key.
            MySqlType::Enum { .. } => false,
            _ => ty.collation().is_none_or(|collation| collation.sorts_by_bytes()),
        });
        if !ordered {
            return Err(Refusal::Order { column: *at });
        }
    }
    Ok(())
}

/// Whether a column's own attribute can be a key: never empty, sorted as in MySQL, and short. Text and VARBINARY are
/// not among them even where they are compared by bytes: DynamoDB takes no empty key, and a column may be empty.
pub(crate) fn is_natural(table: &Table<'_>, at: usize) -> bool {
    let Some(ty) = table.ty(at).filter(|_| !table.booleans.contains(&at)) else { return false };
    match ty {
        MySqlType::Int { .. } | MySqlType::Year | MySqlType::Bit { .. } => true,
        MySqlType::Date | MySqlType::DateTime { .. } | MySqlType::Timestamp { .. } => true,
        MySqlType::Decimal { .. } => ty.default_attribute_type() == AttributeType::N,
        MySqlType::Binary { length } => *length > 0,
        _ => false,
    }
}

/// Whether a column is an integer, the type keys are plain with.
pub(crate) fn is_integer(table: &Table<'_>, at: usize) -> bool {
    matches!(table.ty(at), Some(MySqlType::Int { .. })) && is_natural(table, at)
}

/// Whether a template of this column alone could be empty text.
fn may_be_empty(table: &Table<'_>, at: usize) -> bool {
    table
        .ty(at)
        .is_some_and(|ty| key::is_variable_length(ty) || matches!(ty, MySqlType::Binary { length: 0 }))
}

/// One end of an index in a table of one entity: the columns' own attributes if all of them allow it, else one
/// template, which never is empty.
pub(crate) fn own_index_end(
    table: &Table<'_>,
    columns: &[usize],
    end: End,
) -> Result<Vec<KeyAttribute>, Refusal> {
    if columns.len() <= MOST_ATTRIBUTES && columns.iter().all(|at| is_natural(table, *at)) {
        return Ok(columns.iter().map(|at| KeyAttribute::Natural(*at)).collect());
    }
    let template = Template::new(table, &own_prefix(table, columns), columns, end)?;
    Ok(vec![KeyAttribute::Template(template)])
}

/// What a template begins with where no entity's prefix does: nothing, unless it could be empty.
pub(crate) fn own_prefix(table: &Table<'_>, columns: &[usize]) -> String {
    match columns {
        [at] if may_be_empty(table, *at) => super::names::prefix(&table.column(*at).name),
        _ => String::new(),
    }
}
