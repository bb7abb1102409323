//! What something costs, and the lists that say so.

use jiff::civil::Date;
use kith_api::request::{PriceAsk, PriceLine};
use kith_api::view::{
    BandView, ConversionView, MoneyView, Page, PriceListView, PriceRuleView, PriceTierView, PriceView,
    PricesView, RejectedView,
};
use kith_domain::account::Account;
use kith_domain::organisation::Organisation;
use kith_domain::price_list::{PriceList, PriceListKind, price_list_id};
use kith_domain::pricing::{
    Ask, NoPrice, PriceTier, PriceType, Priced, Rejected, Source, SourceKind, UOM_DEFAULT, resolve,
};
use kith_domain::refusal::{FieldFault, Refusal, RefusalKind};
use kith_domain::value::{Currency, EntityCode, Money, line, parse_decimal};
use kith_store::{Fault, Reader};
use rust_decimal::Decimal;
use serde_json::Value;

use super::account::day;
use crate::caller::Caller;
use crate::engine::Engine;
use crate::facts::all_price_lists;
use crate::noun::{Loaded, load};
use crate::permit;

/// Digits after the point of a quantity.
const QTY_PLACES: u32 = 4;
/// Most ancestors whose prices count; a hierarchy is no higher.
const HEIGHT_MAX: usize = 20;
/// Most lines of one question.
const LINES_MAX: usize = 1_000;

/// What came of a question: one price, or those of its lines.
#[derive(Debug, Clone)]
pub enum PriceAnswer {
    /// Of one item.
    One(Box<PriceView>),
    /// Of several.
    Many(PricesView),
}

/// An owner of rows, as loaded.
struct Owner {
    kind: SourceKind,
    name: String,
    rows: Vec<PriceTier>,
}

/// What all lines of a question share.
struct Frame {
    account: String,
    entity: EntityCode,
    date: Date,
    currency: Currency,
    /// The price list that the account buys from, as the entity sees it.
    price_list: Option<String>,
    organisation: std::sync::Arc<Organisation>,
    allow_fx: bool,
}

