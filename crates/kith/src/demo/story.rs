//! The stories that the demo tells, and how each changes the behaviour of a customer over time.
//!
//! Each is meant to be found by a question: premium customers with falling orders and recent service issues,
//! growing ones, those who have not ordered for 60 days, the worst on-time, the unhappy, the slow payers.

use super::prng::Prng;

/// What happens to a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Story {
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
    /// Left more than 200 days ago, for a competitor.
    Churned,
    /// A route on which nearly half of the deliveries are late.
    Late,
    /// Complains and rates badly, whatever is done.
    Unhappy,
    /// Pays three to six weeks after the due date.
    SlowPayer,
    /// Ordered for the first time within the last 90 days.
    New,
    /// Orders twice as much in one half of the year.
    Seasonal,
    /// Asks for quotes, has not ordered yet.
    Prospect,
}

/// Stories with the number of customers each has among 400, and the tiers in turn (0 standard … 3 strategic).
pub(super) const CAST: &[(Story, usize, &[u8])] = &[
    (Story::Slipping, 8, &[2]),
    (Story::Fading, 12, &[2, 1, 0]),
    (Story::Troubled, 9, &[2, 1]),
    (Story::Growing, 30, &[1, 2, 0, 1, 3]),
    (Story::Silent, 16, &[0, 1, 0, 2]),
    (Story::Churned, 12, &[0, 1, 0, 0, 2]),
    (Story::Late, 10, &[1, 0, 2]),
    (Story::Unhappy, 10, &[0, 1, 2]),
    (Story::SlowPayer, 20, &[0, 1, 0, 2]),
    (Story::New, 20, &[0, 0, 1]),
    (Story::Seasonal, 30, &[0, 1, 2]),
    (Story::Prospect, 12, &[0]),
];

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
}

const USUAL: Mood = Mood {
    orders: 1000,
    late: 55,
    damaged: 12,
    complaints: 70,
    inquiries: 1000,
    nps: 86,
    wins: 620,
    portal: 1000,
};

impl Story {
    /// The behaviour `ago` days before the day of the demo. `turn` is the day (before the demo) on which the
    /// customer's own story begins.
    pub(super) fn mood(self, ago: i64, turn: i64) -> Mood {
        let begun = ago <= turn;
        match self {
            Self::Slipping if begun => Mood {
                orders: 150 + ago * 850 / turn.max(1),
                late: if ago < 60 { 620 } else { 330 },
                damaged: if ago < 60 { 170 } else { 90 },
                // Ten days ago, whatever weekday that was, they complained about it.
                complaints: if (9..=11).contains(&ago) { 1000 } else { 520 },
                inquiries: if (9..=11).contains(&ago) { 9_000 } else { 1500 },
                nps: 42,
                wins: 260,
                portal: 400,
            },
            Self::Fading if begun => {
                Mood { orders: (ago * 1000 / turn.max(1)).max(80), wins: 350, portal: 500, ..USUAL }
            }
            Self::Troubled if begun => {
                Mood { late: 300, damaged: 90, complaints: 380, inquiries: 1600, nps: 66, ..USUAL }
            }
            Self::Growing if begun => {
                Mood { orders: 1000 + (turn - ago) * 3400 / turn.max(1), nps: 92, wins: 760, ..USUAL }
            }
            Self::Silent | Self::Churned if begun => {
                Mood { orders: 0, inquiries: 0, wins: 0, portal: 120, nps: 58, ..USUAL }
            }
            Self::Churned if ago <= turn + 60 => {
                Mood { orders: 600, late: 220, complaints: 420, nps: 38, wins: 150, ..USUAL }
            }
            Self::Late => Mood { late: 430, complaints: 200, nps: 70, ..USUAL },
            Self::Unhappy => Mood { complaints: 560, inquiries: 2200, nps: 34, wins: 450, ..USUAL },
            Self::New if !begun => Mood { orders: 0, inquiries: 0, portal: 0, wins: 0, ..USUAL },
            Self::Prospect => Mood { orders: 0, portal: 300, wins: 0, ..USUAL },
            _ => USUAL,
        }
    }

    /// The day, counted back from the demo, on which the story begins.
    pub(super) fn turn(self, prng: &mut Prng) -> i64 {
        match self {
            Self::Slipping => prng.range(96, 104),
            Self::Fading => prng.range(96, 110),
            Self::Troubled => prng.range(40, 75),
            Self::Growing => prng.range(150, 190),
            Self::Silent => prng.range(65, 150),
            Self::Churned => prng.range(205, 330),
            Self::New => prng.range(35, 85),
            _ => 0,
        }
    }
}
