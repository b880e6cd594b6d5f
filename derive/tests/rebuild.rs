//! Whoever changes a contract is told what no longer fits, by the next build: of structs written by hand and of generated
//! ones, by cargo, and by an editor that compiles without saying where a file is.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use migratable_codegen::{Options, generate, output};
use migratable_contract::diagnostic::{SourceFile, render};
use serde_json::Value;

const CONTRACT: &str = include_str!("../docs/contract.yaml");

const WRITTEN: &str = "#[derive(migratable::Migratable)]
#[migratable(contract = \"../../contract.yaml\")]
pub struct Order {
    pub order_id: u64,
    pub total: migratable::types::Decimal,
    pub note: Option<String>,
}

#[derive(migratable::Migratable)]
#[migratable(contract = \"../../contract.yaml\", entity = \"Order\", subset)]
pub struct Note {
    pub note: Option<String>,
}
";

/// What a struct written by hand is told when its attribute has another name.
const RENAMED: &str = "the entity `Order` has no attribute `note`";

/// Two packages and the contract of both.
struct Project(tempfile::TempDir);

/// What cargo said.
struct Built {
    output: Output,
    messages: Vec<Value>,
}

impl Project {
    fn new() -> Self {
        let home = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let project = Self(tempfile::tempdir().unwrap());
        project
            .write("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"written\", \"generated\"]\n");
        project.write("Cargo.lock", &fs::read_to_string(home.join("Cargo.lock")).unwrap());
        project.write("contract.yaml", CONTRACT);
        for name in ["written", "generated"] {
            let manifest = format!(
                "[package]\nname = \"{name}\"\nedition = \"2024\"\n\
                 [dependencies]\nmigratable = {{ path = {home:?}, default-features = false }}\n"
            );
            project.write(&format!("{name}/Cargo.toml"), &manifest);
        }
        project.write("written/src/lib.rs", WRITTEN);
        project.write("generated/src/lib.rs", "pub mod shop;\n");
        let outcome = migratable_contract::load(&SourceFile::new("contract.yaml", CONTRACT));
        let contract = outcome.value.unwrap_or_else(|| panic!("{}", render(&outcome.diagnostics, false)));
        let options = Options {
            contract_path: "../../../contract.yaml".to_owned(),
            command: "migratable generate contract.yaml --out generated/src/shop".to_owned(),
        };
        output::write(&project.path("generated/src/shop"), &generate(&contract, &options)).unwrap();
        project
    }

    fn path(&self, file: &str) -> PathBuf {
        self.0.path().join(file)
    }

    fn write(&self, file: &str, text: &str) {
        let path = self.path(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn check(&self) -> Built {
        let mut command = Command::new(env!("CARGO"));
        command.args(["check", "--offline", "--keep-going", "--message-format", "json"]);
        // What both depend on is compiled once, and kept.
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("rebuild");
        let output = command.current_dir(self.0.path()).env("CARGO_TARGET_DIR", target).output().unwrap();
        let messages = String::from_utf8(output.stdout.clone()).unwrap();
        let messages = messages.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        Built { output, messages }
    }

    /// Compiles `written` as an editor's server may: from another folder, without the source file's name.
    fn edit(&self, built: &Built) -> Output {
        let metadata = built.metadata("migratable");
        let mut compiler = Command::new("rustc")
            .args(["-", "--crate-name=edited", "--crate-type=lib", "--edition=2024", "--emit=metadata"])
            .arg(format!("--extern=migratable={}", metadata.display()))
            .arg(format!("-Ldependency={}", metadata.parent().unwrap().display()))
            .arg(format!("--out-dir={}", self.0.path().display()))
            .env("CARGO_MANIFEST_DIR", self.path("written"))
            .current_dir(std::env::temp_dir())
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        compiler.stdin.take().unwrap().write_all(WRITTEN.as_bytes()).unwrap();
        compiler.wait_with_output().unwrap()
    }
}

impl Built {
    fn artifacts(&self, name: &str) -> impl Iterator<Item = &Value> {
        self.messages
            .iter()
            .filter(move |message| message["target"]["name"] == name && message["fresh"].is_boolean())
    }

    /// Whether cargo left the package as it was.
    fn is_fresh(&self, name: &str) -> bool {
        assert!(self.output.status.success(), "{}", self.said());
        self.artifacts(name).next().unwrap()["fresh"].as_bool().unwrap()
    }

    fn metadata(&self, name: &str) -> PathBuf {
        let files = self.artifacts(name).flat_map(|artifact| artifact["filenames"].as_array().unwrap());
        let mut files = files.map(|file| PathBuf::from(file.as_str().unwrap()));
        files.find(|file| file.extension().is_some_and(|extension| extension == "rmeta")).unwrap()
    }

    /// The errors of a package.
    fn errors(&self, name: &str) -> String {
        let of = |message: &&Value| message["target"]["name"] == name;
        let texts =
            self.messages.iter().filter(of).filter_map(|message| message["message"]["message"].as_str());
        texts.collect::<Vec<_>>().join("\n")
    }

    fn said(&self) -> String {
        String::from_utf8_lossy(&self.output.stderr).into_owned()
    }
}

#[test]
fn what_a_changed_contract_breaks_is_found_by_the_next_build() {
    let project = Project::new();
    let first = project.check();
    assert!(first.output.status.success(), "{}\n{}", first.errors("written"), first.said());
    let second = project.check();
    assert!(second.is_fresh("written") && second.is_fresh("generated"), "nothing has changed");
    let edited = project.edit(&second);
    assert!(edited.status.success(), "{}", String::from_utf8_lossy(&edited.stderr));

    project.write("contract.yaml", &format!("{CONTRACT}# a remark\n"));
    let third = project.check();
    assert!(!third.is_fresh("written"), "a struct written by hand does not follow its contract");
    assert!(!third.is_fresh("generated"), "a generated module does not follow its contract");

    project.write("contract.yaml", &CONTRACT.replace("note: note", "remark: note"));
    let fourth = project.check();
    assert!(!fourth.output.status.success(), "the contract no longer fits");
    assert!(fourth.errors("written").contains(RENAMED), "{}", fourth.errors("written"));
    let stale =
        "the contract's entity `Order` has changed since `Order` was generated; run `migratable generate";
    assert!(fourth.errors("generated").contains(stale), "{}", fourth.errors("generated"));
    let edited = project.edit(&third);
    let said = String::from_utf8_lossy(&edited.stderr);
    assert!(said.contains(RENAMED), "an editor finds another contract than cargo, or none:\n{said}");
}
