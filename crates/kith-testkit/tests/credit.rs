//! A crowd that wants credit, on both databases: nobody ever gets more than there is, whatever the order and whenever
//! the program dies.

use kith_store::Location;
use kith_testkit::market::{Manner, Market};
use kith_testkit::overshoot::{Checked, check};
use kith_testkit::postgres::fresh_database;

#[test]
fn a_trading_crowd_never_goes_over_a_limit_at_any_position() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let dir = tempfile::tempdir().unwrap();
    let database = fresh_database();
    let mut places = vec![Location::Sqlite(dir.path().join("sqlite"))];
    places.extend(
        database.as_ref().map(|database| Location::Postgres {
            url: database.url.clone(),
            dir: dir.path().join("postgres"),
        }),
    );
    for location in places {
        // Seven dollars owed of twenty: about half of the requests meet the limit.
        let market = runtime.block_on(Market::open(&location, 5, 7, 2_000));
        let crowd = runtime.block_on(market.crowd(24, 1_200, Manner::Trade)).unwrap();
        let checked = check(&market.engine).unwrap();
        let expected = Checked { overshoots: 0, differing: 0, decisions: 1_200, reserved: crowd.reserved };
        assert_eq!(checked, expected);
        assert!((100..1_150).contains(&crowd.reserved), "{crowd:?}");
        // What is read anew from the records gives the same book.
        market.engine.close();
        let settings = kith_engine::Settings { no_checkpoints: true, ..Default::default() };
        let engine = kith_engine::Engine::open(&location, settings).unwrap();
        let verified = engine.verify().unwrap();
        assert_eq!(verified.faults, Vec::<String>::new());
        let again = Market { engine, ..market };
        runtime.block_on(again.crowd(8, 100, Manner::Reserve)).unwrap();
        let checked = check(&again.engine).unwrap();
        assert_eq!((checked.overshoots, checked.differing, checked.decisions), (0, 0, 1_300));
        again.engine.close();
    }
}
