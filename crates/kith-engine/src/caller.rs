//! Who asks: from a token, a session or a password to a principal.

use argon2::password_hash::PasswordHasher;
use argon2::{Argon2, PasswordHash, PasswordVerifier};
use data_encoding::{BASE32_NOPAD, HEXLOWER};
use jiff::Timestamp;
use kith_domain::access::{Grant, Principal};
use kith_domain::context::{Actor, ActorKind, Channel, Context};
use kith_domain::token::Token;
use kith_domain::user::{Preferences, User};
use kith_domain::value::UserId;
use kith_store::{Fault, Noun, Reader, Secrets, Session};
use ring::rand::SecureRandom;

use crate::engine::{Engine, random_bytes};
use crate::noun::{Loaded, load, login_digest, read};

/// Who asks, with which rights, through which door.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Actor and roles.
    pub principal: Principal,
    /// The door.
    pub channel: Channel,
    /// Binds together what one request causes.
    pub correlation: String,
    /// Why, in the caller's words.
    pub reason: Option<String>,
    /// Name for pages; none for programs.
    pub name: Option<String>,
    /// For whom, when not for themselves: that person never approves what comes of it.
    pub on_behalf_of: Option<UserId>,
    /// How they read the pages.
    pub preferences: Preferences,
}

impl Caller {
    /// Kith itself.
    #[must_use]
    pub fn system() -> Self {
        Self {
            principal: Principal::system(),
            channel: Channel::System,
            correlation: String::new(),
            reason: None,
            name: None,
            on_behalf_of: None,
            preferences: Preferences::default(),
        }
    }

    /// Whoever runs the command line on the machine that holds the data: like an administrator, never approving.
    #[must_use]
    pub fn operator() -> Self {
        Self { channel: Channel::Cli, ..Self::system() }
    }

    /// The context of a decision now.
    #[must_use]
    pub fn context(&self, now: Timestamp) -> Context {
        Context {
            now,
            actor: self.principal.actor.clone(),
            channel: self.channel,
            correlation: self.correlation.clone(),
            reason: self.reason.clone(),
        }
    }

    /// Whether the caller may read personal data.
    #[must_use]
    pub fn reads_personal(&self) -> bool {
        self.principal.may(Grant::PersonalRead, None)
    }
}

/// What a session token opens.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The secret for the cookie.
    pub secret: String,
    /// When it ends.
    pub expires_ms: i64,
}

/// How long a session lasts.
const SESSION_MS: i64 = 12 * 3_600_000;

/// The prefix of every token.
pub const TOKEN_PREFIX: &str = "kth_";

/// A new secret: the prefix and 160 random bits.
pub(crate) fn new_secret(random: &dyn SecureRandom) -> Result<String, Fault> {
    let bytes: [u8; 20] = random_bytes(random)?;
    Ok(format!("{TOKEN_PREFIX}{}", BASE32_NOPAD.encode(&bytes).to_lowercase()))
}

/// The keyed digest under which a secret is kept.
pub(crate) fn secret_hash(secrets: &Secrets, secret: &str) -> String {
    HEXLOWER.encode(&secrets.lookup_digest("token", secret))
}

