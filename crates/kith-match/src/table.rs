//! Records side by side: every column normalised, every text a number.

use crate::dictionary::{Dictionary, Full, MISSING};
use crate::kind::Kind;
use crate::normalise::{
    country::country, date::date, domain, email, fold, identifier, legal::LegalForms, number, phone,
    street::street,
};
use crate::words::Words;

/// What a column of the table holds: a kind, or a part of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Facet {
    /// The whole value of a kind.
    Whole(Kind),
    /// A name's legal form.
    FormOfName,
    /// The domain of an e-mail address.
    MailDomain,
    /// The number in a street.
    NumberInStreet,
}

/// One column of normalised values.
#[derive(Debug, Clone)]
pub struct Column {
    /// The header of the file's column, or the field's name.
    pub header: String,
    /// What is in it.
    pub facet: Facet,
    /// Its texts.
    pub dictionary: Dictionary,
    /// The number of each row's text.
    pub values: Vec<u32>,
    /// The words of its texts, where words are compared.
    pub words: Option<Words>,
}

impl Column {
    fn new(header: &str, facet: Facet) -> Self {
        let words = matches!(facet, Facet::Whole(Kind::Name | Kind::Text)).then(Words::default);
        Self {
            header: header.to_owned(),
            facet,
            dictionary: Dictionary::default(),
            values: Vec::new(),
            words,
        }
    }

    fn push(&mut self, text: &str) -> Result<(), Full> {
        let number = self.dictionary.intern(text)?;
        if let Some(words) = &mut self.words {
            words.learn(number, text)?;
        }
        self.values.push(number);
        Ok(())
    }

    fn set(&mut self, row: usize, text: &str) -> Result<(), Full> {
        let number = self.dictionary.intern(text)?;
        if let Some(words) = &mut self.words {
            words.learn(number, text)?;
        }
        self.dictionary.release(self.values[row]);
        self.values[row] = number;
        Ok(())
    }

    fn pop(&mut self) {
        let Some(number) = self.values.pop() else { return };
        self.dictionary.release(number);
        let texts = self.dictionary.len();
        self.dictionary.forget(number);
        if let Some(words) = self.words.as_mut().filter(|_| self.dictionary.len() < texts) {
            words.forget(number);
        }
    }

    /// The text of a row.
    #[must_use]
    pub fn text(&self, row: usize) -> &str {
        self.dictionary.text(self.values[row])
    }

    /// Whether the row says nothing here.
    #[must_use]
    pub fn is_missing(&self, row: usize) -> bool {
        self.values[row] == MISSING
    }
}

/// Brings the values of one kind into the form in which they are compared.
#[derive(Debug, Clone)]
struct Normaliser {
    kind: Kind,
    forms: LegalForms,
    plain: String,
    first: String,
    second: String,
}

impl Normaliser {
    fn new(kind: Kind) -> Self {
        let (plain, first, second) = (String::new(), String::new(), String::new());
        Self { kind, forms: LegalForms::default(), plain, first, second }
    }

    /// The facets that a value of the kind has.
    fn facets(&self) -> impl Iterator<Item = Facet> + use<> {
        let second = match self.kind {
            Kind::Name => Some(Facet::FormOfName),
            Kind::Email => Some(Facet::MailDomain),
            Kind::Street => Some(Facet::NumberInStreet),
            _ => None,
        };
        [Some(Facet::Whole(self.kind)), second].into_iter().flatten()
    }

    /// The texts of the facets.
    fn normalise(&mut self, value: &str) -> [&str; 2] {
        let (plain, first, second) = (&mut self.plain, &mut self.first, &mut self.second);
        match self.kind {
            Kind::Name => {
                fold(value, plain);
                self.forms.part(plain, first, second);
            }
            Kind::LegalForm => {
                fold(value, plain);
                first.clear();
                first.push_str(self.forms.form(plain).unwrap_or(plain));
            }
            Kind::Email => {
                email(value, first);
                domain(value, second);
            }
            Kind::Street => street(value, first, second),
            Kind::Date => date(value, first),
            Kind::HardKey | Kind::Identifier | Kind::Postal => identifier(value, first),
            Kind::Phone => phone(value, first),
            Kind::Domain => domain(value, first),
            Kind::Country => country(value, first),
            Kind::Number => number(value, first),
            Kind::GivenName
            | Kind::Surname
            | Kind::StreetNumber
            | Kind::City
            | Kind::Region
            | Kind::Category
            | Kind::Text => fold(value, first),
        }
        [first, second]
    }
}

