"""From a folder of articles to a timeline, a network of actors and the contradictions.

    pip install 'dateline[examples]'
    python examples/python/folder_to_timeline.py examples/articles.jsonl --out timeline-out

Give files or folders: JSON lines, plain texts, pages, web archives, whatever `dateline add` takes. The cells
(`# %%`) run one by one in an editor that knows them.
"""

# %% What is read, and where the results go
import argparse
import pathlib

import matplotlib

matplotlib.use("Agg")
import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import networkx as nx
import pandas as pd

import dateline

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("inputs", nargs="+", type=pathlib.Path)
parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("timeline-out"))
args = parser.parse_args()
args.out.mkdir(parents=True, exist_ok=True)

# %% Into a store; run again, it reads only what is new
store = dateline.Store(args.out / "news.db")
print(store.add(dateline.articles(*args.inputs)))

# %% Each incident once, by day or month, coloured by quad class
COLOURS = {
    "verbal-cooperation": "#7fb8da",
    "material-cooperation": "#1f6fa8",
    "verbal-conflict": "#f0a35e",
    "material-conflict": "#b3362b",
}
incidents = store.table("incidents").to_pandas().dropna(subset=["day"])
days = pd.to_datetime(incidents["day"])
by_month = (days.max() - days.min()).days > 180
incidents["when"] = days.dt.to_period("M" if by_month else "D").dt.start_time
counts = incidents.groupby(["when", "quad"]).size().unstack(fill_value=0)
figure, axes = plt.subplots(figsize=(10, 4))
bottom = 0
for quad, colour in COLOURS.items():
    if quad in counts:
        axes.bar(counts.index, counts[quad], 25 if by_month else 0.8, bottom, color=colour, label=quad)
        bottom = bottom + counts[quad]
axes.set_ylabel("incidents a month" if by_month else "incidents a day")
axes.xaxis.set_major_formatter(mdates.ConciseDateFormatter(axes.xaxis.get_major_locator()))
axes.legend(frameon=False)
figure.tight_layout()
figure.savefig(args.out / "timeline.png", dpi=150)

# %% Who acts toward whom
store.export("graphml", args.out / "actors.graphml")
network = nx.read_graphml(args.out / "actors.graphml")
network = nx.MultiDiGraph(network)
place = nx.spring_layout(network, seed=7, k=1.2)
figure, axes = plt.subplots(figsize=(10, 8))
weights = dict(network.degree(weight="weight"))
nx.draw_networkx_nodes(
    network, place, ax=axes, node_size=[60 + 60 * weights[n] for n in network], node_color="#dddddd"
)
for quad, colour in COLOURS.items():
    edges = [(a, b, k) for a, b, k, q in network.edges(keys=True, data="quad") if q == quad]
    nx.draw_networkx_edges(
        network, place, ax=axes, edgelist=edges, edge_color=colour, connectionstyle="arc3,rad=0.1"
    )
nx.draw_networkx_labels(network, place, dict(network.nodes(data="label")), font_size=8, ax=axes)
axes.set_axis_off()
figure.tight_layout()
figure.savefig(args.out / "actors.png", dpi=150)

# %% What is in dispute, both sides quoted
for dispute in store.disputes(limit=10):
    for claim in (dispute.claim, dispute.other):
        speaker = claim.speaker.name if claim.speaker else "nobody named"
        print(f"{dispute.score:.2f}  {speaker} ({claim.stance}): {claim.quote}  [{claim.article}]")
    print()
print("written:", *sorted(p.name for p in args.out.iterdir() if p.suffix in {".png", ".graphml"}))
