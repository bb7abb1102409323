//! Where something that is named by its identifier is looked at.

/// The page of a `chg_…`, `acc_…` and so on; `None` for what has no page of its own.
pub(crate) fn target(about: &str) -> Option<String> {
    let kind = about.split_once('_').map_or(about, |(kind, _)| kind);
    Some(match kind {
        "chg" => format!("/changes/{about}"),
        "acc" => format!("/accounts/{about}"),
        "ctr" => format!("/contracts/{about}"),
        "alr" => format!("/alerts/{about}"),
        "onb" => format!("/onboarding/{about}"),
        "ord" => format!("/orders/{about}"),
        "hit" => format!("/screening/{about}"),
        "dup" => format!("/duplicates/{about}"),
        "imp" => format!("/imports/{about}"),
        "tsk" => format!("/tasks#{about}"),
        "dlg" => "/settings/approvals".to_owned(),
        "qua" | "quarantine" => "/quarantine".to_owned(),
        "rec" => "/credit#extracts".to_owned(),
        "reviews" => "/reviews".to_owned(),
        _ => return None,
    })
}
