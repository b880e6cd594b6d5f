//! A store at run time: MySQL or DynamoDB behind one face of rows. Nothing here knows an entity's type, so that
//! generated code stays thin.

#[cfg_attr(not(any(feature = "mysql", feature = "dynamodb")), path = "store/no_backend.rs")]
mod backend;
#[cfg(feature = "dynamodb")]
pub mod dynamodb;
#[cfg(feature = "mysql")]
pub mod mysql;
mod related;

use std::fmt;
use std::sync::Arc;

use migratable_core::ValueError;
use migratable_core::check::{Failure, Invalid, ValidRow};
use migratable_core::dynamodb::Item;
use migratable_core::key::Ends;
use migratable_core::plan::{AccessPattern, PatternKind, Plan};
use migratable_core::projection::{self, Read};
use migratable_core::value::{Row, Value};

use self::backend::Backend;
pub(crate) use self::related::Related;
use crate::cursor::Cursor;

use crate::error::{Error, Kind};
use crate::unit::{Committed, Entry, UnitOfWork};

/// Where entities are kept. Cheap to clone; clones share one connection pool or client.
#[derive(Clone)]
pub struct Store {
    backend: Arc<Backend>,
    related: Related,
}

/// Which page of a list is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct PageRequest<'c> {
    /// Rows in the page, at least 1; by default what the contract gives the access pattern.
    pub size: Option<u32>,
    /// From the end to the start.
    pub backwards: bool,
    /// The cursor of the page before.
    pub after: Option<&'c Cursor>,
}

/// A page of rows.
#[derive(Clone, Debug, PartialEq)]
pub struct RowPage {
    /// The rows, in the list's order.
    pub rows: Vec<Row>,
    /// Where the next page starts; `None` says there is none.
    pub next: Option<Cursor>,
}

/// A range of the rows of a key, in the key's order: those with the given columns, whose next column lies within the ends.
#[derive(Clone, Debug, PartialEq)]
pub struct RowRange {
    /// The index, as a position in [`Plan::indexes`]; `None` is the table itself.
    pub index: Option<usize>,
    /// Values of the first few columns of [`Plan::ranges`]: all of the partition, then of `sort`, at least as many as are
    /// `fixed`.
    pub given: Vec<Value>,
    /// The ends of the next column of `sort`; without them every row with the given columns is in the range.
    pub ends: Option<Ends>,
}

/// A question, its parameters checked.
pub(crate) struct Question<'q> {
    pub(crate) plan: &'q Plan,
    pub(crate) pattern: &'q AccessPattern,
    pub(crate) by: &'q [Value],
    /// What the first column of the order lies within.
    pub(crate) ends: Option<&'q Ends>,
}

/// A stretch of a list, ready to be read.
#[cfg_attr(
    not(any(feature = "mysql", feature = "dynamodb")),
    expect(dead_code, reason = "the stores read it")
)]
struct Stretch {
    /// Most rows to read.
    limit: u64,
    backwards: bool,
    /// The values of [`AccessPattern::cursor`] to go on after.
    after: Option<Vec<Value>>,
}

impl Store {
    /// A store on MySQL.
    ///
    /// # Errors
    /// The database can't be reached, or its session is not pinned ([`Error::is_misconfigured`]): see
    /// [`mysql::pool_options`].
    #[cfg(feature = "mysql")]
    pub async fn mysql(pool: sqlx::MySqlPool) -> Result<Self, Error> {
        let store = mysql::MySql::new(pool).await?;
        Ok(Self::over(Backend::MySql(store)))
    }

    /// A store on DynamoDB. Retries, timeouts and credentials are the client's.
    #[cfg(feature = "dynamodb")]
    pub fn dynamodb(client: aws_sdk_dynamodb::Client) -> Self {
        Self::over(Backend::DynamoDb(dynamodb::DynamoDb::new(client)))
    }

    #[cfg(any(feature = "mysql", feature = "dynamodb"))]
    fn over(backend: Backend) -> Self {
        Self { backend: Arc::new(backend), related: Related::default() }
    }

    /// The same store, which knows the entities whose foreign keys are kept. Generated handles see to it.
    pub(crate) fn knowing(self, related: Related) -> Self {
        Self { related, ..self }
    }

