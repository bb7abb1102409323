//! `kith me`: who asks, and how they want the pages.

use clap::{Args, Subcommand};
use kith_api::request::PreferencesPatch;

use crate::door::{Call, Door};
use crate::failure::Failure;
use crate::render::pairs;
use crate::screen::Screen;

/// Who asks: the person of the token
#[derive(Debug, Subcommand)]
pub enum Me {
    /// Show the person, what their roles allow, and how they want the pages
    Show,
    /// Choose how you want the pages
    Prefer(Prefer),
    /// End all your sessions in browsers
    EndSessions,
}

/// What changes.
#[derive(Debug, Args)]
pub struct Prefer {
    /// system, light or dark
    #[arg(long)]
    theme: Option<String>,
    /// comfortable or compact
    #[arg(long)]
    density: Option<String>,
    /// inter or system
    #[arg(long)]
    font: Option<String>,
    /// Whether single letters are shortcuts
    #[arg(long)]
    shortcuts: Option<bool>,
    /// IANA time zone; empty for the organisation's
    #[arg(long)]
    timezone: Option<String>,
    /// en-GB, en-US, de-DE, de-AT or de-CH; empty for the browser's
    #[arg(long)]
    locale: Option<String>,
}

/// What was said; an empty text is none.
fn said(text: Option<&String>) -> Option<Option<String>> {
    text.map(|text| Some(text.clone()).filter(|text| !text.is_empty()))
}

impl Me {
    fn call(&self) -> Result<Call, Failure> {
        match self {
            Self::Show => Ok(Call::to("person_get")),
            Self::EndSessions => Ok(Call::to("user_sessions_end").place("me")),
            Self::Prefer(wanted) => Call::to("person_preferences_set").json(&PreferencesPatch {
                theme: wanted.theme.clone(),
                density: wanted.density.clone(),
                font: wanted.font.clone(),
                shortcuts: wanted.shortcuts,
                timezone: said(wanted.timezone.as_ref()),
                locale: said(wanted.locale.as_ref()),
            }),
        }
    }

    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        screen.show(&door.call(self.call()?).await?, pairs)
    }
}
