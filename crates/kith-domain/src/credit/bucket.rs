//! The five buckets of exposure.

use serde::{Deserialize, Serialize};

/// Where a line stands on its way from a promise to a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bucket {
    /// Reserved, and neither committed, voided nor expired.
    Pending,
    /// Confirmed and not delivered.
    OpenOrders,
    /// Delivered and not invoiced.
    Unbilled,
    /// Invoiced and not paid.
    OpenAr,
    /// Paid or credited without an invoice to pay: reduces exposure.
    Unapplied,
}

/// Minor units of one currency in each bucket.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Buckets {
    /// Unpaid rest of invoices.
    pub open_ar: i64,
    /// Delivered and not invoiced.
    pub unbilled: i64,
    /// Ordered or committed and not delivered.
    pub open_orders: i64,
    /// Reserved.
    pub pending: i64,
    /// Payments and credit notes without an invoice to pay.
    pub unapplied: i64,
}

impl Buckets {
    /// Puts an amount into a bucket.
    pub fn add(&mut self, bucket: Bucket, minor: i64) {
        let place = match bucket {
            Bucket::Pending => &mut self.pending,
            Bucket::OpenOrders => &mut self.open_orders,
            Bucket::Unbilled => &mut self.unbilled,
            Bucket::OpenAr => &mut self.open_ar,
            Bucket::Unapplied => &mut self.unapplied,
        };
        *place = place.saturating_add(minor);
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            open_ar: self.open_ar.saturating_add(other.open_ar),
            unbilled: self.unbilled.saturating_add(other.unbilled),
            open_orders: self.open_orders.saturating_add(other.open_orders),
            pending: self.pending.saturating_add(other.pending),
            unapplied: self.unapplied.saturating_add(other.unapplied),
        }
    }

    /// What is at risk: everything owed and promised less what was paid ahead. Below zero for an overpayment.
    #[must_use]
    pub fn exposure(&self) -> i64 {
        let owed = self.open_ar.saturating_add(self.unbilled);
        owed.saturating_add(self.open_orders).saturating_add(self.pending).saturating_sub(self.unapplied)
    }

    /// Each bucket by another scale; nothing when one of them cannot be said.
    #[must_use]
    pub fn convert(&self, each: &dyn Fn(i64) -> Option<i64>) -> Option<Self> {
        Some(Self {
            open_ar: each(self.open_ar)?,
            unbilled: each(self.unbilled)?,
            open_orders: each(self.open_orders)?,
            pending: each(self.pending)?,
            unapplied: each(self.unapplied)?,
        })
    }
}
