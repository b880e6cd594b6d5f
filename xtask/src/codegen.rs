//! `cargo xtask codegen`: the generated files that are committed.
//!
//! | file | made by |
//! | --- | --- |
//! | docs/contract.schema.json | `migratable language --schema` |
//! | docs/contract.md | `migratable language --reference` |
//! | examples/shop/contract.yaml | `migratable analyze examples/shop/schema.sql` |
//! | examples/shop/src/shop/ | `migratable generate examples/shop/contract.yaml` |
//! | tests/stranger/{app,two}/src/ | `migratable generate`, from the contracts there |
//! | tests/conformance/tests/units/{club,theatre}/ | `migratable generate`, from the contracts there |

use std::path::Path;

use anyhow::{Context, bail};

use crate::command::{Line, root};

/// Files that are a command's standard output.
const PRINTED: [(&str, &[&str]); 2] = [
    ("docs/contract.schema.json", &["language", "--schema"]),
    ("docs/contract.md", &["language", "--reference"]),
];

/// The example: how it is analyzed, and where its code goes.
const SHOP: &str = "examples/shop";
const SHOP_ANALYZE: [&str; 4] = ["analyze", "schema.sql", "--name", "shop"];
const SHOP_GENERATE: [&str; 2] = ["contract.yaml", "src/shop"];

/// A user's project: contracts and where their code goes.
const STRANGER: &str = "tests/stranger";
const STRANGER_GENERATE: [[&str; 2]; 3] = [
    ["contract.yaml", "app/src/shop"],
    ["contract.yaml", "two/src/shop"],
    ["two/contracts/billing.yaml", "two/src/billing"],
];

/// Code that tests of both stores run.
const UNITS: &str = "tests/conformance/tests/units";
const UNITS_GENERATE: [[&str; 2]; 2] = [["club.yaml", "club"], ["theatre.yaml", "theatre"]];

/// Builds the command, and writes the files or checks them.
pub(crate) fn run(check: bool) -> anyhow::Result<()> {
    Line::build_migratable().run()?;
    with_built(check)
}

/// Writes the files, or checks them, with the command as it was built last.
pub(crate) fn with_built(check: bool) -> anyhow::Result<()> {
    let mut differing = Vec::new();
    for (file, arguments) in PRINTED {
        let text = Line::migratable(arguments)?.output()?;
        if !settle(Path::new(file), &text, check)? {
            differing.push(file.to_owned());
        }
    }
    differing.extend(shop(check)?);
    for paths in STRANGER_GENERATE {
        differing.extend(generated(STRANGER, paths, check)?);
    }
    for paths in UNITS_GENERATE {
        differing.extend(generated(UNITS, paths, check)?);
    }
    if differing.is_empty() {
        return Ok(());
    }
    bail!("not what would be written: {}; to write: cargo xtask codegen", differing.join(", "))
}

/// The example's contract and code; gives what differs.
fn shop(check: bool) -> anyhow::Result<Vec<String>> {
    let folder = root().join(SHOP);
    let mut differing = Vec::new();
    let fresh = root().join("target/xtask/contract.yaml");
    let parent = fresh.parent().context("the file has a folder")?;
    std::fs::create_dir_all(parent)?;
    let out = fresh.display().to_string();
    Line::migratable(&[&SHOP_ANALYZE[..], &["--out", &out, "--force"]].concat())?.within(&folder).output()?;
    let contract = Path::new(SHOP).join("contract.yaml");
    if !settle(&contract, &std::fs::read(&fresh)?, check)? {
        differing.push(contract.display().to_string());
    }

    differing.extend(generated(SHOP, SHOP_GENERATE, check)?);
    Ok(differing)
}

/// The code of a contract; gives its folder if it differs.
fn generated(home: &str, [contract, out]: [&str; 2], check: bool) -> anyhow::Result<Option<String>> {
    let check: &[&str] = if check { &["--check"] } else { &[] };
    let arguments = [&["generate", contract, "--out", out], check].concat();
    let status = Line::migratable(&arguments)?.within(&root().join(home)).status()?;
    match status.code() {
        Some(0) => Ok(None),
        // `migratable generate --check`: the files differ, and it has shown how.
        Some(5) => Ok(Some(format!("{home}/{out}"))),
        _ => bail!("migratable generate failed ({status})"),
    }
}

/// Writes the file, or compares and shows the difference; gives whether it is right now.
fn settle(file: &Path, text: &[u8], check: bool) -> anyhow::Result<bool> {
    let path = root().join(file);
    let committed = std::fs::read(&path).unwrap_or_default();
    if committed == text {
        println!("codegen: {} is up to date", file.display());
        return Ok(true);
    }
    if !check {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&path, text).with_context(|| format!("could not write {}", file.display()))?;
        println!("codegen: wrote {}", file.display());
        return Ok(true);
    }
    let fresh = root().join("target/xtask").join(file.file_name().unwrap_or_default());
    std::fs::create_dir_all(root().join("target/xtask"))?;
    std::fs::write(&fresh, text)?;
    // Its exit code says that they differ, which we know.
    Line::new("diff", &["-uN", &path.display().to_string(), &fresh.display().to_string()]).status()?;
    Ok(false)
}
