"""ResidentLora: a LoRA whose layers are in the networks of the resident model."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ResidentLora:
    """A LoRA whose layers are in the networks, whether they act or not.

    `networks` are those that it changes, of "unet", "text_encoder" and "text_encoder_2"; `size` is
    in bytes. Of `total` tensors of its file `applied` are used.
    """

    networks: tuple[str, ...]
    size: int
    applied: int
    total: int

    def notices(self, name: str) -> tuple[str, ...]:
        """What the user is told of it."""
        unknown = self.total - self.applied
        if not unknown:
            return ()
        return (
            f"Of the LoRA {name}, {self.applied} of {self.total} keys were applied; {unknown} are "
            "unknown to this model.",
        )
