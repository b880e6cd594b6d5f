//! The whole way for each case: its DDL gives the committed contract, its contract gives the committed code, and the
//! code is a module of `compiled.rs`. `MIGRATABLE_BLESS=1` writes what came out instead; read the difference before you
//! commit it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use migratable_analyze::ddl::{self, Server};
use migratable_analyze::design::Layout::{self, SingleTable, TablePerAggregate, TablePerEntity};
use migratable_analyze::design::{self, Hints};
use migratable_codegen::{Options, output};
use migratable_contract::diagnostic::{self, SourceFile};
use migratable_contract::model::Contract;
use migratable_core::plan::{DerivedSource, Plan};

/// One way from DDL to code.
struct Case {
    /// The module, and the contract's folder.
    name: &'static str,
    /// The folder of its `schema.sql`.
    schema: &'static str,
    /// `None` where people wrote the contract.
    layout: Option<Layout>,
}

impl Case {
    /// Of a schema that no other case has.
    const fn of(name: &'static str, layout: Option<Layout>) -> Self {
        Self { name, schema: name, layout }
    }
}

/// Beside each what it is about.
const CASES: [Case; 51] = [
    Case::of("types", Some(TablePerAggregate)), // every column type
    Case::of("keys", Some(TablePerAggregate)),  // keys of every type, in order
    Case { name: "keys_single", schema: "keys", layout: Some(SingleTable) },
    Case { name: "keys_apart", schema: "keys", layout: Some(TablePerEntity) },
    Case::of("hostile", Some(TablePerAggregate)), // names and texts that want to be code
    Case::of("grown", Some(TablePerAggregate)),   // a schema that ALTERs made
    Case { name: "shop_single", schema: "../../../examples/shop", layout: Some(SingleTable) },
    Case { name: "shop_apart", schema: "../../../examples/shop", layout: Some(TablePerEntity) },
    Case::of("library", None),                      // values behind foreign keys
    Case::of("overrides", None),                    // what a contract says of generated Rust
    Case::of("composite", Some(TablePerAggregate)), // keys of several columns
    Case::of("tree", Some(SingleTable)),            // tables that point at themselves
    Case::of("enrolment", Some(TablePerAggregate)), // many to many, with something to say of each pair
    Case::of("junction", Some(TablePerEntity)),     // pairs and nothing else
    Case::of("choices", Some(TablePerAggregate)),   // ENUM and SET
    Case::of("decimals", Some(TablePerEntity)),     // DECIMAL of every width
    Case::of("clocks", Some(SingleTable)),          // TIME, DATETIME and TIMESTAMP of every precision
    Case::of("unsigned", Some(TablePerAggregate)),  // numbers without a sign
    Case::of("nullable", Some(TablePerEntity)),     // everything but the key may be missing
    Case::of("zero_dates", None),                   // zero dates, carried and refused
    Case::of("folded", Some(SingleTable)),          // keys of texts that ignore case
    Case::of("binaries", Some(TablePerAggregate)),  // bytes as keys
    Case::of("computed", Some(TablePerEntity)),     // generated columns
    Case::of("checks", Some(SingleTable)),          // CHECK constraints
    Case::of("legacy", Some(TablePerAggregate)),    // character sets of another time
    Case::of("reserved", Some(SingleTable)),        // reserved words
    Case::of("long_names", Some(TablePerEntity)),   // names of 64 characters
    Case::of("single_columns", Some(SingleTable)),  // tables of one column
    Case::of("wide", Some(TablePerAggregate)),      // a table of 121 columns
    Case::of("chain", None),                        // values behind five foreign keys
    Case::of("sparse", None),                       // sparse indexes, keys of several attributes
    Case::of("wiki", Some(TablePerEntity)),         // a wiki's schema
    Case::of("blog", Some(TablePerAggregate)),      // a blog's
    Case::of("rental", Some(SingleTable)),          // a film rental's
    Case::of("market", None),                       // what items have besides columns
    Case::of("self_join", None),                    // rows of their own table
    Case::of("foreign_key", None),                  // two foreign keys to one table
    Case::of("conditional", None),                  // texts that hang on conditions
    Case::of("lookup", None),                       // tables of pairs
    Case::of("collected", None),                    // lists and maps of rows
    Case::of("several_kinds", None),                // several entities in one table
    Case::of("calculated", None),                   // values that are worked out
    Case::of("timed", None),                        // moments in keys
    Case::of("sharded", None),                      // shards, and parts of values in keys
    Case::of("ancestry", None),                     // ways up a tree
    Case::of("retention", None),                    // what stays behind, expires or is kept
    Case::of("relation", None),                     // joins of several columns
    Case::of("imported", None),                     // a design of another tool, mended
    Case::of("unique_keys", None),                  // unique keys that markers hold
    Case::of("key_forms", None),                    // keys of parts, wider numbers and shards
    Case::of("edited", None),                       // renames, types and omissions by people
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn blesses() -> bool {
    std::env::var_os("MIGRATABLE_BLESS").is_some()
}

fn read(path: &Path) -> Arc<SourceFile> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    SourceFile::new(name, text)
}

