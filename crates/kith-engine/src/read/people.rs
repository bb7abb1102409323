//! The organisation, its people, their tokens, saved views, quarantine.

use kith_api::view::{EntityView, OrganisationView, Page, QuarantineView, SavedView, TokenView, UserView};
use kith_domain::access::Grant;
use kith_domain::quarantine::Quarantine;
use kith_domain::refusal::Refusal;
use kith_domain::token::Token;
use kith_domain::user::{User, UserStatus};
use kith_domain::view::View;
use kith_store::{Fault, Noun, Reader};

use crate::caller::Caller;
use crate::engine::Engine;
use crate::facts::all_users;
use crate::noun::{Loaded, load, read};
use crate::permit;

/// A user as it is shown.
pub(crate) fn user_view(user: &User) -> UserView {
    UserView {
        id: user.id.to_string(),
        name: user.name.get().cloned(),
        email: user.email.get().cloned(),
        roles: user.roles.iter().map(ToString::to_string).collect(),
        status: if user.status == UserStatus::Active { "active" } else { "suspended" }.to_owned(),
        language: user.preferences.language.clone(),
        locale: user.preferences.locale.clone(),
        timezone: user.preferences.timezone.clone(),
        theme: user.preferences.theme.clone(),
        density: user.preferences.density.clone(),
        font: user.preferences.font.clone(),
        shortcuts: user.preferences.shortcuts,
    }
}

/// A token as it is shown, without its secret.
pub(crate) fn token_view(token: &Token) -> TokenView {
    TokenView {
        id: token.id.to_string(),
        user: token.user.to_string(),
        kind: serde_json::to_value(token.kind)
            .ok()
            .and_then(|kind| kind.as_str().map(str::to_owned))
            .unwrap_or_default(),
        name: token.name.clone(),
        prefix: token.prefix.clone(),
        expires_at: token.expires_at.map(|at| at.to_string()),
        revoked: token.revoked_at.is_some(),
        token: None,
    }
}

fn saved_view(view: &View) -> SavedView {
    SavedView {
        id: view.id.to_string(),
        name: view.layout.name.clone(),
        owner: view.owner.map(|owner| owner.to_string()).unwrap_or_default(),
        shared: view.layout.shared,
        question: view.layout.question.clone(),
        filter: view.layout.filter.clone(),
        sort: view.layout.sort.clone(),
        columns: view.layout.columns.clone(),
    }
}

fn quarantine_view(item: &Quarantine) -> QuarantineView {
    let suspect = &item.suspect;
    QuarantineView {
        id: suspect.id.to_string(),
        code: suspect.code.clone(),
        pointer: suspect.pointer.clone().unwrap_or_default(),
        detail: suspect.detail.clone(),
        source: suspect.source.clone(),
        external_id: suspect.external_id.clone(),
        subject: suspect.subject.as_ref().and_then(|subject| subject.get().cloned()),
        state: item.state.as_str().to_owned(),
        received_at: item.held_at.map(|at| at.to_string()).unwrap_or_default(),
        decided_by: item.decided_by.as_ref().and_then(|actor| actor.user).map(|user| user.to_string()),
        decided_by_name: None,
        reason: item.reason.as_ref().and_then(|reason| reason.get().cloned()),
    }
}

impl Engine {
    /// The organisation.
    #[must_use]
    pub fn organisation_view(&self) -> OrganisationView {
        let organisation = self.organisation();
        OrganisationView {
            name: organisation.name.clone(),
            currency: organisation.currency.map(|currency| currency.code().to_owned()).unwrap_or_default(),
            timezone: organisation.timezone.clone(),
            entities: organisation
                .entities
                .iter()
                .map(|entity| EntityView {
                    code: entity.code.to_string(),
                    name: entity.name.clone(),
                    currency: entity.currency.code().to_owned(),
                    timezone: entity.timezone.clone(),
                })
                .collect(),
            payment_terms: organisation.open_payment_terms(),
            day: organisation.day.map(|day| day.to_string()),
            in_setup: organisation.is_setup(self.now()),
        }
    }

