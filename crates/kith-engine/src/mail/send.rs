//! Out of the outbox: one node at a time takes what is due, hands it over, and records what came of it.

use kith_connect::mail::{Mailer, Post, Undelivered};
use kith_domain::mail::{Command, LINK, Letter, Mail, SentBy, wait_most_ms};
use kith_domain::value::Personal;
use kith_store::{Fault, Noun};

use crate::caller::Caller;
use crate::engine::{Engine, random_bytes};
use crate::noun::{Loaded, load, read};

/// Mails that are taken at once.
const BATCH: u32 = 10;
/// How long a node holds the outbox: longer than a batch may take.
const HELD_MS: i64 = 300_000;
const LEASE: &str = "outbox";

impl Engine {
    /// Sends what is due; says how many left. Where no way is named, everything waits.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer or write; what was sent before stays sent.
    pub async fn send_mails(&self) -> Result<usize, Fault> {
        let Some(mailer) = self.mailer() else { return Ok(0) };
        let mut sent = 0_usize;
        loop {
            let now_ms = self.now().as_millisecond();
            let due = self.store().read(move |reader| reader.due_tries(Noun::Mail, now_ms, BATCH)).await?;
            if due.is_empty() {
                return Ok(sent);
            }
            let node = self.node().to_owned();
            let claimed = self.store().write(move |unit| unit.claim(LEASE, &node, now_ms, HELD_MS)).await?;
            if claimed.is_none() {
                return Ok(sent);
            }
            for document in due {
                let loaded = read::<Mail>(document)?;
                sent = sent.saturating_add(usize::from(self.send_one(&mailer, loaded).await?));
            }
        }
    }

    async fn send_one(&self, mailer: &Mailer, loaded: Loaded<Mail>) -> Result<bool, Fault> {
        let Some(letter) = loaded.state.letter.clone() else { return Ok(false) };
        let outcome = match post(mailer, &letter) {
            _ if loaded.state.is_over(self.now()) => Err(never("over", "it came too late")),
            Some(post) => {
                let mailer = mailer.clone();
                let handed = tokio::task::spawn_blocking(move || mailer.deliver(&post)).await;
                handed.map_err(|_| Fault::Panicked)?
            }
            // Whoever it was for was erased.
            None => Err(never("erased", "whom it was for, or its link, is not known any more")),
        };
        let left = outcome.is_ok();
        let by = if mailer.is_folder() { SentBy::Folder } else { SentBy::Smtp };
        let command = match outcome {
            Ok(()) => Command::Sent { by },
            Err(why) => self.failed(&loaded.state, &letter, why)?,
        };
        self.mail_told(&loaded.id, command).await?;
        metrics::counter!("kith_mails_total", "outcome" => if left { "sent" } else { "failed" }).increment(1);
        if left {
            self.forget_link(&loaded.id).await?;
        }
        Ok(left)
    }

    fn failed(&self, mail: &Mail, letter: &Letter, why: Undelivered) -> Result<Command, Fault> {
        let attempt = mail.next_attempt();
        let draw = u64::from_le_bytes(random_bytes(self.random())?);
        let wait = draw.checked_rem(wait_most_ms(attempt).saturating_add(1)).unwrap_or_default();
        tracing::warn!(mail = %letter.id, code = why.code, attempt, "a mail did not leave");
        Ok(Command::Fail {
            attempt,
            code: why.code,
            answer: Personal { subject: letter.to.subject.clone(), value: Some(short(why.answer)) },
            permanent: why.permanent,
            wait_ms: i64::try_from(wait).unwrap_or(i64::MAX),
        })
    }

    async fn mail_told(&self, id: &str, command: Command) -> Result<(), Fault> {
        let (engine, id) = (self.clone(), id.to_owned());
        let context = Caller::system().context(self.now());
        self.store()
            .write(move |unit| {
                let mut loaded = load::<Mail>(unit, &id)?;
                let acted = loaded.act(unit, engine.store().secrets(), &context, &(), &command)?;
                if let Err(refusal) = acted {
                    tracing::debug!(code = refusal.code, "a mail was decided otherwise meanwhile");
                }
                Ok(())
            })
            .await
    }

    /// The link of a mail that left, or will not leave, opens nothing any more from the record.
    pub(super) async fn forget_link(&self, id: &str) -> Result<(), Fault> {
        let (engine, id) = (self.clone(), id.to_owned());
        let forgotten = tokio::task::spawn_blocking(move || engine.store().vault().destroy(&id));
        forgotten.await.map_err(|_| Fault::Panicked)?.map(drop)
    }
}

fn never(code: &str, answer: &str) -> Undelivered {
    Undelivered { code: code.to_owned(), answer: answer.to_owned(), permanent: true }
}

/// The first 500 characters.
fn short(text: String) -> String {
    if text.chars().count() <= 500 { text } else { text.chars().take(500).collect() }
}

/// The mail as it is handed over; nothing where a part of it was erased.
fn post(mailer: &Mailer, letter: &Letter) -> Option<Post> {
    let mut text = letter.text.get()?.clone();
    if let Some(link) = &letter.link {
        text = text.replace(LINK, &mailer.link(link.get()?));
    }
    Some(Post {
        id: letter.id.to_string(),
        to: letter.to.get()?.clone(),
        name: letter.name.get().cloned().unwrap_or_default(),
        subject: letter.subject.get()?.clone(),
        text,
    })
}
