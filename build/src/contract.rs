//! A contract of a package, and what can be asked of it.

use std::env;
use std::path::{Component, Path, PathBuf};

use migratable_codegen::emit::sql::VIEWS;
use migratable_codegen::{Options, generate_in_one_file, output};
use migratable_contract::diagnostic::Diagnostic;
use migratable_contract::{codes, model};

use crate::error::{Error, Parted};
use crate::input;
use crate::module::Module;
use crate::paths::{relative, slashes};

/// A contract, by its path.
#[derive(Clone, Debug)]
pub struct Contract {
    /// As it was written.
    path: PathBuf,
    /// What paths are taken from.
    package: PathBuf,
}

impl Contract {
    /// The contract at this path, taken from the folder of the package that is built or tested.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        // Cargo says it to build scripts and to tests; a test that somebody runs by hand has the current folder.
        let package = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
        Self::of(package, path.into())
    }

    /// The contract at this path, taken from this folder.
    pub(crate) fn of(package: PathBuf, path: PathBuf) -> Self {
        Self { path, package }
    }

    /// For a build script: generates the code as a module that `migratable::include_contract!("…")` includes by this name, and
    /// makes cargo run the script again when the contract changes.
    ///
    /// # Errors
    /// The contract can't be read or has errors, this is no build script, or the file can't be written. An error shows what is
    /// wrong with the contract as `migratable check` does, also where `main` returns it.
    pub fn generate_to_out_dir(&self, module: &str) -> Result<(), Error> {
        // Before anything can go wrong: what is wrong with the contract is mended in its file.
        instruct("rerun-if-changed", &self.path.display().to_string());
        let out = env::var_os("OUT_DIR").ok_or(Error::NoOutDir)?;
        for warning in self.generate_below(Path::new(&out), module)? {
            instruct("warning", &warning);
        }
        Ok(())
    }

    /// Generates the code below a folder; gives the warnings, a line each.
    pub(crate) fn generate_below(&self, out: &Path, module: &str) -> Result<Vec<String>, Error> {
        let mut components = Path::new(module).components();
        if !matches!((components.next(), components.next()), (Some(Component::Normal(_)), None)) {
            return Err(Error::ModuleName(module.to_owned()));
        }
        let (contract, warnings) = self.load()?;
        let from_package = relative(&self.package, &self.found()).map_err(|source| self.not_found(source))?;
        let options = Options { contract_path: slashes(&from_package), command: "cargo build".to_owned() };
        output::write(&out.join(module), &[generate_in_one_file(&contract, &options)])?;
        Ok(warnings.iter().map(warning_line).collect())
    }

    /// Whether a folder of the package holds exactly what `migratable generate` makes of the contract.
    ///
    /// # Errors
    /// It doesn't: [`Error::Parted`] has the differences and the command. Or the contract can't be read or has errors, or the
    /// folder can't be read.
    pub fn check(&self, folder: impl AsRef<Path>) -> Result<(), Error> {
        let folder = folder.as_ref();
        let (contract, _) = self.load()?;
        let (path, out) = (self.found(), self.package.join(folder));
        // A folder that has views was generated with them.
        let sql_views = out.join(VIEWS).is_file();
        let module = if sql_views {
            Module::with_sql_views(&contract, &path, &out)?
        } else {
            Module::new(&contract, &path, &out)?
        };
        let differences = module.check()?;
        if differences.is_empty() {
            return Ok(());
        }
        Err(Error::Parted(Box::new(Parted {
            contract: self.path.clone(),
            folder: folder.to_owned(),
            package: self.package.clone(),
            differences,
            sql_views,
        })))
    }

    /// The contract, and its warnings.
    fn load(&self) -> Result<(model::Contract, Vec<Diagnostic>), Error> {
        let shown = self.path.display().to_string();
        let file = input::text_as(&self.found(), &shown).map_err(|diagnostic| {
            let missing = diagnostic.code == codes::FILE_MISSING;
            let help = "check the path; it is taken from the package's folder";
            Error::Contract(vec![if missing { diagnostic.help(help) } else { diagnostic }])
        })?;
        let outcome = migratable_contract::load(&file);
        match outcome.value {
            Some(contract) => Ok((contract, outcome.diagnostics)),
            None => Err(Error::Contract(outcome.diagnostics)),
        }
    }

    /// Where it is.
    fn found(&self) -> PathBuf {
        self.package.join(&self.path)
    }

    fn not_found(&self, source: std::io::Error) -> Error {
        output::OutputError::Io { action: "find", path: self.path.clone(), source }.into()
    }
}

/// Tells cargo something: it reads a build script's standard output, line by line.
#[expect(clippy::print_stdout, reason = "it is how a build script speaks to cargo")]
fn instruct(what: &str, value: &str) {
    println!("cargo::{what}={value}");
}

fn warning_line(diagnostic: &Diagnostic) -> String {
    let Diagnostic { code, message, help, .. } = diagnostic;
    match diagnostic.labels.first() {
        Some(label) => {
            let (file, start) = (&label.place.file.name, label.place.start());
            format!("{file}:{}:{}: [{code}] {message}; {help}", start.line, start.column)
        }
        None => format!("[{code}] {message}; {help}"),
    }
}
