//! Structs that must compile, and structs that must not, with what is said about them. The messages are rustc's, so the
//! toolchain is pinned (rust-toolchain.toml). `TRYBUILD=overwrite` writes them anew; read the difference before you commit.

#[test]
fn compile() {
    let cases = trybuild::TestCases::new();
    cases.pass("pass/*.rs");
    cases.compile_fail("fail/*/*.rs");
}
