//! Expressions with placeholders for every name and value.

use migratable_core::change::Operation;
use migratable_core::check::{Expr, Op};
use migratable_core::codec;
use migratable_core::dynamodb::{AttributeType, AttributeValue, ENTITY_ATTRIBUTE, Item, OWNER_ATTRIBUTE};
use migratable_core::plan::{Attribute, Plan};
use migratable_core::value::{Decimal, Value};

use super::super::SdkValue;
use super::super::attribute::{self, SdkItem};
use crate::error::Error;

/// The placeholders of one request.
#[derive(Clone, Debug, Default)]
pub(super) struct Placeholders {
    names: Vec<String>,
    values: Vec<SdkValue>,
}

/// What a request asks of the item as it is.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    pub(super) text: String,
    pub(super) placeholders: Placeholders,
}

impl Placeholders {
    pub(super) fn name(&mut self, name: &str) -> String {
        let position = self.names.iter().position(|known| known == name).unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        });
        format!("#n{position}")
    }

    pub(super) fn value(&mut self, value: SdkValue) -> String {
        self.values.push(value);
        format!(":v{}", self.values.len() - 1)
    }

    pub(super) fn names(&self) -> std::collections::HashMap<String, String> {
        self.names.iter().enumerate().map(|(n, name)| (format!("#n{n}"), name.clone())).collect()
    }

    /// The values; `None` where there are none, which DynamoDB wants left out.
    pub(super) fn values(self) -> Option<SdkItem> {
        let values = self.values.into_iter().enumerate().map(|(n, value)| (format!(":v{n}"), value));
        Some(values.collect::<SdkItem>()).filter(|values| !values.is_empty())
    }
}

impl Condition {
    fn new(make: impl FnOnce(&mut Placeholders) -> String) -> Self {
        let mut placeholders = Placeholders::default();
        let text = make(&mut placeholders);
        Self { text, placeholders }
    }

    /// There is no item.
    pub(super) fn absent(plan: &Plan) -> Self {
        Self::new(|p| format!("attribute_not_exists({})", p.name(&plan.partition.name)))
    }

    /// There is an item of the entity.
    pub(super) fn present(plan: &Plan) -> Self {
        Self::new(|p| of_entity(p, plan))
    }

    /// There is no item, or one of the entity.
    pub(super) fn absent_or_ours(plan: &Plan) -> Self {
        Self::new(|p| {
            let absent = format!("attribute_not_exists({})", p.name(&plan.partition.name));
            format!("{absent} OR {}", of_entity(p, plan))
        })
    }

    /// There is no marker, or one that belongs to an item with one of these keys.
    pub(super) fn free(plan: &Plan, owners: &[Item]) -> Self {
        Self::new(|p| {
            let absent = format!("attribute_not_exists({})", p.name(&plan.partition.name));
            owners.iter().fold(absent, |text, owner| {
                let (name, owner) =
                    (p.name(OWNER_ATTRIBUTE), p.value(SdkValue::M(attribute::to_sdk_item(owner.clone()))));
                format!("{text} OR {name} = {owner}")
            })
        })
    }

    /// And these attributes are what they were.
    pub(super) fn unchanged<'n>(
        mut self,
        before: &SdkItem,
        names: impl IntoIterator<Item = &'n str>,
    ) -> Self {
        for name in names {
            let p = &mut self.placeholders;
            let placeholder = p.name(name);
            let same = match before.get(name) {
                Some(value) => format!("{placeholder} = {}", p.value(value.clone())),
                None => format!("attribute_not_exists({placeholder})"),
            };
            self.text = format!("{} AND {same}", self.text);
        }
        self
    }

    /// And the item counts at least so many rows.
    pub(super) fn counts_at_least(mut self, count: &str, least: u64) -> Self {
        let (name, least) =
            (self.placeholders.name(count), self.placeholders.value(SdkValue::N(least.to_string())));
        self.text = format!("{} AND {name} >= {least}", self.text);
        self
    }

    /// And it counts just so many.
    pub(super) fn count_is(&mut self, count: &str, rows: u64) {
        let (name, rows) =
            (self.placeholders.name(count), self.placeholders.value(SdkValue::N(rows.to_string())));
        self.text = format!("{} AND {name} = {rows}", self.text);
    }

    /// What counts so many more, of the item that the condition is on.
    pub(super) fn add(&mut self, count: &str, rows: i64) -> Clause {
        let (name, rows) =
            (self.placeholders.name(count), self.placeholders.value(SdkValue::N(rows.to_string())));
        Clause::Set(format!("{name} = {name} + {rows}"))
    }

    /// And this condition holds; `None` where DynamoDB can't ask it as MySQL would.
    pub(super) fn and(mut self, plan: &Plan, condition: &Expr) -> Option<Self> {
        if *condition == crate::unit::step::ANY {
            return Some(self);
        }
        let text = native(&mut self.placeholders, plan, condition)?;
        self.text = format!("{} AND {text}", self.text);
        Some(self)
    }

    /// And what a number becomes by an addition is within its column's range; `None` where that is not known.
    pub(super) fn within(mut self, plan: &Plan, column: usize, operation: &Operation) -> Option<Self> {
        let (least, most, scale) = plan.columns.get(column)?.ty.range()?;
        let delta = delta(operation, scale)?;
        let attribute = self.placeholders.name(&number(plan, column)?.name);
        let (bound, test) =
            if delta < 0 { (least.checked_sub(delta)?, ">=") } else { (most.checked_sub(delta)?, "<=") };
        let bound = self.placeholders.value(digits(bound, scale)?);
        self.text = format!("{} AND {attribute} {test} {bound}", self.text);
        Some(self)
    }
}

