//! The rules one by one, each at the edge where it turns.

use migratable_analyze::design::{Hints, Layout, Options, propose};
use migratable_contract::diagnostic::{SourceFile, render};
use migratable_contract::source::SourceSchema;
use migratable_contract::yaml::Node;
use migratable_core::mysql::{IntSize, MySqlType};

use crate::schema::{BINARY, SERVER, Table, int, proposed, schema, table, varchar};

fn document(schema: &SourceSchema, layout: Layout) -> Node {
    proposed(schema, layout).document
}

fn at<'n>(document: &'n Node, path: &[&str]) -> Option<&'n Node> {
    path.iter().try_fold(document, |node, key| node.get(key))
}

fn text(document: &Node, path: &[&str]) -> String {
    at(document, path).and_then(Node::as_scalar).unwrap_or("nothing").to_owned()
}

fn patterns(document: &Node) -> Vec<String> {
    let entries = document.get("access_patterns").and_then(Node::as_map).unwrap_or_default();
    entries.iter().map(|entry| entry.key.clone()).collect()
}

fn codes(schema: &SourceSchema, layout: Layout) -> Vec<u16> {
    proposed(schema, layout).diagnostics.iter().map(|found| found.code.0).collect()
}

/// The DynamoDB table a table's rows end up in, under the default layout.
fn home(tables: impl IntoIterator<Item = Table>, entity: &str) -> String {
    text(&document(&schema(tables), Layout::default()), &["entities", entity, "table"])
}

fn parent() -> Table {
    table("parents").id()
}

#[test]
fn a_row_lives_with_the_one_that_takes_it_along() {
    let child = || table("kids").id().column("parent_id", int());
    assert_eq!(home([parent(), child().cascade(&["parent_id"], "parents", &["id"])], "Kid"), "Parents");
    assert_eq!(home([parent(), child().foreign_key(&["parent_id"], "parents", &["id"])], "Kid"), "Kids");
}

#[test]
fn a_row_lives_with_the_one_that_is_part_of_its_identity() {
    let child = |key: &[&str]| {
        table("kids").column("parent_id", int()).column("no", int()).primary_key(key).foreign_key(
            &["parent_id"],
            "parents",
            &["id"],
        )
    };
    assert_eq!(home([parent(), child(&["parent_id", "no"])], "Kid"), "Parents");
    assert_eq!(home([parent(), child(&["no", "parent_id"])], "Kid"), "Kids");
}

#[test]
fn a_row_that_may_have_no_owner_lives_alone() {
    let child = table("kids").id().nullable("parent_id", int()).cascade(&["parent_id"], "parents", &["id"]);
    assert_eq!(home([parent(), child], "Kid"), "Kids");
}

#[test]
fn a_row_that_others_point_at_lives_alone() {
    let child = || table("kids").id().column("parent_id", int()).cascade(&["parent_id"], "parents", &["id"]);
    let toys = table("toys").id().column("kid_id", int()).foreign_key(&["kid_id"], "kids", &["id"]);
    assert_eq!(home([parent(), child(), toys], "Kid"), "Kids");
    let itself = child().nullable("twin_id", int()).foreign_key(&["twin_id"], "kids", &["id"]);
    assert_eq!(home([parent(), itself], "Kid"), "Parents");
}

#[test]
fn the_owner_is_the_one_in_the_key_then_in_a_unique_key_then_the_first() {
    let child = || {
        table("kids")
            .id()
            .column("school_id", int())
            .column("parent_id", int())
            .cascade(&["school_id"], "schools", &["id"])
            .cascade(&["parent_id"], "parents", &["id"])
    };
    let school = || table("schools").id();
    assert_eq!(home([parent(), school(), child()], "Kid"), "Schools");
    let unique = child().unique("once", &["parent_id", "school_id"]);
    assert_eq!(home([parent(), school(), unique], "Kid"), "Parents");
    let identity = child().unique("once", &["school_id", "parent_id"]).primary_key(&["parent_id", "id"]);
    assert_eq!(home([parent(), school(), identity], "Kid"), "Parents");
}

#[test]
fn a_row_lives_alone_where_its_key_would_not_be_its_owners() {
    let big = MySqlType::Int { size: IntSize::Big, unsigned: false, display: None };
    let other_width = table("kids").id().column("parent_id", big).cascade(&["parent_id"], "parents", &["id"]);
    assert_eq!(home([parent(), other_width], "Kid"), "Kids");
    let by_name = table("kids").id().column("name", int()).cascade(&["name"], "parents", &["name"]);
    let named = parent().column("name", int()).unique("name", &["name"]);
    assert_eq!(home([named, by_name], "Kid"), "Kids");
}

