//! Tests of tasks.

use super::*;
use crate::story::{Story, uuid};
use crate::value::{AccountId, Personal, TaskId, UserId};

fn open(title: &str) -> Command {
    let account = AccountId(uuid(7));
    let work = Work {
        account: Some(account),
        kind: "call_back".into(),
        title: Personal::new(account, title.into()),
        due: Some("2026-02-01".into()),
        assignee: Some(UserId(uuid(2))),
        cause: None,
    };
    Command::Open { id: TaskId(uuid(5)), work: Box::new(work) }
}

fn opened() -> Story<Task> {
    let mut story = Story::new(Facts { assignee_known: true });
    story.accepts(&open(" Call Ann "));
    story
}

#[test]
fn a_task_is_opened_once_and_done() {
    let mut story = opened();
    assert_eq!(story.state.title.get().unwrap(), "Call Ann");
    story.refuses(&open("again"), "task.exists");
    story.accepts(&Command::Finish);
    story.nothing(&Command::Finish);
    story.refuses(&Command::Cancel, "task.closed");
    assert_eq!(story.state.state, TaskState::Done);
}

#[test]
fn a_task_that_is_not_needed_is_cancelled() {
    let mut story = opened();
    story.accepts(&Command::Cancel);
    story.nothing(&Command::Cancel);
    story.refuses(&Command::Finish, "task.closed");
    Story::<Task>::new(Facts::default()).refuses(&Command::Finish, "task.not_found");
}

#[test]
fn every_fault_is_named() {
    let Command::Open { id, mut work } = open("") else { unreachable!() };
    work.kind = "Call back".into();
    work.due = Some("tomorrow".into());
    Story::<Task>::new(Facts::default()).faults(
        &Command::Open { id, work },
        "task.invalid",
        &[
            ("/kind", "kind_invalid"),
            ("/title", "required"),
            ("/due", "date_invalid"),
            ("/assignee", "user_unknown"),
        ],
    );
}
