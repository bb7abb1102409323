//! The pages: pure functions from what the engine answered to HTML.
//!
//! No page reads a clock, a store or a right: the caller fills the view model and the [`shell::Shell`], a page
//! only draws. Every page reads and every form works without script; `kith.js` adds live values and keys.
//!
//! | address | page | form posts |
//! |---|---|---|
//! | `/sign-in` | [`page::sign_in`] | `POST /sign-in`, `POST /sign-out` |
//! | `/?scope=&needs=`, `/live?…` | [`page::home`], [`page::home_live`] | |
//! | `/welcome` | [`page::welcome`] | |
//! | `/ask?q=`, `/ask/options?q=` | [`page::ask`], [`page::ask_options`] | |
//! | `/inbox?show=&cursor=` | [`page::inbox`] | `POST /inbox/read`, `…/unread`, `…/snooze` |
//! | `/accounts?q=&f=&sort=&view=&cols=&cursor=&from=&of=` | [`page::accounts`] | `POST /views`, `POST /views/columns` |
//! | `/accounts/new` | [`page::edit::edit`] | the same |
//! | `POST /accounts/bulk`, `/accounts/bulk/{job}`, `…/live` | one act on many accounts | `POST /accounts/bulk` |
//! | `/views`, `/views/{id}` | [`page::views`] | `POST /views/{id}` |
//! | `/accounts/{id}/edit?field=&entity=&contact=&address=` | [`page::edit::edit`] | the same |
//! | `/accounts/{id}/as-of/{time}?entity=` | [`page::past`] | |
//! | `/accounts/rows?…` (the same query) | [`page::accounts_rows`] | |
//! | `/accounts/{id}?tab=&entity=&group=&cursor=` | [`page::account`] | `POST /accounts/{id}/notes` |
//! | `/accounts/{id}/live?…` (the same query) | [`page::account_live`] | |
//! | `/accounts/{id}/metrics/{metric}` | [`page::metric`] | |
//! | `/contracts?state=&cursor=`, `/contracts/{id}` | [`page::contracts`], [`page::contract`] | `POST /contracts/{id}/{act}` |
//! | `/tasks?show=&cursor=` | [`page::tasks`] | `POST /tasks/{id}/done` |
//! | `/sign/{contract}/{secret}` | [`page::signing`] | the same, `…/decline`, `…/activate` |
//! | `/activate/{user}/{secret}` | [`page::activation`] | the same |
//! | `/portal` | [`page::portal`] | |
//! | `/changes?state=&cursor=` | [`page::changes`] | |
//! | `/changes/{id}` | [`page::change`] | `POST /changes/{id}/approve`, `…/reject` |
//! | `/imports?cursor=` | [`page::imports`] | `POST /imports` |
//! | `/imports/{id}?level=&cursor=` | [`page::import`] | `POST /imports/{id}/execute`, `…/revert`, `…/columns`, `…/mapping` |
//! | `/imports/{id}/live` | [`page::import_live`] | |
//! | `/imports/{id}/errors.csv` | the rows at fault | |
//! | `/screening?state=&cursor=`, `/screening/{id}` | [`page::screening`] | `POST /screening/{id}/disposition` |
//! | `/screening/lists` | [`page::screening_lists`] | `POST /screening/lists`, `…/{name}/retire` |
//! | `/duplicates?state=&cursor=`, `/duplicates/{id}` | [`page::duplicates`] | `POST /duplicates/scan`, `…/{id}/dismiss` |
//! | `/quarantine?state=&code=&source=&type=&at=&cursor=` | [`page::quarantine`] | `POST /quarantine/decide`, `…/{id}/replay`, `…/accept`, `…/repair` |
//! | `/assets/{path}` | [`asset::asset`] | |

pub mod asset;
pub mod clock;
pub mod link;
pub mod page;
pub mod pages;
pub(crate) mod route;
pub mod shell;

mod number;
pub mod part;
mod words;

pub(crate) use words::told_to;

#[cfg(test)]
#[path = "../examples/pages/fixture.rs"]
mod fixture;
#[cfg(test)]
mod tests;

/// The `Content-Security-Policy` that every page is written for: nothing inline, nothing from elsewhere.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; \
     frame-ancestors 'none'; base-uri 'none'";
