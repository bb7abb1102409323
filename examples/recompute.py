#!/usr/bin/env python3
"""Recomputes the order metrics of every customer from CSV files alone, without Kith, for comparison.

    python3 recompute.py northwind [--as-of 1998-05-06] [--shift-days N]
    python3 recompute.py cdnow     [--as-of 1998-06-30] [--shift-days N]

Prints one JSON object: {"as_of": …, "customers": {"ALFKI": {"orders_30d": 0, …}}}. Definitions:
a window of n days at day t is (t - n, t]; a week is an ISO week and complete on its Sunday; a series begins in
the week of the first order; gaps are days between one order and the next within the window (0 on the same day);
the trend is the Theil-Sen slope relative to max(median, mean, 1) with the Mann-Kendall p (correction for ties);
the label is declining or growing when p < 0.10 and the relative slope is at least 1 % a week, or when the slope is
0 and p < 0.10 by the sign of S. A delivery is on time when it is not after its promise; an order past its
requested day without a delivery counts as late on that day. Money is in cents. Standard library only.
"""

import argparse
import csv
import datetime
import json
import math
import pathlib
import statistics
from decimal import ROUND_HALF_UP, Decimal

HERE = pathlib.Path(__file__).resolve().parent
DAY = datetime.timedelta(days=1)


def rows_of(path):
    with open(HERE / path, newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def date(text):
    return datetime.date.fromisoformat(text) if text else None


def cents(amount):
    return int((amount * 100).quantize(Decimal(1), ROUND_HALF_UP))


def northwind():
    """Customer -> list of (ordered, value in cents, requested, delivered)."""
    values = {}
    for line in rows_of("northwind/order_lines.csv"):
        amount = Decimal(line["UnitPrice"]) * int(line["Quantity"]) * (1 - Decimal(line["Discount"]))
        values[line["OrderID"]] = values.get(line["OrderID"], Decimal(0)) + amount
    customers = {row["CustomerID"]: [] for row in rows_of("northwind/customers.csv")}
    for head in rows_of("northwind/order_heads.csv"):
        order = (date(head["OrderDate"]), cents(values[head["OrderID"]]), date(head["RequiredDate"]), date(head["ShippedDate"]))
        customers[head["CustomerID"]].append(order)
    return customers, datetime.date(1998, 5, 6)


def cdnow():
    customers = {row["customer_id"]: [] for row in rows_of("cdnow/customers.csv")}
    for row in rows_of("cdnow/transactions.csv"):
        day = datetime.datetime.strptime(row["date"], "%Y%m%d").date()
        customers[row["customer_id"]].append((day, cents(Decimal(row["dollars"])), None, None))
    return customers, datetime.date(1998, 6, 30)


def monday(day):
    return day - DAY * day.weekday()


def weekly(days, as_of, weeks):
    """Orders in each of the last complete ISO weeks, from the week of the first order."""
    end = monday(as_of + DAY)
    start = max(end - 7 * weeks * DAY, monday(min(days)))
    counts = [0] * max((end - start).days // 7, 0)
    for day in days:
        place = (monday(day) - start).days // 7
        if 0 <= place < len(counts):
            counts[place] += 1
    return counts


def trend(y):
    if len(y) < 2:
        return None
    pairs = [(i, j) for i in range(len(y)) for j in range(i + 1, len(y))]
    slope = statistics.median((y[j] - y[i]) / (j - i) for i, j in pairs)
    s = sum((y[j] > y[i]) - (y[j] < y[i]) for i, j in pairs)
    n = len(y)
    ties = sum(t * (t - 1) * (2 * t + 5) for t in (y.count(value) for value in set(y)))
    variance = (n * (n - 1) * (2 * n + 5) - ties) / 18
    z = 0.0 if s == 0 or variance == 0 else (s - math.copysign(1, s)) / math.sqrt(variance)
    p = math.erfc(abs(z) / math.sqrt(2))
    relative = slope / max(statistics.median(y), statistics.fmean(y), 1)
    direction = (s > 0) - (s < 0) if slope == 0 else (relative >= 0.01) - (relative <= -0.01)
    label = "flat" if p >= 0.10 else ("declining", "flat", "growing")[direction + 1]
    return {"weeks": n, "slope": slope, "relative": relative, "s": s, "z": z, "p": p, "label": label}


def metrics(orders, as_of):
    orders = sorted(order for order in orders if order[0] <= as_of)
    found = {"first_order_on": None, "last_order_on": None, "days_since_last_order": None}
    days = [order[0] for order in orders]
    if days:
        found["first_order_on"], found["last_order_on"] = days[0].isoformat(), days[-1].isoformat()
        found["days_since_last_order"] = (as_of - days[-1]).days
    for window in (30, 90, 365):
        within = lambda day: as_of - window * DAY < day <= as_of
        inside = [order for order in orders if within(order[0])]
        gaps = [(later[0] - earlier[0]).days for earlier, later in zip(inside, inside[1:])]
        found[f"orders_{window}d"] = len(inside)
        found[f"order_value_{window}d"] = sum(order[1] for order in inside)
        found[f"order_gap_days_{window}d"] = statistics.median(gaps) if gaps else None
        judged = []
        for _, _, requested, delivered in orders:
            if delivered and delivered <= as_of:
                if within(delivered) and requested:
                    judged.append(delivered <= requested)
            elif requested and requested < as_of and within(requested):
                judged.append(False)
        found[f"on_time_{window}d"] = sum(judged) / len(judged) if judged else None
        found[f"on_time_sample_{window}d"] = len(judged)
    for window, weeks in ((90, 13), (365, 52)):
        found[f"order_trend_{window}d"] = trend(weekly(days, as_of, weeks)) if days else None
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("example", choices=["northwind", "cdnow"])
    parser.add_argument("--as-of", type=datetime.date.fromisoformat)
    parser.add_argument("--shift-days", type=int, default=0, help="as prepare.py moved the dates")
    arguments = parser.parse_args()
    customers, last = {"northwind": northwind, "cdnow": cdnow}[arguments.example]()
    shift = DAY * arguments.shift_days
    as_of = arguments.as_of or last + shift
    moved = lambda day: day + shift if day else None
    result = {
        name: metrics([(moved(o), value, moved(r), moved(d)) for o, value, r, d in orders], as_of)
        for name, orders in sorted(customers.items())
    }
    print(json.dumps({"as_of": as_of.isoformat(), "customers": result}, indent=1))


if __name__ == "__main__":
    main()
