//! The stories that the demo tells, and how each changes the behaviour of a customer over time.
//!
//! Each is meant to be found by a question: premium customers with falling orders and recent service issues,
//! growing ones, those who have not ordered for 60 days, the worst on-time, the unhappy, the slow payers. Who has which
//! story, and why, stands in [`super::plan`].

use super::prng::Prng;

/// What happens to a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Story {
    /// Orders as ever.
    Steady,
    /// More every week in the last half year.
    Growing,
    /// Late and damaged deliveries, complaints, and since then fewer orders every week.
    Slipping,
    /// Fewer orders every week, without trouble.
    Fading,
    /// Trouble with deliveries, but orders go on.
    Troubled,
    /// No order for 65 to 150 days.
    Silent,
    /// Left more than 200 days ago.
    Churned,
    /// A route on which nearly half of the deliveries are late.
    Late,
    /// Complains and rates badly, whatever is done.
    Unhappy,
    /// Pays two to five weeks after the due date.
    SlowPayer,
    /// Stopped paying, and ordering, two to three months ago.
    Defaulting,
    /// Orders so much in the last weeks that its limit is too small.
    Stretched,
    /// Draws goods in a hurry for two weeks and pays nothing any more.
    BustOut,
    /// Ordered for the first time within the last 90 days.
    New,
    /// Orders with the seasons of its industry.
    Seasonal,
    /// Asks for quotes, has not ordered yet.
    Prospect,
}

/// Why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cause {
    None,
    Delays,
    Damage,
    Price,
    Insourcing,
    WeakMarket,
    Closure,
    Insolvency,
    NewPlant,
    WonOver,
}

impl Cause {
    /// The word of the field that says why a customer was lost.
    pub(super) fn word(self) -> Option<&'static str> {
        match self {
            Self::Delays | Self::Damage => Some("service"),
            Self::Price => Some("price"),
            Self::Insourcing => Some("insourced"),
            Self::Closure => Some("plant_closed"),
            Self::Insolvency => Some("insolvent"),
            Self::WeakMarket => Some("weak_market"),
            Self::None | Self::NewPlant | Self::WonOver => None,
        }
    }
}

/// How a customer behaves on one day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mood {
    /// Orders in thousandths of the customer's own rate.
    pub(super) orders: i64,
    /// Late deliveries in a thousand.
    pub(super) late: i64,
    /// Damaged or short deliveries in a thousand.
    pub(super) damaged: i64,
    /// Complaints among a thousand inquiries.
    pub(super) complaints: i64,
    /// Inquiries in thousandths of the usual rate.
    pub(super) inquiries: i64,
    /// Average of NPS answers, in tenths.
    pub(super) nps: i64,
    /// Quotes won of a thousand.
    pub(super) wins: i64,
    /// Portal visits in thousandths of the usual rate.
    pub(super) portal: i64,
    /// Nothing grave happens.
    pub(super) is_calm: bool,
}

const USUAL: Mood = Mood {
    orders: 1000,
    late: 45,
    damaged: 9,
    complaints: 60,
    inquiries: 1000,
    nps: 87,
    wins: 620,
    portal: 1000,
    is_calm: false,
};

/// Nothing at all, but somebody still looks at the portal now and then.
const GONE: Mood = Mood { orders: 0, inquiries: 0, wins: 0, portal: 120, nps: 58, ..USUAL };

/// Mood of a customer in trouble, by what the trouble is.
fn trouble(cause: Cause, worst: i64) -> (i64, i64) {
    match cause {
        Cause::Damage => (60 + worst / 6, worst * 3 / 5),
        _ => (worst, worst / 6),
    }
}

impl Story {
    /// The behaviour `ago` days before the day of the demo. `turn` is the day (before the demo) on which the
    /// customer's own story begins.
    pub(super) fn mood(self, cause: Cause, ago: i64, turn: i64) -> Mood {
        let begun = ago <= turn;
        match self {
            Self::Slipping if begun => slipping(cause, ago, turn),
            Self::Fading if begun => Mood {
                orders: (ago * 1000 / turn.max(1)).max(80),
                wins: 350,
                portal: 500,
                is_calm: true,
                ..USUAL
            },
            Self::Troubled if begun => {
                let (late, damaged) = trouble(cause, 300);
                Mood { late, damaged, complaints: 360, inquiries: 1600, nps: 68, ..USUAL }
            }
            Self::Growing if begun => {
                Mood { orders: 1000 + (turn - ago) * 2_400 / turn.max(1), nps: 92, wins: 760, ..USUAL }
            }
            Self::Silent | Self::Churned if begun => GONE,
            Self::Defaulting if begun => Mood { inquiries: 300, ..GONE },
            Self::Churned if ago <= turn + 60 => leaving(cause),
            Self::Stretched if ago <= 24 => Mood { orders: 2_600, ..USUAL },
            Self::BustOut if ago <= 13 => Mood { orders: 3_600, ..USUAL },
            Self::Late => Mood { late: 430, complaints: 200, nps: 72, ..USUAL },
            Self::Unhappy => Mood { complaints: 560, inquiries: 2200, nps: 34, wins: 450, ..USUAL },
            Self::New if !begun => Mood { orders: 0, inquiries: 0, portal: 0, wins: 0, ..USUAL },
            Self::Prospect => Mood { orders: 0, portal: 300, wins: 0, ..USUAL },
            _ => USUAL,
        }
    }

    /// Whether deliveries or answers go wrong more than elsewhere.
    pub(super) fn goes_wrong(self) -> bool {
        matches!(self, Self::Slipping | Self::Troubled | Self::Late | Self::Unhappy)
    }

    /// The day, counted back from the demo, on which the story begins.
    pub(super) fn turn(self, prng: &mut Prng) -> i64 {
        match self {
            Self::Slipping => prng.range(96, 104),
            Self::Fading => prng.range(96, 110),
            Self::Troubled => prng.range(40, 75),
            Self::Growing => prng.range(150, 190),
            Self::Silent => prng.range(65, 150),
            Self::Churned => prng.range(205, 500),
            Self::Defaulting => prng.range(85, 110),
            Self::New => prng.range(35, 85),
            _ => 0,
        }
    }
}

fn slipping(cause: Cause, ago: i64, turn: i64) -> Mood {
    // Ten days ago, whatever weekday that was, they complained about it.
    let complained = (9..=11).contains(&ago);
    let (late, damaged) = trouble(cause, if ago < 60 { 600 } else { 330 });
    Mood {
        orders: 150 + ago * 850 / turn.max(1),
        late,
        damaged,
        complaints: if complained { 1000 } else { 520 },
        inquiries: if complained { 9_000 } else { 1500 },
        nps: 42,
        wins: 260,
        portal: 400,
        is_calm: false,
    }
}

/// The last two months of a customer that leaves.
fn leaving(cause: Cause) -> Mood {
    match cause {
        Cause::Delays | Cause::Damage => {
            Mood { orders: 600, late: 300, complaints: 480, nps: 36, wins: 150, ..USUAL }
        }
        Cause::Price => Mood { orders: 550, wins: 40, nps: 70, ..USUAL },
        _ => Mood { orders: 450, wins: 200, portal: 400, ..USUAL },
    }
}
