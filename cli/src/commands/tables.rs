//! `migratable tables`: what a contract means for DynamoDB's tables.

use migratable_build::input;
use migratable_codegen::command_line;
use migratable_contract::codes;
use migratable_contract::diagnostic::Diagnostic;
use migratable_contract::diff::ContractPlaces;
use migratable_engine::Error;
use migratable_engine::connect::{Place, connect};
use migratable_engine::tables::{
    self, Created, Difference, Engine, Failed, Patience, Plan, TablePlan, Verdict, WantedTable,
};
use serde_json::{Value, json};

use super::count;
use crate::arguments::{Tables, TablesOptions};
use crate::exit;
use crate::report::Report;

/// Runs one of the three.
pub(crate) fn run(what: &Tables) -> Report {
    let (command, options) = match what {
        Tables::Plan(options) => ("tables plan", options),
        Tables::Create(options) => ("tables create", options),
        Tables::Verify(options) => ("tables verify", options),
    };
    let file = match input::text(&options.contract) {
        Ok(file) => file,
        Err(error) => return Report::failure(command, exit::INPUT, error),
    };
    let report = Report::new(command).fact("contract", file.name.clone());
    // Its warnings, `check` says.
    let outcome = migratable_contract::load(&file);
    let Some(contract) = outcome.value else {
        let errors = outcome.diagnostics.into_iter().filter(Diagnostic::is_error).collect();
        return report.exit(exit::CONTRACT).diagnostics(errors);
    };
    let places = ContractPlaces::read(&file);
    let tables = match WantedTable::all(&contract) {
        Ok(tables) => tables,
        Err(error) => return unexpected(report, &error.to_string()),
    };
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return unexpected(report, &error.to_string()),
    };
    runtime.block_on(async {
        let place = Place { endpoint: options.endpoint.clone(), region: options.region.clone() };
        let engine = match connect(&place).await {
            Ok(engine) => engine,
            Err(error) => return failed(report, &error),
        };
        let report = report.fact("place", engine.place.clone());
        let asked = Asked { options, places: &places, engine: &engine, tables: &tables };
        match what {
            Tables::Plan(_) => asked.plan(report).await,
            Tables::Create(_) => asked.create(report).await,
            Tables::Verify(_) => asked.verify(report).await,
        }
    })
}

fn unexpected(report: Report, message: &str) -> Report {
    let error = Diagnostic::error(codes::AWS_REFUSED, message).help("nothing was asked or changed");
    report.exit(exit::UNEXPECTED).diagnostics(vec![error])
}

fn failed(report: Report, error: &Error) -> Report {
    report.exit(exit::DYNAMODB).diagnostics(vec![tables::failure(error)])
}

struct Asked<'a> {
    options: &'a TablesOptions,
    places: &'a ContractPlaces,
    engine: &'a Engine,
    tables: &'a [WantedTable],
}