    /// Writes a row whole: the row or item with its key is made equal to it, or added. Columns that MySQL computes or
    /// that come from other tables are not written to MySQL.
    ///
    /// # Errors
    /// The row breaks the contract or a check of the store ([`Error::is_invalid`]: all failures), another row stands
    /// in the way ([`Error::is_conflict`]), or the store fails.
    pub async fn put(&self, plan: &Plan, row: Row) -> Result<(), Error> {
        let row = ValidRow::new(plan, row)
            .map_err(|invalid| self.place(Error::invalid(invalid), "put", plan, None))?;
        self.put_valid(row).await
    }

    /// Writes a row that has been checked, as [`Store::put`] does.
    ///
    /// # Errors
    /// See [`Store::put`].
    pub async fn put_valid(&self, row: ValidRow<'_>) -> Result<(), Error> {
        let plan = row.plan();
        let outcome = self.backend.put(row, self.related).await;
        outcome.map_err(|error| self.place(error, "put", plan, None))
    }

    /// Changes to be done all together, or not at all.
    pub const fn unit_of_work(&self) -> UnitOfWork<'_> {
        UnitOfWork::new(self)
    }

    /// Does a unit of work, all or nothing.
    pub(crate) async fn commit(&self, entries: Vec<Entry<'_>>) -> Result<Committed, Error> {
        if entries.is_empty() {
            return Ok(Committed::default());
        }
        let plans: Vec<&Plan> = entries.iter().map(Entry::plan).collect();
        let done = self.backend.commit(entries, self.related).await;
        done.map_err(|error| error.of_unit(self.place_unit(&plans)))
    }

    /// Does a unit of work in a transaction of the caller's.
    #[cfg(feature = "mysql")]
    pub(crate) async fn commit_in(
        &self,
        entries: &[Entry<'_>],
        transaction: &mut sqlx::MySqlConnection,
    ) -> Result<Committed, Error> {
        let plans: Vec<&Plan> = entries.iter().map(Entry::plan).collect();
        let done = self.backend.commit_in(entries, transaction).await;
        done.map_err(|error| error.of_unit(self.place_unit(&plans)))
    }

    /// Sets the counter of an entity's ids, in DynamoDB, to where `mysql` has come to, unless it is further; gives the next
    /// id that MySQL would have given. As often as you like, and again once MySQL hands out no more.
    ///
    /// # Errors
    /// This store is not DynamoDB or the other not MySQL, or the contract says nothing of ids ([`Error::is_invalid`]); or
    /// a store fails.
    pub async fn seed_ids(&self, plan: &Plan, mysql: &Store) -> Result<u64, Error> {
        let seeded = self.backend.seed_ids(plan, &mysql.backend).await;
        seeded.map_err(|error| self.place(error, "seed ids of", plan, None))
    }

    /// Every table of a unit of work.
    fn place_unit(&self, plans: &[&Plan]) -> String {
        let mut tables: Vec<String> = Vec::new();
        for plan in plans {
            let table = self.backend.table(plan);
            if !tables.contains(&table) {
                tables.push(table);
            }
        }
        tables.join(", ")
    }

    /// Asks an access pattern that has at most one answer. `by` are the values of [`AccessPattern::by`]; NULL can't
    /// be asked for.
    ///
    /// # Errors
    /// A parameter is no value of its column ([`Error::is_invalid`]), several items answer
    /// ([`Error::is_not_unique`]), what is stored can't be read ([`Error::is_unreadable`]), or the store fails.
    pub async fn get(
        &self,
        plan: &Plan,
        pattern: &AccessPattern,
        by: Vec<Value>,
    ) -> Result<Option<Row>, Error> {
        let outcome = self.try_get(plan, pattern, &by).await;
        outcome.map_err(|error| self.place(error, "get", plan, Some(pattern)))
    }

    async fn try_get(
        &self,
        plan: &Plan,
        pattern: &AccessPattern,
        by: &[Value],
    ) -> Result<Option<Row>, Error> {
        if pattern.kind != PatternKind::Get {
            return Err(Error::argument("the access pattern is a list, and was asked for one row"));
        }
        let question = Question::new(plan, pattern, by)?;
        self.backend.get(&question).await
    }

    /// Asks for a page of a list. `by` are the values of [`AccessPattern::by`]; NULL can't be asked for. Rows written
    /// while a list is walked are seen or not, by where they stand; none is seen twice or skipped that stays in place.
    ///
    /// # Errors
    /// A parameter is no value of its column or the page size is 0 ([`Error::is_invalid`]), the cursor is not one of
    /// this list ([`Error::is_invalid_cursor`]), what is stored can't be read ([`Error::is_unreadable`]), or the store
    /// fails.
    pub async fn list(
        &self,
        plan: &Plan,
        pattern: &AccessPattern,
        by: Vec<Value>,
        request: PageRequest<'_>,
    ) -> Result<RowPage, Error> {
        let outcome = self.try_list(plan, pattern, &by, request).await;
        outcome.map_err(|error| self.place(error, "list", plan, Some(pattern)))
    }

    async fn try_list(
        &self,
        plan: &Plan,
        pattern: &AccessPattern,
        by: &[Value],
        request: PageRequest<'_>,
    ) -> Result<RowPage, Error> {
        let PatternKind::List { page } = pattern.kind else {
            return Err(Error::argument(
                "the access pattern has at most one answer, and was asked for a page",
            ));
        };
        let question = Question::new(plan, pattern, by)?;
        self.page(&question, request.size.unwrap_or(page), request).await
    }

    /// Asks for a page of a range: of a key that a list of the contract asks, so that both stores answer alike. What
    /// [`Store::list`] says of pages and errors holds here, too; ends are parameters.
    ///
    /// # Errors
    /// As [`Store::list`]; and both stores don't answer this range alike ([`Error::is_invalid`]).
    pub async fn range(
        &self,
        plan: &Plan,
        range: RowRange,
        request: PageRequest<'_>,
    ) -> Result<RowPage, Error> {
        let pattern = plan.range_pattern(range.index, range.given.len());
        let outcome = self.try_range(plan, pattern.as_ref(), &range, request).await;
        outcome.map_err(|error| self.place(error, "list", plan, pattern.as_ref()))
    }

    async fn try_range(
        &self,
        plan: &Plan,
        pattern: Option<&AccessPattern>,
        range: &RowRange,
        request: PageRequest<'_>,
    ) -> Result<RowPage, Error> {
        let Some((pattern, PatternKind::List { page })) = pattern.map(|pattern| (pattern, pattern.kind))
        else {
            return Err(Error::argument(
                "the stores don't answer a range of this key and these columns alike",
            ));
        };
        let question = Question::of_range(plan, pattern, range)?;
        self.page(&question, request.size.unwrap_or(page), request).await
    }

    async fn page(
        &self,
        question: &Question<'_>,
        size: u32,
        request: PageRequest<'_>,
    ) -> Result<RowPage, Error> {
        if size == 0 {
            return Err(Error::argument("the page size is 0; ask for 1 or more"));
        }
        let after = request.after.map(|cursor| cursor.values(question)).transpose()?;
        if question.is_empty()? {
            return Ok(RowPage { rows: Vec::new(), next: None });
        }
        // One row more than the page shows whether there is a next one.
        let stretch = Stretch { limit: u64::from(size) + 1, backwards: request.backwards, after };
        let rows = self.backend.list(question, &stretch).await;
        page_of(question, rows?, size)
    }

    /// Says in an error what was being done, and where.
    fn place(
        &self,
        error: Error,
        operation: &'static str,
        plan: &Plan,
        pattern: Option<&AccessPattern>,
    ) -> Error {
        let index =
            pattern.filter(|_| self.backend.names_indexes()).and_then(|pattern| plan.index_of(pattern));
        let index = index.map_or_else(String::new, |index| format!(", index {}", index.name));
        let place = format!("{}{index}", self.backend.table(plan));
        error.at(operation, plan, pattern.map(|pattern| pattern.name.as_ref()), place)
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Store({})", self.backend.name())
    }
}

