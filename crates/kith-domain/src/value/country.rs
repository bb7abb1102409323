//! Countries: ISO 3166-1 alpha-2, the codes assigned today.

/// The 249 assigned codes, sorted, without separators.
const TABLE: &str = concat!(
    "ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZCACCCDCFCGCHCICKCLCMCN",
    "COCRCUCVCWCXCYCZDEDJDKDMDODZECEEEGEHERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGWGYHKHM",
    "HNHRHTHUIDIEILIMINIOIQIRISITJEJMJOJPKEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMK",
    "MLMMMNMOMPMQMRMSMTMUMVMWMXMYMZNANCNENFNGNINLNONPNRNUNZOMPAPEPFPGPHPKPLPMPNPRPSPTPWPYQARERORSRURW",
    "SASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSVSXSYSZTCTDTFTGTHTJTKTLTMTNTOTRTTTVTWTZUAUGUMUSUYUZVAVCVEVGVI",
    "VNVUWFWSYEYTZAZMZW",
);

/// Whether the text is an assigned country code in capital letters.
#[must_use]
pub fn is_country(code: &str) -> bool {
    code.len() == 2 && TABLE.as_bytes().chunks_exact(2).any(|known| known == code.as_bytes())
}

/// Whether VAT numbers begin with this prefix: the member states (Greece is `EL`) and Northern Ireland (D§1.10).
#[must_use]
pub fn is_eu_vat_area(prefix: &str) -> bool {
    const PREFIXES: &str = "ATBEBGCYCZDEDKEEELESFIFRHRHUIEITLTLULVMTNLPLPTROSESISKXI";
    prefix.len() == 2 && PREFIXES.as_bytes().chunks_exact(2).any(|known| known == prefix.as_bytes())
}
