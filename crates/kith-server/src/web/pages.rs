//! Every page there is, for the test that reads them all. A route that is missing here fails the test below.

/// Pages of people who are signed in. What stands in braces is found on the other pages.
pub const PAGES: [&str; 53] = [
    "/accounts",
    "/accounts/{id}",
    "/accounts/{id}/act/{act}",
    "/accounts/{id}/custom-fields",
    "/accounts/{id}/holds",
    "/accounts/{id}/holds/{hold}/release",
    "/accounts/{id}/merge",
    "/accounts/{id}/metrics/{metric}",
    "/accounts/{id}/watch",
    "/alerts",
    "/alerts/{id}",
    "/audit",
    "/changes",
    "/changes/{id}",
    "/contracts",
    "/contracts/{id}",
    "/credit",
    "/duplicates",
    "/duplicates/{id}",
    "/imports",
    "/imports/{id}",
    "/notifications",
    "/offline",
    "/onboarding",
    "/onboarding/{id}",
    "/orders",
    "/orders/{id}",
    "/portfolio",
    "/portfolio/transfer",
    "/quarantine",
    "/reviews",
    "/screening",
    "/screening/{id}",
    "/settings",
    "/settings/appearance",
    "/settings/approvals",
    "/settings/codes",
    "/settings/delegations",
    "/settings/feeds",
    "/settings/fields",
    "/settings/organisation",
    "/settings/people",
    "/settings/people/{id}",
    "/settings/rates",
    "/settings/sign-in",
    "/settings/tokens",
    "/tasks",
    "/teams",
    "/teams/{code}",
    // Outside of the frame.
    "/docs",
    "/sign-in",
    "/",
    "/portal",
];

/// Pages behind a link that works once: tests of their own open them.
pub const BEHIND_LINKS: [&str; 2] = ["/activate/{id}/{secret}", "/sign/{id}/{secret}"];

/// Answers that are no page: files, fragments, addresses that lead elsewhere.
pub const NO_PAGES: [&str; 15] = [
    "/accounts/export/{format}",
    "/accounts/rows",
    "/accounts/{id}/documents/{document}/content",
    "/accounts/{id}/live",
    "/assets/{*path}",
    "/catalogues",
    "/contracts/calendar.ics",
    "/contracts/{id}/pdf",
    "/delegations",
    "/imports/{id}/errors.csv",
    "/imports/{id}/live",
    "/portal/contracts/{id}/pdf",
    "/settings/preferences",
    "/sign/{id}/{secret}/pdf",
    "/sw.js",
];

#[cfg(test)]
mod tests;
