//! `migratable fmt`.

use insta::assert_snapshot;

use crate::sandbox::{CONTRACT, Sandbox};

/// The contract with a comment, a blank too many and another way to say the same.
fn untidy() -> String {
    CONTRACT.replacen("  Users:\n    partition: PK", "  Users: # people\n    partition:   'PK'", 1)
}

#[test]
fn it_keeps_comments_and_settles_after_one_run() {
    let sandbox = Sandbox::with_contract(&untidy());
    assert_snapshot!(sandbox.show(&["fmt", "contract.yaml"]));
    let formatted = sandbox.read("contract.yaml");
    assert!(formatted.contains("# people"), "{formatted}");
    assert_eq!(sandbox.code(&["fmt", "contract.yaml", "--check"]), 0);
    assert_snapshot!("fmt_again", sandbox.show(&["fmt", "contract.yaml"]));
    assert_eq!(sandbox.read("contract.yaml"), formatted);
}

#[test]
fn check_shows_what_it_would_change_and_changes_nothing() {
    let sandbox = Sandbox::with_contract(&untidy());
    assert_snapshot!(sandbox.show(&["fmt", "contract.yaml", "--check"]));
    assert_eq!(sandbox.read("contract.yaml"), untidy());
}

#[cfg(unix)]
#[test]
fn links_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let sandbox = Sandbox::new().with("real.yaml", untidy());
    std::fs::set_permissions(sandbox.path("real.yaml"), std::fs::Permissions::from_mode(0o640)).unwrap();
    symlink("real.yaml", sandbox.path("contract.yaml")).unwrap();
    assert_eq!(sandbox.code(&["fmt", "contract.yaml"]), 0);
    assert!(sandbox.path("contract.yaml").is_symlink());
    assert_ne!(sandbox.read("real.yaml"), untidy());
    assert_eq!(std::fs::metadata(sandbox.path("real.yaml")).unwrap().permissions().mode() & 0o777, 0o640);
}
