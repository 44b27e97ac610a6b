"""What differs between the two models: sizes, schedule, and what is read how often."""
from dataclasses import dataclass

from .encoder import Encoder
from .network import Reader


@dataclass(frozen=True)
class Recipe:
    """A model and its schedule. `turns` are the sources of one batch after another."""
    pairs: int  # layers of the trunk: convolution and recurrence
    encoder: bool
    drop: float
    steps: int
    words: int  # tokens of a batch
    rate: float  # the highest rate of learning, of the encoder `encoder_rate`
    encoder_rate: float
    warm: int  # steps until the rate is highest
    decay: float  # of the moving average
    turns: tuple
    taught_from: int  # the step from which wires are those that the teacher read; 0 for never
    every: int  # steps between checkpoints
    rows: int  # of the word table that are shipped, the commonest

    def network(self, stuff, fresh=True):
        """The network, the encoder with its published weights where it is to be trained afresh."""
        encoder = Encoder(stuff["pieces"]) if self.encoder else None
        if encoder is not None and fresh:
            encoder.start_from_minilm()
        return Reader(stuff["minilm"], stuff["labels"], drop=self.drop, pairs=self.pairs, encoder=encoder)


RECIPES = {
    "swift": Recipe(pairs=3, encoder=False, drop=0.2, steps=12000, words=1800, rate=2e-3, encoder_rate=0.0, warm=300,
                    decay=0.999, turns=("trees", "claims", "trees", "claims", "wires"), taught_from=0, every=250, rows=28000),
    "fine": Recipe(pairs=2, encoder=True, drop=0.15, steps=2200, words=1000, rate=1.5e-3, encoder_rate=1.5e-4, warm=150,
                   decay=0.998, turns=("trees", "claims", "trees", "claims", "trees", "claims", "trees", "claims", "trees", "wires"),
                   taught_from=0, every=100, rows=18000),
}
