//! What customers write in English.

use super::Texts;

#[rustfmt::skip]
pub(super) const ENGLISH: Texts = Texts {
    status: &[
        "Could you tell us where order {order} is right now? Our line is waiting for the parts.",
        "Please confirm the delivery date of {order}.",
        "We need a new delivery window for {order}, our dock is closed on {day} morning.",
        "Has {order} left your warehouse yet?",
        "Tracking for {order} has not moved since {day}. Is it still on its way?",
        "Who is the carrier for {order}? The gate needs a name and a plate.",
        "Can {order} be split? We need {count} pieces of {part} this week, the rest can wait.",
        "Please send the packing list for {order} ahead, customs asked for it.",
    ],
    invoice: &[
        "The invoice for {order} shows a freight charge that we did not agree on. Please check.",
        "Please send us a copy of the invoice for {order}.",
        "Our purchase order number is missing on the invoice for {order}.",
        "We were billed {count} pieces of {part} on {order}, but the delivery note says ten less.",
        "Could the invoices go to our new accounts payable address from next month on?",
        "Please send a statement of what is open. Our auditors want it by {day}.",
        "The remittance for {order} went out on {day}. Can you confirm that you have it?",
    ],
    product: &[
        "Is the replacement for part {part} compatible with our older pumps?",
        "Do you stock the sealed version of {part}?",
        "Which lead time do you expect for {count} units of {part} in spring?",
        "We need the data sheet and the certificate of conformity for {part}.",
        "What is the highest temperature that {part} is rated for?",
        "Is there a substitute for {part}? The maker told us that it is discontinued.",
    ],
    quote: &[
        "Please quote {count} pieces of {part} for next month.",
        "We would like prices for a yearly volume of {count} pallets.",
        "What would weekly deliveries cost us instead of monthly ones?",
        "Could you quote {part} with delivery to our second site as well?",
    ],
    change: &[
        "Please add {count} pieces of {part} to {order} if it has not been picked yet.",
        "We have to move {order} back by {days} days, the line is down for maintenance.",
        "Please ship {order} to our other site, the yard here is full.",
        "Can {order} go by parcel instead of freight? It is urgent.",
    ],
    late: &[
        "Order {order} arrived {days} days late and nobody told us. We had to stop a machine.",
        "We are still waiting for an answer about {order}. Please have somebody call us today.",
        "The delivery of {order} was promised for {day}. It is not here. We are looking at other suppliers.",
        "Your portal shows {order} as delivered. It is not here.",
        "This is the third late delivery in a month. {order} cost us a shift.",
        "The carrier missed the window for {order} again; our people waited for {days} hours at the dock.",
        "We planned with your date for {order} and now stand before our own customer without goods.",
    ],
    damaged: &[
        "Two pallets of {order} were damaged again. This is the third time this quarter.",
        "Half of {order} is missing and the driver had no papers. We expect a solution.",
        "The housings of {part} in {order} are cracked, {count} of them. Pictures follow.",
        "{order} came in wet cardboard; the bearings have begun to rust. We want them replaced, not credited.",
        "Wrong parts in {order}: we ordered {part} and got something else in the same box.",
        "The pallet of {order} had fallen over. {count} pieces cannot be used.",
    ],
    praise: &[
        "Thank you for the quick help with {order}, everything arrived in perfect condition.",
        "Great work on {order}; your team saved our weekend.",
        "The new portal is a real help. We see what is coming without a call.",
        "Please pass our thanks on to the driver of {order}, he waited until the crane was free.",
    ],
    days: &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"],
};
