//! The organisation, its people, their tokens, saved views.

use kith_api::view::{EntityView, OrganisationView, Page, TokenView, UserView};
use kith_domain::access::Grant;
use kith_domain::token::Token;
use kith_domain::user::{User, UserStatus};
use kith_store::{Fault, Noun};

use crate::caller::Caller;
use crate::engine::Engine;
use crate::facts::all_users;
use crate::noun::{Loaded, load, read};

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
}