    /// The users; addresses only for those who manage them.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn users(&self, caller: &Caller) -> Result<Page<UserView>, Fault> {
        let users = self.store().read(all_users).await?;
        let manages = caller.principal.may(Grant::UsersManage, None);
        let items = users.iter().map(|user| {
            let view = user_view(user);
            if manages || Some(user.id) == caller.principal.user() {
                view
            } else {
                UserView { email: None, ..view }
            }
        });
        Ok(Page { items: items.collect(), next_cursor: None, has_more: false })
    }

    /// One user.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn user(&self, id: &str) -> Result<Option<UserView>, Fault> {
        let name = id.to_owned();
        let loaded: Loaded<User> = self.store().read(move |reader| load(reader, &name)).await?;
        Ok(loaded.state.exists().then(|| user_view(&loaded.state)))
    }

    /// The user with an address.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn user_by_email(&self, email: &str) -> Result<Option<UserView>, Fault> {
        let digest = crate::noun::login_digest(self.store().secrets(), email);
        let found = self
            .store()
            .read(move |reader| reader.document_by(Noun::User, ("login", (&digest).into())))
            .await?;
        Ok(found.map(read::<User>).transpose()?.map(|user| user_view(&user.state)))
    }

    /// The caller's own tokens; all of them for who manages tokens.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn tokens(&self, caller: &Caller) -> Result<Page<TokenView>, Fault> {
        let all = caller.principal.may(Grant::TokensManage, None);
        let user = caller.principal.user().map(|user| user.to_string()).unwrap_or_default();
        let tokens = self
            .store()
            .read(move |reader| {
                let own = [("user_id", (&user).into())];
                let documents = reader.list(Noun::Token, if all { &[] } else { &own }, None, 10_000)?;
                documents
                    .into_iter()
                    .map(|document| Ok(token_view(&read::<Token>(document)?.state)))
                    .collect()
            })
            .await?;
        Ok(Page { items: tokens, next_cursor: None, has_more: false })
    }

    /// One token, if it is the caller's or the caller manages tokens.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn token(&self, caller: &Caller, id: &str) -> Result<Option<TokenView>, Fault> {
        let name = id.to_owned();
        let token = self.store().read(move |reader| load::<Token>(reader, &name)).await?.state;
        let seen =
            Some(token.user) == caller.principal.user() || caller.principal.may(Grant::TokensManage, None);
        Ok((token.exists() && seen).then(|| token_view(&token)))
    }

    /// Saved views that the caller sees.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn views(&self, caller: &Caller) -> Result<Page<SavedView>, Fault> {
        let user = caller.principal.user();
        let items = self
            .store()
            .read(move |reader| {
                let views = reader.list(Noun::View, &[], None, 1_000)?;
                let views = views.into_iter().map(|document| Ok(read::<View>(document)?.state));
                let views: Vec<View> = views.collect::<Result<_, Fault>>()?;
                Ok(views.iter().filter(|view| view.is_seen_by(user)).map(saved_view).collect())
            })
            .await?;
        Ok(Page { items, next_cursor: None, has_more: false })
    }

    /// One saved view that the caller sees.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn view(&self, caller: &Caller, id: &str) -> Result<Option<SavedView>, Fault> {
        let (name, user) = (id.to_owned(), caller.principal.user());
        let view = self.store().read(move |reader| load::<View>(reader, &name)).await?.state;
        Ok(view.is_seen_by(user).then(|| saved_view(&view)))
    }

    /// What waits in quarantine, or waited.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn quarantined(
        &self,
        caller: &Caller,
        state: String,
        before: Option<String>,
        limit: usize,
    ) -> Result<Result<Page<QuarantineView>, Refusal>, Fault> {
        if !caller.principal.may(Grant::TouchpointsDecide, None) {
            return Ok(Err(permit::denied(Grant::TouchpointsDecide)));
        }
        let asked = u32::try_from(limit.saturating_add(1)).unwrap_or(u32::MAX);
        let items = self
            .store()
            .read(move |reader| {
                let index = [("state", state.as_str().into())];
                let documents = reader.list_newest(Noun::Quarantine, &index, before.as_deref(), asked)?;
                documents
                    .into_iter()
                    .map(|document| Ok(quarantine_view(&read::<Quarantine>(document)?.state)))
                    .collect::<Result<Vec<_>, Fault>>()
            })
            .await?;
        let items = items.into_iter().map(|item| {
            let decided_by_name = item.decided_by.as_deref().and_then(|by| self.user_name(by));
            QuarantineView { decided_by_name, ..item }
        });
        Ok(Ok(Page::cut(items.collect(), limit, |item| item.id.clone())))
    }

    /// How many items wait in quarantine; `None` for who may not decide them.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn quarantine_waiting(&self, caller: &Caller) -> Result<Option<u64>, Fault> {
        if !caller.principal.may(Grant::TouchpointsDecide, None) {
            return Ok(None);
        }
        let waiting =
            |reader: &mut Reader<'_>| reader.count(Noun::Quarantine, &[("state", "waiting".into())]);
        self.store().read(waiting).await.map(Some)
    }

    /// One item of the quarantine.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn quarantine_item(&self, id: &str) -> Result<Option<QuarantineView>, Fault> {
        let name = id.to_owned();
        let item = self.store().read(move |reader| load::<Quarantine>(reader, &name)).await?.state;
        Ok(item.exists().then(|| quarantine_view(&item)))
    }
}
