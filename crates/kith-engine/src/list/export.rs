//! Taking a whole list away: page by page, noted before the first row leaves.

use std::io::{self, Write};

use kith_connect::sheet::{SheetColumn, SheetFormat, SheetWriter};
use kith_domain::access::AccessAct;
use kith_domain::refusal::Refusal;
use kith_query::catalogue::Kind;
use kith_query::top;
use kith_store::Fault;

use super::drawn::{self, Drawn};
use super::{ALWAYS, LIMIT_MAX, ListRequest, chosen};
use crate::caller::Caller;
use crate::engine::Engine;
use crate::table::Accounts;

/// A list that may leave: checked, counted and noted.
#[derive(Debug, Clone)]
pub struct Export {
    engine: Engine,
    caller: Caller,
    request: ListRequest,
    columns: Vec<SheetColumn>,
    drawn: Vec<Drawn>,
    /// To count open tasks while rows are written.
    handle: tokio::runtime::Handle,
    /// How many rows it had when it was counted.
    pub count: u64,
}

impl Engine {
    /// Prepares an export of a list. It is on record before this answers.
    ///
    /// # Errors
    /// [`Fault`] when it cannot be put on record: then nothing may leave.
    pub async fn export(
        &self,
        caller: &Caller,
        request: ListRequest,
    ) -> Result<Result<Export, Refusal>, Fault> {
        let (drawn, order) = drawn::apart(&request.fields);
        let fields = order.iter().filter(|id| !drawn::is_drawn(id)).cloned().collect();
        let request = ListRequest { limit: Some(LIMIT_MAX), cursor: None, fields, ..request };
        let counted = self.counted(caller, &request, &order);
        let (columns, count) = match counted {
            Ok(counted) => counted,
            Err(refusal) => return Ok(Err(refusal)),
        };
        self.note_access(caller, AccessAct::Export, "account", None, count);
        self.write_trail().await?;
        let (engine, caller) = (self.clone(), caller.clone());
        let handle = tokio::runtime::Handle::current();
        Ok(Ok(Export { engine, caller, request, columns, drawn, handle, count }))
    }

    fn counted(
        &self,
        caller: &Caller,
        request: &ListRequest,
        order: &[String],
    ) -> Result<(Vec<SheetColumn>, u64), Refusal> {
        let catalogue = self.catalogue();
        let fields = chosen(&catalogue, &request.fields)?;
        let checked = self.check(caller, &catalogue, request)?;
        let accounts = Accounts::new(self, caller, request.entity.clone());
        let money = |id: &str| fields.iter().any(|field| field.id == id && matches!(field.kind, Kind::Money));
        let usual: Vec<String> = fields.iter().map(|field| field.id.clone()).collect();
        let own = if order.is_empty() { usual.as_slice() } else { order };
        let own = own.iter().filter(|id| !ALWAYS.contains(&id.as_str()));
        let own = own.map(|id| column(id.clone(), money(id)));
        let always = ALWAYS.iter().map(|id| column((*id).to_owned(), false));
        Ok((always.chain(own).collect(), top::count(&checked.filter, &accounts)))
    }
}

fn column(id: String, is_money: bool) -> SheetColumn {
    SheetColumn { id, headings: None, is_money }
}

impl Export {
    /// The same with headings for people: of each field its own and that of its currency.
    #[must_use]
    pub fn headed(mut self, said: impl Fn(&str) -> Option<[String; 2]>) -> Self {
        for column in &mut self.columns {
            column.headings = said(&column.id);
        }
        self
    }

    /// The business day of the values.
    #[must_use]
    pub fn day(&self) -> String {
        self.engine.day().to_string()
    }

    /// Writes the file. Accounts that change their place meanwhile may come twice or not at all: a list is no snapshot.
    ///
    /// # Errors
    /// When it cannot be written, or the list can no longer be read.
    pub fn write(&self, format: SheetFormat, out: impl Write) -> io::Result<()> {
        let mut writer = SheetWriter::begin(format, self.columns.clone(), out)?;
        let mut request = self.request.clone();
        loop {
            let page = self.engine.rows(&self.caller, &request);
            let page = page.map_err(|refusal| io::Error::other(refusal.sentence))?;
            let mut rows = page.items;
            if !self.drawn.is_empty() {
                let filled = self.handle.block_on(self.engine.draw(&self.drawn, &mut rows));
                filled.map_err(|fault| io::Error::other(fault.to_string()))?;
            }
            rows.iter().try_for_each(|row| writer.row(row))?;
            request.cursor = page.next_cursor;
            if request.cursor.is_none() {
                return writer.end();
            }
        }
    }
}