/// Fills the columns that one column of the source becomes.
#[derive(Debug, Clone)]
pub struct Filler {
    normaliser: Normaliser,
    columns: Vec<Column>,
}

impl Filler {
    /// A filler for a column of that kind.
    #[must_use]
    pub fn new(header: &str, kind: Kind) -> Self {
        let normaliser = Normaliser::new(kind);
        let columns = normaliser.facets().map(|facet| Column::new(header, facet)).collect();
        Self { normaliser, columns }
    }

    /// Adds the value of the next row.
    ///
    /// # Errors
    /// If the column holds more text than four gigabytes.
    pub fn push(&mut self, value: &str) -> Result<(), Full> {
        for (column, text) in self.columns.iter_mut().zip(self.normaliser.normalise(value)) {
            column.push(text)?;
        }
        Ok(())
    }

    /// The columns, filled.
    #[must_use]
    pub fn finish(self) -> Vec<Column> {
        self.columns
    }
}

/// A table whose rows come, change and go one by one.
#[derive(Debug, Clone)]
pub(crate) struct OpenTable {
    normalisers: Vec<Normaliser>,
    pub(crate) table: Table,
}

impl OpenTable {
    pub(crate) fn new(fields: &[(&str, Kind)]) -> Self {
        let normalisers: Vec<Normaliser> = fields.iter().map(|(_, kind)| Normaliser::new(*kind)).collect();
        let of = |(normaliser, (header, _)): (&Normaliser, &(&str, Kind))| {
            normaliser.facets().map(|facet| Column::new(header, facet)).collect::<Vec<_>>()
        };
        let columns = normalisers.iter().zip(fields).flat_map(of).collect();
        Self { normalisers, table: Table { columns, rows: 0, split: None } }
    }

    /// Makes sure that there are so many rows; new ones say nothing.
    pub(crate) fn reach(&mut self, rows: usize) -> Result<(), Full> {
        while self.table.rows < rows {
            for column in &mut self.table.columns {
                column.push("")?;
            }
            self.table.rows += 1;
        }
        Ok(())
    }

    /// Sets the values of a row, in the order of the fields.
    pub(crate) fn set(&mut self, row: usize, values: &[&str]) -> Result<(), Full> {
        self.reach(row + 1)?;
        let mut columns = self.table.columns.iter_mut();
        for (normaliser, value) in self.normalisers.iter_mut().zip(values) {
            let count = normaliser.facets().count();
            for (column, text) in columns.by_ref().take(count).zip(normaliser.normalise(value)) {
                column.set(row, text)?;
            }
        }
        Ok(())
    }

    /// Takes the last row away, with the texts that only it had.
    pub(crate) fn pop(&mut self) {
        self.table.columns.iter_mut().for_each(Column::pop);
        self.table.rows = self.table.rows.saturating_sub(1);
    }
}

/// The records of one file, or of two whose records are only compared across.
#[derive(Debug, Clone, Default)]
pub struct Table {
    columns: Vec<Column>,
    rows: usize,
    split: Option<usize>,
}

impl Table {
    /// A table of columns of equal length. With `split`, rows before it are of one file and the others of the other.
    #[must_use]
    pub fn new(columns: Vec<Column>, split: Option<usize>) -> Self {
        let rows = columns.first().map_or(0, |column| column.values.len());
        let stated = columns.iter().any(|column| column.facet == Facet::Whole(Kind::LegalForm));
        // A column for the legal form says the same as the end of the name.
        let needless =
            |column: &Column| column.facet == Facet::FormOfName && (stated || column.dictionary.is_empty());
        let columns = columns.into_iter().filter(|column| !needless(column)).collect();
        Self { columns, rows, split }
    }

    /// How many records.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Where the second file begins.
    #[must_use]
    pub fn split(&self) -> Option<usize> {
        self.split
    }

    /// The columns.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// How many pairs there are to compare.
    #[must_use]
    pub fn pairs(&self) -> f64 {
        let rows = self.rows as f64;
        match self.split {
            Some(split) => split as f64 * (rows - split as f64),
            None => crate::dictionary::pairs_of(rows),
        }
    }

    /// Whether the two rows may be compared at all.
    #[must_use]
    pub fn may_pair(&self, left: usize, right: usize) -> bool {
        left != right && self.split.is_none_or(|split| (left < split) != (right < split))
    }

    /// Gives back what only building needed.
    pub fn settle(&mut self) {
        for column in &mut self.columns {
            column.dictionary.settle();
            column.values.shrink_to_fit();
            if let Some(words) = &mut column.words {
                words.settle();
            }
        }
    }
}
