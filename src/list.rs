//! Lists, page by page.

use std::marker::PhantomData;

use migratable_core::value::Value;

use crate::cursor::Cursor;
use crate::entity::Entity;
use crate::error::Error;
use crate::field::FieldError;
use crate::range::Range;
use crate::request::{Request, view_of_row};
use crate::store::{PageRequest, Store};
use crate::view::View;

/// A page of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Page<E> {
    /// The entities, in the list's order. Fewer than the page's size only on the last page.
    pub items: Vec<E>,
    /// Where the next page starts; `None` says there is none.
    pub next: Option<Cursor>,
}

/// A list about to be asked for, one page at a time. Repository methods give it.
#[must_use = "a list is asked for by `first` or `page`"]
#[derive(Debug)]
pub struct ListRequest<'s, V> {
    request: Request<'s>,
    backwards: bool,
    view: PhantomData<fn() -> V>,
}

impl<'s, E: Entity> ListRequest<'s, E> {
    /// A request for the access pattern at this position of the entity's plan.
    #[doc(hidden)]
    pub fn new(store: &'s Store, pattern: usize, by: Result<Vec<Value>, FieldError>) -> Self {
        Self { request: Request::new(store, E::plan(), pattern, by), backwards: false, view: PhantomData }
    }

    /// A request for the rows of a range.
    #[doc(hidden)]
    pub fn of_range(store: &'s Store, range: Range<E>) -> Self {
        let (index, rows) = range.into_rows();
        let request = Request::of_range(store, E::plan(), index, rows);
        Self { request, backwards: false, view: PhantomData }
    }
}

impl<'s, V: View> ListRequest<'s, V> {
    /// The same list, of another struct of the same entity: one with some of the fields, or one of your own with all of
    /// them. Cursors go on in either.
    ///
    /// It costs the same: DynamoDB charges for the items that are read, however little of them is wanted.
    pub fn select<W: View<Entity = V::Entity>>(self) -> ListRequest<'s, W> {
        ListRequest { request: self.request, backwards: self.backwards, view: PhantomData }
    }

    /// Walks from the end to the start, each page too.
    pub fn backwards(self) -> Self {
        Self { backwards: true, ..self }
    }

    /// The first page, of the size the contract gives the access pattern.
    ///
    /// # Errors
    /// See [`Store::list`].
    pub async fn first(self) -> Result<Page<V>, Error> {
        self.ask(None, None).await
    }

    /// A page of up to `size` entities: the first, or the one after the cursor.
    ///
    /// # Errors
    /// See [`Store::list`].
    pub async fn page(self, size: u32, after: Option<&Cursor>) -> Result<Page<V>, Error> {
        self.ask(Some(size), after).await
    }

    async fn ask(self, size: Option<u32>, after: Option<&Cursor>) -> Result<Page<V>, Error> {
        let (plan, subject) = (self.request.plan, self.request.subject());
        let page = self.request.list(PageRequest { size, backwards: self.backwards, after }).await?;
        let items = page.rows.into_iter().map(|row| view_of_row("list", plan, subject, row));
        Ok(Page { items: items.collect::<Result<_, _>>()?, next: page.next })
    }
}
