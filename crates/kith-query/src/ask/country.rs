//! Countries by the names people use, to their ISO 3166-1 codes.

/// Code, then names, commas between.
pub(super) const COUNTRIES: &[(&str, &str)] = &[
    ("AE", "united arab emirates,uae,emirates"), ("AR", "argentina"), ("AT", "austria"), ("AU", "australia"),
    ("BA", "bosnia,bosnia and herzegovina"), ("BE", "belgium"), ("BG", "bulgaria"), ("BO", "bolivia"),
    ("BR", "brazil"), ("BY", "belarus"), ("CA", "canada"), ("CH", "switzerland"), ("CL", "chile"), ("CN", "china"),
    ("CO", "colombia"), ("CR", "costa rica"), ("CY", "cyprus"), ("CZ", "czechia,czech republic"),
    ("DE", "germany,deutschland"), ("DK", "denmark"), ("DO", "dominican republic"), ("DZ", "algeria"),
    ("EC", "ecuador"), ("EE", "estonia"), ("EG", "egypt"), ("ES", "spain"), ("ET", "ethiopia"), ("FI", "finland"),
    ("FR", "france"), ("GB", "united kingdom,uk,great britain,britain,england,scotland,wales"), ("GH", "ghana"),
    ("GR", "greece"), ("GT", "guatemala"), ("HK", "hong kong"), ("HN", "honduras"), ("HR", "croatia"),
    ("HU", "hungary"), ("ID", "indonesia"), ("IE", "ireland"), ("IL", "israel"), ("IN", "india"), ("IQ", "iraq"),
    ("IR", "iran"), ("IS", "iceland"), ("IT", "italy"), ("JO", "jordan"), ("JP", "japan"), ("KE", "kenya"),
    ("KR", "south korea,korea"), ("KW", "kuwait"), ("KZ", "kazakhstan"), ("LB", "lebanon"), ("LI", "liechtenstein"),
    ("LK", "sri lanka"), ("LT", "lithuania"), ("LU", "luxembourg,luxemburg"), ("LV", "latvia"), ("MA", "morocco"),
    ("MD", "moldova"), ("ME", "montenegro"), ("MK", "north macedonia,macedonia"), ("MT", "malta"), ("MX", "mexico"),
    ("MY", "malaysia"), ("NG", "nigeria"), ("NL", "netherlands,the netherlands,holland"), ("NO", "norway"),
    ("NZ", "new zealand"), ("OM", "oman"), ("PA", "panama"), ("PE", "peru"), ("PH", "philippines"),
    ("PK", "pakistan"), ("PL", "poland"), ("PR", "puerto rico"), ("PT", "portugal"), ("PY", "paraguay"),
    ("QA", "qatar"), ("RO", "romania"), ("RS", "serbia"), ("RU", "russia"), ("SA", "saudi arabia"), ("SE", "sweden"),
    ("SG", "singapore"), ("SI", "slovenia"), ("SK", "slovakia"), ("TH", "thailand"), ("TN", "tunisia"),
    ("TR", "turkey,türkiye,turkiye"), ("TW", "taiwan"), ("TZ", "tanzania"), ("UA", "ukraine"), ("UG", "uganda"),
    ("US", "united states,usa,the us,america,united states of america,states"), ("UY", "uruguay"),
    ("VE", "venezuela"), ("VN", "vietnam"), ("ZA", "south africa"), ("ZM", "zambia"), ("ZW", "zimbabwe"),
];

/// Words for people and things of a country, where they differ from its name.
pub(super) const DEMONYMS: &[(&str, &str)] = &[
    ("AT", "austrian"), ("AU", "australian"), ("BE", "belgian"), ("BR", "brazilian"), ("CA", "canadian"),
    ("CH", "swiss"), ("CN", "chinese"), ("CZ", "czech"), ("DE", "german"), ("DK", "danish"), ("EE", "estonian"),
    ("ES", "spanish"), ("FI", "finnish"), ("FR", "french"), ("GB", "british,english"), ("GR", "greek"),
    ("HU", "hungarian"), ("IE", "irish"), ("IN", "indian"), ("IT", "italian"), ("JP", "japanese"),
    ("LT", "lithuanian"), ("LV", "latvian"), ("MX", "mexican"), ("NL", "dutch"), ("NO", "norwegian"),
    ("PL", "polish"), ("PT", "portuguese"), ("RO", "romanian"), ("SE", "swedish"), ("TR", "turkish"),
    ("UA", "ukrainian"), ("US", "american"),
];
