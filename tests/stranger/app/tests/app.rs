//! The application, as another crate sees it.

use app::shop::{Order, OrderKey};
use app::{Login, Priced};
use db::Entity;
use db::types::Decimal;

#[test]
fn structs_can_be_extended_beside_the_generated_file() {
    let order = Order::pending(7, 1, Decimal::new(1250, 2));
    assert_eq!(order.price(), Decimal::new(1250, 2));
    assert_eq!(OrderKey::from(&order), OrderKey { order_id: 7 });
}

#[test]
fn a_struct_of_ones_own_is_the_same_entity() {
    let login = Login { user_id: 1, email: "ada@example.org".to_owned() };
    assert_eq!(login.domain(), Some("example.org"));
    let user = app::shop::User { user_id: 1, email: login.email.clone() };
    assert_eq!(login.to_item().unwrap(), user.to_item().unwrap());
}
