"""An IP-Adapter acts as in diffusers' own pipelines, and leaves nothing behind."""

import pickle
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
import torch
from diffusers import StableDiffusionPipeline
from safetensors.torch import load_file
from tests.worker.ip_adapters import adapter_state, write_adapter, write_encoder
from transformers import CLIPVisionModelWithProjection

from maquette.core.errors import FailureCode, JobFailed, ModelError
from maquette.core.ip_adapter import IPAdapterUse
from maquette.core.ip_adapters import holds_ip_adapter, inspect_ip_adapter
from maquette.core.lora import LoraUse
from maquette.core.model_files import weights_digest
from maquette.core.model_ref import ModelRef
from maquette.core.paths import settings_file
from maquette.core.pixels import Pixels, pixel_digest
from maquette.core.prompt_blend import PromptBlend
from maquette.core.recipe import Recipe
from maquette.core.record import record_id_for
from maquette.core.settings import Settings, save_settings
from maquette.core.style_image import StyleImage
from maquette.protocol.messages import Device
from maquette.worker import studio
from maquette.worker.cancel import CancelToken
from maquette.worker.ip_adapter import _shown, forget_ip_adapter, have_ip_adapter
from maquette.worker.loras import forget_all, have_loras
from maquette.worker.made import Made
from maquette.worker.memory import MemoryPlan, apply_plan
from maquette.worker.models import load_model
from maquette.worker.pipeline import Pipeline
from maquette.worker.studio import Studio
from maquette.worker.text_to_image import Run, make_image

SIDE = 64  # pixels; nothing is marked here


def noise(seed: int) -> Pixels:
    return np.random.default_rng(seed).integers(0, 255, (SIDE, SIDE, 3)).astype(np.uint8)


IMAGES = {pixel_digest(pixels): pixels for pixels in (noise(1), noise(2))}
FIRST, SECOND = IMAGES


