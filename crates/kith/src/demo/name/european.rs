//! Names of companies and people on the continent.

use super::Names;

#[rustfmt::skip]
pub(super) const GERMAN: Names = Names {
    families: &[
        "Albrecht", "Brinkmann", "Claasen", "Dietz", "Ehlers", "Falk", "Gerlach", "Hartmann", "Jäger", "Krüger", "Lorenz", "Mertens", "Neumann",
        "Osterkamp", "Pohlmann", "Reinhardt", "Schäfer", "Thiele", "Uhlig", "Vogt", "Wagner", "Ziegler",
    ],
    women: &["Anja", "Birgit", "Claudia", "Elif", "Heike", "Katrin", "Sabine", "Ulrike"],
    men: &["Andreas", "Bernd", "Dirk", "Holger", "Jürgen", "Matthias", "Mehmet", "Stefan"],
    stems: &["Nordwerk", "Rheinland", "Alpen", "Hanse", "Ruhr", "Weser", "Franken", "Sachsen", "Elbe", "Neckar", "Taunus", "Lausitz"],
    trades: &[
        "Maschinenbau", "Antriebstechnik", "Hydraulik", "Fördertechnik", "Nutzfahrzeuge", "Metallbau", "Verpackungstechnik", "Pumpen", "Landtechnik",
        "Werkzeugbau", "Industriebedarf", "Armaturen",
    ],
    forms: &["GmbH", "GmbH & Co. KG", "AG"],
};

#[rustfmt::skip]
pub(super) const DUTCH: Names = Names {
    families: &[
        "Bakker", "De Groot", "Dijkstra", "Hoekstra", "Kuipers", "Meijer", "Van den Berg", "Visser", "Smits", "Terpstra", "Van Dalen", "Zijlstra",
    ],
    women: &["Anouk", "Esther", "Fatima", "Marieke", "Sanne"],
    men: &["Bas", "Jeroen", "Maarten", "Ruud", "Wouter"],
    stems: &["Maasland", "Delta", "Noordzee", "Veluwe", "IJssel", "Peel", "Waal", "Twente"],
    trades: &["Machines", "Techniek", "Transmissies", "Scheepsbouw", "Landbouwtechniek", "Koeltechniek", "Staalbouw", "Verpakkingen", "Pompen"],
    forms: &["B.V.", "B.V.", "N.V."],
};

#[rustfmt::skip]
pub(super) const FRENCH: Names = Names {
    families: &[
        "Aubert", "Blanchard", "Carpentier", "Dufour", "Fournier", "Guérin", "Lemoine", "Marchand", "Perrin", "Roussel", "Thibault", "Vasseur",
    ],
    women: &["Aline", "Camille", "Hélène", "Nadia", "Sophie"],
    men: &["Antoine", "Benoît", "Julien", "Karim", "Laurent"],
    stems: &["Loire", "Atlantique", "Mistral", "Flandres", "Rhône", "Océan", "Ardennes", "Bocage"],
    trades: &["Mécanique", "Hydraulique", "Outillage", "Équipements", "Transmissions", "Emballages", "Pompes", "Manutention", "Chaudronnerie"],
    forms: &["SAS", "SARL", "SA"],
};

#[rustfmt::skip]
pub(super) const POLISH: Names = Names {
    families: &["Kowalczyk", "Lewandowski", "Nowicki", "Pawlak", "Sikora", "Wójcik", "Zieliński", "Górski", "Baran", "Szulc"],
    women: &["Agnieszka", "Ewa", "Joanna", "Małgorzata"],
    men: &["Grzegorz", "Krzysztof", "Piotr", "Tomasz"],
    stems: &["Silesia", "Warta", "Beskid", "Odra", "Mazowsze", "Wisła"],
    trades: &["Maszyny", "Hydraulika", "Metal", "Agro", "Pompy", "Opakowania", "Łożyska"],
    forms: &["Sp. z o.o.", "S.A."],
};
