//! Words that say little about whose name it is, words for numbers, and short forms of given names.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Words that join or introduce the parts of a name, and titles.
const LIGHT: &str = "
the of and for to in on at by a an al el ul ur ud as an ibn bin ben bint bte binti de da do dos das di del della du des
la las le les lo los van von vom zu zum zur der den het dem und et y e i o und och og og ve u na mr mrs ms miss mister
dr prof professor sir dame lord lady sheikh shaikh shaykh sheik shaikha sayyid sayed syed haji hajji hadji hajj hadj
mullah mulla maulavi mawlawi maulana molla mawlana qari hafiz imam ayatollah hojjatoleslam monsieur madame mme mlle herr
frau senor senora don dona gen general lt lieutenant col colonel capt captain maj major brig brigadier sgt admiral
marshal comrade engineer eng ing hon rev jr sr mv mt ms mts ss hms aka alias fka nee";

/// Words that many companies bear.
const GENERIC: &str = "
bank banco banque banka bancorp group gruppe groupe grupo gruppo holding holdings international intl global world trading
trade trust industries industry industrial industrie services service enterprises enterprise general national foundation
fund association organization organisation institute university center centre office agency ministry department state
commercial development investment investments investissements inversiones finance financial capital management systems
technology technologies tech solutions engineering construction production products manufacturing export import exports
imports exportaciones importaciones shipping maritime marine transport transportation logistics airlines airways air
aviation oil gas petroleum energy petrochemical chemical steel mining metals electric electronics motor motors real estate
comercializadora distribuidora agropecuaria constructora inmobiliaria sociedad empresa compania fabrica cooperativa
foreign society societe gesellschaft committee council union federation party movement front army brigade network charity relief
insurance securities partners partnership associates consulting consultants supply supplies equipment branch division
north south east west northern southern eastern western central united new europe asia africa middle america";

/// Words for numbers, and Roman ones that are no usual letters.
const NUMBERS: [(&str, u32); 58] = [
    ("zero", 0),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
    ("first", 1),
    ("second", 2),
    ("third", 3),
    ("fourth", 4),
    ("fifth", 5),
    ("sixth", 6),
    ("seventh", 7),
    ("eighth", 8),
    ("ninth", 9),
    ("tenth", 10),
    ("1st", 1),
    ("2nd", 2),
    ("3rd", 3),
    ("4th", 4),
    ("5th", 5),
    ("6th", 6),
    ("7th", 7),
    ("8th", 8),
    ("9th", 9),
    ("10th", 10),
    ("ii", 2),
    ("iii", 3),
    ("iv", 4),
    ("vi", 6),
    ("vii", 7),
    ("viii", 8),
    ("ix", 9),
    ("xi", 11),
    ("xii", 12),
    ("xiii", 13),
];
/// Roman numbers of one letter, which count at the end of a company's name.
const ROMAN_LETTERS: [(&str, u32); 3] = [("i", 1), ("v", 5), ("x", 10)];

/// Abbreviations, each with what it stands for.
const SHORT: [(&str, &str); 30] = [
    ("intl", "international"),
    ("int", "international"),
    ("natl", "national"),
    ("mfg", "manufacturing"),
    ("govt", "government"),
    ("dept", "department"),
    ("univ", "university"),
    ("assn", "association"),
    ("assoc", "association"),
    ("bros", "brothers"),
    ("tech", "technology"),
    ("technologies", "technology"),
    ("org", "organization"),
    ("organisation", "organization"),
    ("centre", "center"),
    ("inst", "institute"),
    ("min", "ministry"),
    ("rep", "republic"),
    ("mohd", "mohammad"),
    ("muhd", "mohammad"),
    ("md", "mohammad"),
    ("abd", "abdul"),
    ("wm", "william"),
    ("chas", "charles"),
    ("st", "saint"),
    ("ind", "industries"),
    ("inds", "industries"),
    ("corpn", "corporation"),
    ("eng", "engineering"),
    ("us", "usa"),
];

