"""How the embedded reading network of dateline is made; never needed to build or run it."""
