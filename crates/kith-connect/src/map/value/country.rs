//! Countries: the codes of ISO 3166-1 alpha-2, and what people write instead.

use crate::map::normalise;

/// The code of a country, from its code or one of its names (`Germany`, `Deutschland`, `USA`).
#[must_use]
pub fn country(cell: &str) -> Option<&'static str> {
    let text = cell.trim();
    if text.len() == 2 {
        let upper = text.to_ascii_uppercase();
        let code = if upper == "UK" { "GB" } else { upper.as_str() };
        return CODES.split(' ').find(|known| *known == code);
    }
    let name = normalise(text);
    let name = if name == "us" { "usa" } else { name.as_str() };
    NAMES
        .binary_search_by(|(known, _)| (*known).cmp(name))
        .ok()
        .and_then(|place| NAMES.get(place))
        .map(|row| row.1)
}

/// Names by which countries are known, without case, spaces and marks; for suggestions.
pub fn country_names() -> impl Iterator<Item = &'static str> {
    NAMES.iter().map(|(name, _)| *name)
}

/// Every code, in order.
const CODES: &str = "\
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW \
    BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI \
    FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN \
    IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME \
    MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF \
    PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV \
    SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE \
    YT ZA ZM ZW";

/// Names without case, spaces and marks, in order.
#[rustfmt::skip]
const NAMES: &[(&str, &str)] = &[
    ("afghanistan", "AF"), ("alandislands", "AX"), ("albania", "AL"), ("algeria", "DZ"),
    ("allemagne", "DE"), ("america", "US"), ("americansamoa", "AS"), ("andorra", "AD"), ("angola", "AO"),
    ("anguilla", "AI"), ("antarctica", "AQ"), ("antiguaandbarbuda", "AG"), ("argentina", "AR"),
    ("armenia", "AM"), ("aruba", "AW"), ("aus", "AU"), ("australia", "AU"), ("austria", "AT"),
    ("aut", "AT"), ("azerbaijan", "AZ"), ("bahamas", "BS"), ("bahrain", "BH"), ("bangladesh", "BD"),
    ("barbados", "BB"), ("bel", "BE"), ("belarus", "BY"), ("belgien", "BE"), ("belgique", "BE"),
    ("belgium", "BE"), ("belgië", "BE"), ("belize", "BZ"), ("benin", "BJ"), ("bermuda", "BM"),
    ("bhutan", "BT"), ("bolivia", "BO"), ("boliviaplurinationalstateof", "BO"),
    ("bonairesinteustatiusandsaba", "BQ"), ("bosniaandherzegovina", "BA"), ("botswana", "BW"),
    ("bouvetisland", "BV"), ("bra", "BR"), ("brasil", "BR"), ("brazil", "BR"),
    ("britishindianoceanterritory", "IO"), ("britishvirginislands", "VG"), ("brunei", "BN"),
    ("bruneidarussalam", "BN"), ("bulgaria", "BG"), ("burkinafaso", "BF"), ("burma", "MM"),
    ("burundi", "BI"), ("caboverde", "CV"), ("cambodia", "KH"), ("cameroon", "CM"), ("can", "CA"),
    ("canada", "CA"), ("capeverde", "CV"), ("caymanislands", "KY"), ("centralafricanrepublic", "CF"),
    ("chad", "TD"), ("che", "CH"), ("chile", "CL"), ("china", "CN"), ("chn", "CN"),
    ("christmasisland", "CX"), ("cocoskeelingislands", "CC"), ("colombia", "CO"), ("comoros", "KM"),
    ("congo", "CG"), ("congodemocraticrepublicofthe", "CD"), ("congodrc", "CD"), ("cookislands", "CK"),
    ("costarica", "CR"), ("croatia", "HR"), ("cuba", "CU"), ("curaçao", "CW"), ("cyprus", "CY"),
    ("czechia", "CZ"), ("czechrepublic", "CZ"), ("côtedivoire", "CI"), ("danmark", "DK"),
    ("democraticrepublicofthecongo", "CD"), ("denmark", "DK"), ("deu", "DE"), ("deutschland", "DE"),
    ("djibouti", "DJ"), ("dnk", "DK"), ("dominica", "DM"), ("dominicanrepublic", "DO"), ("drcongo", "CD"),
    ("ecuador", "EC"), ("egypt", "EG"), ("elsalvador", "SV"), ("england", "GB"), ("equatorialguinea", "GQ"),
    ("eritrea", "ER"), ("esp", "ES"), ("españa", "ES"), ("estonia", "EE"), ("eswatini", "SZ"),
    ("ethiopia", "ET"), ("falklandislands", "FK"), ("faroeislands", "FO"), ("fiji", "FJ"), ("fin", "FI"),
    ("finland", "FI"), ("fra", "FR"), ("france", "FR"), ("frankreich", "FR"), ("frenchguiana", "GF"),
    ("frenchpolynesia", "PF"), ("frenchsouthernterritories", "TF"), ("gabon", "GA"), ("gambia", "GM"),
    ("gbr", "GB"), ("georgia", "GE"), ("germany", "DE"), ("ghana", "GH"), ("gibraltar", "GI"),
    ("greatbritain", "GB"), ("greece", "GR"), ("greenland", "GL"), ("grenada", "GD"), ("guadeloupe", "GP"),
    ("guam", "GU"), ("guatemala", "GT"), ("guernsey", "GG"), ("guinea", "GN"), ("guineabissau", "GW"),
    ("guyana", "GY"), ("haiti", "HT"), ("heardislandandmcdonaldislands", "HM"), ("hellas", "GR"),
    ("holland", "NL"), ("holysee", "VA"), ("honduras", "HN"), ("hongkong", "HK"), ("hungary", "HU"),
    ("iceland", "IS"), ("ind", "IN"), ("india", "IN"), ("indonesia", "ID"), ("iran", "IR"), ("iraq", "IQ"),
    ("ireland", "IE"), ("irl", "IE"), ("isleofman", "IM"), ("israel", "IL"), ("ita", "IT"),
    ("italia", "IT"), ("italien", "IT"), ("italy", "IT"), ("ivorycoast", "CI"), ("jamaica", "JM"),
    ("japan", "JP"), ("jersey", "JE"), ("jordan", "JO"), ("jpn", "JP"), ("kazakhstan", "KZ"),
    ("kenya", "KE"), ("kiribati", "KI"), ("korea", "KR"), ("koreademocraticpeoplesrepublicof", "KP"),
    ("korearepublicof", "KR"), ("kuwait", "KW"), ("kyrgyzstan", "KG"),
    ("laopeoplesdemocraticrepublic", "LA"), ("laos", "LA"), ("latvia", "LV"), ("lebanon", "LB"),
    ("lesotho", "LS"), ("liberia", "LR"), ("libya", "LY"), ("liechtenstein", "LI"), ("lithuania", "LT"),
    ("luxembourg", "LU"), ("luxemburg", "LU"), ("macao", "MO"), ("macau", "MO"), ("macedonia", "MK"),
    ("madagascar", "MG"), ("malawi", "MW"), ("malaysia", "MY"), ("maldives", "MV"), ("mali", "ML"),
    ("malta", "MT"), ("marshallislands", "MH"), ("martinique", "MQ"), ("mauritania", "MR"),
    ("mauritius", "MU"), ("mayotte", "YT"), ("mex", "MX"), ("mexico", "MX"), ("micronesia", "FM"),
    ("moldova", "MD"), ("monaco", "MC"), ("mongolia", "MN"), ("montenegro", "ME"), ("montserrat", "MS"),
    ("morocco", "MA"), ("mozambique", "MZ"), ("myanmar", "MM"), ("méxico", "MX"), ("namibia", "NA"),
    ("nauru", "NR"), ("nederland", "NL"), ("nepal", "NP"), ("netherlands", "NL"), ("newcaledonia", "NC"),
    ("newzealand", "NZ"), ("nicaragua", "NI"), ("niederlande", "NL"), ("niger", "NE"), ("nigeria", "NG"),
    ("niue", "NU"), ("nld", "NL"), ("nor", "NO"), ("norfolkisland", "NF"), ("norge", "NO"),
    ("northernireland", "GB"), ("northernmarianaislands", "MP"), ("northkorea", "KP"),
    ("northmacedonia", "MK"), ("norway", "NO"), ("oman", "OM"), ("pakistan", "PK"), ("palau", "PW"),
    ("palestine", "PS"), ("palestinestateof", "PS"), ("panama", "PA"), ("papuanewguinea", "PG"),
    ("paraguay", "PY"), ("peoplesrepublicofchina", "CN"), ("peru", "PE"), ("philippines", "PH"),
    ("pitcairn", "PN"), ("pol", "PL"), ("poland", "PL"), ("polska", "PL"), ("portugal", "PT"),
    ("prt", "PT"), ("puertorico", "PR"), ("qatar", "QA"), ("republicofthecongo", "CG"), ("romania", "RO"),
    ("russia", "RU"), ("russianfederation", "RU"), ("rwanda", "RW"), ("réunion", "RE"),
    ("saintbarthélemy", "BL"), ("sainthelenaascensionandtristandacunha", "SH"),
    ("saintkittsandnevis", "KN"), ("saintlucia", "LC"), ("saintmartin", "MF"),
    ("saintpierreandmiquelon", "PM"), ("saintvincentandthegrenadines", "VC"), ("samoa", "WS"),
    ("sanmarino", "SM"), ("saotomeandprincipe", "ST"), ("saudiarabia", "SA"), ("schweiz", "CH"),
    ("scotland", "GB"), ("senegal", "SN"), ("serbia", "RS"), ("seychelles", "SC"), ("sierraleone", "SL"),
    ("singapore", "SG"), ("sintmaarten", "SX"), ("slovakia", "SK"), ("slovenia", "SI"),
    ("solomonislands", "SB"), ("somalia", "SO"), ("southafrica", "ZA"),
    ("southgeorgiaandthesouthsandwichislands", "GS"), ("southkorea", "KR"), ("southsudan", "SS"),
    ("spain", "ES"), ("spanien", "ES"), ("srilanka", "LK"), ("sudan", "SD"), ("suisse", "CH"),
    ("suomi", "FI"), ("suriname", "SR"), ("svalbardandjanmayen", "SJ"), ("sverige", "SE"),
    ("svizzera", "CH"), ("swaziland", "SZ"), ("swe", "SE"), ("sweden", "SE"), ("switzerland", "CH"),
    ("syria", "SY"), ("syrianarabrepublic", "SY"), ("taiwan", "TW"), ("tajikistan", "TJ"),
    ("tanzania", "TZ"), ("thailand", "TH"), ("thebahamas", "BS"), ("thenetherlands", "NL"),
    ("timorleste", "TL"), ("togo", "TG"), ("tokelau", "TK"), ("tonga", "TO"), ("trinidadandtobago", "TT"),
    ("tunisia", "TN"), ("turkey", "TR"), ("turkmenistan", "TM"), ("turksandcaicosislands", "TC"),
    ("tuvalu", "TV"), ("türkiye", "TR"), ("uae", "AE"), ("uganda", "UG"), ("ukraine", "UA"),
    ("unitedarabemirates", "AE"), ("unitedkingdom", "GB"),
    ("unitedkingdomofgreatbritainandnorthernireland", "GB"), ("unitedstates", "US"),
    ("unitedstatesminoroutlyingislands", "UM"), ("unitedstatesofamerica", "US"), ("uruguay", "UY"),
    ("usa", "US"), ("usvirginislands", "VI"), ("uzbekistan", "UZ"), ("vanuatu", "VU"),
    ("vaticancity", "VA"), ("venezuela", "VE"), ("vietnam", "VN"), ("virginislandsbritish", "VG"),
    ("virginislandsus", "VI"), ("wales", "GB"), ("wallisandfutuna", "WF"), ("westernsahara", "EH"),
    ("yemen", "YE"), ("zambia", "ZM"), ("zimbabwe", "ZW"), ("ålandislands", "AX"), ("österreich", "AT"),
];