impl Engine {
    /// What a quantity of an item costs an account, or what several do.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn price(
        &self,
        caller: &Caller,
        ask: &PriceAsk,
    ) -> Result<Result<PriceAnswer, Refusal>, Fault> {
        let account = match self.load_account(caller, &ask.account).await? {
            Ok(loaded) => loaded.state,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let mut faults = Vec::new();
        let frame = self.frame(&account, ask, &mut faults);
        let lines = lines(ask, &mut faults);
        let asks: Vec<Option<Ask>> = lines
            .iter()
            .enumerate()
            .map(|(at, line)| {
                let place = if ask.lines.is_some() { format!("/lines/{at}") } else { String::new() };
                one_ask(frame.as_ref(), line, &place, &mut faults)
            })
            .collect();
        let Some(frame) = frame.filter(|_| faults.is_empty()) else {
            return Ok(Err(invalid(faults)));
        };
        let (date, account) = (frame.date, Account { price_list: frame.price_list.clone(), ..account });
        let owners = self.store().read(move |reader| owners(reader, &account, date)).await?;
        let sources: Vec<Source<'_>> = owners
            .iter()
            .map(|owner| Source { kind: owner.kind, owner: owner.name.clone(), rows: &owner.rows })
            .collect();
        let mut views = Vec::new();
        for ask in asks.into_iter().flatten() {
            views.push(priced(&sources, &frame, &ask));
        }
        if ask.lines.is_some() {
            return Ok(Ok(PriceAnswer::Many(summed(views, frame.currency))));
        }
        let Some(view) = views.pop() else { return Ok(Err(invalid(Vec::new()))) };
        Ok(if view.code.is_some() { Err(no_price(&view)) } else { Ok(PriceAnswer::One(Box::new(view))) })
    }

    fn frame(&self, account: &Account, ask: &PriceAsk, faults: &mut Vec<FieldFault>) -> Option<Frame> {
        let organisation = self.organisation();
        let mut fault = |place: &str, code: &str, message: &str| {
            faults.push(FieldFault::new(place, code, message));
        };
        let entity = match &ask.entity {
            None => Some(account.owning_entity.clone()),
            Some(code) => {
                let known = code.trim().parse::<EntityCode>().ok();
                known.filter(|code| organisation.entity(code).is_some())
            }
        };
        if entity.is_none() {
            fault("/entity", "entity_unknown", "there is no such legal entity");
        }
        let date = match &ask.date {
            None => Some(self.day()),
            Some(text) => text.trim().parse::<Date>().ok(),
        };
        if date.is_none() {
            fault("/date", "date_invalid", "expected a date such as 2026-01-31");
        }
        let seller = entity.as_ref().and_then(|code| organisation.entity(code));
        let seen =
            seller.zip(date).map(|(seller, date)| account.seen_by(seller, &organisation, date).account);
        let currency = match &ask.currency {
            None => seen.as_ref().and_then(|seen| seen.currency).or(seller.map(|seller| seller.currency)),
            Some(code) => code.trim().to_ascii_uppercase().parse().ok(),
        };
        if currency.is_none() {
            fault("/currency", "currency_unknown", "expected a currency code of ISO 4217, for example USD");
        }
        Some(Frame {
            account: account.id.to_string(),
            entity: entity?,
            date: date?,
            currency: currency?,
            price_list: seen.and_then(|seen| seen.price_list),
            organisation: organisation.clone(),
            allow_fx: ask.allow_fx_price.unwrap_or_default(),
        })
    }

    /// The price lists or price groups, without their rows.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn price_lists(&self, kind: PriceListKind) -> Result<Page<PriceListView>, Fault> {
        let lists = self.store().read(move |reader| all_price_lists(reader, kind)).await?;
        let items = lists.iter().map(|list| PriceListView { rows: Vec::new(), ..list_view(list) }).collect();
        Ok(Page { items, next_cursor: None, has_more: false })
    }

    /// A price list or price group by its code.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn price_list(
        &self,
        kind: PriceListKind,
        code: &str,
    ) -> Result<Result<PriceListView, Refusal>, Fault> {
        let id = price_list_id(kind, code);
        let list = self.store().read(move |reader| load::<PriceList>(reader, &id)).await?;
        Ok(if list.state.exists() {
            Ok(list_view(&list))
        } else {
            Err(permit::missing("price_list.not_found", "There is no such price list."))
        })
    }
}

fn invalid(faults: Vec<FieldFault>) -> Refusal {
    let sentence = "Some fields are at fault.";
    Refusal::new(RefusalKind::Unprocessable, "invalid", sentence, "Correct the fields that are named.")
        .with_fields(faults)
}

/// The lines of a question; one that names an item has one.
fn lines(ask: &PriceAsk, faults: &mut Vec<FieldFault>) -> Vec<PriceLine> {
    if let Some(lines) = &ask.lines {
        if ask.item.is_some() || ask.qty.is_some() {
            faults.push(FieldFault::new(
                "/lines",
                "item_or_lines",
                "ask for one item, or for lines, not for both",
            ));
        }
        if lines.is_empty() || lines.len() > LINES_MAX {
            faults.push(FieldFault::new("/lines", "out_of_range", "expected 1 to 1000 lines"));
            return Vec::new();
        }
        return lines.clone();
    }
    vec![PriceLine {
        item: ask.item.clone().unwrap_or_default(),
        item_group: ask.item_group.clone(),
        qty: ask.qty.clone().unwrap_or_else(|| Value::from(1)),
        uom: ask.uom.clone(),
    }]
}

