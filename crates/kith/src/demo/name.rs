//! Believable names of companies and people.

use std::collections::BTreeSet;

use super::prng::Prng;

/// Names of one language.
struct Names {
    families: &'static [&'static str],
    women: &'static [&'static str],
    men: &'static [&'static str],
    /// First words of company names beside family names.
    stems: &'static [&'static str],
    /// What the companies do.
    trades: &'static [&'static str],
    forms: &'static [&'static str],
}

const ENGLISH: Names = Names {
    families: &[
        "Abbott",
        "Archer",
        "Barlow",
        "Bennett",
        "Calloway",
        "Carver",
        "Dalton",
        "Dwyer",
        "Ellison",
        "Fairchild",
        "Garrison",
        "Hadley",
        "Harlan",
        "Ingram",
        "Jarvis",
        "Keller",
        "Langford",
        "Mercer",
        "Nolan",
        "Osborne",
        "Pruitt",
        "Quincy",
        "Rourke",
        "Sheridan",
        "Thatcher",
        "Underhill",
        "Vance",
        "Whitaker",
        "Yates",
        "Zeller",
    ],
    women: &[
        "Amanda", "Carla", "Denise", "Erin", "Janet", "Laura", "Monica", "Rachel", "Sandra", "Tracy", "Wendy",
    ],
    men: &["Alan", "Brian", "Curtis", "Derek", "Frank", "Greg", "Ian", "Kevin", "Neil", "Patrick", "Russell"],
    stems: &[
        "Lakeshore",
        "Prairie",
        "Blue Ridge",
        "Iron Gate",
        "Summit",
        "Red River",
        "Northfield",
        "Cedar Creek",
        "Stonebridge",
        "Granite",
        "Harbor Point",
        "Old Mill",
        "Three Rivers",
        "Silver Lake",
        "Westport",
        "Highland",
        "Tri-County",
        "Bayside",
        "Copper Hill",
        "Eagle Pass",
    ],
    trades: &[
        "Machine Works",
        "Pump & Valve",
        "Hydraulics",
        "Tool & Die",
        "Agricultural Equipment",
        "Food Machinery",
        "Trailer Parts",
        "Packaging",
        "Bearings",
        "Industrial Supply",
        "Fabrication",
        "Truck Centers",
        "Conveyor Systems",
        "Castings",
        "Power Transmission",
    ],
    forms: &["Inc.", "LLC", "Co.", "Corp."],
};

const GERMAN: Names = Names {
    families: &[
        "Albrecht",
        "Brinkmann",
        "Dietz",
        "Ehlers",
        "Falk",
        "Gerlach",
        "Hartmann",
        "J\u{e4}ger",
        "Kr\u{fc}ger",
        "Lorenz",
        "Mertens",
        "Neumann",
        "Osterkamp",
        "Reinhardt",
        "Sch\u{e4}fer",
        "Thiele",
        "Vogt",
        "Wagner",
    ],
    women: &["Anja", "Birgit", "Claudia", "Heike", "Katrin", "Sabine", "Ulrike"],
    men: &["Andreas", "Bernd", "Dirk", "Holger", "J\u{fc}rgen", "Matthias", "Stefan"],
    stems: &["Nordwerk", "Rheinland", "Alpen", "Hanse", "Ruhr"],
    trades: &[
        "Maschinenbau",
        "Antriebstechnik",
        "Hydraulik",
        "F\u{f6}rdertechnik",
        "Nutzfahrzeuge",
        "Metallbau",
    ],
    forms: &["GmbH", "GmbH & Co. KG", "AG"],
};

const DUTCH: Names = Names {
    families: &[
        "Bakker",
        "De Groot",
        "Dijkstra",
        "Hoekstra",
        "Kuipers",
        "Meijer",
        "Van den Berg",
        "Visser",
        "Smits",
    ],
    women: &["Anouk", "Esther", "Marieke", "Sanne"],
    men: &["Bas", "Jeroen", "Maarten", "Wouter"],
    stems: &["Maasland", "Delta", "Noordzee", "Veluwe"],
    trades: &["Machines", "Techniek", "Transmissies", "Scheepsbouw", "Landbouwtechniek"],
    forms: &["B.V.", "N.V."],
};

