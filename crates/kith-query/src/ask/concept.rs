//! What people ask about: metric families with the words for them, which way is good, and what "low" means.

/// What a measure counts in, for thresholds without a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    /// A number of things; having one means more than 0.
    Count,
    /// Money; having some means more than 0.
    Money,
    /// A fraction of 1, asked in percent.
    Ratio,
    /// A score or index.
    Score,
    /// Days.
    Days,
    /// Hours.
    Hours,
}

/// Which way is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Good {
    High,
    Low,
}

/// Something that can be asked about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Concept {
    /// Families or field ids that hold it, the first one in the catalogue counts.
    pub(super) bases: &'static [&'static str],
    /// Words for it, commas between. Stems are compared.
    pub(super) words: &'static str,
    /// Verbs for doing it, commas between.
    pub(super) verbs: &'static str,
    pub(super) measure: Measure,
    pub(super) good: Good,
    /// Window when none is said.
    pub(super) window: u16,
    /// Family of its trend label.
    pub(super) trend: Option<&'static str>,
    /// Days since it last happened, and the day it did.
    pub(super) last: Option<(&'static str, &'static str)>,
    /// Below the first is low, from the second on is high.
    pub(super) levels: Option<(f64, f64)>,
    /// Asked the other way round: late deliveries are on-time deliveries missing.
    pub(super) inverse: bool,
}

const NONE: Concept = Concept {
    bases: &[],
    words: "",
    verbs: "",
    measure: Measure::Count,
    good: Good::High,
    window: 90,
    trend: None,
    last: None,
    levels: None,
    inverse: false,
};

const COUNT: Concept = NONE;
const TROUBLE: Concept = Concept { good: Good::Low, ..NONE };
const MONEY: Concept = Concept { measure: Measure::Money, ..NONE };
const RATIO: Concept = Concept { measure: Measure::Ratio, ..NONE };
const SCORE: Concept = Concept { measure: Measure::Score, ..NONE };
const DAYS: Concept = Concept { measure: Measure::Days, good: Good::Low, ..NONE };
const HOURS: Concept = Concept { measure: Measure::Hours, good: Good::Low, ..NONE };

/// Place of orders in [`CONCEPTS`]: what a trend or silence without a noun is about.
pub(super) const ORDERS: usize = 0;
/// Place of order value.
pub(super) const ORDER_VALUE: usize = 1;
/// Place of revenue: what the biggest customers are biggest in.
pub(super) const REVENUE: usize = 2;
/// Place of days beyond terms.
pub(super) const DAYS_BEYOND_TERMS: usize = 3;
/// Place of the oldest overdue item's age.
pub(super) const OVERDUE_DAYS: usize = 4;
/// Place of the overdue balance.
pub(super) const OVERDUE: usize = 5;
/// Place of health: what the worst customers are worst in.
pub(super) const HEALTH: usize = 6;