fn one_ask(
    frame: Option<&Frame>,
    asked: &PriceLine,
    place: &str,
    faults: &mut Vec<FieldFault>,
) -> Option<Ask> {
    let item = line(&asked.item, 100);
    if let Err(error) = &item {
        faults.push(FieldFault::new(format!("{place}/item"), error.code(), error.to_string()));
    }
    let text = match &asked.qty {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let qty = parse_decimal(&text, QTY_PLACES).map_err(|error| (error.code(), error.to_string()));
    let qty = qty.and_then(|qty| {
        if qty.is_zero() { Err(("out_of_range", "expected a quantity above 0".to_owned())) } else { Ok(qty) }
    });
    if let Err((code, message)) = &qty {
        faults.push(FieldFault::new(format!("{place}/qty"), *code, message.clone()));
    }
    let frame = frame?;
    Some(Ask {
        entity: frame.entity.clone(),
        item: item.ok()?,
        item_group: asked.item_group.clone(),
        qty: qty.ok()?,
        uom: asked.uom.as_deref().map_or_else(|| UOM_DEFAULT.to_owned(), |uom| uom.trim().to_uppercase()),
        date: frame.date,
        currency: frame.currency,
    })
}

/// Whose rows count for an account on a day, those that go first at the top.
fn owners(reader: &mut Reader<'_>, account: &Account, date: Date) -> Result<Vec<Owner>, Fault> {
    let own =
        |kind, account: &Account| Owner { kind, name: account.id.to_string(), rows: account.pricing.clone() };
    let mut owners = vec![own(SourceKind::Account, account)];
    let mut parent = account.parent_on(date);
    while let Some(id) = parent.filter(|_| owners.len() <= HEIGHT_MAX) {
        let held = load::<Account>(reader, &id.to_string())?.state;
        // Who was merged away left its rows, and its place, to the survivor.
        parent = match &held.merged_into {
            Some(merged) => Some(merged.survivor),
            None => {
                owners.push(own(SourceKind::Ancestor, &held));
                held.parent_on(date)
            }
        };
    }
    let named = [
        (&account.price_group, PriceListKind::Group, SourceKind::PriceGroup),
        (&account.price_list, PriceListKind::List, SourceKind::PriceList),
    ];
    for (code, kind, source) in named {
        let Some(code) = code else { continue };
        let list = load::<PriceList>(reader, &price_list_id(kind, code))?.state;
        owners.push(Owner { kind: source, name: list.code, rows: list.rows });
    }
    let lists = all_price_lists(reader, PriceListKind::List)?;
    let standard = lists.into_iter().map(|list| list.state).find(|list| list.is_standard);
    owners.extend(standard.map(|list| Owner {
        kind: SourceKind::StandardPrice,
        name: list.code,
        rows: list.rows,
    }));
    Ok(owners)
}

fn priced(sources: &[Source<'_>], frame: &Frame, ask: &Ask) -> PriceView {
    let rate = |from: Currency| frame.organisation.rate(from, frame.currency, frame.date);
    let found = resolve(sources, ask, frame.allow_fx.then_some(&rate));
    let view = PriceView {
        account: frame.account.clone(),
        entity: ask.entity.to_string(),
        item: ask.item.clone(),
        item_group: ask.item_group.clone(),
        qty: ask.qty.to_string(),
        uom: ask.uom.clone(),
        date: ask.date.to_string(),
        currency: ask.currency.code().to_owned(),
        ..PriceView::default()
    };
    match found {
        Ok(found) => won(sources, &found, view),
        Err(NoPrice { trace }) => {
            PriceView { price_trace: traced(sources, &trace), code: Some("no_price".to_owned()), ..view }
        }
    }
}

fn won(sources: &[Source<'_>], found: &Priced, view: PriceView) -> PriceView {
    let owner = sources.get(found.source);
    PriceView {
        unit_price: Some(unit_money(found.unit, found.total.currency)),
        total: Some(found.total.into()),
        rule: Some(PriceRuleView {
            source: owner.map_or("", |owner| owner.kind.as_str()).to_owned(),
            owner: owner.map(|owner| owner.owner.clone()).unwrap_or_default(),
            row: tier_view(&found.row),
        }),
        bands: found
            .bands
            .iter()
            .map(|band| BandView {
                id: band.row.id.to_string(),
                qty: band.qty.to_string(),
                unit_price: band.unit.to_string(),
            })
            .collect(),
        conversion: found.rate.map(|rate| ConversionView {
            from: found.row.currency.code().to_owned(),
            rate: rate.to_string(),
        }),
        price_trace: traced(sources, &found.trace),
        ..view
    }
}

fn traced(sources: &[Source<'_>], trace: &[Rejected]) -> Vec<RejectedView> {
    let view = |rejected: &Rejected| {
        let owner = sources.get(rejected.source);
        RejectedView {
            id: rejected.row.id.to_string(),
            source: owner.map_or("", |owner| owner.kind.as_str()).to_owned(),
            owner: owner.map(|owner| owner.owner.clone()).unwrap_or_default(),
            reason: rejected.reason.as_str().to_owned(),
        }
    };
    trace.iter().map(view).collect()
}

fn summed(lines: Vec<PriceView>, currency: Currency) -> PricesView {
    let totals = lines.iter().map(|line| {
        let total = line.total.as_ref()?;
        Money::parse(&total.amount, currency).ok()
    });
    let minor = totals
        .collect::<Option<Vec<_>>>()
        .and_then(|totals| totals.iter().try_fold(0_i64, |sum, total| sum.checked_add(total.minor)));
    PricesView { total: minor.map(|minor| Money::new(minor, currency).into()), lines }
}

/// Nothing prices it: why not, row by row.
fn no_price(view: &PriceView) -> Refusal {
    let rows = view.price_trace.iter().map(|rejected| {
        let message =
            format!("{} of {} {}: {}", rejected.id, rejected.source, rejected.owner, rejected.reason);
        FieldFault::new("/item", rejected.reason.clone(), message)
    });
    Refusal::new(
        RefusalKind::Unprocessable,
        "no_price",
        format!(
            "Nothing prices {} {} of {} in {} on {}.",
            view.qty, view.uom, view.item, view.currency, view.date
        ),
        "Add a price to the account, its price group, its price list or the standard price list.",
    )
    .with_fields(rows.collect())
}

/// A price of one unit: the digits of its currency at least, more where it has more.
fn unit_money(unit: Decimal, currency: Currency) -> MoneyView {
    MoneyView { amount: unit_text(unit, currency), currency: currency.code().to_owned() }
}

fn unit_text(unit: Decimal, currency: Currency) -> String {
    let mut unit = unit.normalize();
    let places = u32::from(currency.exponent());
    if unit.scale() < places {
        unit.rescale(places);
    }
    unit.to_string()
}

/// A row of prices as it is shown.
pub(crate) fn tier_view(row: &PriceTier) -> PriceTierView {
    let money = matches!(row.price_type, PriceType::Fixed | PriceType::DiscountAmt);
    PriceTierView {
        id: row.id.to_string(),
        entity: row.entity.as_ref().map(ToString::to_string),
        item: row.item.clone(),
        item_group: row.item_group.clone(),
        currency: row.currency.code().to_owned(),
        uom: row.uom.clone(),
        min_qty: row.min_qty.to_string(),
        max_qty: row.max_qty.map(|most| most.to_string()),
        price_type: row.price_type.as_str().to_owned(),
        price: if money { unit_text(row.price, row.currency) } else { row.price.to_string() },
        effective_from: row.effective_from.to_string(),
        effective_to: day(row.effective_to),
        qty_basis: row.qty_basis.as_str().to_owned(),
        priority: row.priority,
        agreement: row.agreement.map(|id| id.to_string()),
        enabled: row.enabled,
    }
}

fn list_view(list: &Loaded<PriceList>) -> PriceListView {
    let state = &list.state;
    PriceListView {
        code: state.code.clone(),
        kind: state.kind.as_str().to_owned(),
        version: list.version,
        name: state.name.clone(),
        currency: state.currency.map(|currency| currency.code().to_owned()),
        is_standard: state.is_standard,
        rows_count: u64::try_from(state.rows.len()).unwrap_or(u64::MAX),
        rows: state.rows.iter().map(tier_view).collect(),
    }
}
