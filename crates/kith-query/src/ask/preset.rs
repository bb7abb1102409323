//! Phrases that are a whole condition by themselves, and what they are taken for.

/// A phrase that is a whole condition by itself: the first option whose field exists counts.
pub(super) struct Preset {
    pub(super) words: &'static str,
    /// Family or field id, its window, and the rest of the condition.
    pub(super) options: &'static [(&'static str, Option<u16>, &'static str)],
    /// Whether it names trouble.
    pub(super) trouble: bool,
    /// What follows each of the words, commas between; nothing when empty.
    pub(super) tails: &'static str,
}

/// A customer's limit, as it is named after "over", "close to".
pub(super) const LIMIT: &str = "limit,the limit,their limit,its limit,his limit,our limit,a limit,credit limit,the credit limit,their credit limit,its credit limit,our credit limit,credit line,their credit line,the credit line,credit,their credit";

/// All presets.
pub(super) const PRESETS: &[Preset] = &[
    Preset {
        words: "at risk,unhealthy,in danger,endangered,struggling,in trouble",
        options: &[("health_label", None, "in [\"at_risk\", \"critical\"]"), ("health", None, "< 50")],
        trouble: true,
        tails: "",
    },
    Preset {
        words: "healthy,in good health,doing well",
        options: &[("health_label", None, "== \"healthy\""), ("health", None, ">= 75")],
        trouble: false,
        tails: "",
    },
    Preset {
        words: "critical",
        options: &[("health_label", None, "== \"critical\""), ("health", None, "< 30")],
        trouble: true,
        tails: "",
    },
    Preset {
        words: "unhappy,dissatisfied,unsatisfied,detractor,disappointed,angry",
        options: &[("nps", Some(365), "< 0"), ("csat", Some(365), "< 0.7")],
        trouble: true,
        tails: "",
    },
    Preset {
        words: "happy,satisfied,promoter,delighted,pleased",
        options: &[("nps", Some(365), "> 0"), ("csat", Some(365), ">= 0.9")],
        trouble: false,
        tails: "",
    },
    Preset {
        words: "silent,quiet,inactive,gone quiet,went quiet,gone silent,gone dark,lapsed,dormant,stopped ordering,stopped buying,no longer ordering,no longer order",
        options: &[("days_since_last_order", None, ">= 90")],
        trouble: true,
        tails: "",
    },
    Preset {
        words: "over,above,beyond,exceed,exceeding,exceeded,have exceeded,past,in excess of,breach,breaching,breached,out of,have overdrawn,overdrawn,overdrawing,went over,gone over,going over",
        options: &[("credit_utilisation", None, "> 1.0"), ("balance_to_limit", None, "> 1.0")],
        trouble: true,
        tails: LIMIT,
    },
    Preset {
        words: "close to,near,near to,almost reached,nearly reached,have almost reached,have nearly reached,almost hit,nearly hit,nearing,approaching,approach,almost at,nearly at,closing in on,coming close to,getting close to,about to reach,about to hit,about to exceed,close to reaching,close to exceeding,almost over,nearly over,almost out of,running out of,next to",
        options: &[("credit_utilisation", None, ">= 0.75"), ("balance_to_limit", None, ">= 0.75")],
        trouble: true,
        tails: LIMIT,
    },
    Preset {
        words: "at,reached,reaching,have reached,hit,have hit,hitting,used up,have used up,maxed out,at the end of,exhausted,have exhausted",
        options: &[("credit_utilisation", None, ">= 1.0"), ("balance_to_limit", None, ">= 1.0")],
        trouble: true,
        tails: LIMIT,
    },
    Preset {
        words: "within,under,below,not over,not above,not beyond,not exceeding,inside,well within,well under,well below",
        options: &[("credit_utilisation", None, "<= 1.0"), ("balance_to_limit", None, "<= 1.0")],
        trouble: false,
        tails: LIMIT,
    },
    Preset {
        words: "on watch,watched,being watched,on the watch list,on watch list,on a watch",
        options: &[("watched_until", None, ">= today()")],
        trouble: true,
        tails: "",
    },
    Preset {
        words: "incomplete,with incomplete data,with incomplete record,with missing field,with missing data,missing data,missing mandatory field,with gap in their data",
        options: &[("missing_fields_count", None, "> 0")],
        trouble: false,
        tails: "",
    },
    Preset {
        words: "review overdue,overdue for review,overdue review,overdue for a review,review is overdue,review are overdue",
        options: &[("review_overdue", None, "== true")],
        trouble: true,
        tails: "",
    },
    Preset {
        words: "lost customer,lost account,lost client,we lost,we have lost,did we lose,we lose,have we lost,left us,have left us,churned,have churned,former,ex,gone,no longer customer",
        options: &[
            ("stage", None, "== \"churned\""),
            ("lifecycle_stage", None, "== \"churned\""),
            ("stage", None, "in [\"inactive\", \"closed\"]"),
        ],
        trouble: false,
        tails: "",
    },
    Preset {
        words: "on hold,on credit hold,blocked,credit hold",
        options: &[("credit_hold", None, "== true"), ("on_hold", None, "== true"), ("holds", None, "> 0")],
        trouble: true,
        tails: "",
    },
    Preset {
        words: "unassigned,unmanaged,without owner",
        options: &[("account_manager", None, "has not"), ("account_manager_id", None, "has not")],
        trouble: false,
        tails: "",
    },
    Preset {
        words: "never ordered,never bought,never placed an order,never placed order,yet to order",
        options: &[("days_since_last_order", None, "has not"), ("last_order_on", None, "has not")],
        trouble: false,
        tails: "",
    },
    Preset {
        words: "never logged in to the portal,never logged into the portal,never logged in to portal,never logged in,never used the portal,never visited the portal",
        options: &[("days_since_portal", None, "has not")],
        trouble: false,
        tails: "",
    },
];
