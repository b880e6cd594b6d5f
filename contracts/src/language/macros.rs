//! The macro behind [`super::fields`]: one declaration becomes the typed node, its reader and its description.

/// Declares the language's blocks. For each one:
///
/// - `block Name "its title" at "where it stands"`: a struct of this name;
/// - `short(field)`: a scalar in place of the block is that field alone;
/// - `one_of(a, b)`: exactly one of these fields is there;
/// - `not_both(a, b)`: at most one of these fields is there; it can stand several times;
/// - `only_with(a: b | c)`: field `a` means something only where `b` or `c` is;
/// - `harmless(true)`: an optional block that can't be read may be taken for absent;
/// - `required|optional name: Kind = "example",` under its doc comment: a field.
///
/// `blocks()` gives the same facts as data, in the order written.
macro_rules! language {
    ($(
        $(#[doc = $doc:literal])+
        block $Block:ident $title:literal at $at:literal
            $(short($short:ident))? $(one_of($($one:ident),+))? $(not_both($($either:ident),+))*
            $(only_with($($only:ident: $($with:ident)|+),+))? $(harmless($harmless:literal))? {
            $(
                $(#[doc = $help:literal])+
                $need:ident $field:ident: $kind:ty = $example:literal,
            )+
        }
    )+) => {
        $(
            $(#[doc = $doc])+
            #[derive(Clone, Debug)]
            pub(crate) struct $Block {
                $( $(#[doc = $help])+ pub(crate) $field: language!(@type $need $kind), )+
            }

            impl $Block {
                fn block() -> Block {
                    Block {
                        name: stringify!($Block),
                        title: $title,
                        at: $at,
                        doc: concat!($($doc, "\n"),+),
                        short: None$(.or(Some(word(stringify!($short)))))?,
                        one_of: vec![$($(word(stringify!($one))),+)?],
                        not_both: vec![$(vec![$(word(stringify!($either))),+]),*],
                        only_with: vec![
                            $($((word(stringify!($only)), vec![$(word(stringify!($with))),+])),+)?
                        ],
                        fields: vec![$(
                            Field {
                                name: word(stringify!($field)),
                                doc: concat!($($help, "\n"),+),
                                required: language!(@is_required $need),
                                shape: <$kind as Value>::shape(),
                                example: $example,
                                #[cfg(test)]
                                reads: |node, owner, reader| <$kind as Value>::read(node, owner, reader).is_some(),
                            }
                        ),+],
                    }
                }
            }

            impl Value for $Block {
                const HARMLESS: bool = false $(|| $harmless)?;

                fn read(node: &Node, owner: &Place, reader: &mut Reader) -> Option<Self> {
                    let block = Self::block();
                    let mut fields = Fields::open(&block, node, owner, reader)?;
                    $( let $field = fields.$need::<$kind>(word(stringify!($field))); )+
                    Some(Self { $( $field: $field?, )+ })
                }

                fn shape() -> Shape {
                    Shape::Block(stringify!($Block))
                }
            }
        )+

        /// Every block of the language, in the order of its declaration.
        pub(crate) fn blocks() -> Vec<Block> {
            vec![$($Block::block()),+]
        }
    };
    (@type required $kind:ty) => { $kind };
    (@type optional $kind:ty) => { Option<$kind> };
    (@is_required required) => { true };
    (@is_required optional) => { false };
}

pub(super) use language;
