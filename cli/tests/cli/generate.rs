//! `migratable generate`.

use insta::assert_snapshot;

use crate::sandbox::{CONTRACT, Sandbox};

const GENERATE: [&str; 4] = ["generate", "contract.yaml", "--out", "src/shop"];
const CHECK: [&str; 5] = ["generate", "contract.yaml", "--out", "src/shop", "--check"];

fn generated() -> Sandbox {
    let sandbox = Sandbox::with_contract(CONTRACT);
    assert_eq!(sandbox.code(&GENERATE), 0);
    sandbox
}

#[test]
fn it_says_what_it_wrote_and_what_is_next() {
    let sandbox = Sandbox::with_contract(CONTRACT);
    assert_snapshot!("check_of_a_contract", sandbox.show(&["check", "contract.yaml"]));
    assert_snapshot!("generate_first", sandbox.show(&GENERATE));
    assert_snapshot!("generate_again", sandbox.show(&GENERATE));
    assert_snapshot!("generate_check", sandbox.show(&CHECK));
}

#[test]
fn the_module_it_says_is_one_whatever_the_folder_is_called() {
    let sandbox = Sandbox::with_contract(CONTRACT);
    for (folder, expected) in [
        ("src/type", "say `mod r#type;` in"),
        ("src/my-shop", r#"say `#[path = "my-shop/mod.rs"] mod my_u2d_shop;` in"#),
        ("src/my-shop/../shop", "say `mod shop;` in"),
    ] {
        let shown = sandbox.show(&["generate", "contract.yaml", "--out", folder]);
        assert!(shown.contains(expected), "{shown}");
    }
}

#[test]
fn check_shows_an_edit_of_the_code() {
    let sandbox = generated();
    let edited = sandbox.read("src/shop/user.rs").replacen("pub struct User", "pub struct Person", 1);
    sandbox.write("src/shop/user.rs", &edited);
    let shown = sandbox.show(&CHECK);
    assert!(shown.contains("-pub struct Person") && shown.contains("+pub struct User"), "{shown}");
    assert!(shown.contains("exit code 5"), "{shown}");
    assert_eq!(sandbox.read("src/shop/user.rs"), edited, "it writes nothing");
}

#[test]
fn check_shows_an_edit_of_the_contract() {
    let sandbox = generated();
    sandbox.write("contract.yaml", CONTRACT.replacen("      email: email", "      mail: email", 1));
    let shown = sandbox.show(&CHECK);
    assert!(shown.contains("+    pub mail: "), "{shown}");
    assert!(shown.contains("exit code 5"), "{shown}");
}

#[test]
fn check_finds_files_that_are_missing_or_left_over() {
    let sandbox = generated();
    let text = sandbox.read("src/shop/user.rs");
    std::fs::remove_file(sandbox.path("src/shop/user.rs")).unwrap();
    assert_eq!(sandbox.code(&CHECK), 5);
    sandbox.write("src/shop/user.rs", &text);
    sandbox.write("src/shop/guest.rs", &text);
    assert_eq!(sandbox.code(&CHECK), 5);
    assert_eq!(sandbox.code(&GENERATE), 0);
    assert!(!sandbox.path("src/shop/guest.rs").exists(), "what an earlier run wrote is removed");
    assert_eq!(sandbox.code(&CHECK), 0);
}

#[test]
fn items_are_views_where_they_are_asked_for() {
    let sandbox = Sandbox::with_contract(CONTRACT);
    let (with, check) = ([&GENERATE[..], &["--sql-views"]].concat(), [&CHECK[..], &["--sql-views"]].concat());
    assert_eq!(sandbox.code(&with), 0);
    let views = sandbox.read("src/shop/views.sql");
    assert!(views.contains("run `migratable generate contract.yaml --out src/shop --sql-views`"), "{views}");
    assert!(views.contains("CREATE OR REPLACE VIEW `User_items` AS\n"), "{views}");
    assert_eq!(sandbox.code(&check), 0);
    sandbox.write("src/shop/views.sql", views.replacen("`User_items`", "`users`", 1));
    let shown = sandbox.show(&check);
    assert!(shown.contains("+CREATE OR REPLACE VIEW `User_items` AS"), "{shown}");
    assert!(shown.contains("migratable generate contract.yaml --out src/shop --sql-views"), "{shown}");
    // A folder without them is another one.
    assert_eq!(sandbox.code(&CHECK), 5);
    assert_eq!(sandbox.code(&GENERATE), 0);
    assert!(!sandbox.path("src/shop/views.sql").exists());
}

#[test]
fn a_folder_with_something_else_in_it_is_refused() {
    let sandbox = Sandbox::with_contract(CONTRACT).with("src/shop/mine.rs", "// mine\n");
    assert_snapshot!(sandbox.show(&GENERATE));
    assert_eq!(sandbox.code(&CHECK), 7);
}

#[test]
fn a_file_in_place_of_the_folder_is_refused() {
    assert_snapshot!(Sandbox::with_contract(CONTRACT).with("src/shop", "").show(&GENERATE));
}

#[test]
fn an_unchanged_file_is_not_written_again() {
    let sandbox = generated();
    let modified = |name: &str| std::fs::metadata(sandbox.path(name)).unwrap().modified().unwrap();
    let before = modified("src/shop/mod.rs");
    assert_eq!(sandbox.code(&GENERATE), 0);
    assert_eq!(modified("src/shop/mod.rs"), before);
}

#[test]
fn the_same_contract_gives_the_same_bytes_wherever_it_is_and_wherever_it_is_run() {
    let one = generated();
    let other = Sandbox::new().with("deep/contract.yaml", CONTRACT);
    let (contract, out) = (other.path("deep/contract.yaml"), other.path("deep/src/shop"));
    let absolute = ["generate", contract.to_str().unwrap(), "--out", out.to_str().unwrap()];
    assert_eq!(other.code(&absolute), 0);
    let relative = ["generate", "deep/contract.yaml", "--out", "deep/src/shop", "--check"];
    assert_eq!(other.code(&relative), 0);
    for name in ["src/shop/mod.rs", "src/shop/user.rs"] {
        assert_eq!(one.read(name), other.read(&format!("deep/{name}")), "{name}");
    }
}
