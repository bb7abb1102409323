//! The limit: the worked vector, every guard rail, and what holds for any input.

use proptest::prelude::{Strategy, any, prop_assert, prop_assert_eq, proptest};

use super::{Caps, Guard, LimitInputs, LimitPolicy, Outcome, Proposal, propose};
use crate::class::RiskClass;

fn worked() -> LimitInputs {
    LimitInputs {
        current_minor: Some(8_000_000),
        sales_90d_minor: 18_000_000,
        sales_90d_last_year_minor: None,
        terms_days: 30.0,
        trend_per_week: 0.005,
        class: RiskClass::B,
        is_insolvent: false,
        days_beyond_terms: 8.0,
        broken_promises_180d: 0,
        returned_payments_365d: 0,
        on_time_amount: 0.9,
        history_days: 400,
        paid_invoices: 20,
        caps: Caps::default(),
        guard: Guard::default(),
    }
}

fn proposed(inputs: &LimitInputs) -> Proposal {
    propose(inputs, &LimitPolicy::standard(100))
}

fn rails(proposal: &Proposal) -> Vec<&str> {
    proposal.rails.iter().map(|rail| rail.code.as_str()).collect()
}

#[test]
fn the_worked_example_comes_out_to_the_cent() {
    let proposal = proposed(&worked());
    assert_eq!(proposal.need_minor, 9_851_250);
    assert_eq!(proposal.raw_minor, 11_230_425);
    assert_eq!(proposal.target_minor, 11_000_000);
    assert_eq!((proposal.outcome, proposal.proposed_minor), (Outcome::Raise, 10_000_000));
    assert_eq!(rails(&proposal), ["raise_too_fast"]);
    let steps: Vec<(&str, i64)> =
        proposal.contributions.iter().map(|step| (step.id.as_str(), step.minor)).collect();
    assert_eq!(
        steps,
        [
            ("need", 9_250_000),
            ("growth", 601_250),
            ("class", 1_970_250),
            ("days_beyond_terms", -591_075),
            ("step", -230_425),
            ("guard_rails", -1_000_000),
        ]
    );
}

#[test]
fn it_says_what_would_give_more() {
    let proposal = proposed(&worked());
    let told: Vec<(&str, &str, i64)> = proposal
        .counterfactuals
        .iter()
        .map(|other| (other.input.as_str(), other.to.as_str(), other.limit_minor))
        .collect();
    // Class A: 98,512.50 × 1.5 × 0.95 = 140,380.31; on time: × 1.2 × 1.00 = 118,215; as 3 days beyond terms.
    assert_eq!(
        told,
        [
            ("class", "A", 14_000_000),
            ("days_beyond_terms", "3 days", 11_500_000),
            ("on_time_amount", "98 %", 11_500_000),
        ]
    );
}

#[test]
fn the_least_of_all_caps_holds() {
    let with = |caps: Caps| proposed(&LimitInputs { caps, ..worked() }).target_minor;
    let none = Caps::default();
    assert_eq!(with(Caps { tangible_net_worth_minor: Some(50_000_000), ..none.clone() }), 5_000_000);
    assert_eq!(with(Caps { working_capital_minor: Some(30_000_000), ..none.clone() }), 4_500_000);
    assert_eq!(with(Caps { tangible_net_worth_minor: Some(-500), ..none.clone() }), 0);
    assert_eq!(with(Caps { group_remaining_minor: Some(999_999), ..none.clone() }), 950_000);
    assert_eq!(with(Caps { insured_minor: Some(6_000_000), ..none.clone() }), 11_000_000, "not asked for");
    assert_eq!(
        with(Caps { insured_minor: Some(6_000_000), needs_insurance: true, ..none.clone() }),
        6_000_000
    );
    assert_eq!(with(Caps { needs_insurance: true, ..none }), 0);
    let class_e = LimitInputs { class: RiskClass::E, sales_90d_minor: 900_000_000, ..worked() };
    assert_eq!(proposed(&class_e).target_minor, 1_000_000);
}

#[test]
fn behaviour_counts_between_a_quarter_and_eleven_tenths() {
    let bad = LimitInputs { broken_promises_180d: 9, returned_payments_365d: 4, ..worked() };
    assert_eq!(proposed(&bad).raw_minor, 2_955_375);
    let best = LimitInputs { days_beyond_terms: -2.0, on_time_amount: 1.0, ..worked() };
    assert_eq!(proposed(&best).raw_minor, 12_412_575);
}

