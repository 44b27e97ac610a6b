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
    rounds: tuple  # (last step, share of `rate` that the round begins with): each warms up, then falls to nothing
    words: int  # tokens of a batch
    rate: float  # the highest rate of learning, of the encoder `encoder_rate`
    encoder_rate: float
    warm: int  # steps until the rate of a round is highest
    decay: float  # of the moving average
    turns: tuple
    taught_from: int  # the step from which wires are those that the teacher read, and `taught_turns` hold; 0 for never
    taught_turns: tuple
    every: int  # steps between checkpoints
    rows: int  # of the word table that are shipped, the commonest

    @property
    def steps(self):
        return self.rounds[-1][0]

    def rate_at(self, step):
        """Share of the highest rate at a step."""
        begin = 0
        for end, top in self.rounds:
            if step < end:
                break
            begin = end
        return top * min(1, (step - begin + 1) / self.warm) * (0.02 + 0.98 * max(0.0, 1 - (step - begin) / (end - begin)))

    def network(self, stuff, fresh=True):
        """The network, the encoder with its published weights where it is to be trained afresh."""
        encoder = Encoder(stuff["pieces"]) if self.encoder else None
        if encoder is not None and fresh:
            encoder.start_from_minilm()
        return Reader(stuff["minilm"], stuff["labels"], drop=self.drop, pairs=self.pairs, encoder=encoder)


RECIPES = {
    "swift": Recipe(pairs=3, encoder=False, drop=0.2, rounds=((12000, 1.0), (22000, 0.6), (28000, 0.45), (32000, 0.4)), words=1800, rate=2e-3, encoder_rate=0.0,
                    warm=300, decay=0.999, turns=("trees", "claims", "trees", "claims", "wires"), taught_from=12000,
                    taught_turns=("trees", "claims", "wires"), every=250, rows=28000),
    "fine": Recipe(pairs=2, encoder=True, drop=0.15, rounds=((2200, 1.0), (4800, 0.6)), words=1000, rate=1.5e-3, encoder_rate=1.5e-4,
                   warm=150, decay=0.998, turns=("trees", "claims", "trees", "claims", "trees", "claims", "trees", "claims", "trees", "wires"),
                   taught_from=0, taught_turns=(), every=100, rows=18000),
}
