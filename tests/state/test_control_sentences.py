"""What is said of control models and kept sketches is known to the translations."""

import pytest

from maquette.core.control import ControlKind
from maquette.core.control_headers import plan_of
from maquette.core.control_models import ControlModelInfo, check_pair
from maquette.core.errors import ModelError
from maquette.core.model_info import ModelFamily, ModelInfo
from maquette.core.safetensors_header import Header, TensorEntry
from maquette.state.control_sentences import CONTROL_SENTENCES
from maquette.state.messages import _pattern
from maquette.state.sentences import SENTENCES


def meant(sentence: str) -> str:
    """The template that the window takes `sentence` for."""
    return next(text for text in SENTENCES if _pattern(text).fullmatch(sentence))


@pytest.mark.parametrize("family", [ModelFamily.MINI, ModelFamily.SD1, ModelFamily.SD2])
def test_a_wrong_pair_is_told_in_every_language(family: ModelFamily) -> None:
    control = ControlModelInfo(
        id="x", name="x", kind=ControlKind.SKETCH, family=ModelFamily.SDXL, layout="folder"
    )
    with pytest.raises(ModelError) as told:
        check_pair(control, ModelInfo(id="m", name="m", family=family))
    assert meant(told.value.message) in CONTROL_SENTENCES


@pytest.mark.parametrize(
    "name",
    [
        "lora_controlnet",
        "lllite_unet",
        "task_embedding",
        "joint_blocks.0.x",
        "down_blocks.0.motion_modules.0",
        "image_proj.proj.weight",
        "conditioner.x",
        "body.0.body.0.block1.weight",
        "anything",
        "controlnet_cond_embedding.conv_in.weight",
    ],
)
def test_a_refused_file_is_told_in_every_language(name: str) -> None:
    header = Header({name: TensorEntry("F16", (1,), (0, 2))}, {})
    with pytest.raises(ModelError) as told:
        plan_of("my file.safetensors", header)
    assert meant(told.value.message) in CONTROL_SENTENCES
