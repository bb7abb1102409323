//! The rules of countries, a file for each; the name of a rule is the country and the name of the number there.

use crate::rule::Rule;

mod ad;
mod al;
mod ar;
mod at;
mod au;
mod az;
mod be;
mod bg;
mod br;
mod by;
mod ca;
mod ch;
mod cl;
mod cn;
mod co;
mod cr;
mod cu;
mod cy;
mod cz;
mod de;
mod dk;
mod do_;
mod dz;
mod ec;
mod ee;
mod eg;
mod es;
mod fi;
mod fo;
mod fr;
mod gb;
mod gh;
mod gn;
mod gr;
mod gt;
mod hr;
mod hu;
mod id;
mod ie;
mod il;
mod in_;
mod is_;
mod it;
mod jp;
mod ke;
mod kr;
mod li;
mod lt;
mod lu;
mod lv;
mod ma;
mod md;
mod me;
mod mk;
mod mt;
mod mu;
mod mx;
mod my;
mod mz;
mod nl;
mod no;
mod nz;
mod pe;
mod pk;
mod pl;
mod pt;
mod py;
mod ro;
mod rs;
mod ru;
mod se;
mod sg;
mod si;
mod sk;
mod sm;
mod sn;
mod sv;
mod th;
mod tn;
mod tr;
mod tw;
mod ua;
mod us;
mod uy;
mod ve;
mod vn;
mod za;

/// The rules of all countries.
pub(crate) const RULES: &[&[Rule]] = &[
    ad::RULES,
    al::RULES,
    ar::RULES,
    at::RULES,
    au::RULES,
    az::RULES,
    be::RULES,
    bg::RULES,
    br::RULES,
    by::RULES,
    ca::RULES,
    ch::RULES,
    cl::RULES,
    cn::RULES,
    co::RULES,
    cr::RULES,
    cu::RULES,
    cy::RULES,
    cz::RULES,
    de::RULES,
    dk::RULES,
    do_::RULES,
    dz::RULES,
    ec::RULES,
    ee::RULES,
    eg::RULES,
    es::RULES,
    fi::RULES,
    fo::RULES,
    fr::RULES,
    gb::RULES,
    gh::RULES,
    gn::RULES,
    gr::RULES,
    gt::RULES,
    hr::RULES,
    hu::RULES,
    id::RULES,
    ie::RULES,
    il::RULES,
    in_::RULES,
    is_::RULES,
    it::RULES,
    jp::RULES,
    ke::RULES,
    kr::RULES,
    li::RULES,
    lt::RULES,
    lu::RULES,
    lv::RULES,
    ma::RULES,
    md::RULES,
    me::RULES,
    mk::RULES,
    mt::RULES,
    mu::RULES,
    mx::RULES,
    my::RULES,
    mz::RULES,
    nl::RULES,
    no::RULES,
    nz::RULES,
    pe::RULES,
    pk::RULES,
    pl::RULES,
    pt::RULES,
    py::RULES,
    ro::RULES,
    rs::RULES,
    ru::RULES,
    se::RULES,
    sg::RULES,
    si::RULES,
    sk::RULES,
    sm::RULES,
    sn::RULES,
    sv::RULES,
    th::RULES,
    tn::RULES,
    tr::RULES,
    tw::RULES,
    ua::RULES,
    us::RULES,
    uy::RULES,
    ve::RULES,
    vn::RULES,
    za::RULES,
];
