"""What differs between the models: sizes, schedule, and what is read how often."""
from dataclasses import dataclass

from .encoder import Encoder
from .network import Reader


@dataclass(frozen=True)
class Recipe:
    """A model and its schedule. `turns` are the sources of one batch after another."""
    pairs: int  # layers of the trunk: convolution and recurrence
    layers: int  # of the encoder; 0 for none
    drop: float
    steps: int  # the rate of learning warms up, then falls to nothing
    words: int  # tokens of a batch
    rate: float  # the highest rate of learning, of the encoder `encoder_rate`
    encoder_rate: float
    warm: int  # steps until the rate is highest
    decay: float  # of the moving average
    turns: tuple  # of trees, claims, wires, and `taught`: raw news and claims as the teachers read them
    every: int  # steps between checkpoints
    rows: int = 0  # of the word table that are shipped, the commonest

    def rate_at(self, step):
        """Share of the highest rate at a step."""
        return min(1, (step + 1) / self.warm) * (0.02 + 0.98 * (1 - step / self.steps))

    def network(self, stuff, fresh=True):
        """The network, the encoder with its published weights where it is to be trained afresh."""
        encoder = Encoder(stuff["pieces"], layers=self.layers) if self.layers else None
        if encoder is not None and fresh:
            encoder.start_from_minilm()
        return Reader(stuff["minilm"], stuff["labels"], drop=self.drop, pairs=self.pairs, encoder=encoder)


RECIPES = {
    "teacher": Recipe(pairs=2, layers=6, drop=0.25, steps=4000, words=4000, rate=1.5e-3, encoder_rate=2e-4, warm=300, decay=0.998,
                      turns=("trees", "claims", "trees", "claims", "trees", "claims", "trees", "claims", "trees", "wires"), every=1000),
    "swift": Recipe(pairs=4, layers=0, drop=0.15, steps=20000, words=5000, rate=2.5e-3, encoder_rate=0.0, warm=500, decay=0.9995,
                    turns=("trees", "taught", "claims", "taught"), every=1000, rows=40000),
    "fine": Recipe(pairs=2, layers=4, drop=0.15, steps=10000, words=4000, rate=1.5e-3, encoder_rate=2.5e-4, warm=300, decay=0.999,
                   turns=("trees", "taught", "claims", "taught"), every=1000, rows=18000),
}
