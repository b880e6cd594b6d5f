//! check and generate of a contract of 1,000 entities.

use std::fs;

use super::{FOLDER, built, median, release, tables, used};
use crate::command::{Line, root};

const ENTITIES: usize = 1_000;

/// Of so many runs the median counts.
const RUNS: usize = 5;

pub(super) fn run() -> anyhow::Result<()> {
    release(&["migratable-cli"])?;
    let folder = root().join(FOLDER).join("contract");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("schema.sql"), tables::schema(ENTITIES - 1))?;
    let program = built("migratable")?;
    let line = |arguments: &[&str]| Line::new(&program, arguments).within(&folder);
    line(&["analyze", "schema.sql", "--name", "things", "--out", "contract.yaml", "--force"]).output()?;
    println!(
        "a contract of {ENTITIES} entities, 12 attributes each (medians of {RUNS} runs; target: a second each)"
    );
    println!("                        clock    processors");
    let commands: [(&str, &[&str]); 3] = [
        ("check", &["check", "contract.yaml"]),
        ("generate", &["generate", "contract.yaml", "--out", "src/things"]),
        ("generate --check", &["generate", "contract.yaml", "--out", "src/things", "--check"]),
    ];
    for (name, arguments) in commands {
        let (mut clock, mut processor) = (Vec::new(), Vec::new());
        for _ in 0..RUNS {
            let made = folder.join("src");
            if name == "generate" && made.exists() {
                // All files are written, each time.
                fs::remove_dir_all(made)?;
            }
            let used = used::by(&line(arguments))?;
            clock.push(used.clock);
            processor.push(used.processor);
        }
        println!("  {name:18} {:8.2} s {:10.2} s", median(clock), median(processor));
    }
    Ok(())
}
