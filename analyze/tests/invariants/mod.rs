//! What has to hold of any bytes at all. The fuzz targets (`fuzz/`) ask it of inputs that nobody wrote, the tests of the
//! fixtures and of every input that was once found to break it.

use migratable_analyze::ddl::{Reader, Server, splitter};
use migratable_analyze::design::{self, Hints, Layout};
use migratable_contract::diagnostic::{self, Diagnostic, Place, SourceFile};
use migratable_contract::source::SourceSchema;

/// Statements stand in the order of the text, in it, apart.
pub(crate) fn splitter(bytes: &[u8]) {
    let mut end = 0;
    for piece in splitter::split(bytes) {
        assert!(piece.range.start >= end, "{piece:?} starts before the end of another, {end}");
        assert!(piece.range.start < piece.range.end, "{piece:?} is empty");
        end = piece.range.end;
        assert!(end <= bytes.len(), "{piece:?} is not in the text");
        assert!(piece.unterminated.is_none_or(|opening| opening < bytes.len()), "{piece:?} opens nowhere");
    }
}

/// The servers that DDL is read for.
pub(crate) const SERVERS: [Server; 5] =
    [Server::MySql57, Server::MySql80, Server::MySql84, Server::MySql90, Server::MariaDb1011];

/// Reading ends, says what it says at places that are there, and the contract that is proposed is one that
/// holds what was read.
pub(crate) fn schema(bytes: &[u8], server: Server, layout: Layout) {
    let mut reader = Reader::new(server);
    reader.file("schema.sql", bytes, &mut |_| {}).expect("memory can be read");
    let reading = reader.finish();
    places(&reading.diagnostics);
    let options = design::Options { name: "fuzz".to_owned(), layout };
    let hints = Hints::from(&reading.schema);
    let source = reading.schema.source();
    let proposal = design::propose(&source, &hints, &options);
    places(&proposal.diagnostics);
    let contract = SourceFile::new("contract.yaml", proposal.text);
    let outcome = migratable_contract::load(&contract);
    places(&outcome.diagnostics);
    // Without a table there is nothing to propose, and MG0609 has said so.
    assert!(
        outcome.value.is_some() || reading.schema.tables.is_empty(),
        "the contract is not one:\n{}\n{}",
        diagnostic::render(&outcome.diagnostics, false),
        contract.text,
    );
    if let Some(contract) = outcome.value {
        assert_eq!(but_for_foreign_keys(contract.source), but_for_foreign_keys(source));
    }
}

/// All that reading found stands in the contract as it was found, but for foreign keys that lead nowhere or to two
/// tables.
fn but_for_foreign_keys(mut source: SourceSchema) -> SourceSchema {
    source.tables.iter_mut().for_each(|table| table.foreign_keys.clear());
    source
}

/// Labels are drawn without looking: their bytes have to be there, and whole characters.
fn places(diagnostics: &[Diagnostic]) {
    for diagnostic in diagnostics {
        for label in &diagnostic.labels {
            let Place { file, range } = &label.place;
            assert!(file.text.get(range.clone()).is_some(), "{range:?} is no place: {diagnostic:?}");
        }
    }
    diagnostic::render(diagnostics, false);
}
