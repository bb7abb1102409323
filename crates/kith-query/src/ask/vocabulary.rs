//! Phrases → meanings: the words of the grammar, of the concepts, and of this organisation's catalogue.

mod region;

use std::collections::{BTreeMap, BTreeSet};

use super::concept::CONCEPTS;
use super::country::{COUNTRIES, DEMONYMS};
use super::ending::{ENDINGS, ENDS, Ends};
use super::ordinary::ordinary;
use super::preset::{LIMIT, PRESETS};
use super::quantity::known_words;
use super::token::stems;
use crate::ast::BinaryOp;
use crate::catalogue::{Catalogue, FieldIndex, Group, Kind};

/// Which end of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rank {
    Top,
    Bottom,
    Best,
    Worst,
    Most,
    Least,
}

/// What a phrase means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Meaning {
    Concept(usize),
    Activity(usize),
    Preset(usize),
    /// A value of an enum field.
    Value(FieldIndex, usize),
    Field(FieldIndex),
    /// A field by its id, window included.
    Exact(FieldIndex),
    Country(&'static str),
    /// A state or province, by its place in the list.
    Region(usize),
    /// "slowest to pay" (true), "fastest to pay".
    Payers(bool),
    /// `declining`, `growing`, `flat`.
    Trend(&'static str),
    /// "fastest growing" (true), "fastest declining".
    Steepest(bool),
    Compare(BinaryOp),
    /// "or more", after the number.
    Suffix(BinaryOp),
    Between,
    Rank(Rank),
    /// "high" (true), "low".
    Level(bool),
    /// "good" (true), "poor".
    Quality(bool),
    Recent,
    Never,
    Not,
    /// Negates every part up to the end of its "or".
    Neither,
    /// "and not".
    Nor,
    With,
    And,
    Or,
    By,
    /// "ascending" (true), "descending".
    Direction(bool),
    Mine,
    Me,
    Count,
    New,
    Newest,
    Created,
    Noun,
    Is,
    Contains,
    Late,
    /// "closest to their limit".
    Closest,
    /// Something that comes to an end: a contract, a document.
    Ending(usize),
    /// "expiring", "has expired".
    Ends(Ends),
    /// "soon".
    Soon,
    Why,
    Pronoun,
    Filler,
}

const GRAMMAR: &[(Meaning, &str)] = &[
    (
        Meaning::Trend("declining"),
        "drop,drops,fall,falls,dip,dips,declines,decreases,shrinks,dipping,dipped,slump,slumping,plummeting,going south,declining,decline,decreasing,decreased,decrease,falling,fallen,fell,shrinking,shrunk,dropping,dropped,going down,slipping,sinking,weakening,deteriorating,slowing,slowing down,contracting,trending down,down,on the decline,in decline,ordering less,buying less,order less,buy less,ordered less,bought less,spending less,spend less,losing volume,downward,worsening,dwindling,diminishing,reduced,tailing off,dropping off,softening",
    ),
    (
        Meaning::Trend("growing"),
        "growing,grown,grew,increasing,increased,increase,rising,risen,going up,climbing,expanding,trending up,up,on the rise,ordering more,buying more,order more,buy more,ordered more,bought more,spending more,spend more,upward,improving,accelerating",
    ),
    (Meaning::Trend("flat"), "flat,stable,steady,unchanged,constant,stagnant,stagnating"),
    (Meaning::Steepest(true), "fastest growing,growing fastest,growing the fastest,steepest growth"),
    (
        Meaning::Steepest(false),
        "fastest declining,fastest shrinking,fastest falling,declining fastest,falling fastest,steepest decline",
    ),
    (
        Meaning::Compare(BinaryOp::Greater),
        "more than,over,above,greater than,higher than,larger than,bigger than,exceed,exceeding,exceeded,beyond,in excess of,better than,longer than,upwards of,older than,later than,slower than",
    ),
    (
        Meaning::Compare(BinaryOp::GreaterEqual),
        "at least,minimum,minimum of,not less than,no less than,no fewer than,not under,not below",
    ),
    (
        Meaning::Compare(BinaryOp::Less),
        "less than,under,below,lower than,fewer than,smaller than,worse than,shorter than,short of,younger than,earlier than,faster than",
    ),
    (
        Meaning::Compare(BinaryOp::LessEqual),
        "at most,up to,maximum,maximum of,not more than,no more than,not over,not above,no higher than",
    ),
    (Meaning::Compare(BinaryOp::Equal), "exactly,equal to,equals,precisely"),
    (
        Meaning::Suffix(BinaryOp::GreaterEqual),
        "or more,or higher,or above,or over,or better,and above,and more,plus,or longer,and up",
    ),
    (Meaning::Suffix(BinaryOp::LessEqual), "or less,or fewer,or lower,or below,or under,and below,or worse"),
    (Meaning::Between, "between,ranging from,in the range of,in the range"),
    (
        Meaning::Payers(true),
        "slowest payer,pay slowest,pay the slowest,slowest to pay,slowest paying,pay latest,pay the latest,latest payer,pay worst,pay the worst,worst paying",
    ),
    (
        Meaning::Payers(false),
        "fastest payer,quickest payer,promptest payer,most punctual payer,most reliable payer,pay fastest,pay the fastest,pay quickest,pay the quickest,pay earliest,pay soonest,pay best,pay the best,fastest to pay,quickest to pay,fastest paying,best paying",
    ),
    (Meaning::Rank(Rank::Top), "top,leading,highest ranked,first"),
    (Meaning::Rank(Rank::Bottom), "bottom"),
    (Meaning::Rank(Rank::Best), "best,strongest"),
    (Meaning::Rank(Rank::Worst), "worst,weakest,poorest"),
    (Meaning::Rank(Rank::Most), "most,highest,biggest,largest,greatest,longest,most valuable,most important"),
    (Meaning::Rank(Rank::Least), "least,lowest,fewest,smallest,shortest"),
    (
        Meaning::Level(true),
        "high,large,big,lots of,lot of,many,heavy,strong,elevated,excessive,considerable,significant",
    ),
    (Meaning::Level(false), "low,few,weak,little,small"),
    (Meaning::Quality(true), "good,great,excellent"),
    (Meaning::Quality(false), "bad,poor,terrible,unsatisfactory,insufficient"),
    (Meaning::Recent, "recent,recently,lately,of late,latest,just"),
    (Meaning::Never, "never,never ever,not ever,ever"),
    (
        Meaning::Not,
        "not,no,without,non,none,lacking,missing,excluding,exclude,except,except for,other than,outside,outside of,have no,has no,no longer,without any,lack,zero",
    ),
    (Meaning::Neither, "neither"),
    (Meaning::Nor, "nor"),
    (
        Meaning::With,
        "with,have,having,had,has,who have,showing,facing,suffering,suffering from,experiencing,reporting,got,reported,including,had some,whose",
    ),
    (Meaning::And, "and,but,and also,as well as,plus also,who also,while,yet"),
    (Meaning::Or, "or,or else,and/or"),
    (
        Meaning::By,
        "by,sorted by,ranked by,ordered by,order by,sort by,rank by,in order of,in terms of,according to,ranked on,sort on,measured by",
    ),
    (Meaning::Direction(true), "ascending,lowest first,smallest first,worst first,low to high"),
    (Meaning::Direction(false), "descending,highest first,largest first,biggest first,high to low"),
    (
        Meaning::Mine,
        "my,mine,i manage,i own,i look after,assigned to me,i am responsible for,managed by me,owned by me,in my portfolio,my portfolio,my book",
    ),
    (Meaning::Me, "myself"),
    (
        Meaning::Count,
        "how many,number of customer,number of account,count,count of,how many of,total number of",
    ),
    (Meaning::New, "new,newly"),
    (Meaning::Newest, "newest,most recent customer,youngest"),
    (
        Meaning::Created,
        "created,onboarded,joined,signed up,added,acquired,opened,became customer,became a customer,become a customer",
    ),
    (
        Meaning::Noun,
        "customer,account,client,company,buyer,organisation,organization,firm,shipper,customer account,everyone,anyone,anybody,everybody,somebody,debtor,portfolio,customer base,people,business",
    ),
    (Meaning::Is, "is,are,was,were,be,been,being,am,become,became,remain,stay,turned,get,getting"),
    (Meaning::Contains, "contain,containing,including the word,like"),
    (Meaning::Late, "late"),
    (Meaning::Soon, "soon,shortly,in the near future,before long"),
    (Meaning::Why, "why,how come,what explain,explain"),
    (Meaning::Pronoun, "it,its,this one,that one,he,she"),
    (
        Meaning::Filler,
        "me,take,taking,took,much,money,how much,place,placed,make,made,anything,something,at all,rank,sort,ranking,time,pay,paying,compare,using,use,used,utilising,comparing,a,an,the,of,in,on,at,to,for,from,our,we,us,i,you,your,please,show,list,give,find,get me,tell,display,see,want,would,like to,would like,need,which,what,who,whom,that,those,these,their,they,them,there,do,does,did,will,can,could,should,all,any,every,each,some,currently,now,still,also,both,either,then,than,about,how,where,when,as,per,it is,kindly,let,know,look,looking,look like,doing,going,performing,today,view,search,query,question,ask,out,only,really,very,quite,most of,rate,level,value of,status of,overview,summary,summarise,summarize,profile,picture,situation,state of,update on,thing,terms,regarding,concerning,so,far,currently have,right now,at the moment,pull,pull up,fetch,return,report,filter,hi,hello,hey,thank,may,might,must,been having,if,again,current,actual,s,history,figures,number,trend,trends,development",
    ),
];

/// More words for enum values, wherever a field has the value.
const VALUE_WORDS: &[(&str, &str)] = &[
    ("prospect", "lead,prospective,potential customer"),
    ("churned", "lost customer,lost account,former,ex,left us,gone"),
    ("strategic", "key account"),
    ("premium", "gold,top tier"),
    ("distributor", "reseller"),
    ("nonprofit", "charity,non profit,not for profit"),
    ("non_profit", "charity,nonprofit,not for profit"),
    ("government", "public sector,governmental"),
    ("individual", "private"),
    ("wholesale", "wholesaler"),
    ("retail", "retailer"),
];

/// More words for fields of the master record, by their ids.
const FIELD_WORDS: &[(&str, &str)] = &[
    (
        MANAGER_NAME,
        "manage,managing,look after,account manager,manager,owner,key account manager,responsible person,account owner,managed by,looked after by,owned by",
    ),
    (
        "account_manager",
        "manage,managing,look after,account manager,manager,owner,key account manager,responsible person,account owner",
    ),
    (
        "account_manager_id",
        "manage,managing,look after,account manager,manager,owner,key account manager,account owner",
    ),
    ("sales_rep", "sales rep,sales representative,salesperson"),
    ("sales_rep_id", "sales rep,sales representative,salesperson"),
    ("email", "email,e mail,email address,mail address"),
    ("phone", "phone,phone number,telephone"),
    ("website", "website,web site,web page"),
    ("tax_id", "tax id,vat number,vat id,tax number"),
    ("tier", "tier,service tier"),
    ("stage", "stage,lifecycle stage,life cycle stage"),
    ("lifecycle_stage", "stage,lifecycle stage,life cycle stage"),
    ("status", "status"),
    ("customer_type", "type,customer type,kind of customer"),
    ("owning_entity", "entity,legal entity,owning entity"),
    ("owning_entity_id", "entity,legal entity,owning entity"),
    ("entity", "entity,legal entity,owning entity"),
    ("country", "country"),
    ("city", "city,town"),
    ("industry", "industry,sector"),
    ("currency", "currency"),
    ("payment_terms", "payment term,term of payment"),
    ("tags", "tag,label,tagged,tagged with,tagged as,labelled,labelled as"),
    ("last_review_on", "reviewed,last reviewed,last review"),
    ("name", "name"),
    ("number", "account number,customer number"),
];

/// The fields that mean something to the grammar itself, by the names they may have.
pub(super) const MANAGER: &[&str] = &["account_manager", "account_manager_id", "owner", "manager"];
/// The field that holds the account manager's name; those above hold who it is.
pub(super) const MANAGER_NAME: &str = "account_manager_name";
pub(super) const COUNTRY: &[&str] = &["country", "billing_country", "country_code", "address_country"];
/// Of states and provinces, ISO 3166-2.
pub(super) const SUBDIVISION: &[&str] = &["subdivision"];
pub(super) const CITY: &[&str] = &["city", "billing_city"];
pub(super) const CREATED: &[&str] = &["created_on", "customer_since", "created_at", "first_order_on"];
const RISK_CLASS: &str = "risk_class";
const ENTITY: &[&str] = &["owning_entity", "entity", "owning_entity_id"];

/// The first of several ids that the catalogue has.
pub(super) fn first_field<'a>(ids: &[&str], catalogue: &'a Catalogue) -> Option<&'a str> {
    ids.iter().find_map(|id| catalogue.get(id)).map(|field| field.id.as_str())
}

