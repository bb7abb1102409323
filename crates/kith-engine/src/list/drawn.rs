//! Columns of the list that are drawn and are no field, as values of a file.

use kith_api::view::WorkRow;
use kith_store::Fault;
use serde_json::{Map, Value, json};

use crate::engine::Engine;
use crate::read::DRAWN_COLUMNS;

/// A drawn column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Drawn {
    /// What stands out, in words.
    Wrong,
    /// Orders of each of 13 weeks, the oldest first, and their change.
    Orders,
    /// Inquiries that nobody has answered, open tasks, inquiries of seven days, and whether these are rising.
    Signals,
}

impl Drawn {
    fn get(id: &str) -> Option<Self> {
        DRAWN_COLUMNS.iter().position(|known| *known == id).and_then(|place| match place {
            0 => Some(Self::Wrong),
            1 => Some(Self::Orders),
            2 => Some(Self::Signals),
            _ => None,
        })
    }

    /// The columns of a file that it becomes.
    fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Wrong => &["what_is_wrong"],
            Self::Orders => &["orders_weekly", "orders_change"],
            Self::Signals => &["unread_inquiries", "open_tasks", "inquiries_7d", "inquiries_rising"],
        }
    }
}

/// Whether a column of a file belongs to a drawn one.
pub(super) fn is_drawn(id: &str) -> bool {
    [Drawn::Wrong, Drawn::Orders, Drawn::Signals].iter().any(|drawn| drawn.columns().contains(&id))
}

/// The drawn columns among those asked for, and the columns of the file in the order in which they were asked for.
pub(super) fn apart(asked: &[String]) -> (Vec<Drawn>, Vec<String>) {
    let mut found = Vec::new();
    let mut order = Vec::new();
    for id in asked {
        match Drawn::get(id) {
            Some(drawn) if !found.contains(&drawn) => {
                found.push(drawn);
                order.extend(drawn.columns().iter().map(|id| (*id).to_owned()));
            }
            Some(_) => {}
            None => order.push(id.clone()),
        }
    }
    (found, order)
}

impl Engine {
    /// Puts the values of drawn columns into rows of a list.
    pub(super) async fn draw(&self, drawn: &[Drawn], rows: &mut [Map<String, Value>]) -> Result<(), Fault> {
        let id =
            |row: &Map<String, Value>| row.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
        let mut work: Vec<WorkRow> = rows.iter().map(|row| self.work_of(&id(row))).collect();
        if drawn.contains(&Drawn::Signals) {
            self.count_tasks(&mut work).await?;
        }
        for (row, work) in rows.iter_mut().zip(&work) {
            for drawn in drawn {
                let values = match drawn {
                    Drawn::Wrong => vec![json!(work.wrong)],
                    Drawn::Orders => vec![json!(work.orders_weekly), json!(work.orders_change)],
                    Drawn::Signals => vec![
                        json!(work.unread),
                        json!(work.tasks),
                        json!(work.inquiries_week),
                        json!(work.inquiries_rising),
                    ],
                };
                let columns = drawn.columns().iter().map(|id| (*id).to_owned());
                row.extend(columns.zip(values));
            }
        }
        Ok(())
    }
}
