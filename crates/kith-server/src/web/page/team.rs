//! Teams: who is in them, and what each looks after.

use kith_api::view::{PortfolioView, TeamView, UserView};
use kith_template::html;
use maud::Markup;

use super::portfolio::figures;
use super::settings::{heading, within};
use crate::web::link::Link;
use crate::web::number::count;
use crate::web::part::avatar;
use crate::web::part::icon::Icon;
use crate::web::part::note::{Kind, empty, note};
use crate::web::shell::{Frame, Shell, framed};
use crate::web::words::t;

/// All teams, and what was typed of a new one.
#[derive(Debug, Clone, Default)]
pub struct TeamsPage {
    /// The teams.
    pub teams: Vec<TeamView>,
    /// Codes of the legal entities.
    pub entities: Vec<String>,
    /// The reader may make and edit teams.
    pub may_manage: bool,
    /// Code and name as typed.
    pub typed: (String, String),
    /// Why it was not taken.
    pub fault: Option<String>,
}

/// One team.
#[derive(Debug, Clone, Default)]
pub struct TeamPage {
    /// The team.
    pub team: TeamView,
    /// What it looks after.
    pub portfolio: PortfolioView,
    /// Codes of the legal entities.
    pub entities: Vec<String>,
    /// The people to choose from.
    pub users: Vec<UserView>,
    /// The reader may edit it.
    pub may_manage: bool,
    /// Why something was not taken.
    pub fault: Option<String>,
}

/// The list.
#[must_use]
pub fn teams(shell: &Shell, page: &TeamsPage) -> Markup {
    let content = html! {
        (heading(t("Teams"), t("Who looks after accounts together. From the first team on, accounts name one that exists.")))
        @if let Some(fault) = &page.fault { (note(Kind::Bad, &html! { p .b { (fault) } })) }
        section .card aria-label="Teams" {
            @if page.teams.is_empty() {
                (empty(Icon::People, t("No teams yet"), &html! { "Until there is one, the team of an account is any text." }))
            } @else {
                ul .list #teams {
                    @for team in &page.teams {
                        li {
                            span .grow .stack .x {
                                span .row .wrap .gap1 {
                                    a .b .ul href=(format!("/teams/{}", team.id)) { (team.name) }
                                    span .sm .muted .mono { (team.id) }
                                    @if let Some(entity) = &team.entity { span .pill { (entity) } }
                                    @if team.retired { span .pill { "Retired" } }
                                }
                                span .sm .muted {
                                    (team.members.len()) " members"
                                    @if let Some(lead) = &team.lead_name { " · led by " (lead) }
                                }
                            }
                            a .sm .ul .nowrap href=(Link::to("/portfolio").with("team", &team.id).done()) { (count(team.accounts)) " accounts" }
                        }
                    }
                }
            }
            @if page.may_manage { (new_team(shell, page)) }
        }
    };
    within(shell, t("Teams"), &content)
}

fn new_team(shell: &Shell, page: &TeamsPage) -> Markup {
    html! {
        form .body .asked #new-team method="post" action="/teams" {
            input type="hidden" name="csrf" value=(shell.csrf);
            .stack .x { label .sm .b for="code" { "Code" } input #code .field name="code" required maxlength="40" autocomplete="off" value=(page.typed.0) placeholder="NORTH"; }
            .stack .x { label .sm .b for="team-name" { "Name" } input #team-name .field name="name" required maxlength="100" autocomplete="off" value=(page.typed.1); }
            (entity_choice(&page.entities, None))
            button .btn .pri type="submit" { (Icon::Plus.show()) "Add team" }
        }
    }
}

fn entity_choice(entities: &[String], chosen: Option<&str>) -> Markup {
    html! {
        .stack .x {
            label .sm .b for="entity" { "Works for" }
            select #entity .field name="entity" {
                option value="" { "Every entity" }
                @for code in entities { option value=(code) selected[chosen == Some(code)] { (code) } }
            }
        }
    }
}

