"""Clusters a graph with igraph's community_infomap.

Arguments: a file of edges, gzip, "from to weight" a line, and the number of trials. Prints the
processor seconds of the search, then each node's id and module.
"""

import gzip
import sys
import time

import igraph


def main(path, trials):
    ids = {}
    edges = []
    weights = []
    with gzip.open(path, "rt") as lines:
        for line in lines:
            fields = line.split()
            if not fields or fields[0].startswith("#"):
                continue
            edges.append(tuple(ids.setdefault(int(field), len(ids)) for field in fields[:2]))
            weights.append(float(fields[2]) if len(fields) > 2 else 1.0)
    graph = igraph.Graph(n=len(ids), edges=edges)
    graph.es["weight"] = weights
    # both directions of an arc, or one edge written twice
    graph.simplify(loops=False, combine_edges="sum")
    begin = time.process_time()
    found = graph.community_infomap(edge_weights="weight", trials=trials)
    print(time.process_time() - begin)
    for identifier, module in zip(ids, found.membership):
        print(identifier, module)


main(sys.argv[1], int(sys.argv[2]))
