//! The whole way for each case: its DDL gives the committed contract, its contract gives the committed code, and the
//! code is a module of `compiled.rs`. `MIGRATABLE_BLESS=1` writes what came out instead; read the difference before you
//! commit it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use migratable_analyze::ddl::{self, Server};
use migratable_analyze::design::{self, Hints, Layout};
use migratable_codegen::{Options, output};
use migratable_contract::diagnostic::{self, SourceFile};
use migratable_contract::model::Contract;

/// One way from DDL to code.
struct Case {
    /// The module, and the contract's folder.
    name: &'static str,
    /// The folder of its `schema.sql`.
    schema: &'static str,
    /// `None` where people wrote the contract.
    layout: Option<Layout>,
}

const CASES: [Case; 9] = [
    Case { name: "types", schema: "types", layout: Some(Layout::TablePerAggregate) },
    Case { name: "keys", schema: "keys", layout: Some(Layout::TablePerAggregate) },
    Case { name: "keys_single", schema: "keys", layout: Some(Layout::SingleTable) },
    Case { name: "keys_apart", schema: "keys", layout: Some(Layout::TablePerEntity) },
    Case { name: "hostile", schema: "hostile", layout: Some(Layout::TablePerAggregate) },
    Case { name: "grown", schema: "grown", layout: Some(Layout::TablePerAggregate) },
    Case { name: "shop_single", schema: "../../../examples/shop", layout: Some(Layout::SingleTable) },
    Case { name: "shop_apart", schema: "../../../examples/shop", layout: Some(Layout::TablePerEntity) },
    Case { name: "library", schema: "library", layout: None },
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

/// Both stores hold the same rows and answer every access pattern alike, page by page, in one order.
#[tokio::test(flavor = "multi_thread")]
async fn both_stores_answer_alike() {
    for case in &CASES {
        let ddl = read(&schema_of(case)).text.clone();
        let report = migratable_test_conformance::run_on_engines(&contract(case), &ddl, 16).await;
        let report = report.unwrap_or_else(|error| panic!("{}: {error:#}", case.name));
        assert!(report.entities > 0 && report.rows >= report.entities * 4, "{}: {report}", case.name);
    }
}
