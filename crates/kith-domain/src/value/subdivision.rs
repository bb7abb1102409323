//! States and provinces of some federal countries: ISO 3166-2 codes and the names people use.

/// A state or province.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subdivision {
    /// ISO 3166-1 alpha-2 of its country.
    pub country: &'static str,
    /// ISO 3166-2 without the country.
    pub code: &'static str,
    /// Names, commas between; the first is the usual one in English.
    names: &'static str,
}

impl Subdivision {
    /// Its names in lower case, the usual one first.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        self.names.split(',')
    }

    /// ISO 3166-2: `US-TX`.
    #[must_use]
    pub fn iso(self) -> String {
        format!("{}-{}", self.country, self.code)
    }
}

/// The ISO 3166-2 code of a state or province of a country, given by its code, with or without the country, or by a
/// name; the country and the text in capitals where it is neither.
#[must_use]
pub fn iso_of(country: &str, text: &str) -> String {
    let plain = text.trim();
    let bare = plain.get(..country.len()).filter(|head| head.eq_ignore_ascii_case(country));
    let code = bare.and_then(|head| plain.get(head.len()..)?.strip_prefix('-')).unwrap_or(plain);
    let lower = plain.to_lowercase();
    let of = SUBDIVISIONS.iter().filter(|held| held.country.eq_ignore_ascii_case(country));
    let found = of
        .copied()
        .find(|held| held.code.eq_ignore_ascii_case(code) || held.names().any(|name| name == lower));
    match found {
        Some(found) => found.iso(),
        None => format!("{}-{}", country.to_uppercase(), code.to_uppercase()),
    }
}

