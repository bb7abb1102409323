//! Exchange rates: read and added.

use jiff::tz::TimeZone;
use kith_domain::access::Grant;
use kith_domain::command::Command;
use kith_domain::organisation::{Command as OrganisationCommand, RateQuote};
use kith_domain::refusal::FieldFault;

use super::super::form::Sent;
use super::super::miss::{Miss, Page};
use super::super::visit::Visit;
use super::{Came, carry_out, html, may, to, to_change};
use crate::web::link::Link;
use crate::web::number::typed::figure;
use crate::web::page::{self, RatesPage};
use crate::web::part::field::Typed;
use crate::web::shell::Section;
use crate::web::words::t;

pub(in crate::web::route) async fn show(visit: Visit) -> Page {
    draw(&visit, None).await
}

async fn draw(visit: &Visit, typed: Option<Typed>) -> Page {
    let after = visit.param("cursor");
    let rates = visit.engine.rates(None, None, after.as_deref(), kith_engine::LIMIT);
    let rates = rates.ok_or_else(|| {
        Miss::new(400, t("This address cannot be read"), t("Its cursor is not of this list."))
    })?;
    let zone = TimeZone::get(&visit.engine.organisation().timezone).unwrap_or(TimeZone::UTC);
    let page = RatesPage {
        next: rates.next_cursor.map(|cursor| Link::to("/settings/rates").with("cursor", &cursor).done()),
        rates: rates.items,
        today: visit.engine.now().to_zoned(zone).date().to_string(),
        currency: visit.engine.organisation_view().currency,
        may_change: may(visit, Grant::OrganisationManage),
        typed,
    };
    let shell = visit.shell(t("Exchange rates"), Section::Settings).await?;
    html(&page::rates(&shell, &page))
}

pub(in crate::web::route) async fn add(sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let code = |name: &str| form.text(name).to_uppercase().parse();
    let (base, quote, day) = (code("base"), code("quote"), form.text("day").parse());
    let mut faults = Vec::new();
    for (name, wrong) in [("base", base.is_err()), ("quote", quote.is_err())] {
        if wrong {
            let message = t("a currency code of ISO 4217, such as EUR");
            faults.push(FieldFault::new(format!("/{name}"), "currency_unknown", message));
        }
    }
    if day.is_err() {
        faults.push(FieldFault::new("/day", "date_invalid", t("a day such as 2026-11-20")));
    }
    let rate = figure(form.text("rate"));
    if let Err(misread) = &rate {
        faults.push(FieldFault::new("/rate", "rate_invalid", misread.sentence()));
    }
    let (Ok(base), Ok(quote), Ok(day), Ok(rate)) = (base, quote, day, rate) else {
        let typed = Typed::at_fault(form.members(), t("Some fields are at fault."), &faults);
        return draw(&visit, Some(typed)).await;
    };
    let source = form.text("source").to_owned();
    let rates = vec![RateQuote { base, quote, day, rate, source }];
    match carry_out(&visit, &form, Command::Organisation(OrganisationCommand::LoadRates { rates })).await? {
        Came::Done => to("/settings/rates"),
        Came::Waits(change) => to_change(&change),
        Came::Refused(typed) => draw(&visit, Some(typed)).await,
    }
}
