//! What a page prints is read back as the same figure; what can mean two amounts is asked about.

use kith_api::view::MoneyView;
use kith_domain::value::{Currency, Money};
use proptest::prelude::{Just, any, prop_assert_eq, prop_oneof, proptest};

use super::{Misread, money_with, of_money, percentage, typed, whole};
use crate::web::number::{amount, count, money, number, percent};
use crate::web::words::reading;

const PLACES: [&str; 5] = ["en", "en-US", "de", "de-AT", "de-CH"];

fn currency(code: &str) -> Currency {
    code.parse().unwrap()
}

#[test]
fn german_amounts_are_read_by_germans() {
    reading("de", || {
        assert_eq!(of_money("1.000,50", None).as_deref(), Ok("1000.50"));
        assert_eq!(of_money("10.000", None).as_deref(), Ok("10000"));
        assert_eq!(of_money("25000,5", None).as_deref(), Ok("25000.5"));
        assert_eq!(percentage("33,33 %").as_deref(), Ok("33.33"));
        assert_eq!(whole("1.250"), Ok(1250));
    });
}

#[test]
fn an_amount_that_can_mean_two_is_asked_about() {
    let two = Err(Misread::TwoWays("10".to_owned(), "10000".to_owned()));
    reading("en", || {
        assert_eq!(of_money("10.000", None), two);
        assert_eq!(of_money("10.000", Some(currency("KWD"))).as_deref(), Ok("10.000"));
        assert_eq!(of_money("0.125", None).as_deref(), Ok("0.125"));
        assert_eq!(whole("10.000"), Err(Misread::Broken));
        let fault = money_with("10.000", Some(currency("EUR"))).unwrap_err();
        assert_eq!(fault, "This can mean 10 or 10,000. Type it as one of them.");
    });
    reading("de", || assert_eq!(of_money("10,000", None), two));
}

#[test]
fn the_currency_stands_on_either_side_or_is_meant() {
    let euro = |minor| Ok(Money { minor, currency: currency("EUR") });
    reading("de", || {
        assert_eq!(money_with("50.000,00 EUR", None), euro(5_000_000));
        assert_eq!(money_with("€ 50.000", None), euro(5_000_000));
        assert_eq!(money_with("50.000€", None), euro(5_000_000));
        assert_eq!(money_with("50.000", Some(currency("EUR"))), euro(5_000_000));
        assert!(money_with("50.000", None).is_err());
        assert!(money_with("viel", Some(currency("EUR"))).is_err());
        assert!(money_with("1,005", Some(currency("EUR"))).is_err());
    });
}

proptest! {
    #[test]
    fn what_a_page_prints_is_read_back(
        minor in any::<i64>(),
        places in prop_oneof![Just("EUR"), Just("JPY"), Just("KWD"), Just("CHF")],
    ) {
        let held = Money { minor, currency: currency(places) };
        for place in PLACES {
            reading(place, || {
                let printed = amount(&held.amount());
                let read = of_money(&printed, Some(held.currency)).unwrap();
                prop_assert_eq!(Money::parse(&read, held.currency), Ok(held));
                let view = MoneyView { amount: held.amount(), currency: places.to_owned() };
                prop_assert_eq!(money_with(&money(&view), None), Ok(held));
                Ok(())
            })?;
        }
    }

    #[test]
    fn counts_and_shares_are_read_back(figure in 0_u32..2_000_000_000, share in 0_u16..=1000) {
        for place in PLACES {
            reading(place, || {
                prop_assert_eq!(whole(&count(u64::from(figure))), Ok(i64::from(figure)));
                let fraction = f64::from(share) / 1000.0;
                let read: f64 = percentage(&percent(fraction)).unwrap().parse().unwrap();
                prop_assert_eq!((read * 10.0).round(), f64::from(share));
                let thousandths = f64::from(figure) / 10_000.0;
                let read: f64 = typed(&number(thousandths, 4)).unwrap().parse().unwrap();
                prop_assert_eq!(read, thousandths);
                Ok(())
            })?;
        }
    }
}
