//! Sanctions and PEP screening: public lists read, names compared, owners followed.
//!
//! Pure: no clock, no chance, no thread; lists come in as bytes. Start reading at [`screen::Screener`]: the entries that
//! [`list`] reads are analysed ([`name`]), indexed ([`index`]), aligned ([`align`]) and scored ([`score`]).

pub mod align;
pub mod country;
pub mod distance;
pub mod entry;
pub mod index;
pub mod kind;
pub mod list;
pub mod name;
pub mod normalise;
pub mod ownership;
pub mod score;
pub mod screen;
