//! Which work answers which operation: one arm for each of the table.

use std::pin::Pin;

use kith_domain::price_list::PriceListKind;

use super::{
    Call, Reply, Stop, account, alert, audit, bulk, care, catalogue, change, contract, credit, delegation,
    document, duplicate, export, family, hold, home, identifier, import, intake, life, mail, notification,
    onboarding, order, organisation, person, policy, price, read, risk, scorecard, screening, task, tax,
    team, vehicle, webhook,
};

/// An answer on its way.
type Answering = Pin<Box<dyn Future<Output = Reply> + Send>>;

/// Puts the work of one operation on the heap: the stack of whoever dispatches does not grow with the table.
#[inline(never)]
fn boxed<F: Future<Output = Reply> + Send + 'static>(work: impl FnOnce(Call) -> F, call: Call) -> Answering {
    Box::pin(work(call))
}

#[expect(clippy::too_many_lines, reason = "one arm for each operation of the table, nothing else")]
pub(super) fn dispatch(id: &'static str, call: Call) -> Answering {
    match id {
        "account_create" => boxed(account::create, call),
        "account_list" => boxed(|call| async move { account::list(&call) }, call),
        "account_export" => boxed(|call| async move { export::accounts(&call).await }, call),
        "account_get" => boxed(account::get, call),
        "account_effective" => boxed(account::effective, call),
        "account_update" => boxed(account::update, call),
        "account_note_add" => boxed(account::note, call),
        "account_talk_log" => boxed(account::talk, call),
        "account_review" => boxed(account::review, call),
        "account_deactivate" => boxed(life::deactivate, call),
        "account_reactivate" | "account_close" | "account_reopen" | "account_delete" => {
            boxed(|call| life::move_on(id, call), call)
        }
        "account_merge" => boxed(life::merge, call),
        "account_merge_preview" => boxed(life::preview, call),
        "account_unmerge" => boxed(life::unmerge, call),
        "hold_list" | "hold_get" | "hold_place" | "hold_release" | "watch_set" | "watch_clear" => {
            boxed(|call| hold::act(id, call), call)
        }
        "account_parent_set"
        | "account_parent_end"
        | "account_hierarchy"
        | "account_rollup"
        | "relationship_list"
        | "relationship_add"
        | "relationship_update"
        | "relationship_delete" => boxed(|call| family::act(id, call), call),
        id if id.starts_with("credit_") || id.starts_with("reservation_") => {
            boxed(|call| credit::answer(id, call), call)
        }
        "account_profile" => boxed(account::profile, call),
        "account_timeline" => boxed(account::timeline, call),
        "account_audit" => boxed(audit::of_account, call),
        "account_restore" => boxed(account::restore, call),
        "audit_list" => boxed(audit::list, call),
        "ledger_head_get" | "ledger_head_sign" => {
            boxed(|call| audit::head(id == "ledger_head_sign", call), call)
        }
        "ledger_head_list" => boxed(audit::heads, call),
        "ledger_inclusion" => boxed(audit::inclusion, call),
        "ledger_consistency" => boxed(audit::consistency, call),
        "ledger_record_list" => boxed(audit::records, call),
        "account_data_quality" => boxed(care::quality, call),
        "account_transfer" => boxed(care::transfer, call),
        "review_list" => boxed(|call| async move { care::reviews(&call) }, call),
        "user_portfolio" => boxed(care::portfolio, call),
        "user_transfer_portfolio" => boxed(care::transfer_portfolio, call),
        "ask" => boxed(read::ask, call),
        "field_list" => boxed(|call| async move { read::fields(&call) }, call),
        "view_list" => boxed(read::views, call),
        "view_save" => boxed(read::view_save, call),
        "view_delete" => boxed(read::view_delete, call),
        "change_list" => boxed(change::list, call),
        "change_get" => boxed(change::get, call),
        "change_approve" | "change_reject" | "change_cancel" => boxed(|call| change::decide(id, call), call),
        "change_edit" | "change_resubmit" => boxed(|call| change::edit(id == "change_resubmit", call), call),
        "change_comment" | "change_review" => boxed(|call| change::remark(id, call), call),
        "change_break_glass" => boxed(change::break_glass, call),
        "change_approve_many" | "change_reject_many" => {
            boxed(|call| change::decide_many(id == "change_approve_many", call), call)
        }
        "policy_get" => boxed(policy::get, call),
        "policy_set" => boxed(policy::set, call),
        "policy_edit" => boxed(policy::edit, call),
        "delegation_list" => boxed(delegation::list, call),
        "delegation_make" => boxed(delegation::make, call),
        "delegation_end" => boxed(delegation::end, call),
        "notification_list" => boxed(notification::list, call),
        "home_read" => boxed(home::read, call),
        "account_find" => boxed(|call| async move { home::find(&call) }, call),
        "notification_read" => boxed(notification::read, call),
        "notification_unread" => boxed(notification::unread, call),
        "notification_snooze" => boxed(notification::snooze, call),
        "notification_read_all" => boxed(notification::read_all, call),
        id if id.starts_with("mail_") => boxed(|call| mail::act(id, call), call),
        id if id.starts_with("webhook_") || id.starts_with("delivery_") => {
            boxed(|call| webhook::act(id, call), call)
        }
        id if id.starts_with("order_") => boxed(|call| order::act(id, call), call),
        "touchpoint_record" => boxed(intake::touchpoints, call),
        "account_risk"
        | "account_bureau_record"
        | "account_financials_record"
        | "account_class_override"
        | "account_limit_proposal"
        | "account_limit_propose" => boxed(|call| risk::act(id, call), call),
        id if id.starts_with("scorecard_") => boxed(|call| scorecard::act(id, call), call),
        id if id.starts_with("alert_") => boxed(|call| alert::act(id, call), call),
        id if id.starts_with("duplicate_") => boxed(|call| duplicate::act(id, call), call),
        id if id.starts_with("screening_") => boxed(|call| screening::act(id, call), call),
        "quarantine_list" => boxed(intake::quarantine_list, call),
        "quarantine_replay" | "quarantine_accept" => {
            boxed(|call| intake::release(id == "quarantine_accept", call), call)
        }
        "quarantine_discard" => boxed(intake::discard, call),
        "quarantine_desk" => boxed(intake::quarantine_desk, call),
        "quarantine_get" => boxed(intake::quarantine_get, call),
        "quarantine_repair" => boxed(intake::repair, call),
        "quarantine_assign" => boxed(intake::assign, call),
        "quarantine_decide" => boxed(intake::decide, call),
        "identifier_validate" => boxed(|call| async move { identifier::validate(&call) }, call),
        "import_list" => boxed(import::list, call),
        "import_get" => boxed(import::get, call),
        "import_errors" => boxed(import::errors, call),
        "import_execute" => boxed(import::execute, call),
        "import_restage" => boxed(import::restage, call),
        "import_revert" => boxed(import::revert, call),
        "mapping_save" => boxed(import::mapping_save, call),
        "mapping_list" => boxed(import::mapping_list, call),
        "mapping_get" => boxed(import::mapping_get, call),
        "mapping_delete" => boxed(import::mapping_delete, call),
        "feed_save" => boxed(import::feed_save, call),
        "feed_list" => boxed(import::feed_list, call),
        "feed_get" => boxed(import::feed_get, call),
        "feed_delete" => boxed(import::feed_delete, call),
        "catalogue_list" => boxed(|call| async move { catalogue::list(&call) }, call),
        "catalogue_get" => boxed(|call| async move { catalogue::get(&call) }, call),
        "catalogue_add" => boxed(catalogue::add, call),
        "catalogue_change" => boxed(catalogue::alter, call),
        "code_add" => boxed(catalogue::code_add, call),
        "code_change" => boxed(catalogue::code_change, call),
        "code_delete" => boxed(catalogue::code_delete, call),
        "custom_field_list" => boxed(|call| async move { catalogue::custom_fields(&call) }, call),
        "custom_field_add" => boxed(catalogue::custom_field_add, call),
        "custom_field_change" => boxed(catalogue::custom_field_change, call),
        "organisation_get" => boxed(|call| async move { organisation::get(&call) }, call),
        "organisation_change" => boxed(organisation::alter, call),
        "entity_add" => boxed(organisation::entity_add, call),
        "entity_change" => boxed(organisation::entity_change, call),
        "rate_list" => boxed(|call| async move { organisation::rates(&call) }, call),
        "rates_load" => boxed(organisation::rates_load, call),
        "setup_close" => boxed(organisation::setup_close, call),
        "user_list" => boxed(organisation::users, call),
        "user_add" => boxed(organisation::user_add, call),
        "user_roles_set" => boxed(organisation::roles_set, call),
        "user_preferences_set" => boxed(organisation::preferences_set, call),
        "user_suspend" | "user_reinstate" | "user_sessions_end" => boxed(|call| person::act(id, call), call),
        "person_get" => boxed(person::get, call),
        "token_list" => boxed(organisation::tokens, call),
        "token_create" => boxed(organisation::token_create, call),
        "token_revoke" => boxed(organisation::token_revoke, call),
        "price_resolve" => boxed(price::resolve, call),
        "price_list_create" => boxed(|call| price::create(PriceListKind::List, call), call),
        "price_list_list" => boxed(|call| price::list(PriceListKind::List, call), call),
        "price_list_get" => boxed(|call| price::get(PriceListKind::List, call), call),
        "price_list_update" => boxed(|call| price::update(PriceListKind::List, call), call),
        "price_group_create" => boxed(|call| price::create(PriceListKind::Group, call), call),
        "price_group_list" => boxed(|call| price::list(PriceListKind::Group, call), call),
        "price_group_get" => boxed(|call| price::get(PriceListKind::Group, call), call),
        "price_group_update" => boxed(|call| price::update(PriceListKind::Group, call), call),
        "tax_resolve" => boxed(tax::resolve, call),
        "tax_profile_verify" => boxed(tax::verify, call),
        "tax_profile_revoke" => boxed(tax::revoke, call),
        "expiry_list" => boxed(tax::expiries, call),
        "document_add" => boxed(document::add, call),
        "document_list" => boxed(document::list, call),
        "document_get" => boxed(document::get, call),
        "document_content" => boxed(document::content, call),
        "document_verify" | "document_reject" | "document_hold" | "document_release" | "document_delete" => {
            boxed(|call| document::act(id, call), call)
        }
        "lane_match" => boxed(vehicle::lanes, call),
        id if id.starts_with("bulk_") => boxed(|call| bulk::act(id, call), call),
        id if id.starts_with("team_") => boxed(|call| team::act(id, call), call),
        id if id.starts_with("vehicle_") => boxed(|call| vehicle::carry_out(id, call), call),
        id if id.starts_with("contract_") => boxed(|call| contract::carry_out(id, call), call),
        id if id.starts_with("task_") => boxed(|call| task::carry_out(id, call), call),
        "portal_user_list" => boxed(task::portal_users, call),
        "user_activation" => boxed(task::activation, call),
        id if id.starts_with("onboarding_") || id == "account_lifecycle" => {
            boxed(|call| onboarding::act(id, call), call)
        }
        _ => boxed(
            |_| async move {
                Err(Stop::new(500, "unhandled", "This operation is in the table, but nobody carries it out."))
            },
            call,
        ),
    }
}
