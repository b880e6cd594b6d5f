//! Single entities, asked for.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use migratable_core::plan::Plan;
use migratable_core::value::{Row, Value};

use crate::entity::Entity;
use crate::error::Error;
use crate::field::FieldError;
use crate::request::{Request, Subject, view_of_row};
use crate::store::Store;
use crate::view::View;

/// One entity about to be asked for. Repository methods give it; `.await` asks.
///
/// The answer is `None` where nothing has this key.
///
/// # Errors
/// Of the answer: see [`Store::get`].
#[must_use = "nothing is asked until this is awaited"]
#[derive(Debug)]
pub struct GetRequest<'s, V> {
    request: Request<'s>,
    view: PhantomData<fn() -> V>,
}

/// The answer to a [`GetRequest`], on its way.
#[must_use = "nothing is asked until this is awaited"]
pub struct GetFuture<'s, V> {
    row: Pin<Box<dyn Future<Output = Result<Option<Row>, Error>> + Send + 's>>,
    plan: &'static Plan,
    subject: Subject,
    view: PhantomData<fn() -> V>,
}

impl<'s, E: Entity> GetRequest<'s, E> {
    /// A request for the access pattern at this position of the entity's plan.
    #[doc(hidden)]
    pub fn new(store: &'s Store, pattern: usize, by: Result<Vec<Value>, FieldError>) -> Self {
        Self { request: Request::new(store, E::plan(), pattern, by), view: PhantomData }
    }
}

impl<'s, V: View> GetRequest<'s, V> {
    /// The same request, answered by another struct of the same entity: one with some of the fields, or one of your own
    /// with all of them.
    ///
    /// It costs the same: DynamoDB charges for the item that is read, however little of it is wanted.
    pub fn select<W: View<Entity = V::Entity>>(self) -> GetRequest<'s, W> {
        GetRequest { request: self.request, view: PhantomData }
    }
}

impl<'s, V: View> IntoFuture for GetRequest<'s, V> {
    type Output = Result<Option<V>, Error>;
    type IntoFuture = GetFuture<'s, V>;

    fn into_future(self) -> GetFuture<'s, V> {
        // The only future a store has to run is the same for all entities, so that it is compiled once.
        let (plan, subject) = (self.request.plan, self.request.subject());
        GetFuture { row: Box::pin(self.request.get()), plan, subject, view: PhantomData }
    }
}

impl<V: View> Future for GetFuture<'_, V> {
    type Output = Result<Option<V>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let row = ready!(self.row.as_mut().poll(context));
        let (plan, subject) = (self.plan, self.subject);
        Poll::Ready(row.and_then(|row| row.map(|row| view_of_row("get", plan, subject, row)).transpose()))
    }
}

impl<V> fmt::Debug for GetFuture<'_, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GetFuture").field("entity", &self.plan.entity).finish_non_exhaustive()
    }
}
