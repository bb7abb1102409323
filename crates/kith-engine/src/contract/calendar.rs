//! The deadlines of contracts as a calendar (RFC 5545).

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use kith_domain::contract::{Contract, deadline};
use kith_store::{Fault, Noun};

use crate::caller::Caller;
use crate::engine::Engine;
use crate::noun::read;

/// Most contracts of a calendar.
const CONTRACTS_MAX: usize = 5_000;
/// Octets of a line before it is folded.
const LINE_MAX: usize = 75;

impl Engine {
    /// The deadlines of the contracts in force that the caller sees: last day of notice, end, audit.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn contract_calendar(&self, caller: &Caller) -> Result<String, Fault> {
        let mut found = Vec::new();
        for state in ["signed", "active", "expiring"] {
            let page = self.store().read(move |reader| {
                let most = u32::try_from(CONTRACTS_MAX).unwrap_or(u32::MAX);
                reader.list_newest(Noun::Contract, &[("state", state.into())], None, most)
            });
            for document in page.await? {
                found.push(read::<Contract>(document)?.state);
            }
        }
        let now = self.now();
        let mut calendar = Calendar::new();
        for contract in
            found.iter().filter(|contract| self.sees_contract(caller, contract)).take(CONTRACTS_MAX)
        {
            let with = self.account_title(contract.account);
            let name = format!("{} {} – {with}", contract.number, contract.terms.title);
            let at = contract.updated_at.unwrap_or(now);
            let days = [
                (
                    "notice",
                    "Last day of notice",
                    deadline(&contract.terms).filter(|_| contract.notice.is_none()),
                ),
                ("end", "End of the term", contract.terms.ends_on),
                ("termination", "Terminated", contract.notice.as_ref().map(|notice| notice.on)),
                ("audit", "Audit", contract.next_audit()),
            ];
            for (what, title, day) in days {
                let Some(day) = day else { continue };
                let uid = format!("{}-{what}-{day}@kith", contract.id);
                calendar.event(&uid, at, day, &format!("{title}: {name}"));
            }
        }
        Ok(calendar.done())
    }
}

struct Calendar(String);

impl Calendar {
    fn new() -> Self {
        let mut calendar = Self(String::new());
        for line in [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Kith//Contracts//EN",
            "CALSCALE:GREGORIAN",
            "METHOD:PUBLISH",
        ] {
            calendar.line(line);
        }
        calendar.line("X-WR-CALNAME:Contracts");
        calendar
    }

    fn event(&mut self, uid: &str, stamp: Timestamp, day: Date, summary: &str) {
        let next = day.checked_add(1.day()).unwrap_or(day);
        self.line("BEGIN:VEVENT");
        self.line(&format!("UID:{uid}"));
        self.line(&format!("DTSTAMP:{}", stamp.strftime("%Y%m%dT%H%M%SZ")));
        self.line(&format!("DTSTART;VALUE=DATE:{}", day.strftime("%Y%m%d")));
        self.line(&format!("DTEND;VALUE=DATE:{}", next.strftime("%Y%m%d")));
        self.line(&format!("SUMMARY:{}", escaped(summary)));
        self.line("TRANSP:TRANSPARENT");
        self.line("END:VEVENT");
    }

    /// Writes a line, folded where it is too long; never within a letter.
    fn line(&mut self, line: &str) {
        let mut room = LINE_MAX;
        for letter in line.chars() {
            if letter.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = LINE_MAX - 1;
            }
            self.0.push(letter);
            room -= letter.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    fn done(mut self) -> String {
        self.line("END:VCALENDAR");
        self.0
    }
}

fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
    text.replace("\r\n", "\\n").replace(['\n', '\r'], "\\n")
}

#[cfg(test)]
mod tests;