/// All phrases.
pub(super) struct Vocabulary {
    phrases: BTreeMap<String, Meaning>,
    /// Values that count only as written, such as `US`.
    exact: BTreeMap<String, Meaning>,
    words: BTreeSet<String>,
    /// Words that only name a country or a value: no word is set right to one lightly.
    values: BTreeSet<String>,
    /// Addresses have a state or province.
    regions: bool,
}

impl Vocabulary {
    pub(super) fn new(catalogue: &Catalogue) -> Self {
        let mut vocabulary = Self {
            phrases: BTreeMap::new(),
            exact: BTreeMap::new(),
            words: BTreeSet::new(),
            values: BTreeSet::new(),
            regions: false,
        };
        for (meaning, phrases) in GRAMMAR {
            vocabulary.add_all(phrases, *meaning);
        }
        for (place, preset) in PRESETS.iter().enumerate() {
            let tails = preset.tails.split(',');
            for (words, tail) in
                tails.flat_map(|tail| preset.words.split(',').map(move |words| (words, tail)))
            {
                vocabulary.add(format!("{words} {tail}").trim(), Meaning::Preset(place), false);
            }
        }
        for tail in LIMIT.split(',') {
            for words in ["closest to", "nearest", "nearest to", "next to reaching"] {
                vocabulary.add(&format!("{words} {tail}"), Meaning::Closest, false);
            }
        }
        for (place, ending) in ENDINGS.iter().enumerate() {
            vocabulary.add_all(ending.words, Meaning::Ending(place));
        }
        for (ends, words) in ENDS {
            vocabulary.add_all(words, Meaning::Ends(*ends));
        }
        for (place, concept) in CONCEPTS.iter().enumerate() {
            vocabulary.add_all(concept.words, Meaning::Concept(place));
            vocabulary.add_all(concept.verbs, Meaning::Activity(place));
        }
        vocabulary.add_catalogue(catalogue);
        if first_field(SUBDIVISION, catalogue).is_some() {
            vocabulary.add_regions();
        }
        for (code, names) in COUNTRIES.iter().chain(DEMONYMS) {
            vocabulary.add_all(names, Meaning::Country(code));
        }
        if first_field(COUNTRY, catalogue).is_some() {
            vocabulary.exact.entry("US".to_owned()).or_insert(Meaning::Country("US"));
        }
        vocabulary.words.extend(known_words().into_iter().map(str::to_owned));
        vocabulary
    }

