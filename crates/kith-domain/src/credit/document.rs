//! The documents of an account that the book is made of. Numbers of documents are hashes; days count from 1970-01-01.

use crate::value::Currency;

/// An order after its amendments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// Its number.
    pub doc: u64,
    /// Number of the legal entity; 0 where nothing says which.
    pub entity: u8,
    /// The currency of its value.
    pub currency: Currency,
    /// Its latest value, minor units.
    pub value: i64,
    /// Whether it was cancelled.
    pub cancelled: bool,
    /// Whether it was delivered.
    pub delivered: bool,
}

/// An invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invoice {
    /// Its number.
    pub doc: u64,
    /// The order that it bills, if it names one.
    pub order: Option<u64>,
    /// Number of the legal entity.
    pub entity: u8,
    /// The currency of its amount.
    pub currency: Currency,
    /// What it asks for, minor units.
    pub amount: i64,
    /// The day on which it is due.
    pub due: u16,
}

/// A payment or a credit note. What came back is not among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Payer {
    /// Its number.
    pub doc: u64,
    /// Number of the legal entity.
    pub entity: u8,
    /// The currency of its amount.
    pub currency: Currency,
    /// Minor units.
    pub amount: i64,
    /// The day on which it came.
    pub day: u16,
    /// Whether it is money; credit notes are used up first.
    pub money: bool,
}

/// What part of a payment or credit note pays which invoice, in the payer's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allocation {
    /// The payment or credit note.
    pub payer: u64,
    /// The invoice.
    pub invoice: u64,
    /// Minor units.
    pub amount: i64,
}

/// What is known of an account's orders, invoices and payments, each document once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Documents {
    /// Orders that were placed.
    pub orders: Vec<Order>,
    /// Numbers of orders that were cancelled, placed or not.
    pub cancelled: Vec<u64>,
    /// Invoices.
    pub invoices: Vec<Invoice>,
    /// Payments and credit notes that count.
    pub payers: Vec<Payer>,
    /// What pays what.
    pub allocations: Vec<Allocation>,
}
