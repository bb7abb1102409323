//! Where customers are: real cities with believable postal codes, and the warehouses that serve them.

/// A city.
#[derive(Debug)]
pub(super) struct City {
    pub(super) name: &'static str,
    pub(super) state: &'static str,
    /// First characters of its postal codes; the rest is drawn (`#` a digit, `@` a letter).
    pub(super) postal: &'static str,
    /// Its part of a lane key.
    pub(super) zone: &'static str,
}

/// A country with the entity that sells there.
#[derive(Debug)]
pub(super) struct Country {
    pub(super) code: &'static str,
    pub(super) entity: &'static str,
    pub(super) language: &'static str,
    pub(super) calling: &'static str,
    /// Where the goods come from, as part of a lane key.
    pub(super) warehouses: &'static [&'static str],
    pub(super) cities: &'static [City],
    pub(super) streets: &'static [&'static str],
    /// The number stands before the street.
    pub(super) number_first: bool,
    /// Customers of a thousand.
    pub(super) share: i64,
}

const fn city(name: &'static str, state: &'static str, postal: &'static str, zone: &'static str) -> City {
    City { name, state, postal, zone }
}

/// The countries that the company sells to.
pub(super) const COUNTRIES: &[Country] = &[
    Country {
        code: "US",
        entity: "US",
        language: "en-US",
        calling: "+1",
        warehouses: &["US.606", "US.752"],
        cities: &[
            city("Chicago", "IL", "606##", "US.606"),
            city("Milwaukee", "WI", "532##", "US.532"),
            city("Grand Rapids", "MI", "495##", "US.495"),
            city("Cleveland", "OH", "441##", "US.441"),
            city("Columbus", "OH", "432##", "US.432"),
            city("Indianapolis", "IN", "462##", "US.462"),
            city("St. Louis", "MO", "631##", "US.631"),
            city("Kansas City", "MO", "641##", "US.641"),
            city("Dallas", "TX", "752##", "US.752"),
            city("Houston", "TX", "770##", "US.770"),
            city("Tulsa", "OK", "741##", "US.741"),
            city("Memphis", "TN", "381##", "US.381"),
            city("Charlotte", "NC", "282##", "US.282"),
            city("Atlanta", "GA", "303##", "US.303"),
            city("Pittsburgh", "PA", "152##", "US.152"),
            city("Denver", "CO", "802##", "US.802"),
            city("Salt Lake City", "UT", "841##", "US.841"),
            city("Portland", "OR", "972##", "US.972"),
        ],
        streets: &[
            "Industrial Parkway",
            "Foundry Street",
            "Commerce Drive",
            "Lakeside Avenue",
            "Mill Road",
            "Railroad Avenue",
        ],
        number_first: true,
        share: 540,
    },
    Country {
        code: "CA",
        entity: "US",
        language: "en-CA",
        calling: "+1",
        warehouses: &["US.606"],
        cities: &[
            city("Mississauga", "ON", "L5T #@#", "CA.L5T"),
            city("Hamilton", "ON", "L8H #@#", "CA.L8H"),
            city("Calgary", "AB", "T2C #@#", "CA.T2C"),
        ],
        streets: &["Dixie Road", "Burlington Street", "Barlow Trail"],
        number_first: true,
        share: 50,
    },
    Country {
        code: "DE",
        entity: "EU",
        language: "de",
        calling: "+49",
        warehouses: &["NL.30"],
        cities: &[
            city("Duisburg", "NW", "470##", "DE.47"),
            city("Stuttgart", "BW", "703##", "DE.70"),
            city("N\u{fc}rnberg", "BY", "904##", "DE.90"),
            city("Bremen", "HB", "281##", "DE.28"),
            city("Leipzig", "SN", "043##", "DE.04"),
        ],
        streets: &["Industriestra\u{df}e", "Hafenstra\u{df}e", "Werkstra\u{df}e", "Siemensstra\u{df}e"],
        number_first: false,
        share: 110,
    },
    Country {
        code: "NL",
        entity: "EU",
        language: "nl",
        calling: "+31",
        warehouses: &["NL.30"],
        cities: &[
            city("Rotterdam", "ZH", "30## @@", "NL.30"),
            city("Eindhoven", "NB", "56## @@", "NL.56"),
            city("Zwolle", "OV", "80## @@", "NL.80"),
        ],
        streets: &["Havenweg", "Industrieweg", "Ambachtstraat"],
        number_first: false,
        share: 60,
    },
    Country {
        code: "FR",
        entity: "EU",
        language: "fr",
        calling: "+33",
        warehouses: &["NL.30"],
        cities: &[
            city("Lille", "HDF", "590##", "FR.59"),
            city("Lyon", "ARA", "690##", "FR.69"),
            city("Nantes", "PDL", "440##", "FR.44"),
        ],
        streets: &["rue de l'Industrie", "avenue des Forges", "rue du Port"],
        number_first: true,
        share: 60,
    },
    Country {
        code: "PL",
        entity: "EU",
        language: "pl",
        calling: "+48",
        warehouses: &["NL.30"],
        cities: &[city("Katowice", "SL", "40-0##", "PL.40"), city("Pozna\u{144}", "WP", "61-7##", "PL.61")],
        streets: &["ul. Przemys\u{142}owa", "ul. Fabryczna"],
        number_first: false,
        share: 30,
    },
    Country {
        code: "GB",
        entity: "UK",
        language: "en-GB",
        calling: "+44",
        warehouses: &["GB.B"],
        cities: &[
            city("Birmingham", "", "B# #@@", "GB.B"),
            city("Leeds", "", "LS# #@@", "GB.LS"),
            city("Sheffield", "", "S# #@@", "GB.S"),
            city("Glasgow", "", "G# #@@", "GB.G"),
            city("Bristol", "", "BS# #@@", "GB.BS"),
        ],
        streets: &["Foundry Lane", "Station Road", "Canal Street", "Mill Lane"],
        number_first: true,
        share: 120,
    },
    Country {
        code: "IE",
        entity: "UK",
        language: "en-IE",
        calling: "+353",
        warehouses: &["GB.B"],
        cities: &[city("Cork", "", "T12 @#@#", "IE.T12"), city("Limerick", "", "V94 @#@#", "IE.V94")],
        streets: &["Harbour Road", "Dock Road"],
        number_first: true,
        share: 30,
    },
];
