//! The worklist of the accounts page: ranked rows that say in words what is wrong.

use kith_api::view::{MoneyView, WorkRow, Worklist};
use kith_domain::refusal::Refusal;
use kith_domain::value::{Money, counted};
use kith_profile::{Value as MetricValue, metric_index};
use kith_query::filter::Filter;
use kith_query::top;
use kith_store::{Fault, Noun};
use serde_json::Value;

use crate::caller::Caller;
use crate::directory::Inner;
use crate::engine::Engine;
use crate::kept::sight;
use crate::list::{ListRequest, chosen, field_value, run};
use crate::table::Accounts;

/// Days beyond terms, on the average, from which somebody pays late: the grace of a payment in time (D§3.4).
const LATE_DAYS: f64 = 3.0;

impl Engine {
    /// A page of the worklist.
    ///
    /// # Errors
    /// [`Refusal`] when the filter, the sort or the cursor is at fault.
    pub fn worklist(&self, caller: &Caller, request: &ListRequest) -> Result<Worklist, Refusal> {
        let catalogue = self.catalogue();
        let checked = self.check(caller, &catalogue, request)?;
        let stand = self.stand();
        let extra = if request.fields.is_empty() { Vec::new() } else { chosen(&catalogue, &request.fields)? };
        let accounts = Accounts::new(self, caller, request.entity.clone()).with_dormant(checked.dormant);
        let page = run(&checked, &accounts);
        let rows = page.hits.iter().map(|hit| {
            let mut row = self.work_row(&accounts, hit.row);
            row.extra = extra
                .iter()
                .map(|field| match accounts.hides(hit.row, &field.id) {
                    true => Value::Null,
                    false => {
                        let value = field_value(self, &catalogue, accounts.inner(), hit.row, field);
                        named(accounts.inner(), value)
                    }
                })
                .collect();
            row
        });
        let rows = rows.collect();
        // Only the first page counts: whoever turns pages knows already.
        let sums = request.count && request.cursor.is_none();
        let entity = request.entity.as_ref().map(ToString::to_string).unwrap_or_default();
        let asked = format!("{} {entity} {} {}", sight(caller), checked.dormant, checked.filter.print());
        let totals = sums.then(|| {
            self.core().totals.or_else(asked, stand, || {
                let field = catalogue.index("revenue_365d");
                let revenue = field.and_then(|field| top::sum(&checked.filter, field, &accounts));
                (top::count(&checked.filter, &accounts), revenue)
            })
        });
        let revenue = totals.and_then(|(_, revenue)| revenue);
        Ok(Worklist {
            rows,
            total: totals.map(|(total, _)| total),
            revenue: revenue.map(|minor| Money::new(minor, catalogue.currency()).into()),
            next_cursor: self.next_cursor(&checked, &page),
            day: self.day().to_string(),
            position: self.position(),
        })
    }

    /// How many accounts a filter finds.
    ///
    /// # Errors
    /// [`Refusal`] when the filter is at fault.
    pub fn count(&self, caller: &Caller, filter: &str) -> Result<u64, Refusal> {
        let request = ListRequest { filter: filter.to_owned(), ..ListRequest::default() };
        let checked = self.check(caller, &self.catalogue(), &request)?;
        let accounts = Accounts::new(self, caller, None).with_dormant(checked.dormant);
        Ok(top::count(&checked.filter, &accounts))
    }

