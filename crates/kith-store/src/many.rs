//! Many documents in one statement. SQLite has its rows at hand and takes them one by one; to PostgreSQL each statement is a
//! round trip, so that it takes columns as arrays.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value;

use crate::dialect::Dialect;
use crate::document::{Noun, bound_to};
use crate::fault::Fault;
use crate::sql::{Param, all, one, signed};
use crate::unit::{Reader, Unit};

/// A document that is not stored yet.
#[derive(Debug)]
pub struct NewDocument {
    /// Its identifier.
    pub id: String,
    /// The version that it is stored at.
    pub version: u64,
    /// The state.
    pub body: Value,
    /// Index columns, in any order; those that are left out stay empty.
    pub index: Vec<(&'static str, Index)>,
}

/// The value of an index column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Index {
    /// A text.
    Text(String),
    /// A whole number.
    Int(i64),
}

impl Index {
    /// As it is bound to a statement.
    #[must_use]
    pub fn param(&self) -> Param<'_> {
        match self {
            Self::Text(text) => text.into(),
            Self::Int(value) => Param::Int(*value),
        }
    }
}

impl Reader<'_> {
    /// The versions of documents; those that do not exist are left out.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer.
    pub fn document_versions(&mut self, noun: Noun, ids: &[&str]) -> Result<HashMap<String, u64>, Fault> {
        match self.sql.dialect() {
            Dialect::Sqlite => {
                let mut found = HashMap::with_capacity(ids.len());
                for id in ids {
                    let version = self.document_version(noun, id)?;
                    found.extend((version > 0).then(|| ((*id).to_owned(), version)));
                }
                Ok(found)
            }
            Dialect::Postgres => {
                let text = format!("SELECT id, version FROM {} WHERE id = ANY($1)", noun.table());
                let rows = all(self.sql, &text, &[Param::Texts(ids)], |row| {
                    Ok((row.text(0)?.to_owned(), row.count(1)?))
                })?;
                Ok(rows.into_iter().collect())
            }
        }
    }

    /// Which of these values some document has in an index column.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer.
    pub fn taken(
        &mut self,
        noun: Noun,
        column: &'static str,
        values: &[&str],
    ) -> Result<HashSet<String>, Fault> {
        let table = noun.table();
        match self.sql.dialect() {
            Dialect::Sqlite => {
                let text = format!("SELECT {column} FROM {table} WHERE {column} = $1 LIMIT 1");
                let mut found = HashSet::new();
                for value in values {
                    found
                        .extend(one(self.sql, &text, &[(*value).into()], |row| Ok(row.text(0)?.to_owned()))?);
                }
                Ok(found)
            }
            Dialect::Postgres => {
                let text = format!("SELECT {column} FROM {table} WHERE {column} = ANY($1)");
                let rows = all(self.sql, &text, &[Param::Texts(values)], |row| Ok(row.text(0)?.to_owned()))?;
                Ok(rows.into_iter().collect())
            }
        }
    }
}

impl Unit<'_> {
    /// Stores documents that are new.
    ///
    /// # Errors
    /// [`Fault::Conflict`] when one of them exists, or a unique index value is taken.
    pub fn put_new(&mut self, noun: Noun, documents: Vec<NewDocument>) -> Result<(), Fault> {
        // Rows with the same columns go together.
        let mut alike: BTreeMap<Vec<&'static str>, Vec<Closed>> = BTreeMap::new();
        for mut new in documents {
            new.index.sort_unstable_by_key(|(column, _)| *column);
            let bound = bound_to(noun, &new.id, new.version);
            let sealed = self.shared.vault.split_and_seal(&bound, &mut new.body)?;
            let columns = new.index.iter().map(|(column, _)| *column).collect();
            let body = new.body.to_string();
            alike.entry(columns).or_default().push(Closed { body, sealed, new });
        }
        for (columns, rows) in alike {
            match self.sql.dialect() {
                Dialect::Sqlite => self.insert_each(noun, &columns, &rows)?,
                Dialect::Postgres => self.insert_all(noun, &columns, &rows)?,
            }
        }
        Ok(())
    }

    fn insert_each(&mut self, noun: Noun, columns: &[&str], rows: &[Closed]) -> Result<(), Fault> {
        let names: String = columns.iter().map(|column| format!(", {column}")).collect();
        let places: String = (5..).take(columns.len()).map(|place| format!(", ${place}")).collect();
        let text = format!(
            "INSERT INTO {} (id, version, body, sealed{names}) VALUES ($1, $2, $3, $4{places})",
            noun.table()
        );
        self.written = true;
        self.sql.execute_each(&text, &mut |insert| {
            rows.iter().try_for_each(|Closed { body, sealed, new }| {
                let mut values: Vec<Param<'_>> =
                    vec![(&new.id).into(), signed(new.version).into(), body.into(), Param::Blob(sealed)];
                values.extend(new.index.iter().map(|(_, value)| value.param()));
                insert(&values)
            })
        })
    }

    fn insert_all(&mut self, noun: Noun, columns: &[&str], rows: &[Closed]) -> Result<(), Fault> {
        let ids: Vec<&str> = rows.iter().map(|row| row.new.id.as_str()).collect();
        let versions: Vec<i64> = rows.iter().map(|row| signed(row.new.version)).collect();
        let bodies: Vec<&str> = rows.iter().map(|row| row.body.as_str()).collect();
        let sealed: Vec<&[u8]> = rows.iter().map(|row| row.sealed.as_slice()).collect();
        let index: Vec<Column<'_>> = (0..columns.len()).map(|nth| Column::of(rows, nth)).collect();
        let names: String = columns.iter().map(|column| format!(", {column}")).collect();
        let places: String =
            index.iter().zip(5..).map(|(column, place)| format!(", ${place}::{}", column.array())).collect();
        let text = format!(
            "INSERT INTO {} (id, version, body, sealed{names}) SELECT * FROM UNNEST($1::text[], $2::bigint[], \
             $3::text[], $4::bytea[]{places})",
            noun.table()
        );
        let mut params =
            vec![Param::Texts(&ids), Param::Ints(&versions), Param::Texts(&bodies), Param::Blobs(&sealed)];
        params.extend(index.iter().map(Column::param));
        self.execute(&text, &params).map(drop)
    }
}

/// A new document as it is stored.
struct Closed {
    body: String,
    sealed: Vec<u8>,
    new: NewDocument,
}

/// One index column of many rows.
enum Column<'a> {
    Texts(Vec<&'a str>),
    Ints(Vec<i64>),
}

impl<'a> Column<'a> {
    fn of(rows: &'a [Closed], nth: usize) -> Self {
        let values = || rows.iter().filter_map(|row| row.new.index.get(nth).map(|(_, value)| value));
        if values().any(|value| matches!(value, Index::Int(_))) {
            Self::Ints(values().map(|value| if let Index::Int(value) = value { *value } else { 0 }).collect())
        } else {
            let text = |value: &'a Index| if let Index::Text(text) = value { text.as_str() } else { "" };
            Self::Texts(values().map(text).collect())
        }
    }

    fn array(&self) -> &'static str {
        match self {
            Self::Texts(_) => "text[]",
            Self::Ints(_) => "bigint[]",
        }
    }

    fn param(&self) -> Param<'_> {
        match self {
            Self::Texts(texts) => Param::Texts(texts),
            Self::Ints(values) => Param::Ints(values),
        }
    }
}