    /// The fields and enum values of this organisation. What the grammar and the concepts say stands first, but
    /// for values of the master record (`active`, `critical` …), which are more exact.
    fn add_catalogue(&mut self, catalogue: &Catalogue) {
        // Who manages an account is told by name where there is one.
        let named = |id: &str| usize::from(id != MANAGER_NAME);
        let mut fields: Vec<_> = catalogue.fields().iter().enumerate().collect();
        fields.sort_by_key(|(_, field)| named(&field.id));
        for (place, field) in fields {
            let Ok(index) = u16::try_from(place).map(FieldIndex) else { break };
            let label = field.base.as_deref().is_some_and(|base| base.ends_with("_trend_label"));
            if let Kind::Enum(values) = &field.kind
                && !label
            {
                for (place, value) in values.iter().enumerate() {
                    // A letter alone is a word of its own: a class of risk is asked for as such.
                    if field.id == RISK_CLASS {
                        for phrase in ["class", "risk class"] {
                            let phrase = format!("{phrase} {}", value.to_lowercase());
                            self.add(&phrase, Meaning::Value(index, place), false);
                        }
                        continue;
                    }
                    self.add_value(value, Meaning::Value(index, place), field.group == Group::Master);
                }
            }
            let concept = field.base.as_deref().and_then(super::concept::of_base);
            let meaning = concept.map_or(Meaning::Field(index), Meaning::Concept);
            let more = FIELD_WORDS.iter().find(|(id, _)| *id == field.id).map_or("", |(_, words)| *words);
            let base = field.base.as_deref().unwrap_or(&field.id).replace('_', " ");
            let title = field.title.split(',').next().unwrap_or_default().to_owned();
            let synonyms = field.synonyms.iter().map(String::as_str);
            for phrase in more.split(',').chain([base.as_str(), title.as_str()]).chain(synonyms) {
                // "customers since 2020" is not about a field called "Customer since".
                if !phrase.ends_with(" since") {
                    self.add(phrase, meaning, false);
                }
            }
            self.add(&field.id, if field.window.is_some() { Meaning::Exact(index) } else { meaning }, false);
        }
    }

