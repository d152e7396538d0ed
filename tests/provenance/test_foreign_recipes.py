"""What other programs write into their pictures is read, and nonsense costs nothing."""

import io
import json
import math
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from maquette.core.gallery import ForeignRecipe
from maquette.provenance.foreign_recipes.reading import foreign_recipe_of
from maquette.provenance.foreign_recipes.values import MAX_NAME, MAX_PROMPT
from maquette.provenance.metadata import Metadata, read_image, read_metadata
from maquette.provenance.user_comment import comment_exif

WEBUI = """a red mug, soft light
on a table
Negative prompt: blurry, ugly
Steps: 25, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 7.5, Seed: 1234, Size: 64x64, \
Model hash: abc, Model: deliberate_v3, Version: v1.10.1"""

PROMPT = {
    "3": {
        "class_type": "KSampler",
        "inputs": {
            "seed": ["20", 0],
            "steps": 20,
            "cfg": 6.5,
            "sampler_name": "euler",
            "scheduler": "normal",
            "denoise": 1.0,
            "model": ["10", 0],
            "positive": ["11", 0],
            "negative": ["11", 1],
            "latent_image": ["5", 0],
        },
    },
    "4": {
        "class_type": "CheckpointLoaderSimple",
        "inputs": {"ckpt_name": "sdxl\\juggernaut.safetensors"},
    },
    "5": {"class_type": "EmptyLatentImage", "inputs": {"width": 64, "height": 64, "batch_size": 1}},
    "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "a red mug", "clip": ["4", 1]}},
    "7": {"class_type": "CLIPTextEncode", "inputs": {"text": "blurry", "clip": ["4", 1]}},
    "8": {"class_type": "VAEDecode", "inputs": {"samples": ["3", 0], "vae": ["4", 2]}},
    "9": {"class_type": "SaveImage", "inputs": {"filename_prefix": "x", "images": ["8", 0]}},
    "10": {
        "class_type": "LoraLoader",
        "inputs": {"lora_name": "a.safetensors", "model": ["4", 0], "clip": ["4", 1]},
    },
    "11": {
        "class_type": "ControlNetApplyAdvanced",
        "inputs": {"positive": ["6", 0], "negative": ["7", 0], "strength": 1.0, "image": ["12", 0]},
    },
    "20": {"class_type": "PrimitiveInt", "inputs": {"value": 77}},
    "30": {"class_type": "Nothing", "inputs": {}, "is_changed": [math.nan]},
}
FLUX = {
    "1": {"class_type": "SaveImage", "inputs": {"images": ["2", 0]}},
    "2": {"class_type": "VAEDecode", "inputs": {"samples": ["3", 0]}},
    "3": {
        "class_type": "SamplerCustomAdvanced",
        "inputs": {
            "noise": ["4", 0],
            "guider": ["5", 0],
            "sampler": ["6", 0],
            "sigmas": ["7", 0],
            "latent_image": ["8", 0],
        },
    },
    "4": {"class_type": "RandomNoise", "inputs": {"noise_seed": 5}},
    "5": {"class_type": "BasicGuider", "inputs": {"model": ["9", 0], "conditioning": ["10", 0]}},
    "6": {"class_type": "KSamplerSelect", "inputs": {"sampler_name": "euler"}},
    "7": {"class_type": "BasicScheduler", "inputs": {"steps": 4, "model": ["9", 0]}},
    "8": {"class_type": "EmptyLatentImage", "inputs": {}},
    "9": {"class_type": "UNETLoader", "inputs": {"unet_name": "flux1-schnell.sft"}},
    "10": {"class_type": "FluxGuidance", "inputs": {"guidance": 3.5, "conditioning": ["11", 0]}},
    "11": {"class_type": "CLIPTextEncode", "inputs": {"text": "一只红色的杯子", "clip": ["12", 0]}},
}
WORKFLOW = {
    "nodes": [
        {
            "id": 3,
            "type": "KSampler",
            "inputs": [
                {"name": "model", "link": 1},
                {"name": "positive", "link": 4},
                {"name": "negative", "link": 6},
            ],
            "widgets_values": [9, "randomize", 30, 8, "dpmpp_2m", "karras", 1],
        },
        {"id": 4, "type": "CheckpointLoaderSimple", "widgets_values": ["v1-5.ckpt"]},
        {"id": 6, "type": "CLIPTextEncode", "widgets_values": ["a drawn graph"]},
        {"id": 7, "type": "CLIPTextEncode", "widgets_values": ["text, watermark"]},
    ],
    "links": [
        [1, 4, 0, 3, 0, "MODEL"],
        [4, 6, 0, 3, 1, "CONDITIONING"],
        [6, 7, 0, 3, 2, "CONDITIONING"],
    ],
}
INVOKE_3 = {
    "positive_prompt": "a red mug",
    "negative_prompt": "blurry",
    "seed": 12,
    "steps": 30,
    "cfg_scale": 5.5,
    "scheduler": "dpmpp_2m_k",
    "model": {"name": "Juggernaut XL", "key": "..."},
}
INVOKE_2 = {
    "model_weights": "stable-diffusion-1.5",
    "image": {
        "prompt": [{"prompt": "a red mug [blurry]", "weight": 1.0}],
        "steps": 50,
        "cfg_scale": 7.5,
        "seed": 42,
        "sampler": "k_lms",
    },
}
FOOOCUS = {
    "prompt": "a red mug",
    "negative_prompt": "blurry",
    "seed": "123",
    "steps": 30,
    "guidance_scale": 4.0,
    "sampler": "dpmpp_2m_sde_gpu",
    "base_model": "juggernautXL_v8",
    "version": "Fooocus v2.5.0",
}
SWARM = {"sui_image_params": {"prompt": "a red mug", "model": "sdxl", "seed": 3, "cfgscale": 7}}
NOVEL = {"steps": 28, "sampler": "k_euler", "seed": 99, "scale": 5.0, "uc": "blurry"}


