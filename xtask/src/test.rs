//! `cargo xtask test`: everything a change must pass, in the order of how fast it fails.

use std::time::{Duration, Instant};

use anyhow::anyhow;

use crate::command::Line;
use crate::{codegen, setup};

/// One thing to pass.
struct Step {
    name: &'static str,
    action: Action,
}

enum Action {
    /// One of our own commands: how to repeat it, and what it does.
    Own(&'static str, fn() -> anyhow::Result<()>),
    /// A program.
    Line(Line),
}

fn steps() -> [Step; 7] {
    let cargo = |arguments: &[&str]| Action::Line(Line::cargo(arguments));
    let step = |name, action| Step { name, action };
    [
        step("setup", Action::Own("cargo xtask setup", setup::run)),
        step("format", cargo(&["fmt", "--all", "--check"])),
        step("lints", cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"])),
        step("build", cargo(&["test", "--workspace", "--all-targets", "--locked", "--no-run"])),
        // With the command that the tests were just built with: alone it would be built again, and most of what is below it.
        step("generated files", Action::Own("cargo xtask codegen --check", || codegen::with_built(true))),
        step("tests", cargo(&["test", "--workspace", "--all-targets", "--locked"])),
        step("documentation's examples", cargo(&["test", "--workspace", "--doc", "--locked"])),
    ]
}

/// Runs the steps, up to the first that fails.
pub(crate) fn run() -> anyhow::Result<()> {
    let steps = steps();
    let count = steps.len();
    let mut times = Vec::with_capacity(count);
    for (position, step) in steps.iter().enumerate() {
        let repeat = step.action.repeat();
        println!("\n[{}/{count}] {}: {repeat}", position + 1, step.name);
        let start = Instant::now();
        let result = step.action.run();
        times.push((step.name, start.elapsed()));
        if let Err(error) = result {
            print_times(&times);
            return Err(anyhow!("{} failed: {error:#}\nrepeat it alone with: {repeat}", step.name));
        }
    }
    print_times(&times);
    println!("\neverything passed");
    Ok(())
}

impl Action {
    fn repeat(&self) -> String {
        match self {
            Self::Own(repeat, _) => (*repeat).to_owned(),
            Self::Line(line) => line.to_string(),
        }
    }

    fn run(&self) -> anyhow::Result<()> {
        match self {
            Self::Own(_, run) => run(),
            Self::Line(line) => {
                let status = line.status()?;
                if status.success() { Ok(()) } else { Err(anyhow!("{status}")) }
            }
        }
    }
}

fn print_times(times: &[(&str, Duration)]) {
    println!();
    for (name, time) in times {
        println!("{:>8.1} s  {name}", time.as_secs_f64());
    }
    let total: Duration = times.iter().map(|(_, time)| *time).sum();
    println!("{:>8.1} s  in all", total.as_secs_f64());
}
