//! `kith me`: who asks.

use clap::Subcommand;

use crate::door::{Call, Door};
use crate::failure::Failure;
use crate::render::pairs;
use crate::screen::Screen;

/// Who asks: the person of the token
#[derive(Debug, Subcommand)]
pub enum Me {
    /// Show the person, and what their roles allow
    Show,
    /// End all your sessions in browsers
    EndSessions,
}

impl Me {
    fn call(&self) -> Call {
        match self {
            Self::Show => Call::to("person_get"),
            Self::EndSessions => Call::to("user_sessions_end").place("me"),
        }
    }

    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        screen.show(&door.call(self.call()).await?, pairs)
    }
}
