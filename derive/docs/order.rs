#[derive(Clone, Debug, PartialEq, Migratable)]
#[migratable(contract = "contract.yaml")]
pub struct Order {
    pub order_id: u64,
    pub total: Decimal,
    pub note: Option<Note>,
}
