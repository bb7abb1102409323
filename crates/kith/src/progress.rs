//! Progress of long work, drawn only where somebody looks.

use std::io::IsTerminal;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar over `total` pieces; a counter where the total is not known. Draws nothing unless standard error is a
/// terminal.
pub(crate) fn bar(total: Option<u64>, noun: &'static str) -> ProgressBar {
    draw(
        total,
        noun,
        "{msg:12} [{bar:32}] {human_pos}/{human_len} {per_sec} {eta}",
        "{msg:12} {spinner} {human_pos} {elapsed}",
    )
}

/// A bar over the bytes of a file; a counter where its length is not known.
pub(crate) fn bytes(total: Option<u64>, noun: &'static str) -> ProgressBar {
    draw(
        total,
        noun,
        "{msg:12} [{bar:32}] {decimal_bytes}/{decimal_total_bytes} {decimal_bytes_per_sec} {eta}",
        "{msg:12} {spinner} {decimal_bytes} {decimal_bytes_per_sec} {elapsed}",
    )
}

fn draw(total: Option<u64>, noun: &'static str, known: &str, open: &str) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let template = if total.is_some() { known } else { open };
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr_with_hz(8)).with_style(style);
    bar.set_message(noun);
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
