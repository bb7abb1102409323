//! Names of companies and people where English is spoken.

use super::Names;

#[rustfmt::skip]
pub(super) const AMERICAN: Names = Names {
    families: &[
        "Abbott", "Alderman", "Archer", "Ballard", "Barlow", "Bennett", "Brubaker", "Calloway", "Carver", "Chandler", "Colburn", "Crandall",
        "Dalton", "Delaney", "Dietrich", "Dwyer", "Eastman", "Ellison", "Fairchild", "Farrell", "Forsythe", "Garrison", "Gentry", "Gilmore",
        "Hadley", "Halloran", "Harlan", "Hendricks", "Holcomb", "Ingram", "Jarvis", "Keating", "Keller", "Kimball", "Lambert", "Langford",
        "Lindgren", "Lockhart", "Mercer", "Merritt", "Monroe", "Nolan", "Norwood", "Osborne", "Paxton", "Pembroke", "Pruitt", "Quincy",
        "Radcliff", "Rourke", "Sawyer", "Sheridan", "Stratton", "Tanner", "Thatcher", "Underhill", "Vance", "Vandermeer", "Whitaker", "Winslow",
        "Woodard", "Yates", "Zeller", "Zimmer",
    ],
    women: &[
        "Amanda", "Carla", "Denise", "Erin", "Gloria", "Janet", "Keisha", "Laura", "Lucia", "Monica", "Rachel", "Sandra", "Tracy", "Wendy",
    ],
    men: &["Alan", "Brian", "Curtis", "Derek", "Frank", "Greg", "Hector", "Kevin", "Luis", "Neil", "Patrick", "Russell", "Terrence"],
    stems: &[
        "Lakeshore", "Prairie", "Blue Ridge", "Iron Gate", "Summit", "Red River", "Northfield", "Cedar Creek", "Stonebridge", "Granite",
        "Harbor Point", "Old Mill", "Three Rivers", "Silver Lake", "Westport", "Highland", "Tri-County", "Bayside", "Copper Hill", "Eagle Pass",
        "Big Timber", "Black Fork", "Bluestem", "Canyon", "Cottonwood", "Crossroads", "Driftwood", "Flatrock", "Foxborough", "Great Bend",
        "Heartland", "Juniper", "Keystone", "Lone Star", "Mesa Verde", "Millstone", "Ozark", "Painted Rock", "Pinecrest", "Rock Island",
        "Sandhill", "Sawtooth", "Tallgrass", "Timberline", "Trailhead", "Wabash", "White Pine", "Windmill",
    ],
    trades: &[
        "Machine Works", "Pump & Valve", "Hydraulics", "Tool & Die", "Agricultural Equipment", "Food Machinery", "Trailer Parts", "Packaging",
        "Bearings", "Industrial Supply", "Fabrication", "Truck Centers", "Conveyor Systems", "Castings", "Power Transmission", "Fasteners",
        "Compressors", "Filtration", "Diesel Service", "Cold Storage", "Grain Handling", "Sheet Metal", "Mining Supply", "Gear & Drive",
        "Welding Supply", "Crane & Hoist", "Fleet Parts", "Irrigation",
    ],
    forms: &["Inc.", "LLC", "Co.", "Corp."],
};

#[rustfmt::skip]
pub(super) const BRITISH: Names = Names {
    families: &[
        "Ashworth", "Barraclough", "Birtwistle", "Brampton", "Clegg", "Copley", "Crowther", "Dunstan", "Entwistle", "Fairbairn", "Greenhalgh",
        "Hargreaves", "Illingworth", "Kershaw", "Lockwood", "Marsden", "Ormerod", "Pickering", "Ramsbottom", "Sugden", "Thackray", "Wolstenholme",
    ],
    women: &["Alison", "Bethan", "Fiona", "Gemma", "Harriet", "Lorna", "Philippa", "Shona", "Yasmin"],
    men: &["Alistair", "Callum", "Darren", "Gareth", "Graham", "Imran", "Martin", "Rhys", "Stuart"],
    stems: &[
        "Severn", "Pennine", "Clyde", "Mersey", "Black Country", "Cotswold", "Forth", "Humber", "Tyne", "Wessex", "Aire Valley", "Trent",
        "Calder", "Malvern", "Peak",
    ],
    trades: &[
        "Engineering", "Precision Tools", "Pumps", "Hydraulics", "Commercial Vehicles", "Bearings", "Castings", "Process Plant", "Food Equipment",
        "Lifting Gear", "Conveyors", "Plant Hire", "Fabrications", "Couplings", "Valves", "Springs",
    ],
    forms: &["Ltd", "Ltd", "Ltd", "plc"],
};

#[rustfmt::skip]
pub(super) const IRISH: Names = Names {
    families: &["Brosnan", "Cahill", "Dempsey", "Geraghty", "Hanrahan", "Kinsella", "Lenihan", "McGrath", "Nolan", "O'Driscoll", "Tierney"],
    women: &["Aoife", "Ciara", "Maeve", "Niamh", "Sinead"],
    men: &["Cathal", "Conor", "Declan", "Eoin", "Padraig"],
    stems: &["Shannon", "Blackwater", "Burren", "Munster", "Liffey", "Slieve"],
    trades: &["Agri Parts", "Engineering", "Dairy Systems", "Hydraulics", "Haulage", "Machinery", "Pumps", "Steel"],
    forms: &["Ltd", "DAC"],
};
