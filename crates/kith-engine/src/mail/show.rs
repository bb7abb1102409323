//! The outbox as it is shown, and what people do with it.

use kith_api::view::{MailView, OutboxView, Page};
use kith_domain::access::Grant;
use kith_domain::mail::{Command, Mail, MailState};
use kith_domain::refusal::Refusal;
use kith_domain::value::AccountId;
use kith_store::{Fault, Noun};

use crate::caller::Caller;
use crate::engine::Engine;
use crate::noun::{Loaded, load, read};
use crate::permit;

/// What stands where a link was or will be.
const LINK_SHOWN: &str = "(a link that works once; it is not shown)";

/// Which mails.
#[derive(Debug, Clone, Default)]
pub struct MailRequest {
    /// Only those that stand so.
    pub state: Option<MailState>,
    /// Only those about an account: `acc_…` or its number.
    pub account: Option<String>,
    /// The mail after which to go on.
    pub cursor: Option<String>,
    /// How many.
    pub limit: usize,
}

impl Engine {
    /// Mails, the newest first.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn mails(
        &self,
        caller: &Caller,
        request: MailRequest,
    ) -> Result<Result<Page<MailView>, Refusal>, Fault> {
        let account = match &request.account {
            Some(name) => match self.load_account(caller, name).await? {
                Ok(loaded) => Some(loaded.id),
                Err(refusal) => return Ok(Err(refusal)),
            },
            None => None,
        };
        let most = u32::try_from(request.limit.saturating_add(1)).unwrap_or(u32::MAX);
        let (cursor, state) = (request.cursor.clone(), request.state);
        let found = self.store().read(move |reader| {
            let mut index = Vec::new();
            index.extend(state.map(|state| ("state", state.as_str().into())));
            index.extend(account.as_deref().map(|account| ("account_id", account.into())));
            let page = reader.list_newest(Noun::Mail, &index, cursor.as_deref(), most)?;
            page.into_iter().map(read::<Mail>).collect::<Result<Vec<_>, _>>()
        });
        let page = Page::cut(found.await?, request.limit, |loaded| loaded.id.clone());
        Ok(Ok(page.shown(|found| {
            let seen =
                found.iter().filter(|loaded| self.sees_mail(caller, &loaded.state, Grant::AccountsRead));
            seen.map(|loaded| self.mail_view(caller, loaded, false)).collect()
        })))
    }

    /// One mail with its text; a link in it is not shown.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn mail(&self, caller: &Caller, id: &str) -> Result<Result<MailView, Refusal>, Fault> {
        let loaded = self.load_mail(id).await?;
        let seen = self.sees_mail(caller, &loaded.state, Grant::AccountsRead);
        Ok(if seen { Ok(self.mail_view(caller, &loaded, true)) } else { Err(not_found()) })
    }

    /// How mail leaves, and how much waits.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn outbox(&self, caller: &Caller) -> Result<Result<OutboxView, Refusal>, Fault> {
        if !caller.principal.may(Grant::AccountsRead, None) {
            return Ok(Err(permit::denied(Grant::AccountsRead)));
        }
        let count = |state: MailState| {
            self.store().read(move |reader| reader.count(Noun::Mail, &[("state", state.as_str().into())]))
        };
        let mailer = self.mailer();
        let shown = caller.principal.may(Grant::Operate, None);
        Ok(Ok(OutboxView {
            sends: mailer.is_some(),
            by: mailer.as_ref().map(|way| if way.is_folder() { "folder" } else { "smtp" }.to_owned()),
            route: mailer.as_ref().filter(|_| shown).map(kith_connect::mail::Mailer::told),
            from: mailer.as_ref().map(kith_connect::mail::Mailer::from),
            queued: count(MailState::Queued).await?,
            failed: count(MailState::Failed).await?,
            given_up: count(MailState::GivenUp).await?,
        }))
    }

    /// Has a mail tried again now.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot write.
    pub async fn retry_mail(&self, caller: &Caller, id: &str) -> Result<Result<MailView, Refusal>, Fault> {
        self.mail_act(caller, id, Command::Retry).await
    }

    /// Takes a mail out of the outbox: it is not sent, and its link opens nothing from the record.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot write.
    pub async fn discard_mail(&self, caller: &Caller, id: &str) -> Result<Result<MailView, Refusal>, Fault> {
        let done = self.mail_act(caller, id, Command::Discard).await?;
        if done.is_ok() {
            self.forget_link(id).await?;
        }
        Ok(done)
    }

    async fn mail_act(
        &self,
        caller: &Caller,
        id: &str,
        command: Command,
    ) -> Result<Result<MailView, Refusal>, Fault> {
        let loaded = self.load_mail(id).await?;
        if !self.sees_mail(caller, &loaded.state, Grant::AccountsRead) {
            return Ok(Err(not_found()));
        }
        if !self.sees_mail(caller, &loaded.state, Grant::AccountsWrite) {
            return Ok(Err(permit::denied(Grant::AccountsWrite)));
        }
        let (engine, id, context) = (self.clone(), loaded.id, caller.context(self.now()));
        let acted = self.store().write(move |unit| {
            let mut loaded = load::<Mail>(unit, &id)?;
            let acted = loaded.act(unit, engine.store().secrets(), &context, &(), &command)?;
            Ok(acted.map(|_| loaded))
        });
        Ok(acted.await?.map(|loaded| self.mail_view(caller, &loaded, true)))
    }

    async fn load_mail(&self, id: &str) -> Result<Loaded<Mail>, Fault> {
        let id = id.to_owned();
        self.store().read(move |reader| load::<Mail>(reader, &id)).await
    }

    fn sees_mail(&self, caller: &Caller, mail: &Mail, grant: Grant) -> bool {
        let owner = mail.letter.as_ref().and_then(|letter| self.owner_of(letter.account));
        owner.is_some_and(|owner| caller.principal.may(grant, Some(&owner)))
    }

    fn mail_view(&self, caller: &Caller, loaded: &Loaded<Mail>, whole: bool) -> MailView {
        let mail = &loaded.state;
        let instant = |at: Option<jiff::Timestamp>| at.map(|at| at.to_string());
        let mut view = MailView {
            id: loaded.id.clone(),
            state: mail.state.as_str().to_owned(),
            attempts: mail.attempts,
            queued_at: instant(mail.queued_at).unwrap_or_default(),
            next_at: instant(mail.next_at),
            sent_at: instant(mail.sent_at),
            sent_by: mail.sent_by.map(|by| by.as_str().to_owned()),
            code: mail.code.clone(),
            decided_by_name: mail.decided_by.and_then(|user| self.user_name(&user.to_string())),
            ..MailView::default()
        };
        let Some(letter) = &mail.letter else { return view };
        let personal = self.may_read_personal(caller, letter.account);
        let told = |value: &kith_domain::value::Personal<String>| value.get().filter(|_| personal).cloned();
        view.kind = letter.kind.as_str().to_owned();
        view.account = letter.account.to_string();
        view.account_name = self.account_title(letter.account);
        view.about = letter.about.clone();
        view.to = told(&letter.to);
        view.name = told(&letter.name);
        view.subject = told(&letter.subject);
        view.has_link = letter.link.is_some();
        view.until = instant(letter.until);
        view.answer = mail.answer.as_ref().and_then(told);
        if whole {
            view.text = told(&letter.text).map(|text| text.replace(kith_domain::mail::LINK, LINK_SHOWN));
        }
        view
    }

    fn may_read_personal(&self, caller: &Caller, account: AccountId) -> bool {
        let owner = self.owner_of(account);
        owner.is_some_and(|owner| caller.principal.may(Grant::PersonalRead, Some(&owner)))
    }
}

fn not_found() -> Refusal {
    kith_domain::mail::refusal::not_found()
}
