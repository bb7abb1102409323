#!/usr/bin/env python3
"""Joins order heads and order lines into orders.csv: one row an order, with its value.

    python3 prepare.py                       writes orders.csv with the dates as they are (1996 to 1998)
    python3 prepare.py --until 2026-11-20    moves all dates by whole weeks, so that the last order falls into
                                             the week before that day: for looking at windows of today

The value of an order is the sum of unit price * quantity * (1 - discount) over its lines, rounded half up to
cents. Standard library only.
"""

import argparse
import csv
import datetime
import pathlib
from decimal import ROUND_HALF_UP, Decimal

HERE = pathlib.Path(__file__).resolve().parent
COLUMNS = ["OrderID", "CustomerID", "OrderDate", "RequiredDate", "ShippedDate", "ShipVia", "ShipCountry", "Freight", "Value"]


def rows_of(name):
    with open(HERE / name, newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--until", type=datetime.date.fromisoformat)
    parser.add_argument("--out", type=pathlib.Path, default=HERE / "orders.csv")
    arguments = parser.parse_args()
    values = {}
    for line in rows_of("order_lines.csv"):
        amount = Decimal(line["UnitPrice"]) * int(line["Quantity"]) * (1 - Decimal(line["Discount"]))
        values[line["OrderID"]] = values.get(line["OrderID"], Decimal(0)) + amount
    heads = list(rows_of("order_heads.csv"))
    last = max(datetime.date.fromisoformat(head["OrderDate"]) for head in heads)
    shift = datetime.timedelta(weeks=(arguments.until - last).days // 7) if arguments.until else datetime.timedelta()
    with open(arguments.out, "w", newline="", encoding="utf-8") as file:
        out = csv.DictWriter(file, COLUMNS, extrasaction="ignore", lineterminator="\n")
        out.writeheader()
        for head in heads:
            for column in ("OrderDate", "RequiredDate", "ShippedDate"):
                if head[column]:
                    head[column] = (datetime.date.fromisoformat(head[column]) + shift).isoformat()
            head["Value"] = values[head["OrderID"]].quantize(Decimal("0.01"), ROUND_HALF_UP)
            out.writerow(head)
    print(f"{len(heads)} orders, moved by {shift.days} days, last order on {last + shift}")


if __name__ == "__main__":
    main()
