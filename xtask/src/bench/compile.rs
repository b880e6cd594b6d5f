//! What an entity costs the compiler: the derive and the generated repository, beside serde's two derives of the same
//! struct. `cargo build` and `cargo check` as a developer runs them, of one crate whose dependencies are built.

use std::fs;
use std::path::{Path, PathBuf};

use super::used::{self, Used};
use super::{FOLDER, built, median, release, tables};
use crate::command::{Line, root};

const ENTITIES: usize = 100;

/// Each crate is compiled so often, in turn.
const ROUNDS: usize = 5;

/// The crates: nothing; the structs with what both others have; with serde's derives; as `migratable generate` writes them.
const CRATES: [&str; 4] = ["bench-empty", "bench-plain", "bench-serde", "bench-migratable"];

const DERIVES: &str = "Clone, Debug, PartialEq";

pub(super) fn run() -> anyhow::Result<()> {
    release(&["migratable-cli"])?;
    let folder = root().join(FOLDER).join("compile");
    prepare(&folder)?;
    println!(
        "compile time of an entity of 12 fields (medians of {ROUNDS} rounds in turn, {ENTITIES} entities, dev profile)"
    );
    for command in ["build", "check"] {
        measure(&folder, command)?;
    }
    Ok(())
}

fn prepare(folder: &Path) -> anyhow::Result<()> {
    let members = CRATES.map(|name| format!("\"{name}\"")).join(", ");
    fs::create_dir_all(folder)?;
    fs::write(
        folder.join("Cargo.toml"),
        format!(
            "[workspace]\nresolver = \"3\"\nmembers = [{members}]\n\n[profile.dev]\ndebug = \"line-tables-only\"\n\n\
             [profile.dev.package.\"*\"]\ndebug = false\n"
        ),
    )?;
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock"))?;
    let with_serde = format!("{DERIVES}, serde::Serialize, serde::Deserialize");
    let libraries = [
        String::new(),
        tables::structs(ENTITIES, DERIVES),
        tables::structs(ENTITIES, &with_serde),
        "pub mod things;\n".to_owned(),
    ];
    for (name, library) in CRATES.iter().zip(libraries) {
        // All have the same dependencies, so that none is built with other features for one of them.
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n\
             migratable = {{ path = \"{}\", default-features = false }}\n\
             serde = {{ version = \"1\", features = [\"derive\"] }}\n\
             chrono = {{ version = \"0.4\", default-features = false, features = [\"serde\"] }}\n\
             rust_decimal = {{ version = \"1\", default-features = false, features = [\"serde-str\"] }}\n",
            root().display()
        );
        let package = folder.join(name);
        fs::create_dir_all(package.join("src"))?;
        fs::write(package.join("Cargo.toml"), manifest)?;
        fs::write(package.join("src/lib.rs"), library)?;
    }
    fs::write(folder.join("schema.sql"), tables::schema(ENTITIES))?;
    let program = built("migratable")?;
    let line = |arguments: &[&str]| Line::new(&program, arguments).within(folder);
    line(&["analyze", "schema.sql", "--name", "things", "--out", "contract.yaml", "--force"]).output()?;
    let out: PathBuf = Path::new(CRATES[3]).join("src").join("things");
    line(&["generate", "contract.yaml", "--out", &out.display().to_string()]).output()?;
    Ok(())
}

fn measure(folder: &Path, command: &str) -> anyhow::Result<()> {
    let cargo = |arguments: &[&str]| Line::cargo(arguments).within(folder);
    cargo(&[command, "--quiet", "--workspace"]).output()?;
    let mut used: [Vec<Used>; 4] = Default::default();
    for _ in 0..ROUNDS {
        for (name, used) in CRATES.iter().zip(&mut used) {
            cargo(&["clean", "--quiet", "--package", name]).output()?;
            used.push(used::by(&cargo(&[command, "--quiet", "--package", name]))?);
        }
    }
    println!(
        "cargo {command}              clock    processors   (milliseconds an entity, the plain structs taken off)"
    );
    let of = |position: usize, what: fn(&Used) -> f64| median(used[position].iter().map(what).collect());
    let an_entity = |position: usize, what: fn(&Used) -> f64| {
        #[expect(clippy::cast_precision_loss, reason = "for people")]
        let entities = ENTITIES as f64;
        (of(position, what) - of(1, what)) * 1e3 / entities
    };
    let ways: [fn(&Used) -> f64; 2] = [|used| used.clock, |used| used.processor];
    for (name, position) in [("serde's two derives", 2), ("derive and repository", 3)] {
        let [clock, processor] = ways.map(|what| an_entity(position, what));
        println!("  {name:22} {clock:7.2} {processor:13.2}");
    }
    let [clock, processor] = ways.map(|what| an_entity(3, what) / an_entity(2, what));
    println!("  ratio                  {clock:7.2} {processor:13.2}   (target: at most 1)");
    let [clock, processor] = ways.map(|what| of(0, what));
    println!("  an empty crate takes {clock:.2} s, {processor:.2} s of processors");
    Ok(())
}