@pytest.fixture(scope="module")
def loaded(sd_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    cache = tmp_path_factory.mktemp("cache") / "d.json"
    return load_model(str(sd_folder), torch.device("cpu"), torch.float32, cache, lambda *_: None)


@pytest.fixture
def pipeline(loaded: Pipeline) -> Iterator[Pipeline]:
    """The model as it was loaded."""
    yield loaded
    forget_ip_adapter(loaded)
    forget_all(loaded)


@pytest.fixture
def file(loaded: Pipeline, tmp_path: Path) -> Path:
    """An IP-Adapter for the tiny model, with its image encoder beside it."""
    folder = tmp_path / "适配器"
    write_encoder(folder)
    return write_adapter(folder / "ip-adapter_tiny.safetensors", adapter_state(loaded.unet))


def use_of(file: Path) -> IPAdapterUse:
    return inspect_ip_adapter(file, file.parent / "d.json").use


def made(pipeline: Pipeline, file: Path, like: StyleImage | None, **changes: object) -> Pixels:
    recipe = Recipe(
        prompt="a red ceramic mug",
        negative_prompt="blurry",
        seed=7,
        width=SIDE,
        height=SIDE,
        steps=2,
        guidance_scale=5.0,
        model=ModelRef(pipeline.info.id),
        like=like,
    )
    recipe = msgspec.structs.replace(recipe, **changes)
    digests = file.parent / "d.json"
    have_loras(pipeline, recipe, (), digests)
    have_ip_adapter(pipeline, recipe, IMAGES, [str(file.parent)], digests)
    return make_image(pipeline, recipe, None, lambda *_: None, Run(CancelToken()), IMAGES)


def test_it_acts_as_diffusers_has_it(pipeline: Pipeline, file: Path, sd_folder: Path) -> None:
    like = StyleImage(FIRST, 0.7, adapter=use_of(file))
    ours = made(pipeline, file, like)
    theirs: Any = StableDiffusionPipeline.from_pretrained(
        sd_folder, safety_checker=None, feature_extractor=None, requires_safety_checker=False
    )
    state: dict[str, dict[str, torch.Tensor]] = {"image_proj": {}, "ip_adapter": {}}
    for key, value in load_file(file).items():
        part, _, rest = key.partition(".")
        state[part][rest] = value
    theirs.unet._load_ip_adapter_weights([state])
    theirs.set_ip_adapter_scale(0.7)
    encoder = CLIPVisionModelWithProjection.from_pretrained(file.parent / "image_encoder")
    with torch.inference_mode():
        embedded = encoder(_shown(IMAGES[FIRST], 32)).image_embeds[None]
    theirs.set_progress_bar_config(disable=True)
    picture = theirs(
        "a red ceramic mug",
        negative_prompt="blurry",
        width=SIDE,
        height=SIDE,
        num_inference_steps=2,
        guidance_scale=5.0,
        generator=torch.Generator().manual_seed(7),
        ip_adapter_image_embeds=[torch.cat([torch.zeros_like(embedded), embedded])],
        output_type="np",
    ).images[0]
    # Theirs projects the image anew in every step, which may round otherwise.
    assert np.abs(ours - (picture * 255).round()).max() <= 1


def test_strength_and_image_tell_and_nothing_is_left_behind(pipeline: Pipeline, file: Path) -> None:
    plain = made(pipeline, file, None)
    use = use_of(file)
    assert np.array_equal(made(pipeline, file, StyleImage(FIRST, 0.0, adapter=use)), plain)
    assert pipeline.ip_adapter is None
    pictures = [
        made(pipeline, file, StyleImage(digest, strength, adapter=use))
        for digest, strength in ((FIRST, 1.0), (FIRST, 0.3), (SECOND, 1.0))
    ]
    for number, picture in enumerate(pictures):
        for other in (plain, *pictures[:number]):
            assert not np.array_equal(picture, other)
    far, near = (np.abs(each.astype(int) - plain).mean() for each in pictures[:2])
    assert near < far
    assert np.array_equal(made(pipeline, file, None), plain)
    again = made(pipeline, file, StyleImage(FIRST, 1.0, adapter=use))
    assert np.array_equal(again, pictures[0])


@pytest.mark.parametrize(
    "changes",
    [
        {"guidance_scale": 1.0},
        {"blend": PromptBlend(prompt="a blue vase", share=0.4)},
        {"guidance_scale": 1.0, "blend": PromptBlend(prompt="a blue vase", share=0.4)},
    ],
    ids=["unguided", "blended", "blended, unguided"],
)
def test_it_acts_whatever_the_rows_are(
    pipeline: Pipeline, file: Path, changes: dict[str, object]
) -> None:
    like = StyleImage(FIRST, 1.0, adapter=use_of(file))
    plain = made(pipeline, file, None, **changes)
    assert not np.array_equal(made(pipeline, file, like, **changes), plain)
    assert np.array_equal(made(pipeline, file, None, **changes), plain)


def test_it_acts_in_slices_and_offloaded(pipeline: Pipeline, file: Path) -> None:
    like = StyleImage(FIRST, 1.0, adapter=use_of(file))
    whole = made(pipeline, file, like).astype(int)
    before = dict(pipeline.unet.attn_processors)
    try:
        apply_plan(pipeline, MemoryPlan.OFFLOADED)
        assert np.abs(made(pipeline, file, like) - whole).max() <= 2
        forget_ip_adapter(pipeline)
        assert np.abs(made(pipeline, file, like) - whole).max() <= 2
    finally:
        apply_plan(pipeline, MemoryPlan.FULL)
        pipeline.unet.set_attn_processor(before)


def test_a_lora_acts_beside_it(pipeline: Pipeline, file: Path) -> None:
    place = "unet.down_blocks.0.attentions.0.transformer_blocks.0.attn2.to_k"
    lora = write_adapter(
        file.parent / "lora" / "ink.safetensors",
        {
            f"{place}.lora_A.weight": torch.randn(4, 32),
            f"{place}.lora_B.weight": torch.randn(32, 4),
        },
    )
    loras = (LoraUse("ink", weights_digest(lora, file.parent / "d.json"), 1.0),)
    like = StyleImage(FIRST, 1.0, adapter=use_of(file))
    plain, alone = made(pipeline, file, None), made(pipeline, file, like)
    both = made(pipeline, file, like, loras=loras)
    assert not np.array_equal(both, alone)
    assert not np.array_equal(both, made(pipeline, file, None, loras=loras))
    assert np.array_equal(made(pipeline, file, like), alone)
    assert np.array_equal(made(pipeline, file, None), plain)


def test_one_that_is_not_at_hand_is_named(pipeline: Pipeline, file: Path) -> None:
    like = StyleImage(FIRST, adapter=use_of(file))
    write_encoder(file.parent, seed=8)  # another encoder is another adapter
    with pytest.raises(ModelError, match="ip-adapter_tiny of this recipe is not at hand"):
        made(pipeline, file, like)
    file.unlink()
    with pytest.raises(ModelError, match="ip-adapter_tiny of this recipe is not at hand"):
        made(pipeline, file, like)


def test_another_models_and_broken_ones_are_refused(pipeline: Pipeline, file: Path) -> None:
    state = adapter_state(pipeline.unet)

    def refused(**changes: torch.Tensor | None) -> str:
        named = {name.replace("__", "."): value for name, value in changes.items()}
        kept = {k: v for k, v in (state | named).items() if v is not None}
        write_adapter(file, kept)
        with pytest.raises(ModelError) as caught:
            made(pipeline, file, StyleImage(FIRST, adapter=use_of(file)))
        return caught.value.message

    assert "no numbers (NaN)" in refused(
        ip_adapter__1__to_k_ip__weight=torch.full((32, 32), np.nan)
    )
    others = {"ip_adapter__99__to_k_ip__weight": torch.ones(32, 32)}
    others |= {"ip_adapter__99__to_v_ip__weight": torch.ones(32, 32)}
    assert "made for another" in refused(**others)
    write_adapter(file, state)
    plain = made(pipeline, file, None)
    made(pipeline, file, StyleImage(FIRST, adapter=use_of(file)))
    assert np.array_equal(made(pipeline, file, None), plain)


def test_the_studio_finds_it_by_the_settings_and_lives_with_too_little_memory(
    sd_folder: Path, file: Path, maquette_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del maquette_home
    save_settings(settings_file(), Settings(ip_adapters=(str(file),)))
    maker = Studio(Device("cpu", "test", "fp32", 1 << 34))
    maker.load(str(sd_folder), CancelToken(), lambda *_: None)
    pixels = np.full((256, 256, 3), (90, 30, 160), np.uint8)
    like = StyleImage(pixel_digest(pixels), 1.0, adapter=use_of(file))
    recipe = Recipe(
        prompt="a mug", seed=1, width=256, height=256, steps=1, guidance_scale=1.0,
        model=ModelRef(str(sd_folder)), like=like,
    )  # fmt: skip

    def make(asked: Recipe) -> Made:
        images = {like.digest: pixels}
        return maker.make(asked, None, CancelToken(), lambda *_: None, images)

    picture = make(recipe)
    assert picture.recipe.like == like
    plain = make(msgspec.structs.replace(recipe, like=None))
    assert not np.array_equal(plain.pixels, picture.pixels)

    def lacking(*_arguments: object) -> None:
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr(studio, "have_ip_adapter", lacking)
        with pytest.raises(JobFailed, match="for the IP-Adapter of the style image") as caught:
            make(recipe)
    assert caught.value.code is FailureCode.OUT_OF_MEMORY
    assert np.array_equal(make(recipe).pixels, picture.pixels)


def of_sdxl(state: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """As wide as SDXL's."""
    context = 2048
    wide = {
        "image_proj.proj.weight": torch.ones(4 * context, 16),
        "image_proj.proj.bias": torch.ones(4 * context),
        "image_proj.norm.weight": torch.ones(context),
        "image_proj.norm.bias": torch.ones(context),
    }
    return wide | {key: torch.ones(8, context) for key in state if key.startswith("ip_adapter")}


def test_another_familys_is_refused_before_it_is_loaded(pipeline: Pipeline, file: Path) -> None:
    write_adapter(file, of_sdxl(adapter_state(pipeline.unet)))
    with pytest.raises(ModelError, match="made for SDXL and cannot be used with tiny sd"):
        made(pipeline, file, StyleImage(FIRST, adapter=use_of(file)))


def pickled(file: Path) -> Path:
    file.write_bytes(pickle.dumps({"image_proj": {}, "ip_adapter": {}}))
    return file


def under_its_own_name(file: Path) -> Path:
    return pickled(file).rename(file.with_suffix(".bin"))


def cut_off(file: Path) -> Path:
    file.write_bytes(file.read_bytes()[:-100])
    return file


def without_encoder(file: Path) -> Path:
    shutil.rmtree(file.parent / "image_encoder")
    return file


def with_another_encoder(file: Path) -> Path:
    write_encoder(file.parent, width=12)
    return file


def with_a_pickled_encoder(file: Path) -> Path:
    weights = file.parent / "image_encoder" / "model.safetensors"
    weights.rename(weights.with_name("pytorch_model.bin"))
    return file


def with_a_huge_encoder(file: Path) -> Path:
    config = file.parent / "image_encoder" / "config.json"
    config.write_text(config.read_text().replace('"image_size": 32', '"image_size": 100000'))
    return file


def with_more_layers_than_weights(file: Path) -> Path:
    config = file.parent / "image_encoder" / "config.json"
    many = config.read_text().replace('"num_hidden_layers": 2', '"num_hidden_layers": 200')
    config.write_text(many)
    return file


def changed(file: Path, change: Callable[[dict[str, torch.Tensor]], object]) -> Path:
    state = {key: value.clone() for key, value in load_file(file).items()}
    change(state)
    return write_adapter(file, state)


def plus(file: Path) -> Path:
    return changed(file, lambda state: state.update({"image_proj.latents": torch.ones(1, 16, 8)}))


def halved(file: Path) -> Path:
    return changed(file, lambda state: state.pop("ip_adapter.1.to_v_ip.weight"))


def a_lora(file: Path) -> Path:
    return write_adapter(file, {"unet.a.lora_A.weight": torch.ones(2, 2)})


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (pickled, "is a Python pickle under a .safetensors name"),
        (under_its_own_name, "such files can run programs; please get the IP-Adapter"),
        (cut_off, "is incomplete"),
        (without_encoder, "The image encoder of ip-adapter_tiny is missing"),
        (with_another_encoder, "is another one than it was made for"),
        (with_a_pickled_encoder, "has no model.safetensors"),
        (with_a_huge_encoder, "cannot be used"),
        (with_more_layers_than_weights, "cannot be used"),
        (plus, "another kind"),
        (halved, "not a complete IP-Adapter"),
        (a_lora, "is no IP-Adapter"),
    ],
)
def test_what_cannot_be_used_is_refused_by_its_header(
    file: Path, spoil: Callable[[Path], Path], words: str
) -> None:
    with pytest.raises(ModelError, match=words):
        use_of(spoil(file))


def test_a_folder_as_published_is_told_from_others(file: Path, tmp_path: Path) -> None:
    published = tmp_path / "published"
    (published / "sdxl_models").mkdir(parents=True)
    shutil.copytree(file.parent / "image_encoder", published / "models" / "image_encoder")
    copy = shutil.copy(file, published / "sdxl_models" / "ip-adapter_sdxl.safetensors")
    assert use_of(Path(copy)).encoder == use_of(file).encoder
    assert holds_ip_adapter(str(published))
    assert not holds_ip_adapter(str(published / "models"))
    assert not holds_ip_adapter(str(tmp_path / "nothing"))


def test_the_adapter_is_part_of_the_recipe_and_its_id(file: Path) -> None:
    use = use_of(file)
    recipe = Recipe(
        prompt="a mug", seed=1, width=256, height=256, steps=4, guidance_scale=3.0,
        model=ModelRef("x"), like=StyleImage(FIRST, 0.5, "AB12CD34"),
    )  # fmt: skip
    renamed = IPAdapterUse("other name", use.digest, use.encoder)
    with_it = msgspec.structs.replace(recipe, like=StyleImage(FIRST, 0.5, "AB12CD34", renamed))
    same = msgspec.structs.replace(recipe, like=StyleImage(FIRST, 0.5, "", use))
    assert record_id_for(recipe) != record_id_for(with_it) == record_id_for(same)
    assert msgspec.json.decode(msgspec.json.encode(same), type=Recipe) == same


def test_a_picture_is_shown_as_clip_learned_to_see() -> None:
    pixels = np.zeros((40, 80, 3), np.uint8)
    pixels[:, 30:50] = 255
    shown = _shown(pixels, 20)
    assert shown.shape == (1, 3, 20, 20)
    # The middle half of the width is left, white in its middle.
    assert float(shown[0, :, 10, 10].min()) > 1.9
    assert float(shown[0, :, 10, 1].max()) < -1.4
