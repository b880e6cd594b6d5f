//! A process between a DynamoDB client and an engine that makes the faults no engine makes by itself: delays, lost
//! requests and answers, throttling, batches answered in part, transactions in each other's way, short pages, stale reads
//! and late indexes. Everything happens by count or on request, so that a test that fails fails again.
//!
//! The process is the test's own: a package that wants one has a binary whose `main` is [`run`], which Cargo builds before
//! its tests, and names it to [`FaultProxy::start`].
//!
//! ```no_run
//! # async fn example(program: &str) -> anyhow::Result<()> {
//! use migratable_test_engines::DynamoDb;
//! use migratable_test_proxy::{Fault, FaultProxy, Operation, Stage, When};
//!
//! let engine = DynamoDb::start()?;
//! // In an integration test: env!("CARGO_BIN_EXE_fault-proxy").
//! let proxy = FaultProxy::start(program, engine.endpoint()).await?;
//! // The first PutItem takes effect, and its answer is lost.
//! proxy.add(When::asked(Operation::PutItem).times(1), Fault::Disconnect(Stage::After)).await?;
//! let client = proxy.client();
//! # Ok(()) }
//! ```
//!
//! | a new fault | its place |
//! | --- | --- |
//! | what it is called, and which operations it is for | `rule.rs` |
//! | what it does | `serve/act.rs` |
//! | that it does it | `tests/proxy/requests.rs` |

mod control;
mod handle;
mod rule;
mod serve;

pub use control::{Behind, Copy, RuleId, Seen};
pub use handle::FaultProxy;
pub use rule::{Fault, Operation, Reason, Refusal, Stage, When};
pub use serve::run;
