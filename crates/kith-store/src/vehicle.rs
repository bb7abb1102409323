//! Vehicles by the accounts that have to do with them.

use crate::document::{Document, Noun, closed};
use crate::fault::Fault;
use crate::sql::all;
use crate::unit::{Reader, Unit};

impl Reader<'_> {
    /// The vehicles that an account has to do with, in the order of their making, after one of them.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer or a document is damaged.
    pub fn vehicles_of(
        &mut self,
        account_id: &str,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<Document>, Fault> {
        let text = "SELECT v.id, v.version, v.body, v.sealed FROM vehicle_account a \
                    JOIN vehicle v ON v.id = a.vehicle_id \
                    WHERE a.account_id = $1 AND a.vehicle_id > $2 ORDER BY a.vehicle_id LIMIT $3";
        let params = [account_id.into(), after.unwrap_or_default().into(), limit.into()];
        let rows = all(self.sql, text, &params, |row| closed(Noun::Vehicle, row))?;
        self.open_documents(Noun::Vehicle, rows)
    }
}

impl Unit<'_> {
    /// Names the accounts that a vehicle has to do with, in place of those named before.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot write.
    pub fn put_vehicle_accounts(&mut self, vehicle_id: &str, accounts: &[String]) -> Result<(), Fault> {
        self.execute("DELETE FROM vehicle_account WHERE vehicle_id = $1", &[vehicle_id.into()])?;
        let text = "INSERT INTO vehicle_account (account_id, vehicle_id) VALUES ($1, $2)";
        accounts
            .iter()
            .try_for_each(|account| self.execute(text, &[account.into(), vehicle_id.into()]).map(drop))
    }
}
