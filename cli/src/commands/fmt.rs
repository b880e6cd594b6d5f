//! `migratable fmt`.

use migratable_build::input;
use migratable_codegen::command_line;
use similar::TextDiff;

use crate::arguments::Fmt;
use crate::exit;
use crate::output::{self, Existing, Failure};
use crate::report::Report;

/// Rewrites a contract in its canonical form, or shows what that would change.
pub(crate) fn run(options: &Fmt) -> Report {
    let file = match input::text(&options.contract) {
        Ok(file) => file,
        Err(error) => return Report::failure("fmt", exit::INPUT, error),
    };
    let path = options.contract.display().to_string();
    let outcome = migratable_contract::format(&file);
    let report = Report::new("fmt").fact("contract", path.clone()).diagnostics(outcome.diagnostics);
    let Some(formatted) = outcome.value else { return report.exit(exit::CONTRACT) };
    let changed = formatted != file.text;
    let report = report.fact("changed", changed);
    if !changed {
        return report.line(format!("{path} is in canonical form"));
    }
    if options.check {
        let diff =
            TextDiff::from_lines(&file.text, &formatted).unified_diff().header(&path, &path).to_string();
        return report
            .exit(exit::DIFFERENT)
            .text(&diff)
            .fact("diff", diff)
            .line(format!("{path} is not in canonical form"))
            .next(command_line(&["migratable", "fmt", &path]));
    }
    match output::write(&options.contract, &formatted, Existing::Replace) {
        Ok(()) => report.line(format!("wrote {path}")),
        Err(Failure::Io(error)) => {
            report.exit(exit::UNEXPECTED).diagnostics(vec![output::not_written(&options.contract, &error)])
        }
        // A rename that replaces has nothing to refuse.
        Err(Failure::Exists) => report.exit(exit::UNEXPECTED),
    }
}