    /// Puts the number of open tasks into rows.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn count_tasks(&self, rows: &mut [WorkRow]) -> Result<(), Fault> {
        let ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
        let counted = self.store().read(move |reader| {
            let open = |id: &String| {
                reader.count(Noun::Task, &[("account_id", id.into()), ("state", "open".into())])
            };
            ids.iter().map(open).collect::<Result<Vec<u64>, Fault>>()
        });
        for (row, tasks) in rows.iter_mut().zip(counted.await?) {
            row.tasks = tasks;
        }
        Ok(())
    }

    /// How many accounts the caller may see.
    #[must_use]
    pub fn account_total(&self, caller: &Caller) -> u64 {
        top::count(&Filter::all(), &Accounts::new(self, caller, None))
    }

    pub(crate) fn number(&self, row: u32, id: &str) -> Option<f64> {
        match self.living().value(row, metric_index(id)?)? {
            MetricValue::Number(value) if value.is_finite() => Some(f64::from(value)),
            _ => None,
        }
    }

    pub(crate) fn money(&self, row: u32, id: &str) -> Option<MoneyView> {
        let MetricValue::Money(minor) = self.living().value(row, metric_index(id)?)? else { return None };
        self.currency().map(|currency| Money::new(minor, currency).into())
    }

    /// What a drawn column shows of an account that a list gave.
    pub(crate) fn work_of(&self, id: &str) -> WorkRow {
        let Some(row) = id.parse().ok().and_then(|id| self.directory().read().row(id)) else {
            return WorkRow { id: id.to_owned(), ..WorkRow::default() };
        };
        let activity = self.living().activity(row).unwrap_or_default();
        WorkRow {
            id: id.to_owned(),
            unread: activity.unread,
            inquiries_week: activity.week,
            inquiries_rising: activity.is_rising(),
            wrong: self.wrong(row),
            orders_weekly: self.series(row, "orders"),
            orders_change: self.orders_change(row),
            ..WorkRow::default()
        }
    }

    fn work_row(&self, accounts: &Accounts<'_>, row: u32) -> WorkRow {
        let Some(entry) = accounts.inner().entry(row) else { return WorkRow::default() };
        let catalogue = self.catalogue();
        let text = |id: &str| {
            let field = catalogue.get(id)?;
            field_value(self, &catalogue, accounts.inner(), row, field).as_str().map(str::to_owned)
        };
        let place = [text("industry"), text("city").or_else(|| text("country"))];
        let subtitle = place.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        let whole = |id: &str| self.number(row, id).map_or(0, round);
        let observed =
            self.living().explain(row, "touchpoints_90d").and_then(|explained| explained.observed_at);
        let activity = self.living().activity(row).unwrap_or_default();
        WorkRow {
            unread: activity.unread,
            tasks: 0,
            inquiries_week: activity.week,
            inquiries_usual: activity.usual,
            inquiries_rising: activity.is_rising(),
            id: entry.id.to_string(),
            account_number: entry.number.to_string(),
            name: entry.name.to_string(),
            subtitle: if subtitle.is_empty() { entry.entity.to_string() } else { subtitle },
            tier: text("tier").unwrap_or_default(),
            status: text("status").unwrap_or_default(),
            health: self.number(row, "health"),
            health_label: self.label(row, "health_label"),
            wrong: self.wrong(row),
            orders_weekly: self.series(row, "orders"),
            orders_change: self.orders_change(row),
            order_trend_label: self.label(row, "order_trend_label_90d"),
            issues: whole("service_issues_30d"),
            revenue: self.money(row, "revenue_365d"),
            overdue: self.money(row, "overdue_balance"),
            inquiries: whole("inquiries_30d"),
            days_since_contact: self.number(row, "days_since_contact").map(round),
            manager: text("account_manager_name"),
            observed_at: observed.and_then(|ms| i64::try_from(ms).ok()).map(super::profile::instant),
            extra: Vec::new(),
        }
    }

    /// Orders of the last four of 13 weeks against the nine before, as a fraction of their rate.
    fn orders_change(&self, row: u32) -> Option<f64> {
        let weeks = self.series(row, "orders");
        let (before, now) = weeks.split_at_checked(weeks.len().checked_sub(4)?)?;
        let mean = |weeks: &[f64]| -> Option<f64> {
            let count = u32::try_from(weeks.len()).ok().filter(|count| *count > 0)?;
            Some(weeks.iter().sum::<f64>() / f64::from(count))
        };
        let (before, now) = (mean(before)?, mean(now)?);
        (before > 0.0).then(|| now / before - 1.0)
    }

    /// What stands out, worst first, three things at most.
    fn wrong(&self, row: u32) -> String {
        let mut found: Vec<String> = Vec::new();
        if self.label(row, "order_trend_label_90d").as_deref() == Some("declining") {
            found.push(match self.orders_change(row) {
                Some(change) if change < -0.02 => format!("orders −{:.0}\u{a0}%", change.abs() * 100.0),
                _ => "orders declining".to_owned(),
            });
        }
        let silent = self.number(row, "days_since_last_order").zip(self.number(row, "order_gap_days_365d"));
        if let Some((silent, gap)) = silent
            && silent > (gap * 3.0).max(30.0)
        {
            found.push(format!("no order for {silent:.0} days"));
        }
        let issues = [
            ("claims_90d", "1 claim", "{n} claims"),
            ("complaints_30d", "1 complaint", "{n} complaints"),
            ("exceptions_30d", "1 shipment exception", "{n} shipment exceptions"),
        ];
        for (id, one, many) in issues {
            match self.number(row, id).map_or(0, round) {
                0 => {}
                number => found.push(counted(number, one, many)),
            }
        }
        if let Some(late) = self.number(row, "days_beyond_terms_365d").filter(|days| *days > LATE_DAYS) {
            found.push(format!("pays {late:.0} days late"));
        }
        if let Some(otif) = self.number(row, "otif_90d").filter(|share| *share < 0.9) {
            found.push(format!("on time in full {:.0}\u{a0}%", otif * 100.0));
        }
        if let Some(nps) = self.number(row, "nps_365d").filter(|nps| *nps < 0.0) {
            found.push(format!("NPS −{:.0}", nps.abs()));
        }
        if found.is_empty() && self.number(row, "orders_365d").is_none_or(|orders| orders < 1.0) {
            found.push("no order in a year".to_owned());
        }
        if let Some(days) = self.number(row, "days_since_contact").filter(|days| *days >= 60.0) {
            found.push(format!("no contact for {days:.0} days"));
        }
        found.truncate(3);
        let mut sentence = found.join(", ");
        if let Some(first) = sentence.get(..1).map(str::to_uppercase) {
            sentence.replace_range(..1, &first);
        }
        sentence
    }
}

#[expect(clippy::cast_possible_truncation, reason = "counts and days are far below the limits of i64")]
fn round(value: f64) -> i64 {
    value.round() as i64
}

/// The name in place of the id of a user or an account.
fn named(inner: &Inner, value: Value) -> Value {
    let name = match value.as_str() {
        Some(user) if user.starts_with("usr_") => inner.manager_name(user).map(str::to_owned),
        Some(account) if account.starts_with("acc_") => {
            let entry = account.parse().ok().and_then(|id| inner.row(id)).and_then(|row| inner.entry(row));
            entry.map(|entry| entry.name.to_string())
        }
        _ => None,
    };
    name.map_or(value, Value::String)
}
