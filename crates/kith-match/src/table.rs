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

/// Fills the columns that one column of the source becomes.
#[derive(Debug)]
pub struct Filler {
    kind: Kind,
    columns: Vec<Column>,
    forms: LegalForms,
    plain: String,
    first: String,
    second: String,
}

impl Filler {
    /// A filler for a column of that kind.
    #[must_use]
    pub fn new(header: &str, kind: Kind) -> Self {
        let second = match kind {
            Kind::Name => Some(Facet::FormOfName),
            Kind::Email => Some(Facet::MailDomain),
            Kind::Street => Some(Facet::NumberInStreet),
            _ => None,
        };
        let facets = [Some(Facet::Whole(kind)), second];
        let columns = facets.into_iter().flatten().map(|facet| Column::new(header, facet)).collect();
        let (plain, first, second) = (String::new(), String::new(), String::new());
        Self { kind, columns, forms: LegalForms::default(), plain, first, second }
    }

    /// Adds the value of the next row.
    ///
    /// # Errors
    /// If the column holds more text than four gigabytes.
    pub fn push(&mut self, value: &str) -> Result<(), Full> {
        self.normalise(value);
        for (column, text) in self.columns.iter_mut().zip([&self.first, &self.second]) {
            column.push(text)?;
        }
        Ok(())
    }

    fn normalise(&mut self, value: &str) {
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
    }

    /// The columns, filled.
    #[must_use]
    pub fn finish(self) -> Vec<Column> {
        self.columns
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
