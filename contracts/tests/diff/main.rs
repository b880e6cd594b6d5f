//! Two contracts: every kind of change, found for itself and with nothing else.

mod edits;
mod plans;

use edits::{EDITS, Edit, SAME};
use migratable_contract::diagnostic::{Diagnostic, SourceFile, render, to_json};
use migratable_contract::diff::{Class, ContractChange, ContractPlaces, contracts};
use migratable_contract::model::Contract;
use migratable_contract::{codes, load};

const SHOP: &str = include_str!("shop.yaml");

fn loaded(name: &str, text: &str) -> (Contract, ContractPlaces) {
    let file = SourceFile::new(name, text);
    let outcome = load(&file);
    let contract = outcome.value.unwrap_or_else(|| panic!("{}", render(&outcome.diagnostics, false)));
    (contract, ContractPlaces::read(&file))
}

/// What is wrong with an edit itself.
fn mistakes(text: &str) -> Option<String> {
    let outcome = load(&SourceFile::new("edited.yaml", text));
    outcome.value.is_none().then(|| render(&outcome.diagnostics, false))
}

fn between(old: &str, new: &str) -> Vec<ContractChange> {
    let (old, new) = (loaded("old.yaml", old), loaded("new.yaml", new));
    contracts((&old.0, &old.1), (&new.0, &new.1))
}

impl Edit {
    fn text(&self) -> String {
        self.edits.iter().fold(SHOP.to_owned(), |text, (from, to)| {
            assert_eq!(text.matches(from).count(), 1, "{}: `{from}` stands there once", self.name);
            text.replacen(from, to, 1)
        })
    }

    fn changes(&self) -> Vec<ContractChange> {
        if self.back { between(&self.text(), SHOP) } else { between(SHOP, &self.text()) }
    }
}

fn report(changes: Vec<ContractChange>) -> (Vec<u16>, Vec<Diagnostic>) {
    let diagnostics: Vec<Diagnostic> = changes.into_iter().map(|change| change.diagnostic).collect();
    (diagnostics.iter().map(|diagnostic| diagnostic.code.0).collect(), diagnostics)
}

#[test]
fn each_edit_gives_its_codes_and_no_other() {
    let mut surprises = String::new();
    for edit in EDITS {
        if let Some(mistakes) = mistakes(&edit.text()) {
            surprises += &format!("{} is no contract:\n{mistakes}\n", edit.name);
            continue;
        }
        let (codes, diagnostics) = report(edit.changes());
        let text = render(&diagnostics, false);
        if codes != edit.codes {
            surprises += &format!("{}: {codes:?}, not {:?}\n{text}\n", edit.name, edit.codes);
        }
        insta::with_settings!({ omit_expression => true }, {
            insta::assert_snapshot!(edit.name, text);
        });
    }
    assert!(surprises.is_empty(), "{surprises}");
}

#[test]
fn every_code_between_contracts_has_an_edit() {
    let covered: Vec<u16> = EDITS.iter().flat_map(|edit| edit.codes).copied().chain(plans::codes()).collect();
    let own = codes::ALL.iter().filter(|info| matches!(info.code.0, 840..900));
    let missing: Vec<&str> =
        own.filter(|info| !covered.contains(&info.code.0)).map(|info| info.name).collect();
    assert_eq!(missing, [""; 0]);
}

#[test]
fn a_contract_is_what_it_is() {
    assert_eq!(between(SHOP, SHOP), []);
    for edit in SAME {
        assert_eq!(report(edit.changes()).0, [0_u16; 0], "{}", edit.name);
    }
}

/// The fingerprint of an entity changes with whatever generated code depends on: where it does, there is something to say.
#[test]
fn nothing_that_code_depends_on_changes_in_silence() {
    let old = loaded("old.yaml", SHOP).0;
    for edit in EDITS {
        let new = loaded("new.yaml", &edit.text()).0;
        let other = new.entities.iter().any(|entity| {
            !old.entities
                .iter()
                .any(|known| known.name == entity.name && known.fingerprint == entity.fingerprint)
        });
        assert!(!other || !edit.changes().is_empty(), "{}", edit.name);
    }
}

#[test]
fn what_is_worse_comes_first_and_says_how_to_make_it_safe() {
    let names = [
        "key_template",
        "attribute_added",
        "index_gone",
        "field_renamed",
        "table_new",
        "source_column_default",
    ];
    let chosen = EDITS.iter().filter(|edit| names.contains(&edit.name));
    let text = chosen.flat_map(|edit| edit.edits).fold(SHOP.to_owned(), |text, (from, to)| {
        assert_eq!(text.matches(from).count(), 1, "`{from}`");
        text.replacen(from, to, 1)
    });
    let changes = between(SHOP, &text);
    let classes: Vec<Class> = changes.iter().map(|change| change.class).collect();
    assert!(classes.is_sorted(), "{classes:?}");
    assert_eq!(Class::ALL.iter().filter(|class| classes.contains(class)).count(), 7, "{classes:?}");
    for change in &changes {
        assert!(!change.breaking || !change.steps.is_empty(), "{}", change.diagnostic.message);
        assert_eq!(change.breaking, change.diagnostic.is_error());
        assert_eq!(change.diagnostic.labels.len(), 2, "{}", change.diagnostic.message);
    }
    let (_, diagnostics) = report(changes);
    insta::assert_snapshot!("many", render(&diagnostics, false));
    insta::assert_snapshot!("many_json", to_json(&diagnostics));
}