impl Asked<'_> {
    async fn plan(&self, report: Report) -> Report {
        let plan = match self.described().await {
            Ok(plan) => plan,
            Err(error) => return failed(report, &error),
        };
        let missing = plan.tables.iter().filter(|table| matches!(table.verdict, Verdict::Missing(_))).count();
        let report = self.found(plan.tables.iter().fold(report, steps), &plan, &plan.obstacles());
        let place = &self.engine.place;
        if plan.is_blocked() {
            return report
                .line(format!("{place}: nothing can be created while tables that are there differ"));
        }
        let report = report.line(format!("{place}: {}", summary(&plan, missing)));
        if missing == 0 { report } else { report.next(self.command("create")) }
    }

    async fn verify(&self, report: Report) -> Report {
        let plan = match self.described().await {
            Ok(plan) => plan,
            Err(error) => return failed(report, &error),
        };
        let differences = plan.differences();
        let missing = differences.iter().any(|one| one.kind == tables::Kind::Missing);
        let report = self.compared(report, &plan);
        if missing && !plan.is_blocked() { report.next(self.command("create")) } else { report }
    }

    async fn create(&self, report: Report) -> Report {
        let created = tables::create(self.engine, self.tables, Patience::default()).await;
        let Created { before, made, after } = match created {
            Ok(created) => created,
            Err(failure) => return self.ended(report, &failure),
        };
        let report = report.fact("made", made.clone());
        if before.is_blocked() {
            let place = &self.engine.place;
            return self
                .found(report, &before, &before.obstacles())
                .line(format!("{place}: nothing was created, because tables that are there differ"));
        }
        let report = made.iter().fold(report, |report, name| report.line(format!("{name}: created")));
        self.compared(report, &after)
    }

    async fn described(&self) -> Result<Plan, Error> {
        Ok(Plan::of(&tables::describe(self.engine, self.tables).await?))
    }

    /// What there is, compared with the contract.
    fn compared(&self, report: Report, plan: &Plan) -> Report {
        let differences = plan.differences();
        let line = match differences.len() {
            0 => format!("{} as the contract says", count(plan.tables.len(), "table is", "tables are")),
            all => format!("{} between the tables and the contract", count(all, "difference", "differences")),
        };
        self.found(report, plan, &differences).line(format!("{}: {line}", self.engine.place))
    }

    /// The tables; differences as errors, with the exit code; what the engine lacks as warnings.
    fn found(&self, report: Report, plan: &Plan, differences: &[Difference]) -> Report {
        let diagnostics = tables::differences(differences, self.places);
        let facts: Vec<Value> = differences
            .iter()
            .zip(&diagnostics)
            .map(|(difference, diagnostic)| {
                json!({
                    "table": difference.table,
                    "code": diagnostic.code.to_string(),
                    "message": diagnostic.message,
                    "change": difference.kind.change().name(),
                })
            })
            .collect();
        report
            .exit_at_least(if differences.is_empty() { exit::OK } else { exit::TABLES })
            .fact("tables", plan.tables.iter().map(table_fact).collect::<Vec<_>>())
            .fact("differences", facts)
            .diagnostics(diagnostics)
            .diagnostics(tables::lacking(plan, self.places))
    }

    /// It failed on the way: what has been done by then is said.
    fn ended(&self, report: Report, failure: &Failed) -> Report {
        let Failed { error, made, begun } = failure;
        let report = report.fact("made", made.clone()).fact("begun", begun.clone());
        let report = made.iter().fold(report, |report, name| report.line(format!("{name}: created")));
        let report = begun
            .iter()
            .fold(report, |report, name| report.line(format!("{name}: begun, and not seen to its end")));
        let report = failed(report, error);
        if begun.is_empty() { report } else { report.next(self.command("verify")) }
    }

    fn command(&self, what: &str) -> String {
        let path = self.options.contract.display().to_string();
        let mut words = vec!["migratable", "tables", what, &path];
        // An account in an address is not repeated.
        let endpoint = self.options.endpoint.as_deref().filter(|endpoint| !endpoint.contains('@'));
        for (option, value) in [("--endpoint", endpoint), ("--region", self.options.region.as_deref())] {
            words.extend(value.iter().flat_map(|value| [option, value]));
        }
        command_line(&words)
    }
}

/// A table and its steps, for people.
fn steps(report: Report, table: &TablePlan) -> Report {
    let report = report.line(format!("{}: {}", table.name, in_words(&table.verdict)));
    let Verdict::Missing(steps) = &table.verdict else { return report };
    let numbered = steps.iter().zip(1..);
    numbered.fold(report, |report, (step, number)| report.line(format!("  {number}. {step}")))
}

const fn in_words(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Same => "as the contract says",
        Verdict::Coming => "as the contract says, as soon as it is active",
        Verdict::Missing(_) => "not there",
        Verdict::Different(_) => "not as the contract says",
    }
}

const fn word(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Same => "same",
        Verdict::Coming => "coming",
        Verdict::Missing(_) => "missing",
        Verdict::Different(_) => "different",
    }
}

fn table_fact(table: &TablePlan) -> Value {
    let steps: Vec<String> = match &table.verdict {
        Verdict::Missing(steps) => steps.iter().map(ToString::to_string).collect(),
        Verdict::Same | Verdict::Coming | Verdict::Different(_) => Vec::new(),
    };
    let lacking: Vec<&str> = table.lacking.iter().map(|feature| feature.name()).collect();
    json!({ "name": table.name, "state": word(&table.verdict), "steps": steps, "lacking": lacking })
}

fn summary(plan: &Plan, missing: usize) -> String {
    let there = plan.tables.len() - missing;
    let to_create = count(missing, "table to create", "tables to create");
    match (missing, there) {
        (0, _) => "nothing to do".to_owned(),
        (_, 0) => to_create,
        (_, there) => format!("{to_create}, {there} there already"),
    }
}