const FRENCH: Names = Names {
    families: &[
        "Aubert",
        "Blanchard",
        "Carpentier",
        "Dufour",
        "Fournier",
        "Lemoine",
        "Marchand",
        "Perrin",
        "Roussel",
    ],
    women: &["Aline", "Camille", "H\u{e9}l\u{e8}ne", "Sophie"],
    men: &["Antoine", "Beno\u{ee}t", "Julien", "Laurent"],
    stems: &["Loire", "Atlantique", "Mistral", "Flandres"],
    trades: &["M\u{e9}canique", "Hydraulique", "Outillage", "\u{c9}quipements", "Transmissions"],
    forms: &["SAS", "SARL", "SA"],
};

const POLISH: Names = Names {
    families: &["Kowalczyk", "Lewandowski", "Nowicki", "Pawlak", "Sikora", "Wojcik", "Zielinski"],
    women: &["Agnieszka", "Ewa", "Joanna"],
    men: &["Grzegorz", "Krzysztof", "Piotr"],
    stems: &["Silesia", "Warta", "Beskid"],
    trades: &["Maszyny", "Hydraulika", "Metal", "Agro"],
    forms: &["Sp. z o.o.", "S.A."],
};

fn names(country: &str) -> &'static Names {
    match country {
        "DE" => &GERMAN,
        "NL" => &DUTCH,
        "FR" => &FRENCH,
        "PL" => &POLISH,
        _ => &ENGLISH,
    }
}

/// A company that has no other's name: short name and legal form.
pub(super) fn company(
    prng: &mut Prng,
    country: &str,
    taken: &mut BTreeSet<String>,
) -> (String, &'static str) {
    let names = names(country);
    let form = match country {
        "GB" | "IE" => "Ltd",
        "CA" => "Ltd.",
        _ => prng.pick(names.forms),
    };
    let mut tries = 0;
    loop {
        tries += 1;
        let trade = prng.pick(names.trades);
        let mut name = match prng.range(0, 5) {
            0..=2 => format!("{} {trade}", prng.pick(names.stems)),
            3 | 4 => format!("{} {trade}", prng.pick(names.families)),
            _ => format!("{} & {} {trade}", prng.pick(names.families), prng.pick(names.families)),
        };
        if tries > 30 {
            // A language runs out of names in a very large demo: its companies then have branches.
            name = format!("{name} {}", taken.len());
        }
        if taken.insert(name.to_lowercase()) {
            return (name, form);
        }
    }
}

/// A person.
pub(super) fn person(prng: &mut Prng, country: &str) -> String {
    let names = names(country);
    let first = if prng.chance(500) { prng.pick(names.women) } else { prng.pick(names.men) };
    format!("{first} {}", prng.pick(names.families))
}

/// A name as part of an address: lower case, without marks, parts joined by `-`.
pub(super) fn slug(name: &str) -> String {
    let plain = |c: char| match c {
        '\u{e4}' | '\u{c4}' => "ae".to_owned(),
        '\u{f6}' | '\u{d6}' => "oe".to_owned(),
        '\u{fc}' | '\u{dc}' => "ue".to_owned(),
        '\u{df}' => "ss".to_owned(),
        '\u{e9}' | '\u{e8}' | '\u{c9}' | '\u{ea}' => "e".to_owned(),
        '\u{ee}' | '\u{ef}' => "i".to_owned(),
        '\u{144}' => "n".to_owned(),
        '\u{142}' => "l".to_owned(),
        c if c.is_ascii_alphanumeric() => c.to_ascii_lowercase().to_string(),
        _ => "-".to_owned(),
    };
    let text: String = name.chars().map(plain).collect();
    text.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}
