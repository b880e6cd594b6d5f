//! What a package gets, in a folder that stands for it.

use std::fs;
use std::path::PathBuf;

use insta::assert_snapshot;
use tempfile::TempDir;

use crate::{Contract, Error, Module};

const SHOP: &str = "\
contract: 1
name: shop
source:
  server: mysql 8.0
  tables:
    users:
      columns:
        id: int auto_increment
        email: varchar(100) collate utf8mb4_bin
      primary_key: [id]
tables:
  Users: { partition: PK }
entities:
  User:
    table: Users
    rows: users
    repository: users
    key: { PK: \"USER#{id}\" }
    attributes:
      user_id: id
      email: email
    dropped: { auto_increment id: the application counts }
access_patterns: { User.by_id: { get: [user_id] } }
";

/// A workspace with a contract, and a package below it.
struct Home(TempDir);

impl Home {
    fn with(contract: &str) -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        fs::create_dir(home.package()).unwrap();
        fs::write(home.0.path().join("contract.yaml"), contract).unwrap();
        home
    }

    fn package(&self) -> PathBuf {
        self.0.path().join("app")
    }

    fn contract(&self) -> Contract {
        Contract::of(self.package(), PathBuf::from("../contract.yaml"))
    }

    /// As `migratable generate` does.
    fn generate(&self) {
        let path = self.0.path().join("contract.yaml");
        let loaded = migratable_contract::load(&crate::input::text(&path).unwrap()).value.unwrap();
        Module::new(&loaded, &path, &self.package().join("src/shop")).unwrap().write().unwrap();
    }

    /// A message, the same wherever the folder is.
    fn shown(&self, error: &Error) -> String {
        format!("{error:?}").replace(&self.0.path().display().to_string(), "HOME")
    }
}

#[test]
fn a_generated_file_can_be_included_and_names_the_contract_from_the_package() {
    let home = Home::with(SHOP);
    let out = home.0.path().join("target/out");
    assert_eq!(home.contract().generate_below(&out, "shop").unwrap(), [""; 0]);
    let text = fs::read_to_string(out.join("shop/mod.rs")).unwrap();
    assert!(text.contains("contract = \"../contract.yaml\""), "{text}");
    // Neither can stand in an included file outside of a module, nor would files be found from there.
    assert!(!text.lines().any(|line| line.starts_with("#![") || line.starts_with("//!")), "{text}");
    assert!(!text.contains("include_bytes!"), "{text}");
    let modules: Vec<&str> = text.lines().filter(|line| line.trim_start().starts_with("mod ")).collect();
    assert_eq!(modules, ["mod generated {", "    mod user {"]);
}

#[test]
fn what_is_generated_again_is_not_written_again() {
    let home = Home::with(SHOP);
    let modified = || {
        home.contract().generate_below(&home.package(), "shop").unwrap();
        fs::metadata(home.package().join("shop/mod.rs")).unwrap().modified().unwrap()
    };
    assert_eq!(modified(), modified());
}

#[test]
fn a_module_has_a_name_and_not_a_path() {
    let home = Home::with(SHOP);
    for name in ["", ".", "..", "a/b", "/shop"] {
        let error = home.contract().generate_below(&home.package(), name).unwrap_err();
        assert!(matches!(error, Error::ModuleName(_)), "{name}: {error}");
    }
}

#[test]
fn a_folder_with_views_is_held_to_its_views() {
    let home = Home::with(SHOP);
    let (path, out) = (home.0.path().join("contract.yaml"), home.package().join("src/shop"));
    let loaded = migratable_contract::load(&crate::input::text(&path).unwrap()).value.unwrap();
    Module::with_sql_views(&loaded, &path, &out).unwrap().write().unwrap();
    home.contract().check("src/shop").unwrap();
    let views = fs::read_to_string(out.join("views.sql")).unwrap();
    fs::write(out.join("views.sql"), views.replace("AS t0", "AS x0")).unwrap();
    let error = home.contract().check("src/shop").unwrap_err();
    let command = "migratable generate ../contract.yaml --out src/shop --sql-views";
    assert!(error.to_string().contains(command), "{error}");
}

#[test]
fn mistakes_are_shown_as_check_shows_them() {
    let home = Home::with(&SHOP.replace("email: email", "mail: mail"));
    assert_snapshot!("mistakes", home.shown(&home.contract().check("src/shop").unwrap_err()));
}

#[test]
fn a_contract_that_is_not_there_is_said() {
    let home = Home::with(SHOP);
    let contract = Contract::of(home.package(), PathBuf::from("contract.yaml"));
    assert_snapshot!("missing", home.shown(&contract.check("src/shop").unwrap_err()));
}

#[test]
fn differences_are_shown_with_the_command_that_mends_them() {
    let home = Home::with(SHOP);
    home.generate();
    home.contract().check("src/shop").unwrap();
    let file = home.package().join("src/shop/user.rs");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("pub user_id: i32,", "pub user_id: u32,")).unwrap();
    assert_snapshot!("parted", home.shown(&home.contract().check("src/shop").unwrap_err()));
    home.generate();
    home.contract().check("src/shop").unwrap();
}

#[test]
fn long_differences_are_cut_and_the_command_is_still_said() {
    let home = Home::with(SHOP);
    let attributes: String = (0..150).map(|number| format!("        c{number}: int\n")).collect();
    let carried: String = (0..150).map(|number| format!("      c{number}: c{number}\n")).collect();
    let text = SHOP
        .replace("        id: int", &format!("{attributes}        id: int"))
        .replace("      email: email\n", &format!("      email: email\n{carried}"));
    fs::write(home.0.path().join("contract.yaml"), text).unwrap();
    let message = home.shown(&home.contract().check("src/shop").unwrap_err());
    assert!(message.lines().count() < 220, "{message}");
    assert!(message.contains(" more lines, which the command below shows with --check\n"), "{message}");
    assert!(message.ends_with("\n    migratable generate ../contract.yaml --out src/shop\n"), "{message}");
}

#[test]
fn a_folder_with_something_else_in_it_is_an_error() {
    let home = Home::with(SHOP);
    let folder = home.package().join("src/shop");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("mine.rs"), "// mine\n").unwrap();
    assert_snapshot!("foreign", home.shown(&home.contract().check("src/shop").unwrap_err()));
}

#[test]
#[should_panic(expected = "/app/src/shop` is not what `")]
fn an_assertion_fails_for_paths_from_anywhere() {
    let home = Home::with(SHOP);
    crate::assert_current(home.0.path().join("contract.yaml"), home.package().join("src/shop"));
}