def recipe(tool: str, **told: Any) -> ForeignRecipe:
    return ForeignRecipe(tool=tool, **told)


KNOWN: dict[str, tuple[dict[str, str], ForeignRecipe]] = {
    "webui": (
        {"parameters": WEBUI},
        recipe(
            "Stable Diffusion web UI",
            prompt="a red mug, soft light\non a table",
            negative_prompt="blurry, ugly",
            seed=1234,
            steps=25,
            guidance_scale=7.5,
            sampler="DPM++ 2M",
            model="deliberate_v3",
        ),
    ),
    "Forge": (
        {"parameters": "a mug\nSteps: 4, Seed: 1, Size: 64x64, Version: f2.0.1v1.10.1"},
        recipe("Forge", prompt="a mug", seed=1, steps=4),
    ),
    "ComfyUI": (
        {"prompt": json.dumps(PROMPT), "workflow": json.dumps(WORKFLOW)},
        recipe(
            "ComfyUI",
            prompt="a red mug",
            negative_prompt="blurry",
            seed=77,
            steps=20,
            guidance_scale=6.5,
            sampler="euler",
            model="juggernaut",
        ),
    ),
    "ComfyUI, flux": (
        {"prompt": json.dumps(FLUX)},
        recipe(
            "ComfyUI",
            prompt="一只红色的杯子",
            seed=5,
            steps=4,
            sampler="euler",
            model="flux1-schnell",
        ),
    ),
    "ComfyUI, drawn": (
        {"workflow": json.dumps(WORKFLOW)},
        recipe(
            "ComfyUI",
            prompt="a drawn graph",
            negative_prompt="text, watermark",
            seed=9,
            steps=30,
            guidance_scale=8.0,
            sampler="dpmpp_2m",
            model="v1-5",
        ),
    ),
    "InvokeAI": (
        {"invokeai_metadata": json.dumps(INVOKE_3)},
        recipe(
            "InvokeAI",
            prompt="a red mug",
            negative_prompt="blurry",
            seed=12,
            steps=30,
            guidance_scale=5.5,
            sampler="dpmpp_2m_k",
            model="Juggernaut XL",
        ),
    ),
    "InvokeAI 2": (
        {"sd-metadata": json.dumps(INVOKE_2), "Dream": '"another" -S 1'},
        recipe(
            "InvokeAI",
            prompt="a red mug",
            negative_prompt="blurry",
            seed=42,
            steps=50,
            guidance_scale=7.5,
            sampler="k_lms",
            model="stable-diffusion-1.5",
        ),
    ),
    "InvokeAI 1": (
        {"Dream": '"a red mug [blurry]" -s 50 -S 42 -W512 -H512 -C 7.5 -A k_lms'},
        recipe(
            "InvokeAI",
            prompt="a red mug",
            negative_prompt="blurry",
            seed=42,
            steps=50,
            guidance_scale=7.5,
            sampler="k_lms",
        ),
    ),
    "Fooocus": (
        {"parameters": json.dumps(FOOOCUS), "fooocus_scheme": "fooocus"},
        recipe(
            "Fooocus",
            prompt="a red mug",
            negative_prompt="blurry",
            seed=123,
            steps=30,
            guidance_scale=4.0,
            sampler="dpmpp_2m_sde_gpu",
            model="juggernautXL_v8",
        ),
    ),
    "SwarmUI": (
        {"parameters": json.dumps(SWARM)},
        recipe("SwarmUI", prompt="a red mug", seed=3, guidance_scale=7.0, model="sdxl"),
    ),
    "NovelAI": (
        {
            "Software": "NovelAI",
            "Description": "a red mug",
            "Comment": json.dumps(NOVEL),
            "Source": "Stable Diffusion XL 8BA2AF87",
        },
        recipe(
            "NovelAI",
            prompt="a red mug",
            negative_prompt="blurry",
            seed=99,
            steps=28,
            guidance_scale=5.0,
            sampler="k_euler",
            model="Stable Diffusion XL 8BA2AF87",
        ),
    ),
}


