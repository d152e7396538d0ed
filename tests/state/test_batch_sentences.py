"""What is said of a bad batch file is known to the translations, before what is like it."""

from pathlib import Path

import pytest

from maquette.core.batch.plan import plan_batch
from maquette.state.batch_sentences import BATCH_SENTENCES
from maquette.state.messages import _pattern
from maquette.state.sentences import SENTENCES

LINES = {
    "a.txt": ["{a", "a}", "__none__", "{a|" * 12 + "b" + "}" * 12, "__loop__", "__empty__"],
    "b.csv": ["prompt,stpes,client,prompt", "a,1,2,3"],
    "c.csv": ["steps", "3"],
    "d.csv": ["mug,3"],
    "e.csv": [
        "prompt,steps,seed,sampler,count,start,model,strength",
        "a,x,9..1,euler,0,,,",
        "a,,x,,9999,,,",
        "a,,,,,../a,,",
        "a,,,,,none.png,,",
        "a,,,,,,//host/model,",
        "a,,,,,,,0.5",
        "a,b,c,d,e,f,g,h,i",
        "",
    ],
    "f.jsonl": ["x", "[1]", "{}", '{"prompt": 1}', '{"prompt": "a", "guidance_scale": "x"}'],
    "g.jsonl": ['{"prompt": "a", "style": []}', '{"prompt": "a", "model": 3}'],
    "h.txt": ["{{1|2|3|4|5|6|7|8|9|0}}" * 9],
    "i.txt": [""],
    "j.txt": ["x" * 20_001],
    "k.txt": ["a"] * 100_002,
}


@pytest.mark.parametrize("name", LINES)
def test_the_translations_know_what_is_wrong_with_a_batch(name: str, tmp_path: Path) -> None:
    (tmp_path / "loop.txt").write_text("__loop__")
    (tmp_path / "empty.txt").write_text("# nothing")
    path = tmp_path / name
    path.write_text("\n".join(LINES[name]), encoding="utf-8")
    patterns = [(template, _pattern(template)) for template in SENTENCES]
    problems = plan_batch(path).problems
    assert problems
    for problem in problems:
        first = next(text for text, pattern in patterns if pattern.fullmatch(problem.message))
        assert first in BATCH_SENTENCES
