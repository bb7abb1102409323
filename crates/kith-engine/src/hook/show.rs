//! Webhooks and their deliveries as they are shown, and what people do with them.

use kith_api::view::{DeliveryView, Page, WebhookView};
use kith_connect::webhook::secret_of;
use kith_domain::access::Grant;
use kith_domain::delivery::{Command as DeliveryCommand, Delivery, DeliveryState, Told};
use kith_domain::refusal::{FieldFault, Refusal};
use kith_domain::value::{DeliveryId, Personal, WebhookId};
use kith_domain::webhook::{Command, Wanted, Webhook, refusal};
use kith_store::{Fault, Noun};
use serde_json::json;

use super::{hooks, queue};
use crate::caller::Caller;
use crate::engine::{Engine, random_bytes};
use crate::execute::Walk;
use crate::noun::{Loaded, load, read};
use crate::permit;

/// Webhooks are about the whole house.
const GRANT: Grant = Grant::OrganisationManage;

/// A webhook after it was made, or got another secret: the secret is shown here only.
#[derive(Debug, Clone, PartialEq)]
pub struct HookSaved {
    /// The webhook.
    pub view: WebhookView,
    /// The secret with which the other side checks signatures.
    pub secret: String,
}

/// Which deliveries.
#[derive(Debug, Clone, Default)]
pub struct DeliveryRequest {
    /// Only those that stand so.
    pub state: Option<DeliveryState>,
    /// Only those to one webhook: `hook_…`.
    pub webhook: Option<String>,
    /// The delivery after which to go on.
    pub cursor: Option<String>,
    /// How many.
    pub limit: usize,
}

/// Ends a function unless the caller may manage webhooks.
macro_rules! managed {
    ($caller:expr) => {
        if !$caller.principal.may(GRANT, None) {
            return Ok(Err(permit::denied(GRANT)));
        }
    };
}

