//! Lists, page by page.

use std::marker::PhantomData;

use migratable_core::value::Value;

use crate::__private::v1::{entity_of_row, parameters, pattern_of};
use crate::cursor::Cursor;
use crate::entity::Entity;
use crate::error::Error;
use crate::field::FieldError;
use crate::store::{PageRequest, Store};

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
pub struct ListRequest<'s, E> {
    store: &'s Store,
    pattern: usize,
    by: Result<Vec<Value>, FieldError>,
    backwards: bool,
    entity: PhantomData<fn() -> E>,
}

impl<'s, E: Entity> ListRequest<'s, E> {
    /// A request for the access pattern at this position of the entity's plan.
    #[doc(hidden)]
    pub fn new(store: &'s Store, pattern: usize, by: Result<Vec<Value>, FieldError>) -> Self {
        Self { store, pattern, by, backwards: false, entity: PhantomData }
    }

    /// Walks from the end to the start, each page too.
    pub fn backwards(self) -> Self {
        Self { backwards: true, ..self }
    }

    /// The first page, of the size the contract gives the access pattern.
    ///
    /// # Errors
    /// See [`Store::list`].
    pub async fn first(self) -> Result<Page<E>, Error> {
        self.ask(None, None).await
    }

    /// A page of up to `size` entities: the first, or the one after the cursor.
    ///
    /// # Errors
    /// See [`Store::list`].
    pub async fn page(self, size: u32, after: Option<&Cursor>) -> Result<Page<E>, Error> {
        self.ask(Some(size), after).await
    }

    async fn ask(self, size: Option<u32>, after: Option<&Cursor>) -> Result<Page<E>, Error> {
        let pattern = pattern_of::<E>(self.pattern)?;
        let by = parameters::<E>("list", pattern, self.by)?;
        let request = PageRequest { size, backwards: self.backwards, after };
        let page = self.store.list(E::plan(), pattern, by, request).await?;
        let items = page.rows.into_iter().map(|row| entity_of_row("list", pattern, row));
        Ok(Page { items: items.collect::<Result<_, _>>()?, next: page.next })
    }
}
