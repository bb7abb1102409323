//! REST over the real program: each operation's good case and what its bad input gets, the same on both stores.

mod access;
mod account;
mod approval;
mod audit;
mod care;
mod catalogue;
mod commerce;
mod contract;
mod contract_portal;
mod credit;
mod document;
mod duplicate;
mod effective;
mod hold;
mod identifier;
mod import;
mod intake;
mod life;
mod list;
mod order;
mod organisation;
mod screening;
mod stream;
mod table;
mod team;