/// All that are known by name.
pub const SUBDIVISIONS: &[Subdivision] = &[
    of("US", "AL", "alabama"),
    of("US", "AK", "alaska"),
    of("US", "AZ", "arizona"),
    of("US", "AR", "arkansas"),
    of("US", "CA", "california"),
    of("US", "CO", "colorado"),
    of("US", "CT", "connecticut"),
    of("US", "DE", "delaware"),
    of("US", "DC", "district of columbia,washington dc,washington d c"),
    of("US", "FL", "florida"),
    of("US", "GA", "georgia"),
    of("US", "HI", "hawaii"),
    of("US", "ID", "idaho"),
    of("US", "IL", "illinois"),
    of("US", "IN", "indiana"),
    of("US", "IA", "iowa"),
    of("US", "KS", "kansas"),
    of("US", "KY", "kentucky"),
    of("US", "LA", "louisiana"),
    of("US", "ME", "maine"),
    of("US", "MD", "maryland"),
    of("US", "MA", "massachusetts"),
    of("US", "MI", "michigan"),
    of("US", "MN", "minnesota"),
    of("US", "MS", "mississippi"),
    of("US", "MO", "missouri"),
    of("US", "MT", "montana"),
    of("US", "NE", "nebraska"),
    of("US", "NV", "nevada"),
    of("US", "NH", "new hampshire"),
    of("US", "NJ", "new jersey"),
    of("US", "NM", "new mexico"),
    of("US", "NY", "new york,new york state"),
    of("US", "NC", "north carolina"),
    of("US", "ND", "north dakota"),
    of("US", "OH", "ohio"),
    of("US", "OK", "oklahoma"),
    of("US", "OR", "oregon"),
    of("US", "PA", "pennsylvania"),
    of("US", "RI", "rhode island"),
    of("US", "SC", "south carolina"),
    of("US", "SD", "south dakota"),
    of("US", "TN", "tennessee"),
    of("US", "TX", "texas"),
    of("US", "UT", "utah"),
    of("US", "VT", "vermont"),
    of("US", "VA", "virginia"),
    of("US", "WA", "washington,washington state"),
    of("US", "WV", "west virginia"),
    of("US", "WI", "wisconsin"),
    of("US", "WY", "wyoming"),
    of("CA", "AB", "alberta"),
    of("CA", "BC", "british columbia"),
    of("CA", "MB", "manitoba"),
    of("CA", "NB", "new brunswick"),
    of("CA", "NL", "newfoundland and labrador,newfoundland"),
    of("CA", "NS", "nova scotia"),
    of("CA", "NT", "northwest territories"),
    of("CA", "NU", "nunavut"),
    of("CA", "ON", "ontario"),
    of("CA", "PE", "prince edward island"),
    of("CA", "QC", "quebec,québec"),
    of("CA", "SK", "saskatchewan"),
    of("CA", "YT", "yukon"),
    of("AU", "ACT", "australian capital territory"),
    of("AU", "NSW", "new south wales"),
    of("AU", "NT", "northern territory"),
    of("AU", "QLD", "queensland"),
    of("AU", "SA", "south australia"),
    of("AU", "TAS", "tasmania"),
    of("AU", "VIC", "victoria"),
    of("AU", "WA", "western australia"),
    of("DE", "BW", "baden-württemberg,baden-wuerttemberg,baden württemberg,baden wuerttemberg"),
    of("DE", "BY", "bavaria,bayern"),
    of("DE", "BE", "berlin"),
    of("DE", "BB", "brandenburg"),
    of("DE", "HB", "bremen"),
    of("DE", "HH", "hamburg"),
    of("DE", "HE", "hesse,hessen"),
    of("DE", "MV", "mecklenburg-vorpommern,mecklenburg vorpommern,mecklenburg-western pomerania"),
    of("DE", "NI", "lower saxony,niedersachsen"),
    of(
        "DE",
        "NW",
        "north rhine-westphalia,north rhine westphalia,nordrhein-westfalen,nordrhein westfalen,nrw",
    ),
    of("DE", "RP", "rhineland-palatinate,rhineland palatinate,rheinland-pfalz,rheinland pfalz"),
    of("DE", "SL", "saarland"),
    of("DE", "SN", "saxony,sachsen"),
    of("DE", "ST", "saxony-anhalt,saxony anhalt,sachsen-anhalt,sachsen anhalt"),
    of("DE", "SH", "schleswig-holstein,schleswig holstein"),
    of("DE", "TH", "thuringia,thüringen,thueringen"),
    of("MX", "AGU", "aguascalientes"),
    of("MX", "BCN", "baja california"),
    of("MX", "BCS", "baja california sur"),
    of("MX", "CAM", "campeche"),
    of("MX", "CHP", "chiapas"),
    of("MX", "CHH", "chihuahua"),
    of("MX", "CMX", "mexico city,ciudad de méxico,ciudad de mexico,cdmx"),
    of("MX", "COA", "coahuila"),
    of("MX", "COL", "colima"),
    of("MX", "DUR", "durango"),
    of("MX", "GUA", "guanajuato"),
    of("MX", "GRO", "guerrero"),
    of("MX", "HID", "hidalgo"),
    of("MX", "JAL", "jalisco"),
    of("MX", "MEX", "state of mexico,estado de méxico,estado de mexico"),
    of("MX", "MIC", "michoacán,michoacan"),
    of("MX", "MOR", "morelos"),
    of("MX", "NAY", "nayarit"),
    of("MX", "NLE", "nuevo león,nuevo leon"),
    of("MX", "OAX", "oaxaca"),
    of("MX", "PUE", "puebla"),
    of("MX", "QUE", "querétaro,queretaro"),
    of("MX", "ROO", "quintana roo"),
    of("MX", "SLP", "san luis potosí,san luis potosi"),
    of("MX", "SIN", "sinaloa"),
    of("MX", "SON", "sonora"),
    of("MX", "TAB", "tabasco"),
    of("MX", "TAM", "tamaulipas"),
    of("MX", "TLA", "tlaxcala"),
    of("MX", "VER", "veracruz"),
    of("MX", "YUC", "yucatán,yucatan"),
    of("MX", "ZAC", "zacatecas"),
    of("BR", "AC", "acre"),
    of("BR", "AL", "alagoas"),
    of("BR", "AP", "amapá,amapa"),
    of("BR", "AM", "amazonas"),
    of("BR", "BA", "bahia"),
    of("BR", "CE", "ceará,ceara"),
    of("BR", "DF", "distrito federal"),
    of("BR", "ES", "espírito santo,espirito santo"),
    of("BR", "GO", "goiás,goias"),
    of("BR", "MA", "maranhão,maranhao"),
    of("BR", "MT", "mato grosso"),
    of("BR", "MS", "mato grosso do sul"),
    of("BR", "MG", "minas gerais"),
    of("BR", "PA", "pará,para"),
    of("BR", "PB", "paraíba,paraiba"),
    of("BR", "PR", "paraná,parana"),
    of("BR", "PE", "pernambuco"),
    of("BR", "PI", "piauí,piaui"),
    of("BR", "RJ", "rio de janeiro"),
    of("BR", "RN", "rio grande do norte"),
    of("BR", "RS", "rio grande do sul"),
    of("BR", "RO", "rondônia,rondonia"),
    of("BR", "RR", "roraima"),
    of("BR", "SC", "santa catarina"),
    of("BR", "SP", "são paulo,sao paulo"),
    of("BR", "SE", "sergipe"),
    of("BR", "TO", "tocantins"),
    of("AT", "1", "burgenland"),
    of("AT", "2", "carinthia,kärnten,kaernten"),
    of("AT", "3", "lower austria,niederösterreich,niederoesterreich"),
    of("AT", "4", "upper austria,oberösterreich,oberoesterreich"),
    of("AT", "5", "salzburg"),
    of("AT", "6", "styria,steiermark"),
    of("AT", "7", "tyrol,tirol"),
    of("AT", "8", "vorarlberg"),
    of("AT", "9", "vienna,wien"),
];

const fn of(country: &'static str, code: &'static str, names: &'static str) -> Subdivision {
    Subdivision { country, code, names }
}

#[cfg(test)]
mod tests;
