//! The one way in: a [`Call`] of an operation goes to a running server, or to the same router in this process.

mod call;
mod local;
mod remote;
mod reply;

use std::time::Duration;

pub use call::Call;
pub use local::Local;
pub use remote::Remote;
pub use reply::Reply;

use crate::failure::Failure;
use crate::random;

/// Times a call that may be repeated is tried.
const TRIES: u32 = 6;

/// Where operations are carried out.
#[derive(Debug)]
pub enum Door {
    /// A running server.
    Remote(Remote),
    /// A data directory that this process holds open.
    Local(Local),
}

impl Door {
    /// Carries out a call. Gives the key that the operation requires where the call has none.
    ///
    /// # Errors
    /// [`Failure::Problem`] when Kith said no, [`Failure::Here`] when it could not be reached.
    pub async fn call(&self, call: Call) -> Result<Reply, Failure> {
        self.send(keyed(call)?).await?.checked()
    }

    /// Carries out a call that does the same when it is repeated, and repeats it while Kith is busy or away:
    /// 6 times within about 6 seconds, or as it asks (`Retry-After`).
    ///
    /// # Errors
    /// As [`Door::call`], from the last time.
    pub async fn call_again(&self, call: Call) -> Result<Reply, Failure> {
        let call = keyed(call)?;
        let mut pause = Duration::from_millis(200);
        for _ in 1..TRIES {
            let sent = self.send(call.clone()).await;
            let asked = match &sent {
                Ok(reply) if matches!(reply.status, 429 | 502 | 503 | 504) => reply.retry_after(),
                Err(Failure::Here(_)) => None,
                _ => return sent?.checked(),
            };
            tokio::time::sleep(asked.unwrap_or(pause)).await;
            pause *= 2;
        }
        self.send(call).await?.checked()
    }

    async fn send(&self, call: Call) -> Result<Reply, Failure> {
        match self {
            Self::Remote(remote) => remote.send(call).await,
            Self::Local(local) => local.send(call).await,
        }
    }

    /// Finishes what is under way and lets go of the data directory.
    pub async fn close(self) {
        if let Self::Local(local) = self {
            local.close().await;
        }
    }
}

fn keyed(call: Call) -> Result<Call, Failure> {
    if call.lacks_key() { Ok(call.key(&random::word::<15>()?)) } else { Ok(call) }
}
