//! What can be done with a contract now, each as a form that works without script.

use kith_api::view::SignerView;
use kith_template::html;
use maud::Markup;

use super::ContractPage;
use crate::web::part::icon::Icon;
use crate::web::shell::Shell;
use crate::web::words::t;

/// A form that posts one act.
fn form(shell: &Shell, page: &ContractPage, act: &str, content: &Markup) -> Markup {
    html! {
        form .row .wrap #(act) method="post" action=(format!("/contracts/{}/{act}", page.contract.id)) {
            input type="hidden" name="csrf" value=(shell.csrf);
            (content)
        }
    }
}

fn reason(page: &ContractPage, act: &str) -> Markup {
    let field = format!("{act}-reason");
    let fault = Fault::of(page, act, "reason");
    html! {
        label .vh for=(field) { "Reason" }
        input .field .short #(field) name="reason" value=(page.unfit.typed(act, "reason")) maxlength="500" required autocomplete="off" placeholder="Reason"
            aria-invalid=[fault.mark()] aria-describedby=[fault.place()];
        (fault.said())
    }
}

/// What is wrong with a field of a form that was not taken.
struct Fault<'p> {
    id: String,
    sentence: Option<&'p str>,
}

impl<'p> Fault<'p> {
    fn of(page: &'p ContractPage, act: &str, field: &str) -> Self {
        Self { id: format!("{act}-{field}-fault"), sentence: page.unfit.fault(act, field) }
    }

    /// For `aria-invalid`.
    fn mark(&self) -> Option<&'static str> {
        self.sentence.map(|_| "true")
    }

    /// For `aria-describedby`.
    fn place(&self) -> Option<&str> {
        self.sentence.map(|_| self.id.as_str())
    }

    fn said(&self) -> Markup {
        html! { @if let Some(sentence) = self.sentence { span .sm .bad role="alert" #(self.id) { (sentence) } } }
    }
}

/// What can be done beside a signer.
pub(super) fn for_signer(shell: &Shell, page: &ContractPage, signer: &SignerView) -> Markup {
    let place = html! { input type="hidden" name="signer" value=(signer.signer); };
    let open = page.is_out() && signer.state != "signed" && signer.user.is_none();
    let unsure = signer.authority.is_none() && (page.is_out() || page.contract.state == "signed");
    let name = |act: &str| format!("{act}-{}", signer.signer);
    html! {
        @if open && page.may_edit {
            form method="post" #(name("relink")) action=(format!("/contracts/{}/relink", page.contract.id)) {
                input type="hidden" name="csrf" value=(shell.csrf);
                (place)
                button .btn .sm type="submit" { "New link" }
            }
        }
        @if unsure && page.may_confirm {
            form .row .wrap method="post" #(name("authority")) action=(format!("/contracts/{}/confirm-authority", page.contract.id)) {
                input type="hidden" name="csrf" value=(shell.csrf);
                (place)
                label .vh for=(name("basis")) { "Why they may sign" }
                @let ours = page.unfit.is("confirm-authority", Some(signer.signer));
                @let fault = Fault { id: name("basis-fault"), ..Fault::of(page, if ours { "confirm-authority" } else { "" }, "basis") };
                input .field .short #(name("basis")) name="basis" value=(if ours { page.unfit.typed("confirm-authority", "basis") } else { "" }) maxlength="500" required autocomplete="off" placeholder="Why they may sign"
                    aria-invalid=[fault.mark()] aria-describedby=[fault.place()];
                (fault.said())
                button .btn .sm type="submit" { (Icon::Check.small()) "May sign" }
            }
        }
    }
}