    fn add_value(&mut self, value: &str, meaning: Meaning, master: bool) {
        if matches!(value, "other" | "none" | "unknown" | "default" | "yes" | "no" | "new") {
            return;
        }
        // `US` counts only as written, else "us" would name it.
        if value.len() <= 3 && value.chars().any(|c| c.is_ascii_uppercase()) {
            self.exact.entry(value.to_owned()).or_insert(meaning);
            return;
        }
        let words =
            VALUE_WORDS.iter().filter(|(held, _)| *held == value).flat_map(|(_, words)| words.split(','));
        for phrase in words {
            self.add(phrase, meaning, false);
        }
        let plain = value.replace(['_', '-'], " ").to_lowercase();
        let held = self.phrases.get(&stems(&plain));
        self.add(&plain, meaning, master && matches!(held, Some(Meaning::Preset(_) | Meaning::Trend(_))));
    }

    fn add_all(&mut self, phrases: &str, meaning: Meaning) {
        for phrase in phrases.split(',') {
            self.add(phrase, meaning, false);
        }
    }

    fn add(&mut self, phrase: &str, meaning: Meaning, replace: bool) {
        let key = stems(phrase);
        let naming = matches!(meaning, Meaning::Country(_) | Meaning::Region(_) | Meaning::Value(..));
        for word in key.split(' ') {
            if !naming {
                self.values.remove(word);
            } else if !self.words.contains(word) {
                self.values.insert(word.to_owned());
            }
        }
        if key.is_empty() || (!replace && self.phrases.contains_key(&key)) {
            return;
        }
        self.words.extend(key.split(' ').map(str::to_owned));
        self.phrases.insert(key, meaning);
    }