#[test]
fn seasons_count_by_the_better_of_both_years_and_trends_are_bounded() {
    let season = LimitInputs { sales_90d_last_year_minor: Some(36_000_000), ..worked() };
    assert_eq!(proposed(&season).need_minor, 19_702_500);
    assert_eq!(proposed(&LimitInputs { trend_per_week: -0.9, ..worked() }).need_minor, 7_400_000);
    assert_eq!(proposed(&LimitInputs { trend_per_week: 0.9, ..worked() }).need_minor, 12_025_000);
}

#[test]
fn without_history_there_is_a_first_limit_and_no_other() {
    let young = LimitInputs { current_minor: None, paid_invoices: 2, ..worked() };
    let first = proposed(&young);
    assert_eq!((first.outcome, first.proposed_minor), (Outcome::Set, 500_000));
    let caps = Caps { recommended_minor: Some(9_000_000), ..Caps::default() };
    assert_eq!(proposed(&LimitInputs { caps, ..young.clone() }).proposed_minor, 2_500_000);
    let kept = proposed(&LimitInputs { current_minor: Some(5_000_000), history_days: 89, ..worked() });
    assert_eq!((kept.outcome, kept.proposed_minor), (Outcome::Keep, 5_000_000));
    assert_eq!(rails(&kept), ["short_history"]);
    assert_eq!(proposed(&LimitInputs { current_minor: None, ..worked() }).proposed_minor, 11_000_000);
}

#[test]
fn nothing_is_raised_while_something_speaks_against_it() {
    let with = |guard: Guard| proposed(&LimitInputs { guard, ..worked() });
    for (guard, code) in [
        (Guard { in_probation: true, ..Guard::default() }, "probation"),
        (Guard { on_watch: true, ..Guard::default() }, "watch"),
        (Guard { disputed_share: 0.11, ..Guard::default() }, "disputed"),
        (Guard { days_since_raise: Some(29), ..Guard::default() }, "raised_lately"),
    ] {
        let kept = with(guard);
        assert_eq!((kept.outcome, kept.proposed_minor), (Outcome::Keep, 8_000_000), "{code}");
        assert_eq!(rails(&kept), [code]);
    }
    assert_eq!(with(Guard { days_since_raise: Some(30), ..Guard::default() }).outcome, Outcome::Raise);
    assert_eq!(with(Guard { disputed_share: 0.10, ..Guard::default() }).outcome, Outcome::Raise);
}

#[test]
fn a_cut_halves_at_most_in_a_week_unless_all_is_lost() {
    let poor = LimitInputs { class: RiskClass::E, ..worked() };
    let cut = proposed(&poor);
    assert_eq!(cut.target_minor, 1_000_000);
    assert_eq!((cut.outcome, cut.proposed_minor), (Outcome::Cut, 4_000_000));
    assert_eq!(rails(&cut), ["cut_too_fast"]);
    let guard = Guard { highest_7d_minor: Some(8_000_000), exposure_minor: 7_000_000, ..Guard::default() };
    let again = proposed(&LimitInputs { current_minor: Some(4_000_000), guard, ..poor });
    assert_eq!((again.outcome, again.proposed_minor), (Outcome::Keep, 4_000_000), "already halved this week");
    let lost = proposed(&LimitInputs { class: RiskClass::F, history_days: 3, ..worked() });
    assert_eq!((lost.outcome, lost.proposed_minor), (Outcome::Cut, 0));
    let insolvent = proposed(&LimitInputs { is_insolvent: true, ..worked() });
    assert_eq!((insolvent.outcome, insolvent.proposed_minor), (Outcome::Cut, 0));
}

#[test]
fn a_cut_below_what_is_owed_is_allowed_and_says_so() {
    let guard = Guard { exposure_minor: 6_000_000, ..Guard::default() };
    let cut = proposed(&LimitInputs { class: RiskClass::D, guard, ..worked() });
    assert_eq!((cut.outcome, cut.proposed_minor), (Outcome::Cut, 5_000_000));
    assert_eq!(rails(&cut), ["below_exposure"]);
}

