//! Whether each attempt at a request was answered. The SDK tries again by itself and gives the last answer only: a refusal
//! by then says nothing about an attempt before it whose answer was lost.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use aws_sdk_dynamodb::config::interceptors::{
    BeforeTransmitInterceptorContextRef, FinalizerInterceptorContextRef,
};
use aws_sdk_dynamodb::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_dynamodb::error::BoxError;

/// Counts attempts that were sent and not refused; clones count together.
#[derive(Clone, Debug, Default)]
pub(super) struct Unanswered(Arc<AtomicUsize>);

impl Unanswered {
    /// Whether an attempt may have taken effect, for all that is known.
    pub(super) fn any(&self) -> bool {
        self.0.load(Ordering::Relaxed) > 0
    }
}

impl Intercept for Unanswered {
    fn name(&self) -> &'static str {
        "migratable::Unanswered"
    }

    fn read_before_transmit(
        &self,
        _context: &BeforeTransmitInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    fn read_after_attempt(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        // What is refused with 4xx was not done; after 5xx it may have been (Amazon DynamoDB Developer Guide, "Error
        // handling"). 3xx is not DynamoDB's. Only what was sent has a response.
        if context.response().is_some_and(|response| (300..500).contains(&response.status().as_u16())) {
            self.0.fetch_sub(1, Ordering::Relaxed);
        }
        Ok(())
    }
}