#[test]
fn rows_of_an_aggregate_share_the_owners_partition() {
    let child = table("kids").id().column("parent_id", int()).cascade(&["parent_id"], "parents", &["id"]);
    let document = document(&schema([parent(), child]), Layout::default());
    assert_eq!(text(&document, &["entities", "Parent", "key", "PK"]), "PARENT#{id}");
    assert_eq!(text(&document, &["entities", "Parent", "key", "SK"]), "PARENT");
    assert_eq!(text(&document, &["entities", "Kid", "key", "PK"]), "PARENT#{parent_id}");
    assert_eq!(text(&document, &["entities", "Kid", "key", "SK"]), "KID#{id}");
    assert_eq!(patterns(&document), ["Parent.by_id", "Kid.by_id", "Kid.of_parent"]);
    assert!(at(&document, &["access_patterns", "Kid.of_parent", "index"]).is_none());
}

#[test]
fn a_key_fits_up_to_its_last_byte() {
    // A partition key takes 2048 bytes: `BIO#` and 511 characters of 4 bytes are all of it.
    for (length, found) in [(511, &[][..]), (512, &[704][..])] {
        let table = table("users").id().column("bio", varchar(length, SERVER)).unique("bio", &["bio"]);
        let schema = schema([table]);
        assert_eq!(codes(&schema, Layout::TablePerEntity), found, "{length}");
        let proposal = proposed(&schema, Layout::TablePerEntity);
        assert_eq!(
            patterns(&proposal.document).contains(&"User.by_bio".to_owned()),
            found.is_empty(),
            "{length}"
        );
        assert_eq!(proposal.text.contains("# no User.by_bio: "), !found.is_empty(), "{}", proposal.text);
    }
}

#[test]
fn a_sort_key_that_does_not_fit_moves_into_the_partition() {
    // A sort key takes 1024 bytes: `NAME#` and 254 characters are 1021 of them, 255 are too many.
    for (length, sort) in [(254, "NAME#{name}"), (255, "nothing")] {
        let table = table("files")
            .column("dir", int())
            .column("name", varchar(length, BINARY))
            .primary_key(&["dir", "name"]);
        let document = document(&schema([table]), Layout::default());
        assert_eq!(text(&document, &["entities", "File", "key", "SK"]), sort, "{length}");
        let partition = if sort == "nothing" { "FILE#{dir}#{name}" } else { "FILE#{dir}" };
        assert_eq!(text(&document, &["entities", "File", "key", "PK"]), partition);
    }
}

#[test]
fn a_key_is_split_later_where_the_first_column_leaves_too_much() {
    let name = || varchar(200, SERVER);
    let jobs = table("jobs")
        .column("scheduler", varchar(120, SERVER))
        .column("name", name())
        .column("branch", name())
        .primary_key(&["scheduler", "name", "branch"]);
    let document = document(&schema([jobs]), Layout::default());
    assert_eq!(text(&document, &["entities", "Job", "key", "PK"]), "JOB#{scheduler:fold}#{name:fold}");
    assert_eq!(text(&document, &["entities", "Job", "key", "SK"]), "BRANCH#{branch:fold}");
}

#[test]
fn a_list_needs_an_order_that_both_stores_share() {
    let child = |collation| {
        table("tags")
            .column("tag", varchar(20, collation))
            .primary_key(&["tag"])
            .column("parent_id", int())
            .foreign_key(&["parent_id"], "parents", &["id"])
    };
    for collation in [BINARY, "utf8mb4_bin"] {
        let ordered = schema([parent(), child(collation)]);
        assert_eq!(
            patterns(&document(&ordered, Layout::default())),
            ["Parent.by_id", "Tag.by_tag", "Tag.of_parent"]
        );
    }
    let unordered = schema([parent(), child(SERVER)]);
    assert_eq!(patterns(&document(&unordered, Layout::default())), ["Parent.by_id", "Tag.by_tag"]);
    assert_eq!(codes(&unordered, Layout::default()), [705]);
}