#[test]
fn small_moves_are_left_alone_and_small_limits_may_still_grow() {
    let near = proposed(&LimitInputs { current_minor: Some(10_100_000), ..worked() });
    assert_eq!((near.outcome, near.proposed_minor), (Outcome::Keep, 10_100_000));
    assert_eq!(rails(&near), ["small_change"]);
    let tiny = proposed(&LimitInputs { current_minor: Some(60_000), ..worked() });
    assert_eq!((tiny.outcome, tiny.proposed_minor), (Outcome::Raise, 75_000));
}

#[test]
fn steps_grow_with_the_amount_and_fit_the_currency() {
    let policy = LimitPolicy::standard(1);
    for (amount, floor, ceil) in [
        (9_999, 9_500, 10_000),
        (10_999, 10_000, 11_000),
        (104_999, 100_000, 105_000),
        (1_024_999, 1_000_000, 1_025_000),
        (500, 500, 500),
        (-3, 0, 0),
    ] {
        assert_eq!((policy.floor_to_step(amount), policy.ceil_to_step(amount)), (floor, ceil), "{amount}");
    }
}

fn any_inputs() -> impl Strategy<Value = LimitInputs> {
    let amounts = (any::<Option<i64>>(), any::<i64>(), any::<Option<i64>>(), any::<Option<i64>>());
    let ratios = (any::<f64>(), any::<f64>(), any::<f64>(), 0.0..=1.0_f64);
    let counts = (any::<u32>(), any::<u32>(), 0..200_u32, 0..6_u32, 0..6_usize, any::<bool>());
    (amounts, ratios, counts).prop_map(|(amounts, ratios, counts)| LimitInputs {
        current_minor: amounts.0.map(|minor| minor.saturating_abs()),
        sales_90d_minor: amounts.1,
        sales_90d_last_year_minor: amounts.2,
        terms_days: ratios.0,
        trend_per_week: ratios.1,
        class: RiskClass::ALL[counts.4],
        is_insolvent: counts.5,
        days_beyond_terms: ratios.2,
        broken_promises_180d: counts.0,
        returned_payments_365d: counts.1,
        on_time_amount: ratios.3,
        history_days: counts.2,
        paid_invoices: counts.3,
        caps: Caps { working_capital_minor: amounts.3, ..Caps::default() },
        guard: Guard::default(),
    })
}

proptest! {
    #[test]
    fn the_steps_add_up_and_the_limit_stays_within_its_bounds(inputs in any_inputs()) {
        let proposal = proposed(&inputs);
        let sum: i64 = proposal.contributions.iter().map(|step| step.minor).sum();
        prop_assert_eq!(sum, proposal.proposed_minor);
        prop_assert!(proposal.proposed_minor >= 0);
        if proposal.outcome != Outcome::Keep {
            prop_assert!(proposal.outcome == Outcome::Cut
                || proposal.proposed_minor <= LimitPolicy::standard(100).most(inputs.class));
        }
        match (proposal.outcome, inputs.current_minor) {
            (Outcome::Raise, Some(current)) => {
                prop_assert!(proposal.proposed_minor > current);
                prop_assert!(current == 0 || proposal.proposed_minor <= current.saturating_add(current / 4));
            }
            (Outcome::Cut, Some(current)) => prop_assert!(proposal.proposed_minor < current),
            (Outcome::Keep, current) => prop_assert_eq!(proposal.proposed_minor, current.unwrap_or(0)),
            (Outcome::Set, current) => prop_assert!(current.is_none()),
            (outcome, None) => prop_assert!(false, "{:?} of nothing", outcome),
        }
    }

    #[test]
    fn worse_behaviour_never_makes_a_higher_target(
        sales in 0..1_000_000_000_i64, days in 0.0..90.0_f64, more in 0.0..90.0_f64, notches in 0..6_i8,
    ) {
        let with = |days_beyond_terms, class| {
            proposed(&LimitInputs { sales_90d_minor: sales, days_beyond_terms, class, ..worked() }).target_minor
        };
        prop_assert!(with(days + more, RiskClass::B) <= with(days, RiskClass::B));
        prop_assert!(with(days, RiskClass::A.moved(notches)) <= with(days, RiskClass::A));
    }
}
