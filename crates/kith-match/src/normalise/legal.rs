//! Legal forms: what stands at the end (or the beginning) of a company's name and is no part of it.

use std::collections::HashMap;

/// Words of the longest form.
const WORDS_MAX: usize = 6;
/// Words that join and mean nothing.
const JOINING: [&str; 6] = ["and", "und", "et", "the", "of", "en"];

/// Each line: the form, then the other ways in which it is written, as plain text.
const FORMS: [&[&str]; 74] = [
    &["gmbh", "gesellschaft mbh", "ges mbh", "gesmbh", "gesellschaft mit beschrankter haftung", "mbh"],
    &["gmbh co kg", "gmbh co", "gmbh cokg", "gmbh compagnie kg", "ges mbh co kg"],
    &["ggmbh", "gemeinnutzige gmbh"],
    &["ug", "ug haftungsbeschrankt", "unternehmergesellschaft"],
    &["ag", "aktiengesellschaft"],
    &["ag co kg", "ag co kgaa"],
    &["kg", "kommanditgesellschaft", "co kg"],
    &["kgaa", "kommanditgesellschaft auf aktien"],
    &["ohg", "offene handelsgesellschaft", "og"],
    &["gbr", "gesellschaft burgerlichen rechts"],
    &["eg", "eingetragene genossenschaft", "egen"],
    &["ev", "eingetragener verein"],
    &["ek", "eingetragener kaufmann", "e kfm", "ekfm"],
    &["se", "societas europaea"],
    &["ltd", "limited", "private limited company", "ltd co", "co ltd", "company limited", "limited company"],
    &[
        "pvt ltd",
        "private limited",
        "pte ltd",
        "pte limited",
        "pty ltd",
        "pty limited",
        "pty",
        "pvt limited",
        "proprietary limited",
    ],
    &["plc", "public limited company", "public limited"],
    &["llp", "limited liability partnership"],
    &["lp", "limited partnership"],
    &["cic", "community interest company"],
    &["cio", "charitable incorporated organisation"],
    &["inc", "incorporated", "co inc", "company inc"],
    &["llc", "limited liability company", "limited liability co", "lc"],
    &["pllc", "professional limited liability company"],
    &["corp", "corporation", "corporacion", "corporate"],
    &["co", "company", "compania", "cia", "cie", "compagnie", "comp"],
    &["pc", "professional corporation"],
    &["na", "national association"],
    &["nfp", "not for profit", "npo"],
    &[
        "sarl",
        "societe a responsabilite limitee",
        "sarlu",
        "eurl",
        "entreprise unipersonnelle a responsabilite limitee",
    ],
    &["sa", "societe anonyme", "sociedad anonima", "sociedade anonima"],
    &["sas", "societe par actions simplifiee", "sasu"],
    &["snc", "societe en nom collectif", "societa in nome collettivo"],
    &["sci", "societe civile immobiliere"],
    &["scs", "societe en commandite simple"],
    &["gie", "groupement d interet economique", "groupement dinteret economique"],
    &["bv", "besloten vennootschap", "besloten vennootschap met beperkte aansprakelijkheid", "bvba"],
    &["nv", "naamloze vennootschap"],
    &["cv", "commanditaire vennootschap", "comanditaire vennootschap"],
    &["vof", "vennootschap onder firma"],
    &[
        "srl",
        "societa a responsabilita limitata",
        "sociedad de responsabilidad limitada",
        "s de rl",
        "societate cu raspundere limitata",
    ],
    &["srls", "societa a responsabilita limitata semplificata"],
    &["spa", "societa per azioni"],
    &["sas di", "societa in accomandita semplice"],
    &["scarl", "societa consortile a responsabilita limitata", "scrl"],
    &["sl", "sociedad limitada", "slu", "sociedad limitada unipersonal"],
    &["slp", "sociedad limitada profesional"],
    &["sau", "sociedad anonima unipersonal"],
    &["scoop", "sociedad cooperativa", "s coop"],
    &["lda", "limitada", "sociedade por quotas"],
    &["ltda", "sociedade limitada", "eireli"],
    &["sa de cv", "sociedad anonima de capital variable", "sab de cv", "sapi de cv"],
    &["s de rl de cv", "srl de cv", "sociedad de responsabilidad limitada de capital variable"],
    &["ab", "aktiebolag", "aktiebolaget"],
    &["hb", "handelsbolag"],
    &["as", "aksjeselskap", "a s", "aktieselskab", "anonim sirketi", "akciova spolecnost"],
    &["asa", "allmennaksjeselskap"],
    &["aps", "anpartsselskab"],
    &["ivs", "ivaerksaetterselskab"],
    &["oy", "osakeyhtio", "oy ab"],
    &["oyj", "julkinen osakeyhtio", "abp"],
    &["ehf", "einkahlutafelag", "hf"],
    &["sp z oo", "spolka z ograniczona odpowiedzialnoscia", "spzoo", "sp zoo", "spolka z oo"],
    &["spolka akcyjna"],
    &["spolka jawna", "sp j"],
    &["sro", "spolecnost s rucenim omezenym", "spol s ro", "s r o", "spol sro"],
    &["kft", "korlatolt felelossegu tarsasag"],
    &["zrt", "zartkoruen mukodo reszvenytarsasag", "nyrt", "rt"],
    &["doo", "d o o", "drustvo s ogranicenom odgovornoscu"],
    &["eood", "ood", "ad", "ead"],
    &["uab", "uzdaroji akcine bendrove"],
    &["sia", "sabiedriba ar ierobezotu atbildibu"],
    &["ou", "osauhing"],
    &["ooo", "oao", "zao", "pao", "ооо", "оао", "зао", "пао", "ао"],
];
/// Forms that also stand in front of a name.
const LEADING: [&str; 8] = ["ooo", "oao", "uab", "sia", "ou", "oy", "ab", "as"];

