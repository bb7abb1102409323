//! Tests of imports.

use super::*;
use crate::story::{Story, uuid};
use crate::value::ImportId;

fn file() -> Staged {
    Staged {
        id: ImportId(uuid(2)),
        file_name: None,
        format: "csv".into(),
        feed: None,
        source_system: Some("erp".into()),
        options: Options::default(),
        rows: 10,
        planned: Counts { created: 7, updated: 0, skipped: 2, failed: 1 },
        warnings: 3,
        file_sha256: "ab".repeat(32),
        ..Staged::default()
    }
}

fn stage(staged: Staged) -> Command {
    Command::Stage(Box::new(staged))
}

fn staged() -> Story<Import> {
    let mut story = Story::new(());
    story.accepts(&stage(file()));
    story
}

fn progress(rows_done: u64) -> Command {
    Command::Progress { rows_done, counts: Counts { created: rows_done, ..Counts::default() } }
}

#[test]
fn a_file_goes_from_its_report_to_its_end() {
    let mut story = staged();
    story.nothing(&stage(file()));
    story.accepts(&Command::Start);
    story.nothing(&Command::Start);
    story.accepts(&progress(4));
    story.nothing(&progress(4));
    story.refuses(&Command::Finish, "import.not_done");
    story.accepts(&progress(10));
    story.accepts(&Command::Finish);
    assert_eq!((story.state.state, story.state.counts.created), (ImportState::Finished, 10));
    story.nothing(&Command::Finish);
    story.refuses(&Command::Start, "import.already_executed");
}

fn finished() -> Story<Import> {
    let mut story = staged();
    for command in [Command::Start, progress(10), Command::Finish] {
        story.accepts(&command);
    }
    story
}

#[test]
fn what_an_import_did_is_undone_from_its_last_row_to_its_first() {
    let mut story = finished();
    let undone = |removed, kept| Undone { removed, kept, ..Undone::default() };
    story.refuses(&Command::MarkReverted, "import.not_reverting");
    story.accepts(&Command::Revert);
    story.nothing(&Command::Revert);
    story.refuses(&Command::MarkReverted, "import.not_done");
    story.accepts(&Command::ProgressRevert { rows_left: 6, undone: undone(4, 0) });
    story.nothing(&Command::ProgressRevert { rows_left: 6, undone: undone(4, 0) });
    story.refuses(&Command::ProgressRevert { rows_left: 7, undone: undone(5, 0) }, "import.progress_invalid");
    story.accepts(&Command::ProgressRevert { rows_left: 0, undone: undone(9, 1) });
    story.accepts(&Command::MarkReverted);
    story.nothing(&Command::MarkReverted);
    story.nothing(&Command::Revert);
    assert_eq!((story.state.state, story.state.undone), (ImportState::Reverted, undone(9, 1)));
    story.refuses(&Command::Start, "import.already_executed");
    story.refuses(&Command::ProgressRevert { rows_left: 0, undone: undone(1, 1) }, "import.not_reverting");
}

#[test]
fn an_import_is_undone_for_thirty_days() {
    let mut story = finished();
    let days = |days: i64| story.context.now + jiff::SignedDuration::from_hours(24 * days);
    let (last, late) = (days(30), days(31));
    story.context.now = late;
    story.refuses(&Command::Revert, "import.too_old");
    story.context.now = last;
    story.accepts(&Command::Revert);
}

#[test]
fn codes_are_read() {
    assert_eq!(OnDuplicate::parse("update"), Some(OnDuplicate::Update));
    assert_eq!(UpdatePolicy::parse("fill_blank_only"), Some(UpdatePolicy::FillBlankOnly));
    assert_eq!((EmptyMeans::parse("clear"), EmptyMeans::parse("x")), (Some(EmptyMeans::Clear), None));
}

#[test]
fn what_failed_goes_on_where_it_stopped() {
    let mut story = staged();
    story.accepts(&Command::Start);
    story.accepts(&progress(4));
    story.accepts(&Command::Fail { reason: "the disk is full".into() });
    story.nothing(&Command::Fail { reason: "again".into() });
    story.refuses(&progress(5), "import.not_running");
    story.accepts(&Command::Start);
    assert_eq!((story.state.rows_done, &story.state.failure), (4, &None));
}

#[test]
fn rows_are_counted_forward_and_once() {
    let mut story = staged();
    story.refuses(&progress(1), "import.not_running");
    story.accepts(&Command::Start);
    story.accepts(&progress(4));
    story.refuses(&progress(3), "import.progress_invalid");
    story.refuses(&progress(11), "import.progress_invalid");
    let twice = Command::Progress { rows_done: 5, counts: Counts { created: 3, ..Counts::default() } };
    story.refuses(&twice, "import.progress_invalid");
}

#[test]
fn what_is_only_validated_is_not_executed() {
    let mut story = Story::<Import>::new(());
    let options = Options { validate_only: true, ..Options::default() };
    story.accepts(&stage(Staged { options, ..file() }));
    story.refuses(&Command::Start, "import.validate_only");
}

#[test]
fn errors_stop_what_is_to_stop_at_errors() {
    let mut story = Story::<Import>::new(());
    let options = Options { stop_on_error: true, ..Options::default() };
    story.accepts(&stage(Staged { options, ..file() }));
    story.refuses(&Command::Start, "import.has_errors");
}

#[test]
fn what_has_not_begun_does_not_end() {
    let mut story = Story::<Import>::new(());
    story.refuses(&Command::Start, "import.not_found");
    story.accepts(&stage(file()));
    story.refuses(&stage(Staged { rows: 11, ..file() }), "import.exists");
    story.refuses(&Command::Finish, "import.not_running");
    story.refuses(&Command::Fail { reason: "x".into() }, "import.not_running");
    story.refuses(&Command::Revert, "import.not_finished");
}

#[test]
fn every_fault_is_named() {
    let staged = Staged {
        format: "pdf".into(),
        source_system: Some("My ERP".into()),
        options: Options { batch_size: 0, ..Options::default() },
        rows: 11,
        file_sha256: String::new(),
        ..file()
    };
    Story::<Import>::new(()).faults(
        &stage(staged),
        "import.invalid",
        &[
            ("/format", "format_unknown"),
            ("/batch_size", "out_of_range"),
            ("/file_sha256", "hash_invalid"),
            ("/planned", "counts_differ"),
            ("/source_system", "system_invalid"),
        ],
    );
}