/// All concepts.
pub(super) const CONCEPTS: &[Concept] = &[
    Concept {
        bases: &["orders"],
        words: "order,order volume,order count,number of order,volume,order number,purchase,shipment volume,order level,buying volume",
        verbs: "ordered,order,ordering,bought,buying,buy,purchased,placed an order,placed order,placed any order,been ordering,place order",
        trend: Some("order_trend_label"),
        last: Some(("days_since_last_order", "last_order_on")),
        ..COUNT
    },
    Concept {
        bases: &["order_value"],
        words: "order value,value of order,order intake,booking",
        trend: Some("order_trend_label"),
        ..MONEY
    },
    Concept {
        bases: &["revenue"],
        words: "revenue,sale,turnover,spend,spending,income,billing,sale volume,revenue growth,business volume",
        verbs: "spent,spending with us",
        window: 365,
        trend: Some("revenue_trend_label"),
        ..MONEY
    },
    Concept {
        bases: &["days_beyond_terms"],
        words: "days beyond term,day beyond term,dbt,late payment,payment delay,day late,day past term,average day late,overdue payment behaviour,slow payment,payer,paymaster",
        verbs: "late payer,slow payer,bad payer,poor payer,tardy payer,chronic late payer,habitual late payer,pay late,paying late,paid late,late in paying,late to pay,slow to pay,paying slowly,pay slowly,paid slowly,slow paying,late paying,pay after the due date,pay after due date,pay beyond term,slow paymaster",
        window: 365,
        // Three days are the grace within which a payment is on time (D§3.4); beyond them limit and score suffer (D§3.6, 3.7).
        levels: Some((3.0, 3.0)),
        ..DAYS
    },
    Concept {
        bases: &["oldest_overdue_days"],
        words: "oldest overdue,day overdue,oldest open item,overdue day",
        ..DAYS
    },
    Concept {
        bases: &["overdue_balance"],
        words: "overdue balance,overdue,invoice overdue,money overdue,past due,past due balance,past due invoice,past due amount,overdue amount,overdue invoice,overdue debt,arrear,overdue money,overdue payment,overdue receivable,unpaid overdue invoice",
        good: Good::Low,
        ..MONEY
    },
    Concept {
        bases: &["health"],
        words: "health,health score,relationship health,relationship,account health,relationship score,customer health",
        levels: Some((50.0, 75.0)),
        ..SCORE
    },
    Concept {
        bases: &["average_order_value"],
        words: "average order value,aov,mean order value,average order size,average order",
        ..MONEY
    },
    Concept {
        bases: &["order_frequency"],
        words: "order frequency,ordering frequency,orders a week,orders per week",
        ..COUNT
    },
    Concept {
        bases: &["order_gap_days"],
        words: "order gap,gap between order,order interval,ordering interval,time between order",
        ..DAYS
    },
    Concept {
        bases: &["days_since_last_order"],
        words: "last order,days since last order,recency,time since last order,day without order,day without an order",
        verbs: "last ordered",
        ..DAYS
    },
    Concept {
        bases: &["service_issues"],
        words: "service issue,issue,service problem,problem,service failure,service trouble,trouble,service incident,incident,service disruption",
        ..TROUBLE
    },
    Concept {
        bases: &["complaints"],
        words: "complaint,customer complaint",
        verbs: "complained,complaining,complain",
        ..TROUBLE
    },
    Concept {
        bases: &["claims"],
        words: "claim,damage claim,freight claim,open claim,claim count",
        verbs: "filed claim,filed a claim,claimed",
        ..TROUBLE
    },
    Concept {
        bases: &["claim_value"],
        words: "claim value,claim amount,claimed amount,value of claim",
        good: Good::Low,
        ..MONEY
    },
    Concept { bases: &["claim_ratio"], words: "claim ratio,claim rate", good: Good::Low, ..RATIO },
    Concept {
        bases: &["exceptions"],
        words: "exception,delivery exception,shipment exception,disruption,delivery problem,shipping problem",
        ..TROUBLE
    },
    Concept { bases: &["exception_rate"], words: "exception rate", good: Good::Low, ..RATIO },
    Concept { bases: &["deliveries"], words: "delivery,shipment", ..COUNT },
    Concept {
        bases: &["on_time"],
        words: "on time,on time delivery,on time rate,on time performance,punctuality,delivery performance,delivered on time,delivery reliability,on time delivery rate",
        levels: Some((0.9, 0.95)),
        ..RATIO
    },
    Concept {
        bases: &["on_time"],
        words: "late delivery,late shipment,delayed delivery,delay,delayed shipment,delivered late,delivery delay,late order,missed delivery",
        inverse: true,
        good: Good::Low,
        levels: Some((0.05, 0.1)),
        ..RATIO
    },
    Concept {
        bases: &["in_full"],
        words: "in full,delivered in full,completeness",
        levels: Some((0.9, 0.95)),
        ..RATIO
    },
    Concept {
        bases: &["otif"],
        words: "otif,on time in full,on time and in full,service level,service quality",
        levels: Some((0.9, 0.95)),
        ..RATIO
    },
    Concept {
        bases: &["inquiries"],
        words: "inquiry,enquiry,support request,ticket,support ticket,support case,service request,question asked",
        verbs: "inquired,asked question",
        good: Good::Low,
        ..COUNT
    },
    Concept { bases: &["support_intensity"], words: "support intensity", good: Good::Low, ..SCORE },
    Concept {
        bases: &["first_response_hours"],
        words: "first response time,response time,first response,reply time",
        ..HOURS
    },
    Concept {
        bases: &["resolution_hours"],
        words: "resolution time,time to resolve,time to resolution",
        ..HOURS
    },
    Concept { bases: &["first_contact_resolution"], words: "first contact resolution,fcr", ..RATIO },
    Concept {
        bases: &["quotes_requested"],
        words: "quote,quote request,rfq,quotation,quote requested,request for quote",
        verbs: "asked for a quote,requested a quote,requested quote,quoted",
        ..COUNT
    },
    Concept { bases: &["quotes_won"], words: "won quote,quote won,quotation won", verbs: "won", ..COUNT },
    Concept {
        bases: &["quotes_lost"],
        words: "lost quote,quote lost,quotation lost,lost quotation,quote we lost,quote we have lost,quotation we lost,bid we lost,tender we lost",
        verbs: "lost",
        ..TROUBLE
    },
    Concept {
        bases: &["win_rate"],
        words: "win rate,quote win rate,conversion,conversion rate,hit rate",
        levels: Some((0.2, 0.4)),
        ..RATIO
    },
    Concept {
        bases: &["quote_response_hours"],
        words: "quote response time,quote turnaround,quote response",
        ..HOURS
    },
    Concept { bases: &["quote_decision_hours"], words: "quote decision time,decision time", ..HOURS },
    Concept {
        bases: &["days_to_pay"],
        words: "day to pay,payment time,average days to pay,adp,time to pay,to pay,payment day,payment speed",
        window: 365,
        ..DAYS
    },
    Concept {
        bases: &["paid_on_time"],
        words: "paid on time,on time payment,payment discipline,payment behaviour,payment behavior,payment performance,payment record",
        verbs: "pay on time,paying on time,pay promptly,paying promptly,prompt payer,good payer,reliable payer,punctual payer,punctually paying",
        window: 365,
        levels: Some((0.8, 0.95)),
        ..RATIO
    },
    Concept { bases: &["weighted_terms_days"], words: "weighted terms,average term", ..DAYS },
    Concept {
        bases: &["open_balance"],
        words: "open balance,balance,receivable,outstanding balance,outstanding,open receivable,open invoice,debt,outstanding invoice",
        verbs: "owe,owe us,owing",
        good: Good::Low,
        ..MONEY
    },
    Concept {
        bases: &["unapplied_cash"],
        words: "unapplied cash,unallocated payment,unapplied payment",
        ..MONEY
    },
    Concept { bases: &["credit_limit"], words: "credit limit,limit,credit line,line of credit", ..MONEY },
    Concept {
        bases: &["credit_available"],
        words: "available credit,credit headroom,credit left,credit available",
        ..MONEY
    },
    Concept { bases: &["credit_exposure"], words: "exposure,credit exposure", good: Good::Low, ..MONEY },
    Concept {
        bases: &["credit_utilisation", "balance_to_limit"],
        words: "credit utilisation,credit utilization,utilisation,utilization,of their limit,of the limit,of their credit limit,of the credit limit,of its limit,of its credit limit,of limit,of credit limit,limit used,limit use,credit used,limit utilisation,limit utilization,use of limit,use of their limit,use of the limit,use of credit limit",
        good: Good::Low,
        levels: Some((0.3, 0.75)),
        ..RATIO
    },
    Concept {
        bases: &["portal_logins"],
        words: "portal login,login,portal activity,portal visit,portal usage,portal use,portal session",
        verbs: "logged in,logged into the portal,logged into portal,used the portal,using the portal,use the portal,visited the portal,visited portal,log in,logged on",
        last: Some(("days_since_portal", "last_portal_on")),
        ..COUNT
    },
    Concept { bases: &["portal_users"], words: "portal user,active portal user", ..COUNT },
    Concept {
        bases: &["days_since_portal"],
        words: "last login,last portal visit,last portal login,day since portal",
        verbs: "last logged in",
        ..DAYS
    },
    Concept {
        bases: &["nps"],
        words: "nps,net promoter score,promoter score,net promoter",
        window: 365,
        levels: Some((0.0, 50.0)),
        ..SCORE
    },
    Concept {
        bases: &["csat"],
        words: "csat,satisfaction,customer satisfaction,satisfaction score",
        window: 365,
        levels: Some((0.7, 0.9)),
        ..RATIO
    },
    Concept {
        bases: &["ces"],
        words: "ces,effort score,customer effort,customer effort score",
        window: 365,
        levels: Some((4.0, 6.0)),
        ..SCORE
    },
    Concept {
        bases: &["survey_responses"],
        words: "survey response,survey answer,survey,response to survey",
        verbs: "answered survey,answered a survey",
        window: 365,
        ..COUNT
    },
    Concept { bases: &["meetings"], words: "meeting,visit,business review", verbs: "met,met with", ..COUNT },
    Concept {
        bases: &["competitor_mentions"],
        words: "competitor mention,competitor,mention of competitor,competition",
        verbs: "mentioned competitor,mentioned a competitor",
        good: Good::Low,
        ..COUNT
    },
    Concept { bases: &["engagement"], words: "engagement,engagement score,activity level", ..SCORE },
    Concept {
        bases: &["touchpoints"],
        words: "touchpoint,contact,interaction,activity,communication",
        verbs: "contacted,been in touch,in touch,been in contact,heard from,spoken,spoke",
        last: Some(("days_since_contact", "last_contact_on")),
        ..COUNT
    },
    Concept {
        bases: &["days_since_contact"],
        words: "last contact,day since contact,time since contact,last touchpoint,day since last contact",
        verbs: "last contacted",
        ..DAYS
    },
    Concept {
        bases: &["churn_risk"],
        words: "churn risk,churn,risk of churn,churn probability,risk of leaving,churn score,attrition risk,churn likelihood,risk of churning",
        verbs: "at risk of leaving,at risk of churning,at risk of churn,in danger of leaving,likely to churn,likely to leave,about to churn,about to leave,going to leave,going to churn,likely leaving,leaving,churning",
        measure: Measure::Ratio,
        good: Good::Low,
        levels: Some((0.15, 0.35)),
        ..NONE
    },
    Concept { bases: &["clv"], words: "clv,lifetime value,customer lifetime value,ltv,cltv", ..MONEY },
    Concept { bases: &["sentiment"], words: "sentiment,mood,tone", ..SCORE },
    Concept {
        bases: &["profitability", "margin"],
        words: "profitability,profitable,margin,profit,contribution margin",
        ..MONEY
    },
    Concept {
        bases: &["at_stake", "revenue_at_risk"],
        words: "at stake,revenue at risk,money at stake,value at risk",
        good: Good::Low,
        ..MONEY
    },
    Concept { bases: &["cost_to_serve"], words: "cost to serve,service cost", good: Good::Low, ..MONEY },
    Concept {
        bases: &["share_of_lanes", "share_of_wallet"],
        words: "share of wallet,wallet share,share of lane,lane share",
        ..RATIO
    },
    Concept {
        bases: &["data_quality"],
        words: "data quality,data completeness,record quality",
        levels: Some((0.8, 0.95)),
        ..RATIO
    },
    Concept { bases: &["risk_score"], words: "risk score,credit risk,credit score", ..SCORE },
    Concept { bases: &["loyalty_points"], words: "loyalty point,point balance,loyalty", ..COUNT },
];

/// The concept a base belongs to.
pub(super) fn of_base(base: &str) -> Option<usize> {
    CONCEPTS.iter().position(|concept| !concept.inverse && concept.bases.contains(&base))
}

/// Whether two concepts count the same things: lost quotes are quotes.
pub(super) fn akin(one: usize, other: usize) -> bool {
    let family = |place: usize| {
        let base = CONCEPTS.get(place).and_then(|concept| concept.bases.first())?;
        base.split('_').next()
    };
    family(one).is_some() && family(one) == family(other)
}
