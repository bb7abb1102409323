//! Taking a whole list away: page by page, noted before the first row leaves.

use std::io::{self, Write};

use kith_connect::sheet::{SheetColumn, SheetFormat, SheetWriter};
use kith_domain::access::AccessAct;
use kith_domain::refusal::Refusal;
use kith_query::catalogue::Kind;
use kith_query::top;
use kith_store::Fault;

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
        let request = ListRequest { limit: Some(LIMIT_MAX), cursor: None, ..request };
        let counted = self.counted(caller, &request);
        let (columns, count) = match counted {
            Ok(counted) => counted,
            Err(refusal) => return Ok(Err(refusal)),
        };
        self.note_access(caller, AccessAct::Export, "account", None, count);
        self.write_trail().await?;
        Ok(Ok(Export { engine: self.clone(), caller: caller.clone(), request, columns, count }))
    }

    fn counted(&self, caller: &Caller, request: &ListRequest) -> Result<(Vec<SheetColumn>, u64), Refusal> {
        let catalogue = self.catalogue();
        let fields = chosen(&catalogue, &request.fields)?;
        let checked = self.check(caller, &catalogue, request)?;
        let accounts = Accounts::new(self, caller, request.entity.clone());
        let own = fields.iter().map(|field| column(field.id.clone(), matches!(field.kind, Kind::Money)));
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
            page.items.iter().try_for_each(|row| writer.row(row))?;
            request.cursor = page.next_cursor;
            if request.cursor.is_none() {
                return writer.end();
            }
        }
    }
}
