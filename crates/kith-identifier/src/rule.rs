//! The rules by their names, and which of them make a country's VAT, tax and company numbers.

use crate::number::{Checked, Raw};
use crate::{check, country, world};

/// Reads a value: its normalised form, or what is wrong with it.
pub(crate) type Read = fn(Raw) -> Checked;

/// A rule and its name, such as `br.cnpj` or `lei`.
pub(crate) type Rule = (&'static str, Read);

/// All rules, in the order of their files.
pub(crate) fn all() -> impl Iterator<Item = &'static Rule> {
    [check::RULES]
        .into_iter()
        .chain(world::RULES.iter().copied())
        .chain(country::RULES.iter().copied())
        .flatten()
}

/// The rule of this name.
pub(crate) fn find(name: &str) -> Option<Read> {
    all().find(|(known, _)| *known == name).map(|(_, read)| *read)
}

/// The name of the rule that somebody means by this text: in small letters, and `in.pan` for `in_.pan`.
pub(crate) fn named(text: &str) -> Option<&'static str> {
    let wanted = plain(text);
    all()
        .map(|(name, _)| *name)
        .find(|name| *name == text)
        .or_else(|| all().map(|(name, _)| *name).find(|name| plain(name) == wanted))
}

fn plain(name: &str) -> String {
    name.chars().filter(|letter| !"_-".contains(*letter)).map(|letter| letter.to_ascii_lowercase()).collect()
}

/// For each country the number that stands for its VAT, or the tax that serves as one.
const VAT: &str = "AD ad.nrt AL al.nipt AR ar.cuit AT at.uid AU au.abn AZ az.voen BE be.vat BG bg.vat BR br.cnpj BY by.unp \
    CA ca.bn CH ch.vat CL cl.rut CN cn.uscc CO co.nit CR cr.cpj CY cy.vat CZ cz.dic DE de.vat DK dk.cvr DO do.rnc \
    DZ dz.nif EC ec.ruc EE ee.kmkr EG eg.tn EL gr.vat ES es.nif FI fi.alv FO fo.vn FR fr.tva GB gb.vat GH gh.tin \
    GN gn.nifp GR gr.vat GT gt.nit HR hr.oib HU hu.anum ID id.npwp IE ie.vat IL il.hp IN in_.gstin IS is_.vsk IT it.iva \
    JP jp.cn KE ke.pin KR kr.brn LT lt.pvm LU lu.tva LV lv.pvn MA ma.ice MC mc.tva ME me.pib MK mk.edb MT mt.vat \
    MX mx.rfc MZ mz.nuit NL nl.btw NO no.mva NZ nz.ird PE pe.ruc PL pl.nip PT pt.nif PY py.ruc RO ro.cf RS rs.pib \
    RU ru.inn SE se.vat SG sg.uen SI si.ddv SK sk.dph SM sm.coe SN sn.ninea SV sv.nit TH th.moa TN tn.mf TR tr.vkn \
    TW tw.ubn UA ua.edrpou UY uy.rut VE ve.rif VN vn.mst XI gb.vat ZA za.vat";

/// For countries whose tax numbers are more than one, all of them, those of companies first.
const TAX: [&str; 36] = [
    "AR ar.cuit ar.dni",
    "AT at.uid at.tin",
    "AU au.abn au.acn au.tfn",
    "BE be.vat be.nn be.bis",
    "BG bg.vat",
    "BR br.cnpj br.cpf",
    "CA ca.bn ca.sin",
    "CH ch.vat ch.uid ch.ssn",
    "CN cn.uscc cn.ric",
    "CR cr.cpj cr.cpf cr.cr",
    "CZ cz.dic cz.rc",
    "DE de.vat de.stnr de.idnr",
    "DK dk.cvr dk.cpr",
    "DO do.rnc do.cedula",
    "EC ec.ruc ec.ci",
    "EE ee.kmkr ee.registrikood ee.ik",
    "FI fi.alv fi.hetu",
    "FR fr.tva fr.siren fr.siret fr.nif",
    "GB gb.vat gb.utr",
    "IE ie.vat ie.pps",
    "IL il.hp il.idnr",
    "IN in_.gstin in_.pan",
    "IS is_.vsk is_.kennitala",
    "IT it.iva it.codicefiscale",
    "JP jp.cn jp.in_",
    "KR kr.brn kr.rrn",
    "LT lt.pvm lt.asmens",
    "MX mx.rfc",
    "NL nl.btw nl.bsn",
    "NO no.mva no.orgnr no.fodselsnummer",
    "PL pl.nip pl.pesel pl.regon",
    "SE se.vat se.orgnr se.personnummer",
    "TR tr.vkn tr.tckimlik",
    "UA ua.edrpou ua.rntrc",
    "US us.tin",
    "ZA za.tin za.vat za.idnr",
];

/// For each country the numbers of its company registers.
const REGISTERS: [&str; 20] = [
    "AT at.businessid",
    "AU au.acn au.abn",
    "BE be.vat",
    "CH ch.uid",
    "CN cn.uscc",
    "DE de.handelsregisternummer",
    "DK dk.cvr",
    "EE ee.registrikood",
    "FI fi.ytunnus",
    "FR fr.siren fr.siret fr.rcs",
    "GB gb.crn",
    "IL il.hp",
    "JP jp.cn",
    "MD md.idno",
    "NO no.orgnr",
    "PL pl.regon",
    "RO ro.onrc",
    "RU ru.ogrn",
    "SE se.orgnr",
    "SI si.maticna",
];

/// The rule of the country's VAT number; Greece is `EL` or `GR`, Northern Ireland `XI`.
pub(crate) fn vat_rule(country: &str) -> Option<Read> {
    vat_name(country).and_then(find)
}

/// The name of that rule.
pub(crate) fn vat_name(country: &str) -> Option<&'static str> {
    let mut words = VAT.split_ascii_whitespace();
    std::iter::from_fn(|| Some((words.next()?, words.next()?)))
        .find(|(code, _)| *code == country)
        .map(|(_, rule)| rule)
}

/// The names of the rules of the country's tax numbers; none where nothing is known of it.
pub(crate) fn tax_names(country: &str) -> Vec<&'static str> {
    match line(&TAX, country) {
        Some(names) => names,
        None => vat_name(country).into_iter().chain(other_tax(country)).collect(),
    }
}

/// Tax numbers of countries without VAT numbers.
fn other_tax(country: &str) -> Option<&'static str> {
    Some(match country {
        "LI" => "li.peid",
        "MD" => "md.idno",
        "PK" => "pk.cnic",
        _ => return None,
    })
}

/// The names of the rules of the country's company registers.
pub(crate) fn register_names(country: &str) -> Vec<&'static str> {
    line(&REGISTERS, country).unwrap_or_default()
}

fn line(table: &[&'static str], country: &str) -> Option<Vec<&'static str>> {
    let names = table.iter().find_map(|line| line.strip_prefix(country)?.strip_prefix(' '))?;
    Some(names.split(' ').collect())
}

#[cfg(test)]
mod tests;