def png(texts: dict[str, str], *, behind: bool = False) -> bytes:
    info = PngImagePlugin.PngInfo()
    for key, text in texts.items():
        info.add_itxt(key, text) if not text.isascii() else info.add_text(key, text)
        if behind:
            cid, data, _ = info.chunks.pop()
            info.add(cid, data, after_idat=True)
    buffer = io.BytesIO()
    Image.new("RGB", (64, 64)).save(buffer, "PNG", pnginfo=info)
    return buffer.getvalue()


@pytest.mark.parametrize("program", KNOWN)
@pytest.mark.parametrize("behind", [False, True], ids=["before the pixels", "behind the pixels"])
def test_the_recipe_of_another_program_is_read(program: str, behind: bool) -> None:
    texts, expected = KNOWN[program]
    file = png(texts, behind=behind)
    assert foreign_recipe_of(read_metadata(file)) == expected
    assert read_metadata(file) == read_image(file)[1]


@pytest.mark.parametrize("form", ["JPEG", "WEBP", "AVIF"])
def test_it_is_read_from_exif_too(form: str) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (64, 64)).save(buffer, form, exif=comment_exif(WEBUI).tobytes())
    assert foreign_recipe_of(read_metadata(buffer.getvalue())) == KNOWN["webui"][1]


@pytest.mark.parametrize("form", ["JPEG", "WEBP"])
def test_graphs_are_read_from_exif(form: str) -> None:
    exif = Image.Exif()
    exif[0x0110] = f"prompt:{json.dumps(PROMPT)}"
    exif[0x010F] = f"workflow:{json.dumps(WORKFLOW)}"
    buffer = io.BytesIO()
    Image.new("RGB", (64, 64)).save(buffer, form, exif=exif)
    assert foreign_recipe_of(read_metadata(buffer.getvalue())) == KNOWN["ComfyUI"][1]


def test_metadata_are_read_of_a_file_whose_pixels_are_cut_off() -> None:
    file = png(KNOWN["webui"][0])
    cut = file[: file.index(b"IDAT") + 10]
    assert foreign_recipe_of(read_metadata(cut)) == KNOWN["webui"][1]


@pytest.mark.parametrize(
    "texts",
    [
        {},
        {"parameters": "a letter: to, my: friend"},
        {"parameters": "{not json"},
        {"parameters": "[1, 2]"},
        {"parameters": "x" * (1 << 18) + "\nSteps: 1, Seed: 2, Size: 1x1"},
        {"prompt": "a mug"},
        {"prompt": "{" * 100_000},
        {"prompt": json.dumps({str(n): {"class_type": "X", "inputs": {}} for n in range(6000)})},
        {"workflow": json.dumps({"nodes": {"3": 4}, "links": 7})},
        {"workflow": json.dumps({"nodes": [None, 3, {"type": [], "id": {}}], "links": [[]]})},
        {"invokeai_metadata": "null", "sd-metadata": "[]", "Dream": "no quotes"},
    ],
)
def test_what_says_nothing_is_no_recipe(texts: dict[str, str]) -> None:
    assert foreign_recipe_of(metadata_of(texts)) is None


