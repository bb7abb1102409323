//! What customers write.

use super::prng::Prng;

/// Intent, texts with `{order}` for an order number, and priorities in turn.
type Topic = (&'static str, &'static [&'static str]);

const TOPICS: &[Topic] = &[
    (
        "order_status",
        &[
            "Could you tell us where order {order} is right now? Our line is waiting for the parts.",
            "Please confirm the delivery date of {order}.",
            "We need a new delivery window for {order}, our dock is closed in the morning.",
            "Has {order} left your warehouse yet?",
        ],
    ),
    (
        "invoice_question",
        &[
            "The invoice for {order} shows a freight charge that we did not agree on. Please check.",
            "Please send us a copy of the invoice for {order}.",
            "Our purchase order number is missing on the invoice for {order}.",
        ],
    ),
    (
        "product_question",
        &[
            "Is the replacement for part 4471-B compatible with our older pumps?",
            "Do you stock the sealed version of the 6205 bearing?",
            "Which lead time do you expect for 300 units in spring?",
        ],
    ),
    (
        "quote_request",
        &[
            "Please quote 40 pallets for next month.",
            "We would like prices for a yearly volume of 2,000 units.",
        ],
    ),
];

const COMPLAINTS: &[&str] = &[
    "Order {order} arrived three days late and nobody told us. We had to stop a machine.",
    "Two pallets of {order} were damaged again. This is the third time this quarter.",
    "We are still waiting for an answer about {order}. Please have somebody call us today.",
    "Half of {order} is missing and the driver had no papers. We expect a solution.",
    "The delivery of {order} was promised for Monday. It is Thursday. We are looking at other suppliers.",
    "Your portal shows {order} as delivered. It is not here.",
];

const PRAISE: &[&str] = &[
    "Thank you for the quick help with {order}, everything arrived in perfect condition.",
    "Great work on {order}; your team saved our weekend.",
];

/// Intent and text of an inquiry about an order.
pub(super) fn inquiry(prng: &mut Prng, complaint: bool, order_no: &str) -> (&'static str, String) {
    let (intent, text) = if complaint {
        ("complaint", *prng.pick(COMPLAINTS))
    } else if prng.chance(60) {
        ("praise", *prng.pick(PRAISE))
    } else {
        let (intent, texts) = prng.pick(TOPICS);
        (*intent, *prng.pick(texts))
    };
    (intent, text.replace("{order}", order_no))
}

/// Companies that customers compare with.
pub(super) const COMPETITORS: &[&str] =
    &["Halvorsen Supply", "TransAxle Direct", "Corelink Parts", "Bluewater Freight"];