impl Engine {
    /// The webhooks, the oldest first.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn webhooks(&self, caller: &Caller) -> Result<Result<Page<WebhookView>, Refusal>, Fault> {
        managed!(caller);
        let found = self.store().read(hooks).await?;
        let items = found.iter().map(|hook| self.hook_view(hook)).collect();
        Ok(Ok(Page { items, next_cursor: None, has_more: false }))
    }

    /// One webhook.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn webhook(&self, caller: &Caller, id: &str) -> Result<Result<WebhookView, Refusal>, Fault> {
        managed!(caller);
        let id = id.to_owned();
        let hook = self.store().read(move |reader| load::<Webhook>(reader, &id)).await?.state;
        Ok(if hook.exists() { Ok(self.hook_view(&hook)) } else { Err(refusal::not_found()) })
    }

    /// Makes a webhook.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot write.
    pub async fn create_webhook(
        &self,
        caller: &Caller,
        wanted: Wanted,
    ) -> Result<Result<HookSaved, Refusal>, Fault> {
        managed!(caller);
        if let Some(refusal) = self.open_text(&wanted) {
            return Ok(Err(refusal));
        }
        let id = WebhookId(self.new_uuid()?);
        let secret = secret_of(&random_bytes(self.random())?);
        let sealed = Personal::new(id, secret.clone());
        let command = Command::Create { id, wanted: Box::new(wanted), secret: sealed };
        let done = self.hook_act(caller, &id.to_string(), command).await?;
        Ok(done.map(|hook| HookSaved { view: self.hook_view(&hook), secret }))
    }

    /// Has a webhook call another address, or for something else.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot write.
    pub async fn update_webhook(
        &self,
        caller: &Caller,
        id: &str,
        wanted: Option<Wanted>,
        on: Option<bool>,
    ) -> Result<Result<WebhookView, Refusal>, Fault> {
        managed!(caller);
        if let Some(refusal) = wanted.as_ref().and_then(|wanted| self.open_text(wanted)) {
            return Ok(Err(refusal));
        }
        if let Some(wanted) = wanted {
            let command = Command::Update { wanted: Box::new(wanted) };
            if let Err(refusal) = self.hook_act(caller, id, command).await? {
                return Ok(Err(refusal));
            }
        }
        if let Some(on) = on
            && let Err(refusal) = self.hook_act(caller, id, Command::Switch { on }).await?
        {
            return Ok(Err(refusal));
        }
        self.webhook(caller, id).await
    }

    /// What is asked for now, as a start for what is to be asked.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn webhook_wanted(&self, caller: &Caller, id: &str) -> Result<Result<Wanted, Refusal>, Fault> {
        managed!(caller);
        let id = id.to_owned();
        let hook = self.store().read(move |reader| load::<Webhook>(reader, &id)).await?.state;
        Ok(if hook.exists() { Ok(hook.wanted) } else { Err(refusal::not_found()) })
    }

    /// Signs with another secret from now on.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot write.
    pub async fn rotate_webhook(
        &self,
        caller: &Caller,
        id: &str,
    ) -> Result<Result<HookSaved, Refusal>, Fault> {
        managed!(caller);
        let secret = secret_of(&random_bytes(self.random())?);
        let sealed = Personal::new(id, secret.clone());
        let done = self.hook_act(caller, id, Command::Rotate { secret: sealed }).await?;
        Ok(done.map(|hook| HookSaved { view: self.hook_view(&hook), secret }))
    }

    /// Forgets a webhook and destroys its secret.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot write.
    pub async fn delete_webhook(&self, caller: &Caller, id: &str) -> Result<Result<(), Refusal>, Fault> {
        managed!(caller);
        let done = self.hook_act(caller, id, Command::Delete).await?;
        if done.is_ok() {
            let (engine, id) = (self.clone(), id.to_owned());
            let destroyed = tokio::task::spawn_blocking(move || engine.store().vault().destroy(&id)).await;
            destroyed.map_err(|_| Fault::Panicked)??;
        }
        Ok(done.map(drop))
    }

    /// Calls a webhook without an event.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot write.
    pub async fn test_webhook(
        &self,
        caller: &Caller,
        id: &str,
    ) -> Result<Result<DeliveryView, Refusal>, Fault> {
        managed!(caller);
        let webhook = match self.webhook(caller, id).await? {
            Ok(view) => view.id.parse::<WebhookId>().map_err(|_| Fault::corrupt("the id of a webhook"))?,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let delivery = DeliveryId(self.new_uuid()?);
        let now = self.now().to_string();
        let body = json!({"type": "webhook.test", "timestamp": now, "data": {"webhook": id}}).to_string();
        let kind = "webhook.test".to_owned();
        let told = Told { id: delivery, webhook, kind, account: None, about: id.to_owned(), body };
        let (engine, caller_of, context) = (self.clone(), caller.clone(), caller.context(self.now()));
        self.store()
            .write(move |unit| {
                let organisation = engine.organisation_in(unit)?;
                let (caller, context) = (&caller_of, &context);
                let mut walk =
                    Walk { engine: &engine, unit, caller, context, organisation, effects: Vec::new() };
                queue(&mut walk, told.clone())
            })
            .await?;
        self.delivery(caller, &delivery.to_string()).await
    }

    /// Deliveries, the newest first.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn deliveries(
        &self,
        caller: &Caller,
        request: DeliveryRequest,
    ) -> Result<Result<Page<DeliveryView>, Refusal>, Fault> {
        managed!(caller);
        let most = u32::try_from(request.limit.saturating_add(1)).unwrap_or(u32::MAX);
        let limit = request.limit;
        let found = self.store().read(move |reader| {
            let mut index = Vec::new();
            index.extend(request.state.map(|state| ("state", state.as_str().into())));
            index.extend(request.webhook.as_deref().map(|hook| ("webhook_id", hook.into())));
            let page = reader.list_newest(Noun::Delivery, &index, request.cursor.as_deref(), most)?;
            page.into_iter().map(read::<Delivery>).collect::<Result<Vec<_>, _>>()
        });
        let page = Page::cut(found.await?, limit, |loaded| loaded.id.clone());
        let Page { items, next_cursor, has_more } = page;
        Ok(Ok(Page {
            items: items.iter().map(|one| self.delivery_view(one)).collect(),
            next_cursor,
            has_more,
        }))
    }

    /// One delivery with its body.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn delivery(&self, caller: &Caller, id: &str) -> Result<Result<DeliveryView, Refusal>, Fault> {
        managed!(caller);
        let id = id.to_owned();
        let loaded = self.store().read(move |reader| load::<Delivery>(reader, &id)).await?;
        let known = loaded.state.told.is_some();
        let missing = kith_domain::delivery::refusal::not_found;
        Ok(if known { Ok(self.delivery_view(&loaded)) } else { Err(missing()) })
    }

    /// Has a delivery tried again now, or not at all.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot write.
    pub async fn decide_delivery(
        &self,
        caller: &Caller,
        id: &str,
        again: bool,
    ) -> Result<Result<DeliveryView, Refusal>, Fault> {
        managed!(caller);
        let command = if again { DeliveryCommand::Retry } else { DeliveryCommand::Discard };
        let (engine, id, context) = (self.clone(), id.to_owned(), caller.context(self.now()));
        let acted = self.store().write(move |unit| {
            let mut loaded = load::<Delivery>(unit, &id)?;
            let acted = loaded.act(unit, engine.store().secrets(), &context, &(), &command)?;
            Ok(acted.map(|_| loaded))
        });
        Ok(acted.await?.map(|loaded| self.delivery_view(&loaded)))
    }

    /// What is told in the open is told on this machine or in this network only.
    fn open_text(&self, wanted: &Wanted) -> Option<Refusal> {
        let open = wanted.url.trim().starts_with("http://") && !self.courier().0;
        let message = "expected https://: http:// is for installations that allow private addresses";
        open.then(|| refusal::invalid().with_fields(vec![FieldFault::new("/url", "url_not_https", message)]))
    }

    async fn hook_act(
        &self,
        caller: &Caller,
        id: &str,
        command: Command,
    ) -> Result<Result<Webhook, Refusal>, Fault> {
        let (engine, id, context) = (self.clone(), id.to_owned(), caller.context(self.now()));
        self.store()
            .write(move |unit| {
                let mut loaded = load::<Webhook>(unit, &id)?;
                let acted = loaded.act(unit, engine.store().secrets(), &context, &(), &command)?;
                Ok(acted.map(|_| loaded.state))
            })
            .await
    }

    fn hook_view(&self, hook: &Webhook) -> WebhookView {
        WebhookView {
            id: hook.id.to_string(),
            name: hook.wanted.name.clone(),
            url: hook.wanted.url.clone(),
            kinds: hook.wanted.kinds.iter().map(|kind| kind.as_str().to_owned()).collect(),
            severity_least: hook.wanted.severity_least.map(|least| least.as_str().to_owned()),
            entity: hook.wanted.entity.as_ref().map(ToString::to_string),
            on: hook.on,
            gone: hook.gone,
            created_at: hook.created_at.map(|at| at.to_string()).unwrap_or_default(),
            created_by_name: hook.created_by.and_then(|user| self.user_name(&user.to_string())),
        }
    }

    fn delivery_view(&self, loaded: &Loaded<Delivery>) -> DeliveryView {
        let (delivery, told) = (&loaded.state, loaded.state.told.as_ref());
        let instant = |at: Option<jiff::Timestamp>| at.map(|at| at.to_string());
        DeliveryView {
            id: loaded.id.clone(),
            webhook: told.map(|told| told.webhook.to_string()).unwrap_or_default(),
            kind: told.map(|told| told.kind.clone()).unwrap_or_default(),
            about: told.map(|told| told.about.clone()).unwrap_or_default(),
            body: told.and_then(|told| serde_json::from_str(&told.body).ok()).unwrap_or_default(),
            state: delivery.state.as_str().to_owned(),
            attempts: delivery.attempts,
            queued_at: instant(delivery.queued_at).unwrap_or_default(),
            next_at: instant(delivery.next_at),
            tried_at: instant(delivery.tried_at),
            arrived_at: instant(delivery.arrived_at),
            code: delivery.code.clone(),
            answer: delivery.answer.clone(),
            decided_by_name: delivery.decided_by.and_then(|user| self.user_name(&user.to_string())),
        }
    }
}