def metadata_of(texts: dict[str, str]) -> Metadata:
    others = {key: text for key, text in texts.items() if key != "parameters"}
    return Metadata(
        format="PNG",
        width=1,
        height=1,
        parameters=texts.get("parameters", ""),
        texts=others,
    )


def test_a_graph_that_runs_in_circles_ends() -> None:
    graph = {
        "1": {"class_type": "KSampler", "inputs": {"seed": ["1", 0], "positive": ["2", 0]}},
        "2": {"class_type": "X", "inputs": {"conditioning": ["3", 0]}},
        "3": {"class_type": "X", "inputs": {"conditioning": ["2", 0]}},
    }
    assert foreign_recipe_of(metadata_of({"prompt": json.dumps(graph)})) == recipe("ComfyUI")


EVIL = "\x00\x1b[2J\u202e<b onload=x>../../etc\ud800" + "A" * 20_000


def check_bounds(found: ForeignRecipe | None) -> None:
    if found is None:
        return
    for text in (found.prompt, found.negative_prompt):
        assert len(text) <= MAX_PROMPT
        assert text.replace("\n", "").isprintable() or " " in text
    for name in (found.tool, found.sampler, found.model):
        assert len(name) <= MAX_NAME
        assert "\n" not in name
    assert "/" not in found.model
    assert "\\" not in found.model
    for text in msgspec.to_builtins(found).values():
        if isinstance(text, str):
            assert not {"\x00", "\x1b", "\u202e", "\ud800"} & set(text)
    assert found.seed is None or 0 <= found.seed < 2**64
    assert found.steps is None or found.steps > 0
    assert found.guidance_scale is None or math.isfinite(found.guidance_scale)
    assert msgspec.json.decode(msgspec.json.encode(found), type=ForeignRecipe) == found


def evil(value: Any) -> Any:
    """`value` with EVIL in all its texts but the links and kinds, and absurd numbers."""
    match value:
        case dict():
            return {
                key: each
                if key in ("class_type", "type", "name", "id", "links", "link")
                else evil(each)
                for key, each in value.items()
            }
        case [str() | int(), int()]:
            return value
        case list():
            return [evil(each) for each in value]
        case str():
            return value + EVIL
        case int() | float():
            return 10**40
    return value


@pytest.mark.parametrize("program", KNOWN)
def test_hostile_texts_become_short_and_plain(program: str) -> None:
    texts, _ = KNOWN[program]
    hostile = {}
    for key, text in texts.items():
        if text.startswith("{"):
            hostile[key] = json.dumps(evil(json.loads(text)))
        else:
            hostile[key] = text.replace("mug", EVIL).replace("1234", "9" * 50)
    if program == "NovelAI":
        hostile["Software"] = "NovelAI"
    found = foreign_recipe_of(metadata_of(hostile))
    assert found is not None
    check_bounds(found)
    assert "A" * 1000 in found.prompt


_NAMES = [
    "inputs",
    "class_type",
    "positive",
    "seed",
    "model",
    "text",
    "nodes",
    "links",
    "1",
    "image",
    "prompt",
    "widgets_values",
    "id",
    "type",
    "name",
    "link",
    "guider",
]
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(_NAMES),
            inner,
            max_size=5,
        )
    ),
    max_leaves=30,
)
_KEYS = ["prompt", "workflow", "invokeai_metadata", "sd-metadata", "Dream", "Comment", "parameters"]


@given(
    st.dictionaries(
        st.sampled_from(_KEYS), _JSON.map(json.dumps) | st.text(max_size=200), max_size=4
    )
)
def test_nothing_raises_whatever_the_texts_say(texts: dict[str, str]) -> None:
    check_bounds(foreign_recipe_of(metadata_of(texts | {"Software": "NovelAI"})))
    check_bounds(foreign_recipe_of(metadata_of(texts)))


@given(_JSON, _JSON, _JSON)
def test_nothing_raises_whatever_a_graph_is_made_of(one: Any, two: Any, three: Any) -> None:
    graph = {
        "1": {"class_type": "KSampler", "inputs": {"seed": one, "positive": two, "model": three}},
        "2": {"class_type": "SaveImage", "inputs": {"images": ["1", 0], "more": one}},
        "3": three,
    }
    check_bounds(foreign_recipe_of(metadata_of({"prompt": json.dumps(graph)})))