    pub(super) fn phrase(&self, key: &str) -> Option<Meaning> {
        self.phrases.get(key).copied()
    }

    /// A value written exactly so.
    pub(super) fn exact(&self, text: &str) -> Option<Meaning> {
        self.exact.get(text).copied()
    }

    /// Whether a stem occurs in any phrase.
    pub(super) fn knows(&self, stem: &str) -> bool {
        self.words.contains(stem)
    }

    /// The one word that a mistyped word must be: a single slip in five letters or more, two in eight or more. An
    /// ordinary word is no slip of another, and names of countries and values are taken for at most one slip.
    pub(super) fn corrected(&self, stem: &str) -> Option<&str> {
        let length = stem.chars().count();
        let most = match length {
            0..=4 => return None,
            5..=7 => 1,
            _ => 2,
        };
        if ordinary(stem) {
            return None;
        }
        let near =
            self.words.iter().filter(|word| word.chars().count().abs_diff(length) <= most && word.len() >= 4);
        let mut scored: Vec<(usize, &String)> = near
            .map(|word| (strsim::osa_distance(word, stem), word))
            .filter(|(distance, _)| *distance <= most)
            .collect();
        scored.sort();
        let found = match scored.as_slice() {
            [(distance, word)] => (*distance, *word),
            [(first, word), (second, _), ..] if first < second => (*first, *word),
            _ => return None,
        };
        let (distance, word) = found;
        let letters = word.chars().count();
        // In a short word an exchanged letter makes another word; letters swapped, left out or doubled do not.
        let alike = length >= 6 || letters != length || swapped(word, stem);
        let initial = word.chars().next() == stem.chars().next();
        let near = !self.values.contains(word) || (distance <= 1 && initial);
        (alike && near).then_some(word.as_str())
    }
}

/// Whether two words have the same letters in another order.
fn swapped(one: &str, other: &str) -> bool {
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    sorted(one) == sorted(other)
}

/// Whether a field holds the legal entity.
pub(super) fn is_entity(id: &str) -> bool {
    ENTITY.contains(&id)
}
