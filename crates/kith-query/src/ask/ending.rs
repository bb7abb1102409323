//! What comes to an end or falls due: contracts, agreements, documents, certificates, reviews; and the words for it.

/// Whether the end lies ahead or behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ends {
    /// "expiring", "due for renewal".
    Coming,
    /// "has expired".
    Past,
}

/// Something with a last day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ending {
    /// Words for it, commas between.
    pub(super) words: &'static str,
    /// Fields of its last day, the first one in the catalogue counts.
    pub(super) day: &'static [&'static str],
    /// Fields of how many there are.
    pub(super) count: &'static [&'static str],
    /// The word alone says that its end is meant: a renewal.
    pub(super) always: bool,
}

/// All of them.
pub(super) const ENDINGS: &[Ending] = &[
    Ending {
        words: "contract,customer contract,supply contract,service contract,framework contract,contract in force,running contract",
        day: &["contract_ends_on", "agreement_ends_on"],
        count: &["contracts_count", "agreements_count"],
        always: false,
    },
    Ending {
        words: "renewal,contract renewal,contract expiry,contract expiration,contract end,contract end date,end of contract,end of the contract,end of their contract,expiry of contract,expiry of the contract,contract expiry date",
        day: &["contract_ends_on", "agreement_ends_on"],
        count: &[],
        always: true,
    },
    Ending {
        words: "agreement,framework agreement,rate agreement,supply agreement",
        day: &["agreement_ends_on", "contract_ends_on"],
        count: &["agreements_count", "contracts_count"],
        always: false,
    },
    Ending {
        words: "agreement end,agreement expiry,agreement end date,end of agreement,end of the agreement",
        day: &["agreement_ends_on", "contract_ends_on"],
        count: &[],
        always: true,
    },
    Ending {
        words: "document,paper,document on record",
        day: &["document_expires_on"],
        count: &[],
        always: false,
    },
    Ending {
        words: "document expiry,document expiry date,document end",
        day: &["document_expires_on"],
        count: &[],
        always: true,
    },
    Ending {
        words: "exemption,tax exemption,exemption certificate,tax certificate,tax exemption certificate,resale certificate,certificate",
        day: &["tax_exemption_expires_on"],
        count: &[],
        always: false,
    },
    Ending {
        words: "review,account review,periodic review,credit review,next review",
        day: &["next_review_on"],
        count: &[],
        always: true,
    },
    Ending { words: "watch", day: &["watched_until"], count: &[], always: false },
];

/// Fields whose days lie ahead: "in 60 days" is not over.
pub(super) fn looks_ahead(id: &str) -> bool {
    ENDINGS.iter().any(|ending| ending.day.contains(&id))
        || ["_ends_on", "_expires_on", "_due_on", "_until"].iter().any(|ending| id.ends_with(ending))
}

/// Words for ending.
pub(super) const ENDS: &[(Ends, &str)] = &[
    (
        Ends::Coming,
        "end,ending,expire,expiring,run out,running out,to run,left to run,lapse,lapsing,come to an end,coming to an end,terminate,terminating,due,fall due,falling due,come due,coming due,come up,coming up,up,due for renewal,up for renewal,coming up for renewal,come up for renewal,renew,renewing,to renew,to be renewed,that need renewal,need renewal,need renewing,expire soon,finish,finishing,left",
    ),
    (
        Ends::Past,
        "ended,expired,ran out,have run out,has run out,have expired,has expired,have ended,has ended,finished",
    ),
];
