//! `kith init`: a new organisation.

use clap::Args;
use kith_api::view::ActivationView;
use kith_domain::organisation::LegalEntity;
use kith_domain::value::{Currency, UserId};
use kith_engine::{Engine, Founding, Unfounded, found};
use serde_json::json;

use super::Place;
use super::entity::EntityWords;
use crate::door::{Call, Door, Local};
use crate::failure::Failure;
use crate::render::pairs;
use crate::screen::Screen;

/// Make a new organisation and print the administrator's token, this once
#[derive(Debug, Args)]
pub struct Init {
    /// Name of the organisation
    #[arg(long, value_name = "NAME")]
    org: String,
    /// Legal entity as CODE:CURRENCY[:ZONE], for example US:USD:America/Chicago; may be repeated
    #[arg(long = "entity", value_name = "CODE:CURRENCY[:ZONE]", required = true)]
    entities: Vec<EntityWords>,
    /// Currency of sums over entities [default: that of the first entity]
    #[arg(long)]
    currency: Option<String>,
    /// Time zone of the organisation, and of entities without one
    #[arg(long, default_value = "UTC")]
    timezone: String,
    /// Name of the administrator
    #[arg(long, default_value = "Administrator")]
    admin_name: String,
    /// E-mail address of the administrator
    #[arg(long, value_name = "ADDR", default_value = "admin@kith.localhost")]
    admin_email: String,
    /// Password of the administrator for the web page, 12 characters or more; none means that a link is printed where one is chosen
    #[arg(long, env = "KITH_PASSWORD", hide_env_values = true)]
    admin_password: Option<String>,
}

impl Init {
    pub(crate) async fn run(self, place: &Place, screen: Screen) -> Result<(), Failure> {
        place.here_only("init")?;
        let organisation = self.org.clone();
        let email = self.admin_email.clone();
        let has_password = self.admin_password.is_some();
        let founding = self.founding()?;
        let (engine, founded) = found(&place.location(), founding, place.settings())
            .await
            .map_err(|why| unfounded(place, why))?;
        let sign_in = match has_password {
            true => "/sign-in".to_owned(),
            false => first_sign_in(&engine, founded.user_id).await?,
        };
        let closed = tokio::task::spawn_blocking(move || engine.close()).await;
        closed.map_err(|error| Failure::Here(format!("closing broke off: {error}")))?;
        let made = json!({
            "organisation": organisation,
            "user": founded.user_id.to_string(),
            "email": email,
            "token": founded.token,
            "sign_in": sign_in,
        });
        screen.show_value(&made, |made| {
            format!(
                "{}\nThe token is kept nowhere. Next:\n  kith serve --data {}\n\
                 then sign in at http://127.0.0.1:8080{sign_in}\n",
                pairs(made),
                place.dir().display()
            )
        })
    }

    fn founding(self) -> Result<Founding, Failure> {
        let entities = self.entities.iter().map(|words| entity(words, &self.org, &self.timezone));
        let entities = entities.collect::<Result<Vec<_>, _>>()?;
        let first = entities.first().map(|entity| entity.currency);
        let currency = match &self.currency {
            Some(code) => currency(&code.to_uppercase())?,
            None => first.ok_or_else(|| Failure::Usage("an organisation needs an --entity".to_owned()))?,
        };
        Ok(Founding {
            name: self.org,
            currency,
            timezone: self.timezone,
            entities,
            admin_name: self.admin_name,
            admin_email: self.admin_email,
            admin_password: self.admin_password,
        })
    }
}

/// Where the administrator chooses a password: a link that works once.
async fn first_sign_in(engine: &Engine, admin: UserId) -> Result<String, Failure> {
    let door = Door::Local(Local::new(engine.clone(), None));
    let issued = door.call(Call::to("user_activation").place(&admin.to_string())).await?;
    let issued: ActivationView = issued.json()?;
    Ok(issued.path)
}

fn currency(code: &str) -> Result<Currency, Failure> {
    code.parse().map_err(|_| Failure::Usage(format!("{code} is no currency code of ISO 4217")))
}

fn entity(words: &EntityWords, organisation: &str, zone: &str) -> Result<LegalEntity, Failure> {
    let code = words
        .code
        .parse()
        .map_err(|_| Failure::Usage(format!("{}: a code has 1 to 12 of A-Z 0-9 _ -", words.code)))?;
    Ok(LegalEntity {
        code,
        name: format!("{organisation} {}", words.code),
        currency: currency(&words.currency)?,
        timezone: words.timezone.clone().unwrap_or_else(|| zone.to_owned()),
    })
}

/// Why no organisation was founded; a refusal names every value at fault.
pub(super) fn unfounded(place: &Place, why: Unfounded) -> Failure {
    match why {
        Unfounded::Refused(refusal) => kith_api::problem::Problem::from(refusal).into(),
        Unfounded::Fault(fault) => Failure::store(&place.dir(), &fault),
    }
}
