//! Names that are keywords, of fields, structs and modules.
#![deny(warnings)]
#![allow(non_camel_case_types)]

mod r#mod {
    #[derive(migratable::Migratable)]
    #[migratable(contract = "../contracts/words.yaml", entity = "Word")]
    pub(crate) struct r#match {
        pub(crate) r#type: i32,
        pub(crate) r#fn: Option<String>,
        // Raw without need: the same name.
        pub(crate) r#plain: i32,
    }

    #[derive(migratable::Migratable)]
    #[migratable(contract = "../contracts/words.yaml", entity = "Word", subset = "r#match")]
    pub(crate) struct r#struct {
        pub(crate) r#fn: Option<String>,
    }
}

// Without an entity's name, it is the struct's, without `r#`.
#[derive(migratable::Migratable)]
#[migratable(contract = "../contracts/words.yaml")]
struct r#Word {
    plain: i32,
    r#fn: Option<String>,
    r#type: i32,
}

fn main() {
    let one = r#mod::r#match { r#type: 1, r#fn: Some("f".to_owned()), r#plain: 2 };
    let row = migratable::Entity::to_row(&one).unwrap();
    let other: Word = migratable::Entity::from_row(row.clone()).unwrap();
    assert_eq!((other.r#type, other.r#fn.clone(), other.plain), (1, Some("f".to_owned()), 2));
    assert_eq!(one.key().r#type, other.key().r#type);
    assert_eq!(migratable::View::of_row(row).map(|found: r#mod::r#struct| found.r#fn).unwrap(), one.r#fn);
}