impl<'q> Question<'q> {
    fn new(plan: &'q Plan, pattern: &'q AccessPattern, by: &'q [Value]) -> Result<Self, Error> {
        // Its positions mean nothing elsewhere. Nearly always it is the plan's own by address, too.
        if !plan.patterns.iter().any(|own| std::ptr::eq(own, pattern) || own == pattern) {
            return Err(Error::argument("the access pattern is one of another plan"));
        }
        if by.len() != pattern.by.len() {
            let (expected, found) = (pattern.by.len(), by.len());
            return Err(Error::argument(format!("it takes {expected} parameters, and {found} were given")));
        }
        Self { plan, pattern, by, ends: None }.checked()
    }

    /// The question of [`Plan::range_pattern`].
    fn of_range(plan: &'q Plan, pattern: &'q AccessPattern, range: &'q RowRange) -> Result<Self, Error> {
        if range.ends.is_some() && pattern.order.is_empty() {
            return Err(Error::argument(
                "the given columns are the whole key: no column is left to have ends",
            ));
        }
        Self { plan, pattern, by: &range.given, ends: range.ends.as_ref() }.checked()
    }

    /// The question, if its values are those of its columns.
    fn checked(self) -> Result<Self, Error> {
        let given = self.pattern.by.iter().zip(self.by);
        let ended = self.pattern.order.iter().take(1);
        let ends = ended.flat_map(|column| {
            self.ends.into_iter().flat_map(Ends::values).map(move |value| (column, value))
        });
        let failures: Vec<Failure> = given
            .chain(ends)
            .filter_map(|(&column, value)| parameter_error(self.plan, column, value))
            .collect();
        if failures.is_empty() { Ok(self) } else { Err(Error::invalid(Invalid::new(self.plan, failures))) }
    }