fn of_entity(p: &mut Placeholders, plan: &Plan) -> String {
    let name = p.name(ENTITY_ATTRIBUTE);
    format!("{name} = {}", p.value(SdkValue::S(plan.entity.to_string())))
}

/// What is added, as digits of the column's scale: less than 0 where it is taken away.
fn delta(operation: &Operation, scale: u8) -> Option<i128> {
    let (amount, down) = match operation {
        Operation::Set(_) => return None,
        Operation::Add(amount) => (amount, false),
        Operation::Subtract(amount) => (amount, true),
    };
    let amount = match amount {
        Value::Int(amount) => i128::from(*amount),
        Value::UInt(amount) => i128::from(*amount),
        Value::Decimal(amount) => amount.rescale(scale).ok()?.mantissa()?,
        _ => return None,
    };
    Some(if down { -amount } else { amount })
}

/// An exact number as DynamoDB has it.
fn digits(number: i128, scale: u8) -> Option<SdkValue> {
    Some(SdkValue::N(Decimal::from_mantissa(number, scale)?.normalized()))
}

/// The attribute of a column that carries it as a number.
pub(super) fn number(plan: &Plan, column: usize) -> Option<&Attribute> {
    let exact = plan.columns.get(column)?.ty.range().is_some();
    let found = plan.attributes.iter().find(|attribute| attribute.column == column)?;
    (exact && found.ty == AttributeType::N).then_some(found)
}

/// A condition in DynamoDB's words, where they mean the same for every item: comparisons of exact numbers, and whether
/// something is there. An absent number compares as FALSE and not as NULL, which is the same where nothing is negated.
fn native(p: &mut Placeholders, plan: &Plan, condition: &Expr) -> Option<String> {
    let Expr::Apply { op, operands } = condition else { return None };
    let all = |p: &mut Placeholders, word: &str| {
        let texts: Option<Vec<String>> = operands.iter().map(|operand| native(p, plan, operand)).collect();
        texts.map(|texts| format!("({})", texts.join(word)))
    };
    let test = match (op, &**operands) {
        (Op::And, _) => return all(p, " AND "),
        (Op::Or, _) => return all(p, " OR "),
        (Op::IsNull, [Expr::Column(column)]) | (Op::NullSafeEqual, [Expr::Column(column), Expr::Null]) => {
            let attribute = plan.attributes.iter().find(|attribute| attribute.column == *column)?;
            // An empty set is no attribute, and not NULL.
            if attribute.ty == AttributeType::Ss {
                return None;
            }
            let name = p.name(&attribute.name);
            let null = p.value(SdkValue::S("NULL".to_owned()));
            return Some(format!("(attribute_not_exists({name}) OR attribute_type({name}, {null}))"));
        }
        (Op::Equal | Op::NullSafeEqual, _) => "=",
        (Op::Less, _) => "<",
        (Op::LessOrEqual, _) => "<=",
        (Op::Greater, _) => ">",
        (Op::GreaterOrEqual, _) => ">=",
        _ => return None,
    };
    let [Expr::Column(column), Expr::Number { digits: number_of, scale }] = &**operands else { return None };
    let attribute = number(plan, *column)?;
    let name = p.name(&attribute.name);
    Some(format!("{name} {test} {}", p.value(digits(*number_of, *scale)?)))
}

/// The update of an attribute that nothing else is made of, without knowing what it was; `None` where it has to be known.
pub(super) fn blind(
    p: &mut Placeholders,
    plan: &Plan,
    column: usize,
    operation: &Operation,
) -> Option<Result<Clause, Error>> {
    if !plan.stands_alone(column) {
        return None;
    }
    if matches!(operation, Operation::Set(_)) {
        let attribute = plan.attributes.iter().find(|attribute| attribute.column == column)?;
        let Operation::Set(value) = operation else { return None };
        // Members come in any order.
        if matches!(value, Value::Set(_)) {
            return None;
        }
        let ty = &plan.columns.get(column)?.ty;
        let name = p.name(&attribute.name);
        let encoded = codec::check(attribute.ty, value).and_then(|()| codec::encode(ty, attribute.ty, value));
        return Some(match encoded {
            Ok(Some(value)) => Ok(Clause::Set(format!("{name} = {}", p.value(sdk(value))))),
            Ok(None) => Ok(Clause::Remove(name)),
            Err(error) => Err(Error::unfit(&attribute.name, error)),
        });
    }
    let (_, _, scale) = plan.columns.get(column)?.ty.range()?;
    let delta = delta(operation, scale)?;
    let name = p.name(&number(plan, column)?.name);
    Some(Ok(Clause::Set(format!("{name} = {name} + {}", p.value(digits(delta, scale)?)))))
}

/// A part of an update.
#[derive(Clone, Debug)]
pub(super) enum Clause {
    Set(String),
    Remove(String),
}

/// The text of an update.
pub(super) fn update(clauses: &[Clause]) -> String {
    let list =
        |which: fn(&Clause) -> Option<&str>| clauses.iter().filter_map(which).collect::<Vec<_>>().join(", ");
    let set = list(|clause| if let Clause::Set(text) = clause { Some(text) } else { None });
    let remove = list(|clause| if let Clause::Remove(text) = clause { Some(text) } else { None });
    let parts = [("SET", set), ("REMOVE", remove)];
    let parts =
        parts.iter().filter(|(_, list)| !list.is_empty()).map(|(word, list)| format!("{word} {list}"));
    parts.collect::<Vec<_>>().join(" ")
}

pub(super) fn sdk(value: AttributeValue) -> SdkValue {
    let item = attribute::to_sdk_item(Item::from([(String::new(), value)]));
    item.into_values().next().unwrap_or(SdkValue::Null(true))
}