/// One team: its people, then its portfolio.
#[must_use]
pub fn team(shell: &Shell, page: &TeamPage) -> Markup {
    let above = [(t("Settings"), "/settings"), (t("Teams"), "/teams")];
    let frame = Frame { above: &above, here: &page.team.name, kind: "team", account: None, wide: false };
    let content = html! {
        .head {
            .stack .x {
                h1 { (page.team.name) }
                p .muted .row .wrap .gap1 {
                    span .mono { (page.team.id) }
                    @if let Some(entity) = &page.team.entity { " works for " (entity) } @else { " works for every entity" }
                    @if page.team.retired { span .pill { "Retired" } }
                }
            }
            a .btn .push href=(Link::to("/portfolio").with("team", &page.team.id).done()) { "Its accounts" }
        }
        @if let Some(fault) = &page.fault { (note(Kind::Bad, &html! { p .b { (fault) } })) }
        (figures(&page.portfolio))
        .cols .even {
            (members(shell, page))
            @if page.may_manage { (editor(shell, page)) }
        }
    };
    framed(shell, &frame, &content)
}

fn members(shell: &Shell, page: &TeamPage) -> Markup {
    let team = &page.team;
    let accounts = |user: &str| {
        page.portfolio.managers.iter().find(|one| one.user == user).map_or(0, |one| one.accounts)
    };
    html! {
        section .card aria-labelledby="members-title" {
            header { h2 #members-title { "Members" } span .sm .muted .push { (team.members.len()) } }
            @if team.members.is_empty() { (empty(Icon::People, t("Nobody yet"), &html! { "Add the people who look after its accounts." })) }
            ul .list #members {
                @for member in &team.members {
                    @let name = member.name.as_deref().unwrap_or(t("Somebody"));
                    @let lead = team.lead.as_ref() == Some(&member.user);
                    li {
                        (avatar::person(name))
                        span .grow .stack .x {
                            span .row .gap1 { b { (name) } @if lead { span .pill .acc { "Lead" } } }
                            a .sm .muted .ul href=(Link::to("/portfolio").with("user", &member.user).done()) { (accounts(&member.user)) " of its accounts" }
                        }
                        @if page.may_manage && !lead {
                            form method="post" action=(format!("/teams/{}/members/remove", team.id)) {
                                input type="hidden" name="csrf" value=(shell.csrf);
                                input type="hidden" name="user" value=(member.user);
                                button .btn .sm type="submit" { "Remove" span .vh { " " (name) } }
                            }
                        }
                    }
                }
            }
            @if page.may_manage {
                form .body .row .wrap #add-member method="post" action=(format!("/teams/{}/members", team.id)) {
                    input type="hidden" name="csrf" value=(shell.csrf);
                    label .vh for="user" { "Who" }
                    select #user .field .grow name="user" required {
                        option value="" { "Choose a person" }
                        @for user in page.users.iter().filter(|user| user.status == "active" && !team.members.iter().any(|member| member.user == user.id)) {
                            option value=(user.id) { (user.name.as_deref().unwrap_or(&user.id)) }
                        }
                    }
                    button .btn type="submit" { "Add" }
                }
            }
        }
    }
}

fn editor(shell: &Shell, page: &TeamPage) -> Markup {
    let team = &page.team;
    html! {
        section .card aria-labelledby="edit-title" {
            header { h2 #edit-title { "Settings" } }
            form .body .stack #edit-team method="post" action=(format!("/teams/{}", team.id)) {
                input type="hidden" name="csrf" value=(shell.csrf);
                .stack .x { label .sm .b for="team-name" { "Name" } input #team-name .field name="name" required maxlength="100" autocomplete="off" value=(team.name); }
                .stack .x {
                    label .sm .b for="lead" { "Lead" }
                    select #lead .field name="lead" {
                        option value="" { "Nobody" }
                        @for member in &team.members {
                            option value=(member.user) selected[team.lead.as_ref() == Some(&member.user)] { (member.name.as_deref().unwrap_or(&member.user)) }
                        }
                    }
                }
                (entity_choice(&page.entities, team.entity.as_deref()))
                label .row .gap2 { input type="checkbox" name="retired" value="true" checked[team.retired]; "Retired: takes no more accounts" }
                .row { button .btn .pri type="submit" { "Save" } }
            }
        }
    }
}