impl Engine {
    /// Who a bearer token is; `None` when it is unknown, over, or its user is suspended.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn caller_of_token(&self, secret: &str, channel: Channel) -> Result<Option<Caller>, Fault> {
        if !secret.starts_with(TOKEN_PREFIX) || secret.len() > 128 {
            return Ok(None);
        }
        let hash = secret_hash(self.store().secrets(), secret);
        let now = self.now();
        let found = self
            .store()
            .read(move |reader| {
                let document = reader.document_by(Noun::Token, ("hash", (&hash).into()))?;
                let Some(document) = document else { return Ok(None) };
                let token: Loaded<Token> = read(document)?;
                if !token.state.is_valid(now) {
                    return Ok(None);
                }
                let user: Loaded<User> = load(reader, &token.state.user.to_string())?;
                let open = crate::portal::is_open_for(reader, &user.state)?;
                Ok(open.then(|| (token.state.kind.actor(), user)))
            })
            .await?;
        Ok(found.and_then(|(kind, user)| caller(kind, &user.state, channel)))
    }

    /// Who a session cookie is.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn caller_of_session(&self, secret: &str) -> Result<Option<Caller>, Fault> {
        let hash = self.store().secrets().lookup_digest("session", secret).to_vec();
        let now_ms = self.now().as_millisecond();
        let user = self
            .store()
            .read(move |reader| {
                let Some(session) = reader.session(&hash, now_ms)? else { return Ok(None) };
                let user = load::<User>(reader, &session.user_id)?;
                let opened = Timestamp::from_millisecond(session.created_ms).unwrap_or(Timestamp::MAX);
                if user.state.has_ended(opened) {
                    return Ok(None);
                }
                Ok(crate::portal::is_open_for(reader, &user.state)?.then_some(user))
            })
            .await?;
        Ok(user.and_then(|user| caller(ActorKind::User, &user.state, Channel::Web)))
    }

    /// Opens a session for an address and a password; `None` when they do not belong together. Takes as long
    /// for an unknown address as for a wrong password.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn sign_in(&self, email: &str, password: String) -> Result<Option<SignedIn>, Fault> {
        let digest = login_digest(self.store().secrets(), email);
        let user = self.store().read(move |reader| user_by_login(reader, &digest)).await?;
        let held = user.as_ref().and_then(|user| user.state.password_hash.as_ref()?.get().cloned());
        let known = held.is_some();
        let against = held.unwrap_or_else(|| DECOY.to_owned());
        let fits = self.argon(move || verify(&password, &against)).await?;
        let Some(user) = user.filter(|user| known && fits && user.state.is_active()) else { return Ok(None) };
        self.open_session(user.state.id).await.map(Some)
    }

    /// Whether this is the password of a user.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn password_fits(&self, user: UserId, password: String) -> Result<bool, Fault> {
        let user = self.store().read(move |reader| load::<User>(reader, &user.to_string())).await?.state;
        let held = user.password_hash.as_ref().and_then(|hash| hash.get().cloned());
        match held {
            Some(held) => self.argon(move || verify(&password, &held)).await,
            None => Ok(false),
        }
    }

    async fn open_session(&self, user: UserId) -> Result<SignedIn, Fault> {
        let bytes: [u8; 32] = random_bytes(self.random())?;
        let secret = HEXLOWER.encode(&bytes);
        let created_ms = self.now().as_millisecond();
        let expires_ms = created_ms.saturating_add(SESSION_MS);
        let hash = self.store().secrets().lookup_digest("session", &secret).to_vec();
        let session = Session { hash, user_id: user.to_string(), created_ms, expires_ms };
        self.store().write(move |unit| unit.put_session(&session)).await?;
        Ok(SignedIn { secret, expires_ms })
    }

    /// Ends a session.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot write.
    pub async fn sign_out(&self, secret: &str) -> Result<(), Fault> {
        let hash = self.store().secrets().lookup_digest("session", secret).to_vec();
        self.store().write(move |unit| unit.end_session(&hash)).await
    }

    /// The stored form of a password (Argon2id).
    ///
    /// # Errors
    /// [`Fault`] when no randomness can be had.
    pub async fn hash_password(&self, password: String) -> Result<String, Fault> {
        let salt: [u8; 16] = random_bytes(self.random())?;
        let hashed = self
            .argon(move || {
                Argon2::default()
                    .hash_password_with_salt(password.as_bytes(), &salt)
                    .map(|hash| hash.to_string())
            })
            .await?;
        hashed.map_err(|_| Fault::corrupt("a password that cannot be hashed"))
    }

    /// Runs a hash beside the others, two at a time: it needs 19 MiB and 50 ms.
    async fn argon<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Fault> {
        let _permit = self.hashing().acquire().await.map_err(|_| Fault::Stopped)?;
        tokio::task::spawn_blocking(work).await.map_err(|_| Fault::Panicked)
    }
}

/// A hash that no password has: verified against when there is no user, so that the time tells nothing.
const DECOY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$0000000000000000000000000000000000000000000";

fn verify(password: &str, hash: &str) -> bool {
    let parsed = PasswordHash::new(hash);
    parsed.is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

fn user_by_login(reader: &mut Reader<'_>, digest: &str) -> Result<Option<Loaded<User>>, Fault> {
    reader.document_by(Noun::User, ("login", digest.into()))?.map(read).transpose()
}

fn caller(kind: ActorKind, user: &User, channel: Channel) -> Option<Caller> {
    user.is_active().then(|| Caller {
        principal: Principal { actor: Actor { kind, user: Some(user.id) }, roles: user.roles.clone() },
        channel,
        correlation: String::new(),
        reason: None,
        name: user.name.get().cloned(),
        on_behalf_of: None,
        preferences: user.preferences.clone(),
    })
}