/// Everything else.
pub(super) fn acts(shell: &Shell, page: &ContractPage) -> Markup {
    let state = page.contract.state.as_str();
    let in_force = matches!(state, "signed" | "active" | "expiring");
    html! {
        @if let Some(signer) = page.own_signer().filter(|signer| signer.state == "turn") {
            section .card aria-labelledby="own" {
                header { h2 #own { "Your signature" } }
                .body { (form(shell, page, "sign", &html! {
                    @let fault = Fault::of(page, "sign", "name");
                    @let typed = page.unfit.typed("sign", "name");
                    label .vh for="sign-name" { "Your name" }
                    input .field #sign-name name="name" value=(if typed.is_empty() { signer.name.as_deref().unwrap_or_default() } else { typed }) required maxlength="255"
                        aria-invalid=[fault.mark()] aria-describedby=[fault.place()];
                    (fault.said())
                    label .row { input type="checkbox" name="consent" value="true" checked[page.unfit.typed("sign", "consent") == "true"] required; span .sm { "I have read the contract and agree to sign it electronically." } }
                    button .btn .pri type="submit" { "Sign" }
                })) }
            }
        }
        @if page.may_edit && !page.contract.id.is_empty() {
            section .card aria-labelledby="acts" {
                header { h2 #acts { "Next" } }
                .body .stack {
                    @match state {
                        "draft" => {
                            (signer_form(shell, page))
                            .row .wrap {
                                (form(shell, page, "send", &html! { button .btn .pri type="submit" { (Icon::Mail.show()) "Send to the signers" } }))
                                (form(shell, page, "submit", &html! { button .btn type="submit" { "Submit for review" } }))
                            }
                            (form(shell, page, "discard", &discard(page)))
                        }
                        "in_review" => {
                            (form(shell, page, "send", &html! { button .btn .pri type="submit" { (Icon::Mail.show()) "Send to the signers" } }))
                            (form(shell, page, "return", &html! { (reason(page, "return")) button .btn type="submit" { "Return" } }))
                            (form(shell, page, "discard", &discard(page)))
                        }
                        "sent" | "partially_signed" => {
                            (scan(shell, page))
                            (form(shell, page, "recall", &html! { (reason(page, "recall")) button .btn type="submit" { (Icon::Undo.show()) "Take back" } }))
                        }
                        _ if in_force => (standing(shell, page)),
                        "discarded" => p .muted { "The draft was discarded." },
                        _ => p .muted { "The contract has ended." },
                    }
                }
            }
        }
    }
}

/// Gives the draft up.
fn discard(page: &ContractPage) -> Markup {
    html! { (reason(page, "discard")) button .btn type="submit" { (Icon::Undo.show()) "Discard" } }
}

/// A field of a form, as it was typed, with what is wrong with it.
fn field(page: &ContractPage, (act, name): (&str, &str), title: &str, (kind, most): (&str, u16)) -> Markup {
    let (id, fault) = (format!("{act}-{name}"), Fault::of(page, act, name));
    html! {
        label .stack .x for=(id) {
            span .sm .b { (title) }
            input .field #(id) type=(kind) name=(name) value=(page.unfit.typed(act, name)) required[name != "title"] maxlength=(most)
                aria-invalid=[fault.mark()] aria-describedby=[fault.place()];
            (fault.said())
        }
    }
}

/// A draft's other signer, in place of those that it has.
fn signer_form(shell: &Shell, page: &ContractPage) -> Markup {
    html! {
        details open[page.unfit.is("signer", None)] {
            summary .sm { "Somebody else signs for the customer" }
            form .asking #signer method="post" action=(format!("/contracts/{}/signer", page.contract.id)) {
                input type="hidden" name="csrf" value=(shell.csrf);
                .asked {
                    (field(page, ("signer", "name"), t("Name"), ("text", 255)))
                    (field(page, ("signer", "email"), t("E-mail"), ("email", 254)))
                    (field(page, ("signer", "title"), t("Job"), ("text", 100)))
                }
                .row { button .btn type="submit" { "Save" } }
            }
        }
    }
}

fn scan(shell: &Shell, page: &ContractPage) -> Markup {
    html! {
        @if page.contract.pending_scan.is_some() {
            p { "A signed paper waits to be looked at by somebody else than who brought it." }
            @if page.may_confirm {
                .row .wrap {
                    (form(shell, page, "confirm-scan", &html! { button .btn .pri type="submit" { (Icon::Check.show()) "It shows the signatures" } }))
                    (form(shell, page, "reject-scan", &html! { (reason(page, "reject-scan")) button .btn type="submit" { "It does not" } }))
                }
            }
        } @else if page.may_upload {
            form .row .wrap #upload method="post" enctype="multipart/form-data" action=(format!("/contracts/{}/upload-signed", page.contract.id)) {
                input type="hidden" name="csrf" value=(shell.csrf);
                label .sm .b for="scan-file" { "Signed on paper" }
                input .field #scan-file type="file" name="file" required;
                button .btn type="submit" { (Icon::Upload.show()) "Upload" }
            }
        }
    }
}

/// What holds can be amended, renewed, terminated.
fn standing(shell: &Shell, page: &ContractPage) -> Markup {
    html! {
        .row .wrap {
            (form(shell, page, "amend", &html! { button .btn type="submit" { "Draft an amendment" } }))
            @if page.contract.ends_on.is_some() {
                (form(shell, page, "renew", &html! { button .btn type="submit" { (Icon::Replay.show()) "Draft a renewal" } }))
            }
        }
        details open[page.unfit.is("terminate", None)] {
            summary .sm { "Terminate" }
            form .asking #terminate method="post" action=(format!("/contracts/{}/terminate", page.contract.id)) {
                input type="hidden" name="csrf" value=(shell.csrf);
                .asked {
                    label .stack .x for="terminate-kind" { span .sm .b { "Ground" }
                        select .field #terminate-kind name="kind" {
                            @let kind = page.unfit.typed("terminate", "kind");
                            option value="notice" { "Notice" }
                            option value="mutual" selected[kind == "mutual"] { "Both agree" }
                            option value="breach" selected[kind == "breach"] { "Breach" }
                        } }
                    (field(page, ("terminate", "on"), t("Last day"), ("date", 10)))
                    (field(page, ("terminate", "reason"), t("Reason"), ("text", 500)))
                }
                .row { button .btn .danger type="submit" { "Terminate" } }
            }
        }
    }
}
