//! A workbook of Excel with one sheet.

use std::io;

use rust_xlsxwriter::{Format, Workbook as Book, XlsxError};

use super::Cell;

/// Most rows of a sheet besides its headings; Excel opens no more.
pub const ROWS_MAX: u64 = 1_048_575;
/// The name of the sheet.
const SHEET: &str = "Accounts";
/// Longest text of a cell, in characters.
const CELL_MAX: usize = 32_767;

/// A workbook being made. Rows are kept on disk until it ends.
pub(super) struct Workbook {
    book: Book,
    next: u32,
}

fn faulty(error: XlsxError) -> io::Error {
    io::Error::other(error)
}

impl Workbook {
    pub(super) fn begin(headings: &[String]) -> io::Result<Self> {
        let mut book = Book::new();
        let bold = Format::new().set_bold();
        let sheet = book.add_worksheet_with_constant_memory().map_err(faulty)?;
        sheet.set_name(SHEET).map_err(faulty)?;
        for (column, heading) in (0_u16..).zip(headings) {
            sheet.write_string_with_format(0, column, heading, &bold).map_err(faulty)?;
        }
        sheet.set_freeze_panes(1, 0).map_err(faulty)?;
        Ok(Self { book, next: 1 })
    }

    pub(super) fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        let row = self.next;
        let sheet = self.book.worksheet_from_index(0).map_err(faulty)?;
        for (column, cell) in (0_u16..).zip(cells) {
            match cell {
                Cell::Empty => {}
                Cell::Number(_, number) => {
                    sheet.write_number(row, column, *number).map_err(faulty)?;
                }
                Cell::Bool(flag) => {
                    sheet.write_boolean(row, column, *flag).map_err(faulty)?;
                }
                // A text cell is never run, whatever it begins with.
                Cell::Text(text) => {
                    let text: String = text.chars().take(CELL_MAX).collect();
                    sheet.write_string(row, column, text).map_err(faulty)?;
                }
            }
        }
        self.next = row.saturating_add(1);
        Ok(())
    }

    pub(super) fn end(mut self) -> io::Result<Vec<u8>> {
        self.book.save_to_buffer().map_err(faulty)
    }
}
