"""ResidentIPAdapter: an IP-Adapter beside the resident model, and images as it is told of them."""

from collections import OrderedDict
from dataclasses import dataclass, field

from diffusers.models.embeddings import ImageProjection
from torch import Tensor, nn

from maquette.core.ip_adapter import IPAdapterUse


@dataclass(eq=False)
class ResidentIPAdapter:
    """An IP-Adapter that can be attached to the UNet (see ip_adapter).

    `projection` makes tokens of an embedded image. `processors` take the place of those of the
    UNet's cross attentions, by name. `encoder_file` is the weight file of its image encoder, which
    is loaded while images are embedded; `embedded` are recent images, (1, width), by digest.
    """

    use: IPAdapterUse
    encoder_file: str
    projection: ImageProjection
    processors: nn.ModuleDict
    embedded: OrderedDict[str, Tensor] = field(default_factory=OrderedDict)

    @property
    def networks(self) -> tuple[nn.Module, ...]:
        """What runs with the UNet."""
        return (self.projection, self.processors)

    @property
    def size(self) -> int:
        """Bytes of its weights."""
        return sum(
            weight.numel() * weight.itemsize
            for network in self.networks
            for weight in network.parameters()
        )
