//! The whole way, case by case: DDL (`cases/*/schema.sql`) → contract (`cases/*/contract.yaml`) → code (`generated/*`).
//!
//! `tests/golden.rs` holds each step to the committed files; `tests/compiled.rs` compiles the code without a warning.