/// The table by its writings.
#[derive(Debug, Clone)]
pub struct LegalForms {
    forms: HashMap<&'static str, &'static str>,
    ends: HashMap<&'static str, ()>,
}

impl Default for LegalForms {
    fn default() -> Self {
        let mut forms = HashMap::new();
        let mut ends = HashMap::new();
        for line in FORMS {
            let Some(form) = line.first() else { continue };
            for writing in line {
                forms.entry(*writing).or_insert(*form);
                ends.insert(writing.rsplit(' ').next().unwrap_or(writing), ());
            }
        }
        Self { forms, ends }
    }
}

impl LegalForms {
    /// The form that a plain text means as a whole.
    #[must_use]
    pub fn form(&self, plain: &str) -> Option<&'static str> {
        let without: Vec<&str> = words(plain).collect();
        self.forms.get(without.join(" ").as_str()).copied()
    }

    /// Parts a plain name into its core and its legal form. A name that is nothing but a form stays whole.
    pub fn part(&self, plain: &str, core: &mut String, form: &mut String) {
        core.clear();
        form.clear();
        let all: Vec<&str> = words(plain).collect();
        let mut rest = all.as_slice();
        while let Some((found, shorter)) = self.strip(rest) {
            // `Foo Co. Ltd`: the last form is the one, those before only go away.
            if form.is_empty() {
                form.push_str(found);
            }
            rest = shorter;
        }
        let leads = |word: &&&str| LEADING.contains(&self.forms.get(**word).copied().unwrap_or_default());
        if let Some(first) = rest.first().filter(leads).filter(|_| form.is_empty() && rest.len() > 1) {
            form.push_str(self.forms.get(first).copied().unwrap_or_default());
            rest = &rest[1..];
        }
        for word in rest {
            if !core.is_empty() {
                core.push(' ');
            }
            core.push_str(word);
        }
        if core.is_empty() {
            core.push_str(plain);
        }
    }

    /// The longest form at the end, if something is left before it.
    fn strip<'a, 'b>(&self, words: &'b [&'a str]) -> Option<(&'static str, &'b [&'a str])> {
        let last = words.last()?;
        if !self.ends.contains_key(last) {
            return None;
        }
        let longest = WORDS_MAX.min(words.len().checked_sub(1)?);
        (1..=longest).rev().find_map(|count| {
            let (rest, end) = words.split_at(words.len() - count);
            Some((*self.forms.get(end.join(" ").as_str())?, rest))
        })
    }
}

fn words(plain: &str) -> impl Iterator<Item = &str> {
    plain.split_ascii_whitespace().filter(|word| !JOINING.contains(word))
}
