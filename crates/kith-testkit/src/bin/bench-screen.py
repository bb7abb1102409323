"""rapidfuzz over the same names: LIST.tsv QUERIES.tsv HITS, one core, Jaro-Winkler over sorted lower-case words.

The threshold is the one that gives HITS hits a name, so that recall can be compared."""
import sys
import time

import numpy as np
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cdist
from rapidfuzz.utils import default_process


def read(path):
    rows = [line.rstrip("\n").split("\t", 1) for line in open(path, encoding="utf-8")]
    return [row[0] for row in rows], [" ".join(sorted(default_process(row[1]).split())) for row in rows]


ids, names = read(sys.argv[1])
wanted, queries = read(sys.argv[2])
hits = float(sys.argv[3])
of = {}
for place, entry in enumerate(ids):
    of.setdefault(entry, []).append(place)
begin = time.perf_counter()
best, all_scores = [], []
for start in range(0, len(queries), 256):
    scores = cdist(queries[start : start + 256], names, scorer=JaroWinkler.similarity, dtype=np.float32, workers=1)
    for row, entry in zip(scores, wanted[start : start + 256]):
        best.append(max((row[place] for place in of.get(entry, [])), default=0.0))
    all_scores.append(np.sort(scores, axis=None)[-int(hits * len(queries)) - 1 :])
wall = time.perf_counter() - begin
merged = np.sort(np.concatenate(all_scores))
threshold = merged[-min(len(merged), int(hits * len(queries)))]
recall = sum(score >= threshold for score in best) / len(best)
print(f"rapidfuzz  {len(queries) / wall:>8.0f} names/s  recall {recall:.4f}  hits a name {hits:.2f} (threshold {threshold:.3f})")
