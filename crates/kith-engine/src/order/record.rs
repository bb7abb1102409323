//! What the world must know of an order, as touchpoints: placed, amended, cancelled, each once and under an id of its own.

use bytes::Bytes;
use kith_domain::order::{Command, Facts, Order, OrderState};
use kith_store::Fault;
use serde_json::{Map, Value, json};

use crate::caller::Caller;
use crate::engine::Engine;
use crate::noun::Loaded;

/// The source of the door's touchpoints.
const SOURCE: &str = "urn:kith:orders";

impl Engine {
    /// Brings the latest change of an order into the log of touchpoints, unless it stands there.
    pub(super) async fn record_order(&self, loaded: Loaded<Order>) -> Result<Loaded<Order>, Fault> {
        let order = &loaded.state;
        let (change, account) = (order.change, order.matched.account);
        let Some(account) = account.filter(|_| order.recorded < change) else { return Ok(loaded) };
        let event = event(&loaded, account.to_string(), change);
        let taken = self.ingest(&Caller::system(), Bytes::from(event.to_string())).await?;
        match taken {
            Ok(reply) if reply.quarantined.is_empty() => self.wait_for(reply.position).await,
            Ok(reply) => {
                let code = reply.quarantined.first().map(|held| held.code.clone()).unwrap_or_default();
                return Err(Fault::corrupt(format!("the touchpoint of an order in quarantine: {code}")));
            }
            Err(_) => return Err(Fault::Busy),
        };
        let system = Caller::system();
        let command = Command::Record { change };
        let recorded = self.order_act(&system, &loaded.id, Facts::default(), command).await?;
        Ok(recorded.map_or(loaded, |(recorded, _)| recorded))
    }
}

fn event(loaded: &Loaded<Order>, subject: String, change: u32) -> Value {
    let order = &loaded.state;
    let (verb, data) = match order.state {
        OrderState::Cancelled => ("cancelled", json!({"order_no": order.order_no})),
        _ if change > 1 => ("amended", json!({"order_no": order.order_no, "value": value(order)})),
        _ => ("placed", placed(order)),
    };
    let at = order.changed_at.map(|at| at.to_string());
    json!({
        "specversion": "1.0", "id": format!("{}.{change}", loaded.id), "source": SOURCE,
        "type": format!("io.kith.order.{verb}"), "time": at, "subject": subject, "data": data,
    })
}

fn value(order: &Order) -> Value {
    let total = order.total.map(|total| json!({"amount": total.amount(), "currency": total.currency.code()}));
    total.unwrap_or(Value::Null)
}

fn placed(order: &Order) -> Value {
    let mut data = Map::new();
    data.insert("order_no".into(), json!(order.order_no));
    data.insert("entity".into(), json!(order.entity.as_ref().map(ToString::to_string)));
    data.insert("value".into(), value(order));
    data.insert("channel".into(), json!(order.content.source.channel.as_str()));
    if let Some(day) = order.content.requested_delivery {
        data.insert("requested_delivery".into(), json!(day.to_string()));
    }
    if let Some(number) = &order.content.customer_order_no {
        data.insert("customer_order_no".into(), json!(number));
    }
    let lines = order.content.lines.iter().map(|line| {
        json!({"line_no": line.line_no, "item": line.item, "qty": line.qty.to_string(), "uom": line.uom})
    });
    let lines: Vec<Value> = lines.collect();
    if !lines.is_empty() {
        data.insert("lines".into(), Value::Array(lines));
    }
    let ship_to = order.content.given.get().and_then(|given| given.pointer("/parties/ship_to"));
    if let Some(ship_to) = ship_to {
        data.insert("ship_to".into(), ship_to.clone());
    }
    Value::Object(data)
}