    /// The column that lies within ends, and the ends.
    pub(crate) fn ended(&self) -> Option<(usize, &'q Ends)> {
        self.pattern.order.first().copied().zip(self.ends)
    }

    /// Whether no row can answer: the ends are crossed, which DynamoDB would refuse.
    fn is_empty(&self) -> Result<bool, Error> {
        let Some((column, ends)) = self.ended() else { return Ok(false) };
        let crossed = ends.are_crossed(&self.plan.columns[column].ty);
        crossed.map_err(|error| Error::unfit(self.plan.field_name(column), error))
    }

    /// A row of what the question says: its parameters, these values of other columns, and NULL for the rest.
    #[cfg(feature = "dynamodb")]
    fn known(&self, columns: &[usize], values: &[Value]) -> Row {
        let mut row = vec![Value::Null; self.plan.width()];
        for (&column, value) in columns.iter().zip(values).chain(self.pattern.by.iter().zip(self.by)) {
            if let Some(place) = row.get_mut(column) {
                place.clone_from(value);
            }
        }
        row
    }
}

/// What is wrong with a parameter. A value no column of the type can hold is an error rather than "nothing found":
/// comparison rules of the stores (padding, case) could still hold it equal to one.
fn parameter_error(plan: &Plan, column: usize, value: &Value) -> Option<Failure> {
    let error = match (value, plan.columns.get(column)) {
        (Value::Null, _) => Err(ValueError::Null),
        (value, Some(column)) => column.check(value),
        (_, None) => Err(ValueError::Malformed { what: "column of the plan" }),
    };
    error.err().map(|error| Failure::value(plan.field_name(column).to_owned(), error))
}

/// The page of rows that were read with one more than its size.
fn page_of(question: &Question<'_>, mut rows: Vec<Row>, size: u32) -> Result<RowPage, Error> {
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let more = rows.len() > size;
    rows.truncate(size);
    let next = match rows.last() {
        Some(last) if more => Some(Cursor::after(question, last)?),
        _ => None,
    };
    Ok(RowPage { rows, next })
}

/// The row of an item, which must be of the plan's entity.
pub(crate) fn row_of_item(plan: &Plan, item: &Item) -> Result<Row, Error> {
    let attributes = item.iter().map(|(name, value)| (name.as_str(), value));
    row_read(plan, projection::read(plan, attributes, |value| Ok(value.clone())))
}

/// The row that was read of an item, if it was one of the plan's entity.
fn row_read(plan: &Plan, read: Read) -> Result<Row, Error> {
    if read.entity.as_deref() != Some(&*plan.entity) {
        return Err(Error::new(Kind::OtherEntity { found: read.entity }));
    }
    read.row.map_err(|error| Error::unreadable(&error.place, error.source))
}