#[test]
fn a_table_has_at_most_twenty_indexes() {
    let columns: Vec<String> = (1..=23).map(|number| format!("c{number:02}")).collect();
    for layout in Layout::ALL {
        let wide = columns
            .iter()
            .fold(table("wide").id(), |table, column| table.column(column, int()).unique(column, &[column]));
        let schema = schema([wide]);
        let proposal = proposed(&schema, layout);
        assert_eq!(patterns(&proposal.document).len(), 21, "{layout}: by_id and twenty more");
        assert_eq!(codes(&schema, layout), [707, 707, 707], "{layout}");
        assert!(proposal.text.contains("# no Wide.by_c21: "), "{}", proposal.text);
    }
}

#[test]
fn what_one_key_answers_is_not_asked_twice() {
    let profile = table("profiles")
        .id()
        .column("user_id", int())
        .column("note", int())
        .unique("user", &["user_id"])
        .unique("again", &["user_id"])
        .unique("more", &["user_id", "note"])
        .unique("all", &["id", "note"])
        .foreign_key(&["user_id"], "users", &["id"]);
    let document = document(&schema([table("users").id(), profile]), Layout::TablePerEntity);
    assert_eq!(patterns(&document), ["User.by_id", "Profile.by_id", "Profile.by_user_id"]);
}

#[test]
fn a_foreign_key_is_dropped_by_the_name_it_is_declared_by() {
    let child = table("kids").id().column("a,b", int()).column("x y", int());
    let child = child.foreign_key(&["a,b"], "parents", &["id"]).foreign_key(&["x y"], "parents", &["id"]);
    let text = proposed(&schema([parent(), child]), Layout::default()).text;
    let outcome = migratable_contract::load(&SourceFile::new("contract.yaml", text));
    assert_eq!(render(&outcome.diagnostics, false), "");
}

#[test]
fn two_foreign_keys_to_one_table_are_two_lists() {
    let products = table("products")
        .id()
        .column("seller_id", int())
        .nullable("editor_id", int())
        .foreign_key(&["seller_id"], "users", &["id"])
        .foreign_key(&["editor_id"], "users", &["id"]);
    let proposal = proposed(&schema([table("users").id(), products]), Layout::TablePerEntity);
    assert_eq!(
        patterns(&proposal.document),
        ["User.by_id", "Product.by_id", "Product.of_seller", "Product.of_editor"]
    );
    assert!(
        proposal.text.contains("# foreign key editor_id; rows whose editor_id is NULL are not in the index")
    );
}

#[test]
fn a_declared_boolean_is_one_and_never_a_plain_key() {
    let tinyint = MySqlType::Int { size: IntSize::Tiny, unsigned: false, display: Some(1) };
    let table = table("flags").column("on", tinyint).primary_key(&["on"]);
    let schema = schema([table]);
    let hints =
        Hints { declared_boolean: [("flags".to_owned(), "on".to_owned())].into(), ..Hints::default() };
    let options = Options { name: "shop".to_owned(), layout: Layout::TablePerEntity };
    let declared = propose(&schema, &hints, &options).document;
    assert_eq!(text(&declared, &["entities", "Flag", "attributes", "on", "as"]), "BOOL");
    assert_eq!(text(&declared, &["tables", "Flags", "partition"]), "PK");
    let plain = document(&schema, Layout::TablePerEntity);
    assert_eq!(text(&plain, &["entities", "Flag", "attributes", "on"]), "on");
    assert_eq!(text(&plain, &["tables", "Flags", "partition"]), "on");
}

#[test]
fn an_index_of_a_shared_table_keeps_entities_apart_and_all_of_them_sorted() {
    let child = |name: &str| {
        table(name).id().column("parent_id", int()).column("shop_id", int()).cascade(
            &["parent_id"],
            "parents",
            &["id"],
        )
    };
    let tables = [
        parent(),
        table("shops").id(),
        child("kids").foreign_key(&["shop_id"], "shops", &["id"]),
        child("pets").unique("shop", &["shop_id"]),
    ];
    let document = document(&schema(tables), Layout::default());
    let key = |entity: &str, attribute: &str| text(&document, &["entities", entity, "key", attribute]);
    assert_eq!(key("Kid", "ByShopIdPK"), "KID#{shop_id}");
    assert_eq!(key("Kid", "ByShopIdSK"), "{id}");
    assert_eq!(key("Pet", "ByShopIdPK"), "PET#{shop_id}");
    assert_eq!(key("Pet", "ByShopIdSK"), "PET", "without a sort key it would not be in the index");
}
