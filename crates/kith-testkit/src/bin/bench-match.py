"""Splink over a labelled file, set up as its documentation recommends: FILE ID_COLUMN OUT.csv

Comparisons after the kind of column, blocking rules from its tutorials, u from random pairs, m by expectation
maximisation over two or three rules, one prediction. For companies names lose their legal form, telephone numbers their prefix and
mail addresses give their domain; different tax numbers of one country part a pair, as they do in Kith."""
import sys

import pandas as pd
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

FORMS = (
    "gmbh co kg|gmbh und co kg|gmbh|gesellschaft mbh|ag|aktiengesellschaft|ltd|limited|plc|inc|incorporated|llc|corp"
    "|corporation|sarl|sas|sa|societe anonyme|bv|besloten vennootschap|srl|spa|sl|sociedad limitada|ab|aktiebolag"
)


def febrl(df):
    keys = ["soc_sec_id"] if "soc_sec_id" in df else []
    comparisons = [
        cl.NameComparison("given_name"),
        cl.NameComparison("surname"),
        cl.DamerauLevenshteinAtThresholds("date_of_birth", [1, 2]),
        cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
        cl.DamerauLevenshteinAtThresholds("postcode", [1]),
        cl.JaroWinklerAtThresholds("address_1", [0.9]).configure(term_frequency_adjustments=True),
        cl.JaroWinklerAtThresholds("suburb", [0.9]),
    ] + [cl.DamerauLevenshteinAtThresholds(key, [1, 2]) for key in keys]
    rules = [block_on(key) for key in keys] + [
        block_on("date_of_birth"),
        block_on("given_name", "surname"),
        block_on("surname", "postcode"),
        block_on("given_name", "postcode"),
        block_on("postcode", "street_number"),
        block_on("suburb", "surname"),
        block_on("suburb", "given_name"),
        block_on("address_1"),
    ]
    return df, comparisons, rules, [rules[len(keys)], rules[len(keys) + 1], block_on("postcode", "street_number")]


def people(df):
    comparisons = [
        cl.NameComparison("first_name"),
        cl.NameComparison("surname"),
        cl.DamerauLevenshteinAtThresholds("dob", [1, 2]),
        cl.ExactMatch("city").configure(term_frequency_adjustments=True),
        cl.EmailComparison("email"),
    ]
    rules = [block_on(column) for column in ("first_name", "surname", "dob", "email", "city")]
    return df, comparisons, rules, [block_on("first_name", "surname"), block_on("dob"), block_on("email")]


def organisations(df):
    df["name"] = df.site_name.str.lower()
    df["street"] = df.address.str.lower()
    df["number"] = df.address.str.extract(r"(\d+)")[0]
    comparisons = [
        cl.JaroWinklerAtThresholds("name", [0.92, 0.85]).configure(term_frequency_adjustments=True),
        cl.JaroWinklerAtThresholds("street", [0.95, 0.88]).configure(term_frequency_adjustments=True),
        cl.ExactMatch("number"),
        cl.ExactMatch("zip"),
        cl.DamerauLevenshteinAtThresholds("phone", [1]),
    ]
    rules = [block_on("phone"), block_on("number"), block_on("name"), block_on("substr(name,1,6)")]
    return df, comparisons, rules, [block_on("phone"), block_on("name"), block_on("number", "zip")]


def companies(df):
    plain = df.name.str.lower().str.replace(r"[^a-z0-9 ]", "", regex=True)
    df["core"] = plain.str.replace(rf"( ({FORMS}))$", "", regex=True).str.strip()
    df["number"] = df.phone.str.replace(r"\D", "", regex=True).str[-9:]
    df["web"] = df.domain.fillna(df.email.str.split("@").str[1])
    comparisons = [
        cl.JaroWinklerAtThresholds("core", [0.92, 0.85]).configure(term_frequency_adjustments=True),
        cl.DamerauLevenshteinAtThresholds("tax_id", [1]),
        cl.ExactMatch("number"),
        cl.ExactMatch("web").configure(term_frequency_adjustments=True),
        cl.JaroWinklerAtThresholds("street", [0.9]),
        cl.ExactMatch("postcode"),
        cl.ExactMatch("country"),
    ]
    rules = [
        block_on("tax_id"),
        block_on("number"),
        block_on("web"),
        block_on("postcode", "country"),
        block_on("core", "city"),
    ]
    return df, comparisons, rules, [block_on("tax_id"), block_on("postcode", "country")]


def main(path, name, out):
    df = pd.read_csv(path, dtype=str, skipinitialspace=True, keep_default_na=False, na_values=[""])
    df.columns = [column.strip() for column in df.columns]
    columns = set(df.columns)
    df["unique_id"] = df[name]
    if "given_name" in columns:
        df, comparisons, rules, training = febrl(df)
    elif "first_name" in columns:
        df, comparisons, rules, training = people(df)
    elif "site_name" in columns:
        df, comparisons, rules, training = organisations(df)
    else:
        df, comparisons, rules, training = companies(df)
    settings = SettingsCreator(
        link_type="dedupe_only", comparisons=comparisons, blocking_rules_to_generate_predictions=rules
    )
    api = DuckDBAPI()
    linker = Linker(api.register(df), settings)
    linker.training.estimate_probability_two_random_records_match(rules[:1], recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    for rule in training:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    pairs = linker.inference.predict(threshold_match_probability=0.01).as_pandas_dataframe()
    if "tax_id" in columns:
        tax = df.set_index("unique_id").tax_id
        left, right = pairs.unique_id_l.map(tax), pairs.unique_id_r.map(tax)
        other = left.notna() & right.notna() & (left != right) & (left.str[:2] == right.str[:2])
        # A slip of one digit is none: only what differs by more parts a pair.
        near = [sum(a != b for a, b in zip(x, y)) <= 1 for x, y in zip(left[other], right[other])]
        other[other] = [not same for same in near]
        pairs = pairs[~other]
    columns = ["unique_id_l", "unique_id_r", "match_probability", "match_weight"]
    pairs[columns].to_csv(out, index=False, header=["left", "right", "probability", "weight"])


main(*sys.argv[1:4])
