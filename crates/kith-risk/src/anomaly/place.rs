//! Where an order goes, and who and what changed just before it.

use super::{Case, Detector, Severity, Signal};

/// Farther than this from any known address is far.
const FAR_KM: f64 = 500.0;

/// An address that was never shipped to before.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct ShipTo {
    /// Whether it was never shipped to before.
    pub is_new: bool,
    /// A freight forwarder or a home.
    pub is_forwarder_or_home: bool,
    /// Kilometres to the nearest known address, where both are known.
    pub distance_km: Option<f64>,
}

/// A new address alone is worth knowing, with one more sign worth a look, with an unusual amount worth a stop.
pub(super) fn ship_to(case: &Case, is_large: bool) -> Option<Signal> {
    let place = case.ship_to.filter(|place| place.is_new)?;
    let far = place.distance_km.filter(|km| *km > FAR_KM);
    let signs = u32::from(place.is_forwarder_or_home) + u32::from(far.is_some());
    let mut text = "The address was never shipped to before.".to_owned();
    if place.is_forwarder_or_home {
        text.push_str(" It is a forwarder's or a home.");
    }
    if let Some(km) = far {
        text.push_str(&format!(" It lies {km:.0} km from any known one; far is more than {FAR_KM:.0}."));
    }
    let severity = match (is_large, signs) {
        (true, _) => Severity::High,
        (false, 0) => Severity::Low,
        (false, _) => Severity::Medium,
    };
    if is_large {
        text.push_str(" The amount is unusual as well.");
    }
    // With an unusual amount it lies above what is grave, whatever else; without one never.
    let statistic = if is_large { 3 + signs } else { 1 + signs.min(1) };
    Some(signal(case, Detector::NewShipTo, severity, f64::from(statistic), text))
}

/// One of contact, bank and e-mail domain changed within seven days before is worth a look, two worth a stop.
pub(super) fn changed_party(case: &Case) -> Option<Signal> {
    let severity = match case.changed_parties {
        0 => return None,
        1 => Severity::Medium,
        _ => Severity::High,
    };
    let count = case.changed_parties;
    let text =
        format!("{count} of contact, bank and e-mail domain changed in the 7 days before; two are grave.");
    Some(signal(case, Detector::ChangedParty, severity, f64::from(count), text))
}

/// Unusual hours, place or device.
pub(super) fn access(case: &Case) -> Option<Signal> {
    let text = || "Hours, place or device are unusual.".to_owned();
    case.unusual_access.then(|| signal(case, Detector::Access, Severity::Low, 1.0, text()))
}

fn signal(case: &Case, detector: Detector, severity: Severity, statistic: f64, text: String) -> Signal {
    Signal { detector, severity, statistic, threshold: case.thresholds.of(detector), text }
}