fn schema_of(case: &Case) -> PathBuf {
    root().join("cases").join(case.schema).join("schema.sql")
}

fn contract_of(case: &Case) -> PathBuf {
    root().join("cases").join(case.name).join("contract.yaml")
}

/// The contract that `analyze` makes of a case's DDL.
fn analyzed(case: &Case, layout: Layout) -> String {
    let file = read(&schema_of(case));
    let reading = ddl::read(&file, Server::MySql80);
    assert!(reading.diagnostics.is_empty(), "{}", diagnostic::render(&reading.diagnostics, false));
    let options = design::Options { name: case.name.to_owned(), layout };
    design::propose(&reading.schema.source(), &Hints::from(&reading.schema), &options).text
}

fn contract(case: &Case) -> Contract {
    let outcome = migratable_contract::load(&read(&contract_of(case)));
    outcome.value.unwrap_or_else(|| panic!("{}", diagnostic::render(&outcome.diagnostics, false)))
}

#[test]
fn ddl_gives_the_committed_contract() {
    for case in &CASES {
        let Some(layout) = case.layout else { continue };
        let text = analyzed(case, layout);
        let path = contract_of(case);
        if blesses() {
            std::fs::create_dir_all(path.parent().expect("a case has a folder")).expect("a folder");
            std::fs::write(&path, &text).expect("a file");
        }
        assert!(
            read(&path).text == text,
            "{} is not what its DDL gives; see the top of this file",
            case.name
        );
    }
}

#[test]
fn contracts_give_the_committed_code() {
    for case in &CASES {
        let files = migratable_codegen::generate(
            &contract(case),
            &Options {
                contract_path: format!("../../cases/{}/contract.yaml", case.name),
                command: "MIGRATABLE_BLESS=1 cargo test -p migratable-test-golden".to_owned(),
            },
        );
        let folder = root().join("generated").join(case.name);
        if blesses() {
            output::write(&folder, &files).expect("the folder is ours");
        }
        let differences = output::check(&folder, &files).expect("the folder can be read");
        assert!(differences.is_empty(), "{}: {differences:?}", case.name);
    }
}

/// Whether items have values that change as rows of other tables, or other rows, are written.
fn has_rows_of_others(plan: &Plan) -> bool {
    plan.derived.iter().any(|derived| !matches!(derived.source, DerivedSource::Computed { .. }))
}

/// A shop, and cases whose keys are all different: generic and natural ones, with shards, parts of dates and folded texts, several
/// attributes in an index's key, markers, and rows that are not in an index.
const LAYOUTS: [&str; 6] = ["shop_apart", "keys_single", "sharded", "key_forms", "unique_keys", "sparse"];

/// What both stores answer alike, an engine that has nothing in common with the other answers so, too.
#[tokio::test(flavor = "multi_thread")]
async fn the_second_engine_answers_alike() {
    let mut failures = Vec::new();
    for name in LAYOUTS {
        let case = CASES.iter().find(|case| case.name == name).expect("a case of that name");
        let (ddl, contract) = (read(&schema_of(case)).text.clone(), contract(case));
        match migratable_test_conformance::run_on_second_engine(&contract, &ddl, 12).await {
            Ok(report) if report.entities > 0 && report.rows >= report.entities * 4 => {}
            Ok(report) => failures.push(format!("{name}: too little was asked: {report}")),
            Err(error) => failures.push(format!("{name}: {error:#}")),
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Both stores hold the same rows and answer every access pattern alike, page by page, in one order.
#[tokio::test(flavor = "multi_thread")]
async fn both_stores_answer_alike() {
    let mut failures = Vec::new();
    let mut ranges = 0;
    for case in &CASES {
        let (ddl, contract) = (read(&schema_of(case)).text.clone(), contract(case));
        // A row written later changes what other items have of it, and nothing carries that on yet: such cases have rows and
        // items of their own, in `tests/projection`.
        if contract.entities.iter().any(|entity| has_rows_of_others(&entity.plan)) {
            let items = schema_of(case).with_file_name("items.json");
            assert!(items.is_file(), "{}", items.display());
            continue;
        }
        match migratable_test_conformance::run_on_engines(&contract, &ddl, 16).await {
            Ok(report) if report.entities > 0 && report.rows >= report.entities * 4 => {
                ranges += report.ranges
            }
            Ok(report) => failures.push(format!("{}: too little was asked: {report}", case.name)),
            Err(error) => failures.push(format!("{}: {error:#}", case.name)),
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(ranges > CASES.len(), "ranges of {ranges} keys were asked");
}
