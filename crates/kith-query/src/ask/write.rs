//! Requests to change something: recognised and declined, with the place where it is done.

use super::Denial;
use super::token::{Sort, Token};

/// Words before the verb that do not matter.
const POLITE: &[&str] = &[
    "please", "can", "could", "would", "you", "i", "want", "to", "we", "need", "let", "kindly", "go", "and",
    "must", "should", "like", "d", "'d", "just", "now", "then", "ahead",
];

/// Verbs that change something, and where that is done.
const VERBS: &[(&str, &str)] = &[
    (
        "create,add,register,enter,onboard,open",
        "POST /api/v1/accounts, kith import, or the page Accounts, New",
    ),
    (
        "raise,increase,lower,reduce,set,change,update,edit,modify,correct,put,drop,rename,give,clear,tag,mark,move,assign,make,replace,fix,extend,convert",
        "PATCH /api/v1/accounts/{id}, or Edit on the account's page; it goes to whoever approves it",
    ),
    (
        "delete,remove,erase,deactivate,reactivate,close,merge,unmerge,archive,block,unblock,release,place,suspend",
        "the actions on the account's page, or POST /api/v1/accounts/{id}/…",
    ),
    ("approve,reject,cancel,delegate,confirm", "the page Changes, or POST /api/v1/changes/{id}/approve"),
    ("import,upload,load", "kith import FILE, POST /api/v1/imports, or the page Import"),
    ("send,email,mail,call,remind,notify,schedule,book,message,alert,invite", "your mail and calendar"),
    ("undo,revert,restore,ignore,skip,bypass", "the page Changes, where every step can be seen and answered"),
];

/// Verbs that only write when something is named after them that could be written ("open" may be an adjective).
const DOUBTFUL: &[&str] = &["open", "drop", "close", "set", "mark", "call", "clear", "like", "block"];

/// The denial of a request to write; `None` when it is a question.
pub(super) fn denial(tokens: &[Token]) -> Option<Denial> {
    let mut words = tokens.iter().filter(|token| token.sort == Sort::Word);
    let mut words = words.by_ref().skip_while(|token| POLITE.contains(&token.stem.as_str()));
    let verb = words.next()?.text.to_lowercase();
    let after = words.next();
    let next = after.map_or("", |token| token.stem.as_str());
    let (_, place) = VERBS.iter().find(|(verbs, _)| verbs.split(',').any(|held| held == verb))?;
    // "Open claims by account", "closed accounts" ask; "open an account" writes.
    let article = matches!(next, "a" | "an" | "the" | "this" | "that" | "it" | "all" | "my" | "our");
    let capital = after.is_some_and(|token| token.capital);
    // "Give me", "send us" ask to see something.
    if matches!(next, "me" | "us") {
        return None;
    }
    if DOUBTFUL.contains(&verb.as_str()) && !article && !capital {
        return None;
    }
    Some(Denial {
        code: "ask.writing_not_yet",
        sentence: format!("Asking only reads: nothing was changed by \"{verb}\"."),
        clears: format!("Do it at {place}."),
    })
}
