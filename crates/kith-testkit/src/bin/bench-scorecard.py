"""Logistic regression of scikit-learn, set up as its guide recommends: TRAIN.csv TEST.csv TARGET BAD OUT.csv

Numbers are filled with their mean and scaled, words are one-hot; the probability of bad of each row of TEST goes to OUT."""
import csv
import sys

from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
import numpy as np


def number(text):
    return np.nan if text == "" else float(text)


def is_number(texts):
    try:
        return any(text != "" for text in texts) and all(number(text) is not None for text in texts)
    except ValueError:
        return False


def table(rows, numbers, words):
    cells = np.empty((len(rows), len(numbers) + len(words)), dtype=object)
    for at, name in enumerate(numbers):
        cells[:, at] = [number(row[name]) for row in rows]
    for at, name in enumerate(words):
        cells[:, len(numbers) + at] = [row[name] for row in rows]
    return cells


def main(train, test, target, bad, out):
    train, test = ([{k: v.strip() for k, v in row.items()} for row in csv.DictReader(open(path))] for path in (train, test))
    names = [name for name in train[0] if name != target]
    numbers = [name for name in names if is_number([row[name] for row in train + test])]
    words = [name for name in names if name not in numbers]
    scaled = make_pipeline(SimpleImputer(), StandardScaler())
    prepared = ColumnTransformer(
        [
            ("numbers", scaled, list(range(len(numbers)))),
            ("words", OneHotEncoder(handle_unknown="ignore"), list(range(len(numbers), len(names)))),
        ]
    )
    model = make_pipeline(prepared, LogisticRegression(max_iter=5000))
    model.fit(table(train, numbers, words), [int(row[target] == bad) for row in train])
    with open(out, "w") as file:
        for chance in model.predict_proba(table(test, numbers, words))[:, 1]:
            file.write(f"{chance:.12f}\n")


main(*sys.argv[1:])