/// Given names and how they are shortened.
const NICKNAMES: &str = "
alexander alex alec sasha aleksandr alexandre alejandro aliaksandr oleksandr aleksandar alessandro iskander
alexei aleksei alexey aliaksei oleksii oleksiy alyosha
benjamin ben benny bibi
barack barry
robert bob bobby rob robbie
william bill billy will
richard dick rick ricky
james jim jimmy jamie
john jack johnny
joseph joe joey
michael mike mick misha mikhail mykhailo mikhailo michel miguel
thomas tom tommy
edward ed eddie ted
charles charlie chuck
daniel dan danny
david dave
andrew andy andrei andrey andrii andriy andrej
pavel pavlo paul pablo paolo
viktor victor viktar
ivan ioann
sergei sergey serge serhii serhiy siarhei syarhey
anthony tony
christopher chris
francis frank francisco paco pancho
jose pepe
george jorge
gregory greg
henry harry hank
jeffrey jeff
kenneth ken
lawrence larry
matthew matt
nicholas nick nikolai kolya mykola nikolay mikalai nicolas
patrick pat
peter pete
philip filip phil
ronald ron
samuel sam
stephen steve steven
timothy tim
vladimir volodya vova volodymyr uladzimir wladimir
yevgeny evgeny evgeni eugene zhenya yevhen yauheni evgeniy
dmitry dima dmytro dzmitry dmitriy dmitri
yuri yury jurij iurii yuriy
elizabeth liz beth
margaret maggie peggy
catherine kate katherine ekaterina
susan sue
";

/// Sets of words, made once.
struct Sets {
    light: HashMap<&'static str, ()>,
    generic: HashMap<&'static str, ()>,
    numbers: HashMap<&'static str, u32>,
    short: HashMap<&'static str, &'static str>,
    nicknames: HashMap<&'static str, u32>,
    groups: Vec<Vec<&'static str>>,
}

static SETS: LazyLock<Sets> = LazyLock::new(|| {
    let set = |text: &'static str| text.split_whitespace().map(|word| (word, ())).collect();
    let groups: Vec<Vec<&str>> =
        NICKNAMES.trim().lines().map(|line| line.split_whitespace().collect()).collect();
    let numbered = (0_u32..).zip(&groups);
    let nicknames = numbered.flat_map(|(at, names)| names.iter().map(move |name| (*name, at))).collect();
    Sets {
        light: set(LIGHT),
        generic: set(GENERIC),
        numbers: NUMBERS.into(),
        short: SHORT.into(),
        nicknames,
        groups,
    }
});

/// Whether a word only joins or introduces.
#[must_use]
pub fn is_light(word: &str) -> bool {
    SETS.light.contains_key(word)
}

/// Whether many companies bear a word.
#[must_use]
pub fn is_generic(word: &str) -> bool {
    SETS.generic.contains_key(word)
}

/// What an abbreviation stands for.
#[must_use]
pub fn full(word: &str) -> Option<&'static str> {
    SETS.short.get(word).copied()
}

/// The number that a word means: digits, a word or a Roman number.
#[must_use]
pub fn number(word: &str) -> Option<u32> {
    SETS.numbers.get(word).copied().or_else(|| word.parse().ok())
}

/// The number that a single letter means at the end of a company's name.
#[must_use]
pub fn roman_letter(word: &str) -> Option<u32> {
    ROMAN_LETTERS.iter().find(|(letter, _)| *letter == word).map(|(_, number)| *number)
}

/// The group of short forms that a given name belongs to.
#[must_use]
pub fn nickname(word: &str) -> Option<u32> {
    SETS.nicknames.get(word).copied()
}

/// The names of a group.
#[must_use]
pub fn nicknames(group: u32) -> &'static [&'static str] {
    SETS.groups.get(group as usize).map_or(&[], Vec::as_slice)
}
