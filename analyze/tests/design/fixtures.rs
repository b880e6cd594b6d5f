//! Whole schemas, for snapshots and for what has to hold of every contract.

use migratable_analyze::design::Hints;
use migratable_contract::source::SourceSchema;
use migratable_core::Text;
use migratable_core::collation::Collation;
use migratable_core::mysql::{IntSize, LobSize, MySqlType};

use crate::schema::{BINARY, SERVER, int, schema, table, varchar};

/// Every fixture by name.
pub(crate) fn all() -> [(&'static str, SourceSchema, Hints); 3] {
    [("shop", shop(), shop_hints()), ("tenants", tenants(), Hints::default()), ("odd", odd(), odd_hints())]
}

fn bigint() -> MySqlType {
    MySqlType::Int { size: IntSize::Big, unsigned: true, display: None }
}

fn boolean() -> MySqlType {
    MySqlType::Int { size: IntSize::Tiny, unsigned: false, display: Some(1) }
}

fn decimal(precision: u8, scale: u8) -> MySqlType {
    MySqlType::Decimal { precision, scale, unsigned: false }
}

fn status() -> MySqlType {
    MySqlType::Enum {
        members: vec![Text::Borrowed("pending"), Text::Borrowed("done")].into(),
        collation: Collation::constant(SERVER),
    }
}

fn uuid() -> MySqlType {
    MySqlType::Char { length: 36, collation: Collation::constant("ascii_bin") }
}

/// A shop: the ordinary case.
fn shop() -> SourceSchema {
    schema([
        table("users")
            .id()
            .column("email", varchar(100, SERVER))
            .nullable("phone", varchar(20, BINARY))
            .column("is_seller", boolean())
            .column("level", boolean())
            .unique("email", &["email"])
            .unique("phone", &["phone"]),
        table("categories")
            .id()
            .column("name", varchar(80, SERVER))
            .nullable("parent_id", int())
            .foreign_key(&["parent_id"], "categories", &["id"]),
        table("products")
            .id()
            .column("category_id", int())
            .column("seller_id", int())
            .nullable("editor_id", int())
            .column("price", decimal(10, 2))
            .nullable("density", decimal(65, 30))
            .foreign_key(&["category_id"], "categories", &["id"])
            .foreign_key(&["seller_id"], "users", &["id"])
            .foreign_key(&["editor_id"], "users", &["id"])
            .check("not_free", "price > 0"),
        table("carts")
            .id()
            .column("user_id", int())
            .column("product_id", int())
            .cascade(&["product_id"], "products", &["id"])
            .cascade(&["user_id"], "users", &["id"])
            .unique("user_product", &["user_id", "product_id"]),
        table("orders")
            .column("id", bigint())
            .primary_key(&["id"])
            .column("user_id", int())
            .column("status", status())
            .cascade(&["user_id"], "users", &["id"]),
        table("order_items")
            .column("order_id", bigint())
            .column("line_no", int())
            .column("product_id", int())
            .primary_key(&["order_id", "line_no"])
            .foreign_key(&["product_id"], "products", &["id"])
            .foreign_key(&["order_id"], "orders", &["id"]),
        table("reviews")
            .id()
            .column("product_id", int())
            .column("user_id", int())
            .cascade(&["product_id"], "products", &["id"])
            .foreign_key(&["user_id"], "users", &["id"]),
        table("coupons").column("code", varchar(24, SERVER)).primary_key(&["code"]),
    ])
}

fn shop_hints() -> Hints {
    Hints { declared_boolean: [("users".to_owned(), "is_seller".to_owned())].into(), ..Hints::default() }
}

/// Composite keys, keys of every other type, one-to-one rows.
fn tenants() -> SourceSchema {
    schema([
        table("tenants").column("id", uuid()).primary_key(&["id"]).column("name", varchar(60, SERVER)),
        table("members")
            .column("tenant_id", uuid())
            .column("number", int())
            .primary_key(&["tenant_id", "number"])
            .column("login", varchar(40, "utf8mb4_bin"))
            .unique("login", &["tenant_id", "login"])
            .foreign_key(&["tenant_id"], "tenants", &["id"]),
        table("profiles")
            .column("tenant_id", uuid())
            .column("number", int())
            .primary_key(&["tenant_id", "number"])
            .nullable(
                "bio",
                MySqlType::Text { size: LobSize::Normal, collation: Collation::constant(SERVER) },
            )
            .foreign_key(&["tenant_id", "number"], "members", &["tenant_id", "number"]),
        table("badges")
            .column("tenant_id", uuid())
            .column("member_number", int())
            .column("badge", varchar(20, BINARY))
            .primary_key(&["badge", "tenant_id", "member_number"])
            .cascade(&["tenant_id", "member_number"], "members", &["tenant_id", "number"]),
        table("holidays").column("day", MySqlType::Date).primary_key(&["day"]),
        table("rates")
            .column("day", MySqlType::Date)
            .column("at", MySqlType::Time { fsp: 0 })
            .column("price", decimal(12, 4))
            .primary_key(&["day", "at", "price"])
            .foreign_key(&["day"], "holidays", &["day"]),
        table("blobs")
            .column("hash", MySqlType::Binary { length: 32 })
            .primary_key(&["hash"])
            .nullable("parent", MySqlType::Binary { length: 32 })
            .foreign_key(&["parent"], "blobs", &["hash"]),
    ])
}

/// One of everything that can't be proposed, and names nobody would choose.
fn odd() -> SourceSchema {
    schema([
        table("log").column("line", varchar(200, SERVER)),
        table("readings").column("value", MySqlType::Double { unsigned: false }).primary_key(&["value"]),
        table("pages").column("url", varchar(768, SERVER)).primary_key(&["url"]),
        table("words").column("word", varchar(20, "latin1_german2_ci")).primary_key(&["word"]),
        table("notes")
            .id()
            .column("slug", varchar(600, SERVER))
            .column("swedish", varchar(20, "latin1_swedish_ci"))
            .other("spot", "point")
            .column("page", varchar(768, SERVER))
            .column("gone_id", int())
            .column("twice", int())
            .unique("slug", &["slug"])
            .unique("swedish", &["swedish"])
            .foreign_key(&["page"], "pages", &["url"])
            .foreign_key(&["gone_id"], "gone", &["id"])
            .foreign_key(&["twice"], "notes", &["id"])
            .foreign_key(&["twice"], "select", &["PK"])
            .check("loose", "id <> 1"),
        table("select")
            .column("PK", int())
            .column("pk_2", int())
            .column("a{b}", int())
            .column("a.b: #'\"\n- c", int())
            .primary_key(&["PK"])
            .unique("braces", &["a{b}"])
            .unique("line\nbreak", &["a.b: #'\"\n- c", "pk_2"]),
        table("states")
            .column("state", status())
            .column("label", varchar(10, SERVER))
            .column("note_id", int())
            .primary_key(&["note_id", "state"])
            .foreign_key(&["note_id"], "notes", &["id"]),
        table("🦀").id(),
        table("user").id(),
        table("Users").id().nullable("user_id", int()),
    ])
}

fn odd_hints() -> Hints {
    Hints { unenforced_checks: [("notes".to_owned(), "loose".to_owned())].into(), ..Hints::default() }
}
