#[derive(Clone, Debug, PartialEq, Migratable)]
#[migratable(contract = "contract.yaml", entity = "Order", subset)]
pub struct OrderTotal {
    pub total: Decimal,
}
